"""What forbids writing to a cell: formulas, tables' headings, pivot tables, merged and locked cells, lists of choices."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ogsm_xl.excel.edit.choices import Choices, differs
from ogsm_xl.excel.ooxml.package import LAST_COLUMN, LAST_ROW, Area
from ogsm_xl.excel.ooxml.values import Prepared
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.excel.edit.sheet_edit import SheetEdit

_MOST_SHOWN = 12


class CellRules:
    """The rules for the cells of one sheet; each raises an `InputProblem` that names the cell and says what to do."""

    def __init__(self, sheet: SheetEdit) -> None:
        self._sheet = sheet
        self._workbook = sheet.workbook
        self._xml = sheet.xml
        self._choices = Choices(sheet.workbook, sheet)

    def refusal(self, row: int, column: int, what: Text) -> InputProblem:
        """The problem to raise for a cell."""
        return self._workbook.refusal(CellRef(self._sheet.part.name, row, column), what)

    def exists(self, row: int, column: int) -> None:
        """The cell must lie within a sheet."""
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise self._workbook.refusal(
                self._sheet.part.name,
                Text(
                    f"rij {row}, kolom {column} bestaat niet. Controleer de plaats.",
                    f"row {row}, column {column} does not exist. Check the place.",
                ),
            )

    def is_no_table_edge(self, row: int, column: int) -> None:
        """The cell must be no heading or total of a table, nor in a table that something outside fills."""
        for table in self._sheet.tables:
            if not table.area.has(row, column):
                continue
            name = table.table.name
            if table.table.kind != "worksheet":
                raise self.refusal(
                    row,
                    column,
                    Text(
                        f"tabel {name} wordt gevuld door een query of koppeling. Wijzig de gegevens daar.",
                        f"table {name} is filled by a query or a link. Change the data there.",
                    ),
                )
            if not table.data.has(row, column):
                raise self.refusal(
                    row,
                    column,
                    Text(
                        f"dit is een kop of totaal van tabel {name}. Wijzig die in Excel.",
                        f"this is a heading or total of table {name}. Change it in Excel.",
                    ),
                )

    def is_free(self, row: int, column: int) -> None:
        """The cell must hold no formula, and be no part of an array formula, a data table or a pivot table."""
        if self._xml.formula(row, column) is not None:
            what = Text(
                "hier staat een formule. Vervang die eerst door een waarde.",
                "there is a formula here. Replace it with a value first.",
            )
        elif any(area.has(row, column) for area in self._xml.array_areas):
            what = Text(
                "deze cel hoort bij een matrixformule of gegevenstabel. Kies een andere cel.",
                "this cell belongs to an array formula or a data table. Choose another cell.",
            )
        elif any(area.has(row, column) for area in self.pivots):
            what = Text(
                "deze cel hoort bij een draaitabel. Wijzig de gegevens waar die op rust.",
                "this cell belongs to a pivot table. Change the data that it rests on.",
            )
        else:
            return
        raise self.refusal(row, column, what)

    def is_not_merged_away(self, row: int, column: int) -> None:
        """The cell must not be hidden under a merged one."""
        for merge in self._xml.merges:
            if merge.has(row, column) and (merge.first_row, merge.first_column) != (row, column):
                first = CellRef(self._sheet.part.name, merge.first_row, merge.first_column)
                raise self.refusal(
                    row,
                    column,
                    Text(
                        f"deze cel is samengevoegd met {first}. Schrijf in die cel, of hef het samenvoegen op.",
                        f"this cell is merged with {first}. Write to that cell, or unmerge them.",
                    ),
                )

    def is_unlocked(self, row: int, column: int) -> None:
        """The cell must not be locked on a protected sheet, unless the caller may unlock."""
        if self._xml.protection is None or self._workbook.may_unlock:
            return
        if self._workbook.styles.is_locked(self._xml.style(row, column)):
            raise self.refusal(
                row,
                column,
                Text(
                    "het blad is beveiligd en deze cel is vergrendeld. Hef de beveiliging op, of ontgrendel de cel.",
                    "the sheet is protected and this cell is locked. Unprotect the sheet, or unlock the cell.",
                ),
            )

    def is_a_choice(self, row: int, column: int, ready: Prepared, pattern_row: int) -> None:
        """The value must be in the cell's list, or in that of the row that a new row is patterned on."""
        if ready.value is None:
            return
        for covered in self._xml.covered.lists:
            if not any(a.has(row, column) or a.has(pattern_row, column) for a in covered.areas):
                continue
            choices = self._choices.of(covered)
            if choices is not None and differs(ready.value, choices):
                shown = ", ".join(choices.values[:_MOST_SHOWN])
                raise self.refusal(
                    row,
                    column,
                    Text(
                        f"{ready.value!r} staat niet in de keuzelijst van deze cel ({shown}). Kies een van die waarden.",
                        f"{ready.value!r} is not in this cell's list ({shown}). Choose one of those values.",
                    ),
                )

    @cached_property
    def pivots(self) -> tuple[Area, ...]:
        """The cells of pivot tables."""
        package = self._workbook.package
        areas = []
        for relation in package.relations(self._sheet.part.part):
            if relation.kind == "pivotTable" and package.has(relation.target):
                location = package.tree(relation.target).find("{*}location")
                areas.append(Area.find("" if location is None else location.get("ref", "")))
        return tuple(area for area in areas if area)
