"""Cell values as the XML of a sheet holds them: text that stays text, serial dates, numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

from ogsm_xl.excel.ooxml.splice import escaped
from ogsm_xl.plan.words import Text

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | None
"""What a cell can be set to; None and "" clear it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as people see it in its cell: 60 is held as 0.6 by a cell that shows it as 60%, and as 60 by any other."""

    number: float


@dataclass(frozen=True, slots=True)
class Percentage:
    """So many percent, such as progress.

    Held as 0.6 and shown as 60%; as 60 in a cell that shows no percentages where 60 stands for them already.
    """

    percents: float


Writable: TypeAlias = CellValue | Figure | Percentage
"""What a cell of a workbook that is edited can be set to."""

LONGEST_TEXT = 32_767  # UTF-16 units, as Excel counts

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FIRST_SAFE_1900 = datetime(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f"
_NEEDS_ESCAPE = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}(?:_|[{_CONTROLS}]))|[{_CONTROLS}]")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_LIKE_INPUT = ("=", "+", "-", "@", "'")


class Format(Enum):
    """How a value is shown in a cell whose own format does not fit it: the number of Excel's built-in format."""

    GENERAL = 0
    DATE = 14
    DATETIME = 22
    TIME = 20
    PERCENT = 9


class Unwritable(Exception):
    """A value that no cell can hold; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Prepared:
    """A value made ready for a cell.

    Attributes:
        value: What a reader will find: text, number or truth value; a date as its serial number; None for a blank cell.
        format: How to show a serial date or a fraction in a cell without such a format; None for everything else.
    """

    value: str | float | bool | None
    format: Format | None = None

    @property
    def kind(self) -> bytes:
        """The `t` attribute, or b"" for numbers and blanks."""
        if isinstance(self.value, str):
            return b"inlineStr"
        return b"b" if isinstance(self.value, bool) else b""

    @property
    def quoted(self) -> bool:
        """Whether the text would turn into a formula or number when somebody edits the cell and presses Enter."""
        return isinstance(self.value, str) and self.value.startswith(_LOOKS_LIKE_INPUT)

    def xml(self, prefix: bytes) -> bytes:
        """What goes inside the cell's element; `prefix` is that of the sheet's own elements, colon included."""
        if self.value is None:
            return b""
        if isinstance(self.value, str):
            return b"<%bis>%b</%bis>" % (prefix, text_element(self.value, prefix), prefix)
        number = str(int(self.value)) if isinstance(self.value, bool) else _number(self.value)
        return b"<%bv>%b</%bv>" % (prefix, number.encode("ascii"), prefix)


def text_element(text: str, prefix: bytes = b"") -> bytes:
    """A text, as `cell_text` gives it, as the element `t` with its blanks kept."""
    contents = escaped(_NEEDS_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return b'<%bt xml:space="preserve">%b</%bt>' % (prefix, contents, prefix)


def prepared(value: CellValue, *, date1904: bool) -> Prepared:
    """A value made ready for a cell of a workbook that counts dates from 1900 or 1904.

    Raises:
        Unwritable: No cell can hold it: a text that is too long, a number that is none, a date before Excel's calendar.
    """
    if value is None or isinstance(value, bool):
        return Prepared(value)
    if isinstance(value, str):
        return Prepared(cell_text(value) or None)
    if isinstance(value, datetime):
        return Prepared(_serial(value, date1904=date1904), Format.DATETIME)
    if isinstance(value, date):
        serial = _serial(datetime.combine(value, time()), date1904=date1904)
        return Prepared(serial, Format.DATE)
    if isinstance(value, time):
        return Prepared(_fraction(value), Format.TIME)
    return Prepared(_finite(value))


def cell_text(text: str) -> str:
    """The text as a cell can hold it: line breaks as newlines, without characters that XML has no way to write.

    Raises:
        Unwritable: It is longer than a cell can hold.
    """
    clean = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    length = len(clean.encode("utf-16-le")) // 2
    if length > LONGEST_TEXT:
        raise Unwritable(
            Text(
                f"de tekst heeft {length} tekens en een cel kan er {LONGEST_TEXT} bevatten. Kort de tekst in.",
                f"the text has {length} characters and a cell can hold {LONGEST_TEXT}. Shorten the text.",
            )
        )
    return clean


def _finite(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or number != value:
        raise Unwritable(
            Text(
                f"{value} is geen getal dat een cel precies kan bevatten. Geef een gewoon getal, of schrijf het als tekst.",
                f"{value} is no number that a cell can hold exactly. Give an ordinary number, or write it as text.",
            )
        )
    return number


def _serial(moment: datetime, *, date1904: bool) -> float:
    first = _EPOCH_1904 if date1904 else _FIRST_SAFE_1900
    if moment.tzinfo is not None:
        raise Unwritable(
            Text(
                f"{moment} heeft een tijdzone, en een cel niet. Geef de plaatselijke tijd.",
                f"{moment} has a time zone, and a cell has none. Give the local time.",
            )
        )
    if moment < first:
        raise Unwritable(
            Text(
                f"de datum {moment:%d-%m-%Y} ligt voor het begin van Excels kalender. Schrijf hem als tekst.",
                f"the date {moment:%d-%m-%Y} lies before the beginning of Excel's calendar. Write it as text.",
            )
        )
    since = moment - (_EPOCH_1904 if date1904 else _EPOCH_1900)
    return since.days + (since.seconds + since.microseconds / 1e6) / 86_400


def _fraction(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return (seconds + moment.microsecond / 1e6) / 86_400


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
