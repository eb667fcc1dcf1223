"""How findings name days, numbers, percentages, rows and lists."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.plan.words import Text
from ogsm_xl.rules import phrases
from tests.support.findings import placed
from tests.support.plans import plan_of


def test_a_day_is_written_out() -> None:
    """No reader has to wonder which number is the month."""
    assert phrases.day(date(2026, 5, 3)) == Text("3 mei 2026", "3 May 2026")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (20.0, Text("20", "20")),
        (7.5, Text("7,5", "7.5")),
        (11850.0, Text("11.850", "11,850")),
        (0.05, Text("0,05", "0.05")),
        (0.0001, Text("0,0001", "0.0001")),
        (0.0, Text("0", "0")),
        (-3.25, Text("-3,25", "-3.25")),
        (float("nan"), Text("nan", "nan")),
    ],
)
def test_a_number_has_the_marks_of_its_language(value: float, expected: Text) -> None:
    """A Dutch comma is an English point, and needless decimals are left out."""
    assert phrases.number(value) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], Text("", "")),
        (["A1"], Text("A1", "A1")),
        (["A1", "A2"], Text("A1 en A2", "A1 and A2")),
        (["A1", "A2", "A3"], Text("A1, A2 en A3", "A1, A2 and A3")),
        ([f"A{n}" for n in range(1, 9)], Text("A1, A2, A3, A4, A5, A6 en nog 2", "A1, A2, A3, A4, A5, A6 and 2 more")),
    ],
)  # fmt: skip
def test_names_are_listed_as_in_a_sentence(names: list[str], expected: Text) -> None:
    """A long list says how many it leaves out."""
    assert phrases.listed(names) == expected


def test_a_row_is_called_by_its_id_else_by_its_place() -> None:
    """A finding names its row even where the ID is missing."""
    plan = placed(plan_of("action A1\naction id="))
    assert [phrases.called(action) for action in plan.actions] == [Text("A1", "A1"), Text("Rij 3", "Row 3")]


def test_a_long_text_is_cut() -> None:
    """A quotation does not fill the screen, and stays on one line."""
    assert phrases.quoted("a\nb") == "“a b”"
    assert phrases.quoted("word " * 30) == "“word word word word word word word word…”"
