"""What a person wrote, read as a value: forgiving in form, strict in meaning.

Every function takes what a cell holds (text, number, truth value, date, time or nothing) or what a mail says (text), and
returns the value, or None where nothing is meant ("", "-", "?", "n.v.t.", "tbd" …). What can't be read, or could mean
two things, raises `Unclear`: it is never guessed. What a single cell leaves open can be settled by the other cells of
its column: `progress_scale`, `date_order`, `decimal_mark` and `letters_in` look at all of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from enum import Enum, auto
from functools import cache
from typing import TypeVar

from ogsm_xl.plan.model import normalised_id, normalised_name
from ogsm_xl.plan.synonyms import AMBIGUOUS, BLANK, LANGUAGES, LETTERS, SYNONYMS
from ogsm_xl.plan.unclear import Unclear, clean, folded, is_blank, plain_number, read_text, shown
from ogsm_xl.plan.words import Language, Role, Status, Text, TrafficLight, Word, YesNo
from ogsm_xl.plan.written_dates import (
    DateOrder,
    date_order,
    read_date,
    read_datetime,
    read_minutes,
    read_time,
)

__all__ = [
    "DateOrder",
    "DecimalMark",
    "Scale",
    "Unclear",
    "clean",
    "date_order",
    "decimal_mark",
    "folded",
    "id_in_front",
    "is_blank",
    "is_id",
    "letters_in",
    "progress_scale",
    "read_date",
    "read_datetime",
    "read_id",
    "read_ids",
    "read_language",
    "read_light",
    "read_mail",
    "read_minutes",
    "read_name",
    "read_names",
    "read_number",
    "read_progress",
    "read_roles",
    "read_status",
    "read_text",
    "read_time",
    "read_word",
    "read_yes_no",
    "shown",
]

_W = TypeVar("_W", bound=Word)


# --- closed lists -------------------------------------------------------------------------------------------------


def read_word(words: type[_W], value: object, letters: Mapping[str, Word] | None = None) -> _W | None:
    """The member of a closed list that is meant.

    Args:
        words: The closed list, such as `Status`.
        value: What was written: a word of either language, a synonym, a letter, an emoji, or an emoji with its word.
        letters: Letters that the column is filled with, from `letters_in`.

    Raises:
        Unclear: It is no word of the list, or could mean more than one.
    """
    if value is None:
        return None
    if isinstance(value, bool) and words is YesNo:
        return _word(words, "1" if value else "0", value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise _no_word(words, value)
    written = folded(value if isinstance(value, str) else plain_number(float(value)))
    if letters and written in letters:
        settled = letters[written]
        return settled if isinstance(settled, words) else None
    found = _word(words, written, value)
    if found is None and written not in BLANK:
        found = _word_in_phrase(words, written, value)
    return found


def read_light(value: object, letters: Mapping[str, Word] | None = None) -> TrafficLight | None:
    """The traffic light that is meant; None for unknown. "R" alone is ambiguous (Rood, Ready) unless `letters` settle it."""
    return read_word(TrafficLight, value, letters)


def read_status(value: object, letters: Mapping[str, Word] | None = None) -> Status | None:
    """The status that is meant."""
    return read_word(Status, value, letters)


def read_yes_no(value: object) -> bool | None:
    """Yes or no: a word, a letter, a tick or cross, 1 or 0, or Excel's TRUE and FALSE."""
    found = read_word(YesNo, value)
    return None if found is None else found is YesNo.YES


def read_language(value: object) -> Language | None:
    """The language that is meant, from its code or its name in either language."""
    if is_blank(value):
        return None
    found = LANGUAGES.get(folded(str(value)))
    if found is None:
        raise Unclear(
            Text("“{v}” is geen taal die hier kan.", "“{v}” is no language that is possible here.").filled(
                v=shown(value)
            ),
            Text("Schrijf nl of en.", "Write nl or en."),
        )
    return found


def read_roles(value: object) -> frozenset[Role]:
    """One or more roles, with a semicolon, comma, slash, & or line break between them."""
    if is_blank(value):
        return frozenset()
    parts = re.split(r"[;,/&+\n]|\s(?:en|and)\s", str(value))
    found = (read_word(Role, part) for part in parts)
    return frozenset(role for role in found if role is not None)


