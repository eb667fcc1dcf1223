"""The table of a plan as a file or a frame."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from lxml import html

from ogsm_xl.cli import run
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.report import About, Choice
from ogsm_xl.usecases.report import frame, write_report
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 6, 9, 8)
PLAN = plan_of("""
    person    Anna anna@example.org
    strategy  S1 Anna "Korter wachten" orange
    indicator I1 Anna S1 "De wachttijd" lower baseline=40 target=-2.5 actual=33
    action    A1 Anna S1 "=1+1" 2026-01-05..2026-06-30 in_progress 60% red update="<b>vet</b>; @x"
    action    A2 Anna S1 "Grond gekocht" 2026-04-01..2026-12-31 to_do
""")
CHOICE = Choice(columns=("id", "text", "deadline", "progress", "light"))


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def test_a_workbook_with_one_table(place: Workplace) -> None:
    """Dates are dates, progress is a share, text stays text; lights have their word."""
    file = place.folder / "report.xlsx"
    outcome = write_report(place.workbook, file, CHOICE, now=NOW)
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
    write_report(place.workbook, file, Choice(labels=("nergens",)), now=NOW)
    assert openpyxl.load_workbook(file).worksheets[0].tables["Report"].ref == "A3:Q4"


def test_a_page(place: Workplace) -> None:
    """Every text escaped."""
    file = place.folder / "report.html"
    write_report(place.workbook, file, Choice(columns=("id", "update", "light")), now=NOW)
    text = file.read_text(encoding="utf-8")
    cells = [str(part) for part in html.fromstring(text.encode()).itertext("td")]
    assert cells[:3] == ["A1", "<b>vet</b>; @x", "■ Rood"]
    assert "<b>" not in text


def test_a_csv_that_no_spreadsheet_takes_for_formulas(place: Workplace) -> None:
    """A text that begins as a formula gets an apostrophe; numbers stay numbers, with the language's comma."""
    file = place.folder / "report.csv"
    write_report(place.workbook, file, CHOICE, now=NOW)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        found = list(csv.reader(opened, delimiter=";"))
    assert found == [
        ["id", "text", "deadline", "progress", "light"],
        ["A1", "'=1+1", "2026-06-30", "0,6", "Rood"],
        ["A2", "Grond gekocht", "2026-12-31", "", ""],
    ]
    figures = place.folder / "figures.csv"
    write_report(place.workbook, figures, Choice(About.INDICATORS, columns=("target",)), now=NOW)
    assert figures.read_text(encoding="utf-8-sig").splitlines() == ["target", "-2,5"]


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
        write_report(place.workbook, place.folder / name, CHOICE, now=NOW)
    assert "bestaat al" in problem.value.sentence(Language.NL)
    assert (place.folder / name).read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("name", ["report.pdf", "report", "nowhere/report.csv", "nowhere/report.xlsx"])
def test_a_file_that_cannot_be_made_is_a_sentence(place: Workplace, name: str) -> None:
    """It names the file."""
    with pytest.raises(InputProblem) as problem:
        write_report(place.workbook, place.folder / name, CHOICE, now=NOW)
    assert "report" in problem.value.sentence(Language.NL)


def test_the_command(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Every part of the choice is an option; a date that is none is a sentence."""
    file = place.folder / "report.csv"
    call = ["report", str(file), "--config", str(place.folder / "config.toml")]
    options = ["--strategy", "S1", "--owner", "Anna", "--light", "unknown", "--since", "2026-06-01", "--column", "id"]  # fmt: skip
    assert run([*call, *options, "--until", "2026-12-31"]) == 0
    assert file.read_text(encoding="utf-8-sig").splitlines() == ["id", "A2"]
    assert run([*call, "--since", "juni"]) == 2
    assert "--since" in capsys.readouterr().err
