"""What stands in a text and may have been meant as an answer, and which lines are no more than courtesies."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ogsm_xl.letters.answer_text import COLOURS, LIGHT_SYMBOLS, is_spoken_number, prepared

_SHORT = 4  # words of a text that is more likely a value than a sentence
_PERCENT = re.compile(
    r"[^.,;!?\n]{0,40}(?:\d%(?!\w)|\b(?:voortgang|progress)[\s:=]*(?:(?:is|nu|now|staat op|at)\s+){0,2}\d{1,3}(?!\w))[^.,;!?\n]{0,40}",
    re.IGNORECASE,
)
# A line that is a percentage, or a day and a percentage: "80%", "op 12 oktober 60%".
_PERCENT_ALONE = re.compile(
    r"^(?:(?:op|per|sinds|vanaf|nu|on|at|as of|now)\s[^:,;\n]{0,30})?\d{1,3}%[\s.!]*$",
    re.IGNORECASE | re.MULTILINE,
)
_COLOUR_LAST = re.compile(
    rf"[^.,;!?\n]{{0,40}}(?<!\w)(?:(?:licht|donker|knal|fel|diep|light|dark)?[ -]?(?:{COLOURS})|[{LIGHT_SYMBOLS}])\s*(?=[.,;!?)\n]|$)",
    re.IGNORECASE,
)
_OTHER_COLOURS = re.compile(
    r"\b(?:blauw|paars|wit|grijs|zwart|roze|bruin|blue|purple|white|gr[ae]y|black|pink|brown)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"[^\w\s]*(?:\?|[^\w\s\x00-\u2027])[^\w\s]*")  # "?", a thumb
_PROGRESS = re.compile(
    r"\b(?:nog|te gaan|te doen|resterend|to go|left|remaining|klaar|gereed|af|voltooid|afgerond|voortgang|done|complete|completed|progress|ready)\b",
    re.IGNORECASE,
)
_KNOWN = (*COLOURS.split("|"), "afgerond", "klaar", "finished", "completed")
_NO_SLIPS = {*_KNOWN, "geen", "groei", "grote", "grond", "groene", "grens", "even", "klant"}
_ALIKE = 0.8
_FIGURE = re.compile(r"(?<![\w.,/])[€$£]?\d[\d.,]*[%kK]?(?![\w/])")
_COURTESY = re.compile(
    r"\W*(?:hierbij|bij deze|bijgaand|bijgevoegd|in de bijlage|zie|hieronder|hierna|onderstaand|onder|dank|bedankt|thanks|thank you|thx|here(?:'s| is| are| you)?|"
    r"please|see|below|attached|sorry|excuus|excuses|fijn|mijn (?:update|voortgang|antwoord|stand|reactie|input|bijdrage)|my (?:update|progress|answers?|status|input)|"
    r"(?:de )?stand van zaken|update|antwoord|ik hoop|hope|alles goed|hoe gaat|how are you|nog een|prettig|groet|tot (?:dan|donderdag|volgende|snel|de)|see you|"
    r"ok(?:é|e|ay)?\b|prima|graag gedaan|daar gaat|komt(?:-ie| ie| hij)|dit is|this is|voor de|bericht|re:|fw:|aan:|van:)",
    re.IGNORECASE,
)


def value_left_in(text: str) -> str:
    """The part of a text that may have been meant as a light, a status or a percentage; "" where there is none."""
    plain = prepared(text[:1_000])
    found = _PERCENT.search(plain) or _COLOUR_LAST.search(plain)
    if found:
        return found[0].strip(" .,;!")
    words = plain.split()
    if len(words) <= _SHORT and (
        (len(plain) == 1 and plain.isalpha())
        or _NO_WORDS.fullmatch(plain)
        or is_spoken_number(plain)
        or _OTHER_COLOURS.search(plain)
        or any(
            len(word) > 3
            and word.lower() not in _NO_SLIPS
            and get_close_matches(word.lower(), _KNOWN, 1, _ALIKE)
            for word in words
        )
    ):
        return plain
    return ""


def progress_left_in(text: str) -> str:
    """The part of a text that may say how much is done: a percentage alone on a line, or beside a word for it; or ""."""
    plain = prepared(text[:1_000])
    found = _PERCENT.search(plain)
    if found and not _PROGRESS.search(found[0]):
        found = _PERCENT_ALONE.search(plain)
    return found[0].strip(" .,;!\n") if found else ""


def has_figure(text: str) -> bool:
    """Whether a text holds a number that stands by itself, as a measured value does."""
    return bool(_FIGURE.search(text[:1_000]))


def is_courtesy(line: str) -> bool:
    """Whether a line that belongs to no item can go unsaid: an introduction, a courtesy, a word or two."""
    plain = line.strip()
    values = re.search(rf"\d%|\b(?:{COLOURS})\b", plain, re.IGNORECASE)
    return plain.endswith(":") or bool(_COURTESY.match(plain)) or (len(plain.split()) < 3 and not values)
