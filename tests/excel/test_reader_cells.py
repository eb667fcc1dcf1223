"""What single cells of a workbook are read as: dates, numbers, formulas, errors, words; and what is reported."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Status, TrafficLight
from tests.support.plan_sheets import (
    Rows,
    Shown,
    dutch,
    found_in,
    read_actions,
    read_sheets,
    write_sheets,
)

DAY = date(2026, 4, 15)


def read_column(folder: Path, heading: str, *cells: object, date1904: bool = False) -> ReadPlan:
    """A plan whose actions have these cells in column A."""
    others = [column for column in ("ID", "Actie", "Eigenaar", "Deadline", "Status") if column != heading]
    rows: list[Sequence[object]] = [[heading, *others]]
    for number, cell in enumerate(cells, start=1):
        values = {"ID": f"A{number}", "Actie": f"Resultaat {number}", "Eigenaar": "Anna"}
        rows.append([cell, *(values.get(column) for column in others)])
    return read_sheets(folder, dutch(Acties=rows), date1904=date1904)


def deadlines(read: ReadPlan) -> list[date | None]:
    return [action.deadline for action in read.plan.actions]


def progress(read: ReadPlan) -> list[int | None]:
    return [action.progress for action in read.plan.actions]


# Dates


@pytest.mark.parametrize("date1904", [False, True])
def test_dates_in_both_date_systems(tmp_path: Path, date1904: bool) -> None:  # noqa: FBT001
    """Date cells, cells with a time, and serial numbers without a date format, counted from 1900 or 1904."""
    serial = (DAY - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    cells = [DAY, datetime(2026, 4, 15, 10, 30), serial, str(serial), "15 april 2026", "2026-04-15"]
    read = read_column(tmp_path, "Deadline", *cells, date1904=date1904)
    assert deadlines(read) == [DAY] * len(cells)
    assert found_in(read) == []


def test_an_ambiguous_text_date_is_reported_with_item_and_owner(tmp_path: Path) -> None:
    """03-04-2026 as text stays blank; the finding names cell, action and owner, and the rest of the row is read."""
    read = read_actions(
        tmp_path,
        ["ID", "Actie", "Eigenaar", "Deadline", "Status"],
        ["A1", "Bellen", "Anna", "03-04-2026", "Klaar"],
    )
    assert deadlines(read) == [None]
    assert read.plan.actions[0].status is Status.DONE
    finding = next(finding for finding in read.findings if finding.code == "OX102")
    assert (str(finding.where), finding.item, finding.owner) == ("Acties!D2", "A1", "Anna")
    assert finding.message.nl.startswith("Deadline: “03-04-2026” staat er als tekst en kan 3 april 2026 of")


def test_text_dates_of_one_column_settle_one_another(tmp_path: Path) -> None:
    """With 15-04-2026 in the same column, 03-04-2026 is 3 April."""
    read = read_column(tmp_path, "Deadline", "03-04-2026", "15-04-2026")
    assert deadlines(read) == [date(2026, 4, 3), DAY]
    assert found_in(read) == []


def test_what_is_no_day_is_reported(tmp_path: Path) -> None:
    """A period, continuous work, an impossible day; what stands for nothing is just blank."""
    read = read_column(tmp_path, "Deadline", "Q3 2026", "doorlopend", "31-02-2026", 2026, "n.v.t.", "-", "?")
    assert deadlines(read) == [None] * 7
    assert found_in(read) == [("OX101", f"Acties!A{row}") for row in range(2, 6)]


def test_an_error_in_a_later_row_of_the_same_text_is_reported_too(tmp_path: Path) -> None:
    """Every cell with the same unreadable text gets its finding."""
    read = read_column(tmp_path, "Deadline", "ooit", DAY, "ooit")
    assert found_in(read) == [("OX101", "Acties!A2"), ("OX101", "Acties!A4")]


# Progress and numbers


@pytest.mark.parametrize(
    ("cells", "percents"),
    [
        ((0.6, 1, 0, "25%"), [60, 100, 0, 25]),
        ((60, 1, 0, "25 %"), [60, 1, 0, 25]),
        ((60, 1, Shown(1, "0%")), [60, 1, 100]),
        ((Shown(0.6, "0%"), Shown(1, "0%"), 60), [60, 100, 60]),
        ((Shown(0, "0%"), Shown(1, "0%"), "n.v.t."), [0, 100, None]),
    ],
)
def test_progress_is_read_in_the_scale_of_its_column(
    tmp_path: Path, cells: Sequence[object], percents: list[int | None]
) -> None:
    """Fractions, percents, percent signs; a 1 that the cell shows as 100% is clear even in a mixed column."""
    read = read_column(tmp_path, "Voortgang", *cells)
    assert progress(read) == percents
    assert found_in(read) == []


def test_a_bare_one_in_a_mixed_column_is_ambiguous(tmp_path: Path) -> None:
    """Between 0.6 and 60, a 1 could be 1 % or 100 %."""
    read = read_column(tmp_path, "Voortgang", 0.6, 60, 1, "50-60", 120)
    assert progress(read) == [60, 60, None, None, None]
    assert found_in(read) == [("OX102", "Acties!A4"), ("OX101", "Acties!A5"), ("OX101", "Acties!A6")]


def test_numbers_are_read_as_people_see_them(tmp_path: Path) -> None:
    """95 and a cell that shows 95% are both 95; text with thousands is settled by its column."""
    indicators: Rows = [
        ["ID", "Indicator", "Eigenaar", "Eenheid", "Nulmeting", "Streefwaarde", "Bovengrens"],
        ["I1", "Tevreden", "Anna", "%", Shown(0.07, "0%"), 95, Shown(1.005, "0.0%")],
        ["I2", "Kosten", "Anna", "€", "€ 80.000,-", "1.250,50", -3.25],
        ["I3", "Aantal", "Anna", "stuks", "≥95%", "1.234", Shown(0.5, '0"% van alles"')],
        ["I4", "Aandeel", "Anna", "%", Shown(0.12345, "0.000%"), Shown(-0.05, "0%"), Shown(0, "0%")],
    ]
    read = read_sheets(tmp_path, dutch(Indicatoren=indicators))
    assert [(i.baseline, i.target, i.upper) for i in read.plan.indicators] == [
        (7.0, 95.0, 100.5),
        (80000.0, 1250.5, -3.25),
        (None, 1234.0, 0.5),
        (12.345, -5.0, 0.0),
    ]
    assert found_in(read) == [("OX101", "Indicatoren!E4")]


# Words


def test_lights_by_word_letter_and_emoji(tmp_path: Path) -> None:
    """Lights in both languages; "R" between words is reported, not guessed."""
    read = read_column(tmp_path, "Verkeerslicht", "Groen", "amber", "🔴", "g ", "geel", "", "R", "Ready")
    assert [action.light for action in read.plan.actions] == [
        TrafficLight.GREEN, TrafficLight.ORANGE, TrafficLight.RED, TrafficLight.GREEN, TrafficLight.ORANGE, None, None, None,
    ]  # fmt: skip
    assert found_in(read) == [("OX102", "Acties!A8"), ("OX102", "Acties!A9")]
    assert [f.severity for f in read.findings if f.code == "OX102"] == [Severity.WARNING] * 2


def test_a_column_of_letters_is_clear(tmp_path: Path) -> None:
    """Where the whole column is G, O and R, R is red."""
    read = read_column(tmp_path, "RAG", "G", "O", "R", "")
    assert [action.light for action in read.plan.actions] == [*TrafficLight, None]
    assert found_in(read) == []


def test_true_and_one_are_different_things(tmp_path: Path) -> None:
    """TRUE is no progress, although Excel counts it as 1."""
    read = read_column(tmp_path, "Voortgang", 0.5, 1, True)
    assert progress(read) == [50, 100, None]
    assert found_in(read) == [("OX101", "Acties!A4")]


# People and sessions


def test_the_address_behind_a_link_is_read(tmp_path: Path) -> None:
    """An address is read from "Naam <mail>" and from the link of a cell that shows a name."""

    def link(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Personen")
        sheet.write_url("B3", "mailto:bram@example.org?subject=Hallo", string="Mail Bram")

    people: Rows = [
        ["Naam", "E-mail"],
        ["Anna", "Anna <anna@example.org>"],
        ["Bram", None],
        ["Cor", "geen idee"],
    ]
    read = read_sheets(tmp_path, dutch(Personen=people), link)
    assert [person.mail for person in read.plan.people] == ["anna@example.org", "bram@example.org", ""]
    assert found_in(read) == [("OX101", "Personen!B4")]


def test_a_session_without_a_date_is_left_out_with_an_error(tmp_path: Path) -> None:
    """A row that lacks what it is about can't take part: the others are read, and the finding says which heading."""
    sessions: Rows = [
        ["ID", "Soort", "Datum", "Tijd", "Herinnering"],
        ["SES1", "Doensessie", None],
        ["SES2", "borrel", DAY],
        ["SES3", "Doensessie", "ergens in mei"],
        ["SES4", "Doensessie", DAY, "10 uur", "nee"],
    ]
    read = read_sheets(tmp_path, dutch(Sessies=sessions))
    assert [(s.id, s.time, s.invitation, s.reminder) for s in read.plan.sessions] == [
        ("SES4", time(10, 0), True, False)
    ]
    assert found_in(read) == [
        ("OX105", "Sessies!C2"), ("OX101", "Sessies!B3"), ("OX105", "Sessies!B3"),
        ("OX101", "Sessies!C4"), ("OX105", "Sessies!C4"),
    ]  # fmt: skip
    assert {f.severity for f in read.findings if f.code == "OX105"} == {Severity.ERROR}


