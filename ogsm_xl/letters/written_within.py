"""What somebody wrote into the mail of ours that they quote, each line with the item and the label that it stands at.

Mail programs rewrite and wrap what they quote, so lines are compared by their letters. Our mail says what belonged to
which item. A line that was written over the head of a card, or over a label, belongs where that head or label stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from html import unescape
from itertools import dropwhile
from typing import NamedTuple, Self

from ogsm_xl.letters.html_text import text_of_html
from ogsm_xl.letters.quoting import (
    Parts,
    QuotedLine,
    end_of_introduction,
    is_banner,
    is_introduction,
    is_marked,
    without_marks,
)
from ogsm_xl.letters.reply_heads import Heads
from ogsm_xl.letters.reply_labels import is_blank_label, labelled
from ogsm_xl.letters.reply_lines import SECTION_END
from ogsm_xl.letters.token import find_tokens
from ogsm_xl.letters.view import BELOW_THE_ITEMS
from ogsm_xl.plan.words import ItemKind

_MOST_FACTS = 12  # lines that our mail says about an item at most
_SHORTEST_PIECE = 14  # letters of a piece of a wrapped line that is no answer by chance
_LOOKED_BELOW = 12  # lines below the last one that somebody wrote, to see before which of ours it stands
_NEAR = 3  # lines ahead in which the beginning of a wrapped one is looked for
_CELL_END = " | "


class Said(NamedTuple):
    """What a mail of ours said, as plain text and as HTML; all empty where that was not kept.

    Attributes:
        text: Its plain text.
        html: Its HTML.
        others: What the other mails of ours said that are quoted together with it.
    """

    text: str = ""
    html: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def texts(self) -> str:
        """The plain texts, one below the other."""
        return "\n".join([self.text, *(text for text, _ in self.others)])

    def pages(self) -> tuple[str, ...]:
        """The HTML of each mail."""
        return self.html, *(page for _, page in self.others)


class Within:
    """What was written into the quoted mail of a reply. Nothing is looked at before it is asked for: that takes long."""

    def __init__(self, parts: Parts, sent: Said, items: Mapping[str, ItemKind]) -> None:
        self._parts = parts
        self._sent = sent
        self._items = items
        self._ours = _OurLines(sent)

    def top(self) -> str:
        """What stands above the quote; of lines of ours that were marked and answered there, only the ID or the label."""
        lines = self._parts.top.split("\n")
        if not any(self._sent) or not any(map(is_marked, lines)):
            return self._parts.top
        heads = Heads(self._items, date.min)
        shown: list[str] = []
        for line in lines:
            plain = without_marks(line)
            if not is_marked(line) or not self._ours.hold(_letters(plain)):
                shown.append(line)
            elif item := heads.named_first(plain.strip()):
                shown += [SECTION_END, item]
            elif is_blank_label(plain):
                shown.append(plain)
        return "\n".join(shown)

    def typed(self) -> str:
        """What stands on unmarked lines among marked ones, ready to be read as answers."""
        return self._placed(self._below_a_mark()) if self._parts.has_marks else ""

    def written(self) -> str:
        """The same, with every line of our mail that was changed; "" where it is not known what we sent."""
        if not any(self._sent) or not self._parts.below_the_line:
            return ""
        above = list(self._above_ours())
        # Mostly nothing was changed, and what was typed below a marked quote is read anyway.
        untouched = self._parts.has_marks and self._ours.stand_in(self._parts.quoted)
        return self._placed([*above, QuotedLine("", marked=True), *(() if untouched else self._compared())])

    def is_untouched(self) -> bool:
        """Whether the quoted mail came back as it went out: nothing was written between its lines."""
        lines = self._below_a_mark() if self._parts.has_marks else self._compared()
        return all(line.marked or not line.text.strip() for line in lines)

    # Which lines are whose: marked are those that the mail program quotes

    def _below_a_mark(self) -> Iterable[QuotedLine]:
        return dropwhile(lambda line: not line.marked, self._unmarked())

    def _unmarked(self) -> Iterable[QuotedLine]:
        """The lines from the quote on; marked are also the words of ours that were wrapped after the marks were set."""
        if not any(self._sent):
            yield from self._parts.lines
            return
        before = ""
        for line in self._parts.lines:
            goes_on = not line.marked and self._goes_on(before, line.text)
            yield QuotedLine(line.text, marked=True) if goes_on else line
            before = line.text if _HAS_LETTERS.search(line.text) else before

    def _goes_on(self, before: str, line: str) -> bool:
        """Whether a line is the rest of one of ours that begins on the line before."""
        above, letters = _letters(before), _letters(line)
        return bool(above and letters) and self._ours.hold_in_one(above + letters)

    def _above_ours(self) -> Iterator[QuotedLine]:
        """What was written below the headers of the quoted mail and above our first line."""
        above = [line.text for line in self._parts.lines_around_ours()[0]]
        begins = end_of_introduction(above)
        if any(is_introduction(above, number) for number in range(begins, len(above))):
            return  # an older mail, which was quoted together with ours
        for line in above[begins:]:
            yield QuotedLine(line, marked=is_banner(line))

    def _compared(self) -> Iterator[QuotedLine]:
        """The lines below our first one; marked are those that we sent, however the mail program wrapped them.

        Older mails that are quoted below ours are left out, and what is marked below our last line: a footer, say.
        """
        lines = self._parts.lines_around_ours()[1]
        texts = [line.text for line in lines]
        ours = [True, *self._which_are_ours(texts)[1:]]
        last = max((number for number, is_ours in enumerate(ours) if is_ours), default=-1)
        is_older, before = False, ""
        for number, line in enumerate(lines):
            above, before = before, line.text if _HAS_LETTERS.search(line.text) else before
            if ours[number]:
                is_older = is_older and not find_tokens(line.text)
            elif line.text.strip() and is_introduction(texts, number):
                is_older = True
            if is_older or (line.marked and number > last):
                continue
            is_typed = self._parts.has_marks and not line.marked and not self._goes_on(above, line.text)
            yield QuotedLine(line.text, marked=ours[number] and not is_typed)

    def _which_are_ours(self, texts: Sequence[str]) -> list[bool]:
        filled = list(filter(None, map(_letters, texts)))
        beside = zip(["", *filled], [*filled[1:], ""], strict=False)
        found: list[bool] = []
        for text in texts:
            letters = _letters(text)
            before, after = next(beside) if letters else ("", "")
            is_ours = self._ours.hold(letters) or self._ours.hold_in_one(before + letters, letters + after)
            found.append(is_ours if letters else bool(text.strip()))
        return found

    # Where they stand

    def _placed(self, lines: Iterable[QuotedLine]) -> str:
        """The lines that are not marked, each below the ID and the label that it stands at."""
        found = list(lines)
        end = max(
            (number for number, line in enumerate(found, 1) if not line.marked and line.text.strip()),
            default=0,
        )
        if not end:  # mostly nobody wrote there, and there is nothing to look at
            return ""
        found = found[: end + _LOOKED_BELOW]
        marked = [line.text for line in found if line.marked and _HAS_LETTERS.search(line.text)]
        sections = _Sections(self._ours.as_quoted(marked) if any(self._sent) else marked, self._items)
        own: list[str] = []
        block: list[str] = []
        at = -1
        for line in found:
            if not line.marked:
                block.append(line.text)
            elif letters := _letters(line.text):
                next_one = sections.find(letters, at)
                own += sections.placed(block, at, at + 1 if next_one is None else next_one)
                block = []
                at = at if next_one is None else next_one
        return "\n".join([*own, *sections.placed(block, at, at + 1)])


class _Place(NamedTuple):
    """The item and the label that a line of ours leaves what stands below it at; both may be ""."""

    item: str = ""
    label: str = ""


class _Sections:
    """The lines of a mail of ours in their order, and which item each of them is about."""

    def __init__(self, lines: Sequence[str], items: Mapping[str, ItemKind]) -> None:
        self._items = items
        self._heads = Heads(items, date.min)
        filled = [(line, letters) for line in lines if (letters := _letters(line))]
        self._lines = [line for line, _ in filled]
        self._letters = [letters for _, letters in filled]
        self._joined = "".join(self._letters)
        self._ends: list[int] = []
        self._numbers: dict[str, list[int]] = {}
        for number, letters in enumerate(self._letters):
            self._ends.append((self._ends[-1] if self._ends else 0) + len(letters))
            self._numbers.setdefault(letters, []).append(number)
        self._is_head: list[bool] = []
        self._places = list(self._read_places())

    def _read_places(self) -> Iterator[_Place]:
        item, label, facts, below_labels, is_over = "", "", 0, False, False
        for line, letters in zip(self._lines, self._letters, strict=True):
            if _BELOW_THE_ITEMS.search(letters) or _KIND_BEGINS.fullmatch(letters):
                item = ""
            is_over = is_over and not find_tokens(line)
            named = "" if is_over else self._heads.named_first(line.strip())
            self._is_head.append(bool(named))
            is_label = not named and is_blank_label(line)
            if named:
                item, facts, below_labels = named, 0, False
            else:
                facts += 1
                is_over = is_over or (below_labels and not is_label)  # no lines to copy any more
                if facts > _MOST_FACTS or find_tokens(line) or is_over:
                    item = ""
                below_labels = bool(item) and (below_labels or is_label)
            label = line if is_label else ""
            yield _Place(item, label)

    def find(self, letters: str, at: int) -> int | None:
        """The number of the line that these letters are, or are a piece of: the next one behind `at`, or the last before it."""
        if numbers := self._numbers.get(letters):
            place = bisect_left(numbers, at + 1)
            return numbers[place] if place < len(numbers) else numbers[-1]
        if len(letters) < _SHORTEST_PIECE:
            if at >= 0 and self._letters[at].endswith(letters):
                return at
            near = range(at + 1, min(at + 1 + _NEAR, len(self._letters)))
            return next((each for each in near if self._letters[each].startswith(letters)), None)
        start = self._joined.find(letters, self._ends[at - 1] if at > 0 else 0)
        start = start if start >= 0 else self._joined.find(letters)
        return bisect_left(self._ends, start + len(letters)) if start >= 0 else None

    def placed(self, block: Sequence[str], at: int, until: int) -> Iterator[str]:
        """Lines that stand between two of ours, as answers are read: below a new ID and label where these change."""
        own = [line for line in block if line.strip()]
        if not own:
            return
        places = self._places_of(own, at, until)
        last: _Place | None = None
        for line in block:
            if not line.strip():
                yield line
                continue
            place, over = next(places)
            shown = _as_label(line if over is None else _without_cells_of(line, self._lines[over]))
            is_new, last = place != last, place
            yield from self._below(place, shown) if is_new else (shown,)

    def _below(self, place: _Place, line: str) -> Iterator[str]:
        """A line below its ID and label; on the line with the ID where there is no label, so that its values count."""
        yield SECTION_END
        item = place.item or (next(iter(self._items)) if place.label and len(self._items) == 1 else "")
        if item and not place.label and not (labelled(line.strip()) or self._heads.of(line.strip())):
            yield f"{item}: {line.strip()}"
        else:
            yield from filter(None, (item, place.label, line))

    def _places_of(self, own: Sequence[str], at: int, until: int) -> Iterator[tuple[_Place, int | None]]:
        """Where each of the lines belongs that stand between `at` and `until`, and which of ours it was written over."""
        place = self._places[at] if 0 <= at < len(self._places) else _Place()
        pairs = self._pairs(own, range(at + 1, until))
        begins = at + 1
        following = _next_known(pairs, until)
        for over, ends in zip(pairs, following, strict=True):
            if over is not None:
                place, begins = self._places[over], over + 1
            else:
                heads = [each for each in range(begins, ends) if self._is_head[each]]
                if heads == [at + 1]:
                    place = self._places[at + 1]  # where our head stood, and nothing else is missing above it
                elif heads:
                    place = _Place()  # nobody can say on which side of it
            yield place, over

    def _pairs(self, own: Sequence[str], missing: Sequence[int]) -> list[int | None]:
        """Of each line the number of the line of ours that it was written over; None where that is not clear."""
        if len(own) == len(missing):
            return list(missing)
        found: list[int | None] = []
        left = list(missing)
        for line in own:
            number = next((each for each in left if self._begin_alike(line, each)), None)
            found.append(number)
            if number is not None:
                left = [each for each in left if each > number]
        return found

    def _begin_alike(self, line: str, number: int) -> bool:
        """Whether a line begins as one of ours does: with the same ID, the same label, or all of it."""
        if self._is_head[number]:
            return self._heads.named_first(line.strip()) == self._places[number].item
        begins = _letters(re.split(r"[:|]", self._lines[number], maxsplit=1)[0])
        return bool(begins) and _letters(line).startswith(begins)


def _next_known(pairs: Sequence[int | None], until: int) -> list[int]:
    """For each line, the number of the next one that was written over a line of ours, or `until`."""
    found: list[int] = []
    for number in reversed(pairs):
        found.append(number if number is not None else found[-1] if found else until)
    return found[::-1]


def _without_cells_of(line: str, ours: str) -> str:
    """A row without the cells behind its first that were left as they were: `60% | Mee bezig`."""
    first, *others = line.split(_CELL_END)
    known = set(map(_letters, ours.split(_CELL_END)))
    return _CELL_END.join([first, *(cell for cell in others if _letters(cell) not in known)])


def _as_label(line: str) -> str:
    """A row of a card as its label and what stands behind it: `Laatste waarde | 60%`."""
    first, mark, rest = line.partition(_CELL_END)
    found = labelled(f"{first}:") if mark else None
    return f"{first}: {rest}" if found and not found.rest else line


class _OurLines:
    """The lines of mails of ours. Their HTML is read only for a line that is not in their plain text: that takes long."""

    def __init__(self, sent: Said) -> None:
        self._sent = sent

    @cached_property
    def _in_text(self) -> _Lines:
        return _Lines.of(self._sent.texts())

    @cached_property
    def _html_text(self) -> str:
        return "\n".join(map(text_of_html, self._sent.pages()))

    @cached_property
    def _in_html(self) -> _Lines:
        return _Lines.of(self._html_text)

    def stand_in(self, quoted: str) -> bool:
        """Whether all of the text, or all that the HTML says, stands in what is quoted as it was sent."""
        text, page = self._sent.text, self._sent.html
        if self._sent.others:
            return False
        if text and _without_blanks(text) in _without_blanks(quoted):
            return True
        return bool(page) and _letters(_without_tags(page)) in _letters(quoted)

    def hold(self, letters: str) -> bool:
        """Whether these are the letters of one of the lines, or of a piece of them."""
        return self._in_text.hold(letters) or self._in_html.hold(letters)

    def hold_in_one(self, *pieces: str) -> bool:
        """Whether one of these stands within a single line: a short rest of a wrapped line, with what stands beside it."""
        long_enough = [piece for piece in pieces if len(piece) >= _SHORTEST_PIECE]
        return self._in_text.hold_in_one(long_enough) or self._in_html.hold_in_one(long_enough)

    def as_quoted(self, quoted: Sequence[str]) -> list[str]:
        """Our lines in the form that was quoted: the one that holds more of the quoted lines as a whole."""
        letters = list(map(_letters, quoted))
        in_text = sum(each in self._in_text.whole for each in letters)
        if in_text == len(letters) or in_text >= sum(each in self._in_html.whole for each in letters):
            return self._sent.texts().split("\n")
        return self._html_text.split("\n")


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _without_tags(page: str) -> str:
    """The words of a page of ours: quick, and enough for a page without anything hidden."""
    return unescape(re.sub(r"<[^>]*>", " ", page[max(0, page.find("<body")) :]))


class _Lines(NamedTuple):
    """The letters of each line of a text, and of all of it."""

    whole: frozenset[str]
    joined: str

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(frozenset(map(_letters, text.split("\n"))), _letters(text))

    def hold(self, letters: str) -> bool:
        return letters in self.whole or (len(letters) >= _SHORTEST_PIECE and letters in self.joined)

    def hold_in_one(self, pieces: Iterable[str]) -> bool:
        """Whether one of these stands within a single line."""
        return any(piece in line for piece in pieces if piece in self.joined for line in self.whole)


_NO_LETTERS = re.compile(r"[\W_]+")
_HAS_LETTERS = re.compile(r"[^\W_]")


def _letters(line: str) -> str:
    return _NO_LETTERS.sub("", line).casefold()


_KIND_BEGINS = re.compile(
    r"(?:ambities?|strategieën|indicatoren|acties|objectives?|strategies|indicators|actions)\d{0,4}"
)
_BELOW_THE_ITEMS = re.compile(
    "|".join(_letters(said) for text in BELOW_THE_ITEMS for said in (text.nl, text.en))
)
