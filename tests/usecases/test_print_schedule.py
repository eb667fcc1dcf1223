"""What other schedulers need to run the jobs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring

from ogsm_xl.cli import run
from ogsm_xl.config import Config, load_config
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.usecases.print_schedule import Machine, Target, print_schedule, schedule_files, step

NAMESPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

MACHINE = Machine(Path("/opt/py 100%/bin/python"), "DELINDE\\ogsm", date(2026, 11, 22))

ODD = "Plan & 'doel' 100% $HOME"


def config_in(folder: Path, minutes: int = 15) -> Config:
    """The configuration of a plan in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    text = '[plan]\nworkbook = "plan.xlsx"\n[mail]\nsender_address = "ogsm@example.org"\n'
    text += '[ledger]\nfile = "ledger.sqlite"\n'
    file.write_text(f"{text}[schedule]\ncollect_minutes = {minutes}\n", encoding="utf-8")
    return load_config(file)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A configuration in a folder whose name every scheduler could misread."""
    return config_in(tmp_path / ODD)


def only(target: Target, config: Config) -> str:
    [text] = schedule_files(target, config, MACHINE).values()
    return text


# Task Scheduler


def task(config: Config) -> ET.Element:
    return fromstring(only(Target.WINDOWS, config).encode("utf-16"))


def children(element: ET.Element | None) -> list[str]:
    assert element is not None
    return [child.tag.rpartition("}")[2] for child in element]


def test_the_task_has_the_structure_that_task_scheduler_exports(config: Config) -> None:
    """The same elements, in the same order, in its namespace."""
    found = task(config)
    assert (found.tag, found.get("version")) == (f"{{{NAMESPACE['t']}}}Task", "1.2")
    assert children(found) == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    trigger = found.find("t:Triggers/t:CalendarTrigger", NAMESPACE)
    assert children(trigger) == ["Repetition", "StartBoundary", "Enabled", "ScheduleByDay"]
    principal = found.find("t:Principals/t:Principal", NAMESPACE)
    assert children(principal) == ["UserId", "LogonType", "RunLevel"]
    assert children(found.find("t:Actions/t:Exec", NAMESPACE)) == ["Command", "Arguments", "WorkingDirectory"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Triggers/t:CalendarTrigger/t:Repetition/t:Interval", "PT15M"),
        ("Triggers/t:CalendarTrigger/t:StartBoundary", "2026-11-22T00:00:00"),
        ("Principals/t:Principal/t:UserId", "DELINDE\\ogsm"),
        ("Settings/t:MultipleInstancesPolicy", "IgnoreNew"),
        ("Settings/t:StartWhenAvailable", "true"),
        ("Settings/t:DisallowStartIfOnBatteries", "false"),
        ("Actions/t:Exec/t:Command", str(MACHINE.python)),
    ],
)
def test_the_task_says(config: Config, place: str, expected: str) -> None:
    """What was missed is caught up with; a second one never starts beside the first."""
    assert task(config).findtext(f"t:{place}", namespaces=NAMESPACE) == expected


def test_the_task_calls_the_scheduler_of_this_configuration(config: Config) -> None:
    """From the folder of the plan, with a path that is quoted as Windows reads it."""
    found = task(config)
    assert found.findtext("t:Actions/t:Exec/t:WorkingDirectory", namespaces=NAMESPACE) == str(
        config.file.parent
    )
    arguments = found.findtext("t:Actions/t:Exec/t:Arguments", namespaces=NAMESPACE)
    assert arguments == f'-m ogsm_xl.cli run --once --config "{config.file}"'


def test_the_task_is_written_as_task_scheduler_reads_it(config: Config, tmp_path: Path) -> None:
    """UTF-16 with its mark, as the header says; lines end as on Windows."""
    print_schedule(Target.WINDOWS, config, MACHINE, tmp_path / "out")
    written = (tmp_path / "out" / "ogsm-xl.xml").read_bytes()
    assert written[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = written.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task ')
    assert fromstring(written).tag.endswith("Task")


# cron


def cron_line(config: Config) -> tuple[list[str], str]:
    """The five fields of the line, and its command as cron hands it to the shell."""
    [line] = [line for line in only(Target.CRON, config).splitlines() if not line.startswith("#")]
    *fields, command = line.split(" ", 5)
    assert not re.search(r"(?<!\\)%", command)  # cron ends the command there
    return fields, command.replace(r"\%", "%")


def test_the_line_for_cron_has_five_fields_and_a_command(config: Config) -> None:
    """Every quarter of an hour; whatever is in a path reaches the program as it is."""
    fields, command = cron_line(config)
    assert fields == ["*/15", "*", "*", "*", "*"]
    assert shlex.split(command) == [
        "cd", str(config.file.parent), "&&", str(MACHINE.python), "-m", "ogsm_xl.cli", "run", "--once",
        "--config", str(config.file), ">/dev/null",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="there is no cron on Windows")
def test_the_command_for_cron_runs(config: Config) -> None:
    """In a shell, with this Python: without a plan it ends with the sentence that says so."""
    [text] = schedule_files(Target.CRON, config, Machine(Path(sys.executable), "", MACHINE.today)).values()
    command = text.splitlines()[-1].split(" ", 5)[5].replace(r"\%", "%")
    shown = subprocess.run(
        ["/bin/sh", "-c", command.replace("run --once", "validate")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "plan.xlsx" in shown.stderr


# systemd


def test_the_units_are_a_service_and_its_timer(config: Config) -> None:
    """What systemd would replace is taken literally; what was missed while off is caught up with."""
    files = schedule_files(Target.SYSTEMD, config, MACHINE)
    service, timer = files["ogsm-xl.service"], files["ogsm-xl.timer"]
    folder = str(config.file.parent).replace("%", "%%")
    assert f"WorkingDirectory={folder}\n" in service
    argument = str(config.file).replace("%", "%%").replace("$", "$$")
    assert (
        f'ExecStart="/opt/py 100%%/bin/python" "-m" "ogsm_xl.cli" "run" "--once" "--config" "{argument}"\n'
        in service
    )
    assert "OnCalendar=*:0/15\nPersistent=true\n" in timer


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(config: Config, tmp_path: Path) -> None:
    """Its own check has nothing to say."""
    python = Machine(Path(sys.executable), "", MACHINE.today)
    print_schedule(Target.SYSTEMD, config, python, tmp_path / "units")
    units = sorted((tmp_path / "units").iterdir())
    shown = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    own = [line for line in shown.stderr.splitlines() if "ogsm-xl" in line]
    assert (shown.returncode, own) == (0, [])


# All of them


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 15), (1, 1), (5, 5), (7, 6), (15, 15), (25, 20), (60, 30), (720, 30)]
)
def test_it_looks_as_often_as_an_hour_divides(tmp_path: Path, minutes: int, expected: int) -> None:
    """As often as replies are collected; at least every half hour, as the mails have their times, too."""
    assert step(config_in(tmp_path, minutes)) == expected


@pytest.mark.parametrize("target", list(Target), ids=lambda target: target.value)
def test_nothing_is_overwritten(config: Config, tmp_path: Path, target: Target) -> None:
    """A file that somebody adapted stays."""
    print_schedule(target, config, MACHINE, tmp_path / "out")
    with pytest.raises(InputProblem, match="ogsm-xl"):
        print_schedule(target, config, MACHINE, tmp_path / "out")


@pytest.mark.parametrize("target", list(Target), ids=lambda target: target.value)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_path_with_a_line_end_is_refused(tmp_path: Path, target: Target) -> None:
    """It would be read as another line."""
    with pytest.raises(InputProblem):
        schedule_files(target, config_in(tmp_path / "a\n* * * * * b"), MACHINE)


def test_a_windows_path_stands_in_the_task_as_it_is(config: Config) -> None:
    """Also a share, with letters that XML keeps for itself."""
    python = PureWindowsPath(r"\\server\R&D <x>\python.exe")
    [text] = schedule_files(Target.WINDOWS, config, Machine(python, "x", MACHINE.today)).values()
    found = fromstring(text.encode("utf-16"))
    assert found.findtext("t:Actions/t:Exec/t:Command", namespaces=NAMESPACE) == str(python)


@pytest.mark.parametrize("target", list(Target), ids=lambda target: target.value)
def test_the_command_prints_nothing_but_the_file(
    config: Config, target: Target, capsys: pytest.CaptureFixture[str]
) -> None:
    """What to do with it goes to the other stream; the paths are those of this Python."""
    assert run(["schedule", "print", "--for", target.value, "--config", str(config.file)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(("<?xml", "#", "[Unit]"))
    assert Path(sys.executable).name in shown.out
    assert shown.err.count("\n") == 1
    assert [path.name for path in config.file.parent.iterdir()] == ["config.toml"]


def test_a_dry_run_writes_nothing(config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names no file as written, and shows what would be in it."""
    arguments = ["--config", str(config.file), "--output", str(tmp_path / "out"), "--dry-run", "--json"]
    assert run(["schedule", "print", "--for", "cron", *arguments]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["written"], list(shown["files"])) == ([], ["ogsm-xl.cron"])
    assert not (tmp_path / "out").exists()
