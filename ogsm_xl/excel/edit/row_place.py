"""Where new rows go: into the blank rows of a table, below it, or below the data under a heading row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogsm_xl.excel.ooxml.package import LAST_COLUMN, LAST_ROW, Area
from ogsm_xl.excel.ooxml.small_parts import TableXml
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.excel.edit.sheet_edit import SheetEdit

_TOTAL = re.compile(r"(?:sub|eind)?(?:totaal|totalen|total|totals|som|sum)\b", re.IGNORECASE)
_SOMETHING_BELOW = Text(
    "hier staat iets onder de gegevens, dus er is geen plaats voor nieuwe rijen. Verplaats het, of voeg lege rijen in.",
    "something stands below the data here, so there is no room for new rows. Move it, or insert empty rows.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows go.

    Attributes:
        data: The area of the data below the headings, as it is.
        last_filled: The last row with data; the heading row when there is none.
        table: The table, or None for data that is no table.
    """

    data: Area
    last_filled: int
    table: TableXml | None

    @property
    def last_row(self) -> int:
        """The last row that belongs to the data: of a table, its blank rows included."""
        return self.data.last_row if self.table else self.last_filled

    @property
    def pattern_row(self) -> int:
        """The row whose formats new rows take: the last one with data; the first one when there is none."""
        return max(self.last_filled, self.data.first_row)


def place_for(
    sheet: SheetEdit, header_row: int, columns: list[int], count: int, last_row: int | None
) -> Place:
    """Where rows with these columns go.

    Args:
        sheet: The sheet.
        header_row: The row of the headings.
        columns: The columns that get a value, in order.
        count: How many rows there are.
        last_row: The last row with data where the caller knows it, for data that is no table.

    Raises:
        InputProblem: There is no room for them.
    """
    table = _table_below(sheet, header_row, columns)
    place = _in_table(sheet, table) if table else _in_region(sheet, header_row, columns, last_row)
    _refuse_no_room(sheet, place, columns, count)
    return place


def _table_below(sheet: SheetEdit, header_row: int, columns: list[int]) -> TableXml | None:
    """The table whose headings these are and that has the columns; tables may stand side by side."""
    candidates = [
        table
        for table in sheet.tables
        if table.area.first_row + table.table.header_rows - 1 == header_row
        and any(table.area.first_column <= column <= table.area.last_column for column in columns)
    ]
    if len(candidates) > 1:
        raise sheet.rules.refusal(
            header_row,
            columns[0],
            Text(
                "de kolommen horen bij verschillende tabellen. Voeg rijen per tabel toe.",
                "the columns belong to different tables. Append rows to one table at a time.",
            ),
        )
    return candidates[0] if candidates else None


def _in_table(sheet: SheetEdit, table: TableXml) -> Place:
    if table.table.kind != "worksheet":
        raise sheet.rules.refusal(
            table.area.first_row,
            table.area.first_column,
            Text(
                f"de tabel {table.table.name} wordt gevuld door een query of koppeling. Voeg de rijen daar toe.",
                f"the table {table.table.name} is filled by a query or a link. Add the rows there.",
            ),
        )
    data = table.data
    calculated = table.calculated
    columns = range(data.first_column, data.last_column + 1)
    last = data.last_row
    while last >= data.first_row and not any(
        sheet.xml.is_filled(last, c) and not (c in calculated and sheet.xml.formula(last, c)) for c in columns
    ):
        last -= 1
    return Place(data, last, table)


def _in_region(sheet: SheetEdit, header_row: int, columns: list[int], last_row: int | None) -> Place:
    """Data that is no table: ends at its last filled row, notes after a blank row and totals left out."""
    first, last = columns[0], columns[-1]
    while first > 1 and sheet.xml.is_filled(header_row, first - 1):
        first -= 1
    while last < LAST_COLUMN and sheet.xml.is_filled(header_row, last + 1):
        last += 1
    if last_row is None:
        end = _last_data_row(sheet, header_row, first, last)
    else:
        end = _last_of_block(sheet, last_row, first, last)
    return Place(Area(header_row + 1, first, max(end, header_row + 1), last), end, None)


def _last_of_block(sheet: SheetEdit, row: int, first: int, last: int) -> int:
    """The row, or the last of what stands right below it: rows with no more than an ID, a note; totals left out."""
    for number in sheet.xml.rows_between(row + 1, LAST_ROW):
        filled = [c for c in sheet.xml.filled_columns(number) if first <= c <= last]
        stretch = Area(number, first, number, last)
        ends = number > row + 1 or not filled or _is_total(sheet, number, filled[0])
        if ends or any(table.area.meets(stretch) for table in sheet.tables):
            break
        row = number
    return row


def _last_data_row(sheet: SheetEdit, header_row: int, first: int, last: int) -> int:
    end = header_row
    for number in sheet.xml.rows_between(header_row + 1, LAST_ROW):
        filled = [c for c in sheet.xml.filled_columns(number) if first <= c <= last]
        if not filled:
            continue
        is_sparse = len(filled) <= (last - first + 1) / 2
        stretch = Area(number, first, number, last)
        if (is_sparse and _is_total(sheet, number, filled[0])) or any(
            t.area.meets(stretch) for t in sheet.tables
        ):
            break
        after_a_gap = number > end + 1
        if after_a_gap and _repeats_headings(sheet, header_row, number, filled):
            break
        is_note = after_a_gap and len(filled) == 1 < last - first + 1
        if not is_note:
            end = number
    return end


def _repeats_headings(sheet: SheetEdit, header_row: int, row: int, columns: list[int]) -> bool:
    """Whether a next table with the same headings begins in this row."""
    same = [
        c
        for c in columns
        if (sheet.shown(row, c) or "").strip() and sheet.shown(row, c) == sheet.shown(header_row, c)
    ]
    return len(same) > 1


def _is_total(sheet: SheetEdit, row: int, column: int) -> bool:
    text = sheet.shown(row, column)
    return bool(text and _TOTAL.match(text.strip()))


def _refuse_no_room(sheet: SheetEdit, place: Place, columns: list[int], count: int) -> None:
    first, last = place.last_filled + 1, place.last_filled + count
    left, right = min(place.data.first_column, columns[0]), max(place.data.last_column, columns[-1])
    if last > LAST_ROW:
        raise sheet.rules.refusal(
            place.last_filled, left, Text("het blad is vol. Maak ruimte.", "the sheet is full. Make room.")
        )
    if place.table and last > place.last_row and place.table.table.totals_rows:
        name = place.table.table.name
        raise sheet.rules.refusal(
            first,
            left,
            Text(
                f"de totaalrij van tabel {name} staat in de weg. Zet de totaalrij uit, of voeg er lege rijen boven in.",
                f"the totals row of table {name} is in the way. Turn the totals row off, or insert empty rows above it.",
            ),
        )
    for row in sheet.xml.rows_between(max(first, place.last_row + 1), last):
        for column in range(left, right + 1):
            if sheet.xml.is_filled(row, column):
                raise sheet.rules.refusal(row, column, _SOMETHING_BELOW)
    new = Area(first, left, last, right)
    others = [table.area for table in sheet.tables if table is not place.table]
    for obstacle in (*others, *sheet.xml.merges, *sheet.xml.array_areas, *sheet.rules.pivots):
        if obstacle.meets(new):
            raise sheet.rules.refusal(obstacle.first_row, obstacle.first_column, _SOMETHING_BELOW)
