"""The small parts of a package that change along with a sheet: tables, the workbook, relationships, content types.

They are cut and pasted like sheets, so that what is unknown here stays as it was.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from ogsm_xl.excel.ooxml.archive import part_name
from ogsm_xl.excel.ooxml.package import Area, TablePart
from ogsm_xl.excel.ooxml.refusal import Unusual
from ogsm_xl.excel.ooxml.splice import Element, Spliced, Tag, elements, escaped, plain, scan_view

_BEFORE_CALC = frozenset(
    [
        b"fileVersion",
        b"fileSharing",
        b"workbookPr",
        b"AlternateContent",
        b"revisionPtr",
        b"workbookProtection",
        b"bookViews",
        b"sheets",
        b"functionGroups",
        b"externalReferences",
        b"definedNames",
    ]
)


class SmallPart:
    """A small part with its elements found."""

    def __init__(self, contents: bytes) -> None:
        """Find the elements of the part.

        Raises:
            Unusual: It holds none.
        """
        self.spliced = Spliced(contents)
        self.elements = elements(scan_view(contents))
        if not self.elements:
            raise Unusual("een onderdeel van het bestand is leeg", "a part of the file is empty")
        self.root = self.elements[0]

    def text(self, element: Element) -> str:
        """The text of an element without children."""
        return plain(self.spliced.original[element.content_start : element.content_end])

    def children(self) -> list[Element]:
        """The elements directly below the root."""
        return [e for e in self.elements if e.parent is not None and e.parent.start == self.root.tag.start]

    def remove(self, element: Element) -> None:
        """Take an element out."""
        self.spliced.replace(element.tag.start, element.end, b"")

    def finish(self) -> Spliced | None:
        """The changed part, or None when nothing was changed."""
        return self.spliced if self.spliced.splices else None


@dataclass(frozen=True, slots=True)
class Calculated:
    """The formula of a calculated column, and whether it is an array formula."""

    formula: str
    is_array: bool


class TableXml(SmallPart):
    """The part of a table that may grow downwards; `area` is its area now."""

    def __init__(self, table: TablePart, contents: bytes) -> None:
        """Find what grows.

        Raises:
            Unusual: It holds nothing.
        """
        super().__init__(contents)
        self.table = table
        self.area = table.area
        self._used_insert_row = False

    @property
    def data(self) -> Area:
        """Its cells without headings and totals, as they are now."""
        before = self.table.data
        grown_by = self.area.last_row - self.table.area.last_row
        return Area(before.first_row, before.first_column, before.last_row + grown_by, before.last_column)

    @cached_property
    def has_filter_criteria(self) -> bool:
        """Whether its filter hides rows."""
        return any(e.tag.local == b"filterColumn" for e in self.elements)

    @cached_property
    def calculated(self) -> dict[int, Calculated]:
        """The calculated columns, by column number of the sheet."""
        columns = [e for e in self.elements if e.tag.local == b"tableColumn"]
        places = {e.tag.start: self.area.first_column + at for at, e in enumerate(columns)}
        return {
            places[e.parent.start]: Calculated(self.text(e), (e.tag.get(b"array") or "0") in {"1", "true"})
            for e in self.elements
            if e.tag.local == b"calculatedColumnFormula" and e.parent is not None and e.parent.start in places
        }

    def grow(self, rows: int) -> None:
        """Let the table, and its filter, reach this many rows further down."""
        self.area = Area(
            self.area.first_row, self.area.first_column, self.area.last_row + rows, self.area.last_column
        )

    def use_insert_row(self) -> None:
        """The empty row of a table without data gets data."""
        self._used_insert_row = True

    def finish(self) -> Spliced | None:
        """The changed part, or None when nothing was changed."""
        if self.area != self.table.area:
            self.spliced.set_attribute(self.root.tag, b"ref", self.area.ref)
            self._grow_filter()
        if self._used_insert_row:
            for name in (b"insertRow", b"insertRowShift"):
                span = self.root.tag.attribute_span(name)
                if span is not None:
                    self.spliced.replace(*span, b"")
        return super().finish()

    def _grow_filter(self) -> None:
        tag = next((e.tag for e in self.children() if e.tag.local == b"autoFilter"), None)
        area = Area.find(tag.get(b"ref") or "") if tag else None
        if tag is not None and area is not None and area.last_row == self.table.data.last_row:
            grown = Area(area.first_row, area.first_column, self.data.last_row, area.last_column)
            self.spliced.set_attribute(tag, b"ref", grown.ref)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name: what it stands for, and the position of the sheet that it belongs to (None: the workbook)."""

    name: str
    formula: str
    position: int | None
    element: Element


class WorkbookXml(SmallPart):
    """The part that lists sheets and names."""

    def names(self) -> list[DefinedName]:
        """The defined names."""
        found = []
        for e in self.elements:
            if e.tag.local == b"definedName":
                position = e.tag.get(b"localSheetId")
                number = int(position) if position is not None and position.isdigit() else None
                found.append(DefinedName(e.tag.get(b"name") or "", self.text(e), number, e))
        return found

    def set_name(self, name: DefinedName, formula: str) -> None:
        """Let a name stand for something else."""
        self.spliced.replace(name.element.content_start, name.element.content_end, escaped(formula))

    def child(self, name: bytes) -> Tag | None:
        """The tag of an element directly below the root."""
        return next((e.tag for e in self.children() if e.tag.local == name), None)

    def recalculate_on_load(self) -> None:
        """Let Excel compute every formula when it opens the file."""
        tag = self.child(b"calcPr")
        if tag is not None:
            if (tag.get(b"fullCalcOnLoad") or "").lower() not in {"1", "true"}:
                self.spliced.set_attribute(tag, b"fullCalcOnLoad", "1")
            return
        prefix = self.root.tag.name[: -len(self.root.tag.local)]
        before = [e.end for e in self.children() if e.tag.local in _BEFORE_CALC]
        at = max(before, default=self.root.content_start)
        self.spliced.replace(at, at, b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>')


def without_override(content_types: bytes, part: str) -> Spliced | None:
    """The content types without the entry of a part, or None when there is none."""
    types = SmallPart(content_types)
    for element in types.children():
        name = element.tag.get(b"PartName") or ""
        if element.tag.local == b"Override" and part_name(unquote(name)).lower() == part.lower():
            types.remove(element)
    return types.finish()


def without_relation(relations: bytes, relation_id: str) -> Spliced | None:
    """The relationships without the one of this id, or None when there is none."""
    all_of_them = SmallPart(relations)
    for element in all_of_them.children():
        if element.tag.get(b"Id") == relation_id:
            all_of_them.remove(element)
    return all_of_them.finish()


def relations_part(part: str) -> str:
    """The part that holds the relationships of a part."""
    folder, _, name = part_name(part).rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")
