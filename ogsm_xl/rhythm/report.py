"""A table of the plan for any choice of strategies, owners, lights, labels, period and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import Enum
from typing import Any, Final, TypeAlias, assert_never

from ogsm_xl.plan.model import (
    Action,
    Indicator,
    Plan,
    Report,
    Strategy,
    normalised_id,
    normalised_name,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Status, Text, TrafficLight, Word


class About(Enum):
    """What the rows of the table are."""

    ACTIONS = "actions"
    STRATEGIES = "strategies"
    INDICATORS = "indicators"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the table holds. An empty choice takes everything; of several values one has to fit.

    Attributes:
        about: What its rows are.
        strategies: IDs of strategies that an item serves (a report: that its item serves).
        owners: Names or mail addresses of owners (of a report: who made it).
        lights: Lights; None for blank.
        labels: Labels of an action (of a report: of its action).
        since: The first day of the period, or None. In it are actions that run in it, strategies updated, indicators
            measured and reports made in it; what has no day is left out.
        until: The last day of the period, or None.
        columns: The names of the columns, in this order; empty for all. One that is named twice is there once.
    """

    about: About = About.ACTIONS
    strategies: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    lights: tuple[TrafficLight | None, ...] = ()
    labels: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    columns: tuple[str, ...] = ()


Value: TypeAlias = str | int | float | date | datetime | TrafficLight | Status | None
"""What a cell holds; progress is a fraction of 1."""


class Shape(Enum):
    """What kind of values a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in every language, its heading, and what it holds."""

    name: str
    heading: Text
    shape: Shape


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, and a row of values for each item."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def words(self, language: Language) -> tuple[tuple[str | int | float | date | datetime | None, ...], ...]:
        """The rows with lights and statuses as words."""
        return tuple(
            tuple(value.word(language) if isinstance(value, Word) else value for value in row)
            for row in self.rows
        )


_ID = Column("id", Text("Nr.", "No."), Shape.TEXT)
_TEXT = Column("text", Text("Omschrijving", "Description"), Shape.LONG_TEXT)
_STRATEGIES = Column("strategies", Text("Strategie", "Strategy"), Shape.TEXT)
_OWNER = Column("owner", Text("Eigenaar", "Owner"), Shape.TEXT)
_LIGHT = Column("light", Text("Licht", "Light"), Shape.WORD)
_STATUS = Column("status", Text("Status", "Status"), Shape.WORD)
_PROGRESS = Column("progress", Text("Voortgang", "Progress"), Shape.SHARE)
_UPDATE = Column("update", Text("Toelichting", "Update"), Shape.LONG_TEXT)
_NEXT = Column("next", Text("Komende periode", "Coming period"), Shape.LONG_TEXT)
_NEEDED = Column("needed", Text("Nodig van het team", "Needed from the team"), Shape.LONG_TEXT)
_PROPOSAL = Column("proposal", Text("Voorgestelde wijziging", "Proposed change"), Shape.LONG_TEXT)
_UPDATED = Column("updated_on", Text("Bijgewerkt op", "Updated on"), Shape.DAY)
_MEASURED = Column("measured_on", Text("Gemeten op", "Measured on"), Shape.DAY)

