"""Reads a form that came back: what the owner answered, and from which mail it is.

It may have been saved by Excel, LibreOffice, Google Sheets or Numbers, renamed, with its sheets in another order, the
hidden ones shown or gone, and rows moved. So nothing is found by its place: an answer stands in the row of its key,
and only what differs from what was filled in beforehand is an answer.

Its cells are read from the XML here, not with python-calamine: a form is small, anybody may have sent it, and calamine
ends the whole process on some files (a reference such as `A99999999999`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from math import isfinite
from types import MappingProxyType
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from ogsm_xl.excel.forms.form_questions import (
    ANSWER,
    HEADINGS,
    KEY,
    KEY_COLUMN,
    QUESTION_OF,
    TOKEN,
    WAS,
    Question,
    kept_value,
)
from ogsm_xl.excel.layout import Kind
from ogsm_xl.excel.ooxml.package import Limits, Package, open_package, unescaped
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.token import find_tokens
from ogsm_xl.plan.cells import column_number
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Status, Text, TrafficLight
from ogsm_xl.plan.written import (
    DateOrder,
    Scale,
    Unclear,
    read_date,
    read_light,
    read_number,
    read_progress,
    read_status,
    read_text,
    read_yes_no,
)

_LIMITS = Limits(
    file_bytes=2_000_000, members=300, unpacked_bytes=15_000_000, part_bytes=5_000_000, cells=100_000
)
_MOST_KEYS = 5_000
_DIGITS = 9
_ROW = re.compile("[1-9][0-9]{0,6}")
_POSITION = re.compile("[A-Za-z]{1,3}(?=[1-9][0-9]{0,6}$)")

_Rows: TypeAlias = Mapping[int, Mapping[int, object]]


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What the owner answered on one item: only what differs from what was filled in beforehand.

    Attributes:
        item: The ID of the item, as the form has it.
        update: The explanation on a strategy or an indicator.
        no_change: The owner says that nothing changed.
        problems: What could not be read, and where; these fields are blank.
    """

    item: str
    light: TrafficLight | None = None
    status: Status | None = None
    progress: int | None = None
    value: float | None = None
    measured_on: date | None = None
    done: str = ""
    next: str = ""
    needed: str = ""
    proposal: str = ""
    update: str = ""
    no_change: bool = False
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form that came back.

    Attributes:
        token: The token of the mail that it went out with, or None when it was lost.
        answers: The items with an answer or a problem, in the form's order.
        unchanged: It came back as it went out.
        problems: What is wrong with the form as a whole.
    """

    token: str | None
    answers: tuple[FormAnswer, ...]
    unchanged: bool
    problems: tuple[Text, ...] = ()


class NoForm(InputProblem):
    """The workbook is sound, but no form of ours."""


@dataclass(slots=True)
class _Found:
    """What a returned workbook holds, wherever it stands."""

    answers: dict[str, list[tuple[Text, object]]] = field(default_factory=dict)  # key → where, what
    prefilled: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)


def read_form(content: bytes, name: str = "form.xlsx") -> FormReading:
    """Read a form that came back.

    Args:
        content: The attachment, from anybody.
        name: What it is called, for the sentences about it.

    Raises:
        NoForm: It is a workbook, but no form of ours.
        InputProblem: It is no workbook, damaged, or larger than any form is.
    """
    found = _Found()
    for sheet, rows in _sheets(content, name):
        _collect(sheet, rows, found)
    if not found.answers:
        raise NoForm(
            Text(
                "Dit werkboek is geen OGSM-formulier. Vul de bijlage bij de mail in en stuur die terug.",
                "This workbook is no OGSM form. Fill in the attachment of the mail and send that back.",
            )
        )
    tokens = tuple(dict.fromkeys(found.tokens))
    problems = (_TWO_REFERENCES,) if len(tokens) > 1 else ()
    answers = tuple(answer for answer in _answers(found) if answer != FormAnswer(answer.item))
    return FormReading(
        token=tokens[0] if len(tokens) == 1 else None,
        answers=answers,
        unchanged=not answers and not problems,
        problems=problems,
    )


_TWO_REFERENCES = Text(
    "In dit formulier staan kenmerken van meer dan één mail. Stuur elk formulier apart terug.",
    "This form holds references of more than one mail. Send each form back by itself.",
)
_TOO_LARGE = Text(
    "Dit bestand is veel groter dan een OGSM-formulier. Vul de bijlage bij de mail in en stuur die terug.",
    "This file is much larger than an OGSM form. Fill in the attachment of the mail and send that back.",
)
_WHERE = Text("blad {sheet}, regel {row}", "sheet {sheet}, row {row}")
_TWICE = Text(
    "deze vraag staat er met verschillende antwoorden", "this question is there with different answers"
)


class _Attached(BytesIO):
    """An attachment with its name, as a file has it."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def _sheets(content: bytes, name: str) -> Iterator[tuple[str, _Rows]]:
    """The name and cells of each sheet."""
    with open_package(_Attached(content, name), _LIMITS) as package:
        strings = _shared_strings(package)
        cells = 0
        for sheet in package.sheets:
            rows = _rows(package, sheet.part, strings)
            cells += sum(map(len, rows.values()))
            if cells > _LIMITS.cells:
                raise InputProblem(_TOO_LARGE)
            yield sheet.name, rows