def letters_in(words: type[Word], values: Iterable[object]) -> Mapping[str, Word]:
    """The letters that a column is filled with, such as G, O and R for lights; none unless the whole column is.

    A letter that is ambiguous alone ("R") is clear in a column that holds nothing but letters of one set, at least
    two of them clear by themselves.
    """
    written = {folded(value) for value in values if isinstance(value, str)} - BLANK
    for letters in LETTERS.get(words, ()):
        clear = {letter for letter in written & letters.keys() if _word_or_none(words, letter) is not None}
        if written <= letters.keys() and len(clear) >= 2:
            return letters
    return {}


@cache
def _words_of(words: type[_W]) -> Mapping[str, _W]:
    found: dict[str, _W] = {}
    for member in words:
        for text in (*member.value, member.key.replace("_", " ")):
            found[folded(text)] = member
    for synonym_of, synonyms in SYNONYMS.get(words, {}).items():
        for text in synonyms:
            if isinstance(synonym_of, words):
                found[text] = synonym_of
    return found


def _word_or_none(words: type[_W], written: str) -> _W | None:
    return None if written in AMBIGUOUS.get(words, ()) else _words_of(words).get(written)


def _word(words: type[_W], written: str, value: object) -> _W | None:
    if written in AMBIGUOUS.get(words, ()):
        raise Unclear(
            Text("“{v}” kan meer dan één ding betekenen.", "“{v}” could mean more than one thing.").filled(
                v=shown(value)
            ),
            _choose_from(words),
            ambiguous=True,
        )
    return _words_of(words).get(written)


_IN_BRACKETS = re.compile(r"\s*[(\[].*?(?:[)\]]|$)")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.):\-–]\s*")
_ALTERNATIVES = re.compile(r"\s*[/,;|+&]\s*|\s(?:of|or|en|and|naar|to)\s|\s*(?:->|→|–)\s*")


def _word_in_phrase(words: type[_W], written: str, value: object) -> _W | None:
    """The one member that is meant by an emoji with its word, a word with a remark in brackets, a numbered word."""
    symbols = "".join(c for c in written if unicodedata.category(c) == "So" or c in "✓✔✗✘")
    rest = "".join(c for c in written if c not in symbols)
    rest = folded(_NUMBERED.sub("", _IN_BRACKETS.sub("", rest)))
    parts = [*symbols, rest] if rest else [*symbols]
    found = {_word(words, part, value) for part in parts} if parts else {None}
    if len(found) == 1 and None not in found:
        return found.pop()
    several = {_word_or_none(words, folded(part)) for part in (*symbols, *_ALTERNATIVES.split(rest))} - {None}
    if len(several) > 1:
        raise Unclear(
            Text("“{v}” noemt er meer dan één.", "“{v}” names more than one.").filled(v=shown(value)),
            _choose_from(words),
            ambiguous=True,
        )
    raise _no_word(words, value)


def _no_word(words: type[Word], value: object) -> Unclear:
    return Unclear(
        Text("“{v}” hoort niet bij de keuzes.", "“{v}” is none of the choices.").filled(v=shown(value)),
        _choose_from(words),
    )


@cache
def _choose_from(words: type[Word]) -> Text:
    return Text(
        f"Kies uit: {', '.join(member.value.nl for member in words)}.",
        f"Choose from: {', '.join(member.value.en for member in words)}.",
    )


# --- progress and numbers -----------------------------------------------------------------------------------------


class Scale(Enum):
    """How a column writes progress."""

    UNKNOWN = auto()  # nothing in the column says so: only 0 and 1
    FRACTION = auto()  # 0.6
    PERCENT = auto()  # 60
    MIXED = auto()  # both


_PERCENT_SIGN = r"(?:%|procent|percent|pct\.?)"
_PROGRESS = re.compile(
    rf"(?:ca\.?|circa|ongeveer|approx\.?|about|±|~)?\s*(\d+(?:[.,]\d+)?)\s*({_PERCENT_SIGN})?", re.IGNORECASE
)
_FRACTIONS = {"¼": 25, "½": 50, "¾": 75}


