"""The session workbook: what stands on each of its sheets, for small plans written out in the test."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Read
from openpyxl.worksheet.worksheet import Worksheet

from ogsm_xl.example import EXAMPLE_SESSION, example_plan
from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.cells import RowRef, TablePlace
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem, Problem
from ogsm_xl.plan.words import Language, Status, TrafficLight
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.changes import Change, ChangeKind, PlanChanges, Was, changes_between, snapshot_of
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of
from tests.support.session_books import filled_rows, table_cells

# openpyxl does not know the newer kind of progress bars, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 6, 9, 8)

PLAN = """
    objective O1 Anna "Iedereen een huis" organisation=Woonfonds
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Korter wachten door sneller te bouwen" red
    strategy  S2 Bram "Goede buurten door samen te werken"
    action    A1 Bram S1 "Website vernieuwd" 2026-01-05..2026-05-31 in_progress 60% orange update="Half klaar" next="De rest" needed="Een tester" updated_on=2026-06-05
    action    A2 Anna S1 "Grond gekocht" 2026-01-05..2026-06-30 in_progress 20% red update="Eigenaar wil niet" proposal="Andere plek" updated_on=2026-06-05
    action    A3 Bram S1 "Vergunning binnen" 2026-01-05..2026-09-30 in_progress 10% green updated_on=2026-03-01
    action    A4 Bram S2 "Buurtfeest gehouden" 2026-01-05..2026-05-20 done 100% green update="120 bewoners" done_on=2026-05-21
    action    A5 Anna S2 "Wijkplan vastgesteld" 2026-01-05..2026-10-01 in_progress 50% green updated_on=2026-06-05
    action    A6 Anna S2 "Chatbot" parked
    action    A7 Anna S2 "Enquête gehouden" 2026-09-01..2026-12-01 to_do
    session   SES1 doing 2026-05-14 10:00
    session   SES2 doing 2026-06-11 10:00 minutes=60 place="Zaal Beuk"
    report    A1 2026-04-08 SES1 Bram green 20% in_progress
    report    A1 2026-05-12 SES1 Bram orange 40% in_progress done="Begonnen"
    report    A1 2026-06-05 SES2 Bram orange 60% in_progress done="Half klaar" next="De rest" needed="Een tester"
    report    A2 2026-05-12 SES1 Anna green 10% in_progress
    report    A2 2026-06-05 SES2 Anna red 20% in_progress done="Eigenaar wil niet" proposal="Andere plek"
    report    A3 2026-03-01 SES1 Bram green 10% in_progress
    report    A4 2026-05-21 SES2 Bram green 100% done
    report    A5 2026-06-05 SES2 Anna green 50% in_progress
    decision  A1 2026-05-14 SES1 Bram text="Bram zoekt een tester" deadline=2026-05-20
"""  # fmt: skip


def written(
    folder: Path,
    plan: Plan,
    *,
    now: datetime = NOW,
    session: str = "SES2",
    plan_address: str = "",
    changes: PlanChanges | None = None,
) -> Path:
    """The plan's session workbook, in the plan's language."""
    found = plan.session(session)
    assert found is not None
    agenda = doing_agenda(plan, found, now, RhythmSettings())
    status = process_status(plan, found, now, RhythmSettings())
    file = folder / "session.xlsx"
    write_session_workbook(
        file,
        plan,
        agenda,
        status,
        language=plan.language,
        now=now,
        plan_address=plan_address,
        changes=changes,
    )
    return file


def read(folder: Path, lines: str = PLAN, language: Language = Language.NL) -> Read:
    """The session workbook of a plan, read back."""
    return openpyxl.load_workbook(written(folder, plan_of(lines, language)))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The session workbook of the plan above."""
    return read(tmp_path_factory.mktemp("session"))


