"""The one door through which a workbook of somebody else is changed: set these cells, append these rows, nothing else.

The sheet's XML is cut and pasted; every other part of the package is copied byte for byte. What can't be done without
losing something is refused, in a sentence, before anything is written; what was written passes the gate or is thrown away.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ogsm_xl.excel.edit.gate import Gate, Intended
from ogsm_xl.excel.edit.sheet_edit import SheetEdit
from ogsm_xl.excel.edit.workbook_edit import WorkbookEdit
from ogsm_xl.excel.ooxml.archive import Limits, written
from ogsm_xl.excel.ooxml.package import Package, open_package
from ogsm_xl.excel.ooxml.refusal import Unusual, refusal
from ogsm_xl.excel.ooxml.values import Figure, Percentage, Writable
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text

__all__ = ["AppendRows", "Edit", "Edited", "Figure", "Percentage", "SetCell", "Writable", "edited"]

TEMPORARY = ".ogsm-tmp"
"""How the names of unfinished files end."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """Give a cell a value, in its own format; None or "" clears it."""

    cell: CellRef
    value: Writable


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Add rows below the data under a heading row.

    Into the table (ListObject) whose headings these are: its blank rows at the bottom are filled first, then it grows.
    Where there is no table: below the last filled row of the data under the headings.

    Attributes:
        sheet: The sheet's name.
        header_row: The row of the headings, counted from 1.
        rows: For each new row: column, counted from 1, to value.
        last_row: The last row with data, where the caller knows better than "the last filled row, notes after a blank
            row and totals left out"; for data that is no table. What stands right below it without a blank row between
            stays above the new rows.
    """

    sheet: str
    header_row: int
    rows: tuple[Mapping[int, Writable], ...] = field(hash=False)
    last_row: int | None = None


Edit: TypeAlias = SetCell | AppendRows


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of an edit.

    Attributes:
        warnings: What a person may want to do by hand, such as reapplying a filter.
        appended: The first cell of each appended row, in the order asked for.
    """

    warnings: tuple[Text, ...]
    appended: tuple[CellRef, ...]


def edited(
    source: Path,
    target: Path,
    edits: Sequence[Edit],
    *,
    limits: Limits = Limits(),
    unlock_protected: bool = False,
) -> Edited:
    """Write `source` with these edits, done in this order, to `target`.

    Args:
        source: The workbook as it is.
        target: Where the edited workbook goes; replaced if it exists, and only by a file that passed the gate.
        edits: What to change.
        limits: How large a workbook may be.
        unlock_protected: Also write locked cells of protected sheets, and in workbooks marked as final or reserved.

    Raises:
        InputProblem: The workbook or the edit does not allow it; nothing was written.
        OutsideProblem: The disk failed or is full; nothing was written.
    """
    with beside(target) as temporary, open_package(source, limits) as package:
        intended, outcome = _refusing_the_unusual(package, edits, unlock_protected=unlock_protected)
        _write_and_check(package, source, intended, temporary)
    return outcome


def _refusing_the_unusual(
    package: Package, edits: Sequence[Edit], *, unlock_protected: bool
) -> tuple[Intended, Edited]:
    try:
        return _planned(package, edits, unlock_protected=unlock_protected)
    except Unusual as unusual:
        raise refusal(package.name, "", unusual.text) from unusual
    except (ValueError, LookupError, StopIteration, RuntimeError) as error:
        # The tag finder relies on well-formed XML, and whether it is that is not known before the gate.
        raise refusal(
            package.name,
            "",
            Unusual("het bestand is beschadigd", "the file is damaged").text,
        ) from error


def _planned(package: Package, edits: Sequence[Edit], *, unlock_protected: bool) -> tuple[Intended, Edited]:
    workbook = WorkbookEdit(package, may_unlock=unlock_protected)
    appended: list[CellRef] = []
    for edit in edits:
        where = edit.cell.sheet if isinstance(edit, SetCell) else edit.sheet
        try:
            appended += _done(workbook.sheet(where), edit)
        except Unusual as unusual:
            raise workbook.refusal(where, unusual.text) from unusual
    changed, dropped = workbook.finish()
    cells = tuple((sheet.part, sheet.expected) for sheet in workbook.sheets)
    intended = Intended(changed, dropped, cells, workbook.styles_part)
    return intended, Edited(tuple(dict.fromkeys(workbook.warnings)), tuple(appended))


def _done(sheet: SheetEdit, edit: Edit) -> list[CellRef]:
    """Do one edit; gives the first cell of each appended row."""
    if isinstance(edit, SetCell):
        sheet.set_cell(edit.cell.row, edit.cell.column, edit.value)
        return []
    return sheet.append(edit.header_row, edit.rows, edit.last_row)


def _write_and_check(package: Package, source: Path, intended: Intended, temporary: Path) -> None:
    if not intended.changed:
        shutil.copyfile(source, temporary)
        return
    with ThreadPoolExecutor(max_workers=1) as helper:
        gate = Gate(package, intended, helper)
        with temporary.open("wb") as stream:
            for piece in written(package.archive, intended.changed, intended.dropped):
                stream.write(piece)
        gate.check(temporary)


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A place beside the target to write to; it takes the target's place when all went well, and else is removed.

    Raises:
        OutsideProblem: The disk failed or is full.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        try:
            yield temporary
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutsideProblem(
            Text(
                f"{target.name} is niet te schrijven ({reason}). Controleer de schijfruimte en de rechten op de map.",
                f"{target.name} can't be written ({reason}). Check the disk space and the permissions of the folder.",
            )
        ) from error
