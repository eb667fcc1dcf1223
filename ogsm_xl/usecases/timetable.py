"""When which job runs, as [schedule] says: moments, and the order of jobs that are due at the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ogsm_xl.config import ScheduleSection

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

COLLECT = "collect-replies"

AFTER_COLLECTING = frozenset({"send-reminders", "share-status"})
"""The jobs before which replies are collected, so that nobody is reminded of what they sent, or shared without it."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments at which a job runs.

    Attributes:
        days: Days of the week, 0 for Monday.
        times: Times of the day, in order.
    """

    days: frozenset[int]
    times: tuple[time, ...]

    def last(self, now: datetime) -> datetime | None:
        """The last moment that has come, be it now; None where there is none at all."""
        return max((moment for moment in self._near(now, -7, 0) if moment <= now), default=None)

    def next(self, now: datetime) -> datetime | None:
        """The first moment that is still to come; None where there is none at all."""
        return min((moment for moment in self._near(now, 0, 7) if moment > now), default=None)

    def _near(self, now: datetime, first: int, last: int) -> Iterator[datetime]:
        for number in range(first, last + 1):
            day = now.date() + timedelta(days=number)
            if day.weekday() in self.days:
                yield from (datetime.combine(day, at) for at in self.times)


def timetable(schedule: ScheduleSection) -> Mapping[str, Moments]:
    """Command to its moments; in the order in which jobs run that are due together. Jobs that never run are left out."""
    times = {
        COLLECT: _every(schedule),
        # first, so that the overview of that day knows what the invitations came to
        "send-invites": _times(schedule.send_invites),
        "send-reminders": _times(schedule.send_reminders),
        "share-status": _times(schedule.share_status),
        "show-status": _times(schedule.show_status),
        "validate": _times(schedule.validate_plan),
    }
    days = frozenset(_WEEK.index(day) for day in schedule.days)
    return {command: Moments(days, at) for command, at in times.items() if at and days}


def _every(schedule: ScheduleSection) -> tuple[time, ...]:
    """The times of a day at which replies are collected."""
    first, last = (_minutes(time.fromisoformat(at)) for at in (schedule.collect_from, schedule.collect_until))
    step = schedule.collect_minutes
    return tuple(time(at // 60, at % 60) for at in range(first, last + 1, step)) if step else ()


def _times(written: tuple[str, ...]) -> tuple[time, ...]:
    return tuple(sorted(time.fromisoformat(at) for at in written))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
