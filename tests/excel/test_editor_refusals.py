"""What the editor refuses before anything is written, and what it says."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, edited
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from tests.support.comparing import members
from tests.support.workbooks import HEAD, MAIN, RELATIONS, ROWS, TABLE, parts_of, sheet_xml, write


def refusal(tmp_path: Path, parts: dict[str, bytes], *edits: Edit, unlock: bool = False) -> str | None:
    """What the editor says, or None when it writes; nothing is left behind when it refuses."""
    source, target = write(tmp_path / "plan.xlsx", parts), tmp_path / "na.xlsx"
    try:
        edited(source, target, edits or [set_cell()], unlock_protected=unlock)
    except InputProblem as problem:
        said = problem
    else:
        return None
    assert sorted(tmp_path.iterdir()) == [source]
    assert said.sentence(Language.NL).startswith("plan.xlsx")
    return said.sentence(Language.EN)


def set_cell(row: int = 5, column: int = 2, sheet: str = "Acties", value: str = "x") -> SetCell:
    return SetCell(CellRef(sheet, row, column), value)


def append(*rows: dict[int, str]) -> AppendRows:
    return AppendRows("Acties", 3, rows or ({1: "A4"},))


def with_formula(formula: str, *, at: str = "B5") -> str:
    """The plan's rows with a formula in a cell."""
    return re.sub(
        rf'<c r="{at}"([^>]*?)(?: t="s")?><v>[^<]*</v></c>', rf'<c r="{at}"\1>{formula}<v>1</v></c>', ROWS
    )


# Places that may not be written


@pytest.mark.parametrize(
    ("sheet", "edit", "says"),
    [
        (with_formula("<f>A4</f>"), set_cell(), "Acties!B5: there is a formula here"),
        (with_formula('<f t="shared" ref="B5:B6" si="0">A5</f>'), set_cell(), "there is a formula"),
        (with_formula('<f t="shared" si="0"/>'), set_cell(), "there is a formula"),
        (with_formula('<f t="array" ref="B4:B5">A4</f>', at="B4"), set_cell(), "array formula"),
        (with_formula('<f t="dataTable" ref="B4:C6" dt2D="1"/>', at="B4"), set_cell(6, 3), "data table"),
        (ROWS, set_cell(sheet="Akties"), "no worksheet 'Akties' (there are: Acties)"),
        (ROWS, set_cell(0, 1), "row 0, column 1 does not exist"),
        (ROWS, set_cell(1, 16_385), "row 1, column 16385 does not exist"),
        (ROWS.replace('r="5"', 'r="3"'), set_cell(), "rows of the sheet are not in order"),
        (ROWS.replace('r="5"', 'r="2"'), set_cell(), "rows of the sheet are not in order"),
        (ROWS.replace('r="C5"', 'r="A5"'), set_cell(), "cells of row 5 are not in order"),
        (ROWS.replace('r="C5"', 'r="C9"'), set_cell(), "strange place"),
        (ROWS + "<row r='9999999'/>", set_cell(), "not in order"),
    ],
)
def test_cells_that_may_not_be_written(tmp_path: Path, sheet: str, edit: Edit, says: str) -> None:
    """Formulas, parts of array formulas and data tables, and places that are not there or not clear."""
    assert says in str(refusal(tmp_path, parts_of(sheet_xml(sheet)), edit))


def test_only_the_first_of_merged_cells_is_written(tmp_path: Path) -> None:
    """A merged cell is written at its top left, and nowhere else."""
    parts = parts_of(sheet_xml(after='<mergeCells count="1"><mergeCell ref="B4:B5"/></mergeCells>'))
    assert "merged with Acties!B4" in str(refusal(tmp_path, parts, set_cell(5, 2)))
    assert refusal(tmp_path, parts, set_cell(4, 2)) is None


@pytest.mark.parametrize("row", [3, 6])
def test_headings_and_totals_of_tables_are_not_written(tmp_path: Path, row: int) -> None:
    """A table's headings and totals stand in its own part too, so they are left to Excel."""
    table = TABLE.replace('totalsRowShown="0"', 'totalsRowCount="1"')
    assert "heading or total of table Acties" in str(
        refusal(tmp_path, parts_of(table=table), set_cell(row, 1))
    )


@pytest.mark.parametrize("kind", ["queryTable", "xml"])
@pytest.mark.parametrize("edit", [set_cell(), append()])
def test_tables_that_something_outside_fills(tmp_path: Path, kind: str, edit: Edit) -> None:
    """What a query or an XML map fills would be overwritten again, so it is refused."""
    table = TABLE.replace('totalsRowShown="0"', f'tableType="{kind}"')
    assert "filled by a query or a link" in str(refusal(tmp_path, parts_of(table=table), edit))


