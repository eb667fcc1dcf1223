"""The program `ogsm-xl`, to which the other modules add their commands."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="ogsm-xl",
    help="Runs an OGSM that lives in an Excel workbook. Start with: ogsm-xl demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
