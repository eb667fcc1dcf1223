"""Notice that the workbook is an older copy of the plan, before its older rows count as edits by their owners.

The ledger knows which reports it wrote into the history. Where the newest of those are missing there, and a row that they
are about is not as it was left, an older copy was put back, or somebody saved an older version over the plan. A person
decides how to go on. History that is missing while its rows are as they were left was taken out on purpose: that is
nobody's business here; nor is a gap below a newer report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum

from ogsm_xl.excel.layout import REPORTS
from ogsm_xl.excel.reader import ReadPlan
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.rows import kept
from ogsm_xl.plan.model import Report, normalised_id
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.outcome import count

_MOST_NAMED = 8


class MissingReports(Enum):
    """What to do with reports that were written into the plan and are not in it any more."""

    WRITE_AGAIN = "write-again"
    LEAVE_OUT = "leave-out"


def missing_reports(read: ReadPlan, ledger: Ledger) -> Mapping[str, Report]:
    """The newest reports (by key) that were written into this plan, as far back as its history lacks them all."""
    place = read.places.get(REPORTS.name)
    if place is None or not ({"id"} & place.columns.keys() or {"item", "made_at"} <= place.columns.keys()):
        return {}  # nothing in it tells one report from another
    numbers = {normalised_id(report.id) for report in read.plan.reports if report.id}
    moments = {_about(report) for report in read.plan.reports}
    missing = {}
    for key, report in ledger.written_reports():
        if normalised_id(report.id) in numbers or _about(report) in moments:
            break
        missing[key] = report
    return missing


def refuse_older_copy(read: ReadPlan, ledger: Ledger, edited: Iterable[str]) -> None:
    """Stop where rows would count as edited that only went back to what they were.

    Args:
        read: The workbook as it is now.
        ledger: What was written into it.
        edited: The IDs of the items whose rows are not as they were left.

    Raises:
        InputProblem: The workbook seems to be an older copy.
    """
    changed = {normalised_id(item): item for item in edited}
    if not changed:
        return
    missing = missing_reports(read, ledger).values()
    about = {normalised_id(report.item) for report in missing}
    if back := [item for key, item in changed.items() if key in about]:
        raise InputProblem(_older_copy(read, [report.id for report in missing], back))


def settle_older_copy(
    read: ReadPlan, ledger: Ledger, now: datetime, what: MissingReports, *, dry_run: bool = False
) -> Text:
    """Take the workbook as it is: its rows count as they stand, and its missing reports are written again or left out.

    Gives a sentence that says what was done.
    """
    missing = missing_reports(read, ledger)
    if not missing:
        return Text("Er ontbreekt geen verslag.", "No report is missing.")
    about = {normalised_id(report.item) for report in missing.values()} - read.unsettled_ids
    rows = {item.id: kept(item) for item in read.plan.items if normalised_id(item.id) in about}
    if not dry_run:
        ledger.settle_missing(missing, rows, now, again=what is MissingReports.WRITE_AGAIN)
    reports = count(len(missing), Text("verslag", "report"), Text("verslagen", "reports"))
    if what is MissingReports.WRITE_AGAIN:
        return Text(f"Opnieuw in het plan: {reports.nl}.", f"Into the plan again: {reports.en}.")
    return Text(f"Weggelaten: {reports.nl}.", f"Left out: {reports.en}.")


def _about(report: Report) -> tuple[str, datetime | None]:
    """What tells a report from others where its number was changed."""
    return normalised_id(report.item), report.made_at.replace(
        second=0, microsecond=0
    ) if report.made_at else None


def _older_copy(read: ReadPlan, reports: list[str], items: list[str]) -> Text:
    place = read.places[REPORTS.name]
    reports_named, items_named = _named(reports[::-1]), _named(items)
    return Text(
        f"Het werkboek lijkt een oudere kopie van het plan: op het blad {place.sheet} ontbreekt wat er het laatst in is gezet ({reports_named.nl}), en {items_named.nl} staat anders dan het was achtergelaten. Is er een oude versie teruggezet, of over het plan heen opgeslagen? Zet dan de juiste terug. Ga je met deze verder, draai dan eerst één keer: ogsm-xl collect-replies --missing-reports write-again (die verslagen komen opnieuw in het plan) of --missing-reports leave-out (ze zijn met opzet weggehaald).",
        f"The workbook seems to be an older copy of the plan: the sheet {place.sheet} lacks what was written into it last ({reports_named.en}), and {items_named.en} differs from how it was left. Was an older version put back, or saved over the plan? Then put the right one back. To go on with this one, first run once: ogsm-xl collect-replies --missing-reports write-again (those reports go into the plan again) or --missing-reports leave-out (they were taken out on purpose).",
    )


def _named(ids: list[str]) -> Text:
    named, others = ", ".join(ids[:_MOST_NAMED]), len(ids) - _MOST_NAMED
    if others <= 0:
        return Text(named, named)
    return Text(f"{named} en nog {others}", f"{named} and {others} more")
