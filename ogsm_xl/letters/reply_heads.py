"""Which item a line is about: `A12 …`, `Actie 12: …`, `Groen: A12 en A13`, `alle acties …`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from ogsm_xl.letters.answer_line import LONGEST_STATE, first_piece, negated, read_line
from ogsm_xl.letters.answer_text import COLOURS, EXCEPTION, prepared
from ogsm_xl.letters.answer_values import Run, run_of
from ogsm_xl.letters.reply_labels import without_bullet
from ogsm_xl.plan.words import ItemKind

_LONGEST_HEAD = 120  # characters of a line in which an ID is looked for behind values
_LONGEST_ID = 24
_LOOKED_AHEAD = 160  # characters behind an ID, to see whether something is said about it
_MOST_IDS = 200  # that one head names
_MOST_NAMED = 10  # IDs in a text that are looked at

_KIND_WORD = re.compile(
    r"(?:acties?|actions?|strategie(?:ën|en)?|strategy|strategies|indicator(?:en|s)?|kpi['’]?s?|ambitie|objective|items?|punt(?:en)?|update|voortgang|"
    r"status|stand van zaken|over|(?:wat )?betreft|progress|voor|for|about|regarding|re|m\.?b\.?t\.?|nr\.?|nummers?|numbers?|id)\s{0,2}[:#]?\s{0,2}",
    re.IGNORECASE,
)
_BLANKS_AND_HYPHENS = " -‐‑"
_WRAPPING = re.compile(r"[*_\"'“”‘’«(\[#\s]{0,4}")
_UNWRAPPING = re.compile(
    rf"[*_\"'“”’»)\]]{{0,4}}(?:\s*(?:[:=.|,;→]|>(?=\s|(?:{COLOURS})\b))+|\s+[-–—]+(?=\s|$)|[–—]|-(?=\s|$|(?:{COLOURS})\b))*\s*",
    re.IGNORECASE,
)
# An ID goes on: it is a longer one, a word, or a number with decimals.
_GOES_ON = re.compile(rf"[\w%'’]|[-‐‑](?!(?:{COLOURS})\b)\w|[.,]\d", re.IGNORECASE)
_ANOTHER = re.compile(r"\s*(?:,\s*(?:en|and)\s|,|/|&|\+|\s(?:en|and|alsook|plus)\s)\s*", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*(?:t\s?/\s?m|tm|t\.m\.|tot en met|through|thru|up to|to|\.{2,3}|…)\s*|\s*[-‐‑–—]\s*", re.IGNORECASE
)
_ANY_ID = re.compile(r"(?P<letters>[A-Za-z]{1,3})-?(?P<number>\d{1,4})(?![\w'’]|-\w|[.,]\d|%)")
_ALL_ITEMS = re.compile(
    r"(?:alles|allemaal|alle (?:acties|items|punten|strategieën|indicatoren)|"
    r"all(?: (?:actions|items|strategies|indicators))?|everything)\b\s*[:,–-]?\s*",
    re.IGNORECASE,
)
_THE_REST = re.compile(
    r"(?:(?:en|and) )?(?:voor )?(?:(?:de |het |the )?(?:rest|overig(?:en?)?|anderen?|others|remaining)(?: (?:acties|items|punten|onderdelen|actions|ones))?|al het (?:overige|andere)|"
    r"alle (?:overige|andere)(?: (?:acties|items|punten))?|everything else|all (?:the )?other(?:s| (?:actions|items|ones)))\b\s*[:,–-]?\s*",
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
_BEFORE_ANOTHER = re.compile(
    r"(?P<mark>[,;|/.!?(]|\s[-–—](?=\s)|\s(?=(?:en|and|maar|but|terwijl|while)\s)|\s(?=[A-Za-z]{1,3}-?\d))\s*(?:(?:en|and|maar|but|terwijl|while|verder|ook|also)\s+)?(?=\w)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset(".!?;|")
_SAYS = re.compile(
    r"(?:is|zijn|blijft|staat|loopt|gaat|ligt|wordt|heeft|are|remains|stays|goes|has|will)\b", re.IGNORECASE
)
_ALSO = re.compile(r"\s*(?:en|and|of|or|&|\+|,)(?!\w)", re.IGNORECASE)  # "wacht op A2, A3 en de gemeente"
# "wacht tot A2 klaar is" and "omdat A2 rood is" say something of the item before.
_LEANS_ON = re.compile(
    r"\b(?:tot|totdat|zodra|als|dan|omdat|doordat|dat|of|wanneer|indien|nadat|voordat|zolang|want|met|van|op|aan|bij|zie|"
    r"until|till|once|when|if|because|that|after|before|than|with|of|on|as|see)\s*$",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:^|[.;!?,]\s+)(?:als|indien|zodra|wanneer|tenzij|mits|nadat|if|when|once|unless|after)\b[^.;!?]*$",
    re.IGNORECASE,
)
_SAYS_NOT = re.compile(
    r"(?:ook |nog |ook nog )?(?:niet|not)\b|(?:ook|wel|idem|too|also|same)\W*$", re.IGNORECASE
)
_EXCEPT = re.compile(
    rf"[\s,.;:–-]*(?:(?:maar|but)\s+)?(?:{EXCEPTION}|niet|not|op|wel|maar|but)(?:\s*:)?\s+(?:(?:bij|voor|in|for|at|with)\s+)?",
    re.IGNORECASE,
)
_EXCEPT_LAST = re.compile(
    rf"\b(?:{EXCEPTION}|niet|not|wel|maar|but)(?:\s+(?:bij|voor|in|for|at|with))?$", re.IGNORECASE
)
_PREPOSITION = re.compile(r"\s+(?:voor|bij|in|van|aan|for|on|at|with)$", re.IGNORECASE)
# The beginning of its title behind an ID: in brackets, or before a colon.
_PART_OF_TITLE = re.compile(r"(?:\([^()]{1,200}\)\s*:?|[^:()]{1,200}:)\s*")
_SHORTEST_PART = 4  # letters
_NUMBER_ALONE = re.compile(r"\d{1,4}(?![\w%]|[.,]\d)")
_NEXT_ID = re.compile(r"\s(?=[A-Za-z]{1,3}-?\d)")
_WORD_BEGINS = re.compile(r"(?<![\w-])(?=\w)")


class Head(NamedTuple):
    """A line that begins an answer.

    Attributes:
        items: The items that it names; none when it names only what was not asked.
        rest: What it says about them.
        not_asked: The IDs that were not asked.
        every: Whether it names them by "everything": what is said about one of them by itself goes before.
        others: Whether it is about what is named nowhere else: "the rest".
        excepted: The items that it leaves out; `rest` holds nothing about them.
        following: What comes after, about something else.
    """

    items: tuple[str, ...]
    rest: str
    not_asked: tuple[str, ...] = ()
    every: bool = False
    others: bool = False
    excepted: tuple[str, ...] = ()
    following: str = ""


class Parted(NamedTuple):
    """What follows an ID, taken apart where it goes on with another.

    Attributes:
        own: What belongs to the item named before.
        another: The next item and what is said about it, or None.
        mentioned: The IDs of other items that were asked and are named in it, so that it may be about them.
    """

    own: str
    another: Head | None = None
    mentioned: tuple[str, ...] = ()


class _Ids(NamedTuple):
    """A row of IDs.

    Attributes:
        asked: Those that were asked.
        foreign: Those that were not.
        end: Where in the line it ends.
        loose: Whether it is a row only if values follow: `A1 A2 groen`, `A1 en 2 groen`.
    """

    asked: tuple[str, ...]
    foreign: tuple[str, ...]
    end: int
    loose: bool


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
        self._first = self._beginnings | {prefix[:1] for prefix in self._prefixes} | set(_BLANKS_AND_HYPHENS)

    def of(self, line: str) -> Head | None:
        """The item or items that a line begins to speak about, or None."""
        for start in dict.fromkeys((line, without_bullet(line))):
            found = self.asked(start) or self._foreign_head(start) or self._head_of_all(start)
            if found := found or self._head_behind_values(start, begins_line=True):
                return found
        return None

    def named_first(self, line: str) -> str:
        """The ID of the one asked item that a line begins with, or ""."""
        starts = dict.fromkeys((line, without_bullet(line)))
        head = next((found for start in starts if (found := self.asked(start))), None)
        return head.items[0] if head and len(head.items) == 1 else ""

    def parted(self, rest: str, item: str = "") -> Parted:
        """What belongs to the item named before, and the next one where the text goes on with it.

        It goes on where values stand behind the ID (`A12 60%, A13 80%`), or where a sentence begins with the ID as its
        subject (`A12 klaar. A13 is nog niet klaar`). Any other ID is part of the text (`A12 wacht op A13`).

        Args:
            rest: What follows the ID.
            item: The item named before. Behind nothing but values of it, the next ID needs no mark (`A12 60% A13 80%`).
        """
        mentioned: list[str] = []
        looked_at = 0
        for mark in _BEFORE_ANOTHER.finditer(rest[:LONGEST_STATE]):
            following = rest[mark.end() :]
            if _THE_REST.match(following) and (others := self._head_of_all(following)):
                return Parted(rest[: mark.start()], others, tuple(mentioned))
            head = self.asked(following)
            if not head and mark["mark"] in {".", ";", "!"}:
                behind = self._head_behind_values(following)
                if behind:
                    return Parted(rest[: mark.start()], behind, tuple(mentioned))
            if not head or not head.items:
                continue
            looked_at += 1
            if looked_at > _MOST_NAMED:
                break
            unmarked = _NEXT_ID.split(head.rest[:_LOOKED_AHEAD], maxsplit=1)[0]
            alone, states = not head.rest.strip(" .!?)"), self._states(unmarked, head.items[0])
            behind_values = bool(item) and self._states(rest[: mark.start()], item)
            if mark["mark"] == "(" or not (mark[0].strip() or behind_values):
                leans = _LEANS_ON.search(rest, max(0, mark.start() - 12), mark.start())
                mentioned += head.items if (states and not leans) or (behind_values and not alone) else ()
                continue
            if mark["mark"] == "," and _IF.search(rest, 0, mark.start()):
                mentioned += head.items  # "als A2 klaar is, A3 groen"
                continue
            read = self._reader(head.items[0])
            sentence = mark["mark"].strip() in _SENTENCE_ENDS and bool(mark["mark"].strip())
            named = rest[mark.end() : len(rest) - len(head.rest)] if rest.endswith(head.rest) else ""
            subject = sentence and bool(_SAYS.match(head.rest) or named.rstrip().endswith((":", "=")))
            ahead = head.rest[:_LOOKED_AHEAD]
            found = read_line(ahead, read, self._today)
            if subject or found.has_values or states or negated(first_piece(ahead), read):
                return Parted(rest[: mark.start()], head, tuple(mentioned))
            goes_on = mark[0].strip() and not alone and not _ALSO.match(head.rest)
            if behind_values or goes_on or found.unsure or (not alone and _SAYS_NOT.match(head.rest)):
                mentioned += head.items
        return Parted(rest, mentioned=tuple(mentioned))

    def _reader(self, item: str) -> Callable[[str], Run]:
        """Reads the values of a prepared text about an item."""
        return lambda text: run_of(text[:LONGEST_STATE], self._items[item], self._today)

    def _states(self, text: str, item: str) -> bool:
        """Whether a text holds values about an item and nothing else."""
        run = run_of(prepared(text[:LONGEST_STATE]), self._items[item], self._today)
        return run.whole and bool(run.said)

    def asked(self, line: str) -> Head | None:
        """A line that begins with the ID of one or more items that were asked."""
        at = _end(_WRAPPING, line, 0)
        if word := _KIND_WORD.match(line, at):
            at = word.end()
        elif not line[at : at + 1].isdigit() and line[at : at + 1].upper() not in self._first:
            return None  # most lines of a quoted mail, at little cost
        ids = self._ids_at(line, at, word)
        if not ids.asked:
            return None
        rest = line[_end(_UNWRAPPING, line, ids.end) :]
        if (ids.loose or ids.foreign) and not self._goes_on(rest, ids.asked[0]):
            ids = self._ids_at(line, at, word, strictly=True)
            if not ids.asked:
                return None
            rest = line[_end(_UNWRAPPING, line, ids.end) :]
        if (
            ids.asked[0][:1].isdigit()
            and not word
            and not self._follows_number(line[ids.end :], ids.asked[0])
        ):
            return None
        if len(ids.asked) == 1 and not ids.foreign:
            rest = self._without_title(ids.asked[0], rest)
        return Head(ids.asked, rest, ids.foreign)

    def _goes_on(self, rest: str, item: str) -> bool:
        """Whether values about an item follow."""
        return read_line(rest[:_LOOKED_AHEAD], self._reader(item), self._today).has_values

    def _ids_at(self, line: str, at: int, word: re.Match[str] | None, *, strictly: bool = False) -> _Ids:
        """The row of IDs that begins here; `strictly`, only those that were asked, with marks between them."""
        asked: list[str] = []
        foreign: list[str] = []
        end, loose = at, False
        while len(asked) < _MOST_IDS:
            one = self._one_at(line, at, asked, word, strictly=strictly)
            if one is None:
                break
            asked += one.asked
            foreign += one.foreign
            end, loose = one.end, loose or one.loose
            another = _ANOTHER.match(line, end)
            blank = re.compile(r"\s+").match(line, end)
            if another is None and blank and not strictly and self._id_at(line, blank.end()):
                another, loose = blank, True
            if another is None:
                break
            at = another.end()
        if foreign and not asked:
            return _Ids((), (), at, loose=False)
        return _Ids(tuple(dict.fromkeys(asked)), tuple(dict.fromkeys(foreign)), end, loose)

    def _one_at(
        self, line: str, at: int, before: list[str], word: re.Match[str] | None, *, strictly: bool
    ) -> _Ids | None:
        """One ID, a range of them, or the number of one."""
        if found := self._range_at(line, at, word):
            return found
        if own := self._id_at(line, at):
            return _Ids((own[0],), (), own[1], loose=False)
        number = _NUMBER_ALONE.match(line, at)
        if number and (item := self._numbered(number[0], before, word)):
            return _Ids((item,), (), number.end(), loose=bool(before)) if not (before and strictly) else None
        other = None if strictly else _ANY_ID.match(line, at)
        if other and other["letters"].upper() in self._prefixes:
            return _Ids((), (other[0].upper(),), other.end(), loose=False)
        return None

    def _numbered(self, number: str, before: list[str], word: re.Match[str] | None) -> str:
        """The item that a number means: behind `actie`, the action with it; behind `A1 en`, the one with the same letters."""
        kind = _KIND_OF_WORD.get(re.sub(r"(?:ën|en|s)$", "", _plain(word[0]))) if word else None
        if word and not before and kind is None and _plain(word[0]) not in _NUMBER_WORDS:
            return ""
        if before and not word:
            letters = _key(before[-1]).rstrip("0123456789")
            return self._ids.get(letters + number, "") if letters else ""
        found = [
            item
            for item, its in self._items.items()
            if kind in {None, its} and re.sub(r"\D", "", item) == number
        ]
        return found[0] if word and len(found) == 1 else ""

    def _range_at(self, line: str, at: int, word: re.Match[str] | None) -> _Ids | None:
        """`A1 t/m A4`, `A1-A4`: the items in between that were asked."""
        first = re.compile(r"([A-Za-z]{0,3})[ -]?(\d{1,4})").match(line, at)
        mark = _RANGE.match(line, first.end()) if first else None
        last = (
            re.compile(r"([A-Za-z]{0,3})-?(\d{1,4})(?![\w'’%]|[.,]\d)").match(line, mark.end())
            if mark
            else None
        )
        if not (first and mark and last) or not mark[0].strip():
            return None
        dash = not re.search(r"[a-z]", mark[0], re.IGNORECASE)
        letters = first[1].upper()
        if last[1].upper() not in {letters, ""} or (dash and not last[1] and (mark[0] != "-" or not letters)):
            return None
        if not letters and word is None:
            return None
        low, high = int(first[2]), int(last[2])
        if not letters and word:
            ends = [self._numbered(figure, [], word) for figure in (first[2], last[2])]
            letters = _key(ends[0]).rstrip("0123456789")
        if not self._ids.get(f"{letters}{low}") or low >= high:
            return None
        if dash and not last[1] and f"{letters}{high}" not in self._ids:
            return None
        inside = tuple(
            item
            for key, item in self._ids.items()
            if key.rstrip("0123456789") == letters and low <= int(key[len(letters) :] or 0) <= high
        )
        foreign = () if f"{letters}{high}" in self._ids else (f"{letters}{high}",)
        return _Ids(inside, foreign, last.end(), loose=False)

    def _without_title(self, item: str, rest: str) -> str:
        """What follows an ID, without the item's own text, which was copied along."""
        title = self._titles.get(item, "")
        if not title:
            return rest
        if not _letters(rest[: 2 * len(title) + 80]).startswith(title):
            part = _PART_OF_TITLE.match(rest)
            known = part and _is_named_by(part[0], title)
            return rest[part.end() :] if part and known and not self._states(part[0], item) else rest
        end = next(at for at in range(len(rest) + 1) if _letters(rest[:at]) == title)
        return rest[_end(_UNWRAPPING, rest, end) :]

    def _unchanged_but_for(self, line: str, before: str, rest: str) -> Head | None:
        """`Geen wijzigingen. A12 60%`: nothing changed, and one item that is said something else of."""
        if not rest.strip(" .!?"):
            return None
        behind = line[len(before) :].lstrip()
        if before[-1] not in ".,;!" and behind[:1] not in {"-", "–", "—", "("}:
            return None
        head = self.said_without_item(before.rstrip(" .,;!"))
        return head._replace(following=behind.lstrip(" -–—(")) if head else None

    def _head_behind_values(self, line: str, *, begins_line: bool = False) -> Head | None:
        """`Groen: A12 en A13`, `oranje 60% A12`: nothing but values before the ID."""
        found = self._values_and_items(line)
        if found is None:
            return None
        before, head = found
        if begins_line and (of_all := self._unchanged_but_for(line, before, head.rest)):
            return of_all
        if len(head.items) > 1 and _SAYS.match(head.rest):  # "groen voor A1, A2 is rood"
            return Head(head.items[:-1], before, head.not_asked, following=f"{head.items[-1]} {head.rest}")
        if self._values_and_items(head.rest):  # "Groen: A1. Rood: A2"
            return Head(head.items, before, head.not_asked, following=head.rest)
        return head._replace(rest=f"{before} {head.rest}")

    def _values_and_items(self, line: str) -> tuple[str, Head] | None:
        """The values that a line begins with, and the items behind them; None where it begins otherwise."""
        for place in _WORD_BEGINS.finditer(line[:_LONGEST_HEAD]):
            if place.start() and self._id_at(line, place.start()):
                before = _PREPOSITION.sub("", line[: place.start()].rstrip(" :=-–—>→("))
                head = self.asked(line[place.start() :])
                if not head or not before or _EXCEPT_LAST.search(before):
                    return None
                return (before, head) if self._states(before, head.items[0]) else None
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
            if letter not in _BLANKS_AND_HYPHENS:
                key += letter.upper()
                if key not in self._beginnings:
                    break
            if key in self._ids and not _GOES_ON.match(line, at + 1):
                written = line[start : at + 1]
                if not re.search(r"\d[-‐‑]", written) or written.upper() == self._ids[key].upper():
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
        return Head((), rest, (found[0].upper(),))

    def _head_of_all(self, line: str) -> Head | None:
        """`alles groen`, `alle acties ongewijzigd`, `de rest groen`: the same for every item that was asked, or is not named."""
        others = _THE_REST.match(line)
        found = others or _ALL_ITEMS.match(line)
        if not found or not self._items:
            return None
        kind = next((kind for word, kind in _ALL_OF_KIND.items() if word in found[0].casefold()), None)
        items = tuple(item for item, its in self._items.items() if kind in {None, its})
        head = self._said_of_all(line[found.end() :], items)
        return head._replace(others=bool(others)) if head else None

    def speaks_of_all(self, line: str) -> bool:
        """Whether a line gives a value to everything in words that can't be taken so: `alles afgerond`."""
        found = _THE_REST.match(line) or _ALL_ITEMS.match(line)
        if not found or not self._items:
            return False
        run = run_of(prepared(line[found.end() :][:LONGEST_STATE]), ItemKind.ACTION, self._today)
        return run.whole or run.strong > 0

    def said_without_item(self, line: str) -> Head | None:
        """`geen wijzigingen` without any ID: it is about everything that was asked."""
        head = self._said_of_all(line, tuple(self._items))
        if head is None or not head.items:
            return None
        run = run_of(prepared(head.rest), self._items[head.items[0]], self._today)
        return head if {said.field for said in run.said} <= {"no_change", "same"} else None

    def _said_of_all(self, text: str, items: tuple[str, ...]) -> Head | None:
        """A light or "no change" about all of these but those that are excepted; None where it says something else."""
        if not items:
            return None
        short = len(text) <= _LOOKED_AHEAD
        whole = short and run_of(prepared(text), ItemKind.STRATEGY, self._today).whole
        piece = text if whole else _first_sentence(text)
        if text[len(piece) :].startswith("?"):
            return None  # "alles groen? Nee" is no answer
        values, excepted, end = self._exception(text[:LONGEST_STATE]) or (piece, (), len(piece))
        run = run_of(prepared(values), ItemKind.STRATEGY, self._today)
        only = {said.field for said in run.said} <= {"light", "no_change", "same"}
        if not (run.whole and run.said and only) or run.unclear:
            return None
        rest = text[end:].strip(" .,;:!–-")
        named = self.asked(rest) if rest else None
        if excepted and rest and not named:
            rest = f"{' en '.join(excepted)}: {rest}"
        left = tuple(item for item in items if item not in excepted)
        return Head(left, values, every=True, excepted=excepted, following=rest)

    def _exception(self, text: str) -> tuple[str, tuple[str, ...], int] | None:
        """`groen behalve A2`: the values, the items that are excepted, and where these end."""
        for word in _EXCEPT.finditer(text):
            ids = self._ids_at(text, word.end(), None)
            if word.start() and ids.asked:
                end = _end(re.compile(r"\s+na\b"), text, ids.end)
                return text[: word.start()], ids.asked, end
        return None


_NUMBER_WORDS = frozenset(
    {"item", "items", "punt", "punten", "nr", "nummer", "nummers", "number", "numbers", "id"}
)


def _plain(word: str) -> str:
    return word.strip(" :#.").casefold()


def _first_sentence(text: str) -> str:
    """A text up to the mark behind its first values."""
    found = re.compile(r"[,;.!?](?=\s|$)|\s[-–—]\s").search(text[:LONGEST_STATE])
    return text[: found.start()] if found else text[:LONGEST_STATE]


def _is_named_by(words: str, title: str) -> bool:
    """Whether words are the beginning of a title, or each of them stands in it: `portaal` for "Huurders bevraagd over het portaal"."""
    letters = _letters(words)
    each = all(_letters(word) in title for word in words.split())
    return len(letters) >= _SHORTEST_PART and (title.startswith(letters) or each)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _key(written: str) -> str:
    return re.sub(r"[\s‐‑-]", "", written).upper()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern ends that begins here; here, where it does not."""
    found = pattern.match(text, at)
    return found.end() if found else at
