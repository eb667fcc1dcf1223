"""The values that a piece of an answer begins with: `oranje 60%`, `afgerond`, `23,5 per 1 november`, `geen wijzigingen`.

A word counts as a value only where nothing but values stand beside it; `Run` says how far they reach. Words that could
mean two things, and figures that can't be right, are named as unclear.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from ogsm_xl.letters.answer_text import EXCEPTION, LIGHT_SYMBOLS, NO_CHANGE
from ogsm_xl.plan.synonyms import MONTHS
from ogsm_xl.plan.words import ItemKind, Status, Text, TrafficLight
from ogsm_xl.plan.written import (
    DateOrder,
    DecimalMark,
    Unclear,
    folded,
    read_date,
    read_light,
    read_number,
    read_progress,
    read_status,
    shown,
)

_LONGEST_PHRASE = 60
_ALL_OF_IT = 100
_MOST_WORDS = 12  # that one value is written in
_PHRASES_KEPT = 4_096  # of which is remembered what they are: most of a text is read more than once

_FILLERS = frozenset({
    "is", "nu", "now", "nog", "steeds", "still", "blijft", "remains", "staat", "op", "at", "status", "voortgang", "progress",
    "verkeerslicht", "stoplicht", "licht", "light", "kleur", "colour", "color", "met", "with", "en", "and", "traffic",
    "weer", "wel", "ook", "eveneens", "also", "too", "helaas", "eindelijk", "gelukkig", "inmiddels", "gewoon", "dus", "ja", "yes", "again", "finally",
    "unfortunately", "code", "de", "het", "the", "it", "it's", "zijn", "are", "staan", "blijven",
    "stand", "datum", "date", "gemeten", "measured", "currently", "momenteel", "=", "->", "→", "waarde", "value", "-", "–", "—",
})  # fmt: skip
_AFTER_PERCENT = frozenset({
    "klaar", "gereed", "af", "done", "complete", "completed", "voltooid", "afgerond", "gedaan", "ready", "voortgang", "progress",
})  # fmt: skip
_AFTER_COLOUR = frozenset({"licht", "light"})
_OTHER_COLOURS = frozenset({
    "paars", "lila", "roze", "blauw", "bruin", "zwart", "wit", "grijs", "purple", "violet", "pink", "blue", "brown", "black", "white",
    "grey", "gray", "grün", "gruen", "gelb", "rot", "blau", "grau", "vert", "jaune", "rouge", "bleu",
})  # fmt: skip
_TIMES = frozenset(
    {"mln", "miljoen", "million", "k", "m", "mrd", "miljard", "billion", "duizend", "thousand", "dzd"}
)
_UNITS = frozenset({
    "maanden", "maand", "months", "month", "dagen", "dag", "days", "day", "weken", "week", "weeks", "uur", "uren", "hours",
    "hour", "fte", "stuks", "punten", "points", "euro", "eur", "m2", "m²", "kg", "ton", "jaar", "year", "years",
})  # fmt: skip

_NO_CHANGE = re.compile(NO_CHANGE, re.IGNORECASE)
_SAME = re.compile(
    r"idem(?: dito)?|dito|ditto|(?:nog |nog steeds |blijft )?(?:het)?zelfde|(?:still )?(?:the )?same|zie (?:de |mijn )?vorige?|see previous",
    re.IGNORECASE,
)
_EXCEPT = re.compile(rf"{EXCEPTION}|(?:maar|but)(?: (?:wel|nu|now))?", re.IGNORECASE)
_PLEASED = "👍👌💪🎉🙂😊😀😃😄😁🙏🚀✨🥳" + "🏻🏼🏽🏾🏿"  # in whatever tone of skin
_WORD = re.compile(r"[^\s/]+(?:/[^\s/]+)*")
_EDGES = "*_.,:;!()[]\"'“”‘’«»"
_TICKS = "✅✔☑✓\ufe0f"
_NUMBER = re.compile(r"[€$£]?[+-]?\d[\d.,']*(?:,-)?%?")
_PERCENT = re.compile(r"[<>≤≥+-]*\d[\d.,–-]*%")
_BARE = re.compile(r"\d+(?:[.,/]\d+)?")
_FRACTIONS = "¼½¾"
_CALLED_PROGRESS = re.compile(
    r"\b(?:voortgang|progress)[\s:=]*(?:(?:is|nu|now|staat op|at)\s+){0,2}$", re.IGNORECASE
)
_AMOUNT = re.compile(r"[€$£]\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_HALF = re.compile(
    r"halverwege|half ?way|op de helft|(?:voor )?(?:de )?helft (?:klaar|af|gereed)|half (?:klaar|af|gereed|done|finished|complete)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:(?:(?:gemeten|measured)\s+)?(?:per|op|on|as of|dd\.?|d\.d\.?|peildatum|stand per|stand op)|gemeten|measured)\s+(?P<named>\S.*)"
    r"|(?P<bare>\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|e)?\s+[A-Za-z]{3,9}\.?(?:\s+\d{4})?)",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}([-/.])\d{1,2}")
_HALF_A_YEAR = 183  # days
_RELATIVE_DAYS = {"vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1, "eergisteren": 2}

_BOTH = Text(
    "“{v}” kan {one} en {other} betekenen. Schrijf het woord.",
    "“{v}” could mean {one} and {other}. Write the word.",
)
_NO_LIGHT = Text("“{v}” is geen kleur van het verkeerslicht.", "“{v}” is no colour of the traffic light.")
_A_LIGHT = Text("Schrijf groen, oranje of rood.", "Write green, orange or red.")
_NO_FIGURE = Text("“{v}” is geen percentage.", "“{v}” is no percentage.")
_BARE_NUMBER = Text("“{v}” kan van alles betekenen.", "“{v}” could mean anything.")
_WITH_PERCENT = Text(
    "Schrijf de voortgang met een procentteken, zoals 60%.",
    "Write progress with a percent sign, such as 60%.",
)
_MULTIPLE = Text("“{v}” is een afkorting van een getal.", "“{v}” is an abbreviated number.")
_IN_FULL = Text(
    "Schrijf het getal zoals het in het plan staat.", "Write the number as it stands in the plan."
)
_FUTURE = Text("“{v}” moet nog komen.", "“{v}” is still to come.")
_IN_PAST = Text("Schrijf de dag waarop is gemeten.", "Write the day on which it was measured.")


WEAK_FIELDS = frozenset({"status", "no_change", "same"})
"""The fields whose words sentences often begin with."""


class NoDay(Exception):
    """The words are no day at all, but part of a sentence."""


class Said(NamedTuple):
    """One value: the field of an answer, and what is said about it."""

    field: str
    value: object


class Part(NamedTuple):
    """One value in a text, or what stands there like one.

    Attributes:
        said: The value, or None where it can't be read.
        unclear: Why it can't be read, and what to write instead.
        start: Where in the text it begins.
        end: Where it ends.
        is_bare: Whether it is a number that nothing says about what it is.
        is_colour: Whether it is a colour that no traffic light has.
    """

    said: Said | None
    unclear: Text | None = None
    start: int = 0
    end: int = 0
    is_bare: bool = False
    is_colour: bool = False

    @property
    def field(self) -> str:
        """The field that it is about; "" where that is not clear."""
        return self.said.field if self.said else ""


@dataclass
class Run:
    """The values that a text begins with.

    Attributes:
        parts: The values, in order, and what stands there like a value but can't be read.
        whole: Whether the text consists of nothing else.
    """

    parts: list[Part] = field(default_factory=list)
    whole: bool = False

    @property
    def said(self) -> list[Said]:
        """The values, in order."""
        return [part.said for part in self.parts if part.said]

    @property
    def unclear(self) -> list[Text]:
        """What can't be read, and what to write instead."""
        return [part.unclear for part in self.parts if part.unclear]

    @property
    def end(self) -> int:
        """Where in the text the values end."""
        return self.parts[-1].end if self.parts else 0

    @property
    def strong(self) -> int:
        """How many values there are, besides words that sentences often begin with (klaar, geen wijzigingen)."""
        fields = {said.field for said in self.said if said.field not in WEAK_FIELDS}
        return len(fields) + sum(bool(part.unclear) and not part.is_colour for part in self.parts)

    def says(self, *fields: str) -> bool:
        """Whether the last value is about one of these fields."""
        return bool(self.parts) and self.parts[-1].field in fields

    def add(self, part: Said | Text) -> None:
        """Add a value, or what is unclear about one; `place` says where it stands."""
        self.parts.append(Part(part) if isinstance(part, Said) else Part(None, part))

    def place(self, start: int, end: int) -> None:
        """Say where the value stands that was added last, if it has no place yet."""
        if self.parts and not self.parts[-1].end:
            self.parts[-1] = self.parts[-1]._replace(start=start, end=end)


