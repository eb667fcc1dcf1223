"""A plan read from workbooks as organisations have them: where tables, headings and rows are found."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ogsm_xl.excel.reader import read_plan
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.model import (
    Action,
    Goal,
    Objective,
    Person,
    Plan,
    Report,
    Session,
    Strategy,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import (
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
)
from tests.support.plan_sheets import DUTCH, Rows, dutch, found_in, read_actions, read_sheets, write_sheets

ACTIONS = ["ID", "Actie", "Strategie", "Eigenaar", "Deadline", "Status"]
DAY = date(2026, 6, 30)


def texts(read: Any) -> list[str]:
    return [action.text for action in read.plan.actions]


# What is read


def test_a_plan_is_read_with_its_people_sessions_and_history(tmp_path: Path) -> None:
    """Every sheet's rows become the plan, in the workbook's order."""
    read = read_sheets(
        tmp_path,
        {
            "Ambitie": [["ID", "Ambitie", "Eigenaar", "Periode"], ["O1", "Iedereen een thuis", "Anna", 2026]],
            "Doelstellingen": [
                ["ID", "Doelstelling", "Eenheid", "Nulmeting", "Streefwaarde", "Streefdatum"],
                ["D1", "Wachttijd gehalveerd", "maanden", 40, 20.5, DAY],
            ],
            "Strategieën": [
                ["ID", "Strategie", "Eigenaar", "Soort", "Doelstellingen"],
                ["S1", "Korter wachten door sneller bouwen", "Anna", "Inhoudelijk", "D1"],
            ],
            "Acties": [
                [*ACTIONS, "Voortgang", "Verkeerslicht", "Stand van zaken"],
                [
                    "A1",
                    "Website vernieuwd",
                    "S1",
                    "Bram",
                    DAY,
                    "Mee bezig",
                    0.6,
                    "Oranje",
                    "Wacht op\nhet akkoord",
                ],
                ["A2", "Klanten gebeld", None, "Anna", DAY, "Nog te doen"],
            ],
            "Personen": [
                ["Naam", "E-mail", "Rol", "Taal"],
                ["Anna", "anna@example.org", "OGSM-eigenaar; manager", "nl"],
                ["Bram", "bram@example.org", None, "en"],
            ],
            "Sessies": [
                ["ID", "Soort", "Datum", "Tijd", "Minuten", "Uitnodiging", "Vervallen"],
                ["SES1", "Doensessie", date(2026, 6, 11), time(10, 0), 45, "nee", None],
            ],
            "Rapportages": [
                [
                    "ID",
                    "Datum",
                    "Sessie",
                    "Soort",
                    "Over",
                    "Door",
                    "Voortgang",
                    "Verkeerslicht",
                    "Gedaan",
                    "Bron",
                ],
                [
                    "R1",
                    datetime(2026, 5, 30, 9, 30),
                    "SES1",
                    "Actie",
                    "A1",
                    "Bram",
                    0.6,
                    "Oranje",
                    "Half af",
                    "Mail",
                ],
            ],
        },
    )
    assert read.plan == Plan(
        language=Language.NL,
        objective=Objective("O1", "Iedereen een thuis", "Anna", period="2026"),
        goals=(Goal("D1", "Wachttijd gehalveerd", "", "maanden", 40.0, 20.5, DAY),),
        strategies=(
            Strategy("S1", "Korter wachten door sneller bouwen", "Anna", StrategyKind.BUSINESS, ("D1",)),
        ),
        actions=(
            Action("A1", "Website vernieuwd", ("S1",), "Bram", deadline=DAY, status=Status.IN_PROGRESS, progress=60,
                   light=TrafficLight.ORANGE, update="Wacht op\nhet akkoord"),
            Action("A2", "Klanten gebeld", (), "Anna", deadline=DAY, status=Status.TO_DO),
        ),
        people=(
            Person("Anna", "anna@example.org", frozenset({Role.OGSM_OWNER, Role.MANAGER}), Language.NL),
            Person("Bram", "bram@example.org", frozenset(), Language.EN),
        ),
        sessions=(
            Session("SES1", SessionKind.DOING, date(2026, 6, 11), time(10, 0), 45, invitation=False),
        ),
        reports=(
            Report("R1", datetime(2026, 5, 30, 9, 30), "SES1", ItemKind.ACTION, "A1", "Bram", progress=60,
                   light=TrafficLight.ORANGE, done="Half af", source=ReportSource.MAIL),
        ),
    )  # fmt: skip
    assert found_in(read) == []


def test_every_value_knows_its_cell(tmp_path: Path) -> None:
    """A row of the plan says in which cell a field stands."""
    read = read_sheets(
        tmp_path, dutch(Acties=[["Actieplan"], [], ACTIONS, ["A1", "Bellen", "S1", "Anna", DAY]])
    )
    row = read.plan.actions[0].row
    assert row is not None
    assert str(row.cell("deadline")) == "Acties!E4"
    assert (read.places["Actions"].sheet, read.places["Actions"].header_row) == ("Acties", 3)
    assert read.last_rows["Actions"] == 4


def test_english_headings_make_an_english_plan(tmp_path: Path) -> None:
    """Sheets and headings are found in English, and tell the plan's language."""
    read = read_sheets(
        tmp_path,
        {
            "Strategies": [["ID", "Strategy", "Owner"], ["S1", "Shorter waits by building faster", "Anna"]],
            "Actions": [["ID", "Action", "Strategy", "Owner", "Deadline", "Status"], ["A1", "Site renewed", "S1", "Anna", DAY, "Done"]],
            "People": [["Name", "Email"], ["Anna", "anna@example.org"]],
            "Sessions": [["ID", "Kind", "Date"], ["SES1", "Steering session", DAY]],
            "Reports": [["ID", "Date", "Item"]],
        },
    )  # fmt: skip
    assert read.plan.language is Language.EN
    assert read.plan.actions == (
        Action("A1", "Site renewed", ("S1",), "Anna", deadline=DAY, status=Status.DONE),
    )
    assert read.plan.sessions[0].kind is SessionKind.STEERING
    assert found_in(read) == []


