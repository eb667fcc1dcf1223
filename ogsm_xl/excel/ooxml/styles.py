"""The styles part: whether a style shows dates or percentages or locks its cell, and its variants that a value needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ogsm_xl.excel.ooxml.splice import Element, Spliced, Tag, elements, scan_view, tags
from ogsm_xl.excel.ooxml.values import Format

_MOST_STYLES = 64_000
_USUAL_SIZE = 11.0
_TRUE = {"1", "true", "on"}
_FALSE = {"0", "false", "off"}
_TEXT_FORMAT = 49
_BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILTIN_PERCENTS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.IGNORECASE)


def is_percent(number_format: int, formats: Mapping[int, str]) -> bool:
    """Whether a number format, of those that the workbook defines or else of Excel's own, shows percentages."""
    code = formats.get(number_format)
    return number_format in _BUILTIN_PERCENTS if code is None else "%" in _LITERAL.sub("", code)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says of a cell.

    Attributes:
        number_format: The number of its number format; None where it has none.
        font: Which of the workbook's fonts.
        locked: Whether the cell can't be changed once its sheet is protected.
        wraps: Whether a long text goes on in a next line.
        quoted: Whether a text stays a text when somebody edits the cell.
    """

    number_format: int | None
    font: int
    locked: bool
    wraps: bool
    quoted: bool


_NO_LOOK = _Look(None, 0, locked=True, wraps=False, quoted=False)


class Styles:
    """The cell formats of a workbook; styles are numbers, as cells refer to them.

    A variant of a style is looked for among those that exist before one is added, so that repeated runs add nothing.
    """

    def __init__(self, part: bytes | None) -> None:
        """Read the styles part, or None for a workbook that has none (it then has only style 0)."""
        self.spliced = Spliced(part or b"")
        self._view = scan_view(part or b"")
        self._elements = elements(self._view)
        self._formats = {
            int(e.tag.get(b"numFmtId") or 0): e.tag.get(b"formatCode") or ""
            for e in self._elements
            if e.tag.local == b"numFmt" and (e.tag.get(b"numFmtId") or "").isdigit()
        }
        self._all = next((e for e in self._elements if e.tag.local == b"cellXfs"), None)
        self._styles = [self._bytes(e) for e in self._elements if self._all and e.parent == self._all.tag]
        self._existing = len(self._styles)
        self._looks: dict[int, _Look] = {}
        self._variants: dict[tuple[int, Format | None, bool], int] = {}

    def is_date(self, style: int) -> bool:
        """Whether a number in this style is shown as a date or a time."""
        number = self._look(style).number_format
        if number is None:
            return False
        code = self._formats.get(number)
        if code is None:
            return number in _BUILTIN_DATES
        return any(letter in _NOT_A_DATE.sub("", code).lower() for letter in "dmyhs")

    def is_percent(self, style: int) -> bool:
        """Whether a number in this style is shown as a percentage."""
        number = self._look(style).number_format
        return number is not None and is_percent(number, self._formats)

    def shows(self, style: int, wanted: Format) -> bool:
        """Whether a style shows a number as wanted, in a format of its own."""
        if wanted is Format.GENERAL:
            return not self.is_percent(style)
        return self.is_percent(style) if wanted is Format.PERCENT else self.is_date(style)

    def is_locked(self, style: int) -> bool:
        """Whether a cell in this style can't be changed once its sheet is protected."""
        return self._look(style).locked

    def wraps(self, style: int) -> bool:
        """Whether a long text in this style goes on in a next line."""
        return self._look(style).wraps

    def font_size(self, style: int) -> float:
        """The size of a style's letters in points; 11 where the workbook does not say."""
        font = self._look(style).font
        return self._font_sizes[font] if font < len(self._font_sizes) else _USUAL_SIZE

    def can_add(self) -> bool:
        """Whether there is room, and a place, for one more style."""
        return self._all is not None and not self._all.tag.empty and len(self._styles) < _MOST_STYLES

    def fitting(self, style: int, wanted: Format | None, *, quoted: bool) -> int:
        """The style, or its variant that shows a date or a percentage, or that keeps a text a text when somebody edits the cell.

        Gives the style itself where no style can be added.
        """
        key = (style, wanted, quoted)
        if key not in self._variants:
            self._variants[key] = self._variant(style, wanted, quoted=quoted)
        return self._variants[key]

    def finish(self) -> Spliced | None:
        """The styles part with the added styles, or None when none was added."""
        added = self._styles[self._existing :]
        if not added or self._all is None:
            return None
        self.spliced.replace(self._all.content_end, self._all.content_end, b"".join(added))
        self.spliced.set_attribute(self._all.tag, b"count", str(len(self._styles)))
        return self.spliced

    def _variant(self, style: int, wanted: Format | None, *, quoted: bool) -> int:
        """See `fitting`."""
        tag = self._tag(style)
        if tag is None or not self.can_add():
            return style
        change = Spliced(self._styles[style])
        if wanted and not self.shows(style, wanted):
            change.set_attribute(tag, b"numFmtId", str(wanted.value))
            change.set_attribute(tag, b"applyNumberFormat", "1")
        look = self._look(style)
        if quoted and not look.quoted and look.number_format != _TEXT_FORMAT:
            change.set_attribute(tag, b"quotePrefix", "1")
        span = tag.attribute_span(b"quotePrefix")
        if look.quoted and not quoted and span is not None:
            change.replace(*span, b"")
        return self._index(change.contents()) if change.splices else style

    def _look(self, style: int) -> _Look:
        """What a style says; many cells share one, so it is read once."""
        if style not in self._looks:
            self._looks[style] = self._read(style)
        return self._looks[style]

    def _read(self, style: int) -> _Look:
        tag = self._tag(style)
        if tag is None:
            return _NO_LOOK
        inside = {each.local: each for each in tags(self._styles[style]) if not each.closing}
        alignment, protection = inside.get(b"alignment"), inside.get(b"protection")
        return _Look(
            _whole(tag.get(b"numFmtId")),
            _whole(tag.get(b"fontId")) or 0,
            locked=protection is None or (protection.get(b"locked") or "1").lower() not in _FALSE,
            wraps=alignment is not None and (alignment.get(b"wrapText") or "").lower() in _TRUE,
            quoted=(tag.get(b"quotePrefix") or "0").lower() in _TRUE,
        )

    @cached_property
    def _font_sizes(self) -> list[float]:
        """The size of each font, in points."""
        fonts = next((e for e in self._elements if e.tag.local == b"fonts"), None)
        found = [e.tag for e in self._elements if fonts and e.parent == fonts.tag]
        sizes = [e for e in self._elements if e.tag.local == b"sz"]
        return [
            _size(next((e.tag.get(b"val") or "" for e in sizes if e.parent == font), "")) for font in found
        ]

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {style: number for number, style in reversed(list(enumerate(self._styles)))}

    def _index(self, style: bytes) -> int:
        number = self._numbers.get(style)
        if number is None:
            number = self._numbers[style] = len(self._styles)
            self._styles.append(style)
        return number

    def _tag(self, style: int) -> Tag | None:
        return next(tags(self._styles[style])) if 0 <= style < len(self._styles) else None

    def _bytes(self, element: Element) -> bytes:
        return self.spliced.original[element.tag.start : element.end]


def _size(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return _USUAL_SIZE


def _whole(written: str | None) -> int | None:
    return int(written) if written and written.isdigit() else None
