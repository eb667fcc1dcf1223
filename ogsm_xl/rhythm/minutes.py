"""The minutes of a session: what was typed into its workbook, and what of it changes the plan.

What a session decides about a line becomes a decision in the plan's list. Two things also change the action itself: a
new deadline, and a status (an action that begins, or one that is not done after all). New actions and the evaluation of the
quarter become rows of their own. Next year's plan is for people to bring in: it needs a hand that knows the plan. What was
filled in for it beforehand and reads differently now is told, beside what the plan says.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Final, NamedTuple, TypeAlias

from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.measures import direction_of
from ogsm_xl.plan.model import (
    Action,
    Decision,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Item,
    Plan,
    Session,
    Strategy,
    normalised_id,
    normalised_name,
)
from ogsm_xl.plan.unclear import plain_number
from ogsm_xl.plan.words import Direction, EvaluationSubject, Language, Status, Text, Word, YesNo
from ogsm_xl.rhythm.days import spoken_day
from ogsm_xl.rhythm.report import Column, Shape, Table
from ogsm_xl.rhythm.steering import evaluated_quarter


class Part(Word):
    """The part of a session in which something was typed."""

    DISCUSSED = Text("Besproken", "Discussed")
    CHECKED = Text("Alles gedaan?", "All done?")
    LEARNED = Text("Geleerd", "Learned")
    EVALUATED = Text("Evaluatie", "Evaluation")
    NEW_ACTION = Text("Nieuwe actie", "New action")
    PRIORITY = Text("Prioriteit", "Priority")
    CONCLUDED = Text("Loopt achter", "Behind schedule")
    UPDATED = Text("Plan van volgend jaar", "Next year's plan")


Value: TypeAlias = str | float | date | None


class Filled(NamedTuple):
    """A cell that was filled in from the plan, as it reads now: which field, the heading above it, and the value."""

    field: str
    heading: str
    value: Value


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on one line of a session workbook.

    Attributes:
        part: In which part.
        where: The first cell of what was typed.
        item: The ID of the item that it is about, or "".
        about: What it is about, where that is no item: a subject, or the text of what is new.
        text: What was decided or said.
        cause: Why it is as it is.
        who: Who does it, as typed.
        strategy: The strategy of a new action, as typed.
        evaluated: What to improve or start, to keep, and to stop, of the subject that `about` names.
        start: When a new action begins.
        deadline: A new deadline.
        answer: Yes or no, where that was asked.
        unclear: What could not be read, and where.
        filled: The cells of the line that were filled in from the plan, and that people may write over.
    """

    part: Part
    where: CellRef
    item: str = ""
    about: str = ""
    text: str = ""
    cause: str = ""
    who: str = ""
    strategy: str = ""
    evaluated: tuple[str, str, str] = ("", "", "")
    start: date | None = None
    deadline: date | None = None
    answer: bool | None = None
    unclear: tuple[Text, ...] = ()
    filled: tuple[Filled, ...] = ()


