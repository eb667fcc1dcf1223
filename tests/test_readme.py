"""The README can't drift from the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

from ogsm_xl.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table_rows() -> list[tuple[str, str, str]]:
    return re.findall(r"^\| `(jobs/\w+\.py)` \| `ogsm-xl ([\w-]+)` \| (.+?) \|$", README, re.MULTILINE)


def test_the_table_of_jobs_names_every_script() -> None:
    """Each script of jobs/ has its line."""
    scripts = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "jobs").glob("*.py"))
    assert sorted(script for script, _, _ in table_rows()) == scripts


def test_the_table_of_jobs_says_what_the_commands_say() -> None:
    """The text of the table is that of --help."""
    commands = get_command(app).commands  # type: ignore[attr-defined]  # typer's app is a group
    for script, command, text in table_rows():
        assert commands[command].help == text, script


def test_each_script_runs_its_command() -> None:
    """A script shows the help of the command that the table gives it."""
    for script, command, _ in table_rows():
        shown = subprocess.run(
            [sys.executable, ROOT / script, "--help"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert f"ogsm-xl {command}" in shown.stdout, shown.stderr


def test_the_two_commands_stand_first() -> None:
    """What a newcomer copies stands at the top, and .ci/run finds it there."""
    commands = re.findall(r"^python -m pip install .*$", README, re.MULTILINE)
    assert commands == [
        "python -m pip install . && ogsm-xl demo",
        "python -m pip install '.[test]' && pytest",
    ]
