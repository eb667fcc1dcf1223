"""The gate: what must hold of an edited workbook before it may replace the one it was made from.

Four things are checked on the file as written: every untouched part has the same bytes; every touched part is well-formed;
it equals the original outside the places that were meant to change; and an independent reader sees the edited cells as
asked and all other cells of those sheets as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the independent reader sees in a sheet.

    Attributes:
        rows: One number for each row from the first on, edited cells left out; equal rows have equal numbers.
        values: The values of edited cells, by row and column.
    """

    rows: tuple[int, ...]
    values: Mapping[tuple[int, int], Any]


def readable(package: Package, intended: Intended) -> list[bool]:
    """For each edited sheet, whether the independent reader can be trusted with its size.

    It allocates the whole rectangle around a sheet's cells, and a single cell in the far corner makes it end the process.
    """
    return [_fits(package, sheet, cells, intended) for sheet, cells in intended.cells]


def _fits(package: Package, sheet: SheetPart, cells: Expected, intended: Intended) -> bool:
    member = package.archive.member(sheet.part)
    spliced = intended.changed.get(member.filename) if member else None
    contents = spliced.original if spliced else package.read(sheet.part)
    most = package.limits.cells
    rows, columns = extent(contents, most)
    rows = max([rows, *(row for row, _ in cells)])
    columns = max([columns, *(column for _, column in cells)])
    return rows * columns <= most


def seen(
    path: Path, intended: Intended, readable: Sequence[bool], *, careful: bool = False
) -> list[Seen | None]:
    """What the reader sees in each edited sheet; None where it fails, or where it is not to be tried.

    Works mostly outside Python's lock, so it is worth a thread. `careful` also tells apart cells that hold NaN.
    """
    return [
        _seen(path, sheet.name, cells, careful=careful) if fits else None
        for (sheet, cells), fits in zip(intended.cells, readable, strict=True)
    ]


def check_cells(
    package: Package, target: Path, intended: Intended, before: list[Seen | None], after: list[Seen | None]
) -> None:
    """Check that edited cells read as asked, and that all others of their sheets read as before.

    Raises:
        InputProblem: One does not; the sentence says which.
    """
    for at, (sheet, cells) in enumerate(intended.cells):
        old, new = before[at], after[at]
        if old is None:
            _check_cells_ourselves(package, target, sheet, cells)
            continue
        if new is None:
            raise _failed(package.name, Text("het is niet te lezen", "it can't be read"))
        if old.rows != new.rows and package.path is not None:
            old = _seen(package.path, sheet.name, cells, careful=True) or old
            new = _seen(target, sheet.name, cells, careful=True) or new
        _check_reading(package, sheet, cells, old, new)


def check_parts(package: Package, target: Path, intended: Intended) -> None:
    """Check that untouched parts have the same bytes, and that touched ones are well-formed and changed only as meant.

    Raises:
        InputProblem: Something does not hold; the sentence says what.
    """
    with Archive(target, _roomier(package.limits)) as result:
        _check_members(package, result, intended)


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


def _seen(path: Path, sheet: str, cells: Expected, *, careful: bool) -> Seen | None:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - heavy, and only needed here

    try:
        # Through an open file, as the reader judges a path by its suffix, which an unfinished file does not have.
        with path.open("rb") as stream, load_workbook(stream) as workbook:
            found = workbook.get_sheet_by_name(sheet)
            left = found.start[1] if found.start else 0
            return _digest(found.iter_rows(), left, cells, careful=careful)
    except (CalamineError, OSError, ValueError, TypeError, KeyError):
        return None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a bug in the reader; our own parser takes over
            return None
        raise


def _digest(rows: Iterable[list[Any]], left: int, cells: Expected, *, careful: bool) -> Seen:
    """What is in the rows; they begin right of `left` columns that are empty."""
    edited: dict[int, set[int]] = {}
    for number, column in cells:
        edited.setdefault(number, set()).add(column)
    numbers: list[int] = []
    values: dict[tuple[int, int], Any] = {}
    margin = [""] * left
    for number, found in enumerate(rows, start=1):
        row = margin + found
        for column in edited.get(number, ()):
            if column <= len(row):
                values[number, column] = row[column - 1]
                row[column - 1] = ""
        while row and row[-1] == "":
            row.pop()
        if careful:
            row = ["NaN" if value != value else value for value in row]  # noqa: PLR0124 - NaN is never equal
        numbers.append(hash(tuple(row)) if row else 0)
    while numbers and not numbers[-1]:
        numbers.pop()
    return Seen(tuple(numbers), values)


def _check_reading(package: Package, sheet: SheetPart, cells: Expected, before: Seen, after: Seen) -> None:
    if after.rows != before.rows:
        pairs = zip(before.rows, after.rows, strict=False)
        shorter = min(len(before.rows), len(after.rows))
        row = next((n for n, (a, b) in enumerate(pairs, start=1) if a != b), shorter + 1)
        raise _failed(
            package.name,
            Text(f"rij {row} van {sheet.name} is veranderd", f"row {row} of {sheet.name} has changed"),
        )
    for (row, column), wanted in cells.items():
        found = after.values.get((row, column), "")
        if not _same(wanted, found, date1904=package.date1904):
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

RawCells: TypeAlias = dict[tuple[int, int], tuple[str, str, str, str]]


def _check_cells_ourselves(package: Package, target: Path, sheet: SheetPart, cells: Expected) -> None:
    with Archive(target, _roomier(package.limits)) as result:
        member = result.member(sheet.part)
        after = cells_of(result.read(member)) if member else {}
    before = cells_of(package.read(sheet.part))
    for place in before.keys() | after.keys():
        if place not in cells and before.get(place) != after.get(place):
            raise _not_as_asked(package.name, sheet, *place)
    for place, wanted in cells.items():
        kind, value, text, formula = after.get(place, ("", "", "", ""))
        seen: Wanted = unescaped(text) if kind == "inlineStr" else None
        if value and not formula:
            seen = value == "1" if kind == "b" else float(value)
        if seen != wanted:
            raise _not_as_asked(package.name, sheet, *place)


def cells_of(sheet: bytes) -> RawCells:
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
        self.cells: RawCells = {}
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
