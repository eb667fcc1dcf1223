"""What waits for a person, as a command."""

from __future__ import annotations

import platform
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
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.usecases.review import Accept, Assign, Discard

_ONE_OF_THEM = Text(
    "Kies bij een nummer hoogstens één van --accept, --assign en --discard.",
    "With a number, choose one of --accept, --assign and --discard at most.",
)
_NO_NUMBER = Text(
    "Noem het nummer van de mail, zoals: ogsm-xl review 12 --accept",
    "Name the number of the mail, such as: ogsm-xl review 12 --accept",
)
_ALL_OR_ONE = Text("Kies: een nummer, of --all.", "Choose: a number, or --all.")
_AS_NEEDS_MORE = Text("--as hoort bij --accept of --assign.", "--as belongs to --accept or --assign.")


@app.command()
def review(
    number: Annotated[
        Optional[int],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Argument(help="The number of a mail; without it, all that waits is listed."),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="List every mail that came in, and what became of it.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept it: it is the answer of whoever our mail went to.")
    ] = False,
    assign: Annotated[
        Optional[str],  # noqa: UP045 - see above
        typer.Option("--assign", help="Accept it as a report on this item, such as A12."),
    ] = None,
    person: Annotated[
        Optional[str],  # noqa: UP045 - see above
        typer.Option("--as", help="Whose answer it is: a name or mail address from the list of people."),
    ] = None,
    discard: Annotated[
        Optional[str],  # noqa: UP045 - see above
        typer.Option("--discard", help="Put it away: it is no answer, for this reason."),
    ] = None,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the replies that wait for a person, or all that came in; look at one; accept, assign or discard it."""
    from ogsm_xl.usecases import review as job
    from ogsm_xl.usecases.token_secret import read_secret

    if number is not None and everything:
        raise InputProblem(_ALL_OR_ONE)
    decision = _decision(number, person, accept=accept, assign=assign, discard=discard)
    loaded = load(config)
    changes = decision is not None and not dry_run
    with opened_ledger(loaded, dry_run=not changes) as ledger:
        if number is None:
            outcome = job.list_all(ledger) if everything else job.list_reviews(ledger)
        elif decision is None:
            secret = read_secret(loaded, make=False)
            outcome = job.show_review(config=loaded, ledger=ledger, secret=secret, number=number)
        else:
            with mail_system(loaded, ledger) as post:
                outcome = job.decide_review(
                    decision,
                    config=loaded,
                    ledger=ledger,
                    post=post,
                    secret=read_secret(loaded, make=False),
                    number=number,
                    now=moment_of_run(loaded, as_of),
                    machine=platform.node(),
                    dry_run=dry_run,
                )
    end(outcome, loaded.language, as_json=as_json)


def _decision(
    number: int | None, person: str | None, *, accept: bool, assign: str | None, discard: str | None
) -> Accept | Assign | Discard | None:
    """What was decided on the command line, or None.

    Raises:
        InputProblem: The options do not go together.
    """
    from ogsm_xl.usecases.review import Accept, Assign, Discard

    chosen = [accept, assign is not None, discard is not None]
    if sum(chosen) > 1:
        raise InputProblem(_ONE_OF_THEM)
    if number is None and any(chosen):
        raise InputProblem(_NO_NUMBER)
    if person is not None and not (accept or assign is not None):
        raise InputProblem(_AS_NEEDS_MORE)
    if discard is not None:
        return Discard(discard)
    if assign is not None:
        return Assign(assign, person)
    return Accept(person) if accept else None
