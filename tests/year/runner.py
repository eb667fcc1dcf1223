"""The jobs as the scheduler runs them: processes of the scripts in jobs/, each as of a moment of the simulated year."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_ROOT = Path(__file__).parents[2]
_WORKER = Path(__file__).with_name("worker.py")
_CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True)
class Mishap:
    """What happens to a run: it is killed at a step or after so many seconds, or somebody saves the plan meanwhile.

    Attributes:
        kill_at: At which of its steps it is killed; 0 for none.
        kill_at_command: At which of its commands to the IMAP server; 0 for none.
        kill_after_swap: How many steps after a new version of the plan was put in its place; 0 for none.
        seconds: After how many seconds it is killed from outside; 0 for not at all.
        save_at: At which opening of the workbook somebody saves it; 0 for none.
        save: What they change: the arguments of `excel_user.change`.
    """

    kill_at: int = 0
    kill_at_command: int = 0
    kill_after_swap: int = 0
    seconds: float = 0
    save_at: int = 0
    save: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Ran:
    """How a run ended.

    Attributes:
        code: The exit code; negative, or that of a killed process, where `killed`.
        killed: Whether it was killed.
        steps: How many steps it had; 0 where it was killed.
        commands: How many of them were commands to the IMAP server.
        saved: Whether somebody saved the plan meanwhile.
        said: What it printed as JSON; {} where that is not known.
        error: What it wrote to stderr.
    """

    code: int
    killed: bool
    steps: int
    commands: int
    saved: bool
    said: Mapping[str, Any]
    error: str


class Runner:
    """Runs jobs on one organisation. Use as a context manager."""

    def __init__(self, config: Path, workbook: Path, scratch: Path, environment: Mapping[str, str]) -> None:
        """Say whose jobs; `scratch` is a folder for what they print."""
        self._config, self._workbook, self._scratch = config, workbook, scratch
        self._environment = {**os.environ, **environment, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
        self._worker: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start the process that they are forked from."""
        if _CAN_FORK:
            self._worker = subprocess.Popen(
                [sys.executable, str(_WORKER)],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        if self._worker is not None:
            self._worker.communicate()

    def run(self, job: str, moment: dt.datetime, *arguments: str, mishap: Mishap | None = None) -> Ran:
        """Run a script of jobs/, or a command that has none, until it ends or is killed."""
        mishap = mishap or Mishap()
        script = _ROOT / "jobs" / f"{job}.py"
        called = [str(script)] if script.exists() else [str(_WORKER.with_name("command.py")), job]
        about = self._scratch / "about.json"
        saved = self._scratch / "saved"
        for left in (about, saved):
            left.unlink(missing_ok=True)
        out, error = self._scratch / "stdout.txt", self._scratch / "stderr.txt"
        request = {
            "argv": [
                *called,
                *arguments,
                "--config",
                str(self._config),
                "--as-of",
                moment.isoformat(),
                "--json",
            ],
            "workbook": str(self._workbook),
            "stdout": str(out),
            "stderr": str(error),
            "about": str(about),
            "saved": str(saved),
            "kill_at": mishap.kill_at,
            "kill_at_command": mishap.kill_at_command,
            "kill_after_swap": mishap.kill_after_swap,
            "seconds": mishap.seconds,
            "save_at": mishap.save_at,
            "save": mishap.save,
        }
        code = self._ask(request) if self._worker else self._once(request)
        counted = json.loads(about.read_text(encoding="utf-8")) if about.exists() else {}
        printed = out.read_text(encoding="utf-8")
        return Ran(
            code,
            not counted,
            counted.get("steps", 0),
            counted.get("commands", 0),
            saved.exists(),
            json.loads(printed) if counted and printed.startswith("{") else {},
            error.read_text(encoding="utf-8"),
        )

    def _ask(self, request: Mapping[str, Any]) -> int:
        assert self._worker is not None
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(json.dumps(request) + "\n")
        self._worker.stdin.flush()
        return int(json.loads(self._worker.stdout.readline())["code"])

    def _once(self, request: Mapping[str, Any]) -> int:
        started = subprocess.Popen([sys.executable, str(_WORKER), json.dumps(request)], env=self._environment)
        try:
            return started.wait(request["seconds"] or None)
        except subprocess.TimeoutExpired:
            started.kill()
            return started.wait()
