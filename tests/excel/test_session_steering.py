"""The workbook of a steering session: what stands on the sheets that a doing session has not."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook import Workbook as Read
from python_calamine import CalamineWorkbook

from ogsm_xl.plan.words import Language
from tests.support.plans import plan_of
from tests.support.session_books import filled_rows, last_session_workbook, table_cells

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NOW = datetime(2026, 7, 7, 8)
PLAN = """
    person    Anna anna@example.org
    person    Bram bram@example.org
    strategy  S1 Anna "Korter wachten door sneller te bouwen" orange update="De bouw loopt uit."
    strategy  S2 Bram "Goede buurten"
    indicator I1 Bram S1 "De wachttijd" lower unit=maanden baseline=40 target=20 actual=33 measured_on=2026-06-30 orange
    indicator I2 Anna S1 "De reserve" band unit=% baseline=4 target=5 upper=8 actual=6 measured_on=2026-06-30 green
    indicator I3 Anna S2 "De burenhulp" higher
    measurement I1 2026-03-31 value=36
    measurement I1 2026-06-30 value=33
    measurement I2 2026-06-30 value=6
    action    A1 Bram S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress 60% red
    action    A2 Anna S1 "Grond gekocht" 2026-09-01..2026-12-31 to_do
    action    A3 Bram S2 "Buurtfeest gehouden" 2026-01-05..2026-05-20 done 100% update="120 bewoners" done_on=2026-05-21
    action    A4 Bram S2 "Chatbot" parked
    session   SES1 steering 2026-04-09 09:30
    session   SES2 steering 2026-07-09 09:30 minutes=120
    report    A1 2026-07-01 Bram red 60%
    evaluation E1 quarter=2026-Q1 team improve="Eerder bellen" stop="Mailen"
    evaluation E2 quarter=2026-Q2 process keep="Een uur"
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return last_session_workbook(tmp_path_factory.mktemp("steering"), plan_of(PLAN), NOW)


@pytest.fixture(scope="module")
def book(file: Path) -> Read:
    return openpyxl.load_workbook(file)


def charts(file: Path) -> list[list[tuple[str, list[str]]]]:
    """The lines of each chart of indicators: where their values stand, and what these are."""
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    found = []
    with zipfile.ZipFile(file) as package:
        for name in sorted(part for part in package.namelist() if part.startswith("xl/charts/chart")):
            lines = etree.fromstring(package.read(name)).findall(".//c:lineChart/c:ser", space)
            values = [line.find("c:val/c:numRef", space) for line in lines]
            found.append(
                [
                    (str(each.findtext("c:f", None, space)), [v.text or "" for v in each.findall(".//c:v", space)])
                    for each in values
                    if each is not None
                ]
            )  # fmt: skip
    return [chart for chart in found if chart]


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        (
            Language.NL,
            ["Voorblad", "Strategieën", "Bespreken", "Afgerond sinds vorige keer", "Resultaten", "Evaluatie",
             "Nieuwe acties", "Prioriteiten", "Actieplan", "Wijzigingen", "Alle verslagen", "Wie heeft gerapporteerd", "Metingen"],
        ),
        (
            Language.EN,
            ["Cover", "Strategies", "To discuss", "Done since last time", "Results", "Evaluation", "New actions",
             "Priorities", "Action plan", "Changes", "All reports", "Who reported", "Measurements"],
        ),
    ],
)  # fmt: skip
def test_the_sheets(tmp_path: Path, language: Language, sheets: list[str]) -> None:
    """Those of a doing session, and what a steering session adds, in the order of its agenda."""
    book = openpyxl.load_workbook(last_session_workbook(tmp_path, plan_of(PLAN, language), NOW))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == sheets


def test_the_agenda_goes_from_strategies_back_and_ahead(book: Read) -> None:
    """Each part with its time and minutes, which add up to the session's, and a link to its sheet."""
    cover = book["Voorblad"]
    agenda = [row for row in cover.iter_rows() if " min" in str(row[2].value)]
    assert [(row[1].value, row[2].value, row[4].value) for row in agenda] == [
        ("09:30", "4 min", "Welkom: hoe staan we ervoor?"),
        ("09:34", "50 min", "Korter wachten door sneller te bouwen (1)"),
        ("10:24", "10 min", "Goede buurten"),
        ("10:34", "9 min", "Resultaten: wat leverde het kwartaal op?"),
        ("10:43", "17 min", "Evaluatie: hoe werken we samen?"),
        ("11:00", "13 min", "Vooruit: welke acties zijn er nodig?"),
        ("11:13", "13 min", "Prioriteiten van het komende kwartaal"),
        ("11:26", "4 min", "Besluiten doornemen en afsluiten"),
    ]
    targets = [str(row[3].hyperlink.location) for row in agenda[1:-1] if row[3].hyperlink]
    place, cell = targets[1].split("!")
    assert book[place.strip("'")][cell.replace("A", "C")].value == "S2"
    assert targets[2:] == ["Resultaten!A1", "Evaluatie!A1", "'Nieuwe acties'!A1", "Prioriteiten!A1"]


