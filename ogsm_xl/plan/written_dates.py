"""Dates, times and lengths as people write them; see `ogsm_xl.plan.written`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from ogsm_xl.plan import day_words
from ogsm_xl.plan.synonyms import MONTHS, WEEKDAYS
from ogsm_xl.plan.unclear import Unclear, clean, folded, is_blank, shown
from ogsm_xl.plan.words import Text

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a date of a plan can lie in; anything outside is a slip of the keyboard."""


class DateOrder(Enum):
    """What comes first in dates written in figures."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()


_1900 = datetime(1899, 12, 30)
_1904 = datetime(1904, 1, 1)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|'?\d{2})")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*(?:[:.]|h|u|uur)\s*(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<unit>u|uur|h|hrs?)?\.?\s*(?P<half>[ap])?(?(half)\.?m\.?)",
    re.IGNORECASE,
)
_DATE_AND_CLOCK = re.compile(
    r"(.+?\d)(?:T|\s*,?\s+(?:om|at)?\s*)(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?)Z?(?:\s*(?:uur|u))?",
    re.IGNORECASE,
)
_ORDINALS = frozenset({"e", "de", "ste", "st", "nd", "rd", "th", "van", "of", "the"})
_WRITE_DATE = Text(
    "Schrijf dag, maand en jaar, zoals 15 april 2026.", "Write day, month and year, such as 15 April 2026."
)


def date_order(values: Iterable[object]) -> DateOrder | None:
    """What comes first in a column's dates in figures, or None when they do not say or contradict one another."""
    found: set[DateOrder] = set()
    for value in values:
        figures = _FIGURES.match(clean(value)) if isinstance(value, str) else None
        if figures is None:
            continue
        first, second = int(figures[1]), int(figures[3])
        if first > 12 >= second:
            found.add(DateOrder.DAY_FIRST)
        if second > 12 >= first:
            found.add(DateOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def read_date(value: object, order: DateOrder | None = None, *, date1904: bool = False) -> date | None:
    """A day: from a date cell, a serial number, or text: 2026-04-15, 15-04-2026, "15 april 2026", "April 15th, 2026".

    Args:
        value: What was written. The time of a date with a time is left out.
        order: What comes first in 03-04-2026, from `date_order`.
        date1904: Whether the workbook counts its serial numbers from 1904.

    Raises:
        Unclear: It is no day ("Q3 2026", "eind mei"), or 03-04-2026 with nothing to settle the order.
    """
    found = read_datetime(value, order, date1904=date1904)
    return None if found is None else found.date()


def read_datetime(
    value: object, order: DateOrder | None = None, *, date1904: bool = False
) -> datetime | None:
    """A day with the time, midnight where none is given; everything else as for `read_date`."""
    if isinstance(value, datetime):
        return _checked_year(value.replace(tzinfo=None) if value.tzinfo else value, value)
    if isinstance(value, date):
        return _checked_year(datetime(value.year, value.month, value.day), value)
    if is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(float(value), value, date1904=date1904)
    if not isinstance(value, str):
        raise _no_date(value)
    return _date_in_text(clean(value), order, date1904=date1904)


def _date_in_text(text: str, order: DateOrder | None, *, date1904: bool) -> datetime:
    text = " ".join(text.strip(" .,;*").split())
    split = _DATE_AND_CLOCK.fullmatch(text)
    clock = _clock(split[2]) if split else None
    if split and clock and (day := _day_in(split[1].strip(" ,"), text, order)):
        return _checked_year(datetime.combine(day, clock), text)
    day = _day_in(text, text, order)
    if day is not None:
        return _checked_year(datetime.combine(day, time.min), text)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _from_serial(float(text.replace(",", ".")), text, date1904=date1904)
    raise _no_date(text)


def _day_in(text: str, whole: str, order: DateOrder | None) -> date | None:
    """The day that a text gives in figures or words; None when it has none of these forms."""
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), whole)
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), whole)
    text = re.sub(r"^(?:[^\W\d_]+)\.?,?\s+", lambda m: "" if folded(m[0]) in WEEKDAYS else m[0], text)
    if found := _FIGURES.fullmatch(text):
        return _day_in_figures(int(found[1]), int(found[3]), _year(found[4]), order, whole)
    return _day_in_words(text, whole)


def _day_in_figures(first: int, second: int, year: int, order: DateOrder | None, whole: str) -> date:
    if first == second or first > 12 or 0 in {first, second}:
        return _day(year, second, first, whole)
    if second > 12:
        return _day(year, first, second, whole)
    if order is DateOrder.DAY_FIRST:
        return _day(year, second, first, whole)
    if order is DateOrder.MONTH_FIRST:
        return _day(year, first, second, whole)
    one, other = (date(2000, second, 1), first), (date(2000, first, 1), second)
    names = [_long_date(day, month.month, year) for month, day in (one, other)]
    raise Unclear(
        Text(
            f"“{shown(whole)}” staat er als tekst en kan {names[0].nl} of {names[1].nl} zijn.",
            f"“{shown(whole)}” is text and could be {names[0].en} or {names[1].en}.",
        ),
        Text(
            f"Schrijf de maand voluit, zoals {names[0].nl}, of vul een echte Excel-datum in.",
            f"Write the month in full, such as {names[0].en}, or enter a real Excel date.",
        ),
        ambiguous=True,
    )


def _long_date(day: int, month: int, year: int) -> Text:
    name = day_words.MONTHS[month - 1]
    return Text(f"{day} {name.nl} {year}", f"{day} {name.en} {year}")


