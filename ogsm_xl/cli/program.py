"""The program `ogsm-xl`, to which the other modules add their commands."""

from __future__ import annotations

from typing import Annotated

import typer

from ogsm_xl.cli.log import show_log

app = typer.Typer(
    name="ogsm-xl",
    help="Runs an OGSM that lives in an Excel workbook. Start with: ogsm-xl demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def options(
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show what is logged, and more, on the terminal.")
    ] = False,
) -> None:
    """What holds for every command."""
    if verbose:
        show_log()
