"""The error boundary: whatever goes wrong ends as one sentence and an exit code.

What is expected to go wrong carries its own sentence (`ogsm_xl.plan.problem`); what is not ends in a file with the
details, and exit code 3.
"""

from __future__ import annotations

import contextlib
import copy
import errno
import io
import locale
import os
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.main import get_command, get_command_name

from ogsm_xl.cli.dutch import page_in_dutch, translate
from ogsm_xl.cli.log import log_stop, logged_run
from ogsm_xl.cli.program import app
from ogsm_xl.cli.wrong_call import wrong_call
from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.share import away, is_away
from ogsm_xl.plan.words import Language, Text

_CTRL_C = 130  # as shells have it
_INTERRUPTED = Text(
    "Afgebroken. Wat gedaan was, blijft gedaan; een volgende run doet de rest.",
    "Interrupted. What was done stays done; the next run does the rest.",
)


def run(arguments: Sequence[str], program: typer.Typer = app) -> int:
    """Run a command; returns the exit code. Nothing that goes wrong leaves this as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="replace"
            )  # a Windows console may not know every letter
    before = [*_chosen_language]
    _chosen_language.clear()
    try:
        with logged_run(arguments):
            code = _run(arguments, program)
            if code == _CTRL_C:  # also where the command line library made it that
                print(_INTERRUPTED.in_(chosen_language()), file=sys.stderr)
            return code
    finally:
        _chosen_language[:] = before  # of the scheduler, which runs commands within its own run


def _run(arguments: Sequence[str], program: typer.Typer) -> int:
    try:
        code = _called(arguments, program)
    except Problem as problem:
        return _stopped(problem)
    except typer.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _CTRL_C
    except OSError as error:
        found = _disk_problem(error)
        return _stopped(found) if found else _unexpected()
    except sqlite3.DatabaseError as error:
        return _stopped(_ledger_problem(error))
    except Exception as error:  # noqa: BLE001 - the boundary: whatever comes ends as a sentence
        if said := wrong_call(error, _called_by_name(arguments)):
            print(_of_the_library(said.in_(chosen_language())), file=sys.stderr)
            return 2
        return _unexpected()
    return code if isinstance(code, int) else 0


def _called(arguments: Sequence[str], program: typer.Typer) -> object:
    """Call the program; where Dutch is spoken with its help in Dutch."""
    command: Any = get_command(_with_what_is_called(arguments, program))
    if chosen_language() is Language.NL:
        translate(command)
    if "--help" not in arguments:
        return command.main(list(arguments), prog_name="ogsm-xl", standalone_mode=False)
    with contextlib.redirect_stdout(io.StringIO()) as page:
        code = command.main(list(arguments), prog_name="ogsm-xl", standalone_mode=False)
    print(_of_the_library(page.getvalue()), end="")
    return code


def _with_what_is_called(arguments: Sequence[str], program: typer.Typer) -> typer.Typer:
    """The program with the one command that is called; all of it where none is, or help is asked for.

    Making all commands takes a twentieth of the time of a small job.
    """
    called = _called_by_name(arguments)
    found = [
        command
        for command in program.registered_commands
        if called == (command.name or get_command_name(getattr(command.callback, "__name__", "")))
    ]
    if not found or "--help" in arguments:
        return program
    only = copy.copy(program)
    only.registered_commands, only.registered_groups = found, []
    return only


def _called_by_name(arguments: Sequence[str]) -> str:
    """The command that is called; "" where none is."""
    return next((word for word in arguments if not word.startswith("-")), "")


def _of_the_library(page: str) -> str:
    """What the command line library says, in the chosen language."""
    return page_in_dutch(page) if chosen_language() is Language.NL else page


def _disk_problem(error: OSError) -> Problem | None:
    """What the disk or share has against it, where no room below said so; None for what nobody can mend there."""
    place = error.filename or Text("De schijf", "The disk").in_(chosen_language())
    if is_away(error):
        return away(place, error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return OutsideProblem(
            Text(
                f"Er is geen ruimte meer op de schijf ({place}). Maak ruimte vrij en probeer het opnieuw.",
                f"There is no room left on the disk ({place}). Free some space and try again.",
            )
        )
    if isinstance(error, PermissionError) and error.filename:
        return InputProblem(
            Text(
                f"Deze gebruiker mag niet bij {place} ({error.strerror}). Vraag de beheerder om lees- en schrijfrechten.",
                f"This user may not use {place} ({error.strerror}). Ask its manager for permission to read and write.",
            )
        )
    return None


def _ledger_problem(error: sqlite3.DatabaseError) -> Problem:
    """The ledger fails while a job works with it: it is the only database."""
    if isinstance(error, sqlite3.OperationalError):
        return OutsideProblem(
            Text(
                f"Het logboek kan nu niet worden gelezen of geschreven ({error}). Mag deze gebruiker erin schrijven, is er ruimte "
                "op de schijf, en loopt er niet nog een taak? Waar het staat, zegt ogsm-xl doctor.",
                f"The ledger can't be read or written now ({error}). May this user write to it, is there room on the disk, and is "
                "no other job running? ogsm-xl doctor says where it is.",
            )
        )
    return InputProblem(
        Text(
            f"Het logboek is beschadigd ({error}). Zet een reservekopie terug; waar het staat, zegt ogsm-xl doctor.",
            f"The ledger is damaged ({error}). Put a backup back; ogsm-xl doctor says where it is.",
        )
    )


def _stopped(problem: Problem) -> int:
    print(problem.sentence(chosen_language()), file=sys.stderr)
    log_stop(problem.exit_code, problem.text, chosen_language())
    return problem.exit_code


def _unexpected() -> int:
    descriptor, name = tempfile.mkstemp(prefix="ogsm-xl-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(traceback.format_exc())
    sentence = Text(
        f"Er ging iets mis waar ogsm-xl niet op rekende. De details staan in {name}; stuur dat bestand mee als je het meldt.",
        f"Something went wrong that ogsm-xl did not expect. The details are in {name}; send that file along when you report it.",
    )
    print(sentence.in_(chosen_language()), file=sys.stderr)
    log_stop(OutsideProblem.exit_code, sentence, chosen_language())
    return OutsideProblem.exit_code


_chosen_language: list[Language] = []  # the language of the configuration, once it is read


def use_language(language: Language) -> None:
    """Say everything in this language from here on."""
    _chosen_language[:] = [language]


def chosen_language() -> Language:
    """The language of the configuration; before that is read, the machine's."""
    if _chosen_language:
        return _chosen_language[0]
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return Language.NL if spoken.lower().startswith(("nl", "dutch")) else Language.EN
