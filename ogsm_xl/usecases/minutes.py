"""The minutes of a session: read what was typed into its workbook, list it, and write into the plan what was decided.

A decision is written once: the ledger remembers what was written for a session, and the plan's own list of decisions is
looked at as well. Both the decisions and the cells that they change go into the plan in one step.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from ogsm_xl.config import Config
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, Writable
from ogsm_xl.excel.layout import ACTIONS, DECISIONS, EVALUATIONS, Kind, Table
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.excel.session.choices import objective_of
from ogsm_xl.excel.session.typed import TypedIn, read_typed
from ogsm_xl.excel.templates.template_parts import value_to_write
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.rows import kept
from ogsm_xl.letters.wording import day_in_words
from ogsm_xl.plan.cells import TablePlace
from ogsm_xl.plan.model import Action, Decision, Evaluation, Plan, Session, normalised_id
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Status, Text, YesNo
from ogsm_xl.rhythm.minutes import CellChange, Line, Row, Typed, is_in, minutes_of, minutes_table, said_about
from ogsm_xl.usecases.in_charge import check_charge
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed
from ogsm_xl.usecases.report import write_table
from ogsm_xl.usecases.row_edits import notice_edited_rows, saved_at

_TITLE = Text("Verslag {kind} {day}", "Minutes of the {kind} of {day}")
_BLANK = Text("(leeg)", "(blank)")
_CHANGE = Text("{cell}: {before} → {after}", "{cell}: {before} → {after}")
_ADDED: Final[Mapping[type[Row], Text]] = {
    Decision: Text("in de besluitenlijst", "in the list of decisions"),
    Action: Text("als nieuwe actie", "as a new action"),
    Evaluation: Text("bij de evaluaties", "with the evaluations"),
}
_BESIDE = Text("{where}, naast {ids} van deze sessie", "{where}, beside {ids} of this session")
_TABLES: Final[Mapping[type[Row], Table]] = {Decision: DECISIONS, Action: ACTIONS, Evaluation: EVALUATIONS}
_COUNTED: Final[Mapping[type[Row], tuple[Text, Text]]] = {
    Decision: (Text("besluit", "decision"), Text("besluiten", "decisions")),
    Action: (Text("nieuwe actie", "new action"), Text("nieuwe acties", "new actions")),
    Evaluation: (Text("evaluatie", "evaluation"), Text("evaluaties", "evaluations")),
}
_CELLS: Final = (Text("gewijzigde cel", "changed cell"), Text("gewijzigde cellen", "changed cells"))
_STANDS = Text("staat al in het plan", "is in the plan already")
_NOT_READ = Text("(niet te lezen, zie hieronder)", "(can't be read, see below)")
_NO_SHEET = Text(
    "Het plan heeft geen blad {sheet}: wat daarvoor is ingevuld komt er niet in.",
    "The plan has no sheet {sheet}: what was filled in for it does not go into it.",
)
_UNSETTLED = Text(
    "{item}: dit nummer staat niet vast in het plan (nog niet ingevuld, of dubbel); die regel wordt niet gewijzigd.",
    "{item}: this number is not settled in the plan (not filled in yet, or twice); that row is not changed.",
)
_NO_SUCH_SESSION = Text(
    "{file} is van sessie {session}, en die staat niet in het plan. Is het een werkboek van dit plan?",
    "{file} is of session {session}, which is not in the plan. Is it a workbook of this plan?",
)
_ANOTHER_PLAN = Text(
    "{file} lijkt van een ander plan, of van voor een wijziging: sessie {session} is daarin van {was}, en in dit plan van {now}. Hoort het toch bij dit plan, noem dan de sessie: --session {session}.",
    "{file} seems to be of another plan, or from before a change: session {session} is of {was} in it, and of {now} in this plan. If it does belong to this plan, name the session: --session {session}.",
)
_NO_SESSION = Text(
    "In {file} staat niet van welke sessie het is. Noem die met --session, zoals --session SES9.",
    "{file} does not say which session it is of. Name it with --session, such as --session SES9.",
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The minutes beside one version of the plan; `written` is what the ledger remembers of this session."""

    read: ReadPlan
    session: Session
    lines: tuple[Line, ...]
    written: frozenset[str]

    def is_settled(self, line: Line) -> bool:
        """Whether the number of its item is that of one row of the plan, which keeps it."""
        return normalised_id(line.typed.item) not in self.read.unsettled_ids

    def changes(self, line: Line) -> tuple[CellChange, ...]:
        """The cells that a line still has to change."""
        if not self.is_settled(line):
            return ()
        return tuple(c for c in line.changes if _change_key(line, c) not in self.written)

    def row(self, line: Line) -> Row | None:
        """What a line still has to add to the plan; None where the plan has it, or has no sheet for it."""
        row = line.row
        if row is None or _TABLES[type(row)].name not in self.read.places:
            return None
        return None if _row_key(row) in self.written or is_in(row, self.read.plan) else row


