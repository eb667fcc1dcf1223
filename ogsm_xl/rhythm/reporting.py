"""What is asked for at a session, which report on it is current, and what is still owed.

A report belongs to a session when it was made after the previous session and up to `Session.reports_count_until`.
For a session that has been held everything is judged as it was then; for one to come, as it is now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ogsm_xl.plan.model import Action, Item, Plan, Report, Session, kind_of
from ogsm_xl.plan.words import ItemKind, SessionKind, Status
from ogsm_xl.rhythm.settings import RhythmSettings

EVERY_KIND: frozenset[SessionKind] = frozenset(SessionKind)

ASKED_AT: Mapping[ItemKind, frozenset[SessionKind]] = {
    ItemKind.OBJECTIVE: frozenset({SessionKind.PLANNING}),
    ItemKind.STRATEGY: frozenset({SessionKind.STEERING, SessionKind.PLANNING}),
    ItemKind.INDICATOR: frozenset({SessionKind.STEERING, SessionKind.PLANNING}),
    ItemKind.ACTION: EVERY_KIND,
}
"""At which sessions a report on this kind of item is asked for."""

ACTION_LIST_SHOWN_AT: frozenset[SessionKind] = frozenset({SessionKind.DOING, SessionKind.STEERING})
"""The sessions that go through the action list."""

CURRENT_SINCE: Mapping[ItemKind, frozenset[SessionKind]] = {
    # Asked for once a year, at the planning session; no other session makes it out of date.
    ItemKind.OBJECTIVE: frozenset({SessionKind.PLANNING}),
    ItemKind.STRATEGY: frozenset({SessionKind.STEERING}),
    ItemKind.INDICATOR: frozenset({SessionKind.STEERING}),
    ItemKind.ACTION: ACTION_LIST_SHOWN_AT,
}
"""A report on this kind of item that was made after the last of these sessions is current."""


@dataclass(frozen=True, slots=True)
class ReportWindow:
    """The time in which a report has to be made to count: later than `after`, at `until` at the latest."""

    after: datetime
    until: datetime

    def holds_report_on(self, plan: Plan, item: Item) -> bool:
        """Whether a report on this item was made in this window."""
        report = latest_report(plan, item, self.until)
        return report is not None and _made_at(report) > self.after


def is_active(action: Action, today: date) -> bool:
    """Whether its owner is asked to report: in progress, or started before today and neither done nor parked."""
    if action.status is Status.IN_PROGRESS:
        return True
    if action.status in {Status.DONE, Status.PARKED}:
        return False
    return action.start is not None and action.start < today


def reports_until(plan: Plan, item: Item, until: datetime | None = None) -> tuple[Report, ...]:
    """The reports on this item made up to a moment (None: all), oldest first."""
    reports = plan.reports_on(item)
    return reports if until is None else reports[: bisect_right(reports, until, key=_made_at)]


def latest_report(plan: Plan, item: Item, until: datetime | None = None) -> Report | None:
    """The last report on this item made up to a moment (None: the last of all), or None if there is none."""
    reports = plan.reports_on(item)
    count = len(reports) if until is None else bisect_right(reports, until, key=_made_at)
    return reports[count - 1] if count else None


def previous_session(
    plan: Plan, before: datetime, kinds: Collection[SessionKind] = EVERY_KIND
) -> Session | None:
    """The last session of these kinds held before a moment, or None. Cancelled sessions do not count.

    A session counts as held once no report can be made for it any more: from its beginning, or, where no time was
    given, when its day is over.
    """
    return max(
        (s for s in _held(plan, kinds) if s.reports_count_until < before),
        key=lambda s: s.reports_count_until,
        default=None,
    )


def next_session(plan: Plan, now: datetime, kinds: Collection[SessionKind] = EVERY_KIND) -> Session | None:
    """The first session of these kinds that is still to be held, or None. Cancelled sessions do not count."""
    return min(
        (s for s in _held(plan, kinds) if s.reports_count_until >= now),
        key=lambda s: s.begins,
        default=None,
    )


def moment_of(session: Session, now: datetime) -> datetime:
    """The moment at which to judge a session: now, or for one that has begun, the last moment to report for it."""
    return min(now, session.reports_count_until)


def current_windows(plan: Plan, now: datetime, settings: RhythmSettings) -> Mapping[ItemKind, ReportWindow]:
    """For each kind of item, when a report has to be made to be current now.

    That is after the last session that asked what it says, or within the number of days set, whichever is longer. An
    action: after the last doing or steering session, or less than 30 days ago. A strategy or indicator: after the last
    steering session, or less than 90 days ago. The objective: after the last planning session, or less than 90 days ago.
    """
    windows = {}
    for kind, sessions in CURRENT_SINCE.items():
        # Whole days, so that a report does not go out of date in the course of a day.
        too_old = datetime.combine(now.date() - timedelta(days=_current_days(kind, settings)), time.max)
        last = previous_session(plan, now, sessions)
        windows[kind] = ReportWindow(min(last.reports_count_until, too_old) if last else too_old, now)
    return windows


def reporting_windows(
    plan: Plan, session: Session, now: datetime, settings: RhythmSettings
) -> Mapping[ItemKind, ReportWindow]:
    """For each kind of item, when a report has to be made to count for this session.

    That is since the previous session that asked for this kind of item. A session before this one that is still to be
    held has asked for nothing yet, so it makes no difference until it has been held. Where no session asked before, a
    current report is enough.
    """
    until = moment_of(session, now)
    current = current_windows(plan, until, settings)
    windows = {}
    for kind, sessions in ASKED_AT.items():
        asked_before = previous_session(plan, min(now, session.begins), sessions)
        windows[kind] = (
            ReportWindow(asked_before.reports_count_until, until) if asked_before else current[kind]
        )
    return windows


def asked_items(plan: Plan, session: Session, now: datetime) -> tuple[Item, ...]:
    """What is to be reported on for this session, in the plan's order.

    A doing session asks for the active actions; a steering session also for strategies and indicators; a planning
    session for the objective as well.
    """
    today = moment_of(session, now).date()
    return tuple(
        item
        for item in plan.items
        if session.kind in ASKED_AT[kind_of(item)]
        and (not isinstance(item, Action) or is_active(item, today))
    )


def owed_items(plan: Plan, session: Session, now: datetime, settings: RhythmSettings) -> tuple[Item, ...]:
    """What is asked for at this session and was not reported on for it, in the plan's order."""
    windows = reporting_windows(plan, session, now, settings)
    return tuple(
        item
        for item in asked_items(plan, session, now)
        if not windows[kind_of(item)].holds_report_on(plan, item)
    )


def _held(plan: Plan, kinds: Collection[SessionKind]) -> list[Session]:
    return [s for s in plan.sessions if s.kind in kinds and not s.cancelled]


def _current_days(kind: ItemKind, settings: RhythmSettings) -> int:
    return settings.action_current_days if kind is ItemKind.ACTION else settings.strategy_current_days


def _made_at(report: Report) -> datetime:
    return report.made_at or datetime.min
