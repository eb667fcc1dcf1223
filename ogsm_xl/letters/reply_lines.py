"""What an owner wrote, line by line, as answers on the items that were asked about.

Forgiving in form: order, capitals, punctuation, decimal comma, bullets, both languages. Strict in meaning: a light, a
status or a number counts only where it stands by itself (`A12 oranje 60%`, `Status: klaar`), so that "A12 groen
onderhoud is uitbesteed" is a text and no green light. What could mean two things becomes a problem, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple

from ogsm_xl.letters.answer_values import NoDay, Run, Said, day_of, is_filler, prepared, run_of
from ogsm_xl.letters.quoting import begins_signature, is_banner, is_greeting
from ogsm_xl.plan.words import ItemKind, Status, Text, TrafficLight, Word
from ogsm_xl.plan.written import Unclear, read_progress, shown

SECTION_END = "\f"
"""A line that ends what belongs to the item before it."""

_MOST_LINES = 4_000
_LONGEST_ANSWER = 8_000  # characters of one text about one item
_LONGEST_HEAD = 120  # characters of a line in which an ID is looked for behind values
_LONGEST_STATE = 1_000  # characters of a line in which values are looked for


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one item; None and "" for what was not mentioned.

    Attributes:
        item: The item's ID, as it was asked.
        no_change: Whether it was said that nothing changed, and no value was given. A text may stand beside it.
    """

    item: str
    light: TrafficLight | None = None
    status: Status | None = None
    progress: int | None = None
    value: float | None = None
    measured_on: date | None = None
    done: str = ""
    next: str = ""
    needed: str = ""
    proposal: str = ""
    no_change: bool = False


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The answers in a text.

    Attributes:
        answers: One an item, in the order in which the items were first named.
        problems: What was not understood, and what to write instead; each names its item.
        rest: Lines that belong to no item.
    """

    answers: tuple[Answer, ...] = ()
    problems: tuple[Text, ...] = ()
    rest: str = ""


def read_answers(
    text: str, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
) -> LinesRead:
    """The answers that a person wrote on the items that they were asked about.

    Args:
        text: What the person wrote, without what the mail quotes; greeting, banner and signature may be in it.
        items: ID to kind of every item asked of this person; with exactly one, its ID may be left out.
        today: The day on which it was written; completes dates without a year.
        titles: ID to the item's own text: people copy it along with the ID, and it is no part of their answer.
    """
    reader = _Reader(items, today, titles)
    lines = text.split("\n")
    for line in lines[:_MOST_LINES]:
        reader.read(line)
    if len(lines) > _MOST_LINES:
        reader.problem(_TOO_LONG.filled(count=_MOST_LINES))
    return reader.result()


def item_named_first(line: str, items: Mapping[str, ItemKind]) -> str:
    """The ID of the one item of these that a line begins with, or ""."""
    named = _Reader(items, date.min).named_first(line.strip())
    return named[0] if len(named) == 1 else ""


def is_blank_label(line: str) -> bool:
    """Whether a line is a label or a question of ours with nothing behind it, such as `Gedaan:`."""
    plain = _BULLET.sub("", line.strip(), count=1)
    label = _LABEL.match(plain)
    return bool(label and label["mark"].strip() and _BLANK_ANSWER.fullmatch(plain[label.end() :]))


def filled_in(text: str, items: Mapping[str, ItemKind], today: date) -> LinesRead:
    """The answers in a copy of our own mail that was filled in.

    Our lines to copy hold the known light and progress, but nothing behind `Gedaan:` and the other labels. So an item
    counts as answered when there is text behind one of its labels; what else the mail says about it is our own.
    """
    reader = _Reader(items, today)
    blocks: list[list[str]] = []
    is_open = False
    for line in text.split("\n"):
        plain = _QUOTE_MARKS.sub("", line, count=1).strip()
        label = _LABEL.match(plain)
        if reader.named_first(plain):
            blocks.append([plain])
            is_open = True
        elif (is_open and label and label["mark"].strip() and not label[_Label.STATE.name]) or (
            is_open and _goes_on(plain) and any(map(_is_filled, blocks[-1][1:][-1:]))
        ):
            blocks[-1].append(plain)
        else:
            is_open = False
    filled = ["\n".join(block) for block in blocks if any(_is_filled(line) for line in block[1:])]
    return read_answers(f"\n{SECTION_END}\n".join(filled), items, today)


def _goes_on(line: str) -> bool:
    """Whether a line can go on with the text above it: it is not empty, and not the number of our next paragraph."""
    return not re.fullmatch(r"|\d[.)]?", line)


def _is_filled(line: str) -> bool:
    """Whether there is text in a line of a block: behind its label, or without one."""
    label = _LABEL.match(line)
    if label is None or not label["mark"].strip():
        return True
    texts = {_Label.DONE, _Label.NEXT, _Label.NEEDED, _Label.PROPOSAL}
    return any(label[name.name] for name in texts) and not _BLANK_ANSWER.fullmatch(line[label.end() :])


# --- Problems, in the words of their reader

_TOO_LONG = Text(
    "De tekst is te lang: alleen de eerste {count} regels zijn gelezen.",
    "The text is too long: only its first {count} lines were read.",
)
_ANSWER_TOO_LONG = Text(
    "{id}: de tekst is te lang; alleen het begin is bewaard.",
    "{id}: the text is too long; only its beginning was kept.",
)
_NOT_ASKED = Text(
    "{id} is niet aan jou gevraagd; wat je daarover schreef, is niet verwerkt.",
    "{id} was not asked of you; what you wrote about it was not recorded.",
)
_CONFLICT = Text(
    "{id}: je noemt zowel “{one}” als “{other}”. Er is niets over {id} verwerkt; stuur opnieuw wat er moet staan.",
    "{id}: you name both “{one}” and “{other}”. Nothing was recorded for {id}; send again what it should be.",
)
_UNSURE = Text(
    "{id}: het is niet duidelijk of “{word}” je antwoord is of een deel van de zin “{line}”. De zin is als tekst bewaard. "
    "Bedoel je het als antwoord, zet er dan een komma achter.",
    "{id}: it is not clear whether “{word}” is your answer or part of the sentence “{line}”. The sentence was kept as text. "
    "If you mean it as an answer, put a comma behind it.",
)
_NO_PLACE = Text(
    "{id}: “{value}” kan niet bij dit soort onderdeel ({kind}).",
    "{id}: “{value}” can't be given for this kind of item ({kind}).",
)
_WHICH_ITEM = Text(
    "Het is niet duidelijk waar “{line}” over gaat: zet de ID ervoor, zoals “{id} {line}”.",
    "It is not clear what “{line}” is about: put the ID in front, such as “{id} {line}”.",
)
_NOT_READ = Text(
    "{id}: “{value}” is geen kleur, status of percentage. Het is als tekst bewaard.",
    "{id}: “{value}” is no colour, status or percentage. It was kept as text.",
)
_LABEL_OR_ANSWER = Text(
    "{id}: “{word}” staat er zonder tekst. Is het afgerond, schrijf dan “{id} afgerond”.",
    "{id}: “{word}” stands there without a text. If it is finished, write “{id} done”.",
)
_NOT_A_DAY = Text("{id}: “{value}” is geen datum.", "{id}: “{value}” is no date.")


# --- Labels


class _Label(Enum):
    """What stands behind a label."""

    DONE = "done"
    NEXT = "next"
    NEEDED = "needed"
    PROPOSAL = "proposal"
    STATE = "state"  # a light, a status or progress: people write any of them behind the name of any other
    MEASURED_ON = "measured_on"


_LABEL_WORDS: Mapping[_Label, str] = {
    _Label.DONE: (
        "gedaan|wat (?:heb je|heb ik|is er|is) gedaan|toelichting|resultaat|resultaten|update|stand van zaken|opmerkingen|opmerking|"
        "notitie|afgelopen periode|onderbouwing|done|what (?:have you|i have|i've|was) done|what did (?:you|i) do|accomplished|"
        "accomplishments|results?|explanation|comments?|notes?|remarks?|last period|state of affairs"
    ),
    _Label.NEXT: (
        "komende periode|volgende periode|vervolgstappen|vervolgstap|vervolg|volgende stappen|volgende stap|"
        "wat (?:ga je|ga ik)(?: (?:in )?de komende periode)? doen|plannen|"
        "next steps?|next period|next|coming period|what will (?:you|i) do(?: next| in the coming period)?|plans"
    ),
    _Label.NEEDED: (
        "nodig|wat (?:heb je|heb ik) nodig(?: van het team)?|hulpvraag|hulpvragen|knelpunten|knelpunt|"
        "needed|needs?|what do (?:you|i) need(?: from the team)?|support needed|support|asks?|blockers?"
    ),
    _Label.PROPOSAL: (
        "voorstellen|voorstel|wijzigingsvoorstellen|wijzigingsvoorstel|voorgestelde wijzigingen|voorgestelde wijziging|"
        "proposals?|proposed changes?|suggested changes?"
    ),
    _Label.STATE: (
        "status|stand|fase|voortgang|percentage|percentage gereed|% gereed|gereed|verkeerslicht|stoplicht|licht|kleur|"
        "progress|% complete|completion|traffic light|light|rag|colour|color|phase|stage|state|"
        "waarde|meting|meetwaarde|gemeten waarde|gemeten|realisatie|laatste waarde|value|actual|measured value|measured|"
        "measurement|latest value"
    ),
    _Label.MEASURED_ON: "gemeten op|meetdatum|datum meting|datum|peildatum|measured on|date of measurement|measurement date|date",
}  # fmt: skip

_ANY_LABEL = "|".join(f"(?P<{label.name}>{words})" for label, words in _LABEL_WORDS.items())
_LABEL = re.compile(
    rf"[*_ ]{{0,3}}(?:{_ANY_LABEL})[*_ ]{{0,3}}(?P<mark>\s?[:=]|\s[-–—](?=\s)|\s?\?\s?:?|$)[*_ ]{{0,3}}",
    re.IGNORECASE,
)
_PROGRESS_LABEL = re.compile(
    r"[*_ ]{0,3}(?:voortgang|percentage|%|gereed|progress|completion)", re.IGNORECASE
)
_INLINE_WORDS = "|".join(_LABEL_WORDS[label] for label in _Label if label is not _Label.STATE)
_INLINE_LABEL = re.compile(
    rf"(?:(?<=[.;,|!?)%])\s*|(?<=\s[-–])\s+)(?=(?i:{_INLINE_WORDS})\s?:)"
    r"|\s+(?=(?:Gedaan|Komende periode|Nodig|Voorstel|Toelichting|Done|Next|Needed|Proposal|Update|Gemeten op|Measured on):)"
)

# --- Lines that name an item

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
_NUMBER_ALONE = re.compile(r"\d{1,4}(?![\w%]|[.,]\d)")
_WORD_BEGINS = re.compile(r"(?<![\w-])(?=\w)")
_GREETED = re.compile(
    r"^(?:hoi|hallo|hey|hi|hello|dag|beste|dear|goedemorgen|goedemiddag)\b[^,.:;!\d]{0,40}[,!]\s+(?=\S)",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:^|[.,;!]\s+|\s+[-–]\s+)(?i:met vriendelijke groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|gr|"
    r"(?:kind |best )?regards|cheers|thanks|bedankt)[\s,.!]*(?:[A-ZÀ-Ý][\w'’-]*[\s.]*){0,3}$"
)
_BULLET = re.compile(r"^(?:o(?=\s+\S)|[-*•·‣▪▫◦●○►➢✦\uf0b7\uf0a7§+–—]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_QUOTE_MARKS = re.compile(r"^(?:\s{0,4}>)+\s?")

_SEGMENT_END = re.compile(
    r":(?=\s)|\s/(?=\s)|(?<!\d),|,(?!\d)|[;|•·]|\s[-–—]+(?=\s)|[.!](?=\s|$)|\s\((?=[^()]*\)\s*$)|\)\s*$"
)
_EXPLAINS = frozenset({
    "want", "omdat", "doordat", "door", "vanwege", "wegens", "maar", "alles", "we", "wij", "ik", "er", "wacht", "wachten", "loopt",
    "because", "since", "due", "but", "all", "i", "there", "waiting", "wait", "as", "everything", "however",
})  # fmt: skip
_BLANK_ANSWER = re.compile(r"[\s\[\]_.…:*-]*")

_FIELDS_OF = {
    ItemKind.ACTION: {"light", "status", "progress"},
    ItemKind.STRATEGY: {"light"},
    ItemKind.INDICATOR: {"light", "value", "measured_on"},
    ItemKind.OBJECTIVE: {"light"},
}


class _Head(NamedTuple):
    """A line that begins an answer: the items that it names (none when it names one that was not asked), and the rest."""

    items: tuple[str, ...]
    rest: str
    not_asked: str = ""


class _Place(Enum):
    """Where in the text the reader is."""

    BEFORE = auto()  # before the first item
    ITEM = auto()
    NOT_ASKED = auto()  # below an item that was not asked of this person
    IGNORED = auto()  # in a signature or disclaimer


@dataclass
class _Collected:
    """Everything that was said about one item."""

    values: dict[str, object] = field(default_factory=dict)
    conflicts: list[tuple[object, object]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def put(self, said: Said) -> None:
        before = self.values.setdefault(said.field, said.value)
        if before != said.value:
            self.conflicts.append((before, said.value))

    def add(self, name: str, line: str) -> None:
        self.texts.setdefault(name, []).append(line)

    def text(self, name: str) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.texts.get(name, ()))).strip()


class _Reader:
    """Reads the lines one after the other."""

    def __init__(
        self, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
    ) -> None:
        self._items = items
        self._titles = {item: _letters(title) for item, title in (titles or {}).items()}
        self._today = today
        self._ids = {_id_key(item): item for item in items}
        self._prefixes = {key.rstrip("0123456789.") for key in self._ids} | {"A", "S", "I", "O"}
        self._only = next(iter(items)) if len(items) == 1 else ""
        self._found: dict[str, _Collected] = {}
        self._problems: list[Text] = []
        self._rest: list[str] = []
        self._current: tuple[str, ...] = ()
        self._place = _Place.BEFORE
        self._field = "done"
        self._label_open = False
        self._bare_labels: dict[
            str, str
        ] = {}  # items below which "Done" stood alone, which may be a label or an answer

    def problem(self, text: Text) -> None:
        if text not in self._problems:
            self._problems.append(text)

    def read(self, line: str) -> None:
        """Take in one line."""
        if line == SECTION_END:
            self._current, self._place = (), _Place.BEFORE
            return
        plain = _QUOTE_MARKS.sub("", line, count=1) if line.lstrip().startswith(">") else line
        plain = plain.strip()
        if self._place is _Place.BEFORE:
            plain = _GREETED.sub("", plain, count=1)
        if not plain:
            self._blank_line()
        elif head := self._head(plain):
            self._begin(head)
        elif begins_signature(line):
            # A "thanks" above the answers is a courtesy, below them it begins the signature.
            if self._place is not _Place.BEFORE or self._found:
                self._place = _Place.IGNORED
        elif self._place is _Place.BEFORE:
            self._read_before(plain)
        elif self._place is _Place.ITEM:
            self._read_pieces(plain, at_head=False)
        elif self._place is _Place.NOT_ASKED:
            self._rest.append(plain)

    def named_first(self, line: str) -> tuple[str, ...]:
        """The asked items that a line begins with."""
        head = self._asked_head(line) or self._asked_head(_BULLET.sub("", line, count=1))
        return head.items if head else ()

    def result(self) -> LinesRead:
        """Everything that was read."""
        answers = [self._answer(item, found) for item, found in self._found.items()]
        rest = re.sub(r"\n{3,}", "\n\n", "\n".join(self._rest)).strip()
        return LinesRead(tuple(filter(None, answers)), tuple(self._problems), rest)

    # Lines that begin an item

    def _head(self, line: str) -> _Head | None:
        unmarked = _BULLET.sub("", line, count=1)
        for start in dict.fromkeys((line, unmarked)):
            found = (
                self._asked_head(start)
                or self._foreign_head(start)
                or self._head_of_all(start)
                or self._head_behind_values(start)
            )
            if found:
                return found
        return None

    def _asked_head(self, line: str) -> _Head | None:
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
                return _Head(
                    tuple(dict.fromkeys(items)), rest if len(items) > 1 else self._without_title(item, rest)
                )
            at = another.end()
        return self._numbered_head(line, word) if word else None

    def _numbered_head(self, line: str, word: re.Match[str]) -> _Head | None:
        """`Actie 12: …` where one action was asked that has this number."""
        found = _NUMBER_ALONE.match(line, word.end())
        kind = _KIND_OF_WORD.get(word[0].strip(" :#").casefold())
        if not found or kind is None:
            return None
        asked = [
            item for item, its in self._items.items() if its is kind and re.sub(r"\D", "", item) == found[0]
        ]
        rest = line[_end(_UNWRAPPING, line, found.end()) :]
        return _Head((asked[0],), self._without_title(asked[0], rest)) if len(asked) == 1 else None

    def _without_title(self, item: str, rest: str) -> str:
        """What follows an ID, without the item's own text, which was copied along."""
        title = self._titles.get(item, "")
        if not title or not _letters(rest[: 2 * len(title) + 80]).startswith(title):
            return rest
        end = next(at for at in range(len(rest) + 1) if _letters(rest[:at]) == title)
        return rest[_end(_UNWRAPPING, rest, end) :]

    def _head_behind_values(self, line: str) -> _Head | None:
        """`Groen: A12 en A13`, `oranje 60% A12`: nothing but values before the ID."""
        for place in list(_WORD_BEGINS.finditer(line[:_LONGEST_HEAD]))[1:]:
            if self._id_at(line, place.start()):
                before = line[: place.start()].rstrip(" :=-–—>→(")
                head = self._asked_head(line[place.start() :])
                return (
                    _Head(head.items, f"{before} {head.rest}")
                    if head and before and self._states(before)
                    else None
                )
        return None

    def _id_at(self, line: str, start: int) -> tuple[str, int] | None:
        """The longest ID that was asked and stands here, whatever its capitals, blanks and hyphens; and where it ends."""
        key, found = "", None
        for at in range(start, min(len(line), start + 24)):
            letter = line[at]
            if letter == " " and not (
                line[start].isupper() and line[at - 1].isalpha() and line[at + 1 : at + 2].isdigit()
            ):
                break
            if letter not in " -‐‑":
                key += letter.upper()
            following = line[at + 1 : at + 3]
            if key in self._ids and not re.match(r"[\w%'’]|[-‐‑]\w|[.,]\d", following):
                found = self._ids[key], at + 1
        return found

    def _follows_number(self, rest: str, item: str) -> bool:
        """Whether a line that begins with a number means the item with that number: a mark or nothing but values follow."""
        if re.match(r"\s*(?:[:.)|]|[-–—]\s|$)", rest):
            return True
        return run_of(prepared(rest[:_LONGEST_STATE]), self._items[item], self._today).strong > 0

    def _foreign_head(self, line: str) -> _Head | None:
        """A line that begins with the ID of an item that was not asked, and goes on like an answer."""
        at = _end(_WRAPPING, line, 0)
        if word := _KIND_WORD.match(line, at):
            at = word.end()
        found = _ANY_ID.match(line, at)
        if not found or found["letters"].upper() not in self._prefixes:
            return None
        rest = line[_end(_UNWRAPPING, line, found.end()) :]
        marked = re.match(r"[*_)\]]*\s?:|\s[-–—]\s", line[found.end() :])
        run = run_of(prepared(rest[:_LONGEST_STATE]), ItemKind.ACTION, self._today)
        if rest and not marked and not (run.whole or run.strong):
            return None
        return _Head((), rest, not_asked=found[0].upper())

    def _head_of_all(self, line: str) -> _Head | None:
        """`alles groen`, `alle acties ongewijzigd`: the same for every item that was asked."""
        found = _ALL_ITEMS.match(line)
        if not found or len(self._items) < 2:
            return None
        kind = next((kind for word, kind in _ALL_OF_KIND.items() if word in found[0].casefold()), None)
        items = tuple(item for item, its in self._items.items() if kind in {None, its})
        run = run_of(prepared(line[found.end() :][:_LONGEST_STATE]), ItemKind.STRATEGY, self._today)
        only = {said.field for said in run.said} <= {"light", "no_change"}
        return _Head(items, line[found.end() :]) if items and run.whole and only and not run.unclear else None

    def _states(self, text: str) -> bool:
        """Whether a text holds values and nothing else."""
        run = self._state(text)
        return run.whole and bool(run.said)

    def _begin(self, head: _Head) -> None:
        if head.not_asked:
            self.problem(_NOT_ASKED.filled(id=head.not_asked))
            self._place = _Place.NOT_ASKED
            if head.rest:
                self._rest.append(head.rest)
            return
        self._start(head.items)
        self._read_pieces(head.rest, at_head=True)

    def _start(self, items: tuple[str, ...]) -> None:
        self._current, self._place = items, _Place.ITEM
        self._field, self._label_open = "done", False
        for item in items:
            self._found.setdefault(item, _Collected())

    # Lines below or without one

    def _blank_line(self) -> None:
        if self._place is _Place.ITEM:
            self._add("")
        elif self._place is not _Place.IGNORED:
            self._rest.append("")

    def _read_before(self, line: str) -> None:
        if is_banner(line) or is_greeting(line):
            return
        line = _BULLET.sub("", line, count=1)
        label = _LABEL.match(line)
        run = self._state(line)
        answers = (
            run.whole
            or run.strong >= 2
            or self._begins_with_values(line)
            or bool(label and label["mark"].strip() in {":", "="})
        )
        if answers and self._only:
            above = [text for text in self._rest if not text.endswith(":")]
            self._rest.clear()
            self._start((self._only,))
            for text in above:
                self._add(text)
            self._read_pieces(line, at_head=False)
        else:
            if (
                answers
                and self._items
                and not _BLANK_ANSWER.fullmatch(line.partition(":")[2] if label else line)
            ):
                self.problem(_WHICH_ITEM.filled(line=shown(line), id=next(iter(self._items))))
            self._rest.append(line)

    def _begins_with_values(self, line: str) -> bool:
        """Whether the first part of a line, up to its first mark, holds nothing but values."""
        first = _SEGMENT_END.split(prepared(line[:_LONGEST_STATE]), maxsplit=1)[0]
        run = self._state(first)
        return run.whole and run.strong > 0

    def _read_pieces(self, line: str, *, at_head: bool) -> None:
        """A line that may hold several labels, or only the first part of one."""
        pieces = [piece for piece in _INLINE_LABEL.split(line) if not re.fullmatch(r"[\s*•–-]*", piece)]
        for number, piece in enumerate(pieces, start=1):
            self._read_piece(piece.strip(" " if number == len(pieces) else " ;,|-–"), at_head=at_head)

    def _read_piece(self, piece: str, *, at_head: bool) -> None:
        """A line, or the part of one up to the next label in it."""
        unmarked = _BULLET.sub("", piece, count=1)
        label = _LABEL.match(unmarked)
        if label and (label["mark"].strip() or not at_head) and not self._is_state_alone(label, unmarked):
            self._read_label(label, unmarked[label.end() :].strip())
        elif at_head or not (self._label_open or self._has_values()):
            self._read_state_and_text(piece)
        else:
            run = self._state(unmarked)
            if run.whole and run.strong and not (self._label_open and not self._has_text()):
                self._take(run)
            else:
                self._add(piece)

    def _is_state_alone(self, label: re.Match[str], line: str) -> bool:
        """Whether a word without a colon is an answer ("Gereed") rather than the label of what comes."""
        if label["mark"].strip() or not self._state(line).whole:
            return False
        if label[_Label.DONE.name]:
            self._bare_labels |= dict.fromkeys(self._current, line)
            return False
        return True

    def _read_label(self, label: re.Match[str], rest: str) -> None:
        name = next(each for each in _Label if label[each.name])
        if name in {_Label.STATE, _Label.MEASURED_ON}:
            self._label_open = False
            if not _BLANK_ANSWER.fullmatch(prepared(rest)):
                self._read_labelled_state(label, rest) if name is _Label.STATE else self._read_day(rest)
            return
        self._field, self._label_open = name.value, True
        if rest and not _BLANK_ANSWER.fullmatch(rest):
            self._add(rest)

    def _read_labelled_state(self, label: re.Match[str], rest: str) -> None:
        if _PROGRESS_LABEL.match(label[0]) and re.fullmatch(r"\d+(?:[.,]\d+)?|[¼½¾]", rest):
            self._put_read("progress", rest)
            return
        self._field = "done"
        if not self._read_state_and_text(rest):
            for item in self._current:
                self.problem(_NOT_READ.filled(id=item, value=shown(rest)))

    def _put_read(self, name: str, written: str) -> None:
        for item in self._current:
            try:
                self._put(item, Said(name, read_progress(written)), written)
            except Unclear as unclear:
                self.problem(_about(item, unclear.text))

    def _read_day(self, written: str) -> None:
        for item in self._current:
            try:
                self._put(item, Said("measured_on", day_of(written, self._today)), written)
            except Unclear as unclear:
                self.problem(_about(item, unclear.text))
            except NoDay:
                self.problem(_NOT_A_DAY.filled(id=item, value=shown(written)))

    # Values and text on one line

    def _state(self, text: str) -> Run:
        """What the text says as values about the present item."""
        kind = self._items.get(self._current[0] if self._current else self._only, ItemKind.ACTION)
        return run_of(prepared(text[:_LONGEST_STATE]), kind, self._today)

    def _read_state_and_text(self, line: str) -> bool:
        """Values at the beginning and the end of a line, the text between them; whether there were any values."""
        text = prepared(line[:_LONGEST_STATE])
        pieces = _pieces(text)
        took = False
        start, end = 0, len(text)
        while pieces:
            first = pieces[0]
            run = self._state(_text_of(text, first))
            if (
                len(pieces) > 1
                and is_filler(_text_of(text, first))
                and self._states(_text_of(text, pieces[1]))
            ):
                start = first.after
                pieces.pop(0)
                continue
            if not run.whole:
                reach = self._values_before_text(run, _text_of(text, first))
                took, start = took or bool(reach), first.start + reach
                break
            self._take(run)
            took, start = True, first.after
            pieces.pop(0)
        while len(pieces) > 1:
            last = pieces[-1]
            run = self._state(_text_of(text, last))
            beside = end < len(text) and is_filler(_text_of(text, last))
            if not (run.whole and run.strong) and not beside:
                break
            self._take(run)
            took, end = True, pieces[-2].end
            pieces.pop()
        said = _CLOSED.sub("", text[start:end].strip(" ,;|–—-:/")) if pieces else ""
        said += line[_LONGEST_STATE:]
        if said:
            self._add(said)
        return took

    def _values_before_text(self, run: Run, text: str) -> int:
        """Take the values that a sentence begins with, if they are beyond doubt; how far they reach."""
        if not run.strong:
            return 0
        following = text[run.end :].split(maxsplit=1)[:1]
        if run.strong >= 2 or (following and following[0].casefold().strip(":,.") in _EXPLAINS):
            self._take(run)
            return run.end
        for item in self._current:
            self.problem(_UNSURE.filled(id=item, word=shown(text[: run.end]), line=shown(text)))
        return 0

    def _take(self, run: Run) -> None:
        for item in self._current:
            for text in run.unclear:
                self.problem(_about(item, text))
            for said in run.said:
                self._put(item, said, _shown_value(said.value).nl)

    def _put(self, item: str, said: Said, written: str) -> None:
        kind = self._items[item]
        if said.field != "no_change" and said.field not in _FIELDS_OF[kind]:
            value = _shown_value(said.value) if said.value is not None else Text(written, written)
            self.problem(
                _NO_PLACE.filled(
                    id=item, value=value, kind=Text(kind.value.nl.lower(), kind.value.en.lower())
                )
            )
        elif said.value is not None:
            self._found[item].put(said)

    def _add(self, line: str) -> None:
        for item in self._current:
            self._found[item].add(self._field, line)

    def _has_values(self) -> bool:
        return any(self._found[item].values for item in self._current)

    def _has_text(self) -> bool:
        return any(self._found[item].text(self._field) for item in self._current)

    def _answer(self, item: str, found: _Collected) -> Answer | None:
        if found.conflicts:
            one, other = (_shown_value(value) for value in found.conflicts[0])
            self.problem(_CONFLICT.filled(id=item, one=one, other=other))
            return None
        texts: dict[str, Any] = {name: found.text(name) for name in ("done", "next", "needed", "proposal")}
        for name, text in texts.items():
            if len(text) > _LONGEST_ANSWER:
                self.problem(_ANSWER_TOO_LONG.filled(id=item))
                texts[name] = text[:_LONGEST_ANSWER]
        values: dict[str, Any] = dict(found.values)
        if "value" not in values:
            values.pop("measured_on", None)  # our lines to copy hold today's date: it says nothing by itself
        no_change = bool(values.pop("no_change", False)) and not values
        if not (values or no_change or any(texts.values())):
            if item in self._bare_labels:
                self.problem(_LABEL_OR_ANSWER.filled(id=item, word=self._bare_labels[item]))
            return None
        return Answer(item, **values, **texts, no_change=no_change)


class _Piece(NamedTuple):
    """A part of a line between marks: where it begins and ends, and where the next one begins."""

    start: int
    end: int
    after: int


def _text_of(text: str, piece: _Piece) -> str:
    return text[piece.start : piece.end]


def _pieces(text: str) -> list[_Piece]:
    pieces, start = [], 0
    for mark in _SEGMENT_END.finditer(text):
        if text[start : mark.start()].strip():
            pieces.append(_Piece(start, mark.start(), mark.end()))
        start = mark.end()
    if text[start:].strip():
        pieces.append(_Piece(start, len(text), len(text)))
    return pieces


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern ends that begins here; here, where it does not."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _id_key(written: str) -> str:
    return re.sub(r"[\s‐‑-]", "", written).upper()


def _about(item: str, text: Text) -> Text:
    return Text(f"{item}: {text.nl}", f"{item}: {text.en}")


def _shown_value(value: object) -> Text:
    if isinstance(value, Word):
        return value.value
    if isinstance(value, bool):
        return Text("geen wijzigingen", "no change")
    written = f"{value}%" if isinstance(value, int) else shown(value)
    return Text(written.replace(".", ",") if isinstance(value, float) else written, written)
