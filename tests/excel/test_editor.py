"""What setting cells and appending rows does to a workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from ogsm_xl.excel.editor import AppendRows, Edit, Edited, SetCell, edited
from ogsm_xl.excel.ooxml.values import CellValue
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem
from tests.support.comparing import changed_parts, members, openpyxl_sheet
from tests.support.workbooks import (
    MAIN,
    ROWS,
    TABLE,
    hand_made,
    parts_of,
    sheet_xml,
    write,
    xlsxwriter_1904,
)

SHEET = "xl/worksheets/sheet1.xml"


def cell(address: str, value: CellValue, sheet: str = "Acties") -> SetCell:
    found = re.fullmatch(r"([A-Z])([0-9]+)", address)
    assert found
    return SetCell(CellRef(sheet, int(found[2]), ord(found[1]) - 64), value)


def append(*rows: Mapping[int, CellValue], header_row: int = 3) -> AppendRows:
    return AppendRows("Acties", header_row, rows)


def after(source: Path, *edits: Edit) -> tuple[Path, Edited]:
    target = source.with_name(f"na {source.name}")
    return target, edited(source, target, edits)


def sheet_after(source: Path, *edits: Edit) -> str:
    return members(after(source, *edits)[0])[SHEET].decode()


def rows_of(path: Path) -> Sequence[Sequence[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Acties").to_python(skip_empty_area=False)


def warnings_of(outcome: Edited) -> list[str]:
    return [warning.en for warning in outcome.warnings]


# How high rows are

LONG = "Het contract is getekend en de eerste woningen zijn opgeleverd. " * 6


def wrapping(path: Path, *, size: int = 10, height: float | None = None) -> Path:
    """Texts that go on in next lines, in a column of 40 characters; perhaps with a height that a person chose."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Acties")
        style = workbook.add_format({"text_wrap": True, "font_size": size})
        sheet.set_column(1, 1, 40)
        sheet.write_row(2, 0, ["ID", "Update"])
        sheet.write_row(3, 0, ["A1", "kort"], style)
        if height is not None:
            sheet.set_row(3, height)
    return path


def heights_after(source: Path, *edits: Edit) -> list[float | None]:
    rows = openpyxl_sheet(after(source, *edits)[0], "Acties").row_dimensions
    return [rows[number].height for number in (4, 5)]


def test_a_row_is_high_enough_for_what_is_written_in_it(tmp_path: Path) -> None:
    """A long text in a cell that wraps, in a row that is there and in a new one; a short one changes nothing."""
    edits: list[Edit] = [cell("B4", LONG), append({1: "A2", 2: LONG}, {1: "A3", 2: "kort"})]
    assert heights_after(wrapping(tmp_path / "plan.xlsx"), *edits) == [124.2, 124.2]
    assert heights_after(wrapping(tmp_path / "plan.xlsx"), cell("B4", "ook kort")) == [None, None]


def test_larger_letters_make_higher_rows(tmp_path: Path) -> None:
    """The height follows the size of the letters."""
    ten, twenty = (
        heights_after(wrapping(tmp_path / "plan.xlsx", size=size), cell("B4", LONG))[0] for size in (10, 20)
    )
    assert ten is not None
    assert twenty == pytest.approx(2 * ten, rel=0.1)


def test_the_height_that_a_person_chose_stays(tmp_path: Path) -> None:
    """Also when the text does not fit in it; a new row below is high enough."""
    source = wrapping(tmp_path / "plan.xlsx", height=30)
    assert heights_after(source, cell("B4", LONG), append({1: "A2", 2: LONG})) == [30, 124.2]


def test_a_text_that_does_not_wrap_leaves_its_row_as_it_is(tmp_path: Path) -> None:
    """It runs on beside its cell."""
    assert "ht=" not in sheet_after(hand_made(tmp_path / "plan.xlsx"), cell("A4", LONG))


