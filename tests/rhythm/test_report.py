"""A table of the plan for any choice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Status, TrafficLight
from ogsm_xl.rhythm.report import COLUMNS, About, Choice, report_table
from tests.support.plans import plan_of

PLAN = plan_of("""
    person    Anna anna@example.org
    strategy  S1 Anna "Korter wachten" orange updated_on=2026-06-01
    strategy  S2 Bram "Goede buurten" green updated_on=2026-03-01
    indicator I1 Anna S1 "De wachttijd" lower measured_on=2026-06-30
    action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-03-31 in_progress 60% red labels="ICT; Huurders"
    action    A2 Bram S2,S1 "Grond gekocht" 2026-04-01..2026-12-31 to_do labels=grond
    action    A3 Bram S2 "Buurtfeest gehouden" 2026-01-05..2026-06-30 done green done_on=2026-05-20
    report    A1 2026-06-01 Anna red
    report    A3 2026-05-20 Bram green done
""")


def ids(choice: Choice) -> list[str]:
    """The numbers of the rows."""
    return [str(row[0]) for row in report_table(PLAN, choice).rows]


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        (Choice(), ["A1", "A2", "A3"]),
        (Choice(strategies=("s1",)), ["A1", "A2"]),
        (Choice(owners=("anna@example.org",)), ["A1"]),
        (Choice(owners=("bram", "Anna")), ["A1", "A2", "A3"]),
        (Choice(lights=(TrafficLight.RED, None)), ["A1", "A2"]),
        (Choice(labels=("huurders",)), ["A1"]),
        (Choice(strategies=("S2",), lights=(TrafficLight.GREEN,)), ["A3"]),
        (Choice(since=date(2026, 6, 1)), ["A2"]),
        (Choice(until=date(2026, 3, 31)), ["A1", "A3"]),
        (Choice(since=date(2026, 5, 1), until=date(2026, 5, 31)), ["A2", "A3"]),
        (Choice(About.STRATEGIES, owners=("Anna",)), ["S1"]),
        (Choice(About.STRATEGIES, since=date(2026, 5, 1)), ["S1"]),
        (Choice(About.INDICATORS, strategies=("S1",), until=date(2026, 6, 30)), ["I1"]),
        (Choice(About.REPORTS, strategies=("S1",)), ["R1"]),
        (Choice(About.REPORTS, owners=("Bram",)), ["R2"]),
        (Choice(About.REPORTS, labels=("ICT",)), ["R1"]),
        (Choice(About.REPORTS, since=date(2026, 6, 1)), ["R1"]),
    ],
)
def test_what_is_chosen(choice: Choice, rows: list[str]) -> None:
    """Each part of a choice narrows it; of several values one has to fit."""
    assert ids(choice) == rows


def test_columns_in_the_order_asked() -> None:
    """Progress is a fraction; lights and statuses are words of the language."""
    table = report_table(PLAN, Choice(strategies=("S1",), columns=("progress", "id", "light", "status")))
    assert table.rows == (
        (0.6, "A1", TrafficLight.RED, Status.IN_PROGRESS),
        (None, "A2", None, Status.TO_DO),
    )
    assert table.words(Language.NL)[0] == (0.6, "A1", "Rood", "Mee bezig")


@pytest.mark.parametrize("about", About)
def test_every_column_is_a_field(about: About) -> None:
    """Nothing is asked of a row that it has not."""
    table = report_table(PLAN, Choice(about))
    assert [column.name for column in table.columns] == [column.name for column in COLUMNS[about]]
    assert table.rows


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        (Choice(columns=("colour",)), "deadline"),
        (Choice(strategies=("S9",)), "S1, S2"),
        (Choice(owners=("Ane",)), "Wel: Anna, Bram."),
        (Choice(labels=("grnd",)), "Wel: grond, Huurders, ICT."),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(choice: Choice, named: str) -> None:
    """A typing error costs one look."""
    with pytest.raises(InputProblem) as problem:
        report_table(PLAN, choice)
    assert named in problem.value.sentence(Language.NL)


def test_a_moment_stays_a_moment() -> None:
    """Reports keep their time."""
    table = report_table(PLAN, Choice(About.REPORTS, columns=("made_at",)))
    assert table.rows[0] == (datetime(2026, 6, 1),)
