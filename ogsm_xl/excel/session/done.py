"""Done since last time: the actions that were reported done, to be confirmed by the session.

What the session types is read back from the table `Done_check`: its first column holds the action's ID, the last two
whether all the work is done (yes or no) and what remains. Where a long text takes several rows, the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ogsm_xl.excel.session.book import DONE, NO_TEXT, PLAN_TIP, SessionBook
from ogsm_xl.excel.session.page import Page
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.plan.model import Action
from ogsm_xl.plan.words import Text, YesNo
from ogsm_xl.rhythm.agenda import AgendaLine

_ABOUT = Text(
    "Is al het werk gedaan, of geborgd in het dagelijkse werk?",
    "Is all the work done, or secured in the daily work?",
)
_NO_DATE = Text("Afgerond, maar niet bekend wanneer", "Done, but not known when")
_NONE = Text(
    "Sinds de vorige sessie is er niets afgerond.", "Nothing was finished since the previous session."
)
_POINTS: Final = 14
_YES_OR_NO: Final = 7


def write_done(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Nr.", "No."), 9, centred=True, bold=True),
        Heading(Text("Actie", "Action"), 40, wraps=True, bold=True),
        Heading(Text("Eigenaar", "Owner"), 21, wraps=True),
        Heading(Text("Deadline", "Deadline"), 15, book.date_format, centred=True),
        Heading(Text("Waarom hier?", "Why here?"), 24, wraps=True),
        Heading(Text("Resultaat", "Result"), 38, wraps=True),
        Heading(Text("✎ Alles gedaan?", "✎ All done?"), 14, centred=True, to_fill=True),
        Heading(Text("✎ Wat nog moet", "✎ What remains"), 26, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(DONE), (1, *(heading.width for heading in headings)))
    page.head(DONE, book.word(_ABOUT))
    page.gap(10)
    first = page.row + 1
    count = write_table(page, "Done_check", headings, _rows(book), points=_POINTS, least=60)
    answers = {"validate": "list", "source": [answer.word(book.language) for answer in YesNo]}
    page.sheet.data_validation(first, _YES_OR_NO, page.row - 1, _YES_OR_NO, answers)
    if not count:
        page.gap(14)
        page.text(page.row, 1, len(headings), book.word(_NONE), book.styles.format(font_size=18))
        page.need(page.row, 26)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def _rows(book: SessionBook) -> Iterator[tuple[Value, ...]]:
    for line in book.agenda.done_since:
        reasons = " · ".join(book.word(why.text) for why in line.reasons)
        yield _row(book, line.action, reasons, _result(line))
    for action in book.agenda.done_without_date:
        yield _row(book, action, book.word(_NO_DATE), action.update)


def _row(book: SessionBook, action: Action, why: str, result: str) -> tuple[Value, ...]:
    text = action.text or book.word(NO_TEXT)
    number = Link(action.id, book.plan_link(action), book.word(PLAN_TIP))
    return (number, text, book.owner(action), action.deadline, why, result, None, None)


def _result(line: AgendaLine) -> str:
    return line.action.update or (line.report.done if line.report else "")
