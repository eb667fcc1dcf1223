"""Compares two workbooks part by part, without any of the code that edits them."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.worksheet.worksheet import Worksheet

from ogsm_xl.plan.cells import column_letters
from tests.support.workbooks import MAIN, STRICT

_ORDERS = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
    "row": "c extLst",
    "c": "f v is extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "xf": "alignment protection extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr "
    "webPublishObjects extLst",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
}
"""For elements that an edit touches: the order of their children that ECMA-376 prescribes."""


def members(path: Path) -> dict[str, bytes]:
    """The parts of a workbook, in the file's order, each checked against its checksum."""
    with zipfile.ZipFile(path) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def changed_parts(before: Path, after: Path) -> set[str]:
    """The parts whose bytes differ; fails when parts were lost, added or moved."""
    old, new = members(before), members(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def misplaced(part: bytes) -> list[str]:
    """The elements that stand in an order that the schema does not allow."""
    wrong = []
    for element in fromstring(part).iter():
        space, name = _named(element)
        order = _ORDERS.get(name, "").split() if space in {MAIN, STRICT} else []
        children = [child for space, child in map(_named, element) if space in {MAIN, STRICT}]
        if order and sorted(children, key=order.index) != children:
            wrong.append(name)
    return wrong


def outside(sheet: bytes, cells: set[str], rows: set[int]) -> str:
    """A sheet's XML without these cells and rows, and without the ranges that may have grown."""
    root = fromstring(sheet)
    data = root.find("{*}sheetData")
    assert data is not None
    number = 0
    for row in list(data):
        number = int(row.get("r") or number + 1)
        for at, cell in enumerate(list(row), 1):
            if (cell.get("r") or f"{column_letters(at)}{number}") in cells:
                row.remove(cell)
        if number in rows:
            data.remove(row)
    for element in root.iter():
        if _named(element)[1] in {"dimension", "autoFilter"}:
            element.attrib.pop("ref", None)
        if "sqref" in element.attrib:
            element.attrib["sqref"] = ""
        if _named(element)[1] == "sqref":
            element.text = ""
    return " ".join(ET.tostring(root, encoding="unicode").split())


def _named(element: ET.Element) -> tuple[str, str]:
    space, _, name = element.tag.rpartition("}")
    return space.removeprefix("{"), name


def openpyxl_sheet(path: Path, sheet: str = "Acties") -> Worksheet:
    """A sheet as openpyxl reads it, without its warnings about what it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = openpyxl.load_workbook(path)[sheet]
    assert isinstance(found, Worksheet)
    return found
