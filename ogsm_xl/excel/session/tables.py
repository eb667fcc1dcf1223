"""A native Excel table on a sheet of a session workbook: headings, rows high enough for their text, and a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from math import isfinite
from typing import Any, Final, TypeAlias

from ogsm_xl.excel.house_style import BLUE, LINK, NAVY, PALE_BLUE, PAPER, RULE
from ogsm_xl.excel.session.choices import AS_TYPED
from ogsm_xl.excel.session.measure import (
    HIGHEST_ROW,
    height_of_lines,
    lines_in,
    parts_that_fit,
    pixels,
    room_on_line,
)
from ogsm_xl.excel.session.page import INDENT, Page, write_text
from ogsm_xl.plan.words import Text


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `target` as XlsxWriter takes it, or "" for a plain text."""

    text: str
    target: str
    tip: str = ""


_Number: TypeAlias = float | int | date | datetime | None
Value: TypeAlias = str | _Number | Link
"""What a cell of a table can hold."""

_FILTER_ARROW: Final = 16  # points that the arrow of the filter takes from a heading


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table.

    Attributes:
        text: The heading.
        width: How wide it is, in characters.
        number_format: How numbers and dates look; "" for text.
        centred: Whether its cells are centred.
        wraps: Whether its texts may be longer than a line.
        to_fill: Whether the session fills it in.
        bold: Whether its cells are bold.
    """

    text: Text
    width: float
    number_format: str = ""
    centred: bool = False
    wraps: bool = False
    to_fill: bool = False
    bold: bool = False


def write_table(
    page: Page,
    name: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
    *,
    points: int,
    least: float = 0,
) -> int:
    """Write a table from the page's row and its column 1 on, and move below it.

    A text that is higher than a row of Excel can be goes on in the next row, which repeats the row's other cells.

    Args:
        page: Where to write.
        name: The table's name, the same in every language.
        headings: The columns.
        rows: A value for each column; None is a blank cell.
        points: The font's size.
        least: The least height of a row, in points.

    Returns:
        How many rows were written; an empty table has one blank row all the same.
    """
    styles = [_style(page, heading, points) for heading in headings]
    links = [_style(page, heading, points, font_color=LINK, underline=1) for heading in headings]
    wrapping = [_Wrapping.of(i, heading, points) for i, heading in enumerate(headings) if heading.wraps]
    top = row = page.row
    page.need(top, points * 1.3 + _FILTER_ARROW)
    for values in rows:
        for part, height in _rows_that_fit(values, wrapping, points):
            row += 1
            for column, value in enumerate(part, start=1):
                if isinstance(value, str):
                    write_text(page.sheet, row, column, value, styles[column - 1])
                elif isinstance(value, Link):
                    _write_link(page, row, column, value, links[column - 1], styles[column - 1])
                else:
                    _write_number(page.sheet, row, column, value, styles[column - 1])
            page.need(row, max(height, least))
    count = row - top
    if not count:
        row += 1
        for column, style in enumerate(styles, start=1):
            page.sheet.write_blank(row, column, None, style)
    _add_table(page, name, headings, (top, 1, row, len(headings)), points)
    page.row = row + 1
    return count


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """A column whose texts wrap: which of the headings, its width in pixels, and how much fits on a line."""

    index: int
    width: int
    bold: bool
    room: int

    @classmethod
    def of(cls, index: int, heading: Heading, points: int) -> _Wrapping:
        width = pixels(heading.width) - INDENT
        return cls(index, width, heading.bold, room_on_line(width, points, bold=heading.bold))


def _height(values: Sequence[Value], wrapping: Sequence[_Wrapping], points: int) -> float:
    lines = 1
    for column in wrapping:
        text = values[column.index]
        if text and isinstance(text, str):
            lines = max(lines, lines_in(text, column.room))
    return height_of_lines(lines, points)


def _rows_that_fit(
    values: Sequence[Value], wrapping: Sequence[_Wrapping], points: int
) -> Iterator[tuple[Sequence[Value], float]]:
    """The row with its height, or where a text is higher than a row can be, several that hold it together."""
    height = _height(values, wrapping, points)
    if height <= HIGHEST_ROW:
        yield values, height
        return
    parts = {
        column.index: parts_that_fit(str(values[column.index] or ""), column.width, points, bold=column.bold)
        for column in wrapping
    }
    columns = [parts.get(index) for index in range(len(values))]
    for texts in zip_longest(*(column or [""] for column in columns), fillvalue=""):
        part = [value if columns[i] is None else texts[i] for i, value in enumerate(values)]
        yield part, _height(part, wrapping, points)


def _add_table(
    page: Page,
    name: str,
    headings: Sequence[Heading],
    cells: tuple[int, int, int, int],
    points: int,
) -> None:
    columns = [
        {"header": page.book.word(heading.text), "header_format": _head_style(page, heading, points)}
        for heading in headings
    ]
    page.sheet.add_table(*cells, {"name": name, "style": None, "columns": columns})


def _head_style(page: Page, heading: Heading, points: int) -> Any:
    return page.book.styles.format(
        font_size=points,
        bold=True,
        font_color=PAPER,
        bg_color=BLUE if heading.to_fill else NAVY,
        valign="vcenter",
        text_wrap=True,
        align="center" if heading.centred else "left",
        indent=0 if heading.centred else 1,
        left=1,
        left_color=PAPER,
    )


def _style(page: Page, heading: Heading, points: int, **more: Any) -> Any:
    properties: dict[str, Any] = {
        "font_size": points,
        "text_wrap": True,
        "valign": "vcenter",
        "bottom": 1,
        "bottom_color": RULE,
        "bold": heading.bold,
    }
    if heading.number_format:
        properties["num_format"] = heading.number_format
    elif heading.to_fill:
        properties["num_format"] = AS_TYPED
    properties |= {"align": "center"} if heading.centred else {"align": "left", "indent": 1}
    if heading.to_fill:
        properties |= {"bg_color": PALE_BLUE, "border": 1, "border_color": RULE}
    return page.book.styles.format(**properties, **more)


def _write_link(page: Page, row: int, column: int, value: Link, link: Any, plain: Any) -> None:
    if value.target:
        page.link(row, column, column, value.text, value.target, link, tip=value.tip)
    else:
        write_text(page.sheet, row, column, value.text, plain)


def _write_number(sheet: Any, row: int, column: int, value: _Number, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, float) and not isfinite(value):  # a cell can't hold it as a number
        write_text(sheet, row, column, str(value), style)
    elif not isinstance(value, date):
        sheet.write_number(row, column, value, style)
    elif value.year > 1900:
        sheet.write_datetime(row, column, value, style)
    else:  # Excel can't count with it
        write_text(sheet, row, column, value.isoformat(), style)
