"""The annotated copy: everything of the plan is in it, with the findings on their cells and in a list in front."""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from ogsm_xl.excel.annotated_copy import Annotations, refuse_target, write_annotated_copy
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language, Text
from tests.support.comparing import members, misplaced
from tests.support.workbooks import CORPUS, HEAD, MAIN, ROWS, TABLE, parts_of, sheet_xml, write

ROOT = Path(__file__).parents[2]
DAY = date(2026, 9, 1)
LIST = "Bevindingen"


def finding(
    row: int,
    column: int,
    severity: Severity = Severity.WARNING,
    sheet: str = "Acties",
    said: str = "Te laat.",
) -> Finding:
    """A finding in a cell."""
    where = CellRef(sheet, row, column)
    return Finding("OX520", severity, Text(said, said), Text("Kies.", "Choose."), where, "A2", "Jan")


THREE = (
    finding(5, 2, Severity.ERROR),
    finding(5, 3),
    finding(9, 8, Severity.HINT),
)
"""On `B5`, which may have a note; on `C5`, a date; on `H9`, which no workbook of the corpus holds."""


CALAMINE_CANT = {"dimension-odd"}
OPENPYXL_CANT = {"strict", "everything", "odd-zip"}
"""Kinds of workbooks that these readers fail on, before and after; Excel opens them."""


def annotated(
    source: Path, *findings: Finding, excused: int = 0, language: Language = Language.NL, owner: str = ""
) -> Path:
    target = source.with_name(f"copy{source.suffix}")
    write_annotated_copy(source, target, Annotations(findings, excused, DAY, language, owner))
    return target


def opened(path: Path) -> Workbook:
    """The workbook as openpyxl reads it, without its warnings about what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def notes(path: Path, sheet: str = "Acties") -> dict[str, str]:
    """The notes on a sheet, by cell."""
    cells = [cell for row in opened(path)[sheet].iter_rows() for cell in row]
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def values(path: Path) -> dict[str, object]:
    """What every sheet holds, as an independent reader sees it."""
    workbook = CalamineWorkbook.from_path(path)
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan.xlsx", parts_of(table=TABLE))


@pytest.mark.parametrize("kind", CORPUS)
def test_any_workbook_keeps_all_that_it_holds(tmp_path: Path, kind: str) -> None:
    """No part is lost, no value changes, what was well-formed and in order still is; the plan is not touched."""
    source = tmp_path / "plan.xlsx"
    CORPUS[kind](source)
    before = source.read_bytes()
    copy = annotated(source, *THREE)
    assert source.read_bytes() == before
    old, new = members(source), members(copy)
    assert list(new)[: len(old)] == list(old)
    changed = {name for name in old if old[name] != new[name]}
    assert not {
        name for name in changed if name.endswith((".bin", ".png", "theme1.xml", "sharedStrings.xml"))
    }
    for name in [*changed, *(set(new) - set(old))]:
        fromstring(new[name])
        assert name.endswith(".vml") or misplaced(new[name]) == [], name
    if kind not in CALAMINE_CANT:
        found = values(copy)
        found.pop(LIST)
        assert found == values(source)


@pytest.mark.parametrize("kind", sorted(set(CORPUS) - OPENPYXL_CANT))
def test_any_workbook_gets_its_notes(tmp_path: Path, kind: str) -> None:
    """Each finding is a note on its cell, beside or below what was noted there before."""
    source = tmp_path / "plan.xlsx"
    CORPUS[kind](source)
    before, after = notes(source), notes(annotated(source, *THREE))
    assert set(after) == {*before, "B5", "C5", "H9"}
    assert after["B5"].startswith(before.get("B5", ""))
    assert after["B5"].endswith("■ Fout OX520\nTe laat.\n→ Kies.")
    assert after["C5"] == "▲ Waarschuwing OX520\nTe laat.\n→ Kies."


def test_the_parts_that_change_are_those_that_must(tmp_path: Path) -> None:
    """The sheet with the findings, its notes, the formats, and where a package lists its parts; nothing else."""
    source = tmp_path / "plan.xlsx"
    CORPUS["xlsxwriter-rich"](source)
    old, new = members(source), members(annotated(source, *THREE))
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert set(new) - set(old) == {
        "xl/tables/ogsm_findings.xml",
        "xl/worksheets/_rels/ogsm_findings.xml.rels",
        "xl/worksheets/ogsm_findings.xml",
    }


def test_a_note_that_is_there_is_continued_and_its_box_grows(tmp_path: Path) -> None:
    """Nobody's note is lost, and the finding below it can be read without enlarging the box by hand."""
    source = tmp_path / "plan.xlsx"
    CORPUS["xlsxwriter-rich"](source)
    copy = annotated(source, finding(5, 2))
    assert notes(copy) == {"B5": "Wie doet dit?\n\n▲ Waarschuwing OX520\nTe laat.\n→ Kies."}

    def last_row(path: Path) -> int:
        anchor = members(path)["xl/drawings/vmlDrawing1.vml"].split(b"Anchor>")[1]
        return int(anchor.split(b",")[6])

    assert last_row(copy) > last_row(source)
    assert members(copy)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 1


