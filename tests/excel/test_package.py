"""What opening a workbook finds, and which files it refuses."""

from __future__ import annotations

import errno
import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ogsm_xl.excel.ooxml.archive import missing, not_opened
from ogsm_xl.excel.ooxml.package import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Limits,
    open_package,
    unescaped,
    used_area,
)
from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.words import Language
from tests.support.errors import system_error
from tests.support.workbooks import (
    CORPUS,
    ROWS,
    TABLE,
    hand_made,
    parts_of,
    sheet_xml,
    write,
    xlsxwriter_rich,
)

# What is found


def test_sheets_and_tables_are_found(tmp_path: Path) -> None:
    """A workbook's worksheets with their tables; chart sheets are none; names are found without regard to case."""
    xlsxwriter_rich(tmp_path / "plan.xlsx")
    with open_package(tmp_path / "plan.xlsx") as package:
        assert [(s.name, s.hidden, s.position) for s in package.sheets] == [
            ("Acties", False, 0),
            ("Overzicht & meer", False, 1),
        ]
        actions, other = (sheet.tables[0] for sheet in package.sheets)
        assert (actions.name, actions.area.ref, actions.data.ref) == ("Acties", "A3:D6", "A4:D6")
        assert actions.columns == ("ID", "Actie", "Datum", "Voortgang")
        assert (other.totals_rows, other.data.ref) == (1, "F2:G2")
        assert package.sheet("ACTIES") == package.sheets[0]
        assert package.sheet("weg") is None


def test_headings_and_names_are_read_as_people_see_them(tmp_path: Path) -> None:
    """Line breaks and escapes in headings, entities in names, hidden tabs, dates from 1904."""
    parts = parts_of(table=TABLE.replace('name="Actie"', 'name="Wat_x000a_doen &amp; _x005F_x0041_"'))
    parts["xl/workbook.xml"] = (
        parts["xl/workbook.xml"]
        .replace(b'name="Acties"', b'name="R&amp;D" state="veryHidden"')
        .replace(b"<sheets>", b'<workbookPr date1904="true"/><sheets>')
    )
    with open_package(write(tmp_path / "plan.xlsx", parts)) as package:
        (sheet,) = package.sheets
        assert (sheet.name, sheet.hidden, package.date1904) == ("R&D", True, True)
        assert sheet.tables[0].columns[1] == "Wat\ndoen & _x0041_"


def test_a_workbook_from_memory(tmp_path: Path) -> None:
    """A file object is read like a file, and stays open."""
    stream = io.BytesIO(hand_made(tmp_path / "plan.xlsx").read_bytes())
    with open_package(stream) as package:
        assert package.read("XL/worksheets/SHEET1.xml").startswith(b"<?xml")
    assert not stream.closed


@pytest.mark.parametrize("name", CORPUS)
def test_every_kind_of_workbook_opens(tmp_path: Path, name: str) -> None:
    """Signed or odd, any workbook can be read, and its used area is the same however its cells are written."""
    CORPUS[name](tmp_path / "plan.xlsx")
    with open_package(tmp_path / "plan.xlsx") as package:
        sheet = package.sheet("Acties")
        assert sheet is not None
        area = package.used_area(sheet)
        assert area is not None
        assert (area.has(3, 1), area.has(6, 4)) == (True, True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS, "A3:D6"),
        ("", None),
        ("<row r='9'/>", None),
        ('<row r="2"><c r="B2"/></row>', "B2"),
        ("<row><c/><c><v>1</v></c></row><row/><row><c/><c/><c><v>2</v></c></row>", "B1:C3"),
        ('<row r="5"><c r="b5"><v>1</v></c></row>', "B5"),
        ('<row r="1"><c  r = "C1"><v>1</v></c></row>', "C1"),
        ('<row r="1"><c s="1" r="C1"><v>1</v></c></row>', "C1"),
        ('<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>', "A1:XFD1048576"),
        ('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>', "XFD1048576"),
    ],
)
def test_used_area_is_the_rectangle_around_all_cells(rows: str, expected: str | None) -> None:
    """The used area holds every cell, however rows and cells say where they are."""
    area = used_area(sheet_xml(rows).encode(), 5_000_000)
    assert (area.ref if area else None) == expected