def minutes(
    *,
    config: Config,
    ledger: Ledger,
    now: datetime,
    workbook: Path,
    machine: str,
    session_id: str | None = None,
    out: Path | None = None,
    agreed: Callable[[Sequence[Text]], bool] | None = None,
    dry_run: bool = False,
) -> Outcome:
    """List what was typed into a session workbook, and write into the plan what it decides.

    Args:
        config: The configuration.
        ledger: Remembers what was written.
        now: The moment of the run.
        workbook: The session workbook.
        machine: This machine's name; what is written is noted in the ledger that knows the rows of the plan.
        session_id: Which session it is of, for a workbook that does not say it.
        out: The page, table or workbook of the minutes to make as well: .html, .csv or .xlsx.
        agreed: Shown all that would be written and what a person should look at, answers whether it is written; None
            writes nothing.
        dry_run: Change and make nothing.

    Raises:
        InputProblem: The workbook is none of a session of this plan, the plan can't be used or written, another machine is
            in charge of it, or `out` can't be made.
        OutsideProblem: The plan is open in Excel, or the share is gone.
    """
    read = read_plan(config.workbook)
    language = read.plan.language
    typed = read_typed(workbook, language)
    session = _session(read.plan, workbook, session_id or typed.session)
    if session_id is None:
        _refuse_of_another_plan(read.plan, session, workbook, typed)
    seen = _see(read, session, typed.lines, ledger)
    said = [_in_plan(line, seen, language) for line in seen.lines]
    details = [_listed(line, words, language) for line, words in zip(seen.lines, said, strict=True)]
    if out is not None and not dry_run:
        table = minutes_table(seen.lines, [words.in_(language) for words in said], language)
        kind, day = session.kind.word(language).lower(), day_in_words(session.date, language)
        title = _TITLE.filled(kind=kind, day=day).in_(language)
        write_table(out, table, title=title, language=language, now=now)
        details.append(Text(f"Ernaast: {out}", f"Beside it: {out}"))
    todo, problems = _todo(seen), _to_look_at(seen)
    wrote = False
    if todo.nl and agreed is not None and not dry_run:
        check_charge(config, ledger, machine)
        wrote = agreed([*details, *problems])
        if wrote:
            _write(config, ledger, now, session, typed.lines)
    return Outcome(
        ExitCode.LOOK if problems or any(line.by_hand for line in seen.lines) else ExitCode.DONE,
        _summary(seen, todo, wrote=wrote, asked=agreed is not None and not dry_run),
        problems,
        details,
        data={
            "session": session.id,
            "file": str(workbook),
            "written": wrote,
            "lines": [
                _plain(line, words, seen, language) for line, words in zip(seen.lines, said, strict=True)
            ],
        },
    )


def _session(plan: Plan, workbook: Path, session_id: str) -> Session:
    if not session_id:
        raise InputProblem(_NO_SESSION.filled(file=workbook.name))
    session = plan.session(session_id)
    if session is None:
        raise InputProblem(_NO_SUCH_SESSION.filled(file=workbook.name, session=session_id))
    return session


def _refuse_of_another_plan(plan: Plan, session: Session, workbook: Path, typed: TypedIn) -> None:
    """Sessions of two plans may have the same number."""
    day, objective = session.date.isoformat(), objective_of(plan)
    same_day, same_plan = typed.day in {"", day}, typed.objective in {"", objective}
    if not (same_day and same_plan):
        was, now = (f"{day} “{text}”" for day, text in ((typed.day, typed.objective), (day, objective)))
        raise InputProblem(_ANOTHER_PLAN.filled(file=workbook.name, session=session.id, was=was, now=now))


def _see(read: ReadPlan, session: Session, typed: Sequence[Typed], ledger: Ledger) -> _Seen:
    written = json.loads(ledger.meta(_memory(session)) or "[]")
    lines = minutes_of(read.plan, session, typed, read.plan.language)
    return _Seen(read, session, lines, frozenset(written))


def _memory(session: Session) -> str:
    return f"minutes {normalised_id(session.id)}"


def _change_key(line: Line, change: CellChange) -> str:
    return f"{normalised_id(line.typed.item)} {change.field} {_value_key(change.after)}"


def _value_key(value: Status | date | None) -> str:
    return value.key if isinstance(value, Status) else str(value)


