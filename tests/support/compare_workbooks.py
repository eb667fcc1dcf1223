"""Two workbooks compared part by part, so that a failing test says where they differ.

A part that may differ is left out by name, with the reason; nothing else is.
"""

from __future__ import annotations

import difflib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

VOLATILE: Mapping[str, str] = {
    "docProps/app.xml": "names the version of Excel that XlsxWriter stands in for",
    "xl/theme/theme1.xml": "Office's own fonts and colours, of which no cell uses any; XlsxWriter renews them",
}
_MOST_LINES = 12


def differences(expected: Path, actual: Path) -> list[str]:
    """In what the two differ, a line each; empty when they are the same."""
    with zipfile.ZipFile(expected) as one, zipfile.ZipFile(actual) as other:
        names, others = set(one.namelist()), set(other.namelist())
        found = [f"{name}: only in {expected.name}" for name in sorted(names - others)]
        found += [f"{name}: only in the new {actual.name}" for name in sorted(others - names)]
        for name in sorted((names & others) - set(VOLATILE)):
            found += _part_differences(name, one.read(name), other.read(name))
    return found


def _part_differences(name: str, expected: bytes, actual: bytes) -> list[str]:
    if expected == actual:
        return []
    lines = difflib.unified_diff(_readable(expected), _readable(actual), lineterm="", n=0)
    changes = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    more = [f"{name}: and {len(changes) - _MOST_LINES} more lines"] if len(changes) > _MOST_LINES else []
    return [f"{name}: {line}" for line in changes[:_MOST_LINES]] + more


def _readable(part: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    tree = etree.fromstring(part, parser)
    return etree.tostring(tree, pretty_print=True, encoding="unicode").splitlines()
