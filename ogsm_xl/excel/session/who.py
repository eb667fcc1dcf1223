"""Who reported: per owner what was asked, what came in and what is still open, and how the process runs over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ogsm_xl.excel.house_style import BLUE, FONT, INK, NAVY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import WHO, Page, SessionBook, date_format, set_up, write_head
from ogsm_xl.excel.session.tables import Heading, Value, write_table
from ogsm_xl.plan.model import Item
from ogsm_xl.plan.words import Text

_POINTS: Final = 14
_ABOUT = Text(
    "{reported} van {asked} verslagen zijn binnen voor deze sessie.", "{reported} of {asked} reports are in for this session."
)
_ALL_IN = Text("√ Alles binnen", "√ All in")
_SOME = Text("Nog {count}", "{count} to come")
_UNKNOWN_PERSON = Text("Staat niet bij Personen", "Not among the people")
_UNOWNED = Text("Zonder eigenaar die een mail kan krijgen", "Without an owner who can get a mail")
_OVER_TIME = Text("Aandeel met een actueel verslag, per sessie", "Share with a current report, per session")
_NOBODY = Text("Er wordt voor deze sessie niemand om een verslag gevraagd.", "Nobody is asked for a report for this session.")


def write_who(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Eigenaar", "Owner"), 30, wraps=True, bold=True),
        Heading(Text("Stand", "State"), 26, wraps=True, bold=True),
        Heading(Text("Gevraagd", "Asked"), 13, "0", centred=True),
        Heading(Text("Binnen", "In"), 12, "0", centred=True),
        Heading(Text("Nog open", "To come"), 13, "0", centred=True),
        Heading(Text("Laatste verslag", "Latest report"), 18, date_format(book), centred=True),
        Heading(Text("Wat nog ontbreekt", "What is missing"), 75, wraps=True),
    )
    page = Page(book, book.sheet(WHO), (1.5, *(heading.width for heading in headings)))
    owned = [(len(owner.reported), len(owner.asked)) for owner in book.status.owners]
    about = _ABOUT.filled(reported=sum(r for r, _ in owned), asked=sum(a for _, a in owned))
    write_head(page, WHO, book.word(about), len(headings))
    if not write_table(page, "Who_reported", headings, _rows(book), points=_POINTS, least=24):
        page.text(page.row, 1, 7, book.word(_NOBODY), book.styles.format(font_size=16))
        page.row += 1
    page.row += 1
    _write_unowned(page)
    _write_over_time(page)
    set_up(page, zoom=100, frozen=2, repeat=(0, 1))


def _rows(book: SessionBook) -> Iterator[tuple[Value, ...]]:
    for owner in sorted(book.status.owners, key=lambda owner: not owner.owed):
        owed = len(owner.owed)
        state = book.word(_SOME.filled(count=owed)) if owed else book.word(_ALL_IN)
        if owner.person is None:
            state = f"! {book.word(_UNKNOWN_PERSON)}"
        last = owner.last_reported.date() if owner.last_reported else None
        yield (owner.name, state, len(owner.asked), len(owner.reported), owed, last, _titles(owner.owed))


def _titles(items: tuple[Item, ...]) -> str:
    return "\n".join(f"{item.id}  {item.text}" for item in items)


def _write_unowned(page: Page) -> None:
    book = page.book
    if not book.status.unowned:
        return
    _heading(page, _UNOWNED)
    for item in book.status.unowned:
        text = f"{item.id}  {item.text}" + (f"  ({item.owner})" if item.owner else "")
        page.need_text(page.row, 1, 7, text, _POINTS)
        page.text(page.row, 1, 7, text, book.styles.format(font_size=_POINTS, text_wrap=True))
        page.row += 1
    page.row += 1


def _heading(page: Page, text: Text) -> None:
    style = page.book.styles.format(font_size=16, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY)
    page.need(page.row, 26)
    page.text(page.row, 1, 7, page.book.word(text), style)
    page.row += 1


def _write_over_time(page: Page) -> None:
    book, shares = page.book, page.book.status.over_time
    if not shares:
        return
    _heading(page, _OVER_TIME)
    top = page.row
    day = book.styles.format(font_size=12, num_format=date_format(book), align="left")
    for share in shares:
        page.text(page.row, 1, 1, f"{share.session.kind.word(book.language)} {book.day(share.session.date)}", book.styles.format(font_size=12))
        of = book.word(Text("{current} van {asked}", "{current} of {asked}")).format(current=share.current, asked=share.asked)
        page.text(page.row, 2, 2, of, book.styles.format(font_size=12))
        portion = share.current / share.asked if share.asked else 1.0
        page.sheet.write_number(page.row, 3, portion, book.styles.format(font_size=12, num_format="0%", align="center"))
        page.need(page.row, 22)
        page.row += 1
    chart = book.workbook.add_chart({"type": "column"})
    name = book.sheet(WHO).get_name()
    font: dict[str, Any] = {"name": FONT, "size": 12, "color": INK}
    chart.add_series({
        "categories": [name, top, 1, page.row - 1, 1], "values": [name, top, 3, page.row - 1, 3],
        "fill": {"color": BLUE}, "gap": 60, "data_labels": {"value": True, "font": {**font, "bold": True}},
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": font, "major_gridlines": {"visible": True, "line": {"color": RULE}}, "line": {"none": True}})
    chart.set_x_axis({"num_font": {**font, "size": 10}, "line": {"color": SOFT_INK}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 860, "height": 300})
    page.sheet.insert_chart(top, 4, chart, {"x_offset": 20, "y_offset": 6, "description": book.word(_OVER_TIME)})
    page.row = max(page.row, top + 11)