def texts(sheet: Worksheet) -> list[str]:
    """Everything that stands on a sheet, row by row."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def card(book: Read, action: str) -> list[list[Any]]:
    """The rows of the card of an action, up to the row in which the session types."""
    found = filled_rows(book.worksheets[1])
    last = next(index for index, row in enumerate(found) if row[0] == action)
    why = max(index for index in range(last) if str(found[index][0]).startswith("Waarom hier?"))
    return found[why - 1 : last + 1]


def named(book: Read, name: str) -> list[Any]:
    """The cells of a defined name that is one column."""
    sheet, cells = next(book.defined_names[name].destinations)
    return [row[0] for row in book[sheet][cells]]


# The workbook


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        (
            Language.NL,
            ["Voorblad", "Bespreken", "Afgerond sinds vorige keer", "Actieplan", "Wijzigingen", "Alle verslagen", "Wie heeft gerapporteerd"],
        ),
        (
            Language.EN,
            ["Cover", "To discuss", "Done since last time", "Action plan", "Changes", "All reports", "Who reported"],
        ),
    ],
)  # fmt: skip
def test_the_sheets(tmp_path: Path, language: Language, sheets: list[str]) -> None:
    """Seven sheets are in view, named in the workbook's language; the list of names for a dropdown is not."""
    book = read(tmp_path, language=language)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == sheets


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Written twice, the two files are equal byte by byte."""
    plan = plan_of(PLAN)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, second = written(tmp_path / "one", plan), written(tmp_path / "two", plan)
    assert first.read_bytes() == second.read_bytes()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    """What a session had on its screen is kept as it was."""
    (tmp_path / "session.xlsx").write_text("kept", encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        written(tmp_path, plan_of(PLAN))
    assert "bestaat al" in problem.value.sentence(Language.NL)
    assert (tmp_path / "session.xlsx").read_text(encoding="utf-8") == "kept"


def test_the_folder_is_made(tmp_path: Path) -> None:
    """A folder that is not there yet is made, and nothing but the workbook stays in it."""
    file = written(tmp_path / "2026" / "june", plan_of(PLAN))
    assert [found.name for found in file.parent.iterdir()] == ["session.xlsx"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the sentence names the file and what to check."""
    (tmp_path / "2026").write_text("", encoding="utf-8")
    with pytest.raises(Problem) as problem:
        written(tmp_path / "2026", plan_of(PLAN))
    assert "session.xlsx" in problem.value.sentence(Language.NL)
    assert "Controleer de map" in problem.value.sentence(Language.NL)


def test_every_sheet_prints_on_the_width_of_a_page(book: Read) -> None:
    """Landscape, one page wide, as many high as needed; below the cover the head is repeated and stays in view."""
    for sheet in book.worksheets[:7]:
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", None, 0)
        pages = sheet.sheet_properties.pageSetUpPr
        assert pages is not None
        assert pages.fitToPage
        if sheet.title != "Voorblad":
            assert sheet.freeze_panes is not None
            assert str(sheet.print_title_rows).startswith("$1:")


def test_links_lead_from_the_cover_and_back(book: Read) -> None:
    """The cover leads to every sheet, strategy and card; every sheet leads back to the cover."""
    cover = links(book["Voorblad"])
    for name in ("A1", "A2", "A3"):
        place, cell = cover[name].split("!")
        assert book[place][cell.replace("A", "B")].value == card(book, name)[0][0]
    assert book["Bespreken"][cover["S1"].split("!")[1].replace("A", "B")].value == "S1"
    names = {target.split("!")[0].strip("'") for target in cover.values()}
    assert names == {sheet.title for sheet in book.worksheets[1:7]}
    for sheet in book.worksheets[1:7]:
        assert links(sheet) == {"← Voorblad": "Voorblad!A1"}


