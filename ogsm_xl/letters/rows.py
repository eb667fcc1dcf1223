"""How a report and its row in the plan belong together: what a report sets in the row, what an edited row reports.

An owner may report by editing the row itself. That is noticed by comparing the row with how it last was; the
change becomes a report like any other, so that the history has it, too. Who made the edit is not in the workbook: it
counts as the owner's, whoever it was.

What a report leaves unsaid:
- Light, status and progress stay as they are, and are confirmed by it.
- "Update" stays, as the last explanation that there is.
- "Next" and "needed" are answers about one period. A report for a later session that does not repeat them ends them:
  a request for help of two sessions ago must not be read as today's. Only what the history keeps is taken out of the
  row. A report that nothing changed ends nothing, and an edited row neither: its owner saw what stands there.
- "Proposal" waits for a decision: it stays until one on the item is written down, or its owner replaces or withdraws it.
- Any of these texts is withdrawn by "none", "geen" or a dash (`withdraws`; for "update" `says_nothing`, as there "niets
  bijzonders" is an answer), or by clearing the cell in the row: the row is emptied, the history keeps the word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from ogsm_xl.plan.model import (
    Action,
    Indicator,
    Item,
    Plan,
    Report,
    kind_of,
    normalised_id,
)
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Word
from ogsm_xl.rhythm.reporting import ASKED_AT, previous_session

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

TEXT_FIELDS = ("done", "next", "needed", "proposal")
"""The fields of a report that hold text."""

_OF_ONE_PERIOD = ("next", "needed")
_LONGEST_NOTHING = 20
_NOTHING = re.compile(
    r"(?:geen|niets|niks|nee|nvt|n\.?v\.?t\.?|niet van toepassing|none|nothing|no|nope|n/?a|not applicable|nil)[.!]*|[-–—]{1,3}|/",
    re.IGNORECASE,
)
_NOW = r"(?:(?:op dit moment|momenteel|nu|vooralsnog|voorlopig|verder|nog|at the moment|at this (?:time|moment|point)|for now|currently|right now|yet|still) )?"
_WITHDRAWN = re.compile(
    rf"{_NOW}(?:geen|niets|niks|nee|nvt|n\.?v\.?t|niet van toepassing|vervallen|vervalt|none|nothing|no|nope|n/?a|not applicable|withdrawn|nil)(?: meer)?"
    r"(?: (?:nodig|wijzigingen|wijziging|voorstel|voorstellen|hulp nodig|hulp|vragen|hulpvraag|hulpvragen|knelpunten|bijzonders|bijzonderheden|"
    r"actie nodig|acties|plannen|more|needed|any ?more|changes?|proposals?|help needed|help|questions|blockers?|needs|plans))?"
    r"(?: (?:op dit moment|momenteel|nu|vooralsnog|voorlopig|verder|hoor|dank je|dankje|bedankt|at the moment|at this (?:time|moment|point)|for now|currently|"
    r"right now|yet|thanks|thank you))?[.!]*|[-–—]{1,3}|/",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Coming:
    """A report on its way into the plan.

    Attributes:
        report: What was said.
        cleared: The fields of the report that its author emptied: the row is to hold nothing there.
        confirms: The author said that nothing changed.
        asked_for: The ID of the session whose mail it answers; "" for an edited row.
    """

    report: Report
    cleared: frozenset[str] = frozenset()
    confirms: bool = False
    asked_for: str = ""


@dataclass(frozen=True, slots=True)
class RowEdit:
    """An edited row: the report that the edit amounts to, under a key that stays the same until the row is seen."""

    key: str
    coming: Coming


def withdraws(text: str) -> bool:
    """Whether a text says that there is nothing (any more): "geen", "n.v.t.", "none", "-"."""
    return len(text) < 60 and bool(_WITHDRAWN.fullmatch(" ".join(text.replace(",", " ").split())))


def says_nothing(text: str) -> bool:
    """Whether a text is no more than a word or mark for nothing: "geen", "nee", "n.v.t.", "none", "-"."""
    return len(text) < _LONGEST_NOTHING and bool(_NOTHING.fullmatch(text.strip()))


def row_values(report: Report, item: Item, cleared: Iterable[str] = ()) -> dict[str, Any]:
    """What a report sets in the row of its item: field of the row to value. What it does not mention stays.

    Args:
        report: The report.
        item: Its item.
        cleared: The fields of the report whose place in the row is emptied.
    """
    emptied = frozenset(cleared)
    in_row = report.source is ReportSource.ROW  # what was typed there stays as it was typed
    values: dict[str, Any] = {}
    for name, source in REPORTING_FIELDS[kind_of(item)].items():
        if source in emptied or (source == "done" and not in_row and says_nothing(report.done)):
            values[name] = "" if source in TEXT_FIELDS else None
        elif getattr(report, source) not in {None, ""}:
            values[name] = getattr(report, source)
    if report.made_at is not None:
        if not isinstance(item, Indicator):
            values["updated_on"] = report.made_at.date()
        elif report.value is not None and report.measured_on is None:
            values["measured_on"] = report.made_at.date()
        if isinstance(item, Action) and report.status is Status.DONE and item.done_on is None:
            values["done_on"] = report.made_at.date()
    return values


def ended(coming: Coming, item: Item, plan: Plan, history: Sequence[Report]) -> frozenset[str]:
    """The texts of the row that this report ends by not repeating them; see above.

    Args:
        coming: The report.
        item: Its item, as it stands before the report.
        plan: For sessions and decisions.
        history: The reports on the item that were made before, oldest first.
    """
    report, made_at = coming.report, coming.report.made_at
    if coming.confirms or report.source is ReportSource.ROW or made_at is None:
        return frozenset()
    before = previous_session(plan, made_at, ASKED_AT[kind_of(item)])
    ending = set()
    for name in (*_OF_ONE_PERIOD, "proposal"):
        in_row = getattr(item, name, "")
        if not in_row or getattr(report, name):
            continue
        said = next((r.made_at for r in reversed(history) if getattr(r, name) == in_row), None)
        if said is None:
            continue
        if name == "proposal":
            if _decided_since(plan, item, said.date(), made_at.date()):
                ending.add(name)
        elif before is not None and said <= before.reports_count_until:
            ending.add(name)
    return frozenset(ending)


def _decided_since(plan: Plan, item: Item, since: date, until: date) -> bool:
    return any(
        since <= decision.decided_on <= until
        for decision in plan.decisions
        if decision.decided_on and normalised_id(decision.item) == normalised_id(item.id)
    )


def kept(item: Item) -> Kept:
    """An item's reporting fields, as the ledger keeps them."""
    return {field: _plain(getattr(item, field)) for field in REPORTING_FIELDS[kind_of(item)]}


