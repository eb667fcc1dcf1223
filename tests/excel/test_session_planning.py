"""The workbook of a planning session: what stands on its sheets."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook import Workbook as Read

from ogsm_xl.plan.words import Language
from tests.support.plans import plan_of
from tests.support.session_books import filled_rows, last_session_workbook, table_cells

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 11, 20, 8)
PLAN = """
    person    Anna anna@example.org
    person    Bram bram@example.org
    goal      D1 "Wachttijd gehalveerd" unit=maanden baseline=40 target=20 actual=33 orange
    strategy  S1 Anna "Korter wachten door sneller te bouwen" D1 orange business update="De bouw loopt uit."
    strategy  S2 Bram "Goede buurten" green
    indicator I1 Bram S1 "De wachttijd" lower unit=maanden baseline=40 target=20 actual=33 measured_on=2026-09-30 orange
    indicator I2 Anna S2 "De burenhulp" higher unit=% target=80 actual=85 green
    measurement D1 2026-06-30 value=35
    measurement I1 2026-06-30 value=36
    measurement I1 2026-09-30 value=33
    action    A1 Bram S1 "Website vernieuwd" 2026-01-05..2026-10-31 in_progress 60% red
    action    A2 Anna S1 "Grond gekocht" 2026-09-01..2026-12-31 to_do
    action    A3 Bram S2 "Buurtfeest gehouden" 2026-01-05..2026-09-20 done 100% update="120 bewoners" done_on=2026-09-21
    factor    F1 strength "Eigen grond" meaning="Zelf bouwen" noted_on=2025-11-20
    factor    F2 scenario "Rente stijgt" likelihood=klein
    session   SES1 doing 2026-06-11 10:00
    session   SES2 steering 2026-10-08 09:30
    session   SES3 planning 2026-11-24 09:00 minutes=240
    report    A1 2026-06-01 Bram green in_progress
    report    A1 2026-10-01 Bram red in_progress
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return last_session_workbook(tmp_path_factory.mktemp("planning"), plan_of(PLAN), NOW)


@pytest.fixture(scope="module")
def book(file: Path) -> Read:
    return openpyxl.load_workbook(file)


def entries(book: Read, name: str) -> list[tuple[Any, ...]]:
    """The rows of a native table that hold something, without its headings."""
    return [row for row in table_cells(book, name)[1:] if any(value is not None for value in row)]


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        (
            Language.NL,
            ["Voorblad", "Dashboard", "Loopt achter", "Het jaar", "Sterk, kwetsbaar, kans, risico",
             "Omgeving en scenario's", "1 Acties bijwerken", "2 Keuzes bijwerken", "3 Dashboard bijwerken",
             "Actieplan", "Wijzigingen", "Alle verslagen", "Wie heeft gerapporteerd", "Metingen"],
        ),
        (
            Language.EN,
            ["Cover", "Dashboard", "Behind schedule", "The year", "Strengths to risks", "Environment and scenarios",
             "1 Update actions", "2 Update choices", "3 Update dashboard", "Action plan", "Changes", "All reports",
             "Who reported", "Measurements"],
        ),
    ],
)  # fmt: skip
def test_the_sheets(tmp_path: Path, language: Language, sheets: list[str]) -> None:
    """In the order of the agenda: where we stand, the world around, the plan from below, and what lies behind it."""
    book = openpyxl.load_workbook(last_session_workbook(tmp_path, plan_of(PLAN, language), NOW))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == sheets


def test_the_cover_counts_the_year(book: Read) -> None:
    """Reached, behind, finished, current; and the goals by name."""
    found = filled_rows(book["Voorblad"])
    assert found[2:4] == [
        [1, 1, 1, 0],
        [
            "van de 3 doelen en indicatoren gehaald",
            "van de 2 strategieën loopt achter",
            "actie afgerond in dit jaar",
            "actueel verslag: 0 van 6",
        ],
    ]
    assert any("D1 Wachttijd gehalveerd" in str(cell) for row in found for cell in row)


def test_every_sheet_can_be_reached_from_the_cover(book: Read) -> None:
    """And leads back."""
    cells = [cell for row in book["Voorblad"].iter_rows() for cell in row]
    reached = {str(c.hyperlink.location).split("!")[0].strip("'") for c in cells if c.hyperlink}
    shown = [sheet.title for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]
    assert {name.replace("''", "'") for name in reached} == set(shown)


def test_the_dashboard_has_a_tile_for_each_measure(file: Path, book: Read) -> None:
    """Light, text, figures, what they mean, and a chart where the year has measurements."""
    found = filled_rows(book["Dashboard"])
    assert found[1:6] == [
        ["Doelstellingen"],
        ["▲ Oranje", "Wachttijd gehalveerd"],
        ["D1", "Nu", "Streefwaarde", "Nulmeting"],
        ["maanden", 33, 20, 40],
        ["nog niet gehaald"],
    ]
    assert ["● Groen", "De burenhulp"] in found
    assert ["√ gehaald"] in found
    assert ["Dit jaar niet gemeten."] in found
    with zipfile.ZipFile(file) as package:
        drawn = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(drawn) == 3 + int(bool(filled_rows(book["Wie heeft gerapporteerd"])))


