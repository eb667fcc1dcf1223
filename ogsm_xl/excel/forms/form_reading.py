"""Reads a form that came back: what the owner answered, and from which mail it is.

It may have been saved by Excel, LibreOffice, Google Sheets or Numbers, renamed, with sheets added and rows moved. So
nothing is found by its place: an answer stands in the row of its key, and only what differs from what was filled in
beforehand is an answer. Where it is lost what was filled in beforehand, what stands there can't be told from an answer,
and counts for none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ogsm_xl.excel.forms.form_cells import NoResult, Rows, sheets_of
from ogsm_xl.excel.forms.form_questions import (
    ANSWER,
    HEADINGS,
    KEY,
    KEY_COLUMN,
    PREFILLED_KINDS,
    QUESTION_OF,
    WAS,
    Question,
    kept_value,
)
from ogsm_xl.excel.layout import Kind
from ogsm_xl.letters.mail import one_line, without_unseen
from ogsm_xl.letters.token import find_tokens
from ogsm_xl.plan.cells import column_letters
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
    shown,
)

_MOST_KEYS = 5_000
_LONGEST_LETTERS = 2  # of a light written as letters


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
    lost: bool = False  # what was filled in beforehand where something stands now


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
    for sheet, rows in sheets_of(content, name):
        _collect(sheet, rows, found)
    if not found.answers:
        raise NoForm(
            Text(
                "Dit werkboek is geen OGSM-formulier. Vul de bijlage bij de mail in en stuur die terug.",
                "This workbook is no OGSM form. Fill in the attachment of the mail and send that back.",
            )
        )
    tokens = tuple(dict.fromkeys(found.tokens))
    answers = tuple(answer for answer in _answers(found) if answer != FormAnswer(answer.item))
    problems = tuple(
        problem
        for problem, applies in ((_TWO_REFERENCES, len(tokens) > 1), (_PREFILLED_LOST, found.lost))
        if applies
    )
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
_PREFILLED_LOST = Text(
    "Uit dit formulier is verdwenen wat er vooraf was ingevuld. Daarom is niet te zien welke verkeerslichten, statussen en "
    "percentages je hebt veranderd; die zijn niet verwerkt. Zet ze in een mail, of vul de bijlage bij de mail opnieuw in.",
    "What was filled in beforehand is gone from this form. So nobody can tell which lights, statuses and percentages you "
    "changed; they were not recorded. Write them in a mail, or fill in the attachment of the mail again.",
)
_WHERE = Text("blad {sheet}, cel {cell}", "sheet {sheet}, cell {cell}")
_NO_RESULT = Text(
    "hier staat een formule waarvan de uitkomst niet in het bestand zit. Typ de waarde zelf.",
    "there is a formula here whose result is not in the file. Type the value itself.",
)
_NO_CHOICE = Text("“{value}” is hier geen keuze.", "“{value}” is no choice here.")
_TWICE = Text(
    "deze vraag staat er met verschillende antwoorden", "this question is there with different answers"
)


def _collect(sheet: str, rows: Rows, found: _Found) -> None:
    """Keys, prefilled values and tokens of one sheet."""
    headings = set(HEADINGS[ANSWER])
    answer_column: int | None = None
    for number, row in rows.items():
        for column, cell in row.items():
            if not isinstance(cell, str):
                continue
            if cell.strip() in headings:
                answer_column = column
            elif cell.startswith(KEY) and len(found.answers) < _MOST_KEYS:
                at = column + ANSWER - KEY_COLUMN if answer_column is None else answer_column
                value = row.get(at) if at < column else None
                place = f"{column_letters(max(1, at))}{number}"
                where = _WHERE.filled(sheet=one_line(sheet, 40), cell=place)
                found.answers.setdefault(cell.removeprefix(KEY), []).append((where, value))
                behind = (text for at, text in row.items() if at > column)
                for text in behind:
                    if isinstance(text, str) and text.startswith(WAS):
                        found.prefilled[cell.removeprefix(KEY)] = text.removeprefix(WAS)
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
        asked = QUESTION_OF[name]
        if asked.kind in PREFILLED_KINDS and key not in found.prefilled:
            found.lost = found.lost or any(value is not None for _, value in cells)
            continue
        by_item[item] = _with_answer(answer, asked, cells, found.prefilled.get(key))
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
    if written[0] is NoResult.FORMULA:
        return _with_problem(answer, asked, where, _NO_RESULT)
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


def _read_light(value: object) -> TrafficLight | None:
    """The light that is meant. In the form a colour is chosen from a list: one that is not in it means nothing."""
    try:
        return read_light(value)
    except Unclear as unclear:
        if unclear.ambiguous and len(str(value).strip()) > _LONGEST_LETTERS and str(value).strip().isalpha():
            raise Unclear(_NO_CHOICE.filled(value=shown(value)), unclear.write) from unclear
        raise


def _read_day(value: object) -> date | None:
    """The day that is meant; with slashes, programs set to American English put the month first."""
    order = None if isinstance(value, str) and "/" in value else DateOrder.DAY_FIRST
    return read_date(value, order)


def _read_text(value: object) -> str:
    """The text as a person sees it: a program can write control characters into a cell (`_x0001_`)."""
    return read_text(without_unseen(value) if isinstance(value, str) else value)


_READERS: Mapping[Kind, Callable[[object], Any]] = MappingProxyType(
    {
        Kind.LIGHT: _read_light,
        Kind.STATUS: read_status,
        Kind.PERCENT: lambda value: read_progress(
            value, Scale.FRACTION
        ),  # the cell is formatted as a percentage
        Kind.NUMBER: read_number,
        Kind.DATE: _read_day,
        Kind.YES_NO: read_yes_no,
        Kind.LONG_TEXT: _read_text,
    }
)