def links(sheet: Worksheet) -> dict[str, str]:
    """The links on a sheet: what they say, and where they lead."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return {str(cell.value): str(cell.hyperlink.location) for cell in cells if cell.hyperlink}


# The cover


def test_the_cover_names_the_session(book: Read) -> None:
    """Kind, day, hours, place, and the ambition with whose it is."""
    found = texts(book["Voorblad"])
    assert found[:3] == [
        "Doensessie",
        "donderdag 11 juni 2026   ·   10:00 – 11:00 uur   ·   Zaal Beuk",
        "Woonfonds: Iedereen een huis",
    ]


def test_the_cover_counts(book: Read) -> None:
    """Four tiles: to discuss, done since, going well, and the share of actions with a current report."""
    found = filled_rows(book["Voorblad"])
    assert found[3:5] == [
        [3, 1, 1, 0.75],
        ["te bespreken", "afgerond sinds vorige keer", "gaat goed", "actueel verslag: 3 van 4"],
    ]


def test_the_cover_compares_the_lights(book: Read) -> None:
    """A tile for every light, its word and shape included: how many now, how many the previous time."""
    found = filled_rows(book["Voorblad"])
    assert found[6:9] == [
        ["■ Rood", "▲ Oranje", "? Onbekend", "● Groen"],
        [1, 1, 0, 2],
        ["vorige keer 0, nu 1 meer", "vorige keer ook 1", "vorige keer 2, nu 2 minder", "vorige keer ook 2"],
    ]  # fmt: skip


def test_without_history_there_is_no_comparison(tmp_path: Path) -> None:
    """Where no earlier session is known, the tiles say so."""
    plan = """
        action  A1 Bram "Website vernieuwd" 2026-01-05..2026-05-31 in_progress orange
        session SES2 doing 2026-06-11
    """
    assert filled_rows(read(tmp_path, plan)["Voorblad"])[7] == ["geen vorige sessie bekend"] * 4


def test_the_agenda_has_times_and_minutes(book: Read) -> None:
    """From welcome to closing, each part with its time and minutes; the strategies to discuss by name."""
    sheet = book["Voorblad"]
    agenda = [[cell.value for cell in row[1:5]] for row in sheet.iter_rows() if "min" in str(row[2].value)]
    assert agenda == [
        ["10:00", "5 min", None, "Welkom: hoe staan we ervoor?"],
        ["10:05", "2 min", "→", "Afgerond sinds vorige keer: is al het werk gedaan?"],
        ["10:07", "48 min", "S1", "Korter wachten door sneller te bouwen (3)"],
        ["10:55", "5 min", None, "Besluiten doornemen en afsluiten"],
    ]


def test_the_cover_names_what_goes_well(book: Read) -> None:
    """What stays off the list is named with its owner."""
    assert "●  Wijkplan vastgesteld (Anna)" in texts(book["Voorblad"])


def test_the_cover_lists_what_is_discussed(book: Read) -> None:
    """A line an action, red first: light, number, text, owner, and why it is there."""
    found = filled_rows(book["Voorblad"])
    first = found.index(["Dit bespreken we"]) + 1
    assert found[first : first + 3] == [
        ["■ Rood", "A2", "Grond gekocht", "Anna", "Rood: keuze nodig"],
        ["▲ Oranje", "A1", "Website vernieuwd", "Bram", "Oranje: ingrijpen nodig"],
        ["● Groen", "A3", "Vergunning binnen", "Bram", "Geen actueel verslag (laatste 1 maart)"],
    ]


# To discuss


def test_a_card_tells_all_about_an_action(book: Read) -> None:
    """Light, text, owner, deadline, progress; why it is here; earlier decision; what was told; the lights before."""
    assert card(book, "A1") == [
        ["▲ Oranje", "Website vernieuwd", "Bram", datetime(2026, 5, 31), 0.6],
        ["Waarom hier?  Oranje: ingrijpen nodig", "verslag van 5 juni", "! 9 dagen te laat"],
        ["Besloten op 14 mei: Bram zoekt een tester (Bram, uiterlijk 20 mei)"],
        ["Eerder", "Wat is er gedaan", "Komende periode", "Nodig van het team", "Voorgestelde wijziging"],
        ["▲ Oranje\n● Groen", "Half klaar", "De rest", "Een tester", "–"],
        ["✎ Oorzaak", "✎ Besluit: wat doen we eraan?", "✎ Nieuwe deadline", "✎ Wie"],
        ["A1", "A1"],
    ]


def test_cards_stand_under_their_strategy_red_first(book: Read) -> None:
    """The strategy with its driver, then red, orange, and what has no current report; the head counts the lights."""
    sheet = book["Bespreken"]
    assert filled_rows(sheet)[:2] == [
        ["Bespreken", "■ Rood: 1     ▲ Oranje: 1     ● Groen: 1", "← Voorblad"],
        ["S1", "Korter wachten door sneller te bouwen", "Aanjager: Anna"],
    ]
    titles = ("Grond gekocht", "Website vernieuwd", "Vergunning binnen")
    assert [text for text in texts(sheet) if text in titles] == list(titles)


def test_a_report_that_has_not_reached_the_row_is_shown(tmp_path: Path) -> None:
    """What was mailed after the row was last updated is what the card tells, and who told it."""
    plan = """
        action  A1 Bram "Website vernieuwd" 2026-01-05..2026-06-30 in_progress orange update="Oud" updated_on=2026-05-01
        session SES2 doing 2026-06-11
        report  A1 2026-06-08 Anna orange done="Nieuw"
    """
    found = card(read(tmp_path, plan), "A1")
    assert found[1][1] == "verslag van 8 juni, door Anna"
    assert found[3] == ["Nieuw", "–", "–", "–"]


def test_missing_owner_deadline_and_light_are_said(tmp_path: Path) -> None:
    """Nothing is left blank that ought to be there."""
    plan = """
        action  A1 "Website vernieuwd" 2026-01-05.. in_progress
        session SES2 doing 2026-06-11
    """
    sheet = read(tmp_path, plan)["Bespreken"]
    assert filled_rows(sheet)[1:4] == [
        ["Zonder strategie"],
        ["? Onbekend", "Website vernieuwd", "Geen eigenaar", "Geen deadline"],
        ["Waarom hier?  Geen verkeerslicht: onbekend hoe het staat  ·  Nog geen verslag"],
    ]


def test_what_the_session_types_can_be_read_back(tmp_path: Path) -> None:
    """The five names are one column each, of the same rows; a row with an ID holds what was typed about that action."""
    file = written(tmp_path, plan_of(PLAN))
    book = openpyxl.load_workbook(file)
    names = ("item", "cause", "decision", "deadline", "who")
    columns = {name: named(book, f"Discuss_{name}") for name in names}
    row = next(index for index, cell in enumerate(columns["item"]) if cell.value == "A1")
    columns["cause"][row].value = "Ziekte"
    columns["decision"][row].value = "Uitbesteden"
    columns["deadline"][row].value = datetime(2026, 8, 1)
    columns["who"][row].value = "Anna"
    book.save(file)
    again = openpyxl.load_workbook(file)
    cells = zip(*(named(again, f"Discuss_{name}") for name in names), strict=True)
    typed = [tuple(cell.value for cell in row) for row in cells if row[0].value]
    assert typed == [
        ("A2", None, None, None, None),
        ("A1", "Ziekte", "Uitbesteden", datetime(2026, 8, 1), "Anna"),
        ("A3", None, None, None, None),
    ]


def test_what_is_typed_as_text_stays_text(tmp_path: Path) -> None:
    """Elsewhere Excel makes a formula of `- Anna belt`; the new deadline alone is no text."""
    book = openpyxl.load_workbook(written(tmp_path, plan_of(PLAN)))
    names = ("cause", "decision", "deadline", "who")
    row = next(index for index, cell in enumerate(named(book, "Discuss_item")) if cell.value == "A1")
    formats = {name: named(book, f"Discuss_{name}")[row].number_format for name in names}
    assert formats == {"cause": "@", "decision": "@", "deadline": "dd-mm-yyyy", "who": "@"}


def test_the_people_can_be_chosen(book: Read) -> None:
    """The cell for who offers the names of the people; another name is allowed after a warning."""
    choices = [v for v in book["Bespreken"].data_validations.dataValidation if v.type == "list"]
    assert {(v.formula1, v.errorStyle) for v in choices} == {("Discuss_people", "warning")}
    assert [cell.value for cell in named(book, "Discuss_people")] == ["Anna", "Bram"]


def test_essential_texts_can_be_read_from_the_back(book: Read) -> None:
    """Nothing on the cards is smaller than 14 points."""
    sheet = book["Bespreken"]
    small = {
        str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.column > 1 and (cell.font.sz or 0) < 14
    }
    assert small == set()


def test_nothing_to_discuss_is_said(tmp_path: Path) -> None:
    """Where all goes well the sheet says so."""
    plan = """
        action  A1 Bram "Website vernieuwd" 2026-01-05..2026-06-30 in_progress green
        session SES2 doing 2026-06-11
        report  A1 2026-06-08 Bram green
    """
    assert filled_rows(read(tmp_path, plan)["Bespreken"])[1:] == [
        ["Er is niets te bespreken: alles wat loopt staat op groen en heeft een actueel verslag."]
    ]


# Done since last time


def test_done_actions_wait_for_a_check(book: Read) -> None:
    """A row an action, why it is there, its result, and two cells to fill in."""
    heading, *lines = table_cells(book, "Done_check")
    assert heading[-2:] == ("✎ Alles gedaan?", "✎ Wat nog moet")
    why = "Afgerond op 21 mei: is al het werk gedaan?"
    assert lines == [("A4", "Buurtfeest gehouden", "Bram", datetime(2026, 5, 20), why, "120 bewoners", None, None)]  # fmt: skip


def test_done_without_a_date_is_checked_too(tmp_path: Path) -> None:
    """An action that nothing tells when it was done is shown with that reason."""
    plan = """
        action  A1 Bram "Website vernieuwd" 2026-01-05..2026-06-30 done
        session SES2 doing 2026-06-11
    """
    lines = table_cells(read(tmp_path, plan), "Done_check")
    assert lines[1][4] == "Afgerond, maar niet bekend wanneer"


# Action plan


def board(sheet: Worksheet) -> list[list[str]]:
    """The rows of cards: what stands beside one another in the three columns."""
    columns = ((2, 3), (5, 6), (8, 9))
    found = [
        [" | ".join(str(sheet.cell(row, column).value or "") for column in pair) for pair in columns]
        for row in range(3, sheet.max_row + 1)
    ]
    return [[cell if cell != " | " else "" for cell in row] for row in found]


def test_the_board_has_a_card_for_every_action_that_is_not_parked(book: Read) -> None:
    """In the column of its status, under its strategy; light and number at the left, never colour alone."""
    sheet = book["Actieplan"]
    assert filled_rows(sheet)[1] == ["○  Nog te doen (1)", "►  Mee bezig (4)", "√  Afgerond (1)"]
    cards = [row for row in board(sheet) if any("\n" in cell for cell in row)]
    assert cards == [
        ["", "■ Rood\nA2 | Grond gekocht\nAnna · 30-06-2026 · 20%", ""],
        ["", "▲ Oranje\nA1 | Website vernieuwd\nBram · ! 31-05-2026 · 60%", ""],
        ["", "● Groen\nA3 | Vergunning binnen\nBram · 30-09-2026 · 10%", ""],
        [
            "A7 | Enquête gehouden\nAnna · 01-09-2026 → 01-12-2026",
            "● Groen\nA5 | Wijkplan vastgesteld\nAnna · 01-10-2026 · 50%",
            "√\nA4 | Buurtfeest gehouden\nBram · afgerond op 21-05-2026",
        ],
    ]


def test_of_much_that_is_done_the_latest_have_a_card(tmp_path: Path) -> None:
    """At least three, newest first, or as many as are under way; the others are named beneath them."""
    done = [f'action A{n} Anna S1 "Klus {n}" done 100% done_on=2026-0{n}-01' for n in range(1, 6)]
    plan = plan_of("\n".join(['strategy S1 Anna "Korter wachten"', *done, "session SES2 doing 2026-06-11"]))
    cards = board(openpyxl.load_workbook(written(tmp_path, plan))["Actieplan"])
    assert [card for *_, card in cards if card] == [
        "√\nA5 | Klus 5\nAnna · afgerond op 01-05-2026",
        "√\nA4 | Klus 4\nAnna · afgerond op 01-04-2026",
        "√\nA3 | Klus 3\nAnna · afgerond op 01-03-2026",
        "Eerder afgerond: A2, A1 | ",
    ]


def test_parked_actions_are_named_below_the_board(book: Read) -> None:
    """They are not on the board, and nobody has to wonder where they are."""
    assert filled_rows(book["Actieplan"])[-1] == ["Geparkeerd, niet op het bord: A6"]


# All reports


def test_reports_stand_newest_first_in_a_table(book: Read) -> None:
    """One row a report, with the text of what it is about; a native table, so that it can be filtered."""
    lines = table_cells(book, "All_reports")
    assert len(lines) == 1 + 8
    assert lines[1] == (
        datetime(2026, 6, 5), "SES2", "A1", "Website vernieuwd", "Bram", "Oranje", "Mee bezig", 0.6,
        "Half klaar", "De rest", "Een tester", None, None,
    )  # fmt: skip
    days = [line[0] for line in lines[1:]]
    assert days == sorted(days, reverse=True)


def test_a_report_on_something_unknown_is_kept(tmp_path: Path) -> None:
    """A report on an item that is not in the plan any more is still among the reports."""
    plan = """
        session SES2 doing 2026-06-11
        report  A9 2026-06-08 Bram green done="Klaar"
    """
    lines = table_cells(read(tmp_path, plan), "All_reports")
    assert lines[1][2:5] == ("A9", None, "Bram")


# Who reported


def test_who_still_owes_comes_first(book: Read) -> None:
    """Per owner: the state in words, asked, in, to come, the latest report, and what is missing."""
    sheet = book["Wie heeft gerapporteerd"]
    assert filled_rows(sheet)[0][1] == "3 van 4 gevraagde verslagen zijn binnen"
    assert table_cells(book, "Who_reported")[1:] == [
        ("Bram", "… nog 1 verslag", 2, 1, 1, datetime(2026, 6, 5), "A3   Vergunning binnen"),
        ("Anna", "√ alles binnen", 2, 2, 0, datetime(2026, 6, 5), None),
    ]


def test_whom_nobody_can_ask(tmp_path: Path) -> None:
    """Actions without an owner, or whose owner is not among the people, are named."""
    plan = """
        action  A1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress orange
        action  A2 Carla "Grond gekocht" 2026-01-05..2026-06-30 in_progress orange
        session SES2 doing 2026-06-11
    """
    book = read(tmp_path, plan)
    assert table_cells(book, "Who_reported")[1][:2] == ("Carla", "! staat niet bij de personen")
    assert filled_rows(book["Wie heeft gerapporteerd"])[-2:] == [
        ["A1   Website vernieuwd"],
        ["A2   Grond gekocht   (Carla)"],
    ]


def test_the_share_over_time_is_a_chart(book: Read) -> None:
    """A native chart of the share that was current at each session held, with its figures beside it."""
    sheet = book["Wie heeft gerapporteerd"]
    assert filled_rows(sheet)[-1] == ["14-05-2026", "Doensessie: 2 van 5", 0.4]
    assert len(getattr(sheet, "_charts", [])) == 1


# All together


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice's soffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """LibreOffice opens the example's workbooks in both languages and sees in every cell what was written there."""
    files = []
    for language in Language:
        plan = example_plan(language)
        (tmp_path / language.value).mkdir()
        file = written(tmp_path / language.value, plan, now=datetime(2026, 9, 8, 9), session=EXAMPLE_SESSION)
        files.append(file.rename(tmp_path / f"{language.value}.xlsx"))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "opened")]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)
    for file in files:
        before, after = openpyxl.load_workbook(file), openpyxl.load_workbook(tmp_path / "opened" / file.name)
        assert {sheet.title: filled_rows(sheet) for sheet in before} == {
            sheet.title: filled_rows(sheet) for sheet in after
        }


