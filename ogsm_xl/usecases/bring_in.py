"""Bring the reports that wait in the ledger into the plan: a line in the history each, the newest in its row.

What is decided is decided on exactly the version of the workbook that is replaced; if somebody saved meanwhile, it
is decided again. An owner's own edit of a row is noticed in that same version, so none is ever written over unseen.

Which report is the newest is decided by when it was made: a reply when it was written; an edited row when the workbook
was last saved (Excel does not say more), or when the edit was found if that can't be. Of two reports of the same minute,
the one that was received last. An older report goes to the history alone. Where a reply and an edit of the same row,
neither of which can have seen the other, say different things, the newest stands in the row, both stand in the history,
and the contradiction is told (`ogsm_xl.usecases.contradictions`).

A report counts for the first session after it that asks for its kind of item: what comes in after a session is history
for the next one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ogsm_xl.config import Config
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, Writable
from ogsm_xl.excel.layout import MEASUREMENTS, REPORTS, Table, table_of
from ogsm_xl.excel.plan_file import Written, write_plan
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.excel.templates.template_parts import value_to_write
from ogsm_xl.ledger import Contradiction, Ledger
from ogsm_xl.letters.rows import Coming, Kept, carried_over, ended, kept, row_values
from ogsm_xl.plan.model import Indicator, Item, Measurement, Plan, Record, Report, Session, normalised_id
from ogsm_xl.plan.words import SessionKind
from ogsm_xl.rhythm.reporting import ASKED_AT, next_session
from ogsm_xl.usecases.contradictions import contradictions
from ogsm_xl.usecases.row_edits import found_edits, notice_edited_rows, saved_at


@dataclass(slots=True)
class Decided:
    """What was decided on the last version of the workbook that was looked at.

    Attributes:
        keys: The reports (by their key in the ledger) that are in the plan once the edits are.
        rows: Item ID to the row as it is then.
        edits: What to write.
        older: The keys of the reports that are older than what the row shows: they are in the history only.
        steps: Key to the row before and after the report, for those that reach a row.
        contradictions: Replies and edited rows that disagree.
    """

    keys: list[str] = field(default_factory=list)
    rows: dict[str, Kept] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    steps: dict[str, tuple[Item, Item]] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of bringing reports into the plan."""

    decided: Decided
    written: Written


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a run would bring into the plan.

    Attributes:
        coming: The reports, by key, the oldest first: those that wait, those of this run, and edited rows.
        rows: Key to the row's reporting fields before and after the report, for those that reach a row.
        older: The keys of those that reach the history only.
        with_row: The keys of those whose item has exactly one row.
        edited: The IDs of the items whose owners edited the row.
        contradictions: Replies and edited rows that disagree.
    """

    coming: Mapping[str, Coming]
    rows: Mapping[str, tuple[Kept, Kept]]
    older: frozenset[str]
    with_row: frozenset[str]
    edited: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


def foresee(
    read: ReadPlan, ledger: Ledger, found: Mapping[str, Coming], now: datetime, saved: datetime | None
) -> Foreseen:
    """What a run would bring in, without noting or writing anything.

    Args:
        read: The workbook as it is now.
        ledger: What waits already, and where the rows were last seen.
        found: The reports of this run, by key.
        now: The moment of the run.
        saved: When the workbook was last saved, where that is known.
    """
    plan, seen = read.plan, ledger.rows_seen()
    coming = {**ledger.coming(), **found}
    edits = found_edits(read, ledger, coming.values(), now, saved)
    coming |= {edit.key: edit.coming for edit in edits}
    coming = dict(sorted(coming.items(), key=lambda pair: pair[1].report.made_at or datetime.min))
    numbers = _numbers(plan, {key: each.report for key, each in coming.items()})
    for key, report_id in numbers.items():
        report = dataclasses.replace(coming[key].report, id=report_id)
        coming[key] = dataclasses.replace(coming[key], report=report)
    decided = _decide(read, coming, now)
    rows = {key: (kept(before), kept(after)) for key, (before, after) in decided.steps.items()}
    for edit in edits:
        if item := plan.item(edit.coming.report.item):
            rows[edit.key] = (seen[normalised_id(item.id)], kept(item))
    unsettled = read.unsettled_ids
    sure = {key for key, each in coming.items() if normalised_id(each.report.item) not in unsettled}
    return Foreseen(
        coming,
        rows,
        frozenset(decided.older),
        frozenset(key for key in sure if plan.item(coming[key].report.item)),
        tuple(edit.coming.report.item for edit in edits),
        decided.contradictions,
    )


def bring_in(*, config: Config, ledger: Ledger, now: datetime) -> BroughtIn | None:
    """Write what waits into the plan; None where nothing waits.

    Raises:
        OutsideProblem: The plan is open in Excel, or the share is gone: the reports go on waiting.
        InputProblem: The workbook can't be read or written.
    """
    if not ledger.how_many_wait():
        return None
    decided = Decided()

    def decide(copy: Path) -> Sequence[Edit]:
        nonlocal decided
        read = read_plan(copy)
        notice_edited_rows(read, ledger, now, saved_at(config))
        _number(read.plan, ledger)
        decided = _decide(read, ledger.coming(), now)
        return decided.edits

    written = _write(config, decide, now)
    ledger.applied(decided.keys, decided.rows, now, decided.contradictions)
    return BroughtIn(decided, written)


def _write(config: Config, decide: Callable[[Path], Sequence[Edit]], now: datetime) -> Written:
    """Write the plan with the backups that the configuration asks for."""
    folder = config.plan.backup_folder
    return write_plan(
        config.workbook,
        decide,
        now=now,
        backups=config.plan.backups,
        backup_folder=config.path(folder) if folder else None,
    )


def write_proposed_ids(*, config: Config, now: datetime) -> bool:
    """Give the rows that have no ID yet the ones that the reader proposes; whether the workbook was changed.

    Raises:
        OutsideProblem: The plan is open in Excel, or the share is gone.
        InputProblem: The workbook can't be read or written.
    """

    def decide(copy: Path) -> Sequence[Edit]:
        return [SetCell(cell, value) for cell, value in read_plan(copy).proposed_ids.items()]

    return _write(config, decide, now).changed


def session_of(plan: Plan, report: Report) -> Session | None:
    """The session that a report counts for: the first after it that asks for its kind of item."""
    kinds = ASKED_AT[report.kind] if report.kind else frozenset(SessionKind)
    return next_session(plan, report.made_at, kinds) if report.made_at else None


def _number(plan: Plan, ledger: Ledger) -> None:
    """Note for each waiting report the ID that it will have in the history."""
    if given := _numbers(plan, ledger.waiting_reports()):
        ledger.number_reports(given)


def _numbers(plan: Plan, waiting: Mapping[str, Report]) -> dict[str, str]:
    """The IDs that waiting reports (by key) need in the history; none that a row there has already."""
    taken = {normalised_id(report.id): report for report in plan.reports}
    numbers = [
        _number_in(report_id, REPORTS) for report_id in (*taken, *(report.id for report in waiting.values()))
    ]
    highest = max(numbers, default=0)
    given = {}
    for key, report in waiting.items():
        other = taken.get(normalised_id(report.id))
        if not report.id or (other is not None and not _is_same(report, other)):
            highest += 1
            given[key] = f"{REPORTS.prefix}{highest}"
    return given


def _decide(read: ReadPlan, waiting: Mapping[str, Coming], now: datetime) -> Decided:
    plan, decided = read.plan, Decided()
    present = {normalised_id(report.id) for report in plan.reports}
    history: list[Report] = []
    measurements: list[Measurement] = []
    items: dict[str, Item] = {}
    made = _History(plan, now)
    unsettled = read.unsettled_ids
    for key, coming in waiting.items():
        report = coming.report
        decided.keys.append(key)
        item = items.get(normalised_id(report.item)) or plan.item(report.item)
        if normalised_id(report.item) in unsettled:
            item = None  # the history has the report; which row it is about, nobody can tell
        if normalised_id(report.id) in present:  # a run that was cut off wrote it
            if item is not None:
                items.setdefault(normalised_id(item.id), item)
            continue
        newest = item is not None and made.has_none_after(report, item)
        if item is not None and newest:
            cleared = coming.cleared | ended(coming, item, plan, made.of(item))
            report = _completed(dataclasses.replace(coming, cleared=cleared), plan, item)
            after = dataclasses.replace(item, **row_values(report, item, cleared))
            items[normalised_id(item.id)] = after
            decided.steps[key] = (item, after)
            made.add(report, item)
        else:
            report = _completed(coming, plan, None)
            decided.older.append(key)
        history.append(report)
        if isinstance(item, Indicator) and report.value is not None:
            measurements.append(_measurement(report, item))
    for item_id, row in items.items():
        decided.rows[row.id] = kept(row)
        if before := plan.item(item_id):
            decided.edits.extend(_changes(before, row, read))
    decided.contradictions = contradictions(plan, waiting, items)
    decided.edits.extend(SetCell(cell, value) for cell, value in read.proposed_ids.items())
    decided.edits.extend(_appended(REPORTS, history, read))
    decided.edits.extend(_appended(MEASUREMENTS, _new_measurements(measurements, plan), read))
    return decided


class _History:
    """The reports on each item: those of the plan, and those that are added to them. Later ones than now are typing errors."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self._plan = plan
        self._now = now
        self._added: dict[str, list[Report]] = {}

    def of(self, item: Item) -> list[Report]:
        """The reports on an item, oldest first."""
        until_now = [r for r in self._plan.reports_on(item) if r.made_at and r.made_at <= self._now]
        return until_now + self._added.get(normalised_id(item.id), [])

    def add(self, report: Report, item: Item) -> None:
        self._added.setdefault(normalised_id(item.id), []).append(report)

    def has_none_after(self, report: Report, item: Item) -> bool:
        """Whether no report on this item is newer: only the newest reaches the row."""
        made = self.of(item)
        return report.made_at is not None and (
            not made or (made[-1].made_at or report.made_at) <= report.made_at
        )