def test_text_is_composed_and_without_odd_blanks(tmp_path: Path) -> None:
    """Decomposed letters are composed; outer, non-breaking and invisible blanks go; line breaks stay."""
    odd = unicodedata.normalize("NFD", "\xa0Strategieën\xa0vernieuwd\u200b \nen af ")
    read = read_actions(
        tmp_path,
        ACTIONS,
        ["A1", odd, "S1\xa0", " Anna\xa0", DAY, unicodedata.normalize("NFD", "Geparkeerd ")],
    )
    assert read.plan.actions == (
        Action("A1", "Strategieën vernieuwd \nen af", ("S1",), "Anna", deadline=DAY, status=Status.PARKED),
    )


def test_formulas_and_links_in_text_stay_text(tmp_path: Path) -> None:
    """What looks like a formula, or holds braces or markup, is read as the text that it is."""
    read = read_actions(
        tmp_path, ACTIONS, ["A1", '=HYPERLINK("http://x") {0} <b>', "S1", "Anna", "{oops}", "Klaar"]
    )
    assert read.plan.actions[0].text == '=HYPERLINK("http://x") {0} <b>'
    assert "Deadline: “{oops}” is geen datum." in [finding.message.nl for finding in read.findings]


# Where tables are found


def test_a_table_is_found_by_its_excel_name_whatever_its_sheet_is_called(tmp_path: Path) -> None:
    """The Excel table's name comes first: sheets may be renamed and moved."""
    sheets = dutch(Acties=[["niets"]])
    sheets["Wat we doen"] = [[], [None, *ACTIONS], [None, "A1", "Bellen", "S1", "Anna", DAY, "Klaar"]]

    def name_it(workbook: Any) -> None:
        columns = [{"header": heading} for heading in ACTIONS]
        workbook.get_worksheet_by_name("Wat we doen").add_table(
            "B2:G3", {"name": "ACTIONS", "columns": columns}
        )

    read = read_sheets(tmp_path, sheets, name_it)
    assert texts(read) == ["Bellen"]
    assert read.places["Actions"].sheet == "Wat we doen"


@pytest.mark.parametrize("name", ["actielijst", "2. Actieplan", "Acties 2026", "Actions", "ACTIEPUNTEN "])
def test_a_sheet_is_found_by_a_synonym_of_its_name(tmp_path: Path, name: str) -> None:
    """Sheet names are compared without case, numbering and year, in both languages, with their synonyms."""
    sheets = {key: rows for key, rows in DUTCH.items() if key != "Acties"}
    read = read_sheets(tmp_path, {**sheets, name: [ACTIONS, ["A1", "Bellen"]]})
    assert texts(read) == ["Bellen"]


def test_a_sheet_is_found_by_its_headings_alone(tmp_path: Path) -> None:
    """A required sheet with any name is found by the headings in its first rows."""
    sheets = {key: rows for key, rows in DUTCH.items() if key != "Acties"}
    read = read_sheets(
        tmp_path,
        {"Uitleg": [["Zo werkt het"]], **sheets, "Team Zuid": [[], ["Team Zuid"], ACTIONS, ["A1", "Bellen"]]},
    )
    assert texts(read) == ["Bellen"]
    assert read.places["Actions"].sheet == "Team Zuid"


