"""A small picture of measurements against the target, as the coordinates of an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ogsm_xl.letters.wording import figure
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.trends import Trend

WIDTH: Final = 460
HEIGHT: Final = 160
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 66, 20, 38
_SAID_ABOVE, _SAID_BELOW = 9, 18
_DAYS: Final = 18  # at the bottom, for the first and the last day


@dataclass(frozen=True, slots=True)
class Dot:
    """A measurement: where it is drawn, its value in words, and how high that stands."""

    x: float
    y: float
    said: str
    said_at: float


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

    heights = [y(point.value) for point in trend.points]
    return Picture(
        tuple(
            Dot(x(day), height, figure(point.value, language), _clear_of_line(heights, index))
            for index, (day, height, point) in enumerate(zip(days, heights, trend.points, strict=True))
        ),
        tuple(Edge(y(value), figure(value, language)) for value in targets),
        _short(trend, 0),
        _short(trend, -1) if len(trend.points) > 1 else "",
    )


def _clear_of_line(heights: Sequence[float], index: int) -> float:
    """How high the value of a dot stands: above it, or below where the line goes up from there and there is room."""
    beside = heights[1] if index == 0 and len(heights) > 1 else heights[index - 1]
    below = heights[index] + _SAID_BELOW
    return below if beside < heights[index] and below < HEIGHT - _DAYS else heights[index] - _SAID_ABOVE


def _short(trend: Trend, index: int) -> str:
    day = trend.points[index].day
    return f"{day.day}-{day.month}-{day.year}"
