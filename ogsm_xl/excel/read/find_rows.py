"""Which rows below the headings belong to the plan, and which are totals, notes, titles or blank.

The rules, in this order, for a row without both an ID and the table's key value (an action's text, a session's date …):

1. Nothing in the table's columns, or an ID alone (rows are often numbered in advance): blank, skipped.
2. Cells that repeat the headings: skipped, with a hint.
3. In the table of actions, one text alone that is a strategy's ID or text: a banner; the strategy counts for the actions
   below it that name none.
4. A text that begins with a word for totals, without ID and owner: skipped, with a hint. The totals row that an Excel
   table declares is skipped without one.
5. Outside an Excel table: a text that begins as a note does ("Legenda", "*", "Bron:" …) is skipped with a hint, below the
   data together with all that follows; below a blank row, at most two cells are a note, too; one cell alone that is not the
   key, or that is merged over several columns, is a title.
6. Everything else is a row of the plan, also when it was pasted below the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ogsm_xl.excel.read.find_tables import Located
from ogsm_xl.excel.read.headings import key_field, normalised_heading
from ogsm_xl.excel.read.sheet_cells import NO_RESULT, are_plain_ids
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.unclear import shown
from ogsm_xl.rules import structure
from ogsm_xl.rules.rule import Rule

_DIGITS: Final = frozenset("0123456789")
_TOTAL = re.compile(
    r"(?:(?:sub|eind)?totaal|(?:sub|grand )?total)\b.{0,30}|(?:gemiddelde?|average|som|sum|aantal|count)\W*[\d.,%\s]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\*|legend[a]?\b|nb\b|n\.b\.|let op\b|noot\b|(?:opmerking(?:en)?|toelichting|notes?|remarks?|bron|source|uitleg|key)\s*:"
    r"|laatst (?:bijgewerkt|gewijzigd)|last (?:updated|changed)|afgedrukt|printed|versie\s|version\s|©",
    re.IGNORECASE,
)


@dataclass
class Rows:
    """The rows of a table that belong to the plan.

    Attributes:
        numbers: The rows, counted from 1, from top to bottom.
        banners: For an action below a banner: its row to the ID of the strategy.
        findings: What was left out, and why.
    """

    numbers: list[int] = field(default_factory=list)
    banners: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_rows(located: Located, strategy_in: Callable[[str], str | None]) -> Rows:
    """The rows of a table that belong to the plan.

    Args:
        located: The table.
        strategy_in: The ID of the strategy that a text names, or None.
    """
    candidates = range(located.header_row + 1, located.last_row + 1)
    columns = located.headings.columns
    keys = located.cells.column(columns.get(key_field(located.table), 0), candidates)
    proof = "id" if "id" in columns else "mail"
    proofs = located.cells.column(columns.get(proof, 0), candidates)
    if are_plain_ids(proofs) and "" not in keys and NO_RESULT not in keys:
        return Rows(numbers=[*candidates])
    plain = [
        key != "" and key is not NO_RESULT and (_is_proof(value) or isinstance(value, float))
        for value, key in zip(proofs, keys, strict=True)
    ]
    sorter = _Sorter(located, strategy_in, {row for row, good in zip(candidates, plain, strict=True) if good})
    for row in candidates:
        sorter.take(row)
    return sorter.rows


def _is_id(value: object) -> bool:
    """Whether a cell surely holds an ID: legends have letters there, too."""
    return isinstance(value, float) or (isinstance(value, str) and value[-1:] in _DIGITS)


def _is_proof(value: object) -> bool:
    """Whether an ID, or a person's mail address, makes sure that a row is part of the plan."""
    return isinstance(value, str) and (value[-1:] in _DIGITS or "@" in value)


