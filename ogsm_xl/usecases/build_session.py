"""Build the workbook of a session: what is discussed, and why."""

from __future__ import annotations

import os
from datetime import datetime
from itertools import chain
from itertools import count as counter
from pathlib import Path
from typing import assert_never

from ogsm_xl.config import Config
from ogsm_xl.excel.session.book import Review
from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.plan_link import is_web_address
from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.words import Language, SessionKind, Text
from ogsm_xl.rhythm.agenda import Agenda, doing_agenda
from ogsm_xl.rhythm.planning import planning_review
from ogsm_xl.rhythm.process_status import ProcessStatus, process_status
from ogsm_xl.rhythm.steering import steering_review
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.plan_now import changes_since, read_plan_now, remember_plan, rhythm_settings
from ogsm_xl.usecases.show_status import chosen_session


def build_session(
    *, config: Config, ledger: Ledger, now: datetime, session_id: str | None = None, dry_run: bool = False
) -> Outcome:
    """Build the workbook of a session, by default the next one.

    A workbook that was made before is never overwritten: the new one gets the time in its name.

    Raises:
        InputProblem: The plan can't be used, or has no such session, or the folder can't be written.
    """
    plan = read_plan_now(config, ledger).plan
    session = chosen_session(plan, config, now, session_id)
    agenda = doing_agenda(plan, session, now, rhythm_settings(config))
    file = new_session_file(config, session, plan.language, now)
    if not dry_run:
        write_workbook_of(file, plan, agenda, config, now, ledger)
        remember_plan(plan, ledger, now, again=True)
    return Outcome(
        ExitCode.DONE,
        _summary(agenda, file, dry_run=dry_run),
        data={
            "session": session.id,
            "file": str(file),
            "dry_run": dry_run,
            "discuss": [
                {"item": line.action.id, "why": [why.text._asdict() for why in line.reasons]}
                for group in agenda.discuss
                for line in group.lines
            ],
            "done_since": [line.action.id for line in agenda.done_since],
            "going_well": [action.id for action in agenda.going_well],
        },
    )


def write_workbook_of(
    file: Path, plan: Plan, agenda: Agenda, config: Config, now: datetime, ledger: Ledger
) -> ProcessStatus:
    """Write the workbook of a session as a new file; returns the process round the session, as it shows it.

    Raises:
        InputProblem: The file exists already, or its folder can't be made or written.
        OutsideProblem: Writing failed halfway.
    """
    status = process_status(plan, agenda.session, now, rhythm_settings(config))
    write_session_workbook(
        file,
        plan,
        agenda,
        status,
        language=plan.language,
        now=now,
        plan_address=_plan_address(config, file),
        review=review_of(plan, agenda.session, now),
        changes=changes_since(plan, ledger, agenda.session, now),
    )
    return status


def review_of(plan: Plan, session: Session, now: datetime) -> Review:
    """What this kind of session looks at besides the action list."""
    match session.kind:
        case SessionKind.DOING:
            return None
        case SessionKind.STEERING:
            return steering_review(plan, session, now)
        case SessionKind.PLANNING:
            return planning_review(plan, session, now)
        case _:
            assert_never(session.kind)


def new_session_file(config: Config, session: Session, language: Language, now: datetime) -> Path:
    """A file that is not there yet: the plain name, with the time, with the time and a number."""
    folder = config.path(config.sessions.folder) / str(session.date.year)
    name = f"{session.date:%Y-%m-%d} {session.kind.word(language)}"
    names = chain(
        (name, f"{name} ({now:%Y-%m-%d %H.%M})"),
        (f"{name} ({now:%Y-%m-%d %H.%M} - {number})" for number in counter(2)),
    )
    return next(file for each in names if not (file := folder / f"{each}.xlsx").exists())


def _plan_address(config: Config, file: Path) -> str:
    """Where the session workbook's links lead: the plan's web address, else its path, seen from the session's folder.

    A relative path holds for everybody, whatever letter the shared drive has on their machine.
    """
    if is_web_address(config.plan.url):
        return config.plan.url
    try:
        return os.path.relpath(config.workbook, file.parent)
    except ValueError:  # on another drive of Windows
        return str(config.workbook)


def _summary(agenda: Agenda, file: Path, *, dry_run: bool) -> Text:
    session = agenda.session
    lines = sum(len(group.lines) for group in agenda.discuss)
    made = Text("Zou gemaakt worden", "Would be made") if dry_run else Text("Gemaakt", "Made")
    return Text(
        f"{made.nl}: {file}. {session.kind.word(Language.NL)} {session.id} op {session.date:%d-%m-%Y}: {lines} te bespreken, {len(agenda.done_since)} afgerond sinds de vorige sessie, {len(agenda.going_well)} gaan goed.",
        f"{made.en}: {file}. {session.kind.word(Language.EN)} {session.id} on {session.date:%Y-%m-%d}: {lines} to discuss, {len(agenda.done_since)} done since the previous session, {len(agenda.going_well)} going well.",
    )
