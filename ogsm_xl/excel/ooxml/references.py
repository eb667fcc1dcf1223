"""References that end at a table's old last row: charts, names and formulas that do not grow when the file is edited.

In Excel they would grow along when somebody types below the table. Here they are found and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from ogsm_xl.excel.ooxml.package import Area, Package, SheetPart
from ogsm_xl.excel.ooxml.small_parts import WorkbookXml
from ogsm_xl.excel.ooxml.splice import elements, plain, scan_view
from ogsm_xl.plan.words import Text

_MOST_REPORTED = 8
_RANGE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?\$?(?P<c1>[A-Za-z]{1,3})\$?(?P<r1>[0-9]{1,7})"
    r":\$?(?P<c2>[A-Za-z]{1,3})\$?(?P<r2>[0-9]{1,7})(?![0-9\w(])"
)
_FORMULA_TAGS = re.compile(rb"<(?:[\w.-]+:)?(f|formula|formula1|formula2)(?:\s[^<>]*)?>\Z")
_CELL_BEFORE = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


@dataclass(frozen=True, slots=True)
class Grown:
    """Some data that became longer: the sheet, its area with headings as it was, and its new last row."""

    sheet: SheetPart
    before: Area
    last_row: int


Found: TypeAlias = tuple[Text, str]
"""What refers, and the reference."""


def left_behind(package: Package, grown: Grown, parts: dict[str, bytes]) -> list[Text]:
    """A sentence for each reference that ends where the data ended before.

    Args:
        package: The workbook as it was.
        grown: The data that became longer.
        parts: Contents of parts that are in memory already.
    """
    found = list(dict.fromkeys(_references(package, grown, parts)))
    place = f"{grown.sheet.name}!{grown.before.ref}"
    sentences = [
        Text(
            f"{who.nl} verwijst naar {reference} en loopt tot de oude laatste rij van {place}: maak het bereik langer.",
            f"{who.en} refers to {reference} and ends at the old last row of {place}: make the range longer.",
        )
        for who, reference in found[:_MOST_REPORTED]
    ]
    if len(found) > _MOST_REPORTED:
        more = len(found) - _MOST_REPORTED
        sentences.append(
            Text(
                f"Nog {more} verwijzingen lopen tot de oude laatste rij van {place}.",
                f"{more} more references end at the old last row of {place}.",
            )
        )
    return sentences


def pivots_to_refresh(package: Package, sheet: SheetPart) -> list[Text]:
    """A sentence when a pivot table summarises a sheet that was edited."""
    tables = {table.name.casefold() for table in sheet.tables}
    for relation in package.relations(package.workbook_part):
        if relation.kind != "pivotCacheDefinition" or not package.has(relation.target):
            continue
        source = package.tree(relation.target).find("{*}cacheSource/{*}worksheetSource")
        if source is None:
            continue
        by_sheet = source.get("sheet", "").casefold() == sheet.name.casefold()
        if by_sheet or source.get("name", "").casefold() in tables:
            return [
                Text(
                    f"Een draaitabel vat gegevens van blad {sheet.name} samen: vernieuw hem in Excel (Gegevens > Alles vernieuwen).",
                    f"A pivot table summarises data of sheet {sheet.name}: refresh it in Excel (Data > Refresh All).",
                )
            ]
    return []


def _references(package: Package, grown: Grown, parts: dict[str, bytes]) -> Iterator[Found]:
    workbook = WorkbookXml(package.read(package.workbook_part))
    for name in workbook.names():
        if name.name.casefold() == "_xlnm._filterdatabase":
            continue
        who = Text(f"De naam {name.name}", f"The name {name.name}")
        if name.name.casefold() == "_xlnm.print_area":
            who = Text("Het afdrukbereik", "The print area")
        for reference in _ends_there(name.formula, grown, ""):
            yield who, reference
    for sheet in package.sheets:
        contents = parts.get(sheet.part) or package.read(sheet.part)
        yield from _in_sheet(contents, sheet, grown)
        yield from _in_charts(package, sheet.part, sheet.name, grown)
    for relation in package.relations(package.workbook_part):
        if relation.kind == "chartsheet":
            where = PurePosixPath(relation.target).stem
            yield from _in_charts(package, relation.target, where, grown)


def _in_sheet(contents: bytes, sheet: SheetPart, grown: Grown) -> Iterator[Found]:
    candidates = re.compile(rb":\$?[A-Za-z]{1,3}\$?%d(?![0-9])" % grown.before.last_row)
    seen = -1
    for candidate in candidates.finditer(contents):
        start = contents.rfind(b"<", 0, candidate.start())
        opening_end = contents.find(b">", start) + 1
        if start == seen or opening_end > candidate.start():
            continue
        seen = start
        tag = _FORMULA_TAGS.match(contents[start:opening_end])
        if tag is None:
            continue
        formula = plain(contents[opening_end : contents.find(b"<", opening_end)])
        who = _who(contents, start, sheet, grown) if tag[1] == b"f" else _rule(sheet)
        if who is not None:
            for reference in _ends_there(formula, grown, sheet.name):
                yield who, reference


def _who(contents: bytes, at: int, sheet: SheetPart, grown: Grown) -> Text | None:
    """The cell that a formula stands in; None for one in the data itself, such as a running total."""
    before = contents[contents.rfind(b"<row", 0, at) : at] or contents[max(0, at - 400) : at]
    cells = _CELL_BEFORE.findall(before)
    if not cells or b"</sheetData" in before or b"extLst" in before:
        return _rule(sheet)
    address = (cells[-1][0] + cells[-1][1]).decode("ascii")
    cell = Area.parse(address)
    if sheet.part == grown.sheet.part and grown.before.has(cell.first_row, cell.first_column):
        return None
    return Text(f"De formule in {sheet.name}!{address}", f"The formula in {sheet.name}!{address}")


def _rule(sheet: SheetPart) -> Text:
    return Text(
        f"Een sparkline, validatie of voorwaardelijke opmaak op blad {sheet.name}",
        f"A sparkline, validation or conditional format on sheet {sheet.name}",
    )


def _in_charts(package: Package, part: str, where: str, grown: Grown) -> Iterator[Found]:
    who = Text(f"Een grafiek op blad {where}", f"A chart on sheet {where}")
    for drawing in package.relations(part):
        if drawing.kind != "drawing" or drawing.external:
            continue
        for chart in package.relations(drawing.target):
            if chart.kind not in {"chart", "chartEx"} or not package.has(chart.target):
                continue
            contents = package.read(chart.target)
            for element in elements(scan_view(contents)):
                if element.tag.local == b"f":
                    formula = plain(contents[element.content_start : element.content_end])
                    for reference in _ends_there(formula, grown, ""):
                        yield who, reference


def _ends_there(formula: str, grown: Grown, own_sheet: str) -> Iterator[str]:
    """The references of a formula to several rows of the data that end at its old last row."""
    for found in _RANGE.finditer(formula):
        sheet = found["sheet"]
        name = sheet.strip("'").replace("''", "'") if sheet else own_sheet
        if name.casefold() != grown.sheet.name.casefold() or formula[: found.start()].endswith("]"):
            continue
        area = Area.find(found[0].rpartition("!")[2])
        if area is None:
            continue
        ends_there = area.last_row == grown.before.last_row and area.first_row < area.last_row
        if ends_there and area.meets(grown.before):
            yield found[0]
