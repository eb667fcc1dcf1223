"""How high a row has to be for its text: XlsxWriter writes no heights, and merged cells never grow by themselves.

Measured with the widths that Calibri has on Excel's screen, a little more than on paper, so that no text is cut off.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Final

from xlsxwriter.utility import CHAR_WIDTHS

HIGHEST_ROW: Final = 409.0
"""The height in points that a row of Excel can have at most."""

_WIDTHS: Final[dict[str, int]] = dict(CHAR_WIDTHS)
_MEASURED_AT: Final = 11  # the font size, in points, of the character widths
_WIDEST: Final = 15  # pixels that a character takes at most
_OTHER: Final = 9  # pixels for an accented letter or a sign
_WIDE_FROM: Final = "\u1100"  # scripts and pictures from here on are about as wide as high
_LATIN_WIDTHS: Final = bytes(
    _OTHER if chr(code) == "?" else _WIDTHS.get(chr(code), _OTHER) for code in range(256)
)
"""The same by code; a question mark stands for any character that has none here."""
_BOLD: Final = 1.04
_PADDING: Final = 8  # pixels left and right of a cell's text, together
_LINE: Final = 1.35  # the height of a line, in font sizes, as Excel spaces them
_EDGE: Final = 2  # points above and below a cell's text, together


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
    return height_of_lines(line_count(text, width, points, bold=bold), points)


def height_of_lines(count: int, points: float) -> float:
    """How high a cell has to be, in points, for this many lines."""
    return ceil(count * points * _LINE) + _EDGE


@lru_cache(maxsize=500)  # captions stand on every card
def line_count(text: str, width: int, points: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a cell of this width, in pixels."""
    return lines_in(text, room_on_line(width, points, bold=bold))


def lines_in(text: str, room: int) -> int:
    """How many lines a text takes where this much fits on a line (`room_on_line`)."""
    if "\n" not in text:
        return _wrapped(text, room)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def room_on_line(width: int, points: float, *, bold: bool = False) -> int:
    """How much fits on a line of a cell, in pixels at the size at which characters were measured."""
    scale = points / _MEASURED_AT * (_BOLD if bold else 1.0)
    return max(int(round((width - _PADDING) / scale, 6)), _WIDEST)


def parts_that_fit(
    text: str, width: int, points: float, *, bold: bool = False, most: float = HIGHEST_ROW
) -> list[str]:
    """The text, divided between words where it is higher than `most` points: than a row of Excel can be."""
    if height_of(text, width, points, bold=bold) <= most:
        return [text]
    middle = len(text) // 2
    breaks = [text.rfind(space, 1, middle) for space in ("\n", " ")]
    cut = next((found for found in breaks if found > middle // 2), middle)
    halves = (text[:cut].rstrip(), text[cut:].lstrip())
    return [part for half in halves for part in parts_that_fit(half, width, points, bold=bold, most=most)]


def _wrapped(line: str, room: int) -> int:
    """How many lines a paragraph takes, filled word by word; a word wider than the cell breaks anywhere."""
    widths = _widths(line)
    rest = sum(widths)
    if rest <= room:
        return 1
    usual = room * len(line) // rest  # characters on a line, all as wide as the average
    count, start = 1, 0
    while rest > room:
        too_far = _overflow(widths, start, usual, room)
        space = line.rfind(" ", start + 1, too_far + 1)
        after = space + 1 if space > 0 else max(too_far, start + 1)
        if after >= len(line):
            break
        rest -= sum(widths[start:after])
        start = after
        count += 1
    return count


def _overflow(widths: bytes, start: int, usual: int, room: int) -> int:
    """The first character that does not fit on the line that begins at `start`; there is one.

    Sought from where it usually is: adding up bytes goes fast, and it is a few characters from there.
    """
    end = min(start + usual, len(widths))
    used = sum(widths[start:end])
    while used > room:
        end -= 1
        used -= widths[end]
    while used + widths[end] <= room:
        used += widths[end]
        end += 1
    return end


def _widths(text: str) -> bytes:
    """The width of each character in pixels."""
    try:
        return text.encode("latin-1").translate(_LATIN_WIDTHS)
    except UnicodeEncodeError:
        if max(text) >= _WIDE_FROM:
            return bytes(_WIDTHS.get(c) or (_OTHER if c < _WIDE_FROM else _WIDEST) for c in text)
        return text.encode("latin-1", "replace").translate(_LATIN_WIDTHS)