def progress_scale(values: Iterable[object]) -> Scale:
    """How a column writes progress, judged by all of its bare numbers (a number with a % sign speaks for itself)."""
    fraction = percent = False
    for value in values:
        number = _bare_progress(value)
        if number is None:
            continue
        fraction = fraction or 0 < number < 1
        percent = percent or number >= 2
        if fraction and percent:
            return Scale.MIXED
    if fraction:
        return Scale.FRACTION
    return Scale.PERCENT if percent else Scale.UNKNOWN


def read_progress(value: object, scale: Scale = Scale.UNKNOWN) -> int | None:
    """Progress in whole percents, 0 to 100, from 0.6, 60, "60%", "60 %", "ca. 60", "½".

    A bare number between 0 and 1 is a fraction, one from 2 up a percentage; a bare 1 depends on the column's scale.

    Raises:
        Unclear: It is no single number, lies outside 0 to 100, or is a bare 1 that could be 1 % or 100 %.
    """
    if is_blank(value):
        return None
    if isinstance(value, str) and value.strip() in _FRACTIONS:
        return _FRACTIONS[value.strip()]
    number = _bare_progress(value)
    if number is not None:
        return _as_percent(number, scale, value)
    found = _PROGRESS.fullmatch(clean(value)) if isinstance(value, str) else None
    if found is None:
        raise _no_progress(value)
    return _checked_percent(float(found[1].replace(",", ".")), value)


