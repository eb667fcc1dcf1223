"""Puts a plan from a few lines of text on its sheets, and says what the rules find in it and in which cells.

Every table stands as the template lays it out: headings in row 1, the first record in row 2, all columns there.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any, NamedTuple

from ogsm_xl.excel.layout import TABLES, Table
from ogsm_xl.plan.cells import RowRef, TablePlace
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Language
from ogsm_xl.rules.check import check_plan
from ogsm_xl.rules.settings import RuleSettings
from tests.support.plans import plan_of

TODAY = date(2026, 6, 1)
"""The Monday on which the plans in the tests of the rules are checked, unless a test says otherwise."""

_USUAL = RuleSettings()


class Pair(NamedTuple):
    """A rule with a plan that it finds something in, the cells where, and the same plan mended."""

    code: str
    bad: str
    cells: str
    good: str


def placed(plan: Plan) -> Plan:
    """The same plan with every record in its row of the template's sheets."""
    places: dict[type[Any], TablePlace] = {table.record: _place(table, plan.language) for table in TABLES}
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(plan):
        records = getattr(plan, field.name)
        if isinstance(records, tuple):
            changed[field.name] = tuple(
                dataclasses.replace(record, row=RowRef(places[type(record)], number))
                for number, record in enumerate(records, 2)
            )
    if plan.objective:
        changed["objective"] = dataclasses.replace(
            plan.objective, row=RowRef(places[type(plan.objective)], 2)
        )
    return dataclasses.replace(plan, **changed)


def findings(
    lines: str, today: date = TODAY, settings: RuleSettings = _USUAL, language: Language = Language.NL
) -> tuple[Finding, ...]:
    """Everything that is found in the plan that the lines describe."""
    return check_plan(placed(plan_of(lines, language)), today, settings).findings


def cells(code: str, lines: str, today: date = TODAY, settings: RuleSettings = _USUAL) -> str:
    """The cells in which one rule finds something, with blanks between; `-` for the workbook as a whole."""
    return " ".join(
        str(finding.where or "-") for finding in findings(lines, today, settings) if finding.code == code
    )


def _place(table: Table, language: Language) -> TablePlace:
    columns = {column.field: number for number, column in enumerate(table.columns, 1)}
    return TablePlace(table.sheet.in_(language), 1, columns)