def test_pivot_tables_are_not_written(tmp_path: Path) -> None:
    """Cells of a pivot table are refused, and so are rows that would run into it."""
    pivot = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="A8:C12"/></pivotTableDefinition>'
    parts = parts_of(
        more={"xl/pivotTables/pivotTable1.xml": pivot},
        relations=(("xl/worksheets/_rels/sheet1.xml.rels", "pivotTable", "../pivotTables/pivotTable1.xml"),),
    )
    assert "belongs to a pivot table" in str(refusal(tmp_path, parts, set_cell(9, 2)))
    assert refusal(tmp_path, parts, append({1: "A4"})) is None
    (tmp_path / "na.xlsx").unlink()
    assert "something stands below the data" in str(refusal(tmp_path, parts, append({1: "A4"}, {1: "A5"})))


PROTECTED = '<sheetProtection sheet="1" objects="1"/>'


@pytest.mark.parametrize("edit", [set_cell(), append(), set_cell(9, 9)])
def test_locked_cells_of_a_protected_sheet(tmp_path: Path, edit: Edit) -> None:
    """Locked cells of a protected sheet are refused unless the caller may unlock; unlocked ones are written."""
    parts = parts_of(sheet_xml(after=PROTECTED))
    assert "protected and this cell is locked" in str(refusal(tmp_path, parts, edit))
    assert refusal(tmp_path, parts, edit, unlock=True) is None


def test_unlocked_cells_of_a_protected_sheet(tmp_path: Path) -> None:
    """A cell that its format unlocks is written; so is any cell where the protection is off."""
    unlocked = ROWS.replace('<c r="B5"', '<c r="B5" s="3"')
    assert refusal(tmp_path, parts_of(sheet_xml(unlocked, after=PROTECTED))) is None
    (tmp_path / "na.xlsx").unlink()
    assert refusal(tmp_path, parts_of(sheet_xml(after='<sheetProtection sheet="0"/>'))) is None


# Lists


LISTED = (
    '<dataValidations count="1"><dataValidation type="list" {more} showErrorMessage="1" sqref="B4:B6">'
    "<formula1>{formula}</formula1></dataValidation></dataValidations>"
)


@pytest.mark.parametrize(
    ("formula", "more", "value", "fits"),
    [
        ('"Open, Klaar"', "", "Klaar", True),
        ('"Open, Klaar"', "", "klaar", False),
        ('"Open,Klaar"', "", "x", False),
        ('"Open,Klaar"', 'errorStyle="warning"', "x", True),
        ("$A$4:$A$6", "", "A2", True),
        ("$A$4:$A$6", "", "a2", True),
        ("$A$4:$A$6", "", "A9", False),
        ("Acties!$A$4:$A$6", "", "A9", False),
        ("Keuzes", "", "A9", False),
        ("Keuzes", "", "A1", True),
        ("$A$4:$A$9", 'allowBlank="1"', "A9", True),
        ("$A$4:$A$9", "", "A9", False),
        ("$H$4:$H$5", "", "A9", False),
        ('INDIRECT("x")', "", "A9", True),
        ("Onbekend", "", "A9", True),
        ("Weg!$A$1:$A$2", "", "A9", True),
    ],
)
def test_lists_are_honoured(tmp_path: Path, formula: str, more: str, value: str, *, fits: bool) -> None:
    """A value that a list does not allow is refused; where the list can't be known for certain, it is written."""
    listed = LISTED.format(formula=formula, more=more)
    names = '<definedNames><definedName name="Keuzes">Acties!$A$4:$A$6</definedName></definedNames>'
    said = refusal(tmp_path, parts_of(sheet_xml(after=listed), workbook=names), set_cell(value=value))
    assert said is None if fits else "is not in this cell's list" in str(said)