def test_a_thread_stays_as_it_is(tmp_path: Path) -> None:
    """Excel allows no note beside a threaded comment: the cell gets the border, and the list has the finding."""
    office = "http://schemas.microsoft.com/office"
    placeholder = '<comment ref="B5" authorId="0"><text><t>[Thread]</t></text></comment>'
    parts = parts_of(
        sheet_xml(after='<legacyDrawing r:id="rId3"/>'),
        more={
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>tc</author></authors><commentList>{placeholder}</commentList></comments>',
            "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{office}/spreadsheetml/2018/threadedcomments">'
            '<threadedComment ref="B5" id="{1}"><text>Wie?</text></threadedComment></ThreadedComments>',
            "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>',
        },
        relations=(
            ("xl/worksheets/_rels/sheet1.xml.rels", "comments", "../comments1.xml"),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                f"{office}/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            ("xl/worksheets/_rels/sheet1.xml.rels", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ),
    )
    source = write(tmp_path / "plan.xlsx", parts)
    new = members(annotated(source, finding(5, 2), finding(6, 2)))
    assert placeholder.encode() in new["xl/comments1.xml"]
    assert new["xl/comments1.xml"].count(b'ref="B6"') == 1
    assert new["xl/comments1.xml"].count(b'ref="B5"') == 1


def test_findings_on_one_cell_share_a_note_the_worst_first(plan: Path) -> None:
    """One note a cell; beyond eight findings it refers to the list."""
    many = [finding(5, 2, Severity.HINT, said=f"Nummer {n}.") for n in range(9)]
    text = notes(annotated(plan, *many, finding(5, 2, Severity.ERROR, said="Erg.")))["B5"]
    assert text.startswith("■ Fout OX520\nErg.")
    assert text.count("○ Tip") == 7
    assert text.endswith("… en nog 2: zie het eerste blad van deze kopie.")


def test_a_merged_cell_gets_one_note(tmp_path: Path) -> None:
    """What is found in the rows of a merged cell stands on the cell that people see."""
    merged = '<mergeCells count="1"><mergeCell ref="A4:A6"/></mergeCells>'
    source = write(tmp_path / "plan.xlsx", parts_of(sheet_xml(after=merged)))
    assert list(notes(annotated(source, finding(5, 1), finding(6, 1)))) == ["A4"]


@pytest.mark.parametrize(
    ("severity", "line"),
    [(Severity.ERROR, "thick"), (Severity.WARNING, "medium"), (Severity.HINT, "mediumDashed")],
)
def test_a_border_says_how_bad_it_is_by_its_line_too(plan: Path, severity: Severity, line: str) -> None:
    """Colour is not the only carrier; the cell's own format stays."""
    cell = opened(annotated(plan, finding(5, 3, severity)))["Acties"]["C5"]
    assert (cell.border.left.style, cell.border.bottom.style, cell.number_format) == (
        line,
        line,
        "dd\\-mm\\-yyyy",
    )


def test_the_list_stands_in_front_with_a_link_to_each_cell(plan: Path) -> None:
    """Errors first; a row per finding in a table, which can be filtered by owner; what this is stands above it."""
    copy = annotated(plan, finding(5, 3), finding(4, 1, Severity.ERROR), excused=2)
    workbook = opened(copy)
    assert workbook.sheetnames == [LIST, "Acties"]
    sheet = workbook[LIST]
    (table,) = sheet.tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A6:G8", "A6:G8")
    rows = [[cell.value for cell in row] for row in sheet["A6:G8"]]
    assert rows == [
        ["Ernst", "Code", "Cel", "Onderdeel", "Eigenaar", "Wat is er", "Zo herstel je het"],
        ["■ fout", "OX520", "Acties!A4", "A2", "Jan", "Te laat.", "Kies."],
        ["▲ waarschuwing", "OX520", "Acties!C5", "A2", "Jan", "Te laat.", "Kies."],
    ]
    assert [sheet[cell].hyperlink.location for cell in ("C7", "C8")] == ["'Acties'!A4", "'Acties'!C5"]
    assert "kopie om te lezen" in str(sheet["A2"].value)
    assert sheet["A3"].value == "■ 1 fout   ▲ 1 waarschuwing. Uitgezonderd in het plan: 2."


def test_the_copy_speaks_the_language_of_the_plan(plan: Path) -> None:
    """An English plan gets an English list and English notes."""
    copy = annotated(plan, finding(5, 3), language=Language.EN, owner="Jan")
    sheet = opened(copy)["Findings"]
    assert sheet["F6"].value == "What"
    assert sheet["A3"].value == "Only the rows of Jan. ▲ 1 warning."
    assert notes(copy)["C5"] == "▲ Warning OX520\nTe laat.\n→ Choose."


def test_without_findings_the_list_says_so(plan: Path) -> None:
    """A sound plan gives a copy all the same."""
    sheet = opened(annotated(plan))[LIST]
    assert sheet["A3"].value == "Geen bevindingen."
    assert next(iter(sheet.tables.values())).ref == "A6:G7"


def test_a_finding_about_the_whole_workbook_has_no_link(plan: Path) -> None:
    """Nor has one on a sheet that is not there."""
    whole = Finding("OX701", Severity.WARNING, Text("Leeg.", "Empty."), Text("Plan.", "Plan."))
    sheet = opened(annotated(plan, whole, finding(5, 5, sheet="Elders")))[LIST]
    assert [sheet[cell].value for cell in ("C7", "C8")] == ["het hele werkboek", "Elders!E5"]
    assert [sheet[cell].hyperlink for cell in ("C7", "C8")] == [None, None]


def test_a_tab_of_the_same_name_is_no_obstacle(tmp_path: Path) -> None:
    """The list takes the next free name."""
    parts = parts_of()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Acties"', b'"bevindingen"')
    source = write(tmp_path / "plan.xlsx", parts)
    assert opened(annotated(source)).sheetnames == ["Bevindingen (2)", "bevindingen"]


def test_only_the_list_is_selected_and_names_keep_their_sheets(tmp_path: Path) -> None:
    """Two selected tabs would both be typed into; a print area that moved to another sheet would be a loss."""
    view = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    names = '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Acties!$A$3:$D$6</definedName></definedNames>'
    source = write(tmp_path / "plan.xlsx", parts_of(sheet_xml(before=view), workbook=names))
    workbook = opened(annotated(source, finding(5, 2)))
    assert [sheet.sheet_view.tabSelected for sheet in workbook] == [True, False]
    assert workbook["Acties"].print_area == "'Acties'!$A$3:$D$6"
    assert workbook[LIST].print_title_rows == "$6:$6"


def test_an_earlier_copy_is_replaced(plan: Path) -> None:
    """Every run may write to the same place."""
    annotated(plan, *THREE)
    assert notes(annotated(plan, finding(6, 1))).keys() == {"A6"}


@pytest.mark.parametrize("name", ["plan.xlsx", "other.xlsx", "text.xlsx", "copy.xlsm", "nowhere/copy.xlsx"])
def test_nothing_else_is_ever_overwritten(plan: Path, name: str) -> None:
    """Neither the plan, nor another workbook or file; nor is a name taken that Excel would refuse to open."""
    write(plan.with_name("other.xlsx"), parts_of())
    plan.with_name("text.xlsx").write_text("notes", encoding="utf-8")
    before = {path: path.read_bytes() for path in plan.parent.iterdir()}
    for language in Language:
        with pytest.raises(InputProblem) as refused:
            write_annotated_copy(plan, plan.parent / name, Annotations(THREE, 0, DAY, language))
        assert Path(name).parts[0].partition(".")[0] in refused.value.sentence(language)
    assert {path: path.read_bytes() for path in plan.parent.iterdir()} == before


def test_the_plan_by_another_name_is_still_the_plan(plan: Path) -> None:
    """A link to it is not overwritten either."""
    link = plan.with_name("link.xlsx")
    link.hardlink_to(plan)
    with pytest.raises(InputProblem, match=r"link\.xlsx"):
        refuse_target(plan, link)


def test_a_place_that_cannot_be_written_is_tried_later(plan: Path) -> None:
    """The earlier copy stays as it was, and nothing unfinished stays behind."""
    copy = annotated(plan, *THREE)
    before = copy.read_bytes()
    copy.with_name(f".{copy.name}.ogsm-tmp").mkdir()
    with pytest.raises(OutsideProblem, match=r"copy\.xlsx"):
        annotated(plan, finding(6, 1))
    assert copy.read_bytes() == before


def test_a_copy_of_a_copy_is_refused(plan: Path) -> None:
    """Who configured the copy as the plan hears so."""
    copy = annotated(plan, *THREE)
    with pytest.raises(InputProblem, match=r"copy\.xlsx"):
        write_annotated_copy(copy, plan.with_name("second.xlsx"), Annotations(THREE, 0, DAY, Language.NL))


def test_a_signed_workbook_is_refused(tmp_path: Path) -> None:
    """Its copy would carry an invalid signature; the findings can be seen without one."""
    parts = parts_of(more={"_xmlsignatures/origin.sigs": b""})
    source = write(tmp_path / "plan.xlsx", parts)
    with pytest.raises(InputProblem, match="signed"):
        annotated(source, *THREE)


def test_a_workbook_without_formats_is_refused(tmp_path: Path) -> None:
    """Excel always writes them; saving the file once in Excel mends it."""
    source = write(tmp_path / "plan.xlsx", parts_of(styles=f'<styleSheet xmlns="{MAIN}"/>'))
    with pytest.raises(InputProblem, match="Excel"):
        annotated(source, *THREE)


HOSTILE = st.text(
    st.one_of(st.sampled_from("=+-@<>&\"'\x00\x0b\ud800\r\n_x"), st.characters()), max_size=60
).map(lambda text: text + "_x0041_")


@given(said=HOSTILE)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_people_wrote_stays_text(plan: Path, said: str) -> None:
    """No text becomes a formula, a link or markup, in the list or in a note; what no file can hold is left out."""
    copy = annotated(plan, finding(5, 2, said=said))
    new = members(copy)
    sheet = fromstring(new["xl/worksheets/ogsm_findings.xml"])
    assert [e for e in sheet.iter() if e.tag.endswith("}f")] == []
    cells = CalamineWorkbook.from_path(copy).get_sheet_by_name(LIST).to_python()
    readable = "".join(
        c for c in said.replace("\r\n", "\n").replace("\r", "\n") if c not in "\ud800\ufffe\uffff"
    )
    assert cells[-1][5] == readable
    assert len(fromstring(new["xl/ogsm_comments1.xml"]).findall(".//{*}comment")) == 1


def test_the_example_keeps_its_look(tmp_path: Path) -> None:
    """The workbook that people start from gets notes on three sheets without a part being lost."""
    source = tmp_path / "plan.xlsx"
    source.write_bytes((ROOT / "workbook_templates" / "example_nl.xlsx").read_bytes())
    copy = annotated(
        source, finding(6, 2), finding(6, 2, sheet="Strategieën"), finding(6, 2, sheet="Personen")
    )
    old, new = members(source), members(copy)
    assert sum(name.endswith(".vml") for name in new) == 3
    assert all(
        old[name] == new[name] for name in old if name.startswith(("xl/tables", "xl/theme", "docProps"))
    )


def test_head_of_the_sheet_decides_where_a_note_stands(tmp_path: Path) -> None:
    """Beside its cell, whatever the widths of columns, wide enough to be read."""
    wide = '<cols><col min="1" max="2" width="50" customWidth="1"/><col min="3" max="3" hidden="1"/></cols>'
    source = write(tmp_path / "plan.xlsx", parts_of(sheet_xml(ROWS, before=wide, head=HEAD)))
    box = members(annotated(source, finding(5, 1)))["xl/drawings/ogsm_notes1.vml"]
    anchor = [int(part) for part in box.split(b"<x:Anchor>")[1].split(b"<")[0].split(b",")]
    assert anchor[:2] == [1, 15]
    assert anchor[4:6] == [1, 335]
