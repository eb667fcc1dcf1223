"""What reading costs on 5,000 actions and 60,000 reports, beside what bare python-calamine and openpyxl take for the same cells.

Run with `pytest tests/benchmarks/bench_reader.py -s`; not part of the test run, as a machine's speed is no property of
the code. The ratios are; and that time grows in a straight line with the plan. Every reading has a process of its own, so
that the peak of its memory is its own, too.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.model import Action, Indicator, Person, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import Direction, ItemKind, Language, ReportSource, SessionKind, Status, TrafficLight

ROOT = Path(__file__).parents[2]
MOST_TIME = 2.0  # times bare calamine
MOST_MEMORY = 2.0  # times bare calamine
LEAST_AGAINST_OPENPYXL = 6.0
STEEPEST = 1.5  # time an action at 50,000 actions, against 10,000; beyond the caches calamine takes more, too

WORDS = [
    "de",
    "het",
    "een",
    "nieuwe",
    "werkwijze",
    "is",
    "afgestemd",
    "met",
    "team",
    "klanten",
    "planning",
    "loopt",
    "volgens",
    "afspraak",
    "nog",
    "twee",
    "gesprekken",
    "leverancier",
    "wacht",
    "op",
    "akkoord",
    "begroting",
    "besluit",
    "volgende",
    "maand",
    "gereed",
    "gestart",
    "uitgewerkt",
    "voorstel",
]
LIGHTS = (*TrafficLight, None)


def plan_with(actions: int, reports: int) -> Plan:
    """A plan of this size, with texts of the length that people write; the same every time."""
    chance = random.Random(1)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    def day() -> date:
        return date(2026, 1, 1) + timedelta(days=chance.randrange(365))

    names = [f"Persoon {number}" for number in range(200)]
    return Plan(
        strategies=tuple(
            Strategy(f"S{n}", words(6), chance.choice(names), update=words(12)) for n in range(1, 8)
        ),
        indicators=tuple(
            Indicator(f"I{n}", words(5), (f"S{n}",), chance.choice(names), "%", Direction.HIGHER, 10, 80)
            for n in range(1, 8)
        ),
        actions=tuple(
            Action(
                f"A{number}",
                words(8),
                (f"S{chance.randint(1, 7)}",),
                chance.choice(names),
                words(2),
                day(),
                day(),
                chance.choice([*Status]),
                chance.randrange(101),
                chance.choice(LIGHTS),
                words(15),
                words(8),
                words(5) if number % 3 else "",
                updated_on=day(),
            )
            for number in range(1, actions + 1)
        ),
        people=tuple(Person(name, f"{name[8:]}@example.org") for name in names),
        sessions=tuple(
            Session(f"SES{month}", SessionKind.DOING, date(2026, month, 5)) for month in range(1, 13)
        ),
        reports=tuple(
            Report(
                f"R{number}",
                datetime(2026, 1, 1) + timedelta(minutes=chance.randrange(525_600)),
                f"SES{chance.randint(1, 12)}",
                ItemKind.ACTION if number % 5 else ItemKind.INDICATOR,
                f"A{chance.randint(1, actions)}" if number % 5 else f"I{chance.randint(1, 7)}",
                chance.choice(names),
                chance.choice([*Status]) if number % 5 else None,
                chance.randrange(101) if number % 5 else None,
                chance.choice(LIGHTS),
                words(15),
                words(8),
                words(5) if number % 3 else "",
                value=None if number % 5 else float(chance.randrange(100)),
                measured_on=None if number % 5 else day(),
                source=chance.choice([*ReportSource]),
            )
            for number in range(1, reports + 1)
        ),
    )


class Cost(NamedTuple):
    """What a reading took: seconds of computing, and the peak of its process's memory in MB."""

    seconds: float
    megabytes: float


def costs_of(path: Path, *ways: Callable[[], object], times: int = 7) -> list[Cost]:
    """The least of several readings in each way, taken in turns so that a busy moment of the machine hits all of them."""
    rounds = [[_cost(path, way) for way in ways] for _ in range(times)]
    return [
        Cost(min(cost.seconds for cost in costs), min(cost.megabytes for cost in costs))
        for costs in zip(*rounds, strict=True)
    ]


def _cost(path: Path, way: Callable[[], object]) -> Cost:
    command = [sys.executable, __file__, way.__name__, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
    return Cost(*json.loads(done.stdout))


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a large plan."""
    path: Path = tmp_path_factory.mktemp("big") / "plan.xlsx"
    write_plan_workbook(plan_with(5_000, 60_000), path, Language.NL)
    return path


def test_a_large_plan_is_read_in_little_more_than_its_cells_take(big: Path) -> None:
    """At most twice the time and memory of bare calamine, and at least six times faster than openpyxl's read-only mode."""
    cells, plan = costs_of(big, calamine, reader)
    (slow,) = costs_of(big, openpyxl, times=2)
    lines = [
        ("python-calamine, cells only", cells),
        ("read_plan", plan),
        ("openpyxl read-only, cells only", slow),
    ]
    print(f"\n{'5,000 actions, 60,000 reports':32}{'seconds':>9}{'MB':>7}")  # noqa: T201 - this is the report
    for name, cost in lines:
        print(f"{name:32}{cost.seconds:9.2f}{cost.megabytes:7.0f}")  # noqa: T201
    print(  # noqa: T201
        f"read_plan: {plan.seconds / cells.seconds:.2f} x the time and {plan.megabytes / cells.megabytes:.2f} x the memory "
        f"of calamine, {slow.seconds / plan.seconds:.1f} x faster than openpyxl"
    )
    assert plan.seconds <= MOST_TIME * cells.seconds
    assert plan.megabytes <= MOST_MEMORY * cells.megabytes
    assert slow.seconds >= LEAST_AGAINST_OPENPYXL * plan.seconds


def test_time_grows_in_a_straight_line(tmp_path: Path) -> None:
    """An action takes as long in a plan of 50,000 as in one of 10,000."""
    each = {}
    for count in (10_000, 50_000):
        path = tmp_path / f"{count}.xlsx"
        write_plan_workbook(plan_with(count, 0), path, Language.NL)
        each[count] = costs_of(path, reader)[0].seconds / count
        print(f"\n{count:7,} actions: {each[count] * 1e6:.1f} microseconds each")  # noqa: T201
    assert each[50_000] <= STEEPEST * each[10_000]


# What each process does; loading the library is not counted


def calamine() -> Callable[[Path], object]:
    """Every cell of every sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only this process pays for it

    def deliver(path: Path) -> object:
        workbook = CalamineWorkbook.from_path(path)
        return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]

    return deliver


def openpyxl() -> Callable[[Path], object]:
    """Every cell of every sheet."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only this process pays for it

    def deliver(path: Path) -> object:
        workbook = load_workbook(path, read_only=True, data_only=True)
        return [[*sheet.iter_rows(values_only=True)] for sheet in workbook]

    return deliver


def reader() -> Callable[[Path], object]:
    """The typed plan with its findings."""
    from ogsm_xl.excel.reader import read_plan  # noqa: PLC0415 - only this process pays for it

    return read_plan


def peak_megabytes() -> float:
    """The peak of this process's memory; Linux counts that of the process it was forked from in the usual figure."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(
            line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")
        )
        return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    read_all = {way.__name__: way for way in (calamine, openpyxl, reader)}[sys.argv[1]]()
    begun = time.process_time()
    kept = read_all(Path(sys.argv[2]))
    sys.stdout.write(json.dumps([time.process_time() - begun, peak_megabytes()]))
