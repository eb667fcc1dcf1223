"""The cells of a sheet as its XML gives them, for workbooks that the independent reader can't read."""

from __future__ import annotations

import re
from typing import TypeAlias
from xml.parsers import expat

from ogsm_xl.plan.cells import column_number

RawCell: TypeAlias = tuple[str, str, str, str]
"""A cell's kind (its `t`), value, inline text and formula, as written."""


def cells_of(sheet: bytes) -> dict[tuple[int, int], RawCell]:
    """Every cell with contents, by row and column.

    Raises:
        ValueError: The part is not well-formed, or its cells have no sensible places.
    """
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.buffer_text = True
    try:
        parser.Parse(sheet, True)
    except (expat.ExpatError, LookupError) as error:
        raise ValueError("not well-formed") from error
    return {place: cell for place, cell in collector.cells.items() if any(cell[1:])}


class WellFormed:
    """Tells whether a part that comes in chunks is well-formed XML."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._good = True

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        """Take the next chunk."""
        try:
            self._parser.Parse(chunk, final)
        except (expat.ExpatError, ValueError, LookupError):
            self._good = False

    def is_well_formed(self) -> bool:
        """Whether all that came is well-formed, and complete."""
        self.feed(b"", final=True)
        return self._good


class _Collector:
    """Collects cells from a parser's events."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], RawCell] = {}
        self._row = self._column = 0
        self._kind = ""
        self._inside = ""
        self._texts = {"v": "", "t": "", "f": ""}
        self._in_data = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(":")[2]
        reference = re.fullmatch(r"([A-Za-z]*)([0-9]+)", attributes.get("r", ""))
        if local == "sheetData":
            self._in_data = True
        elif local == "row":
            self._row, self._column = int(reference[2]) if reference else self._row + 1, 0
        elif local == "c":
            self._column = column_number(reference[1]) if reference else self._column + 1
            self._kind = attributes.get("t", "")
            self._texts = {"v": "", "t": "", "f": ""}
        elif local in self._texts:
            self._inside = local
            if local == "f":
                self._texts["f"] = repr(sorted(attributes.items()))

    def text(self, text: str) -> None:
        """Text goes on."""
        if self._inside:
            self._texts[self._inside] += text

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(":")[2]
        if local == "sheetData":
            self._in_data = False
        if local == "c" and self._in_data:
            texts = self._texts
            self.cells[self._row, self._column] = (self._kind, texts["v"], texts["t"], texts["f"])
        if local == self._inside:
            self._inside = ""