def test_columns_may_be_moved_and_added(tmp_path: Path) -> None:
    """The order of columns is free; columns that nobody knows are passed over."""
    read = read_actions(
        tmp_path,
        ["Budget", "Deadline", "Status", "Eigenaar", "Kostenplaats", "Actie", "ID"],
        [1000, DAY, "Klaar", "Anna", "4711", "Bellen", "A1"],
    )
    assert read.plan.actions == (Action("A1", "Bellen", (), "Anna", deadline=DAY, status=Status.DONE),)
    assert found_in(read) == []


@pytest.mark.parametrize(
    "headings",
    [
        ["Nr.", "Actiepunt", "Thema", "Wie?", "Uiterlijk", "Fase"],
        ["ID:", "ACTIE *", "Strategie\xa0", "Eigenaar\n(één naam)", " Deadline: ", "Status"],
        ["ID", "Actie / Action", "Strategie\nStrategy", "Eigenaar (Owner)", "Deadline", "Status"],
        ["#", "1. Actie", "2. Strategie", "3. Trekker", "4. Einddatum", "5. Stand"],
        ["No.", "Task", "Pillar", "Responsible", "Due date", "State"],
    ],
)
def test_headings_are_read_as_people_write_them(tmp_path: Path, headings: list[str]) -> None:
    """Synonyms, line breaks, colons, stars, brackets, numbers, non-breaking blanks, both languages at once."""
    headings = [unicodedata.normalize("NFD", heading) for heading in headings]
    read = read_actions(tmp_path, headings, ["A1", "Bellen", "S1", "Anna", DAY, "Klaar"])
    assert read.plan.actions == (Action("A1", "Bellen", ("S1",), "Anna", deadline=DAY, status=Status.DONE),)


def test_a_heading_of_the_template_comes_before_a_synonym(tmp_path: Path) -> None:
    """With both Stand van zaken and Opmerkingen the first is the update; the other column is reported."""
    read = read_actions(
        tmp_path,
        ["ID", "Opmerkingen", "Actie", "Eigenaar", "Deadline", "Status", "Stand van zaken"],
        ["A1", "los", "Bellen", "Anna", DAY, "Klaar", "vast"],
    )
    assert read.plan.actions[0].update == "vast"
    assert found_in(read) == [("OX108", "Acties!B1")]


def test_of_two_columns_with_the_same_heading_the_first_counts(tmp_path: Path) -> None:
    """A duplicate heading is reported with its cell; the first column is read."""
    read = read_actions(
        tmp_path, [*ACTIONS, "Deadline"], ["A1", "Bellen", "S1", "Anna", DAY, "Klaar", date(2027, 1, 1)]
    )
    assert read.plan.actions[0].deadline == DAY
    assert found_in(read) == [("OX108", "Acties!G1")]


def test_two_rows_of_headings(tmp_path: Path) -> None:
    """Group titles above the headings, and headings merged over both rows, are seen through."""

    def merge(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Acties")
        sheet.merge_range("A1:A2", "ID")
        sheet.merge_range("B1:B2", "Actie")
        sheet.merge_range("C1:D1", "Planning")

    read = read_sheets(
        tmp_path,
        dutch(Acties=[[None, None, None, None, "Wie"], [None, None, "Start", "Deadline", "Eigenaar", "Status"],
                      ["A1", "Bellen", date(2026, 1, 5), DAY, "Anna", "Klaar"]]),
        merge,
    )  # fmt: skip
    assert read.plan.actions == (
        Action("A1", "Bellen", (), "Anna", start=date(2026, 1, 5), deadline=DAY, status=Status.DONE),
    )


def test_missing_optional_columns_are_a_hint(tmp_path: Path) -> None:
    """One hint per sheet names the columns that could be there."""
    read = read_actions(tmp_path, ACTIONS)
    hints = [f for f in read.findings if f.code == "OX106" and f.where and f.where.sheet == "Acties"]
    assert [(f.severity, str(f.where)) for f in hints] == [(Severity.HINT, "Acties!A1")]
    assert "Verkeerslicht" in hints[0].message.nl
    assert "Traffic light" in hints[0].message.en


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("Kleur van het stoplicht", "Verkeerslicht"),
        ("Verkeerslciht", "Verkeerslicht"),
        ("Projectbegin", "Start"),
        ("Labels HR", "Labels"),
        ("Traffic lights", "Verkeerslicht"),
    ],
)
def test_a_renamed_heading_is_told_with_the_one_it_may_be(tmp_path: Path, written: str, missing: str) -> None:
    """One finding says both: what is not known, and what is missing; the list of missing columns leaves that out."""
    read = read_actions(tmp_path, [*ACTIONS, written])
    findings = [f for f in read.findings if f.where and f.where.sheet == "Acties"]
    (alike,) = [f for f in findings if f.code == "OX118"]
    assert (alike.severity, alike.where and alike.where.column) == (Severity.HINT, len(ACTIONS) + 1)
    assert alike.message.nl == (
        f"De kop “{written}” is niet bekend, en een kolom {missing} ontbreekt: misschien is dit die kolom."
    )
    assert all(f"{missing}," not in f.message.nl for f in findings if f.code == "OX106")