def test_a_second_objective_is_reported(tmp_path: Path) -> None:
    """An OGSM has one objective: the first."""
    rows = [["ID", "Ambitie", "Eigenaar"], ["O1", "Iedereen een thuis", "Anna"], ["O2", "En rijk", "Bram"]]
    read = read_sheets(tmp_path, dutch(Ambitie=rows))
    assert read.plan.objective is not None
    assert read.plan.objective.id == "O1"
    assert found_in(read) == [("OX116", "Ambitie!B3")]


# Formulas and errors


def test_formulas_with_a_result_are_read(tmp_path: Path) -> None:
    """The stored result counts, whatever its kind; a stored empty text is blank."""
    rows: Rows = [
        ["ID", "Actie", "Eigenaar", "Deadline", "Status"],
        ["A1", "Bellen", "Anna", Shown(46127, "dd-mm-yyyy", "=B99"), Shown("Klaar", formula='="Kl"&"aar"')],
        ["A2", "Mailen", "Anna", None, Shown("", formula='=""')],
    ]
    path = write_sheets(tmp_path / "plan.xlsx", dutch(Acties=rows))
    empty_text = b'<c r="E3" t="str">'
    read = read_plan(rewritten(path, lambda xml: xml.replace(b'<c r="E3">', empty_text)))
    assert [(action.deadline, action.status) for action in read.plan.actions] == [
        (DAY, Status.DONE),
        (None, None),
    ]
    assert found_in(read) == []


