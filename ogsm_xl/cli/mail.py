"""The jobs that mail, and what looks at what was mailed."""

from __future__ import annotations

import platform
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    DryRunOption,
    JsonOption,
    end,
    load,
    mail_system,
    moment_of_run,
    opened_ledger,
    progress_bar,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.config import Config
    from ogsm_xl.rhythm.mails import MailKind
    from ogsm_xl.usecases.mailing import Mailroom

YesOption = Annotated[
    bool, typer.Option("--yes", help="Yes, so many mails are meant ([mail] confirm_above).")
]
OutOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads it on every Python that is supported
    typer.Option(
        "--out", help="With --dry-run: the folder to write the mails into; a new one where left out."
    ),
]
AnySessionOption = Annotated[
    Optional[str],  # noqa: UP045 - see above
    typer.Option("--session", help="Only the mails about this session, such as SES9."),
]
ResolveOption = Annotated[
    Optional[tuple[str, str]],  # noqa: UP045 - see above
    typer.Option(
        "--resolve", help="Settle an uncertain mail: its ID, and sent or not-sent.", metavar="ID WHAT"
    ),
]
DaysOption = Annotated[int, typer.Option("--days", min=1, max=366, help="How many days to look ahead.")]


@app.command()
def send_invites(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    out: OutOption = None,
    yes: YesOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Invite the owners of everything that is asked at a session, a week before it."""
    from ogsm_xl.rhythm.mails import MailKind

    _send(MailKind.INVITATION, config, dry_run=dry_run, out=out, yes=yes, as_of=as_of, as_json=as_json)


@app.command()
def send_reminders(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    out: OutOption = None,
    yes: YesOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remind the owners who still owe a report, three days before a session."""
    from ogsm_xl.rhythm.mails import MailKind

    _send(MailKind.REMINDER, config, dry_run=dry_run, out=out, yes=yes, as_of=as_of, as_json=as_json)


@app.command()
def share_status(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,
    out: OutOption = None,
    yes: YesOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send the team the workbook of the session, a day before it."""
    from ogsm_xl.usecases.share_status import share_status as job

    loaded = load(config)
    with _mailroom(loaded, as_of, dry_run=dry_run, out=out, yes=yes) as room:
        outcome = job(room)
    end(outcome, loaded.language, as_json=as_json)


@app.command()
def sent(
    config: ConfigOption = DEFAULT_CONFIG,
    session: AnySessionOption = None,
    resolve: ResolveOption = None,
    *,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who got which mail when; settle a mail of which it is uncertain whether it went out."""
    from ogsm_xl.usecases.sent_mails import resolve_mail, sent_mails

    loaded = load(config)
    with opened_ledger(loaded, dry_run=resolve is None) as ledger:
        if resolve is None:
            outcome = sent_mails(ledger=ledger, session_id=session)
        else:
            outcome = resolve_mail(
                ledger=ledger, mail_id=resolve[0], became=resolve[1], now=moment_of_run(loaded, as_of)
            )
    end(outcome, loaded.language, as_json=as_json)


@app.command()
def plan_mails(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    days: DaysOption = 30,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Preview day by day who would get which mail, if nobody reported meanwhile."""
    from ogsm_xl.usecases.preview_mails import preview_mails

    loaded = load(config)
    with opened_ledger(loaded, dry_run=True) as ledger:
        outcome = preview_mails(config=loaded, ledger=ledger, now=moment_of_run(loaded, as_of), days=days)
    end(outcome, loaded.language, as_json=as_json)


@app.command()
def take_over(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Go on without the other machine's ledger.")] = False,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make this machine the one that mails for the plan."""
    from ogsm_xl.usecases.in_charge import take_over as job

    loaded = load(config)
    with opened_ledger(loaded, dry_run=dry_run) as ledger:
        outcome = job(
            config=loaded,
            ledger=ledger,
            machine=platform.node(),
            now=moment_of_run(loaded, as_of),
            random=secrets.token_bytes,
            confirmed=yes,
            dry_run=dry_run,
        )
    end(outcome, loaded.language, as_json=as_json)


def _send(
    kind: MailKind,
    config: Path,
    *,
    dry_run: bool,
    out: Path | None,
    yes: bool,
    as_of: str | None,
    as_json: bool,
) -> None:
    from ogsm_xl.usecases.send_mails import send_mails

    loaded = load(config)
    with _mailroom(loaded, as_of, dry_run=dry_run, out=out, yes=yes) as room:
        outcome = send_mails({kind}, room)
    end(outcome, loaded.language, as_json=as_json)


@contextmanager
def _mailroom(
    config: Config, as_of: str | None, *, dry_run: bool, out: Path | None, yes: bool
) -> Iterator[Mailroom]:
    """All that a job needs to mail, with the ledger and the mail system opened."""
    from ogsm_xl.usecases.mailing import Mailroom, Secrets
    from ogsm_xl.usecases.token_secret import read_secret

    with (
        _folder(out, dry_run=dry_run) as folder,
        opened_ledger(config, dry_run=dry_run) as ledger,
        mail_system(config, ledger) as post,
    ):
        yield Mailroom(
            config,
            ledger,
            post,
            Secrets(read_secret(config, make=not dry_run), secrets.token_bytes),
            moment_of_run(config, as_of),
            machine=platform.node(),
            pause=time.sleep,
            confirmed=yes,
            dry_run=dry_run,
            out=folder,
            progress=progress_bar(config.language),
        )


@contextmanager
def _folder(out: Path | None, *, dry_run: bool) -> Iterator[Path | None]:
    """The folder that a dry run writes mails into: the one that was named, or a new one that only this user can read."""
    if out is not None and not dry_run:
        raise InputProblem(
            Text(
                "--out hoort bij --dry-run: zonder proef gaat de mail echt weg. Voeg --dry-run toe, of laat --out weg.",
                "--out goes with --dry-run: without it the mail really goes out. Add --dry-run, or leave --out out.",
            )
        )
    if not dry_run or out is not None:
        yield out
        return
    made = Path(tempfile.mkdtemp(prefix="ogsm-xl-"))
    try:
        yield made
    finally:
        with suppress(OSError):  # it stays where there are mails in it
            made.rmdir()
