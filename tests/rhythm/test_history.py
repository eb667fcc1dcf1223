"""How an action stood at an earlier moment, as far as its reports and dates tell."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from ogsm_xl.plan.words import TrafficLight
from ogsm_xl.rhythm.history import done_moment, light_at, was_active
from tests.support.plans import plan_of

AT = datetime(2026, 5, 14, 10)


@pytest.mark.parametrize(
    ("words", "reports", "active"),
    [
        ("in_progress", "report A1 2026-05-01 in_progress", True),
        ("done", "report A1 2026-05-01 in_progress", True),  # it was done later
        ("done done_on=2026-05-10", "report A1 2026-05-01 in_progress", False),
        ("done done_on=2026-05-20 2026-01-01..", "", True),
        ("done 2026-01-01..", "report A1 2026-05-20 done", True),
        ("done 2026-01-01..", "report A1 2026-05-10 done", False),
        ("done 2026-01-01..", "", False),  # done, nobody knows since when
        ("in_progress", "report A1 2026-05-01 done", False),  # taken up again since
        ("in_progress", "report A1 2026-05-01 parked", False),
        ("parked", "report A1 2026-05-01 in_progress", True),  # parked later
        ("parked 2026-01-01..", "", False),  # parked, nobody knows since when
        ("in_progress 2026-05-13..", "", True),
        ("in_progress 2026-05-14..", "", False),  # it started on that day
        ("in_progress", "", False),  # nothing tells that it had started
        ("in_progress 2026-01-01..", "report A1 2026-05-01 60%", True),  # a report that names no status
        ("in_progress", "report A1 2026-05-01 in_progress\nreport A1 2026-05-02 60%", True),
        (
            "in_progress",
            "report A1 2026-05-01 done\nreport A1 2026-05-02 in_progress",
            True,
        ),  # the last one tells
        ("to_do 2026-05-01..", "report A1 2026-04-01 to_do", True),
    ],
)
def test_was_it_active(words: str, reports: str, *, active: bool) -> None:
    """What was reported by then, else its dates; where nothing tells, it does not count."""
    plan = plan_of(f'action A1 Bram S1 "Website renewed" {words}\n{reports}')
    assert was_active(plan, plan.actions[0], AT) is active


@pytest.mark.parametrize(
    ("reports", "light"),
    [
        ("", None),
        ("report A1 2026-05-01 orange", TrafficLight.ORANGE),
        ("report A1 2026-05-14T10:00 red", TrafficLight.RED),
        ("report A1 2026-05-01 orange\nreport A1 2026-05-14T10:01 red", TrafficLight.ORANGE),
        ("report A1 2026-05-01 orange\nreport A1 2026-05-02", TrafficLight.ORANGE),
        ("report A1 2026-05-01 orange\nreport A1 2026-05-02 red", TrafficLight.RED),
    ],
)
def test_the_light_then(reports: str, light: TrafficLight | None) -> None:
    """The last light reported by then; a report without a light leaves it as it was."""
    plan = plan_of(f'action A1 Bram S1 "Website renewed" in_progress green\n{reports}')
    assert light_at(plan, plan.actions[0], AT) is light


def test_a_day_of_being_done_is_the_whole_day() -> None:
    """Done on 14 May: in the morning it may still have been active, at the end of the day it was not."""
    plan = plan_of('action A1 Bram S1 "Website renewed" 2026-01-01.. done done_on=2026-05-14')
    assert was_active(plan, plan.actions[0], AT) is True
    assert was_active(plan, plan.actions[0], datetime.combine(AT, time.max)) is False


def test_done_as_of_an_earlier_moment() -> None:
    """A report from after the moment does not tell yet that it was done."""
    plan = plan_of('action A1 Bram S1 "Website renewed" done\nreport A1 2026-05-20T09:00 done')
    assert done_moment(plan, plan.actions[0], AT) is None
    assert done_moment(plan, plan.actions[0]) == datetime(2026, 5, 20, 9)