@pytest.mark.parametrize(
    "written", ["Budget", "Afdeling", "Kosten 2026", "Ja/nee", "X", "Prioriteit", "Kanban"]
)
def test_a_column_of_their_own_is_no_misspelled_one(tmp_path: Path, written: str) -> None:
    """What an organisation adds for itself is left in peace."""
    assert "OX118" not in [code for code, _ in found_in(read_actions(tmp_path, [*ACTIONS, written]))]


def test_a_renamed_heading_that_the_jobs_need_is_told_as_well(tmp_path: Path) -> None:
    """The sentence that refuses the workbook says which of the headings is probably meant."""
    headings = ["ID", "Actie", "Trekker van actie", "Deadline", "Status"]
    with pytest.raises(InputProblem) as caught:
        read_actions(tmp_path, headings)
    assert "“Trekker van actie” is misschien Eigenaar. Geef de juiste kolom deze kop" in caught.value.text.nl
    assert "“Trekker van actie” may be Owner. Give the right column" in caught.value.text.en


def test_a_copy_of_a_sheet_is_not_read_silently(tmp_path: Path) -> None:
    """Of two sheets with the same table one is read, the other reported."""
    sheets = dutch(Acties=[ACTIONS, ["A1", "Bellen"]])
    sheets["Acties (2)"] = [ACTIONS, ["A1", "Oud"]]
    read = read_sheets(tmp_path, sheets)
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX115", "'Acties (2)'!A1")]


def test_a_sheet_per_department_is_not_read_silently(tmp_path: Path) -> None:
    """Found by headings alone, the first of two such sheets is read and the other reported."""
    sheets = {name: rows for name, rows in DUTCH.items() if name != "Acties"}
    sheets |= {"Team Noord": [ACTIONS, ["A1", "Bellen"]], "Team Zuid": [ACTIONS, ["A2", "Mailen"]]}
    read = read_sheets(tmp_path, sheets)
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX115", "'Team Zuid'!A1")]


def test_an_optional_sheet_without_a_needed_column_is_an_error(tmp_path: Path) -> None:
    """Indicators without owners are not read; the rest of the plan is, and the finding names the column."""
    indicators: Rows = [["ID", "Indicator", "Eenheid", "Streefwaarde"], ["I1", "Wachttijd", "maanden", 20]]
    read = read_sheets(tmp_path, dutch(Indicatoren=indicators))
    assert read.plan.indicators == ()
    assert found_in(read) == [("OX117", "Indicatoren!A1")]
    assert "Eigenaar" in next(finding.message.nl for finding in read.findings if finding.code == "OX117")


def test_an_overview_with_the_same_headings_is_no_second_plan(tmp_path: Path) -> None:
    """In a workbook with the template's tables, an overview with headings of goals does not become the goals."""

    def name_it(workbook: Any) -> None:
        columns = [{"header": heading} for heading in ACTIONS]
        workbook.get_worksheet_by_name("Acties").add_table("A1:F2", {"name": "Actions", "columns": columns})

    sheets = dutch(Acties=[ACTIONS, ["A1", "Bellen", "S1", "Anna", DAY, "Klaar"]])
    overview: Rows = [
        ["Doelstelling", "Indicator", "Streefwaarde", "Realisatie"],
        ["Wachttijd", "maanden", 20, 30],
    ]
    assert read_sheets(tmp_path, {"OGSM": overview, **sheets}, name_it).plan.goals == ()


# Which rows are read


def test_blank_and_prenumbered_rows_are_passed_over(tmp_path: Path) -> None:
    """Blank rows between and below the data are no actions; neither are rows with nothing but a number."""
    read = read_actions(
        tmp_path, ACTIONS, ["A1", "Bellen"], [], [None, " ", "\xa0"], ["A2", "Mailen"], ["A3"], [4], []
    )
    assert texts(read) == ["Bellen", "Mailen"]
    assert found_in(read) == []


