"""How what people wrote is cleaned, compared and quoted, and what is raised when it is not clear.

The ground floor of `ogsm_xl.plan.written`; standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time

from ogsm_xl.plan.synonyms import BLANK
from ogsm_xl.plan.words import Text


class Unclear(Exception):
    """What was written can't be read as what the field needs, or could mean more than one thing.

    Attributes:
        why: What was read, and why it is not clear.
        write: What to write instead.
        ambiguous: Whether it could mean more than one thing; False when it means nothing that the field can hold.
    """

    def __init__(self, why: Text, write: Text, *, ambiguous: bool = False) -> None:
        super().__init__(why.en)
        self.why = why
        self.write = write
        self.ambiguous = ambiguous

    @property
    def text(self) -> Text:
        """Both sentences: what is unclear and what to write."""
        return Text(f"{self.why.nl} {self.write.nl}", f"{self.why.en} {self.write.en}")


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))
_ODD = re.compile("[\xa0\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]")
_EDGES = " .:;,!?*_-–—−•·\"'“”‘’„`´<>()[]{}|\\/"


def clean(text: str) -> str:
    """The text as it is kept: composed (NFC), without outer blanks, line breaks as newlines, blanks as plain ones."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _ODD.search(text):
            text = text.translate(_INVISIBLE).replace("\xa0", " ")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def clean_all(texts: Iterable[str]) -> list[str]:
    """Many texts, each as `clean` keeps it; plain ones, which most are, without a call each."""
    return [text.strip() if text.isascii() and "\r" not in text else clean(text) for text in texts]


def folded(text: str) -> str:
    """The text as words are compared: small letters without accents, single blanks, no marks at the outside.

    Emoji lose their variation and skin tone; "-", "?" and the like fold to nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_INVISIBLE))
        text = "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Cf", "Sk"})
    return " ".join(text.casefold().split()).strip(_EDGES)


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, at most 60 characters."""
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return str(value).upper()
    text = " ".join(plain_number(value).split() if isinstance(value, float) else str(value).split())
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def is_blank(value: object) -> bool:
    """Whether nothing is meant: an empty cell, or a mark or word that stands for one."""
    return value is None or (isinstance(value, str) and folded(value) in BLANK)


def read_text(value: object) -> str:
    """What a cell for free text holds; "" when empty. Marks such as "-" are text here and are kept."""
    if isinstance(value, str):
        return clean(value)
    return "" if value is None else shown(value)


def plain_number(value: float) -> str:
    """A number as people write it: whole numbers without a decimal point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