# Links to the plan


def with_places(plan: Plan) -> Plan:
    """The plan as it stands in a workbook: its actions from row 5 on, the text in column C."""
    place = TablePlace("Acties 2026", 4, {"id": 1, "text": 3})
    actions = (
        dataclasses.replace(action, row=RowRef(place, number))
        for number, action in enumerate(plan.actions, 5)
    )
    return dataclasses.replace(plan, actions=tuple(actions))


def plan_links(folder: Path, address: str) -> dict[str, tuple[str, str | None]]:
    """Of the cells that lead to the plan: what they say, and where they lead."""
    file = written(folder, with_places(plan_of(PLAN)), plan_address=address)
    cells = [c for s in openpyxl.load_workbook(file) for row in s.iter_rows() for c in row]
    found = {str(c.value): c.hyperlink for c in cells if c.hyperlink and c.hyperlink.target}
    return {text: (str(link.target), link.location) for text, link in found.items()}


def test_a_card_leads_to_its_row_in_the_plan(tmp_path: Path) -> None:
    """The number of an action, on its card or in a table, leads to its row; without an address nothing does."""
    assert plan_links(tmp_path, "../plan.xlsx") == {
        "A1": (r"..\plan.xlsx", "'Acties 2026'!C5"),
        "A2": (r"..\plan.xlsx", "'Acties 2026'!C6"),
        "A3": (r"..\plan.xlsx", "'Acties 2026'!C7"),
        "A4": (r"..\plan.xlsx", "'Acties 2026'!C8"),
    }
    (tmp_path / "session.xlsx").unlink()
    assert plan_links(tmp_path, "") == {}


