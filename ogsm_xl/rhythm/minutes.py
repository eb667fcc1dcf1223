"""The minutes of a session: what was typed into its workbook, and what of it changes the plan.

What a session decides about a line becomes a decision in the plan's list. Two things also change the action itself: a
new deadline, and a status (an action that begins, or one that is not done after all). The rest is for people to read:
new actions, evaluations and next year's plan need a hand that knows the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.model import Action, Decision, Item, Plan, Session, normalised_id, normalised_name
from ogsm_xl.plan.words import Language, Status, Text, Word, YesNo
from ogsm_xl.rhythm.report import Column, Shape, Table


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
        start: When a new action begins.
        deadline: A new deadline.
        answer: Yes or no, where that was asked.
        unclear: What could not be read, and where.
    """

    part: Part
    where: CellRef
    item: str = ""
    about: str = ""
    text: str = ""
    cause: str = ""
    who: str = ""
    start: date | None = None
    deadline: date | None = None
    answer: bool | None = None
    unclear: tuple[Text, ...] = ()


Was: TypeAlias = Status | date | None


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
        decision: The row for the plan's list of decisions (without an ID), or None.
        notes: What a person should look at.
        by_hand: What a person has to bring into the plan, or None.
    """

    typed: Typed
    item: Item | None
    changes: tuple[CellChange, ...] = ()
    decision: Decision | None = None
    notes: tuple[Text, ...] = ()
    by_hand: Text | None = None


_GONE = Text(
    "{item} staat niet (meer) in het plan: er wordt niets gewijzigd.",
    "{item} is not in the plan (any more): nothing is changed.",
)
_NO_ACTION = Text(
    "{item} is geen actie: er wordt niets gewijzigd.", "{item} is no action: nothing is changed."
)
_STRANGER = Text(
    "{who} staat niet bij de personen van het plan.", "{who} is not among the people of the plan."
)
_BY_HAND: Final = {
    Part.NEW_ACTION: Text("Zet deze actie zelf in het plan.", "Add this action to the plan yourself."),
    Part.UPDATED: Text("Verwerk dit zelf in het plan.", "Bring this into the plan yourself."),
    Part.EVALUATED: Text("Zet dit zelf bij de evaluaties.", "Add this to the evaluations yourself."),
}
_CAUSE = Text("{text} (oorzaak: {cause})", "{text} (cause: {cause})")
_ONLY_CAUSE = Text("Oorzaak: {cause}", "Cause: {cause}")
_ONLY_DEADLINE = Text("Nieuwe deadline", "New deadline")
_ONLY_WHO = Text("Wie: {who}", "Who: {who}")
_NOT_DONE = Text("Nog niet afgerond", "Not done yet")
_BEGINS = Text("Prioriteit, begint nu", "Priority, begins now")
_WITH = Text("{first}: {rest}", "{first}: {rest}")


def minutes_of(plan: Plan, session: Session, typed: Iterable[Typed], language: Language) -> tuple[Line, ...]:
    """The lines of the minutes, in the order of the workbook."""
    return tuple(_line(plan, session, each, language) for each in typed)


def _line(plan: Plan, session: Session, typed: Typed, language: Language) -> Line:
    item = plan.item(typed.item) if typed.item else None
    notes = [*typed.unclear, *_notes(plan, typed, item)]
    changes = _changes(typed, item) if isinstance(item, Action) else ()
    text = _decided(typed, language) if item is not None else ""
    decision = None
    if item is not None and text:
        person = plan.person(typed.who)
        who = person.name if person else typed.who
        decision = Decision("", session.date, session.id, item.id, text, who, typed.deadline)
    return Line(typed, item, changes, decision, tuple(notes), _BY_HAND.get(typed.part))


def _notes(plan: Plan, typed: Typed, item: Item | None) -> list[Text]:
    found = []
    if typed.item and item is None and typed.part is not Part.UPDATED:
        found.append(_GONE.filled(item=typed.item))
    if item is not None and not isinstance(item, Action) and typed.part is Part.DISCUSSED:
        found.append(_NO_ACTION.filled(item=typed.item))
    if typed.who and plan.person(typed.who) is None:
        found.append(_STRANGER.filled(who=typed.who))
    return found


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


def is_in(decision: Decision, plan: Plan) -> bool:
    """Whether the plan's list has this decision already."""
    return any(
        normalised_id(each.session) == normalised_id(decision.session)
        and normalised_id(each.item) == normalised_id(decision.item)
        and normalised_name(each.text) == normalised_name(decision.text)
        for each in plan.decisions
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
                line.item.text if line.item else typed.about,
                typed.cause,
                ". ".join(filter(None, (answer, typed.text))),
                typed.who,
                typed.deadline,
                "\n".join(filter(None, (in_plan, *(note.in_(language) for note in line.notes)))),
            )
        )
    return Table(_COLUMNS, tuple(rows))
