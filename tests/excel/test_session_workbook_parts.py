"""What the session workbook reckons: how high texts are, and how the minutes are divided."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.excel.session.book import shortened
from ogsm_xl.excel.session.measure import HIGHEST_ROW, height_of, line_count, parts_that_fit, pixels
from ogsm_xl.excel.session.minutes import parts_of
from ogsm_xl.plan.model import Plan
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of

NOW = datetime(2026, 6, 9, 8)
ACTION = 'action A{} Anna S{} "Een actie" 2026-01-05..2026-12-31 in_progress {}'
PLAN = 'strategy S1 "Eerste keuze"\nstrategy S2 "Tweede keuze"\n'


# How high texts are


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("kort", 1),
        ("twee\nregels", 2),
        ("leeg\n\nertussen", 3),
        ("woord " * 20, 7),
        ("w" * 100, 9),
        ("世界" * 40, 9),
    ],
)
def test_lines_of_a_text(text: str, lines: int) -> None:
    """In a column of 20 characters and 11 points: broken between words, within a word only where it is too wide."""
    assert line_count(text, pixels(20), 11) == lines


def test_a_larger_or_bolder_font_takes_more() -> None:
    """The same text takes at least as many lines, and more height."""
    text = "Een tekst die over meer dan één regel loopt, zoals de meeste."
    assert line_count(text, 200, 18) > line_count(text, 200, 11)
    assert height_of(text, 200, 18) > height_of(text, 200, 14, bold=True) >= height_of(text, 200, 14)


@given(st.text(st.sampled_from("abcdefg WWWW\nééé世"), max_size=3000), st.integers(60, 400))
def test_parts_fit_and_lose_nothing(text: str, width: int) -> None:
    """Every part is at most as high as a row can be, and together they hold every word."""
    parts = parts_that_fit(text, width, 14)
    assert all(height_of(part, width, 14) <= HIGHEST_ROW for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("past precies", 12, "past precies"),
        ("een zin die te lang is", 14, "een zin die…"),
        ("regel\neen", 20, "regel een"),
        ("x" * 30, 10, "xxxxxxxxx…"),
    ],
)
def test_a_shortened_text_ends_at_a_word(text: str, most: int, expected: str) -> None:
    """On one line, never longer than asked; the mark shows that there is more."""
    assert shortened(text, most) == expected


# How the minutes are divided


def minutes(lines: str, session: str = "session SES1 doing 2026-06-11 10:00 minutes=60") -> list[int]:
    """The minutes of each part of the session."""
    plan: Plan = plan_of(PLAN + lines + "\n" + session)
    return [part.minutes for part in parts_of(doing_agenda(plan, plan.sessions[0], NOW, RhythmSettings()))]


def test_red_gets_three_times_and_orange_twice_the_time() -> None:
    """Welcome 5, then the strategies by what weighs, closing 5: together the session's length."""
    lines = "\n".join([ACTION.format(1, 1, "red"), ACTION.format(2, 1, "orange"), ACTION.format(3, 2, "")])
    assert minutes(lines) == [5, 42, 8, 5]


def test_the_check_of_done_actions_takes_two_minutes_each() -> None:
    """At most ten; what is left is for the strategies."""
    done = 'action A{} Anna S1 "Af" 2026-01-05..2026-12-31 done done_on=2026-06-01'
    running = ACTION.format(1, 1, "red")
    assert minutes("\n".join([running, done.format(2)])) == [5, 2, 48, 5]
    assert minutes("\n".join([running, *(done.format(number) for number in range(2, 9))])) == [5, 10, 40, 5]


def test_without_a_length_the_usual_one_holds() -> None:
    """A doing session takes an hour, a steering session two."""
    line = ACTION.format(1, 1, "red")
    assert sum(minutes(line, "session SES1 doing 2026-06-11")) == 60
    assert sum(minutes(line, "session SES1 steering 2026-06-11")) == 120


def test_a_very_short_session_adds_up_too() -> None:
    """Welcome and closing take half of it at most."""
    assert minutes(ACTION.format(1, 1, "red"), "session SES1 doing 2026-06-11 minutes=10") == [3, 5, 2]


def test_nothing_to_discuss_is_soon_done() -> None:
    """Welcome and closing, and nothing to fill the hour with."""
    assert minutes("") == [5, 5]
