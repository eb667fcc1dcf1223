"""LibreOffice opens what the editor writes, recalculates it, and sees the edit."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, edited
from ogsm_xl.excel.ooxml.values import CellValue
from ogsm_xl.plan.cells import CellRef
from tests.support.workbooks import CORPUS, ROWS, TABLE, hand_made, sheet_xml

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice's soffice is not installed"),
]
NAMES = (
    "xlsxwriter-rich",
    "xlsxwriter-1904",
    "openpyxl-rich",
    "everything",
    "covering",
    "prefixed",
    "strict",
    "no-places",
    "zip64",
)
NEW_ROW: dict[int, CellValue] = {1: "A4", 2: "=geen formule", 3: dt.date(2026, 4, 4), 4: 0.75}
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Edited workbooks, opened, recalculated and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    edits: list[Edit] = [SetCell(CellRef("Acties", 5, 2), "=1+1"), AppendRows("Acties", 3, (NEW_ROW,))]
    for name in NAMES:
        CORPUS[name](folder / f"{name}.xlsx")
        edited(folder / f"{name}.xlsx", folder / f"{name}.xlsx", edits)
    calculated = TABLE.replace(
        '<tableColumn id="4" name="Voortgang"/>',
        '<tableColumn id="4" name="Voortgang"><calculatedColumnFormula>LEN(Acties[[#This Row],[Actie]])'
        "</calculatedColumnFormula></tableColumn>",
    )
    rows = re.sub(
        r'(<c r="D[456]" s="2">)<v>[^<]*</v>', r"\1<f>LEN(Acties[[#This Row],[Actie]])</f><v>1</v>", ROWS
    )
    rows = rows.replace("</row>", '<c r="H3"><f>SUM(D4:D9)</f><v>-1</v></c></row>', 1)
    plan = hand_made(folder / "calculated.xlsx", sheet_xml(rows), table=calculated)
    edited(plan, plan, [AppendRows("Acties", 3, ({1: "A4", 2: "twaalf tekens"[:12]},))])
    _convert(folder, [folder / f"{name}.xlsx" for name in (*NAMES, "calculated")])
    return folder / "uit"


def _convert(folder: Path, files: list[Path]) -> None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    assert OFFICE is not None
    command = [
        OFFICE,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "uit"), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_sees_the_edit(resaved: Path, name: str) -> None:
    """The edited cell is the text that was set, the new row stands where it should."""
    rows = (
        CalamineWorkbook.from_path(resaved / f"{name}.xlsx")
        .get_sheet_by_name("Acties")
        .to_python(skip_empty_area=False)
    )
    assert rows[4][1] == "=1+1"
    assert [value for value in rows[6] if value != ""][:4] == [
        "A4",
        "=geen formule",
        dt.date(2026, 4, 4),
        0.75,
    ]


def test_libreoffice_recalculates(resaved: Path) -> None:
    """Calculated columns have their result in the new row, and no stale sum survives."""
    rows = (
        CalamineWorkbook.from_path(resaved / "calculated.xlsx")
        .get_sheet_by_name("Acties")
        .to_python(skip_empty_area=False)
    )
    assert [row[3] for row in rows[3:7]] == [18, 14, 5, 12]
    assert rows[2][7] == 18 + 14 + 5 + 12
