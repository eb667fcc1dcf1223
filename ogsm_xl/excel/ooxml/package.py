"""A workbook file opened safely: which sheets and tables it holds, and where their parts are.

Reader and editor open every workbook through here, so that a damaged or hostile file ends in a sentence, not in a crash.
Reading is tolerant: signed and protected workbooks can be read; what forbids editing is the editor's business.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ogsm_xl.excel.ooxml.archive import Archive, Limits, part_name
from ogsm_xl.plan.cells import column_letters, column_number
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

__all__ = ["Area", "Limits", "Package", "Relation", "SheetPart", "TablePart", "open_package"]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT_MAIN = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_CORNER = r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})"
_AREA = re.compile(rf"{_CORNER}(?::{_CORNER})?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PROLOG_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def parse(cls, ref: str) -> Area:
        """The area of a reference without a sheet: `A3:F20`, `$A$3`, `A:C`, `3:5`.

        Raises:
            ValueError: It is no such reference.
        """
        found = _AREA.fullmatch(ref.strip())
        if not found:
            raise ValueError(ref)
        letters, digits, last_letters, last_digits = found.groups()
        if last_letters is None:
            last_letters, last_digits = letters, digits
        if (bool(letters), bool(digits)) != (bool(last_letters), bool(last_digits)) or not letters + digits:
            raise ValueError(ref)
        if ":" not in ref and not (letters and digits):
            raise ValueError(ref)
        rows = sorted((int(digits or 1), int(last_digits or LAST_ROW)))
        columns = sorted((column_number(letters or "A"), column_number(last_letters or "XFD")))
        if rows[0] < 1 or rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
            raise ValueError(ref)
        return cls(rows[0], columns[0], rows[1], columns[1])

    @classmethod
    def find(cls, ref: str) -> Area | None:
        """The area of a reference, or None when it is none."""
        try:
            return cls.parse(ref)
        except ValueError:
            return None

    @property
    def ref(self) -> str:
        """The reference as Excel writes it: `A3:F20`, or `A3` for one cell."""
        first = f"{column_letters(self.first_column)}{self.first_row}"
        last = f"{column_letters(self.last_column)}{self.last_row}"
        return first if first == last else f"{first}:{last}"

    def around(self, other: Area) -> Area:
        """The smallest area that holds both."""
        return Area(
            min(self.first_row, other.first_row),
            min(self.first_column, other.first_column),
            max(self.last_row, other.last_row),
            max(self.last_column, other.last_column),
        )

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.last_column - self.first_column + 1

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns

    def has(self, row: int, column: int) -> bool:
        """Whether the cell lies in it."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def meets(self, other: Area) -> bool:
        """Whether the two areas share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table (ListObject) on a sheet.

    Attributes:
        name: Its name as formulas use it.
        part: The package part that describes it.
        area: Its cells, headings and totals included.
        columns: The headings, from left to right; line breaks are newlines.
        header_rows: 1, or 0 for a table without headings.
        totals_rows: 1 when it shows totals, or 0.
        kind: `worksheet`; `queryTable` or `xml` when something outside fills it.
    """

    name: str
    part: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0
    kind: str = "worksheet"

    @property
    def data(self) -> Area:
        """Its cells without headings and totals."""
        return Area(
            self.area.first_row + self.header_rows,
            self.area.first_column,
            self.area.last_row - self.totals_rows,
            self.area.last_column,
        )


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet (chart sheets and macro sheets are none).

    Attributes:
        name: The name on its tab.
        part: The package part that holds its cells.
        hidden: Whether its tab is hidden.
        tables: The tables on it, in the order of the package.
        position: Its place among all tabs, chart sheets included, counted from 0.
    """

    name: str
    part: str
    hidden: bool
    tables: tuple[TablePart, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship from one part to another.

    Attributes:
        id: Its id, as `r:id` attributes give it.
        kind: The last word of its type: `worksheet`, `table`, `calcChain`.
        target: The part that it leads to, or the address for one outside the package.
        external: Whether it leads outside the package.
    """

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass
class Package:
    """An open workbook; use it as a context manager, or close it.

    Attributes:
        path: The file, or None when it was opened from memory.
        name: The file's name, for messages.
        archive: The zip file underneath.
        workbook_part: The part that lists the sheets.
        sheets: The worksheets, in the order of their tabs.
        date1904: Whether serial dates count from 1904.
    """

    path: Path | None
    name: str
    archive: Archive
    workbook_part: str = ""
    sheets: tuple[SheetPart, ...] = ()
    date1904: bool = False
    _areas: dict[str, Area | None] = field(default_factory=dict, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.archive.close()

    @property
    def limits(self) -> Limits:
        """The bounds that it was opened with."""
        return self.archive.limits

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of all parts, in the file's order."""
        return tuple(part_name(member.filename) for member in self.archive.members)

    def has(self, member: str) -> bool:
        """Whether the package holds this part."""
        return self.archive.member(member) is not None

    def read(self, member: str) -> bytes:
        """The contents of a part, unpacked within the limits and checked.

        Raises:
            InputProblem: There is no such part, it is damaged, or it is larger than the limits allow.
        """
        found = self.archive.member(member)
        if found is None:
            raise self.archive.damaged(member)
        return self.archive.read(found)

    def sheet(self, name: str) -> SheetPart | None:
        """The worksheet of this name, without regard to case, or None."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part (`""`: of the package itself), or none."""
        folder, _, name = part_name(part).rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return ()
        return tuple(_relation(element, folder) for element in self.tree(rels) if "Id" in element.attrib)

    def tree(self, part: str) -> Element:
        """A small part, parsed.

        Raises:
            InputProblem: It is missing or not well-formed.
        """
        try:
            root: Element = fromstring(self.read(part), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise self.archive.damaged(part) from error
        return root

    def used_area(self, sheet: SheetPart) -> Area | None:
        """The rectangle around all cells that the sheet's part holds, or None when it holds none.

        Cells with only a format count, unless the rectangle would then exceed the limit on cells; then only those with
        contents do. The part's contents are checked on the way, so a sheet whose area is known and within
        `limits.cells` can be handed to a reader that allocates the whole rectangle.

        Raises:
            InputProblem: The part is damaged.
        """
        if sheet.part not in self._areas:
            self._areas[sheet.part] = used_area(self.read(sheet.part), self.limits.cells)
        return self._areas[sheet.part]


def open_package(path: Path | BinaryIO, limits: Limits = Limits()) -> Package:
    """Open a workbook for reading.

    Raises:
        InputProblem: It is missing, no workbook, damaged, encrypted, or hostile: the sentence says which, and what to do.
        OutsideProblem: The disk or share failed.
    """
    archive = Archive(path, limits)
    try:
        package = Package(archive.path, archive.name, archive)
        _check_kind(package)
        _find_sheets(package)
        _check_beginnings(package)
    except BaseException:
        archive.close()
        raise
    return package


def unescaped(text: str) -> str:
    """A text of the package with its `_xHHHH_` escapes resolved and line breaks as newlines."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def used_area(sheet: bytes, most_cells: int) -> Area | None:
    """The rectangle around all cells in a sheet's XML; around those with contents if it would exceed `most_cells`."""
    area = _area_by_references(sheet)
    if area is None or area.cells > most_cells:
        return _area_cell_by_cell(sheet)
    return area


_CELL = rb'<c r="'
_LONG_REFERENCE = re.compile(rb'<c r="(?![A-Z][0-9]{1,5}")')
_MOST_IN_SHORT = 26 * 99_999
_COLUMN_OF_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_ROW_OF_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_PREFIX_OF_CELLS = re.compile(
    rb"xmlns:[\w.-]+\s*=\s*[\"']http://"
    rb"(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main[\"']"
)
_TAG = rb"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
_ROW_OR_CELL = re.compile(rb"<(?:[\w.-]+:)?(?:(row)|c)(?=[\s/>])(" + _TAG + rb")>")
_REFERENCE = re.compile(rb"\sr\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")


def extent(sheet: bytes, most_cells: int) -> tuple[int, int]:
    """A last row and a last column that no cell of a sheet's XML goes beyond: close if the product allows, else exact."""
    usual = most_cells >= _MOST_IN_SHORT and every_cell_states_its_place(sheet)
    if usual and not _LONG_REFERENCE.search(sheet):
        return 99_999, 26
    area = used_area(sheet, most_cells)
    return (area.last_row, area.last_column) if area else (0, 0)


def every_cell_states_its_place(sheet: bytes) -> bool:
    """Whether every cell is written the usual way, `<c r="`; false when there is none."""
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData")
    if start < 0 or end < 0 or _PREFIX_OF_CELLS.search(sheet):
        return False
    count = sheet.count(_CELL, start, end)
    return 0 < count == sheet.count(b"<c", start, end) and sheet.find(_CELL, end) < 0 > sheet.rfind(
        _CELL, 0, start
    )


def _area_by_references(sheet: bytes) -> Area | None:
    """The area when every cell is written the usual way, with its reference first; else None."""
    columns = _COLUMN_OF_CELL.findall(sheet) if every_cell_states_its_place(sheet) else []
    if not columns or len(columns) != sheet.count(_CELL):
        return None
    numbers = {column_number(letters.decode("ascii")) for letters in set(columns)}
    rows = {int(digits) for digits in set(_ROW_OF_CELL.findall(sheet))}
    return Area(min(rows), min(numbers), max(rows), max(numbers))


def _area_cell_by_cell(sheet: bytes) -> Area | None:
    """The area of the cells with contents, positions counted on where a row or cell does not state its own."""
    rows: list[int] = []
    columns: list[int] = []
    row = column = 0
    for found in _ROW_OR_CELL.finditer(sheet):
        stated = _REFERENCE.search(found[2])
        at = _PLACE.fullmatch(stated[1] or stated[2] or b"") if stated else None
        # A reference that is none (`A99999999999`, `&#65;1`) can be read as any place: assume the worst.
        is_odd = stated is not None and at is None
        if found[1]:
            row, column = int(at[2]) if at else LAST_ROW if is_odd else row + 1, 0
            continue
        column = column_number(at[1].decode("ascii")) if at else LAST_COLUMN if is_odd else column + 1
        if found[2].endswith(b"/") and not is_odd:
            continue
        row_of_cell = int(at[2]) if at else LAST_ROW if is_odd else row
        if not rows:
            rows, columns = [row_of_cell, row_of_cell], [column, column]
        rows = [min(rows[0], row_of_cell), max(rows[1], row_of_cell)]
        columns = [min(columns[0], column), max(columns[1], column)]
    return Area(rows[0], columns[0], rows[1], columns[1]) if rows else None


def _check_kind(package: Package) -> None:
    """Refuse other kinds of files that are zip files too, by name."""
    if package.has("mimetype") and package.has("content.xml"):
        raise _other_kind(
            package.name, Text("een OpenDocument-bestand (.ods)", "an OpenDocument file (.ods)")
        )
    if package.has("word/document.xml"):
        raise _other_kind(package.name, Text("een Word-document", "a Word document"))
    if package.has("ppt/presentation.xml"):
        raise _other_kind(package.name, Text("een PowerPoint-presentatie", "a PowerPoint presentation"))
    if package.has("xl/workbook.bin"):
        raise _other_kind(
            package.name, Text("een binaire Excel-werkmap (.xlsb)", "a binary workbook (.xlsb)")
        )


def _check_beginnings(package: Package) -> None:
    """Refuse sheets, strings and styles with a DOCTYPE (it can hold an entity bomb) or in another encoding than UTF-8.

    The parts that are parsed here are checked by the parser; others, such as custom XML, may be written in any way.
    """
    relations = package.relations(package.workbook_part)
    parts = [
        r.target for r in relations if r.kind in {"worksheet", "sharedStrings", "styles"} and not r.external
    ]
    tables = [table.part for sheet in package.sheets for table in sheet.tables]
    for part in [package.workbook_part, *parts, *tables]:
        member = package.archive.member(part)
        if member is None:
            continue
        beginning = _beginning(package, member)
        if b"<!DOCTYPE" in beginning:
            raise _odd_part(package.name, part, Text("bevat een DOCTYPE", "holds a DOCTYPE"))
        encoding = _ENCODING.search(beginning)
        named = encoding[1].lower() if encoding else b"utf-8"
        if b"\0" in beginning[:8] or named not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
            raise _odd_part(package.name, part, Text("is geen UTF-8", "is not UTF-8"))


_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_ROOT = re.compile(rb"<[A-Za-z_:]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def _beginning(package: Package, member: ZipInfo) -> bytes:
    """A part up to its root element, comments left out."""
    head = package.archive.head(member, _PROLOG_BYTES)
    rest = _COMMENT.sub(b"", head)
    root = _ROOT.search(rest)
    if root is None and len(head) == _PROLOG_BYTES:
        rest = _COMMENT.sub(b"", package.archive.read(member))
        root = _ROOT.search(rest)
    return rest[: root.start()] if root else rest


def _find_sheets(package: Package) -> None:
    """Follow the relationships from the package to the workbook to its sheets to their tables."""
    start = next((r for r in package.relations("") if r.kind == "officeDocument" and not r.external), None)
    if start is None or not package.has(start.target):
        raise _other_kind(package.name, Text("geen Excel-werkmap", "no Excel workbook"))
    package.workbook_part = start.target
    root = package.tree(start.target)
    if root.tag not in {f"{_MAIN}workbook", f"{_STRICT_MAIN}workbook"}:
        raise _other_kind(package.name, Text("geen Excel-werkmap", "no Excel workbook"))
    properties = root.find("{*}workbookPr")
    package.date1904 = properties is not None and _true(properties.attrib, "date1904")
    parts = {r.id: r for r in package.relations(start.target)}
    sheets: list[SheetPart] = []
    for position, element in enumerate(root.findall("{*}sheets/{*}sheet")):
        relation = parts.get(_relation_id(element))
        if relation is None or relation.kind != "worksheet" or not package.has(relation.target):
            continue
        hidden = element.get("state", "visible").lower() != "visible"
        sheets.append(
            SheetPart(
                unescaped(element.get("name", "")),
                relation.target,
                hidden,
                _tables(package, relation.target),
                position,
            )
        )
    package.sheets = tuple(sheets)


def _tables(package: Package, sheet_part: str) -> tuple[TablePart, ...]:
    relations = package.relations(sheet_part)
    return tuple(_table(package, r.target) for r in relations if r.kind == "table" and package.has(r.target))


def _table(package: Package, part: str) -> TablePart:
    root = package.tree(part)
    try:
        area = Area.parse(root.get("ref", ""))
        header_rows = int(root.get("headerRowCount", "1"))
        totals_rows = int(root.get("totalsRowCount", "0"))
    except ValueError as error:
        raise package.archive.damaged(part) from error
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    return TablePart(
        name=unescaped(root.get("displayName") or root.get("name") or ""),
        part=part,
        area=area,
        columns=tuple(unescaped(column.get("name", "")) for column in columns),
        header_rows=header_rows,
        totals_rows=totals_rows,
        kind=root.get("tableType", "worksheet"),
    )


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode", "").lower() == "external"
    if not external:
        plain = unquote(target.replace("\\", "/"))
        absolute = plain.startswith("/")
        target = posixpath.normpath(plain.lstrip("/") if absolute else posixpath.join(folder, plain))
    kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
    return Relation(element.get("Id", ""), kind, target, external)


def _relation_id(element: Element) -> str:
    for name, value in element.attrib.items():
        if name.endswith("relationships}id"):
            return value
    return ""


def _true(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name, "0").strip().lower() in {"1", "true", "on"}


def _other_kind(name: str, kind: Text) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is {kind.nl}. Open het bestand in Excel en sla het op als Excel-werkmap (.xlsx).",
            f"{name} is {kind.en}. Open the file in Excel and save it as an Excel workbook (.xlsx).",
        )
    )


def _odd_part(name: str, part: str, what: Text) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} wordt niet geopend: het onderdeel {part} {what.nl}. Open het bestand in Excel en sla het opnieuw op.",
            f"{name} is not opened: its part {part} {what.en}. Open the file in Excel and save it again.",
        )
    )
