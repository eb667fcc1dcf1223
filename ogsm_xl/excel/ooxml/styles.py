"""The styles part: whether a style shows dates or percentages or locks its cell, and its variants that a value needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from ogsm_xl.excel.ooxml.splice import Element, Spliced, Tag, elements, scan_view, tags
from ogsm_xl.excel.ooxml.values import Format

_MOST_STYLES = 64_000
_TEXT_FORMAT = 49
_BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILTIN_PERCENTS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.IGNORECASE)


def is_percent(number_format: int, formats: Mapping[int, str]) -> bool:
    """Whether a number format, of those that the workbook defines or else of Excel's own, shows percentages."""
    code = formats.get(number_format)
    return number_format in _BUILTIN_PERCENTS if code is None else "%" in _LITERAL.sub("", code)


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

    def is_date(self, style: int) -> bool:
        """Whether a number in this style is shown as a date or a time."""
        tag = self._tag(style)
        number = tag.get(b"numFmtId") if tag else None
        if number is None or not number.isdigit():
            return False
        code = self._formats.get(int(number))
        if code is None:
            return int(number) in _BUILTIN_DATES
        return any(letter in _NOT_A_DATE.sub("", code).lower() for letter in "dmyhs")

    def is_percent(self, style: int) -> bool:
        """Whether a number in this style is shown as a percentage."""
        tag = self._tag(style)
        number = tag.get(b"numFmtId") if tag else None
        return number is not None and number.isdigit() and is_percent(int(number), self._formats)

    def shows(self, style: int, wanted: Format) -> bool:
        """Whether a style shows a number as wanted, in a format of its own."""
        if wanted is Format.GENERAL:
            return not self.is_percent(style)
        return self.is_percent(style) if wanted is Format.PERCENT else self.is_date(style)

    def is_locked(self, style: int) -> bool:
        """Whether a cell in this style can't be changed once its sheet is protected."""
        if not 0 <= style < len(self._styles):
            return True
        for tag in tags(self._styles[style]):
            if tag.local == b"protection":
                return (tag.get(b"locked") or "1").lower() not in {"0", "false", "off"}
        return True

    def wraps(self, style: int) -> bool:
        """Whether a long text in this style goes on in a next line."""
        element = self._styles[style] if 0 <= style < len(self._styles) else b""
        alignment = next((tag for tag in tags(element) if tag.local == b"alignment"), None)
        return alignment is not None and (alignment.get(b"wrapText") or "").lower() in {"1", "true"}

    def font_size(self, style: int) -> float:
        """The size of a style's letters in points; 11 where the workbook does not say."""
        tag = self._tag(style)
        number = (tag.get(b"fontId") or "0") if tag else "0"
        size = (
            self._font_sizes[int(number)] if number.isdigit() and int(number) < len(self._font_sizes) else ""
        )
        try:
            return float(size)
        except ValueError:
            return 11.0

    def can_add(self) -> bool:
        """Whether there is room, and a place, for one more style."""
        return self._all is not None and not self._all.tag.empty and len(self._styles) < _MOST_STYLES

    def fitting(self, style: int, wanted: Format | None, *, quoted: bool) -> int:
        """The style, or its variant that shows a date or a percentage, or that keeps a text a text when somebody edits the cell.

        Gives the style itself where no style can be added.
        """
        tag = self._tag(style)
        if tag is None or not self.can_add():
            return style
        change = Spliced(self._styles[style])
        if wanted and not self.shows(style, wanted):
            change.set_attribute(tag, b"numFmtId", str(wanted.value))
            change.set_attribute(tag, b"applyNumberFormat", "1")
        has_quote = (tag.get(b"quotePrefix") or "0").lower() in {"1", "true"}
        if quoted and not has_quote and tag.get(b"numFmtId") != str(_TEXT_FORMAT):
            change.set_attribute(tag, b"quotePrefix", "1")
        span = tag.attribute_span(b"quotePrefix")
        if has_quote and not quoted and span is not None:
            change.replace(*span, b"")
        return self._index(change.contents()) if change.splices else style

    def finish(self) -> Spliced | None:
        """The styles part with the added styles, or None when none was added."""
        added = self._styles[self._existing :]
        if not added or self._all is None:
            return None
        self.spliced.replace(self._all.content_end, self._all.content_end, b"".join(added))
        self.spliced.set_attribute(self._all.tag, b"count", str(len(self._styles)))
        return self.spliced

    @cached_property
    def _font_sizes(self) -> list[str]:
        """The size of each font, as written."""
        fonts = next((e for e in self._elements if e.tag.local == b"fonts"), None)
        found = [e.tag for e in self._elements if fonts and e.parent == fonts.tag]
        sizes = [e for e in self._elements if e.tag.local == b"sz"]
        return [next((e.tag.get(b"val") or "" for e in sizes if e.parent == font), "") for font in found]

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