def test_lists_of_the_newer_kind_are_honoured(tmp_path: Path) -> None:
    """Lists that refer to another sheet stand in an extension of the sheet, and count as much."""
    listed = (
        '<extLst><ext xmlns:x14="urn:x14"><x14:dataValidations xmlns:xm="urn:xm"><x14:dataValidation type="list" '
        'showErrorMessage="1"><x14:formula1><xm:f>Acties!$A$4:$A$6</xm:f></x14:formula1><xm:sqref>B4:B6</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    parts = parts_of(sheet_xml(after=listed))
    assert "is not in this cell's list (A1, A2, A3)" in str(refusal(tmp_path, parts, set_cell(value="x")))
    assert refusal(tmp_path, parts, set_cell(value="A3")) is None


def test_new_rows_honour_the_lists_of_the_row_above(tmp_path: Path) -> None:
    """A new row is held to the same lists as the row above it."""
    parts = parts_of(sheet_xml(after=LISTED.format(formula='"Open,Klaar"', more="")))
    assert "'x' is not in this cell's list (Open, Klaar)" in str(refusal(tmp_path, parts, append({2: "x"})))


# Rows


@pytest.mark.parametrize(
    ("sheet", "table"),
    [
        (ROWS + '<row r="7"><c r="B7"><v>5</v></c></row>', TABLE),
        (ROWS + '<row r="7"><c r="B7"><f>1</f></c></row>', TABLE),
        (
            ROWS
            + '<row r="7"><c r="A7" t="inlineStr"><is><t>Totaal</t></is></c><c r="D7"><v>1</v></c></row>',
            "",
        ),
    ],
)
def test_something_below_is_never_overwritten(tmp_path: Path, sheet: str, table: str) -> None:
    """Where anything stands below the data, rows are refused: nothing is overwritten, nothing is moved."""
    said = refusal(tmp_path, parts_of(sheet_xml(sheet), table=table), append())
    assert "something stands below the data" in str(said)


def test_merged_cells_below_are_in_the_way(tmp_path: Path) -> None:
    """Rows are not appended into merged cells."""
    parts = parts_of(sheet_xml(after='<mergeCells><mergeCell ref="A7:D7"/></mergeCells>'))
    assert "Acties!A7: something stands below" in str(refusal(tmp_path, parts, append()))


def test_a_totals_row_in_the_way(tmp_path: Path) -> None:
    """A table that shows totals takes rows only as long as it has blank ones."""
    table = TABLE.replace('totalsRowShown="0"', 'totalsRowCount="1"')
    assert "the totals row of table Acties is in the way" in str(
        refusal(tmp_path, parts_of(table=table), append())
    )
    blank = re.sub(r'<row r="5">.*?</row>', '<row r="5"><c r="A5"/></row>', ROWS)
    assert refusal(tmp_path, parts_of(sheet_xml(blank), table=table), append()) is None


def test_a_value_for_a_calculated_column(tmp_path: Path) -> None:
    """A column that a table calculates takes no values."""
    table = TABLE.replace(
        '<tableColumn id="2" name="Actie"/>',
        '<tableColumn id="2" name="Actie"><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn>',
    )
    assert "this column is calculated" in str(refusal(tmp_path, parts_of(table=table), append({2: "x"})))


def test_an_array_formula_for_a_column(tmp_path: Path) -> None:
    """A column that calculates with array formulas can't be filled."""
    table = TABLE.replace(
        '<tableColumn id="2" name="Actie"/>',
        '<tableColumn id="2" name="Actie"><calculatedColumnFormula array="1">1</calculatedColumnFormula></tableColumn>',
    )
    assert "array formula" in str(refusal(tmp_path, parts_of(table=table), append({1: "x"})))


def test_the_sheet_is_full(tmp_path: Path) -> None:
    """Below the last row of a sheet there is none."""
    rows = ROWS + '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="B1048576"><v>1</v></c></row>'
    assert "the sheet is full" in str(refusal(tmp_path, parts_of(sheet_xml(rows)), append({1: "A4", 2: "x"})))


# Workbooks


@pytest.mark.parametrize(
    ("more", "relations", "workbook", "says"),
    [
        ({"_xmlsignatures/origin.sigs": b""}, (), "", "digitally signed"),
        (
            {"xl/revisions/revisionHeaders.xml": "<headers/>"},
            (("xl/_rels/workbook.xml.rels", "revisionHeaders", "revisions/revisionHeaders.xml"),),
            "",
            "shared in the old way",
        ),
        (
            {
                "docProps/custom.xml": '<Properties><property name="_MarkAsFinal" pid="2"><vt:bool xmlns:vt="v">true</vt:bool>'
                "</property></Properties>"
            },
            (("_rels/.rels", "custom-properties", "docProps/custom.xml"),),
            "",
            "marked as final",
        ),
        ({}, (), '<fileSharing userName="J" reservationPassword="CE2A"/>', "asks for a password"),
    ],
)
def test_workbooks_that_may_not_be_edited(
    tmp_path: Path,
    more: dict[str, str | bytes],
    relations: tuple[tuple[str, str, str], ...],
    workbook: str,
    says: str,
) -> None:
    """Signed, shared in the old way, marked as final, reserved with a password: refused before anything is looked at."""
    assert says in str(refusal(tmp_path, parts_of(more=more, relations=relations, workbook=workbook)))


def test_read_only_recommended_is_a_warning(tmp_path: Path) -> None:
    """A workbook that recommends to open it read-only is written, with a remark."""
    parts = parts_of(workbook='<fileSharing readOnlyRecommended="1"/>')
    source = write(tmp_path / "plan.xlsx", parts)
    outcome = edited(source, tmp_path / "na.xlsx", [set_cell()])
    assert [w.en for w in outcome.warnings] == [
        "plan.xlsx asks to be opened read-only; it was written to all the same."
    ]


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (sheet_xml().replace("</row>", "", 1), "damaged"),
        (sheet_xml() + "<extra/>", "damaged"),
        (sheet_xml().replace("<sheetData>", "<x>").replace("</sheetData>", "</x>"), "no ordinary rows"),
        (sheet_xml().replace("</sheetData>", "</sheetData><sheetData/>"), "no ordinary rows"),
        (sheet_xml().replace("worksheet", "chartsheet"), "no ordinary worksheet"),
        ("", "no ordinary worksheet"),
        (
            sheet_xml(
                ROWS + '<x:row r="7"><x:c r="A7"/></x:row>', head=HEAD.replace(">", f' xmlns:x="{MAIN}">')
            ),
            "mixes two ways of writing",
        ),
        (sheet_xml().encode() + b"\xff", "damaged"),
        (sheet_xml().replace("Acties", "").replace("<row ", "<row \x01 ", 1), "damaged"),
    ],
)
def test_damaged_sheets(tmp_path: Path, sheet: str | bytes, says: str) -> None:
    """A sheet that is not well-formed, or not as sheets are, is refused in a sentence."""
    parts = parts_of()
    parts["xl/worksheets/sheet1.xml"] = sheet if isinstance(sheet, bytes) else sheet.encode()
    assert says in str(refusal(tmp_path, parts))


