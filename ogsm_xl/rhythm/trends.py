"""How an indicator or a goal moved: its measurements over time, and whether it is where it should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from ogsm_xl.plan.measures import direction_of, reached
from ogsm_xl.plan.model import Goal, Indicator, Measurement, Plan, normalised_id
from ogsm_xl.plan.words import Direction


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value, in the measure's own unit."""

    day: date
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator or goal with what was measured.

    Attributes:
        measure: The indicator or goal.
        points: Its measurements, oldest first; a value that only its row gives is among them.
        reached: Whether the actual value is where it should be; None where that cannot be told.
    """

    measure: Indicator | Goal
    points: tuple[Point, ...]
    reached: bool | None

    @property
    def upper(self) -> float | None:
        """The upper edge of the band that the value should stay in; None where it is no band."""
        measure = self.measure
        is_band = isinstance(measure, Indicator) and direction_of(measure) is Direction.BAND
        return measure.upper if isinstance(measure, Indicator) and is_band else None

    @property
    def change(self) -> float | None:
        """How much the last measurement differs from the one before; None with fewer than two."""
        return self.points[-1].value - self.points[-2].value if len(self.points) > 1 else None

    @property
    def improved(self) -> bool | None:
        """Whether that change was the right way; None where it stayed the same or nobody can tell."""
        if not self.change:
            return None
        match direction_of(self.measure):
            case Direction.HIGHER:
                return self.change > 0
            case Direction.LOWER:
                return self.change < 0
        return None


def trends_of(
    plan: Plan, measures: Iterable[Indicator | Goal], until: date, since: date | None = None
) -> tuple[Trend, ...]:
    """The trend of each measure, from what was measured up to a day, and after an earlier one if that is given."""
    measured = _by_item(plan)
    return tuple(
        Trend(
            measure,
            tuple(
                point
                for point in _points(measure, measured.get(normalised_id(measure.id), ()))
                if point.day <= until and (since is None or point.day > since)
            ),
            reached(measure),
        )
        for measure in measures
    )


def _by_item(plan: Plan) -> Mapping[str, list[Measurement]]:
    found: dict[str, list[Measurement]] = {}
    for measurement in plan.measurements:
        found.setdefault(normalised_id(measurement.item), []).append(measurement)
    return found


def _points(measure: Indicator | Goal, measurements: Iterable[Measurement]) -> list[Point]:
    """One point a day; the last one written counts. The row's own value only where its day was not measured."""
    by_day = {
        m.measured_on: Point(m.measured_on, m.value, m.note)
        for m in measurements
        if m.measured_on is not None and m.value is not None and isfinite(m.value)
    }
    day = measure.measured_on if isinstance(measure, Indicator) else None
    if day is not None and measure.actual is not None and isfinite(measure.actual):
        by_day.setdefault(day, Point(day, measure.actual))
    return [by_day[each] for each in sorted(by_day)]
