"""Where the plan's tables stand in a workbook: by Excel table name, else by sheet name, else by headings.

A workbook that can't be used as a whole (a required sheet or heading is missing) is an `InputProblem`; what is
merely odd is a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogsm_xl.excel.layout import TABLES, Table
from ogsm_xl.excel.ooxml.package import SheetPart, TablePart
from ogsm_xl.excel.read.headings import (
    Headings,
    key_field,
    match_headings,
    resembling,
    sheet_matches,
    sheet_resembles,
)
from ogsm_xl.excel.read.sheet_cells import Cells, Sheets
from ogsm_xl.plan.cells import CellRef, TablePlace, column_letters
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.rules import structure

HEADING_ROWS = 30
"""Headings are looked for in this many rows from the top of a sheet."""

_FEWEST_IN_LOWER_ROW = 2
_FEWEST_HEADINGS = 3  # for a table that neither its own name nor its sheet's gives away


@dataclass(frozen=True)
class Located:
    """A table of the plan, found in the workbook.

    Attributes:
        table: Which one.
        cells: The sheet that it stands on.
        header_row: The row of its headings.
        headings: Which column holds which field.
        excel_table: The Excel table that it is, or None when it is just a range.
        last_row: The last row that can belong to it: something else begins below, or the sheet ends.
    """

    table: Table
    cells: Cells
    header_row: int
    headings: Headings
    excel_table: TablePart | None = None
    last_row: int = 0

    @property
    def place(self) -> TablePlace:
        """Where it was found, as the plan's rows remember it."""
        return TablePlace(self.cells.name, self.header_row, self.headings.columns)

    def cell(self, row: int, field: str) -> CellRef:
        """The cell of a field that has a column."""
        return CellRef(self.cells.name, row, self.headings.columns[field])

    def heading(self, field: str) -> Text:
        """The heading of a field: as the workbook writes it, else as the template does."""
        column = self.headings.columns.get(field)
        written = self.headings.written.get(column) if column else None
        return Text(written, written) if written else self.table.column(field).heading


def find_tables(sheets: Sheets) -> tuple[Mapping[str, Located], Sequence[Finding]]:
    """The plan's tables by name, and what is odd about where they stand.

    Raises:
        InputProblem: A sheet or a heading that the jobs need is missing, or a sheet is damaged or far too large.
    """
    found = _by_table_name(sheets)
    by_name = bool(found)
    _add_by_sheet_name(sheets, found)
    named = {*found}
    _add_by_headings(sheets, found, required_only=by_name)
    for table in TABLES:
        if table.required:
            _check_required(sheets, table, found.get(table.name))
    unusable = [*_unusable(sheets, found)]
    ordered = {
        table.name: replace(found[table.name], last_row=_last_row(found[table.name]))
        for table in TABLES
        if table.name in found and not found[table.name].headings.lacks_required(table)
    }
    return ordered, [*_oddities(ordered), *unusable, *_sheets_left_out(sheets, ordered, named)]


def _by_table_name(sheets: Sheets) -> dict[str, Located]:
    found: dict[str, Located] = {}
    for part in sheets.parts:
        for excel_table in part.tables:
            table = next((t for t in TABLES if t.name.casefold() == excel_table.name.casefold()), None)
            if table is None or table.name in found or not excel_table.header_rows:
                continue
            cells = sheets.cells(part)
            row = excel_table.area.first_row
            headings = match_headings(table, _heading_cells(cells, part, excel_table))
            found[table.name] = Located(table, cells, row, headings, excel_table)
    return found


def _heading_cells(cells: Cells, part: SheetPart, excel_table: TablePart) -> Mapping[int, object]:
    """The headings of an Excel table, and of columns that were added right beside it."""
    area = excel_table.area
    others = [other.area for other in part.tables if other is not excel_table]
    row = cells.row(area.first_row)
    last = area.last_column
    while (last + 1) in row and not any(other.has(area.first_row, last + 1) for other in others):
        last += 1
    return {column: value for column, value in row.items() if area.first_column <= column <= last}


def _add_by_sheet_name(sheets: Sheets, found: dict[str, Located]) -> None:
    for table in TABLES:
        if table.name in found:
            continue
        for part in sheets.parts:
            if not sheet_matches(table, part.name) or _is_taken(part, found):
                continue
            located = _best_row(table, sheets.cells(part))
            if located is not None and not located.headings.lacks_required(table):
                found[table.name] = located
                break


