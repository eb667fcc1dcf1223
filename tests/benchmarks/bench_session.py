"""What the workbook of a doing session costs, beside a bare workbook with the same cells written by the same library.

Run with `pytest -s tests/benchmarks/bench_session.py`; not part of the test run, as a machine's speed is no property
of the code. The ratios are: at 5,000 actions and 60,000 reports ours should take at most 1.3 times the processor time of
the bare one. Bare means: the same values in the same cells, in one format; no table, row height, merged cells, link,
check or conditional format. The two take turns, every time in a process of their own. Memory is what Python holds
at most above what it was given, the plan or the cells.
"""

from __future__ import annotations

import multiprocessing
import pickle
import random
import subprocess
import sys
import time as clock
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any, Literal

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.model import Action, Person, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import ItemKind, Language, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

ROOT = Path(__file__).parents[2]
ROUNDS = 5
Who = Literal["ours", "bare"]
WHO: tuple[Who, ...] = ("ours", "bare")
EACH = 12  # reports on an action
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


def in_a_process_of_its_own(
    who: Who, actions: int, cells: Path, *, traced: bool
) -> tuple[float, float, float]:
    """Processor time and wall time in seconds; the most memory in MB, where it is traced (which takes time)."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_measure, args=(there, who, actions, cells), kwargs={"traced": traced}
    )
    process.start()
    measured: tuple[float, float, float] = here.recv()
    process.join()
    return measured


def _measure(answer: Connection, who: Who, actions: int, cells: Path, *, traced: bool) -> None:
    file = cells.with_suffix(f".{who}.xlsx")
    if who == "ours":
        write = session_workbook(file, actions, EACH)
    else:
        given = pickle.loads(cells.read_bytes())  # noqa: S301 - our own file

        def write() -> None:
            write_bare(file, given)

    if traced:
        tracemalloc.start()
    began, processor = clock.perf_counter(), clock.process_time()
    write()
    times = clock.process_time() - processor, clock.perf_counter() - began
    answer.send((*times, tracemalloc.get_traced_memory()[1] / 1e6 if traced else 0.0))


@pytest.fixture
def cells_file(tmp_path: Path) -> Callable[[int], Path]:
    """The cells that the session workbook of so many actions has, for the bare one."""

    def kept(actions: int) -> Path:
        file = tmp_path / f"{actions}.cells"
        session_workbook(tmp_path / "session.xlsx", actions, EACH)()
        file.write_bytes(pickle.dumps(cells_of(tmp_path / "session.xlsx")))
        return file

    return kept


def test_a_plan_of_150_actions(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The size that most plans have, with six reports each."""
    benchmark(session_workbook(tmp_path / "session.xlsx", 150, 6))


def test_the_job_with_its_start_for_150_actions(tmp_path: Path) -> None:
    """Python, our rooms, the plan read, the workbook written: half a second on a machine that does nothing else."""
    import resource  # noqa: PLC0415 - not on Windows

    write_plan_workbook(plan(150, 6), tmp_path / "plan.xlsx", Language.NL)
    config = tmp_path / "config.toml"
    config.write_text(
        '[plan]\nworkbook = "plan.xlsx"\n[mail]\nsystem = "folder"\nsender_address = "ogsm@example.org"\n',
        encoding="utf-8",
    )
    job: list[str | Path] = [
        sys.executable,
        ROOT / "jobs" / "build_session.py",
        "--config",
        config,
        "--as-of",
        "2026-09-08",
    ]
    times = []
    for _ in range(2 * ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), clock.perf_counter()
        subprocess.run(job, check=True, capture_output=True)
        wall, after = clock.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    walls, processor = ([run[i] for run in times[1:]] for i in range(2))  # the first one compiles
    print(  # noqa: T201
        f"\nbuild-session, 150 actions: wall {median(walls):.2f} s (least {min(walls):.2f}),"
        f" processor {median(processor):.2f} s (least {min(processor):.2f})"
    )


def test_time_beside_a_bare_workbook(cells_file: Callable[[int], Path]) -> None:
    """The largest that is foreseen: 5,000 actions and 60,000 reports."""
    cells = cells_file(5000)
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(in_a_process_of_its_own("ours", 5000, cells, traced=False))
        bare.append(in_a_process_of_its_own("bare", 5000, cells, traced=False))
    for index, name in enumerate(("processor", "wall")):
        mine, theirs = ([run[index] for run in runs] for runs in (ours, bare))
        ratios = ", ".join(f"{one / other:.2f}" for one, other in zip(mine, theirs, strict=True))
        print(  # noqa: T201
            f"\n60,000 reports, {name}: {median(mine):.2f} s, bare {median(theirs):.2f} s:"
            f" {median(mine) / median(theirs):.2f} times ({ratios})"
        )


@pytest.mark.parametrize("actions", [500, 5_000, 10_000])
def test_memory_beside_a_bare_workbook(cells_file: Callable[[int], Path], actions: int) -> None:
    """Six, sixty and a hundred and twenty thousand reports: memory grows with them, no faster than the bare one's."""
    cells = cells_file(actions)
    ours, bare = (in_a_process_of_its_own(who, actions, cells, traced=True)[2] for who in WHO)
    print(  # noqa: T201
        f"\n{EACH * actions:,} reports, memory: {ours:.0f} MB, bare {bare:.0f} MB: {ours / bare:.2f} times"
    )