@pytest.mark.parametrize(
    "total", ["Totaal", "TOTAAL:", "Subtotaal acties", "Total", "Aantal: 2", "Gemiddelde"]
)
def test_a_total_row_is_left_out_with_a_hint(tmp_path: Path, total: str) -> None:
    """A row that begins with a word for totals, without ID and owner, is no action."""
    read = read_actions(
        tmp_path, ACTIONS, ["A1", "Bellen", "S1", "Anna"], [None, total, None, None, None, "2"]
    )
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX111", "Acties!B3")]


def test_an_action_about_totals_is_an_action(tmp_path: Path) -> None:
    """With an ID or an owner, a row may begin with any word."""
    read = read_actions(tmp_path, ACTIONS, ["A1", "Totaal vernieuwd"], [None, "Totaal anders", None, "Anna"])
    assert texts(read) == ["Totaal vernieuwd", "Totaal anders"]


def test_the_totals_row_of_an_excel_table_is_left_out(tmp_path: Path) -> None:
    """The row that the table itself declares as totals needs no word."""

    def total(workbook: Any) -> None:
        columns = [{"header": heading} for heading in ACTIONS]
        columns[1]["total_string"] = "2 acties"
        options = {"name": "Actions", "columns": columns, "total_row": True}
        workbook.get_worksheet_by_name("Acties").add_table("A1:F3", options)

    rows: Rows = [ACTIONS, ["A1", "Bellen"], [None, "2 acties"], [None, "Geplakt", None, "Anna", DAY]]
    read = read_sheets(tmp_path, dutch(Acties=rows), total)
    assert texts(read) == ["Bellen", "Geplakt"]
    assert found_in(read) == [("OX109", "Acties!A4")]


def test_notes_and_legends_below_the_data_are_left_out_with_a_hint(tmp_path: Path) -> None:
    """What begins as a note does, and what follows it below the data, is no action."""
    read = read_actions(
        tmp_path,
        ACTIONS,
        ["A1", "Bellen", "S1", "Anna"],
        [],
        ["Legenda:"],
        ["G", "volgens plan"],
        ["R", "niet meer te halen"],
        [],
        [None, "* met subsidie"],
    )
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX112", f"Acties!{cell}") for cell in ("A4", "A5", "A6", "B8")]


def test_a_remark_below_a_gap_is_left_out_with_a_hint(tmp_path: Path) -> None:
    """Below a blank row one or two cells without an ID are a note."""
    read = read_actions(
        tmp_path, ACTIONS, ["A1", "Bellen"], [], [None, "Volgende keer de begroting bespreken"]
    )
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX112", "Acties!B4")]


def test_rows_right_below_the_data_are_read(tmp_path: Path) -> None:
    """A new action that is just typed below the others, with no more than its text, is an action."""
    read = read_actions(
        tmp_path, ACTIONS, ["A1", "Bellen"], [None, "Mailen"], [None, "Schrijven", None, "Anna"]
    )
    assert texts(read) == ["Bellen", "Mailen", "Schrijven"]


def test_rows_pasted_below_an_excel_table_are_read(tmp_path: Path) -> None:
    """The Excel table did not grow with the rows that were pasted below it."""

    def name_it(workbook: Any) -> None:
        columns = [{"header": heading} for heading in ACTIONS]
        workbook.get_worksheet_by_name("Acties").add_table("A1:F2", {"name": "Actions", "columns": columns})

    read = read_sheets(tmp_path, dutch(Acties=[ACTIONS, ["A1", "Bellen"], ["A2", "Mailen"]]), name_it)
    assert texts(read) == ["Bellen", "Mailen"]
    assert read.last_rows["Actions"] == 3


def test_pasted_headings_are_left_out_with_a_hint(tmp_path: Path) -> None:
    """Headings that came along with pasted rows are no action."""
    read = read_actions(tmp_path, ACTIONS, ["A1", "Bellen"], ACTIONS, ["A2", "Mailen"])
    assert texts(read) == ["Bellen", "Mailen"]
    assert found_in(read) == [("OX114", "Acties!A3")]


