"""The session workbook of plans that are empty, huge, or hold texts that nobody expected."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.model import Action, Objective, Person, Plan, Report, Session, Strategy
from ogsm_xl.plan.words import ItemKind, Language, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 6, 9, 8)
SESSION = Session("SES1", SessionKind.DOING, date(2026, 6, 11))
LONG = " ".join(f"Zin {number} over de gemeente, die nog niet heeft besloten." for number in range(100))[
    :5000
]


def written(folder: Path, plan: Plan) -> Path:
    """The plan's session workbook."""
    agenda = doing_agenda(plan, SESSION, NOW, RhythmSettings())
    status = process_status(plan, SESSION, NOW, RhythmSettings())
    file = folder / "session.xlsx"
    write_session_workbook(file, plan, agenda, status, language=Language.NL, now=NOW)
    return file


def plan_with(text: str) -> Plan:
    """A plan that has one text wherever a text can stand, and shows it on every sheet."""
    running = Action(
        "A1", text, ("S1",), text, status=Status.IN_PROGRESS, light=TrafficLight.RED, update=text, next=text,
        needed=text, proposal=text, updated_on=date(2026, 6, 8),
    )  # fmt: skip
    done = Action("A2", text, (text,), text, status=Status.DONE, update=text, done_on=date(2026, 6, 1))
    return Plan(
        objective=Objective("O1", text, organisation=text),
        strategies=(Strategy("S1", text, owner=text),),
        actions=(running, done),
        people=(Person(text, "anna@example.org"),),
        sessions=(SESSION,),
        reports=(
            Report(
                "R1", datetime(2026, 6, 1), "SES1", ItemKind.ACTION, "A1", text, done=text, next=text,
                needed=text, proposal=text,
            ),
        ),
    )  # fmt: skip


def parts(file: Path) -> dict[str, etree._Element]:
    """Every XML part of a workbook; fails where one is not well-formed."""
    with zipfile.ZipFile(file) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def column(sheet: Worksheet, letter: str) -> list[str]:
    """The texts in a column."""
    return [str(cell.value) for cell in sheet[letter] if cell.value is not None]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://example.org","klik")',
        "{=1+1}",
        "+31 6 12345678",
        "-5",
        "@SUM(A1)",
        "https://example.org",
        "mailto:anna@example.org",
        "internal:Voorblad!A1",
        r"external:\\server\share",
        "<b>vet</b> & \"quotes\" 'enkel'",
        "#VERW!",
        "{name} {0} %s",
        "_x0041_",
    ],
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    """It never becomes a formula or a link to elsewhere, and is shown as it was written."""
    file = written(tmp_path, plan_with(text))
    found = parts(file)
    assert [name for name, part in found.items() if part.findall(".//{*}c/{*}f")] == []
    assert [name for name, part in found.items() if part.findall(".//*[@TargetMode='External']")] == []
    reports = CalamineWorkbook.from_path(file).get_sheet_by_name("Alle verslagen").to_python()
    assert reports[-1][-6:-1] == ["", text, text, text, text]


