"""The scheduler as a command."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from ogsm_xl.cli import app, run
from ogsm_xl.config import ScheduleSection
from ogsm_xl.usecases.timetable import timetable
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def call(place: Workplace, *arguments: str) -> int:
    return run(["run", "--config", str(place.folder / "config.toml"), *arguments])


def set_schedule(place: Workplace, lines: str) -> None:
    with (place.folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[schedule]\n{lines}\n")


def test_once_runs_what_is_due_through_the_jobs_themselves(place: Workplace) -> None:
    """Thursday 3 September, eight o'clock: the invitation goes out; a second time nothing is due."""
    assert call(place, "--once", "--as-of", "2026-09-03") == 0
    assert place.recipients() == ["anna@example.org"]
    logged = place.config.log_file.read_text(encoding="utf-8")
    assert [name in logged for name in ("collect-replies:", "send-reminders:", "send-invites:")] == [True] * 3
    assert call(place, "--once", "--as-of", "2026-09-03") == 0
    assert place.config.log_file.read_text(encoding="utf-8").count(" send-invites: ") == 2


def test_its_exit_code_is_the_most_serious_one(place: Workplace) -> None:
    """The workbook is gone: that needs a person."""
    place.workbook.unlink()
    assert call(place, "--once", "--as-of", "2026-09-03") == 2


def test_a_program_reads_clean_json(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """What the jobs print goes to the other stream."""
    code = call(place, "--once", "--as-of", "2026-09-03", "--json")
    shown = json.loads(capsys.readouterr().out)
    assert shown["exit_code"] == code
    assert [each["job"] for each in shown["ran"]] == [
        "collect-replies", "send-invites", "send-reminders", "share-status",
    ]  # fmt: skip
    assert shown["next"]["send-invites"] == "2026-09-04T08:00"


def test_a_dry_run_says_what_is_due_and_changes_nothing(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is new, none is changed."""
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    assert call(place, "--dry-run", "--as-of", "2026-09-03") == 0
    said = capsys.readouterr().out
    assert "collect-replies, send-invites, send-reminders, share-status" in said
    assert "geen taak" not in said
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before


def test_there_is_one_scheduler_a_plan(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one says so and ends."""
    with filelock.FileLock(place.config.ledger_file.with_suffix(".scheduler.lock")):
        assert call(place, "--once") == 3
    assert "plan.xlsx" in capsys.readouterr().err


def test_any_other_day_is_for_one_turn_only(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """A clock that stands still would wait forever."""
    assert call(place, "--as-of", "2026-09-03") == 2
    assert "--once" in capsys.readouterr().err


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "service stop"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't send these to one process")
def test_it_stops_when_asked(place: Workplace, wish: signal.Signals) -> None:
    """Exit code 0, with a sentence; the lock is free again."""
    set_schedule(place, "days = []")
    config = str(place.folder / "config.toml")
    process = subprocess.Popen(
        [sys.executable, "-m", "ogsm_xl.cli", "run", "--config", config],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert "[schedule]" in process.stdout.readline()
    process.send_signal(wish)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("Gestopt.")
    with filelock.FileLock(place.config.ledger_file.with_suffix(".scheduler.lock"), timeout=0):
        pass


def test_every_job_of_the_timetable_is_a_command() -> None:
    """A name that is wrong would fail at eight in the morning."""
    everything = ScheduleSection(show_status=("08:00",), validate_plan=("08:00",))
    commands = {command.name or (command.callback.__name__.replace("_", "-") if command.callback else "")
                for command in app.registered_commands}  # fmt: skip
    assert set(timetable(everything)) <= commands


@pytest.mark.parametrize("written", ['["8:00"]', '["25:00"]', '"08:00"', "8"])
def test_a_time_that_is_none_is_named(
    place: Workplace, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the key that it is written under."""
    set_schedule(place, f"send_invites = {written}")
    assert call(place, "--once") == 2
    assert "schedule.send_invites" in capsys.readouterr().err