# Values


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("tekst", "tekst"),
        ("=1+1", "=1+1"),
        ("  vooraf en achteraf ", "  vooraf en achteraf "),
        ("regel 1\r\nregel 2\rregel 3", "regel 1\nregel 2\nregel 3"),
        ("_x0041_ _x005F_ _x0041_x0042_", "_x0041_ _x005F_ _x0041_x0042_"),
        ("bel\x07 en _x0041\x01", "bel\x07 en _x0041\x01"),
        ("half \ud83d emoji", "half  emoji"),
        ("<b>&amp;\"'</b>", "<b>&amp;\"'</b>"),
        ("😀" * 5, "😀" * 5),
        ("x" * 32_767, "x" * 32_767),
        (12, 12.0),
        (0.1 + 0.2, 0.1 + 0.2),
        (-1e300, -1e300),
        (True, True),
        (False, False),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
        (dt.datetime(2026, 5, 1, 13, 45, 30), dt.datetime(2026, 5, 1, 13, 45, 30)),
        (dt.time(13, 45), dt.time(13, 45)),
        ("", ""),
        (None, ""),
    ],
)
def test_a_value_reads_back(tmp_path: Path, value: CellValue, seen: object) -> None:
    """A cell that was set reads as what it was set to, whatever the value."""
    target, _ = after(hand_made(tmp_path / "plan.xlsx", table=TABLE), cell("B5", value), cell("H9", value))
    rows = rows_of(target)
    assert rows[4][1] == seen
    assert (rows[8][7] if len(rows) > 8 else "") == seen


@pytest.mark.parametrize(
    "value",
    [
        "x" * 32_768,
        "😀" * 16_384,
        float("nan"),
        float("inf"),
        10**400,
        2**53 + 1,
        dt.date(1900, 2, 28),
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    ],
)
def test_what_no_cell_can_hold_is_refused(tmp_path: Path, value: CellValue) -> None:
    """Values that a cell would cut off or change are refused, naming the cell, and nothing is written."""
    source = hand_made(tmp_path / "plan.xlsx")
    with pytest.raises(InputProblem, match=r"plan\.xlsx, Acties!B5: "):
        edited(source, tmp_path / "na.xlsx", [cell("B5", value)])
    assert list(tmp_path.iterdir()) == [source]


def test_dates_count_from_1904_where_the_workbook_does(tmp_path: Path) -> None:
    """In a workbook with the 1904 date system a date reads back as the same day."""
    source = tmp_path / "plan.xlsx"
    xlsxwriter_1904(source)
    target, _ = after(source, cell("C5", dt.date(2026, 5, 1)), cell("H1", dt.date(1904, 1, 2)))
    assert (rows_of(target)[4][2], rows_of(target)[0][7]) == (dt.date(2026, 5, 1), dt.date(1904, 1, 2))


def test_text_stays_text_when_somebody_edits_its_cell(tmp_path: Path) -> None:
    """Text that looks like a formula gets the mark that keeps it a text in Excel, also after F2 and Enter."""
    target, _ = after(hand_made(tmp_path / "plan.xlsx"), cell("B5", "=HYPERLINK(1)"), cell("B6", "gewoon"))
    sheet = openpyxl_sheet(target)
    assert (sheet["B5"].data_type, sheet["B5"].quotePrefix, sheet["B6"].quotePrefix) == ("s", True, False)


def test_the_mark_goes_when_the_text_goes(tmp_path: Path) -> None:
    """An ordinary value takes that mark away again, and a second edit adds no style that is there already."""
    first, _ = after(hand_made(tmp_path / "plan.xlsx"), cell("B5", "=1"))
    second, _ = after(first, cell("B5", "gewoon"), cell("B6", "=2"))
    assert openpyxl_sheet(second)["B5"].quotePrefix is False
    assert members(second)["xl/styles.xml"] == members(first)["xl/styles.xml"]


def test_a_cell_keeps_its_format(tmp_path: Path) -> None:
    """A value is shown in the format that its cell has; only a date in a cell without a date format gets one."""
    target, _ = after(
        hand_made(tmp_path / "plan.xlsx"),
        cell("D5", 0.9),
        cell("C5", dt.date(2026, 5, 1)),
        cell("B5", dt.date(2026, 5, 1)),
        cell("B6", dt.datetime(2026, 5, 1, 9, 0)),
    )
    sheet = openpyxl_sheet(target)
    formats = [sheet[address].number_format for address in ("D5", "C5", "B5", "B6")]
    assert formats == ["0%", "dd\\-mm\\-yyyy", "mm-dd-yy", "m/d/yy h:mm"]


