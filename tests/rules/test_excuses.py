"""Exceptions in a row: which codes they name, and what is wrong with an exception itself."""

from __future__ import annotations

import pytest

from ogsm_xl.rules.excuses import RULES, codes_in
from tests.support.findings import Pair, cells

PAIRS = (
    Pair("OX131", 'action A1 excused="OX502"\naction A2 excused="OX502, OX505."', "Acties!R2 Acties!R3", 'action A1 excused="OX502 agreed"\naction A2'),
    Pair("OX132", 'strategy S1 excused="OX999 agreed"', "Strategieën!I2", 'strategy S1 excused="OX305 agreed"'),
    Pair("OX133", 'indicator I1 excused="agreed with the board"', "Indicatoren!O2", 'indicator I1 excused="OX415 measured yearly"'),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_faulty_exception_is_a_hint_in_its_cell(pair: Pair) -> None:
    """An exception that says too little, or excuses nothing, is found where it stands."""
    assert (cells(pair.code, pair.bad), cells(pair.code, pair.good)) == (pair.cells, "")


def test_every_rule_about_exceptions_has_a_pair() -> None:
    """No rule about exceptions goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("OX305 agreed with the board", ("OX305",)),
        ("agreed: ox305 and OX 306, OX305", ("OX305", "OX306")),
        ("FOX305", ()),
        ("", ()),
    ],
)
def test_codes_stand_anywhere_in_the_text(written: str, codes: tuple[str, ...]) -> None:
    """People write codes before, between and after their reasons, in capitals or not."""
    assert codes_in(written) == codes