def test_who_is_behind_and_why(book: Read) -> None:
    """Content beside time, and a cell to type what it means, which can be read back."""
    found = filled_rows(book["Loopt achter"])
    assert found[1:7] == [
        ["▲ Oranje", "S1", "Korter wachten door sneller te bouwen"],
        ["De bouw loopt uit."],
        ["Inhoud", "Tijd"],
        [
            "De aanjager zet de strategie op ▲ oranje",
            "! ■ Rood   A1 Website vernieuwd (Bram): 20 dagen te laat",
        ],
        [
            "▲ Oranje   I1 De wachttijd: 33, streefwaarde 20\nnog niet gehaald   ↑ beter: −3 sinds 30-06-2026",
            "? Onbekend   A2 Grond gekocht (Anna): had moeten beginnen op 01-09-2026",
        ],
        ["✎ Wat betekent dit voor het plan van volgend jaar?"],
    ]
    sheet, cells = next(book.defined_names["Behind_item"].destinations)
    assert [row[0].value for row in book[sheet][cells] if row[0].value] == ["S1"]


def test_the_year_of_every_action(book: Read) -> None:
    """Counts for each light and session, then a row an action; letters with the colours."""
    found = filled_rows(book["Het jaar"])
    assert ["■ Rood", 0, 1, 1] in found
    assert ["● Groen", 1, 0, 0] in found
    assert ["A1", "Website vernieuwd", "Bram", "● G", "■ R", "■ R"] in found
    assert ["A3", "Buurtfeest gehouden", "Bram", "?", "√", "√"] in found


def test_lists_to_update(book: Read) -> None:
    """What was noted, with blank rows for what is new, and words to choose from."""
    assert entries(book, "Factors_strength") == [
        ("F1", "Eigen grond", "Zelf bouwen", None, datetime(2025, 11, 20), None, None)
    ]
    assert table_cells(book, "Factors_scenario")[1][:4] == ("F2", "Rente stijgt", None, "klein")
    choices = [v.formula1 for v in book["Omgeving en scenario's"].data_validations.dataValidation]
    assert choices == ['"klein,middel,groot"', '"Blijft,Wijzigt,Vervalt,Nieuw"'] * 2


def test_the_plan_is_updated_from_below(book: Read) -> None:
    """Actions that are not done, then choices, then the dashboard."""
    assert [row[0] for row in entries(book, "Update_actions")] == ["A1", "A2"]
    assert table_cells(book, "Update_choices")[1][:6] == (
        "S1", "Korter wachten door sneller te bouwen", "Anna", "Inhoudelijk", "D1", "Oranje",
    )  # fmt: skip
    assert [row[0] for row in entries(book, "Update_measures")] == ["D1", "I1", "I2"]


def test_an_empty_plan_gives_every_sheet_all_the_same(tmp_path: Path) -> None:
    """Each says that there is nothing."""
    book = openpyxl.load_workbook(
        last_session_workbook(tmp_path, plan_of("session SES1 planning 2026-11-24"), NOW)
    )
    everything = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    for said in (
        "Er staan nog geen doelstellingen of indicatoren in het plan.",
        "Geen enkele strategie loopt achter, in inhoud of in tijd.",
        "Er zijn nog geen sessies geweest.",
        "Er liepen geen acties.",
        "Er staan nog geen doelstellingen in het plan.",
    ):
        assert said in everything


@pytest.mark.parametrize("text", ["=1+1", "<b>&", "a\ud800b\uffff\x07", "{name} {0}", "woord " * 900])
def test_any_text_gives_a_workbook(tmp_path: Path, text: str) -> None:
    """Text stays text, wherever it stands."""
    plan = plan_of(PLAN)
    odd = dataclasses.replace(
        plan,
        goals=tuple(dataclasses.replace(g, text=text, unit=text, note=text) for g in plan.goals),
        strategies=tuple(dataclasses.replace(s, text=text, update=text, owner=text) for s in plan.strategies),
        indicators=tuple(dataclasses.replace(i, text=text, unit=text) for i in plan.indicators),
        actions=tuple(dataclasses.replace(a, text=text, owner=text) for a in plan.actions),
        factors=tuple(dataclasses.replace(f, text=text, meaning=text, likelihood=text) for f in plan.factors),
    )
    with zipfile.ZipFile(last_session_workbook(tmp_path, odd, NOW)) as package:
        parts = [etree.fromstring(package.read(name)) for name in package.namelist()]
    assert [part for part in parts if part.findall(".//{*}c/{*}f")] == []
