"""The gate: what must hold of an edited workbook before it may replace the one it was made from.

Four things are checked on the file as written: every untouched part has the same bytes; every touched part is well-formed;
it equals the original outside the places that were meant to change; and an independent reader sees the edited cells as
asked and all other cells of those sheets as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from xml.parsers import expat

from ogsm_xl.excel.archive import Archive, Limits
from ogsm_xl.excel.package import Package, SheetPart, extent, unescaped
from ogsm_xl.excel.refusal import refusal
from ogsm_xl.excel.splice import Spliced
from ogsm_xl.plan.cells import CellRef, column_number
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

Wanted: TypeAlias = str | float | bool | None
"""What an edited cell must read as; None: nothing."""

Expected: TypeAlias = Mapping[tuple[int, int], Wanted]
"""What the edited cells of a sheet must read as, by row and column."""

Rows: TypeAlias = tuple[list[int], dict[int, dict[int, Any]]]
"""One number for each row from the first on, edited cells left out; and the values of edited cells, by row and column."""

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_CLOSE_ENOUGH = 0.002 / 86_400  # readers round times to a millisecond


@dataclass(frozen=True, slots=True)
class Intended:
    """What an edit means to change.

    Attributes:
        changed: The contents of changed parts, by member name.
        dropped: The members that are left out.
        cells: For each edited sheet, what its edited cells must read as.
    """

    changed: Mapping[str, Spliced]
    dropped: frozenset[str]
    cells: tuple[tuple[SheetPart, Expected], ...]


def seen_before(package: Package, intended: Intended) -> list[Rows | None]:
    """What the reader sees in each edited sheet before the edit; None for a sheet that it can't read.

    Needed by `check`, but gathered apart from it, so that it can be done while the new file is being written.
    """
    return [_seen_before(package, sheet, cells, intended) for sheet, cells in intended.cells]


def _seen_before(package: Package, sheet: SheetPart, cells: Expected, intended: Intended) -> Rows | None:
    member = package.archive.member(sheet.part)
    spliced = intended.changed.get(member.filename) if member else None
    contents = spliced.original if spliced else package.read(sheet.part)
    most = package.limits.cells
    rows, columns = extent(contents, most)
    rows = max([rows, *(row for row, _ in cells)])
    columns = max([columns, *(column for _, column in cells)])
    if rows * columns > most:
        return None  # the reader would allocate the whole rectangle
    return _rows_seen(package.archive, sheet.name, cells)


def check(package: Package, target: Path, intended: Intended, before: list[Rows | None]) -> None:
    """Check the file that was written.

    Raises:
        InputProblem: Something does not hold; the sentence says what.
    """
    with Archive(target, _roomier(package.limits)) as result:
        _check_members(package, result, intended)
        for (sheet, cells), seen in zip(intended.cells, before, strict=True):
            if seen is None:
                _check_cells_ourselves(package, result, sheet, cells)
            else:
                _check_reading(package, result, sheet, cells, seen)


def _check_members(package: Package, result: Archive, intended: Intended) -> None:
    source = package.archive
    kept = [m for m in source.members if m.filename not in intended.dropped]
    if [m.filename for m in kept] != [m.filename for m in result.members]:
        raise _failed(package.name, Text("de onderdelen zijn niet dezelfde", "the parts are not the same"))
    for old, new in zip(kept, result.members, strict=True):
        contents = result.read(new)
        spliced = intended.changed.get(old.filename)
        if spliced is None:
            same = (old.CRC, old.file_size, old.compress_type) == (new.CRC, new.file_size, new.compress_type)
            if not same or source.packed(old) != result.packed(new):
                raise _failed(
                    package.name, Text(f"{old.filename} is veranderd", f"{old.filename} has changed")
                )
        else:
            _check_spliced(package, old.filename, spliced, contents)


def _check_spliced(package: Package, name: str, spliced: Spliced, contents: bytes) -> None:
    at = 0
    for piece in spliced.pieces():
        if not contents.startswith(piece, at):
            raise _failed(package.name, Text(f"{name} is anders", f"{name} differs"))
        at += len(piece)
    if at != len(contents):
        raise _failed(package.name, Text(f"{name} is anders", f"{name} differs"))
    if not is_well_formed(contents):
        if is_well_formed(spliced.original):
            raise _failed(package.name, Text(f"{name} klopt niet", f"{name} is not well-formed"))
        raise package.archive.damaged(name)


def is_well_formed(part: bytes) -> bool:
    """Whether a part is well-formed XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


