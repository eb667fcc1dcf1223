"""Which findings a mail tells their owner."""

from __future__ import annotations

from ogsm_xl.letters.attention import MOST_FINDINGS, Attention, attention_for
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Person
from ogsm_xl.plan.words import Text

BRAM = Person("Bram de Wit", "bram@example.org")
ASKED = (Action("A1", "Asked"),)


def finding(
    item: str, severity: Severity = Severity.WARNING, owner: str = "Bram de Wit", row: int = 5
) -> Finding:
    text = Text("Wat.", "What.")
    return Finding("OX520", severity, text, text, CellRef("Acties", row, 4), item, owner)


def told(*findings: Finding, other_rows: bool = True) -> Attention:
    return attention_for(BRAM, ASKED, findings, other_rows=other_rows)


def test_an_item_of_the_mail_is_told_of_whoever_owns_it_on_paper() -> None:
    """A deputy, or an owner written with a typing error, still hears what is wrong with what is asked."""
    assert told(finding("a 1", owner="Bram d. Wit")).on_items == (finding("a 1", owner="Bram d. Wit"),)


def test_another_row_is_told_of_by_name_or_address_only() -> None:
    """However it is written; nobody hears about somebody else's row."""
    mine, by_mail = finding("A2", owner="bram  DE wit"), finding("A3", owner="Bram@example.org")
    assert told(mine, by_mail, finding("A4", owner="Anna")).elsewhere == (mine, by_mail)


def test_a_finding_without_item_concerns_a_person() -> None:
    """An absence without a deputy is the person's own business, too."""
    absent = finding("")
    assert told(absent) == Attention((), (absent,), 1, 0)


def test_the_worst_are_told_and_items_of_the_mail_come_first() -> None:
    """Three at most; the others are counted, hints are not."""
    other, asked, bad = finding("A2"), finding("A1"), finding("A3", Severity.ERROR)
    more = [finding("A4", row=7), finding("A4", row=7), finding("A1", Severity.HINT)]
    assert MOST_FINDINGS == 3
    assert told(other, *more, asked, bad) == Attention((asked,), (bad, other), 3, 2)


def test_other_rows_can_be_left_out() -> None:
    """They are not even counted then."""
    assert told(finding("A2"), other_rows=False) == Attention()
