"""What a steering session shows besides the action list: strategies with their measures, a look back, a look ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ogsm_xl.plan.model import (
    Action,
    Evaluation,
    Indicator,
    Plan,
    Report,
    Session,
    Strategy,
    normalised_id,
)
from ogsm_xl.plan.words import EvaluationSubject, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.history import done_moment
from ogsm_xl.rhythm.reporting import is_active, moment_of, previous_session, reports_until
from ogsm_xl.rhythm.trends import Trend, trends_of

_HALF_A_QUARTER = timedelta(days=45)
_LIGHT_ORDER = (TrafficLight.RED, TrafficLight.ORANGE, None, TrafficLight.GREEN)


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """One strategy with all that belongs to it. An action or indicator of several strategies is with each of them.

    Attributes:
        strategy: The strategy; None for what belongs to no strategy of the plan, which comes last.
        earlier_light: Its light in the report before the one that its row shows; None where there is none.
        indicators: Its indicators with their trends.
        actions: Its actions that run (red first), are still to start, or were finished since the previous session.
        rest: Its other actions: parked, or finished before.
    """

    strategy: Strategy | None
    earlier_light: TrafficLight | None
    indicators: tuple[Trend, ...]
    actions: tuple[Action, ...]
    rest: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """An action that was finished, on which day (None where nothing tells), and what was told about the result."""

    action: Action
    day: date | None
    result: str


@dataclass(frozen=True, slots=True)
class SubjectReview:
    """One subject of the quarter's evaluation: what was filled in already, and what it was the quarter before."""

    subject: EvaluationSubject
    now: Evaluation | None
    before: Evaluation | None


@dataclass(frozen=True, slots=True)
class SteeringReview:
    """What a steering session looks at.

    Attributes:
        since: The steering session before this one, or None.
        strategies: A page for each strategy, in the plan's order.
        finished: The actions finished since then, oldest first; those that nobody knows the day of come last.
        quarter: The quarter that is evaluated, such as `2026-Q3`.
        evaluation: The four subjects.
        candidates: Actions that could get "in progress" next: to do first, then parked.
    """

    since: Session | None
    strategies: tuple[StrategyPage, ...]
    finished: tuple[Finished, ...]
    quarter: str
    evaluation: tuple[SubjectReview, ...]
    candidates: tuple[Action, ...]


def steering_review(plan: Plan, session: Session, now: datetime) -> SteeringReview:
    """What this steering session looks at."""
    moment = moment_of(session, now)
    since = previous_session(plan, min(now, session.begins), {SessionKind.STEERING})
    finished = _finished(plan, since, now)
    quarter = evaluated_quarter(session)
    return SteeringReview(
        since=since,
        strategies=strategy_pages(plan, moment, {done.action.id for done in finished}),
        finished=finished,
        quarter=quarter,
        evaluation=_evaluation(plan, quarter, quarter_of(session.date - 3 * _HALF_A_QUARTER)),
        candidates=_candidates(plan),
    )


def evaluated_quarter(session: Session) -> str:
    """The quarter that a session evaluates: the one that most of the weeks before it were in."""
    return quarter_of(session.date - _HALF_A_QUARTER)


def quarter_of(day: date) -> str:
    """The quarter that a day is in, as evaluations name it: `2026-Q3`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def strategy_pages(plan: Plan, moment: datetime, finished: Iterable[str]) -> tuple[StrategyPage, ...]:
    """A page for each strategy, and one for what belongs to none, where there is such.

    Args:
        plan: The plan.
        moment: Up to when reports and measurements count.
        finished: The IDs of done actions that are to be shown all the same.
    """
    trends = dict(zip(plan.indicators, trends_of(plan, plan.indicators, moment.date()), strict=True))
    indicators, actions = _per_strategy(plan, plan.indicators), _per_strategy(plan, plan.actions)
    shown = frozenset(finished)
    pages = []
    for strategy in (*plan.strategies, None):
        key = normalised_id(strategy.id) if strategy else ""
        mine = [action for action in actions.get(key, ()) if isinstance(action, Action)]
        measured = [each for each in indicators.get(key, ()) if isinstance(each, Indicator)]
        if strategy is not None or mine or measured:
            pages.append(
                StrategyPage(
                    strategy,
                    _earlier_light(plan, strategy, moment) if strategy else None,
                    tuple(trends[each] for each in measured),
                    tuple(
                        sorted(
                            (a for a in mine if _is_shown(a, shown)),
                            key=lambda action: _place(action, moment.date()),
                        )
                    ),
                    tuple(action for action in mine if not _is_shown(action, shown)),
                )
            )
    return tuple(pages)


def _per_strategy(plan: Plan, items: Iterable[Action | Indicator]) -> Mapping[str, list[Action | Indicator]]:
    """Strategy (its ID, normalised; "" for none of the plan) to what serves it."""
    known = {normalised_id(strategy.id) for strategy in plan.strategies}
    found: dict[str, list[Action | Indicator]] = {}
    for item in items:
        keys = dict.fromkeys(normalised_id(strategy) for strategy in item.strategies)
        for key in [key for key in keys if key in known] or [""]:
            found.setdefault(key, []).append(item)
    return found


def _is_shown(action: Action, finished: frozenset[str]) -> bool:
    if action.status is Status.DONE:
        return action.id in finished
    return action.status is not Status.PARKED


def _place(action: Action, today: date) -> tuple[int, int, date]:
    """Running before to start before done; red first; then by deadline."""
    stage = 2 if action.status is Status.DONE else 0 if is_active(action, today) else 1
    return stage, _LIGHT_ORDER.index(action.light) if stage == 0 else 0, action.deadline or date.max


def _earlier_light(plan: Plan, strategy: Strategy, moment: datetime) -> TrafficLight | None:
    lights = [report.light for report in reports_until(plan, strategy, moment) if report.light]
    if lights and lights[-1] is strategy.light:
        lights.pop()
    return lights[-1] if lights else None


def _finished(plan: Plan, since: Session | None, now: datetime) -> tuple[Finished, ...]:
    after = since.reports_count_until if since else datetime.min
    done = [action for action in plan.actions if action.status is Status.DONE]
    when = [(action, done_moment(plan, action, now)) for action in done]
    shown = [(action, at) for action, at in when if at is None or at > after]
    shown.sort(key=lambda pair: pair[1] or datetime.combine(date.max, time.max))
    return tuple(
        Finished(action, at.date() if at else None, action.update or _told(reports_until(plan, action, now)))
        for action, at in shown
    )


def _told(reports: tuple[Report, ...]) -> str:
    return next((report.done for report in reversed(reports) if report.done), "")


def _evaluation(plan: Plan, quarter: str, before: str) -> tuple[SubjectReview, ...]:
    filled = {(normalised_id(e.quarter), e.subject): e for e in plan.evaluations}
    return tuple(
        SubjectReview(subject, filled.get((quarter, subject)), filled.get((before, subject)))
        for subject in EvaluationSubject
    )


def _candidates(plan: Plan) -> tuple[Action, ...]:
    waiting = [action for action in plan.actions if action.status in {None, Status.TO_DO, Status.PARKED}]
    return tuple(
        sorted(waiting, key=lambda action: (action.status is Status.PARKED, action.start or date.max))
    )
