"""One sheet of a session workbook while it is written, from the top down, on a grid of columns.

Text of the plan is always written as text: it never becomes a formula or a link, whatever it looks like.
Rows and columns count from 0, as everywhere in XlsxWriter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import isfinite
from typing import Any, Final

from ogsm_xl.excel.cell_text import text_that_fits
from ogsm_xl.excel.house_style import BAR, LINK, NAVY, PALE_BLUE, PAPER
from ogsm_xl.excel.session.book import COVER, SessionBook
from ogsm_xl.excel.session.measure import HIGHEST_ROW, height_of, parts_that_fit, pixels
from ogsm_xl.plan.words import Text

A3: Final = 8
A4: Final = 9

INDENT: Final = 9
"""How many pixels an indented text loses."""
_ROW: Final = 15.0  # the height of a row that was given none, in points
_TITLE_LETTER: Final = 15  # pixels that a letter of a title takes
_WAY_BACK: Final = 110  # pixels that the link to the cover takes at least
_HEAD: Final = 34.0  # the height of the head, in points
_HIGHEST_PART: Final = 200.0  # points
_MARGINS: Final = {"left": 0.3, "right": 0.3, "top": 0.35, "bottom": 0.55}  # inches
_PAPER_SIZES: Final = {A4: (11.69, 8.27), A3: (16.54, 11.69)}  # inches, landscape


@dataclass(frozen=True, slots=True)
class Cell:
    """A text across some columns of a row; `style` fits `points` and `bold`."""

    first: int
    last: int
    text: str
    style: Any
    points: float
    bold: bool = False


@dataclass
class Page:
    """A sheet and the next row to write on it.

    Attributes:
        book: The workbook.
        sheet: The worksheet.
        widths: The widths of the columns, in characters.
        paper: The paper that it is printed on, landscape.
        row: The next row to write.
    """

    book: SessionBook
    sheet: Any
    widths: Sequence[float]
    paper: int = A4
    row: int = 0
    _edges: Sequence[int] = ()
    _heights: dict[int, float] = field(default_factory=dict)
    _breaks: list[int] = field(default_factory=list)
    _seen: int = 1
    _used: float = 0.0

    def __post_init__(self) -> None:
        """Give the columns their widths, and note where each begins and ends in pixels."""
        self._edges = list(accumulate((pixels(width) for width in self.widths), initial=0))
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def room(self, first: int, last: int) -> int:
        """How wide a stretch of columns is, in pixels."""
        return self._edges[last + 1] - self._edges[first]

    def text(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        """Write a text in a cell, or across several."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        write_text(self.sheet, row, first, text, style)

    def link(
        self, row: int, first: int, last: int, text: str, target: str, style: Any, *, tip: str = ""
    ) -> None:
        """Write a link to another place of the workbook, or to the plan."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_url(row, first, target, style, printable(text), tip or None)

    def need(self, row: int, height: float) -> None:
        """Make a row at least this high, in points."""
        if height > self._heights.get(row, 0.0):
            self._heights[row] = min(height, HIGHEST_ROW)
            self.sheet.set_row(row, self._heights[row])

    def need_text(self, row: int, column: int, text: str, points: float, *, bold: bool = False) -> None:
        """Make a row high enough for a text in a cell."""
        self.need(row, height_of(text, self.room(column, column) - INDENT, points, bold=bold))

    def band(self, cells: Sequence[Cell], *, least: float = 0.0) -> int:
        """Write texts beside one another from the page's row on, and move below them.

        One row, as high as the longest text needs. A text that is higher than a row can be goes on in the next rows;
        the others stand beside all of it. Returns how many rows were used.
        """
        parts = [self._parts(cell) for cell in cells]
        top, count = self.row, max(map(len, parts))
        for cell, texts in zip(cells, parts, strict=True):
            for row, text in enumerate(texts, start=top):
                height = height_of(
                    text, self.room(cell.first, cell.last) - INDENT, cell.points, bold=cell.bold
                )
                self.need(row, height)
        self.need(top, least)
        for cell, texts in zip(cells, parts, strict=True):
            self._write_parts(cell, texts, count)
        self.row += count
        return count

    def _parts(self, cell: Cell) -> list[str]:
        """A cell's text, whole where a row can hold it, else in parts of which several fit on a printed page."""
        width = self.room(cell.first, cell.last) - INDENT
        if height_of(cell.text, width, cell.points, bold=cell.bold) <= HIGHEST_ROW:
            return [cell.text]
        return parts_that_fit(cell.text, width, cell.points, bold=cell.bold, most=_HIGHEST_PART)

    def _write_parts(self, cell: Cell, texts: Sequence[str], count: int) -> None:
        """Write a cell of a band of `count` rows: in one piece, or in as many rows as its text takes."""
        top = self.row
        if len(texts) == 1:
            if cell.last > cell.first or count > 1:
                self.sheet.merge_range(top, cell.first, top + count - 1, cell.last, "", cell.style)
            write_text(self.sheet, top, cell.first, cell.text, cell.style)
            return
        for row, text in enumerate((*texts, *[""] * (count - len(texts))), start=top):
            self.text(row, cell.first, cell.last, text, cell.style)

    def figure(self, row: int, column: int, value: float | None, style: Any) -> None:
        """Write a number; a dash where there is none, and text where a cell can't hold it."""
        if value is None or not isfinite(value):
            write_text(self.sheet, row, column, "–" if value is None else str(value), style)
        else:
            self.sheet.write_number(row, column, value, style)

    def height(self, first: int, after: int) -> float:
        """How high the rows from `first` up to, and not including, `after` are together, in points."""
        return sum(self._heights.get(row, _ROW) for row in range(first, after))

    def linked(
        self, row: int, column: int, text: str, target: str, look: Mapping[str, Any], *, tip: str
    ) -> None:
        """Write a link in one cell that otherwise looks as given."""
        style = self.book.styles.format(**{**look, "font_color": LINK, "underline": 1})
        self.link(row, column, column, text, target, style, tip=tip)

    def need_merged(
        self, row: int, first: int, last: int, text: str, points: float, *, bold: bool = False
    ) -> None:
        """Make a row high enough for a text across several cells."""
        self.need(row, height_of(text, self.room(first, last) - INDENT, points, bold=bold))

    def nothing(self, text: Text, last: int, *, least: float = 0.0) -> None:
        """Say across the columns up to `last` why there is nothing here."""
        self.gap(14)
        self.band(
            [Cell(1, last, self.book.word(text), self.book.styles.format(font_size=18), 18)], least=least
        )

    def gap(self, height: float) -> None:
        """Leave a row blank, of this height in points."""
        self.need(self.row, height)
        self.row += 1

    def break_here(self) -> None:
        """Begin a new printed page."""
        self._breaks.append(self.row)
        self._seen, self._used = self.row, 0.0

    def keep_together(self, top: int) -> None:
        """Begin a new printed page at the row `top` if what stands from there to here does not fit on this one."""
        page = self._printed_height()
        for row in range(self._seen, top):
            height = self._heights.get(row, _ROW)
            self._used = self._used + height if self._used + height <= page else height
        block = sum(self._heights.get(row, _ROW) for row in range(top, self.row))
        if self._used and self._used + block > page:
            self._breaks.append(top)
            self._used = 0.0
        self._used = (self._used + block) % page
        self._seen = self.row

    def break_unless_fitting(self, top: int) -> None:
        """Begin a new printed page at the row `top`, unless all that stands on the sheet fits on one."""
        if self.height(0, self.row) > self._printed_height():
            self._breaks.append(top)
        self._seen, self._used = self.row, self.height(top, self.row)

    def _printed_height(self) -> float:
        """How much fits on a printed page below the repeated head, in points at 100 %."""
        wide, high = _PAPER_SIZES[self.paper]
        content = self.room(0, len(self.widths) - 1) / 96
        scale = min(1.0, (wide - _MARGINS["left"] - _MARGINS["right"]) / content)
        return 72 * (high - _MARGINS["top"] - _MARGINS["bottom"]) / scale - _HEAD - 12

    def head(self, title: Text, about: str) -> None:
        """Write the head, which stays in view: title, what the sheet is about, and the way back to the cover."""
        book, last = self.book, len(self.widths) - 1
        band: dict[str, Any] = {"bg_color": NAVY, "font_color": PAPER, "valign": "vcenter"}
        self.need(0, _HEAD)
        for column in range(last + 1):
            self.sheet.write_blank(0, column, None, book.styles.format(**band))
        name = book.word(title)
        until = 1 if self.room(1, 1) >= _TITLE_LETTER * (len(name) + 2) else 2
        self.text(0, 1, until, name, book.styles.format(**band, font_size=22, bold=True))
        way_back = last  # as many columns as its words need
        while self.room(way_back, last) < _WAY_BACK and way_back > until + 2:
            way_back -= 1
        self.text(0, until + 1, way_back - 1, about, book.styles.format(**band, font_size=14))
        back = book.styles.format(
            bg_color=PALE_BLUE, font_color=LINK, font_size=14, underline=1, align="center", valign="vcenter"
        )
        self.link(0, way_back, last, f"← {book.word(COVER)}", book.link(COVER), back)
        self.row = 1

    def finish(
        self, *, zoom: int = 100, frozen: tuple[int, int] = (1, 0), repeated: int = 0, one_page: bool = False
    ) -> None:
        """How the sheet is seen and printed: no grid, head in view and repeated, landscape, never a column cut."""
        book, sheet = self.book, self.sheet
        sheet.hide_gridlines(2)
        sheet.set_zoom(zoom)
        if frozen[0]:
            sheet.freeze_panes(*frozen)
            sheet.repeat_rows(0, (repeated or frozen[0]) - 1)
        sheet.set_landscape()
        sheet.set_paper(self.paper)
        sheet.fit_to_pages(1, 1 if one_page else 0)
        sheet.set_h_pagebreaks(self._breaks)
        sheet.set_margins(**_MARGINS)
        sheet.center_horizontally()
        session = book.agenda.session
        name = f"{session.kind.word(book.language)} {book.day(session.date)}"
        pages = book.word(Text("Blad &P van &N", "Page &P of &N"))
        sheet.set_footer(f"&L&10{name}&C&10&A&R&10{pages}", {"margin": 0.25})


def pixels_of_rows(count: int, height: float) -> int:
    """How high rows of this height in points are together, in pixels."""
    return round(count * height * 96 / 72)


def bars(sheet: Any, first: int, last: int, column: int, *, colour: str = BAR, most: float = 1) -> None:
    """Draw a bar from 0 to `most` in the cells of a column that hold a number."""
    shortest = {"min_type": "num", "min_value": 0, "min_length": 0}
    longest = {"max_type": "num", "max_value": most, "max_length": 100}
    look = {"bar_color": colour, "bar_solid": True, "bar_border_color": colour, "data_bar_2010": True}
    sheet.conditional_format(first, column, last, column, {"type": "data_bar", **shortest, **longest, **look})


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Write a text as text; an empty one leaves the cell blank."""
    if text:
        sheet.write_string(row, column, text_that_fits(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def printable(text: str) -> str:
    """The text on one line without control characters: XlsxWriter writes it into an attribute as it is."""
    return "".join(c for c in " ".join(text_that_fits(text).split()) if c.isprintable())
