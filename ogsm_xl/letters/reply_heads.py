"""Which item a line is about: `A12 …`, `Actie 12: …`, `Groen: A12 en A13`, `alle acties …`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ogsm_xl.letters.answer_line import LONGEST_STATE, first_piece
from ogsm_xl.letters.answer_values import prepared, run_of
from ogsm_xl.letters.reply_labels import without_bullet
from ogsm_xl.plan.words import ItemKind

_LONGEST_HEAD = 120  # characters of a line in which an ID is looked for behind values
_LONGEST_ID = 24

_KIND_WORD = re.compile(
    r"(?:actie|action|strategie|strategy|indicator|kpi|ambitie|objective|item|punt|update|voortgang|status|stand van zaken|over|(?:wat )?betreft|progress|voor|for|about|regarding|re|m\.?b\.?t\.?|nr\.?|id)\s{0,2}[:#]?\s{0,2}",
    re.IGNORECASE,
)
_WRAPPING = re.compile(r"[*_\"'“”‘’«(\[#\s]{0,4}")
_UNWRAPPING = re.compile(r"[*_\"'“”’»)\]]{0,4}(?:\s*[:=.|,;>→]+|\s+[-–—]+(?=\s|$)|[–—]|-(?=\s|$))*\s*")
_ANOTHER = re.compile(r"\s*(?:,|/|&|\+|\s(?:en|and)\s)\s*", re.IGNORECASE)
_ANY_ID = re.compile(r"(?P<letters>[A-Za-z]{1,3})-?(?P<number>\d{1,4})(?![\w'’]|-\w|[.,]\d|%)")
_ALL_ITEMS = re.compile(
    r"(?:alles|allemaal|alle (?:acties|items|punten|strategieën|indicatoren)|"
    r"all(?: (?:actions|items|strategies|indicators))?|everything)\b\s*[:,–-]?\s*",
    re.IGNORECASE,
)
_ALL_OF_KIND = {
    "acties": ItemKind.ACTION, "actions": ItemKind.ACTION, "strategieën": ItemKind.STRATEGY, "strategies": ItemKind.STRATEGY,
    "indicatoren": ItemKind.INDICATOR, "indicators": ItemKind.INDICATOR,
}  # fmt: skip
_KIND_OF_WORD = {
    "actie": ItemKind.ACTION, "action": ItemKind.ACTION, "strategie": ItemKind.STRATEGY, "strategy": ItemKind.STRATEGY,
    "indicator": ItemKind.INDICATOR, "kpi": ItemKind.INDICATOR,
}  # fmt: skip
_BEFORE_ANOTHER = re.compile(r"(?:[,;|/.]|\s[-–—]|\s(?:en|and))\s+(?=\w)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\d{1,4}(?![\w%]|[.,]\d)")
_WORD_BEGINS = re.compile(r"(?<![\w-])(?=\w)")


class Head(NamedTuple):
    """A line that begins an answer.

    Attributes:
        items: The items that it names; none when it names one that was not asked.
        rest: What it says about them.
        not_asked: The ID that was not asked, or "".
    """

    items: tuple[str, ...]
    rest: str
    not_asked: str = ""


class Heads:
    """Knows the items that were asked of a person, and recognises the lines that name them."""

    def __init__(
        self, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
    ) -> None:
        self._items = items
        self._today = today
        self._titles = {item: _letters(title) for item, title in (titles or {}).items()}
        self._ids = {_key(item): item for item in items}
        self._prefixes = {key.rstrip("0123456789.") for key in self._ids} | {"A", "S", "I", "O"}
        self._beginnings = {key[:length] for key in self._ids for length in range(len(key) + 1)}

    def of(self, line: str) -> Head | None:
        """The item or items that a line begins to speak about, or None."""
        for start in dict.fromkeys((line, without_bullet(line))):
            found = self.asked(start) or self._foreign_head(start) or self._head_of_all(start)
            if found := found or self._head_behind_values(start):
                return found
        return None

    def named_first(self, line: str) -> str:
        """The ID of the one asked item that a line begins with, or ""."""
        head = self.asked(line) or self.asked(without_bullet(line))
        return head.items[0] if head and len(head.items) == 1 else ""

    def parted(self, rest: str) -> tuple[str, Head | None]:
        """What belongs to the item named before, and the next one where the line goes on with it: `A12 60%, A13 80%`."""
        for mark in _BEFORE_ANOTHER.finditer(rest[:LONGEST_STATE]):
            head = self.asked(rest[mark.end() :])
            if head and self._states(first_piece(head.rest), head.items[0]):
                return rest[: mark.start()], head
        return rest, None

    def _states(self, text: str, item: str) -> bool:
        """Whether a text holds values about an item and nothing else."""
        run = run_of(prepared(text[:LONGEST_STATE]), self._items[item], self._today)
        return run.whole and bool(run.said)

    def asked(self, line: str) -> Head | None:
        """A line that begins with the ID of one or more items that were asked."""
        at = _end(_WRAPPING, line, 0)
        if word := _KIND_WORD.match(line, at):
            at = word.end()
        items: list[str] = []
        while found := self._id_at(line, at):
            item, end = found
            items.append(item)
            another = _ANOTHER.match(line, end)
            if not another or not self._id_at(line, another.end()):
                rest = line[_end(_UNWRAPPING, line, end) :]
                if item[:1].isdigit() and not self._follows_number(line[end:], item):
                    return None
                return Head(
                    tuple(dict.fromkeys(items)), rest if len(items) > 1 else self._without_title(item, rest)
                )
            at = another.end()
        return self._numbered_head(line, word) if word else None

    def _numbered_head(self, line: str, word: re.Match[str]) -> Head | None:
        """`Actie 12: …` where one action was asked that has this number."""
        found = _NUMBER_ALONE.match(line, word.end())
        kind = _KIND_OF_WORD.get(word[0].strip(" :#").casefold())
        if not found or kind is None:
            return None
        asked = [
            item for item, its in self._items.items() if its is kind and re.sub(r"\D", "", item) == found[0]
        ]
        rest = line[_end(_UNWRAPPING, line, found.end()) :]
        return Head((asked[0],), self._without_title(asked[0], rest)) if len(asked) == 1 else None

    def _without_title(self, item: str, rest: str) -> str:
        """What follows an ID, without the item's own text, which was copied along."""
        title = self._titles.get(item, "")
        if not title or not _letters(rest[: 2 * len(title) + 80]).startswith(title):
            return rest
        end = next(at for at in range(len(rest) + 1) if _letters(rest[:at]) == title)
        return rest[_end(_UNWRAPPING, rest, end) :]

    def _head_behind_values(self, line: str) -> Head | None:
        """`Groen: A12 en A13`, `oranje 60% A12`: nothing but values before the ID."""
        for place in list(_WORD_BEGINS.finditer(line[:_LONGEST_HEAD]))[1:]:
            if self._id_at(line, place.start()):
                before = line[: place.start()].rstrip(" :=-–—>→(")
                head = self.asked(line[place.start() :])
                if head and before and self._states(before, head.items[0]):
                    return Head(head.items, f"{before} {head.rest}")
                return None
        return None

    def _id_at(self, line: str, start: int) -> tuple[str, int] | None:
        """The longest ID that was asked and stands here, whatever its capitals, blanks and hyphens; and where it ends."""
        key, found = "", None
        for at in range(start, min(len(line), start + _LONGEST_ID)):
            letter = line[at]
            if letter == " " and not (
                line[start].isupper() and line[at - 1].isalpha() and line[at + 1 : at + 2].isdigit()
            ):
                break
            if letter not in " -‐‑":
                key += letter.upper()
                if key not in self._beginnings:
                    break
            following = line[at + 1 : at + 3]
            if key in self._ids and not re.match(r"[\w%'’]|[-‐‑]\w|[.,]\d", following):
                found = self._ids[key], at + 1
        return found

    def _follows_number(self, rest: str, item: str) -> bool:
        """Whether a line that begins with a number means the item with that number: a mark or nothing but values follow."""
        if re.match(r"\s*(?:[:.)|]|[-–—]\s|$)", rest):
            return True
        return run_of(prepared(rest[:LONGEST_STATE]), self._items[item], self._today).strong > 0

    def _foreign_head(self, line: str) -> Head | None:
        """A line that begins with the ID of an item that was not asked, and goes on like an answer."""
        at = _end(_WRAPPING, line, 0)
        if word := _KIND_WORD.match(line, at):
            at = word.end()
        found = _ANY_ID.match(line, at)
        if not found or found["letters"].upper() not in self._prefixes:
            return None
        rest = line[_end(_UNWRAPPING, line, found.end()) :]
        marked = re.match(r"[*_)\]]*\s?:|\s[-–—]\s", line[found.end() :])
        run = run_of(prepared(rest[:LONGEST_STATE]), ItemKind.ACTION, self._today)
        if rest and not marked and not (run.whole or run.strong):
            return None
        return Head((), rest, not_asked=found[0].upper())

    def _head_of_all(self, line: str) -> Head | None:
        """`alles groen`, `alle acties ongewijzigd`: the same for every item that was asked."""
        found = _ALL_ITEMS.match(line)
        if not found or len(self._items) < 2:
            return None
        kind = next((kind for word, kind in _ALL_OF_KIND.items() if word in found[0].casefold()), None)
        items = tuple(item for item, its in self._items.items() if kind in {None, its})
        run = run_of(prepared(line[found.end() :][:LONGEST_STATE]), ItemKind.STRATEGY, self._today)
        only = {said.field for said in run.said} <= {"light", "no_change"}
        return Head(items, line[found.end() :]) if items and run.whole and only and not run.unclear else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _key(written: str) -> str:
    return re.sub(r"[\s‐‑-]", "", written).upper()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern ends that begins here; here, where it does not."""
    found = pattern.match(text, at)
    return found.end() if found else at