def test_error_values_are_told_apart_from_blanks(tmp_path: Path) -> None:
    """#VERW! is reported by its name in each language; the field is blank, the row is read."""
    read = read_column(
        tmp_path, "Deadline", Shown("#REF!", formula="=B99"), None, Shown("#N/A", formula="=NA()")
    )
    assert deadlines(read) == [None, None, None]
    assert found_in(read) == [("OX103", "Acties!A2"), ("OX103", "Acties!A4")]
    finding = next(finding for finding in read.findings if finding.code == "OX103")
    assert finding.message == (
        "Deadline: de cel bevat de foutwaarde #VERW!.",
        "Deadline: the cell holds the error value #REF!.",
    )


def test_an_error_in_the_corner_of_the_sheet_is_found(tmp_path: Path) -> None:
    """An error value beyond everything else that the sheet holds, and in the ID, is reported."""
    read = read_actions(
        tmp_path,
        ["ID", "Actie", "Eigenaar", "Status", "Deadline"],
        ["A1", "Bellen", "Anna"],
        [Shown("#NAME?", formula="=x()"), "Mailen", None, None, Shown("#VALUE!", formula='=1+""')],
    )
    assert [action.id for action in read.plan.actions] == ["A1", "A2"]
    assert found_in(read) == [("OX103", "Acties!A3"), ("OX103", "Acties!E3")]
    assert read.proposed_ids == {}


