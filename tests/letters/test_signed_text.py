"""What stands above a signature, and what below one is part of the answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.reply_lines import SECTION_END
from ogsm_xl.letters.signed_text import BELOW_SIGNATURE, SignedText
from ogsm_xl.plan.words import ItemKind

ITEMS = {"A12": ItemKind.ACTION, "A13": ItemKind.ACTION}
TODAY = date(2026, 11, 6)
ANSWER = "A12 oranje 60%\n"


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is to be read, and the Dutch remarks."""
    shown, told = SignedText(ITEMS, TODAY, {}).parted(text)
    return shown, tuple(remark.nl for remark in told)


def told(*lines: str) -> tuple[str, ...]:
    return tuple(BELOW_SIGNATURE.filled(line=line).nl for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "A12 oranje 60%\nportaal getest",
        "A12 oranje 60%\n\nGroet, Anna\nTeamleider | T 010-123 45 67",
        "Bedankt!\n\nA12 wacht op hout",
        "A12 oranje 60%\n\nGroet, Anna\nA13 afgerond",
        "A12 oranje 60%\n\nGroet, Anna\n\nA13\nGedaan: vloer",
        "A12 oranje 60%\n\nGroet, Anna\nA99 rood",
        f"A12 oranje 60%\nGroet, Anna\n{SECTION_END}\nA13\nA13 wacht op hout",
        "A12 oranje 60%\n\n-- \nAnna\nTeamleider",
        "A12 oranje 60%\n\nGroet\nSupport: 010-123 45 67",
    ],
)
def test_most_texts_are_read_as_they_are(text: str) -> None:
    """A signature without anything like an answer, an answer with its value below one, a thanks above all."""
    assert parted(text) == (text, ())


@pytest.mark.parametrize("rule", ["-----", "____________", "—", "--", "Verstuurd vanaf mijn iPhone"])
def test_what_only_looks_like_the_end_is_left_out(rule: str) -> None:
    """A rule above a label or an item, or what a telephone added, ends nothing."""
    for below in ("Gedaan: gids\nNodig: geld", "A13 afgerond"):
        assert parted(f"{ANSWER}{rule}\n{below}") == (f"{ANSWER}{below}", ())
    assert parted(f"{ANSWER}{rule}\nAnna\nGedaan") == (f"{ANSWER}{rule}\nAnna\nGedaan", ())


def test_what_a_telephone_added_goes_with_the_dashes_above_it() -> None:
    """The text below it, too, is the answer's."""
    text = f"{ANSWER}-- \nOutlook voor iOS downloaden\nportaal getest\nNodig: geld\nGroet, Anna"
    assert parted(text) == (f"{ANSWER}portaal getest\nNodig: geld\nGroet, Anna", ())


@pytest.mark.parametrize(
    "line", ["A13 | Kamer 4.12", "A13 afslag 9", "A13 B.V.", "Nodig: budget", "A12 en A13 op de kaart"]
)
def test_what_may_be_an_answer_or_an_address_is_not_read_but_mentioned(line: str) -> None:
    """Below a closing, an ID without a value and a filled label."""
    assert parted(f"{ANSWER}\nGroet, Anna\n{line}\nStationsplein 1") == (
        f"{ANSWER}\nGroet, Anna\nStationsplein 1",
        told(line),
    )


def test_nobody_hears_a_whole_signature_back() -> None:
    """Three lines are enough to understand what happened."""
    lines = [f"A13 afslag {number}" for number in range(9)]
    assert parted(ANSWER + "Groet\n" + "\n".join(lines))[1] == told(*lines[:3])


@given(
    st.lists(
        st.sampled_from(
            [
                "A12 oranje",
                "A13 | Kamer 4",
                "Groet, Anna",
                "-----",
                "-- ",
                "Nodig: geld",
                "Gedaan:",
                "tekst",
                "",
                SECTION_END,
            ]
        )
        | st.text(max_size=12),
        max_size=15,
    ).map("\n".join)
)
@settings(max_examples=60, deadline=None)
def test_no_line_is_added_or_moved(text: str) -> None:
    """Whatever the text: what is left is part of it, in its order."""
    left = iter(text.split("\n"))
    assert all(line in left for line in parted(text)[0].split("\n")) or not parted(text)[0]
