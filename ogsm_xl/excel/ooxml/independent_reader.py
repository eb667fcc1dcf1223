"""What a reader that shares no code with the editor sees in an edited sheet (calamine), row by row.

A sheet of usual size is read whole, from the file as written. Of a very large one the reader gets the rows around the edited
ones, cut out of the part as written: the others have the same bytes as before, which the gate checks, and reading a million
cells twice would take longer, and more memory, than the edit itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from ogsm_xl.excel.ooxml.package import every_cell_states_its_place, extent
from ogsm_xl.excel.ooxml.splice import Spliced

Wanted: TypeAlias = str | float | bool | None
"""What an edited cell must read as; None: nothing."""

LARGE = 10_000_000
"""From this size on, in bytes of XML, only the rows around the edited ones are read."""

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_CLOSE_ENOUGH = 0.002 / 86_400  # readers round times to a millisecond
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*[^<>/])?>")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?worksheet)[\s>]")


class Expected:
    """What the edited cells of a sheet must read as.

    A row that will not be edited any more can be closed: it then takes a fifth of the memory, and thousands may be added.
    """

    def __init__(self, cells: Mapping[tuple[int, int], Wanted] | None = None) -> None:
        """Begin with these cells, by row and column."""
        self._open: dict[int, dict[int, Wanted]] = {}
        self._closed: dict[int, tuple[tuple[int, ...], tuple[Wanted, ...]]] = {}
        self._same_columns: dict[tuple[int, ...], tuple[int, ...]] = {}
        for (row, column), value in (cells or {}).items():
            self.set(row, column, value)

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        closed = self._closed.get(row)
        return column in (closed[0] if closed else self._open.get(row, ()))

    def __bool__(self) -> bool:
        return bool(self._open or self._closed)

    def set(self, row: int, column: int, value: Wanted) -> None:
        """Expect this of a cell, whatever was expected of it before."""
        if row in self._closed:
            self._open[row] = dict(self.in_row(row))
            del self._closed[row]
        self._open.setdefault(row, {})[column] = value

    def close_row(self, row: int) -> None:
        """Keep what is expected of a row in less memory."""
        if cells := self._open.pop(row, None):
            columns = tuple(cells)
            self._closed[row] = (self._same_columns.setdefault(columns, columns), tuple(cells.values()))

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows with edited cells, in order."""
        return sorted((*self._open, *self._closed))

    @property
    def last_column(self) -> int:
        """The last column with an edited cell; 0 where there is none."""
        columns = (*self._open.values(), *self._same_columns)
        return max((column for row in columns for column in row), default=0)

    def in_row(self, row: int) -> Mapping[int, Wanted]:
        """What the edited cells of a row must read as, by column."""
        closed = self._closed.get(row)
        return dict(zip(*closed, strict=True)) if closed else self._open.get(row, {})


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader sees in a sheet.

    Attributes:
        rows: One number for each row that is not empty, edited cells left out; equal rows have equal numbers.
        unlike: Row and column of the first edited cell that does not read as it must.
    """

    rows: Mapping[int, int]
    unlike: tuple[int, int] | None


def fits(sheet: bytes, cells: Expected, most: int) -> bool:
    """Whether the reader can be trusted with a sheet.

    It allocates the whole rectangle around a sheet's cells, and a single cell in the far corner makes it end the process.
    """
    rows, columns = extent(sheet, most)
    return max(rows, *cells.rows[-1:]) * max(columns, cells.last_column) <= most


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at a sheet.

    Attributes:
        cells: What its edited cells must read as.
        date1904: Whether serial dates count from 1904.
        careful: Whether to recognise cells that hold NaN as well.
    """

    cells: Expected
    date1904: bool
    careful: bool = False


def seen_in_file(path: Path, sheet: str, look: Look) -> Seen | None:
    """What the reader sees in a sheet of a workbook; None when it fails.

    Works mostly outside Python's lock, so it is worth a thread.
    """
    try:
        stream = path.open("rb")
    except OSError:
        return None
    # Through an open file, as the reader judges a path by its suffix, which an unfinished file does not have.
    with stream:
        return _seen(stream, sheet, look)


@dataclass(frozen=True, slots=True)
class Windows:
    """The rows around the edited ones, before and after, each as a small workbook."""

    before: bytes
    after: bytes


def windows(spliced: Spliced, styles: tuple[bytes, bytes], *, date1904: bool) -> Windows | None:
    """Cut the rows around the edited ones out of a sheet; None when they can't be read apart from the others.

    Args:
        spliced: The sheet as it was, and what was changed; what was written was found to be just that.
        styles: The styles before and after.
        date1904: Whether serial dates count from 1904.
    """
    data, root = _SHEET_DATA.search(spliced.original), _ROOT.search(spliced.original)
    if data is None or root is None:
        return None
    end = spliced.original.rfind(b"</" + data[1] + b"sheetData")
    ranges = _around(spliced, data[1], data.end(), end)
    head = spliced.original[: data.end()]
    tail = b"</" + data[1] + b"sheetData></" + root[1] + b">"
    before = b"".join(spliced.original[first:last] for first, last in ranges)
    after = b"".join(spliced.between(first, last) for first, last in ranges)
    sheets = [head + rows + tail for rows in (before, after)]
    if not all(every_cell_states_its_place(sheet) for sheet in sheets if b"<" + data[1] + b"c" in sheet):
        return None
    books = [
        _workbook(_without_shared(s), style, date1904=date1904)
        for s, style in zip(sheets, styles, strict=True)
    ]
    return Windows(*books)


