"""What makes the calendar a rhythm: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.plan.words import Text
from ogsm_xl.rules import sessions
from ogsm_xl.rules.settings import RuleSettings
from tests.support.findings import Pair, cells, findings

PAIRS = (
    Pair("OX701", "session SES1 doing 2026-05-07", "Sessies!C2", "session SES1 doing 2026-06-04"),
    Pair("OX701", "session SES1 doing 2026-06-04 cancelled=yes", "-", "session SES1 doing 2026-06-01"),
    Pair("OX702", "session SES1 doing 2026-05-07\nsession SES2 doing 2026-09-03", "Sessies!C3", "session SES1 doing 2026-05-07\nsession SES2 steering 2026-06-18\nsession SES3 doing 2026-01-08"),
    Pair("OX703", "session SES1 steering 2026-03-05\nsession SES2 doing 2026-06-04\nsession SES3 steering 2026-11-05", "Sessies!C4", "session SES1 steering 2026-03-05\nsession SES2 planning 2026-06-04\nsession SES3 steering 2026-09-05"),
    Pair("OX704", "session SES1 doing 2026-01-08\nsession SES2 steering 2026-12-10", "Sessies!C3", "session SES1 doing 2026-01-08\nsession SES2 planning 2026-11-12\nsession SES3 steering 2026-12-10"),
    Pair("OX704", "session SES1 planning 2025-10-08\nsession SES2 steering 2026-12-10", "Sessies!C3", "session SES1 doing 2026-01-08\nsession SES2 doing 2026-06-12"),
    Pair("OX705", "session SES1 doing 2026-06-06", "Sessies!C2", "session SES1 doing 2026-06-04\nsession SES2 doing 2026-05-02\nsession SES3 doing 2026-06-07 cancelled=yes"),
    Pair("OX706", "session SES1 doing 2027-04-27", "Sessies!C2", "session SES1 doing 2027-04-28\nsession SES2 doing 2026-04-27"),
    Pair("OX707", "session SES1 doing 2026-06-04\nsession SES2 steering 2026-06-04", "Sessies!C3", "session SES1 doing 2026-06-04\nsession SES2 steering 2026-06-04 cancelled=yes"),
    Pair("OX708", "session SES1 doing 2026-06-04\nsession SES2 steering 2026-06-09", "Sessies!C3", "session SES1 doing 2026-06-04\nsession SES2 steering 2026-06-09 invitation=no\nsession SES3 doing 2026-06-25"),
    Pair("OX709", "session SES1 doing 2026-06-08", "Sessies!D2", "session SES1 doing 2026-06-08 10:00\nsession SES2 doing 2026-07-02"),
    Pair("OX710", "session SES1 doing 2026-06-08", "Sessies!F2", "session SES1 doing 2026-06-08 place=Beuk\nsession SES2 doing 2026-07-02"),
    Pair("OX711", "session SES1 doing 2026-06-08 03:00", "Sessies!D2", "session SES1 doing 2026-06-08 15:00"),
    Pair("OX712", "session SES1 doing 2026-06-08 minutes=180\nsession SES2 steering 2026-06-18 minutes=30", "Sessies!E2 Sessies!E3", "session SES1 doing 2026-06-08 minutes=60\nsession SES2 steering 2026-06-18 minutes=120\nsession SES3 planning 2026-06-18 minutes=480"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_session_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about sessions points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, pair.bad), cells(pair.code, pair.good)) == (pair.cells, "")


def test_every_rule_about_sessions_has_a_pair() -> None:
    """No rule about sessions goes untested; the one about a country has a test of its own."""
    assert {pair.code for pair in PAIRS} | {"OX713"} == {rule.code for rule in sessions.RULES}


@pytest.mark.parametrize(("country", "expected"), [("Holland", "-"), ("NL", ""), ("BE", ""), ("", "")])
def test_a_country_without_known_holidays_is_said(country: str, expected: str) -> None:
    """A wrong country in the settings is a finding, never a silent gap."""
    lines = "session SES1 doing 2026-06-08"
    assert cells("OX713", lines, settings=RuleSettings(holiday_country=country)) == expected


def test_a_holiday_is_named_in_both_languages() -> None:
    """The reader sees which holiday it is."""
    (message,) = (f.message for f in findings("session SES1 doing 2027-04-27") if f.code == "OX706")
    assert message == Text(
        "SES1 op 27 april 2027 valt op een feestdag: Koningsdag.",
        "SES1 on 27 April 2027 falls on a public holiday: King's Day.",
    )
