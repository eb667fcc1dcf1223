"""A year of sessions: the rhythm, on days when people work, none twice."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.plan.model import Session
from ogsm_xl.plan.words import SessionKind
from ogsm_xl.rhythm.year_calendar import LAST_WEEK, CalendarWishes, YearCalendar, year_calendar
from tests.support.plans import plan_of

NEW_YEAR = date(2027, 1, 1)
THURSDAYS = CalendarWishes()


def year(*lines: str, days_off: tuple[date, ...] = (), wishes: CalendarWishes = THURSDAYS) -> YearCalendar:
    """What 2027 needs besides these sessions."""
    return year_calendar(2027, wishes, plan_of("\n".join(lines)).sessions, days_off, NEW_YEAR)


def kinds(found: YearCalendar) -> str:
    """The months with the first letter of each session's kind: "1d 2d 3s"."""
    return " ".join(f"{s.date.month}{s.kind.key[0]}" for s in found.added)


def test_a_year_is_monthly_quarterly_and_yearly() -> None:
    """Each quarter ends with a steering session instead of the doing session; in November the plan itself is treated."""
    assert kinds(year()) == "1d 2d 3s 4d 5d 6s 7d 8d 9s 10d 11d 11p 12s"


def test_sessions_are_on_the_wished_day_and_time() -> None:
    """The last Monday of the month, at half past one, in the same room."""
    wishes = CalendarWishes(weekday=0, week=LAST_WEEK, begins=time(13, 30), place="Beuk")
    first, second = year(wishes=wishes).added[:2]
    assert (first.date, second.date) == (date(2027, 1, 25), date(2027, 2, 22))
    assert (first.time, first.place, first.minutes) == (time(13, 30), "Beuk", 60)


def test_each_kind_has_its_own_length() -> None:
    """Steering takes longer than doing."""
    found = {session.kind: session.minutes for session in year().added}
    assert found == {SessionKind.DOING: 60, SessionKind.STEERING: 120, SessionKind.PLANNING: 240}


def test_a_holiday_moves_the_session_a_week() -> None:
    """The weekday that everybody is used to stays."""
    found = year(days_off=(date(2027, 5, 13),))
    assert [s.date for s in found.added if s.date.month == 5] == [date(2027, 5, 20)]


def test_after_it_comes_before_it() -> None:
    """Where a week later is a holiday too, it is a week earlier."""
    found = year(days_off=(date(2027, 5, 13), date(2027, 5, 20)))
    assert [s.date for s in found.added if s.date.month == 5] == [date(2027, 5, 6)]


def test_when_those_are_off_too_it_is_the_nearest_working_day() -> None:
    """Wednesday 12 May, the day before."""
    found = year(days_off=(date(2027, 5, 6), date(2027, 5, 13), date(2027, 5, 20)))
    assert [s.date for s in found.added if s.date.month == 5] == [date(2027, 5, 12)]


def test_a_month_that_is_off_altogether_has_no_session() -> None:
    """Nobody is invited to an empty building."""
    august = tuple(date(2027, 8, 1) + timedelta(days=number) for number in range(31))
    assert not any(s.date.month == 8 for s in year(days_off=august).added)


def test_a_month_with_a_session_gets_no_other() -> None:
    """Whatever day it is on."""
    assert "4d" not in kinds(year("session SES1 doing 2027-04-29"))


def test_a_cancelled_session_is_not_put_back() -> None:
    """It was taken out on purpose."""
    assert "8d" not in kinds(year("session SES1 doing 2027-08-12 cancelled=yes"))


def test_a_quarter_that_is_steered_already_gets_a_doing_session_at_its_end() -> None:
    """A team that steers in February keeps doing so."""
    assert kinds(year("session SES1 steering 2027-02-11")).startswith("1d 3d 4d 5d 6s")


def test_a_team_can_steer_in_another_month_of_the_quarter() -> None:
    """In April it looks back on the whole first quarter."""
    wishes = CalendarWishes(steering_month=1)
    assert kinds(year(wishes=wishes)) == "1s 2d 3d 4s 5d 6d 7s 8d 9d 10s 11d 11p 12d"
    assert kinds(year("session SES1 steering 2027-06-10", wishes=wishes)).startswith("1s 2d 3d 4d 5d 7s")


def test_a_doing_session_in_the_place_of_a_steering_session_is_told() -> None:
    """It is not replaced: a person decides."""
    found = year("session SES1 doing 2027-03-11")
    assert [s.id for s in found.in_the_way] == ["SES1"]
    assert "3s" not in kinds(found)


def test_a_year_with_a_planning_session_gets_no_other() -> None:
    """In whatever month it is."""
    assert "11p" not in kinds(year("session SES1 planning 2027-09-02"))


def test_what_is_over_is_not_filled_in() -> None:
    """In the middle of the year only the rest of it is."""
    found = year_calendar(2027, THURSDAYS, (), (), date(2027, 10, 15))
    assert kinds(found) == "11d 11p 12s"


@given(
    weekday=st.integers(0, 4),
    week=st.integers(1, LAST_WEEK),
    month=st.integers(1, 12),
    off=st.frozensets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=60),
)
def test_whatever_is_wished_sessions_are_on_working_days_of_their_own(
    weekday: int, week: int, month: int, off: frozenset[date]
) -> None:
    """No weekend, no holiday, no two on a day; and a second run finds nothing left to add."""
    wishes = CalendarWishes(weekday=weekday, week=week, planning_month=month)
    found = year_calendar(2027, wishes, (), off, NEW_YEAR)
    days = [session.date for session in found.added]
    assert all(day.weekday() < 5 and day not in off for day in days)
    assert days == sorted(set(days))
    assert year_calendar(2027, wishes, found.added, off, NEW_YEAR) == YearCalendar((), ())


@pytest.mark.parametrize("week", range(1, LAST_WEEK + 1))
def test_the_planning_session_leaves_room_for_its_invitation(week: int) -> None:
    """A week at least lies between it and that month's other session."""
    november = [s.date for s in year(wishes=CalendarWishes(week=week)).added if s.date.month == 11]
    assert (november[1] - november[0]).days >= 7


def test_sessions_of_other_years_are_of_no_concern() -> None:
    """Last year's March session does not fill this March."""
    assert kinds(year("session SES1 doing 2026-03-12")) == kinds(year())


def test_a_session_is_made_whole() -> None:
    """Everything but its ID, which the workbook decides."""
    assert year().added[0] == Session("", SessionKind.DOING, date(2027, 1, 14), time(10), 60)
