"""A sheet's XML for editing in place: finds rows and cells by their offsets, and cuts in new ones.

Only rows that are looked at are parsed; everything that is not edited stays byte for byte.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ogsm_xl.excel.ooxml.covered_cells import CoveredCells
from ogsm_xl.excel.ooxml.package import LAST_ROW, Area, unescaped
from ogsm_xl.excel.ooxml.refusal import Unusual
from ogsm_xl.excel.ooxml.splice import Element, Spliced, Tag, elements, plain, scan_view, tags
from ogsm_xl.plan.cells import column_letters, column_number

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_MAIN_NAMESPACE = re.compile(
    rb"xmlns(?::([\w.-]+))?\s*=\s*[\"']http://"
    rb"(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main[\"']"
)
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"(?:\s[^<>]*[^<>/])?>\s*<(?:v>[^<]|f[\s/>]|is>)')
_TRUE = {"1", "true", "on"}
_USUAL_WIDTH = 9.0
_NOTHING: Mapping[int, NewCell] = {}
_ROWS_HELD = 64
"""Parsed rows that are kept at hand: an edit comes back to a row soon or at the end, and a plan has thousands."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the file.

    Attributes:
        column: Counted from 1.
        tag: Its opening tag.
        end: The offset behind it.
        stated: Whether it says its own place; otherwise it stands right of the one before.
        formula: The tag of its formula, or None.
        filled: Whether it holds a value or a formula.
    """

    column: int
    tag: Tag
    end: int
    stated: bool
    formula: Tag | None
    filled: bool

    @property
    def style(self) -> int:
        """The number of its style."""
        return _number(self.tag.get(b"s"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: its opening tag, where it ends, and its cells by column."""

    number: int
    tag: Tag
    end: int
    cells: dict[int, Cell]
    cells_end: int

    @property
    def hidden(self) -> bool:
        """Whether it is hidden, by a person or by a filter."""
        return (self.tag.get(b"hidden") or "").lower() in _TRUE


@dataclass(frozen=True, slots=True)
class NewCell:
    """What a cell is to become: `kind` is its `t` attribute, `xml` what stands inside it."""

    style: int
    kind: bytes = b""
    xml: bytes = b""


@dataclass(slots=True)
class _Rows:
    """Where the rows are: their numbers and the offsets at which they start, in order."""

    numbers: array[int] = field(default_factory=lambda: array("q"))
    starts: array[int] = field(default_factory=lambda: array("q"))


