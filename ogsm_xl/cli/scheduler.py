"""The scheduler as a command: a process that runs all jobs at their times, or what is due now."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from ogsm_xl.cli.boundary import run as run_command
from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    DryRunOption,
    JsonOption,
    end,
    load,
    moment_of_run,
)
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.config import Config
    from ogsm_xl.usecases.run_scheduler import JobScheduler

_SLICE = 1.0  # seconds: on Windows, waiting longer would keep a signal waiting


@app.command("run")
def run_jobs(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, then end.")] = False,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run all jobs at the times of [schedule], until stopped; what was missed is run once."""
    from ogsm_xl.usecases.run_scheduler import preview, run_once, run_scheduler

    loaded = load(config)
    if as_of is not None and not (once or dry_run):
        raise InputProblem(
            Text(
                "--as-of gaat bij run alleen samen met --once of --dry-run.",
                "With run, --as-of goes with --once or --dry-run only.",
            )
        )
    began = moment_of_run(loaded, as_of)
    stop = _Stop()

    def clock() -> datetime:
        return began if as_of is not None else datetime.now(loaded.zone).replace(tzinfo=None)

    def tell(text: Text) -> None:
        print(text.in_(loaded.language), file=sys.stderr if as_json else sys.stdout, flush=True)

    arguments = ["--config", str(loaded.file), *(["--as-of", as_of] if as_of is not None else [])]
    scheduler = _scheduler(loaded, arguments, clock=clock, stop=stop, tell=tell)
    if dry_run:
        end(preview(scheduler), loaded.language, as_json=as_json)
    # the jobs print what they did; a program that reads our JSON finds that on the other stream
    elsewhere = contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()
    with _alone(loaded), stop.on_signals(), elsewhere:
        if once:
            outcome = run_once(scheduler)
        else:
            outcome = run_scheduler(scheduler, sleep=stop.pause, stopping=stop, tell=tell)
    use_language(loaded.language)
    end(outcome, loaded.language, as_json=as_json)


def _scheduler(
    config: Config,
    arguments: list[str],
    *,
    clock: Callable[[], datetime],
    stop: Callable[[], bool],
    tell: Callable[[Text], None],
) -> JobScheduler:
    from ogsm_xl.usecases.run_scheduler import JobScheduler
    from ogsm_xl.usecases.timetable import timetable

    moments = timetable(config.schedule)

    def runs(command: str) -> Callable[[], int]:
        return lambda: run_command([command, *arguments])

    return JobScheduler(
        moments,
        {command: runs(command) for command in moments},
        memory=_LedgerMemory(config.ledger_file),
        clock=clock,
        stopping=stop,
        tell=tell,
    )


class _LedgerMemory:
    """When each job ran last, in the ledger; opened for a moment at a time, as the jobs need it too."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def meta(self, key: str) -> str | None:
        from ogsm_xl.ledger import Ledger

        with Ledger(self._file, read_only=True) as ledger:
            return ledger.meta(key)

    def set_meta(self, key: str, value: str) -> None:
        from ogsm_xl.ledger import Ledger

        with Ledger(self._file) as ledger:
            ledger.set_meta(key, value)


@contextlib.contextmanager
def _alone(config: Config) -> Iterator[None]:
    """One scheduler a plan on this machine.

    Raises:
        OutsideProblem: There is one already.
    """
    import filelock

    config.ledger_file.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(config.ledger_file.with_suffix(".scheduler.lock"), timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OutsideProblem(
            Text(
                f"Voor {config.workbook.name} draait ogsm-xl run al op deze machine.",
                f"ogsm-xl run is running already for {config.workbook.name} on this machine.",
            )
        ) from None
    try:
        yield
    finally:
        lock.release()


class _Stop:
    """Whether somebody asked to stop: with Ctrl-C, by stopping the service, or by closing the window."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        return self._asked

    def pause(self, seconds: float) -> None:
        """Wait, or until somebody asks to stop."""
        while seconds > 0 and not self._asked:
            time.sleep(min(seconds, _SLICE))
            seconds -= _SLICE

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """A job that runs is finished first; who asks twice does not wait for it."""
        names = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
        before = {name: signal.getsignal(getattr(signal, name)) for name in names}

        def ask(number: int, _frame: FrameType | None) -> None:
            self._asked = True
            signal.signal(number, signal.default_int_handler)

        for name in names:
            signal.signal(getattr(signal, name), ask)
        try:
            yield
        finally:
            for name in names:
                signal.signal(getattr(signal, name), before[name])
