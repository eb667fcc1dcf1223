"""What the history of reports and decisions tells: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import reports
from tests.support.findings import Pair, cells

PEOPLE = """
    person Anna anna@example.org
    person Bram bram@example.org
"""


def told(lights: str, item: str = "A1") -> str:
    """A report a month on an item, ending in May, with these lights or percentages."""
    each = lights.split()
    return "\n".join(
        f"report {item} 2026-{5 - len(each) + number:02}-20 {light}" for number, light in enumerate(each, 1)
    )


PAIRS = (
    Pair("OX801", "action A1\nreport A99 2026-05-20\nreport A99 2026-05-28", "Rapportages!E3", "action A1\nreport A1 2026-05-20\nreport A99 2025-05-20"),
    Pair("OX802", "action A1\nreport A1", "Rapportages!B2", "action A1\nreport A1 2026-05-20"),
    Pair("OX803", "action A1\nreport A1 2062-05-20", "Rapportages!B2", "action A1\nreport A1 2026-06-01T23:00"),
    Pair("OX804", "session SES1 doing 2026-06-04\naction A1\nreport A1 2026-05-20 SES99", "Rapportages!C2", "session SES1 doing 2026-06-04\naction A1\nreport A1 2026-05-20 SES1\nreport A1 2025-05-20 SES99\nreport A1 2026-05-21"),
    Pair("OX805", "action A1\nreport A1 2026-05-20 Carla", "Rapportages!F2", "action A1\nreport A1 2026-05-20 Bram\nreport A1 2025-05-20 Carla\nreport A1 2026-05-20"),
    Pair("OX806", "action A1\nreport A1 2026-05-20 indicator", "Rapportages!D2", "action A1\nreport A1 2026-05-20\nreport A1 2026-05-20 kind="),
    Pair("OX807", "action A1 orange\n" + told("orange orange orange"), "Acties!J2", "action A1 orange\n" + told("orange green orange orange")),
    Pair("OX807", "strategy S1 orange\n" + told("orange orange orange", "S1"), "Strategieën!F2", "action A1 green\n" + told("orange orange orange")),
    Pair("OX807", "action A1 orange\nreport A1 2026-03-01 orange\nreport A1 2026-04-01 orange\nreport A1 2026-05-01\nreport A1 2026-05-20 orange", "Acties!J2", "action A1 orange\nreport A1 2026-05-01 orange\nreport A1 2026-05-02 orange\nreport A1 2026-05-20 orange"),
    Pair("OX808", "action A1 red\n" + told("red red red"), "Acties!J2", "action A1 red\n" + told("red orange red") + "\naction A2 parked red\n" + told("red red red", "A2")),
    Pair("OX809", "action A1 40%\n" + told("60% 40%"), "Acties!I2", "action A1 55%\n" + told("60% 55%")),
    Pair("OX809", "action A1 40%\n" + told("60% 40%"), "Acties!I2", "action A1 40%\nreport A1 2026-04-20 60%\nreport A1 2026-05-20 40% proposal='More scope'"),
    Pair("OX810", "action A1 in_progress green 40%\nreport A1 2026-03-20 40% green\nreport A1 2026-04-20 40% green\nreport A1 2026-05-20 40% green", "Acties!I2", "action A1 in_progress green 65%\nreport A1 2026-03-20 40% green\nreport A1 2026-04-20 50% green\nreport A1 2026-05-20 65% green"),
    Pair("OX811", "action A1 green updated_on=2026-04-01\nreport A1 2026-05-28 red", "Acties!J2", "action A1 red updated_on=2026-05-28\nreport A1 2026-05-28 red\naction A2 green updated_on=2026-05-29\nreport A2 2026-05-28 red"),
    Pair("OX811", "action A1 in_progress 40% updated_on=2026-04-01\nreport A1 2026-05-28 done 100% green", "Acties!H2", "action A1 green updated_on=2026-04-01\nreport A1 2026-05-28"),
    Pair("OX812", "indicator I1\nreport I1 2026-05-28 value=3 measured_on=2027-05-31", "Rapportages!O2", "indicator I1\nreport I1 2026-05-28 value=3 measured_on=2026-05-28"),
    Pair("OX813", "decision 2026-05-07 A99 'Stop'", "Besluiten!D2", "action A1\ngoal D1\ndecision 2026-05-07 A1 'Stop'\ndecision 2026-05-07 D1 'Go'\ndecision 2026-05-07 'General'\ndecision 2025-05-07 A99 'Stop'"),
    Pair("OX814", "decision 2026-05-07 'Stop' owner=iedereen", "Besluiten!F2", "decision 2026-05-07 'Stop' Bram\ndecision 2026-05-07 'Go on' owner='Anna en Bram'\ndecision 2026-05-07 'Go on'"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_report_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about reports points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, PEOPLE + pair.bad), cells(pair.code, PEOPLE + pair.good)) == (pair.cells, "")


def test_every_rule_about_reports_has_a_pair() -> None:
    """No rule about reports goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in reports.RULES}