def _add_by_headings(sheets: Sheets, found: dict[str, Located], *, required_only: bool) -> None:
    """The remaining tables by their headings alone, those with the most headings first; each sheet serves once.

    In a workbook whose tables have the template's names only required ones are looked for: its overview repeats
    the headings of other sheets.
    """
    missing = [t for t in TABLES if t.name not in found and (t.required or not required_only)]
    free = (
        [part for part in sheets.parts if not part.hidden and not _is_taken(part, found)] if missing else []
    )
    candidates = [
        located
        for table in missing
        for part in free
        if (located := _best_row(table, sheets.cells(part))) is not None and _is_surely(located)
    ]
    for located in sorted(candidates, key=lambda one: -len(one.headings.columns)):
        if located.table.name not in found and not _is_taken(located.cells.part, found):
            found[located.table.name] = located


def _best_row(table: Table, cells: Cells) -> Located | None:
    """The row among the first ones that has most of the table's headings, or None when none has any."""
    best: Located | None = None
    for row in range(1, min(HEADING_ROWS, cells.last_row) + 1):
        headings = _headings_of_row(table, cells, row)
        if headings.columns and (best is None or len(headings.columns) > len(best.headings.columns)):
            best = Located(table, cells, row, headings, _excel_table(cells, row, headings))
    return best


def _headings_of_row(table: Table, cells: Cells, row: int) -> Headings:
    """The headings of a row; with two rows of headings, one of the upper row counts where the lower one is blank."""
    lower = cells.row(row)
    headings = match_headings(table, lower)
    if len(headings.columns) < _FEWEST_IN_LOWER_ROW or row == 1:
        return headings
    upper = cells.row(row - 1)
    above = {at: upper[at] for at in match_headings(table, upper).columns.values() if at not in lower}
    return match_headings(table, dict(sorted({**above, **lower}.items()))) if above else headings


def _excel_table(cells: Cells, row: int, headings: Headings) -> TablePart | None:
    """The Excel table with these headings, whatever its name."""
    first = min(headings.columns.values())
    return next((t for t in cells.part.tables if t.area.first_row == row and t.area.has(row, first)), None)


def _is_taken(part: SheetPart, found: Mapping[str, Located]) -> bool:
    return any(one.cells.part.part == part.part for one in found.values())


def _last_row(located: Located) -> int:
    """The last row before another Excel table begins below this one, or the last row of the sheet."""
    columns = located.headings.columns.values()
    begins = [
        other.area.first_row
        for other in located.cells.part.tables
        if other.area.first_row > located.header_row
        and other.area.first_column <= max(columns)
        and other.area.last_column >= min(columns)
    ]
    return min(begins, default=located.cells.last_row + 1) - 1


def _check_required(sheets: Sheets, table: Table, located: Located | None) -> None:
    if located is None:
        named = next((part for part in sheets.parts if sheet_matches(table, part.name)), None)
        located = _best_row(table, sheets.cells(named)) if named else None
        if named and located is None:
            located = Located(table, sheets.cells(named), 1, match_headings(table, {}))
    if located is None:
        raise _sheet_missing(sheets, table)
    if missing := located.headings.lacks_required(table):
        raise _heading_missing(sheets.file_name, located, _listed([c.heading for c in missing]))


def _sheet_missing(sheets: Sheets, table: Table) -> InputProblem:
    needed = _listed([column.heading for column in table.columns if column.required])
    present = ", ".join(part.name for part in sheets.parts) or "–"
    return InputProblem(
        Text(
            f"{sheets.file_name}: er is geen blad {table.sheet.nl} gevonden. De bladen heten: {present}. Voeg een blad "
            f"{table.sheet.nl} toe met in elk geval de koppen {needed.nl}, of begin met het sjabloon.",
            f"{sheets.file_name}: no sheet {table.sheet.en} was found. The sheets are called: {present}. Add a sheet "
            f"{table.sheet.en} with at least the headings {needed.en}, or begin with the template.",
        )
    )


