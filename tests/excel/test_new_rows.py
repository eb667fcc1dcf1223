"""New rows come where the reader looks for them, whatever else stands on the sheet, and make no rows of anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.excel.editor import AppendRows, Writable, edited
from ogsm_xl.excel.reader import read_plan
from tests.support.plan_sheets import Rows, dutch, write_sheets

HEADINGS = ["ID", "Datum", "Over", "Gedaan", "Nodig"]


def report(number: int) -> Sequence[object]:
    return [f"R{number}", datetime(2026, 9, number, 9), "A1", "klaar", "niets"]


NEW: Mapping[int, Writable] = {1: "R9", 2: datetime(2026, 9, 9, 9), 3: "A1", 4: "nieuw", 5: "ja"}

BELOW: Mapping[str, tuple[Rows, str]] = {
    "nothing": ([], "A4"),
    "a note right below": ([["Let op: alleen via het formulier"]], "A5"),
    "a note further below": ([[], ["Let op: alleen via het formulier"]], "A4"),
    "rows that have their ID only": ([["R3"], ["R4"]], "A6"),
    "a legend": ([[], [None, None, None, "G", "groen"], [None, None, None, "R", "rood"]], "A4"),
    "another list": ([[], ["Naam", "Telefoon"], ["Anna", "06"], ["Bram", "07"]], "A4"),
    "rows after a blank one": ([[], report(3)], "A6"),
    "the headings again": ([[], HEADINGS, report(3)], "A7"),
}


@pytest.mark.parametrize("below", BELOW)
def test_a_row_is_added_where_it_is_read(tmp_path: Path, below: str) -> None:
    """It is the last one, and the others are those that were there."""
    more, cell = BELOW[below]
    actions = [["ID", "Actie", "Eigenaar", "Deadline", "Status"], ["A1", "Bellen", "Anna"]]
    rows = [HEADINGS, report(1), report(2), *more]
    source = write_sheets(tmp_path / "plan.xlsx", dutch(Rapportages=rows, Acties=actions))
    read = read_plan(source)
    place = read.places["Reports"]
    target = tmp_path / "after.xlsx"
    outcome = edited(
        source, target, [AppendRows(place.sheet, place.header_row, (NEW,), read.last_rows["Reports"])]
    )
    before = [each.id for each in read.plan.reports]
    assert ([each.id for each in read_plan(target).plan.reports], outcome.appended[0].address) == (
        [*before, "R9"],
        cell,
    )
