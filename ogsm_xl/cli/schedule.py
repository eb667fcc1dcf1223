"""Files for another scheduler as a command."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ogsm_xl.cli.boundary import use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import DEFAULT_CONFIG, ConfigOption, DryRunOption, JsonOption, end

if TYPE_CHECKING:
    from ogsm_xl.usecases.print_schedule import Machine

schedule = typer.Typer(
    help="The jobs in a scheduler of your own.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(schedule, name="schedule")


class For(Enum):
    """The scheduler to print for."""

    WINDOWS = "windows"
    CRON = "cron"
    SYSTEMD = "systemd"


@schedule.command("print")
def print_files(
    target: Annotated[For, typer.Option("--for", help="Which scheduler.")],
    config: ConfigOption = DEFAULT_CONFIG,
    output: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Option("--output", help="The folder to write the files to; shown where left out."),
    ] = None,
    user: Annotated[str, typer.Option("--user", help="For Windows: the account that runs the jobs.")] = "",
    *,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print what Task Scheduler, cron or systemd needs to run the jobs, with the paths of this machine."""
    from ogsm_xl.config import load_config
    from ogsm_xl.usecases.print_schedule import Target, print_schedule

    loaded = load_config(config)
    use_language(loaded.language)
    outcome = print_schedule(Target(target.value), loaded, _this_machine(user), output, dry_run=dry_run)
    if not as_json and output is None:  # so that it can go into a file as it is
        print(*outcome.files.values(), sep="\n", end="")
        print(outcome.summary.in_(loaded.language), file=sys.stderr)
        raise typer.Exit(int(outcome.code))
    end(outcome, loaded.language, as_json=as_json)


def _this_machine(user: str) -> Machine:
    from ogsm_xl.usecases.print_schedule import Machine

    domain = os.environ.get("USERDOMAIN", "")
    own = f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()
    return Machine(Path(sys.executable), user or own, date.today())
