"""The log: what each run did, a line an event, and nothing that people wrote."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import typer

from ogsm_xl.cli import run
from ogsm_xl.cli.log import log_begin, logged_run, numbers_of, open_log
from ogsm_xl.plan.words import Language
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES1 doing 2026-09-10 10:00
""")

LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d (INFO   |WARNING|ERROR  ) ([0-9a-f]{6}) ([\w-]+): (.+)"
)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def call(place: Workplace, command: str, *arguments: str, as_of: str = "2026-09-03") -> int:
    return run([command, "--config", str(place.folder / "config.toml"), "--as-of", as_of, *arguments])


def lines(place: Workplace) -> list[tuple[str, str, str, str]]:
    """Level, run, command and event of each line."""
    found = []
    for line in place.config.log_file.read_text(encoding="utf-8").splitlines():
        match = LINE.fullmatch(line)
        assert match, line
        found.append((match[1].strip(), match[2], match[3], match[4]))
    return found


def test_a_job_leaves_when_it_ran_and_what_came_of_it_in_numbers(place: Workplace) -> None:
    """Two lines with the same run ID, beside the ledger where nothing else is said."""
    call(place, "send-invites")
    (_, first, _, begins), (level, second, command, ends) = lines(place)
    assert (begins, first) == ("begint, per 2026-09-03 08:00", second)
    assert (level, command) == ("INFO", "send-invites")
    assert ends == "eindigt met code 0: sent=1"


def test_each_run_has_an_id_of_its_own(place: Workplace) -> None:
    """So that the lines of two runs can be told apart."""
    call(place, "send-invites")
    call(place, "send-invites")
    assert len({run_id for _, run_id, _, _ in lines(place)}) == 2


def test_what_stopped_a_job_is_in_the_log(place: Workplace) -> None:
    """The sentence, with the exit code."""
    place.workbook.unlink()
    call(place, "send-invites")
    level, _, _, event = lines(place)[-1]
    assert level == "ERROR"
    assert event.startswith("stopt met code 2: ")
    assert "plan.xlsx" in event


def test_nothing_that_somebody_wrote_gets_into_the_log(place: Workplace) -> None:
    """Not what was reported, not what could not be read, not the mail round it."""
    call(place, "send-invites")
    [mail] = place.sent()
    place.deliver(place.answer(mail, "A1 paarsachtig 60% KEEPITOUT\nDone: KEEPITOUT"))
    call(place, "collect-replies", as_of="2026-09-04")
    assert lines(place)[-1][2] == "collect-replies"
    logged = place.config.log_file.read_text(encoding="utf-8")
    assert "KEEPITOUT" not in logged
    assert "paarsachtig" not in logged
    assert "Website" not in logged


def test_a_dry_run_is_not_logged(place: Workplace) -> None:
    """It changes nothing, nowhere."""
    call(place, "send-invites", "--dry-run")
    assert not place.config.log_file.exists()


def test_the_file_and_how_much_is_kept_can_be_set(place: Workplace) -> None:
    """A relative path is relative to the configuration, as all of them are."""
    config = place.folder / "config.toml"
    with config.open("a", encoding="utf-8") as file:
        file.write('[log]\nfile = "logs/jobs.log"\nkeep = 1\n')
    call(place, "validate")
    assert (place.folder / "logs" / "jobs.log").exists()


def test_a_full_log_begins_anew_and_keeps_the_older_parts(tmp_path: Path) -> None:
    """No more of them than was asked for."""
    file = tmp_path / "ogsm.log"
    with logged_run(["validate"]):
        open_log(file, 2, Language.NL)
        rotating = logging.getLogger("ogsm_xl").handlers[-1]
        rotating.maxBytes = 200  # type: ignore[attr-defined]  # it is a RotatingFileHandler
        for _ in range(20):
            log_begin(datetime(2026, 9, 3, 8), Language.NL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ogsm.log", "ogsm.log.1", "ogsm.log.2"]


def test_a_log_that_cannot_be_written_stops_no_job(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence says so, and the mail goes out."""
    place.config.log_file.mkdir()
    assert call(place, "send-invites") == 0
    assert place.recipients() == ["anna@example.org"]
    assert "[log]" in capsys.readouterr().err


def test_verbose_shows_it_on_the_terminal(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """With which files are used; what a program reads stays clean."""
    config = str(place.folder / "config.toml")
    code = run(["--verbose", "validate", "--config", config, "--as-of", "2026-09-03", "--json"])
    shown = capsys.readouterr()
    assert json.loads(shown.out)["exit_code"] == code
    assert "DEBUG" in shown.err
    assert "ledger.sqlite" in shown.err


def test_a_sentence_on_the_terminal_is_not_said_twice(tmp_path: Path) -> None:
    """Where no log is open, none is printed instead."""
    shown = subprocess.run(
        [sys.executable, "-m", "ogsm_xl.cli", "validate", "--config", tmp_path / "nowhere.toml"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (shown.returncode, shown.stderr.count("\n")) == (2, 1)


def test_a_script_takes_verbose_as_well(place: Workplace) -> None:
    """Wherever it stands among its arguments."""
    script = Path(__file__).parents[2] / "jobs" / "validate_workbook.py"
    arguments = ["--config", str(place.folder / "config.toml"), "--verbose"]
    shown = subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert " INFO " in shown.stderr


def test_after_a_run_nothing_is_left_open(place: Workplace) -> None:
    """Else Windows could not move or delete the file."""
    call(place, "validate")
    assert [type(handler) for handler in logging.getLogger("ogsm_xl").handlers] == [logging.NullHandler]


def test_one_event_is_one_line(tmp_path: Path) -> None:
    """Whatever a sentence, or what another program answered, holds: no line of a log can be forged."""
    file = tmp_path / "ogsm.log"
    with logged_run(["validate"]):
        open_log(file, 2, Language.NL)
        logging.getLogger("ogsm_xl.post").warning("one\n2026-01-01 00:00:00 INFO forged\x1b[2J%s", "x" * 2000)
    logged = file.read_text(encoding="utf-8")
    assert (logged.count("\n"), "\x1b" in logged) == (1, False)
    assert len(logged) < 700


def test_what_nobody_expected_is_logged_without_its_traceback(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback could hold what people wrote; the log names the file that it is in."""
    broken = typer.Typer()

    @broken.command()
    def fail() -> None:
        open_log(place.config.log_file, 2, Language.NL)
        raise ZeroDivisionError

    assert run([], broken) == 3
    details = Path(next(word.strip(";") for word in capsys.readouterr().err.split() if "ogsm-xl-" in word))
    details.unlink()
    logged = place.config.log_file.read_text(encoding="utf-8")
    assert "ogsm-xl-" in logged
    assert "ZeroDivisionError" not in logged


def test_an_outcome_is_logged_as_numbers() -> None:
    """What is counted, and how long the lists are; texts are left out."""
    data = {
        "dry_run": False,
        "sent": [{"person": "Anna"}],
        "mails": {"accepted": 2, "who": "Anna"},
        "session": "SES1",
        "current": 4,
        "copy": None,
    }
    assert numbers_of(data) == {"sent": 1, "mails.accepted": 2, "current": 4}
