"""The command line: arguments, the clock, progress, printing, and the one error boundary.

Every job is a command in one of the modules here, and a script in jobs/ that calls it. A module that adds commands is
named in `_COMMANDS`. Heavy rooms are imported inside the commands: `ogsm-xl --help` starts at once.
"""

from __future__ import annotations

import sys

from ogsm_xl.cli import early  # noqa: F401 - it sets what makes the imports below quicker

# isort: split
from ogsm_xl.cli import (
    calendar,
    checks,
    demo,
    doctor,
    init,
    jobs,
    mail,
    mailbox,
    minutes,
    plan,
    report,
    review,
    schedule,
    scheduler,
)
from ogsm_xl.cli.boundary import run
from ogsm_xl.cli.program import app

_COMMANDS = (
    checks,
    mail,
    jobs,
    minutes,
    report,
    review,
    calendar,
    scheduler,
    schedule,
    init,
    doctor,
    mailbox,
    plan,
    demo,
)

__all__ = ["app", "job", "main", "run"]


def main() -> None:
    """The entry point of the command `ogsm-xl`: runs a command inside the error boundary."""
    sys.exit(run(sys.argv[1:]))


def job(command: str) -> None:
    """Run a script of jobs/: the command of that name, with the script's own arguments."""
    given = sys.argv[1:]
    verbose = [argument for argument in given if argument == "--verbose"]  # belongs before the command
    sys.exit(run([*verbose, command, *(argument for argument in given if argument not in verbose)]))
