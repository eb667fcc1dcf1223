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
from pathlib import Path
from typing import Any, TypeAlias

from ogsm_xl.excel.ooxml.package import every_cell_states_its_place, extent
from ogsm_xl.excel.ooxml.splice import Spliced

Wanted: TypeAlias = str | float | bool | None
"""What an edited cell must read as; None: nothing."""

Expected: TypeAlias = Mapping[tuple[int, int], Wanted]
"""What the edited cells of a sheet must read as, by row and column."""

LARGE = 10_000_000
"""From this size on, in bytes of XML, only the rows around the edited ones are read."""

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*[^<>/])?>")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?worksheet)[\s>]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader sees in a sheet.

    Attributes:
        rows: One number for each row that is not empty, edited cells left out; equal rows have equal numbers.
        values: The values of edited cells, by row and column.
    """

    rows: Mapping[int, int]
    values: Mapping[tuple[int, int], Any]


def fits(sheet: bytes, cells: Expected, most: int) -> bool:
    """Whether the reader can be trusted with a sheet.

    It allocates the whole rectangle around a sheet's cells, and a single cell in the far corner makes it end the process.
    """
    rows, columns = extent(sheet, most)
    rows = max([rows, *(row for row, _ in cells)])
    columns = max([columns, *(column for _, column in cells)])
    return rows * columns <= most


def seen_in_file(path: Path, sheet: str, cells: Expected, *, careful: bool = False) -> Seen | None:
    """What the reader sees in a sheet of a workbook; None when it fails.

    Works mostly outside Python's lock, so it is worth a thread. `careful` also recognises cells that hold NaN.
    """
    try:
        stream = path.open("rb")
    except OSError:
        return None
    # Through an open file, as the reader judges a path by its suffix, which an unfinished file does not have.
    with stream:
        return _seen(stream, sheet, cells, careful=careful)


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


def seen_in_window(workbook: bytes, cells: Expected, *, careful: bool = False) -> Seen | None:
    """What the reader sees in the rows that were cut out; None when it fails."""
    return _seen(io.BytesIO(workbook), "S", cells, careful=careful)


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


def _seen(stream: Any, sheet: str, cells: Expected, *, careful: bool) -> Seen | None:
    from python_calamine import load_workbook  # noqa: PLC0415 - heavy, and only needed here

    try:
        with load_workbook(stream) as workbook:
            found = workbook.get_sheet_by_name(sheet)
            start = found.start or (0, 0)
            rows = found.to_python(skip_empty_area=True) if start[0] > 1000 else found.iter_rows()
            first = start[0] + 1 if start[0] > 1000 else 1
            return _digest(rows, (first, start[1]), cells, careful=careful)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, our own parser takes over
        return None
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # a bug in the reader, which it does not make an ordinary error
            return None
        raise


def _digest(rows: Iterable[list[Any]], at: tuple[int, int], cells: Expected, *, careful: bool) -> Seen:
    """What is in the rows; `at` is the number of the first one, and how many empty columns are left of them."""
    edited: dict[int, set[int]] = {}
    for number, column in cells:
        edited.setdefault(number, set()).add(column)
    numbers: dict[int, int] = {}
    values: dict[tuple[int, int], Any] = {}
    margin = [""] * at[1]
    for number, found in enumerate(rows, start=at[0]):
        row = margin + found
        for column in edited.get(number, ()):
            if column <= len(row):
                values[number, column] = row[column - 1]
                row[column - 1] = ""
        while row and row[-1] == "":
            row.pop()
        if careful:
            row = ["NaN" if value != value else value for value in row]  # noqa: PLR0124 - NaN is never equal
        if row:
            numbers[number] = hash(tuple(row))
    return Seen(numbers, values)
