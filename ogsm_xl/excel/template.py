"""The plan workbook as a new plan begins with it, and as the examples show it: written from the layout.

Written with XlsxWriter, in one go: the same plan gives the same bytes. An existing plan is never written with
this; that is the editor's work.
"""

from __future__ import annotations

import contextlib
import io
from datetime import datetime
from pathlib import Path
from typing import Final

from xlsxwriter.workbook import Workbook

from ogsm_xl.example import example_plan
from ogsm_xl.excel.house_style import Styles
from ogsm_xl.excel.layout import TABLES
from ogsm_xl.excel.row_heights import GrowingRowsSheet
from ogsm_xl.excel.templates.guide_sheet import write_guide
from ogsm_xl.excel.templates.lists_sheet import write_lists
from ogsm_xl.excel.templates.overview_sheet import write_overview
from ogsm_xl.excel.templates.table_sheet import write_table_sheet
from ogsm_xl.excel.templates.template_parts import GUIDE, LISTS, OVERVIEW, WORKINGS, Book, define_column_names
from ogsm_xl.excel.templates.workings_sheet import write_workings
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text

CREATED: Final = datetime(2026, 1, 1)
"""The date of creation in the file's properties, so that the same plan gives the same bytes."""

ROWS_TO_BEGIN_WITH: Final = 10
"""How many blank rows the tables of a new plan have; in LibreOffice a table does not grow by typing below it."""


def write_plan_workbook(
    plan: Plan, path: Path, language: Language, *, blank_rows: int = 1, created: datetime = CREATED
) -> None:
    """Write a plan as a new workbook; a file that is there already is replaced.

    Args:
        plan: What to write; an empty plan gives an empty workbook.
        path: The .xlsx file to write.
        language: The language of the workbook, whatever the plan's own.
        blank_rows: How many blank rows an empty table gets; Excel wants at least one.
        created: The date of creation in the file's properties.

    Raises:
        InputProblem: the file can't be written there, or the plan doesn't fit in Excel.
    """
    content = _content(plan, language, blank_rows, created)
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise InputProblem(
            Text(
                "{path} kan niet worden geschreven: {reason}. Controleer of de map bestaat, en of het bestand niet openstaat in Excel.",
                "{path} can't be written: {reason}. Check that the folder exists and that the file is not open in Excel.",
            ).filled(path=path, reason=error.strerror or error)
        ) from error


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write the workbooks to start from, `plan_nl.xlsx` and so on: an empty plan and the filled example, in each language.

    Returns:
        The files written.

    Raises:
        InputProblem: a file can't be written there.
    """
    with contextlib.suppress(OSError):  # writing the files says what is wrong
        folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in Language:
        for name, plan in (("plan", Plan()), ("example", example_plan(language))):
            path = folder / f"{name}_{language.value}.xlsx"
            write_plan_workbook(plan, path, language, blank_rows=ROWS_TO_BEGIN_WITH)
            written.append(path)
    return tuple(written)


def _content(plan: Plan, language: Language, blank_rows: int, created: datetime) -> bytes:
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book = Book(workbook, Styles(workbook, language), plan, language)
    names = [GUIDE, OVERVIEW, *(table.sheet for table in TABLES), LISTS, WORKINGS]
    for name in names:
        workbook.add_worksheet(book.word(name), GrowingRowsSheet)
    workbook.set_properties({"title": "OGSM", "author": "ogsm-xl", "created": created})
    define_column_names(book)
    for table in TABLES:
        write_table_sheet(book, table, blank_rows)
    write_lists(book)
    write_workings(book)
    write_overview(book)
    write_guide(book)
    workbook.close()
    return buffer.getvalue()
