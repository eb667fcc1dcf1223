"""The demo as a command."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Annotated

import typer

from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import JsonOption, end, teller
from ogsm_xl.plan.words import Language


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to play in; made where it is missing.")] = Path(
        "ogsm-demo"
    ),
    language: Annotated[
        Language, typer.Option("--language", help="The language of the plan, the mails and the story.")
    ] = Language.NL,
    *,
    as_json: JsonOption = False,
) -> None:
    """Play the weeks round one doing session on an example plan, with mail in a folder."""
    from ogsm_xl.usecases.demo import play

    use_language(language)
    told = None if as_json else teller(language)
    end(play(folder, language, told, platform.node()), language, as_json=as_json)
