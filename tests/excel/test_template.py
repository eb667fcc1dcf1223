"""The plan workbook as it is generated: complete, the same every time, and text stays text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import load_workbook

from ogsm_xl.excel.layout import TABLES, Table
from ogsm_xl.excel.template import write_plan_workbook, write_templates
from ogsm_xl.plan.model import Action, Plan, Report, Strategy
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from tests.support.compare_workbooks import differences
from tests.support.plans import plan_of

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
PLAN = """
    objective O1 Anna "Iedereen een thuis" organisation=Woonstichting period=2026
    person    Anna anna@example.org ogsm_owner
    goal      D1 "Wachttijd gehalveerd" unit=maanden baseline=40 target=20
    strategy  S1 Anna "Kortere wachttijd door sneller bouwen" red
    strategy  S3 Anna "Betere wijken door samenwerken" green
    indicator I1 Anna S1 "Wachttijd" lower unit=maanden baseline=40 target=20 actual=33
    action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress 60% orange update="Half klaar"
    session   SES1 doing 2026-06-11 10:00
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    write_templates(folder)
    return folder


@pytest.mark.parametrize("name", ["plan_nl", "plan_en", "example_nl", "example_en"])
def test_the_templates_in_the_repository_are_what_the_layout_gives_today(built: Path, name: str) -> None:
    """A change of layout or example comes with templates built anew (write_templates)."""
    assert differences(TEMPLATES / f"{name}.xlsx", built / f"{name}.xlsx") == []


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in the file depends on the moment or the machine."""
    plan = plan_of(PLAN)
    for name in ("one.xlsx", "other.xlsx"):
        write_plan_workbook(plan, tmp_path / name, Language.NL)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


@pytest.mark.parametrize("language", Language)
def test_every_table_of_the_layout_is_there_under_its_own_name(built: Path, language: Language) -> None:
    """Table names are English in every language; sheets and headings are in the workbook's own."""
    book = openpyxl.load_workbook(built / f"example_{language.value}.xlsx")
    found = {
        table.name: (sheet.title, list(table.column_names))
        for sheet in book.worksheets
        for table in sheet.tables.values()
    }
    assert found == {
        table.name: (table.sheet.in_(language), [column.heading.in_(language) for column in table.columns])
        for table in TABLES
    }


def test_values_stand_in_their_cells_as_the_conventions_say(tmp_path: Path) -> None:
    """Progress is a fraction, lists have semicolons, words are those of the workbook's language, dates are dates."""
    action = Action(
        "A1",
        "Website",
        ("S1", "S3"),
        "Anna",
        deadline=date(2026, 6, 30),
        progress=60,
    )
    report = Report("R1", datetime(2026, 5, 30, 16, 45), "SES1", None, "A1", "Anna")
    plan = Plan(actions=(action,), reports=(report,), sessions=plan_of(PLAN).sessions)
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(plan, file, Language.EN)
    book = openpyxl.load_workbook(file)
    assert values(book, "Actions") == [
        ["A1", "Website", "S1; S3", "Anna", None, None, datetime(2026, 6, 30), None, 0.6, *[None] * 9]
    ]
    assert values(book, "Reports")[0][:5] == ["R1", datetime(2026, 5, 30, 16, 45), "SES1", None, "A1"]
    assert values(book, "Sessions")[0][1] == "Doing session"
    assert values(book, "Sessions")[0][6:9] == ["Yes", "Yes", "No"]


HOSTILE = (
    "=1+1",
    "{=SUM(A1:A2)}",
    "@SUM(A1)",
    "+31 6 1234",
    "-",
    "http://example.org/?a=1&b=2",
    "mailto:anna@example.org",
    "internal:Acties!A1",
    r"external:\\server\share\x.xlsx",
    "#N/A",
    "<b>vet</b> & 'aan' \"halen\"",
    "🚦 groen ✅ \U0001f469\u200d\U0001f4bb",
    "eerste regel\ntweede regel",
    "  spaties eromheen  ",
    "_x0041_",
    "2026",
    "31-12-2026",
)


def test_text_stays_the_text_that_it_is(tmp_path: Path) -> None:
    """Whatever it looks like: no formula, no link, no number, no markup; on the overview, too."""
    actions = tuple(Action(f"A{n}", text, ("S1",), text, update=text) for n, text in enumerate(HOSTILE))
    strategies = tuple(Strategy(f"S{n}", text, text) for n, text in enumerate(HOSTILE))
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(Plan(strategies=strategies, actions=actions), file, Language.NL)
    sheet = openpyxl.load_workbook(file)["Acties"]
    cells = [(sheet.cell(5 + n, 2), sheet.cell(5 + n, 11)) for n in range(len(HOSTILE))]
    assert {(cell.data_type, cell.hyperlink) for pair in cells for cell in pair} == {("s", None)}
    book = load_workbook(file)
    read = book.get_sheet_by_name("Acties").to_python()[4:]
    assert [(row[1], row[3], row[10]) for row in read] == [(text, text, text) for text in HOSTILE]
    overview = {cell for row in book.get_sheet_by_name("OGSM").to_python() for cell in row}
    # XlsxWriter stores the result of a formula that reads like an error as one, until it is reckoned anew.
    assert set(HOSTILE) - overview == {"#N/A"}


