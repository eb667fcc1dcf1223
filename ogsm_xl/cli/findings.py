"""Findings as a person reads them on a terminal: per sheet, in columns that wrap, with colour beside the word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.validate import MARKS, printable, sheet_of

if TYPE_CHECKING:
    from ogsm_xl.usecases.validate import Validation

_COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_WIDEST: Final = 120  # longer lines are hard to read
_LONGEST_OWNER: Final = 22


def show(validation: Validation, language: Language, console: Console | None = None) -> None:
    """Show what was found on the terminal, the summary last."""
    console = console or Console(highlight=False)
    width = min(console.width, _WIDEST)
    for sheet, found in groupby(validation.findings, key=sheet_of):
        console.print(Styled(printable(sheet.in_(language)), style="bold underline"), width=width)
        console.print(findings_table(tuple(found), language), width=width)
    console.print(Styled(validation.summary.in_(language), style="bold"), width=width)


def findings_table(findings: Sequence[Finding], language: Language) -> RenderableType:
    """The findings of one sheet: cell and code, severity and owner, what is wrong and how to mend it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=_LONGEST_OWNER)
    table.add_column(ratio=1)
    for finding in findings:
        word = f"{MARKS[finding.severity]} {finding.severity.word.in_(language)}"
        table.add_row(
            Group(Styled(finding.where.address if finding.where else "-"), Styled(finding.code, style="dim")),
            Group(
                Styled(word, style=_COLOURS[finding.severity]),
                Styled(printable(finding.owner), style="dim", no_wrap=True, overflow="ellipsis"),
            ),
            Group(
                Styled(printable(finding.message.in_(language))),
                Styled(f"→ {printable(finding.fix.in_(language))}", style="dim"),
                Styled(""),
            ),
        )
    return table
