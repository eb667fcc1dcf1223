"""A year of sessions: a doing session every month, a steering session instead of it every quarter, a planning session a year.

What is in the calendar already stays as it is and is never doubled; a session that was cancelled counts too, as it was
taken out on purpose.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from ogsm_xl.plan.model import Session
from ogsm_xl.plan.words import SessionKind

LAST_WEEK = 5
"""The week of the month that stands for the last one, be it the fourth or the fifth."""

_MONTHLY = {SessionKind.DOING, SessionKind.STEERING}
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarWishes:
    """When a team meets.

    Attributes:
        weekday: 0 for Monday to 4 for Friday.
        week: Which such day of the month, 1 to 4; `LAST_WEEK` for the last.
        begins: At what time.
        doing_minutes: How long a doing session takes.
        steering_minutes: How long a steering session takes.
        planning_minutes: How long (the first part of) the planning session takes.
        steering_month: The month of each quarter that has the steering session: 1, 2 or 3.
        planning_month: The month of the planning session, 1 to 12.
        place: Room or link.
    """

    weekday: int = 3
    week: int = 2
    begins: time = time(10)
    doing_minutes: int = 60
    steering_minutes: int = 120
    planning_minutes: int = 240
    steering_month: int = 3
    planning_month: int = 11
    place: str = ""

    def minutes(self, kind: SessionKind) -> int:
        """How long a session of this kind takes."""
        match kind:
            case SessionKind.DOING:
                return self.doing_minutes
            case SessionKind.STEERING:
                return self.steering_minutes
            case SessionKind.PLANNING:
                return self.planning_minutes


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """What a year still needs.

    Attributes:
        added: The sessions to add, by date; still without IDs.
        in_the_way: Doing sessions that are in the calendar where the quarter still needs a steering session.
    """

    added: tuple[Session, ...]
    in_the_way: tuple[Session, ...]


def year_calendar(
    year: int,
    wishes: CalendarWishes,
    present: Sequence[Session],
    days_off: Collection[date],
    first_day: date,
) -> YearCalendar:
    """The sessions that a year needs besides those that are there.

    Args:
        year: The year.
        wishes: When the team meets.
        present: The sessions in the calendar.
        days_off: Public holidays.
        first_day: No session is added before this day.
    """
    there = [session for session in present if session.date.year == year]
    taken = {session.date for session in there}
    added: list[Session] = []
    in_the_way: list[Session] = []
    for month in range(1, 13):
        monthly = [s for s in there if s.date.month == month and s.kind in _MONTHLY]
        steers = (month - 1) % 3 + 1 == wishes.steering_month and not _steered(there, month)
        if monthly and steers:
            in_the_way.extend(monthly[:1])
        if not monthly:
            kind = SessionKind.STEERING if steers else SessionKind.DOING
            added.extend(_session(kind, year, month, wishes.week, wishes, taken, days_off))
    if not any(session.kind is SessionKind.PLANNING for session in there):
        taken |= {session.date for session in added}
        week = wishes.week + 2 if wishes.week <= 2 else wishes.week - 2
        added.extend(
            _session(SessionKind.PLANNING, year, wishes.planning_month, week, wishes, taken, days_off)
        )
    coming = sorted((s for s in added if s.date >= first_day), key=lambda session: session.date)
    return YearCalendar(tuple(coming), tuple(s for s in in_the_way if s.date >= first_day))


def _steered(there: Sequence[Session], month: int) -> bool:
    """Whether the quarter of this month has its steering session already."""
    return any(s.kind is SessionKind.STEERING and (s.date.month - 1) // 3 == (month - 1) // 3 for s in there)


def _session(
    kind: SessionKind,
    year: int,
    month: int,
    week: int,
    wishes: CalendarWishes,
    taken: Collection[date],
    days_off: Collection[date],
) -> Iterator[Session]:
    """The session of a month, on the first possible day; none where the whole month is off."""
    for day in _possible_days(year, month, wishes.weekday, week):
        if day not in taken and day not in days_off:
            yield Session(
                "", kind, day, wishes.begins, minutes=wishes.minutes(kind), place=wishes.place.strip()
            )
            return


def _possible_days(year: int, month: int, weekday: int, week: int) -> Iterator[date]:
    """The wished day; the same weekday a week later or earlier; the working days nearest to it. All in the month."""
    days = [date(year, month, number + 1) for number in range(calendar.monthrange(year, month)[1])]
    such = [day for day in days if day.weekday() == weekday]
    wished = such[-1] if week == LAST_WEEK else such[week - 1]
    yield wished
    for other in (wished + timedelta(weeks=1), wished - timedelta(weeks=1)):
        if other in such:
            yield other
    near = sorted(days, key=lambda day: (abs((day - wished).days), day))
    yield from (day for day in near if day.weekday() < _SATURDAY and day != wished)