def test_control_characters_and_broken_characters_give_a_sound_file(tmp_path: Path) -> None:
    """What XML can't hold is escaped or replaced; the text around it stays."""
    text = "voor\x07\x00\x1b\ud800\uffff\r\nna"
    file = tmp_path / "plan.xlsx"
    strategy = plan_of('strategy S1 Anna "x"').strategies
    write_plan_workbook(Plan(strategies=strategy, actions=(Action("A1", text, ("S1",)),)), file, Language.NL)
    openpyxl.load_workbook(file)
    read = str(load_workbook(file).get_sheet_by_name("Acties").to_python()[4][1])
    assert read.startswith("voor")
    assert read.endswith("\ufffd\ufffd\nna")


def test_text_that_no_cell_can_hold_is_refused_with_its_place(tmp_path: Path) -> None:
    """Text is never cut; the sentence says where it is too long, and a file that was there stays."""
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"as it was")
    plan = Plan(actions=(Action("A1", "kort"), Action("A2", "lang", update="x" * 40_000)))
    with pytest.raises(InputProblem) as problem:
        write_plan_workbook(plan, file, Language.NL)
    assert problem.value.sentence(Language.NL) == (
        "Acties!K6 (Stand van zaken): deze tekst heeft 40000 tekens; in een cel van Excel passen er 32767. Kort hem in."
    )
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"as it was"]


def test_text_that_just_fits_is_written_whole(tmp_path: Path) -> None:
    """The limit counts as Excel counts: a character such as 🚦 is two."""
    fits = "x" * 32_765 + "🚦"
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(Plan(actions=(Action("A1", "Actie", update=fits),)), file, Language.NL)
    assert load_workbook(file).get_sheet_by_name("Acties").to_python()[4][10] == fits


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (3, 3)])
def test_an_empty_plan_has_blank_rows_to_type_in(tmp_path: Path, asked: int, given: int) -> None:
    """Excel wants at least one row in a table; there is one objective, whatever is asked."""
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(Plan(), file, Language.NL, blank_rows=asked)
    book = openpyxl.load_workbook(file)
    rows = {table.name: len(values(book, table.sheet.nl)) for table in TABLES}
    assert rows == {table.name: 1 if table.name == "Objective" else given for table in TABLES}


def test_dates_that_excel_cannot_count_with_become_text(tmp_path: Path) -> None:
    """A typing error such as the year 26 is still there to be seen."""
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(Plan(actions=(Action("A1", "x", deadline=date(26, 6, 30)),)), file, Language.NL)
    assert openpyxl.load_workbook(file)["Acties"]["G5"].value == "0026-06-30"


def test_a_large_plan_is_written_whole(tmp_path: Path) -> None:
    """A thousand actions: all in the table, and the overview says what it leaves out."""
    actions = tuple(Action(f"A{n}", f"Actie {n}", ("S1",)) for n in range(1, 1001))
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(
        Plan(strategies=plan_of('strategy S1 Anna "x"').strategies, actions=actions), file, Language.NL
    )
    book = load_workbook(file)
    assert len(book.get_sheet_by_name("Acties").to_python()) == 1004
    shown = {cell for row in book.get_sheet_by_name("OGSM").to_python() for cell in row}
    assert "+ 986 meer op het blad Acties" in shown


def test_a_file_that_cannot_be_written_is_a_problem_with_a_sentence(tmp_path: Path) -> None:
    """The sentence names the file and says what to look at."""
    file = tmp_path / "no such folder" / "plan.xlsx"
    with pytest.raises(InputProblem) as problem:
        write_plan_workbook(Plan(), file, Language.EN)
    assert str(file) in problem.value.sentence(Language.EN)
    assert "folder exists" in problem.value.sentence(Language.EN)


def values(book: Any, sheet_name: str) -> list[list[Any]]:
    """The data cells of the table on a sheet."""
    sheet = book[sheet_name]
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref][1:]]


def test_every_heading_fits_in_its_column() -> None:
    """At least its longest word does; the rest may wrap."""
    narrow: list[tuple[Table, str]] = [
        (table, column.field)
        for table in TABLES
        for column in table.columns
        for language in Language
        if max(map(len, column.heading.in_(language).split())) > column.width + 1
    ]
    assert narrow == []