COLUMNS: Final[Mapping[About, tuple[Column, ...]]] = {
    About.ACTIONS: (
        _ID,
        _TEXT,
        _STRATEGIES,
        _OWNER,
        Column("involved", Text("Betrokken", "Involved"), Shape.TEXT),
        Column("start", Text("Start", "Start"), Shape.DAY),
        Column("deadline", Text("Deadline", "Deadline"), Shape.DAY),
        _STATUS,
        _PROGRESS,
        _LIGHT,
        _UPDATE,
        _NEXT,
        _NEEDED,
        _PROPOSAL,
        _UPDATED,
        Column("done_on", Text("Afgerond op", "Done on"), Shape.DAY),
        Column("labels", Text("Labels", "Labels"), Shape.TEXT),
    ),
    About.STRATEGIES: (
        _ID,
        _TEXT,
        _OWNER,
        Column("kind", Text("Soort", "Kind"), Shape.WORD),
        Column("goals", Text("Doelen", "Goals"), Shape.TEXT),
        _LIGHT,
        _UPDATE,
        _UPDATED,
    ),
    About.INDICATORS: (
        _ID,
        _TEXT,
        _STRATEGIES,
        _OWNER,
        Column("unit", Text("Eenheid", "Unit"), Shape.TEXT),
        Column("direction", Text("Richting", "Direction"), Shape.WORD),
        Column("baseline", Text("Nulmeting", "Baseline"), Shape.NUMBER),
        Column("target", Text("Streefwaarde", "Target"), Shape.NUMBER),
        Column("upper", Text("Bovengrens", "Upper edge"), Shape.NUMBER),
        Column("target_date", Text("Streefdatum", "Target date"), Shape.DAY),
        Column("actual", Text("Nu", "Now"), Shape.NUMBER),
        _MEASURED,
        _LIGHT,
        Column("note", Text("Opmerking", "Note"), Shape.LONG_TEXT),
    ),
    About.REPORTS: (
        _ID,
        Column("made_at", Text("Gemaakt op", "Made on"), Shape.MOMENT),
        Column("session", Text("Sessie", "Session"), Shape.TEXT),
        Column("item", Text("Over", "About"), Shape.TEXT),
        Column("by", Text("Door", "By"), Shape.TEXT),
        _STATUS,
        _PROGRESS,
        _LIGHT,
        Column("done", Text("Gedaan", "Done"), Shape.LONG_TEXT),
        _NEXT,
        _NEEDED,
        _PROPOSAL,
        Column("value", Text("Waarde", "Value"), Shape.NUMBER),
        _MEASURED,
        Column("source", Text("Bron", "Source"), Shape.WORD),
    ),
}
"""The columns that each kind of table can have; their names are the fields of the rows."""

_Row: TypeAlias = Action | Strategy | Indicator | Report


def report_table(plan: Plan, choice: Choice) -> Table:
    """The table of this choice, in the plan's order.

    Raises:
        InputProblem: There is no column, strategy, owner or label of this name; the sentence names those that there are,
            the nearest first. Or the period ends before it begins.
    """
    if choice.since and choice.until and choice.until < choice.since:
        raise InputProblem(_NO_PERIOD.filled(since=choice.since, until=choice.until))
    columns = _columns(choice)
    fits = _chooser(plan, choice)
    rows = [row for row in _all_rows(plan, choice.about) if fits(row)]
    return Table(columns, tuple(tuple(_value(row, column) for column in columns) for row in rows))


def _columns(choice: Choice) -> tuple[Column, ...]:
    columns = COLUMNS[choice.about]
    known = {
        normalised_name(name): column
        for column in reversed(columns)
        for name in (*column.heading, column.name)
    }
    for name in choice.columns:
        if normalised_name(name) not in known:
            raise unknown_name(_COLUMN, name, [column.name for column in columns])
    chosen = dict.fromkeys(known[normalised_name(name)] for name in choice.columns)
    return tuple(chosen) or columns


_COLUMN = Text("kolom", "column")
_NO_PERIOD = Text(
    "De periode begint op {since} en eindigt eerder, op {until}. Verwissel de twee dagen.",
    "The period begins on {since} and ends earlier, on {until}. Change the two days round.",
)
_MOST_NAMED: Final = 20


def unknown_name(what: Text, written: str, known: Iterable[str]) -> InputProblem:
    """That there is no such thing; names those that there are, the nearest first."""
    names = list(dict.fromkeys(" ".join(name.split()) for name in known if name.strip()))
    wanted = normalised_name(written)
    names.sort(key=lambda name: -_likeness(wanted, normalised_name(name)))
    rest = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    more = Text(f" en nog {rest}", f" and {rest} more") if rest > 0 else Text("", "")
    return InputProblem(
        Text(
            f"Er is geen {what.nl} {written!r}. Wel: {shown or 'geen'}{more.nl}.",
            f"There is no {what.en} {written!r}. There are: {shown or 'none'}{more.en}.",
        )
    )


def _likeness(wanted: str, name: str) -> float:
    """From 0 to 1, also where only a part of the name was written."""
    parts = (name, *name.split())
    return max(SequenceMatcher(None, wanted, part).ratio() for part in parts)


