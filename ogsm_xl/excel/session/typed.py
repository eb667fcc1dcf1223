"""Reads back what a session typed into its workbook, by the names and tables that its sheets are written with.

It may have been saved by Excel or LibreOffice, in either language, with rows inserted; nothing is found by its place on
the sheet. What can't be read, such as a deadline "after the holidays", is kept as it was typed and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from ogsm_xl.excel.ooxml.package import Area, Package, TablePart, open_package
from ogsm_xl.excel.ooxml.small_parts import WorkbookXml
from ogsm_xl.excel.read.sheet_cells import Cells, ErrorCell, NoResult, Sheets
from ogsm_xl.excel.session.choices import SESSION
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.unclear import Unclear, is_blank, read_text
from ogsm_xl.plan.words import FactorKind, Language, Text
from ogsm_xl.plan.written import read_number, read_yes_no
from ogsm_xl.plan.written_dates import DateOrder, read_date
from ogsm_xl.rhythm.minutes import Filled, Part, Typed

_T = TypeVar("_T")

_RANGE: Final = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<cells>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"
)
_NO_SESSION = Text(
    "{file} is geen werkboek van een sessie. Noem er een uit de map met sessies, zoals sessies/2026/2026-09-10 Doensessie.xlsx.",
    "{file} is no workbook of a session. Name one from the folder with sessions, such as sessions/2026/2026-09-10 Doing session.xlsx.",
)
_EVALUATION: Final = (
    Text("verbeteren of beginnen", "improve or start"),
    Text("behouden", "keep"),
    Text("stoppen", "stop"),
)
_UNREAD = Text("{cell}: {why}", "{cell}: {why}")
_AN_ERROR = Text(
    "Hier staat een formule, met {code} als uitkomst. Typ de tekst opnieuw, zonder = of - aan het begin.",
    "This holds a formula that gives {code}. Type the text again, without = or - at its beginning.",
)
_NO_OUTCOME = Text(
    "Hier staat een formule zonder uitkomst. Typ de tekst zelf, zonder = of - aan het begin.",
    "This holds a formula without a result. Type the text itself, without = or - at its beginning.",
)


@dataclass(frozen=True, slots=True)
class TypedIn:
    """What was typed into a session workbook.

    Attributes:
        session: The ID of its session.
        day: The day of that session when the workbook was made, as ISO 8601 has it.
        objective: The objective of its plan, as `objective_of` gives it. Each is "" in a workbook that does not say it.
        lines: The lines in which something was typed.
    """

    session: str
    day: str
    objective: str
    lines: tuple[Typed, ...]


def read_typed(path: Path, language: Language) -> TypedIn:
    """Read a session workbook.

    Raises:
        InputProblem: It is no workbook of a session, or damaged.
        OutsideProblem: The disk or share failed.
    """
    with open_package(path) as package:
        book = _Book(package, path, language)
        if not book.is_of_a_session:
            raise InputProblem(_NO_SESSION.filled(file=path))
        lines = (*book.discussed(), *book.in_tables(), *book.concluded())
        return TypedIn(*book.session, tuple(line for line in lines if _is_said(line)))


def _is_said(line: Typed) -> bool:
    """Whether anything was typed."""
    return bool(
        line.text or line.cause or line.who or line.deadline or line.answer is not None or line.unclear
    ) or (line.part in {Part.NEW_ACTION, Part.UPDATED} and bool(line.about or line.filled))


def _text(value: object) -> str:
    """What a cell says; "" for a formula that gives no text, as for a blank one."""
    return "" if isinstance(value, (ErrorCell, NoResult)) else read_text(value)


def _name(value: object) -> str:
    """Who was typed; a dash or "n.v.t." is nobody."""
    return "" if is_blank(value) else _text(value)


def _no_text(cells: Iterable[tuple[object, CellRef]]) -> tuple[Text, ...]:
    """The cells that hold a formula that gives no text: Excel makes one of `- Anna belt`."""
    return tuple(
        _UNREAD.filled(
            cell=cell, why=_AN_ERROR.filled(code=value.word) if isinstance(value, ErrorCell) else _NO_OUTCOME
        )
        for value, cell in cells
        if isinstance(value, (ErrorCell, NoResult))
    )


class _Column:
    """The cells of a column, from a row to a row."""

    def __init__(self, cells: Cells, area: Area) -> None:
        self._cells = cells
        self.column = area.first_column
        self.rows = range(area.first_row, min(area.last_row, cells.last_row) + 1)

    def at(self, row: int) -> object:
        return self._cells.value(row, self.column)

    def ref(self, row: int) -> CellRef:
        return CellRef(self._cells.name, row, self.column)


class _Book:
    """The names and tables of a session workbook."""

    def __init__(self, package: Package, path: Path, language: Language) -> None:
        self._sheets = Sheets(package, path)
        self._package = package
        self._language = language
        xml = WorkbookXml(package.read(package.workbook_part))
        self._names = {name.name.casefold(): name.formula for name in xml.names()}
        self._tables = {table.name: (sheet, table) for sheet in package.sheets for table in sheet.tables}

    def word(self, text: Text) -> str:
        """A text in the language of the minutes."""
        return text.in_(self._language)

    @property
    def is_of_a_session(self) -> bool:
        return "discuss_people" in self._names and bool({"All_reports", "Who_reported"} & self._tables.keys())

    @property
    def session(self) -> tuple[str, str, str]:
        """The ID and the day of the session, and the objective of the plan."""
        found = self._column(SESSION)
        said = [_text(found.at(row)) for row in found.rows] if found else []
        number, day, objective = (*said, "", "", "")[:3]
        return number, day, objective

    def discussed(self) -> Iterator[Typed]:
        """The cards: cause, decision, new deadline and who."""
        columns = {
            name: self._column(f"Discuss_{name}") for name in ("item", "cause", "decision", "deadline", "who")
        }
        item, cause, decision, deadline, who = columns.values()
        if not (item and cause and decision and deadline and who):
            return
        for row in item.rows:
            if number := _text(item.at(row)):
                day, unclear = self.day(deadline.at(row), deadline.ref(row))
                yield Typed(
                    Part.DISCUSSED,
                    cause.ref(row),
                    number,
                    text=_text(decision.at(row)),
                    cause=_text(cause.at(row)),
                    who=_name(who.at(row)),
                    deadline=day,
                    unclear=(*unclear, *_no_text((c.at(row), c.ref(row)) for c in (cause, decision, who))),
                )

    def concluded(self) -> Iterator[Typed]:
        """What is concluded about the strategies that are behind."""
        item, conclusion = self._column("Behind_item"), self._column("Behind_conclusion")
        if item and conclusion:
            for row in item.rows:
                if number := _text(item.at(row)):
                    value, where = conclusion.at(row), conclusion.ref(row)
                    unclear = _no_text([(value, where)])
                    yield Typed(Part.CONCLUDED, where, number, text=_text(value), unclear=unclear)

    def in_tables(self) -> Iterator[Typed]:
        """What was typed into the tables, each with its own columns."""
        for name, read in _TABLES.items():
            if name in self._tables:
                sheet, table = self._tables[name]
                cells = self._sheets.cells(sheet)
                for number in range(table.data.first_row, table.data.last_row + 1):
                    yield from read(_Row(self, cells, table, number))

    def _column(self, name: str) -> _Column | None:
        found = _RANGE.fullmatch(self._names.get(name.casefold(), ""))
        if found is None:
            return None
        title = found["plain"] or found["quoted"].replace("''", "'")
        sheet = self._package.sheet(title)
        return (
            _Column(self._sheets.cells(sheet), Area.parse(found["cells"].replace("$", ""))) if sheet else None
        )

    def day(self, value: object, cell: CellRef) -> tuple[date | None, tuple[Text, ...]]:
        """The day that was typed."""
        return self.read(
            lambda: read_date(value, DateOrder.DAY_FIRST, date1904=self._package.date1904), value, cell
        )

    def read(
        self, reading: Callable[[], _T | None], value: object, cell: CellRef
    ) -> tuple[_T | None, tuple[Text, ...]]:
        """What a cell means; what it can't mean is told, with the cell."""
        if is_blank(value):
            return None, ()
        if unread := _no_text([(value, cell)]):
            return None, unread
        try:
            return reading(), ()
        except Unclear as unclear:
            return None, (_UNREAD.filled(cell=cell, why=unclear.text),)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table; columns are counted from 0."""

    book: _Book
    cells: Cells
    table: TablePart
    number: int

    def ref(self, column: int) -> CellRef:
        return CellRef(self.cells.name, self.number, self.table.data.first_column + column)

    def value(self, column: int) -> object:
        return self.cells.value(self.number, self.table.data.first_column + column)

    def text(self, column: int) -> str:
        return _text(self.value(column))

    def no_text(self, *columns: int) -> tuple[Text, ...]:
        return _no_text((self.value(column), self.ref(column)) for column in columns)

    def day(self, column: int) -> tuple[date | None, tuple[Text, ...]]:
        return self.book.day(self.value(column), self.ref(column))

    def heading(self, column: int) -> str:
        """The heading above a column, without the pencil."""
        first = self.table.data.first_row - 1
        return _text(self.cells.value(first, self.table.data.first_column + column)).strip(" ✎")

    def filled(self, column: int, field: str) -> tuple[Filled | None, tuple[Text, ...]]:
        """A cell that was filled in from the plan, as it reads now."""
        value, cell = self.value(column), self.ref(column)
        now: str | float | date | None
        if field in _DAYS:
            now, unclear = self.day(column)
        elif field in _NUMBERS:
            now, unclear = self.book.read(lambda: read_number(value), value, cell)
        else:
            now, unclear = _text(value), _no_text([(value, cell)])
        return (None if unclear else Filled(field, self.heading(column), now)), unclear

    def answer(self, column: int) -> tuple[bool | None, tuple[Text, ...]]:
        value = self.value(column)
        return self.book.read(lambda: read_yes_no(value), value, self.ref(column))


def _checked(row: _Row) -> Iterator[Typed]:
    answer, unclear = row.answer(6)
    yield Typed(
        Part.CHECKED,
        row.ref(6),
        row.text(0),
        text=row.text(7),
        answer=answer,
        unclear=(*unclear, *row.no_text(7)),
    )


def _learned(row: _Row) -> Iterator[Typed]:
    yield Typed(Part.LEARNED, row.ref(6), row.text(0), text=row.text(6), unclear=row.no_text(6))


def _evaluated(row: _Row) -> Iterator[Typed]:
    said = (row.text(2), row.text(3), row.text(4))
    text = "; ".join(
        f"{row.book.word(name)}: {each}" for name, each in zip(_EVALUATION, said, strict=True) if each
    )
    yield Typed(
        Part.EVALUATED, row.ref(2), about=row.text(0), text=text, evaluated=said, unclear=row.no_text(2, 3, 4)
    )


def _added(row: _Row) -> Iterator[Typed]:
    start, no_start = row.day(3)
    deadline, no_deadline = row.day(4)
    unclear = (*no_start, *no_deadline, *row.no_text(0, 1, 2, 5))
    yield Typed(
        Part.NEW_ACTION,
        row.ref(0),
        about=row.text(0),
        text=row.text(5),
        who=_name(row.value(2)),
        strategy=row.text(1),
        start=start,
        deadline=deadline,
        unclear=unclear,
    )


def _chosen(row: _Row) -> Iterator[Typed]:
    answer, unclear = row.answer(7)
    yield Typed(
        Part.PRIORITY,
        row.ref(7),
        row.text(0),
        text=row.text(8),
        answer=answer,
        unclear=(*unclear, *row.no_text(8)),
    )


def _updated(row: _Row) -> Iterator[Typed]:
    """What is decided about a row of the plan, in the last two columns, and its cells that people may write over.

    Or a row that is new, with all that it says.
    """
    last = row.table.data.columns - 1
    number, about = row.text(0), row.text(1)
    first = last - 1 if number else 2
    decided = ". ".join(filter(None, (row.text(column) for column in range(first, last + 1))))
    unclear = row.no_text(*range(first, last + 1))
    if not number:
        unclear = (*row.no_text(1), *unclear)
        if decided or unclear or about:
            yield Typed(Part.UPDATED, row.ref(last - 1), about=about, text=decided, unclear=unclear)
        return
    found = [row.filled(column, field) for field, column in _FILLED[row.table.name].items()]
    yield Typed(
        Part.UPDATED,
        row.ref(last - 1),
        number,
        about=about,
        text=decided,
        unclear=(*(text for _, texts in found for text in texts), *unclear),
        filled=tuple(filled for filled, _ in found if filled),
    )


_Reading: TypeAlias = Callable[[_Row], Iterator[Typed]]
_DAYS: Final = frozenset({"deadline", "target_date"})
_NUMBERS: Final = frozenset({"target", "upper"})
_FILLED: Final[Mapping[str, Mapping[str, int]]] = {
    **{f"Factors_{kind.key}": {"text": 1, "meaning": 2, "likelihood": 3} for kind in FactorKind},
    "Update_actions": {"text": 1, "strategy": 2, "owner": 3, "deadline": 4},
    "Update_choices": {"text": 1, "owner": 2, "goals": 4},
    "Update_measures": {"text": 1, "unit": 3, "target": 6, "upper": 7, "target_date": 8, "owner": 9},
}
"""The columns of next year's plan that are filled in from this year's, by the field of the plan."""

_TABLES: Final[Mapping[str, _Reading]] = {
    "Done_check": _checked,
    "Finished_actions": _learned,
    "Evaluation_grid": _evaluated,
    "New_actions": _added,
    "Priorities": _chosen,
    **dict.fromkeys(_FILLED, _updated),
}
"""How each table is read, in the order in which a session goes through them."""
