"""Read a plan workbook into the typed plan, with a finding for everything that could not be read.

Forgiving in form, strict in meaning: whatever can be recognised beyond doubt is read, wherever it stands; what is
ambiguous, left out or unreadable is reported with its cell. Only a workbook that can't be used as a whole is a problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ogsm_xl.excel.garbage import no_garbage_collection
from ogsm_xl.excel.layout import (
    ACTIONS,
    DECISIONS,
    EVALUATIONS,
    FACTORS,
    GOALS,
    INDICATORS,
    MEASUREMENTS,
    OBJECTIVE,
    PEOPLE,
    REPORTS,
    SESSIONS,
    STRATEGIES,
)
from ogsm_xl.excel.ooxml.archive import Limits
from ogsm_xl.excel.ooxml.package import open_package
from ogsm_xl.excel.read.find_tables import Located, find_tables
from ogsm_xl.excel.read.give_ids import give_ids, titles_of
from ogsm_xl.excel.read.read_rows import read_rows
from ogsm_xl.excel.read.sheet_cells import Sheets
from ogsm_xl.excel.read.table_rows import rows_of
from ogsm_xl.plan.cells import CellRef, TablePlace
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Plan, normalised_id
from ogsm_xl.plan.words import Language
from ogsm_xl.rules import structure


@dataclass(frozen=True)
class ReadPlan:
    """A plan as read from a workbook.

    Attributes:
        plan: All rows that could be read.
        findings: What could not be read, or only with a doubt; sheet by sheet, from top to bottom.
        places: Name of a table (`Actions`) to where it was found; optional tables may be missing.
        last_rows: Name of a table to the last row that belongs to it (the row of its headings when it has none).
        proposed_ids: Cell of a missing ID to the ID that the row has in `plan`, to be written at the next write.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    places: Mapping[str, TablePlace]
    last_rows: Mapping[str, int]
    proposed_ids: Mapping[CellRef, str]

    @property
    def unsettled_ids(self) -> frozenset[str]:
        """The IDs (normalised) that do not tell for sure which row is meant: proposed only, or on more than one item.

        Nobody is asked about them, no edit is read from their rows, and no report is written into these.
        """
        times = Counter(normalised_id(item.id) for item in self.plan.items)
        twice = {item for item, number in times.items() if number > 1}
        return frozenset(twice | {normalised_id(proposed) for proposed in self.proposed_ids.values()})


def read_plan(path: Path, *, limits: Limits = Limits()) -> ReadPlan:
    """Read the plan in a workbook.

    Args:
        path: The .xlsx or .xlsm file.
        limits: How much it may hold.

    Raises:
        InputProblem: The file is no workbook, damaged, encrypted or too large, or a sheet or heading that the jobs need is
            missing: the sentence says which, and what to do.
        OutsideProblem: The disk or share failed.
    """
    with open_package(path, limits) as package, no_garbage_collection(made_to_last=True):
        located, findings = find_tables(Sheets(package, path))
        tables = rows_of(located)
        give_ids(tables)
        titles = titles_of(tables.values())
        records: dict[str, Sequence[Any]] = {
            name: read_rows(table, titles, date1904=package.date1904) for name, table in tables.items()
        }
    for table in tables.values():
        findings = [*findings, *table.findings]
    findings = [*findings, *_second_objectives(records.get(OBJECTIVE.name, ()))]
    return ReadPlan(
        plan=_plan(_language(located.values()), records),
        findings=_in_order(findings, located.values()),
        places={name: one.place for name, one in located.items()},
        last_rows={
            name: max(table.numbers, default=table.located.header_row) for name, table in tables.items()
        },
        proposed_ids={cell: id_ for table in tables.values() for cell, id_ in table.proposed.items()},
    )


def _plan(language: Language, records: Mapping[str, Sequence[Any]]) -> Plan:
    def rows(table: str) -> tuple[Any, ...]:
        return tuple(records.get(table, ()))

    return Plan(
        language=language,
        objective=next(iter(rows(OBJECTIVE.name)), None),
        goals=rows(GOALS.name),
        strategies=rows(STRATEGIES.name),
        indicators=rows(INDICATORS.name),
        measurements=rows(MEASUREMENTS.name),
        actions=rows(ACTIONS.name),
        people=rows(PEOPLE.name),
        sessions=rows(SESSIONS.name),
        reports=rows(REPORTS.name),
        decisions=rows(DECISIONS.name),
        evaluations=rows(EVALUATIONS.name),
        factors=rows(FACTORS.name),
    )


def _language(located: Iterable[Located]) -> Language:
    """The language of most headings; Dutch when they do not say."""
    headings = [one.headings for one in located]
    dutch, english = sum(each.dutch for each in headings), sum(each.english for each in headings)
    return Language.EN if english > dutch else Language.NL


def _second_objectives(objectives: Sequence[Any]) -> Iterable[Finding]:
    return [
        structure.SECOND_OBJECTIVE.found(each.row.cell("text"), item=each.id, owner=each.owner)
        for each in objectives[1:]
    ]


def _in_order(findings: Iterable[Finding], located: Iterable[Located]) -> tuple[Finding, ...]:
    sheets = {one.cells.name: position for position, one in enumerate(located)}

    def position(finding: Finding) -> tuple[int, int, int]:
        where = finding.where
        return (sheets.get(where.sheet, len(sheets)), where.row, where.column) if where else (-1, 0, 0)

    return tuple(sorted(findings, key=position))