def test_hidden_and_filtered_rows_are_read(tmp_path: Path) -> None:
    """A filter hides rows from people, not from the plan."""

    def hide(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Acties")
        sheet.autofilter("A1:F3")
        sheet.set_row(1, None, None, {"hidden": True})

    read = read_sheets(tmp_path, dutch(Acties=[ACTIONS, ["A1", "Bellen"], ["A2", "Mailen"]]), hide)
    assert texts(read) == ["Bellen", "Mailen"]


def test_a_second_excel_table_below_is_not_read_as_actions(tmp_path: Path) -> None:
    """Where another Excel table begins on the same sheet, the actions end."""

    def name_it(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Acties")
        sheet.add_table("A1:F2", {"name": "Actions", "columns": [{"header": heading} for heading in ACTIONS]})
        sheet.add_table("A5:B6", {"name": "Ideeën", "columns": [{"header": "Nr"}, {"header": "Idee"}]})

    rows: Rows = [ACTIONS, ["A1", "Bellen"], [], [], ["Nr", "Idee"], ["1", "Taart"]]
    assert texts(read_sheets(tmp_path, dutch(Acties=rows), name_it)) == ["Bellen"]


def test_two_tables_of_the_plan_may_share_a_sheet(tmp_path: Path) -> None:
    """Strategies above, actions below and people beside them on one sheet: each ends where another begins."""
    rows: Rows = [
        ["ID", "Strategie", "Eigenaar", None, None, None, None, "Naam", "E-mail"],
        ["S1", "Korter wachten", "Anna", None, None, None, None, "Anna", "anna@example.org"],
        [],
        ACTIONS,
        ["A1", "Bellen", "S1", "Anna", DAY, "Klaar"],
    ]

    def name_them(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Alles")
        for name, area, headings in (
            ("Strategies", "A1:C2", rows[0][:3]),
            ("People", "H1:I2", rows[0][7:]),
            ("Actions", "A4:F5", ACTIONS),
        ):
            sheet.add_table(area, {"name": name, "columns": [{"header": heading} for heading in headings]})

    others = {name: DUTCH[name] for name in ("Sessies", "Rapportages")}
    plan = read_sheets(tmp_path, {"Alles": rows, **others}, name_them).plan
    assert [strategy.text for strategy in plan.strategies] == ["Korter wachten"]
    assert plan.actions == (Action("A1", "Bellen", ("S1",), "Anna", deadline=DAY, status=Status.DONE),)
    assert plan.people == (Person("Anna", "anna@example.org"),)


# Strategies of actions


def test_a_merged_strategy_counts_for_all_its_rows(tmp_path: Path) -> None:
    """A strategy merged over several rows belongs to each of these actions."""

    def merge(workbook: Any) -> None:
        workbook.get_worksheet_by_name("Acties").merge_range("C2:C3", "S1")

    rows: Rows = [ACTIONS, ["A1", "Bellen"], ["A2", "Mailen"], ["A3", "Los"]]
    read = read_sheets(tmp_path, dutch(Acties=rows), merge)
    assert [action.strategies for action in read.plan.actions] == [("S1",), ("S1",), ()]


@pytest.mark.parametrize(
    "banner", ["S1", "S1. Korter wachten", "korter wachten door SNELLER bouwen ", "S1 – Korter wachten"]
)
def test_a_banner_names_the_strategy_of_the_actions_below(tmp_path: Path, banner: str) -> None:
    """A row with nothing but a strategy's ID or text counts for the actions below that name none."""
    read = read_actions(
        tmp_path,
        ACTIONS,
        ["A1", "Vooraf"],
        [banner],
        ["A2", "Bellen"],
        ["A3", "Anders", "S2"],
        ["A4", "Mailen"],
    )
    assert [(a.id, a.strategies) for a in read.plan.actions] == [
        ("A1", ()), ("A2", ("S1",)), ("A3", ("S2",)), ("A4", ("S1",)),
    ]  # fmt: skip


def test_a_section_title_that_is_no_strategy_is_left_out_with_a_hint(tmp_path: Path) -> None:
    """A title merged over the columns is no action, and no strategy either."""

    def merge(workbook: Any) -> None:
        workbook.get_worksheet_by_name("Acties").merge_range("A2:F2", "Overige zaken")

    rows: Rows = [ACTIONS, [], ["A1", "Bellen"]]
    read = read_sheets(tmp_path, dutch(Acties=rows), merge)
    assert texts(read) == ["Bellen"]
    assert found_in(read) == [("OX113", "Acties!A2")]


@pytest.mark.parametrize(
    ("written", "strategies"),
    [
        ("S1", ("S1",)),
        ("s 1", ("S1",)),
        ("S1; S2", ("S1", "S2")),
        ("S1. Korter wachten", ("S1",)),
        ("Korter wachten door sneller bouwen", ("S1",)),
        ("Iets heel anders", ("Iets heel anders",)),
        ("-", ()),
    ],
)
def test_strategies_are_named_by_id_or_text(
    tmp_path: Path, written: str, strategies: tuple[str, ...]
) -> None:
    """The ID, several, the text of the strategy; an unknown text stays for the checks to report."""
    read = read_actions(tmp_path, ACTIONS, ["A1", "Bellen", written])
    assert read.plan.actions[0].strategies == strategies


# IDs


def test_missing_ids_are_proposed_and_reported(tmp_path: Path) -> None:
    """A row without an ID gets the next number, also counting IDs that only the history still knows."""
    read = read_sheets(
        tmp_path,
        dutch(
            Acties=[ACTIONS, ["A3", "Bellen"], [None, "Mailen"], ["-", "Schrijven", None, "Anna"]],
            Rapportages=[["ID", "Datum", "Over"], ["R1", DAY, "A7"]],
        ),
    )
    assert [action.id for action in read.plan.actions] == ["A3", "A8", "A9"]
    assert read.proposed_ids == {CellRef("Acties", 3, 1): "A8", CellRef("Acties", 4, 1): "A9"}
    assert [(f.code, str(f.where), f.severity, f.item) for f in read.findings if f.code == "OX109"] == [
        ("OX109", "Acties!A3", Severity.HINT, "A8"),
        ("OX109", "Acties!A4", Severity.HINT, "A9"),
    ]


def test_a_row_without_id_is_told_which_id_is_named_and_nowhere(tmp_path: Path) -> None:
    """Actions that serve S1 while no strategy has that ID: the strategy gets no guessed ID, but its finding says it all."""
    strategies: Rows = [
        ["ID", "Strategie", "Eigenaar"],
        [None, "Korter wachten", "Anna"],
        ["S2", "Zuiniger", "Anna"],
    ]
    actions = [ACTIONS, ["A1", "Bellen", "S1; S2", "Anna"], ["A2", "Mailen", "S1", "Anna"]]
    read = read_sheets(tmp_path, dutch(Strategieën=strategies, Acties=actions))
    (found,) = [f for f in read.findings if f.where and f.where.sheet == "Strategieën" and f.code != "OX106"]
    assert (found.code, found.where and found.where.address, found.severity) == (
        "OX119",
        "A2",
        Severity.WARNING,
    )
    assert "Elders wordt S1 genoemd" in found.message.nl
    assert "anders wordt S3 ingevuld" in found.fix.nl


def test_a_new_plan_without_ids_is_numbered_from_its_first_row(tmp_path: Path) -> None:
    """Actions that serve S1 and S2 mean the first and the second strategy, where none has an ID and no history knows better."""
    strategies: Rows = [
        ["ID", "Strategie", "Eigenaar"],
        [None, "Korter wachten", "Anna"],
        [None, "Zuiniger", "Bram"],
    ]
    actions: Rows = [ACTIONS, [None, "Bellen", "S2", "Anna"], [None, "Mailen", "S1", "Anna"]]
    read = read_sheets(tmp_path, dutch(Strategieën=strategies, Acties=actions))
    assert [each.id for each in read.plan.items] == ["S1", "S2", "A1", "A2"]
    assert "OX119" not in {finding.code for finding in read.findings}
    beyond: Rows = [ACTIONS, [None, "Bellen", "S3", "Anna"]]
    read = read_sheets(tmp_path, dutch(Strategieën=strategies, Acties=beyond))
    assert [each.id for each in read.plan.strategies] == ["S4", "S5"]
    history: Rows = [["ID", "Datum", "Over"], ["R1", DAY, "S2"]]
    read = read_sheets(tmp_path, dutch(Strategieën=strategies, Acties=actions, Rapportages=history))
    assert [each.id for each in read.plan.strategies] == ["S3", "S4"]


def test_an_id_in_front_of_the_text_is_not_missed(tmp_path: Path) -> None:
    """The strategy that begins with "S1." is the one that actions call S1: it gets that ID, and a hint."""
    strategies: Rows = [["ID", "Strategie", "Eigenaar"], [None, "S1. Korter wachten", "Anna"]]
    read = read_sheets(
        tmp_path, dutch(Strategieën=strategies, Acties=[ACTIONS, ["A1", "Bellen", "S1", "Anna"]])
    )
    assert [f.code for f in read.findings if f.where and f.where.sheet == "Strategieën"] == ["OX106", "OX109"]


def test_an_id_in_front_of_the_text_is_proposed(tmp_path: Path) -> None:
    """Who writes "S2. Sneller bouwen" already has an ID."""
    read = read_sheets(
        tmp_path, {**DUTCH, "Strategieën": [["ID", "Strategie", "Eigenaar"], [None, "S2. Sneller bouwen", "Anna"], [None, "Meer geld", "Anna"]]}
    )  # fmt: skip
    assert [s.id for s in read.plan.strategies] == ["S2", "S3"]


def test_without_an_id_column_rows_have_ids_and_the_plan_a_finding(tmp_path: Path) -> None:
    """The actions can be read, but there is no cell to write their IDs in."""
    read = read_actions(tmp_path, ACTIONS[1:], ["Bellen", "S1", "Anna"], ["Mailen"])
    assert [(a.id, a.text) for a in read.plan.actions] == [("A1", "Bellen"), ("A2", "Mailen")]
    assert read.proposed_ids == {}
    assert found_in(read) == [("OX107", "Acties!A1")]


def test_a_duplicate_id_names_both_cells(tmp_path: Path) -> None:
    """Both rows are read; the finding stands at the second and names the first."""
    read = read_actions(tmp_path, ACTIONS, ["A1", "Bellen"], ["A2", "Mailen"], ["a 1", "Schrijven"])
    assert texts(read) == ["Bellen", "Mailen", "Schrijven"]
    assert found_in(read) == [("OX110", "Acties!A4")]
    duplicate = next(finding for finding in read.findings if finding.code == "OX110")
    assert (duplicate.severity, "Acties!A2" in duplicate.message.nl) == (Severity.ERROR, True)
    assert "Geef een van de twee regels een eigen ID" in duplicate.fix.nl


def test_an_id_is_used_once_among_all_items(tmp_path: Path) -> None:
    """A strategy and an action can't have the same ID: a reply could mean either."""
    read = read_actions(tmp_path, ACTIONS, ["S1", "Bellen"])
    assert found_in(read) == [("OX110", "Acties!A2")]


# Workbooks that can't be used


def test_a_missing_sheet_is_named_with_what_to_do(tmp_path: Path) -> None:
    """Without sessions there is no rhythm: the sentence names the sheet, those that exist, and the headings needed."""
    sheets = {name: rows for name, rows in DUTCH.items() if name != "Sessies"}
    with pytest.raises(InputProblem) as caught:
        read_sheets(tmp_path, sheets)
    assert caught.value.text.nl == (
        "plan.xlsx: er is geen blad Sessies gevonden. De bladen heten: Strategieën, Acties, Personen, Rapportages. Voeg een "
        "blad Sessies toe met in elk geval de koppen Soort, Datum, of begin met het sjabloon."
    )


def test_a_missing_heading_is_named_with_those_found(tmp_path: Path) -> None:
    """A sheet without a column that the jobs need can't be used."""
    with pytest.raises(InputProblem) as caught:
        read_actions(tmp_path, ["Actieplan"], ["ID", "Actie", "Bedrag", "Deadline", "Status"])
    assert caught.value.text.nl == (
        "plan.xlsx, blad Acties: geen kolom gevonden voor Eigenaar. In rij 2 staan de koppen: ID, Actie, Bedrag, Deadline, "
        "Status. Geef de juiste kolom deze kop, of voeg hem toe."
    )


def test_an_empty_sheet_says_that_it_has_no_headings(tmp_path: Path) -> None:
    """A sheet with the right name and nothing on it gets the same sentence."""
    with pytest.raises(InputProblem, match="No headings were found"):
        read_sheets(tmp_path, dutch(Acties=[]))


@pytest.mark.parametrize("far", ["XFD1048576", "B1048576", "ZZZ3"])
def test_a_cell_far_away_is_refused_before_it_costs_memory(tmp_path: Path, far: str) -> None:
    """A few bytes that claim a million rows or thousands of columns get a sentence."""

    def write_far(workbook: Any) -> None:
        workbook.get_worksheet_by_name("Acties").write_string(far.replace("ZZZ3", "XFD300000"), "x")

    with pytest.raises(InputProblem, match="sheet Acties spans"):
        read_sheets(tmp_path, dutch(), write_far)


def test_a_macro_workbook_is_read(tmp_path: Path) -> None:
    """An .xlsm file is a workbook like any other."""
    path = write_sheets(tmp_path / "plan.xlsx", dutch(Acties=[ACTIONS, ["A1", "Bellen"]]))
    workbook = openpyxl.load_workbook(path)
    workbook.template = False
    macro = tmp_path / "plan.xlsm"
    workbook.save(macro)
    assert texts(read_plan(macro)) == ["Bellen"]


def test_what_is_no_workbook_gets_a_sentence(tmp_path: Path) -> None:
    """A text file with the right name is refused by name."""
    path = tmp_path / "plan.xlsx"
    path.write_text("ID;Actie", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"plan\.xlsx is no Excel workbook"):
        read_plan(path)
