"""The cells of a workbook's sheets as values: python-calamine's, and what it leaves out.

Calamine delivers error values and formulas without a result as empty cells, aborts the process on a cell far away,
and does not say which numbers are shown as percentages. The sheet's XML tells; it is searched for just that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ogsm_xl.excel.ooxml.package import Area, Package, SheetPart, used_area
from ogsm_xl.excel.ooxml.styles import is_percent
from ogsm_xl.plan.cells import column_letters, column_number
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.share import away, is_away
from ogsm_xl.plan.words import Text

MOST_ROWS: Final = 500_000
"""More rows than this on one sheet are no plan: they would cost memory, and most of them are empty."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds an error value of Excel.

    Attributes:
        code: As the file holds it, such as `#REF!`.
    """

    code: str

    @property
    def word(self) -> Text:
        """The error value as Excel shows it."""
        return Text(_DUTCH_ERRORS.get(self.code, self.code), self.code)


class NoResult:
    """A cell with a formula whose result is not in the file."""


NO_RESULT: Final = NoResult()

_DUTCH_ERRORS: Mapping[str, str] = {
    "#REF!": "#VERW!",
    "#DIV/0!": "#DEEL/0!",
    "#NAME?": "#NAAM?",
    "#VALUE!": "#WAARDE!",
    "#N/A": "#N/B",
    "#NUM!": "#GETAL!",
    "#NULL!": "#LEEG!",
    "#SPILL!": "#OVERLOOP!",
}


_PLAIN_IDS = re.compile(r"(?:[A-Z]+\d+\n)*")


def are_plain_ids(cells: Sequence[object]) -> bool:
    """Whether every cell holds an ID in its plain form, `A12`: a column of those needs no further look."""
    try:
        return _PLAIN_IDS.fullmatch("\n".join([*cells, ""])) is not None  # type: ignore[list-item]
    except TypeError:  # not all of them are texts
        return False


class Cells:
    """What one sheet holds: values by row and column, both counted from 1.

    A cell is "" when blank, else text, number, truth value, date, time or length of time; an `ErrorCell`, or `NO_RESULT`.
    """

    def __init__(self, part: SheetPart, sheets: Sheets, workbook: CalamineWorkbook) -> None:
        self.part = part
        self._sheets = sheets
        package = sheets.package
        self._xml = _plain(package.read(part.part))
        near = self._near = _FAR_CELL.search(self._xml) is None
        if not near or package.limits.cells < _CELLS_NEARBY:
            _check_area(part, self._xml, package)
        with _sentence_for_failure(package.name, part.name):
            sheet = _calamine_sheet(workbook, part)
            start = sheet.start or (0, 0)
            rows = sheet.to_python(skip_empty_area=True) if sheet.start else []
            merges = sheet.merged_cell_ranges or ()
        self._top, self._left = start[0] + 1, start[1] + 1
        self._rows: list[list[Any]] = [*rows]
        self._merges = tuple(
            Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in merges
        )
        self._columns: list[tuple[Any, ...]] = []
        if b't="e"' in self._xml or not near:
            self._mark(_error_cells(self._xml))
        if _FORMULA.search(self._xml):
            self._mark(_cells_without_result(self._xml))

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.part.name

    @property
    def merges(self) -> Sequence[Area]:
        """The merged cells."""
        return self._merges

    @property
    def last_row(self) -> int:
        """The last row that holds something, or 0."""
        return self._top + len(self._rows) - 1 if self._rows else 0

    @property
    def last_column(self) -> int:
        """The last column that holds something, or 0."""
        return self._left + len(self._rows[0]) - 1 if self._rows else 0

    def row(self, number: int) -> Mapping[int, object]:
        """The cells of a row that are not blank, by column."""
        index = number - self._top
        if not 0 <= index < len(self._rows):
            return {}
        return {
            column: value for column, value in enumerate(self._rows[index], self._left) if not _empty(value)
        }

    def value(self, row: int, column: int) -> object:
        """One cell."""
        index, at = row - self._top, column - self._left
        if 0 <= index < len(self._rows) and 0 <= at < len(self._rows[index]):
            return self._rows[index][at]
        return ""

    def column(self, column: int, rows: Sequence[int]) -> Sequence[object]:
        """The cells of a column in these rows, which go from top to bottom."""
        if not rows or not self._left <= column <= self.last_column:
            return [""] * len(rows)
        if rows[0] < self._top or rows[-1] > self.last_row:
            return [self.value(row, column) for row in rows]
        self._columns = self._columns or [*zip(*self._rows, strict=True)]
        cells = self._columns[column - self._left]
        if rows[-1] - rows[0] + 1 == len(rows):
            return cells[rows[0] - self._top : rows[-1] + 1 - self._top]
        return [cells[row - self._top] for row in rows]

    def fill_merged(self, columns: Collection[int]) -> None:
        """Give every cell of these columns the value of the cells that it is merged with, from top to bottom."""
        for area in self._merges:
            if area.rows == 1 or area.first_column not in columns:
                continue
            value = self.value(area.first_row, area.first_column)
            for row in range(area.first_row + 1, min(area.last_row, self.last_row) + 1):
                index, at = row - self._top, area.first_column - self._left
                if index >= 0 and at >= 0 and not _empty(value) and _empty(self._rows[index][at]):
                    self._rows[index][at] = value

    def shown_in_percent(self, column: int) -> Collection[int]:
        """The rows in which the column's cell has a percentage as its format."""
        styles = self._sheets.percent_styles
        if not styles:
            return ()
        if not self._near:
            return {*_rows_in_style(self._xml, column, styles)}
        numbers = "|".join(map(str, sorted(styles)))
        cell = f' r="{column_letters(column)}(\\d+)"[^<>]*? s="(?:{numbers})"'
        return {*map(int, re.findall(cell.encode(), self._xml))}

    @cached_property
    def mail_links(self) -> Mapping[tuple[int, int], str]:
        """The mail addresses that cells are linked to, by row and column."""
        links = _LINK.findall(self._xml)
        targets = {r.id: r.target for r in self._sheets.package.relations(self.part.part)} if links else {}
        found: dict[tuple[int, int], str] = {}
        for link in links:
            ref, relation = (_attribute(link, name) for name in (rb"ref", rb"[\w.-]+:id"))
            target = targets.get(relation, "")
            at = _REF.fullmatch(ref.partition(":")[0].encode())
            if at and target.lower().startswith("mailto:"):
                found[int(at[2]), column_number(at[1].decode())] = target[7:].partition("?")[0]
        return found

    def _mark(self, cells: Iterable[tuple[int, int, object]]) -> None:
        """Put what calamine left out in its place."""
        for row, column, found in cells:
            index, at = row - self._top, column - self._left
            if index < 0 or at < 0 or index >= len(self._rows) or at >= len(self._rows[0]):
                self._widen(row, column)
                index, at = row - self._top, column - self._left
            if self._rows[index][at] == "":
                self._rows[index][at] = found

    def _widen(self, row: int, column: int) -> None:
        """Make room for a cell outside the area that calamine found: it holds nothing that calamine knows."""
        if not self._rows:
            self._top, self._left, self._rows = row, column, [[]]
        top, left = min(self._top, row), min(self._left, column)
        bottom = max(self.last_row, row)
        width = max(self._left + len(self._rows[0]) - 1, column) - left + 1
        before: list[object] = [""] * (self._left - left)
        rows = [before + line + [""] * (width - len(before) - len(line)) for line in self._rows]
        above: list[list[object]] = [[""] * width for _ in range(self._top - top)]
        below: list[list[object]] = [[""] * width for _ in range(bottom - self.last_row)]
        self._rows, self._top, self._left = above + rows + below, top, left


