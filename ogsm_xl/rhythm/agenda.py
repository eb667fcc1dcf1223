"""What a session shows of the action list, and why each action is on it.

Every action ends up in exactly one place: to discuss, done since, done without a date, going well, or one of the
counts (parked, not started, done before).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from ogsm_xl.plan.model import Action, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import ItemKind, Status, Text, TrafficLight, Word
from ogsm_xl.rhythm.days import spoken_day
from ogsm_xl.rhythm.history import done_moment
from ogsm_xl.rhythm.reporting import (
    ACTION_LIST_SHOWN_AT,
    ReportWindow,
    current_windows,
    is_active,
    moment_of,
    previous_session,
    reports_until,
)
from ogsm_xl.rhythm.settings import RhythmSettings


class Reason(Word):
    """Why an action is on the list, as the screen says it; `{day}` stands for a day."""

    RED = Text("Rood: keuze nodig", "Red: a choice is needed")
    ORANGE = Text("Oranje: ingrijpen nodig", "Orange: an intervention is needed")
    NO_LIGHT = Text("Geen verkeerslicht: onbekend hoe het staat", "No traffic light: unknown how it stands")
    NO_CURRENT_REPORT = Text("Geen actueel verslag (laatste {day})", "No current report (latest {day})")
    NEVER_REPORTED = Text("Nog geen verslag", "No report yet")
    DONE_SINCE = Text("Afgerond op {day}: is al het werk gedaan?", "Done on {day}: is all the work done?")


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, and its text with the day filled in."""

    reason: Reason
    text: Text


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One action on the list.

    Attributes:
        action: The action.
        reasons: Why it is on the list; never empty.
        report: The latest report on it, or None.
        lights: Its light now, then those of (at most) the two reports before, newest first; None where blank.
        days_overdue: How many days its deadline has passed; 0 when it has not, or when the action is done.
    """

    action: Action
    reasons: tuple[Why, ...]
    report: Report | None
    lights: tuple[TrafficLight | None, ...]
    days_overdue: int


@dataclass(frozen=True, slots=True)
class AgendaGroup:
    """The actions of one strategy: red first, then orange, then without a light, then without a current report.

    `strategy` is None for actions whose (first) strategy is not in the plan; that group comes last.
    """

    strategy: Strategy | None
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session shows of the action list.

    Attributes:
        session: The session.
        discuss: The active actions to discuss, per strategy in the plan's order.
        done_since: Done since the previous doing or steering session: to check.
        going_well: Green and with a current report: stays off the list, and is named.
        done_without_date: Done, but nothing tells since when.
        parked: How many actions are parked: not asked about, not discussed.
        not_started: How many actions are still to start.
        done_before: How many actions were done before the previous doing or steering session.
    """

    session: Session
    discuss: tuple[AgendaGroup, ...]
    done_since: tuple[AgendaLine, ...]
    going_well: tuple[Action, ...]
    done_without_date: tuple[Action, ...]
    parked: int
    not_started: int
    done_before: int

    @property
    def not_asked(self) -> int:
        """How many actions nobody is asked about, because they are parked or have not started."""
        return self.parked + self.not_started


_LIGHT_REASONS: dict[TrafficLight | None, Reason] = {
    TrafficLight.RED: Reason.RED,
    TrafficLight.ORANGE: Reason.ORANGE,
    None: Reason.NO_LIGHT,
}
_LIGHT_ORDER = (TrafficLight.RED, TrafficLight.ORANGE, None, TrafficLight.GREEN)


