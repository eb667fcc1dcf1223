"""How a report and its row in the plan belong together: what a report sets in the row, what an edited row reports.

An owner may report by editing the row itself. That is noticed by comparing the row with how it last was; the
change becomes a report like any other, so that the history has it, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from ogsm_xl.plan.model import (
    Action,
    Indicator,
    Item,
    Objective,
    Plan,
    Report,
    Strategy,
    kind_of,
    normalised_id,
)
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Word

Kept: TypeAlias = Mapping[str, str | int | float | None]
"""A row's reporting fields in the form in which the ledger keeps them: words by key, dates as ISO text."""

REPORTING_FIELDS: Mapping[ItemKind, Mapping[str, str]] = {
    ItemKind.ACTION: {
        "status": "status",
        "progress": "progress",
        "light": "light",
        "update": "done",
        "next": "next",
        "needed": "needed",
        "proposal": "proposal",
    },
    ItemKind.STRATEGY: {"light": "light", "update": "done"},
    ItemKind.INDICATOR: {"actual": "value", "measured_on": "measured_on", "light": "light", "note": "done"},
    ItemKind.OBJECTIVE: {"light": "light", "update": "done", "proposal": "proposal"},
}
"""Per kind of item: the field of the row to the field of the report that it comes from."""

_STATE_FIELDS = frozenset({"status", "progress", "light", "value", "measured_on"})


@dataclass(frozen=True, slots=True)
class RowEdit:
    """An edited row: the report that the edit amounts to, under a key that stays the same until the row is seen."""

    key: str
    report: Report


def row_values(report: Report, item: Item) -> dict[str, Any]:
    """What a report sets in the row of its item: field of the row to value. What it does not mention stays."""
    values: dict[str, Any] = {
        field: getattr(report, source)
        for field, source in REPORTING_FIELDS[kind_of(item)].items()
        if getattr(report, source) not in {None, ""}
    }
    if report.made_at is not None:
        if not isinstance(item, Indicator):
            values["updated_on"] = report.made_at.date()
        elif report.value is not None and report.measured_on is None:
            values["measured_on"] = report.made_at.date()
        if isinstance(item, Action) and report.status is Status.DONE and item.done_on is None:
            values["done_on"] = report.made_at.date()
    return values


def kept(item: Item) -> Kept:
    """An item's reporting fields, as the ledger keeps them."""
    return {field: _plain(getattr(item, field)) for field in REPORTING_FIELDS[kind_of(item)]}


def edited_rows(
    plan: Plan,
    seen: Mapping[str, Kept],
    waiting: Iterable[Report],
    now: datetime,
) -> tuple[RowEdit, ...]:
    """The reports that owners made by editing their rows since these were last seen.

    Args:
        plan: The plan as it is now.
        seen: Item ID (normalised) to its row as it last was; an item that was never seen counts as unedited.
        waiting: Reports that are on their way into the plan: what they set in a row is no edit by its owner
            (a run that was cut off after writing left them there).
        now: When the edit is found, which is when it counts as reported.
    """
    coming: dict[str, list[Report]] = {}
    for report in waiting:
        coming.setdefault(normalised_id(report.item), []).append(report)
    edits = []
    for item in plan.items:
        key = normalised_id(item.id)
        if key not in seen:
            continue
        row, before = kept(item), dict(seen[key])
        for report in coming.get(key, ()):
            for field, value in row_values(report, item).items():
                if field in row and row[field] == _plain(value):
                    before[field] = row[field]
        changed = {field for field in row if row[field] != before.get(field)}
        if changed:
            edits.append(_edit(plan, item, changed, before, now))
    return tuple(edits)


def _edit(plan: Plan, item: Item, changed: set[str], before: Kept, now: datetime) -> RowEdit:
    """The report holds the whole state of the row, but only those texts that are new."""
    values = {
        source: getattr(item, field)
        for field, source in REPORTING_FIELDS[kind_of(item)].items()
        if source in _STATE_FIELDS or field in changed
    }
    owner = plan.owner_of(item)
    report = Report(
        id="",
        made_at=now.replace(second=0, microsecond=0),
        session="",
        kind=kind_of(item),
        item=item.id,
        by=owner.name if owner else item.owner,
        source=ReportSource.ROW,
        **values,
    )
    fingerprint = repr(
        (normalised_id(item.id), sorted(before.items()), sorted(kept(item).items()), now.date())
    )
    return RowEdit("row:" + hashlib.sha256(fingerprint.encode()).hexdigest(), report)


def carried_over(report: Report, item: Item) -> dict[str, Any]:
    """What a report leaves unsaid and so confirms: light, status and progress as they stand in the row.

    An indicator's value is not carried over: a report without one is no measurement.
    """
    unsaid: dict[str, Any] = {"light": item.light}
    if isinstance(item, Action):
        unsaid |= {"status": item.status, "progress": item.progress}
    return {field: value for field, value in unsaid.items() if getattr(report, field) is None}


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, Word):
        return value.key
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float)  # noqa: S101 - the fields above hold nothing else
    return value
