"""Who is meant by what stands in an owner cell."""

from __future__ import annotations

import pytest

from ogsm_xl.plan.words import Text
from ogsm_xl.rules.owners import several, suggestions, unknown
from tests.support.plans import plan_of

PLAN = plan_of("""
    person name="Anna de Vries" anna@example.org
    person name="Bram Jansen" bram@example.org
    person name="Piet Jansen" piet@example.org
    person name="Kantoor / Receptie" desk@example.org
""")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Anna de Vries", "one"),
        ("  anna  DE vries ", "one"),
        ("anna@example.org", "one"),
        ("Kantoor / Receptie", "one"),
        ("", "one"),
        ("Jan / Piet", "several"),
        ("Jan & MT", "several"),
        ("Jan en Piet", "several"),
        ("Jan; Piet", "several"),
        ("Anna de Vries, Jan", "several"),
        ("Anna de Vries/Jan", "several"),
        ("Vries, J. de", "unknown"),
        ("P&O", "unknown"),
        ("MT", "unknown"),
        ("vacature", "unknown"),
        ("Henk van den Berg", "unknown"),
        ("/", "unknown"),
    ],
)
def test_an_owner_cell_names_one_several_or_somebody_unknown(written: str, expected: str) -> None:
    """A comma in a name and a sign in a department do not make two owners."""
    found = "several" if several(PLAN, written) else "unknown" if unknown(PLAN, written) else "one"
    assert found == expected


def test_nobody_is_unknown_where_there_are_no_people() -> None:
    """An empty sheet of people is one finding, not one per row."""
    assert unknown(plan_of("action A1"), "Anna") is False


@pytest.mark.parametrize(("written", "meant"), [("Anna", "Anna de Vries"), ("A. de Vries", "Anna de Vries")])
def test_a_likely_person_is_suggested(written: str, meant: str) -> None:
    """Whoever wrote a first name or a surname only is helped."""
    assert suggestions(PLAN)(written) == Text(f" Bedoel je {meant}?", f" Do you mean {meant}?")


@pytest.mark.parametrize("written", ["Jansen", "MT", "de"])
def test_nobody_is_suggested_where_it_is_not_clear(written: str) -> None:
    """Two people of one name, or nobody: no guess."""
    assert suggestions(PLAN)(written) == Text("", "")