def test_clearing_keeps_the_format(tmp_path: Path) -> None:
    """A cleared cell is blank and keeps its format; clearing what is not there changes nothing."""
    source = hand_made(tmp_path / "plan.xlsx")
    target, _ = after(source, cell("D5", None))
    assert '<c r="D5" s="2"/>' in members(target)[SHEET].decode()
    unchanged, _ = after(source, cell("Z99", None))
    assert unchanged.read_bytes() == source.read_bytes()


def test_metadata_of_the_old_value_goes(tmp_path: Path) -> None:
    """Links from a cell to rich values and phonetics are not kept for a new value; unknown attributes are."""
    rows = ROWS.replace('<c r="B5" t="s"', '<c r="B5" cm="1" vm="2" ph="1" x="y" t="s"')
    sheet = sheet_after(hand_made(tmp_path / "plan.xlsx", sheet_xml(rows)), cell("B5", 5))
    assert '<c r="B5" x="y"><v>5</v></c>' in sheet


def test_rich_text_is_reported(tmp_path: Path) -> None:
    """Overwriting a text with formats inside says that these are gone, whether shared or inline."""
    strings = f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>b</t></si><si><t>c</t></si><si><r><t>d</t></r></si></sst>'
    rows = ROWS.replace('<c r="B6" t="s"><v>5</v>', '<c r="B6" t="inlineStr"><is><r><t>x</t></r></is>')
    source = write(tmp_path / "plan.xlsx", parts_of(sheet_xml(rows), strings=strings))
    _, outcome = after(source, cell("B5", "x"), cell("B6", "y"), cell("B4", "z"))
    assert warnings_of(outcome) == [
        "The formats within the text of Acties!B5 are gone.",
        "The formats within the text of Acties!B6 are gone.",
    ]


def test_cells_and_rows_are_made_where_there_are_none(tmp_path: Path) -> None:
    """Setting cells in empty places puts them in order, between and behind what is there."""
    edits = [cell(a, a) for a in ("F5", "A1", "E5", "B2", "A9", "Z9", "C1")]
    target, _ = after(hand_made(tmp_path / "plan.xlsx"), *edits)
    text = members(target)[SHEET].decode()
    places = re.findall(r'<c r="([A-Z])([0-9]+)"', text)
    assert places == sorted(places, key=lambda place: (int(place[1]), place[0]))
    assert 'ref="A1:Z9"' in text
    assert all(rows_of(target)[e.cell.row - 1][e.cell.column - 1] == e.value for e in edits)


def test_an_empty_sheet_can_be_written(tmp_path: Path) -> None:
    """A sheet without any row takes cells and rows."""
    empty = sheet_xml("").replace("<sheetData></sheetData>", "<sheetData />")
    target, outcome = after(
        hand_made(tmp_path / "plan.xlsx", empty), cell("B2", "x"), append({1: "y"}, header_row=2)
    )
    assert rows_of(target)[1][1] == "x"
    assert outcome.appended == (CellRef("Acties", 3, 1),)


# Appending


def test_a_table_grows_with_its_filter(tmp_path: Path) -> None:
    """Rows below a full table make it larger, its filter too; nothing else in its part changes."""
    source = hand_made(tmp_path / "plan.xlsx", table=TABLE)
    target, outcome = after(source, append({1: "A4"}, {1: "A5", 4: 0.1}))
    grown = TABLE.replace('ref="A3:D6"', 'ref="A3:D8"')
    assert members(target)["xl/tables/table1.xml"].decode() == grown
    assert outcome.appended == (CellRef("Acties", 7, 1), CellRef("Acties", 8, 1))
    assert [row[0] for row in rows_of(target)[3:]] == ["A1", "A2", "A3", "A4", "A5"]


