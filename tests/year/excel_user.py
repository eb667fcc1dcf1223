"""Somebody who has the plan open in Excel: changes cells, saves as Excel saves, leaves the file open.

Independent of the product's editor: cells are set in the sheet's XML with lxml, every other part is copied as it is.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from lxml import etree

ZONE = ZoneInfo("Europe/Amsterdam")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_M = f"{{{_MAIN}}}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EPOCH = dt.date(1899, 12, 30)

Value = str | float | dt.date


def change(plan: Path, sheet: str, row: str, values: Mapping[str, Value], saved: dt.datetime) -> None:
    """Change cells of one row and save: a new file beside the plan, put in its place.

    Args:
        plan: The workbook.
        sheet: The sheet's name.
        row: What stands in the first column of the row (its ID, a name).
        values: Heading to new value; a percentage as a fraction.
        saved: When it is saved; the file's time.
    """
    beside = plan.with_name(f"{saved:%H%M%S}A0.tmp")
    beside.write_bytes(_changed(plan.read_bytes(), sheet, row, values))
    beside.replace(plan)
    set_time(plan, saved)


def set_time(plan: Path, moment: dt.datetime) -> None:
    """Give the file the time at which it was saved on that day of the simulated year."""
    seconds = moment.replace(tzinfo=ZONE).timestamp()
    os.utime(plan, (seconds, seconds))


def leave_open(plan: Path, name: str) -> None:
    """Put Excel's owner file beside the plan: its first byte is the length of the name, which comes twice."""
    short = name.encode("cp1252", "replace")[:52]
    owner = bytes([len(short)]) + short.ljust(54, b" ")
    owner += struct.pack("<H", len(name)) + name.ljust(54).encode("utf-16-le")[:108]
    _owner_file(plan).write_bytes(owner)


def close(plan: Path) -> None:
    """Take Excel's owner file away."""
    _owner_file(plan).unlink(missing_ok=True)


def _owner_file(plan: Path) -> Path:
    return plan.with_name(f"~${plan.name}")


def _changed(package: bytes, sheet: str, row: str, values: Mapping[str, Value]) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        part = _part_of(old, sheet)
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = _changed_sheet(content, _shared_texts(old), row, values)
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    workbook = etree.fromstring(package.read("xl/workbook.xml"))
    relation = next(each.get(_ID) for each in workbook.iter(f"{_M}sheet") if each.get("name") == sheet)
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    return next(f"xl/{each.get('Target')}" for each in relations if each.get("Id") == relation)


def _shared_texts(package: zipfile.ZipFile) -> list[str]:
    texts = etree.fromstring(package.read("xl/sharedStrings.xml"))
    return [_joined(each) for each in texts.iter(f"{_M}si")]


def _changed_sheet(content: bytes, shared: list[str], row: str, values: Mapping[str, Value]) -> bytes:
    sheet = etree.fromstring(content)
    headings: dict[str, str] = {}
    first = ""
    for line in sheet.iter(f"{_M}row"):
        texts = dict(_texts(line, shared))
        if not headings and {"ID", "Naam"} & set(texts.values()):
            headings = {text: column for column, text in texts.items()}
            first = next(iter(texts))
        elif headings and texts.get(first) == row:
            for heading, value in values.items():
                _set(line, headings[heading], value)
            return etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True)
    raise LookupError(row)


def _texts(line: etree._Element, shared: list[str]) -> Iterator[tuple[str, str]]:
    """The texts of a row by column."""
    for cell in line:
        column = (cell.get("r") or "").rstrip("0123456789")
        if cell.get("t") == "s":
            yield column, shared[int(cell.findtext(f"{_M}v") or 0)]
        elif cell.get("t") == "inlineStr":
            yield column, _joined(cell)


def _joined(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_M}t"))


def _set(line: etree._Element, column: str, value: Value) -> None:
    cell = _cell(line, column)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_M}is"), f"{_M}t")
        text.text = value
    else:
        number = (value - _EPOCH).days if isinstance(value, dt.date) else value
        etree.SubElement(cell, f"{_M}v").text = repr(number)


def _cell(line: etree._Element, column: str) -> etree._Element:
    """The cell of this column, made in its place where there is none."""
    place = 0
    for place, cell in enumerate(line):  # noqa: B007 - the last place is used below
        there = (cell.get("r") or "").rstrip("0123456789")
        if there == column:
            return cell
        if (len(there), there) > (len(column), column):
            break
    else:
        place = len(line)
    made = etree.Element(f"{_M}c", r=f"{column}{line.get('r')}")
    line.insert(place, made)
    return made