def _all_rows(plan: Plan, about: About) -> Sequence[_Row]:
    match about:
        case About.ACTIONS:
            return plan.actions
        case About.STRATEGIES:
            return plan.strategies
        case About.INDICATORS:
            return plan.indicators
        case About.REPORTS:
            return plan.reports
        case _:
            assert_never(about)


def _chooser(plan: Plan, choice: Choice) -> Callable[[_Row], bool]:
    strategies = _known_strategies(plan, choice.strategies)
    owners = _known_owners(plan, choice.owners)
    labels = _known_labels(plan, choice.labels)

    def fits(row: _Row) -> bool:
        return (
            (not strategies or bool(strategies & _strategies_of(plan, row)))
            and (not owners or _owner(plan, row.by if isinstance(row, Report) else row.owner) in owners)
            and (not choice.lights or row.light in choice.lights)
            and (not labels or bool(labels & _labels_of(plan, row)))
            and _in_period(row, choice)
        )

    return fits


def _known_strategies(plan: Plan, wanted: Sequence[str]) -> set[str]:
    known = {normalised_id(strategy.id) for strategy in plan.strategies}
    for name in wanted:
        if normalised_id(name) not in known:
            raise unknown_name(_STRATEGY, name, [strategy.id for strategy in plan.strategies])
    return {normalised_id(name) for name in wanted}


def _known_owners(plan: Plan, wanted: Sequence[str]) -> set[str]:
    """Whoever is among the people, owns something or reported."""
    if not wanted:
        return set()
    owned = (item.owner for item in plan.items)
    names = [*(person.name for person in plan.people), *owned, *(report.by for report in plan.reports)]
    known = {_owner(plan, name) for name in names if name.strip()}
    for name in wanted:
        if _owner(plan, name) not in known:
            raise unknown_name(_OWNER_WORD, name, names)
    return {_owner(plan, name) for name in wanted}


def _known_labels(plan: Plan, wanted: Sequence[str]) -> set[str]:
    written = [label.strip() for action in plan.actions for label in _LABELS.split(action.labels)]
    known = {normalised_name(label) for label in written}
    for name in wanted:
        if not name.strip() or normalised_name(name) not in known:
            raise unknown_name(_LABEL, name, written)
    return {normalised_name(name) for name in wanted}


_STRATEGY = Text("strategie", "strategy")
_OWNER_WORD = Text("eigenaar", "owner")
_LABEL = Text("label", "label")
_LABELS: Final = re.compile("[;,]")


def _owner(plan: Plan, written: str) -> str:
    person = plan.person(written)
    return normalised_name(person.name if person else written)


def _strategies_of(plan: Plan, row: _Row) -> set[str]:
    match row:
        case Strategy():
            return {normalised_id(row.id)}
        case Action() | Indicator():
            return {normalised_id(strategy) for strategy in row.strategies}
        case Report():
            item = plan.item(row.item)
            return _strategies_of(plan, item) if isinstance(item, Action | Indicator | Strategy) else set()


def _labels_of(plan: Plan, row: _Row) -> set[str]:
    item = plan.item(row.item) if isinstance(row, Report) else row
    written = item.labels if isinstance(item, Action) else ""
    return {normalised_name(label) for label in _LABELS.split(written) if label.strip()}


def _in_period(row: _Row, choice: Choice) -> bool:
    if choice.since is None and choice.until is None:
        return True
    since, until = choice.since or date.min, choice.until or date.max
    match row:
        case Action():
            first, last = row.start or row.deadline, row.done_on or row.deadline or row.start
            return first is not None and last is not None and first <= until and last >= since
        case Strategy():
            day = row.updated_on
        case Indicator():
            day = row.measured_on
        case Report():
            day = row.made_at.date() if row.made_at else None
        case _:
            assert_never(row)
    return day is not None and since <= day <= until


def _value(row: _Row, column: Column) -> Value:
    value: Any = getattr(row, column.name)
    if isinstance(value, tuple):
        return ", ".join(value)
    if column.shape is Shape.SHARE and value is not None:
        return float(value) / 100
    return value  # type: ignore[no-any-return]  # the fields of the rows are values
