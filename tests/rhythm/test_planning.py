"""What a planning session shows: the year, and who is behind."""

from __future__ import annotations

from datetime import date, datetime

from ogsm_xl.plan.words import FactorKind, TrafficLight
from ogsm_xl.rhythm.planning import PlanningReview, Then, planning_review
from tests.support.plans import plan_of

NOW = datetime(2026, 11, 20, 8)
SESSIONS = """
    session   SES1 planning 2025-11-25 09:00
    session   SES2 doing 2026-06-11 10:00
    session   SES3 steering 2026-10-08 09:30
    session   SES4 planning 2026-11-24 09:00
"""


def review(lines: str, sessions: str = SESSIONS) -> PlanningReview:
    """What the last session of these looks at."""
    plan = plan_of(lines + sessions)
    return planning_review(plan, plan.sessions[-1], NOW)


def test_the_year_begins_at_the_previous_planning_session() -> None:
    """Where there was none, or it was longer ago, a year ago; measurements and sessions from before are left out."""
    lines = """
        indicator   I1 S1 "De wachttijd" lower target=20 actual=33
        measurement I1 2025-09-30 value=40
        measurement I1 2026-09-30 value=33
    """
    found = review(lines)
    assert found.since == date(2025, 11, 25)
    assert [session.id for session in found.sessions] == ["SES2", "SES3"]
    assert [point.value for point in found.indicators[0].points] == [33]
    assert review(lines, "session SES4 planning 2026-11-24").since == date(2025, 11, 19)


BEHIND = """
    strategy  S1 Anna "In orde" green
    strategy  S2 Bram "In tijd" green
    strategy  S3 Bram "In inhoud" orange
    strategy  S4 Bram "In beide" red
    action    A1 Bram S1 "Loopt" 2026-01-05..2026-12-01 in_progress green
    action    A2 Bram S2 "Te laat" 2026-01-05..2026-11-01 in_progress green
    action    A3 Bram S2 "Niet begonnen" 2026-09-01..2027-03-01 to_do
    action    A4 Bram S4 "Rood" 2026-01-05..2026-12-01 in_progress red
    action    A5 Bram S1 "Te laat maar af" 2026-01-05..2026-11-01 done done_on=2026-11-10
    action    A6 Bram S1 "Te laat maar geparkeerd" 2026-01-05..2026-11-01 parked
"""


def test_who_is_behind_in_content_or_time() -> None:
    """Both first; a red strategy before an orange one; what is done or parked is never late."""
    found = review(BEHIND).behind
    assert [(b.page.strategy and b.page.strategy.id, b.in_content, b.in_time) for b in found] == [
        ("S4", True, True),
        ("S2", False, True),
        ("S3", True, False),
    ]
    assert [a.id for a in found[0].red] == ["A4"]
    assert ([a.id for a in found[1].overdue], [a.id for a in found[1].not_started]) == (["A2"], ["A3"])


def test_an_indicator_that_is_off_puts_its_strategy_behind() -> None:
    """Orange or red, past its date and not reached, or further off than at the start; a green one on its way is not."""
    found = review("""
        strategy  S1 Anna "Korter wachten" green
        indicator I1 S1 "Op weg" lower baseline=40 target=20 actual=33 target_date=2027-12-31 green
        indicator I2 S1 "Oranje" lower baseline=40 target=20 actual=33 orange
        indicator I3 S1 "Over tijd" lower baseline=40 target=20 actual=33 target_date=2026-10-31 green
        indicator I4 S1 "De verkeerde kant op" lower baseline=40 target=20 actual=41 green
        indicator I5 S1 "Gehaald" lower baseline=40 target=20 actual=19 target_date=2026-10-31 green
    """).behind
    assert [[trend.measure.id for trend in b.indicators] for b in found] == [["I2", "I3", "I4"]]


def test_lights_over_the_year() -> None:
    """For each action how it stood at each session, and how many of each light together."""
    found = review("""
        action    A1 Bram S1 "Loopt" 2026-01-05..2026-12-01 in_progress red
        action    A2 Bram S1 "Af" 2026-01-05..2026-09-01 done done_on=2026-08-20
        action    A3 Bram S1 "Nog niet" 2027-01-05..2027-09-01 to_do
        action    A4 Bram S1 "Lang af" 2025-01-05..2025-09-01 done done_on=2025-08-20
        report    A1 2026-06-01 Bram green in_progress
        report    A1 2026-10-01 Bram red in_progress
    """)
    assert {year.action.id: year.then for year in found.actions} == {
        "A1": (Then(True, False, TrafficLight.GREEN), Then(True, False, TrafficLight.RED)),
        "A2": (Then(True, False, None), Then(False, True, None)),
    }
    assert found.lights == ({TrafficLight.GREEN: 1, None: 1}, {TrafficLight.RED: 1})


def test_factors_by_kind() -> None:
    """Every kind is there, also the empty ones."""
    found = review("""
        factor F1 risk "Rente stijgt"
        factor F2 strength "Eigen grond"
        factor F3 risk "Beroep van buren"
    """).factors
    assert {kind: [f.id for f in factors] for kind, factors in found.items()} == {
        FactorKind.STRENGTH: ["F2"],
        FactorKind.VULNERABILITY: [],
        FactorKind.OPPORTUNITY: [],
        FactorKind.RISK: ["F1", "F3"],
        FactorKind.CHANGE: [],
        FactorKind.SCENARIO: [],
    }


def test_an_empty_plan_gives_an_empty_review() -> None:
    """Nothing is made up."""
    found = review("", "session SES4 planning 2026-11-24")
    assert (found.goals, found.indicators, found.behind, found.actions) == ((), (), (), ())
