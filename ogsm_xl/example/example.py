"""The example plan put together: the rows of every table, in Dutch or in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from operator import itemgetter

from ogsm_xl.example.aims import GOAL_VALUES, INDICATORS, STRATEGIES, goals, objective
from ogsm_xl.example.content import ActionStory, IndicatorStory, StrategyStory, Told, Value
from ogsm_xl.example.learning import decisions, evaluations, factors
from ogsm_xl.example.neighbourhoods import NEIGHBOURHOODS
from ogsm_xl.example.new_homes import NEW_HOMES
from ogsm_xl.example.operations import OPERATIONS
from ogsm_xl.example.people import PEOPLE, sessions
from ogsm_xl.example.renovation import RENOVATION
from ogsm_xl.example.service import SERVICE
from ogsm_xl.plan.model import Measurement, Plan, Report, Session
from ogsm_xl.plan.words import ItemKind, Language

ACTIONS = SERVICE + RENOVATION + NEW_HOMES + NEIGHBOURHOODS + OPERATIONS

_Story = StrategyStory | IndicatorStory | ActionStory


def example_plan(language: Language) -> Plan:
    """The plan of a housing association as it stands on the morning of Tuesday 1 September 2026.

    The two languages differ in texts only: IDs, people, dates and numbers are the same.
    """
    return Plan(
        language=language,
        objective=objective(language),
        goals=goals(language),
        strategies=tuple(story.row(language) for story in STRATEGIES),
        indicators=tuple(story.row(language) for story in INDICATORS),
        measurements=_measurements(language),
        actions=tuple(story.row(language) for story in ACTIONS),
        people=PEOPLE,
        sessions=sessions(language),
        reports=_reports(language),
        decisions=decisions(language),
        evaluations=evaluations(language),
        factors=factors(language),
    )


def _measurements(language: Language) -> tuple[Measurement, ...]:
    """All measured values, M1 and on, in the order in which they were measured."""
    return tuple(
        Measurement(
            id=f"M{number}",
            item=item,
            measured_on=value.on,
            value=value.value,
            note=value.note.in_(language),
        )
        for number, (_on, item, value) in enumerate(sorted(_values(), key=itemgetter(0)), start=1)
    )


def _values() -> Iterator[tuple[date, str, Value]]:
    for goal_id, value in GOAL_VALUES:
        yield value.on, goal_id, value
    for story in INDICATORS:
        for value in story.values:
            yield value.on, story.id, value


def _reports(language: Language) -> tuple[Report, ...]:
    """All reports, R1 and on, in the order in which they came in."""
    calendar = sessions(language)
    return tuple(
        _report(f"R{number}", story, told, _session_for(told.made_at, calendar), language)
        for number, (_made_at, story, told) in enumerate(sorted(_told(), key=itemgetter(0)), start=1)
    )


def _told() -> Iterator[tuple[datetime, _Story, Told]]:
    stories: tuple[_Story, ...] = STRATEGIES + INDICATORS + ACTIONS
    for story in stories:
        for told in story.told:
            yield told.made_at, story, told


def _session_for(made_at: datetime, calendar: tuple[Session, ...]) -> str:
    """The first session for which a report made at this moment still counts."""
    return next(session.id for session in calendar if made_at <= session.reports_count_until)


def _report(number: str, story: _Story, told: Told, session: str, language: Language) -> Report:
    return Report(
        id=number,
        made_at=told.made_at,
        session=session,
        kind=_kind(story),
        item=story.id,
        by=told.by or story.owner,
        status=told.status,
        progress=told.progress,
        light=told.light,
        done=told.done.in_(language),
        next=told.next.in_(language),
        needed=told.needed.in_(language),
        proposal=told.proposal.in_(language),
        value=story.value_on(told.measured_on) if isinstance(story, IndicatorStory) else None,
        measured_on=told.measured_on,
        source=told.source,
    )


def _kind(story: _Story) -> ItemKind:
    match story:
        case StrategyStory():
            return ItemKind.STRATEGY
        case IndicatorStory():
            return ItemKind.INDICATOR
        case ActionStory():
            return ItemKind.ACTION
