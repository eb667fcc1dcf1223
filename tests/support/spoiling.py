"""Spoils a plan as people do: what they type in the cells of its workbook, and what is found afterwards, and where."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl

from ogsm_xl.excel.ooxml.values import CellValue
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.cells import CellRef, RowRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Plan
from ogsm_xl.rules.check import check_plan


class Slip(NamedTuple):
    """One slip.

    Attributes:
        row: The ID of the row, or the name of the person.
        field: The field that it was made in, as the plan calls it.
        written: What was typed; None for a cell that was cleared.
        code: The rule that finds it.
        at: The field, or the row and field (`S1.light`), whose cell the finding points at; the slip's own if "".
    """

    row: str
    field: str
    written: CellValue
    code: str
    at: str = ""


@dataclass(frozen=True)
class Spoiled:
    """What is found in a spoiled plan.

    Attributes:
        before: What was found before.
        after: What is found in the spoiled one.
        places: For each slip, the cell that the finding should point at.
    """

    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    places: tuple[CellRef, ...]


def spoiled(plan: Plan, slips: Sequence[Slip], today: date, folder: Path) -> Spoiled:
    """Write a plan as a workbook, make all the slips in it, and check it."""
    path = folder / "plan.xlsx"
    write_plan_workbook(plan, path, plan.language)
    sound = read_plan(path)
    rows = _rows(sound.plan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(path)
    for slip in slips:
        cell = rows[slip.row].cell(slip.field)
        workbook[cell.sheet][cell.address] = slip.written
    workbook.save(path)
    read = read_plan(path)
    return Spoiled(
        check_plan(sound.plan, today, structure=sound.findings).findings,
        check_plan(read.plan, today, structure=read.findings).findings,
        tuple(_place(slip, rows) for slip in slips),
    )


def serious(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Code and cell of every error and warning."""
    return [(f.code, str(f.where or "-")) for f in findings if f.severity >= Severity.WARNING]


def _rows(plan: Plan) -> dict[str, RowRef]:
    tables = (plan.items, plan.goals, plan.measurements, plan.sessions, plan.reports, plan.decisions)
    named = {record.id: record.row for records in tables for record in records}
    named |= {person.name: person.row for person in plan.people}
    return {name: row for name, row in named.items() if row}


def _place(slip: Slip, rows: dict[str, RowRef]) -> CellRef:
    row, _, field = slip.at.rpartition(".")
    return rows[row or slip.row].cell(field or slip.field)
