"""The log: one readable line an event, with the ID of the run, in a file that is rotated; for administrators.

It says which job ran, as of when, in numbers what came of it, the exit code, and what stopped it. What people reported,
what mails say and what is secret never gets into it: outcomes are logged as numbers, not as texts. A dry run is not logged.
Only the command line logs; what lower rooms have to say they return, or raise.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from ogsm_xl.plan.words import Language, Text

if TYPE_CHECKING:
    from ogsm_xl.usecases.outcome import Outcome

_LOGGER = logging.getLogger("ogsm_xl")
_LOGGER.addHandler(logging.NullHandler())  # else Python prints warnings itself while no log is open
_LARGEST = 1_000_000  # bytes a file: some ten thousand lines
_LONGEST = 600  # characters a line
_LEVELS = (logging.INFO, logging.WARNING, logging.ERROR, logging.ERROR)  # by exit code


@dataclass(slots=True)
class _Run:
    """One run of a command."""

    command: str
    is_dry: bool
    id: str = field(default_factory=lambda: secrets.token_hex(3))
    handlers: list[logging.Handler] = field(default_factory=list)


_runs: list[_Run] = []  # the innermost last: the scheduler runs commands within its own run


@contextlib.contextmanager
def logged_run(arguments: Sequence[str]) -> Iterator[None]:
    """Everything within is one run of a command; whatever log it opened is closed at its end."""
    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    run = _Run(command, "--dry-run" in arguments)
    _runs.append(run)
    try:
        yield
    finally:
        for handler in run.handlers:
            _LOGGER.removeHandler(handler)
            handler.close()
        _runs.remove(run)


def open_log(file: Path, keep: int, language: Language) -> None:
    """Log to a file from here on, until the run ends. A log that can't be opened is told, and stops nothing.

    Args:
        file: The file; its older parts get the numbers 1, 2 … behind its name.
        keep: How many of those are kept.
        language: Of what is told if it can't be opened.
    """
    is_open = any(isinstance(handler, RotatingFileHandler) for handler in _LOGGER.handlers)
    if not _runs or _runs[-1].is_dry or is_open:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _PatientHandler(file, maxBytes=_LARGEST, backupCount=keep, encoding="utf-8")
    except OSError as error:
        sentence = Text(
            f"In het logbestand {file} kan niet worden geschreven ({error.strerror}); de taak gaat door. Kies met [log] file een ander bestand.",
            f"The log {file} can't be written ({error.strerror}); the job goes on. Choose another file with [log] file.",
        )
        print(sentence.in_(language), file=sys.stderr)
        return
    _attach(handler, logging.INFO)


def show_log() -> None:
    """Show on the terminal, too, what is logged, and more."""
    if not any(type(handler) is logging.StreamHandler for handler in _LOGGER.handlers):
        _attach(logging.StreamHandler(sys.stderr), logging.DEBUG)


def log_detail(said: Text, language: Language) -> None:
    """Log something that only `--verbose` shows."""
    _LOGGER.debug("%s", said.in_(language))


def log_begin(as_of: datetime, language: Language) -> None:
    """Log that a job begins, as of a moment."""
    moment = f"{as_of:%Y-%m-%d %H:%M}"
    _LOGGER.info("%s", Text(f"begint, per {moment}", f"begins, as of {moment}").in_(language))


def log_outcome(outcome: Outcome, language: Language) -> None:
    """Log how a job ended: its exit code and its numbers; what is zero is left out."""
    numbers = " ".join(f"{name}={number}" for name, number in numbers_of(outcome.data).items() if number)
    look_at = f" look_at={len(outcome.look_at)}" if outcome.look_at else ""
    ends = Text("eindigt met code", "ends with exit code").in_(language)
    _LOGGER.log(_LEVELS[outcome.code], "%s %s: %s%s", ends, int(outcome.code), numbers or "-", look_at)


def log_stop(code: int, said: Text, language: Language) -> None:
    """Log what stopped a job."""
    stops = Text("stopt met code", "stops with exit code").in_(language)
    _LOGGER.error("%s %s: %s", stops, code, said.in_(language))


def numbers_of(data: Mapping[str, object]) -> dict[str, int]:
    """The numbers in an outcome: what it counts, and how long its lists are. Never a text."""
    numbers: dict[str, int] = {}
    for name, value in data.items():
        match value:
            case bool() | str() | None:
                continue
            case int():
                numbers[name] = value
            case list() | tuple():
                numbers[name] = len(value)
            case Mapping():
                numbers.update({f"{name}.{inner}": number for inner, number in numbers_of(value).items()})
    return numbers


def _attach(handler: logging.Handler, level: int) -> None:
    handler.setLevel(level)
    handler.setFormatter(_OneLine())
    _LOGGER.setLevel(min(level, _LOGGER.level or level))
    _LOGGER.addHandler(handler)
    if _runs:
        _runs[-1].handlers.append(handler)


class _OneLine(logging.Formatter):
    """Time, level, ID of the run, command, what happened; never a traceback, which could hold what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        run = _runs[-1] if _runs else _Run("", is_dry=False, id="-")
        # The machine's time with its offset: jobs go by [rhythm] time_zone, which may be another.
        moment = datetime.fromtimestamp(record.created).astimezone().isoformat(" ", "seconds")
        line = f"{moment} {record.levelname:7} {run.id} {run.command}: {record.getMessage()}"
        line = "".join(c if c.isprintable() else " " for c in line)
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


class _PatientHandler(RotatingFileHandler):
    """Where another run has the file open, Windows does not let it be renamed: then it grows until the next time."""

    def rotate(self, source: str, dest: str) -> None:
        with contextlib.suppress(OSError):
            super().rotate(source, dest)