def _completed(coming: Coming, plan: Plan, item: Item | None) -> Report:
    """A report with what it leaves unsaid: the session that it is for, and what its row says already.

    Args:
        coming: The report.
        plan: For the sessions.
        item: Its item as it stood when the report was made; None where that is not known any more.
    """
    session = session_of(plan, coming.report)
    unsaid = carried_over(coming.report, item, coming.cleared) if item else {}
    return dataclasses.replace(coming.report, session=session.id if session else "", **unsaid)


def _changes(before: Item, after: Item, read: ReadPlan) -> list[Edit]:
    """The cells of an item's row that change."""
    table = table_of(type(before))
    columns = before.row.place.columns if before.row else {}
    return [
        SetCell(before.row.cell(column.field), _cell(getattr(after, column.field), column.field, table, read))
        for column in table.columns
        if before.row
        and column.field in columns
        and getattr(after, column.field) != getattr(before, column.field)
    ]


def _appended(table: Table, rows: Sequence[Record], read: ReadPlan) -> list[Edit]:
    place = read.places.get(table.name)
    if place is None or not rows:
        return []
    written = tuple(
        {column: _cell(getattr(row, name), name, table, read) for name, column in place.columns.items()}
        for row in rows
    )
    return [AppendRows(place.sheet, place.header_row, written, read.last_rows[table.name])]