def test_a_web_address_goes_before_a_path(tmp_path: Path) -> None:
    """Excel on the web opens the workbook at the row."""
    url = "https://example.sharepoint.com/_layouts/15/Doc.aspx?sourcedoc=1"
    assert plan_links(tmp_path, url)["A1"] == (f"{url}&activeCell=%27Acties%202026%27%21C5", None)


# Changes of the plan


def changed(folder: Path) -> Read:
    """The workbook where the plan changed since the session before."""
    before = plan_of(
        PLAN.replace("2026-01-05..2026-05-31", "2026-01-05..2026-04-30").replace(
            "Grond gekocht", "Grond bekeken"
        )
    )
    found = changes_between(snapshot_of(before), snapshot_of(plan_of(PLAN)))
    file = written(folder, plan_of(PLAN), changes=PlanChanges(date(2026, 5, 14), found))
    return openpyxl.load_workbook(file)


def test_changes_are_listed(tmp_path: Path) -> None:
    """Each with what it was and what it is; the head counts them."""
    book = changed(tmp_path)
    assert filled_rows(book["Wijzigingen"])[0][1] == "2 wijzigingen in het plan sinds 14-05-2026"
    assert table_cells(book, "Changes")[1:] == [
        ("A1", "Website vernieuwd", "Datum verschoven", "30-04-2026", "31-05-2026"),
        ("A2", "Grond gekocht", "Anders verwoord", "Grond bekeken", "Grond gekocht"),
    ]
    assert "→ Wijzigingen (2)" in texts(book["Voorblad"])


