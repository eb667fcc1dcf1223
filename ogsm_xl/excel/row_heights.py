"""Rows that are high enough for their text when a workbook is opened, and still grow with what is typed.

XlsxWriter knows two kinds of rows: without a height (LibreOffice then shows one line, however long the text) and
with a fixed one (Excel then no longer lets the row grow). The file format has a third: a height that the program may
change. That is what a table's rows need.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

_FONT_SIZE: Final = 10.0
_LINE: Final = 13.2  # points, of the house font at that size
_PADDING: Final = 5.4
_LEAST: Final = 18.6
_MOST: Final = 409.0  # Excel's limit
_CHARACTERS: Final = (
    1.14  # of running text, per unit of column width; the house font is narrower than its digits
)


class GrowingRowsSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no type information
    """A worksheet on which rows can have a height to begin with; make it with `add_worksheet(name, GrowingRowsSheet)`."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def begin_row(self, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row, counted from 0, high enough for these texts in columns of these widths (in characters)."""
        self.set_row(row, height_for(texts))
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        if tag == "row" and dict(attributes)["r"] in self._growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def height_for(texts: Iterable[tuple[str, float]], font_size: float = _FONT_SIZE) -> float:
    """The height in points of a row with these texts in columns of these widths (in characters)."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return round(min(_MOST, max(_LEAST, lines * _LINE * font_size / _FONT_SIZE + _PADDING)), 2)


def _lines(text: str, width: float) -> int:
    room = max(1.0, (width - 1) * _CHARACTERS)
    return sum(max(1, ceil(len(paragraph) / room)) for paragraph in text.split("\n"))
