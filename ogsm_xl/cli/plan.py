"""Commands that make plan workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import JsonOption, end
from ogsm_xl.plan.words import Language

template = typer.Typer(
    help="The workbooks in workbook_templates/.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(template, name="template")


@app.command()
def new(
    workbook: Annotated[Path, typer.Argument(help="The plan workbook to make, such as plan.xlsx.")],
    language: Annotated[
        Language, typer.Option("--language", help="The language of the workbook.")
    ] = Language.NL,
    *,
    as_json: JsonOption = False,
) -> None:
    """Start a plan: an empty workbook with every sheet, list and check."""
    from ogsm_xl.usecases.make_workbooks import new_plan

    use_language(language)
    end(new_plan(workbook, language), language, as_json=as_json)


@template.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Where to put them.")] = Path("workbook_templates"),
    language: Annotated[
        Language, typer.Option("--language", help="The language of what is told.")
    ] = Language.EN,
    *,
    as_json: JsonOption = False,
) -> None:
    """Build the workbook templates from the layout: empty and filled, Dutch and English."""
    from ogsm_xl.usecases.make_workbooks import build_templates

    use_language(language)
    end(build_templates(folder), language, as_json=as_json)
