"""A column's cells as values of the plan, read together: what one cell leaves open, the others may settle.

Every different value is read once, however often it occurs; this is what makes a long history quick to read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, partial
from typing import Any, Final, TypeAlias

from ogsm_xl.excel.layout import GOALS, STRATEGIES, Column, Kind
from ogsm_xl.excel.read.sheet_cells import ErrorCell, NoResult, are_plain_ids
from ogsm_xl.plan import written
from ogsm_xl.plan.unclear import clean_all
from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    ReportSource,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
    Word,
)
from ogsm_xl.plan.written import Unclear, folded
from ogsm_xl.plan.written_dates import FIRST_YEAR, LAST_YEAR

_NO_VALUE: Final = (ErrorCell, NoResult)

Trouble: TypeAlias = Unclear | ErrorCell | NoResult
"""Why a cell could not be read."""


class Titles:
    """The texts of what other rows refer to, for people who write the text in place of the ID."""

    def __init__(self, rows: Mapping[str, Sequence[tuple[object, str]]] | None = None) -> None:
        """Take the text and the ID of every row that can be referred to, by table; they are looked at when needed."""
        self._rows = rows or {}

    def id_of(self, table: str, text: str) -> str | None:
        """The ID of the row of a table with this text; None when there is none, or more than one."""
        return self._by_table[table].get(folded(text)) if table in self._rows else None

    def item(self, text: str) -> str | None:
        """The same for whatever can be reported on or measured."""
        return self._items.get(folded(text))

    @cached_property
    def _by_table(self) -> Mapping[str, Mapping[str, str]]:
        return {table: _unique(rows) for table, rows in self._rows.items()}

    @cached_property
    def _items(self) -> Mapping[str, str]:
        return _unique(pair for titles in self._by_table.values() for pair in titles.items())


def _unique(pairs: Iterable[tuple[object, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text, id_ in pairs:
        key = folded(text) if isinstance(text, str) else ""
        if key:
            found[key] = "" if key in found else id_
    return {key: id_ for key, id_ in found.items() if id_}


@dataclass(frozen=True)
class ColumnValues:
    """The values of a column and what could not be read.

    Attributes:
        values: One for every cell; the blank of its kind where nothing is meant or nothing could be read.
        troubles: Position of a cell, counted from 0, to why it could not be read.
    """

    values: list[Any]
    troubles: Mapping[int, Trouble]


_WORDS: Final[Mapping[Kind, type[Word]]] = {
    Kind.STATUS: Status,
    Kind.LIGHT: TrafficLight,
    Kind.SESSION_KIND: SessionKind,
    Kind.ITEM_KIND: ItemKind,
    Kind.STRATEGY_KIND: StrategyKind,
    Kind.DIRECTION: Direction,
    Kind.FACTOR_KIND: FactorKind,
    Kind.SUBJECT: EvaluationSubject,
    Kind.SOURCE: ReportSource,
}


_SETTLED_BY_COLUMN: Final = frozenset(
    {Kind.DATE, Kind.DATE_TIME, Kind.NUMBER, Kind.PERCENT, Kind.STATUS, Kind.LIGHT}
)
_FREE_TEXT: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.PEOPLE})


def read_column(
    column: Column, cells: Sequence[object], blank: object, titles: Titles, *, date1904: bool
) -> ColumnValues:
    """Read a column's cells.

    Args:
        column: The column of the layout.
        cells: What the sheet holds.
        blank: The value where nothing is meant.
        titles: The texts of strategies, goals and items.
        date1904: Whether serial dates count from 1904.
    """
    plain = _plain_values(column.kind, cells)
    if plain is not None:
        return ColumnValues(plain, {})
    read = _reader(column.kind, cells, titles, date1904=date1904)
    keys: Sequence[object] = cells
    known = _Known(read, blank)
    values = [*map(known.__getitem__, keys)]
    if (True in known or False in known) and bool in set(map(type, cells)):
        # TRUE equals the number 1, but must not be read as it: once more, with the type in the key.
        keys = [(type(cell), cell) for cell in cells]
        known = _Known(read, blank, apart=True)
        values = [*map(known.__getitem__, keys)]
    troubles = known.troubles
    found = {at: troubles[key] for at, key in enumerate(keys) if key in troubles} if troubles else {}
    return ColumnValues(values, found)


class _Known(dict[object, object]):
    """The value of every different cell, read when it is first asked for; what can't be read is in `troubles`."""

    def __init__(self, read: Callable[[Any], object], blank: object, *, apart: bool = False) -> None:
        """With `apart` the keys are pairs of type and cell."""
        super().__init__()
        self.troubles: dict[object, Trouble] = {}
        self._apart = apart
        self._read = read
        self._blank = blank

    def __missing__(self, key: object) -> object:
        cell = key[1] if self._apart and isinstance(key, tuple) else key
        found: object = None
        if isinstance(cell, _NO_VALUE):
            self.troubles[key] = cell
        else:
            try:
                found = self._read(cell)
            except Unclear as unclear:
                self.troubles[key] = unclear
        value = self[key] = self._blank if found is None else found
        return value


