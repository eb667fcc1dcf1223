"""Filling the calendar of a workbook."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.year_calendar import CalendarWishes
from ogsm_xl.usecases.fill_calendar import fill_calendar
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.validate import validate
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 11, 22, 9)

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster"
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES7 doing 2026-12-10 10:00 minutes=60 place=Beuk
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def fill(place: Workplace, year: int = 2027, *, dry_run: bool = False, country: str | None = None) -> Outcome:
    """Run it."""
    wishes = CalendarWishes(place="=Beuk")
    return fill_calendar(
        config=place.config, year=year, wishes=wishes, now=NOW, dry_run=dry_run, country=country
    )


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_a_year_goes_into_the_protected_sheet(tmp_path: Path, language: Language) -> None:
    """Thirteen sessions below those that are there, with the IDs that follow; the place stays text."""
    place = Workplace(tmp_path, PLAN, language)
    assert fill(place).code is ExitCode.DONE
    before, *added = place.plan().sessions
    assert before == PLAN.sessions[0]
    assert [session.id for session in added] == [f"SES{number}" for number in range(8, 21)]
    assert {session.place for session in added} == {"=Beuk"}
    assert all(session.invitation and session.reminder and not session.cancelled for session in added)


def test_the_checks_have_nothing_to_say_about_the_new_calendar(place: Workplace) -> None:
    """No holiday, no weekend, no gap: the validator agrees with what was planned."""
    fill(place)
    found = validate(config=place.config, today=NOW.date()).findings
    assert [f.code for f in found if f.code.startswith("OX7")] == []


def test_a_second_run_adds_nothing(place: Workplace) -> None:
    """The workbook is not even written."""
    fill(place)
    before = place.workbook.read_bytes()
    assert fill(place).data["added"] == []
    assert place.workbook.read_bytes() == before


def test_holidays_are_those_of_the_country(place: Workplace) -> None:
    """6 May 2027 is Ascension Day in the Netherlands, and a working day where no country is named."""
    wishes = CalendarWishes(week=1)

    def may(country: str) -> list[date]:
        outcome = fill_calendar(
            config=place.config, year=2027, wishes=wishes, now=NOW, country=country, dry_run=True
        )
        added = outcome.data["added"]
        assert isinstance(added, list)
        days = [date.fromisoformat(session["date"]) for session in added]
        return [day for day in days if day.month == 5]

    assert (may("nl"), may("")) == ([date(2027, 5, 13)], [date(2027, 5, 6)])


def test_a_country_that_is_not_known_is_a_sentence(place: Workplace) -> None:
    """It shows what to write; nothing was added."""
    with pytest.raises(InputProblem, match="Holland"):
        fill(place, country="Holland")
    assert place.plan().sessions == PLAN.sessions


@pytest.mark.parametrize("year", [2025, 2032, 0, 99999])
def test_a_year_that_makes_no_sense_is_a_sentence(place: Workplace, year: int) -> None:
    """It names the years that can be filled."""
    with pytest.raises(InputProblem, match="2026"):
        fill(place, year)


def test_a_plan_that_is_open_in_excel_is_left_alone(place: Workplace) -> None:
    """The sentence says who has it open."""
    place.workbook.with_name("~$plan.xlsx").write_bytes(bytes([4]) + b"Anna" + bytes(160))
    with pytest.raises(OutsideProblem, match="Anna"):
        fill(place)


def test_the_command_previews(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Every session on a line, and nothing changed."""
    before = place.workbook.read_bytes()
    config = str(place.folder / "config.toml")
    arguments = ["calendar", "--year", "2027", "--config", config, "--as-of", "2026-11-22", "--dry-run"]
    assert run([*arguments, "--weekday", "tue", "--week", "1", "--time", "9:30"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "  SES8   di 05-01-2027 09:30  Doensessie (60 minuten)"
    assert len(shown) == 14
    assert run([*arguments, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["added"]) == 13
    assert place.workbook.read_bytes() == before


def test_a_time_that_is_none_is_a_sentence(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows how to write one."""
    config = str(place.folder / "config.toml")
    assert run(["calendar", "--year", "2027", "--config", config, "--time", "ten"]) == 2
    assert "10:00" in capsys.readouterr().err
