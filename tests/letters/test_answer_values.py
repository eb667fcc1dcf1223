"""The values that a text begins with, and the days that people write."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.letters.answer_text import prepared
from ogsm_xl.letters.answer_values import NoDay, day_of, has_been, run_of
from ogsm_xl.plan.words import ItemKind, Status, TrafficLight
from ogsm_xl.plan.written import Unclear

TODAY = date(2026, 11, 6)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3-11-2026", date(2026, 11, 3)),
        ("3 november", date(2026, 11, 3)),
        ("op 3 nov.", date(2026, 11, 3)),
        ("per 31/12", date(2025, 12, 31)),
        ("as of 1 October 2026", date(2026, 10, 1)),
        ("2026-11-01", date(2026, 11, 1)),
        ("vandaag", TODAY),
        ("gisteren", date(2026, 11, 5)),
        ("7 november", date(2025, 11, 7)),
        ("03-04", date(2026, 4, 3)),
    ],
)
def test_day_is_the_last_one_that_has_been(written: str, day: date) -> None:
    """A day without a year is the last such day; figures with dashes begin with the day."""
    assert day_of(written, TODAY) == day


@pytest.mark.parametrize("written", ["03/04/2026", "7-11-2026", "31-02-2026", "32 november"])
def test_day_that_is_not_clear(written: str) -> None:
    """A day that could be two, is still to come or does not exist is unclear."""
    with pytest.raises(Unclear):
        day_of(written, TODAY)


@pytest.mark.parametrize("written", ["binnenkort", "de balie", "", "60%"])
def test_words_that_are_no_day(written: str) -> None:
    """Words without a day in them are no day at all."""
    with pytest.raises(NoDay):
        day_of(written, TODAY)


@pytest.mark.parametrize(
    ("written", "today", "expected"),
    [
        ("op 3 november", TODAY, True),
        ("12 mei", TODAY, True),
        ("3-11-2025", TODAY, True),
        ("20 december", TODAY, False),
        ("op 31-12-2026", TODAY, False),
        ("20 december", date(2027, 1, 5), True),
        ("gisteren", TODAY, True),
        ("31 februari", TODAY, False),
        ("op papier", TODAY, None),
        ("evaluatie in mei", TODAY, None),
    ],
)
def test_whether_a_day_has_been(written: str, today: date, expected: object) -> None:
    """A day without a year is the nearest one; what is no day is neither."""
    assert has_been(written, today) is expected


def test_run_says_how_far_the_values_reach() -> None:
    """The text behind the values begins where they end, and a whole text has none."""
    text = prepared("oranje 60 % wachten op hout")
    run = run_of(text, ItemKind.ACTION, TODAY)
    assert ([said.value for said in run.said], text[run.end :], run.whole) == (
        [TrafficLight.ORANGE, 60],
        " wachten op hout",
        False,
    )
    whole = run_of("mee bezig, oranje", ItemKind.ACTION, TODAY)
    assert ([said.value for said in whole.said], whole.whole) == (
        [Status.IN_PROGRESS, TrafficLight.ORANGE],
        True,
    )
