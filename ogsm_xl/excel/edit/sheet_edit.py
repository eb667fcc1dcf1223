"""One sheet during an edit: its cells are set, rows are appended, and what covers them grows along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ogsm_xl.excel.edit.cell_rules import CellRules
from ogsm_xl.excel.edit.row_place import Place, place_for
from ogsm_xl.excel.ooxml.independent_reader import Expected
from ogsm_xl.excel.ooxml.package import Area, SheetPart
from ogsm_xl.excel.ooxml.references import Grown, left_behind, pivots_to_refresh
from ogsm_xl.excel.ooxml.sheet_xml import NewCell, SheetXml
from ogsm_xl.excel.ooxml.small_parts import Calculated, TableXml
from ogsm_xl.excel.ooxml.splice import Spliced, escaped, tags
from ogsm_xl.excel.ooxml.values import Figure, Format, Percentage, Prepared, Unwritable, Writable, prepared
from ogsm_xl.excel.row_heights import height_for
from ogsm_xl.plan.cells import CellRef, column_letters
from ogsm_xl.plan.words import Text

if TYPE_CHECKING:
    from ogsm_xl.excel.edit.workbook_edit import WorkbookEdit

_RELATIVE = re.compile(
    r"(?<![\w.$\[\]!:])(?:\$?[A-Z]{1,3}[0-9]{1,7}|[A-Z]{1,3}\$?[0-9]{1,7}|[0-9]+:[0-9]+|[A-Z]{1,3}:[A-Z]{1,3})"
    r"(?![\w(])",
    re.IGNORECASE,
)
_DATES = {Format.DATE, Format.DATETIME, Format.TIME}
_STRING = re.compile(r'"[^"]*"')


class SheetEdit:
    """A sheet that is being edited.

    Attributes:
        workbook: The workbook that it belongs to.
        part: The sheet in the package.
        xml: Its contents.
        tables: The tables on it.
        rules: What forbids writing to its cells.
        expected: What its edited cells must read as, for the gate.
    """

    def __init__(self, workbook: WorkbookEdit, part: SheetPart) -> None:
        """Begin to edit a sheet.

        Raises:
            Unusual: It is written in a way that can't be edited safely.
        """
        self.workbook = workbook
        self.part = part
        self.xml = SheetXml(workbook.package.read(part.part))
        self.tables = [TableXml(t, workbook.package.read(t.part)) for t in part.tables]
        self.rules = CellRules(self)
        self.expected = Expected()
        self._grown: list[Grown] = []

    def set_cell(self, row: int, column: int, value: Writable) -> None:
        """Give a cell a value, in its own format.

        Raises:
            InputProblem: The cell must not be written, or can't hold the value.
        """
        self.rules.exists(row, column)
        self.rules.is_no_table_edge(row, column)
        self.rules.is_free(row, column)
        self.rules.is_not_merged_away(row, column)
        self.rules.is_unlocked(row, column)
        style = self.xml.style(row, column)
        ready = self._prepared(row, column, value, style, like=row)
        self.rules.is_a_choice(row, column, ready, row)
        if ready.value is None and not self._is_there(row, column):
            return
        if self._is_rich(row, column):
            cell = CellRef(self.part.name, row, column)
            self.workbook.warn(
                f"De opmaak binnen de tekst van {cell} is vervallen.",
                f"The formats within the text of {cell} are gone.",
            )
        self._put(row, column, ready, style)
        if self._is_filtered(row, column):
            self._warn_reapply()

    def append(
        self, header_row: int, rows: Sequence[Mapping[int, Writable]], last_row: int | None = None
    ) -> list[CellRef]:
        """Add rows below the data under a heading row; gives the first cell of each.

        Raises:
            InputProblem: There is no room, or a cell must not be written or can't hold its value.
        """
        columns = sorted({column for row in rows for column in row})
        if not columns:
            return []
        self.rules.exists(header_row, columns[0])
        self.rules.exists(header_row, columns[-1])
        place = place_for(self, header_row, columns, len(rows), last_row)
        numbers = range(place.last_filled + 1, place.last_filled + 1 + len(rows))
        for number, row in zip(numbers, rows, strict=True):
            self._append_row(place, number, row)
            self.xml.close_row(number)
            self.expected.close_row(number)
        self._grow(place, header_row, numbers[-1])
        return [CellRef(self.part.name, number, place.data.first_column) for number in numbers]

    def shown(self, row: int, column: int) -> str | None:
        """The text or number of a cell as text, "" for a blank one, None for a calculated one."""
        if (row, column) in self.expected:
            value = self.expected.in_row(row)[column]
            return "" if value is None else str(value)
        cell = self.xml.cell(row, column)
        if cell is None:
            return ""
        if cell.formula is not None:
            return None
        text = self.xml.text(cell)
        if cell.tag.get(b"t") == "s":
            number = text.strip()
            return self.workbook.shared_text(int(number)) if number.isdigit() else ""
        return text

    def finish(self) -> dict[str, Spliced | None]:
        """The parts of this sheet that change, and warnings about what did not grow along."""
        contents = {sheet.part.part: sheet.xml.spliced.original for sheet in self.workbook.sheets}
        for grown in self._grown:
            self.workbook.warnings += left_behind(self.workbook.package, grown, contents)
        self.workbook.warnings += pivots_to_refresh(self.workbook.package, self.part)
        parts: dict[str, Spliced | None] = {self.part.part: self.xml.finish()}
        for table in self.tables:
            parts[table.table.part] = table.finish()
        return parts

    # One row

    def _append_row(self, place: Place, number: int, values: Mapping[int, Writable]) -> None:
        calculated = place.table.calculated if place.table else {}
        for column in sorted({*values, *range(place.data.first_column, place.data.last_column + 1)}):
            style = self._new_style(number, column, place.pattern_row)
            value = values.get(column)
            ready = self._prepared(number, column, value, style, like=place.pattern_row)
            if isinstance(value, Figure) and not self._always_shown_like(style, place, column):
                ready = Prepared(value.number, Format.GENERAL)
            if ready.value is not None:
                self._append_value(place, number, column, ready, style, is_calculated=column in calculated)
            elif column in calculated:
                self._fill_formula(place, number, column, calculated[column])
            elif number > place.last_row and not self._is_there(number, column):
                style = self.workbook.styles.fitting(
                    self.xml.style(place.pattern_row, column), None, quoted=False
                )
                if style and place.pattern_row != number:
                    self.xml.put(number, column, NewCell(style))
        row = self.xml.row(number)
        if row is not None and row.hidden:
            self.xml.show(number)

    def _append_value(
        self, place: Place, row: int, column: int, ready: Prepared, style: int, *, is_calculated: bool
    ) -> None:
        if is_calculated:
            raise self.rules.refusal(
                row,
                column,
                Text(
                    "deze kolom wordt berekend. Laat hem weg, of maak er in Excel een gewone kolom van.",
                    "this column is calculated. Leave it out, or make it an ordinary column in Excel.",
                ),
            )
        self.rules.is_free(row, column)
        self.rules.is_unlocked(row, column)
        self.rules.is_a_choice(row, column, ready, place.pattern_row)
        self._put(row, column, ready, style)

    def _new_style(self, row: int, column: int, pattern_row: int) -> int:
        """The format of a new cell: its own when it has one, else that of the row above."""
        own = self.xml.style(row, column)
        return own if own and self._is_there(row, column) else (self.xml.style(pattern_row, column) or own)

    def _fill_formula(self, place: Place, row: int, column: int, calculated: Calculated) -> None:
        """Give the cell of a calculated column its formula, unless it has one."""
        if self.xml.is_filled(row, column):
            return
        if calculated.is_array:
            raise self.rules.refusal(
                row,
                column,
                Text(
                    "deze kolom rekent met een matrixformule. Voeg de rij in Excel toe.",
                    "this column calculates with an array formula. Add the row in Excel.",
                ),
            )
        formula = calculated.formula
        if _RELATIVE.search(_STRING.sub("", formula)):
            formula = self._moved_formula(place.pattern_row, row, column)
        if not formula:
            letters = column_letters(column)
            self.workbook.warn(
                f"De berekende kolom {letters} is op rij {row} van {self.part.name} leeg gebleven: trek de formule in Excel "
                "door.",
                f"The calculated column {letters} stayed empty in row {row} of {self.part.name}: fill the formula down in "
                "Excel.",
            )
            return
        prefix = self.xml.prefix
        xml = b"<%bf>%b</%bf>" % (prefix, escaped(formula), prefix)
        self.xml.put(row, column, NewCell(self._new_style(row, column, place.pattern_row), b"", xml))
        self.expected.set(row, column, None)
        self.workbook.adds_formulas = True

    def _moved_formula(self, above: int, row: int, column: int) -> str:
        """The formula of a row above, as it reads in another row; "" when that row has no plain formula."""
        from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415 - heavy, rarely needed

        tag = self.xml.formula(above, column)
        text = self.xml.contents(tag) if tag is not None else ""
        if tag is None or not text or tag.get(b"t") not in {None, "normal"}:
            return ""
        letters = column_letters(column)
        try:
            moved = Translator("=" + text, origin=f"{letters}{above}").translate_formula(f"{letters}{row}")
        except (TranslatorError, ValueError):
            return ""
        return str(moved).removeprefix("=")

    # What grows along

    def _grow(self, place: Place, header_row: int, last_row: int) -> None:
        """Let the table, its filter, and what applies to its columns reach the new last row."""
        columns = (place.data.first_column, place.data.last_column)
        before = place.last_row
        if place.data.first_row <= place.last_filled < before:
            self.xml.covered.extend(columns, place.data.first_row, place.last_filled, min(last_row, before))
        if last_row > before > header_row:
            self.xml.covered.extend(columns, place.data.first_row, before, last_row)
            headed = Area(header_row, columns[0], before, columns[1])
            self._grown.append(Grown(self.part, headed, last_row))
        if place.table is None:
            self._grow_sheet_filter(header_row, before, last_row)
            is_filtered = self.xml.has_filter_criteria
        else:
            place.table.use_insert_row()
            place.table.grow(max(0, last_row - before))
            is_filtered = place.table.has_filter_criteria
        if is_filtered:
            self._warn_reapply()

    def _grow_sheet_filter(self, header_row: int, before: int, last_row: int) -> None:
        """The sheet's filter and the hidden name of its range grow together or not at all."""
        tag = self.xml.filter_tag
        area = Area.find(tag.get(b"ref") or "") if tag else None
        if area is None or (area.first_row, area.last_row) != (header_row, before):
            return
        for name in self.workbook.xml.names():
            is_its_name = name.name == "_xlnm._FilterDatabase" and name.position == self.part.position
            if is_its_name and name.formula.endswith(f"${column_letters(area.last_column)}${before}"):
                self.xml.extend_filter(Area(area.first_row, area.first_column, last_row, area.last_column))
                self.workbook.xml.set_name(name, name.formula.removesuffix(str(before)) + str(last_row))

    # Small things

    def _put(self, row: int, column: int, ready: Prepared, style: int) -> None:
        styles = self.workbook.styles
        if ready.format in _DATES and not styles.is_date(style) and not styles.can_add():
            raise self.rules.refusal(
                row,
                column,
                Text(
                    "het werkboek heeft geen plaats voor nog een datumopmaak. Geef de cel in Excel een datumopmaak.",
                    "the workbook has no room for one more date format. Give the cell a date format in Excel.",
                ),
            )
        fitting = styles.fitting(style, ready.format, quoted=ready.quoted)
        self.xml.put(row, column, NewCell(fitting, ready.kind, ready.xml(self.xml.prefix)))
        self.expected.set(row, column, ready.value)
        if isinstance(ready.value, str) and styles.wraps(fitting):
            self._make_room(row, column, ready.value, styles.font_size(fitting))

    def _make_room(self, row: int, column: int, text: str, font_size: float) -> None:
        """Let a row be high enough for a text that goes on in next lines, as typing it would."""
        if any(merged.has(row, column) for merged in self.xml.merges):
            return  # neither Excel nor LibreOffice makes a row higher for merged cells
        needed = height_for([(text, self.xml.width(column))], font_size)
        if needed > height_for([], font_size):
            self.xml.heighten(row, needed)

    def _prepared(self, row: int, column: int, value: Writable, style: int, *, like: int) -> Prepared:
        """The value made ready for a cell of this style; where that leaves a choice, it is held like the cell of a row."""
        try:
            if isinstance(value, Percentage):
                return self._percentage(value.percents, column, style, like)
            if isinstance(value, Figure):
                value = value.number / 100 if self.workbook.styles.is_percent(style) else value.number
            return prepared(value, date1904=self.workbook.package.date1904)
        except Unwritable as unwritable:
            raise self.rules.refusal(row, column, unwritable.text) from unwritable

    def _percentage(self, percents: float, column: int, style: int, like: int) -> Prepared:
        """So many percent, as a fraction with a percent sign; as the bare number where the column is written that way.

        A bare 1 is never written: it could be 1% or 100%.
        """
        if percents != 1 and not self.workbook.styles.is_percent(style) and self._number(like, column) >= 2:
            return prepared(percents, date1904=False)
        return Prepared(percents / 100, Format.PERCENT)

    def _always_shown_like(self, style: int, place: Place, column: int) -> bool:
        """Whether a column that has a percentage in its last row has nothing else: measurements come in many units."""
        styles = self.workbook.styles
        rows = range(place.data.first_row, place.last_filled + 1) if styles.is_percent(style) else ()
        return all(
            styles.is_percent(self.xml.style(row, column)) for row in rows if self.xml.is_filled(row, column)
        )

    def _number(self, row: int, column: int) -> float:
        """The number that a cell holds; 0 where it holds none."""
        try:
            return float(self.shown(row, column) or 0)
        except ValueError:
            return 0

    def _is_there(self, row: int, column: int) -> bool:
        """Whether the cell is in the file, or was made by this edit."""
        return (row, column) in self.expected or self.xml.cell(row, column) is not None

    def _is_rich(self, row: int, column: int) -> bool:
        cell = self.xml.cell(row, column)
        if cell is None or (row, column) in self.expected:
            return False
        if cell.tag.get(b"t") == "s":
            number = self.xml.text(cell).strip()
            return number.isdigit() and self.workbook.is_rich_text(int(number))
        return any(tag.local == b"r" for tag in tags(self.xml.cell_contents(cell)))

    def _is_filtered(self, row: int, column: int) -> bool:
        """Whether the cell lies in a range that is being filtered."""
        table = next((t for t in self.tables if t.area.has(row, column)), None)
        if table is not None:
            return table.has_filter_criteria
        tag = self.xml.filter_tag
        area = Area.find(tag.get(b"ref") or "") if tag and self.xml.has_filter_criteria else None
        return area is not None and area.has(row, column)

    def _warn_reapply(self) -> None:
        self.workbook.warn(
            f"Op blad {self.part.name} staat een filter aan: pas het opnieuw toe (Gegevens > Opnieuw toepassen).",
            f"Sheet {self.part.name} is filtered: reapply the filter (Data > Reapply).",
        )