def test_formatted_rows_do_not_count_when_there_are_too_many() -> None:
    """A sheet formatted down to its last row uses only what has contents."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="Z1048576" s="1"/></row>'
    area = used_area(sheet_xml(rows).encode(), 5_000_000)
    assert (area.ref if area else None) == "A1"


@pytest.mark.parametrize(
    ("ref", "area"),
    [
        ("A3:F20", Area(3, 1, 20, 6)),
        ("$A$3", Area(3, 1, 3, 1)),
        ("F20:A3", Area(3, 1, 20, 6)),
        ("A:C", Area(1, 1, 1_048_576, 3)),
        ("3:5", Area(3, 1, 5, 16_384)),
        ("", None),
        ("A", None),
        ("A0", None),
        ("A1:", None),
        ("A1048577", None),
        ("XFE1", None),
        ("A1:2", None),
        ("Blad!A1", None),
    ],
)
def test_areas_of_references(ref: str, area: Area | None) -> None:
    """References give areas; what is no reference gives none."""
    assert Area.find(ref) == area


def test_escapes_in_texts_are_resolved() -> None:
    """`_xHHHH_` stands for a character, and every line break is a newline."""
    assert unescaped("a_x000D__x000A_b_x0041_\r\nc_x005F_x0041_") == "a\nbA\nc_x0041_"


# What is refused


def refusal(source: Path | io.BytesIO, limits: Limits | None = None) -> str:
    with pytest.raises(InputProblem) as caught:
        open_package(source, limits or Limits())
    assert caught.value.sentence(Language.NL)
    return caught.value.sentence(Language.EN)


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"ID;Actie\n1;Bellen\n", "no Excel workbook"),
        (b"<html><table/></html>" * 5, "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file of an old Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted, with a password or a rights label",
        ),
        (b"", "is empty"),
        (b"PK\x03\x04" + bytes(100), "no Excel workbook"),
        (b"PK\x05\x06" + bytes(18), "no Excel workbook"),
        (b"PK\x05\x06" + b"\xff" * 18, "no Excel workbook|too large"),
    ],
)
def test_files_that_are_no_workbook(contents: bytes, says: str) -> None:
    """Text, old formats, damaged and empty files are refused in a sentence."""
    assert re.search(says, refusal(io.BytesIO(contents)))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["mimetype", "content.xml"], "OpenDocument"),
        (["word/document.xml"], "Word document"),
        (["ppt/presentation.xml"], "PowerPoint"),
        (["xl/workbook.bin"], "xlsb"),
        (["readme.txt"], "no Excel workbook"),
        (["a/../b.xml"], "strange name"),
        (["xl/a.xml", "XL/A.xml"], "in it twice"),
        (["xl/a.xml", "/xl\\a.xml"], "in it twice"),
    ],
)
def test_other_zip_files(tmp_path: Path, names: list[str], says: str) -> None:
    """Other kinds of office files are called by their name, and strange packages are not opened."""
    write(tmp_path / "plan.xlsx", dict.fromkeys(names, b"<x/>"))
    assert says in refusal(tmp_path / "plan.xlsx")


def test_places_where_there_is_no_file(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    assert "does not exist" in refusal(tmp_path / "weg.xlsx")
    assert "is a folder" in refusal(tmp_path)


def _flipped(contents: bytes, at: int) -> bytes:
    return contents[:at] + bytes([contents[at] ^ 0xFF]) + contents[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c[: len(c) // 2],
        lambda c: c[:-30],
        lambda c: _flipped(c, c.index(b"xl/workbook.xml") + 60),
        lambda c: c.replace(b"PK\x03\x04", b"PK\x00\x00", 3),
        lambda c: c[100:],
    ],
)
def test_damaged_files(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Cut off, flipped, overwritten: a sentence that says so."""
    contents = hand_made(tmp_path / "plan.xlsx").read_bytes()
    assert re.search("damaged|no Excel workbook|overlap", refusal(io.BytesIO(damage(contents))))


def test_a_damaged_sheet_is_found_when_it_is_read(tmp_path: Path) -> None:
    """A sheet whose checksum is wrong opens, and is refused as soon as its cells are asked for."""
    contents = hand_made(tmp_path / "plan.xlsx").read_bytes()
    directory = contents.rindex(b"xl/worksheets/sheet1.xml") - 46
    with open_package(io.BytesIO(_flipped(contents, directory + 16))) as package:
        with pytest.raises(InputProblem, match="damaged"):
            package.used_area(package.sheets[0])
        with pytest.raises(InputProblem, match="damaged"):
            list(package.archive.chunks(package.archive.members[2]))


def test_encrypted_parts(tmp_path: Path) -> None:
    """A zip file with a password is refused as encrypted."""
    contents = bytearray(hand_made(tmp_path / "plan.xlsx").read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = contents.find(signature)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", contents, at + offset)
            struct.pack_into("<H", contents, at + offset, flags | 1)
            at = contents.find(signature, at + 4)
    assert "encrypted" in refusal(io.BytesIO(bytes(contents)))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=1000),
        Limits(members=5),
        Limits(unpacked_bytes=3000),
        Limits(part_bytes=1000),
    ],
)
def test_files_beyond_the_limits(tmp_path: Path, limits: Limits) -> None:
    """Too large, too many parts, too much when unpacked: refused before anything is unpacked."""
    assert "too large to open safely" in refusal(hand_made(tmp_path / "plan.xlsx"), limits)