def run_of(text: str, kind: ItemKind, today: date) -> Run:
    """The values about an item of this kind that a text (as `prepared` gives it) begins with."""
    run, bare, at = Run(), list[_Written](), 0
    words = [
        _Written(word, found.start(), found.end())
        for found in _WORD.finditer(text)
        if (word := found.group().strip(_EDGES))
    ]
    while at < len(words):
        taken = _take(words[at : at + _MOST_WORDS], kind, today, run, bare)
        if taken:
            run.place(words[at].start, words[at + taken - 1].end)
            at += taken
        elif skipped := _skipped(words[at : at + 3], run):
            at += skipped
        elif words[at].text.casefold() in _OTHER_COLOURS:
            run.parts.append(_other_colour(words[at]))
            at += 1
        else:
            break
    run.whole = at == len(words) and bool(run.parts or bare)
    if (
        not run.whole
    ):  # "blauw dak gelegd", "groen-blauw": in a sentence it is no answer, nor is what stands behind it
        colour = next((part.start for part in run.parts if part.is_colour), len(text))
        run.parts = [part for part in run.parts if part.start < colour]
        bare = [word for word in bare if word.start < colour]
    run.parts = [
        part
        for part, following in zip_longest(run.parts, run.parts[1:])
        if not _is_so_far(part, following, text)
    ]
    _settle_bare(run, bare, text)
    return run