def test_blank_rows_of_a_table_are_filled_first(tmp_path: Path) -> None:
    """A table with blank rows at its bottom takes new rows there, and grows only when they are full."""
    rows = ROWS.replace(' t="s"><v>4</v></c>', "/>").replace(' t="s"><v>5</v></c>', "/>")
    rows = rows.replace("<v>46084</v>", "").replace("<v>1</v></c></row>", "</c></row>")
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(rows), table=TABLE.replace("A3:D6", "A3:D7"))
    first, outcome = after(source, append({1: "A3", 3: dt.date(2026, 5, 1)}))
    assert outcome.appended == (CellRef("Acties", 6, 1),)
    assert "xl/tables/table1.xml" not in changed_parts(source, first)
    second, outcome = after(first, append({1: "A4"}, {1: "A5"}))
    assert outcome.appended == (CellRef("Acties", 7, 1), CellRef("Acties", 8, 1))
    assert b'ref="A3:D8"' in members(second)["xl/tables/table1.xml"]


def test_the_first_row_of_an_empty_table(tmp_path: Path) -> None:
    """A table whose only row is the blank one that Excel keeps for typing takes its first row there."""
    rows = ROWS[: ROWS.index('<row r="4">')]
    table = TABLE.replace("A3:D6", "A3:D4").replace('totalsRowShown="0"', 'totalsRowShown="0" insertRow="1"')
    target, outcome = after(
        hand_made(tmp_path / "plan.xlsx", sheet_xml(rows), table=table), append({1: "A1"})
    )
    assert outcome.appended == (CellRef("Acties", 4, 1),)
    assert b"insertRow" not in members(target)["xl/tables/table1.xml"]


def test_rows_hidden_by_a_filter_are_shown_when_filled(tmp_path: Path) -> None:
    """A new row never disappears behind a filter, and the user is told to reapply it."""
    table = TABLE.replace(
        '<autoFilter ref="A3:D6"/>',
        '<autoFilter ref="A3:D7"><filterColumn colId="0"><filters><filter val="A1"/></filters></filterColumn></autoFilter>',
    ).replace('ref="A3:D6" totals', 'ref="A3:D7" totals')
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(ROWS + '<row r="7" hidden="1"/>'), table=table)
    target, outcome = after(source, append({1: "A4"}))
    assert '<row r="7"><c r="A7"' in members(target)[SHEET].decode()
    assert warnings_of(outcome) == ["Sheet Acties is filtered: reapply the filter (Data > Reapply)."]


def test_new_rows_take_the_formats_of_the_row_above(tmp_path: Path) -> None:
    """Cells of a new row, blank ones too, have the format of the cell above."""
    sheet = sheet_after(hand_made(tmp_path / "plan.xlsx", table=TABLE), append({1: "A4", 4: 0.5}))
    assert (
        '<row r="7"><c r="A7" t="inlineStr"><is><t xml:space="preserve">A4</t></is></c><c r="C7" s="1"/>'
        '<c r="D7" s="2"><v>0.5</v></c></row>' in sheet
    )


def test_calculated_columns_are_filled(tmp_path: Path) -> None:
    """A new row gets the formulas of calculated columns, results are computed on load, and the calculation chain goes."""
    table = TABLE.replace(
        '<tableColumn id="4" name="Voortgang"/>', _calculated("Acties[[#This Row],[ID]]&amp;&quot;!&quot;")
    )
    rows = re.sub(r'(<c r="D[456]" s="2">)<v>[^<]*</v>', r"\1<f>1</f><v>1</v>", ROWS)
    chain = f'<calcChain xmlns="{MAIN}"><c r="D4" i="1"/></calcChain>'
    source = write(
        tmp_path / "plan.xlsx",
        parts_of(
            sheet_xml(rows),
            table=table,
            more={"xl/calcChain.xml": chain},
            relations=(("xl/_rels/workbook.xml.rels", "calcChain", "calcChain.xml"),),
        ),
    )
    target, _ = after(source, append({1: "A4"}))
    parts = members(target)
    assert '<c r="D7" s="2"><f>Acties[[#This Row],[ID]]&amp;&quot;!&quot;</f></c>' in parts[SHEET].decode()
    assert b'<calcPr fullCalcOnLoad="1"/>' in parts["xl/workbook.xml"]
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]


