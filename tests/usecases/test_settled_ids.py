"""A row counts under its ID only where that ID tells for sure which row is meant."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.excel.editor import Edit, SetCell
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.plan.model import Action, Plan
from ogsm_xl.plan.words import TrafficLight
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

BEFORE = datetime(2026, 9, 2, 8)
INVITATION_DAY = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 17)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person   Anna anna@example.org ogsm_owner
    person   Bram bram@example.org
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 40% green
    action   A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 done 100%
    session  SES1 doing 2026-09-10 10:00
""")
TWICE = dataclasses.replace(PLAN, actions=(PLAN.actions[0], dataclasses.replace(PLAN.actions[1], id="A1")))
WITHOUT = dataclasses.replace(
    PLAN, actions=tuple(dataclasses.replace(action, id="") for action in PLAN.actions)
)


def actions(place: Workplace) -> tuple[Action, ...]:
    return place.plan().actions


def as_written(plan: Plan) -> list[tuple[str, int | None]]:
    return [(action.text, action.progress) for action in plan.actions]


def test_rows_with_the_same_id_are_never_taken_for_edits_of_each_other(tmp_path: Path) -> None:
    """Collecting twice leaves both rows as they are, and makes no report."""
    place = Workplace(tmp_path, TWICE)
    place.collect(BEFORE)
    outcome = place.collect(NOW)
    assert outcome.data["edited"] == []
    assert as_written(place.plan()) == as_written(TWICE)
    assert place.plan().reports == ()


def test_mending_a_duplicate_id_is_no_report(tmp_path: Path) -> None:
    """Whoever gives the second row its own ID has reported nothing."""
    place = Workplace(tmp_path, TWICE)
    place.send(BEFORE)
    place.collect(BEFORE)

    def mend(copy: Path) -> list[Edit]:
        row = read_plan(copy).plan.actions[1].row
        assert row is not None
        return [SetCell(row.cell("id"), "A2")]

    write_plan(place.workbook, mend, now=NOW)
    place.collect(NOW)
    assert as_written(place.plan()) == as_written(PLAN)
    assert place.plan().reports == ()


def test_nobody_is_asked_about_an_id_that_two_rows_have(tmp_path: Path) -> None:
    """It is shown instead, until somebody has mended it."""
    place = Workplace(tmp_path, TWICE)
    outcome = place.send(INVITATION_DAY)
    assert place.recipients() == []
    assert outcome.code is ExitCode.LOOK
    assert any("A1" in text.nl for text in outcome.look_at)


def test_the_preview_leaves_out_what_nobody_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`plan-mails` shows what would go, and nothing else."""
    Workplace(tmp_path, TWICE)
    run(["plan-mails", "--config", str(tmp_path / "config.toml"), "--as-of", "2026-09-01"])
    shown = capsys.readouterr().out
    assert ("Uitnodiging" in shown, "Herinnering" in shown) == (False, False)


def test_a_row_gets_its_id_before_its_owner_is_asked(tmp_path: Path) -> None:
    """The mail names an ID that stands in the plan, so that sorting the rows changes nothing."""
    place = Workplace(tmp_path, WITHOUT)
    place.send(INVITATION_DAY)
    assert [action.id for action in actions(place)] == ["A1", "A2"]
    assert read_plan(place.workbook).proposed_ids == {}
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood 20%"))
    place.collect(NOW)
    assert [(action.text, action.light) for action in actions(place)] == [
        ("Website renewed", TrafficLight.RED),
        ("Contract signed", None),
    ]


def test_rows_without_id_wait_while_the_plan_is_open(tmp_path: Path) -> None:
    """Nobody is asked about an ID that is not in the plan; the next run does it."""
    place = Workplace(tmp_path, WITHOUT)
    owner_file = place.workbook.with_name("~$" + place.workbook.name)
    owner_file.write_bytes(
        b"\x04Anna".ljust(55, b" ") + b"\x04\x00" + "Anna".encode("utf-16-le").ljust(108, b"\x00")
    )
    assert place.send(INVITATION_DAY).code is ExitCode.LOOK
    assert place.recipients() == []
    owner_file.unlink()
    place.send(INVITATION_DAY.replace(hour=12))
    assert place.recipients() == ["anna@example.org"]


def test_a_session_that_can_not_be_read_is_shown(tmp_path: Path) -> None:
    """Its owners would hear nothing, and nobody would know."""
    place = Workplace(tmp_path, PLAN)

    def spoil(copy: Path) -> list[Edit]:
        row = read_plan(copy).plan.sessions[0].row
        assert row is not None
        return [SetCell(row.cell("date"), "ergens in september")]

    write_plan(place.workbook, spoil, now=NOW, unlock_protected=True)
    outcome = place.send(INVITATION_DAY)
    assert outcome.code is ExitCode.LOOK
    assert any("Sessies" in text.nl for text in outcome.look_at)


def test_a_folder_for_the_mails_without_a_dry_run_is_refused(tmp_path: Path) -> None:
    """Who forgot --dry-run did not want to mail."""
    place = Workplace(tmp_path, PLAN)
    config = str(tmp_path / "config.toml")
    assert (
        run(["send-invites", "--config", config, "--as-of", "2026-09-03", "--out", str(tmp_path / "look")])
        == 2
    )
    assert place.recipients() == []


def test_a_day_that_is_too_far_off_is_refused(tmp_path: Path) -> None:
    """A typing error in the year is a sentence."""
    Workplace(tmp_path, PLAN)
    assert run(["show-status", "--config", str(tmp_path / "config.toml"), "--as-of", "0001-01-01"]) == 2
