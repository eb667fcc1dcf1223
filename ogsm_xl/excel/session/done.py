"""Done since last time: the actions that were reported done, to be confirmed by the session.

The table `Done_check` holds an action a row; its first column is the ID, the last two are typed by the session:
whether all the work is done (yes or no), and what remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ogsm_xl.excel.session.book import DONE, NO_OWNER, Page, SessionBook, date_format, set_up, write_head
from ogsm_xl.excel.session.tables import Heading, Value, write_table
from ogsm_xl.plan.model import Action
from ogsm_xl.plan.words import Text, YesNo
from ogsm_xl.rhythm.agenda import AgendaLine

_ABOUT = Text("Is al het werk gedaan, of geborgd in het dagelijkse werk?", "Is all the work done, or secured in the daily work?")
_NO_DATE = Text("Afgerond, maar niet bekend wanneer", "Done, but not known when")
_NONE = Text("Sinds de vorige sessie is er niets afgerond.", "Nothing was finished since the previous session.")
_POINTS: Final = 14


def write_done(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Nr.", "No."), 9, centred=True, bold=True),
        Heading(Text("Actie", "Action"), 42, wraps=True, bold=True),
        Heading(Text("Eigenaar", "Owner"), 22, wraps=True),
        Heading(Text("Deadline", "Deadline"), 15, date_format(book), centred=True),
        Heading(Text("Waarom hier?", "Why here?"), 28, wraps=True),
        Heading(Text("Resultaat", "Result"), 42, wraps=True),
        Heading(Text("✎ Alles gedaan?", "✎ All done?"), 14, centred=True, to_fill=True),
        Heading(Text("✎ Wat moet er nog gebeuren?", "✎ What remains to be done?"), 36, wraps=True, to_fill=True),
    )
    page = Page(book, book.sheet(DONE), (1.5, *(heading.width for heading in headings)))
    write_head(page, DONE, book.word(_ABOUT), len(headings))
    first = page.row + 1
    count = write_table(page, "Done_check", headings, _rows(book), points=_POINTS, least=48)
    answers = [YesNo.YES.word(book.language), YesNo.NO.word(book.language)]
    last = page.row - 1
    page.sheet.data_validation(first, 7, last, 7, {"validate": "list", "source": answers})
    if not count:
        page.text(page.row + 1, 1, 6, book.word(_NONE), book.styles.format(font_size=16))
    set_up(page, zoom=100, frozen=2, repeat=(0, 1))


def _rows(book: SessionBook) -> Iterator[tuple[Value, ...]]:
    for line in book.agenda.done_since:
        reasons = " · ".join(book.word(why.text) for why in line.reasons)
        yield _row(book, line.action, reasons, _result(line))
    for action in book.agenda.done_without_date:
        yield _row(book, action, book.word(_NO_DATE), action.update)


def _row(book: SessionBook, action: Action, why: str, result: str) -> tuple[Value, ...]:
    owner = action.owner or book.word(NO_OWNER)
    return (action.id, action.text, owner, action.deadline, why, result, None, None)


def _result(line: AgendaLine) -> str:
    return line.action.update or (line.report.done if line.report else "")