def test_relative_formulas_of_calculated_columns_move_along(tmp_path: Path) -> None:
    """A calculated column that refers to cells refers, in a new row, to the cells of that row."""
    table = TABLE.replace('<tableColumn id="4" name="Voortgang"/>', _calculated("C4+$H$1"))
    rows = re.sub(r'(<c r="D([456])" s="2">)<v>[^<]*</v>', r"\1<f>C\2+$H$1</f><v>1</v>", ROWS)
    sheet = sheet_after(hand_made(tmp_path / "plan.xlsx", sheet_xml(rows), table=table), append({1: "A4"}))
    assert '<c r="D7" s="2"><f>C7+$H$1</f></c>' in sheet


def _calculated(formula: str, kind: str = "") -> str:
    return f'<tableColumn id="4" name="Voortgang"><calculatedColumnFormula{kind}>{formula}</calculatedColumnFormula></tableColumn>'


def test_what_covers_the_columns_grows_along(tmp_path: Path) -> None:
    """Validations and conditional formats that reach the last row, newer kinds too, reach the new one; others stay."""
    more = (
        '<conditionalFormatting sqref="D4:D6"><cfRule type="top10" priority="1" rank="1"/></conditionalFormatting>'
        '<conditionalFormatting sqref="A1:A5 B4:C6"><cfRule type="top10" priority="2" rank="1"/></conditionalFormatting>'
        '<conditionalFormatting sqref="D6"><cfRule type="top10" priority="3" rank="1"/></conditionalFormatting>'
        '<conditionalFormatting sqref="H4:H6"><cfRule type="top10" priority="4" rank="1"/></conditionalFormatting>'
        '<conditionalFormatting sqref="A:A"><cfRule type="top10" priority="5" rank="1"/></conditionalFormatting>'
        '<dataValidations count="2"><dataValidation type="whole" sqref="A4:A6"><formula1>1</formula1></dataValidation>'
        '<dataValidation type="whole" sqref="B4:B6"><formula1>1</formula1></dataValidation>'
        '<dataValidation type="whole" sqref="B7:B99"><formula1>1</formula1></dataValidation></dataValidations>'
        '<extLst><ext xmlns:x14="urn:x14"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="urn:xm">'
        "<xm:sqref>C4:C6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        '<ext xmlns:x14="urn:x14"><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline xmlns:xm="urn:xm">'
        "<xm:f>Acties!A1:B1</xm:f><xm:sqref>C4:C6</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        "</x14:sparklineGroups></ext></extLst>"
    )
    sheet = sheet_after(
        hand_made(tmp_path / "plan.xlsx", sheet_xml(after=more), table=TABLE), append({4: 0.5}, {4: 1})
    )
    assert re.findall(r'sqref="([^"]*)"', sheet) == [
        "D4:D8",
        "A1:A5 B4:C8",
        "D6",
        "H4:H6",
        "A:A",
        "A4:A8",
        "B4:B6",
        "B7:B99",
    ]
    assert re.findall(r"<xm:sqref>([^<]*)", sheet) == ["C4:C8", "C4:C6"]


def test_the_filter_of_a_range_grows_with_its_hidden_name(tmp_path: Path) -> None:
    """For data that is no table, the sheet's filter and the name that Excel keeps of it grow together."""
    name = (
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Acties!$A$3:$D$6'
        "</definedName></definedNames>"
    )
    sheet = sheet_xml(after='<autoFilter ref="A3:D6"/>')
    both, _ = after(hand_made(tmp_path / "plan.xlsx", sheet, workbook=name), append({1: "A4"}))
    assert b'<autoFilter ref="A3:D7"/>' in members(both)[SHEET]
    assert b"Acties!$A$3:$D$7<" in members(both)["xl/workbook.xml"]
    neither, _ = after(hand_made(tmp_path / "los.xlsx", sheet), append({1: "A4"}))
    assert b'<autoFilter ref="A3:D6"/>' in members(neither)[SHEET]


def test_below_data_that_is_no_table_come_totals_and_notes(tmp_path: Path) -> None:
    """Rows are appended below the last row with data: above notes after a blank row, not below them."""
    note = '<row r="9"><c r="A9" t="inlineStr"><is><t>Groen is op schema</t></is></c></row>'
    _, outcome = after(
        hand_made(tmp_path / "plan.xlsx", sheet_xml(ROWS + note)),
        append({1: "A4", 2: "x"}, {1: "A5", 2: "y"}),
    )
    assert outcome.appended == (CellRef("Acties", 7, 1), CellRef("Acties", 8, 1))


