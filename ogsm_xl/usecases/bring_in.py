"""Bring the reports that wait in the ledger into the plan: a line in the history each, the newest in its row.

What is decided is decided on exactly the version of the workbook that is replaced; if somebody saved meanwhile, it
is decided again. An owner's own edit of a row is noticed in that same version, so none is ever written over unseen.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ogsm_xl.config import Config
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell
from ogsm_xl.excel.layout import MEASUREMENTS, REPORTS, Table, table_of
from ogsm_xl.excel.plan_file import Written, write_plan
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.excel.template_parts import cell_value
from ogsm_xl.excel.values import CellValue
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.rows import Kept, RowEdit, carried_over, edited_rows, kept, row_values
from ogsm_xl.plan.model import Indicator, Item, Measurement, Plan, Record, Report, normalised_id
from ogsm_xl.plan.words import SessionKind
from ogsm_xl.rhythm.reporting import ASKED_AT, next_session


@dataclass(slots=True)
class Decided:
    """What was decided on the last version of the workbook that was looked at.

    Attributes:
        keys: The reports (by their key in the ledger) that are in the plan once the edits are.
        rows: Item ID to the row as it is then.
        edits: What to write.
    """

    keys: list[str] = field(default_factory=list)
    rows: dict[str, Kept] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)


def notice_edited_rows(plan: Plan, ledger: Ledger, now: datetime) -> tuple[RowEdit, ...]:
    """Note the rows that their owners edited since they were last seen as reports; remember rows that are new."""
    seen = ledger.rows_seen()
    edits = edited_rows(plan, seen, ledger.waiting_reports().values(), now)
    new = {item.id: kept(item) for item in plan.items if normalised_id(item.id) not in seen}
    changed = {edit.report.item: kept(item) for edit in edits if (item := plan.item(edit.report.item))}
    if new or edits:
        ledger.rows_edited({edit.key: edit.report for edit in edits}, new | changed, now)
    return edits


def bring_in(*, config: Config, ledger: Ledger, now: datetime) -> Written | None:
    """Write what waits into the plan; None where nothing waits.

    Raises:
        OutsideProblem: The plan is open in Excel, or the share is gone: the reports go on waiting.
        InputProblem: The workbook can't be read or written.
    """
    if not ledger.waiting_reports():
        return None
    decided = Decided()

    def decide(copy: Path) -> Sequence[Edit]:
        nonlocal decided
        read = read_plan(copy)
        notice_edited_rows(read.plan, ledger, now)
        _number(read.plan, ledger)
        decided = _decide(read, ledger.waiting_reports())
        return decided.edits

    written = write_plan(
        config.workbook,
        decide,
        now=now,
        backups=config.plan.backups,
        backup_folder=config.path(config.plan.backup_folder) if config.plan.backup_folder else None,
    )
    ledger.applied(decided.keys, decided.rows, now)
    return written


def _number(plan: Plan, ledger: Ledger) -> None:
    """Give each waiting report the ID that it will have in the history; none that a row there has already."""
    taken = {normalised_id(report.id): report for report in plan.reports}
    waiting = ledger.waiting_reports()
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
    if given:
        ledger.number_reports(given)


def _decide(read: ReadPlan, waiting: Mapping[str, Report]) -> Decided:
    plan, decided = read.plan, Decided()
    present = {normalised_id(report.id) for report in plan.reports}
    history, measurements = [], []
    items: dict[str, Item] = {}
    for key, report in waiting.items():
        decided.keys.append(key)
        item = items.get(normalised_id(report.item)) or plan.item(report.item)
        if normalised_id(report.id) in present:  # a run that was cut off wrote it
            if item is not None:
                items.setdefault(normalised_id(item.id), item)
            continue
        newest = item is not None and _is_newest(report, plan, item)
        history.append(_completed(report, plan, item if newest else None))
        if isinstance(item, Indicator) and report.value is not None:
            measurements.append(_measurement(report, item))
        if item is not None and newest:
            items[normalised_id(item.id)] = dataclasses.replace(item, **row_values(history[-1], item))
    for item_id, after in items.items():
        decided.rows[after.id] = kept(after)
        if before := plan.item(item_id):
            decided.edits.extend(_changes(before, after, read))
    decided.edits.extend(SetCell(cell, value) for cell, value in read.proposed_ids.items())
    decided.edits.extend(_appended(REPORTS, history, read))
    decided.edits.extend(_appended(MEASUREMENTS, _new_measurements(measurements, plan), read))
    return decided


def _completed(report: Report, plan: Plan, item: Item | None) -> Report:
    """A report with what it leaves unsaid: the session that it is for, and what its row says already.

    Args:
        report: The report.
        plan: For the sessions.
        item: Its item as it stood when the report was made; None where that is not known any more.
    """
    kinds = ASKED_AT[report.kind] if report.kind else frozenset(SessionKind)
    session = next_session(plan, report.made_at, kinds) if report.made_at else None
    unsaid = carried_over(report, item) if item else {}
    return dataclasses.replace(report, session=session.id if session else "", **unsaid)


def _is_newest(report: Report, plan: Plan, item: Item) -> bool:
    """Whether no report in the plan's history of this item is newer: only the newest reaches the row."""
    made = plan.reports_on(item)
    return report.made_at is not None and (not made or (made[-1].made_at or report.made_at) <= report.made_at)


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
    return [AppendRows(place.sheet, place.header_row, written)]


def _cell(value: Any, name: str, table: Table, read: ReadPlan) -> CellValue:
    return cell_value(value, table.column(name).kind, read.plan.language)


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
