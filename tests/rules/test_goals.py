"""What makes the ambition and its goals something that can be reached: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import goals
from tests.support.findings import Pair, cells

PEOPLE = """
    person Anna anna@example.org
    person Bram bram@example.org
"""
OWNED = PEOPLE + 'objective O1 Anna "Everybody a home"\n'

PAIRS = (
    Pair("OX201", "person Anna", "-", 'objective O1 "Everybody a home"'),
    Pair("OX201", 'objective O1 ""', "Ambitie!B2", 'objective O1 "Everybody a home"'),
    Pair("OX202", 'objective O1 "Everybody a home"', "Ambitie!C2", 'objective O1 Anna "Everybody a home"'),
    Pair("OX202", "person Anna manager", "-", "person Anna ogsm_owner\nobjective O1"),
    Pair("OX203", PEOPLE + "objective O1 Carla", "Ambitie!C2", PEOPLE + "objective O1 Anna"),
    Pair("OX203", PEOPLE + 'objective O1 owner="Anna & Bram"', "Ambitie!C2", "objective O1 Carla"),
    Pair("OX204", f'objective O1 "{"very " * 60}long"', "Ambitie!B2", 'objective O1 "Everybody a home"'),
    Pair("OX205", OWNED, "-", 'goal D1 "Waiting time halved"'),
    Pair("OX206", "goal D1", "Doelstellingen!B2", 'goal D1 "Waiting time halved"'),
    Pair("OX207", 'goal D1 "Happy tenants"', "Doelstellingen!C2", 'goal D1 "Happy tenants" indicator="Mark"'),
    Pair("OX208", "goal D1 target=20", "Doelstellingen!D2", "goal D1 target=20 unit=months\ngoal D2"),
    Pair("OX209", "goal D1 target=20", "Doelstellingen!E2", "goal D1 baseline=40 target=20\ngoal D2"),
    Pair("OX210", "goal D1 baseline=40", "Doelstellingen!F2", "goal D1 baseline=40 target=20"),
    Pair("OX211", "goal D1 target=20", "Doelstellingen!G2", "goal D1 target=20 2028-12-31"),
    Pair("OX212", "goal D1 baseline=20 target=20", "Doelstellingen!F2", "goal D1 baseline=40 target=20"),
    Pair("OX213", "goal D1 2026-05-31 baseline=40 target=20 actual=33 green", "Doelstellingen!I2", "goal D1 2026-05-31 baseline=40 target=20 actual=33 red\ngoal D2 2026-06-01 baseline=40 target=20 actual=33 green"),
    Pair("OX214", "goal D1 2025-12-31 baseline=40 target=20 actual=33 red\ngoal D2 2025-12-31 target=20 green", "Doelstellingen!G2 Doelstellingen!G3", "goal D1 2025-12-31 baseline=40 target=20 actual=19\ngoal D2 2028-12-31 target=20"),
    Pair("OX215", "goal D1 baseline=40 target=20 actual=18 red", "Doelstellingen!I2", "goal D1 baseline=40 target=20 actual=18 green\ngoal D2 baseline=20 target=40 actual=18 red"),
    Pair("OX216", "goal D1\ngoal D2\nstrategy S1 D1", "Doelstellingen!A3", "goal D1\ngoal D2\nstrategy S1 D1,D2"),
    Pair("OX216", "goal D1\nstrategy S1 goals=d9", "Doelstellingen!A2", "goal D1\nstrategy S1"),
    Pair("OX217", 'goal D1 target=30\ndecision 2026-01-08 D1 "Streefwaarde naar 25"\ndecision 2026-03-08 D1 "Target lowered to 30"', "Doelstellingen!F2", 'goal D1 target=25\ndecision 2026-01-08 D1 "Streefwaarde naar 25"\ndecision 2026-03-08 D1 "More people"'),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_goal_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about the ambition and its goals points at the cell to change, and is silent once it is mended."""
    assert (cells(pair.code, pair.bad), cells(pair.code, pair.good)) == (pair.cells, "")


def test_every_rule_about_goals_has_a_pair() -> None:
    """No rule about goals goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in goals.RULES}
