"""One edit tried on workbooks of every kind: nothing is lost, everything reads back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ogsm_xl.excel.editor import AppendRows, Edit, Edited, SetCell, edited
from ogsm_xl.excel.ooxml.package import open_package
from ogsm_xl.excel.ooxml.values import CellValue
from ogsm_xl.plan.cells import CellRef
from tests.support.comparing import changed_parts, members, misplaced, openpyxl_sheet, outside
from tests.support.workbooks import CORPUS

TEXT = '=1+1 <é & "x">\n  _x0041_ '
NEW_ROW: dict[int, CellValue] = {1: "A4", 2: "Nieuwe actie", 3: dt.date(2026, 4, 4), 4: 0.75}
UNREADABLE_FOR_OPENPYXL = {"strict", "odd-zip"}
UNREADABLE_FOR_CALAMINE = {"dimension-odd"}
MAY_CHANGE = {
    "xl/worksheets/sheet1.xml",
    "xl/tables/table1.xml",
    "xl/styles.xml",
    "xl\\styles.xml",
    "xl/workbook.xml",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path, Edited]]:
    """Every workbook, before and after setting B5 and appending a row."""
    folder = tmp_path_factory.mktemp("corpus")
    edits: list[Edit] = [SetCell(CellRef("Acties", 5, 2), TEXT), AppendRows("Acties", 3, (NEW_ROW,))]
    found = {}
    for name, build in CORPUS.items():
        before, after = folder / f"{name}.xlsx", folder / f"{name} na.xlsx"
        build(before)
        found[name] = (before, after, edited(before, after, edits))
    return found


@pytest.mark.parametrize("name", CORPUS)
def test_untouched_parts_stay_byte_for_byte(name: str, results: dict[str, tuple[Path, Path, Edited]]) -> None:
    """All parts are there in the same order, and only those that hold the edit have other bytes."""
    before, after, _ = results[name]
    assert changed_parts(before, after) <= MAY_CHANGE


@pytest.mark.parametrize("name", CORPUS)
def test_the_rest_of_the_sheet_stays(name: str, results: dict[str, tuple[Path, Path, Edited]]) -> None:
    """The sheet's XML without the edited cell, the new row and the ranges that grew is what it was."""
    before, after, _ = results[name]
    part = "xl/worksheets/sheet1.xml"
    old = outside(members(before)[part], {"B5"}, set())
    new = outside(members(after)[part], {"B5"}, {7})
    assert new == old


@pytest.mark.parametrize("name", CORPUS)
def test_changed_parts_keep_the_order_of_the_schema(
    name: str, results: dict[str, tuple[Path, Path, Edited]]
) -> None:
    """Elements in the changed parts stand in the order that ECMA-376 prescribes."""
    before, after, _ = results[name]
    contents = members(after)
    wrong = {part: misplaced(contents[part]) for part in changed_parts(before, after)}
    assert {part: names for part, names in wrong.items() if names} == {}


@pytest.mark.parametrize("name", sorted(CORPUS.keys() - UNREADABLE_FOR_CALAMINE))
def test_calamine_reads_the_edit_and_all_else_as_before(
    name: str, results: dict[str, tuple[Path, Path, Edited]]
) -> None:
    """The edited cells read as asked, the new row stands in row 7, and all other cells read as before."""
    before, after, outcome = results[name]
    old, new = _values(before), _values(after)
    assert outcome.appended == (CellRef("Acties", 7, 1),)
    assert new.pop("Acties", (5, 2)) == TEXT
    old.pop("Acties", (5, 2))
    row = [new.pop("Acties", (7, column)) for column in range(1, 5)]
    assert row == ["A4", "Nieuwe actie", dt.date(2026, 4, 4), 0.75]
    assert new.cells == old.cells


@pytest.mark.parametrize("name", sorted(CORPUS.keys() - UNREADABLE_FOR_OPENPYXL))
def test_openpyxl_reads_the_edit(name: str, results: dict[str, tuple[Path, Path, Edited]]) -> None:
    """Openpyxl opens the result and sees text as text and the date as a date."""
    _, after, _ = results[name]
    sheet = openpyxl_sheet(after)
    assert (sheet["B5"].data_type, sheet["B7"].value, sheet["D7"].value) == ("s", "Nieuwe actie", 0.75)
    assert sheet["C7"].value == dt.datetime(2026, 4, 4)


@pytest.mark.parametrize("name", sorted(CORPUS.keys() - UNREADABLE_FOR_OPENPYXL))
def test_the_new_row_has_the_formats_of_the_row_above(
    name: str, results: dict[str, tuple[Path, Path, Edited]]
) -> None:
    """The new row's date and share are shown as those above them."""
    _, after, _ = results[name]
    sheet = openpyxl_sheet(after)
    above = [sheet.cell(6, column).number_format for column in (3, 4)]
    assert [sheet.cell(7, column).number_format for column in (3, 4)] == above


@pytest.mark.parametrize("name", CORPUS)
def test_tables_grow(name: str, results: dict[str, tuple[Path, Path, Edited]]) -> None:
    """Where the plan is a table, the table reaches the new row."""
    before, after, _ = results[name]
    with open_package(before) as old, open_package(after) as new:
        assert [t.area.ref for t in new.sheets[0].tables] == ["A3:D7"] * len(old.sheets[0].tables)


class _Cells:
    """All cells of a workbook with a value, by sheet and place."""

    def __init__(self, cells: dict[tuple[str, tuple[int, int]], object]) -> None:
        self.cells = cells

    def pop(self, sheet: str, place: tuple[int, int]) -> object:
        return self.cells.pop((sheet, place), None)


def _values(path: Path) -> _Cells:
    book = CalamineWorkbook.from_path(path)
    return _Cells(
        {
            (name, (row, column)): value
            for name in book.sheet_names
            if name != "Grafiek"
            for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
            for column, value in enumerate(values, 1)
            if value != ""
        }
    )
