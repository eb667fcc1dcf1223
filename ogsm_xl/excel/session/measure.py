"""How high a row has to be for its text: XlsxWriter writes no heights, and merged cells never grow by themselves.

Measured with the widths of Calibri and rounded up, so that a text is never cut off where a font is a little wider.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Final

from xlsxwriter.utility import CHAR_WIDTHS

HIGHEST_ROW: Final = 409.0
"""The height in points that a row of Excel can have at most."""

_MEASURED_AT = 11  # the font size, in points, of the character widths
_OTHER_WIDTH = 9.0  # accents, signs, other scripts
_SAFETY = 1.06
_BOLD = 1.05
_PADDING = 10  # pixels left and right of a cell's text, together
_LINE = 1.28  # the height of a line, in font sizes


def pixels(width: float) -> int:
    """How wide a column is on the screen at 100 %, in pixels, from its width in characters."""
    return int(width * 7 + 5)


def height_of(text: str, width: int, points: float, *, bold: bool = False) -> float:
    """How high a cell has to be, in points, to show a text.

    Args:
        text: The text, which wraps.
        width: How wide the cell is, in pixels.
        points: The font's size.
        bold: Whether the font is bold.
    """
    return ceil(line_count(text, width, points, bold=bold) * points * _LINE) + 3.0


def line_count(text: str, width: int, points: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a cell of this width, in pixels."""
    scale = points / _MEASURED_AT * _SAFETY * (_BOLD if bold else 1.0)
    room = max((width - _PADDING) / scale, 1.0)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """How many lines one paragraph takes, filled word by word; a word wider than the cell breaks anywhere."""
    if len(line) * 13 <= room or _width(line) <= room:
        return 1
    space = CHAR_WIDTHS[" "]
    count, used = 1, 0.0
    for word in line.split(" "):
        width = _word_width(word)
        if used and used + space + width > room:
            count, used = count + 1, 0.0
        if width > room:
            count += int(width // room)
            used = width % room
        else:
            used += width + (space if used else 0)
    return count


def _width(text: str) -> float:
    return sum(CHAR_WIDTHS.get(character, _OTHER_WIDTH) for character in text)


@lru_cache(maxsize=10_000)
def _word_width(word: str) -> float:
    return _width(word)
