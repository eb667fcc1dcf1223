"""The workbooks of sessions as the tests write them and read them back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.model import Plan
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings
from ogsm_xl.usecases.build_session import review_of


def last_session_workbook(folder: Path, plan: Plan, now: datetime) -> Path:
    """The workbook of the plan's last session, in the plan's language."""
    session = plan.sessions[-1]
    file = folder / "session.xlsx"
    write_session_workbook(
        file,
        plan,
        doing_agenda(plan, session, now, RhythmSettings()),
        process_status(plan, session, now, RhythmSettings()),
        language=plan.language,
        now=now,
        review=review_of(plan, session, now),
    )
    return file


def filled_rows(sheet: Worksheet) -> list[list[Any]]:
    """The rows of a sheet that hold something, without their blank cells."""
    found = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    return [row for row in found if row]


def table_cells(book: Workbook, name: str) -> list[tuple[Any, ...]]:
    """The cells of a native table, its headings first."""
    sheet = next(sheet for sheet in book.worksheets if name in sheet.tables)
    return [tuple(cell.value for cell in row) for row in sheet[sheet.tables[name].ref]]