def test_a_date_needs_styles(tmp_path: Path) -> None:
    """Without a place for a date format a date is refused; text is not."""
    parts = {name: part for name, part in parts_of().items() if "styles" not in name}
    edit = SetCell(CellRef("Acties", 5, 2), dt.date(2026, 1, 1))
    assert "no room for one more date format" in str(refusal(tmp_path, parts, edit))
    assert refusal(tmp_path, parts, set_cell()) is None


def test_relationships_are_followed_whatever_they_look_like(tmp_path: Path) -> None:
    """Absolute targets, backslashes, percent signs and other case lead to the same parts."""
    parts = parts_of()
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        b"worksheets/sheet1.xml", b"/XL\\worksheets/sheet%201.xml"
    )
    parts["xl/worksheets/sheet 1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert refusal(tmp_path, parts) is None
    assert b">x<" in members(tmp_path / "na.xlsx")["xl/worksheets/sheet 1.xml"]


def test_sheet_names_are_not_taken_literally(tmp_path: Path) -> None:
    """A sheet's name may be written with entities, and is found without regard to case."""
    parts = parts_of()
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="R&amp;D &#39;26" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    ).encode()
    assert refusal(tmp_path, parts, set_cell(sheet="r&d '26")) is None


# Any damage at all

DAMAGED = (
    "xl/worksheets/sheet1.xml",
    "xl/tables/table1.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
SCRAPS = (
    "",
    "0",
    "-1",
    "A1:",
    "XFE1",
    "99999999999",
    "&x;",
    '"',
    "<",
    ">",
    "<!-- -->",
    "<![CDATA[ ]]>",
    "</row>",
    "\x00",
    "é",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(DAMAGED),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 30),
    scrap=st.sampled_from(SCRAPS),
)
def test_any_damage_ends_in_a_sentence(
    tmp_path: Path, part: str, where: float, length: int, scrap: str
) -> None:
    """Whatever is cut out of or put into a part, the edit succeeds and passes the gate, or is refused in a sentence."""
    parts = parts_of(sheet_xml(after=LISTED.format(formula='"x,Open"', more="")), table=TABLE)
    at = int(where * len(parts[part]))
    parts[part] = parts[part][:at] + scrap.encode() + parts[part][at + length :]
    (tmp_path / "na.xlsx").unlink(missing_ok=True)
    said = refusal(tmp_path, parts, set_cell(), append({1: "A4", 4: "y"}))
    assert said is None or said.endswith((".", ")"))