def _row_key(row: Row) -> str:
    match row:
        case Decision():
            return f"{normalised_id(row.item)} {' '.join(row.text.split())}"
        case Action():
            return f"new {' '.join(row.text.split())}"
        case Evaluation():
            return f"evaluation {row.quarter} {row.subject.key if row.subject else ''}"


def _todo(seen: _Seen) -> Text:
    """What is left to write, counted; "" for nothing."""
    rows = Counter(type(row) for line in seen.lines if (row := seen.row(line)) is not None)
    cells = sum(len(seen.changes(line)) for line in seen.lines)
    parts = [count(rows[kind], *nouns) for kind, nouns in _COUNTED.items() if rows[kind]]
    parts += [count(cells, *_CELLS)] if cells else []
    return listed(parts)


def _write(config: Config, ledger: Ledger, now: datetime, session: Session, typed: Sequence[Typed]) -> None:
    """Write what is left to write, decided on exactly the version of the plan that is replaced."""
    rows: dict[str, Mapping[str, Any]] = {}
    keys: set[str] = set()

    def decide(copy: Path) -> Sequence[Edit]:
        rows.clear()
        keys.clear()
        read = read_plan(copy)
        notice_edited_rows(read, ledger, now, saved_at(config))
        seen = _see(read, session, typed, ledger)
        keys.update(seen.written)
        edits: list[Edit] = []
        for line in seen.lines:
            changes = seen.changes(line)
            edits += [
                SetCell(c.cell, value_to_write(c.after, _kind(c.field), read.plan.language)) for c in changes
            ]
            keys.update(_change_key(line, change) for change in changes)
            if changes and isinstance(line.item, Action):
                after: dict[str, Any] = {change.field: change.after for change in changes}
                rows[line.item.id] = kept(dataclasses.replace(line.item, **after))
        added = [row for line in seen.lines if (row := seen.row(line)) is not None]
        keys.update(map(_row_key, added))
        return [*edits, *_appended(added, read)]

    folder = config.plan.backup_folder
    write_plan(
        config.workbook,
        decide,
        now=now,
        backups=config.plan.backups,
        backup_folder=config.path(folder) if folder else None,
    )
    ledger.rows_edited({}, rows, now)
    ledger.set_meta(_memory(session), json.dumps(sorted(keys), ensure_ascii=False))


def _kind(field: str) -> Kind:
    return ACTIONS.column(field).kind


def _appended(added: Sequence[Row], read: ReadPlan) -> list[Edit]:
    """The new rows, each in its own table and with the next number."""
    edits: list[Edit] = []
    for kind, table in _TABLES.items():
        rows = [row for row in added if isinstance(row, kind)]
        if rows and (place := read.places.get(table.name)):
            cells = [
                _cells(row, table, place, read.plan.language) for row in _numbered(rows, table, read.plan)
            ]
            edits.append(AppendRows(place.sheet, place.header_row, tuple(cells), read.last_rows[table.name]))
    return edits


def _numbered(rows: Sequence[Row], table: Table, plan: Plan) -> list[Row]:
    """The rows with the next IDs; none that the history knows of a row that is gone."""
    rows_now: list[Row] = [*plan.decisions, *plan.evaluations, *plan.actions]
    told_of = [*(report.item for report in plan.reports), *(decision.item for decision in plan.decisions)]
    taken = [*(each.id for each in rows_now), *told_of]
    pattern = re.compile(rf"{table.prefix}(\d+)")
    numbers = [int(found[1]) for each in taken if (found := pattern.fullmatch(normalised_id(each)))]
    first = max(numbers, default=0) + 1
    return [dataclasses.replace(row, id=f"{table.prefix}{n}") for n, row in enumerate(rows, start=first)]


def _cells(row: Row, table: Table, place: TablePlace, language: Language) -> dict[int, Writable]:
    return {
        column: value_to_write(getattr(row, name), table.column(name).kind, language)
        for name, column in place.columns.items()
    }


def _in_plan(line: Line, seen: _Seen, language: Language) -> Text:
    """What a line changes in the plan, or that it is there already."""
    parts = [
        _CHANGE.filled(cell=c.cell, before=_said(c.before, language), after=_said(c.after, language))
        for c in seen.changes(line)
    ]
    if (row := seen.row(line)) is not None:
        beside = _decided_before(row, seen.read.plan)
        parts.append(_BESIDE.filled(where=_ADDED[type(row)], ids=beside) if beside else _ADDED[type(row)])
    has_room = line.row is not None and _TABLES[type(line.row)].name in seen.read.places
    if not parts and (has_room or (line.changes and seen.is_settled(line))):
        parts.append(_STANDS)
    if line.by_hand is not None:
        parts.append(line.by_hand)
    return Text("; ".join(part.nl for part in parts), "; ".join(part.en for part in parts))