def test_every_sheet_can_be_reached_from_the_cover(book: Read) -> None:
    """And leads back."""
    cells = [cell for row in book["Voorblad"].iter_rows() for cell in row]
    reached = {str(c.hyperlink.location).split("!")[0].strip("'") for c in cells if c.hyperlink}
    shown = [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]
    assert reached == {sheet.title for sheet in shown}
    for sheet in shown:
        back = [c.hyperlink.location for row in sheet.iter_rows(max_row=1) for c in row if c.hyperlink]
        assert back == ["Voorblad!A1"]


def test_a_strategy_has_its_light_update_and_driver(book: Read) -> None:
    """The first thing on its page."""
    found = filled_rows(book["Strategieën"])
    assert found[1:3] == [
        ["▲ Oranje", "S1", "Korter wachten door sneller te bouwen", "Aanjager: Anna"],
        ["De bouw loopt uit."],
    ]


def test_an_indicator_has_its_figures_and_what_they_mean(book: Read) -> None:
    """Baseline, target, now; whether the target is reached; how it changed."""
    found = filled_rows(book["Strategieën"])
    first = found.index(["▲ Oranje", "I1", "De wachttijd"])
    assert found[first + 1 : first + 3] == [
        ["maanden · lager is beter · Bram", "Nulmeting", "Streefwaarde", "Nu\nop 30-06-2026"],
        ["nog niet gehaald   ↑ beter: −3 sinds 31-03-2026", 40, 20, 33],
    ]
    band = found.index(["● Groen", "I2", "De reserve"])
    assert found[band + 2] == ["√ binnen de bandbreedte", 4, "5 tot 8", 6]


def test_an_indicator_without_figures_says_so(book: Read) -> None:
    """No chart, dashes for figures."""
    found = filled_rows(book["Strategieën"])
    first = found.index(["? Onbekend", "I3", "De burenhulp"])
    assert found[first + 1][-1] == "Nog geen metingen om te tekenen."
    assert found[first + 2] == ["nog niet gemeten", "–", "–", "–"]


def test_charts_draw_the_measurements_against_the_target(file: Path) -> None:
    """Two lines; a band has its two edges. The values stand on the sheet with measurements."""
    assert charts(file) == [
        [("Metingen!$E$3:$E$4", ["36", "33"]), ("Metingen!$F$3:$F$4", ["20", "20"])],
        [
            ("Metingen!$E$5", ["6"]),
            ("Metingen!$F$5", ["5"]),
            ("Metingen!$G$5", ["8"]),
        ],
    ]


