"""What makes an indicator measure something: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import indicators
from tests.support.findings import Pair, cells

PEOPLE = """
    person Anna anna@example.org
    person Bram bram@example.org
    strategy S1
"""
DOWN = "indicator I1 lower baseline=40 target=20"

PAIRS = (
    Pair("OX401", "indicator I1", "Indicatoren!B2", 'indicator I1 "Waiting time"'),
    Pair("OX402", "indicator I1", "Indicatoren!D2", "indicator I1 Bram"),
    Pair("OX403", 'indicator I1 owner="Jan / Piet"', "Indicatoren!D2", "indicator I1 Bram"),
    Pair("OX404", 'indicator I1 owner="Control"', "Indicatoren!D2", "indicator I1 Bram"),
    Pair("OX405", "indicator I1 target=20", "Indicatoren!E2", "indicator I1 target=20 unit=months"),
    Pair("OX406", "indicator I1 target=20", "Indicatoren!G2", "indicator I1 baseline=40 target=20\nindicator I2 band"),
    Pair("OX407", "indicator I1 baseline=40", "Indicatoren!H2", "indicator I1 baseline=40 target=20"),
    Pair("OX408", DOWN, "Indicatoren!J2", DOWN + " 2026-12-31\nindicator I2 baseline=95 target=95 higher\nindicator I3 band baseline=80 target=90 upper=110"),
    Pair("OX409", "indicator I1 baseline=95 target=95", "Indicatoren!F2", "indicator I1 baseline=95 target=95 higher\nindicator I2 baseline=90 target=95"),
    Pair("OX410", "indicator I1 higher baseline=40 target=20", "Indicatoren!F2", DOWN + "\nindicator I2 baseline=40 target=20"),
    Pair("OX411", "indicator I1 band target=90", "Indicatoren!I2", "indicator I1 band target=90 upper=110\nindicator I2 higher"),
    Pair("OX412", "indicator I1 band target=110 upper=90", "Indicatoren!I2", "indicator I1 band target=90 upper=110"),
    Pair("OX413", "indicator I1 higher target=90 upper=110", "Indicatoren!I2", "indicator I1 band target=90 upper=110"),
    Pair("OX414", "session SES1 steering 2026-03-05\nindicator I1", "Indicatoren!K2", "session SES1 doing 2026-03-05\nsession SES2 steering 2026-09-05\nindicator I1"),
    Pair("OX414", "session SES1 steering 2026-03-05\nindicator I1", "Indicatoren!K2", "session SES1 steering 2026-03-05\nindicator I1\nmeasurement I1 2026-02-01 value=3"),
    Pair("OX415", "indicator I1 actual=33 measured_on=2025-09-01", "Indicatoren!L2", "indicator I1 actual=33 measured_on=2025-09-01\nmeasurement I1 2026-04-01 value=30\nindicator I2 measured_on=2026-03-31"),
    Pair("OX416", "indicator I1 actual=33", "Indicatoren!L2", "indicator I1 actual=33 measured_on=2026-04-01\nindicator I2"),
    Pair("OX417", "indicator I1 measured_on=2062-04-01\nmeasurement I1 2062-04-01 value=3", "Indicatoren!L2 Metingen!C2", "indicator I1 measured_on=2026-06-01\nmeasurement I1 2026-06-01 value=3"),
    Pair("OX418", DOWN + " 2026-05-31 actual=33 green", "Indicatoren!M2", DOWN + " 2026-05-31 actual=33 red\nindicator I2 lower 2026-05-31 target=20 actual=20 green"),
    Pair("OX419", DOWN + " 2026-05-31 actual=33 red", "Indicatoren!J2", DOWN + " 2026-06-30 actual=33 red\nindicator I2 band target=1 upper=2 2026-05-31 actual=3"),
    Pair("OX420", DOWN + " actual=45 green", "Indicatoren!M2", DOWN + ' actual=45 green note="As planned: the old list was cleaned"\nindicator I2 higher baseline=95 target=90 actual=92 green'),
    Pair("OX421", DOWN + " actual=18 red", "Indicatoren!M2", DOWN + " actual=18 green\nindicator I2 lower target=20 actual=18 orange\nindicator I3 band target=5 upper=9 actual=10 red"),
    Pair("OX422", "indicator I1 actual=33 measured_on=2026-04-01\nmeasurement I1 2026-05-01 value=30\nmeasurement I1 2026-04-01 value=33", "Indicatoren!K2", "indicator I1 actual=30 measured_on=2026-05-01\nmeasurement I1 2026-05-01 value=30\nindicator I2 actual=5 measured_on=2026-05-20\nmeasurement I2 2026-05-01 value=3"),
    Pair("OX423", "indicator I1", "Indicatoren!C2", "indicator I1 S1"),
    Pair("OX424", "indicator I1 S9", "Indicatoren!C2", "indicator I1 S1"),
    Pair("OX425", "indicator I1 red\nindicator I2 orange", "Indicatoren!N2 Indicatoren!N3", 'indicator I1 red note="30 homes late"\nindicator I2 green'),
    Pair("OX426", "indicator I1 unit=% baseline=80 target=95 actual=0.85", "Indicatoren!K2", "indicator I1 unit=% baseline=80 target=95 actual=85\nindicator I2 unit=% baseline=0.5 target=2\nindicator I3 unit=days baseline=60 target=0.5"),
    Pair("OX427", 'indicator I1\ndecision 2026-01-08 I1 "Streefwaarde wordt 25"\ndecision 2026-03-08 I1 "Target adjusted to 30"', "Indicatoren!H2", 'indicator I1\ndecision 2026-01-08 I1 "Streefwaarde wordt 25"\nindicator I2\ndecision 2026-03-08 I2 "Target adjusted to 30"'),
    Pair("OX428", "indicator I1\nmeasurement I99 2026-05-01 value=3", "Metingen!B2", "indicator I1\ngoal D1\nmeasurement I1 2026-05-01 value=3\nmeasurement D1 2026-05-01 value=3"),
    Pair("OX429", "indicator I1\nmeasurement I1 2026-05-01 value=33\nmeasurement I1 2026-05-01 value=35", "Metingen!D3", "indicator I1\nmeasurement I1 2026-05-01 value=33\nmeasurement I1 2026-05-01 value=33\nmeasurement I1 2026-05-02 value=35"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_indicator_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about indicators points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, PEOPLE + pair.bad), cells(pair.code, PEOPLE + pair.good)) == (pair.cells, "")


def test_every_rule_about_indicators_has_a_pair() -> None:
    """No rule about indicators goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in indicators.RULES}
