"""The rows of a table as records of the plan, and a finding for every cell that could not be read."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from math import inf
from typing import Any, Final

from ogsm_xl.excel.layout import PEOPLE, SESSIONS, Column, Kind
from ogsm_xl.excel.read.read_columns import ColumnValues, Titles, read_column
from ogsm_xl.excel.read.table_rows import TableRows
from ogsm_xl.plan.cells import RowRef
from ogsm_xl.plan.written import Scale, progress_scale
from ogsm_xl.rules import structure

_ESSENTIAL: Final[Mapping[str, Sequence[str]]] = {SESSIONS.name: ("kind", "date"), PEOPLE.name: ("name",)}
"""The fields without which a row can't be part of the plan at all."""

_TEXTS: Final = frozenset(
    {Kind.ID, Kind.TEXT, Kind.LONG_TEXT, Kind.PERSON, Kind.PEOPLE, Kind.MAIL, Kind.ITEM, Kind.SESSION}
)


def read_rows(rows: TableRows, titles: Titles, *, date1904: bool) -> list[Any]:
    """The records of a table, in the workbook's order; what could not be read is added to the table's findings."""
    table = rows.table
    read: dict[str, ColumnValues] = {}
    for column in table.columns:
        cells = rows.cells(column.field)
        if cells is not None and column.kind is not Kind.ID:
            prepared = _prepared(rows, column, cells)
            read[column.field] = read_column(
                column, prepared, _blank(rows, column), titles, date1904=date1904
            )
    if rows.banners and "strategies" in read:
        _apply_banners(rows, read["strategies"].values)
    _report_troubles(rows, read)
    by_field: dict[str, Iterable[Any]] = {name: column.values for name, column in read.items()}
    by_field["row"] = _filled(RowRef, len(rows.numbers), [repeat(rows.located.place), rows.numbers])
    if rows.ids:
        by_field["id"] = rows.ids
    columns = {column.field: column for column in table.columns}
    arguments = [
        by_field[field.name]
        if field.name in by_field
        else repeat(_blank(rows, columns[field.name]), len(rows.numbers))
        for field in dataclasses.fields(table.record)
    ]
    return _made(rows, arguments)


def _made(rows: TableRows, arguments: Sequence[Iterable[Any]]) -> list[Any]:
    """One record a row; a row without an essential value is left out, with a finding."""
    essential = _ESSENTIAL.get(rows.table.name, ())
    if not essential:
        return _filled(rows.table.record, len(rows.numbers), arguments)
    names = [field.name for field in dataclasses.fields(rows.table.record)]
    made = []
    for row, values in zip(rows.numbers, zip(*arguments, strict=True), strict=True):
        missing = next((name for name in essential if not values[names.index(name)]), None)
        if missing is None:
            made.append(rows.table.record(*values))
            continue
        where = RowRef(rows.located.place, row).cell(missing)
        rows.findings.append(structure.ROW_LEFT_OUT.found(where, heading=rows.located.heading(missing)))
    return made


def _filled(record: type[Any], count: int, arguments: Sequence[Iterable[Any]]) -> list[Any]:
    """Many records at once, their fields filled column by column.

    It makes the same records as calling the class; that sets every attribute of a frozen record in Python, which for a
    long history takes longer than everything else about it.
    """
    made = [object.__new__(record) for _ in range(count)]
    for field, values in zip(dataclasses.fields(record), arguments, strict=True):
        deque(map(getattr(record, field.name).__set__, made, values), maxlen=0)
    return made


def _blank(rows: TableRows, column: Column) -> object:
    """What a field holds when its cell is blank: the default of its record, else "" for texts and None for the rest."""
    field = next(field for field in dataclasses.fields(rows.table.record) if field.name == column.field)
    if field.default is not dataclasses.MISSING:
        return field.default
    return "" if column.kind in _TEXTS else None


def _prepared(rows: TableRows, column: Column, cells: Sequence[object]) -> Sequence[object]:
    """The cells with what only the sheet can tell: percentages as people see them, the address behind a name."""
    match column.kind:
        case Kind.NUMBER:
            return _replaced(cells, _shown_percents(rows, column, cells))
        case Kind.PERCENT if progress_scale({*cells}) is not Scale.FRACTION:
            # A bare 1 could be 1 % or 100 %, but not where the cell shows 100%.
            shown = _shown_percents(rows, column, cells, least=1, most=2)
            return _replaced(cells, {at: f"{percents:g}%" for at, percents in shown.items()})
        case Kind.MAIL:
            return _with_links(rows, column, cells)
        case _:
            return cells


def _shown_percents(
    rows: TableRows, column: Column, cells: Sequence[object], least: float = -inf, most: float = inf
) -> Mapping[int, float]:
    """Position to what its cell shows, where that is a percentage: 95 for 0.95; of those from `least` to below `most`."""
    numbers = {
        row: (at, cell)
        for at, (row, cell) in enumerate(zip(rows.numbers, cells, strict=True))
        if isinstance(cell, float) and cell and least <= cell < most
    }
    if not numbers:
        return {}
    in_percent = rows.located.cells.shown_in_percent(rows.located.headings.columns[column.field])
    found = (numbers[row] for row in numbers.keys() & in_percent)
    # Excel counts in 15 digits: what a binary fraction has beyond them is no part of what was meant.
    return {at: float(f"{number * 100:.15g}") for at, number in found}


def _replaced(cells: Sequence[object], others: Mapping[int, object]) -> Sequence[object]:
    return [others.get(at, cell) for at, cell in enumerate(cells)] if others else cells


def _with_links(rows: TableRows, column: Column, cells: Sequence[object]) -> Sequence[object]:
    """The cells with the address of its link where a cell shows a name instead of an address."""
    if all(isinstance(cell, str) and (not cell or "@" in cell) for cell in cells):
        return cells
    links = rows.located.cells.mail_links
    at = rows.located.headings.columns[column.field]
    return [
        links.get((row, at), cell) if isinstance(cell, str) and "@" not in cell else cell
        for row, cell in zip(rows.numbers, cells, strict=True)
    ]


def _apply_banners(rows: TableRows, strategies: list[Any]) -> None:
    for at, row in enumerate(rows.numbers):
        if not strategies[at] and row in rows.banners:
            strategies[at] = (rows.banners[row],)


def _report_troubles(rows: TableRows, read: Mapping[str, ColumnValues]) -> None:
    owners = next((read[name].values for name in ("owner", "by", "name") if name in read), None)
    for name, column in read.items():
        for at, trouble in column.troubles.items():
            rows.report(name, at, trouble, str(owners[at] or "") if owners else "")
