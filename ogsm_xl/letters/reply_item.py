"""What an answer says about one item, as it is gathered from line after line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ogsm_xl.letters.answer_text import prepared
from ogsm_xl.letters.answer_values import Said
from ogsm_xl.letters.reply_labels import is_blank
from ogsm_xl.plan.words import Status

_ALL_OF_IT = 100


@dataclass
class SaidOfItem:
    """Everything that was said about one item.

    Attributes:
        values: Field to value, as it was said about this item.
        of_all: The same, as it was said about everything.
        conflicts: Field to two values for it.
        texts: Field to lines.
        negations: What was said about what it is not: the fields, and the text.
        named_with: What stands behind its ID, the first time.
        apart: Whether something was said about it in particular, in words that stand behind no label.
        day_said: Whether a day of measurement was named elsewhere than behind its label, which may be our line to copy.
        done_line: The line that says that it is done, and nothing else besides values; "" where there is none.
        outdated: The fields of which what is said now goes before what was said above.
        doubted: Whether its author hears about something in it already.
    """

    values: dict[str, object] = field(default_factory=dict)
    of_all: dict[str, object] = field(default_factory=dict)
    conflicts: dict[str, tuple[object, object]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    negations: list[tuple[frozenset[str], str]] = field(default_factory=list)
    named_with: str = ""
    apart: bool = False
    day_said: bool = False
    done_line: str = ""
    outdated: set[str] = field(default_factory=set)
    doubted: bool = False

    def put(self, said: Said, *, of_all: bool = False) -> None:
        """Note a value; two for one field are a conflict, unless the first is outdated."""
        values = self.of_all if of_all else self.values
        if not of_all and said.field == "no_change" and self.outdated:
            said_above = self.values[min(self.outdated)]
            self.conflicts.setdefault(said.field, (said_above, said.value))
        if not of_all and said.field in self.outdated:
            self.withdraw(said.field)
        before = values.setdefault(said.field, said.value)
        if before != said.value:
            self.conflicts.setdefault(said.field, (before, said.value))

    def withdraw(self, name: str) -> None:
        """Forget the value of a field."""
        self.outdated.discard(name)
        self.values.pop(name, None)
        self.conflicts.pop(name, None)

    def add(self, name: str, line: str) -> None:
        """Note a line of a text."""
        self.texts.setdefault(name, []).append(line)

    def text(self, name: str) -> str:
        """The lines of a text."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.texts.get(name, ()))).strip()

    @property
    def is_left_out(self) -> bool:
        """Whether what was said about everything may not be about it: `alles groen. A12 volgt nog`."""
        return bool(self.of_all) and self.apart and not self.values

    @property
    def says_little(self) -> bool:
        """Whether no more than a label or a blank of ours stood behind its ID: `Gedaan:`, `[kleur] [voortgang]%`."""
        return self.named_with.endswith(":") or is_blank(prepared(self.named_with))

    def settled(self) -> dict[str, object]:
        """The values that count: what was said about the item itself goes before what was said about everything."""
        if self.values.get("no_change") or self.is_left_out:
            return dict(self.values)
        return {**self.of_all, **self.values}


def status_and_progress(values: Mapping[str, object]) -> tuple[object, object] | None:
    """A status and a percentage that can't both be right: done with work left, or to do with work done; None for any other."""
    status, progress = values.get("status"), values.get("progress")
    if not isinstance(progress, int):
        return None
    wrong = (status is Status.DONE and progress < _ALL_OF_IT) or (status is Status.TO_DO and progress > 0)
    return (status, progress) if wrong else None
