"""Build the workbook of a session: what is discussed, and why."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from itertools import count as counter
from pathlib import Path
from typing import assert_never

from ogsm_xl.config import Config
from ogsm_xl.excel.pdf import write_pdf
from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.plan_link import is_web_address
from ogsm_xl.letters.wording import of_behind, of_reached
from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.problem import InputProblem, Problem
from ogsm_xl.plan.words import Language, SessionKind, Text
from ogsm_xl.rhythm.agenda import Agenda, doing_agenda
from ogsm_xl.rhythm.changes import PlanChanges
from ogsm_xl.rhythm.planning import PlanningReview, planning_review
from ogsm_xl.rhythm.process_status import ProcessStatus, process_status
from ogsm_xl.rhythm.reviews import Review
from ogsm_xl.rhythm.steering import steering_review
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.plan_now import changes_since, read_plan_now, remember_plan, rhythm_settings
from ogsm_xl.usecases.row_edits import older_copy_warning
from ogsm_xl.usecases.show_status import chosen_session

_CANCELLED = Text(
    "Deze sessie gaat niet door: Vervallen staat op Ja op het blad Sessies.",
    "This session does not take place: Cancelled is Yes on the sheet Sessions.",
)
_ENDINGS = (".xlsx", ".html", ".pdf")


def build_session(
    *,
    config: Config,
    ledger: Ledger,
    now: datetime,
    session_id: str | None = None,
    html: bool = False,
    pdf: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Build the workbook of a session, by default the next one.

    A workbook that was made before is never overwritten: the new one gets the time in its name. A page (`html`) and a
    PDF (`pdf`) get the workbook's name. Where a PDF can't be made, the workbook is there all the same, and the outcome
    says why.

    Raises:
        InputProblem: The plan can't be used, or has no such session, or the folder can't be written.
    """
    read = read_plan_now(config, ledger)
    plan, older = read.plan, older_copy_warning(read, ledger, now)
    session = chosen_session(plan, config, now, session_id)
    shown = shown_at(plan, session, config, now, ledger)
    agenda = shown.agenda
    file = new_session_file(config, session, plan.language, now)
    if not dry_run:
        write_workbook_of(file, plan, shown, config, now)
        if html:
            _write_page(file.with_suffix(".html"), plan, shown, config, now)
        if not older:
            remember_plan(plan, ledger, now, again=True)
    problem = _printed(file) if pdf and not dry_run else None
    look_at = [*older, *([_CANCELLED] if session.cancelled else []), *([problem] if problem else [])]
    beside = [file.with_suffix(".html")] * html + [file.with_suffix(".pdf")] * (pdf and not problem)
    return Outcome(
        ExitCode.LOOK if look_at else ExitCode.DONE,
        _summary(plan, shown, file, dry_run=dry_run),
        look_at,
        [Text(f"Ernaast: {each}", f"Beside it: {each}") for each in beside],
        data={
            "session": session.id,
            "file": str(file),
            "beside": [str(each) for each in beside],
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What a session shows, on paper and on the page: its agenda, the process, the plan's measures, what changed."""

    agenda: Agenda
    status: ProcessStatus
    review: Review
    changes: PlanChanges | None


def shown_at(plan: Plan, session: Session, config: Config, now: datetime, ledger: Ledger) -> Shown:
    """What a session shows."""
    rhythm = rhythm_settings(config)
    return Shown(
        doing_agenda(plan, session, now, rhythm),
        process_status(plan, session, now, rhythm),
        review_of(plan, session, now),
        changes_since(plan, ledger, session, now),
    )


def write_workbook_of(file: Path, plan: Plan, shown: Shown, config: Config, now: datetime) -> None:
    """Write the workbook of a session as a new file.

    Raises:
        InputProblem: The file exists already, or its folder can't be made or written.
        OutsideProblem: Writing failed halfway.
    """
    write_session_workbook(
        file,
        plan,
        shown.agenda,
        shown.status,
        language=plan.language,
        now=now,
        plan_address=_plan_address(config, file),
        review=shown.review,
        changes=shown.changes,
    )


def _write_page(file: Path, plan: Plan, shown: Shown, config: Config, now: datetime) -> None:
    from ogsm_xl.letters.session_page import session_page  # noqa: PLC0415 - with Jinja, for those who want the page

    page = session_page(
        plan,
        shown.agenda,
        shown.status,
        language=plan.language,
        now=now,
        review=shown.review,
        changes=shown.changes,
        plan_address=config.plan.url,
    )
    try:
        with file.open("x", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(page)
    except OSError as error:
        raise InputProblem(
            Text(
                f"{file} kan niet worden geschreven ({error.strerror}). Controleer de map voor de sessies, en of je er mag schrijven.",
                f"{file} can't be written ({error.strerror}). Check the folder for the sessions, and that you may write there.",
            )
        ) from None


def _printed(workbook: Path) -> Text | None:
    """Make the PDF beside the workbook; returns why that is not there, or None."""
    try:
        write_pdf(workbook, workbook.with_suffix(".pdf"))
    except Problem as problem:
        return problem.text
    return None


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
    files = (folder / f"{each}.xlsx" for each in names)
    return next(file for file in files if not any(file.with_suffix(end).exists() for end in _ENDINGS))


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


def _summary(plan: Plan, shown: Shown, file: Path, *, dry_run: bool) -> Text:
    session = shown.agenda.session
    made = Text("Zou gemaakt worden", "Would be made") if dry_run else Text("Gemaakt", "Made")
    shows = _in_figures(plan, shown)
    return Text(
        f"{made.nl}: {file}. {session.kind.word(Language.NL)} {session.id} op {session.date:%d-%m-%Y}: {shows.nl}.",
        f"{made.en}: {file}. {session.kind.word(Language.EN)} {session.id} on {session.date:%Y-%m-%d}: {shows.en}.",
    )


def _in_figures(plan: Plan, shown: Shown) -> Text:
    """What the workbook shows, in figures; a planning session looks at the year, not at the action list."""
    agenda, review = shown.agenda, shown.review
    if isinstance(review, PlanningReview):
        measures = (*review.goals, *review.indicators)
        reached, all_of_them = sum(trend.reached is True for trend in measures), len(measures)
        behind, strategies = len(review.behind), len(plan.strategies)
        of_them, late = of_reached(all_of_them), of_behind(behind, strategies)
        return Text(
            f"{reached} {of_them.nl}, {behind} {late.nl}", f"{reached} {of_them.en}, {behind} {late.en}"
        )
    lines = sum(len(group.lines) for group in agenda.discuss)
    done = len(agenda.done_since) + len(agenda.done_without_date)
    well = len(agenda.going_well)
    goes = "gaat" if well == 1 else "gaan"
    return Text(
        f"{lines} te bespreken, {done} afgerond sinds de vorige sessie, {well} {goes} goed",
        f"{lines} to discuss, {done} done since the previous session, {well} going well",
    )
