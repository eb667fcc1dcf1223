"""Runs the jobs, each in a process of its own, and kills them where it is told to. A script: `runner.py` starts it.

It reads a request a line and answers with a line, both JSON. Where processes can be forked, it has imported what the
jobs import, and a job begins as a fork of it: that saves half a second each time, and changes nothing that the job does.
Elsewhere it runs one job and ends.

A job is killed without any warning at one of its steps: as it opens a file of the organisation, renames or removes one,
sends a command to a mail server, or gives SQLite a statement (Python's audit events and SQLite's trace: the jobs hold no
hook for this), or after so many seconds. At such a step somebody may also save the plan, for all that the job can see.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import runpy
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_STEPS = (
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.", "tempfile.",
    "socket.connect", "smtplib.", "imaplib.",
)  # fmt: skip
_CODE = (".py", ".pyc", ".so", ".pyd")
_LONGEST_RUN = 300.0


class Mishaps:
    """Counts the steps of a job, and lets happen at them what was asked for.

    Attributes:
        steps: How many there were.
        commands: How many of them were commands to the IMAP server: between those, a mail was taken by the SMTP server
            and its copy is not kept yet, or a reply was read and not moved yet.
    """

    def __init__(self, request: Mapping[str, Any], save: Callable[[], None]) -> None:
        """Say at which step or command to kill, and at which opening of the workbook somebody saves it; 0 for never."""
        self.steps = 0
        self.commands = 0
        self._workbook = str(request["workbook"])
        self._places = (str(Path(self._workbook).parent), tempfile.gettempdir())
        self._kill_at, self._kill_at_command = request["kill_at"], request["kill_at_command"]
        self._kill_after_swap = request["kill_after_swap"]
        self._save_at, self._save = request["save_at"], save
        self._openings = 0
        self._busy = False

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook."""
        if self._busy:
            return
        if event == "sqlite3.connect/handle":
            self._watch(arguments[0])
        elif event == "open":
            file = arguments[0]
            name = os.fspath(file) if isinstance(file, str | os.PathLike) else ""
            if isinstance(name, str) and name.startswith(self._places) and not name.endswith(_CODE):
                self._step()
                if name == self._workbook:
                    self._opened()
        elif event.startswith(_STEPS):
            if event == "os.rename" and str(arguments[1]) == self._workbook and self._kill_after_swap:
                self._kill_at = self.steps + 1 + self._kill_after_swap
            self._step()
            if event == "imaplib.send":
                self._commanded()

    def _watch(self, database: sqlite3.Connection) -> None:
        """Hear of every statement, as soon as the connection is made: that is when `connect` returns."""

        def returned(*_: object) -> None:
            with contextlib.suppress(sqlite3.ProgrammingError):
                database.set_trace_callback(lambda _: self._step())
                sys.setprofile(None)

        sys.setprofile(returned)

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self._kill_at:
            os.kill(os.getpid(), _KILL)

    def _commanded(self) -> None:
        self.commands += 1
        if self.commands == self._kill_at_command:
            os.kill(os.getpid(), _KILL)

    def _opened(self) -> None:
        self._openings += 1
        if self._openings == self._save_at:
            self._busy = True
            self._save()
            self._busy = False


_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows, SIGTERM ends a process at once, too


def run_here(request: dict[str, Any]) -> None:
    """Run a job in this process, which ends with it."""
    for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)):
        stream.flush()
        with Path(request[name]).open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    mishaps = Mishaps(request, lambda: _save(request["save"], Path(request["saved"])))
    sys.addaudithook(mishaps.hear)
    sys.argv = request["argv"]
    code: object = 0
    try:
        runpy.run_path(request["argv"][0], run_name="__main__")
    except SystemExit as ending:
        code = ending.code
    except BaseException:  # noqa: BLE001 - as a process of its own would end
        traceback.print_exc()  # whatever leaves a job is seen by the test
        code = 70
    mishaps._busy = True
    said = json.dumps({"steps": mishaps.steps, "commands": mishaps.commands})
    Path(request["about"]).write_text(said, encoding="utf-8")
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 70)


def _save(what: dict[str, Any], done: Path) -> None:
    """Save the plan as somebody would, and say so at once: the job may be killed before it ends."""
    import datetime as dt  # noqa: PLC0415 - rarely needed

    from tests.year import excel_user  # noqa: PLC0415 - see above

    saved = dt.datetime.fromisoformat(what["saved"])
    excel_user.change(Path(what["plan"]), what["sheet"], what["row"], what["values"], saved)
    done.touch()


def _fork(request: dict[str, Any]) -> dict[str, Any]:
    child = os.fork()
    if child == 0:
        run_here(request)
    ends = time.monotonic() + (request["seconds"] or _LONGEST_RUN)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return {"code": os.waitstatus_to_exitcode(status)}
        if time.monotonic() > ends:
            os.kill(child, _KILL)
            ends += _LONGEST_RUN
        time.sleep(0.002)


def _prepare() -> None:
    """Import what the jobs import."""
    import openpyxl  # noqa: F401, PLC0415 - see above
    import xlsxwriter  # noqa: F401, PLC0415

    import ogsm_xl.cli  # noqa: PLC0415
    import ogsm_xl.excel.session_workbook  # noqa: PLC0415
    import ogsm_xl.post.smtp_imap  # noqa: PLC0415
    import ogsm_xl.usecases.collect_replies  # noqa: PLC0415
    import ogsm_xl.usecases.send_mails  # noqa: PLC0415
    import ogsm_xl.usecases.share_status  # noqa: F401, PLC0415


if __name__ == "__main__":
    sys.path.insert(0, str(_ROOT))
    if sys.argv[1:]:
        run_here(json.loads(sys.argv[1]))
    _prepare()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_fork(json.loads(line))) + "\n")
        sys.stdout.flush()
