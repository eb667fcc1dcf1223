"""The table of a plan as a file or a frame."""

from __future__ import annotations

import csv
import dataclasses
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from lxml import html

from ogsm_xl.cli import run
from ogsm_xl.ledger import Ledger
from ogsm_xl.ledger import Outcome as Read
from ogsm_xl.letters.rows import Coming
from ogsm_xl.plan.model import Report
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import ItemKind, Language
from ogsm_xl.rhythm.report import About, Choice
from ogsm_xl.usecases.outcome import Outcome
from ogsm_xl.usecases.report import frame, write_report
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 6, 9, 8)
PLAN = plan_of("""
    person    Anna anna@example.org
    person    Bert bert@example.org
    strategy  S1 Anna "Korter wachten" orange
    indicator I1 Anna S1 "De wachttijd" lower baseline=40 target=-2.5 actual=33
    action    A1 Anna S1 "=1+1" 2026-01-05..2026-06-30 in_progress 60% red update="<b>vet</b>; @x"
    action    A2 Anna S1 "Grond gekocht" 2026-04-01..2026-12-31 to_do
""")
CHOICE = Choice(columns=("id", "text", "deadline", "progress", "light"))


def write(place: Workplace, file: Path, choice: Choice) -> Outcome:
    """The table as a file."""
    with Ledger(place.config.ledger_file, read_only=True) as ledger:
        return write_report(place.config, ledger, file, choice, now=NOW)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def test_a_workbook_with_one_table(place: Workplace) -> None:
    """Dates are dates, progress is a share, text stays text; lights have their word."""
    file = place.folder / "report.xlsx"
    outcome = write(place, file, CHOICE)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet[sheet.tables["Report"].ref]]
    assert found == [
        ["Nr.", "Omschrijving", "Deadline", "Voortgang", "Licht"],
        ["A1", "=1+1", datetime(2026, 6, 30), 0.6, "Rood"],
        ["A2", "Grond gekocht", datetime(2026, 12, 31), None, None],
    ]
    assert sheet["B4"].data_type == "s"
    assert outcome.data["rows"] == 2


def test_an_empty_choice_gives_an_empty_table(place: Workplace) -> None:
    """A workbook all the same."""
    file = place.folder / "report.xlsx"
    write(place, file, Choice(since=date(2030, 1, 1)))
    assert openpyxl.load_workbook(file).worksheets[0].tables["Report"].ref == "A3:Q4"


def test_a_page(place: Workplace) -> None:
    """Every text escaped."""
    file = place.folder / "report.html"
    write(place, file, Choice(columns=("id", "update", "light")))
    text = file.read_text(encoding="utf-8")
    cells = [str(part) for part in html.fromstring(text.encode()).itertext("td")]
    assert cells[:3] == ["A1", "<b>vet</b>; @x", "■ Rood"]
    assert "<b>" not in text


def test_a_csv_that_no_spreadsheet_takes_for_formulas(place: Workplace) -> None:
    """A text that begins as a formula gets an apostrophe; numbers stay numbers, with the language's comma."""
    file = place.folder / "report.csv"
    write(place, file, CHOICE)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        found = list(csv.reader(opened, delimiter=";"))
    assert found == [
        ["Nr.", "Omschrijving", "Deadline", "Voortgang", "Licht"],
        ["A1", "'=1+1", "2026-06-30", "0,6", "Rood"],
        ["A2", "Grond gekocht", "2026-12-31", "", ""],
    ]
    figures = place.folder / "figures.csv"
    write(place, figures, Choice(About.INDICATORS, columns=("target",)))
    assert figures.read_text(encoding="utf-8-sig").splitlines() == ["Streefwaarde", "-2,5"]


def test_a_frame_to_calculate_with(place: Workplace) -> None:
    """Days are days and shares are numbers."""
    found = frame(place.workbook, CHOICE)
    assert list(found.columns) == list(CHOICE.columns)
    assert found["progress"].sum() == 0.6
    assert found["deadline"].max() == pd.Timestamp(2026, 12, 31)
    assert found["light"].iloc[0] == "Rood"
    assert len(frame(str(place.workbook))) == 2


