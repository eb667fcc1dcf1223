"""What is wrong with a plan, as a value: which cell, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.words import Text


class Severity(IntEnum):
    """How bad a finding is; the higher, the worse."""

    HINT = 1  # it could be better
    WARNING = 2  # the plan contradicts itself or misses something
    ERROR = 3  # the jobs can't do their work with this row

    @property
    def word(self) -> Text:
        """The severity as users read it."""
        return {
            Severity.HINT: Text("tip", "hint"),
            Severity.WARNING: Text("waarschuwing", "warning"),
            Severity.ERROR: Text("fout", "error"),
        }[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or could be better.

    Attributes:
        code: The rule's stable code, such as `OX201`.
        severity: How bad it is.
        message: What is wrong, in words that the owner of the row understands.
        fix: What to do about it.
        where: The cell, or None when it concerns the workbook as a whole.
        item: The ID of the item that it concerns, such as `A12`, or "".
        owner: The name of that item's owner, or "".
    """

    code: str
    severity: Severity
    message: Text
    fix: Text
    where: CellRef | None = None
    item: str = ""
    owner: str = ""
