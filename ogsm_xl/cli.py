"""The command line: arguments, the clock, progress, printing, and the one error boundary.

Every job is a command here and a script in jobs/ that calls it. What is expected to go wrong ends as one sentence
and an exit code; what is not, in a file with the details and exit code 3.
"""

from __future__ import annotations

import json
import locale
import os
import secrets
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.words import Language, Text

if TYPE_CHECKING:
    from ogsm_xl.config import Config
    from ogsm_xl.ledger import Ledger
    from ogsm_xl.rhythm.due import Due, MailKind
    from ogsm_xl.usecases.outcome import Outcome

app = typer.Typer(
    name="ogsm-xl",
    help="Runs an OGSM that lives in an Excel workbook. Start with: ogsm-xl demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

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


@app.command()
def validate(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,  # noqa: ARG001 - it never changes anything; the option is the same for every job
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the plan workbook, cell by cell: is it sound, is the plan good?"""
    from ogsm_xl.usecases.validate import validate as job

    loaded = _load(config)
    _end(job(config=loaded, today=_now(loaded, as_of).date()), loaded.language, as_json=as_json)


@app.command()
def send_invites(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Invite the owners of everything that is asked at a session, a week before it."""
    from ogsm_xl.rhythm.due import MailKind

    _send({MailKind.INVITATION}, config, dry_run=dry_run, as_of=as_of, as_json=as_json)


@app.command()
def send_reminders(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remind the owners who still owe a report, three days before a session."""
    from ogsm_xl.rhythm.due import MailKind

    _send({MailKind.REMINDER}, config, dry_run=dry_run, as_of=as_of, as_json=as_json)


def _send(kinds: set[MailKind], config: Path, *, dry_run: bool, as_of: str | None, as_json: bool) -> None:
    from ogsm_xl.config import read_secret
    from ogsm_xl.usecases.send_mails import Secrets, send_mails

    loaded = _load(config)
    with _ledger(loaded, dry_run=dry_run) as ledger:
        outcome = send_mails(
            kinds,
            config=loaded,
            ledger=ledger,
            post=_mail_system(loaded),
            secrets=Secrets(read_secret(loaded, make=not dry_run), secrets.token_bytes),
            now=_now(loaded, as_of),
            dry_run=dry_run,
            progress=_progress(loaded.language),
        )
    _end(outcome, loaded.language, as_json=as_json)


@app.command()
def collect_replies(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring what owners reported, by mail or in their rows, into the plan and its report sheet."""
    from ogsm_xl.config import read_secret
    from ogsm_xl.usecases.collect_replies import collect_replies as job

    loaded = _load(config)
    with _ledger(loaded, dry_run=dry_run) as ledger:
        outcome = job(
            config=loaded,
            ledger=ledger,
            post=_mail_system(loaded),
            secret=read_secret(loaded, make=False),
            now=_now(loaded, as_of),
            dry_run=dry_run,
        )
    _end(outcome, loaded.language, as_json=as_json)


@app.command()
def build_session(
    config: ConfigOption = DEFAULT_CONFIG,
    session: SessionOption = None,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the workbook of the next session: what is discussed, and why."""
    from ogsm_xl.usecases.build_session import build_session as job

    loaded = _load(config)
    with _ledger(loaded, dry_run=True) as ledger:
        outcome = job(
            config=loaded, ledger=ledger, now=_now(loaded, as_of), session_id=session, dry_run=dry_run
        )
    _end(outcome, loaded.language, as_json=as_json)


@app.command()
def show_status(
    config: ConfigOption = DEFAULT_CONFIG,
    session: SessionOption = None,
    *,
    dry_run: DryRunOption = False,  # noqa: ARG001 - it never changes anything; the option is the same for every job
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who has reported for the next session and who has not."""
    from ogsm_xl.usecases.show_status import show_status as job

    loaded = _load(config)
    with _ledger(loaded, dry_run=True) as ledger:
        outcome = job(config=loaded, ledger=ledger, now=_now(loaded, as_of), session_id=session)
    _end(outcome, loaded.language, as_json=as_json)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to play in; made where it is missing.")] = Path(
        "ogsm-demo"
    ),
    language: Annotated[
        Language, typer.Option("--language", help="Of the plan, the mails and the story.")
    ] = Language.NL,
    *,
    as_json: JsonOption = False,
) -> None:
    """Play the weeks round one doing session on an example plan, with mail in a folder."""
    from ogsm_xl.usecases.demo import play

    _use(language)
    _end(play(folder, language, tell=None if as_json else _tell(language)), language, as_json=as_json)


def main() -> None:
    """The entry point of the command `ogsm-xl`: runs a command inside the error boundary."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], program: typer.Typer = app) -> int:
    """Run a command; returns the exit code. Nothing that goes wrong leaves this as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="replace"
            )  # a Windows console may not know every letter
    try:
        code = program(list(arguments), prog_name="ogsm-xl", standalone_mode=False)
    except Problem as problem:
        print(problem.sentence(_language()), file=sys.stderr)
        return problem.exit_code
    except typer.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:  # noqa: BLE001 - the boundary: whatever comes ends as a sentence
        if sentence := _usage(error):
            print(sentence, file=sys.stderr)
            return 2
        return _unexpected()
    return code if isinstance(code, int) else 0


def job(command: str) -> None:
    """Run a script of jobs/: the command of that name, with the script's own arguments."""
    sys.exit(run([command, *sys.argv[1:]]))


def _usage(error: Exception) -> str:
    """The sentence of a wrong call, or "" for any other error."""
    show = getattr(error, "format_message", None)
    return f"ogsm-xl: {show()}" if show else ""


def _unexpected() -> int:
    descriptor, name = tempfile.mkstemp(prefix="ogsm-xl-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(traceback.format_exc())
    sentence = Text(
        f"Er ging iets mis waar ogsm-xl niet op rekende. De details staan in {name}; stuur dat bestand mee als je het meldt.",
        f"Something went wrong that ogsm-xl did not expect. The details are in {name}; send that file along when you report it.",
    )
    print(sentence.in_(_language()), file=sys.stderr)
    return OutsideProblem.exit_code


_chosen_language: list[Language] = []  # the language of the configuration, once it is read


def _use(language: Language) -> None:
    _chosen_language[:] = [language]


def _language() -> Language:
    """The language of the configuration; before that is read, the machine's."""
    if _chosen_language:
        return _chosen_language[0]
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return Language.NL if spoken.lower().startswith(("nl", "dutch")) else Language.EN


def _load(file: Path) -> Config:
    from ogsm_xl.config import load_config

    config = load_config(file)
    _use(config.language)
    return config


def _now(config: Config, as_of: str | None) -> datetime:
    """The moment of the run, naive, in the plan's time zone.

    Raises:
        InputProblem: `--as-of` is no date.
    """
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
    if moment.tzinfo:
        return moment.astimezone(config.zone).replace(tzinfo=None)
    return datetime.combine(moment, _AS_OF_TIME) if len(as_of) <= len("2026-09-03") else moment


@contextmanager
def _ledger(config: Config, *, dry_run: bool) -> Iterator[Ledger]:
    """The ledger, with no other run beside this one; read-only and without waiting where nothing is changed."""
    from ogsm_xl.ledger import Ledger

    if dry_run:
        with Ledger(config.ledger_file, read_only=True) as ledger:
            yield ledger
        return
    import filelock

    config.ledger_file.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(config.ledger_file.with_suffix(".lock"), timeout=0)
    try:
        with lock, Ledger(config.ledger_file) as ledger:
            yield ledger
    except filelock.Timeout:
        raise OutsideProblem(
            Text(
                f"Er loopt al een taak voor {config.workbook.name} op deze machine. Probeer het zo weer.",
                f"Another job for {config.workbook.name} is running on this machine. Try again in a while.",
            )
        ) from None


def _mail_system(config: Config):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from ogsm_xl.post import open_mail_system

    return open_mail_system(config.mail.system, config.path(config.mail.folder))


def _progress(language: Language) -> Callable[[Sequence[Due]], Sequence[Due]]:
    """Shows a bar while mails go out, if a terminal looks on; nothing under a scheduler."""

    def shown(due: Sequence[Due]) -> Sequence[Due]:
        if not sys.stderr.isatty() or len(due) < 3:
            return due
        from rich.console import Console
        from rich.progress import track

        words = Text("Mails versturen", "Sending mail").in_(language)
        return track(due, description=words, console=Console(stderr=True))  # type: ignore[return-value]  # only looped over

    return shown


def _tell(language: Language) -> Callable[[Text], None]:
    return lambda text: print(text.in_(language))


def _end(outcome: Outcome, language: Language, *, as_json: bool) -> None:
    """Print the outcome and end with its exit code."""
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
            print(text.in_(language))
    raise typer.Exit(int(outcome.code))
