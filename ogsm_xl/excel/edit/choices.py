"""The lists that validations let people choose from, so that nothing is written that Excel would not accept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogsm_xl.excel.ooxml.covered_cells import Covered
from ogsm_xl.excel.ooxml.package import Area
from ogsm_xl.plan.problem import InputProblem

if TYPE_CHECKING:
    from ogsm_xl.excel.edit.sheet_edit import SheetEdit
    from ogsm_xl.excel.edit.workbook_edit import WorkbookEdit

_MOST_CELLS = 5_000
_FIXED_RANGE = re.compile(
    r"=?(?:(?P<sheet>'(?:[^']|'')+'|[^\s!'\"()]+)!)?(?P<area>\$[A-Za-z]{1,3}\$[0-9]+(?::\$[A-Za-z]{1,3}\$[0-9]+)?)"
)
_NAME = re.compile(r"=?([^\W\d][\w.]*)")
_FALSE = {None, "0", "false", "off"}


@dataclass(frozen=True, slots=True)
class ListOfChoices:
    """What may be chosen; `exact` when upper and lower case matter, as in lists typed into the validation itself."""

    values: tuple[str, ...]
    exact: bool


class Choices:
    """The choices of a sheet's validations; only those that can be known for certain."""

    def __init__(self, workbook: WorkbookEdit, sheet: SheetEdit) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._known: dict[int, ListOfChoices | None] = {}

    def of(self, covered: Covered) -> ListOfChoices | None:
        """What a validation insists on, or None when it allows other values or when its list can't be known."""
        tag = covered.owner.tag
        insists = tag.get(b"showErrorMessage") not in _FALSE and tag.get(b"errorStyle") in {None, "stop"}
        if not insists:
            return None
        if tag.start not in self._known:
            blanks_allowed = tag.get(b"allowBlank") not in _FALSE
            self._known[tag.start] = self._choices(
                self._sheet.xml.covered.list_formula(covered), blanks_allowed=blanks_allowed
            )
        return self._known[tag.start]

    def _choices(self, formula: str, *, blanks_allowed: bool) -> ListOfChoices | None:
        formula = formula.strip()
        if len(formula) > 1 and formula[0] == formula[-1] == '"':
            return ListOfChoices(tuple(v.strip() for v in formula[1:-1].split(",")), exact=True)
        name = _NAME.fullmatch(formula)
        if name:
            stands_for = [
                n.formula for n in self._workbook.xml.names() if n.name.casefold() == name[1].casefold()
            ]
            formula = stands_for[0] if len(stands_for) == 1 else ""
        found = _FIXED_RANGE.fullmatch(formula)
        return self._in_range(found["sheet"], found["area"], blanks_allowed=blanks_allowed) if found else None

    def _in_range(self, sheet: str | None, ref: str, *, blanks_allowed: bool) -> ListOfChoices | None:
        area = Area.find(ref)
        if area is None or area.cells > _MOST_CELLS:
            return None
        try:
            home = self._workbook.sheet(_unquoted(sheet)) if sheet else self._sheet
        except InputProblem:
            return None
        values = []
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                value = home.shown(row, column)
                if value is None or (not value and blanks_allowed):
                    return None  # calculated; or a blank choice, and then Excel accepts anything
                values.append(value)
        return ListOfChoices(tuple(values), exact=False)


def differs(value: str | float | bool, choices: ListOfChoices) -> bool:  # noqa: FBT001 - a cell's value
    """Whether a value is none of the choices."""
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        if choices.exact:
            return value not in choices.values
        return value.casefold() not in {choice.casefold() for choice in choices.values}
    return value not in {number for choice in choices.values if (number := _number(choice)) is not None}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