def _heading_missing(file: str, located: Located, missing: Text) -> InputProblem:
    sheet, row = located.cells.name, located.header_row
    written = [text for text in located.headings.written.values() if text]
    seen = Text(
        f"In rij {row} staan de koppen: {', '.join(written)}."
        if written
        else "Er zijn geen koppen gevonden.",
        f"Row {row} holds the headings: {', '.join(written)}." if written else "No headings were found.",
    )
    guess = _guessed(located)
    return InputProblem(
        Text(
            f"{file}, blad {sheet}: geen kolom gevonden voor {missing.nl}. {seen.nl} {guess.nl}Geef de juiste kolom deze kop, "
            "of voeg hem toe.",
            f"{file}, sheet {sheet}: no column was found for {missing.en}. {seen.en} {guess.en}Give the right column this "
            "heading, or add it.",
        )
    )


def _guessed(located: Located) -> Text:
    """Which of the headings may be one that is needed, as a sentence with a blank behind it; nothing without a guess."""
    alike = resembling(located.table, located.headings)
    guesses = {at: column.heading for at, column in alike.items() if column.required}
    written = located.headings.written
    nl = [f"“{written[at]}” is misschien {heading.nl}" for at, heading in guesses.items()]
    en = [f"“{written[at]}” may be {heading.en}" for at, heading in guesses.items()]
    return Text(f"{', '.join(nl)}. ", f"{', '.join(en)}. ") if guesses else Text("", "")


def _oddities(found: Mapping[str, Located]) -> Iterator[Finding]:
    """Columns that are missing or there twice."""
    for one in found.values():
        sheet = one.cells.name
        alike = resembling(one.table, one.headings)
        guessed = {"id", *(column.field for column in alike.values())}
        lacking = [column for column in one.headings.lacks(one.table) if column.field not in guessed]
        first = CellRef(sheet, one.header_row, min(one.headings.columns.values()))
        if one.table.prefix and "id" not in one.headings.columns:
            yield structure.ID_COLUMN_MISSING.found(first, sheet=sheet)
        if lacking:
            headings = _listed([column.heading for column in lacking])
            yield structure.HEADINGS_MISSING.found(first, sheet=sheet, headings=headings)
        for at, missing in sorted(alike.items()):
            yield structure.HEADING_ALIKE.found(
                CellRef(sheet, one.header_row, at), heading=one.headings.written[at], missing=missing.heading
            )
        for column, field in sorted(one.headings.second.items()):
            yield structure.SECOND_COLUMN.found(
                CellRef(sheet, one.header_row, column),
                heading=one.headings.written[column],
                field=one.table.column(field).heading,
                column=column_letters(one.headings.columns[field]),
            )


def _unusable(sheets: Sheets, found: Mapping[str, Located]) -> Iterator[Finding]:
    """Sheets of optional tables that have their name, and some headings, but not those that the table needs."""
    for table in TABLES:
        located = found.get(table.name)
        if located is None:
            parts = [p for p in sheets.parts if sheet_matches(table, p.name) and not _is_taken(p, found)]
            located = _best_row(table, sheets.cells(parts[0])) if parts else None
        missing = located.headings.lacks_required(table) if located else ()
        if located and missing and len(located.headings.columns) >= _FEWEST_IN_LOWER_ROW:
            where = CellRef(located.cells.name, located.header_row, min(located.headings.columns.values()))
            headings = _listed([column.heading for column in missing])
            yield structure.SHEET_UNUSABLE.found(where, sheet=located.cells.name, missing=headings)


def _sheets_left_out(
    sheets: Sheets, found: Mapping[str, Located], named: Collection[str]
) -> Iterator[Finding]:
    """Sheets that look like a table that was found elsewhere: by their name, or by headings where only those told."""
    for part in sheets.parts:
        if part.hidden or _is_taken(part, found):
            continue
        for one in found.values():
            by_headings = one.table.required and one.table.name not in named
            if not by_headings and not sheet_resembles(one.table, part.name):
                continue
            same = _best_row(one.table, sheets.cells(part))
            if same is not None and _is_surely(same):
                where = CellRef(part.name, same.header_row, min(same.headings.columns.values()))
                yield structure.SHEET_LEFT_OUT.found(
                    where, sheet=part.name, table=one.table.sheet, chosen=one.cells.name
                )
                break


def _is_surely(located: Located) -> bool:
    """Whether the headings alone make sure which table it is."""
    headings = located.headings
    return (
        not headings.lacks_required(located.table)
        and key_field(located.table) in headings.columns
        and len(headings.columns) >= _FEWEST_HEADINGS
    )


def _listed(headings: Sequence[Text]) -> Text:
    return Text(", ".join(text.nl for text in headings), ", ".join(text.en for text in headings))