def _plain_values(kind: Kind, cells: Sequence[Any]) -> list[Any] | None:
    """The values of a column that needs no reading cell by cell, as long ones usually do not; else None."""
    if kind in _FREE_TEXT and set(map(type, cells)) == {str}:
        return clean_all(cells)
    if kind is Kind.ID and are_plain_ids(cells):
        return [*cells]
    if kind is Kind.DATE_TIME and set(map(type, cells)) <= {datetime, date}:
        if not {cell.year for cell in cells} <= {*range(FIRST_YEAR, LAST_YEAR + 1)}:
            return None
        return [cell if isinstance(cell, datetime) else datetime.combine(cell, time.min) for cell in cells]
    return None


def _reader(
    kind: Kind, cells: Collection[object], titles: Titles, *, date1904: bool
) -> Callable[[Any], object]:
    """How the cells of a column are read, with what the column as a whole settles."""
    if kind in _SETTLED_BY_COLUMN:
        cells = set(cells)
    match kind:
        case Kind.DATE:
            return partial(written.read_date, order=written.date_order(cells), date1904=date1904)
        case Kind.DATE_TIME:
            return partial(written.read_datetime, order=written.date_order(cells), date1904=date1904)
        case Kind.NUMBER:
            return partial(written.read_number, mark=written.decimal_mark(cells))
        case Kind.PERCENT:
            return partial(written.read_progress, scale=written.progress_scale(cells))
        case Kind.STATUS | Kind.LIGHT:
            words = _WORDS[kind]
            return partial(written.read_word, words, letters=written.letters_in(words, cells))
        case Kind.STRATEGIES:
            return partial(_ids, id_of=partial(titles.id_of, STRATEGIES.name))
        case Kind.GOALS:
            return partial(_ids, id_of=partial(titles.id_of, GOALS.name))
        case Kind.ITEM:
            return partial(_item, id_of=titles.item)
        case _ if kind in _WORDS:
            return partial(written.read_word, _WORDS[kind])
        case _:
            return _SIMPLE.get(kind, written.read_text)


_SIMPLE: Final[Mapping[Kind, Callable[[Any], object]]] = {
    Kind.ID: written.read_id,
    Kind.SESSION: written.read_id,
    Kind.TIME: written.read_time,
    Kind.MINUTES: written.read_minutes,
    Kind.PERSON: written.read_name,
    Kind.MAIL: written.read_mail,
    Kind.ROLES: written.read_roles,
    Kind.LANGUAGE: written.read_language,
    Kind.YES_NO: written.read_yes_no,
}


def _ids(cell: object, id_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """IDs as written, or those of the rows whose text was written; a text that nobody has stays for the checks to find."""
    try:
        return written.read_ids(cell)
    except Unclear:
        text = written.clean(str(cell))
        whole = id_of(text)
        if whole:
            return (whole,)
        parts = filter(None, (part.strip() for line in text.split("\n") for part in line.split(";")))
        return tuple(dict.fromkeys(id_of(part) or written.id_in_front(part) or part for part in parts))


def _item(cell: object, id_of: Callable[[str], str | None]) -> str | None:
    found = written.read_id(cell)
    if found is None or not isinstance(cell, str) or written.is_id(found):
        return found
    return id_of(found) or found
