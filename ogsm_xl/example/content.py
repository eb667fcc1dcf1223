"""The shapes in which the example's content is written down, and how they become rows of a plan.

An item is written once, with its reports below it; the row shows what the latest report says, as it does
in a workbook that the jobs keep. Numbers of reports and measurements are given when the plan is put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ogsm_xl.plan.model import Action, Indicator, Strategy
from ogsm_xl.plan.words import Direction, Language, ReportSource, Status, StrategyKind, Text, TrafficLight

NOTHING = Text("", "")

GREEN, ORANGE, RED = TrafficLight.GREEN, TrafficLight.ORANGE, TrafficLight.RED
FORM, MAIL, ROW = ReportSource.FORM, ReportSource.MAIL, ReportSource.ROW

_MONTH_ENDS = ("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31")
_QUARTER_ENDS = ("2025-12-31", "2026-03-31", "2026-06-30")


def day(written: str) -> date:
    """A day as the content writes it: `2026-09-10`."""
    return date.fromisoformat(written)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told about an item, once.

    Attributes:
        by: Who told it, or "" for the owner of the item.
        measured_on: For an indicator: the day of the measurement that this is about.
    """

    made_at: datetime
    light: TrafficLight | None
    done: Text
    next: Text = NOTHING
    needed: Text = NOTHING
    proposal: Text = NOTHING
    status: Status | None = None
    progress: int | None = None
    measured_on: date | None = None
    source: ReportSource = FORM
    by: str = ""


def told(
    when: str,
    progress: int,
    light: TrafficLight | None,
    done: Text,
    next_: Text = NOTHING,
    *,
    needed: Text = NOTHING,
    proposal: Text = NOTHING,
    status: Status = Status.IN_PROGRESS,
    source: ReportSource = FORM,
    by: str = "",
) -> Told:
    """A report on an action; `when` is written as `2026-09-10 09:30`."""
    made_at = datetime.fromisoformat(when)
    return Told(made_at, light, done, next_, needed, proposal, status, progress, None, source, by)


def judged(when: str, light: TrafficLight | None, update: Text, *, source: ReportSource = FORM) -> Told:
    """A report on a strategy."""
    return Told(datetime.fromisoformat(when), light, update, source=source)


def measured(
    when: str, on: str, light: TrafficLight | None, note: Text, *, source: ReportSource = FORM
) -> Told:
    """A report on an indicator; its value is the measurement of the day `on`."""
    return Told(datetime.fromisoformat(when), light, note, measured_on=day(on), source=source)


@dataclass(frozen=True, slots=True)
class StrategyStory:
    """A strategy and what its driver told about it, oldest first."""

    id: str
    text: Text
    owner: str
    kind: StrategyKind
    goals: tuple[str, ...]
    told: tuple[Told, ...]

    def row(self, language: Language) -> Strategy:
        """The strategy as the workbook shows it."""
        latest = self.told[-1]
        return Strategy(
            id=self.id,
            text=self.text.in_(language),
            owner=self.owner,
            kind=self.kind,
            goals=self.goals,
            light=latest.light,
            update=latest.done.in_(language),
            updated_on=latest.made_at.date(),
        )


@dataclass(frozen=True, slots=True)
class Value:
    """One measured value, in the indicator's unit."""

    on: date
    value: float
    note: Text = NOTHING


def monthly(*values: float, notes: dict[str, Text] | None = None) -> tuple[Value, ...]:
    """Values at the ends of six months, February to July 2026; `notes` by day."""
    return tuple(_series(_MONTH_ENDS, values, notes or {}))


def quarterly(*values: float, notes: dict[str, Text] | None = None) -> tuple[Value, ...]:
    """Values at the ends of three quarters, December 2025 to June 2026; `notes` by day."""
    return tuple(_series(_QUARTER_ENDS, values, notes or {}))


def _series(days: tuple[str, ...], values: tuple[float, ...], notes: dict[str, Text]) -> Iterator[Value]:
    for on, value in zip(days, values, strict=True):
        yield Value(day(on), value, notes.get(on, NOTHING))


@dataclass(frozen=True, slots=True)
class IndicatorStory:
    """An indicator, its measurements, and what its owner told about them, all oldest first."""

    id: str
    text: Text
    strategy: str
    owner: str
    unit: Text
    direction: Direction
    baseline: float
    target: float | None
    target_date: date
    values: tuple[Value, ...]
    told: tuple[Told, ...]
    upper: float | None = None

    def value_on(self, on: date | None) -> float | None:
        """The value measured on a day, or None where nothing was measured."""
        return next((value.value for value in self.values if value.on == on), None)

    def row(self, language: Language) -> Indicator:
        """The indicator as the workbook shows it."""
        newest, latest = self.values[-1], self.told[-1]
        return Indicator(
            id=self.id,
            text=self.text.in_(language),
            strategies=(self.strategy,),
            owner=self.owner,
            unit=self.unit.in_(language),
            direction=self.direction,
            baseline=self.baseline,
            target=self.target,
            upper=self.upper,
            target_date=self.target_date,
            actual=newest.value,
            measured_on=newest.on,
            light=latest.light,
            note=latest.done.in_(language),
        )


@dataclass(frozen=True, slots=True)
class ActionStory:
    """An action and what was told about it, oldest first; without reports it is still to do."""

    id: str
    text: Text
    strategies: tuple[str, ...]
    owner: str
    start: date | None
    deadline: date
    told: tuple[Told, ...] = ()
    involved: tuple[str, ...] = ()
    labels: Text = NOTHING

    def row(self, language: Language) -> Action:
        """The action as the workbook shows it: as its latest report left it."""
        latest = self.told[-1] if self.told else None
        return Action(
            id=self.id,
            text=self.text.in_(language),
            strategies=self.strategies,
            owner=self.owner,
            involved="; ".join(self.involved),
            start=self.start,
            deadline=self.deadline,
            status=latest.status if latest else Status.TO_DO,
            progress=latest.progress if latest else 0,
            light=latest.light if latest else None,
            update=latest.done.in_(language) if latest else "",
            next=latest.next.in_(language) if latest else "",
            needed=latest.needed.in_(language) if latest else "",
            proposal=latest.proposal.in_(language) if latest else "",
            updated_on=latest.made_at.date() if latest else None,
            done_on=latest.made_at.date() if latest and latest.status is Status.DONE else None,
            labels=self.labels.in_(language),
        )