Was: TypeAlias = Status | date | None
Row: TypeAlias = Decision | Action | Evaluation
"""What the minutes can add to the plan."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of the plan that the minutes change; `field` is the field of the action."""

    cell: CellRef
    field: str
    before: Was
    after: Was


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the minutes.

    Attributes:
        typed: What was typed.
        item: What it is about, as the plan has it now; None where it is about no item, or one that is not in the plan.
        changes: What it changes in the plan.
        row: What it adds to the plan (without an ID), or None: a decision, a new action, an evaluation.
        notes: What a person should look at.
        by_hand: What a person has to bring into the plan, or None.
    """

    typed: Typed
    item: Item | None
    changes: tuple[CellChange, ...] = ()
    row: Row | None = None
    notes: tuple[Text, ...] = ()
    by_hand: Text | None = None


_GONE = Text(
    "{item} staat niet (meer) in het plan: er wordt niets gewijzigd.",
    "{item} is not in the plan (any more): nothing is changed.",
)
_AT_CELL = Text("{item}, {note}", "{item}, {note}")
_OF_ITEM = Text("{item}: {note}", "{item}: {note}")
_NO_ACTION = Text(
    "{item} is geen actie: er wordt niets gewijzigd.", "{item} is no action: nothing is changed."
)
_STRANGER = Text(
    "{who} staat niet bij de personen van het plan.", "{who} is not among the people of the plan."
)
_BEFORE = Text(
    "de deadline, {day}, ligt voor de sessie. Klopt dat?",
    "the deadline, {day}, is before the session. Is that right?",
)
_NO_RESULT = Text(
    "{cell}: hier ontbreekt de actie zelf; deze regel komt niet in het plan.",
    "{cell}: the action itself is missing here; this line does not go into the plan.",
)
_NO_STRATEGY = Text(
    "de strategie “{strategy}” staat niet in het plan: de actie komt er zonder strategie in.",
    "the strategy “{strategy}” is not in the plan: the action goes into it without one.",
)
_BY_HAND: Final = {Part.UPDATED: Text("Verwerk dit zelf in het plan.", "Bring this into the plan yourself.")}
_CAUSE = Text("{text} (oorzaak: {cause})", "{text} (cause: {cause})")
_ONLY_CAUSE = Text("Oorzaak: {cause}", "Cause: {cause}")
_ONLY_DEADLINE = Text("Nieuwe deadline", "New deadline")
_ONLY_WHO = Text("Wie: {who}", "Who: {who}")
_NOT_DONE = Text("Nog niet afgerond", "Not done yet")
_BEGINS = Text("Prioriteit, begint nu", "Priority, begins now")
_WITH = Text("{first}: {rest}", "{first}: {rest}")
_OVERWRITTEN = Text(
    "“{heading}” is nu {now} (in het plan: {plan})", "“{heading}” is now {now} (in the plan: {plan})"
)
_BLANK = Text("(leeg)", "(blank)")


def minutes_of(plan: Plan, session: Session, typed: Iterable[Typed], language: Language) -> tuple[Line, ...]:
    """The lines of the minutes, in the order of the workbook."""
    lines = tuple(typed)
    rows = Counter(normalised_id(each.item) for each in lines if each.filled)
    compared = (
        _beside_the_plan(plan, session, each, language)
        if each.filled and rows[normalised_id(each.item)] == 1  # a long text goes on in a next row
        else each
        for each in lines
    )
    return tuple(_line(plan, session, each, language) for each in compared if _says_something(each))


def _says_something(typed: Typed) -> bool:
    """Whether a line of next year's plan holds more than what was filled in."""
    return not typed.filled or bool(typed.text or typed.unclear)


def _beside_the_plan(plan: Plan, session: Session, typed: Typed, language: Language) -> Typed:
    """A line with what reads differently from the plan said in its text."""
    records: Iterable[Item | Goal | Factor] = (*plan.items, *plan.goals, *plan.factors)
    record = next((each for each in records if normalised_id(each.id) == normalised_id(typed.item)), None)
    if record is None:
        return typed
    told = [
        _OVERWRITTEN.filled(
            heading=filled.heading,
            now=_in_words(filled.value, session, language),
            plan=_in_words(stands, session, language),
        ).in_(language)
        for filled in typed.filled
        if not _is_the_same(filled, stands := _in_plan(record, filled.field), plan)
    ]
    return dataclasses.replace(typed, text=". ".join(filter(None, (typed.text, *told))))


def _in_plan(record: Item | Goal | Factor, field: str) -> Value:
    """What the plan says now in the place that a cell was filled in from."""
    match field:
        case "strategy":
            return record.strategies[0] if isinstance(record, Action) and record.strategies else None
        case "goals":
            return ", ".join(record.goals) if isinstance(record, Strategy) else None
        case "upper":
            is_band = isinstance(record, Indicator) and direction_of(record) is Direction.BAND
            return record.upper if isinstance(record, Indicator) and is_band else None
        case _:
            found: Value = getattr(record, field, None)
            return found


