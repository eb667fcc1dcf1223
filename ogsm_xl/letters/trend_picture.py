"""A small picture of measurements against the target, as the coordinates of an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ogsm_xl.letters.wording import number
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.trends import Trend

WIDTH: Final = 460
HEIGHT: Final = 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 60, 18, 26


@dataclass(frozen=True, slots=True)
class Dot:
    """A measurement: where it is drawn, and its value in words."""

    x: float
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A target line: how high it is drawn, and its value in words."""

    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in pixels from the upper left."""

    dots: tuple[Dot, ...]
    edges: tuple[Edge, ...]
    first_day: str
    last_day: str

    @property
    def line(self) -> str:
        """The measurements as the points of a line."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def picture_of(trend: Trend, language: Language) -> Picture | None:
    """The picture of a trend; None where nothing was measured."""
    if not trend.points:
        return None
    targets = [value for value in (trend.measure.target, trend.upper) if value is not None]
    values = [point.value for point in trend.points] + targets
    low, high = min(values), max(values)
    days = [point.day.toordinal() for point in trend.points]

    def x(day: int) -> float:
        span = days[-1] - days[0]
        share = (day - days[0]) / span if span else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    return Picture(
        tuple(
            Dot(x(day), y(point.value), number(point.value, language))
            for day, point in zip(days, trend.points, strict=True)
        ),
        tuple(Edge(y(value), number(value, language)) for value in targets),
        _short(trend, 0),
        _short(trend, -1) if len(trend.points) > 1 else "",
    )


def _short(trend: Trend, index: int) -> str:
    day = trend.points[index].day
    return f"{day.day}-{day.month}-{day.year}"