def _day_in_words(text: str, whole: str) -> date | None:
    tokens = [folded(token) for token in _WORDS.findall(text)]
    months = [token for token in tokens if token in MONTHS]
    figures = [token for token in tokens if token.isdigit()]
    others = [t for t in tokens if t not in months and t not in figures and t not in _ORDINALS | WEEKDAYS]
    if len(months) != 1 or len(figures) != 2 or others:
        return None
    day, year = figures
    if len(year) not in {2, 4} or len(day) > 2:
        return None
    return _day(_year(year), MONTHS[months[0]], int(day), whole)


def _year(digits: str) -> int:
    number = int(digits.lstrip("'"))
    return number + 2000 if number < 100 else number


def _day(year: int, month: int, day: int, whole: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unclear(
            Text("“{v}” is geen dag die bestaat.", "“{v}” is no day that exists.").filled(v=shown(whole)),
            _WRITE_DATE,
        ) from error


def _checked_year(found: datetime, value: object) -> datetime:
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    raise Unclear(
        Text("Het jaar van “{v}” kan niet kloppen.", "The year of “{v}” can't be right.").filled(
            v=shown(value)
        ),
        _WRITE_DATE,
    )


def _from_serial(number: float, value: object, *, date1904: bool) -> datetime:
    """The moment of Excel's serial number, or of a day written as 20260415."""
    if 1e7 < number < 1e8 and (found := _COMPACT.fullmatch(str(int(number)))):
        return datetime.combine(_day(int(found[1]), int(found[2]), int(found[3]), shown(value)), time.min)
    if not 0 < number < 100_000:
        raise _no_date(value)
    # Rounded to milliseconds: a serial number has no more, and 10:00 must not become 09:59:59.999995.
    moment = (_1904 if date1904 else _1900) + timedelta(milliseconds=round(number * 86_400_000))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _no_date(value)
    return moment


_PERIOD = re.compile(
    r"\b(?:q|k|kw|kwartaal|quarter|wk|week|w)\s*\.?\s*\d|\d\s*e?\s*kwartaal|eind|begin|medio|mid|end of|early",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"doorlopend|continu|permanent|ongoing|structureel|jaarlijks|maandelijks|wekelijks", re.IGNORECASE
)


def _no_date(value: object) -> Unclear:
    text = shown(value)
    if _ALWAYS.search(text):
        why = Text("“{v}” is geen dag.", "“{v}” is not a day.")
        write = Text(
            "Schrijf de dag waarop een volgend resultaat er is; doorlopend werk is geen actie.",
            "Write the day on which a next result is there; continuous work is no action.",
        )
        return Unclear(why.filled(v=text), write)
    if _PERIOD.search(text) or any(folded(word) in MONTHS for word in _WORDS.findall(text)):
        why = Text(
            "“{v}” is een periode of een onvolledige datum, geen dag.",
            "“{v}” is a period or an incomplete date, not a day.",
        )
        return Unclear(why.filled(v=text), _WRITE_DATE)
    return Unclear(Text("“{v}” is geen datum.", "“{v}” is no date.").filled(v=text), _WRITE_DATE)


def read_time(value: object) -> time | None:
    """A time of day: from a time cell, a fraction of a day, or text: "10:00", "10.30 uur", "10u30", "2 pm".

    Raises:
        Unclear: It is no time of day, more than one, or a bare number that is none of these.
    """
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if is_blank(value):
        return None
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        return (datetime.min + value).time()
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime.min + timedelta(seconds=round(value * 86_400))).time()
    found = _clock(clean(value)) if isinstance(value, str) else None
    if found is None:
        raise Unclear(
            Text("“{v}” is geen tijdstip.", "“{v}” is no time of day.").filled(v=shown(value)),
            Text("Schrijf uren en minuten, zoals 10:00.", "Write hours and minutes, such as 10:00."),
        )
    return found


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if found is None or not (found["minute"] or found["unit"] or found["half"]):
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|min|minuten|minuut|minutes?|mins?)?\.?", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:u|uur|uren|h|hrs?|hours?)\.?", re.IGNORECASE)
_HOURS_MINUTES = re.compile(
    r"(\d{1,2})\s*(?::|u|uur|h|hours?)\s*(?:en|and)?\s*(\d{1,2})\s*(?:m|min|minuten|minutes)?\.?",
    re.IGNORECASE,
)


def read_minutes(value: object) -> int | None:
    """A length in whole minutes: 90, "90 min", "1,5 uur", "1u30", or a cell that holds 1:30.

    Raises:
        Unclear: It is no length, or not a whole number of minutes above 0.
    """
    if is_blank(value):
        return None
    minutes = _minutes(value)
    if minutes is None or not 0 < minutes < 10_000 or not minutes.is_integer():
        raise Unclear(
            Text("“{v}” is geen lengte in minuten.", "“{v}” is no length in minutes.").filled(v=shown(value)),
            Text(
                "Schrijf een heel aantal minuten, zoals 90.", "Write a whole number of minutes, such as 90."
            ),
        )
    return int(minutes)


def _minutes(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, timedelta):
        return value.total_seconds() / 60
    if isinstance(value, time):
        return value.hour * 60 + value.minute + value.second / 60
    if not isinstance(value, str):
        return None
    text = clean(value)
    if found := _MINUTES.fullmatch(text):
        return float(found[1])
    if found := _HOURS_MINUTES.fullmatch(text):
        return int(found[1]) * 60.0 + int(found[2])
    if found := _HOURS.fullmatch(text):
        return float(found[1].replace(",", ".")) * 60
    return None