@pytest.mark.parametrize("name", ["report.xlsx", "report.html", "report.csv"])
def test_an_existing_file_is_never_overwritten(place: Workplace, name: str) -> None:
    """It stays as it was."""
    (place.folder / name).write_text("kept", encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        write(place, place.folder / name, CHOICE)
    assert "bestaat al" in problem.value.sentence(Language.NL)
    assert (place.folder / name).read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("name", ["report.pdf", "report", "nowhere/report.csv", "nowhere/report.xlsx"])
def test_a_file_that_cannot_be_made_is_a_sentence(place: Workplace, name: str) -> None:
    """It names the file, and no error of the operating system in another language."""
    with pytest.raises(InputProblem) as problem:
        write(place, place.folder / name, CHOICE)
    sentence = problem.value.sentence(Language.NL)
    assert "report" in sentence
    assert "No such file" not in sentence
    assert ("nowhere bestaat niet" in sentence) == name.startswith("nowhere")


def test_the_command(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Every part of the choice is an option; a date that is none is a sentence."""
    file = place.folder / "report.csv"
    call = ["report", str(file), "--config", str(place.folder / "config.toml")]
    options = ["--strategy", "S1", "--owner", "Anna", "--light", "unknown", "--since", "2026-06-01", "--column", "id"]  # fmt: skip
    assert run([*call, *options, "--until", "2026-12-31"]) == 0
    assert file.read_text(encoding="utf-8-sig").splitlines() == ["Nr.", "A2"]
    assert run([*call, "--since", "juni"]) == 2
    assert "--since" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--owner", "Ana"], "Er is geen eigenaar 'Ana'. Wel: Anna, Bert."),
        (["--strategy", "S9"], "Er is geen strategie 'S9'. Wel: S1."),
        (["--light", "paars"], "Er is geen licht 'paars'. Wel: rood, groen, oranje, onbekend."),
        (["--label", "ict"], "Er is geen label 'ict'. Wel: geen."),
        (["--column", "Lichten"], "Er is geen kolom 'Lichten'. Wel: light, "),
        (
            ["--since", "2026-12-01", "--until", "2026-01-01"],
            "De periode begint op 2026-12-01 en eindigt eerder, op 2026-01-01.",
        ),
    ],
)
def test_a_choice_of_what_is_not_there_names_what_is(
    place: Workplace, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    """The nearest first, and no file is made."""
    file = place.folder / "report.csv"
    assert run(["report", str(file), "--config", str(place.folder / "config.toml"), *options]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not file.exists()


def test_a_column_named_twice_is_there_once(place: Workplace) -> None:
    """A table of Excel can't have two columns of one name."""
    file = place.folder / "report.xlsx"
    write(place, file, Choice(columns=("id", "text", "Nr.", "ID")))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    (table,) = sheet.tables.values()
    assert [column.name for column in table.tableColumns] == ["Nr.", "Omschrijving"]


def test_lights_and_columns_are_named_in_either_language(place: Workplace) -> None:
    """As they stand in the plan, or as they are called in every language."""
    call = ["report", "--config", str(place.folder / "config.toml"), "--column", "Nr."]
    for name, light in (("nl.csv", "Rood"), ("en.csv", "red")):
        assert run([*call, "--light", light, str(place.folder / name)]) == 0
        assert (place.folder / name).read_text(encoding="utf-8-sig").splitlines() == ["Nr.", "A1"]


def test_reports_that_wait_for_the_workbook_are_counted(place: Workplace) -> None:
    """As the process status counts them; a frame has them when it is told where the configuration is."""
    report = Report("", datetime(2026, 6, 8, 9), "", ItemKind.ACTION, "A2", "Anna", done="Getekend")
    with Ledger(place.config.ledger_file) as ledger:
        digest = ledger.store_incoming(b"mail", NOW)
        ledger.understood(
            digest, Read.ACCEPTED, sender="anna@example.org", subject="Re", reports={"k1": Coming(report)}
        )
    choice = Choice(About.REPORTS, columns=("item", "done"))
    file = place.folder / "report.csv"
    write(place, file, choice)
    assert file.read_text(encoding="utf-8-sig").splitlines() == ["Over;Gedaan", "A2;Getekend"]
    assert list(frame(place.folder / "config.toml", choice)["item"]) == ["A2"]
    assert len(frame(place.workbook, choice)) == 0


def test_a_text_higher_than_a_row_goes_on_in_the_next(tmp_path: Path) -> None:
    """With the row's words and days beside it, and no figure twice."""
    told = " ".join(f"zin{number}" for number in range(1000))
    action = dataclasses.replace(PLAN.actions[0], update=told)
    place = Workplace(tmp_path, dataclasses.replace(PLAN, actions=(action, PLAN.actions[1])))
    file = place.folder / "report.xlsx"
    write(place, file, Choice(columns=("id", "text", "progress", "update")))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["Report"].ref]][1:]
    parts = [row for row in rows if row[0] == "A1"]
    assert len(parts) > 1
    assert " ".join(str(part[3]) for part in parts) == told
    assert [part[2] for part in parts] == [0.6, *[None] * (len(parts) - 1)]
    assert all((sheet.row_dimensions[number].height or 0) <= 409 for number in range(4, sheet.max_row + 1))
