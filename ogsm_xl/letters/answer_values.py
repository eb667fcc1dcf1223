"""The values that a piece of an answer begins with: `oranje 60%`, `afgerond`, `23,5 per 1 november`, `geen wijzigingen`.

A word counts as a value only where nothing but values stand beside it; `Run` says how far they reach. Words that could
mean two things, and figures that can't be right, are named as unclear.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from ogsm_xl.plan.synonyms import MONTHS
from ogsm_xl.plan.words import ItemKind, Status, Text, TrafficLight
from ogsm_xl.plan.written import (
    DateOrder,
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
_MOST_WORDS = 12  # that one value is written in

_FILLERS = frozenset({
    "is", "nu", "now", "nog", "steeds", "still", "blijft", "remains", "staat", "op", "at", "status", "voortgang", "progress",
    "verkeerslicht", "stoplicht", "licht", "light", "kleur", "colour", "color", "met", "with", "en", "and", "traffic",
    "stand", "datum", "date", "gemeten", "measured", "currently", "momenteel", "=", "->", "→", "waarde", "value", "-", "–", "—",
})  # fmt: skip
_AFTER_PERCENT = frozenset({
    "klaar", "gereed", "af", "done", "complete", "completed", "voltooid", "afgerond", "gedaan", "ready", "voortgang", "progress",
})  # fmt: skip
_AFTER_COLOUR = frozenset({"licht", "light"})
_TIMES = frozenset(
    {"mln", "miljoen", "million", "k", "m", "mrd", "miljard", "billion", "duizend", "thousand", "dzd"}
)
_UNITS = frozenset({
    "maanden", "maand", "months", "month", "dagen", "dag", "days", "day", "weken", "week", "weeks", "uur", "uren", "hours",
    "hour", "fte", "stuks", "punten", "points", "euro", "eur", "m2", "m²", "kg", "ton", "jaar", "year", "years",
})  # fmt: skip

_NO_CHANGE = re.compile(
    r"(?:er (?:is|zijn|was) )?(?:geen|niks|niets) (?:veranderingen|verandering|wijzigingen|wijziging|veranderd|gewijzigd|mutaties)"
    r"|ongewijzigd|onveranderd|(?:is |blijft )?(?:hetzelfde|zelfde)(?: als (?:de )?vorige (?:keer|maand|periode))?|idem"
    r"|no changes?|unchanged|nothing (?:has )?changed|same as (?:last|previous) (?:time|month|period)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[(?:kleur|colou?r|voortgang|progress|waarde|value|\.{2,}|…|_*|\s*)\]\s*%?|_{2,}\s*%?|(?:…|\.{3,})\s*%",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s/]+(?:/[^\s/]+)*")
_EDGES = "*_.,:;!()[]\"'“”‘’«»"
_LIGHT_SYMBOLS = "🟢🟠🟡🔴🟩🟧🟨🟥"
_TICKS = "✅✔☑✓\ufe0f"
_COLOUR = "groen|oranje|rood|geel|green|orange|red|amber|yellow"
_FROM_TO = re.compile(
    rf"(?:\b(?:van|from)\s+)?(?:\b(?:{_COLOUR})\s*(?:->|=>|→|\bnaar\b|\bto\b)\s*(?=(?:{_COLOUR})\b)"
    r"|(?<![\w.,])\d[\d.,]{0,10}%?\s*(?:->|=>|→)\s*(?=\d)|\b\d{1,3}%?\s*(?:->|=>|→|\bnaar\b|\bto\b)\s*(?=\d{1,3}%))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[€$£]?[+-]?\d[\d.,']*(?:,-)?%?")
_PERCENT = re.compile(r"[<>≤≥+-]*\d[\d.,–-]*%")
_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_DAY = re.compile(
    r"(?:(?:gemeten|measured)\s+)?(?:per|op|on|as of|dd\.?|d\.d\.?|peildatum|stand per|stand op)\s+(?P<named>\S.*)"
    r"|(?P<bare>\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|e)?\s+[A-Za-z]{3,9}\.?(?:\s+\d{4})?)",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}([-/.])\d{1,2}")
_RELATIVE_DAYS = {"vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1, "eergisteren": 2}

_BOTH = Text(
    "“{v}” kan {one} en {other} betekenen. Schrijf het woord.",
    "“{v}” could mean {one} and {other}. Write the word.",
)
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


class NoDay(Exception):
    """The words are no day at all, but part of a sentence."""


class Said(NamedTuple):
    """One value: the field of an answer, and what is said about it."""

    field: str
    value: object


@dataclass
class Run:
    """The values that a text begins with.

    Attributes:
        said: The values, in order.
        unclear: What stands there like a value but can't be read, and what to write instead.
        end: Where in the text the values end.
        whole: Whether the text consists of nothing else.
    """

    said: list[Said] = field(default_factory=list)
    unclear: list[Text] = field(default_factory=list)
    end: int = 0
    whole: bool = False

    @property
    def strong(self) -> int:
        """How many values there are, besides words that sentences often begin with (klaar, geen wijzigingen)."""
        fields = {said.field for said in self.said if said.field not in {"status", "no_change"}}
        return len(fields) + len(self.unclear)


def prepared(text: str) -> str:
    """The text with each percentage and amount in one word, and without the blanks of the lines to copy."""
    text = re.sub(r"\[([^\[\]]{1,20})\]", r"\1", _PLACEHOLDER.sub(" ", text))
    text = re.sub(r"(\d)\s*(?:%|(?:procent|percent|pct)\b)", r"\1%", text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?:\b(?:ca\.?|circa|ongeveer|about|approx\.?|approximately)\s+|[±~]\s*)(?=\d[\d.,]{0,10}%)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"([€$£])\s+(?=\d)", r"\1", text)
    text = re.sub(r"(\d[\d.]*),(?:-+|–|—)(?=\s|$)", lambda amount: amount[1].replace(".", ""), text)
    text = re.sub(r"(?<=[^\W\d])/(?=\d)|(?<=%)/(?=\w)", " ", text)
    text = _FROM_TO.sub("", text)
    return re.sub(f"([{_LIGHT_SYMBOLS}])\ufe0f?", r" \1 ", text).strip()


def run_of(text: str, kind: ItemKind, today: date) -> Run:
    """The values about an item of this kind that a text (as `prepared` gives it) begins with."""
    run, bare, at = Run(), list[str](), 0
    words = [_Written(w.group().strip(_EDGES), w.end()) for w in _WORD.finditer(text)]
    words = [word for word in words if word.text]
    while at < len(words):
        numbers = len(bare)
        taken = _take(words[at : at + _MOST_WORDS], kind, today, run, bare)
        if taken:
            at += taken
            run.end = words[at - 1].end if len(bare) == numbers else run.end
        elif words[at].text.casefold() in _FILLERS:
            at += 1
        else:
            break
    run.whole = at == len(words) and bool(run.said or run.unclear or bare)
    _settle_bare(run, bare)
    if run.whole:
        run.end = len(text)
    return run


def is_a_day(text: str) -> bool:
    """Whether a text is no more than a day, as in "afgerond op 3 november"."""
    return bool(_DAY.fullmatch(text.strip()))


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
    if in_figures or (named and sum(word.isdigit() for word in words) == 1):
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
    """A word, and where in the text it ends."""

    text: str
    end: int


def _take(words: list[_Written], kind: ItemKind, today: date, run: Run, bare: list[str]) -> int:
    """How many of these words are one value; it is put into the run."""
    for size in range(min(8, len(words)), 0, -1):
        phrase = " ".join(word.text for word in words[:size])
        if len(phrase) > _LONGEST_PHRASE or "?" in phrase:
            continue
        if _NO_CHANGE.fullmatch(phrase):
            run.said.append(Said("no_change", value=True))
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
        run.unclear.append(light)
    elif light and status:
        run.unclear.append(_BOTH.filled(v=phrase, one=light.value, other=status.value))
    elif light:
        run.said.append(Said("light", light))
    elif status:
        run.said.append(Said("status", status))
    return "light" if light else "status" if status else ""


def _light(phrase: str) -> TrafficLight | Text | None:
    """The light that a phrase is, what is unclear about it, or None where it is none."""
    if len(phrase) == 1 and phrase.isalpha() and phrase not in "GOR":
        return None
    if any(symbol not in _LIGHT_SYMBOLS + _TICKS for symbol in phrase if ord(symbol) > 0x2000):
        return None  # a thumb says "I have read it", a warning sign begins a sentence
    try:
        return read_light(phrase)
    except Unclear as unclear:
        meant = unclear.ambiguous and (folded(phrase) == "r" or " " in phrase or "/" in phrase)
        return unclear.text if meant else None


def _status(phrase: str) -> Status | None:
    if len(phrase) == 1 and phrase not in _TICKS:
        return None  # a letter alone is a light, a bullet or a slip
    try:
        return read_status(phrase)
    except Unclear:
        return None


def _take_day(phrase: str, today: date, run: Run) -> bool:
    try:
        run.said.append(Said("measured_on", day_of(phrase, today)))
    except Unclear as unclear:
        run.unclear.append(unclear.text)
    except NoDay:
        return False
    return True


def _take_number(words: list[_Written], kind: ItemKind, run: Run, bare: list[str]) -> int:
    word, rest = words[0].text, words[1:]
    measured = kind is ItemKind.INDICATOR and _NUMBER.fullmatch(word)
    if measured and _next_is(_TIMES, rest):
        run.unclear.append(Unclear(_MULTIPLE.filled(v=f"{word} {rest[0].text}"), _IN_FULL).text)
        return 2
    try:
        if measured:
            run.said.append(Said("value", read_number(word)))
            return 1 + _next_is(_UNITS, rest)
        if _PERCENT.fullmatch(word):
            if kind is ItemKind.INDICATOR:
                run.said.append(Said("value", read_number(word)))
            else:
                run.said.append(Said("progress", read_progress(word)))
            return 1 + (_next_is(_AFTER_PERCENT, rest) if word != "100%" else 0)  # "100% klaar" is klaar, too
    except Unclear as unclear:
        run.unclear.append(unclear.text)
        return 1 + _next_is(_AFTER_PERCENT, rest)
    if kind is ItemKind.ACTION and _BARE.fullmatch(word):
        bare.append(word)
        return 1
    return 0


def _settle_bare(run: Run, bare: list[str]) -> None:
    """A number without a percent sign beside a light or a status is the progress, if it can be nothing else."""
    if not bare:
        return
    beside = {said.field for said in run.said}
    small = len(bare) == 1 and bare[0].isdigit() and (bare[0] == "0" or 5 <= int(bare[0]) <= 100)
    if run.whole and small and beside & {"light", "status"} and "progress" not in beside:
        run.said.append(Said("progress", int(bare[0])))
    elif run.whole or "light" in beside:
        run.unclear.append(Unclear(_BARE_NUMBER.filled(v=" ".join(bare)), _WITH_PERCENT).text)
