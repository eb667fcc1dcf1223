"""A table of the plan as a workbook: one native table, ready to filter and to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any, Final, TypeAlias

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.cell_text import text_that_fits
from ogsm_xl.excel.house_style import NAVY, Styles, number_format
from ogsm_xl.excel.layout import Kind
from ogsm_xl.excel.session.measure import HIGHEST_ROW, height_of, parts_that_fit, pixels
from ogsm_xl.excel.session.page import INDENT, bars
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.report import Column, Shape, Table

_KINDS: Final = {
    Shape.TEXT: Kind.TEXT,
    Shape.LONG_TEXT: Kind.LONG_TEXT,
    Shape.NUMBER: Kind.NUMBER,
    Shape.SHARE: Kind.PERCENT,
    Shape.DAY: Kind.DATE,
    Shape.MOMENT: Kind.DATE_TIME,
    Shape.WORD: Kind.LIGHT,
}
_WIDTHS: Final = {
    Shape.TEXT: 18,
    Shape.LONG_TEXT: 46,
    Shape.NUMBER: 12,
    Shape.SHARE: 12,
    Shape.DAY: 14,
    Shape.MOMENT: 18,
    Shape.WORD: 14,
}
Value: TypeAlias = str | int | float | date | datetime | None
"""What a cell of the sheet holds: lights and statuses as words."""

_SHEET = Text("Overzicht", "Report")
_POINTS: Final = 11
_LEAST: Final = 18.0  # points
_TOP: Final = 2  # the row of the headings, counted from 0


def write_report_workbook(file: Path, table: Table, *, title: str, language: Language, now: datetime) -> None:
    """Write the table as a new workbook.

    Raises:
        InputProblem: There is such a file already, or it can't be written.
    """
    try:
        file.open("xb").close()
    except OSError as error:
        raise not_written(file, error) from None
    try:
        workbook = Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
        workbook.set_properties({"title": title, "author": "ogsm-xl", "created": now})
        _write(workbook, table, title, language)
        workbook.close()
    except (OSError, XlsxWriterException) as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        raise not_written(file, cause) from None


def not_written(file: Path, error: Exception) -> InputProblem:
    """Why a new file could not be made, and what to do."""
    folder = file.parent.absolute()
    match error:
        case FileExistsError():
            return InputProblem(
                Text(
                    f"{file} bestaat al en wordt niet overschreven. Noem een andere naam.",
                    f"{file} exists already and is not overwritten. Choose another name.",
                )
            )
        case FileNotFoundError() | NotADirectoryError() if not folder.is_dir():
            return InputProblem(
                Text(
                    f"{file.name} kan niet worden gemaakt: de map {folder} bestaat niet. Maak die map, of noem een andere.",
                    f"{file.name} can't be made: there is no folder {folder}. Make that folder, or name another.",
                )
            )
        case PermissionError():
            return InputProblem(
                Text(
                    f"{file.name} kan niet worden gemaakt: in {folder} mag je niet schrijven. Noem een andere map.",
                    f"{file.name} can't be made: you may not write in {folder}. Name another folder.",
                )
            )
        case _:
            number = f" ({error.errno})" if isinstance(error, OSError) and error.errno else ""
            return InputProblem(
                Text(
                    f"{file.name} kan niet worden geschreven in {folder}{number}. Is er nog plaats op de schijf, en klopt de naam?",
                    f"{file.name} can't be written in {folder}{number}. Is there room on the disk, and is the name right?",
                )
            )


def _write(workbook: Workbook, table: Table, title: str, language: Language) -> None:
    sheet: Any = workbook.add_worksheet(_SHEET.in_(language))
    styles = Styles(workbook, language)
    sheet.write_string(0, 0, text_that_fits(title), styles.title())
    sheet.set_row(0, 30)
    rows = [part for values in table.words(language) for part in _rows_that_fit(table.columns, values)]
    last = _TOP + max(len(rows), 1)
    for index, column in enumerate(table.columns):
        kind = _KINDS[column.shape]
        style = styles.cell(kind, num_format=number_format(kind, language), font_size=_POINTS)
        sheet.set_column(index, index, _width(column))
        for row, values in enumerate(rows, start=_TOP + 1):
            _write_value(sheet, row, index, values[index], style)
        _dress(styles, sheet, column, index, last)
    for row, values in enumerate(rows, start=_TOP + 1):
        sheet.set_row(row, _height(table.columns, values))
    headings = [
        {"header": column.heading.in_(language), "header_format": styles.column_header(_KINDS[column.shape])}
        for column in table.columns
    ]
    sheet.add_table(_TOP, 0, last, len(headings) - 1, {"name": "Report", "style": None, "columns": headings})
    sheet.hide_gridlines(2)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.repeat_rows(_TOP)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.set_tab_color(NAVY)
    sheet.set_footer("&C&P / &N")


def _width(column: Column) -> int:
    return 9 if column.name == "id" else _WIDTHS[column.shape]


def _height(columns: Sequence[Column], values: Sequence[object]) -> float:
    """High enough for the longest text."""
    texts = [(column, value) for column, value in zip(columns, values, strict=True) if isinstance(value, str)]
    heights = [height_of(text, _room(column), _POINTS) for column, text in texts]
    return max(heights, default=_LEAST)


def _room(column: Column) -> int:
    """How wide a text of the column can be, in pixels."""
    return pixels(_width(column)) - INDENT


def _rows_that_fit(columns: Sequence[Column], values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The row; or where a text is higher than a row of Excel can be, several in which it goes on.

    Those repeat words and days, so that they are filtered and sorted along with the first; figures they leave blank, so
    that no sum counts them twice.
    """
    if _height(columns, values) <= HIGHEST_ROW:
        yield values
        return
    parts = [
        parts_that_fit(value, _room(column), _POINTS) if isinstance(value, str) else []
        for column, value in zip(columns, values, strict=True)
    ]
    for number in range(max(map(len, parts))):
        yield [
            _part(value, texts, number, column)
            for column, value, texts in zip(columns, values, parts, strict=True)
        ]


def _part(value: Value, texts: Sequence[str], number: int, column: Column) -> Value:
    """What a column shows in the row with this number of those that a row takes."""
    if number and column.shape in {Shape.NUMBER, Shape.SHARE}:
        return None
    if len(texts) > 1 or column.shape is Shape.LONG_TEXT:
        return texts[number] if number < len(texts) else None
    return value


def _dress(styles: Styles, sheet: Any, column: Column, index: int, last: int) -> None:
    cells = (_TOP + 1, index, last, index)
    if column.name == "light":
        styles.colour_lights(sheet, cells)
    elif column.name == "status":
        styles.colour_statuses(sheet, cells)
    elif column.shape is Shape.SHARE:
        bars(sheet, _TOP + 1, last, index)


def _write_value(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date) and value.year > 1900:
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float) and isfinite(value):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, text_that_fits(str(value)), style)
