"""The OGSM on one page: what it shows, and that formulas and stored values agree when they are reckoned anew."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import load_workbook

from ogsm_xl.example import example_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.cells import column_letters
from ogsm_xl.plan.model import Action, Goal, Indicator, Objective, Person, Plan, Strategy
from ogsm_xl.plan.words import Direction, Language, Role, Status, TrafficLight

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

TRICKY = Plan(
    objective=Objective("O1", "Iedereen een thuis", organisation="De Linde", light=TrafficLight.ORANGE),
    people=(Person("Bram"), Person("Anna", roles=frozenset({Role.MANAGER, Role.OGSM_OWNER}))),
    goals=tuple(
        Goal(f"D{n}", f"Doel {n}", target=n * 1.5, target_date=date(2026, n, 1)) for n in range(1, 8)
    ),
    strategies=(
        Strategy("S1", "Veel acties en indicatoren", "Anna", light=TrafficLight.RED),
        Strategy("s2", "Kleine letter in het ID", "Bram"),
        Strategy("", "Nog zonder ID", "Anna"),
        Strategy("S 4", "Spatie in het ID", "Bram"),
        Strategy("S5", "Helemaal leeg"),
    ),
    indicators=(
        *(Indicator(f"I{n}", f"Indicator {n}", ("S1",), actual=n / 4) for n in range(1, 18)),
        Indicator("I20", "Band", ("S2",), "Anna", "€", Direction.BAND, target=32000, upper=38000.5),
        Indicator("I21", "Nul", ("S2", "S1"), "Anna", "%", Direction.LOWER, target=0, actual=0),
        Indicator("I22", "Nergens bij", light=TrafficLight.GREEN),
    ),
    actions=(
        *(
            Action(f"A{n}", f"Actie {n}", ("S1", "S2"), "Bram", status=Status.TO_DO, progress=0)
            for n in range(1, 20)
        ),
        Action("A20", "Geparkeerd", ("S2",), status=Status.PARKED),
        Action("A21", "Bezig zonder licht", ("S2",), status=Status.IN_PROGRESS, progress=55),
        Action("A22", "Klaar", ("S4",), status=Status.DONE, deadline=date(2026, 1, 31), light=TrafficLight.GREEN),
        Action("A23", "Onbekende strategie", ("S99",), status=Status.IN_PROGRESS, light=TrafficLight.RED),
        Action("A24", "Zonder strategie", status=Status.IN_PROGRESS, light=TrafficLight.ORANGE),
    ),
)  # fmt: skip


def test_the_page_lists_what_belongs_to_each_strategy(tmp_path: Path) -> None:
    """The strategy with its indicators on the left; beside it its actions. Parked actions are left out."""
    lines = overview(tmp_path, TRICKY)
    assert lines[:2] == [
        ("S1", "Veel acties en indicatoren", "A1", "Actie 1"),
        ("I1", "Indicator 1", "A2", "Actie 2"),
    ]
    assert lines[14:20] == [
        (None, "+ 4 meer op het blad Indicatoren", None, "+ 5 meer op het blad Acties"),
        ("s2", "Kleine letter in het ID", "A21", "Bezig zonder licht"),
        ("I20", "Band", None, None),
        ("I21", "Nul", None, None),
        (None, "Nog zonder ID", None, None),
        (None, None, None, None),
    ]
    assert lines[20:24] == [
        ("S 4", "Spatie in het ID", "A22", "Klaar"),
        (None, None, None, None),
        ("S5", "Helemaal leeg", None, None),
        (None, None, None, None),
    ]


def test_a_light_that_should_be_there_reads_unknown(tmp_path: Path) -> None:
    """An action in progress without a light is to be discussed; one that has not begun needs none."""
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(TRICKY, file, Language.NL)
    sheet = openpyxl.load_workbook(file, data_only=True)["OGSM"]
    lights = {row[9].value: row[15].value for row in sheet.iter_rows() if row[9].value}
    assert (lights["A1"], lights["A21"], lights["A22"]) == (None, "Onbekend", "Groen")


def test_an_empty_plan_says_where_to_begin(tmp_path: Path) -> None:
    """The page is not simply blank."""
    file = tmp_path / "plan.xlsx"
    write_plan_workbook(Plan(), file, Language.EN)
    sheet = openpyxl.load_workbook(file, data_only=True)["OGSM"]
    assert sheet["B3"].value == "Write the objective on the Objective sheet."
    assert overview(tmp_path, Plan())[0][1] == (
        "Hier verschijnt vanzelf wat op de bladen Strategieën, Indicatoren en Acties staat."
    )


@pytest.mark.parametrize("count", [30, 31])
def test_the_page_says_when_not_everything_fits(tmp_path: Path, count: int) -> None:
    """Nobody takes a page that leaves something out for the whole plan."""
    strategies = tuple(Strategy(f"S{n}", f"Strategie {n}") for n in range(1, count + 1))
    lines = overview(tmp_path, Plan(strategies=strategies))
    left_out = "Er is meer dan op deze pagina past: zie de bladen Strategieën, Indicatoren en Acties."
    assert (lines[-1][1] == left_out) == (count > 30)


@pytest.mark.libreoffice
def test_libreoffice_reckons_the_same(tmp_path: Path) -> None:
    """Every formula, reckoned anew, gives the value that was stored with it: for the examples, a tricky plan and none."""
    plans = {
        "tricky": (TRICKY, Language.EN),
        "empty": (Plan(), Language.EN),
        "many": (Plan(strategies=tuple(Strategy(f"S{n}", "x") for n in range(40))), Language.EN),
        "example_en": (example_plan(Language.EN), Language.EN),
        "example_nl": (example_plan(Language.NL), Language.NL),
    }
    for name, (plan, language) in plans.items():
        write_plan_workbook(plan, tmp_path / f"{name}.xlsx", language)
    recalculate(tmp_path, [f"{name}.xlsx" for name in plans])
    for name in plans:
        stored, anew = values(tmp_path / f"{name}.xlsx"), values(tmp_path / "anew" / f"{name}.xlsx")
        differing = [
            (f"{name}: {sheet}!{cell}", stored[sheet, cell], anew[sheet, cell])
            for sheet, cell in formulas(tmp_path / f"{name}.xlsx")
            if not same(stored[sheet, cell], anew[sheet, cell])
        ]
        assert differing == []


def formulas(file: Path) -> list[tuple[str, str]]:
    """Sheet and address of every formula."""
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [(cell.parent.title, cell.coordinate) for cell in cells]


def values(file: Path) -> dict[tuple[str, str], Any]:
    """Every cell's value, by sheet and address; "" for a blank one or one beyond the last."""
    book = load_workbook(file)
    return defaultdict(
        str,
        {
            (name, f"{column_letters(column)}{row}"): value
            for name in book.sheet_names
            for row, cells in enumerate(
                book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
            )
            for column, value in enumerate(cells, start=1)
        },
    )


def same(stored: Any, anew: Any) -> bool:
    """Equal; numbers within a text may be written as in the other language."""
    if isinstance(stored, str) and isinstance(anew, str) and " – " in stored:
        return stored.translate(str.maketrans(",.", ".,")) == anew or stored == anew
    return bool(stored == anew)


def recalculate(folder: Path, names: list[str]) -> None:
    """Have LibreOffice reckon every formula of these workbooks anew and save them in the folder `anew`."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "anew")]
    command += [str(folder / name) for name in names]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def overview(folder: Path, plan: Plan) -> list[tuple[Any, Any, Any, Any]]:
    """The lines of the lower half: ID and text on the left, ID and text on the right."""
    file = folder / "plan.xlsx"
    write_plan_workbook(plan, file, Language.NL)
    rows = list(openpyxl.load_workbook(file, data_only=True)["OGSM"].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[1] == "Strategieën en hun indicatoren") + 1
    return [(row[1], row[2], row[9], row[10]) for row in rows[first:]]