def edited_rows(
    plan: Plan,
    seen: Mapping[str, Kept],
    waiting: Iterable[Coming],
    made_at: datetime,
) -> tuple[RowEdit, ...]:
    """The reports that owners made by editing their rows since these were last seen.

    Args:
        plan: The plan as it is now.
        seen: Item ID (normalised) to its row as it last was; an item that was never seen counts as unedited.
        waiting: Reports that are on their way into the plan: what they set in a row is no edit by its owner
            (a run that was cut off after writing left them there).
        made_at: When an edit counts as made: when it was found, or when the workbook was last saved.
    """
    coming: dict[str, list[Coming]] = {}
    for each in waiting:
        coming.setdefault(normalised_id(each.report.item), []).append(each)
    edits = []
    for item in plan.items:
        key = normalised_id(item.id)
        if key not in seen:
            continue
        row, before = kept(item), dict(seen[key])
        for each in coming.get(key, ()):
            before |= {
                field: value for field, value in _may_be_written(each, item).items() if row[field] == value
            }
        changed = {field for field in row if row[field] != before.get(field)}
        if changed:
            edits.append(_edit(plan, item, changed, before, made_at))
    return tuple(edits)


def _may_be_written(coming: Coming, item: Item) -> Kept:
    """What a run that was cut off may have left in the row of a report that it had begun to write."""
    report = coming.report
    if not report.id:
        return {}
    ending = {name for name in (*_OF_ONE_PERIOD, "proposal") if not getattr(report, name)}
    values = row_values(report, item, coming.cleared | ending)
    return {field: _plain(values[field]) for field in REPORTING_FIELDS[kind_of(item)] if field in values}


def _edit(plan: Plan, item: Item, changed: set[str], before: Kept, made_at: datetime) -> RowEdit:
    """The report holds what was changed; what its owner left as it was is added when it reaches the plan."""
    sources = REPORTING_FIELDS[kind_of(item)]
    told = changed | {"actual"} if "measured_on" in changed else changed
    values = {sources[field]: getattr(item, field) for field in told}
    owner = plan.owner_of(item)
    report = Report(
        id="",
        made_at=made_at.replace(second=0, microsecond=0),
        session="",
        kind=kind_of(item),
        item=item.id,
        by=owner.name if owner else item.owner,
        source=ReportSource.ROW,
        **values,
    )
    fingerprint = repr(
        (normalised_id(item.id), sorted(before.items()), sorted(kept(item).items()), made_at.isoformat())
    )
    cleared = frozenset(name for name, value in values.items() if value in {None, ""})
    return RowEdit("row:" + hashlib.sha256(fingerprint.encode()).hexdigest(), Coming(report, cleared))


def carried_over(report: Report, item: Item, cleared: Iterable[str] = ()) -> dict[str, Any]:
    """What a report leaves unsaid and so confirms: light, status and progress as they stand in the row.

    An indicator's value is not carried over: a report without one is no measurement. What was emptied is neither.
    """
    emptied = frozenset(cleared)
    unsaid: dict[str, Any] = {"light": item.light}
    if isinstance(item, Action):
        unsaid |= {"status": item.status, "progress": item.progress}
    return {
        field: value
        for field, value in unsaid.items()
        if getattr(report, field) is None and field not in emptied
    }


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, Word):
        return value.key
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float)  # noqa: S101 - the fields above hold nothing else
    return value