class Sheets:
    """The sheets of an open workbook, each read when it is first asked for."""

    def __init__(self, package: Package, path: Path) -> None:
        """Open the workbook with calamine, too.

        Raises:
            InputProblem: calamine can't read it.
        """
        self.package = package
        self._found: dict[str, Cells] = {}
        with _sentence_for_failure(package.name):
            self._workbook = CalamineWorkbook.from_path(path)

    @property
    def parts(self) -> Sequence[SheetPart]:
        """The worksheets, in the order of their tabs."""
        return self.package.sheets

    @property
    def file_name(self) -> str:
        """The workbook's name, for messages."""
        return self.package.name

    @cached_property
    def percent_styles(self) -> frozenset[int]:
        """The cell styles that show a number as a percentage."""
        package = self.package
        part = next((r.target for r in package.relations(package.workbook_part) if r.kind == "styles"), None)
        if part is None or not package.has(part):
            return frozenset()
        root = package.tree(part)
        formats = {_format_of(e): e.get("formatCode", "") for e in root.findall("{*}numFmts/{*}numFmt")}
        styles = enumerate(root.findall("{*}cellXfs/{*}xf"))
        return frozenset(at for at, style in styles if is_percent(_format_of(style), formats))

    def cells(self, part: SheetPart) -> Cells:
        """The cells of a sheet.

        Raises:
            InputProblem: The sheet is damaged, or larger than a plan can be.
        """
        if part.part not in self._found:
            self._found[part.part] = Cells(part, self, self._workbook)
        return self._found[part.part]


