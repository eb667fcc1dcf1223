"""What opening a workbook finds, and which files it refuses."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from ogsm_xl.excel.package import Area, open_package
from ogsm_xl.plan.problem import InputProblem


def plan(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        actions = workbook.add_worksheet("Acties")
        actions.write_string("A1", "Actieplan")
        actions.write_string("A3", "ID")
        actions.write_string("B4", "Bellen")
        actions.add_table("A3:B5", {"name": "Acties", "columns": [{"header": "ID"}, {"header": "Wat\ndoen"}]})
        workbook.add_worksheet("Lijsten").hide()
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Acties!$A$4:$A$5"})
        workbook.add_chartsheet("Grafiek").set_chart(chart)
    return path


def test_sheets_and_tables_are_found(tmp_path: Path) -> None:
    """A workbook's worksheets, hidden ones too, with their tables; chart sheets are none."""
    with open_package(plan(tmp_path / "plan.xlsx")) as package:
        assert [(s.name, s.hidden) for s in package.sheets] == [("Acties", False), ("Lijsten", True)]
        table = package.sheets[0].tables[0]
        assert (table.name, table.area.ref, table.columns) == ("Acties", "A3:B5", ("ID", "Wat\ndoen"))
        assert package.sheet("ACTIES") == package.sheets[0]


def test_used_area_is_the_rectangle_around_all_cells(tmp_path: Path) -> None:
    """The used area reaches from the first to the last cell, and is None for an empty sheet."""
    with open_package(plan(tmp_path / "plan.xlsx")) as package:
        assert [package.used_area(sheet) for sheet in package.sheets] == [Area(1, 1, 4, 2), None]


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"", "no Excel workbook"),
        (b"ID;Actie\n1;Bellen\n", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (b"PK\x03\x04" + bytes(100), "no Excel workbook"),
    ],
)
def test_files_that_are_no_workbook_get_a_sentence(contents: bytes, says: str) -> None:
    """Anything that is no workbook is refused in a sentence."""
    with pytest.raises(InputProblem, match=says):
        open_package(io.BytesIO(contents))
