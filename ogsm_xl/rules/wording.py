"""What words tell about a text of the plan: effort instead of a result, routine, a choice without its how, a move.

Dutch and English are looked at together: a Dutch plan has English rows. Whenever a text also holds a word that
names a result, nothing is reported: a hint too few is better than a hint on a good row.
"""

from __future__ import annotations

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    """Any of these phrases as whole words; a `*` stands for the rest of a word, a blank for any blanks."""
    options = (phrase.replace("*", r"\w*").replace(" ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(options)})\b", re.IGNORECASE)


_EFFORT = _any_of(
    "onderzoeken", "verkennen", "nadenken", "meedenken", "bespreken", "overleggen", "afstemmen", "oppakken",
    "uitzoeken", "kijken naar", "kijken of", "werken aan", "aan de slag", "bezig met", "aandacht", "stimuleren",
    "bevorderen", "faciliteren", "ondersteunen", "bijdragen", "doorgaan", "voortzetten", "inzetten op", "focus op",
    "zoveel mogelijk", "zo veel mogelijk", "waar mogelijk", "verbeteren", "optimaliseren", "versterken", "bewaken",
    "monitoren", "meer doen", "investigate", "explore", "look into", "look at", "think about", "discuss", "work on",
    "working on", "support", "facilitate", "promote", "encourage", "stimulate", "contribute to", "continue",
    "attention", "focus on", "as much as possible", "where possible", "improve", "optimise", "optimize",
    "strengthen", "monitor", "do more",
)  # fmt: skip
_ROUTINE = _any_of(
    "dagelijks", "dagelijkse", "wekelijks", "wekelijkse", "maandelijks", "maandelijkse", "doorlopend", "doorlopende",
    "continu", "continue aandacht", "voortdurend", "reguliere", "lopende zaken", "bijhouden", "op orde houden",
    "(?:elke|iedere) (?:dag|week|maand)", "daily", "weekly", "monthly", "ongoing", "continuously", "day-to-day",
    "business as usual", "routine", "every (?:day|week|month)", "keep up to date", "keeping up",
)  # fmt: skip
_RESULT = _any_of(
    # Dutch: a past participle, or a state
    r"(?:aan|af|bij|binnen|door|in|mee|na|neer|om|onder|op|over|plaats|rond|samen|terug|toe|uit|vast|voor|vrij|weg)?ge\w{2,}(?:[dt]|en)",
    r"(?:be|ver|ont|her|er)\w{2,}[dt]",
    "gereed", "klaar", "af", "live", "operationeel", "beschikbaar", "zijn", "is", "heeft", "hebben", "staat",
    "staan", "ligt", "kan", "kunnen", "werkt", "van kracht", "bekend",
    # English: a past participle, or a state
    r"\w{2,}ed", "built", "done", "in use", "in place", "ready", "available", "sent", "held", "written", "made",
    "set", "chosen", "taken", "bought", "sold", "known", "found", "run", "has", "have", "are", "can", "works",
)  # fmt: skip
_NO_RESULT = _any_of(
    "beleid", "gebied", "gezondheid", "gesprekken", "gebouwen", "gegevens", "gemeenten", "bestand", "verband",
    "gevallen", "gebeurtenissen", "gezinnen", "gelden", "gebruiken", "gebouwen", "gebieden", "geluid", "gerecht",
    "gewicht", "gezond", "omgevingen", r"\w*geven", r"\w*oed", r"\w*eed",
)  # fmt: skip
_AMOUNT = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?\b")
_HOW = _any_of(
    "door", "via", "middels", "dankzij", "met", "zodat", "om te", "by", "through", "with", "using", "so that",
)  # fmt: skip
_DELAY = _any_of(
    "uitstel", "uitgesteld", "uitstellen", "doorgeschoven", "doorschuiven", "opgeschoven", "opschuiven",
    "postpone*", "push(?:ed)? back",
)  # fmt: skip
_DEADLINE = _any_of("deadline", "einddatum", "opleverdatum", "oplevering", "due date", "end date", "delivery")
_MOVE = _any_of(
    "later", "naar", "wordt", "verschoven", "verschuiven", "verplaatst", "verplaatsen", "verlengd", "verlengen",
    "verzet", "verzetten", "nieuwe", "to", "becomes", "moved?", "extend(?:ed)?", "delay(?:ed)?", "new",
)  # fmt: skip
_TARGET = _any_of("streefwaarde", "doelwaarde", "norm", "target", "target value")
_CHANGE = _any_of(
    "verlaagd", "verlagen", "verhoogd", "verhogen", "bijgesteld", "bijstellen", "aangepast", "aanpassen", "gewijzigd",
    "wordt", "naar", "lowered", "lower", "raised", "raise", "adjusted", "adjust", "changed", "change", "becomes",
    "revised", "to",
)  # fmt: skip
_NUMBERED = re.compile(r"(?:^|\s)(?:[-•*–]|\(?\d{1,2}[.)])\s+\S")


def effort_words(text: str) -> tuple[str, ...]:
    """The words that name effort, where the text names no result that could be finished."""
    words = _found(_EFFORT, text)
    return () if words and names_result(text) else words


def routine_words(text: str) -> tuple[str, ...]:
    """The words that tell of daily routine, where the text names no result that could be finished."""
    words = _found(_ROUTINE, text)
    return () if words and names_result(text) else words


def names_result(text: str) -> bool:
    """Whether a text holds a word for something finished, or an amount that can be reached."""
    return bool(_RESULT.search(_NO_RESULT.sub(" ", text)) or _AMOUNT.search(text))


def says_how(text: str) -> bool:
    """Whether a strategy says how its goal is to be reached: "GOAL by HOW"."""
    return bool(_HOW.search(text))


def moves_deadline(text: str) -> bool:
    """Whether a decision or a proposal speaks of a later deadline."""
    return bool(_DELAY.search(text) or (_DEADLINE.search(text) and _MOVE.search(text)))


def changes_target(text: str) -> bool:
    """Whether a decision speaks of another target."""
    return bool(_TARGET.search(text) and _CHANGE.search(text))


def entries(text: str) -> int:
    """How many entries a text lists with dashes, bullets or numbers."""
    return len(_NUMBERED.findall(text))


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(match.casefold().split()) for match in pattern.findall(text)))
