"""How indicators and goals moved."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.rhythm.trends import Point, Trend, trends_of
from tests.support.plans import plan_of

UNTIL = date(2026, 6, 9)


def trend(lines: str, since: date | None = None) -> Trend:
    """The trend of the plan's one indicator."""
    plan = plan_of(lines)
    return trends_of(plan, plan.indicators, UNTIL, since)[0]


HIGHER = 'indicator I1 S1 "Tevreden huurders" higher baseline=7 target=8 actual=7.5 measured_on=2026-05-31'


def test_points_are_in_order_of_their_days() -> None:
    """Oldest first; what lies after the day, has no day or no value is left out; the last written of a day counts."""
    found = trend(f"""
        {HIGHER}
        measurement I1 2026-05-31 value=7.5
        measurement I1 2026-03-31 value=7.1
        measurement I1 2026-03-31 value=7.2
        measurement I1 2026-07-31 value=9
        measurement I1 value=3
        measurement I1 2026-04-30
        measurement I2 2026-04-30 value=1
    """)
    assert found.points == (Point(date(2026, 3, 31), 7.2), Point(date(2026, 5, 31), 7.5))


def test_the_rows_own_value_is_a_point_where_its_day_was_not_measured() -> None:
    """Somebody who keeps no measurements still gets a line."""
    assert trend(HIGHER).points == (Point(date(2026, 5, 31), 7.5),)


def test_a_window_leaves_out_what_is_older() -> None:
    """A year's dashboard begins where the year did."""
    lines = f"{HIGHER}\nmeasurement I1 2025-03-31 value=7.1"
    assert trend(lines, date(2025, 6, 9)).points == (Point(date(2026, 5, 31), 7.5),)


@pytest.mark.parametrize(
    ("direction", "values", "improved"),
    [
        ("higher", (7, 7.5), True),
        ("higher", (7.5, 7), False),
        ("lower", (7.5, 7), True),
        ("lower", (7, 7.5), False),
        ("band", (7, 7.5), None),
        ("higher", (7, 7), None),
    ],
)
def test_whether_a_change_is_for_the_better(
    direction: str,
    values: tuple[float, float],
    improved: bool | None,  # noqa: FBT001 - a column of the table
) -> None:
    """By the direction that the indicator should move in; a band has none."""
    found = trend(f"""
        indicator I1 S1 "Tevreden huurders" {direction} target=8 upper=9
        measurement I1 2026-03-31 value={values[0]}
        measurement I1 2026-05-31 value={values[1]}
    """)
    assert (found.improved, found.change) == (improved, values[1] - values[0])


def test_a_single_point_has_no_change() -> None:
    """There is nothing to compare with."""
    assert (trend(HIGHER).change, trend(HIGHER).improved, trend(HIGHER).reached) == (None, None, False)


def test_only_a_band_has_an_upper_edge() -> None:
    """Between the target and the upper edge it is where it should be."""
    band = trend('indicator I1 S1 "De reserve" band target=5 upper=8 actual=6')
    assert (band.upper, band.reached) == (8, True)
    assert trend('indicator I1 S1 "De reserve" higher target=5 upper=8').upper is None
