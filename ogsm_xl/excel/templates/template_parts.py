"""Where things stand in a plan workbook that we generate: sheets, rows, and the names that formulas use.

Formulas and dropdowns never spell out a range: they use defined names, which are the same in every language
and grow with the tables. `Actions_deadline` is the heading of that column and everything below it, so that it
survives deleted rows and sees rows pasted below the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias, cast

from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.cell_text import sound_text
from ogsm_xl.excel.house_style import Range, Styles
from ogsm_xl.excel.layout import (
    GOALS,
    INDICATORS,
    MEASUREMENTS,
    PEOPLE,
    REPORTS,
    SESSIONS,
    STRATEGIES,
    TABLES,
    Kind,
    Table,
)
from ogsm_xl.excel.ooxml.values import Figure, Percentage, Writable
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import (
    Action,
    Decision,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Measurement,
    Objective,
    Person,
    Plan,
    Record,
    Report,
    Session,
    Strategy,
)
from ogsm_xl.plan.words import Language, Text, Word, YesNo

GUIDE: Final = Text("Leeswijzer", "Guide")
OVERVIEW: Final = Text("OGSM", "OGSM")
LISTS: Final = Text("Lijsten", "Lists")
WORKINGS: Final = Text("Rekenhulp", "Workings")

# Rows of a sheet with a table, counted from 0.
TITLE_ROW: Final = 0
INTRO_ROW: Final = 1
BAND_ROW: Final = 2  # who fills in the columns below
HEADER_ROW: Final = 3
FIRST_ROW: Final = 4

CellValue: TypeAlias = str | float | int | date | datetime | time | None
"""What a cell of a new workbook can hold."""

_PREPARED_ROWS: Final = 2_000
_PREPARED_HISTORY: Final = 20_000
"""For how many rows a sheet is prepared at least: dropdowns, checks, colours and formulas reach below the table."""

_LOOKS_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")

_CHOSEN_FROM: Final = (PEOPLE, GOALS, STRATEGIES, INDICATORS, SESSIONS)
"""The tables that dropdowns on other sheets offer: their IDs, or the names of the people."""


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook that is being written: what every sheet's writer needs."""

    workbook: Workbook
    styles: Styles
    plan: Plan
    language: Language

    def word(self, text: Text) -> str:
        """A text in the workbook's language."""
        return text.in_(self.language)

    def sheet(self, name: Text) -> Any:
        """The worksheet with this name."""
        return self.workbook.get_worksheet_by_name(self.word(name))

    def last_row(self, table: Table) -> int:
        """The last row, counted from 0, that dropdowns, checks, colours and formulas reach."""
        least = _PREPARED_HISTORY if table in (REPORTS, MEASUREMENTS) else _PREPARED_ROWS
        return HEADER_ROW + max(least, 2 * len(records(self.plan, table)))

    def cells(self, table: Table, field: str) -> Range:
        """The data cells of a column, down to the last prepared row."""
        column = column_index(table, field)
        return FIRST_ROW, column, self.last_row(table), column

    def address(self, table: Table, field: str) -> str:
        """The column from its heading down, as a reference: `Acties!$C$4:$C$2004`."""
        letters = column_letters(column_index(table, field) + 1)
        sheet = quoted_sheet(self.word(table.sheet))
        return f"{sheet}!${letters}${HEADER_ROW + 1}:${letters}${self.last_row(table) + 1}"


def column_index(table: Table, field: str) -> int:
    """Where a field's column stands on its sheet, counted from 0."""
    return table.columns.index(table.column(field))


def column_name(table: Table, field: str) -> str:
    """The defined name of a column, its heading included: `Actions_deadline`."""
    return f"{table.name}_{field}"


def choice_name(table: Table, field: str) -> str:
    """The defined name of what is filled in in a column, for dropdowns: `People_name_choice`."""
    return f"{table.name}_{field}_choice"


def define_column_names(book: Book) -> None:
    """Give every column of every table its name, and those that dropdowns offer their choice name."""
    for table in TABLES:
        for column in table.columns:
            name = column_name(table, column.field)
            book.workbook.define_name(name, "=" + book.address(table, column.field))
    for table in _CHOSEN_FROM:
        key = table.columns[0].field
        name = column_name(table, key)
        filled = f"INDEX({name},2):INDEX({name},MAX(2,COUNTA({name})))"
        book.workbook.define_name(choice_name(table, key), "=" + filled)


def records(plan: Plan, table: Table) -> Sequence[Record]:
    """The plan's rows for a table."""
    rows: dict[type[Record], Sequence[Record]] = {
        Objective: (plan.objective,) if plan.objective else (),
        Goal: plan.goals,
        Strategy: plan.strategies,
        Indicator: plan.indicators,
        Measurement: plan.measurements,
        Action: plan.actions,
        Person: plan.people,
        Session: plan.sessions,
        Report: plan.reports,
        Decision: plan.decisions,
        Evaluation: plan.evaluations,
        Factor: plan.factors,
    }
    return rows[table.record]


def cell_value(value: object, kind: Kind, language: Language) -> CellValue:
    """What a cell holds for a value of the plan; None for a blank cell.

    A date that Excel can't count with (before March 1900) becomes text.
    """
    if value is None or value == "" or value in ((), frozenset()):
        return None
    if kind is Kind.LANGUAGE:
        return cast("Language", value).value
    if kind is Kind.ROLES:
        roles = cast("frozenset[Word]", value)
        return "; ".join(role.word(language) for role in type(next(iter(roles))) if role in roles)
    if kind in {Kind.STRATEGIES, Kind.GOALS}:
        return "; ".join(cast("tuple[str, ...]", value))
    if kind is Kind.YES_NO:
        return (YesNo.YES if value else YesNo.NO).word(language)
    if kind is Kind.PERCENT:
        return cast("int", value) / 100
    if isinstance(value, Word):
        return value.word(language)
    if isinstance(value, date) and value.year <= 1900:
        return value.isoformat()
    return cast("CellValue", value)


def value_to_write(value: Any, kind: Kind, language: Language) -> Writable:
    """What a cell of somebody's workbook is set to for a value of the plan; of a number only the cell can tell how it shows it."""
    if value is not None and kind is Kind.NUMBER:
        return Figure(value)
    if value is not None and kind is Kind.PERCENT:
        return Percentage(value)
    return cell_value(value, kind, language)


def stored_result(text: str) -> str:
    """A text as the stored result of a formula, where XlsxWriter escapes nothing that Excel would read as an escape."""
    escaped = _LOOKS_ESCAPED.sub(r"_x005F\1", sound_text(text))
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped)