def _bare_progress(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = _PROGRESS.fullmatch(clean(value)) if isinstance(value, str) else None
    return float(found[1].replace(",", ".")) if found and not found[2] else None


def _as_percent(number: float, scale: Scale, value: object) -> int:
    if 0 < number < 1:
        return round(number * 100)
    if 1 <= number < 2 and scale is not Scale.PERCENT:
        if number == 1 and scale is Scale.FRACTION:
            return 100
        raise Unclear(
            Text(
                "“{v}” kan 1 % of 100 % betekenen: de kolom zegt niet welke van de twee.",
                "“{v}” could mean 1% or 100%: the column does not say which.",
            ).filled(v=shown(value)),
            _WRITE_PROGRESS,
            ambiguous=True,
        )
    return _checked_percent(number, value)


def _checked_percent(number: float, value: object) -> int:
    if not 0 <= number <= 100:
        raise Unclear(
            Text(
                "“{v}” ligt niet tussen 0 % en 100 %.",
                "“{v}” does not lie between 0% and 100%.",
            ).filled(v=shown(value)),
            _WRITE_PROGRESS,
        )
    return round(number)


_WRITE_PROGRESS = Text(
    "Schrijf de voortgang met een procentteken, zoals 60%.",
    "Write progress with a percent sign, such as 60%.",
)


def _no_progress(value: object) -> Unclear:
    return Unclear(
        Text("“{v}” is geen voortgang in procenten.", "“{v}” is no progress in percent.").filled(
            v=shown(value)
        ),
        _WRITE_PROGRESS,
    )


class DecimalMark(Enum):
    """Which sign separates the decimals in numbers that are written as text."""

    COMMA = ","
    POINT = "."


_NUMBER_TRIMMINGS = re.compile(rf"^(?:€|\$|£|eur|euro)\s*|\s*(?:€|eur|euro|{_PERCENT_SIGN})$", re.IGNORECASE)
_WHOLE_AMOUNT = re.compile(r"([.,])(?:-+|–|—|=)$")
_DIGITS = re.compile(r"[+-]?\d[\d.,' ]*")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,' ])\d{3}(?:\1\d{3})*")


def decimal_mark(values: Iterable[object]) -> DecimalMark | None:
    """Which decimal sign the texts of a column use, or None when they do not say or contradict one another."""
    found = {mark for value in values if isinstance(value, str) and (mark := _mark_in(_number_text(value)))}
    return found.pop() if len(found) == 1 else None


def read_number(value: object, mark: DecimalMark | None = None) -> float | None:
    """A number: from a number cell, or from text such as "12,5", "1.234,50", "€ 80.000,-" or "95%" (95).

    Args:
        value: What was written.
        mark: The decimal sign of the column, from `decimal_mark`; settles "1.234".

    Raises:
        Unclear: It is no single number ("≥95", "7,5–8"), or "1.234" with nothing to settle it.
    """
    if is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if not isinstance(value, str):
        raise _no_number(value)
    text = _number_text(value)
    if not _DIGITS.fullmatch(text):
        raise _no_number(value)
    mark = _mark_in(text) or mark
    if mark is None and _GROUPED.fullmatch(text) and re.search("[.,]", text):
        raise Unclear(
            Text(
                "“{v}” kan een duizendtal of een getal met decimalen zijn.",
                "“{v}” could be thousands or a number with decimals.",
            ).filled(v=shown(value)),
            Text(
                "Schrijf het als getal, zonder punt voor duizendtallen.",
                "Write it as a number, without a thousands sign.",
            ),
            ambiguous=True,
        )
    decimal = (mark or DecimalMark.POINT).value
    digits = "".join(c for c in text if c in "+-0123456789" or c == decimal).replace(decimal, ".")
    try:
        return float(digits)
    except ValueError as error:
        raise _no_number(value) from error


def _number_text(value: str) -> str:
    text = _NUMBER_TRIMMINGS.sub("", clean(value).replace("−", "-")).strip()
    return _WHOLE_AMOUNT.sub(lambda found: f"{found[1]}0", text).strip()


def _mark_in(text: str) -> DecimalMark | None:
    """The decimal sign that a text shows beyond doubt, or None."""
    if not _DIGITS.fullmatch(text):
        return None
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return DecimalMark.COMMA if text.rindex(",") > text.rindex(".") else DecimalMark.POINT
    if not points + commas:
        return None
    mark, other = (DecimalMark.POINT, DecimalMark.COMMA) if points else (DecimalMark.COMMA, DecimalMark.POINT)
    if points + commas > 1:
        return other if _GROUPED.fullmatch(text) else None
    whole, _, decimals = text.lstrip("+-").partition(mark.value)
    three = len(decimals) == 3 and decimals.isdigit()
    return None if three and whole.strip("0") and len(whole) <= 3 else mark


def _no_number(value: object) -> Unclear:
    bound = isinstance(value, str) and re.match(r"\s*(?:[<>≤≥]|min|max|tot|t/m|vanaf)", value, re.IGNORECASE)
    write = (
        Text(
            "Schrijf alleen het getal; de richting staat in een eigen kolom.",
            "Write only the number; the direction has its own column.",
        )
        if bound
        else Text("Schrijf één getal, zonder tekst erbij.", "Write one number, without words.")
    )
    return Unclear(Text("“{v}” is geen getal.", "“{v}” is no number.").filled(v=shown(value)), write)


# --- IDs, names and addresses -------------------------------------------------------------------------------------

_ID = re.compile(r"[A-Za-z]{0,6}[ -]?\d{1,6}(?:[.-]\d{1,4})*[A-Za-z]?")
_ID_IN_FRONT = re.compile(r"([A-Za-z]{1,6}-?\d{1,6}(?:[.-]\d{1,4})*)(?:\s*[.:)]|\s+[-–—])\s+\S.*", re.DOTALL)
_ID_BREAKS = re.compile(r"\s*[;,/&+\n|]\s*|\s+(?:en|and)\s+|\s+(?=[A-Za-z]{1,6}\d)")


def read_id(value: object) -> str | None:
    """One ID, as written but for its blanks: `A12`, also from "A12. Website" and from a bare number."""
    if isinstance(value, str) and value.isalnum() and value[-1] in "0123456789":
        return value
    if is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain_number(float(value))
    text = clean(str(value))
    return id_in_front(text) or " ".join(text.split())


def is_id(text: str) -> bool:
    """Whether a text has the form of one ID: `A12`, `S-3`, `1.2`."""
    return _ID.fullmatch(text) is not None


def id_in_front(text: str) -> str | None:
    """The ID that a text begins with, as in "S1. Shorter waits" or "A12 – Website", or None."""
    found = _ID_IN_FRONT.fullmatch(text)
    return found[1] if found else None


def read_ids(value: object) -> tuple[str, ...]:
    """One or more IDs: "S1; S3", "S1, S3", "S1/S3", "S1 en S3", "S1. Shorter waits".

    Raises:
        Unclear: It is something else than IDs (it may be the text of a strategy: the caller knows those).
    """
    if is_blank(value):
        return ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (plain_number(float(value)),)
    text = clean(str(value))
    if found := id_in_front(text):
        return (found,)
    parts = [part for part in _ID_BREAKS.split(text) if part]
    ids = [id_in_front(part) or part for part in parts]
    if not all(_ID.fullmatch(part) for part in ids):
        raise Unclear(
            Text("“{v}” is geen ID of rij van ID's.", "“{v}” is no ID or list of IDs.").filled(
                v=shown(value)
            ),
            Text(
                "Schrijf de ID's met puntkomma's ertussen, zoals S1; S3.",
                "Write the IDs with semicolons between them, such as S1; S3.",
            ),
        )
    return tuple(dict.fromkeys(normalised_id(part) for part in ids))


_NAME_AND_MAIL = re.compile(r"([^<>]*?)\s*[<(]\s*(?:mailto:)?([^<>()\s]+@[^<>()\s]+)\s*[>)]")
_MAIL = re.compile(r"[^\s@<>()\[\]\",;:]+@[^\s@<>()\[\]\",;:]+")
_NAME_BREAKS = re.compile(r"\s*[;/&+\n|]\s*|\s+(?:en|and)\s+", re.IGNORECASE)
_PREFIX = r"(?:van|de|der|den|het|'t|ten|ter|te|vd|v\.?d\.?|von|la|le|el|al|op|in)"
_INITIALS = r"(?:[A-Z]\.?-?){1,5}"
_AFTER_SURNAME = re.compile(rf"(?:{_INITIALS}|{_PREFIX}|jr\.?|sr\.?)(?:\s+(?:{_INITIALS}|{_PREFIX}))*")
_SURNAME_PREFIX = re.compile(rf"{_PREFIX}\s", re.IGNORECASE)


_NAMES_TOO = frozenset({"na", "pm", "leeg", "blank", "volgt", "none"})


def read_name(value: object) -> str:
    """One name as written, its blanks single; "Naam <mail>" gives the name (the address where there is no name).

    Words that elsewhere stand for a blank but are names of people, too, are names here.
    """
    if is_blank(value) and not (isinstance(value, str) and folded(value) in _NAMES_TOO):
        return ""
    text = " ".join(read_text(value).split())
    found = _NAME_AND_MAIL.fullmatch(text)
    return (found[1].strip(" \"'") or found[2]) if found else text


def read_names(value: object, known: Collection[str] = ()) -> tuple[str, ...]:
    """The names in one cell: "Jan / Piet" are two, "Vries, J. de" is one.

    Args:
        value: What was written.
        known: The names of the people of the plan: a text that is one of them is never split, and a comma between
            two of them separates. Without that help "Jansen, Piet" counts as one name.
    """
    if is_blank(value):
        return ()
    names = {normalised_name(name) for name in known}
    text = read_text(value)
    if normalised_name(text) in names:
        return (" ".join(text.split()),)
    found: list[str] = []
    for part in _NAME_BREAKS.split(text):
        found += _split_at_commas(part, names)
    return tuple(dict.fromkeys(name for name in map(read_name, found) if name))


def _split_at_commas(text: str, known: Collection[str]) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2 or normalised_name(text) in known:
        return [text]
    if all(normalised_name(read_name(part)) in known for part in parts) or any("@" in part for part in parts):
        return parts
    surname_first = len(parts) == 2 and (
        " " not in parts[0] or _SURNAME_PREFIX.match(parts[0]) or _AFTER_SURNAME.fullmatch(parts[1])
    )
    return [text] if surname_first else parts


def read_mail(value: object) -> str | None:
    """One mail address, also from "Naam <mail>" and "mailto:…".

    Raises:
        Unclear: It is no address, or more than one.
    """
    if is_blank(value):
        return None
    text = read_text(value)
    found = _NAME_AND_MAIL.fullmatch(text)
    address = found[2] if found else re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).strip(" .;,<>")
    if not _MAIL.fullmatch(address):
        raise Unclear(
            Text("“{v}” is geen mailadres.", "“{v}” is no mail address.").filled(v=shown(value)),
            Text(
                "Schrijf één adres, zoals naam@voorbeeld.nl.", "Write one address, such as name@example.org."
            ),
        )
    return address