def test_a_blank_row_in_the_data_is_not_its_end(tmp_path: Path) -> None:
    """Where data goes on after a blank row, rows are appended below all of it."""
    rest = '<row r="8"><c r="A8"><v>1</v></c><c r="B8"><v>2</v></c></row>'
    _, outcome = after(hand_made(tmp_path / "plan.xlsx", sheet_xml(ROWS + rest)), append({1: "A4", 2: "x"}))
    assert outcome.appended == (CellRef("Acties", 9, 1),)


def test_a_next_table_with_the_same_headings_is_not_the_same_data(tmp_path: Path) -> None:
    """Where a sheet has the same table twice, rows of the first one go below the first one."""
    again = ROWS
    for row in (6, 5, 4, 3):
        again = re.sub(rf'"([A-D]?){row}"', rf'"\g<1>{row + 7}"', again)
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(ROWS + again))
    assert after(source, append({1: "A4", 2: "x"}))[1].appended == (CellRef("Acties", 7, 1),)
    assert after(source, append({1: "A4", 2: "x"}, header_row=10))[1].appended == (CellRef("Acties", 14, 1),)


def test_the_caller_may_know_the_last_row(tmp_path: Path) -> None:
    """For data that is no table the caller can say where it ends."""
    rest = '<row r="9"><c r="A9"><v>1</v></c><c r="B9"><v>2</v></c></row>'
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(ROWS + rest))
    known = AppendRows("Acties", 3, ({1: "A4", 2: "x"},), last_row=6)
    assert after(source, known)[1].appended == (CellRef("Acties", 7, 1),)


def test_edits_are_done_in_order(tmp_path: Path) -> None:
    """A later edit sees what an earlier one did: rows go below a cell that was set, and a cell set twice keeps the last."""
    edits: list[Edit] = [
        append({1: "A4"}),
        cell("A7", "A4b"),
        append({1: "A5"}),
        cell("B5", "een"),
        cell("B5", "twee"),
    ]
    target, outcome = after(hand_made(tmp_path / "plan.xlsx", table=TABLE), *edits)
    assert [c.row for c in outcome.appended] == [7, 8]
    assert [row[0] for row in rows_of(target)[6:]] == ["A4b", "A5"]
    assert rows_of(target)[4][1] == "twee"


@pytest.mark.parametrize("table", [TABLE, ""])
def test_rows_that_were_added_can_be_added_to_and_changed(tmp_path: Path, table: str) -> None:
    """One row after the other gives the same file as all at once, and a cell of an added row can be set once more."""
    rows = [
        {1: f"A{n}", 2: f"<{n}> & \"'=", 3: dt.date(2026, 1, n), 4: n == 8 or n / 8} for n in range(4, 10)
    ]
    source = hand_made(tmp_path / "plan.xlsx", table=table)
    at_once = after(source, append(*rows))[0].read_bytes()
    assert after(source, *(append(row) for row in rows))[0].read_bytes() == at_once
    wrong = [{**row, 2: "iets anders"} if n == 2 else row for n, row in enumerate(rows)]
    mended: list[Edit] = [append(*wrong[:4]), cell("B9", str(rows[2][2])), append(*wrong[4:])]
    assert after(source, *mended)[0].read_bytes() == at_once


def test_nothing_to_do_gives_the_same_file(tmp_path: Path) -> None:
    """Without edits the result is the source, byte for byte."""
    source = hand_made(tmp_path / "plan.xlsx")
    target, outcome = after(source)
    assert (target.read_bytes(), outcome) == (source.read_bytes(), Edited((), ()))