def doing_agenda(plan: Plan, session: Session, now: datetime, settings: RhythmSettings) -> Agenda:
    """What a doing session shows (and a steering session, of its actions): what to discuss and why, what to check."""
    moment = moment_of(session, now)
    # A report that came in after the session began still counts as current on a list that is made after it.
    window = replace(current_windows(plan, moment, settings)[ItemKind.ACTION], until=now)
    active = [action for action in plan.actions if is_active(action, moment.date())]
    judged = [(action, _reasons(plan, action, window, now)) for action in active]
    done = [action for action in plan.actions if action.status is Status.DONE]
    when = [(action, done_moment(plan, action, now)) for action in done]
    before = previous_session(plan, min(now, session.begins), ACTION_LIST_SHOWN_AT)
    checked_until = before.reports_count_until if before else datetime.min
    parked = sum(action.status is Status.PARKED for action in plan.actions)
    return Agenda(
        session=session,
        discuss=_per_strategy(plan, [_line(plan, a, reasons, now) for a, reasons in judged if reasons]),
        done_since=tuple(
            _line(plan, action, (_done_since(at, now),), now)
            for action, at in when
            if at and at > checked_until
        ),
        going_well=tuple(action for action, reasons in judged if not reasons),
        done_without_date=tuple(action for action, at in when if at is None),
        parked=parked,
        not_started=len(plan.actions) - len(active) - len(done) - parked,
        done_before=sum(at is not None and at <= checked_until for _, at in when),
    )


def _reasons(plan: Plan, action: Action, window: ReportWindow, now: datetime) -> tuple[Why, ...]:
    reasons = []
    if action.light in _LIGHT_REASONS:
        reason = _LIGHT_REASONS[action.light]
        reasons.append(Why(reason, reason.value))
    if not window.holds_report_on(plan, action):
        reasons.append(_no_current_report(reports_until(plan, action, now), now))
    return tuple(reasons)


def _no_current_report(reports: tuple[Report, ...], now: datetime) -> Why:
    made_at = reports[-1].made_at if reports else None
    if made_at is None:
        return Why(Reason.NEVER_REPORTED, Reason.NEVER_REPORTED.value)
    day = spoken_day(made_at.date(), now.date())
    return Why(Reason.NO_CURRENT_REPORT, Reason.NO_CURRENT_REPORT.value.filled(day=day))


def _done_since(done_at: datetime, now: datetime) -> Why:
    day = spoken_day(done_at.date(), now.date())
    return Why(Reason.DONE_SINCE, Reason.DONE_SINCE.value.filled(day=day))


def _line(plan: Plan, action: Action, reasons: tuple[Why, ...], now: datetime) -> AgendaLine:
    reports = reports_until(plan, action, now)
    return AgendaLine(
        action=action,
        reasons=reasons,
        report=reports[-1] if reports else None,
        lights=_lights(action, reports),
        days_overdue=days_overdue(action, now.date()),
    )


def _lights(action: Action, reports: tuple[Report, ...]) -> tuple[TrafficLight | None, ...]:
    # The row normally shows the latest report's light; where somebody changed the row since, that report is history.
    reached_row = bool(reports) and reports[-1].light is action.light
    earlier = reports[:-1] if reached_row else reports
    return (action.light, *(report.light for report in reversed(earlier[-2:])))


def days_overdue(action: Action, today: date) -> int:
    """How many days its deadline has passed; 0 when it has not, or when the action is done."""
    if action.deadline is None or action.status is Status.DONE:
        return 0
    return max(0, (today - action.deadline).days)


def _per_strategy(plan: Plan, lines: Iterable[AgendaLine]) -> tuple[AgendaGroup, ...]:
    groups: dict[str | None, tuple[Strategy | None, list[AgendaLine]]] = {}
    for strategy in plan.strategies:
        groups.setdefault(strategy.id, (strategy, []))
    groups[None] = (None, [])
    for line in lines:
        first = plan.item(line.action.strategies[0]) if line.action.strategies else None
        groups[first.id if isinstance(first, Strategy) else None][1].append(line)
    return tuple(
        AgendaGroup(shown, tuple(sorted(found, key=lambda line: _LIGHT_ORDER.index(line.action.light))))
        for shown, found in groups.values()
        if found
    )