def _decided_before(row: Row, plan: Plan) -> str:
    """The IDs of what the same session decided about the same item in other words."""
    if not isinstance(row, Decision):
        return ""
    about = (normalised_id(row.session), normalised_id(row.item))
    return ", ".join(
        each.id for each in plan.decisions if (normalised_id(each.session), normalised_id(each.item)) == about
    )


def _said(value: Status | date | None, language: Language) -> str:
    match value:
        case None:
            return _BLANK.in_(language)
        case Status():
            return value.word(language)
        case _:
            return day_in_words(value, language)


def _listed(line: Line, in_plan: Text, language: Language) -> Text:
    """A line of the minutes, for a terminal."""
    typed = line.typed
    about = line.item.text if line.item else said_about(typed)
    day = day_in_words(typed.deadline, language) if typed.deadline else ""
    answer = "" if typed.answer is None else (YesNo.YES if typed.answer else YesNo.NO).word(language)
    head = " ".join(filter(None, (typed.item, one_line(about, 80))))
    told = " · ".join(filter(None, (answer, typed.cause, typed.text, typed.who, day)))
    told = told or (_NOT_READ.in_(language) if typed.unclear else "")
    part = typed.part.value
    return Text(
        f"{part.nl}  {head}: {one_line(told, 400)}" + (f"  [{in_plan.nl}]" if in_plan.nl else ""),
        f"{part.en}  {head}: {one_line(told, 400)}" + (f"  [{in_plan.en}]" if in_plan.en else ""),
    )


def _to_look_at(seen: _Seen) -> list[Text]:
    found = [note for line in seen.lines for note in line.notes]
    unsettled = {line.typed.item: None for line in seen.lines if line.changes and not seen.is_settled(line)}
    found += [_UNSETTLED.filled(item=item) for item in unsettled]
    wanted = {_TABLES[type(line.row)].name: _TABLES[type(line.row)].sheet for line in seen.lines if line.row}
    found += [_NO_SHEET.filled(sheet=title) for name, title in wanted.items() if name not in seen.read.places]
    return found


def _summary(seen: _Seen, todo: Text, *, wrote: bool, asked: bool) -> Text:
    if not seen.lines:
        return Text(
            "In het werkboek is nog niets ingevuld.", "Nothing has been filled in in the workbook yet."
        )
    lines = count(
        len(seen.lines), Text("regel ingevuld", "line filled in"), Text("regels ingevuld", "lines filled in")
    )
    by_hand = sum(line.by_hand is not None for line in seen.lines)
    yours = count(by_hand, Text("regel", "line"), Text("regels", "lines"))
    left = (
        Text(
            f"Zelf in het plan te verwerken: {yours.nl}.", f"To be brought into the plan by you: {yours.en}."
        )
        if by_hand
        else Text("", "")
    )
    if not todo.nl and by_hand:
        rest = Text("", "")
    elif not todo.nl:
        rest = Text("In het plan hoeft niets te veranderen.", "Nothing has to change in the plan.")
    elif wrote:
        rest = Text(f"In het plan gezet: {todo.nl}.", f"Written into the plan: {todo.en}.")
    elif asked:
        rest = Text("In het plan is niets gewijzigd.", "Nothing was changed in the plan.")
    else:
        rest = Text(
            f"Nog niet in het plan: {todo.nl}. Met --write komt het erin.",
            f"Not in the plan yet: {todo.en}. With --write it goes into it.",
        )
    return joined(Text(f"{lines.nl}.", f"{lines.en}."), rest, left)


def _plain(line: Line, in_plan: Text, seen: _Seen, language: Language) -> dict[str, object]:
    typed = line.typed
    return {
        "part": typed.part.key,
        "cell": str(typed.where),
        "item": typed.item,
        "about": line.item.text if line.item else said_about(typed),
        "cause": typed.cause,
        "text": typed.text,
        "who": typed.who,
        "deadline": typed.deadline.isoformat() if typed.deadline else None,
        "answer": typed.answer,
        "changes": [
            {"cell": str(c.cell), "before": _said(c.before, language), "after": _said(c.after, language)}
            for c in seen.changes(line)
        ],
        "adds": _TABLES[type(row)].name if (row := seen.row(line)) is not None else None,
        "in_plan": in_plan.in_(language),
        "notes": [note.in_(language) for note in line.notes],
    }
