"""One sheet during an edit: where values may go, where rows are appended, and what grows along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ogsm_xl.excel.choices import Choices, differs
from ogsm_xl.excel.package import LAST_COLUMN, LAST_ROW, Area, SheetPart
from ogsm_xl.excel.references import Grown, left_behind, pivots_to_refresh
from ogsm_xl.excel.sheet_xml import NewCell, SheetXml
from ogsm_xl.excel.small_parts import TableXml
from ogsm_xl.excel.splice import Spliced, Tag, escaped, tags
from ogsm_xl.excel.values import CellValue, Prepared, Unwritable, prepared
from ogsm_xl.plan.cells import CellRef, column_letters
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.excel.workbook_edit import WorkbookEdit

_TOTAL = re.compile(r"(?:sub|eind)?(?:totaal|totalen|total|totals|som|sum)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?<![\w.$\[\]!:])(?:\$?[A-Z]{1,3}[0-9]{1,7}|[A-Z]{1,3}\$?[0-9]{1,7}|[0-9]+:[0-9]+|[A-Z]{1,3}:[A-Z]{1,3})"
    r"(?![\w(])",
    re.IGNORECASE,
)
_STRING = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class _Place:
    """Where rows go.

    Attributes:
        data: The area of the data below the headings, as it is.
        last_filled: The last row with data; the heading row when there is none.
        room: How many rows below it are there to be filled.
        table: The table, or None for data that is no table.
    """

    data: Area
    last_filled: int
    room: int
    table: TableXml | None


class SheetEdit:
    """A sheet that is being edited.

    Attributes:
        part: The sheet in the package.
        xml: Its contents.
        expected: What its edited cells must read as, for the gate.
    """

    def __init__(self, workbook: WorkbookEdit, part: SheetPart) -> None:
        """Begin to edit a sheet.

        Raises:
            Unusual: It is written in a way that can't be edited safely.
        """
        self.part = part
        self.xml = SheetXml(workbook.package.read(part.part))
        self.expected: dict[tuple[int, int], str | float | bool | None] = {}
        self._workbook = workbook
        self._tables = [TableXml(t, workbook.package.read(t.part)) for t in part.tables]
        self._grown: list[Grown] = []

    # Setting a cell

    def set_cell(self, row: int, column: int, value: CellValue) -> None:
        """Give a cell a value, in its own format.

        Raises:
            InputProblem: The cell must not be written, or can't hold the value.
        """
        self._refuse_outside(row, column)
        self._refuse_table_edges(row, column)
        self._refuse_occupied(row, column)
        self._refuse_merged(row, column)
        self._refuse_locked(row, column)
        ready = self._prepared(row, column, value)
        self._refuse_other_choice(row, column, ready, row)
        cell = self._cell(row, column)
        if ready.value is None and cell is None and (row, column) not in self.expected:
            return
        if cell is not None and self._is_rich(row, column):
            self._workbook.warn(
                f"De opmaak binnen de tekst van {self._ref(row, column)} is vervallen.",
                f"The formats within the text of {self._ref(row, column)} are gone.",
            )
        self._put(row, column, ready, self.xml.style(row, column))
        self._warn_filter(row, column)

    # Appending rows

    def append(self, header_row: int, rows: Sequence[Mapping[int, CellValue]]) -> list[CellRef]:
        """Add rows below the data under a heading row; gives the first cell of each.

        Raises:
            InputProblem: There is no room, or a cell must not be written or can't hold its value.
        """
        columns = sorted({column for row in rows for column in row})
        if not rows or not columns:
            return []
        self._refuse_outside(header_row, columns[0])
        self._refuse_outside(header_row, columns[-1])
        table = self._table_below(header_row, columns)
        place = self._in_table(table) if table else self._in_region(header_row, columns)
        numbers = list(range(place.last_filled + 1, place.last_filled + 1 + len(rows)))
        width = (min(place.data.first_column, columns[0]), max(place.data.last_column, columns[-1]))
        self._refuse_no_room(place, numbers, width)
        pattern_row = place.last_filled if place.last_filled >= place.data.first_row else numbers[0]
        for number, row in zip(numbers, rows, strict=True):
            self._append_row(place, number, pattern_row, row)
        self._grow(place, header_row, numbers[-1])
        return [CellRef(self.part.name, number, place.data.first_column) for number in numbers]

    def finish(self) -> dict[str, Spliced | None]:
        """The parts of this sheet that change, and the sentences about what did not grow along."""
        contents = {sheet.part.part: sheet.xml.spliced.original for sheet in self._workbook.sheets}
        for grown in self._grown:
            self._workbook.warnings += left_behind(self._workbook.package, grown, contents)
        self._workbook.warnings += pivots_to_refresh(self._workbook.package, self.part)
        parts: dict[str, Spliced | None] = {self.part.part: self.xml.finish()}
        for table in self._tables:
            parts[table.table.part] = table.finish()
        return parts

    # Where rows go

    def _table_below(self, header_row: int, columns: list[int]) -> TableXml | None:
        """The table whose headings these are; where several stand side by side, the one with the columns."""

        def shared(table: TableXml) -> int:
            area = table.area
            return sum(area.first_column <= column <= area.last_column for column in columns)

        candidates = [
            t for t in self._tables if t.area.first_row + t.table.header_rows - 1 == header_row and shared(t)
        ]
        if len(candidates) > 1:
            raise self._refusal(
                header_row,
                columns[0],
                Text(
                    "de kolommen horen bij verschillende tabellen. Voeg rijen per tabel toe.",
                    "the columns belong to different tables. Append rows to one table at a time.",
                ),
            )
        return candidates[0] if candidates else None

    def _in_table(self, table: TableXml) -> _Place:
        if table.table.kind != "worksheet":
            raise self._refusal(
                table.area.first_row,
                table.area.first_column,
                Text(
                    f"de tabel {table.table.name} wordt gevuld door een query of koppeling. Voeg de rijen daar toe.",
                    f"the table {table.table.name} is filled by a query or a link. Add the rows there.",
                ),
            )
        data = table.data
        calculated = table.calculated()
        columns = range(data.first_column, data.last_column + 1)
        last = data.last_row
        while last >= data.first_row and not any(
            self.xml.is_filled(last, c) and not (c in calculated and self.xml.formula(last, c))
            for c in columns
        ):
            last -= 1
        return _Place(data, last, data.last_row - last, table)

    def _in_region(self, header_row: int, columns: list[int]) -> _Place:
        """Data that is no table: ends at its last filled row, notes after a blank row and totals left out."""
        first, last = columns[0], columns[-1]
        while first > 1 and self.xml.is_filled(header_row, first - 1):
            first -= 1
        while last < LAST_COLUMN and self.xml.is_filled(header_row, last + 1):
            last += 1
        end = header_row
        at = header_row
        for number in self.xml.rows_between(header_row + 1, LAST_ROW):
            filled = [c for c in range(first, last + 1) if self.xml.is_filled(number, c)]
            if not filled:
                continue
            if self._is_total(number, filled[0]) or self._in_other_table(number, first, last):
                break
            is_note = number > at + 1 and len(filled) == 1 < len(columns)
            if is_note:
                continue
            end = at = number
        data = Area(header_row + 1, first, max(end, header_row + 1), last)
        return _Place(data, end, LAST_ROW - end, None)

    def _is_total(self, row: int, column: int) -> bool:
        text = self.shown(row, column)
        return bool(text and _TOTAL.match(text.strip()))

    def _in_other_table(self, row: int, first: int, last: int) -> bool:
        stretch = Area(row, first, row, last)
        return any(table.area.meets(stretch) for table in self._tables)

    def _refuse_no_room(self, place: _Place, numbers: list[int], width: tuple[int, int]) -> None:
        where = (numbers[0], place.data.first_column)
        if numbers[-1] > LAST_ROW:
            raise self._refusal(
                *where, Text("het blad is vol. Maak ruimte.", "the sheet is full. Make room.")
            )
        grows = place.table is not None and len(numbers) > place.room
        if grows and place.table is not None and place.table.table.totals_rows:
            raise self._refusal(
                *where,
                Text(
                    f"de totaalrij van tabel {place.table.table.name} staat in de weg. Zet de totaalrij uit, of voeg er lege "
                    "rijen boven in.",
                    f"the totals row of table {place.table.table.name} is in the way. Turn the totals row off, or insert "
                    "empty rows above it.",
                ),
            )
        new = Area(numbers[0], width[0], numbers[-1], width[1])
        below = place.data.last_row if place.table else place.last_filled
        for row in self.xml.rows_between(max(numbers[0], below + 1), numbers[-1]):
            for column in range(width[0], width[1] + 1):
                if self.xml.is_filled(row, column):
                    raise self._refusal(row, column, _SOMETHING_BELOW)
        others = [t.area for t in self._tables if t is not place.table]
        obstacles = [*others, *self.xml.merges, *self.xml.array_areas, *self._pivots]
        for obstacle in obstacles:
            if obstacle.meets(new):
                raise self._refusal(obstacle.first_row, obstacle.first_column, _SOMETHING_BELOW)

    def _append_row(
        self, place: _Place, number: int, pattern_row: int, values: Mapping[int, CellValue]
    ) -> None:
        calculated = place.table.calculated() if place.table else {}
        in_data = number <= place.data.last_row and place.table is not None
        for column in sorted({*values, *range(place.data.first_column, place.data.last_column + 1)}):
            ready = self._prepared(number, column, values.get(column))
            formula = calculated.get(column)
            if ready.value is None and formula is not None:
                self._fill_formula(place, number, column, formula.formula, is_array=formula.is_array)
            elif ready.value is not None:
                if formula is not None:
                    raise self._refusal(number, column, _CALCULATED)
                self._refuse_occupied(number, column)
                self._refuse_locked(number, column)
                self._refuse_other_choice(number, column, ready, pattern_row)
                self._put(number, column, ready, self._new_style(number, column, pattern_row))
            elif not in_data and self._cell(number, column) is None:
                style = self._workbook.styles.fitting(self.xml.style(pattern_row, column), None, quoted=False)
                if style and pattern_row != number:
                    self.xml.put(number, column, NewCell(style))
        row = self.xml.row(number)
        if row is not None and row.hidden:
            self.xml.show(number)

    def _new_style(self, row: int, column: int, pattern_row: int) -> int:
        """The format of a new cell: its own when it has one, else that of the row above."""
        own = self.xml.style(row, column)
        return own if own and self._cell(row, column) else (self.xml.style(pattern_row, column) or own)

    def _fill_formula(self, place: _Place, row: int, column: int, formula: str, *, is_array: bool) -> None:
        """Give the cell of a calculated column its formula, unless it has one."""
        if self.xml.is_filled(row, column):
            return
        if is_array:
            raise self._refusal(
                row,
                column,
                Text(
                    "deze kolom rekent met een matrixformule. Voeg de rij in Excel toe.",
                    "this column calculates with an array formula. Add the row in Excel.",
                ),
            )
        if _RELATIVE.search(_STRING.sub("", formula)):
            formula = self._moved_formula(place, row, column)
        if not formula:
            self._workbook.warn(
                f"De berekende kolom {column_letters(column)} is op rij {row} van {self.part.name} leeg gebleven: trek de "
                "formule in Excel door.",
                f"The calculated column {column_letters(column)} stayed empty in row {row} of {self.part.name}: fill the "
                "formula down in Excel.",
            )
            return
        style = self._new_style(row, column, place.last_filled)
        prefix = self.xml.prefix
        xml = b"<%bf>%b</%bf>" % (prefix, escaped(formula), prefix)
        self.xml.put(row, column, NewCell(style, b"", xml))
        self.expected[row, column] = None
        self._workbook.adds_formulas = True

    def _moved_formula(self, place: _Place, row: int, column: int) -> str:
        """The formula of the last data row, as it reads in another row; "" when that row has no plain formula."""
        from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415 - heavy, rarely needed

        above = max(place.last_filled, place.data.first_row)
        tag = self.xml.formula(above, column)
        text = self.xml.contents(tag) if tag is not None else ""
        if tag is None or not text or tag.get(b"t") not in {None, "normal"}:
            return ""
        origin = f"{column_letters(column)}{above}"
        try:
            moved = Translator("=" + text, origin=origin).translate_formula(f"{column_letters(column)}{row}")
        except (TranslatorError, ValueError):
            return ""
        return str(moved).removeprefix("=")

    def _grow(self, place: _Place, header_row: int, last_row: int) -> None:
        """Let the table, its filter, and what applies to its columns reach the new last row."""
        columns = (place.data.first_column, place.data.last_column)
        before = place.data.last_row if place.table else place.last_filled
        if place.last_filled >= place.data.first_row and place.last_filled != before:
            self.xml.extend(columns, place.data.first_row, place.last_filled, min(last_row, before))
        if last_row > before > header_row:
            self.xml.extend(columns, place.data.first_row, before, last_row)
            headed = Area(header_row, columns[0], before, columns[1])
            self._grown.append(Grown(self.part, headed, last_row))
        if place.table is not None:
            place.table.use_insert_row()
            if last_row > before:
                place.table.grow(last_row - before)
        else:
            self._grow_sheet_filter(header_row, before, last_row)
        if place.table.has_filter_criteria if place.table else self.xml.has_filter_criteria:
            self._warn_reapply()

    def _grow_sheet_filter(self, header_row: int, before: int, last_row: int) -> None:
        """The sheet's filter and the hidden name of its range grow together or not at all."""
        tag = self.xml.filter_tag
        try:
            area = Area.parse((tag.get(b"ref") if tag else None) or "")
        except ValueError:
            return
        if (area.first_row, area.last_row) != (header_row, before):
            return
        for name in self._workbook.xml.names():
            ends = f"${column_letters(area.last_column)}${before}"
            if (
                name.name == "_xlnm._FilterDatabase"
                and name.position == self.part.position
                and name.formula.endswith(ends)
            ):
                self.xml.extend_filter(Area(area.first_row, area.first_column, last_row, area.last_column))
                self._workbook.xml.set_name(name, name.formula.removesuffix(str(before)) + str(last_row))

    # What forbids writing

    def _refuse_outside(self, row: int, column: int) -> None:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise self._workbook.refusal(
                self.part.name,
                Text(
                    f"rij {row}, kolom {column} bestaat niet. Controleer de plaats.",
                    f"row {row}, column {column} does not exist. Check the place.",
                ),
            )

    def _refuse_table_edges(self, row: int, column: int) -> None:
        for table in self._tables:
            if not table.area.has(row, column):
                continue
            if table.table.kind != "worksheet":
                raise self._refusal(
                    row,
                    column,
                    Text(
                        f"tabel {table.table.name} wordt gevuld door een query of koppeling. Wijzig de gegevens daar.",
                        f"table {table.table.name} is filled by a query or a link. Change the data there.",
                    ),
                )
            if not table.data.has(row, column):
                raise self._refusal(
                    row,
                    column,
                    Text(
                        f"dit is een kop of totaal van tabel {table.table.name}. Wijzig die in Excel.",
                        f"this is a heading or total of table {table.table.name}. Change it in Excel.",
                    ),
                )

    def _refuse_occupied(self, row: int, column: int) -> None:
        if self.xml.formula(row, column) is not None:
            raise self._refusal(
                row,
                column,
                Text(
                    "hier staat een formule. Vervang die eerst door een waarde.",
                    "there is a formula here. Replace it with a value first.",
                ),
            )
        if any(area.has(row, column) for area in self.xml.array_areas):
            raise self._refusal(
                row,
                column,
                Text(
                    "deze cel hoort bij een matrixformule of gegevenstabel. Kies een andere cel.",
                    "this cell belongs to an array formula or a data table. Choose another cell.",
                ),
            )
        if any(area.has(row, column) for area in self._pivots):
            raise self._refusal(
                row,
                column,
                Text(
                    "deze cel hoort bij een draaitabel. Wijzig de gegevens waar die op rust.",
                    "this cell belongs to a pivot table. Change the data that it rests on.",
                ),
            )

    def _refuse_merged(self, row: int, column: int) -> None:
        for merge in self.xml.merges:
            if merge.has(row, column) and (merge.first_row, merge.first_column) != (row, column):
                first = self._ref(merge.first_row, merge.first_column)
                raise self._refusal(
                    row,
                    column,
                    Text(
                        f"deze cel is samengevoegd met {first}. Schrijf in die cel, of hef het samenvoegen op.",
                        f"this cell is merged with {first}. Write to that cell, or unmerge them.",
                    ),
                )

    def _refuse_locked(self, row: int, column: int) -> None:
        if self.xml.protection is None or self._workbook.may_unlock:
            return
        if self._workbook.styles.is_locked(self.xml.style(row, column)):
            raise self._refusal(
                row,
                column,
                Text(
                    "het blad is beveiligd en deze cel is vergrendeld. Hef de beveiliging op, of ontgrendel de cel.",
                    "the sheet is protected and this cell is locked. Unprotect the sheet, or unlock the cell.",
                ),
            )

    def _refuse_other_choice(self, row: int, column: int, ready: Prepared, pattern_row: int) -> None:
        if ready.value is None:
            return
        for covered in self.xml.covered:
            applies = any(a.has(row, column) or a.has(pattern_row, column) for a in covered.areas)
            if not applies or not covered.is_validation:
                continue
            choices = self._choices.of(covered)
            if choices is not None and differs(ready.value, choices):
                shown = ", ".join(choices.values[:12])
                raise self._refusal(
                    row,
                    column,
                    Text(
                        f"{ready.value!r} staat niet in de keuzelijst van deze cel ({shown}). Kies een van die waarden.",
                        f"{ready.value!r} is not in this cell's list ({shown}). Choose one of those values.",
                    ),
                )

    # Small things

    def _put(self, row: int, column: int, ready: Prepared, style: int) -> None:
        styles = self._workbook.styles
        if ready.dated and not styles.is_date(style) and not styles.can_add():
            raise self._refusal(
                row,
                column,
                Text(
                    "de werkmap heeft geen plaats voor nog een datumopmaak. Geef de cel in Excel een datumopmaak.",
                    "the workbook has no room for one more date format. Give the cell a date format in Excel.",
                ),
            )
        fitting = styles.fitting(style, ready.dated, quoted=ready.quoted)
        self.xml.put(row, column, NewCell(fitting, ready.kind, ready.xml(self.xml.prefix)))
        self.expected[row, column] = ready.value

    def _prepared(self, row: int, column: int, value: CellValue) -> Prepared:
        try:
            return prepared(value, date1904=self._workbook.package.date1904)
        except Unwritable as unwritable:
            raise self._refusal(row, column, unwritable.text) from unwritable

    def _cell(self, row: int, column: int) -> Tag | None:
        cell = self.xml.cell(row, column)
        return cell.tag if cell else None

    def shown(self, row: int, column: int) -> str | None:
        """The text or number of a cell as text, "" for a blank one, None for a calculated one."""
        if (row, column) in self.expected:
            value = self.expected[row, column]
            return "" if value is None else str(value)
        cell = self.xml.cell(row, column)
        if cell is None:
            return ""
        if cell.formula is not None:
            return None
        text = self.xml.text(cell)
        if cell.tag.get(b"t") == "s":
            number = text.strip()
            return self._workbook.shared_text(int(number)) if number.isdigit() else ""
        return text

    def _is_rich(self, row: int, column: int) -> bool:
        cell = self.xml.cell(row, column)
        if cell is None or (row, column) in self.expected:
            return False
        if cell.tag.get(b"t") == "s":
            number = self.xml.text(cell).strip()
            return number.isdigit() and self._workbook.is_rich_text(int(number))
        return any(tag.local == b"r" for tag in tags(self.xml.cell_contents(cell)))

    def _warn_filter(self, row: int, column: int) -> None:
        table = next((t for t in self._tables if t.area.has(row, column)), None)
        if table is not None:
            filtered = table.has_filter_criteria
        else:
            tag = self.xml.filter_tag
            ref = tag.get(b"ref") if tag and self.xml.has_filter_criteria else None
            filtered = ref is not None and _has(ref, row, column)
        if filtered:
            self._warn_reapply()

    def _warn_reapply(self) -> None:
        self._workbook.warn(
            f"Op blad {self.part.name} staat een filter aan: pas het opnieuw toe (Gegevens > Opnieuw toepassen).",
            f"Sheet {self.part.name} is filtered: reapply the filter (Data > Reapply).",
        )

    @cached_property
    def _pivots(self) -> tuple[Area, ...]:
        package = self._workbook.package
        areas = []
        for relation in package.relations(self.part.part):
            if relation.kind == "pivotTable" and package.has(relation.target):
                location = package.tree(relation.target).find("{*}location")
                areas.append(_area("" if location is None else location.get("ref", "")))
        return tuple(area for area in areas if area)

    @cached_property
    def _choices(self) -> Choices:
        return Choices(self._workbook, self)

    def _ref(self, row: int, column: int) -> CellRef:
        return CellRef(self.part.name, row, column)

    def _refusal(self, row: int, column: int, what: Text) -> InputProblem:
        return self._workbook.refusal(self._ref(row, column), what)


_SOMETHING_BELOW = Text(
    "hier staat iets onder de gegevens, dus er is geen plaats voor nieuwe rijen. Verplaats het, of voeg lege rijen in.",
    "something stands below the data here, so there is no room for new rows. Move it, or insert empty rows.",
)
_CALCULATED = Text(
    "deze kolom wordt berekend. Laat hem weg, of maak er in Excel een gewone kolom van.",
    "this column is calculated. Leave it out, or make it an ordinary column in Excel.",
)


def _area(ref: str) -> Area | None:
    try:
        return Area.parse(ref)
    except ValueError:
        return None


def _has(ref: str, row: int, column: int) -> bool:
    area = _area(ref)
    return area is not None and area.has(row, column)