def _format_of(element: Element) -> int:
    number = element.get("numFmtId", "0")
    return int(number) if number.isdigit() else 0


# --- the sheet's XML ------------------------------------------------------------------------------------------------

_PREFIX = re.compile(
    rb"xmlns:([\w.-]+)\s*=\s*[\"']http://"
    rb"(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main[\"']"
)
_FAR_CELL = re.compile(rb'<c(?! r="[A-Z]\d{1,5}")[\s/>]')
"""A cell beyond column Z or row 99,999, or one that does not say in the usual way where it is."""
_FORMULA = re.compile(rb"<f[\s>/]")
_CELLS_NEARBY = 26 * 99_999
_ERROR = re.compile(rb"t=(?:\"e\"|'e')")
_NO_RESULT = re.compile(rb"(?:</f\s*>|<f\b[^<>]*/>)\s*(?:<v\s*/>|<v\s*>\s*</v\s*>)?\s*</c\s*>")
_CELL = re.compile(rb"<c(?=[\s/>])[^<>]*>")
_POSITION = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_REF = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_VALUE = re.compile(rb"<v[^<>]*>([^<]*)</v\s*>")
_ROW = re.compile(rb"<row(?=[\s/>])[^<>]*>")
_ROW_OR_CELL = re.compile(rb"<(?:row|c)(?=[\s/>])[^<>]*>")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,7})[\"']")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_LINK = re.compile(rb"<hyperlink\s[^<>]*>")


def _plain(xml: bytes) -> bytes:
    """The sheet's XML with the prefix of its own names, if it has one, taken off."""
    found = _PREFIX.search(xml)
    return re.sub(rb"(</?)" + re.escape(found[1]) + rb":", rb"\1", xml) if found else xml


def _check_area(part: SheetPart, xml: bytes, package: Package) -> None:
    """Refuse a sheet whose rectangle of cells would cost too much memory, before it does."""
    area = used_area(xml, package.limits.cells)
    if area is None or (area.cells <= package.limits.cells and area.rows <= MOST_ROWS):
        return
    last = f"{column_letters(area.last_column)}{area.last_row}"
    raise InputProblem(
        Text(
            f"{package.name}: het blad {part.name} beslaat {area.rows} rijen en {area.columns} kolommen (tot cel {last}), meer "
            "dan een plan nodig heeft. Verwijder de lege rijen en kolommen onder en naast de gegevens en sla het bestand op.",
            f"{package.name}: sheet {part.name} spans {area.rows} rows and {area.columns} columns (down to cell {last}), more "
            "than a plan needs. Delete the empty rows and columns below and beside the data, and save the file.",
        )
    )


