"""Which way a value should move, and whether it got there."""

from __future__ import annotations

from ogsm_xl.plan.model import Goal, Indicator
from ogsm_xl.plan.words import Direction


def direction_of(measure: Goal | Indicator) -> Direction | None:
    """Up, down or within a band: as given, else from baseline to target; None where neither tells."""
    if isinstance(measure, Indicator) and measure.direction:
        return measure.direction
    return direction_of_figures(measure)


def direction_of_figures(measure: Goal | Indicator) -> Direction | None:
    """Up or down, from baseline to target; None where one of them is missing or they are the same."""
    if measure.baseline is None or measure.target is None or measure.baseline == measure.target:
        return None
    return Direction.HIGHER if measure.target > measure.baseline else Direction.LOWER


def reached(measure: Goal | Indicator) -> bool | None:
    """Whether the actual value is where it should be; None where that cannot be told."""
    actual, target = measure.actual, measure.target
    if actual is None or target is None:
        return None
    match direction_of(measure):
        case Direction.HIGHER:
            return actual >= target
        case Direction.LOWER:
            return actual <= target
        case Direction.BAND if isinstance(measure, Indicator) and measure.upper is not None:
            return target <= actual <= measure.upper
    return None


def worse_than_baseline(measure: Goal | Indicator) -> bool:
    """Whether the actual value moved away from the target since the baseline; a band has no such way."""
    if measure.actual is None or measure.baseline is None:
        return False
    match direction_of(measure):
        case Direction.HIGHER:
            return measure.actual < measure.baseline
        case Direction.LOWER:
            return measure.actual > measure.baseline
    return False
