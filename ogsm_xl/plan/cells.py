"""Where a value stands in the workbook, so that findings, mails and replies can say `Acties!F12`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class CellRef(NamedTuple):
    """One cell: the sheet's name, and row and column counted from 1."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        """The reference as Excel writes it, the sheet quoted where Excel asks for it: `Acties!F12`, `'Plan 2026'!A1`."""
        return f"{quoted_sheet(self.sheet)}!{self.address}"

    @property
    def address(self) -> str:
        """The reference within its sheet: `F12`."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table of the plan was found.

    Attributes:
        sheet: The sheet's name as its tab shows it.
        header_row: The row of the headings, counted from 1.
        columns: Field name to column, counted from 1; only the fields whose heading was found.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class RowRef:
    """One row of a table of the plan, counted from 1 as Excel does."""

    place: TablePlace
    row: int

    def cell(self, field_name: str) -> CellRef:
        """The cell of a field in this row; the row's first column where the sheet lacks that field."""
        columns = self.place.columns
        return CellRef(
            self.place.sheet, self.row, columns.get(field_name) or min(columns.values(), default=1)
        )


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column counted from 1: `A` is 1, `AB` is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def quoted_sheet(name: str) -> str:
    """The sheet's name as a reference needs it: in quotes unless it is a plain word."""
    if name.isidentifier() and not any(c.isdigit() for c in name):
        return name
    return "'" + name.replace("'", "''") + "'"
