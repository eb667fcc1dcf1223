"""Reads the keys in the first column of the plan that `workbooks.py` builds."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook


def keys_of(plan: Path) -> list[str]:
    """The keys of the actions, in order."""
    sheet = CalamineWorkbook.from_path(plan).get_sheet_by_name("Acties")
    return [str(row[0]) for row in sheet.to_python(skip_empty_area=False)[3:]]
