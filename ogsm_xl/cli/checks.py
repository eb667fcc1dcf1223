"""Checking the plan, and the rules that it is checked by, as commands."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from ogsm_xl.cli.boundary import chosen_language, use_language
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
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.words import Language


class FailOn(Enum):
    """From which severity on validating ends with exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@app.command()
def validate(
    config: ConfigOption = DEFAULT_CONFIG,
    owner: Annotated[
        str,
        typer.Option(
            "--owner", help="Only the rows of this person: a name, a part of it, or a mail address."
        ),
    ] = "",
    annotate: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Option("--annotate", help="Write a copy of the workbook with the findings in it to this file."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="From which severity on the exit code is 1.")
    ] = FailOn.WARNING,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the plan workbook, cell by cell: is it sound, is the plan good?"""
    from ogsm_xl.usecases.validate import validate as job

    loaded = load(config)
    validation = job(
        config=loaded,
        today=moment_of_run(loaded, as_of).date(),
        fail_on=Severity[fail_on.name],
        owner=owner,
        annotate=annotate,
        dry_run=dry_run,
    )
    if not as_json and sys.stdout.isatty():
        from ogsm_xl.cli.findings import show

        show(validation, loaded.language)
        raise typer.Exit(int(validation.code))
    end(validation, loaded.language, as_json=as_json)


@app.command()
def rules(
    code: Annotated[
        str, typer.Argument(help="The code of one rule to explain, such as OX502.", show_default=False)
    ] = "",
    config: ConfigOption = DEFAULT_CONFIG,
    language: Annotated[
        Optional[Language],  # noqa: UP045 - see above
        typer.Option("--language", help="The language; that of the configuration where left out."),
    ] = None,
    write_docs: Annotated[
        Optional[Path],  # noqa: UP045 - see above
        typer.Option(
            "--write-docs", help="For developers: renew the rules in README.md and docs/ of this folder."
        ),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the rules that a plan is checked by, or explain one: why, how to mend it, a bad and a good example."""
    from ogsm_xl.usecases.explain_rules import explain, list_rules, write_pages

    loaded = load(config) if config.exists() or config != DEFAULT_CONFIG else None
    if language is not None:
        use_language(language)
    if write_docs is not None:
        outcome = write_pages(write_docs)
    elif code:
        outcome = explain(code, loaded)
    else:
        outcome = list_rules(loaded)
    end(outcome, chosen_language(), as_json=as_json)
