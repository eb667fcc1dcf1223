"""What commands share: options, the clock, opening configuration, ledger and mail system, showing the outcome."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.log import log_begin, log_detail, log_outcome, open_log
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.share import file_problem
from ogsm_xl.plan.words import Language, Text

if TYPE_CHECKING:
    from ogsm_xl.config import Config
    from ogsm_xl.ledger import Ledger
    from ogsm_xl.post.port import MailSystem
    from ogsm_xl.usecases.mailing import Letter
    from ogsm_xl.usecases.outcome import Outcome

_AS_OF_TIME = time(8)

ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; change nothing.")]
AsOfOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads it on every Python that is supported
    typer.Option(
        "--as-of", help="Run as if it were this day (08:00) or moment: 2026-09-03 or 2026-09-03T14:30."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]
SessionOption = Annotated[
    Optional[str],  # noqa: UP045 - see above
    typer.Option("--session", help="The session's ID, such as SES9; the next session where left out."),
]
DEFAULT_CONFIG = Path("config.toml")


def load(file: Path) -> Config:
    """The configuration; what is said from here on is in its language, and logged where it says.

    Raises:
        InputProblem: It is missing or wrong.
    """
    from ogsm_xl.config import load_config

    config = load_config(file)
    use_language(config.language)
    open_log(config.log_file, config.log.keep, config.language)
    used = f"{config.file}, {config.workbook}, {config.ledger_file}, {config.log_file}"
    log_detail(Text(f"gebruikt {used}", f"uses {used}"), config.language)
    return config


def moment_of_run(config: Config, as_of: str | None) -> datetime:
    """The moment of the run, naive, in the plan's time zone.

    Raises:
        InputProblem: `--as-of` is no date.
    """
    moment = _moment(config, as_of)
    log_begin(moment, config.language)
    return moment


def _moment(config: Config, as_of: str | None) -> datetime:
    if as_of is None:
        return datetime.now(config.zone).replace(tzinfo=None)
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError:
        raise InputProblem(
            Text(
                f"--as-of {as_of!r} is geen datum. Schrijf bijvoorbeeld 2026-09-03 of 2026-09-03T14:30.",
                f"--as-of {as_of!r} is no date. Write for example 2026-09-03 or 2026-09-03T14:30.",
            )
        ) from None
    if not 2000 <= moment.year <= 2100:
        raise InputProblem(
            Text(
                f"--as-of {as_of!r} ligt te ver weg. Noem een dag tussen 2000 en 2100.",
                f"--as-of {as_of!r} is too far off. Name a day between 2000 and 2100.",
            )
        )
    if moment.tzinfo:
        return moment.astimezone(config.zone).replace(tzinfo=None)
    return datetime.combine(moment, _AS_OF_TIME) if len(as_of) <= len("2026-09-03") else moment


@contextmanager
def opened_ledger(config: Config, *, dry_run: bool) -> Iterator[Ledger]:
    """The ledger, with no other run beside this one; read-only and without waiting where nothing is changed."""
    from ogsm_xl.ledger import Ledger

    if dry_run:
        with Ledger(config.ledger_file, read_only=True) as ledger:
            yield ledger
        return
    import filelock

    file = config.ledger_file
    lock = filelock.FileLock(file.with_suffix(".lock"), timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise OutsideProblem(
            Text(
                f"Er loopt al een taak voor {config.workbook.name} op deze machine. Probeer het zo weer.",
                f"Another job for {config.workbook.name} is running on this machine. Try again in a while.",
            )
        ) from None
    except OSError as error:
        text = Text(
            f"In de map {file.parent} van het logboek kan niet worden geschreven ({error.strerror}). Kies met [ledger] file een map waar deze gebruiker mag schrijven.",
            f"The folder {file.parent} of the ledger can't be written to ({error.strerror}). Choose with [ledger] file a folder where this user may write.",
        )
        raise file_problem(error, text) from None
    try:
        with Ledger(file) as ledger:
            yield ledger
    finally:
        lock.release()


@contextmanager
def mail_system(config: Config, ledger: Ledger) -> Iterator[MailSystem]:
    """The configured mail system; its connections end with it."""
    from ogsm_xl.post import open_mail_system

    with closing(open_mail_system(config.mail_settings, ledger, config.language)) as post:
        yield post


def progress_bar(language: Language) -> Callable[[Sequence[Letter]], Iterable[Letter]]:
    """Shows a bar while mails go out, if a terminal looks on; nothing under a scheduler."""

    def shown(letters: Sequence[Letter]) -> Iterable[Letter]:
        if not sys.stderr.isatty() or len(letters) < 3:
            return letters
        from rich.console import Console
        from rich.progress import track

        words = Text("Mails versturen", "Sending mail").in_(language)
        return track(letters, description=words, console=Console(stderr=True))

    return shown


def teller(language: Language) -> Callable[[Text], None]:
    """Prints lines in a language."""
    return lambda text: print(text.in_(language))


def end(outcome: Outcome, language: Language, *, as_json: bool, told: Sequence[Text] = ()) -> None:
    """Print the outcome but for what was told before, log its numbers, and end with its exit code."""
    log_outcome(outcome, language)
    if as_json:
        shown = {
            "exit_code": int(outcome.code),
            "summary": outcome.summary.in_(language),
            "look_at": [text.in_(language) for text in outcome.look_at],
            **outcome.data,
        }
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for text in (*outcome.details, *outcome.look_at, outcome.summary):
            if text not in told:
                print(text.in_(language))
    raise typer.Exit(int(outcome.code))
