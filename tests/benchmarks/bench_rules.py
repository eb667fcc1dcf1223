"""What all rules together cost on 5,000 actions and 60,000 reports, beside reading the same plan.

Run with `pytest tests/benchmarks/bench_rules.py -s`; not part of the test run, as a machine's speed is no property of
the code. The ratio is; and that time grows in a straight line with the plan.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path

from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.model import Action, Person, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import ItemKind, Language, Role, SessionKind, Status, TrafficLight
from ogsm_xl.rules.check import check_plan

TODAY = date(2026, 6, 1)
LIGHTS = (TrafficLight.GREEN, TrafficLight.ORANGE, TrafficLight.RED)
STATUSES = (Status.IN_PROGRESS, Status.IN_PROGRESS, Status.TO_DO, Status.DONE)


def plan_with(actions: int, reports_each: int = 12) -> Plan:
    """A plan of this size: most rows sound, every seventh with something to find."""
    people = tuple(
        Person(f"Persoon {n}", f"p{n}@example.org", frozenset(Role)) for n in range(actions // 10 + 1)
    )
    strategies = tuple(Strategy(f"S{n}", f"Doel {n} door aanpak {n}", people[0].name) for n in range(1, 6))
    rows = tuple(_action(n, people[n % len(people)].name) for n in range(1, actions + 1))
    return Plan(
        strategies=strategies,
        actions=rows,
        people=people,
        sessions=tuple(Session(f"SES{m}", SessionKind.DOING, date(2026, m, 10)) for m in range(1, 13)),
        reports=tuple(_report(row, month) for month in range(reports_each) for row in rows),
    )


def _action(number: int, owner: str) -> Action:
    status = STATUSES[number % len(STATUSES)]
    return Action(
        f"A{number}",
        f"Resultaat {number} is opgeleverd en in gebruik bij het team",
        (f"S{number % 5 + 1}",),
        owner if number % 7 else "Iemand Anders",
        start=TODAY - timedelta(days=number % 200)
        if status is not Status.TO_DO
        else TODAY + timedelta(days=9),
        deadline=TODAY + timedelta(days=number % 300),
        status=status,
        progress={Status.DONE: 100, Status.TO_DO: 0}.get(status, number % 99),
        light=TrafficLight.GREEN if status is Status.DONE else LIGHTS[number % 3],
        update="Stand van zaken",
        updated_on=TODAY - timedelta(days=3),
    )


def _report(action: Action, month: int) -> Report:
    made = datetime(2026, 5, 28) - timedelta(days=30 * month)
    return Report(
        f"R{action.id}-{month}",
        made,
        "",
        ItemKind.ACTION,
        action.id,
        action.owner,
        action.status,
        max((action.progress or 0) - month, 0),
        action.light,
        "Gedaan wat we hadden afgesproken",
        proposal="Deadline een maand later" if month % 5 == 0 else "",
    )


def seconds_to_check(plan: Plan) -> float:
    """How long all rules take; what a plan works out about itself (owners, reports by item) is part of it."""
    begun = time.perf_counter()
    check_plan(plan, TODAY)
    return time.perf_counter() - begun


def test_all_rules_take_at_most_as_long_as_reading(tmp_path: Path) -> None:
    """Checking 5,000 actions and 60,000 reports costs less than reading them from their workbook."""
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(plan_with(5_000), file, Language.NL)
    reading, checking = [], []
    for _ in range(3):
        begun = time.perf_counter()
        plan = read_plan(file).plan
        reading.append(time.perf_counter() - begun)
        checking.append(seconds_to_check(plan))
    ratio = min(checking) / min(reading)
    print(f"\nreading {min(reading):.2f} s, all rules {min(checking):.2f} s: {ratio:.2f} of it")  # noqa: T201
    assert ratio <= 1


def test_time_grows_in_a_straight_line() -> None:
    """A plan four times as large takes about four times as long; never as much more as a square would."""
    check_plan(plan_with(100), TODAY)  # imports what is imported at first use
    one = min(seconds_to_check(plan_with(2_500)) for _ in range(3))
    four = min(seconds_to_check(plan_with(10_000)) for _ in range(3))
    print(f"\n2,500 actions {one:.2f} s, 10,000 actions {four:.2f} s: {four / one:.1f} times")  # noqa: T201
    assert four <= 8 * one
