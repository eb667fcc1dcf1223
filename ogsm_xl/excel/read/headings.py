"""Which column holds which field: headings as people write them, matched to the layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from ogsm_xl.excel.layout import Column, Table
from ogsm_xl.plan.unclear import folded
from ogsm_xl.plan.words import Text

_KEY_FIELDS: Final[Mapping[str, str]] = {
    "Measurements": "item",
    "People": "name",
    "Sessions": "date",
    "Reports": "item",
    "Evaluations": "subject",
}


def key_field(table: Table) -> str:
    """The field that a row of a table is about: an action's text, a session's date."""
    return _KEY_FIELDS.get(table.name, "text")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table as found in one row.

    Attributes:
        columns: Field to column, counted from 1.
        second: Columns that mean a field that another column already holds: column to field.
        written: The headings as written, by column.
        dutch: How many headings are those of the Dutch template and no English ones.
        english: How many headings are those of the English template and no Dutch ones.
    """

    columns: Mapping[str, int]
    second: Mapping[int, str]
    written: Mapping[int, str]
    dutch: int
    english: int

    def lacks(self, table: Table) -> tuple[Column, ...]:
        """The columns of the table that were not found."""
        return tuple(column for column in table.columns if column.field not in self.columns)

    def lacks_required(self, table: Table) -> tuple[Column, ...]:
        """The columns that the jobs need and that were not found."""
        return tuple(column for column in self.lacks(table) if column.required)


def match_headings(table: Table, cells: Mapping[int, object]) -> Headings:
    """Match the cells of a row to the table's headings.

    A heading of the template, in either language, comes before a synonym; of two columns for the same field the
    first counts.
    """
    written = {column: " ".join(value.split()) for column, value in cells.items() if isinstance(value, str)}
    forms = {column: _forms(value) for column, value in cells.items() if isinstance(value, str)}
    exact, synonyms = _template_headings(table), _synonyms(table)
    columns: dict[str, int] = {}
    second: dict[int, str] = {}
    for column, readings in forms.items():
        field = next((exact[form] for form in readings if form in exact), None)
        if field in columns:
            second[column] = str(field)
        elif field is not None:
            columns[field] = column
    for column, readings in forms.items():
        if column in columns.values() or column in second:
            continue
        fields = [field for form in readings for field in synonyms.get(form, ())]
        free = next((field for field in fields if field not in columns), None)
        if free is not None:
            columns[free] = column
        elif fields:
            second[column] = fields[0]
    dutch, english = _languages(table, columns, forms)
    return Headings(columns, second, written, dutch, english)


def resembling(table: Table, headings: Headings) -> Mapping[int, Column]:
    """Headings that are not known, by column, and the column of the table that each may be meant for: one that is missing.

    "Trekker van actie" holds a word for the owner; "Verkeerslciht" is nearly one.
    """
    found: dict[int, Column] = {}
    missing = headings.lacks(table)
    for at, written in headings.written.items():
        if at in headings.columns.values() or at in headings.second:
            continue
        heading = normalised_heading(written)
        likely = (column for column in missing if column not in found.values())
        best = max(likely, key=lambda column: _likeness(heading, column), default=None)
        if best is not None and _likeness(heading, best) >= _ALIKE:
            found[at] = best
    return found


_ALIKE: Final = 0.8
_SHORTEST_WORD: Final = 4


def _likeness(heading: str, column: Column) -> float:
    """How much a heading looks like a column's own or a synonym of it, from 0 to 1 and more."""
    return max(
        _likeness_of(heading, known)
        for known in map(normalised_heading, (*column.heading, *column.synonyms))
        if known
    )


def _likeness_of(heading: str, known: str) -> float:
    if len(known) < _SHORTEST_WORD:
        return 0
    if re.search(rf"{re.escape(known)}(?!\w)", heading):
        return 1 + len(known)
    return SequenceMatcher(None, heading, known).ratio()


def normalised_heading(text: str) -> str:
    """A heading as it is compared: small letters without accents, single blanks, no marks around it (but `#` stays)."""
    return folded(text) or "".join(text.split())


def sheet_matches(table: Table, name: str) -> bool:
    """Whether a sheet's name is that of the table, in either language, or a synonym."""
    return _sheet_word(name) in _sheet_names(table)


def sheet_resembles(table: Table, name: str) -> bool:
    """Whether a sheet's name begins with the table's: "Acties (2)", "Acties HR"."""
    word = _sheet_word(name)
    return any(re.match(rf"{re.escape(known)}\b", word) for known in _sheet_names(table))


_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_FRONT_NUMBER = re.compile(r"^\d{1,2}\s*[.):-]\s*")
_SEVERAL = re.compile(r"\s*[/\n|]\s*|\s+[-–]\s+")


@lru_cache(maxsize=4096)
def _forms(value: str) -> tuple[str, ...]:
    """What a heading could be compared as: whole, without brackets, without a number, each language of a pair."""
    without = _BRACKETS.sub(" ", value)
    inside = (part.strip("()[] ") for part in _BRACKETS.findall(value))
    parts = (*_SEVERAL.split(value), *_SEVERAL.split(without), *inside)
    texts = (value, without, _FRONT_NUMBER.sub("", value.strip()), *parts)
    return tuple(dict.fromkeys(form for text in texts if (form := normalised_heading(text))))


@cache
def _template_headings(table: Table) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in table.columns:
        for text in column.heading:
            found.setdefault(normalised_heading(text), column.field)
    return found


@cache
def _synonyms(table: Table) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for column in table.columns:
        for text in column.synonyms:
            found.setdefault(normalised_heading(text), []).append(column.field)
    return found


def _languages(
    table: Table, columns: Mapping[str, int], forms: Mapping[int, tuple[str, ...]]
) -> tuple[int, int]:
    dutch = english = 0
    for field, at in columns.items():
        heading = Text(*map(normalised_heading, table.column(field).heading))
        if heading.nl == heading.en:
            continue
        dutch += heading.nl in forms[at]
        english += heading.en in forms[at]
    return dutch, english


@cache
def _sheet_names(table: Table) -> frozenset[str]:
    return frozenset(_sheet_word(name) for name in (*table.sheet, *table.synonyms))


def _sheet_word(name: str) -> str:
    return re.sub(r"^\d+\s*[.)-]?\s*|\s*\b20\d\d\b$", "", folded(name)).strip(" -_")
