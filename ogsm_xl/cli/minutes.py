"""The minutes of a session as a command."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Optional

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
    moment_of_run,
    opened_ledger,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.unclear import Unclear
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.plan.written import read_yes_no

_SURE = Text("Dit in het plan zetten? [j/N]", "Write this into the plan? [y/N]")
_SAY_YES = Text(
    "Er is niemand om het aan te vragen. Kijk eerst zonder --write wat er verandert, en geef dan --write --yes.",
    "There is nobody to ask. First look without --write at what changes, then give --write --yes.",
)


@app.command()
def minutes(
    workbook: Annotated[Path, typer.Argument(help="The session workbook, as the session filled it in.")],
    config: ConfigOption = DEFAULT_CONFIG,
    out: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Option("--out", help="Make the minutes as a file too: .html (to mail), .csv or .xlsx."),
    ] = None,
    session: Annotated[
        Optional[str],  # noqa: UP045 - see above
        typer.Option("--session", help="Which session it is of, where the workbook does not say it."),
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Write decisions, new deadlines and statuses into the plan.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking first.")] = False,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read what a session typed into its workbook: what was decided, and what of it changes the plan."""
    from ogsm_xl.usecases.minutes import minutes as job

    loaded = load(config)
    writes = write and not dry_run
    shown: list[Text] = []
    with opened_ledger(loaded, dry_run=not writes) as ledger:
        outcome = job(
            config=loaded,
            ledger=ledger,
            now=moment_of_run(loaded, as_of),
            workbook=workbook,
            machine=platform.node(),
            session_id=session,
            out=out,
            agreed=_asking(loaded.language, shown, yes=yes) if write else None,
            dry_run=dry_run,
        )
    end(outcome, loaded.language, as_json=as_json, told=shown if sys.stdout.isatty() else ())


def _asking(language: Language, shown: list[Text], *, yes: bool) -> Callable[[Sequence[Text]], bool]:
    """Shows what would be written, and asks once; on the stream for messages, as a program may read the other.

    What was shown is added to `shown`.
    """

    def agreed(lines: Sequence[Text]) -> bool:
        if yes:
            return True
        if not sys.stdin.isatty():
            raise InputProblem(_SAY_YES)
        for line in lines:
            typer.echo(line.in_(language), err=True)
        shown.extend(lines)
        return _is_yes(typer.prompt(_SURE.in_(language), default="", show_default=False, err=True))

    return agreed


def _is_yes(answer: str) -> bool:
    """Whether a yes was typed, in either language; anything else writes nothing."""
    try:
        return read_yes_no(answer) is True
    except Unclear:
        return False