# What an independent reader sees


def _rows_seen(archive: Archive, sheet: str, cells: Expected) -> Rows | None:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - heavy, and only needed here

    edited: dict[int, set[int]] = {}
    for row, column in cells:
        edited.setdefault(row, set()).add(column)
    source: Any = (
        archive.path if archive.path and archive.path.suffix.lower() in _KNOWN_TO_READER else archive.file
    )
    if source is archive.file:
        archive.file.seek(0)
    try:
        with load_workbook(source) as workbook:
            found = workbook.get_sheet_by_name(sheet)
            left = found.start[1] if found.start else 0
            return _digest(found.iter_rows(), left, edited)
    except (CalamineError, OSError, ValueError, TypeError, KeyError):
        return None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a bug in the reader; our own parser takes over
            return None
        raise


_KNOWN_TO_READER = {".xlsx", ".xlsm"}


def _digest(rows: Iterable[list[Any]], left: int, edited: Mapping[int, set[int]]) -> Rows:
    """Each row as one number, and the edited cells; the rows begin right of `left` columns that are empty."""
    numbers: list[int] = []
    values: dict[int, dict[int, Any]] = {}
    margin = [""] * left
    for number, cells in enumerate(rows, start=1):
        row = margin + cells
        if number in edited:
            columns = edited[number]
            values[number] = {c: row[c - 1] if c <= len(row) else "" for c in columns}
            row = ["" if at in columns else value for at, value in enumerate(row, start=1)]
        while row and row[-1] == "":
            row.pop()
        numbers.append(_one_number(row) if row else 0)
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers, values


def _one_number(row: list[Any]) -> int:
    comparable = [value if value == value else "NaN" for value in row]  # noqa: PLR0124 - NaN is never equal
    return hash((tuple(comparable), tuple(map(type, row))))


def _check_reading(
    package: Package, result: Archive, sheet: SheetPart, cells: Expected, before: Rows
) -> None:
    after = _rows_seen(result, sheet.name, cells)
    if after is None:
        raise _failed(package.name, Text("het is niet te lezen", "it can't be read"))
    if after[0] != before[0]:
        pairs = zip(before[0], after[0], strict=False)
        shorter = min(len(before[0]), len(after[0]))
        row = next((n for n, (a, b) in enumerate(pairs, start=1) if a != b), shorter + 1)
        raise _failed(
            package.name,
            Text(f"rij {row} van {sheet.name} is veranderd", f"row {row} of {sheet.name} has changed"),
        )
    for (row, column), wanted in cells.items():
        seen = after[1].get(row, {}).get(column, "")
        if not _same(wanted, seen, date1904=package.date1904):
            raise _not_as_asked(package.name, sheet, row, column)


def _same(wanted: Wanted, seen: Any, *, date1904: bool) -> bool:
    if wanted is None or isinstance(wanted, (str, bool)):
        return bool(("" if wanted is None else wanted) == seen) and (
            isinstance(seen, bool) == isinstance(wanted, bool)
        )
    if isinstance(seen, bool) or seen == "":
        return False
    if isinstance(seen, (int, float)):
        return bool(seen == wanted)
    serial = _serial(seen, _EPOCH_1904 if date1904 else _EPOCH_1900)
    # Readers place serials before March 1900 a day apart, because of the 29 February 1900 that never was.
    return serial is not None and (
        abs(serial - wanted) < _CLOSE_ENOUGH
        or (wanted < 61 and abs(abs(serial - wanted) - 1) < _CLOSE_ENOUGH)
    )


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


