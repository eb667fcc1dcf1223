"""The ID of every row: read, proposed where it is missing, reported where two rows have the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final

from ogsm_xl.excel.layout import ACTIONS, GOALS, INDICATORS, OBJECTIVE, STRATEGIES, Kind
from ogsm_xl.excel.read.read_columns import Titles, Trouble, read_column
from ogsm_xl.excel.read.sheet_cells import are_plain_ids
from ogsm_xl.excel.read.table_rows import TableRows
from ogsm_xl.plan.cells import CellRef, RowRef
from ogsm_xl.plan.model import normalised_id
from ogsm_xl.plan.written import id_in_front, is_blank
from ogsm_xl.rules import structure

_ITEMS: Final = frozenset({OBJECTIVE.name, STRATEGIES.name, INDICATORS.name, ACTIONS.name})
_REFERENCES: Final = ("id", "item", "strategies", "goals", "session")
_SERVED: Final = ("strategies", "goals")
_HISTORY: Final = ("item", "session")
_NUMBERED: Final = re.compile(r"([A-Z]{1,6})-?(\d{1,9})(?!\d)")


def give_ids(found: Mapping[str, TableRows]) -> None:
    """Fill `ids` of every table that has them, propose what is missing, and report what occurs twice."""
    troubles: list[tuple[TableRows, int, Trouble]] = []
    for one in found.values():
        column = next((c for c in one.table.columns if c.kind is Kind.ID), None)
        if column is not None:
            cells = one.cells(column.field) or [""] * len(one.numbers)
            read = read_column(column, cells, "", Titles(), date1904=False)
            one.ids = read.values
            troubles.extend((one, at, trouble) for at, trouble in read.troubles.items())
    if any("" in one.ids for one in found.values()):
        highest = _highest_numbers(found.values())
        served = {prefix + digits for prefix, digits in _named(found.values(), _SERVED)}
        told_of = {prefix for prefix, _ in _named(found.values(), _HISTORY)}
        for one in found.values():
            if one.table.prefix not in told_of and _means_rows(one, served):
                highest.pop(one.table.prefix, None)
            _propose(one, highest, served)
    for one, at, trouble in troubles:
        one.report("id", at, trouble)
    _report_duplicates([one for one in found.values() if one.table.name in _ITEMS])
    for one in found.values():
        if one.table.name not in _ITEMS:
            _report_duplicates([one])


def titles_of(found: Iterable[TableRows]) -> Titles:
    """The texts of strategies, goals and everything that is reported on, with the IDs that they stand for."""
    return Titles(
        {
            one.table.name: [*zip(one.cells("text") or (), one.ids, strict=False)]
            for one in found
            if one.table.name in _ITEMS or one.table is GOALS
        }
    )


def _highest_numbers(found: Iterable[TableRows]) -> dict[str, int]:
    """The highest number of each prefix, in IDs and in what refers to them: an ID that was ever used is not used again."""
    highest: dict[str, int] = {}
    for prefix, digits in _named(found, _REFERENCES):
        highest[prefix] = max(highest.get(prefix, 0), int(digits))
    return highest


def _named(found: Iterable[TableRows], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The IDs, as prefix and digits, in the columns of these names."""
    for one in found:
        for name in names:
            for cell in {cell for cell in one.cells(name) or () if isinstance(cell, str)}:
                yield from _NUMBERED.findall(normalised_id(cell))


def _means_rows(one: TableRows, served: Collection[str]) -> bool:
    """Whether the IDs of a table that has none yet, where other rows name them, can only be its rows from the first to the last."""
    prefix, rows = one.table.prefix, len(one.ids)
    own = [id_ for id_ in served if re.fullmatch(rf"{prefix}\d{{1,9}}", id_)]
    return not any(one.ids) and all(1 <= int(id_.removeprefix(prefix)) <= rows for id_ in own)


def _propose(one: TableRows, highest: dict[str, int], served: Collection[str]) -> None:
    """The ID that the row's text begins with if that is free, else the next number.

    Args:
        one: The rows.
        highest: The highest number of each prefix so far.
        served: The IDs that strategies, indicators and actions say they serve.
    """
    if "" not in one.ids:
        return
    prefix = one.table.prefix
    own = re.compile(rf"{prefix}\d{{1,9}}")
    taken = {normalised_id(id_) for id_ in one.ids}
    texts = one.cells("text") or repeat("", len(one.ids))
    for at, (id_, text) in enumerate(zip([*one.ids], texts, strict=True)):
        if id_:
            continue
        proposed = normalised_id(id_in_front(text.strip()) or "") if isinstance(text, str) else ""
        if not own.fullmatch(proposed) or proposed in taken:
            highest[prefix] = highest.get(prefix, 0) + 1
            proposed = f"{prefix}{highest[prefix]}"
        else:
            highest[prefix] = max(highest.get(prefix, 0), int(proposed.removeprefix(prefix)))
        taken.add(proposed)
        one.ids[at] = proposed
    _note_proposals(one, sorted(id_ for id_ in {*served} - taken if own.fullmatch(id_)))


def _note_proposals(one: TableRows, nobodys: Sequence[str]) -> None:
    """Remember the cells that are blank and can get their ID; a formula or error there is left alone."""
    raw = one.cells("id")
    for row, cell, id_ in zip(one.numbers, raw or (), one.ids, strict=False):
        if isinstance(cell, str) and is_blank(cell):
            where = one.located.cell(row, "id")
            one.proposed[where] = id_
            found = structure.ID_MISSING.found(where, item=id_, proposed=id_)
            if nobodys:
                ids = ", ".join(nobodys)
                found = structure.ID_MISSING_BUT_NAMED.found(where, item=id_, proposed=id_, ids=ids)
            one.findings.append(found)


def _report_duplicates(tables: Sequence[TableRows]) -> None:
    """IDs that several rows have: among everything that is reported on, or within one table."""
    all_ids = [id_ for one in tables for id_ in one.ids]
    if len(set(all_ids)) == len(all_ids) and are_plain_ids(all_ids):
        return
    first: dict[str, CellRef] = {}
    for one in tables:
        for row, id_ in zip(one.numbers, one.ids, strict=False):
            cell = RowRef(one.located.place, row).cell("id")
            other = first.setdefault(normalised_id(id_), cell)
            if other != cell:
                one.findings.append(structure.DUPLICATE_ID.found(cell, item=id_, id=id_, other=other))