def _other_colour(word: _Written) -> Part:
    unclear = Unclear(_NO_LIGHT.filled(v=word.text), _A_LIGHT).text
    return Part(None, unclear, word.start, word.end, is_colour=True)


def _is_so_far(part: Part, following: Part | None, text: str) -> bool:
    """Whether a word for done only says of what follows what it is: `klaar 50%` is not done."""
    return (
        following is not None
        and part.said == Said("status", Status.DONE)
        and following.field == "progress"
        and following.said != Said("progress", _ALL_OF_IT)
        and not text[part.end : following.start].strip()
    )


def _skipped(words: list[_Written], run: Run) -> int:
    """How many words stand around values and are none: fillers, a thumb, "except" behind "no change"."""
    if run.says("no_change"):
        for size in range(len(words), 0, -1):
            if _EXCEPT.fullmatch(" ".join(word.text for word in words[:size])):
                return size
    word = words[0].text
    if word.casefold() == "nog" and len(words) > 1 and _PERCENT.fullmatch(words[1].text):
        return 0  # "nog 20%" may be what is left
    return int(word.casefold() in _FILLERS or not word.strip(_PLEASED + "\ufe0f"))


def has_been(text: str, today: date) -> bool | None:
    """Whether the day that a text is has been; None where it is no day.

    Without a year, "20 december" in January has been, and in November it is to come: the nearest is meant.
    """
    if not _DAY.fullmatch(text.strip()) and folded(text) not in _RELATIVE_DAYS:
        return None
    try:
        day = day_of(text, today)
    except NoDay:
        return None
    except Unclear:
        return False
    if day is None:
        return None
    names_year = re.search(rf"(?:{day.year}|[-/.]{day.year % 100:02})\W*$", text)
    return bool(names_year) or day.year == today.year or (today - day).days <= _HALF_A_YEAR


def is_filler(text: str) -> bool:
    """Whether a text is no more than words that stand around values, such as "Status"."""
    return all(word.strip(_EDGES).casefold() in _FILLERS for word in text.split())


def day_of(written: str, today: date) -> date | None:
    """The day that was written; without a year the last one that has been.

    Raises:
        Unclear: It is a day, but not clear which, or one to come.
        NoDay: It is no day.
    """
    found = _DAY.fullmatch(written.strip())
    text = (found["named"] or found["bare"] if found else written).strip(" .,()")
    if (days_ago := _RELATIVE_DAYS.get(folded(text))) is not None:
        return today - timedelta(days=days_ago)
    words = re.findall(r"[^\W\d_]+|\d+", text)
    named = any(folded(word) in MONTHS for word in words)
    if not named and not re.fullmatch(r"\d{1,4}[-/. ]\d{1,2}(?:[-/. ]\d{1,4})?", text):
        raise NoDay
    order = None if "/" in text else DateOrder.DAY_FIRST
    in_figures = _DAY_AND_MONTH.fullmatch(text)
    figures = [word for word in words if word.isdigit()]
    if in_figures or (named and len(figures) == 1 and len(figures[0]) < len("2026")):
        mark = in_figures[1] if in_figures else " "
        this_year = read_date(f"{text}{mark}{today.year}", order)
        if this_year and this_year > today:
            return read_date(f"{text}{mark}{today.year - 1}", order)
        return this_year
    day = read_date(text, order)
    if day and day > today:
        raise Unclear(_FUTURE.filled(v=shown(text)), _IN_PAST)
    return day


class _Written(NamedTuple):
    """A word, and where in the text it begins and ends."""

    text: str
    start: int
    end: int


def _take(words: list[_Written], kind: ItemKind, today: date, run: Run, bare: list[_Written]) -> int:
    """How many of these words are one value; it is put into the run."""
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        phrase = " ".join(word.text for word in words[:size])
        if len(phrase) > _LONGEST_PHRASE or "?" in phrase:
            continue
        if kind is ItemKind.ACTION and _HALF.fullmatch(phrase):
            run.add(Unclear(_NO_FIGURE.filled(v=phrase), _WITH_PERCENT).text)
            return size
        for field_name, pattern in (("no_change", _NO_CHANGE), ("same", _SAME)):
            if pattern.fullmatch(phrase):
                run.add(Said(field_name, value=phrase))
                return size
        if size <= 4 and (field_name := _take_word(phrase, run)):
            return size + _next_is(_AFTER_COLOUR if field_name == "light" else (), words[size:])
        if kind is ItemKind.INDICATOR and _DAY.fullmatch(phrase) and _take_day(phrase, today, run):
            return size
    return _take_number(words, kind, run, bare)


