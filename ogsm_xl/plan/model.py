"""The plan: objective, goals, strategies, indicators, actions, and everything that is kept about them.

Conventions that hold for every class here:
- A blank cell is None for dates, numbers and closed lists, and "" for text.
- `progress` is in percent, 0 to 100. Indicator values are in the indicator's own unit (95 for 95 %).
- Dates and times are naive: local to the organisation, as Excel's are.
- People are referred to by the name that the workbook gives; `Plan.person` finds who it is.
- `row` says where the thing stands in the workbook; None for a plan made in memory. It takes no part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeAlias, TypeVar

from ogsm_xl.plan.cells import RowRef
from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
)


@dataclass(frozen=True, slots=True)
class Objective:
    """The ambition in one sentence; one per OGSM, owned by the OGSM owner."""

    id: str
    text: str
    owner: str = ""
    organisation: str = ""
    period: str = ""
    light: TrafficLight | None = None
    update: str = ""
    proposal: str = ""
    updated_on: date | None = None
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Goal:
    """A measurable result that shows whether the ambition was reached; checked at the planning session."""

    id: str
    text: str
    indicator: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    target_date: date | None = None
    actual: float | None = None
    light: TrafficLight | None = None
    note: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A choice, worded "goal by how", with exactly one owner (the driver) who answers for its result."""

    id: str
    text: str
    owner: str = ""
    kind: StrategyKind | None = None
    goals: tuple[str, ...] = ()
    light: TrafficLight | None = None
    update: str = ""
    updated_on: date | None = None
    excused: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What makes a strategy measurable.

    With `Direction.BAND` the value should stay between `target` and `upper`.
    """

    id: str
    text: str
    strategies: tuple[str, ...] = ()
    owner: str = ""
    unit: str = ""
    direction: Direction | None = None
    baseline: float | None = None
    target: float | None = None
    upper: float | None = None
    target_date: date | None = None
    actual: float | None = None
    measured_on: date | None = None
    light: TrafficLight | None = None
    note: str = ""
    excused: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Action:
    """A project that one or more strategies need, with exactly one responsible owner.

    Attributes:
        strategies: The IDs of the strategies that it serves; the first is the one it is listed under.
        involved: Others who take part without owning it, as written.
        update: What was done, and how it stands.
        next: What will be done in the coming period.
        needed: What the owner needs from the team.
        proposal: The change to the action that the owner proposes.
        updated_on: The day of the last report that reached this row.
        done_on: The day on which it was reported done.
        excused: Codes of rules that do not apply to this row, with the reason.
    """

    id: str
    text: str
    strategies: tuple[str, ...] = ()
    owner: str = ""
    involved: str = ""
    start: date | None = None
    deadline: date | None = None
    status: Status | None = None
    progress: int | None = None
    light: TrafficLight | None = None
    update: str = ""
    next: str = ""
    needed: str = ""
    proposal: str = ""
    updated_on: date | None = None
    done_on: date | None = None
    labels: str = ""
    excused: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of an indicator (or of a goal) on a day, in its own unit."""

    id: str
    item: str
    measured_on: date | None
    value: float | None
    note: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who owns, reports or reads."""

    name: str
    mail: str = ""
    roles: frozenset[Role] = frozenset()
    language: Language | None = None
    deputy: str = ""
    absent_from: date | None = None
    absent_until: date | None = None
    left_on: date | None = None
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting of the rhythm, as the process owner put it in the calendar. `minutes` is its length."""

    id: str
    kind: SessionKind
    date: date
    time: time | None = None
    minutes: int | None = None
    place: str = ""
    invitation: bool = True
    reminder: bool = True
    cancelled: bool = False
    remarks: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)

    @property
    def begins(self) -> datetime:
        """When it begins; the start of the day where no time was given, so that no mail can come too late."""
        return datetime.combine(self.date, self.time or time.min)

    @property
    def reports_count_until(self) -> datetime:
        """Reports made up to this moment were made for this session; later ones are for the next.

        The beginning where a time was given, else the end of the day.
        """
        return datetime.combine(self.date, self.time or time.max)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported on one item, once. The history consists of these; none is ever changed.

    Attributes:
        made_at: When it was made; midnight where the workbook gives a day only.
        session: The ID of the session that it was made for, or "".
        item: The ID of the item that it is about.
        by: Who made it (for a deputy: the deputy's own name).
        value: The measured value of an indicator, in its unit, measured on `measured_on`.
        source: How it came in.
    """

    id: str
    made_at: datetime | None
    session: str
    kind: ItemKind | None
    item: str
    by: str = ""
    status: Status | None = None
    progress: int | None = None
    light: TrafficLight | None = None
    done: str = ""
    next: str = ""
    needed: str = ""
    proposal: str = ""
    value: float | None = None
    measured_on: date | None = None
    source: ReportSource | None = None
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a session decided, about an item or in general."""

    id: str
    decided_on: date | None
    session: str
    item: str
    text: str
    owner: str = ""
    deadline: date | None = None
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One subject of a quarter's evaluation: what to improve or start, to keep, to stop."""

    id: str
    quarter: str
    subject: EvaluationSubject | None
    improve: str = ""
    keep: str = ""
    stop: str = ""
    row: RowRef | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Factor:
    """A strength, vulnerability, opportunity or risk, a change in the environment, or a scenario."""

    id: str
    kind: FactorKind | None
    text: str
    meaning: str = ""
    likelihood: str = ""
    noted_on: date | None = None
    row: RowRef | None = field(default=None, compare=False, repr=False)


_K = TypeVar("_K")
_V = TypeVar("_V")

Item: TypeAlias = Objective | Strategy | Indicator | Action
"""What somebody owns and reports on."""

Record: TypeAlias = (
    Objective
    | Goal
    | Strategy
    | Indicator
    | Measurement
    | Action
    | Person
    | Session
    | Report
    | Decision
    | Evaluation
    | Factor
)
"""A row of the workbook, whatever its sheet."""


def kind_of(item: Item) -> ItemKind:
    """What kind of item this is."""
    match item:
        case Objective():
            return ItemKind.OBJECTIVE
        case Strategy():
            return ItemKind.STRATEGY
        case Indicator():
            return ItemKind.INDICATOR
        case Action():
            return ItemKind.ACTION


@dataclass(frozen=True)
class Plan:
    """An OGSM with its people, sessions and history, as one workbook holds it. Everything in the workbook's order."""

    language: Language = Language.NL
    objective: Objective | None = None
    goals: tuple[Goal, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    actions: tuple[Action, ...] = ()
    people: tuple[Person, ...] = ()
    sessions: tuple[Session, ...] = ()
    reports: tuple[Report, ...] = ()
    decisions: tuple[Decision, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    factors: tuple[Factor, ...] = ()

    def item(self, item_id: str) -> Item | None:
        """The item with this ID, whatever the case and blanks it is written with, or None."""
        return self._items.get(normalised_id(item_id))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything that somebody reports on: the objective, then strategies, indicators, actions."""
        head: tuple[Item, ...] = (self.objective,) if self.objective else ()
        return head + self.strategies + self.indicators + self.actions

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return _first_by((normalised_id(item.id), item) for item in self.items)

    def person(self, written: str) -> Person | None:
        """Who is meant by a name or a mail address, whatever its case and blanks, or None if that is nobody here."""
        return self._people.get(normalised_name(written))

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        names = [(normalised_name(person.name), person) for person in self.people]
        mails = [(normalised_name(person.mail), person) for person in self.people if person.mail]
        return _first_by(names + mails)

    def people_with(self, role: Role) -> tuple[Person, ...]:
        """Everybody who has this role."""
        return tuple(person for person in self.people if role in person.roles)

    def session(self, session_id: str) -> Session | None:
        """The session with this ID, or None."""
        wanted = normalised_id(session_id)
        return next((s for s in self.sessions if normalised_id(s.id) == wanted), None)

    def owner_of(self, item: Item) -> Person | None:
        """Who owns this item, or None when nobody does or the name is not among the people.

        The objective is owned by whom it names, else by the (first) person with the role of OGSM owner.
        """
        if not item.owner and isinstance(item, Objective):
            return next(iter(self.people_with(Role.OGSM_OWNER)), None)
        return self.person(item.owner) if item.owner else None

    @cached_property
    def reports_by_item(self) -> Mapping[str, tuple[Report, ...]]:
        """Item ID (normalised) to its reports, oldest first; reports without a date are not in here."""
        found: dict[str, list[Report]] = {}
        for report in self.reports:
            if report.made_at is not None:
                found.setdefault(normalised_id(report.item), []).append(report)
        return {item: tuple(sorted(made, key=_made_at)) for item, made in found.items()}

    def reports_on(self, item: Item) -> tuple[Report, ...]:
        """The reports on this item, oldest first."""
        return self.reports_by_item.get(normalised_id(item.id), ())


def normalised_id(written: str) -> str:
    """An ID as it is compared: without blanks, in capitals."""
    return "".join(written.split()).upper()


def normalised_name(written: str) -> str:
    """A name or mail address as it is compared: single blanks, no difference between capitals and small letters."""
    return " ".join(written.split()).casefold()


def _made_at(report: Report) -> datetime:
    return report.made_at or datetime.min


def _first_by(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, _V]:
    """The first value of each key: a duplicate never replaces the row that was there before (a rule reports it)."""
    found: dict[_K, _V] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