class SheetXml:
    """A worksheet part that can be edited."""

    def __init__(self, part: bytes) -> None:
        """Find the outline of the part.

        Raises:
            Unusual: It is no worksheet, or its rows are not in order.
        """
        self.spliced = Spliced(part)
        self._view = scan_view(part)
        root = next(tags(self._view), None)
        if root is None or root.local != b"worksheet":
            raise Unusual("dit is geen gewoon werkblad", "this is no ordinary worksheet")
        self.prefix = root.name[: -len(root.local)]
        self._data = self._find_data()
        self._before = elements(self._view, root.end, self._data.tag.start)
        self._after = elements(self._view, self._data.end, self._view.rindex(b"<"))
        self._rows = self._index_rows()
        self._parsed: dict[int, Row] = {}
        self._changes: dict[int, dict[int, NewCell]] = {}
        self._closed: dict[int, bytes] = {}
        self._read_back: tuple[int, Mapping[int, NewCell]] = (0, {})
        self._closed_area: Area | None = None
        self._shown: set[int] = set()
        self._heights: dict[int, float] = {}

    # What the sheet holds

    @property
    def last_row(self) -> int:
        """The number of the last row that the part mentions, new rows included; 0 for an empty sheet."""
        last = self._rows.numbers[-1] if self._rows.numbers else 0
        return max(last, *self._changes, *self._closed, 0)

    def row(self, number: int) -> Row | None:
        """A row as it stands in the file, or None when the file does not mention it.

        Raises:
            Unusual: Its cells are not in order.
        """
        if number not in self._parsed:
            at = bisect_left(self._rows.numbers, number)
            if at == len(self._rows.numbers) or self._rows.numbers[at] != number:
                return None
            last = at + 1 == len(self._rows.starts)
            end = self._data.content_end if last else self._rows.starts[at + 1]
            if len(self._parsed) == _ROWS_HELD:
                del self._parsed[next(iter(self._parsed))]
            self._parsed[number] = self._parse_row(number, self._rows.starts[at], end)
        return self._parsed[number]

    def rows_between(self, first: int, last: int) -> list[int]:
        """The numbers of the rows in this stretch that the file mentions or that have new cells, in order."""
        numbers = self._rows.numbers
        known = numbers[bisect_left(numbers, first) : bisect_left(numbers, last + 1)]
        new = (n for rows in (self._changes, self._closed) for n in rows if first <= n <= last)
        return sorted({*known, *new})

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell as it stands in the file, or None."""
        found = self.row(row)
        return found.cells.get(column) if found else None

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell holds a value or a formula, edits made so far included."""
        new = self._new(row).get(column)
        if new is not None:
            return bool(new.xml)
        cell = self.cell(row, column)
        return cell is not None and cell.filled

    def filled_columns(self, row: int) -> list[int]:
        """The columns of a row that hold a value or a formula, edits made so far included, in order."""
        if row not in self._changes and row not in self._closed and row not in self._parsed:
            quick = self._quickly_filled(row)
            if quick is not None:
                return quick
        found = self.row(row)
        columns = {*(found.cells if found else ()), *self._new(row)}
        return sorted(column for column in columns if self.is_filled(row, column))

    def formula(self, row: int, column: int) -> Tag | None:
        """The tag of a cell's formula, or None."""
        cell = self.cell(row, column)
        return cell.formula if cell and column not in self._new(row) else None

    def contents(self, tag: Tag) -> str:
        """The text of an element without children, such as a formula."""
        if tag.empty:
            return ""
        return plain(self.spliced.original[tag.end : self._view.index(b"<", tag.end)])

    def text(self, cell: Cell) -> str:
        """The value of a cell as written: its text, its number, or the number of its shared string."""
        found = ""
        for tag in tags(self._view, cell.tag.end, cell.end):
            if tag.local in {b"v", b"t"} and not tag.closing and not tag.empty:
                found += unescaped(plain(self.spliced.original[tag.end : self._view.index(b"<", tag.end)]))
            if tag.local == b"rPh":  # how to pronounce it
                break
        return found

    def cell_contents(self, cell: Cell) -> bytes:
        """The XML inside a cell."""
        return self.spliced.original[cell.tag.end : cell.end]

    def style(self, row: int, column: int) -> int:
        """The style that a cell has, or would have: its own, else its row's, else its column's."""
        new = self._new(row).get(column)
        if new is not None:
            return new.style
        found = self.row(row)
        if found is not None:
            cell = found.cells.get(column)
            if cell is not None:
                return cell.style
            if (found.tag.get(b"customFormat") or "").lower() in _TRUE:
                return _number(found.tag.get(b"s"))
        return next((s for first, last, s in self._column_styles if first <= column <= last), 0)

    @cached_property
    def array_areas(self) -> tuple[Area, ...]:
        """The ranges of array formulas (their spilled cells included) and data tables."""
        if not self.has_formulas:
            return ()
        pattern = re.compile(
            rb"<" + re.escape(self.prefix) + rb"f\s[^<>]*?\bt\s*=\s*[\"'](?:array|dataTable)[\"'][^<>]*>"
        )
        found = pattern.finditer(self._view, self._data.tag.end, self._data.content_end)
        areas = (Area.find(next(tags(self._view, m.start(), m.end())).get(b"ref") or "") for m in found)
        return tuple(area for area in areas if area)

    @cached_property
    def merges(self) -> tuple[Area, ...]:
        """The merged cells."""
        found = (Area.find(e.tag.get(b"ref") or "") for e in self._after if e.tag.local == b"mergeCell")
        return tuple(area for area in found if area)

    @cached_property
    def covered(self) -> CoveredCells:
        """What its validations and conditional formats apply to."""
        return CoveredCells(self._after, self.spliced.original)

    @cached_property
    def protection(self) -> Tag | None:
        """The tag that protects the sheet, when it is in force."""
        tag = self.top(b"sheetProtection")
        return tag if tag and (tag.get(b"sheet") or "").lower() in _TRUE else None

    @cached_property
    def filter_tag(self) -> Tag | None:
        """The tag of the sheet's own filter (tables have theirs in their own part)."""
        return self.top(b"autoFilter")

    @cached_property
    def has_filter_criteria(self) -> bool:
        """Whether the sheet's own filter hides rows."""
        return any(
            e.tag.local == b"filterColumn" and e.parent is not None and e.parent == self.filter_tag
            for e in self._after
        )

    @property
    def head(self) -> list[Tag]:
        """The tags in front of the cells: views, usual sizes, columns."""
        return [e.tag for e in self._before]

    def top(self, name: bytes) -> Tag | None:
        """The tag of a direct child of the worksheet behind its cells."""
        wanted = self.prefix + name
        return next((e.tag for e in self._after if e.tag.name == wanted and e.parent is None), None)

    def end_of(self, names: Collection[bytes]) -> int:
        """Where the last direct child of one of these names ends, or the cells where there is none."""
        ends = [e.end for e in self._after if e.parent is None and e.tag.local in names]
        return max(ends, default=self._data.end)

    @cached_property
    def has_formulas(self) -> bool:
        """Whether any cell has a formula."""
        return self._view.find(b"<" + self.prefix + b"f", self._data.tag.end, self._data.content_end) >= 0

    # Changing it

    def put(self, row: int, column: int, new: NewCell) -> None:
        """Make a cell this, in the place of what it holds."""
        if row in self._closed:
            self._changes[row] = dict(self._new(row))
            del self._closed[row]
        self._changes.setdefault(row, {})[column] = new

    def close_row(self, row: int) -> None:
        """Keep a row that is new in the file as the XML that it becomes: thousands of cells as objects take five times as much."""
        if row in self._changes and self.row(row) is None:
            new = self._changes.pop(row)
            self._closed[row] = self._row_xml(row, new)
            self._read_back = (0, {}) if self._read_back[0] == row else self._read_back
            area = Area(row, min(new), row, max(new))
            self._closed_area = area.around(self._closed_area or area)

    def restyle(self, row: int, column: int, style: int) -> None:
        """Give a cell, edited or not, another style; what it holds stays."""
        new, cell = self._new(row).get(column), self.cell(row, column)
        if new is not None or cell is None:
            self.put(row, column, replace(new or NewCell(style), style=style))
        elif cell.stated:
            self.spliced.set_attribute(cell.tag, b"s", str(style))
        else:
            reference = f"{column_letters(column)}{row}".encode("ascii")
            xml = b' r="%b"%b s="%d"' % (reference, cell.tag.others(b"r", b"s"), style)
            end = cell.tag.attributes_at + len(cell.tag.attributes)
            self.spliced.replace(cell.tag.attributes_at, end, xml)

    def show(self, row: int) -> None:
        """Make a row visible that is hidden."""
        self._shown.add(row)

    def heighten(self, row: int, points: float) -> None:
        """Make a row at least this high, unless a person gave it its height."""
        found = self.row(row)
        if found is not None and (found.tag.get(b"customHeight") or "").lower() in _TRUE:
            return
        now = found.tag.get(b"ht") if found else None
        if points > max(_points(now) if now else self._usual_height, self._heights.get(row, 0)):
            self._heights[row] = points

    def width(self, column: int) -> float:
        """How wide a column is, in characters."""
        return next(
            (w for first, last, w in self._column_widths if first <= column <= last), self._usual_width
        )

    def extend_filter(self, area: Area) -> None:
        """Let the sheet's own filter cover this area."""
        if self.filter_tag is not None:
            self.spliced.set_attribute(self.filter_tag, b"ref", area.ref)

    def finish(self) -> Spliced:
        """The part with everything that was changed."""
        self._splice_rows()
        self._splice_dimension()
        self.covered.splice(self.spliced)
        return self.spliced

    # Finding

    @cached_property
    def _usual_height(self) -> float:
        """How high rows are that do not state it, in points; 0 where the sheet does not say."""
        return _points(self._usual(b"defaultRowHeight"))

    @cached_property
    def _usual_width(self) -> float:
        """How wide columns are that do not state it, in characters."""
        return _points(self._usual(b"defaultColWidth")) or _USUAL_WIDTH

    @cached_property
    def _column_widths(self) -> list[tuple[int, int, float]]:
        """First and last column and their width, for those that state it."""
        return [
            (_number(tag.get(b"min")), _number(tag.get(b"max")), _points(tag.get(b"width")) or _USUAL_WIDTH)
            for tag in self.head
            if tag.local == b"col"
        ]

    def _usual(self, name: bytes) -> str | None:
        """A measure of the rows or columns that do not state their own."""
        return next((tag.get(name) for tag in self.head if tag.local == b"sheetFormatPr"), None)

    def _find_data(self) -> Element:
        name = self.prefix + b"sheetData"
        starts = list(re.finditer(rb"<" + re.escape(name) + rb"(?=[\s/>])", self._view))
        if len(starts) != 1:
            raise Unusual("het blad heeft geen gewone rijen", "the sheet has no ordinary rows")
        tag = next(tags(self._view, starts[0].start()), None)
        close = self._view.rfind(b"</" + name)
        if tag is None or (close < tag.end and not tag.empty):
            raise Unusual("het blad is beschadigd", "the sheet is damaged")
        if tag.empty:
            return Element(tag, tag.end, tag.end, None)
        return Element(tag, close, self._view.index(b">", close) + 1, None)

    def _index_rows(self) -> _Rows:
        self._refuse_other_prefixes()
        rows = _Rows()
        row_name = re.escape(self.prefix) + b"row"
        pattern = re.compile(rb"<" + row_name + rb"(?=[\s/>])(?: r=\"([0-9]{1,7})\")?")
        number = 0
        for found in pattern.finditer(self._view, self._data.tag.end, self._data.content_end):
            stated = found[1] or next(tags(self._view, found.start())).get(b"r") or number + 1
            following = _number(stated)
            if not number < following <= LAST_ROW:
                raise Unusual(
                    "de rijen van het blad staan niet op volgorde", "the rows of the sheet are not in order"
                )
            number = following
            rows.numbers.append(number)
            rows.starts.append(found.start())
        return rows

    def _refuse_other_prefixes(self) -> None:
        """Rows under a second prefix for the same namespace would not be seen."""
        for other in set(_MAIN_NAMESPACE.findall(self._view)) - {self.prefix[:-1]}:
            name = re.escape(other + b":" if other else b"")
            pattern = re.compile(rb"<" + name + rb"(?:row|c)[\s/>]")
            if pattern.search(self._view, self._data.tag.end, self._data.content_end):
                raise Unusual("het blad mengt twee schrijfwijzen", "the sheet mixes two ways of writing")

    def _quickly_filled(self, row: int) -> list[int] | None:
        """The filled columns of a row that is written the usual way, without parsing it; else None."""
        if self.prefix:
            return None
        at = bisect_left(self._rows.numbers, row)
        last = at + 1 >= len(self._rows.starts)
        span = (self._rows.starts[at], self._data.content_end if last else self._rows.starts[at + 1])
        if self._view.count(b"<c", *span) != self._view.count(b'<c r="', *span):
            return None
        return [column_number(found[1].decode("ascii")) for found in _FILLED.finditer(self._view, *span)]

    def _parse_row(self, number: int, start: int, end: int) -> Row:
        found = elements(self._view, start, end)
        if not found or found[0].tag.start != start:
            raise Unusual(f"rij {number} is beschadigd", f"row {number} is damaged")
        tag = found[0].tag
        cells: dict[int, Cell] = {}
        cells_end, column = tag.end, 0
        inside = _by_parent(found)
        for element in inside.get(tag.start, ()):
            if element.tag.name != self.prefix + b"c":
                continue
            cell = self._parse_cell(number, column, element, inside)
            if cell.column <= column:
                raise Unusual(
                    f"de cellen van rij {number} staan niet op volgorde",
                    f"the cells of row {number} are not in order",
                )
            column = cell.column
            cells[column] = cell
            cells_end = cell.end
        return Row(number, tag, found[0].end, cells, cells_end)

    def _parse_cell(self, row: int, before: int, element: Element, inside: dict[int, list[Element]]) -> Cell:
        stated = element.tag.get(b"r")
        column = before + 1
        if stated is not None:
            found = _REFERENCE.fullmatch(stated.strip())
            if not found or int(found[2]) != row:
                raise Unusual(
                    f"in rij {row} staat een cel met een vreemde plaats",
                    f"row {row} holds a cell with a strange place",
                )
            column = column_number(found[1])
        formula = None
        filled = False
        for child in inside.get(element.tag.start, ()):
            if child.tag.local == b"f":
                formula, filled = child.tag, True
            elif child.tag.local == b"v":
                filled = filled or child.content_end > child.content_start
            elif child.tag.local == b"is":
                filled = filled or any(
                    text.local == b"t" and not text.empty and not text.closing
                    for text in tags(self._view, child.content_start, child.content_end)
                )
        return Cell(column, element.tag, element.end, stated is not None, formula, filled)

    def _new(self, row: int) -> Mapping[int, NewCell]:
        """What the cells of a row are to become, by column."""
        if row not in self._closed:
            return self._changes.get(row, _NOTHING)
        if self._read_back[0] != row:
            xml = self._closed[row]
            row_tag, *inside = elements(xml)
            cells = [element for element in inside if element.parent == row_tag.tag]
            self._read_back = (row, {_column_of(cell.tag): _cell_in(xml, cell) for cell in cells})
        return self._read_back[1]

    @cached_property
    def _column_styles(self) -> list[tuple[int, int, int]]:
        return [
            (_number(e.tag.get(b"min")), _number(e.tag.get(b"max")), _number(e.tag.get(b"style")))
            for e in self._before
            if e.tag.name == self.prefix + b"col"
        ]

    # Cutting in

    def _splice_rows(self) -> None:
        added: dict[int, list[bytes]] = {}
        for number in sorted({*self._changes, *self._closed, *self._heights, *self._shown}):
            row = self.row(number)
            if row is not None:
                self._splice_row(row, self._changes.get(number, {}))
                self._splice_look(row)
                continue
            self.close_row(number)
            added.setdefault(self._offset_for_row(number), []).append(self._closed.pop(number, b""))
        if self._data.tag.empty and added:
            (rows,) = added.values()
            name = self._data.tag.name
            opening = b"<" + name + self._data.tag.attributes.rstrip() + b">"
            self.spliced.replace(
                self._data.tag.start, self._data.end, opening + b"".join(rows) + b"</" + name + b">"
            )
            return
        for offset, rows in added.items():
            for row_xml in rows:
                self.spliced.replace(offset, offset, row_xml)

    def _offset_for_row(self, number: int) -> int:
        at = bisect_left(self._rows.numbers, number)
        if at == len(self._rows.numbers):
            return self._data.content_end
        following = self._rows.starts[at]
        tag = next(tags(self._view, following))
        if tag.get(b"r") is None:  # its place was counted from the row before; a new one comes in between
            self.spliced.set_attribute(tag, b"r", str(self._rows.numbers[at]))
        return following

    def _splice_row(self, row: Row, new: dict[int, NewCell]) -> None:
        inserted: dict[int, list[bytes]] = {}
        for column in sorted(new):
            cell = row.cells.get(column)
            xml = self._cell_xml(row.number, column, new[column], cell)
            if cell is not None:
                self.spliced.replace(cell.tag.start, cell.end, xml)
            else:
                inserted.setdefault(self._offset_for_cell(row, column, new), []).append(xml)
        if row.tag.empty and inserted:
            (cells,) = inserted.values()
            slash = row.tag.end - 2
            self.spliced.replace(slash, row.tag.end, b">" + b"".join(cells) + b"</" + row.tag.name + b">")
        else:
            for offset, cells in inserted.items():
                self.spliced.replace(offset, offset, b"".join(cells))
        if inserted:
            self._widen_spans(row, new)

    def _splice_look(self, row: Row) -> None:
        """The row's height, and whether it shows."""
        if row.number in self._heights:
            self.spliced.set_attribute(row.tag, b"ht", f"{self._heights[row.number]:.6g}")
        span = row.tag.attribute_span(b"hidden") if row.number in self._shown else None
        if span:
            self.spliced.replace(*span, b"")

    def _offset_for_cell(self, row: Row, column: int, new: dict[int, NewCell]) -> int:
        following = next((c for c in sorted(row.cells) if c > column), None)
        if following is None:
            return row.cells_end
        cell = row.cells[following]
        if not cell.stated and following not in new:
            reference = f"{column_letters(following)}{row.number}"
            at = cell.tag.attributes_at
            if not any(s.start == at for s in self.spliced.splices):
                self.spliced.replace(at, at, b' r="' + reference.encode("ascii") + b'"')
        return cell.tag.start

    def _row_xml(self, number: int, new: Mapping[int, NewCell]) -> bytes:
        """A row that is new in the file."""
        height = b' ht="%g"' % self._heights[number] if number in self._heights else b""
        cells = b"".join(self._cell_xml(number, column, new[column]) for column in sorted(new))
        return b'<%brow r="%d"%b>%b</%brow>' % (self.prefix, number, height, cells, self.prefix)

    def _cell_xml(self, row: int, column: int, new: NewCell, cell: Cell | None = None) -> bytes:
        name = self.prefix + b"c"
        style = b""
        if cell is None:
            attributes = b' r="%b%d"' % (column_letters(column).encode("ascii"), row)
            style = b' s="%d"' % new.style if new.style else b""
        elif cell.style == new.style:
            attributes = cell.tag.others(b"t", b"cm", b"vm", b"ph")
        else:
            attributes = cell.tag.others(b"s", b"t", b"cm", b"vm", b"ph")
            style = b' s="%d"' % new.style
        if cell is not None and not cell.stated:
            attributes = b' r="%b%d"' % (column_letters(column).encode("ascii"), row) + attributes
        kind = b' t="' + new.kind + b'"' if new.kind else b""
        inside = new.xml + (self._extension(cell) if cell is not None else b"")
        if not inside:
            return b"<" + name + attributes + style + b"/>"
        return b"<" + name + attributes + style + kind + b">" + inside + b"</" + name + b">"

    def _extension(self, cell: Cell) -> bytes:
        """The extensions inside a cell, which stay when its value is replaced."""
        inside = elements(self._view, cell.tag.end, cell.end)
        return b"".join(
            self.spliced.original[e.tag.start : e.end]
            for e in inside
            if e.parent is None and e.tag.local == b"extLst"
        )

    def _widen_spans(self, row: Row, new: dict[int, NewCell]) -> None:
        spans = row.tag.get(b"spans")
        if spans is None:
            return
        try:
            bounds = [int(number) for number in re.split(r"[:\s]+", spans.strip())]
        except ValueError:
            bounds = []
        if not bounds or min(new) < min(bounds) or max(new) > max(bounds):
            columns = [*row.cells, *new, *bounds]
            self.spliced.set_attribute(row.tag, b"spans", f"{min(columns)}:{max(columns)}")

    def _splice_dimension(self) -> None:
        tag = next((e.tag for e in self._before if e.tag.name == self.prefix + b"dimension"), None)
        stated = Area.find(tag.get(b"ref") or "") if tag else None
        if tag is None or stated is None:
            return
        wider = stated.around(self._closed_area or stated)
        for row, new in self._changes.items():
            wider = wider.around(Area(row, min(new), row, max(new)))
        if wider != stated:
            self.spliced.set_attribute(tag, b"ref", wider.ref)


def has_formulas(part: bytes, prefix: bytes = b"") -> bool:
    """Whether a sheet's XML holds a formula; `prefix` is that of its elements, colon included."""
    return re.search(rb"<" + re.escape(prefix) + rb"f[\s/>]", part) is not None


def _by_parent(found: list[Element]) -> dict[int, list[Element]]:
    children: dict[int, list[Element]] = {}
    for element in found:
        if element.parent is not None:
            children.setdefault(element.parent.start, []).append(element)
    return children


def _column_of(cell: Tag) -> int:
    """The column of a cell that was written here."""
    found = _REFERENCE.fullmatch(cell.get(b"r") or "")
    return column_number(found[1]) if found else 0


def _cell_in(xml: bytes, cell: Element) -> NewCell:
    """A cell that was written here, as it was asked for."""
    inside = xml[cell.content_start : cell.content_end]
    return NewCell(_number(cell.tag.get(b"s")), (cell.tag.get(b"t") or "").encode("ascii"), inside)


def _points(text: str | None) -> float:
    """A measure as the file states it; 0 where it states none."""
    try:
        return float(text or 0)
    except ValueError:
        return 0


def _number(text: str | bytes | int | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
