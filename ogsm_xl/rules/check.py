"""Checks a plan against the whole catalogue: what is found, what is excused, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Plan, Record
from ogsm_xl.rules.catalogue import CATALOGUE, CHECKS
from ogsm_xl.rules.excuses import excuses_in, faulty_excuses
from ogsm_xl.rules.settings import RuleSettings
from ogsm_xl.rules.structure import AMBIGUOUS, ERROR_VALUE, NO_RESULT, UNREADABLE

_EVERYTHING = RuleSettings()
_KNOWN = frozenset(rule.code for rule in CATALOGUE)
_UNREAD = {rule.code for rule in (UNREADABLE, AMBIGUOUS, ERROR_VALUE, NO_RESULT)}


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a plan brought to light.

    Attributes:
        findings: What to look at, in the order of the workbook's sheets and rows.
        excused: What was found in rows that are excused from it, in the same order.
    """

    findings: tuple[Finding, ...]
    excused: tuple[Finding, ...] = ()


def check_plan(
    plan: Plan, today: date, settings: RuleSettings = _EVERYTHING, structure: Sequence[Finding] = ()
) -> Checked:
    """Everything that the catalogue finds in a plan on a day, together with what its reader found.

    Args:
        plan: The plan, whatever it holds; no plan makes this raise.
        today: The day to judge by.
        settings: Thresholds, rules that are off, severities of one's own.
        structure: The findings of the reader; settings and excuses hold for them, too.
    """
    excuses = excuses_in(plan)
    # A cell that could not be read is blank to the checks; that it is "missing" would be the same thing said twice.
    unread = {finding.where for finding in structure if finding.where and finding.code in _UNREAD}
    checked = (finding for check in CHECKS for finding in check(plan, today, settings))
    kept: list[Finding] = list(faulty_excuses(plan, _KNOWN))
    excused: list[Finding] = []
    for finding in chain(structure, (finding for finding in checked if finding.where not in unread)):
        (excused if excuses.excuse(finding) else kept).append(finding)
    order = _workbook_order(plan)
    return Checked(
        tuple(sorted(_as_set(kept, settings), key=order)),
        tuple(sorted(_as_set(excused, settings), key=order)),
    )


def _as_set(findings: Iterable[Finding], settings: RuleSettings) -> Iterable[Finding]:
    """Without the rules that are off, with the severities that were set."""
    for finding in findings:
        if finding.code in settings.off:
            continue
        severity = settings.severities.get(finding.code, finding.severity)
        yield finding if severity is finding.severity else replace(finding, severity=severity)


def _workbook_order(plan: Plan) -> Callable[[Finding], tuple[int, int, str, int]]:
    """A sort key: the workbook as a whole first, then sheet by sheet, row by row, code by code."""
    tables: tuple[Sequence[Record], ...] = (
        (plan.objective,) if plan.objective else (),
        plan.goals,
        plan.strategies,
        plan.indicators,
        plan.measurements,
        plan.actions,
        plan.people,
        plan.sessions,
        plan.reports,
        plan.decisions,
        plan.evaluations,
        plan.factors,
    )
    sheets: dict[str, int] = {}
    for number, records in enumerate(tables):
        for record in records:
            if record.row:
                sheets.setdefault(record.row.place.sheet, number)

    def key(finding: Finding) -> tuple[int, int, str, int]:
        if finding.where is None:
            return (-1, 0, finding.code, 0)
        sheet, row, column = finding.where
        return (sheets.get(sheet, len(tables)), row, finding.code, column)

    return key
