"""How long, and how much memory, appending 100 reports takes to a plan with 5,000 actions and 60,000 reports.

Ratios within one run, so that the machine does not matter: against inflating and deflating the sheet's own part plus copying
the file (at most 3), against openpyxl's load and save (at least 8 times faster), and the peak of memory against the part's
unpacked size (at most 3). Run with `pytest tests/benchmarks/bench_editor.py -s`.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import re
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ogsm_xl.excel.editor import AppendRows, edited
from ogsm_xl.excel.ooxml.values import CellValue

ACTIONS, REPORTS, COLUMNS = 5_000, 60_000, 16
WORDS = [
    "de",
    "actie",
    "loopt",
    "volgens",
    "plan",
    "en",
    "is",
    "bijna",
    "klaar",
    "maar",
    "wacht",
    "nog",
    "op",
    "akkoord",
    "van",
    "de",
    "directie",
    "over",
    "het",
    "budget",
]
SHEET = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large plan."""
    path = tmp_path_factory.mktemp("bench") / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in (("Acties", ACTIONS), ("Voortgang", REPORTS)):
            sheet = book.add_worksheet(name)
            for row in range(rows):
                _fill(sheet, row, day)
            headings = [{"header": f"Kop {n}"} for n in range(COLUMNS)]
            sheet.add_table(2, 0, rows + 2, COLUMNS - 1, {"name": name, "columns": headings})
    return path


def _fill(sheet: xlsxwriter.worksheet.Worksheet, row: int, day: object) -> None:
    for column in range(COLUMNS):
        if column in {1, 5}:
            sheet.write_datetime(row + 3, column, dt.datetime(2025, 1, 1) + dt.timedelta(days=row % 700), day)
        elif column in {3, 6}:
            sheet.write_number(row + 3, column, row * column % 100 / 100)
        else:
            words = [WORDS[(row * 7 + column * 3 + n * n) % len(WORDS)] for n in range(column % 5 + 1)]
            sheet.write_string(row + 3, column, " ".join([f"{row}", *words]))


def append_reports(plan: Path) -> None:
    """What a job does."""
    row: dict[int, CellValue] = {2: dt.date(2026, 1, 1), 3: "gedaan\nen verder", 4: 0.5, 5: "=geen formule"}
    rows = tuple({1: f"R{n}", **row} for n in range(100))
    edited(plan, plan.with_name("na.xlsx"), [AppendRows("Voortgang", 3, rows)])


def repack(plan: Path) -> None:
    """The least that any change of this sheet needs: unpack it, pack it, copy the file."""
    with zipfile.ZipFile(plan) as package:
        contents = package.read(SHEET)
    zlib.compress(contents, 6)
    shutil.copyfile(plan, plan.with_name("kopie.xlsx"))


def load_and_save(plan: Path) -> None:
    """What a library does that knows the whole workbook."""
    book = openpyxl.load_workbook(plan)
    for n in range(100):
        book["Voortgang"].append([f"R{n}"])
    book.save(plan.with_name("openpyxl.xlsx"))


def seconds(action: Callable[[Path], None], plan: Path, times: int = 1) -> float:
    """The shortest of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action(plan)
        taken.append(time.perf_counter() - start)
    return min(taken)


def peak_megabytes(action: Callable[[Path], None], plan: Path) -> float:
    """The most memory that a process needs for it beyond what it had."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(action, plan, theirs))
    process.start()
    found: float = ours.recv()
    process.join()
    return found


def _measure(action: Callable[[Path], None], plan: Path, result: object) -> None:
    small = plan.with_name("klein.xlsx")
    with xlsxwriter.Workbook(small) as book:  # imports and first uses, so that only the work itself counts
        sheet = book.add_worksheet("Voortgang")
        sheet.write_string("A3", "Kop")
        sheet.write_string("A4", "x")
    action(small)
    before = _most_megabytes()
    action(plan)
    result.send(_most_megabytes() - before)  # type: ignore[attr-defined]


def _most_megabytes() -> float:
    """The most memory that this process has had (as Linux tells it)."""
    found = re.search(r"VmHWM:\s*([0-9]+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


def test_append_is_fast_and_small(plan: Path) -> None:
    """At most 3 times the least that is needed, 8 times faster than openpyxl, at most 3 times the part in memory."""
    ours, least, theirs = (
        seconds(append_reports, plan, 3),
        seconds(repack, plan, 3),
        seconds(load_and_save, plan),
    )
    with zipfile.ZipFile(plan) as package:
        part = package.getinfo(SHEET).file_size / 1024 / 1024
    memory = peak_megabytes(append_reports, plan)
    print(  # noqa: T201 - this is the report
        f"\nappend 100 rows: {ours:.2f} s = {ours / least:.1f} x repacking ({least:.2f} s), "
        f"{theirs / ours:.1f} x faster than openpyxl ({theirs:.1f} s); peak {memory:.0f} MB = {memory / part:.1f} x {part:.0f} MB"
    )
    assert ours <= 3 * least
    assert theirs >= 8 * ours
    assert memory <= 3 * part
