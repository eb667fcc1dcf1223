"""A native Excel table on a sheet of a session workbook: headings, rows high enough for their text, and a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from ogsm_xl.excel.house_style import ALARM, BLUE, NAVY, PALE_BLUE, PAPER
from ogsm_xl.excel.session.book import Page, rule, write_text
from ogsm_xl.excel.session.measure import height_of, pixels
from ogsm_xl.plan.words import Text


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


Value = str | float | int | date | datetime | None


def write_table(
    page: Page, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Value]], *, points: int, least: float = 0
) -> int:
    """Write a table from the page's row and its column 1 on; return how many rows it got (at least one, blank).

    Args:
        page: Where to write; its `row` is then below the table.
        name: The table's name, the same in every language.
        headings: The columns.
        rows: A value for each column; None is a blank cell.
        points: The font's size.
        least: The least height of a row, in points.
    """
    book, sheet, top = page.book, page.sheet, page.row
    styles = [_style(page, heading, points) for heading in headings]
    wrapping = [(i, pixels(h.width), h.bold) for i, h in enumerate(headings) if h.wraps]
    line = height_of("", 100, points)
    page.need(top, line * 1.7)
    row = top
    for values in rows:
        row += 1
        for index, value in enumerate(values):
            _write(sheet, row, index + 1, value, styles[index])
        high = max(
            (height_of(text, room, points, bold=bold) for i, room, bold in wrapping if (text := values[i]) and isinstance(text, str)),
            default=line,
        )
        page.need(row, max(high + 3, least))
    count = row - top
    if not count:
        row += 1
        for index in range(len(headings)):
            sheet.write_blank(row, index + 1, None, styles[index])
    _add_table(page, name, headings, styles, (top, 1, row, len(headings)), points)
    page.row = row + 1
    return count


def _add_table(page: Page, name: str, headings: Sequence[Heading], styles: Sequence[Any], cells: tuple[int, int, int, int], points: int) -> None:
    book = page.book
    columns = [
        {
            "header": book.word(heading.text),
            "header_format": book.styles.format(
                font_size=points, bold=True, font_color=PAPER, bg_color=BLUE if heading.to_fill else NAVY,
                valign="vcenter", text_wrap=True, align="center" if heading.centred else "left",
            ),
            "format": style,
        }
        for heading, style in zip(headings, styles, strict=True)
    ]  # fmt: skip
    page.sheet.add_table(*cells, {"name": name, "style": None, "columns": columns})


def _style(page: Page, heading: Heading, points: int) -> Any:
    properties: dict[str, Any] = {"font_size": points, "text_wrap": True, "valign": "vcenter", **rule()}
    if heading.wraps:
        properties["valign"] = "top"
    if heading.number_format:
        properties["num_format"] = heading.number_format
    if heading.centred:
        properties["align"] = "center"
    if heading.to_fill:
        properties |= {"bg_color": PALE_BLUE, "border": 1, "border_color": PAPER}
    if heading.bold:
        properties["bold"] = True
    return page.book.styles.format(**properties)


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None, style)
        case str():
            write_text(sheet, row, column, value, style)
        case date():
            if value.year > 1900:
                sheet.write_datetime(row, column, value, style)
            else:
                write_text(sheet, row, column, value.isoformat(), style)
        case _:
            sheet.write_number(row, column, value, style)
