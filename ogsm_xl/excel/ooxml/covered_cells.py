"""Which cells the validations and conditional formats of a sheet apply to, the newer kinds (x14) too, and how they grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ogsm_xl.excel.ooxml.package import Area
from ogsm_xl.excel.ooxml.splice import Element, Spliced, escaped, plain

_KINDS = {b"conditionalFormatting", b"dataValidation"}


@dataclass(slots=True)
class Covered:
    """The cells that one validation or conditional format applies to, and where they are listed.

    Attributes:
        owner: The validation or conditional format.
        span: The offsets of the list.
        areas: The cells as they are now.
        changed: Whether they have grown.
    """

    owner: Element
    span: tuple[int, int]
    areas: list[Area]
    changed: bool = False

    @property
    def is_validation(self) -> bool:
        """Whether it is a validation."""
        return self.owner.tag.local == b"dataValidation"


class CoveredCells:
    """All of them on a sheet."""

    def __init__(self, behind_cells: Sequence[Element], original: bytes) -> None:
        """Find them among the elements behind the sheet's cells."""
        self._elements = behind_cells
        self._original = original
        self._by_start = {element.tag.start: element for element in behind_cells}
        found = (self._covered(element) for element in behind_cells)
        self._all = [covered for covered in found if covered is not None]
        self.lists = tuple(c for c in self._all if c.is_validation and c.owner.tag.get(b"type") == "list")

    def list_formula(self, covered: Covered) -> str:
        """The formula that gives a list validation its choices, or ""."""
        owner = covered.owner
        for element in self._elements:
            if not (owner.tag.start < element.tag.start and element.end <= owner.content_end):
                continue
            text = self._original[element.content_start : element.content_end]
            if element.tag.local in {b"f", b"formula1", b"list"} and b"<" not in text:
                return plain(text)
        return ""

    def extend(self, columns: tuple[int, int], first_row: int, last_row: int, new_last_row: int) -> None:
        """Let what reaches the last row of some data reach its new last row.

        Args:
            columns: The first and last column of the data.
            first_row: Its first row.
            last_row: The row that it ended at.
            new_last_row: The row that it ends at now.
        """
        for covered in self._all:
            for at, area in enumerate(covered.areas):
                covers_column = area.first_row <= first_row or area.first_row < area.last_row
                beside = area.last_column < columns[0] or area.first_column > columns[1]
                if area.last_row != last_row or not covers_column or beside:
                    continue
                if not self._is_taken(covered, area, new_last_row):
                    covered.areas[at] = Area(
                        area.first_row, area.first_column, new_last_row, area.last_column
                    )
                    covered.changed = True

    def splice(self, spliced: Spliced) -> None:
        """Write down what has grown."""
        for covered in self._all:
            if covered.changed:
                spliced.replace(*covered.span, escaped(" ".join(area.ref for area in covered.areas)))

    def _covered(self, element: Element) -> Covered | None:
        tag, parent = element.tag, element.parent
        span: tuple[int, int] | None
        if tag.local == b"sqref" and parent is not None:
            span = (element.content_start, element.content_end)
            owner = self._by_start.get(parent.start, element)
        else:
            span = tag.value_span(b"sqref")
            owner = element
        if span is None or owner.tag.local not in _KINDS:
            return None
        areas = [Area.find(ref) for ref in plain(self._original[slice(*span)]).split()]
        known = [area for area in areas if area]
        return Covered(owner, span, known) if known and len(known) == len(areas) else None

    def _is_taken(self, covered: Covered, area: Area, new_last_row: int) -> bool:
        """Whether the rows to grow into are covered already: by the same format, or by any validation."""
        new = Area(area.last_row + 1, area.first_column, new_last_row, area.last_column)
        rivals = [c for c in self._all if c is covered or (covered.is_validation and c.is_validation)]
        return any(other is not area and other.meets(new) for c in rivals for other in c.areas)