def _is_the_same(filled: Filled, stands: Value, plan: Plan) -> bool:
    """Whether a cell still says what the plan says; capitals of names, blanks and signs between IDs are no difference."""
    now = filled.value
    if isinstance(now, float) and isinstance(stands, (int, float)):
        return isclose(now, stands, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(now, (float, date)) or isinstance(stands, (int, float, date)):
        return now == stands
    written, planned = now or "", stands or ""
    match filled.field:
        case "strategy":
            chosen, known = _strategy(plan, written), _strategy(plan, planned)
            return chosen == known and (chosen is not None or not written)
        case "goals":
            return _ids_in(written) == _ids_in(planned)
        case "owner":
            same_person = plan.person(written) is not None and plan.person(written) == plan.person(planned)
            return same_person or normalised_name(written) == normalised_name(planned)
        case _:
            return written.split() == planned.split()


def _ids_in(written: str) -> set[str]:
    return {normalised_id(each) for each in re.split(r"[\s,;]+", written) if each}


def _in_words(value: Value, session: Session, language: Language) -> str:
    if isinstance(value, date):
        return spoken_day(value, session.date).in_(language)
    if isinstance(value, (int, float)):
        number = plain_number(float(value))
        return number.replace(".", ",") if language is Language.NL else number
    return " ".join((value or "").split()) or _BLANK.in_(language)


def _line(plan: Plan, session: Session, typed: Typed, language: Language) -> Line:
    item = plan.item(typed.item) if typed.item else None
    unread = (_AT_CELL.filled(item=typed.item, note=note) if typed.item else note for note in typed.unclear)
    notes = [*unread, *_notes(plan, session, typed, item)]
    changes = _changes(typed, item) if isinstance(item, Action) else ()
    row = _row(plan, session, typed, item, language)
    return Line(typed, item, changes, row, tuple(notes), _BY_HAND.get(typed.part))


def _row(plan: Plan, session: Session, typed: Typed, item: Item | None, language: Language) -> Row | None:
    """What a line adds to the plan."""
    person = plan.person(typed.who)
    who = person.name if person else typed.who
    if typed.part is Part.NEW_ACTION and typed.about:
        strategy = _strategy(plan, typed.strategy)
        return Action(
            "",
            typed.about,
            (strategy.id,) if strategy else (),
            who,
            start=typed.start,
            deadline=typed.deadline,
            status=Status.TO_DO,
        )
    if typed.part is Part.EVALUATED:
        subject = next((each for each in EvaluationSubject if typed.about in each.value), None)
        return Evaluation("", evaluated_quarter(session), subject, *typed.evaluated) if subject else None
    text = _decided(typed, language) if item is not None else ""
    if item is None or not text:
        return None
    return Decision("", session.date, session.id, item.id, text, who, typed.deadline)


def _strategy(plan: Plan, written: str) -> Strategy | None:
    """The strategy that was chosen: the list has its ID before its text."""
    number = normalised_id((written.split() or [""])[0].rstrip(".:"))
    return next((each for each in plan.strategies if normalised_id(each.id) == number), None)


def _notes(plan: Plan, session: Session, typed: Typed, item: Item | None) -> list[Text]:
    found = []
    if typed.item and item is None and typed.part is not Part.UPDATED:
        found.append(_GONE.filled(item=typed.item))
    if item is not None and not isinstance(item, Action) and typed.part is Part.DISCUSSED:
        found.append(_NO_ACTION.filled(item=typed.item))
    if typed.part is Part.NEW_ACTION and not typed.about:
        found.append(_NO_RESULT.filled(cell=typed.where))
    if typed.part is Part.NEW_ACTION and typed.strategy and _strategy(plan, typed.strategy) is None:
        found.append(_about(typed, _NO_STRATEGY.filled(strategy=typed.strategy)))
    if typed.deadline and typed.deadline < session.date and typed.deadline != getattr(item, "deadline", None):
        found.append(_about(typed, _BEFORE.filled(day=spoken_day(typed.deadline, session.date))))
    if typed.who and plan.person(typed.who) is None:
        found.append(_about(typed, _STRANGER.filled(who=typed.who)))
    return found


def _about(typed: Typed, note: Text) -> Text:
    """A note with the number of the item that it is about; of what is new, with its cell."""
    return _OF_ITEM.filled(item=typed.item or str(typed.where), note=note)


def _changes(typed: Typed, action: Action) -> tuple[CellChange, ...]:
    match typed.part, typed.answer:
        case Part.DISCUSSED, _ if typed.deadline and typed.deadline != action.deadline:
            return _changed(action, "deadline", typed.deadline)
        case Part.PRIORITY, True if action.status is not Status.IN_PROGRESS:
            return _changed(action, "status", Status.IN_PROGRESS)
        case Part.CHECKED, False if action.status is Status.DONE:
            cleared = _changed(action, "done_on", None) if action.done_on else ()
            return (*_changed(action, "status", Status.IN_PROGRESS), *cleared)
    return ()


def _changed(action: Action, field: str, after: Was) -> tuple[CellChange, ...]:
    if action.row is None or field not in action.row.place.columns:
        return ()
    return (CellChange(action.row.cell(field), field, getattr(action, field), after),)


def _decided(typed: Typed, language: Language) -> str:
    """What goes into the list of decisions; "" where nothing was decided about an item."""
    match typed.part, typed.answer:
        case Part.DISCUSSED, _:
            return _discussed(typed, language)
        case Part.CHECKED, False:
            return _with(_NOT_DONE, typed.text, language)
        case Part.PRIORITY, True:
            return _with(_BEGINS, typed.text, language)
        case ((Part.CHECKED | Part.PRIORITY | Part.CONCLUDED), _):
            return typed.text
    return ""


def _discussed(typed: Typed, language: Language) -> str:
    if typed.text and typed.cause:
        return _CAUSE.filled(text=typed.text, cause=typed.cause).in_(language)
    if typed.text:
        return typed.text
    if typed.cause:
        return _ONLY_CAUSE.filled(cause=typed.cause).in_(language)
    if typed.deadline:
        return _ONLY_DEADLINE.in_(language)
    return _ONLY_WHO.filled(who=typed.who).in_(language) if typed.who else ""


def _with(first: Text, rest: str, language: Language) -> str:
    said = first.in_(language)
    return _WITH.filled(first=said, rest=rest).in_(language) if rest else said


def is_in(row: Row, plan: Plan) -> bool:
    """Whether the plan has this already: a decision of this session, an action with this text, this subject's evaluation."""
    match row:
        case Decision():
            return any(_same(row, each) for each in plan.decisions)
        case Action():
            return any(normalised_name(each.text) == normalised_name(row.text) for each in plan.actions)
        case Evaluation():
            return any(
                (normalised_id(each.quarter), each.subject) == (row.quarter, row.subject)
                for each in plan.evaluations
            )


def _same(decision: Decision, other: Decision) -> bool:
    return (
        normalised_id(other.session) == normalised_id(decision.session)
        and normalised_id(other.item) == normalised_id(decision.item)
        and normalised_name(other.text) == normalised_name(decision.text)
    )


_COLUMNS: Final = (
    Column("part", Text("Onderdeel", "Part"), Shape.TEXT),
    Column("id", Text("Nr.", "No."), Shape.TEXT),
    Column("about", Text("Waarover", "About"), Shape.LONG_TEXT),
    Column("cause", Text("Oorzaak", "Cause"), Shape.LONG_TEXT),
    Column("text", Text("Besluit of opmerking", "Decision or remark"), Shape.LONG_TEXT),
    Column("who", Text("Wie", "Who"), Shape.TEXT),
    Column("deadline", Text("Deadline", "Deadline"), Shape.DAY),
    Column("plan", Text("In het plan", "In the plan"), Shape.LONG_TEXT),
)


def said_about(typed: Typed) -> str:
    """What a line is about that is about no item of the plan."""
    return " · ".join(filter(None, (typed.about, typed.strategy)))


def minutes_table(lines: Sequence[Line], said: Sequence[str], language: Language) -> Table:
    """The minutes as a table to read; `said` is what each line changes in the plan, in words."""
    rows = []
    for line, in_plan in zip(lines, said, strict=True):
        typed = line.typed
        answer = "" if typed.answer is None else (YesNo.YES if typed.answer else YesNo.NO).word(language)
        rows.append(
            (
                typed.part.word(language),
                typed.item,
                line.item.text if line.item else said_about(typed),
                typed.cause,
                ". ".join(filter(None, (answer, typed.text))),
                typed.who,
                typed.deadline,
                "\n".join(filter(None, (in_plan, *(note.in_(language) for note in line.notes)))),
            )
        )
    return Table(_COLUMNS, tuple(rows))
