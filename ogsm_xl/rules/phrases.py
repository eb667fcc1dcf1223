"""How findings name days, numbers, percentages, rows and lists, in Dutch and in English."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from ogsm_xl.plan.cells import CellRef, RowRef
from ogsm_xl.plan.day_words import MONTHS, WEEKDAYS
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import normalised_id
from ogsm_xl.plan.words import Text, TrafficLight, Word
from ogsm_xl.rules.rule import Rule

NOTHING = Text("", "")
BLANK = Text("leeg", "blank")
_QUOTE_LENGTH = 40


class Row(Protocol):
    """Anything that stands in a row of the workbook and has an ID."""

    @property
    def id(self) -> str:
        """The stable ID, such as `A12`, or ""."""

    @property
    def row(self) -> RowRef | None:
        """Where it stands."""


class OwnedRow(Row, Protocol):
    """A row that has an owner."""

    @property
    def owner(self) -> str:
        """The owner's name as written, or ""."""


def found_on(rule: Rule, item: OwnedRow, field: str, **values: object) -> Finding:
    """A finding of this rule in a field of an owned row; the message gets the row as `{name}`."""
    return rule.found(at(item, field), item=item.id, owner=item.owner, name=called(item), **values)


def found_in(rule: Rule, row: Row, field: str, **values: object) -> Finding:
    """A finding of this rule in a field of a row that nobody owns; the message gets the row as `{name}`."""
    return rule.found(at(row, field), item=row.id, owner="", name=called(row), **values)


def found_unknown(
    rule: Rule, items: Iterable[OwnedRow], field: str, known: Iterable[str]
) -> Iterator[Finding]:
    """Findings on the rows that refer, in this field, to IDs that are not among the known ones; each says which `ids`."""
    normalised = {normalised_id(each) for each in known}
    for item in items:
        if missing := [each for each in getattr(item, field) if normalised_id(each) not in normalised]:
            yield found_on(rule, item, field, ids=listed(missing))


class _Placed(Protocol):
    @property
    def row(self) -> RowRef | None: ...


def at(record: _Placed, field: str) -> CellRef | None:
    """The cell of a field of this record; None for a plan made in memory."""
    return record.row.cell(field) if record.row else None


def called(record: Row) -> Text:
    """What to call a row at the beginning of a sentence: its ID, or else its place."""
    if record.id.strip():
        return Text(record.id, record.id)
    if record.row:
        return Text(f"Rij {record.row.row}", f"Row {record.row.row}")
    return Text("Een regel zonder ID", "A row without an ID")


def day(when: date) -> Text:
    """A day as it is written in a sentence: 3 mei 2026, 3 May 2026."""
    month = MONTHS[when.month - 1]
    return Text(f"{when.day} {month.nl} {when.year}", f"{when.day} {month.en} {when.year}")


def month_of(when: date) -> Text:
    """The month of a day: mei 2026, May 2026."""
    month = MONTHS[when.month - 1]
    return Text(f"{month.nl} {when.year}", f"{month.en} {when.year}")


def weekday(when: date) -> Text:
    """The day of the week: zaterdag, Saturday."""
    return WEEKDAYS[when.weekday()]


def days(count: int) -> Text:
    """A number of days: 1 dag, 12 dagen; 1 day, 12 days."""
    return Text(
        f"{count} dag" if count == 1 else f"{count} dagen", f"{count} day" if count == 1 else f"{count} days"
    )


def percent(value: int) -> Text:
    """A percentage: 60 %, 60%."""
    return Text(f"{value} %", f"{value}%")


def number(value: float) -> Text:
    """A number without needless decimals: 1.234,5 in Dutch, 1,234.5 in English."""
    if not math.isfinite(value):
        return Text(str(value), str(value))
    places = 2 if abs(value) >= 0.1 or value == 0 else 6
    english = f"{value:,.{places}f}".rstrip("0").rstrip(".")
    return Text(english.translate(str.maketrans(",.", ".,")), english)


def word(value: Word | None) -> Text:
    """A word of a closed list as a sentence uses it; blank where there is none."""
    return value.value if value else BLANK


def light_word(light: TrafficLight) -> Text:
    """A light within a sentence: oranje, orange."""
    return Text(light.value.nl.lower(), light.value.en.lower())


def quoted(text: str) -> str:
    """A text on one line between quotation marks, cut where it gets long."""
    line = " ".join(text.split())
    return f"“{line[:_QUOTE_LENGTH].rstrip()}…”" if len(line) > _QUOTE_LENGTH + 1 else f"“{line}”"


def listed(names: Sequence[str], most: int = 6) -> Text:
    """Names in a sentence: A1, A2 en A3; a long list ends in "en 4 andere"."""
    shown, more = list(names[:most]), len(names) - most
    if more > 0:
        return Text(
            f"{', '.join(shown)} en nog {more}",
            f"{', '.join(shown)} and {more} more",
        )
    if len(shown) < 2:
        return Text("".join(shown), "".join(shown))
    head, tail = ", ".join(shown[:-1]), shown[-1]
    return Text(f"{head} en {tail}", f"{head} and {tail}")
