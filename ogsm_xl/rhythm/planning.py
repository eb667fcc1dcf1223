"""What a planning session shows: the measures over the year, which strategies are behind, the year's actions, the world around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ogsm_xl.plan.measures import worse_than_baseline
from ogsm_xl.plan.model import Action, Factor, Plan, Session
from ogsm_xl.plan.words import FactorKind, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.history import done_moment, light_at, was_active
from ogsm_xl.rhythm.reporting import is_active, moment_of, previous_session
from ogsm_xl.rhythm.steering import StrategyPage, strategy_pages
from ogsm_xl.rhythm.trends import Trend, trends_of

_A_YEAR = timedelta(days=366)
_WORRIES = frozenset({TrafficLight.RED, TrafficLight.ORANGE})


@dataclass(frozen=True, slots=True)
class Behind:
    """A strategy that is behind schedule, and in what.

    Attributes:
        page: The strategy with all that belongs to it.
        light: Its own light, where that is orange or red: behind in content.
        indicators: Its indicators that are orange or red, past their target date, or further off than at the start.
        overdue: Its actions whose deadline has passed: behind in time.
        not_started: Its actions that should have started.
        red: Its active actions that are red.
    """

    page: StrategyPage
    light: TrafficLight | None
    indicators: tuple[Trend, ...]
    overdue: tuple[Action, ...]
    not_started: tuple[Action, ...]
    red: tuple[Action, ...]

    @property
    def in_content(self) -> bool:
        """Whether results are at stake."""
        return self.light is not None or bool(self.indicators)

    @property
    def in_time(self) -> bool:
        """Whether dates are at stake."""
        return bool(self.overdue or self.not_started or self.red)


class Then(NamedTuple):
    """How an action stood at an earlier session: active with this light, done, or neither."""

    active: bool
    done: bool
    light: TrafficLight | None


@dataclass(frozen=True, slots=True)
class ActionYear:
    """An action, and how it stood at each session of the year."""

    action: Action
    then: tuple[Then, ...]


@dataclass(frozen=True, slots=True)
class PlanningReview:
    """What a planning session looks at.

    Attributes:
        since: The planning session before this one; where there was none, a year ago.
        goals: The goals with their measurements since then.
        indicators: The indicators with theirs.
        strategies: A page for each strategy.
        behind: The strategies that are behind, those in both content and time first.
        sessions: The sessions held since then, oldest first.
        lights: How many active actions had each light at each of these sessions.
        actions: The actions that were active, or finished, in that time, with how they stood.
        factors: What was noted in and around the organisation, by kind; every kind is there.
    """

    since: date
    goals: tuple[Trend, ...]
    indicators: tuple[Trend, ...]
    strategies: tuple[StrategyPage, ...]
    behind: tuple[Behind, ...]
    sessions: tuple[Session, ...]
    lights: tuple[Mapping[TrafficLight | None, int], ...] = field(hash=False)
    actions: tuple[ActionYear, ...]
    factors: Mapping[FactorKind, tuple[Factor, ...]] = field(hash=False)


def planning_review(plan: Plan, session: Session, now: datetime) -> PlanningReview:
    """What this planning session looks at."""
    moment = moment_of(session, now)
    before = previous_session(plan, min(now, session.begins), {SessionKind.PLANNING})
    since = max(before.date, moment.date() - _A_YEAR) if before else moment.date() - _A_YEAR
    sessions = _held(plan, since, min(now, session.begins))
    actions = _years(plan, sessions, since, moment)
    pages = strategy_pages(plan, moment, {year.action.id for year in actions})
    return PlanningReview(
        since=since,
        goals=trends_of(plan, plan.goals, moment.date(), since),
        indicators=trends_of(plan, plan.indicators, moment.date(), since),
        strategies=pages,
        behind=_behind(pages, moment.date()),
        sessions=sessions,
        lights=tuple(
            Counter(year.then[index].light for year in actions if year.then[index].active)
            for index in range(len(sessions))
        ),
        actions=actions,
        factors={kind: tuple(f for f in plan.factors if f.kind is kind) for kind in FactorKind},
    )


def _held(plan: Plan, since: date, until: datetime) -> tuple[Session, ...]:
    held = [s for s in plan.sessions if not s.cancelled and s.date > since and s.reports_count_until < until]
    return tuple(sorted(held, key=lambda s: s.begins))


def _years(
    plan: Plan, sessions: tuple[Session, ...], since: date, moment: datetime
) -> tuple[ActionYear, ...]:
    found = []
    for action in plan.actions:
        done_at = done_moment(plan, action, moment) if action.status is Status.DONE else None
        then = tuple(_then(plan, action, session, done_at) for session in sessions)
        lately_done = action.status is Status.DONE and (done_at is None or done_at.date() > since)
        if lately_done or is_active(action, moment.date()) or any(each.active for each in then):
            found.append(ActionYear(action, then))
    return tuple(found)


def _then(plan: Plan, action: Action, session: Session, done_at: datetime | None) -> Then:
    at = session.reports_count_until
    active = was_active(plan, action, at)
    done = done_at is not None and done_at <= at
    return Then(active, done, light_at(plan, action, at) if active else None)


def _behind(pages: tuple[StrategyPage, ...], today: date) -> tuple[Behind, ...]:
    judged = [_judged(page, today) for page in pages if page.strategy]
    found = [behind for behind in judged if behind.in_content or behind.in_time]
    return tuple(sorted(found, key=_severity))


def _severity(behind: Behind) -> tuple[bool, bool]:
    return not (behind.in_content and behind.in_time), behind.light is not TrafficLight.RED


def _judged(page: StrategyPage, today: date) -> Behind:
    light = page.strategy.light if page.strategy else None
    running = [action for action in page.actions if action.status is not Status.DONE]
    return Behind(
        page=page,
        light=light if light in _WORRIES else None,
        indicators=tuple(trend for trend in page.indicators if _is_off(trend, today)),
        overdue=tuple(action for action in running if action.deadline and action.deadline < today),
        not_started=tuple(
            action
            for action in running
            if action.status in {None, Status.TO_DO} and action.start and action.start < today
        ),
        red=tuple(a for a in running if is_active(a, today) and a.light is TrafficLight.RED),
    )


def _is_off(trend: Trend, today: date) -> bool:
    measure = trend.measure
    too_late = measure.target_date is not None and measure.target_date < today and trend.reached is False
    return measure.light in _WORRIES or too_late or worse_than_baseline(measure)
