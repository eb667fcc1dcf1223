"""The gate: what must hold of an edited workbook before it may replace the one it was made from.

Four things are checked on the file as written: every untouched part has the same bytes; every touched part is well-formed;
it equals the original outside the places that were meant to change; and an independent reader sees the edited cells as
asked and all other cells as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from ogsm_xl.excel.ooxml.archive import Archive, Limits
from ogsm_xl.excel.ooxml.independent_reader import (
    LARGE,
    Expected,
    Look,
    Seen,
    Wanted,
    fits,
    seen_in_file,
    seen_in_window,
    windows,
)
from ogsm_xl.excel.ooxml.package import Package, SheetPart, unescaped
from ogsm_xl.excel.ooxml.raw_cells import WellFormed, cells_of
from ogsm_xl.excel.ooxml.refusal import refusal
from ogsm_xl.excel.ooxml.splice import Spliced
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text


@dataclass(frozen=True, slots=True)
class Intended:
    """What an edit means to change.

    Attributes:
        changed: The contents of changed parts, by member name.
        dropped: The members that are left out.
        cells: For each edited sheet, what its edited cells must read as.
        styles: The part that holds the styles, as member name; "" when there is none.
    """

    changed: Mapping[str, Spliced]
    dropped: frozenset[str]
    cells: tuple[tuple[SheetPart, Expected], ...]
    styles: str = ""


class Gate:
    """Checks one edit.

    The independent reader works outside Python's lock, so what it sees in the original is gathered by a helper while the
    new file is being written: make the gate first, then write, then `check`.
    """

    def __init__(self, package: Package, intended: Intended, helper: Executor, large: int = LARGE) -> None:
        """Begin; the helper starts to read the original.

        Args:
            package: The original.
            intended: What is meant to change.
            helper: Reads while other work goes on.
            large: From how many bytes on only the rows around the edited ones are read.
        """
        self._package = package
        self._intended = intended
        self._helper = helper
        self._before = {
            sheet.part: self._reading(package.path, sheet, cells)
            for sheet, cells in intended.cells
            if self._is_read_whole(sheet, cells, large)
        }

    def check(self, target: Path) -> None:
        """Check the file that was written.

        Raises:
            InputProblem: Something does not hold; the sentence says what.
        """
        after = {
            sheet.part: self._reading(target, sheet, cells)
            for sheet, cells in self._intended.cells
            if sheet.part in self._before
        }
        with Archive(target, _roomier(self._package.limits), self._package.name) as result:
            self._check_members(result)
            for sheet, cells in self._intended.cells:
                if sheet.part not in after:
                    self._check_around(result, sheet, cells)
                    continue
                old, new = self._before[sheet.part].result(), after[sheet.part].result()
                self._check_reading(result, sheet, cells, (old, new))

    def _is_read_whole(self, sheet: SheetPart, cells: Expected, large: int) -> bool:
        contents = self._original(sheet)
        return len(contents) < large and fits(contents, cells, self._package.limits.cells)

    def _reading(self, path: Path | None, sheet: SheetPart, cells: Expected) -> Future[Seen | None]:
        if path is None:
            raise ValueError("only files are edited")
        return self._helper.submit(seen_in_file, path, sheet.name, self._look(cells))

    def _look(self, cells: Expected, *, careful: bool = False) -> Look:
        return Look(cells, self._package.date1904, careful)

    def _original(self, sheet: SheetPart) -> bytes:
        member = self._package.archive.member(sheet.part)
        spliced = self._intended.changed.get(member.filename) if member else None
        return spliced.original if spliced else self._package.read(sheet.part)

    # Parts

    def _check_members(self, result: Archive) -> None:
        source = self._package.archive
        kept = [m for m in source.members if m.filename not in self._intended.dropped]
        if [m.filename for m in kept] != [m.filename for m in result.members]:
            raise self._failed(Text("de onderdelen zijn niet dezelfde", "the parts are not the same"))
        for old, new in zip(kept, result.members, strict=True):
            spliced = self._intended.changed.get(old.filename)
            if spliced is not None:
                self._check_spliced(old.filename, spliced, result.chunks(new))
                continue
            for _ in result.chunks(new):  # to the end, where the checksum is compared
                pass
            same = (old.CRC, old.file_size, old.compress_type) == (new.CRC, new.file_size, new.compress_type)
            if not same or source.packed(old) != result.packed(new):
                raise self._failed(Text(f"{old.filename} is veranderd", f"{old.filename} has changed"))

    def _check_spliced(self, name: str, spliced: Spliced, chunks: Iterable[bytes]) -> None:
        expected = _Expected(spliced.pieces())
        parser = WellFormed()
        for chunk in chunks:
            if chunk != expected.next(len(chunk)):
                raise self._failed(Text(f"{name} is anders", f"{name} differs"))
            parser.feed(chunk)
        if expected.next(1):
            raise self._failed(Text(f"{name} is anders", f"{name} differs"))
        if not parser.is_well_formed():
            original = WellFormed()
            original.feed(spliced.original)
            if original.is_well_formed():
                raise self._failed(Text(f"{name} klopt niet", f"{name} is not well-formed"))
            raise self._package.archive.damaged(name)

    # Cells

    def _check_around(self, result: Archive, sheet: SheetPart, cells: Expected) -> None:
        """Check the rows around the edited ones of a very large sheet."""
        member = result.member(sheet.part)
        spliced = self._intended.changed.get(member.filename) if member else None
        if member is None or spliced is None:
            return  # nothing was changed after all, and that was checked
        styles = (self._styles_before(), self._styles_after(result))
        cut = windows(spliced, styles, date1904=self._package.date1904)
        most = self._package.limits.cells
        rows = cells.rows
        if cut is None or (rows[-1] - rows[0] + 3) * cells.last_column > most:
            self._check_ourselves(result, sheet, cells)
            return
        look = self._look(cells, careful=True)
        self._check_reading(
            result, sheet, cells, (seen_in_window(cut.before, look), seen_in_window(cut.after, look))
        )

    def _styles_before(self) -> bytes:
        return self._package.read(self._intended.styles) if self._intended.styles else b""

    def _styles_after(self, result: Archive) -> bytes:
        member = result.member(self._intended.styles)
        return result.read(member) if member else b""

    def _check_reading(
        self, result: Archive, sheet: SheetPart, cells: Expected, seen: tuple[Seen | None, Seen | None]
    ) -> None:
        before, after = seen
        if before is None:  # the reader can't read the original either
            self._check_ourselves(result, sheet, cells)
            return
        if after is None:
            raise self._failed(Text("het is niet te lezen", "it can't be read"))
        if before.rows != after.rows:
            before, after = self._careful(result, sheet, cells) or (before, after)
        for row in sorted(before.rows.keys() | after.rows.keys()):
            if before.rows.get(row) != after.rows.get(row):
                raise self._failed(
                    Text(f"rij {row} van {sheet.name} is veranderd", f"row {row} of {sheet.name} has changed")
                )
        if after.unlike:
            raise self._not_as_asked(sheet, *after.unlike)

    def _careful(self, result: Archive, sheet: SheetPart, cells: Expected) -> tuple[Seen, Seen] | None:
        """A second look, at rows that seem to differ because they hold NaN, which never equals itself."""
        if self._package.path is None or result.path is None or sheet.part not in self._before:
            return None
        look = self._look(cells, careful=True)
        before = seen_in_file(self._package.path, sheet.name, look)
        after = seen_in_file(result.path, sheet.name, look)
        return (before, after) if before and after else None

    def _check_ourselves(self, result: Archive, sheet: SheetPart, cells: Expected) -> None:
        """Where that reader fails on the original already, our own parser compares cell by cell."""
        member = result.member(sheet.part)
        try:
            before = cells_of(self._original(sheet))
            after = cells_of(result.read(member)) if member else {}
        except ValueError as error:
            raise self._package.archive.damaged(sheet.part) from error
        for place in before.keys() | after.keys():
            if place not in cells and before.get(place) != after.get(place):
                raise self._not_as_asked(sheet, *place)
        for row in cells.rows:
            for column, wanted in cells.in_row(row).items():
                kind, value, text, formula = after.get((row, column), ("", "", "", ""))
                seen: Wanted = unescaped(text) if kind == "inlineStr" else None
                if value and not formula:
                    seen = value == "1" if kind == "b" else float(value)
                if seen != wanted:
                    raise self._not_as_asked(sheet, row, column)

    # Sentences

    def _not_as_asked(self, sheet: SheetPart, row: int, column: int) -> InputProblem:
        cell = CellRef(sheet.name, row, column)
        return self._failed(Text(f"{cell} is niet zoals bedoeld", f"{cell} is not as intended"))

    def _failed(self, what: Text) -> InputProblem:
        return refusal(
            self._package.name,
            "",
            Text(
                f"het bewerkte bestand kwam niet door de controle ({what.nl}), dus er is niets veranderd. Open het bestand in "
                "Excel, sla het opnieuw op en probeer het nog eens; meld het als het dan weer gebeurt.",
                f"the edited file did not pass the check ({what.en}), so nothing was changed. Open the file in Excel, save "
                "it again and retry; report it if that does not help.",
            ),
        )


class _Expected:
    """What a part must hold, taken in stretches of any length."""

    def __init__(self, pieces: Iterable[memoryview]) -> None:
        self._pieces = (piece for piece in pieces if piece)
        self._piece = memoryview(b"")

    def next(self, length: int) -> bytes:
        """The next bytes; fewer at the end."""
        taken = []
        while length:
            self._piece = self._piece or next(self._pieces, self._piece)
            if not self._piece:
                break
            taken.append(self._piece[:length].tobytes())
            self._piece = self._piece[length:]
            length -= len(taken[-1])
        return b"".join(taken)


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
