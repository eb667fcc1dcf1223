"""So many days before a session, in calendar days or working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.rhythm.lead_time import is_working_day, lead_day
from ogsm_xl.rhythm.settings import RhythmSettings

DUTCH = RhythmSettings(working_days=True, holiday_country="NL")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("session", "lead", "expected"),
    [
        ("2026-06-11", 0, "2026-06-11"),
        ("2026-06-11", 3, "2026-06-08"),  # Thursday: Wednesday, Tuesday, Monday
        ("2026-06-11", 7, "2026-06-02"),
        ("2026-06-08", 1, "2026-06-05"),  # Monday: Friday
        ("2026-06-07", 1, "2026-06-05"),  # a session on a Sunday
        ("2026-06-07", 0, "2026-06-07"),
        ("2026-04-28", 1, "2026-04-24"),  # King's Day, and a weekend
        ("2026-01-02", 1, "2025-12-31"),  # New Year's Day
    ],
)
def test_working_days_before_a_session(session: str, lead: int, expected: str) -> None:
    """Weekends and holidays are passed over; 0 is the day itself, whatever day it is."""
    assert lead_day(date.fromisoformat(session), lead, DUTCH) == date.fromisoformat(expected)


def test_calendar_days_are_plain() -> None:
    """Weekends count."""
    assert lead_day(date(2026, 6, 8), 3, RhythmSettings()) == date(2026, 6, 5)


@given(DAYS, st.integers(1, 40))
def test_exactly_so_many_working_days_lie_between(session: date, lead: int) -> None:
    """The day found is a working day, and from it on there are `lead` working days before the session."""
    found = lead_day(session, lead, DUTCH)
    between = [found + timedelta(days=n) for n in range((session - found).days)]
    assert is_working_day(found, "NL")
    assert sum(is_working_day(day, "NL") for day in between) == lead


def test_a_country_without_known_holidays_is_refused() -> None:
    """A typing error in the country does not go unnoticed."""
    with pytest.raises(InputProblem, match="'ZZ'"):
        lead_day(date(2026, 6, 11), 3, RhythmSettings(working_days=True, holiday_country="ZZ"))
