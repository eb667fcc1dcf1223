"""Texts as a cell of a new workbook can hold them."""

from __future__ import annotations

import pytest

from ogsm_xl.excel.cell_text import length_in_excel, sound_text, text_that_fits

LONGEST = 32_767


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("plain", "plain"),
        ("één\r\ntwee\rdrie\nvier", "één\ntwee\ndrie\nvier"),
        ("a\ud83db", "a\ufffdb"),
        ("\ufffe \uffff", "\ufffd \ufffd"),
        ("😀", "😀"),
    ],
)
def test_line_ends_are_excels_and_no_half_of_a_character_is_left(text: str, sound: str) -> None:
    """What a file can't hold becomes the mark for an unknown character; the rest stays as it was."""
    assert sound_text(text) == sound


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("één", 3), ("😀", 2)])
def test_excel_counts_a_picture_as_two(text: str, length: int) -> None:
    """Excel counts units of UTF-16."""
    assert length_in_excel(text) == length


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * (LONGEST - 1) + "…"),
        ("é" * (LONGEST + 1), "é" * (LONGEST - 1) + "…"),
        ("x" + "😀" * 16_383, "x" + "😀" * 16_383),
        ("😀" * 16_384, "😀" * 16_383 + "…"),
        ("x" + "😀" * 16_384, "x" + "😀" * 16_382 + "…"),
    ],
    ids=["fits", "one too long", "accents", "pictures that fit", "pictures too long", "no half picture"],
)
def test_what_a_cell_can_not_hold_is_cut_and_marked(text: str, fits: str) -> None:
    """At most 32,767 units, the ellipsis included, and never half a character."""
    assert text_that_fits(text) == fits
