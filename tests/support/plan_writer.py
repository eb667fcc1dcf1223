"""Writes one row to a plan in a process of its own, for tests that cut such a process off or run several at once."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

from ogsm_xl.excel.editor import AppendRows, Edit
from ogsm_xl.excel.plan_file import Step, write_plan
from ogsm_xl.plan.problem import Problem
from tests.support.reading import keys_of

NOW = dt.datetime(2026, 6, 1, 9, 0)


@dataclass(frozen=True)
class Writer:
    """A process that is writing, and what it will say."""

    process: ForkProcess
    saying: Connection

    def end(self) -> tuple[int | None, str]:
        """Its exit code (negative: the signal that killed it) and what it said, once it has ended."""
        self.process.join(timeout=60)
        said = ""
        if self.saying.poll():
            try:
                said = self.saying.recv()
            except EOFError:
                said = ""
        self.saying.close()
        return self.process.exitcode, said


def start(plan: Path, key: str, killed_at: Step | None = None, full_at: Step | None = None) -> Writer:
    """Start a process that adds a row with this key.

    Args:
        plan: The plan.
        key: The row's key.
        killed_at: The process kills itself just before this step, without any clean-up.
        full_at: From this step on no file can grow beyond 100 bytes, as on a full disk.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_run, args=(plan, key, killed_at, full_at, theirs)
    )
    process.start()
    theirs.close()
    return Writer(process, ours)


def _run(plan: Path, key: str, killed_at: Step | None, full_at: Step | None, saying: Connection) -> None:
    def watch(now: Step) -> None:
        if now is killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if now is full_at:
            import resource  # noqa: PLC0415 - not on Windows

            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    def decide(copy: Path) -> list[Edit]:
        return [] if key in keys_of(copy) else [AppendRows("Acties", 3, ({1: key, 2: "toegevoegd"},))]

    try:
        write_plan(plan, decide, now=NOW, retry_for=60, watch=watch)
    except Problem as problem:
        saying.send(problem.text.en)
        sys.exit(problem.exit_code)