def test_a_bomb(tmp_path: Path) -> None:
    """A small file that unpacks to something huge is refused; so is one that lies about it."""
    bomb = write(tmp_path / "plan.xlsx", {**parts_of(), "xl/media/image1.png": bytes(11_000_000)})
    assert "too large to open safely" in refusal(bomb)
    contents = bytearray(bomb.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = contents.rfind(signature)
        if contents[at : at + 80].find(b"image1.png") < 0:
            at = contents.rfind(signature, 0, contents.rfind(b"xl/media/image1.png"))
        struct.pack_into("<I", contents, at + offset, 1000)
    with open_package(io.BytesIO(bytes(contents))) as package, pytest.raises(InputProblem, match="damaged"):
        package.read("xl/media/image1.png")


@pytest.mark.parametrize(
    ("part", "contents", "says"),
    [
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml().encode(), "DOCTYPE"),
        ("xl/worksheets/sheet1.xml", b"<!--" + b"x" * 9000 + b"--><!DOCTYPE x><worksheet/>", "DOCTYPE"),
        ("xl/worksheets/sheet1.xml", sheet_xml().encode("utf-16"), "UTF-8"),
        ("xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="windows-1252"?><worksheet/>', "UTF-8"),
        ("xl/sharedStrings.xml", b"<!DOCTYPE sst><sst/>", "DOCTYPE"),
        ("xl/workbook.xml", b"<!DOCTYPE workbook><workbook/>", "damaged"),
        ("xl/workbook.xml", b"<workbook/>", "no Excel workbook"),
        ("_rels/.rels", b"<Relationships/>", "no Excel workbook"),
        ("_rels/.rels", b"oeps", "damaged"),
    ],
)
def test_parts_that_are_not_as_they_should_be(tmp_path: Path, part: str, contents: bytes, says: str) -> None:
    """Entity bombs, other encodings, and packages that lead nowhere."""
    assert says in refusal(write(tmp_path / "plan.xlsx", {**parts_of(), part: contents}))


def test_parts_that_nobody_reads_may_be_anything(tmp_path: Path) -> None:
    """Custom XML in UTF-16, as queries keep it, does not stop a workbook from being opened."""
    more: dict[str, str | bytes] = {
        "customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")
    }
    with open_package(write(tmp_path / "plan.xlsx", parts_of(more=more))) as package:
        assert [sheet.name for sheet in package.sheets] == ["Acties"]


def test_unusual_compression_can_be_read(tmp_path: Path) -> None:
    """Parts that are stored, or compressed in another way than usual, are read too."""
    write(tmp_path / "plan.xlsx", parts_of(), zipfile.ZIP_BZIP2)
    with open_package(tmp_path / "plan.xlsx") as package:
        assert package.used_area(package.sheets[0]) == Area(3, 1, 6, 4)


@pytest.mark.parametrize(
    "reference",
    ["A99999999999", "ZZZZZZZZ1", "A123456789012345678901234567890", "&#65;99999999", "1A", "A-1", ""],
)
@pytest.mark.parametrize("cell", ['<c r="{}"><v>1</v></c>', "<c t='n' r='{}'><v>1</v></c>", '<c r="{}"/>'])
def test_a_reference_that_is_none_may_be_anywhere(reference: str, cell: str) -> None:
    """A reader would allocate whatever it takes it for, and end the process; so the area is the largest there is."""
    sheet = (
        f'<worksheet><sheetData><row r="1"><c r="A1"/>{cell.format(reference)}</row></sheetData></worksheet>'
    )
    area = used_area(sheet.encode(), 2_000_000)
    assert area is not None
    assert (area.last_row, area.last_column) == (LAST_ROW, LAST_COLUMN)


def test_a_row_number_that_is_none_may_be_anywhere() -> None:
    """The cells of such a row do not state their place themselves."""
    sheet = b'<worksheet><sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData></worksheet>'
    area = used_area(sheet, 2_000_000)
    assert area is not None
    assert area.last_row == LAST_ROW


def test_a_folder_that_is_away_is_worth_another_try(tmp_path: Path) -> None:
    """A wrong file name in a folder that is there must be mended; a folder that is not there may come back."""
    assert isinstance(missing(tmp_path / "weg.xlsx"), InputProblem)
    assert isinstance(missing(tmp_path / "weg" / "plan.xlsx"), OutsideProblem)
    with (
        pytest.raises(OutsideProblem, match="can't be reached"),
        open_package(tmp_path / "weg" / "plan.xlsx"),
    ):
        pass


@pytest.mark.parametrize(
    ("windows", "code", "kind"),
    [
        (None, errno.EACCES, InputProblem),
        (None, errno.EHOSTDOWN, OutsideProblem),
        (2, errno.ENOENT, InputProblem),
        (5, errno.EACCES, InputProblem),
        (53, errno.ENOENT, OutsideProblem),
        (65, errno.EACCES, OutsideProblem),
    ],
)
def test_what_the_system_says_of_a_file_that_cannot_be_opened(
    tmp_path: Path, windows: int | None, code: int, kind: type[Problem]
) -> None:
    """The share that is away is told from the wrong name and the missing permission."""
    assert type(not_opened(tmp_path / "plan.xlsx", system_error(code, windows))) is kind
