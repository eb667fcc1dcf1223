"""What every sheet of a session workbook needs: the plan, what the session shows of it, and the way to write it.

Text of the plan is always written as text: it never becomes a formula or a link, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.house_style import LIGHT_LOOKS, NAVY, PAPER, RULE, SOFT_INK, UNKNOWN_LOOK, Look, Styles, number_format
from ogsm_xl.excel.layout import Kind
from ogsm_xl.excel.session.measure import HIGHEST_ROW, height_of, pixels
from ogsm_xl.letters.wording import day_in_words
from ogsm_xl.plan.cells import CellRef, quoted_sheet
from ogsm_xl.plan.model import Action, Plan, Strategy
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda
from ogsm_xl.rhythm.process_status import ProcessStatus

COVER: Final = Text("Voorblad", "Cover")
DISCUSS: Final = Text("Bespreken", "To discuss")
DONE: Final = Text("Afgerond sinds vorige keer", "Done since last time")
BOARD: Final = Text("Actieplan", "Action plan")
REPORTS: Final = Text("Alle verslagen", "All reports")
WHO: Final = Text("Wie heeft gerapporteerd", "Who reported")

UNKNOWN: Final = Text("Onbekend", "Unknown")
NO_STRATEGY: Final = Text("Zonder strategie", "Without a strategy")
NO_OWNER: Final = Text("Geen eigenaar", "No owner")
LIGHT_ORDER: Final = (TrafficLight.RED, TrafficLight.ORANGE, None, TrafficLight.GREEN)
"""The order in which lights are shown: what needs attention first."""

_MAX_TEXT: Final = 32_767  # characters in UTF-16 that a cell of Excel holds
_A4: Final = 9


@dataclass(frozen=True)
class SessionBook:
    """The session workbook that is being written."""

    workbook: Workbook
    styles: Styles
    plan: Plan
    agenda: Agenda
    status: ProcessStatus
    language: Language
    now: datetime

    def word(self, text: Text) -> str:
        """A text in the workbook's language."""
        return text.in_(self.language)

    def sheet(self, name: Text) -> Any:
        """The worksheet with this name."""
        return self.workbook.get_worksheet_by_name(self.word(name))

    def light(self, light: TrafficLight | None) -> str:
        """A light as it is always shown: its shape and its word; blank means unknown."""
        word = light.word(self.language) if light else self.word(UNKNOWN)
        return f"{look_of(light).mark} {word}"

    def day(self, day: date) -> str:
        """A day within a text, as the date cells show it."""
        if self.language is Language.NL:
            return f"{day:%d-%m-%Y}"
        number, month, year = day_in_words(day, self.language).split()
        return f"{number} {month[:3]} {year}"

    def link(self, sheet: Text, row: int = 0, column: int = 0) -> str:
        """The address of a cell of this workbook, as XlsxWriter takes it; row and column counted from 0."""
        return f"internal:{quoted_sheet(self.word(sheet))}!{CellRef('', row + 1, column + 1).address}"