def _next_is(known: Collection[str], words: list[_Written]) -> int:
    return int(bool(words) and words[0].text.casefold() in known)


def _take_word(phrase: str, run: Run) -> str:
    """The field that a phrase is a word of, or "" if it is none; its value is put into the run."""
    if phrase[0].isdigit():
        return ""
    light, status = _light(phrase), _status(phrase)
    if isinstance(light, Text):
        run.add(light)
    elif light and status:
        run.add(_BOTH.filled(v=phrase, one=light.value, other=status.value))
    elif light:
        run.add(Said("light", light))
    elif status:
        run.add(Said("status", status))
    return "light" if light else "status" if status else ""


@lru_cache(_PHRASES_KEPT)
def _light(phrase: str) -> TrafficLight | Text | None:
    """The light that a phrase is, what is unclear about it, or None where it is none."""
    if len(phrase) == 1 and phrase.isalpha() and phrase not in "GOR":
        return None
    if any(symbol not in LIGHT_SYMBOLS + _TICKS for symbol in phrase if ord(symbol) > 0x2000):
        return None  # a thumb says "I have read it", a warning sign begins a sentence
    try:
        return read_light(phrase)
    except Unclear as unclear:
        meant = unclear.ambiguous and (folded(phrase) == "r" or " " in phrase or "/" in phrase)
        return unclear.text if meant else None


@lru_cache(_PHRASES_KEPT)
def _status(phrase: str) -> Status | None:
    if len(phrase) == 1 and phrase not in _TICKS:
        return None  # a letter alone is a light, a bullet or a slip
    try:
        return read_status(phrase)
    except Unclear:
        return None


def _take_day(phrase: str, today: date, run: Run) -> bool:
    try:
        run.add(Said("measured_on", day_of(phrase, today)))
    except Unclear as unclear:
        run.add(unclear.text)
    except NoDay:
        return False
    return True


def _take_number(words: list[_Written], kind: ItemKind, run: Run, bare: list[_Written]) -> int:
    word, rest = words[0].text, words[1:]
    measured = kind is ItemKind.INDICATOR and _NUMBER.fullmatch(word)
    if measured and _next_is(_TIMES, rest):
        run.add(Unclear(_MULTIPLE.filled(v=f"{word} {rest[0].text}"), _IN_FULL).text)
        return 2
    try:
        if measured:
            run.add(Said("value", read_number(word, _mark_of_amount(word))))
            return 1 + _next_is(_UNITS, rest)
        if _PERCENT.fullmatch(word) or word in _FRACTIONS:
            if kind is ItemKind.INDICATOR:
                run.add(Said("value", read_number(word)))
            else:
                run.add(Said("progress", read_progress(word)))
            return 1 + (_next_is(_AFTER_PERCENT, rest) if word != "100%" else 0)  # "100% klaar" is klaar, too
    except Unclear as unclear:
        run.add(unclear.text)
        return 1 + _next_is(_AFTER_PERCENT, rest)
    if kind is ItemKind.ACTION and _BARE.fullmatch(word):
        bare.append(words[0])
        return 1 + _next_is(_AFTER_PERCENT, rest)  # "2/3 klaar" is not klaar
    return 0


def _mark_of_amount(word: str) -> DecimalMark | None:
    """The decimal sign of an amount of money: three digits behind a point or comma are thousands, never decimals."""
    grouped = _AMOUNT.fullmatch(word)
    if not grouped:
        return None
    return DecimalMark.COMMA if grouped[1] == "." else DecimalMark.POINT


def _settle_bare(run: Run, bare: list[_Written], text: str) -> None:
    """A number without a percent sign is the progress where it is called that, or stands beside a light or a status."""
    if not bare:
        return
    beside = {said.field for said in run.said}
    number = bare[0].text
    small = len(bare) == 1 and number.isdigit() and (number == "0" or 5 <= int(number) <= 100)
    called = bool(beside & {"light", "status"} or _CALLED_PROGRESS.search(text[: bare[0].start]))
    if run.whole and small and called and "progress" not in beside:
        run.add(Said("progress", int(number)))
    elif run.whole or "light" in beside:
        figures = " ".join(word.text for word in bare)
        unclear = Unclear(_BARE_NUMBER.filled(v=figures), _WITH_PERCENT).text
        run.parts.append(Part(None, unclear, is_bare=True))
    else:
        return
    run.place(bare[0].start, bare[-1].end)
    run.parts.sort(key=lambda part: part.start)
