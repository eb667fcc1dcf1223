"""All reports: everything that was ever reported, newest first, as the table `All_reports` to filter and sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from ogsm_xl.excel.house_style import number_format
from ogsm_xl.excel.layout import Kind
from ogsm_xl.excel.session.book import REPORTS, SessionBook
from ogsm_xl.excel.session.page import A3, Page, bars
from ogsm_xl.excel.session.tables import Heading, Value, write_table
from ogsm_xl.plan.model import Report
from ogsm_xl.plan.words import Text

_ABOUT = Text("{count} verslagen, het nieuwste bovenaan", "{count} reports, the newest first")
_ONE = Text("1 verslag", "1 report")
_NONE = Text("Er zijn nog geen verslagen.", "There are no reports yet.")
_POINTS: Final = 11
_TITLE, _LIGHT, _PROGRESS, _VALUE = 4, 6, 8, 13


def write_reports(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Datum", "Date"), 17, number_format(Kind.DATE_TIME, book.language), centred=True),
        Heading(Text("Sessie", "Session"), 10, centred=True),
        Heading(Text("Nr.", "No."), 8, centred=True, bold=True),
        Heading(Text("Waarover", "About"), 36, wraps=True, bold=True),
        Heading(Text("Door", "By"), 19, wraps=True),
        Heading(Text("Licht", "Light"), 12, centred=True),
        Heading(Text("Status", "Status"), 13, centred=True),
        Heading(Text("Voortgang", "Progress"), 13, "0%", centred=True),
        Heading(Text("Gedaan", "Done"), 48, wraps=True),
        Heading(Text("Komende periode", "Coming period"), 34, wraps=True),
        Heading(Text("Nodig", "Needed"), 30, wraps=True),
        Heading(Text("Voorstel", "Proposal"), 28, wraps=True),
        Heading(Text("Waarde", "Value"), 12, "General", centred=True),
    )
    page = Page(book, book.sheet(REPORTS), (1, *(heading.width for heading in headings)), A3)
    reports = sorted(book.plan.reports, key=lambda report: report.made_at or datetime.min, reverse=True)
    page.head(REPORTS, _about(book, len(reports)))
    first = page.row + 1
    page.sheet.table_cells = _NothingKept()
    write_table(page, "All_reports", headings, _rows(book, reports), points=_POINTS)
    book.styles.colour_lights(page.sheet, (first, _LIGHT, page.row - 1, _LIGHT))
    book.styles.group_thousands(page.sheet, (first, _VALUE, page.row - 1, _VALUE), f"$N{first + 1}")
    bars(page.sheet, first, page.row - 1, _PROGRESS)
    page.finish(zoom=90, frozen=(2, _TITLE + 1))


class _NothingKept(dict[tuple[int, int], str]):
    """Takes the place of XlsxWriter's note of every cell in a table, which would be a third of all memory.

    It would find tables that overlap; this sheet has one, and nothing below it.
    """

    def __setitem__(self, cell: tuple[int, int], cells: str) -> None:
        """Keep nothing."""


def _about(book: SessionBook, count: int) -> str:
    if count > 1:
        return book.word(_ABOUT.filled(count=count))
    return book.word(_ONE if count else _NONE)


def _rows(book: SessionBook, reports: Sequence[Report]) -> Iterator[tuple[Value, ...]]:
    language, item_of = book.language, book.plan.item
    for report in reports:
        item = item_of(report.item)
        yield (
            report.made_at,
            report.session,
            report.item,
            item.text if item else "",
            report.by,
            report.light.word(language) if report.light else "",
            report.status.word(language) if report.status else "",
            None if report.progress is None else report.progress / 100,
            report.done,
            report.next,
            report.needed,
            report.proposal,
            report.value,
        )