def _shared_strings(package: Package) -> Sequence[str]:
    """The texts that cells refer to by number."""
    parts = (r.target for r in package.relations(package.workbook_part) if r.kind == "sharedStrings")
    part = next((target for target in parts if package.has(target)), None)
    return [_text(entry) for entry in package.tree(part).findall("{*}si")] if part else ()


def _rows(package: Package, part: str, strings: Sequence[str]) -> _Rows:
    """The filled cells of a sheet: row and column, counted from 1, to value. Where it gives no position, the next one."""
    rows: dict[int, dict[int, object]] = {}
    number = 0
    for row in package.tree(part).iterfind("{*}sheetData/{*}row"):
        given = row.get("r", "")
        number = int(given) if _ROW.fullmatch(given) else number + 1
        cells = rows.setdefault(number, {})
        column = 0
        for cell in row.iterfind("{*}c"):
            position = _POSITION.match(cell.get("r", ""))
            column = column_number(position[0]) if position else column + 1
            value = _value(cell, strings)
            if value not in {None, ""}:
                cells[column] = value
    return rows


def _value(cell: Element, strings: Sequence[str]) -> object:
    """What a cell holds: a text (also for an error value), a number, a truth value, or nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(entry) for entry in cell.findall("{*}is"))
    written = cell.findtext("{*}v") or ""
    if kind == "s":
        known = written.isdecimal() and len(written) < _DIGITS and int(written) < len(strings)
        return strings[int(written)] if known else ""
    if kind == "b":
        return written == "1"
    if kind == "n" and written:
        try:
            number = float(written)
        except ValueError:
            return written
        return number if isfinite(number) else written
    return unescaped(written)


def _text(entry: Element) -> str:
    """A text with its runs joined; what says how to pronounce it is left out."""
    return unescaped("".join(t.text or "" for path in ("{*}t", "{*}r/{*}t") for t in entry.iterfind(path)))


def _collect(sheet: str, rows: _Rows, found: _Found) -> None:
    """Keys, prefilled values and tokens of one sheet."""
    headings = set(HEADINGS[ANSWER])
    answer_column: int | None = None
    for number, row in rows.items():
        for column, cell in row.items():
            if not isinstance(cell, str):
                continue
            beside = str(row.get(column + 1, ""))
            if cell.strip() in headings:
                answer_column = column
            elif cell.startswith(WAS):
                found.prefilled[cell.removeprefix(WAS)] = beside
            elif cell == TOKEN:
                found.tokens += find_tokens(beside)
            elif cell.startswith(KEY) and len(found.answers) < _MOST_KEYS:
                at = column + ANSWER - KEY_COLUMN if answer_column is None else answer_column
                value = row.get(at) if at < column else None
                where = _WHERE.filled(sheet=one_line(sheet, 40), row=number)
                found.answers.setdefault(cell.removeprefix(KEY), []).append((where, value))
            elif cell.startswith("OGSM-REF"):
                found.tokens += find_tokens(cell)


def _answers(found: _Found) -> Iterator[FormAnswer]:
    """One answer for each item, in the form's order."""
    by_item: dict[str, FormAnswer] = {}
    for key, cells in found.answers.items():
        item, _, name = key.rpartition(":")
        if not item or name not in QUESTION_OF:
            continue
        answer = by_item.setdefault(item, FormAnswer(item))
        by_item[item] = _with_answer(answer, QUESTION_OF[name], cells, found.prefilled.get(key))
    yield from by_item.values()


def _with_answer(
    answer: FormAnswer, asked: Question, cells: list[tuple[Text, object]], prefilled: str | None
) -> FormAnswer:
    """The answer with one more field, or with the problem that this field has."""
    where = cells[0][0]
    written = [value for _, value in cells if value not in {None, ""}]
    if len({str(value) for value in written}) > 1:
        return _with_problem(answer, asked, where, _TWICE)
    if not written:
        return answer
    try:
        value = _READERS[asked.kind](written[0])
    except Unclear as unclear:
        return _with_problem(answer, asked, where, unclear.text)
    if value is None or kept_value(value) == prefilled:
        return answer
    return replace(answer, **{asked.name: value})


def _with_problem(answer: FormAnswer, asked: Question, where: Text, what: Text) -> FormAnswer:
    problem = Text("{item}, {label} ({where}): {what}", "{item}, {label} ({where}): {what}").filled(
        item=one_line(answer.item, 40), label=asked.label, where=where, what=what
    )
    return replace(answer, problems=(*answer.problems, problem))


_READERS: Mapping[Kind, Callable[[object], Any]] = MappingProxyType(
    {
        Kind.LIGHT: read_light,
        Kind.STATUS: read_status,
        Kind.PERCENT: lambda value: read_progress(
            value, Scale.FRACTION
        ),  # the cell is formatted as a percentage
        Kind.NUMBER: read_number,
        Kind.DATE: lambda value: read_date(value, DateOrder.DAY_FIRST),
        Kind.YES_NO: read_yes_no,
        Kind.LONG_TEXT: read_text,
    }
)