class _Sorter:
    """Decides row by row, from top to bottom."""

    def __init__(self, located: Located, strategy_in: Callable[[str], str | None], plain: set[int]) -> None:
        self.rows = Rows()
        self._located = located
        self._key = key_field(located.table)
        self._strategy_in = strategy_in
        self._plain = plain
        self._span = (min(located.headings.columns.values()), max(located.headings.columns.values()))
        self._headings = {
            column: normalised_heading(text) for column, text in located.headings.written.items() if text
        }
        excel_table = located.excel_table
        data = excel_table.data if excel_table else None
        self._table_rows = range(data.first_row, data.last_row + 1) if data else range(0)
        self._totals_rows = (
            range(data.last_row + 1, data.last_row + 1 + excel_table.totals_rows)
            if data and excel_table
            else range(0)
        )
        rows_upwards = range(located.last_row, located.header_row, -1)
        self._last_full = next((row for row in rows_upwards if self._is_full(row)), 0)
        self._wide = {area.first_row for area in located.cells.merges if area.columns >= 3}
        self._legend = False
        self._gap = False
        self._banner = ""

    def take(self, row: int) -> None:
        """Decide on the next row."""
        if row in self._plain:
            self._add(row)
            return
        if row in self._totals_rows:
            return
        cells = self._cells(row)
        written = self._written(row)
        if banner := self._banner_in(cells):
            self._banner = banner
        elif not written or self._is_only_an_id(written):
            self._gap = True
        elif rule := self._reason_to_leave_out(row, cells, written):
            column, text = next(((c, v) for c, v in cells.items() if isinstance(v, str)), (self._span[0], ""))
            where = CellRef(self._located.cells.name, row, column)
            self.rows.findings.append(rule.found(where, text=shown(text)))
        else:
            self._add(row)

    def _add(self, row: int) -> None:
        self.rows.numbers.append(row)
        self._gap = False
        if self._banner:
            self.rows.banners[row] = self._banner

    def _reason_to_leave_out(
        self, row: int, cells: Mapping[int, object], written: Mapping[str, object]
    ) -> Rule | None:
        """The rule by which a row that holds something is no row of the plan, or None when it is one."""
        text = next((value.strip() for value in cells.values() if isinstance(value, str)), "")
        below = row > self._last_full
        if self._repeats_headings(cells):
            return structure.HEADINGS_REPEATED
        if _TOTAL.fullmatch(text) and "owner" not in written and not _is_id(written.get("id")):
            return structure.TOTAL_LEFT_OUT
        if row in self._table_rows:
            return None
        if len(written) <= 2 and _NOTE.match(text):
            self._legend = self._legend or below
            return structure.NOTE_LEFT_OUT
        if self._legend or (below and len(written) <= 2 and (self._gap or self._key not in written)):
            return structure.NOTE_LEFT_OUT
        if len(cells) == 1 and (self._key not in written or row in self._wide):
            return structure.TITLE_LEFT_OUT
        return None

    def _is_full(self, row: int) -> bool:
        return row in self._plain or row in self._table_rows or len(self._written(row)) >= 3

    def _is_only_an_id(self, written: Mapping[str, object]) -> bool:
        return written.keys() == {"id"} and _is_id(written["id"])

    def _repeats_headings(self, cells: Mapping[int, object]) -> bool:
        same = sum(
            isinstance(value, str) and normalised_heading(value) == self._headings.get(column)
            for column, value in cells.items()
        )
        return same >= 2 and same * 2 > len(cells)

    def _banner_in(self, cells: Mapping[int, object]) -> str | None:
        if self._located.table.name != "Actions" or len(cells) != 1:
            return None
        (value,) = cells.values()
        return self._strategy_in(value) if isinstance(value, str) else None

    def _cells(self, row: int) -> Mapping[int, object]:
        """What the row holds in the table's columns, unknown columns among them."""
        first, last = self._span
        return {
            column: value for column, value in self._located.cells.row(row).items() if first <= column <= last
        }

    def _written(self, row: int) -> Mapping[str, object]:
        """What the row holds in the columns that the plan knows, by field."""
        cells: Mapping[int, object] = self._located.cells.row(row)
        columns = self._located.headings.columns
        return {field: cells[column] for field, column in columns.items() if column in cells}