def seen_in_window(workbook: bytes, look: Look) -> Seen | None:
    """What the reader sees in the rows that were cut out; None when it fails."""
    return _seen(io.BytesIO(workbook), "S", look)


def _around(spliced: Spliced, prefix: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """From the row before each change to the row after it, as offsets, without overlaps."""
    row = b"<" + prefix + b"row"
    found: list[tuple[int, int]] = []
    for splice in sorted(spliced.splices):
        if not start <= splice.start <= end:
            continue
        first = max(spliced.original.rfind(row, start, splice.start + len(row)), start)
        last = spliced.original.find(row, max(splice.end, start), end)
        last = end if last < 0 else last
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _without_shared(sheet: bytes) -> bytes:
    """The sheet with shared strings as the numbers that they are, so that the (unchanged) texts need not be read.

    Text can't be meant: the editor escapes quotation marks, and text of others is the same before and after.
    """
    return sheet.replace(b' t="s">', b">").replace(b' t="s" ', b" ")


def _workbook(sheet: bytes, styles: bytes, *, date1904: bool) -> bytes:
    """A workbook that holds just this sheet, named S."""
    relation = f'<Relationship Id="rId%d" Type="{_RELATIONS}/%s" Target="%s"/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
    inside = relation % (1, "worksheet", "sheet.xml") + relation % (2, "styles", "styles.xml")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relations % (relation % (1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations % inside,
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(date1904)}"/>'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/sheet.xml": sheet,
    }
    if styles:
        parts["xl/styles.xml"] = styles
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, contents in parts.items():
            package.writestr(name, contents)
    return stream.getvalue()


def _seen(stream: Any, sheet: str, look: Look) -> Seen | None:
    from python_calamine import load_workbook  # noqa: PLC0415 - heavy, and only needed here

    try:
        with load_workbook(stream) as workbook:
            found = workbook.get_sheet_by_name(sheet)
            start = found.start or (0, 0)
            rows = found.to_python(skip_empty_area=True) if start[0] > 1000 else found.iter_rows()
            first = start[0] + 1 if start[0] > 1000 else 1
            return _digest(rows, (first, start[1]), look)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, our own parser takes over
        return None
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # a bug in the reader, which it does not make an ordinary error
            return None
        raise


def _digest(rows: Iterable[list[Any]], at: tuple[int, int], look: Look) -> Seen:
    """What is in the rows; `at` is the number of the first one, and how many empty columns are left of them."""
    numbers: dict[int, int] = {}
    unlike: tuple[int, int] | None = None
    waiting = iter(look.cells.rows)
    edited = next(waiting, None)
    margin = [""] * at[1]
    for number, found in enumerate(rows, start=at[0]):
        row = margin + found
        while edited is not None and edited <= number:
            cells = row if edited == number else []
            unlike = unlike or _unlike(edited, cells, look)
            for column in look.cells.in_row(edited):
                if column <= len(cells):
                    cells[column - 1] = ""
            edited = next(waiting, None)
        while row and row[-1] == "":
            row.pop()
        if look.careful:
            row = ["NaN" if value != value else value for value in row]  # noqa: PLR0124 - NaN is never equal
        if row:
            numbers[number] = hash(tuple(row))
    while edited is not None:
        unlike = unlike or _unlike(edited, [], look)
        edited = next(waiting, None)
    return Seen(numbers, unlike)


def _unlike(number: int, row: list[Any], look: Look) -> tuple[int, int] | None:
    """The first edited cell of a row that does not read as it must."""
    for column, wanted in look.cells.in_row(number).items():
        if not _same(wanted, row[column - 1] if column <= len(row) else "", date1904=look.date1904):
            return number, column
    return None


def _same(wanted: Wanted, seen: Any, *, date1904: bool) -> bool:
    """Whether a reader's value is the one that was written; a number may be read as a date, by its cell's format."""
    if wanted is None or isinstance(wanted, (str, bool)):
        same_kind = isinstance(seen, bool) == isinstance(wanted, bool)
        return same_kind and bool(("" if wanted is None else wanted) == seen)
    if isinstance(seen, bool) or seen == "":
        return False
    if isinstance(seen, (int, float)):
        return bool(seen == wanted)
    serial = _serial(seen, _EPOCH_1904 if date1904 else _EPOCH_1900)
    if serial is None:
        return False
    # Readers place serials before March 1900 a day apart, because of the 29 February 1900 that never was.
    early = wanted < 61 and abs(abs(serial - wanted) - 1) < _CLOSE_ENOUGH
    return abs(serial - wanted) < _CLOSE_ENOUGH or early


def _serial(seen: Any, epoch: datetime) -> float | None:
    if isinstance(seen, datetime):
        return (seen - epoch) / timedelta(days=1)
    if isinstance(seen, date):
        return float((seen - epoch.date()).days)
    if isinstance(seen, time):
        return (datetime.combine(epoch, seen) - epoch) / timedelta(days=1)
    if isinstance(seen, timedelta):
        return seen / timedelta(days=1)
    return None
