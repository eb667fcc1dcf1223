"""What another scheduler needs to run the jobs: a task for Task Scheduler, lines for cron, units for systemd.

All of them run `ogsm-xl run --once` every few minutes: that knows from [schedule] what is due, runs it in the right order,
and takes up what was missed. So the times stand in one place, and two jobs never start beside each other.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path, PurePath
from xml.etree import ElementTree as ET

from ogsm_xl.config import Config
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.outcome import ExitCode, Outcome

_TASKS = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_STEPS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)  # minutes that an hour divides into
_USUAL_STEP = 15


class Target(Enum):
    """The scheduler to print for."""

    WINDOWS = "windows"
    CRON = "cron"
    SYSTEMD = "systemd"


@dataclass(frozen=True, slots=True)
class Machine:
    r"""Where the jobs run.

    Attributes:
        python: The Python that runs them.
        user: The account that runs them, as Windows writes it: `DOMAIN\name`.
        today: The day from which a task of Windows counts.
    """

    python: PurePath
    user: str
    today: date


@dataclass(frozen=True, slots=True)
class Schedule(Outcome):
    """How printing ended.

    Attributes:
        files: What the scheduler needs, by file name.
    """

    files: Mapping[str, str] = field(default_factory=dict)


def print_schedule(
    target: Target, config: Config, machine: Machine, output: Path | None = None, *, dry_run: bool = False
) -> Schedule:
    """The files for a scheduler: on the terminal, or written.

    Args:
        target: Which scheduler.
        config: Whose jobs.
        machine: Where they run.
        output: The folder that the files go to; they are shown where left out.
        dry_run: Write nothing.

    Raises:
        InputProblem: A path can't stand in such a file; or a file is there already, or can't be written.
    """
    files = schedule_files(target, config, machine)
    written = [str(output / name) for name in files] if output else []
    if output and not dry_run:
        _write(files, output, target)
    what = (
        Text(f"Gemaakt: {', '.join(written)}. ", f"Made: {', '.join(written)}. ")
        if written
        else _TO_FILE[target]
    )
    how = _HOW[target].filled(first=(output or Path()) / next(iter(files)))
    return Schedule(
        ExitCode.DONE,
        Text(f"{what.nl}{how.nl}", f"{what.en}{how.en}"),
        data={"dry_run": dry_run, "files": dict(files), "written": [] if dry_run else written},
        files=files,
    )


def schedule_files(target: Target, config: Config, machine: Machine) -> Mapping[str, str]:
    """The files for a scheduler, by name.

    Raises:
        InputProblem: A path can't stand in such a file.
    """
    arguments = ("-m", "ogsm_xl.cli", "run", "--once", "--config", str(config.file))
    for path in map(str, (machine.python, config.file, config.workbook, config.log_file)):
        if not path.isprintable():
            raise InputProblem(
                Text(
                    f"Het pad {path!r} bevat tekens die niet in zo'n bestand kunnen staan. Geef de map een gewone naam.",
                    f"The path {path!r} holds characters that can't stand in such a file. Give the folder a plain name.",
                )
            )
    minutes = step(config)
    match target:
        case Target.WINDOWS:
            return {"ogsm-xl.xml": _windows(config, machine, arguments, minutes)}
        case Target.CRON:
            return {"ogsm-xl.cron": _cron(config, machine, arguments, minutes)}
        case Target.SYSTEMD:
            return {
                "ogsm-xl.service": _service(config, machine, arguments),
                "ogsm-xl.timer": _timer(config, minutes),
            }


def step(config: Config) -> int:
    """Every how many minutes to look what is due: as often as replies are collected, as far as an hour divides so."""
    wanted = min(config.schedule.collect_minutes or _USUAL_STEP, _STEPS[-1])
    return max(minutes for minutes in _STEPS if minutes <= wanted)


_HOW = {
    Target.WINDOWS: Text(
        "Voer in Taakplanner uit: Taak importeren; of: schtasks /Create /TN OGSM-XL /XML \"{first}\" /RU gebruiker /RP *. De gebruiker moet bij het plan kunnen en 'Aanmelden als batchtaak' mogen.",
        "In Task Scheduler choose Import Task; or: schtasks /Create /TN OGSM-XL /XML \"{first}\" /RU user /RP *. That user must be able to reach the plan, and may 'Log on as a batch job'.",
    ),
    Target.CRON: Text(
        "Voeg deze regels toe met: crontab -e. Geheimen horen niet in de crontab; kies secret_from = 'file'.",
        "Add these lines with: crontab -e. Secrets do not belong in the crontab; choose secret_from = 'file'.",
    ),
    Target.SYSTEMD: Text(
        "Zet de bestanden in ~/.config/systemd/user en voer uit: systemctl --user enable --now ogsm-xl.timer; en eenmalig: loginctl enable-linger.",
        "Put the files in ~/.config/systemd/user and run: systemctl --user enable --now ogsm-xl.timer; and once: loginctl enable-linger.",
    ),
}


_TO_FILE = {
    Target.WINDOWS: Text(
        "Taakplanner leest alleen een bestand in UTF-16; dat maakt --output MAP. ",
        "Task Scheduler reads a file in UTF-16 only; --output FOLDER makes it. ",
    ),
    Target.CRON: Text("", ""),
    Target.SYSTEMD: Text("", ""),
}


def _write(files: Mapping[str, str], folder: Path, target: Target) -> None:
    """Write the files; Task Scheduler reads UTF-16 only."""
    encoding = "utf-16" if target is Target.WINDOWS else "utf-8"
    newline = "\r\n" if target is Target.WINDOWS else "\n"
    for name in files:
        if (folder / name).exists():
            raise InputProblem(
                Text(
                    f"{folder / name} bestaat al en wordt niet overschreven. Noem een andere map, of verwijder het eerst.",
                    f"{folder / name} exists already and is not overwritten. Name another folder, or remove it first.",
                )
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding=encoding, newline=newline)
    except OSError as error:
        raise InputProblem(
            Text(
                f"In {folder} kan niet worden geschreven ({error.strerror}). Noem een andere map.",
                f"{folder} can't be written to ({error.strerror}). Name another folder.",
            )
        ) from None


def _windows(config: Config, machine: Machine, arguments: Sequence[str], minutes: int) -> str:
    """A task as Task Scheduler exports it. The elements have to be in this order."""
    task = ET.Element("Task", {"version": "1.2", "xmlns": _TASKS})
    about = ET.SubElement(task, "RegistrationInfo")
    _texts(about, {"Description": f"ogsm-xl: {config.workbook.name}"})
    trigger = ET.SubElement(ET.SubElement(task, "Triggers"), "CalendarTrigger")
    repetition = ET.SubElement(trigger, "Repetition")
    _texts(repetition, {"Interval": f"PT{minutes}M", "Duration": "P1D", "StopAtDurationEnd": "false"})
    _texts(trigger, {"StartBoundary": f"{machine.today:%Y-%m-%d}T00:00:00", "Enabled": "true"})
    _texts(ET.SubElement(trigger, "ScheduleByDay"), {"DaysInterval": "1"})
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    # with a password, as the other way to run without being logged on does not reach network shares
    _texts(principal, {"UserId": machine.user, "LogonType": "Password", "RunLevel": "LeastPrivilege"})
    settings = {
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "AllowHardTerminate": "true",
        "StartWhenAvailable": "true",
        "RunOnlyIfNetworkAvailable": "false",
        "Enabled": "true",
        "Hidden": "false",
        "WakeToRun": "false",
        "ExecutionTimeLimit": "PT2H",
        "Priority": "7",
    }
    _texts(ET.SubElement(task, "Settings"), settings)
    command = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _texts(
        command,
        {
            "Command": str(machine.python),
            "Arguments": subprocess.list2cmdline(arguments),
            "WorkingDirectory": str(config.file.parent),
        },
    )
    ET.indent(task)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{ET.tostring(task, encoding="unicode")}\n'


def _texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _cron(config: Config, machine: Machine, arguments: Sequence[str], minutes: int) -> str:
    # to cron, % is the end of a line
    line = shlex.join([str(machine.python), *arguments]).replace("%", r"\%")
    folder = shlex.quote(str(config.file.parent)).replace("%", r"\%")
    at = "*" if minutes == 1 else f"*/{minutes}"
    return (
        f"# ogsm-xl: {config.workbook.name}; what happened is in {config.log_file}\n"
        f"{at} * * * * cd {folder} && {line} >/dev/null\n"
    )


def _service(config: Config, machine: Machine, arguments: Sequence[str]) -> str:
    python = _unit_word(str(machine.python)).replace("$$", "$")  # in the command itself $ is plain
    command = " ".join((python, *(_unit_word(word) for word in arguments)))
    folder = str(config.file.parent).replace("%", "%%")
    return (
        "[Unit]\n"
        f"Description=ogsm-xl: {_unit_text(config.workbook.name)}\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={folder}\n"
        f"ExecStart={command}\n"
        "# 1: done, with something for a person to look at\n"
        "SuccessExitStatus=1\n"
        "TimeoutStartSec=2h\n"
        "# Where secret_from is 'environment': a file that only you can read, with the line OGSM_XL_MAIL_SECRET=…\n"
        "# EnvironmentFile=%h/.config/ogsm-xl.env\n"
    )


def _timer(config: Config, minutes: int) -> str:
    at = "*:*" if minutes == 1 else f"*:0/{minutes}"
    return (
        "[Unit]\n"
        f"Description=ogsm-xl: {_unit_text(config.workbook.name)}\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar={at}\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _unit_word(word: str) -> str:
    """A word of a command in a unit: quoted, with what systemd would replace taken literally."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _unit_text(text: str) -> str:
    return text.replace("%", "%%")
