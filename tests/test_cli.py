"""The command line: every end is a sentence and an exit code."""

from __future__ import annotations

import errno
import json
import sqlite3
from pathlib import Path

import filelock
import openpyxl
import pytest
import typer

from ogsm_xl.cli import run
from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.tools import end
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from tests.support.errors import system_error
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES1 doing 2026-09-10 10:00
""")

JOBS = [
    "validate",
    "send-invites",
    "send-reminders",
    "share-status",
    "collect-replies",
    "build-session",
    "show-status",
]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def call(place: Workplace, command: str, *arguments: str) -> int:
    config = str(place.folder / "config.toml")
    return run([command, "--config", config, "--as-of", "2026-09-03", *arguments])


def test_an_invitation_goes_out_as_if_it_were_that_day(place: Workplace) -> None:
    """--as-of replays any day."""
    assert call(place, "send-invites") == 0
    assert place.recipients() == ["anna@example.org"]


@pytest.mark.parametrize("command", JOBS)
def test_every_job_speaks_json(place: Workplace, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A program can read the outcome; the exit code is in it."""
    code = call(place, command, "--json")
    assert json.loads(capsys.readouterr().out)["exit_code"] == code


@pytest.mark.parametrize("command", JOBS)
def test_a_dry_run_of_any_job_changes_nothing_nowhere(place: Workplace, command: str) -> None:
    """Every file is as it was, and no file is new."""
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    assert call(place, command, "--dry-run") in {0, 1}
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", JOBS)
def test_a_missing_configuration_is_one_sentence(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and nothing but the sentence."""
    assert run([command, "--config", "nowhere/config.toml"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert "nowhere" in shown.err


@pytest.mark.parametrize("command", JOBS)
def test_a_share_that_is_away_is_worth_another_try(
    place: Workplace, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where not even the plan's folder can be found, exit code 3 says so; a scheduler tries again."""
    config = place.folder / "config.toml"
    text = config.read_text(encoding="utf-8").replace("plan.xlsx", "away/plan.xlsx")
    config.write_text(text, encoding="utf-8")
    assert call(place, command) == 3
    assert "away is niet te bereiken" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "windows"), [(errno.ESTALE, None), (errno.ENOENT, 53), (errno.EINVAL, 1231)]
)
def test_a_share_lost_in_the_middle_is_named(
    code: int, windows: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was going on: one sentence says what can't be reached, and exit code 3 that trying again helps."""
    program = typer.Typer()

    @program.command()
    def read() -> None:
        raise system_error(code, windows, "N:\\ogsm")

    assert run([], program) == 3
    shown = capsys.readouterr().err
    assert shown.startswith("N:\\ogsm ")
    assert shown.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "code", "says"),
    [
        (errno.EACCES, 2, "mag niet bij N:\\ogsm"),
        (errno.ENOSPC, 3, "geen ruimte meer op de schijf (N:\\ogsm)"),
    ],
)
def test_what_the_disk_has_against_it_is_a_sentence(
    number: int, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where no job expected it: which file, and what to do."""
    program = typer.Typer()

    @program.command()
    def read() -> None:
        use_language(Language.NL)
        raise system_error(number, file="N:\\ogsm")

    assert run([], program) == code
    assert says in capsys.readouterr().err


def test_a_ledger_where_nobody_may_write_is_named_with_the_key_to_change(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is sent; a file in the place of its folder does the same as a folder without permission."""
    (place.folder / "taken").write_bytes(b"")
    config = place.folder / "config.toml"
    text = config.read_text(encoding="utf-8").replace("ledger.sqlite", "taken/ledger.sqlite")
    config.write_text(text, encoding="utf-8")
    assert call(place, "send-invites") == 2
    assert "Kies met [ledger] file een map waar deze gebruiker mag schrijven" in capsys.readouterr().err
    assert place.recipients() == []


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (sqlite3.OperationalError("attempt to write a readonly database"), 3, "May this user write to it"),
        (sqlite3.OperationalError("database or disk is full"), 3, "is there room on the disk"),
        (sqlite3.DatabaseError("database disk image is malformed"), 2, "The ledger is damaged"),
    ],
)
def test_a_ledger_that_fails_in_the_middle_is_a_sentence(
    error: sqlite3.DatabaseError, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the database says is in it, and where to find out which file it is."""
    program = typer.Typer()

    @program.command()
    def read() -> None:
        use_language(Language.EN)
        raise error

    assert run([], program) == code
    shown = capsys.readouterr().err
    assert says in shown
    assert str(error) in shown
    assert "ogsm-xl doctor says where it is" in shown


@pytest.mark.parametrize("command", JOBS)
@pytest.mark.parametrize("content", [None, b"", b"no workbook", b"PK\x03\x04 half a zip"])
def test_a_workbook_that_cannot_be_read_is_one_sentence(
    place: Workplace, command: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the file; the exit code says that somebody must mend it."""
    place.workbook.unlink()
    if content is not None:
        place.workbook.write_bytes(content)
    assert call(place, command) == 2
    shown = capsys.readouterr()
    assert "plan.xlsx" in shown.err
    assert shown.err.count("\n") == 1


def test_a_workbook_without_actions_names_the_missing_sheet(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says which sheet is not there."""
    other = openpyxl.Workbook()
    other.save(place.workbook)
    assert call(place, "validate") == 2
    assert "plan.xlsx" in capsys.readouterr().err


def test_a_wrong_day_is_one_sentence(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what to write."""
    assert run(["validate", "--config", str(place.folder / "config.toml"), "--as-of", "3 september"]) == 2
    assert "2026-09-03" in capsys.readouterr().err


def test_an_unknown_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error in a scheduled command shows in its log."""
    assert run(["validate", "--configuration", "x"]) == 2
    assert "--configuration" in capsys.readouterr().err


def test_two_runs_at_once_do_not_meet(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one says so and ends; it can be tried again."""
    with filelock.FileLock(place.config.ledger_file.with_suffix(".lock")):
        assert call(place, "send-invites") == 3
    assert "plan.xlsx" in capsys.readouterr().err
    assert place.recipients() == []


def test_sentences_are_in_the_language_of_the_configuration(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same failure reads differently for a Dutch and an English organisation."""
    place.workbook.unlink()
    config = place.folder / "config.toml"
    call(place, "validate")
    dutch = capsys.readouterr().err
    config.write_text(config.read_text(encoding="utf-8").replace('"nl"', '"en"'), encoding="utf-8")
    call(place, "validate")
    assert dutch != capsys.readouterr().err


def test_what_nobody_expected_ends_in_a_file_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback on the terminal; it is in the file that the sentence names."""
    broken = typer.Typer()

    @broken.command()
    def fail() -> None:
        raise ZeroDivisionError

    assert run([], broken) == 3
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    log = Path(next(word.strip(";") for word in shown.err.split() if "ogsm-xl-" in word))
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


def test_ctrl_c_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """And with the exit code that shells know for it."""
    program = typer.Typer()

    @program.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert run([], program) == 130
    assert "the next run does the rest" in capsys.readouterr().err


def test_what_was_told_before_is_not_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    """Who was asked has seen the list: what remains is what became of it."""
    listed, done = Text("Een besluit", "A decision"), Text("Gedaan.", "Done.")
    with pytest.raises(typer.Exit):
        end(Outcome(ExitCode.DONE, done, details=[listed]), Language.NL, as_json=False, told=[listed])
    assert capsys.readouterr().out == "Gedaan.\n"
