"""What the gate lets through, and what it stops."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ogsm_xl.excel.edit.gate import Gate, Intended
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, _planned
from ogsm_xl.excel.ooxml.archive import written
from ogsm_xl.excel.ooxml.package import open_package
from ogsm_xl.excel.ooxml.splice import Spliced
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from tests.support.comparing import members
from tests.support.workbooks import CORPUS, ROWS, TABLE, hand_made, parts_of, sheet_xml, write

SHEET = "xl/worksheets/sheet1.xml"
EDITS: list[Edit] = [
    SetCell(CellRef("Acties", 5, 2), "=nieuw t=\"s\"> & 't'"),
    AppendRows("Acties", 3, ({1: "A4", 4: 0.75},)),
    SetCell(CellRef("Acties", 1, 7), True),
]
WHOLE, AROUND = 10_000_000, 0


def check(
    source: Path,
    large: int,
    intend: Callable[[Intended], Intended] = lambda intended: intended,
    tamper: Callable[[dict[str, bytes]], dict[str, bytes]] | None = None,
) -> None:
    """Write the edits as intended, perhaps tamper with what was written, and let the gate check it."""
    target = source.with_name("na.xlsx")
    with open_package(source) as package, ThreadPoolExecutor(1) as helper:
        planned, _ = _planned(package, EDITS, unlock_protected=False)
        intended = intend(planned)
        gate = Gate(package, intended, helper, large)
        target.write_bytes(b"".join(written(package.archive, intended.changed, intended.dropped)))
        if tamper is not None:
            write(target, tamper(members(target)))
        gate.check(target)


@pytest.mark.parametrize("large", [WHOLE, AROUND])
@pytest.mark.parametrize("name", sorted(CORPUS.keys() - {"xlsxwriter-rich"}))
def test_what_the_editor_writes_passes(tmp_path: Path, name: str, large: int) -> None:
    """Edits of every kind of workbook pass, whether the sheets are read whole or just around the edited rows."""
    source = tmp_path / "plan.xlsx"
    CORPUS[name](source)
    check(source, large)


def replaced(part: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def tamper(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old in parts[part]
        return {**parts, part: parts[part].replace(old, new)}

    return tamper


@pytest.mark.parametrize("large", [WHOLE, AROUND])
@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (replaced("xl/sharedStrings.xml", b"Meten", b"Weten"), "sharedStrings.xml has changed"),
        (replaced(SHEET, b"<v>0.25</v>", b"<v>0.26</v>"), "sheet1.xml differs"),
        (replaced(SHEET, b"</worksheet>", b"</worksheet >"), "sheet1.xml differs"),
        (replaced(SHEET, b"</worksheet>", b"</worksheet>  "), "sheet1.xml differs"),
        (replaced(SHEET, b"</worksheet>", b""), "sheet1.xml differs"),
        (replaced("xl/tables/table1.xml", b"A3:D7", b"A3:D9"), "table1.xml differs"),
        (lambda parts: dict(reversed(parts.items())), "parts are not the same"),
        (lambda parts: {n: p for n, p in parts.items() if "table" not in n}, "parts are not the same"),
        (lambda parts: {**parts, "xl/more.xml": b"<x/>"}, "parts are not the same"),
    ],
)
def test_a_part_that_is_not_as_it_should_be(
    tmp_path: Path, tamper: Callable[[dict[str, bytes]], dict[str, bytes]], says: str, large: int
) -> None:
    """One changed byte, a missing, added or moved part: the gate stops it and names the part."""
    with pytest.raises(InputProblem, match=says):
        check(hand_made(tmp_path / "plan.xlsx", table=TABLE), large, tamper=tamper)


def also(old: bytes, new: bytes) -> Callable[[Intended], Intended]:
    """The edit as intended, but with a mistake: it also changes this in the sheet."""

    def mistake(intended: Intended) -> Intended:
        sheet = intended.changed[SHEET]
        at = sheet.original.index(old)
        wrong = Spliced(sheet.original, list(sheet.splices))
        wrong.replace(at, at + len(old), new)
        return dataclasses.replace(intended, changed={**intended.changed, SHEET: wrong})

    return mistake


def expecting(value: str | float | bool | None) -> Callable[[Intended], Intended]:  # noqa: FBT001 - a cell's value
    """The edit as intended, but the caller had asked for another value in B5."""

    def other(intended: Intended) -> Intended:
        ((sheet, cells),) = intended.cells
        cells.set(5, 2, value)
        return dataclasses.replace(intended, cells=((sheet, cells),))

    return other


@pytest.mark.parametrize("large", [WHOLE, AROUND])
@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (also(b"<v>0.25</v>", b"<v>0.26</v>"), "row 5 of Acties has changed"),
        (also(b"<v>0.5</v>", b""), "row 4 of Acties has changed"),
        (also(b'<c r="D6" s="2"><v>1</v></c>', b""), "row 6 of Acties has changed"),
        (also(b"<dimension", b"<dimension <"), "not well-formed"),
        (also(b"</sheetData>", b"</sheetdata>"), "not well-formed|damaged"),
        (expecting("=iets anders"), "Acties!B5 is not as intended"),
        (expecting(5), "Acties!B5 is not as intended"),
        (expecting(None), "Acties!B5 is not as intended"),
        (expecting(True), "Acties!B5 is not as intended"),
    ],
)
def test_a_mistake_of_the_editor(
    tmp_path: Path, mistake: Callable[[Intended], Intended], says: str, large: int
) -> None:
    """If the editor itself went wrong, the independent reader finds the cell."""
    with pytest.raises(InputProblem, match=says):
        check(hand_made(tmp_path / "plan.xlsx"), large, mistake)


@pytest.mark.parametrize("large", [WHOLE, AROUND])
@pytest.mark.parametrize(
    "rows",
    [
        ROWS.replace("<v>0.5</v>", "<v>NaN</v>"),
        ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ROWS.replace('<c r="A4" t="s"><v>0</v></c>', '<c r="A4" t="s"><v>999</v></c>'),
        ROWS.replace('<c r="A4" t="s"><v>0</v></c>', '<c r="A4" t="n"><v>een</v></c>'),
        ROWS.replace('<c r="A4" t="s"><v>0</v></c>', '<c r="A4" t="e"><v>#REF!</v></c>'),
        ROWS.replace('<c r="A4" t="s"><v>0</v></c>', "<c r='A4' t='s'><v>0</v></c>"),
    ],
)
def test_cells_that_readers_stumble_over(tmp_path: Path, rows: str, large: int) -> None:
    """Odd cells elsewhere, among them the one in the far corner that ends a reader's process, do not hinder an edit."""
    check(hand_made(tmp_path / "plan.xlsx", sheet_xml(rows)), large)


def test_damage_elsewhere_is_found(tmp_path: Path) -> None:
    """A part that was damaged before, though not edited, stops the edit: nobody should build on it."""
    source = write(tmp_path / "plan.xlsx", parts_of(more={"xl/media/image1.png": b"\x89PNG" * 500}))
    contents = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as package:
        start = package.getinfo("xl/media/image1.png").header_offset
    contents[start + 14] ^= 0xFF  # its checksum, there and in the directory
    directory = contents.rindex(b"xl/media/image1.png") - 46
    contents[directory + 16] ^= 0xFF
    source.write_bytes(contents)
    with pytest.raises(InputProblem, match=r"damaged: its part xl/media/image1\.png"):
        check(source, WHOLE)
