"""Numbers written as people see them: what is read back from any format is what was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ogsm_xl.excel.editor import AppendRows, Edit, Figure, Percentage, SetCell, Writable, edited
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.plan.cells import CellRef
from tests.support.plan_sheets import Rows, Shown, dutch, write_sheets

FORMATS = [
    "0%",
    "0.0%",
    "0.00%;[Red]-0.00%",
    "General",
    "#,##0",
    '#,##0.00 "€"',
    "€ #,##0;[Red]€ -#,##0",
    '0"%"',
]
PERCENTAGES = FORMATS[:3]

INDICATORS = ["ID", "Indicator", "Eigenaar", "Eenheid", "Nulmeting", "Streefwaarde", "Realisatie"]
ACTIONS = ["ID", "Actie", "Strategie", "Eigenaar", "Deadline", "Status", "Voortgang"]

names = count()
figures = st.floats(-1e9, 1e9).map(lambda number: round(number, 4) + 0.0) | st.integers(-1000, 1000)


def indicator(actual: object) -> Rows:
    return [INDICATORS, ["I1", "Tevreden", "Anna", "%", 40, 95, actual]]


def actions(*progress: object) -> Rows:
    rows: list[Sequence[object]] = [ACTIONS]
    for number, cell in enumerate(progress, start=1):
        rows.append([f"A{number}", "Resultaat geboekt", "S1", "Anna", date(2026, 9, 1), "Mee bezig", cell])
    return rows


def after(folder: Path, sheets: dict[str, Rows], *edits: Edit) -> tuple[ReadPlan, Path]:
    """The plan, and its file, after these edits."""
    number = next(names)
    source = write_sheets(folder / f"{number}.xlsx", sheets)
    target = folder / f"{number} after.xlsx"
    edited(source, target, edits)
    return read_plan(target), target


def set_actual(value: Writable) -> SetCell:
    return SetCell(CellRef("Indicatoren", 2, 7), value)


def set_progress(value: Writable, row: int = 2) -> SetCell:
    return SetCell(CellRef("Acties", row, 7), value)


@pytest.mark.parametrize("number_format", FORMATS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=figures)
def test_a_figure_is_read_as_it_was_written(tmp_path: Path, number_format: str, number: float) -> None:
    """In any format of its cell, and the cell keeps that."""
    sheets = dutch(Indicatoren=indicator(Shown(0.45, number_format)))
    read, file = after(tmp_path, sheets, set_actual(Figure(number)))
    assert read.plan.indicators[0].actual == number
    kept = load_workbook(file)["Indicatoren"]["G2"].number_format
    assert kept.replace("\\", "") == number_format


def test_sixty_in_a_cell_that_shows_percentages_is_sixty_percent(tmp_path: Path) -> None:
    """Such a cell holds 0.6; any other cell, and a blank one without a format, holds 60."""
    held = [
        load_workbook(file)["Indicatoren"]["G2"].value
        for actual in (Shown(0.45, "0%"), Shown(45, "0.0"), None)
        for _, file in [after(tmp_path, dutch(Indicatoren=indicator(actual)), set_actual(Figure(60)))]
    ]
    assert held == [0.6, 60, 60]


@pytest.mark.parametrize("before", [None, 0, 1, 45, 0.45, *(Shown(0.45, each) for each in FORMATS)])
@pytest.mark.parametrize("other", [None, 60, 0.6, Shown(0.6, "0%")])
@pytest.mark.parametrize("percents", [0, 1, 2, 60, 100])
def test_progress_is_read_as_it_was_written(
    tmp_path: Path, before: object, other: object, percents: int
) -> None:
    """Whatever the cell held, however the column writes progress, also where 1% and 100% are easily taken for each other."""
    read, _ = after(tmp_path, dutch(Acties=actions(before, other)), set_progress(Percentage(percents)))
    assert [action.progress for action in read.plan.actions] == [percents, 60 if other else None]
    assert [finding.code for finding in read.findings if finding.code in {"OX101", "OX102"}] == []


@pytest.mark.parametrize(
    ("before", "held"),
    [
        (45, (60, "General")),
        (None, (0.6, "0%")),
        (0.45, (0.6, "0%")),
        (Shown(0.45, "0.0%"), (0.6, "0.0%")),
    ],
)
def test_progress_is_held_as_the_cell_held_it(
    tmp_path: Path, before: object, held: tuple[float, str]
) -> None:
    """A bare percentage stays one; a fraction shows as a percentage, as when somebody types 60% into the cell."""
    _, file = after(tmp_path, dutch(Acties=actions(before)), set_progress(Percentage(60)))
    cell = load_workbook(file)["Acties"]["G2"]
    assert (cell.value, cell.number_format) == held


def test_a_new_measurement_is_no_percentage_for_the_one_above_it(tmp_path: Path) -> None:
    """In a column of many units a 7.3 below 60% stays 7.3 to see; where all are percentages it is one, too."""
    headings = ["ID", "Indicator", "Gemeten op", "Waarde"]
    grade, share = ["M1", "I1", date(2026, 6, 1), 7.1], ["M2", "I2", date(2026, 6, 1), Shown(0.6, "0%")]
    new: dict[int, Writable] = {1: "M9", 2: "I1", 3: date(2026, 7, 1), 4: Figure(7.3)}
    seen = []
    mixed: Rows = [headings, grade, share]
    shares: Rows = [headings, share]
    for rows in (mixed, shares):
        sheets = dutch(Indicatoren=indicator(None), Metingen=rows)
        read, file = after(tmp_path, sheets, AppendRows("Metingen", 1, (new,)))
        cell = load_workbook(file)["Metingen"][f"D{len(rows) + 1}"]
        seen.append((read.plan.measurements[-1].value, cell.value, cell.number_format))
    assert seen == [(7.3, 7.3, "General"), (7.3, 0.073, "0%")]


@pytest.mark.parametrize("number_format", FORMATS)
def test_a_figure_in_a_new_row_is_read_as_it_was_written(tmp_path: Path, number_format: str) -> None:
    """The row takes the formats of the row above."""
    rows: dict[int, Writable] = {1: "I2", 2: "Tijdig", 3: "Anna", 4: "%", 5: Figure(12.5), 6: Figure(100)}
    above = ["I1", "Tevreden", "Anna", "%", Shown(0.4, number_format), Shown(0.9, number_format), None]
    sheets = dutch(Indicatoren=[INDICATORS, above])
    read, _ = after(tmp_path, sheets, AppendRows("Indicatoren", 1, (rows,)))
    assert (read.plan.indicators[1].baseline, read.plan.indicators[1].target) == (12.5, 100)