def test_formulas_without_a_result_are_reported(tmp_path: Path) -> None:
    """A file that another program saved without calculating: opening it in Excel helps."""
    path = write_sheets(
        tmp_path / "plan.xlsx",
        dutch(Acties=[["ID", "Actie", "Eigenaar", "Deadline", "Status"], ["A1", "Bellen", "Anna"]]),
    )
    workbook = openpyxl.load_workbook(path)
    workbook["Acties"]["D2"] = "=TODAY()"
    workbook["Acties"]["A3"] = "=ROW()"
    workbook.save(path)
    read = read_plan(path)
    assert deadlines(read) == [None]
    assert found_in(read) == [("OX104", "Acties!D2")]


# XML as other programs write it


def rewritten(path: Path, change: Callable[[bytes], bytes], part: str = "sheet2.xml") -> Path:
    """A copy of the workbook with the XML of one sheet changed."""
    copy = path.with_name("anders.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            contents = source.read(name)
            target.writestr(name, change(contents) if name.endswith(part) else contents)
    return copy


def actions_workbook(folder: Path) -> Path:
    rows: Rows = [
        ["ID", "Actie", "Eigenaar", "Deadline", "Status", "Voortgang"],
        ["A1", "Bellen", "Anna", DAY, "Klaar", Shown(1, "0%")],
        ["A2", "Mailen", "Anna", Shown("#REF!", formula="=B99"), "Klaar", 60],
    ]
    return write_sheets(folder / "plan.xlsx", dutch(Acties=rows))


def with_prefix(xml: bytes) -> bytes:
    """Every element with a prefix, as some libraries write it."""
    prefixed = re.sub(rb"<(/?)([a-zA-Z]+)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=")
    return prefixed.replace(b"<?x:xml", b"<?xml")


def without_positions(xml: bytes) -> bytes:
    """Rows and cells that do not say where they are, where nothing is skipped."""
    return re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", xml)


def in_single_quotes(xml: bytes) -> bytes:
    return xml[:60] + xml[60:].replace(b'"', b"'")


@pytest.mark.parametrize("change", [with_prefix, without_positions, in_single_quotes])
def test_xml_in_other_forms_is_read_the_same(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """Prefixes, cells without positions and single quotes change nothing; errors are still found."""
    path = actions_workbook(tmp_path)
    plain, other = read_plan(path), read_plan(rewritten(path, change))
    assert other.plan.actions == plain.plan.actions
    assert found_in(other) == found_in(plain) == [("OX103", "Acties!D3")]


def test_damaged_xml_gets_a_sentence(tmp_path: Path) -> None:
    """A sheet that is cut off is refused, or read as far as it goes; never a crash."""
    path = rewritten(actions_workbook(tmp_path), lambda xml: xml[: len(xml) // 2])
    with pytest.raises(InputProblem):
        read_plan(path)
