"""The jobs as commands."""

from __future__ import annotations

import platform
import time
from enum import Enum
from typing import Annotated

import typer

from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    DryRunOption,
    JsonOption,
    SessionOption,
    end,
    load,
    mail_system,
    moment_of_run,
    opened_ledger,
)


class Missing(Enum):
    """What becomes of reports that an older copy of the plan does not have."""

    WRITE_AGAIN = "write-again"
    LEAVE_OUT = "leave-out"


@app.command()
def collect_replies(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    missing_reports: Annotated[
        Missing | None,
        typer.Option(
            help="Where an older copy of the plan was put back: what becomes of the reports that are not in it.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring what owners reported, by mail or in their rows, into the plan and its report sheet."""
    from ogsm_xl.usecases.collect_replies import collect_replies as job
    from ogsm_xl.usecases.older_copy import MissingReports
    from ogsm_xl.usecases.token_secret import read_secret

    loaded = load(config)
    with opened_ledger(loaded, dry_run=dry_run) as ledger, mail_system(loaded, ledger) as post:
        outcome = job(
            config=loaded,
            ledger=ledger,
            post=post,
            secret=read_secret(loaded, make=False),
            now=moment_of_run(loaded, as_of),
            machine=platform.node(),
            dry_run=dry_run,
            pause=time.sleep,
            missing=MissingReports(missing_reports.value) if missing_reports else None,
        )
    end(outcome, loaded.language, as_json=as_json)


@app.command()
@app.command("session", hidden=True)  # as people call it
def build_session(
    config: ConfigOption = DEFAULT_CONFIG,
    session: SessionOption = None,
    *,
    html: Annotated[
        bool, typer.Option("--html", help="Make a page for mail or intranet beside it, in one file.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Make a PDF beside it, with LibreOffice.")] = False,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the workbook of the next session: what is discussed, and why."""
    from ogsm_xl.usecases.build_session import build_session as job

    loaded = load(config)
    with opened_ledger(loaded, dry_run=dry_run) as ledger:
        outcome = job(
            config=loaded,
            ledger=ledger,
            now=moment_of_run(loaded, as_of),
            session_id=session,
            html=html,
            pdf=pdf,
            dry_run=dry_run,
        )
    end(outcome, loaded.language, as_json=as_json)


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

    loaded = load(config)
    with opened_ledger(loaded, dry_run=True) as ledger:
        outcome = job(config=loaded, ledger=ledger, now=moment_of_run(loaded, as_of), session_id=session)
    end(outcome, loaded.language, as_json=as_json)
