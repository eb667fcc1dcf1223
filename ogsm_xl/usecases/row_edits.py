"""Notice which rows of the plan their owners edited since the last run, and whether it is the plan at all, or an older copy.

An edit was made when the workbook was last saved (Excel does not say more), or when it was found if that can't be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import ReadPlan
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.rows import Coming, RowEdit, edited_rows, kept
from ogsm_xl.plan.model import Item, normalised_id
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.older_copy import refuse_older_copy


def notice_edited_rows(
    read: ReadPlan, ledger: Ledger, now: datetime, saved: datetime | None = None
) -> tuple[RowEdit, ...]:
    """Note the rows that their owners edited since they were last seen as reports; remember rows that are new.

    Args:
        read: The workbook as it is now. Rows whose ID is not settled are left out: whose row it is, is not sure.
        ledger: Where the rows were last seen, and where the edits go.
        now: The moment of the run.
        saved: When the workbook was last saved, where that is known (`saved_at`).

    Raises:
        InputProblem: The workbook seems to be an older copy of the plan.
    """
    plan, unsettled, seen = read.plan, read.unsettled_ids, ledger.rows_seen()
    edits = found_edits(read, ledger, ledger.coming().values(), now, saved)
    new = {
        item.id: kept(item) for item in plan.items if not {normalised_id(item.id)} & (seen.keys() | unsettled)
    }
    edited = (edit.coming.report.item for edit in edits)
    changed = {item.id: kept(item) for item_id in edited if (item := plan.item(item_id))}
    if new or edits:
        ledger.rows_edited({edit.key: edit.coming for edit in edits}, new | changed, now)
    return edits


def check_not_older(read: ReadPlan, ledger: Ledger, now: datetime) -> None:
    """Make sure that this is no older copy of the plan; nothing is noted.

    Raises:
        InputProblem: It seems to be one.
    """
    found_edits(read, ledger, ledger.coming().values(), now, None)


def older_copy_warning(read: ReadPlan, ledger: Ledger, now: datetime) -> tuple[Text, ...]:
    """The sentence that says that this seems to be an older copy of the plan, for who only looks at it; else nothing."""
    try:
        check_not_older(read, ledger, now)
    except InputProblem as problem:
        return (problem.text,)
    return ()


def found_edits(
    read: ReadPlan, ledger: Ledger, coming: Iterable[Coming], now: datetime, saved: datetime | None
) -> tuple[RowEdit, ...]:
    """The rows that their owners edited since they were last seen; nothing is noted.

    Args:
        read: The workbook as it is now.
        ledger: Where the rows were last seen.
        coming: The reports that are on their way into the plan: what they say of a row is no edit.
        now: The moment of the run.
        saved: When the workbook was last saved, where that is known.

    Raises:
        InputProblem: The workbook seems to be an older copy of the plan.
    """
    last = ledger.last_change_seen()
    made_at = saved if saved and last and last < saved < now else now
    unsettled = read.unsettled_ids
    sure = {key: row for key, row in ledger.rows_seen().items() if key not in unsettled}
    for item, unread in _unread(read):  # a cell that can't be read was not emptied: it says nothing
        if row := sure.get(normalised_id(item.id)):
            sure[normalised_id(item.id)] = {**row, **{name: kept(item)[name] for name in unread}}
    edits = edited_rows(read.plan, sure, coming, made_at)
    refuse_older_copy(read, ledger, [edit.coming.report.item for edit in edits])
    return edits


def _unread(read: ReadPlan) -> Iterator[tuple[Item, list[str]]]:
    """The items with cells that hold something that can't be read, and the fields of these."""
    found = {finding.where for finding in read.findings}
    for item in read.plan.items:
        if item.row is None:
            continue
        names = [name for name, value in kept(item).items() if value is None and item.row.cell(name) in found]
        if names:
            yield item, names


def saved_at(config: Config) -> datetime | None:
    """When the workbook was last saved, in the plan's time zone; None where the disk does not say."""
    try:
        moment = config.workbook.stat().st_mtime
        return datetime.fromtimestamp(moment, config.zone).replace(tzinfo=None)
    except (OSError, ValueError, OverflowError):
        return None
