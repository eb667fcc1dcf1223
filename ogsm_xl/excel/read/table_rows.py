"""A table of the plan while it is being read: its rows, their IDs, and what there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ogsm_xl.excel.layout import ACTIONS, STRATEGIES, Table
from ogsm_xl.excel.read.find_rows import find_rows
from ogsm_xl.excel.read.find_tables import Located
from ogsm_xl.excel.read.read_columns import Trouble
from ogsm_xl.excel.read.sheet_cells import ErrorCell
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.written import Unclear, folded, id_in_front, read_id
from ogsm_xl.rules import structure
from ogsm_xl.rules.rule import Rule


@dataclass
class TableRows:
    """The rows of one table.

    Attributes:
        located: Where the table stands.
        numbers: The rows that belong to the plan, counted from 1.
        banners: A row to the strategy of the banner above it.
        findings: What was found so far.
        ids: The ID of every row, once they are known; empty for a table without IDs.
        proposed: Cell of a missing ID to the ID that it is to get.
    """

    located: Located
    numbers: list[int]
    banners: Mapping[int, str]
    findings: list[Finding]
    ids: list[str] = field(default_factory=list)
    proposed: dict[CellRef, str] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """Which table it is."""
        return self.located.table

    def cells(self, field_name: str) -> Sequence[object] | None:
        """The cells of a field's column in these rows, or None when the field has no column."""
        column = self.located.headings.columns.get(field_name)
        return None if column is None else self.located.cells.column(column, self.numbers)

    def report(self, field_name: str, at: int, trouble: Trouble, owner: str = "") -> None:
        """Add the finding about the cell of a field, in the row at this position, that could not be read."""
        where = self.located.cell(self.numbers[at], field_name)
        item = self.ids[at] if self.ids else ""
        found = partial(
            _rule(trouble).found, where, item=item, owner=owner, heading=self.located.heading(field_name)
        )
        match trouble:
            case ErrorCell():
                self.findings.append(found(error=trouble.word))
            case Unclear():
                self.findings.append(found(why=trouble.why, write=trouble.write))
            case _:
                self.findings.append(found())


def _rule(trouble: Trouble) -> Rule:
    if isinstance(trouble, ErrorCell):
        return structure.ERROR_VALUE
    if isinstance(trouble, Unclear):
        return structure.AMBIGUOUS if trouble.ambiguous else structure.UNREADABLE
    return structure.NO_RESULT


def rows_of(located: Mapping[str, Located]) -> dict[str, TableRows]:
    """The rows of every table; those of the strategies before the actions, as banners between actions refer to them."""
    found: dict[str, TableRows] = {}
    strategies: dict[str, str] = {}

    def strategy_in(text: str) -> str | None:
        named = id_in_front(text.strip())
        return strategies.get(folded(text)) or (strategies.get(folded(named)) if named else None)

    for name in sorted(located, key=lambda each: each == ACTIONS.name):
        one = located[name]
        one.cells.fill_merged(
            [column for field, column in one.headings.columns.items() if field not in {"id", "text"}]
        )
        rows = find_rows(one, strategy_in)
        found[name] = TableRows(one, rows.numbers, rows.banners, rows.findings)
        if name == STRATEGIES.name:
            strategies = _names_of(found[name])
    return {name: found[name] for name in located}


def _names_of(strategies: TableRows) -> dict[str, str]:
    """How a banner can name a strategy, folded: by its ID, its text, or the ID in front of its text."""
    names: dict[str, str] = {}
    texts = strategies.cells("text") or []
    ids = strategies.cells("id") or [""] * len(texts)
    for id_cell, text_cell in zip(ids, texts, strict=True):
        text = text_cell.strip() if isinstance(text_cell, str) else ""
        id_ = (read_id(id_cell) if isinstance(id_cell, str | float) else None) or id_in_front(text) or ""
        names.update({folded(name): id_ or text for name in (id_, text) if name})
    return names