def test_characters_that_no_cell_can_hold(tmp_path: Path) -> None:
    """Halves of characters and non-characters are replaced; control characters are written as Excel does; line ends become Excel's."""
    file = written(tmp_path, plan_with("a\ud800b\uffffc\x07d\r\ne\rf"))
    parts(file)
    sheet = openpyxl.load_workbook(file)["Bespreken"]
    assert "a\ufffdb\ufffdc_x0007_d\ne\nf" in column(sheet, "D")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_workbook(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever is typed, every part is well-formed and every sheet can be read."""
    file = written(tmp_path_factory.mktemp("any"), plan_with(text))
    parts(file)
    book = CalamineWorkbook.from_path(file)
    assert len([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]) == 8


def test_long_texts_are_shown_whole(tmp_path: Path) -> None:
    """5,000 characters: on the card over several rows, in a table continued in the next row, which repeats its number."""
    book = openpyxl.load_workbook(written(tmp_path, plan_with(LONG)))
    discuss = book["Bespreken"]
    cells = [cell for cell in discuss["C"] if cell.value and len(cell.value) > 100 and cell.value in LONG]
    assert len(cells) > 1
    assert " ".join(cell.value for cell in cells) == LONG
    assert sum(discuss.row_dimensions[cell.row].height or 0 for cell in cells) > 70 * 14
    for title, name, text_column in (
        ("Afgerond sinds vorige keer", "Done_check", 5),
        ("Alle verslagen", "All_reports", 8),
    ):
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        lines = [[c.value for c in row] for row in sheet[sheet.tables[name].ref]][1:]
        assert len(lines) > 1
        assert " ".join(str(line[text_column]) for line in lines if line[text_column]) == LONG
        assert len({line[2 if name == "All_reports" else 0] for line in lines}) == 1


def test_no_row_is_higher_than_excel_allows(tmp_path: Path) -> None:
    """409 points is the most."""
    book = openpyxl.load_workbook(written(tmp_path, plan_with(LONG + "\n" * 200 + LONG)))
    heights = [d.height for sheet in book for d in sheet.row_dimensions.values() if d.height]
    assert max(heights) <= 409


def test_a_text_longer_than_a_cell_can_hold_goes_on_too(tmp_path: Path) -> None:
    """A cell holds 32,767 characters; on a card nothing is left out, and no character is cut in two."""
    text = "é😀" * 20_000
    action = Action("A1", "Kort", status=Status.IN_PROGRESS, update=text, updated_on=date(2026, 6, 8))
    sheet = openpyxl.load_workbook(written(tmp_path, Plan(actions=(action,), sessions=(SESSION,))))
    assert "".join(said for said in column(sheet["Bespreken"], "C") if "é" in said) == text


def test_an_empty_plan(tmp_path: Path) -> None:
    """Every sheet is there and says that there is nothing, without a figure that means nothing."""
    book = openpyxl.load_workbook(written(tmp_path, Plan(sessions=(SESSION,))))
    everything = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    for said in (
        "geen verslagen gevraagd",
        "Er is niets te bespreken: er lopen geen acties.",
        "Sinds de vorige sessie is er niets afgerond.",
        "Er staan nog geen acties in het plan.",
        "Er zijn nog geen verslagen.",
        "Voor deze sessie wordt niemand om een verslag gevraagd.",
    ):
        assert said in everything


def test_values_that_no_cell_can_hold(tmp_path: Path) -> None:
    """Days before Excel's calendar and numbers that are none become text."""
    day = date(1899, 12, 31)
    action = Action("A1", "Oud", status=Status.IN_PROGRESS, deadline=day, progress=250)
    report = Report("R1", datetime(2026, 6, 1), "", None, "A1", value=float("nan"))
    plan = Plan(actions=(action,), sessions=(SESSION,), reports=(report,))
    book = openpyxl.load_workbook(written(tmp_path, plan))
    assert "31-12-1899" in column(book["Bespreken"], "F")
    assert column(book["Alle verslagen"], "N")[-1] == "nan"


def test_two_thousand_actions(tmp_path: Path) -> None:
    """All of them are on the cards and on the board; the cover names some and counts the rest."""
    lights = (TrafficLight.RED, TrafficLight.ORANGE)
    strategies = tuple(Strategy(f"S{number}", f"Strategie {number}") for number in range(1, 6))
    actions = tuple(
        Action(
            f"A{number}", f"Actie {number} af", (f"S{number % 5 + 1}",), "Anna", status=Status.IN_PROGRESS,
            light=lights[number % 2],
        )
        for number in range(1, 2001)
    )  # fmt: skip
    plan = Plan(strategies=strategies, actions=actions, sessions=(SESSION,))
    book = CalamineWorkbook.from_path(written(tmp_path, plan))
    ids = [row[0] for row in book.get_sheet_by_name("Bespreken").to_python() if str(row[0]).startswith("A")]
    assert sorted(ids) == sorted(action.id for action in actions)
    board = [str(cell) for row in book.get_sheet_by_name("Actieplan").to_python() for cell in row]
    assert len([cell for cell in board if cell.startswith("Actie ")]) == 2000
    cover = [cell for row in book.get_sheet_by_name("Voorblad").to_python() for cell in row]
    assert "… en nog 1976, zie Bespreken" in cover