def _cell(value: Any, name: str, table: Table, read: ReadPlan) -> Writable:
    return value_to_write(value, table.column(name).kind, read.plan.language)


def _measurement(report: Report, item: Indicator) -> Measurement:
    day = report.measured_on or (report.made_at.date() if report.made_at else None)
    return Measurement("", item.id, day, report.value, report.done)


def _new_measurements(found: Sequence[Measurement], plan: Plan) -> list[Measurement]:
    """The measurements that the plan does not have yet, with IDs."""
    known = {(normalised_id(m.item), m.measured_on, m.value) for m in plan.measurements}
    highest = max((_number_in(m.id, MEASUREMENTS) for m in plan.measurements), default=0)
    new = [m for m in dict.fromkeys(found) if (normalised_id(m.item), m.measured_on, m.value) not in known]
    return [
        dataclasses.replace(m, id=f"{MEASUREMENTS.prefix}{number}")
        for number, m in enumerate(new, start=highest + 1)
    ]


def _is_same(report: Report, other: Report) -> bool:
    return (normalised_id(report.item), report.made_at) == (normalised_id(other.item), other.made_at)


def _number_in(written: str, table: Table) -> int:
    match = re.fullmatch(rf"{table.prefix}(\d+)", normalised_id(written))
    return int(match[1]) if match else 0
