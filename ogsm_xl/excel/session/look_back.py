"""Looking back at the quarter: the results of finished actions, and the evaluation as a grid to fill in.

What the session types is read back from the tables `Finished_actions` (first column the action's ID, last one what was
learned) and `Evaluation_grid` (first column the subject, last three what to improve or start, keep, and stop).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ogsm_xl.excel.session.book import (
    EVALUATION,
    NO_TEXT,
    PLAN_TIP,
    RESULTS,
    SessionBook,
    shortened,
    strategy_of,
)
from ogsm_xl.excel.session.page import Page
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.plan.model import Evaluation
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.steering import SteeringReview

_POINTS: Final = 14
_LONGEST: Final = 300  # characters of a strategy

_SINCE = Text(
    "Afgerond sinds de bijstuursessie van {day}: wat leverde het op?",
    "Finished since the steering session of {day}: what did it bring?",
)
_EVER = Text("Afgeronde acties: wat leverde het op?", "Finished actions: what did they bring?")
_NONE = Text(
    "Sinds de vorige bijstuursessie is er niets afgerond.",
    "Nothing was finished since the previous steering session.",
)
_QUARTER = Text(
    "{quarter}: wat gaan we anders doen, wat houden we, wat laten we?",
    "{quarter}: what do we do differently, what do we keep, what do we drop?",
)
_IMPROVE = Text("Verbeteren: {text}", "Improve: {text}")
_KEEP = Text("Behouden: {text}", "Keep: {text}")
_STOP = Text("Stoppen: {text}", "Stop: {text}")


def write_results(book: SessionBook, review: SteeringReview) -> None:
    """Write the sheet with the results of finished actions."""
    headings = (
        Heading(Text("Nr.", "No."), 9, centred=True, bold=True),
        Heading(Text("Actie", "Action"), 44, wraps=True, bold=True),
        Heading(Text("Strategie", "Strategy"), 34, wraps=True),
        Heading(Text("Eigenaar", "Owner"), 20, wraps=True),
        Heading(Text("Afgerond op", "Done on"), 15, book.date_format, centred=True),
        Heading(Text("Resultaat", "Result"), 46, wraps=True),
        Heading(Text("✎ Wat leren we ervan?", "✎ What do we learn from it?"), 34, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(RESULTS), (1, *(heading.width for heading in headings)))
    since = _SINCE.filled(day=book.day(review.since.date)) if review.since else _EVER
    page.head(RESULTS, book.word(since))
    page.gap(10)
    if not write_table(page, "Finished_actions", headings, _results(book, review), points=_POINTS, least=54):
        page.nothing(_NONE, len(headings), least=26)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def _results(book: SessionBook, review: SteeringReview) -> Iterator[tuple[Value, ...]]:
    for done in review.finished:
        action, strategy = done.action, strategy_of(book.plan, done.action)
        number = Link(action.id, book.plan_link(action), book.word(PLAN_TIP))
        about = shortened(strategy.text, _LONGEST) if strategy else ""
        text = action.text or book.word(NO_TEXT)
        yield number, text, about, book.owner(action), done.day, done.result, None


def write_evaluation(book: SessionBook, review: SteeringReview) -> None:
    """Write the sheet with the quarter's evaluation: four subjects, each with three cells to fill in."""
    headings = (
        Heading(Text("Onderwerp", "Subject"), 30, wraps=True, bold=True),
        Heading(Text("Vorig kwartaal zeiden we", "Last quarter we said"), 48, wraps=True),
        Heading(Text("✎ Verbeteren of beginnen", "✎ Improve or start"), 42, wraps=True, to_fill=True),
        Heading(Text("✎ Behouden", "✎ Keep"), 42, wraps=True, to_fill=True),
        Heading(Text("✎ Stoppen", "✎ Stop"), 42, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(EVALUATION), (1, *(heading.width for heading in headings)))
    page.head(EVALUATION, book.word(_QUARTER.filled(quarter=review.quarter)))
    page.gap(10)
    write_table(page, "Evaluation_grid", headings, _subjects(book, review), points=_POINTS, least=118)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def _subjects(book: SessionBook, review: SteeringReview) -> Iterator[tuple[Value, ...]]:
    for each in review.evaluation:
        now = each.now
        filled = (now.improve, now.keep, now.stop) if now else ("", "", "")
        yield each.subject.word(book.language), _said(book, each.before), *(text or None for text in filled)


def _said(book: SessionBook, before: Evaluation | None) -> str:
    if before is None:
        return "–"
    said = ((_IMPROVE, before.improve), (_KEEP, before.keep), (_STOP, before.stop))
    return "\n".join(book.word(name).format(text=text) for name, text in said if text) or "–"
