"""One line of an answer: the values at its beginning and its end, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ogsm_xl.letters.answer_values import Run, Said, is_a_day, is_filler, prepared
from ogsm_xl.plan.words import Status, Text

LONGEST_STATE = 1_000
"""Characters of a line in which values are looked for."""

_SEGMENT_END = re.compile(
    r":(?=\s)|\s/(?=\s)|(?<!\d),|,(?!\d)|[;|•·]|\s[-–—]+(?=\s)|[.!](?=\s|$)|\s\((?=[^()]*\)\s*$)|\)\s*$"
)
_EXPLAINS = frozenset({
    "want", "omdat", "doordat", "door", "vanwege", "wegens", "maar", "alles", "we", "wij", "ik", "er", "wacht", "wachten", "loopt",
    "because", "since", "due", "but", "all", "i", "there", "waiting", "wait", "as", "everything", "however",
})  # fmt: skip
_NOT_YET = re.compile(r"\s*(?:voor|met|om|for|with|to)\b", re.IGNORECASE)  # "klaar voor de start"
_ONLY_MARKS = re.compile(r"[\s.…,;:|/–—-]*")
_EDGES = " ,;|–—-:/"
_CLOSED = re.compile(
    r"(?:^|[.,;!]\s+|\s+[-–]\s+)(?i:met vriendelijke groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|gr|"
    r"(?:kind |best )?regards|cheers|thanks|bedankt)[\s,.!]*(?:[A-ZÀ-Ý][\w'’-]*[\s.]*){0,3}$"
)


@dataclass
class LineRead:
    """What one line says.

    Attributes:
        said: Its values.
        unclear: What stands there like a value but can't be read.
        unsure: The words that may be a value or the beginning of a sentence, with that sentence; None without doubt.
        texts: What is no value.
    """

    said: list[Said] = field(default_factory=list)
    unclear: list[Text] = field(default_factory=list)
    unsure: tuple[str, str] | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def has_values(self) -> bool:
        """Whether there is anything in it besides text."""
        return bool(self.said or self.unclear)

    def take(self, run: Run) -> None:
        """Add the values of a run."""
        self.said += run.said
        self.unclear += run.unclear


def read_line(line: str, read: Callable[[str], Run]) -> LineRead:
    """Take a line apart; `read` gives the values that a text begins with."""
    text = prepared(line[:LONGEST_STATE])
    found = _read_cells(text, read) if text.count(" | ") > 1 else _read_sentence(text, read)
    if line[LONGEST_STATE:]:
        found.texts.append(line[LONGEST_STATE:])
    return found


def first_piece(line: str) -> str:
    """What stands before the first mark in a line: its first value or the beginning of its text."""
    return _SEGMENT_END.split(prepared(line[:LONGEST_STATE]), maxsplit=1)[0]


class _Piece(NamedTuple):
    """A part of a line between marks: what it says, where it begins and ends, and where the next one begins."""

    text: str
    start: int
    end: int
    after: int


def _pieces(text: str) -> list[_Piece]:
    pieces, start = [], 0
    for mark in [*_SEGMENT_END.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if text[start:end].strip():
            pieces.append(_Piece(text[start:end], start, end, mark.end() if mark else end))
        start = mark.end() if mark else end
    return pieces


def _read_cells(row: str, read: Callable[[str], Run]) -> LineRead:
    """A row of a table: each cell is a value or a text, in whatever order."""
    found = LineRead()
    for cell in filter(None, map(str.strip, row.split("|"))):
        run = read(cell)
        if run.whole:
            found.take(run)
        else:
            found.texts.append(cell)
    return found


def _read_sentence(text: str, read: Callable[[str], Run]) -> LineRead:
    found, pieces = LineRead(), _pieces(text)
    start = _take_beginning(pieces, read, found)
    end = _take_end(pieces, read, found)
    said = _CLOSED.sub("", text[start:end].strip(_EDGES)) if pieces else ""
    if said.endswith(")") and "(" not in said:
        said = said[:-1]  # its beginning parted the values from the text
    if not _ONLY_MARKS.fullmatch(said):
        found.texts.append(said)
    return found


def _take_beginning(pieces: list[_Piece], read: Callable[[str], Run], found: LineRead) -> int:
    """Take the pieces that are values, from the left; where the text begins."""
    start = 0
    while pieces:
        first, run = pieces[0], read(pieces[0].text)
        names_the_next = len(pieces) > 1 and is_filler(first.text) and read(pieces[1].text).whole
        if not (run.whole or names_the_next):
            return first.start + _values_before_text(run, first.text, found)
        found.take(run)
        start = first.after
        pieces.pop(0)
    return start


def _take_end(pieces: list[_Piece], read: Callable[[str], Run], found: LineRead) -> int | None:
    """Take the pieces that are values, from the right, but for the first; where the text ends then."""
    took = False
    while len(pieces) > 1:
        run = read(pieces[-1].text)
        if not (run.whole and run.strong) and not (took and is_filler(pieces[-1].text)):
            break
        found.take(run)
        took = True
        pieces.pop()
    return pieces[-1].end if took else None


def _values_before_text(run: Run, text: str, found: LineRead) -> int:
    """Take the values that a sentence begins with, if they are beyond doubt; how far they reach."""
    rest = text[run.end :]
    finished = any(said.value is Status.DONE for said in run.said) and not _NOT_YET.match(rest)
    if not (run.strong or finished):
        return 0
    following = rest.split(maxsplit=1)[:1]
    explained = bool(following) and following[0].casefold().strip(":,.") in _EXPLAINS
    if run.strong >= 2 or explained or (finished and is_a_day(rest)):
        found.take(run)
        return run.end
    found.unsure = text[: run.end].strip(), text.strip()
    return 0