def _error_cells(xml: bytes) -> Iterator[tuple[int, int, ErrorCell]]:
    for found in _ERROR.finditer(xml):
        tag = _CELL.match(xml, xml.rfind(b"<", 0, found.start()))
        if tag is None or tag.end() < found.end() or tag[0].endswith(b"/>"):
            continue
        end = xml.find(b"</c", tag.end())
        value = _VALUE.search(xml, tag.end(), end)
        code = value[1].decode("utf-8", "replace") if value else "#REF!"
        yield (*_position(xml, tag), ErrorCell(code))


def _cells_without_result(xml: bytes) -> Iterator[tuple[int, int, NoResult]]:
    for found in _NO_RESULT.finditer(xml):
        tag = _CELL.match(
            xml, max(xml.rfind(b"<c ", 0, found.start()), xml.rfind(b"<c>", 0, found.start()), 0)
        )
        if tag is None:
            continue
        kept_blank = b"<v" in found[0] and re.search(rb"\st\s*=\s*[\"']str[\"']", tag[0])
        if not kept_blank:
            yield (*_position(xml, tag), NO_RESULT)


def _rows_in_style(xml: bytes, column: int, styles: Collection[int]) -> Iterator[int]:
    """The rows in which a column's cell has one of these styles, however the file writes its cells."""
    row = at = 0
    for tag in _ROW_OR_CELL.finditer(xml):
        if tag[0].startswith(b"<row"):
            number = _ROW_NUMBER.search(tag[0])
            row, at = int(number[1]) if number else row + 1, 0
            continue
        stated = _POSITION.search(tag[0])
        at = column_number(stated[1].decode()) if stated else at + 1
        style = _STYLE.search(tag[0])
        if at == column and style and int(style[1]) in styles:
            yield int(stated[2]) if stated else row


def _position(xml: bytes, tag: re.Match[bytes]) -> tuple[int, int]:
    """Row and column of a cell; counted where the file does not state them."""
    stated = _POSITION.search(tag[0])
    if stated:
        return int(stated[2]), column_number(stated[1].decode())
    start = xml.rfind(b"<row", 0, tag.start())
    number = _ROW_NUMBER.search(xml, start, xml.find(b">", start) + 1)
    row = int(number[1]) if number else len(_ROW.findall(xml, 0, tag.start()))
    return row, len(_CELL.findall(xml, start, tag.end()))


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found[1].decode("utf-8", "replace") if found else ""


# --- calamine -------------------------------------------------------------------------------------------------------


def _calamine_sheet(workbook: CalamineWorkbook, part: SheetPart) -> CalamineSheet:
    """The sheet by its position: calamine may spell an unusual name otherwise."""
    if part.position < len(workbook.sheet_names):
        return workbook.get_sheet_by_index(part.position)
    return workbook.get_sheet_by_name(part.name)


@contextmanager
def _sentence_for_failure(file: str, sheet: str = "") -> Iterator[None]:
    """Turn whatever calamine raises on a file that it can't read into a sentence."""
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and is_away(error):
            raise away(file, error) from error
        raise _unreadable(file, sheet) from error
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # a file that calamine did not expect; it is no Exception
            raise
        raise _unreadable(file, sheet) from error


def _unreadable(file: str, sheet: str = "") -> InputProblem:
    where = Text(f"{file}, blad {sheet},", f"{file}, sheet {sheet},") if sheet else Text(file, file)
    return InputProblem(
        Text(
            f"{where.nl} is niet te lezen: het bestand is beschadigd. Open het in Excel, laat Excel het herstellen en sla het op.",
            f"{where.en} can't be read: the file is damaged. Open it in Excel, let Excel repair it and save it.",
        )
    )


def _empty(value: Any) -> bool:
    return value is NO_RESULT or (isinstance(value, str) and not value.strip())
