"""What the workbook of a doing session costs, beside a bare workbook with the same cells written by the same library.

Run with `pytest tests/benchmarks/bench_session.py`; not part of the test run, as a machine's speed is no property of
the code. The ratio is: at 5,000 actions and 60,000 reports it should stay below 1.5. The memory that the program
takes at most is among the extra figures (`--benchmark-json`).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.model import Action, Person, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import ItemKind, Language, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 9, 8, 9)
SESSION = Session("SES2", SessionKind.DOING, date(2026, 9, 10), time(10), 60)
WORDS = (
    "de",
    "het",
    "woning",
    "huurder",
    "gemeente",
    "oplevering",
    "besluit",
    "contract",
    "aannemer",
    "risico",
)


@lru_cache(maxsize=2)
def plan(actions: int, reports_each: int) -> Plan:
    """A plan of this size, the same every time: a third of it to discuss, reports in sentences of usual length."""
    chance = random.Random(1)

    def text(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words))

    def action(number: int) -> Action:
        status = chance.choice([Status.TO_DO, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.DONE])
        return Action(
            f"A{number}", text(9), (f"S{chance.randint(1, 8)}",), f"Persoon {chance.randint(1, 119)}",
            start=date(2026, 1, 5), deadline=date(2026, 7, 1) + timedelta(days=chance.randint(0, 200)),
            status=status, progress=chance.randint(0, 100), light=chance.choice([*TrafficLight, None]),
            update=text(15), next=text(8), needed=text(6), updated_on=date(2026, 8, 20),
            done_on=date(2026, 8, 20) if status is Status.DONE else None,
        )  # fmt: skip

    def report(number: int) -> Report:
        return Report(
            f"R{number}", datetime(2026, 8, 20) - timedelta(days=30 * (number % reports_each)), "SES1",
            ItemKind.ACTION, f"A{number // reports_each + 1}", f"Persoon {chance.randint(1, 119)}",
            Status.IN_PROGRESS, 50, chance.choice(list(TrafficLight)), text(15), text(8), text(6),
        )  # fmt: skip

    return Plan(
        strategies=tuple(
            Strategy(f"S{number}", text(12), owner=f"Persoon {number}") for number in range(1, 9)
        ),
        people=tuple(Person(f"Persoon {number}", f"p{number}@example.org") for number in range(1, 120)),
        sessions=(Session("SES1", SessionKind.DOING, date(2026, 8, 13), time(10)), SESSION),
        actions=tuple(action(number) for number in range(1, actions + 1)),
        reports=tuple(report(number) for number in range(actions * reports_each)),
    )


def session_workbook(file: Path, actions: int, reports_each: int) -> Callable[[], None]:
    """What is measured: writing the workbook from what is in memory."""
    made = plan(actions, reports_each)
    agenda = doing_agenda(made, SESSION, NOW, RhythmSettings())
    status = process_status(made, SESSION, NOW, RhythmSettings())

    def write() -> None:
        file.unlink(missing_ok=True)
        write_session_workbook(file, made, agenda, status, language=Language.NL, now=NOW)

    return write


def cells_of(file: Path) -> dict[str, list[tuple[int, int, Any]]]:
    """Every cell that a workbook has, blank ones with a format included."""
    book = openpyxl.load_workbook(file, read_only=True)
    return {
        sheet.title: [
            (row, column, cell.value)
            for row, cells in enumerate(sheet.iter_rows())
            for column, cell in enumerate(cells)
            if hasattr(cell, "row")  # a cell that is not there has none
        ]
        for sheet in book
    }


def write_bare(file: Path, sheets: Mapping[str, Sequence[tuple[int, int, Any]]]) -> None:
    """The same cells in one format, with nothing else."""
    workbook = Workbook(str(file))
    style = workbook.add_format({"text_wrap": True, "font_size": 14})
    for name, cells in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, column, value in cells:
            match value:
                case None:
                    sheet.write_blank(row, column, None, style)
                case str():
                    sheet.write_string(row, column, value, style)
                case datetime():
                    sheet.write_datetime(row, column, value, style)
                case _:
                    sheet.write_number(row, column, value, style)
    workbook.close()


def most_memory() -> str:
    """The most memory that this process has taken, where the system tells."""
    if sys.platform == "win32":
        return "unknown"
    import resource  # noqa: PLC0415 - not on Windows

    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def test_a_plan_of_150_actions(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The size that most plans have, with six reports each; half a second with the program's start."""
    benchmark(session_workbook(tmp_path / "session.xlsx", 150, 6))


@pytest.mark.benchmark(min_rounds=2)
def test_5000_actions_and_60000_reports(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The largest that is foreseen."""
    benchmark(session_workbook(tmp_path / "session.xlsx", 5000, 12))
    benchmark.extra_info["most memory"] = most_memory()


@pytest.mark.benchmark(min_rounds=2)
def test_the_same_cells_bare(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The yardstick for the largest."""
    session_workbook(tmp_path / "session.xlsx", 5000, 12)()
    cells = cells_of(tmp_path / "session.xlsx")
    benchmark(write_bare, tmp_path / "bare.xlsx", cells)
