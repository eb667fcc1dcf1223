"""What stands above a signature, and what below one is part of the answer all the same.

A line of dashes, or what a telephone adds, may stand in the middle of an answer. And a signature may hold what looks
like an ID (`A13 | Room 4.12`). What can't be told for sure is not read, and its author hears of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from ogsm_xl.letters.quoting import begins_signature, is_phone_signature, is_rule_above_signature
from ogsm_xl.letters.reply_heads import Head, Heads
from ogsm_xl.letters.reply_labels import Label, is_blank, labelled
from ogsm_xl.letters.reply_lines import SECTION_END, quoted, read_answers
from ogsm_xl.plan.words import ItemKind, Text

BELOW_SIGNATURE = Text(
    "“{line}” staat onder je groet of ondertekening en is niet verwerkt. Hoort het bij je antwoord, zet het er dan boven.",
    "“{line}” stands below your closing or signature and was not recorded. If it is part of your answer, put it above.",
)

_MOST_TOLD = 3
_TEXTS = frozenset({Label.DONE, Label.NEXT, Label.NEEDED, Label.PROPOSAL})


class SignedText:
    """Tells apart what belongs to the answer in a text with a signature.

    Args:
        items: ID to kind of every item that was asked.
        day: The day on which it was written.
        titles: ID to the item's own text.
    """

    def __init__(self, items: Mapping[str, ItemKind], day: date, titles: Mapping[str, str]) -> None:
        self._items = items
        self._day = day
        self._titles = titles

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self._items, self._day, self._titles)

    def parted(self, text: str) -> tuple[str, tuple[Text, ...]]:
        """The text as it is to be read, and what its author hears about the rest."""
        lines = text.split("\n")
        if not any(map(begins_signature, lines)):
            return text, ()
        lines = self._without_false_beginnings(lines)
        kept: list[str] = []
        told: list[Text] = []
        is_below, is_answered, looked_at = False, False, 0
        for number, line in enumerate(lines):
            plain = line.strip()
            if line == SECTION_END:
                is_below = False
            elif begins_signature(line):
                is_answered = is_answered or self._answers(kept[looked_at:])
                is_below, looked_at = is_below or is_answered, len(kept)
            elif is_below and plain:
                head = self._heads.of(plain)
                if head and (
                    self._says_something(head, plain) or self._goes_on(head, _filled_below(lines, number))
                ):
                    is_below = False
                elif (head and head.items) or self._is_filled_label(plain):
                    told.append(BELOW_SIGNATURE.filled(line=quoted(plain)))
                    continue
            kept.append(line)
        return "\n".join(kept), tuple(told[:_MOST_TOLD])

    def _without_false_beginnings(self, lines: Sequence[str]) -> list[str]:
        """The lines without a rule, or what a telephone added, that stands above more of the answer."""
        kept: list[str] = []
        for number, line in enumerate(lines):
            below = _until_signature(lines, number)  # nothing is looked at before it is asked for
            if is_phone_signature(line) and any(map(self._is_part_of_an_answer, below)):
                if kept and is_rule_above_signature(kept[-1]):
                    kept.pop()  # the mark of a signature that came with it
            elif not (
                is_rule_above_signature(line) and any(map(self._is_part_of_an_answer, islice(below, 1)))
            ):
                kept.append(line)
        return kept

    def _answers(self, lines: Sequence[str]) -> bool:
        """Whether something was answered on these lines, so that a closing below them begins a signature."""
        if len(self._items) == 1:
            return any(line.strip() for line in lines)
        return any(self._heads.of(line.strip()) for line in lines)

    def _is_part_of_an_answer(self, line: str) -> bool:
        head = self._heads.of(line)
        return self._says_something(head, line) if head else self._is_filled_label(line)

    def _says_something(self, head: Head, line: str) -> bool:
        """Whether a line that names items gives values, or an ID that was not asked, not only a text."""
        if head.every or not head.items:
            return True
        found = read_answers(line, self._items, self._day, self._titles)
        return any(
            answer.no_change
            or any(
                value is not None for value in (answer.light, answer.status, answer.progress, answer.value)
            )
            for answer in found.answers
        )

    def _goes_on(self, head: Head, below: Iterator[str]) -> bool:
        """Whether an ID stands alone on its line, and a filled label below it."""
        return not head.rest.strip() and self._is_filled_label(next(below, ""))

    def _is_filled_label(self, line: str) -> bool:
        found = labelled(line)
        return bool(
            found
            and found.label in _TEXTS
            and found.mark in {":", "="}
            and not is_blank(found.rest)
            and any(map(str.isalpha, found.rest))
        )


def _filled_below(lines: Sequence[str], number: int) -> Iterator[str]:
    """The filled lines below a line, one by one: a mail may have a million."""
    for below in range(number + 1, len(lines)):
        if line := lines[below].strip():
            yield line


def _until_signature(lines: Sequence[str], number: int) -> Iterator[str]:
    """The filled lines below a line, up to the closing or the next rule."""
    for below in range(number + 1, len(lines)):
        line = lines[below]
        if begins_signature(line) or line == SECTION_END:
            return
        if line.strip():
            yield line.strip()
