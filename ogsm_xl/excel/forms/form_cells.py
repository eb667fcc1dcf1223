"""The cells of a form that came back, whatever program saved it: an Excel workbook or an OpenDocument spreadsheet.

They are read from the XML here, not with python-calamine: a form is small, anybody may have sent it, and calamine ends
the whole process on some files (a reference such as `A99999999999`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from io import BytesIO
from math import isfinite
from typing import TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ogsm_xl.excel.ooxml.archive import Archive
from ogsm_xl.excel.ooxml.package import Limits, Package, open_package, unescaped
from ogsm_xl.plan.cells import column_number
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

LIMITS = Limits(
    file_bytes=2_000_000, members=300, unpacked_bytes=15_000_000, part_bytes=5_000_000, cells=100_000
)
_DIGITS = 9
_ROW = re.compile("[1-9][0-9]{0,6}")
_POSITION = re.compile("[A-Za-z]{1,3}(?=[1-9][0-9]{0,6}$)")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TOO_LARGE = Text(
    "Dit bestand is veel groter dan een OGSM-formulier. Vul de bijlage bij de mail in en stuur die terug.",
    "This file is much larger than an OGSM form. Fill in the attachment of the mail and send that back.",
)

Rows: TypeAlias = Mapping[int, Mapping[int, object]]
"""The filled cells of a sheet: row and column, counted from 1, to value."""


class NoResult(Enum):
    """What a cell holds whose formula has no result in the file: nobody but a spreadsheet program can tell."""

    FORMULA = auto()


class _Attached(BytesIO):
    """An attachment with its name, as a file has it."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def sheets_of(content: bytes, name: str) -> Iterator[tuple[str, Rows]]:
    """The name and cells of each sheet.

    Args:
        content: The file, from anybody.
        name: What it is called, for the sentences about it.

    Raises:
        InputProblem: It is no workbook, damaged, or larger than any form is.
    """
    cells = 0
    for sheet, rows in _opendocument(content, name) if _ODS in content[:200] else _excel(content, name):
        cells += sum(map(len, rows.values()))
        if cells > LIMITS.cells:
            raise InputProblem(_TOO_LARGE)
        yield sheet, rows


# --- Excel workbooks


def _excel(content: bytes, name: str) -> Iterator[tuple[str, Rows]]:
    with open_package(_Attached(content, name), LIMITS) as package:
        strings = _shared_strings(package)
        for sheet in package.sheets:
            yield sheet.name, _rows(package, sheet.part, strings)


def _shared_strings(package: Package) -> Sequence[str]:
    """The texts that cells refer to by number."""
    parts = (r.target for r in package.relations(package.workbook_part) if r.kind == "sharedStrings")
    part = next((target for target in parts if package.has(target)), None)
    return [_text(entry) for entry in package.tree(part).findall("{*}si")] if part else ()


def _rows(package: Package, part: str, strings: Sequence[str]) -> Rows:
    """The filled cells of a sheet. Where it gives no position, the next one."""
    rows: dict[int, dict[int, object]] = {}
    number = 0
    root = package.tree(part)
    main = root.tag[
        : root.tag.find("}") + 1
    ]  # the namespace, in either of its spellings; wildcards take long
    for row in root.iterfind(f"{main}sheetData/{main}row"):
        given = row.get("r", "")
        number = int(given) if _ROW.fullmatch(given) else number + 1
        cells = rows.setdefault(number, {})
        column = 0
        for cell in row.iterfind(f"{main}c"):
            position = _POSITION.match(cell.get("r", ""))
            column = column_number(position[0]) if position else column + 1
            value = _value(cell, strings, main)
            if value not in {None, ""}:
                cells[column] = value
    return rows


def _value(cell: Element, strings: Sequence[str], main: str) -> object:
    """What a cell holds: a text (also for an error value), a number, a truth value, or nothing."""
    if not len(cell):
        return None
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(entry) for entry in cell.findall(f"{main}is"))
    written = cell.findtext(f"{main}v")
    if cell.find(f"{main}f") is not None and (written is None or (not written and kind != "str")):
        return NoResult.FORMULA
    return _stored(kind, written or "", strings)


def _stored(kind: str, written: str, strings: Sequence[str]) -> object:
    if kind == "s":
        known = written.isdecimal() and len(written) < _DIGITS and int(written) < len(strings)
        return strings[int(written)] if known else ""
    if kind == "b":
        return written == "1"
    if kind == "n" and written:
        return _number(written)
    return unescaped(written)


def _number(written: str) -> float | str:
    try:
        number = float(written)
    except ValueError:
        return written
    return number if isfinite(number) else written


def _text(entry: Element) -> str:
    """A text with its runs joined; what says how to pronounce it is left out."""
    return unescaped("".join(t.text or "" for path in ("{*}t", "{*}r/{*}t") for t in entry.iterfind(path)))


# --- OpenDocument spreadsheets


def _opendocument(content: bytes, name: str) -> Iterator[tuple[str, Rows]]:
    with Archive(_Attached(content, name), LIMITS) as archive:
        member = archive.member("content.xml")
        if member is None:
            raise archive.damaged("content.xml")
        if member.file_size > LIMITS.part_bytes:
            raise InputProblem(_TOO_LARGE)
        try:
            root: Element = fromstring(archive.read(member), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise archive.damaged("content.xml") from error
        for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
            yield table.get(f"{_TABLE}name", ""), _opendocument_rows(table)


def _opendocument_rows(table: Element) -> Rows:
    rows: dict[int, dict[int, object]] = {}
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells: dict[int, object] = {}
        column = 1
        for cell in row:
            if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                value = _opendocument_value(cell)
                if value not in {None, ""}:
                    cells[column] = value
                column += _repeated(cell, "columns")
        if cells:
            rows[number] = cells
        number += _repeated(row, "rows")
    return rows


def _repeated(element: Element, what: str) -> int:
    """How many columns or rows this one stands for; only the first of them is looked at."""
    written = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(written) if _ROW.fullmatch(written) else 1


def _opendocument_value(cell: Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in {"float", "percentage", "currency"}:
        return _number(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")
    if not kind and cell.get(f"{_TABLE}formula"):
        return NoResult.FORMULA
    given = cell.get(f"{_OFFICE}string-value")
    paragraphs = [_paragraph(each) for each in cell.iterfind(f"{_PARAGRAPH}p")]
    return given if given is not None else "\n".join(paragraphs)


def _paragraph(paragraph: Element) -> str:
    """A paragraph's text; several blanks, tabs and line breaks in it are elements of their own."""
    pieces = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_PARAGRAPH}s":
            count = child.get(f"{_PARAGRAPH}c", "1")
            pieces.append(" " * (min(int(count), 1_000) if _ROW.fullmatch(count) else 1))
        elif child.tag in {f"{_PARAGRAPH}line-break", f"{_PARAGRAPH}tab"}:
            pieces.append("\n" if child.tag.endswith("break") else "\t")
        else:
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return "".join(pieces)
