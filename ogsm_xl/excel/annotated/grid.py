"""How wide the columns and how high the rows of a sheet are, to place a note beside its cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ogsm_xl.excel.ooxml.sheet_xml import SheetXml

_TRUE = {"1", "true"}
_USUAL_WIDTH = 8.43
_USUAL_HEIGHT = 15.0


class Grid:
    """Sizes in pixels, at Excel's usual resolution of 96 to the inch and its usual font."""

    def __init__(self, xml: SheetXml) -> None:
        """Read the sizes that the head of the sheet states; heights are read row by row as they are asked for."""
        self._xml = xml
        self._widths: list[tuple[int, int, int]] = []
        self._width, self._height = _pixels_wide(_USUAL_WIDTH), _pixels_high(_USUAL_HEIGHT)
        for tag in xml.head:
            if tag.local == b"sheetFormatPr":
                self._width = _pixels_wide(_number(tag.get(b"defaultColWidth"), _USUAL_WIDTH))
                self._height = _pixels_high(_number(tag.get(b"defaultRowHeight"), _USUAL_HEIGHT))
            elif tag.local == b"col":
                first, last = (int(_number(tag.get(name), 0)) for name in (b"min", b"max"))
                hidden = (tag.get(b"hidden") or "") in _TRUE
                width = 0 if hidden else _pixels_wide(_number(tag.get(b"width"), _USUAL_WIDTH))
                self._widths.append((first, last, width))
        self._height_of = lru_cache(maxsize=None)(self._height_in_file)

    def beside(self, row: int, column: int, width: int, height: int) -> tuple[int, ...]:
        """Where a box of this size stands, right of a cell: column, offset, row, offset of two corners, from 0.

        Rows and columns are counted from 1, sizes are in pixels.
        """
        top = max(row - 1, 1)
        left_offset, top_offset = 15, 4
        right, right_offset = _walk(column + 1, left_offset + width, self._width_of)
        bottom, bottom_offset = _walk(top, top_offset + height, self._height_of)
        return (column, left_offset, top - 1, top_offset, right - 1, right_offset, bottom - 1, bottom_offset)

    def _width_of(self, column: int) -> int:
        return next((width for first, last, width in self._widths if first <= column <= last), self._width)

    def _height_in_file(self, number: int) -> int:
        row = self._xml.row(number)
        if row is None:
            return self._height
        if row.hidden:
            return 0
        stated = row.tag.get(b"ht")
        return _pixels_high(_number(stated, _USUAL_HEIGHT)) if stated else self._height


def _walk(index: int, distance: int, size_of: Callable[[int], int]) -> tuple[int, int]:
    """The row or column in which a distance from the beginning of another ends, and how far into it."""
    for _ in range(200):  # bounded: beyond that many hidden rows the box may as well be smaller
        size = size_of(index)
        if distance < size:
            break
        distance -= size
        index += 1
    return index, min(distance, size_of(index))


def _pixels_wide(characters: float) -> int:
    return int(characters * 7 + 5)


def _pixels_high(points: float) -> int:
    return round(points * 4 / 3)


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
