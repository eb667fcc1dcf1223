"""What makes a strategy a choice that somebody drives: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import strategies
from tests.support.findings import Pair, cells

PEOPLE = """
    person Anna anna@example.org
    person Bram bram@example.org
"""


def many(count: int, kind: str = "") -> str:
    """A plan with this many strategies of a kind."""
    return "\n".join(f"strategy S{number} {kind}" for number in range(1, count + 1))


PAIRS = (
    Pair("OX301", "strategy S1", "Strategieën!B2", 'strategy S1 "Shorter waits by building faster"'),
    Pair("OX302", "strategy S1", "Strategieën!C2", "strategy S1 Anna"),
    Pair("OX303", 'strategy S1 owner="Anna en Bram"', "Strategieën!C2", "strategy S1 Anna"),
    Pair("OX304", 'strategy S1 owner="het MT"', "Strategieën!C2", "strategy S1 owner=ANNA"),
    Pair("OX305", "strategy S1\nindicator I1 S2", "Strategieën!A2", "strategy S1\nindicator I1 strategies=s1"),
    Pair("OX306", "strategy S1\naction A1 S1 parked", "Strategieën!A2", "strategy S1\naction A1 S2,S1 to_do"),
    Pair("OX307", "strategy S1\naction A1 S1 done\naction A2 S1 parked", "Strategieën!A2", "strategy S1\naction A1 S1 done\naction A2 S1 to_do"),
    Pair("OX308", 'strategy S1 "Kortere wachttijden"', "Strategieën!B2", 'strategy S1 "Kortere wachttijden door sneller te bouwen"\nstrategy S2 "Shorter waits by building faster"\nstrategy S3'),
    Pair("OX309", "goal D1\nstrategy S1 D1,D9", "Strategieën!E2", "goal D1\nstrategy S1 D1"),
    Pair("OX310", "goal D1\nstrategy S1 D1\nstrategy S2", "Strategieën!E3", "goal D1\nstrategy S1\nstrategy S2"),
    Pair("OX311", "strategy S1 red\nstrategy S2 orange", "Strategieën!G2 Strategieën!G3", 'strategy S1 red update="Permit in May only"\nstrategy S2 green\nstrategy S3'),
    Pair("OX312", "strategy S1 green\naction A1 S1 red\naction A2 S1 red\naction A3 S1 green", "Strategieën!F2", "strategy S1 green\naction A1 S1 red\naction A2 S1 green\nstrategy S2 orange\naction A3 S2 red"),
    Pair("OX313", "strategy S1 red\naction A1 S1 green\nindicator I1 S1 green", "Strategieën!F2", "strategy S1 red\naction A1 S1 green\nindicator I1 S1 red\nstrategy S2 red\naction A2 S2"),
    Pair("OX314", many(6, "business"), "Strategieën!D7", many(5, "business")),
    Pair("OX315", many(3, "enabling"), "Strategieën!D4", many(2, "enabling")),
    Pair("OX316", many(8), "Strategieën!D9", many(7)),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_strategy_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about strategies points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, PEOPLE + pair.bad), cells(pair.code, PEOPLE + pair.good)) == (pair.cells, "")


def test_every_rule_about_strategies_has_a_pair() -> None:
    """No rule about strategies goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in strategies.RULES}