@dataclass
class Page:
    """A sheet that is written from the top down, on a grid of columns; rows and columns count from 0.

    Attributes:
        book: The workbook.
        sheet: The worksheet.
        widths: The widths of the columns, in characters.
        row: The next row to write.
    """

    book: SessionBook
    sheet: Any
    widths: Sequence[float]
    row: int = 0
    _heights: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def room(self, first: int, last: int) -> int:
        """How wide a stretch of columns is, in pixels."""
        return sum(pixels(width) for width in self.widths[first : last + 1])

    def text(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        """Write a text in a cell, or across several."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        write_text(self.sheet, row, first, text, style)

    def need(self, row: int, height: float) -> None:
        """Make a row at least this high, in points."""
        if height > self._heights.get(row, 0.0):
            self._heights[row] = min(height, HIGHEST_ROW)
            self.sheet.set_row(row, self._heights[row])

    def need_text(self, row: int, first: int, last: int, text: str, points: float, *, bold: bool = False) -> None:
        """Make a row high enough for a text across these columns."""
        self.need(row, height_of(text, self.room(first, last), points, bold=bold))


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Write a text as text, shortened only where it is longer than a cell can hold."""
    sheet.write_string(row, column, sound(text), style)


def sound(text: str) -> str:
    """The text as a cell can hold it: line ends as Excel's, no halves of characters, at most 32,767 characters."""
    if text.isascii():
        plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        return plain if len(plain) <= _MAX_TEXT else plain[: _MAX_TEXT - 1] + "…"
    unix = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    units = unix.encode("utf-16-le", "surrogatepass")
    if len(units) > 2 * _MAX_TEXT:
        return units[: 2 * _MAX_TEXT - 2].decode("utf-16-le", "ignore") + "…"
    return units.decode("utf-16-le", "replace")


def look_of(light: TrafficLight | None) -> Look:
    """How a light looks, also one that is unknown."""
    return LIGHT_LOOKS[light] if light else UNKNOWN_LOOK


def light_style(book: SessionBook, light: TrafficLight | None, points: float, **more: Any) -> Any:
    """A cell filled with the colour of a light; unknown is outlined instead."""
    look = look_of(light)
    properties: dict[str, Any] = {
        "font_size": points,
        "font_color": look.ink,
        "bold": True,
        "italic": look.italic,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    }
    if look.fill:
        properties["bg_color"] = look.fill
    else:
        properties |= {"border": 2, "border_color": SOFT_INK}
    return book.styles.format(**{**properties, **more})


def strategies_in_order(plan: Plan) -> tuple[Strategy | None, ...]:
    """The plan's strategies, and at the end None for actions without one."""
    return (*plan.strategies, None)


def strategy_of(plan: Plan, action: Action) -> Strategy | None:
    """The strategy that an action is listed under: its first, if that is in the plan."""
    found = plan.item(action.strategies[0]) if action.strategies else None
    return found if isinstance(found, Strategy) else None


def write_head(page: Page, title: Text, about: str, last: int) -> None:
    """The head of a sheet, which stays in view: title, what the sheet is about, and the way back to the cover."""
    book = page.book
    band: dict[str, Any] = {"bg_color": NAVY, "font_color": PAPER, "valign": "vcenter"}
    page.need(0, 34)
    name = book.word(title)
    for column in range(last + 1):
        page.sheet.write_blank(0, column, None, book.styles.format(**band))
    first = 1
    page.text(0, first, first + 1, name, book.styles.format(**band, font_size=22, bold=True))
    page.text(0, first + 2, last - 1, about, book.styles.format(**band, font_size=14))
    back = book.styles.format(**band, font_size=14, underline=1, align="right")
    page.sheet.write_url(0, last, book.link(COVER), back, f"← {book.word(COVER)}")
    page.row = 1


def set_up(page: Page, *, zoom: int, frozen: int = 1, repeat: tuple[int, int] = (0, 0), paper: int = _A4) -> None:
    """How a sheet is seen and printed: no grid, headings in view and repeated, landscape, never a column cut."""
    book, sheet = page.book, page.sheet
    sheet.hide_gridlines(2)
    sheet.set_zoom(zoom)
    sheet.freeze_panes(frozen, 0)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*repeat)
    sheet.set_margins(left=0.3, right=0.3, top=0.35, bottom=0.55)
    sheet.set_header("", {"margin": 0.2})
    session = book.agenda.session
    name = f"{session.kind.word(book.language)} {book.day(session.date)}"
    pages = book.word(Text("Blad &P van &N", "Page &P of &N"))
    sheet.set_footer(f"&L&10{name}&C&10&A&R&10{pages}", {"margin": 0.25})


def rule() -> dict[str, Any]:
    """A thin line beneath a cell."""
    return {"bottom": 1, "bottom_color": RULE}


def date_format(book: SessionBook) -> str:
    """How date cells look."""
    return number_format(Kind.DATE, book.language)
