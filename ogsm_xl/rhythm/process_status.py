"""How the process runs: who has reported for a session and who has not, and how well the plan is kept current."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from ogsm_xl.plan.model import Action, Item, Person, Plan, Session, kind_of, normalised_name
from ogsm_xl.plan.words import TrafficLight
from ogsm_xl.rhythm.history import light_at, was_active
from ogsm_xl.rhythm.reporting import (
    ASKED_AT,
    asked_items,
    current_windows,
    is_active,
    latest_report,
    moment_of,
    previous_session,
    reporting_windows,
)
from ogsm_xl.rhythm.settings import RhythmSettings

_LIGHTS = (TrafficLight.GREEN, TrafficLight.ORANGE, TrafficLight.RED, None)
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OwnerStatus:
    """One owner of something asked for at the session.

    Attributes:
        name: The person's name, or the name that the plan gives where that is nobody among the people.
        person: Who it is, or None where the name is not among the people.
        asked: What is asked for, in the plan's order; `reported` and `owed` divide it.
        reported: What was reported on for this session.
        owed: What was not.
        last_reported: When the latest report on anything asked for was made, or None.
    """

    name: str
    person: Person | None
    asked: tuple[Item, ...]
    reported: tuple[Item, ...]
    owed: tuple[Item, ...]
    last_reported: datetime | None


class CurrentShare(NamedTuple):
    """How many of the items that a session asked for had a current report when it was held."""

    session: Session
    current: int
    asked: int


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """The process around one session.

    Attributes:
        session: The session.
        owners: Everybody who is named as an owner of something asked for, in the plan's order of what they own.
        unowned: Asked items without an owner, or whose owner (also in `owners`) is nobody among the people.
        lights: How many active actions have each light; every light, and None for blank.
        previous_lights: The same at the previous session as the history tells it; empty where there was none.
        current: How many of the items asked for have a current report.
        asked_for: How many items are asked for.
        over_time: The share that was current at each session held in the year before, oldest first; sessions from
            before the first report are left out, because nothing tells how the plan stood then.
    """

    session: Session
    owners: tuple[OwnerStatus, ...]
    unowned: tuple[Item, ...]
    lights: Mapping[TrafficLight | None, int] = field(hash=False)
    previous_lights: Mapping[TrafficLight | None, int] = field(hash=False)
    current: int
    asked_for: int
    over_time: tuple[CurrentShare, ...]


def process_status(plan: Plan, session: Session, now: datetime, settings: RhythmSettings) -> ProcessStatus:
    """How the process around this session stands now, or for one that has begun, how it stood then."""
    moment = moment_of(session, now)
    asked = asked_items(plan, session, now)
    return ProcessStatus(
        session=session,
        owners=_owners(plan, asked, session, now, settings),
        unowned=tuple(item for item in asked if plan.owner_of(item) is None),
        lights=_counted(action.light for action in plan.actions if is_active(action, moment.date())),
        previous_lights=_previous_lights(plan, min(now, session.begins)),
        current=_current_count(plan, asked, moment, settings),
        asked_for=len(asked),
        over_time=_over_time(plan, min(now, session.begins), settings),
    )


def _owners(
    plan: Plan, asked: tuple[Item, ...], session: Session, now: datetime, settings: RhythmSettings
) -> tuple[OwnerStatus, ...]:
    owned: dict[str, tuple[str, Person | None, list[Item]]] = {}
    for item in asked:
        person = plan.owner_of(item)
        name = person.name if person else " ".join(item.owner.split())
        if name:
            owned.setdefault(normalised_name(name), (name, person, []))[2].append(item)
    windows = reporting_windows(plan, session, now, settings)
    moment = moment_of(session, now)
    return tuple(
        OwnerStatus(
            name=name,
            person=person,
            asked=tuple(items),
            reported=tuple(i for i in items if windows[kind_of(i)].holds_report_on(plan, i)),
            owed=tuple(i for i in items if not windows[kind_of(i)].holds_report_on(plan, i)),
            last_reported=_last_reported(plan, items, moment),
        )
        for name, person, items in owned.values()
    )


def _last_reported(plan: Plan, items: Iterable[Item], moment: datetime) -> datetime | None:
    reports = (latest_report(plan, item, moment) for item in items)
    return max((r.made_at for r in reports if r is not None and r.made_at is not None), default=None)


def _counted(lights: Iterable[TrafficLight | None]) -> Mapping[TrafficLight | None, int]:
    counts = Counter(lights)
    return {light: counts[light] for light in _LIGHTS}


def _previous_lights(plan: Plan, before: datetime) -> Mapping[TrafficLight | None, int]:
    session = previous_session(plan, before)
    if session is None or not _history_reaches(plan, session):
        return {}
    at = session.reports_count_until
    return _counted(light_at(plan, action, at) for action in plan.actions if was_active(plan, action, at))


def _current_count(plan: Plan, items: Iterable[Item], moment: datetime, settings: RhythmSettings) -> int:
    windows = current_windows(plan, moment, settings)
    return sum(windows[kind_of(item)].holds_report_on(plan, item) for item in items)


def _over_time(plan: Plan, before: datetime, settings: RhythmSettings) -> tuple[CurrentShare, ...]:
    held = [
        session
        for session in plan.sessions
        if not session.cancelled
        and session.reports_count_until < before
        and session.date > (before - _A_YEAR).date()
        and _history_reaches(plan, session)
    ]
    return tuple(_share(plan, s, settings) for s in sorted(held, key=lambda s: s.begins))


def _share(plan: Plan, session: Session, settings: RhythmSettings) -> CurrentShare:
    at = session.reports_count_until
    asked = [
        item
        for item in plan.items
        if session.kind in ASKED_AT[kind_of(item)]
        and (not isinstance(item, Action) or was_active(plan, item, at))
    ]
    return CurrentShare(session, _current_count(plan, asked, at, settings), len(asked))


def _history_reaches(plan: Plan, session: Session) -> bool:
    """Whether anything was reported by the time this session was held."""
    return any(
        made_at is not None and made_at <= session.reports_count_until
        for made_at in (reports[0].made_at for reports in plan.reports_by_item.values())
    )
