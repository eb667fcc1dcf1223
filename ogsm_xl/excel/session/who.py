"""Who reported: per owner what was asked, what came in and what is still to come, and how this goes over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ogsm_xl.excel.house_style import BLUE, FONT, INK, NAVY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import NO_TEXT, WHO, SessionBook
from ogsm_xl.excel.session.page import Cell, Page
from ogsm_xl.excel.session.tables import Heading, Value, write_table
from ogsm_xl.plan.model import Item
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.process_status import OwnerStatus

_POINTS: Final = 14
_CHART_ROWS: Final = 14
_ROW: Final = 22
_ONE_PAGE: Final = 12
"""With more owners than this the table may run over several printed pages, and its headings are repeated."""

_ABOUT = Text(
    "{reported} van {asked} gevraagde verslagen zijn binnen", "{reported} of {asked} reports asked for are in"
)
_ABOUT_ONE = Text("{reported} van 1 gevraagd verslag is binnen", "{reported} of 1 report asked for is in")
_ONE_IS_IN = Text("1 van {asked} gevraagde verslagen is binnen", "1 of {asked} reports asked for is in")
_ALL_IN = Text("√ alles binnen", "√ all in")
_ONE = Text("… nog 1 verslag", "… 1 report to come")
_SOME = Text("… nog {count} verslagen", "… {count} reports to come")
_STRANGER = Text("! staat niet bij de personen", "! not among the people")
_UNOWNED = Text(
    "Niemand om te vragen: zonder eigenaar met een mailadres",
    "Nobody to ask: without an owner who has a mail address",
)
_OVER_TIME = Text("Aandeel met een actueel verslag, per sessie", "Share with a current report, per session")
_CURRENT_OF = Text("{current} van {asked}", "{current} of {asked}")
_NOBODY = Text(
    "Voor deze sessie wordt niemand om een verslag gevraagd.",
    "Nobody is asked for a report for this session.",
)


def write_who(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Eigenaar", "Owner"), 30, wraps=True, bold=True),
        Heading(Text("Stand", "State"), 25, wraps=True, bold=True),
        Heading(Text("Gevraagd", "Asked"), 14, "0", centred=True),
        Heading(Text("Binnen", "In"), 13, "0", centred=True),
        Heading(Text("Nog open", "To come"), 14, "0", centred=True),
        Heading(Text("Laatste verslag", "Latest report"), 19, book.date_format, centred=True),
        Heading(Text("Wat nog ontbreekt", "What is missing"), 72, wraps=True),
    )
    page = Page(book, book.sheet(WHO), (1, *(heading.width for heading in headings)))
    reported = sum(len(owner.reported) for owner in book.status.owners)
    asked = sum(len(owner.asked) for owner in book.status.owners)
    about = _ABOUT_ONE if asked == 1 else _ONE_IS_IN if reported == 1 else _ABOUT
    page.head(WHO, book.word(about.filled(reported=reported, asked=asked)) if asked else "")
    if not write_table(page, "Who_reported", headings, _rows(book), points=_POINTS, least=26):
        page.nothing(_NOBODY, 7)
    _write_unowned(page)
    _write_over_time(page)
    page.finish(frozen=(2, 0), repeated=2 if len(book.status.owners) > _ONE_PAGE else 1)


def _rows(book: SessionBook) -> Iterator[tuple[Value, ...]]:
    for owner in sorted(book.status.owners, key=lambda owner: not owner.owed):
        last = owner.last_reported.date() if owner.last_reported else None
        counts = (len(owner.asked), len(owner.reported), len(owner.owed))
        yield (owner.name, _state(book, owner), *counts, last, _titles(book, owner.owed))


def _state(book: SessionBook, owner: OwnerStatus) -> str:
    if owner.person is None:
        return book.word(_STRANGER)
    if not owner.owed:
        return book.word(_ALL_IN)
    return book.word(_ONE if len(owner.owed) == 1 else _SOME.filled(count=len(owner.owed)))


def _titles(book: SessionBook, items: Sequence[Item]) -> str:
    return "\n".join(_title(book, item) for item in items)


def _title(book: SessionBook, item: Item) -> str:
    return f"{item.id}   {' '.join(item.text.split()) or book.word(NO_TEXT)}"


def _write_unowned(page: Page) -> None:
    book = page.book
    if not book.status.unowned:
        return
    top = page.row
    _write_heading(page, _UNOWNED)
    style = book.styles.format(font_size=_POINTS, text_wrap=True, valign="vcenter")
    page.gap(4)
    for item in book.status.unowned:
        text = _title(book, item) + (f"   ({item.owner})" if item.owner else "")
        page.band([Cell(1, 7, text, style, _POINTS)])
        page.keep_together(top)
        top = page.row


def _write_heading(page: Page, text: Text) -> None:
    style = page.book.styles.format(font_size=16, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY)
    page.gap(20)
    page.band([Cell(1, 7, page.book.word(text), style, 16, bold=True)], least=28)


def _write_over_time(page: Page) -> None:
    book, shares = page.book, page.book.status.over_time
    if not shares:
        return
    top = page.row
    _write_heading(page, _OVER_TIME)
    first = page.row
    plain = book.styles.format(font_size=14, valign="vcenter")
    percent = book.styles.format(font_size=14, num_format="0%", align="center", valign="vcenter", bold=True)
    for share in shares:
        page.text(page.row, 1, 1, book.day(share.session.date), plain)
        count = book.word(_CURRENT_OF.filled(current=share.current, asked=share.asked))
        page.text(page.row, 2, 2, f"{share.session.kind.word(book.language)}: {count}", plain)
        portion = round(share.current / share.asked, 4) if share.asked else 1.0
        page.sheet.write_number(page.row, 3, portion, percent)
        page.gap(_ROW)
    _draw(page, first, page.row - 1)
    for _ in range(page.row, first + _CHART_ROWS):
        page.gap(_ROW)
    page.keep_together(top)


def _draw(page: Page, first: int, last: int) -> None:
    book, name = page.book, page.sheet.get_name()
    chart = book.workbook.add_chart({"type": "column"})
    font: dict[str, Any] = {"name": FONT, "size": 12, "color": INK}
    chart.add_series(
        {
            "name": book.word(_OVER_TIME),
            "categories": [name, first, 1, last, 1],
            "values": [name, first, 3, last, 3],
            "fill": {"color": BLUE},
            "gap": 60,
            "data_labels": {"value": True, "font": {**font, "bold": True}},
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    axis: dict[str, Any] = {"num_font": font, "line": {"none": True}}
    grid = {"major_gridlines": {"visible": True, "line": {"color": RULE}}}
    chart.set_y_axis({**axis, "min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", **grid})
    chart.set_x_axis({"num_font": {**font, "size": 11}, "line": {"color": SOFT_INK}})
    chart.set_chartarea({"border": {"none": True}})
    height = round(_CHART_ROWS * _ROW * 96 / 72) - 12
    chart.set_size({"width": page.room(4, 7) - 30, "height": height})
    place = {"x_offset": 20, "y_offset": 8, "description": book.word(_OVER_TIME), "object_position": 2}
    page.sheet.insert_chart(first, 4, chart, place)
