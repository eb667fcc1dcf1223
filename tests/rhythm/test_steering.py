"""What a steering session shows besides the action list."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ogsm_xl.plan.words import EvaluationSubject, TrafficLight
from ogsm_xl.rhythm.steering import SteeringReview, quarter_of, steering_review
from tests.support.plans import plan_of

NOW = datetime(2026, 7, 7, 8)
PLAN = """
    strategy  S1 Anna "Korter wachten" orange
    strategy  S2 Bram "Goede buurten"
    indicator I1 S1 "De wachttijd" lower target=20 actual=33
    indicator I2 S1,S2 "Tevreden huurders" higher target=8 actual=7
    action    A1 Bram S1 "Loopt groen" 2026-01-05..2026-09-01 in_progress green
    action    A2 Bram S1 "Loopt rood" 2026-01-05..2026-10-01 in_progress red
    action    A3 Bram S1,S2 "Nog te doen" 2026-09-01..2026-12-01 to_do
    action    A4 Bram S1 "Pas af" 2026-01-05..2026-05-01 done done_on=2026-05-20
    action    A5 Bram S1 "Lang af" 2026-01-05..2026-03-01 done done_on=2026-03-02
    action    A6 Bram S2 "Later" parked
    action    A7 Bram S9 "Zwerft" 2026-01-05..2026-09-01 in_progress
    action    A8 Bram S2 "Ooit af" done
    session   SES1 steering 2026-04-09 09:30
    session   SES2 doing 2026-06-11 10:00
    session   SES3 steering 2026-07-09 09:30
    report    S1 2026-04-01 green
    report    S1 2026-06-30 orange
    report    A4 2026-05-20 done done="120 bewoners"
"""


def review(lines: str = "") -> SteeringReview:
    """What the steering session of July looks at."""
    plan = plan_of(PLAN + lines)
    return steering_review(plan, plan.sessions[2], NOW)


def test_a_page_for_each_strategy() -> None:
    """In the plan's order, each with all that serves it, also as its second; at the end what serves none."""
    pages = review().strategies
    assert [
        (page.strategy.id if page.strategy else None, [t.measure.id for t in page.indicators], [a.id for a in page.actions])
        for page in pages
    ] == [
        ("S1", ["I1", "I2"], ["A2", "A1", "A3", "A4"]),
        ("S2", ["I2"], ["A3", "A8"]),
        (None, [], ["A7"]),
    ]  # fmt: skip


def test_what_is_parked_or_long_done_is_only_named() -> None:
    """It takes no room on the page."""
    assert [[a.id for a in page.rest] for page in review().strategies] == [["A5"], ["A6"], []]


def test_the_light_before() -> None:
    """That of the report before the one that the row shows; none without history."""
    assert [page.earlier_light for page in review().strategies] == [TrafficLight.GREEN, None, None]


def test_finished_since_the_previous_steering_session() -> None:
    """With the day and what was told about it; a doing session in between makes no difference."""
    found = review()
    assert (found.since.id if found.since else None) == "SES1"
    assert [(done.action.id, done.day, done.result) for done in found.finished] == [
        ("A4", date(2026, 5, 20), "120 bewoners"),
        ("A8", None, ""),
    ]


def test_without_an_earlier_steering_session_all_that_was_finished_counts() -> None:
    """The first look back goes back to the beginning."""
    plan = plan_of(PLAN.replace("SES1 steering", "SES1 doing"))
    found = steering_review(plan, plan.sessions[2], NOW)
    assert [done.action.id for done in found.finished] == ["A5", "A4", "A8"]


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2026-Q1"), ("2026-06-30", "2026-Q2"), ("2026-12-31", "2026-Q4")]
)
def test_quarters(day: str, quarter: str) -> None:
    """As the evaluations name them."""
    assert quarter_of(date.fromisoformat(day)) == quarter


def test_the_quarter_that_lies_behind_is_evaluated() -> None:
    """At a session in July that is the second; what was said about the first stands beside it."""
    found = review("""
        evaluation E1 quarter=2026-Q1 team improve="Eerder bellen"
        evaluation E2 quarter=2026-Q2 process keep="Een uur"
        evaluation E3 quarter=2025-Q4 team improve="Oud"
    """)
    assert found.quarter == "2026-Q2"
    assert [(s.subject, s.now and s.now.id, s.before and s.before.id) for s in found.evaluation] == [
        (EvaluationSubject.TEAM, None, "E1"),
        (EvaluationSubject.OTHERS, None, None),
        (EvaluationSubject.PROCESS, "E2", None),
        (EvaluationSubject.FACILITIES, None, None),
    ]


def test_what_could_begin_next() -> None:
    """To do before parked."""
    assert [action.id for action in review().candidates] == ["A3", "A6"]


def test_an_empty_plan_gives_an_empty_review() -> None:
    """Nothing is made up."""
    plan = plan_of("session SES1 steering 2026-07-09")
    found = steering_review(plan, plan.sessions[0], NOW)
    assert (found.since, found.strategies, found.finished, found.candidates) == (None, (), (), ())