def test_charts_are_to_the_scale_of_time(file: Path, tmp_path: Path) -> None:
    """An axis of days with months named, in the language of the workbook; days close together are named each."""
    with zipfile.ZipFile(file) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:dateAx>" in chart
    assert 'formatCode="[$-413]mmm yy"' in chart
    near = plan_of(PLAN.replace("I1 2026-03-31", "I1 2026-06-01"), Language.EN)
    with zipfile.ZipFile(last_session_workbook(tmp_path, near, NOW)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:dateAx>" not in chart
    assert 'formatCode="d mmm yy"' in chart


def test_a_strategys_actions_lead_to_their_cards(book: Read) -> None:
    """Running, to do, finished; the number of one that is discussed leads to its card."""
    sheet = book["Strategieën"]
    found = filled_rows(sheet)
    assert ["■ Rood", "A1", "Website vernieuwd", "Bram", "! 30-06-2026  ·  7 dagen te laat  ·  60%"] in found
    assert ["Nog te doen", "A2", "Grond gekocht", "Anna", "31-12-2026"] in found
    assert ["Afgerond", "A3", "Buurtfeest gehouden", "Bram", "afgerond op 21-05-2026"] in found
    assert ["Eerder afgerond of geparkeerd: A4"] in found
    link = next(c.hyperlink for row in sheet.iter_rows() for c in row if c.value == "A1")
    assert link is not None
    assert str(link.location).startswith("Bespreken!")


def test_results_of_finished_actions(book: Read) -> None:
    """What they brought, with a cell for what was learned."""
    assert table_cells(book, "Finished_actions")[1:] == [
        ("A3", "Buurtfeest gehouden", "Goede buurten", "Bram", datetime(2026, 5, 21), "120 bewoners", None)
    ]


def test_the_evaluation_is_a_grid_to_fill_in(book: Read) -> None:
    """Four subjects by three columns; what was said the quarter before, and what was filled in already."""
    heading, *subjects = table_cells(book, "Evaluation_grid")
    assert heading[2:] == ("✎ Verbeteren of beginnen", "✎ Behouden", "✎ Stoppen")
    assert subjects == [
        ("Samenwerking in het team", "Verbeteren: Eerder bellen\nStoppen: Mailen", None, None, None),
        ("Samenwerking met anderen", "–", None, None, None),
        ("Het proces", "–", None, "Een uur", None),
        ("De faciliteiten", "–", None, None, None),
    ]


def test_new_actions_can_be_typed_with_lists(book: Read) -> None:
    """Blank rows; strategies and people to choose from, days for the dates."""
    assert table_cells(book, "New_actions")[1:] == [(None,) * 6] * 12
    rules = {
        str(v.sqref): (v.type, v.formula1) for v in book["Nieuwe acties"].data_validations.dataValidation
    }
    assert rules == {
        "C4:C15": ("list", "Choose_strategy"),
        "D4:D15": ("list", "Discuss_people"),
        "E4:E15": ("date", "36526"),
        "F4:F15": ("date", "36526"),
    }
    sheet, cells = next(book.defined_names["Choose_strategy"].destinations)
    assert [row[0].value for row in book[sheet][cells]] == [
        "S1 Korter wachten door sneller te bouwen",
        "S2 Goede buurten",
    ]


def test_priorities_are_ticked(book: Read) -> None:
    """What could begin, each with a cell for yes or no."""
    lines = table_cells(book, "Priorities")[1:]
    assert [(line[0], line[6], line[7]) for line in lines] == [
        ("A2", "Nog te doen", None),
        ("A4", "Geparkeerd", None),
    ]


def test_an_empty_plan_gives_every_sheet_all_the_same(tmp_path: Path) -> None:
    """Each says that there is nothing."""
    book = openpyxl.load_workbook(
        last_session_workbook(tmp_path, plan_of("session SES1 steering 2026-07-09"), NOW)
    )
    everything = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    for said in (
        "Er staan nog geen strategieën in het plan.",
        "Sinds de vorige bijstuursessie is er niets afgerond.",
        "Er staan geen acties te wachten.",
    ):
        assert said in everything


@pytest.mark.parametrize("text", ["=1+1", "<b>&", "a\ud800b\uffff\x07", "{name} {0}", "woord " * 900])
def test_any_text_gives_a_workbook(tmp_path: Path, text: str) -> None:
    """Text stays text, wherever it stands."""
    plan = plan_of(PLAN)
    odd = dataclasses.replace(
        plan,
        strategies=tuple(dataclasses.replace(s, id=text[:40], text=text, update=text) for s in plan.strategies),
        indicators=tuple(dataclasses.replace(i, text=text, unit=text, note=text) for i in plan.indicators),
        measurements=tuple(dataclasses.replace(m, note=text) for m in plan.measurements),
        evaluations=tuple(dataclasses.replace(e, improve=text) for e in plan.evaluations),
        actions=tuple(dataclasses.replace(a, text=text, update=text) for a in plan.actions),
    )  # fmt: skip
    with zipfile.ZipFile(last_session_workbook(tmp_path, odd, NOW)) as package:
        parts = [etree.fromstring(package.read(name)) for name in package.namelist()]
    assert [part for part in parts if part.findall(".//{*}c/{*}f")] == []


def test_figures_that_no_cell_can_hold(tmp_path: Path) -> None:
    """Neither stop the workbook nor reach a chart."""
    plan = plan_of(PLAN)
    indicator = dataclasses.replace(plan.indicators[0], actual=float("nan"), baseline=float("inf"))
    odd = dataclasses.replace(plan, indicators=(indicator,), measurements=())
    found = filled_rows(openpyxl.load_workbook(last_session_workbook(tmp_path, odd, NOW))["Strategieën"])
    assert any("inf" in row for row in found)


def test_measurements_are_a_table(book: Read) -> None:
    """Every value with its target, to filter."""
    assert table_cells(book, "Measurements")[1] == (
        "I1", "De wachttijd", datetime.combine(date(2026, 3, 31), datetime.min.time()), 36, 20, None, "maanden", None,
    )  # fmt: skip


def test_two_thousand_actions(tmp_path: Path) -> None:
    """All of them are on the strategies' pages."""
    plan = plan_of(PLAN)
    actions = tuple(dataclasses.replace(plan.actions[0], id=f"A{number}") for number in range(1, 2001))
    book = CalamineWorkbook.from_path(
        last_session_workbook(tmp_path, dataclasses.replace(plan, actions=actions), NOW)
    )
    ids = [row[1] for row in book.get_sheet_by_name("Strategieën").to_python() if str(row[1]).startswith("A")]
    assert sorted(ids) == sorted(action.id for action in actions)
