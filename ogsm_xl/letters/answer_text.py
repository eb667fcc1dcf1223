"""The text of an answer as its values are looked for in it: what people write in many ways, written in one.

`60 procent`, `zestig procent` and `60/100` become `60%`; of what was and what is (`van groen naar oranje`, `niet groen
maar oranje`, `oranje in plaats van groen`) only what is remains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

LIGHT_SYMBOLS = "🟢🟠🟡🔴🟩🟧🟨🟥"
_OUR_SYMBOLS = "●▲■"  # with which our mails show a light, beside its word
COLOURS = "groen|oranje|rood|geel|green|orange|red|amber|yellow"
EXCEPTION = r"(?:behalve|uitgezonderd|met uitzondering van|m\.?u\.?v\.?|except(?: for)?|apart from|other than|alleen|only)"
"""What begins an exception: `geen wijzigingen, behalve …`."""

_SINCE = (
    r"(?: (?:t\.?o\.?v\.?|ten opzichte van|vergeleken met|sinds|na|since|compared (?:to|with)|from) (?:de |mijn |the |my )?"
    r"(?:vorige?|laatste?|last|previous) ?(?:keer|maand|periode|sessie|rapportage|verslag|update|mail|time|month|period|session|report)?)"
)
_FROM_ME = (
    r"(?: (?:(?:van|aan|from) (?:mijn|onze|my|our) (?:kant|zijde|side|end)|(?:bij|van) (?:mij|ons)|on (?:my|our) (?:side|end)|"
    r"(?:deze|this) (?:keer|maand|periode|week|time|month|period)|te melden|to report))"
)
NO_CHANGE = (
    r"(?:(?:(?:bij|voor|van(?:uit)?) (?:mij|ons)|(?:ik|wij?|i|we) (?:heb|hebben|have)|deze (?:keer|maand|periode|week)|this (?:time|month|period|week)) )?(?:"
    r"(?:er (?:is|zijn|was|waren) )?(?:nog |verder |nog steeds )?(?:geen|niks|niets) (?:nieuwe |verdere |bijzondere )?"
    r"(?:veranderingen|verandering|wijzigingen|wijziging|veranderd|gewijzigd|mutaties|nieuws|nieuw|te melden|bijzonders te melden)"
    r"|ongewijzigd|onveranderd"
    r"|(?:is |blijft )?(?:nog |nog steeds )?(?:het |de )?(?:hetzelfde|zelfde|idem)(?: als)? (?:de |mijn )?(?:vorige?|laatste?) (?:keer|maand|periode|sessie|rapportage|verslag|update|mail)"
    r"|zie (?:de |mijn )?(?:vorige?|laatste?) (?:keer|maand|periode|sessie|rapportage|verslag|update|mail)"
    r"|(?:there (?:are|is|were) )?(?:still )?no (?:further |new )?(?:changes?|news)|unchanged|nothing (?:has )?(?:changed|new|to report)"
    r"|(?:the )?same as (?:the |my )?(?:last|previous) (?:time|month|period|session|report|update|mail)"
    r"|see (?:the |my )?(?:last|previous) (?:time|month|period|session|report|update|mail)"
    rf"){_SINCE}?{_FROM_ME}?"
)
"""Nothing changed, as a regular expression."""

_PLACEHOLDER = re.compile(
    r"\[(?:kleur|colou?r|voortgang|progress|waarde|value|\.{2,}|…|_*|\s*)\]\s*%?|_{2,}\s*%?|(?:…|\.{3,})\s*%",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"(?:\b(?:van|from)\s+)?(?:\b(?:{COLOURS})\s*(?:->|=>|→|\bnaar\b|\bto\b)\s*(?=(?:{COLOURS})\b)"
    r"|(?<![\w.,])\d[\d.,]{0,10}%?\s*(?:->|=>|→)\s*(?=\d)|\b\d{1,3}%?\s*(?:->|=>|→|\bnaar\b|\bto\b)\s*(?=\d{1,3}%))",
    re.IGNORECASE,
)
_BUT_NOW = r"\s*,?\s*(?:(?:maar|but|en|and)\s+)?(?:(?:wel|nu|is nu|now|is now|it is|rather)\s+)?"
_STATUSES = r"afgerond|klaar|gereed|voltooid|done|finished|completed?|mee bezig|bezig|in progress|nog te doen|to do|geparkeerd|parked"
_WAS_NOT = re.compile(
    rf"\b(?:(?:nog\s+)?(?:niet|geen)(?:\s+(?:meer|langer))?|not|no\s+longer|was|waren|were)\s+"
    rf"(?:(?:{COLOURS}){_BUT_NOW}(?=(?:{COLOURS})\b)|\d{{1,3}}%{_BUT_NOW}(?=\d{{1,3}}%)"
    rf"|(?:{_STATUSES})\s*,?\s*(?:maar|but)\s+(?:(?:nog|nu|wel|still|now)\s+){{0,2}}(?=(?:{_STATUSES})\b))",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    rf"(?<![\w.,])(?P<now>{COLOURS}|\d[\d.,]{{0,10}}%?)\s*,?\s*(?:i\.?p\.?v\.?|in\s+plaats\s+van|instead\s+of|rather\s+than|(?:en\s+|and\s+)?(?:niet|not)(?:\s+meer)?)\s+"
    rf"(?:{COLOURS}|\d[\d.,]{{0,10}}%?)(?!\w)",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    rf"(?P<same>\b{NO_CHANGE})\s*[,;:.–-]+\s*(?=(?:{EXCEPTION}\b|(?:maar|but)\s+(?:(?:wel|nu|now)\s+)?(?:{COLOURS}|\d{{1,3}}%)))",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:ca\.?|circa|ongeveer|zo['’]n|rond(?: de)?|about|around|approx\.?|approximately|roughly|some)\s+|[±~]\s*)(?=[€$£]?\d)"
    r"|(?<=%)\s+(?:ongeveer|circa|denk ik|schat ik|geloof ik|naar schatting|of zo|ofzo|approximately|roughly|or so|i think|i guess)\b"
    r"|\b(?:voor|for)\s+(?=\d{1,3}%\s+(?:klaar|gereed|af|afgerond|voltooid|done|complete|completed|finished|ready)\b)",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"\b(?:loopt|gaat|verloopt|ligt|zit|is going|goes|is running)\s+(?:(?:nog|goed|nog steeds|still)\s+)?"
    r"(?=(?:op schema|op koers|op plan|volgens plan(?:ning)?|on track|on plan|on schedule)\b)",
    re.IGNORECASE,
)


def _spoken_numbers() -> Iterator[tuple[str, int]]:
    dutch = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"
    english = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    units_nl, units_en = dutch.split(), english.split()
    yield from ((word, number) for words in (units_nl, units_en) for number, word in enumerate(words))
    tens_nl = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
    tens_en = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    for ten, (nl, en) in enumerate(zip(tens_nl, tens_en, strict=True), start=2):
        yield from ((word, 10 * ten) for word in (nl, en))
        for unit in range(1, 10):
            joint = "ën" if units_nl[unit].endswith("e") else "en"
            yield units_nl[unit] + joint + nl, 10 * ten + unit
            yield from ((f"{en}{mark}{units_en[unit]}", 10 * ten + unit) for mark in "- ")
    yield from (("honderd", 100), ("hundred", 100), ("a hundred", 100), ("one hundred", 100))


_SPOKEN: Mapping[str, int] = dict(_spoken_numbers())
_SPOKEN_PERCENT = re.compile(
    rf"\b({'|'.join(sorted(_SPOKEN, key=len, reverse=True))})\s+(?:procent|percent|pct|%)", re.IGNORECASE
)


def is_spoken_number(text: str) -> bool:
    """Whether a text is a number from nought to a hundred, in words."""
    return text.strip(" .!").lower() in _SPOKEN


_Rewriting: TypeAlias = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_REWRITING: tuple[_Rewriting, ...] = (
    (_PLACEHOLDER, " "),
    (re.compile(r"\[([^\[\]]{1,20})\]"), r"\1"),
    (
        re.compile(
            rf"[{_OUR_SYMBOLS}]\ufe0f?\s?(?=(?:{COLOURS})\b)|(?<=[a-z])\s?[{_OUR_SYMBOLS}](?=\W*$)",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\b([tm])\.([ou])\.v\.", re.IGNORECASE), r"\1\2v"),
    (_SPOKEN_PERCENT, lambda said: f"{_SPOKEN[said[1].lower()]}%"),
    (re.compile(r"(?<=\d)(?:\s+%|\s*(?:procent|percent|pct)\b)", re.IGNORECASE), "%"),
    (re.compile(r"(?<![\w/.,-])(\d{1,3})\s?/\s?100(?![\w/%]|[.,]\d)"), r"\1%"),
    (re.compile(rf"\b({COLOURS})([.,;:/-]?)(?=\d)", re.IGNORECASE), r"\1\2 "),
    (re.compile(r"([€$£])\s+(?=\d)"), r"\1"),
    (re.compile(r"(\d[\d.]*),(?:-+|–|—)(?=\s|$)"), lambda amount: amount[1].replace(".", "")),
    (re.compile(r"(?<=[^\W\d])/(?=\d)|(?<=%)/(?=\w)"), " "),
    (re.compile(rf"\b({COLOURS})/(?=[^\W\d])(?!(?:{COLOURS})\b)", re.IGNORECASE), r"\1 "),
    (_ABOUT, ""),
    (_FROM_TO, ""),
    (_WAS_NOT, ""),
    (_INSTEAD, r"\g<now>"),
    (_BUT_FOR, r"\g<same> "),
    (_GOES, ""),
    (re.compile(f"\\s*([{LIGHT_SYMBOLS}])\ufe0f?\\s*"), r" \1 "),
)


class Prepared:
    """A text with its values written in one way, which still knows how they were written.

    Attributes:
        text: The text in which values are looked for.
    """

    def __init__(self, written: str) -> None:
        self._written = written
        self.text = written
        self._ends = list(range(1, len(written) + 1))  # per character: where in what was written it ends
        for pattern, instead in _REWRITING:
            self._rewrite(pattern, instead)

    def _rewrite(self, pattern: re.Pattern[str], instead: str | Callable[[re.Match[str]], str]) -> None:
        pieces: list[str] = []
        ends: list[int] = []
        at = 0
        for found in pattern.finditer(self.text):
            new = instead(found) if callable(instead) else found.expand(instead)
            pieces += self.text[at : found.start()], new
            ends += self._ends[at : found.start()]
            ends += self._ends_of(new, found)
            at = found.end()
        if at:
            self.text = "".join((*pieces, self.text[at:]))
            self._ends = ends + self._ends[at:]

    def _ends_of(self, new: str, found: re.Match[str]) -> list[int]:
        """Where in what was written each character ends that stands for these."""
        core = new.strip()
        begin = found[0].find(core) if core else -1
        if begin < 0:
            return [self._end(found.end())] * len(new)
        before = len(new) - len(new.lstrip())
        start = found.start() + begin
        ends = [self._end(start)] * before  # only blanks around it were changed
        ends += [self._end(at) for at in range(start + 1, start + len(core) + 1)]
        return ends + [self._end(found.end())] * (len(new) - len(ends))

    def written(self, start: int, end: int | None = None) -> str:
        """A part of the text, word for word as it was written."""
        return self._written[self._end(start) : None if end is None else self._end(end)]

    def _end(self, at: int) -> int:
        return 0 if at == 0 else len(self._written) if at >= len(self._ends) else self._ends[at - 1]


@lru_cache(64)
def prepared(text: str) -> str:
    """The text with its values written in one way."""
    return Prepared(text).text.strip()
