"""Measurements against the target, as coordinates."""

from __future__ import annotations

from datetime import date

from ogsm_xl.letters.trend_picture import Picture, picture_of
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.trends import trends_of
from tests.support.plans import plan_of


def picture(lines: str) -> Picture | None:
    """The picture of the plan's one indicator."""
    plan = plan_of(lines)
    return picture_of(trends_of(plan, plan.indicators, date(2026, 6, 9))[0], Language.NL)


def test_a_line_of_measurements_and_one_of_the_target() -> None:
    """Higher values stand higher; days are in proportion; values are said."""
    found = picture("""
        indicator I1 S1 "De wachttijd" target=20
        measurement I1 2026-03-01 value=40
        measurement I1 2026-03-31 value=30.5
        measurement I1 2026-04-30 value=35
    """)
    assert found is not None
    assert [dot.said for dot in found.dots] == ["40", "30,5", "35"]
    first, second, third = found.dots
    assert first.y < third.y < second.y < found.edges[0].y
    assert second.x - first.x == third.x - second.x
    assert (found.edges[0].said, found.first_day, found.last_day) == ("20", "1-3-2026", "30-4-2026")
    assert found.line.startswith(f"{first.x},{first.y} ")


def test_a_band_has_two_lines() -> None:
    """Its lower and its upper edge."""
    found = picture('indicator I1 S1 "De reserve" band target=5 upper=8 actual=6 measured_on=2026-03-31')
    assert found is not None
    assert [edge.said for edge in found.edges] == ["5", "8"]


def test_one_measurement_without_a_target() -> None:
    """A dot in the middle."""
    found = picture('indicator I1 S1 "De reserve" actual=6 measured_on=2026-03-31')
    assert found is not None
    assert (len(found.dots), found.edges, found.last_day) == (1, (), "")


def test_without_measurements_there_is_no_picture() -> None:
    """Nothing to draw."""
    assert picture('indicator I1 S1 "De reserve" target=5') is None


def test_values_stand_clear_of_the_line() -> None:
    """Below the first dot where the line goes up from there; above the last one where it comes from below."""
    found = picture("""
        indicator I1 S1 "De wachttijd" target=20
        measurement I1 2026-03-01 value=30
        measurement I1 2026-03-31 value=40
    """)
    assert found is not None
    first, last = found.dots
    assert first.said_at > first.y
    assert last.said_at < last.y