def test_the_same_edit_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in a result depends on the time or on chance."""
    source = hand_made(tmp_path / "plan.xlsx", table=TABLE)
    edits: list[Edit] = [append({1: "A4", 3: dt.date(2026, 1, 1)}), cell("B5", "=x")]
    assert after(source, *edits)[0].read_bytes() == after(source, *edits)[0].read_bytes()


# What does not grow along


def test_references_to_the_old_last_row_are_reported(tmp_path: Path) -> None:
    """Names and formulas that end where the data ended are named, with the reference; others are not."""
    rows = ROWS.replace(
        "<v>0.5</v></c></row>",
        '<v>0.5</v></c><c r="H4"><f>SUM(D4:D6)+SUM(Acties[Voortgang])+SUM(D4:D60)+D6</f><v>1</v></c></row>',
    )
    names = (
        '<definedNames><definedName name="Shares">Acties!$D$4:$D$6</definedName><definedName name="Other">Acties!$D$4:$D$5'
        '</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">Acties!$A$1:$D$6</definedName></definedNames>'
    )
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(rows), table=TABLE, workbook=names)
    _, outcome = after(source, append({1: "A4"}))
    end = " and ends at the old last row of Acties!A3:D6: make the range longer."
    assert warnings_of(outcome) == [
        "The name Shares refers to Acties!$D$4:$D$6" + end,
        "The print area refers to Acties!$A$1:$D$6" + end,
        "The formula in Acties!H4 refers to D4:D6" + end,
    ]


def test_results_are_computed_on_load_when_there_are_formulas(tmp_path: Path) -> None:
    """A changed value makes Excel recompute the formulas, in the schema's place; without formulas the workbook stays."""
    rows = ROWS.replace("<v>0.5</v></c></row>", '<v>0.5</v></c><c r="H4"><f>D5*2</f><v>1</v></c></row>')
    with_formula = hand_made(
        tmp_path / "a.xlsx", sheet_xml(rows), workbook="<calcPr calcId='1'/><oleSize ref='A1'/>"
    )
    book = members(after(with_formula, cell("D5", 0.1))[0])["xl/workbook.xml"]
    assert b"<calcPr calcId='1' fullCalcOnLoad=\"1\"/><oleSize" in book
    without = hand_made(tmp_path / "b.xlsx")
    assert changed_parts(without, after(without, cell("D5", 0.1))[0]) == {SHEET}


def test_manual_calculation_is_reported(tmp_path: Path) -> None:
    """In a workbook that calculates on request only, the user is told to ask for it."""
    rows = ROWS.replace("<v>0.5</v></c></row>", '<v>0.5</v></c><c r="H4"><f>D5*2</f><v>1</v></c></row>')
    source = hand_made(tmp_path / "plan.xlsx", sheet_xml(rows), workbook='<calcPr calcMode="manual"/>')
    assert "press F9" in warnings_of(after(source, cell("D5", 0.1))[1])[0]


# Any edits at all

CELLS = st.tuples(st.integers(4, 12), st.integers(1, 30)).filter(lambda place: place[0] != 3)
TEXTS = st.text(max_size=40) | st.text(st.sampled_from("_x0041F \n\t<&]>'=\x07\r"), max_size=12)
VALUES = (
    TEXTS
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(CELLS, VALUES) | st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3), max_size=6
    )
)
def test_any_sequence_of_edits_reads_back(
    tmp_path: Path, edits: list[tuple[tuple[int, int], CellValue] | list[str]]
) -> None:
    """Whatever is set and appended, in whatever order, reads back the same through calamine and openpyxl."""
    wanted: dict[tuple[int, int], object] = {}
    asked: list[Edit] = []
    for edit in edits:
        if isinstance(edit, tuple):
            place, value = edit
            asked.append(SetCell(CellRef("Acties", *place), value))
            wanted[place] = clean(value)
        else:
            asked.append(append(*({40: text} for text in edit), header_row=20))
    source = hand_made(tmp_path / "plan.xlsx")
    target, outcome = after(source, *asked)
    texts = [text for edit in edits if isinstance(edit, list) for text in edit]
    wanted |= {(c.row, 40): clean(text) for c, text in zip(outcome.appended, texts, strict=True)}
    sheet = openpyxl_sheet(target)
    rows = rows_of(target)
    for (row, column), expected in wanted.items():
        by_calamine = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[0]) else ""
        by_openpyxl = sheet.cell(row, column).value
        if column == 3 and not isinstance(expected, str):
            continue  # shown as a date there
        assert by_calamine == ("" if expected is None else expected)
        assert (unescape(by_openpyxl) if isinstance(by_openpyxl, str) else by_openpyxl) == expected


def clean(value: CellValue) -> object:
    """The value as a cell can hold it."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if not ("\ud800" <= c <= "\udfff" or c in "\ufffe\uffff")) or None
