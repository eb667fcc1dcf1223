"""Reads a form that came back: what the owner answered, and from which mail it is.

It may have been saved by Excel, LibreOffice, Google Sheets or Numbers, renamed, with its sheets in another order, the
hidden ones shown or gone, and rows moved. So nothing is found by its place: an answer stands in the row of its key,
and only what differs from what was filled in beforehand is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ogsm_xl.excel.form_questions import (
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
from ogsm_xl.excel.package import Limits, open_package
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.token import find_tokens
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
    file_bytes=5_000_000, members=300, unpacked_bytes=40_000_000, part_bytes=20_000_000, cells=200_000
)
_MOST_KEYS = 5_000


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


def read_form(content: bytes) -> FormReading:
    """Read a form that came back.

    Args:
        content: The attachment, from anybody.

    Raises:
        NoForm: It is a workbook, but no form of ours.
        InputProblem: It is no workbook, damaged, or larger than any form is.
    """
    found = _Found()
    for sheet, rows in _sheets(content):
        _collect(sheet, rows, found)
    if not found.answers:
        raise NoForm(
            Text(
                "Deze werkmap is geen OGSM-formulier. Vul de bijlage bij de mail in en stuur die terug.",
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
_DAMAGED = Text(
    "Dit formulier is niet te lezen. Open het in Excel, sla het opnieuw op en stuur het nog eens.",
    "This form can't be read. Open it in Excel, save it again and send it once more.",
)
_WHERE = Text("blad {sheet}, regel {row}", "sheet {sheet}, row {row}")
_TWICE = Text(
    "deze vraag staat er met verschillende antwoorden", "this question is there with different answers"
)


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    """The name and cells of each sheet, from A1 on; sheets are opened only after their size was checked."""
    with open_package(BytesIO(content), _LIMITS) as package:
        sheets = package.sheets
        areas = [area for sheet in sheets if (area := package.used_area(sheet))]
        if sum(area.last_row * area.last_column for area in areas) > _LIMITS.cells:
            raise InputProblem(_TOO_LARGE)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in sheets:
            yield sheet.name, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise InputProblem(_DAMAGED) from error


def _collect(sheet: str, rows: list[list[Any]], found: _Found) -> None:
    """Keys, prefilled values and tokens of one sheet."""
    headings = set(HEADINGS[ANSWER])
    answer_column: int | None = None
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            beside = row[column + 1] if column + 1 < len(row) else ""
            if cell.strip() in headings:
                answer_column = column
            elif cell.startswith(WAS):
                found.prefilled[cell.removeprefix(WAS)] = str(beside)
            elif cell == TOKEN:
                found.tokens += find_tokens(str(beside))
            elif cell.startswith(KEY) and len(found.answers) < _MOST_KEYS:
                at = column + ANSWER - KEY_COLUMN if answer_column is None else answer_column
                value = row[at] if 0 <= at < column else ""
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
