"""A plan workbook from the rows that a test is about; the other sheets that a plan needs are there and empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from ogsm_xl.excel.reader import ReadPlan, read_plan

Rows = Sequence[Sequence[object]]

DUTCH: Mapping[str, Rows] = {
    "Strategieën": [["ID", "Strategie", "Eigenaar"], ["S1", "Korter wachten door sneller bouwen", "Anna"]],
    "Acties": [["ID", "Actie", "Strategie", "Eigenaar", "Deadline", "Status"]],
    "Personen": [["Naam", "E-mail"], ["Anna", "anna@example.org"]],
    "Sessies": [["ID", "Soort", "Datum"]],
    "Rapportages": [["ID", "Datum", "Over"]],
}
"""The sheets and headings without which no plan can be used, with one strategy and one person."""


@dataclass(frozen=True)
class Shown:
    """A value with a number format, or a formula with its result."""

    value: object
    number_format: str = ""
    formula: str = ""


def write_sheets(
    path: Path,
    sheets: Mapping[str, Rows],
    finish: Callable[[Any], None] | None = None,
    *,
    date1904: bool = False,
) -> Path:
    """Write the sheets; `finish` gets the XlsxWriter workbook to add tables, merges and the like."""
    with xlsxwriter.Workbook(path, {"date_1904": date1904}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    _write(workbook, sheet, row, column, cell)
        if finish:
            finish(workbook)
    return path


def dutch(**sheets: Rows) -> dict[str, Rows]:
    """The sheets of a Dutch plan, some replaced or added."""
    return {**DUTCH, **sheets}


def read_sheets(
    folder: Path,
    sheets: Mapping[str, Rows],
    finish: Callable[[Any], None] | None = None,
    *,
    date1904: bool = False,
) -> ReadPlan:
    """Write the sheets as a workbook and read it."""
    return read_plan(write_sheets(folder / "plan.xlsx", sheets, finish, date1904=date1904))


def read_actions(folder: Path, *rows: Sequence[object]) -> ReadPlan:
    """Read a plan whose actions are these rows, headings first."""
    return read_sheets(folder, dutch(Acties=rows))


def found_in(read: ReadPlan, *, hints_about_headings: bool = False) -> list[tuple[str, str]]:
    """Code and cell of every finding; that optional columns are missing is left out unless asked for."""
    return [
        (finding.code, str(finding.where))
        for finding in read.findings
        if hints_about_headings or finding.code != "OX106"
    ]


def _write(workbook: Any, sheet: Any, row: int, column: int, cell: object) -> None:
    match cell:
        case None:
            pass
        case Shown(value=value, number_format=number_format, formula=formula) if formula:
            style = workbook.add_format({"num_format": number_format}) if number_format else None
            sheet.write_formula(row, column, formula, style, value)
        case Shown(value=value, number_format=number_format):
            sheet.write(row, column, value, workbook.add_format({"num_format": number_format}))
        case bool():
            sheet.write_boolean(row, column, cell)
        case str():
            sheet.write_string(row, column, cell)
        case datetime():
            sheet.write_datetime(row, column, cell, workbook.add_format({"num_format": "dd-mm-yyyy hh:mm"}))
        case date():
            sheet.write_datetime(row, column, cell, workbook.add_format({"num_format": "dd-mm-yyyy"}))
        case time():
            sheet.write_datetime(row, column, cell, workbook.add_format({"num_format": "hh:mm"}))
        case _:
            sheet.write_number(row, column, cell)