# Where that reader fails on the original already, our own parser compares cell by cell

_Seen: TypeAlias = dict[tuple[int, int], tuple[str, ...]]


def _check_cells_ourselves(package: Package, result: Archive, sheet: SheetPart, cells: Expected) -> None:
    member = result.member(sheet.part)
    if member is None:
        raise _failed(package.name, Text("het blad ontbreekt", "the sheet is missing"))
    before = cells_of(package.read(sheet.part))
    after = cells_of(result.read(member))
    for place in before.keys() | after.keys():
        if place not in cells and before.get(place) != after.get(place):
            raise _not_as_asked(package.name, sheet, *place)
    for place, wanted in cells.items():
        kind, value, text, formula = after.get(place, ("", "", "", ""))
        seen: str | float | bool | None = unescaped(text) if kind == "inlineStr" else None
        if value and not formula:
            seen = value == "1" if kind == "b" else float(value)
        if not (seen == wanted or (formula and wanted is None)):
            raise _not_as_asked(package.name, sheet, *place)


def cells_of(sheet: bytes) -> _Seen:
    """Every cell with contents: its kind, value, inline text and formula as written, by row and column."""
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.buffer_text = True
    parser.Parse(sheet, True)
    return {place: cell for place, cell in collector.cells.items() if any(cell[1:])}


class _Collector:
    """Collects cells from a parser's events."""

    def __init__(self) -> None:
        self.cells: _Seen = {}
        self._row = self._column = 0
        self._kind = ""
        self._inside = ""
        self._texts = {"v": "", "t": "", "f": ""}
        self._in_data = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        reference = re.fullmatch(r"([A-Za-z]*)([0-9]+)", attributes.get("r", ""))
        if local == "sheetData":
            self._in_data = True
        elif local == "row":
            self._row, self._column = int(reference[2]) if reference else self._row + 1, 0
        elif local == "c":
            self._column = column_number(reference[1]) if reference else self._column + 1
            self._kind = attributes.get("t", "")
            self._texts = {"v": "", "t": "", "f": ""}
        elif local in self._texts:
            self._inside = local
            if local == "f":
                self._texts["f"] = repr(sorted(attributes.items()))

    def text(self, text: str) -> None:
        if self._inside:
            self._texts[self._inside] += text

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "sheetData":
            self._in_data = False
        if local == "c" and self._in_data:
            texts = self._texts
            self.cells[self._row, self._column] = (self._kind, texts["v"], texts["t"], texts["f"])
        if local == self._inside:
            self._inside = ""


def _roomier(limits: Limits) -> Limits:
    """The limits for the result, which may be a little larger than what was allowed in."""
    return Limits(
        limits.file_bytes * 2,
        limits.members,
        limits.unpacked_bytes * 2,
        limits.ratio * 2,
        limits.part_bytes * 2,
        limits.cells,
    )


def _not_as_asked(file: str, sheet: SheetPart, row: int, column: int) -> InputProblem:
    cell = CellRef(sheet.name, row, column)
    return _failed(file, Text(f"{cell} is niet zoals bedoeld", f"{cell} is not as intended"))


def _failed(file: str, what: Text) -> InputProblem:
    return refusal(
        file,
        "",
        Text(
            f"het bewerkte bestand kwam niet door de controle ({what.nl}), dus er is niets veranderd. Open het bestand in "
            "Excel, sla het opnieuw op en probeer het nog eens; meld het als het dan weer gebeurt.",
            f"the edited file did not pass the check ({what.en}), so nothing was changed. Open the file in Excel, save it "
            "again and retry; report it if that does not help.",
        ),
    )
