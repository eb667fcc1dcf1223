"""The workbook of a session: what managers open on the big screen, and take home on paper.

Written with XlsxWriter in one go; the same input gives the same bytes. A workbook that is there already is never
touched: what a session had on its screen is kept as it was.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import assert_never

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.garbage import no_garbage_collection
from ogsm_xl.excel.house_style import Styles
from ogsm_xl.excel.session.behind import write_behind
from ogsm_xl.excel.session.board import write_board
from ogsm_xl.excel.session.book import (
    ACTIONS_NEXT,
    AROUND,
    BEHIND,
    BOARD,
    CHANGES,
    CHOICES_NEXT,
    COVER,
    DASHBOARD,
    DISCUSS,
    DONE,
    EVALUATION,
    FACTORS,
    LISTS,
    MEASUREMENTS,
    MEASURES_NEXT,
    NEW_ACTIONS,
    PRIORITIES,
    REPORTS,
    RESULTS,
    STRATEGIES,
    WHO,
    YEAR,
    SessionBook,
)
from ogsm_xl.excel.session.changes import write_changes
from ogsm_xl.excel.session.choices import write_lists
from ogsm_xl.excel.session.cover import write_cover
from ogsm_xl.excel.session.dashboard import write_dashboard
from ogsm_xl.excel.session.discuss import Anchors, write_discuss
from ogsm_xl.excel.session.done import write_done
from ogsm_xl.excel.session.look_ahead import write_new_actions, write_priorities
from ogsm_xl.excel.session.look_back import write_evaluation, write_results
from ogsm_xl.excel.session.measured import write_measurements
from ogsm_xl.excel.session.reports import write_reports
from ogsm_xl.excel.session.strategies import write_strategies
from ogsm_xl.excel.session.update import write_updates
from ogsm_xl.excel.session.who import write_who
from ogsm_xl.excel.session.year import write_year
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.share import is_away
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.agenda import Agenda
from ogsm_xl.rhythm.changes import PlanChanges
from ogsm_xl.rhythm.planning import PlanningReview
from ogsm_xl.rhythm.process_status import ProcessStatus
from ogsm_xl.rhythm.reviews import Review
from ogsm_xl.rhythm.steering import SteeringReview

_MANY_ROWS = 5_000


def write_session_workbook(
    file: Path,
    plan: Plan,
    agenda: Agenda,
    status: ProcessStatus,
    *,
    language: Language,
    now: datetime,
    plan_address: str = "",
    review: Review = None,
    changes: PlanChanges | None = None,
) -> None:
    """Write the workbook of a session as a new file.

    Args:
        file: The .xlsx file to make; its folder is made where there is none.
        plan: The plan with its history.
        agenda: What the session shows, and why.
        status: The process around the session.
        language: The language of the workbook.
        now: When it is made: stands on the cover and in the file's properties.
        plan_address: Where the plan is, for links to its rows: a web address, or a path (relative to the file's folder).
        review: What a steering or planning session looks at besides the action list; None for a doing session.
        changes: What changed in the plan since the session before; None where nobody kept that.

    Raises:
        InputProblem: The file exists already, or its folder can't be made or written.
        OutsideProblem: Writing failed halfway: the disk or the share.
    """
    if file.exists():
        raise _exists(file)
    beside = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": _is_small(plan)}
        content = BytesIO()  # a disk that is full then fails at one place, below
        workbook = Workbook(content, options)
        styles = Styles(workbook, language)
        seen = changes or PlanChanges()
        book = SessionBook(workbook, styles, plan, agenda, status, language, now, plan_address, review, seen)
        with no_garbage_collection():  # XlsxWriter keeps an object for every cell until the end
            _write(book)
        beside.write_bytes(content.getbuffer())
        _move(beside, file)
    except (OSError, XlsxWriterException) as error:
        raise _not_written(file, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _is_small(plan: Plan) -> bool:
    """Whether its parts may wait for the end in memory: files for them take a tenth of the time that a usual plan takes."""
    return len(plan.actions) + len(plan.reports) < _MANY_ROWS


def _write(book: SessionBook) -> None:
    workbook, session = book.workbook, book.agenda.session
    for name in _sheets(book.review):
        workbook.add_worksheet(book.word(name))
    title = f"{session.kind.word(book.language)} {book.day(session.date)}"
    workbook.set_properties({"title": title, "author": "ogsm-xl", "created": book.now})
    write_lists(book)
    match book.review:
        case None:
            write_cover(book, write_discuss(book))
            write_done(book)
        case SteeringReview():
            _write_steering(book, book.review)
        case PlanningReview():
            _write_planning(book, book.review)
        case _:
            assert_never(book.review)
    write_board(book)
    write_reports(book)
    write_changes(book)
    write_who(book)
    book.sheet(COVER).activate()
    workbook.close()


def _sheets(review: Review) -> tuple[Text, ...]:
    """The sheets of a session, in the order in which it goes through them."""
    everywhere = (BOARD, CHANGES, REPORTS, WHO)
    match review:
        case None:
            return (COVER, DISCUSS, DONE, *everywhere, LISTS)
        case SteeringReview():
            ahead = (NEW_ACTIONS, PRIORITIES)
            return (
                COVER, STRATEGIES, DISCUSS, DONE, RESULTS, EVALUATION, *ahead, *everywhere, MEASUREMENTS, LISTS,
            )  # fmt: skip
        case PlanningReview():
            around, upwards = (FACTORS, AROUND), (ACTIONS_NEXT, CHOICES_NEXT, MEASURES_NEXT)
            return (COVER, DASHBOARD, BEHIND, YEAR, *around, *upwards, *everywhere, MEASUREMENTS, LISTS)
        case _:
            assert_never(review)


def _write_steering(book: SessionBook, review: SteeringReview) -> None:
    trends = {trend.measure.id: trend for page in review.strategies for trend in page.indicators}
    measured = write_measurements(book, trends.values())
    cards = write_discuss(book)
    write_cover(book, cards, write_strategies(book, review.strategies, measured, cards.actions))
    write_done(book)
    write_results(book, review)
    write_evaluation(book, review)
    write_new_actions(book)
    write_priorities(book, review)


def _write_planning(book: SessionBook, review: PlanningReview) -> None:
    measured = write_measurements(book, (*review.goals, *review.indicators))
    write_cover(book, Anchors())
    write_dashboard(book, review, measured)
    write_behind(book, review)
    write_year(book, review)
    write_updates(book, review)


def _move(beside: Path, file: Path) -> None:
    """Put the finished file in its place, unless another run made one meanwhile."""
    if file.exists():
        raise _exists(file)
    beside.rename(file)


def _exists(file: Path) -> InputProblem:
    return InputProblem(
        Text(
            "{file} bestaat al en blijft zoals het is. Geef een andere bestandsnaam, of verplaats het eerst.",
            "{file} exists already and stays as it is. Give another file name, or move it first.",
        ).filled(file=file)
    )


def _not_written(file: Path, error: Exception) -> InputProblem | OutsideProblem:
    cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
    reason = (cause.strerror if isinstance(cause, OSError) else None) or cause
    text = Text(
        "{file} kan niet worden geschreven: {reason}. Controleer de map voor de sessies, en of je er mag schrijven.",
        "{file} can't be written: {reason}. Check the folder for the sessions, and that you may write there.",
    ).filled(file=file, reason=reason)
    mistakes = PermissionError | NotADirectoryError | FileExistsError | FileNotFoundError
    wrong = isinstance(cause, mistakes) and not is_away(cause)
    return InputProblem(text) if wrong else OutsideProblem(text)