def test_a_card_says_what_its_deadline_was(tmp_path: Path) -> None:
    """A date that moved without a word shows."""
    assert card(changed(tmp_path), "A1")[1][2] == "! 9 dagen te laat\ndeadline was 30-04-2026"


def test_without_changes_the_sheet_says_so(book: Read, tmp_path: Path) -> None:
    """Also where nobody kept how the plan was."""
    assert "Er is nog geen eerdere stand" in texts(book["Wijzigingen"])[-1]
    file = written(tmp_path, plan_of(PLAN), changes=PlanChanges(date(2026, 5, 14)))
    said = texts(openpyxl.load_workbook(file)["Wijzigingen"])[-1]
    assert said == "Het plan is niet veranderd sinds 14-05-2026."


@pytest.mark.parametrize(
    ("kind", "was", "shown"),
    [
        (ChangeKind.LIGHT, TrafficLight.GREEN, "● Groen"),
        (ChangeKind.LIGHT, None, "(leeg)"),
        (ChangeKind.STATUS, Status.PARKED, "Geparkeerd"),
        (ChangeKind.TARGET, 7.5, "7,5"),
        (ChangeKind.TARGET, (5.0, None), "5 tot …"),
        (ChangeKind.OWNER, "=1+1", "=1+1"),
    ],
)
def test_what_something_was_is_said_in_words(tmp_path: Path, kind: ChangeKind, was: Was, shown: str) -> None:
    """A light with its shape, a date as dates are, a blank as blank."""
    changes = PlanChanges(date(2026, 5, 14), (Change(kind, "A1", "Website", was, was),))
    book = openpyxl.load_workbook(written(tmp_path, plan_of(PLAN), changes=changes))
    assert table_cells(book, "Changes")[1][3:] == (shown, shown)


def test_the_cover_says_when_it_was_made(tmp_path: Path) -> None:
    """A workbook made after its session shows the plan as it was then, and says so."""
    plan = plan_of(PLAN)
    before = openpyxl.load_workbook(written(tmp_path, plan))["Voorblad"]
    assert "Gemaakt op 09-06-2026 om 08:00. Lees dit vooraf: dan gaat de sessie over besluiten." in texts(
        before
    )
    (tmp_path / "session.xlsx").unlink()
    after = openpyxl.load_workbook(written(tmp_path, plan, now=datetime(2026, 6, 20, 8)))["Voorblad"]
    assert "Gemaakt op 20-06-2026 om 08:00, na de sessie: dit is het plan zoals het toen was." in texts(after)
