"""When which job runs."""

from __future__ import annotations

from datetime import datetime, time

from ogsm_xl.config import ScheduleSection
from ogsm_xl.usecases.timetable import Moments, timetable

WORKDAYS = Moments(frozenset(range(5)), (time(8), time(13)))

FRIDAY = datetime(2026, 9, 4, 13)
MONDAY = datetime(2026, 9, 7, 8)


def test_the_last_moment_is_the_one_that_has_come() -> None:
    """Now counts; at the weekend it is Friday's; on Monday morning still."""
    nows = [FRIDAY, datetime(2026, 9, 6, 23, 59), datetime(2026, 9, 7, 7, 59), MONDAY]
    assert [WORKDAYS.last(now) for now in nows] == [FRIDAY, FRIDAY, FRIDAY, MONDAY]


def test_the_next_moment_is_still_to_come() -> None:
    """Now does not count; after Friday comes Monday."""
    assert WORKDAYS.next(datetime(2026, 9, 4, 8)) == FRIDAY
    assert WORKDAYS.next(FRIDAY) == MONDAY


def test_one_moment_a_week_is_found_from_any_day() -> None:
    """A week back and a week ahead."""
    weekly = Moments(frozenset({0}), (time(8),))
    assert weekly.next(MONDAY) == datetime(2026, 9, 14, 8)
    assert weekly.last(datetime(2026, 9, 14, 7)) == MONDAY


def test_a_job_without_times_never_runs() -> None:
    """Neither behind nor ahead."""
    never = Moments(frozenset(), (time(8),))
    assert (never.last(MONDAY), never.next(MONDAY)) == (None, None)


def test_the_defaults_collect_in_working_hours_and_mail_in_the_morning() -> None:
    """Every quarter of an hour from seven to seven; replies are collected first."""
    found = timetable(ScheduleSection())
    assert list(found) == ["collect-replies", "send-invites", "send-reminders", "share-status"]
    collecting = found["collect-replies"].times
    assert (collecting[0], collecting[1], collecting[-1], len(collecting)) == (
        time(7), time(7, 15), time(19), 49,
    )  # fmt: skip
    assert found["send-reminders"].times == (time(8),)


def test_each_job_can_be_left_out_and_set() -> None:
    """Only the status, on Fridays."""
    schedule = ScheduleSection(
        days=("fri",),
        collect_minutes=0,
        send_reminders=(),
        send_invites=(),
        share_status=(),
        show_status=("16:00", "09:30"),
    )
    assert timetable(schedule) == {"show-status": Moments(frozenset({4}), (time(9, 30), time(16)))}


def test_no_day_is_no_job() -> None:
    """Everything is off."""
    assert timetable(ScheduleSection(days=())) == {}
