"""All reports: everything that was ever reported, newest first, as a table to filter and sort."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ogsm_xl.excel.house_style import Kind, number_format
from ogsm_xl.excel.session.book import REPORTS, Page, SessionBook, date_format, set_up, write_head
from ogsm_xl.excel.session.tables import Heading, Value, write_table
from ogsm_xl.plan.model import Report
from ogsm_xl.plan.words import Text

_ABOUT = Text("{count} verslagen, het nieuwste bovenaan. Filter op elke kolom.", "{count} reports, the newest first. Filter on any column.")
_POINTS: Final = 11
_A3: Final = 8


def write_reports(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Datum", "Date"), 17, number_format(Kind.DATE_TIME, book.language), centred=True),
        Heading(Text("Sessie", "Session"), 9, centred=True),
        Heading(Text("Nr.", "No."), 7, centred=True, bold=True),
        Heading(Text("Waarover", "About"), 38, wraps=True, bold=True),
        Heading(Text("Door", "By"), 19, wraps=True),
        Heading(Text("Licht", "Light"), 12, centred=True),
        Heading(Text("Status", "Status"), 13, centred=True),
        Heading(Text("Voortgang", "Progress"), 11, "0%", centred=True),
        Heading(Text("Gedaan", "Done"), 46, wraps=True),
        Heading(Text("Komende periode", "Coming period"), 36, wraps=True),
        Heading(Text("Nodig", "Needed"), 32, wraps=True),
        Heading(Text("Voorstel", "Proposal"), 30, wraps=True),
        Heading(Text("Waarde", "Value"), 10, "General", centred=True),
    )
    page = Page(book, book.sheet(REPORTS), (1.5, *(heading.width for heading in headings)))
    write_head(page, REPORTS, book.word(_ABOUT.filled(count=len(book.plan.reports))), len(headings))
    first = page.row + 1
    newest_first = sorted(book.plan.reports, key=lambda report: report.made_at or datetime.min, reverse=True)
    write_table(page, "All_reports", headings, _rows(book, newest_first), points=_POINTS)
    last = page.row - 1
    book.styles.colour_lights(page.sheet, (first, 6, last, 6))
    book.styles.progress_bars(page.sheet, (first, 8, last, 8))
    set_up(page, zoom=100, frozen=2, repeat=(0, 1), paper=_A3)


def _rows(book: SessionBook, reports: list[Report]) -> Iterator[tuple[Value, ...]]:
    language = book.language
    for report in reports:
        item = book.plan.item(report.item)
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
