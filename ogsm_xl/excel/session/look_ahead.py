"""Looking ahead: rows for new actions, and the priorities of the next quarter.

What the session types is read back from the tables `New_actions` (a row with a text is a new action) and `Priorities`
(first column the action's ID; a yes in the second to last makes it "in progress").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ogsm_xl.excel.session.book import (
    NEW_ACTIONS,
    NO_TEXT,
    PLAN_TIP,
    PRIORITIES,
    SessionBook,
    shortened,
    strategy_of,
)
from ogsm_xl.excel.session.choices import a_day, a_person, a_strategy, one_of
from ogsm_xl.excel.session.page import Page
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.plan.words import Status, Text, YesNo
from ogsm_xl.rhythm.steering import SteeringReview

_POINTS: Final = 14
_NEW_ROWS: Final = 12
"""How many rows there are for new actions; the table grows when more are typed below it."""
_LONGEST: Final = 300  # characters of a strategy

_NEW = Text(
    "Welke acties zijn er nodig om de strategieën te laten slagen?",
    "Which actions are needed for the strategies to succeed?",
)
_NEXT = Text(
    "Wat begint er het komende kwartaal? Kies Ja: de actie wordt dan “Mee bezig”",
    "What starts in the coming quarter? Choose Yes: the action then becomes “In progress”",
)
_NONE = Text("Er staan geen acties te wachten.", "No actions are waiting.")


def write_new_actions(book: SessionBook) -> None:
    """Write the sheet with blank rows for new actions, with lists to choose from."""
    headings = (
        Heading(Text("✎ Actie: welk resultaat?", "✎ Action: which result?"), 62, wraps=True, to_fill=True),
        Heading(Text("✎ Strategie", "✎ Strategy"), 44, wraps=True, to_fill=True),
        Heading(Text("✎ Eigenaar", "✎ Owner"), 24, wraps=True, to_fill=True),
        Heading(Text("✎ Start", "✎ Start"), 15, book.date_format, centred=True, to_fill=True),
        Heading(Text("✎ Deadline", "✎ Deadline"), 15, book.date_format, centred=True, to_fill=True),
        Heading(Text("✎ Waarom nodig?", "✎ Why needed?"), 42, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(NEW_ACTIONS), (1, *(heading.width for heading in headings)))
    page.head(NEW_ACTIONS, book.word(_NEW))
    page.gap(10)
    first = page.row + 1
    write_table(page, "New_actions", headings, [[None] * 6] * _NEW_ROWS, points=_POINTS, least=38)
    for column, rule in ((2, a_strategy(book)), (3, a_person(book)), (4, a_day(book)), (5, a_day(book))):
        page.sheet.data_validation(first, column, page.row - 1, column, rule)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def write_priorities(book: SessionBook, review: SteeringReview) -> None:
    """Write the sheet with the actions that could begin, each with a cell to choose it."""
    headings = (
        Heading(Text("Nr.", "No."), 9, centred=True, bold=True),
        Heading(Text("Actie", "Action"), 52, wraps=True, bold=True),
        Heading(Text("Strategie", "Strategy"), 40, wraps=True),
        Heading(Text("Eigenaar", "Owner"), 22, wraps=True),
        Heading(Text("Start", "Start"), 14, book.date_format, centred=True),
        Heading(Text("Deadline", "Deadline"), 14, book.date_format, centred=True),
        Heading(Text("Status", "Status"), 14, centred=True),
        Heading(Text("✎ Mee bezig", "✎ In progress"), 13, centred=True, to_fill=True),
        Heading(Text("✎ Opmerking", "✎ Remark"), 26, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(PRIORITIES), (1, *(heading.width for heading in headings)))
    page.head(PRIORITIES, book.word(_NEXT))
    page.gap(10)
    first = page.row + 1
    count = write_table(page, "Priorities", headings, _candidates(book, review), points=_POINTS, least=38)
    page.sheet.data_validation(first, 8, page.row - 1, 8, one_of(book, [answer.value for answer in YesNo]))
    if not count:
        page.nothing(_NONE, len(headings), least=26)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def _candidates(book: SessionBook, review: SteeringReview) -> Iterator[tuple[Value, ...]]:
    for action in review.candidates:
        strategy = strategy_of(book.plan, action)
        yield (
            Link(action.id, book.plan_link(action), book.word(PLAN_TIP)),
            action.text or book.word(NO_TEXT),
            shortened(strategy.text, _LONGEST) if strategy else "",
            book.owner(action),
            action.start,
            action.deadline,
            (action.status or Status.TO_DO).word(book.language),
            None,
            None,
        )
