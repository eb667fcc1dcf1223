"""XML as bytes: finding tags and attributes by their place, and replacing a few of them while all else stays byte for byte.

Parsing and writing XML anew would lose what a parser does not keep (prefixes, declarations, unknown extensions). So a part
is only ever cut and pasted. The tag finder relies on well-formed XML; the gate parses every part that was touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TAG = re.compile(rb"<(/?)([A-Za-z_\x80-\xff:][^\s/>]*+)((?:[^<>\"'/]++|\"[^\"]*+\"|'[^']*+')*+)(/?)>")
_ATTRIBUTE = re.compile(rb"\s([^\s=\"'/<>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_COMMENT_OR_CDATA = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Tag(NamedTuple):
    """One tag, with the offsets of its first byte and of the byte after its last.

    `name` is as written, prefix included; `attributes` holds the bytes between the name and the end of the tag.
    """

    start: int
    end: int
    name: bytes
    closing: bool
    empty: bool
    attributes: bytes
    attributes_at: int

    @property
    def local(self) -> bytes:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2]

    def get(self, name: bytes) -> str | None:
        """The value of an attribute, or None."""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1] == name:
                return plain(found[2] if found[2] is not None else found[3])
        return None

    def value_span(self, name: bytes) -> tuple[int, int] | None:
        """Where an attribute's value stands, its quotes left out."""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1] == name:
                group = 2 if found[2] is not None else 3
                return self.attributes_at + found.start(group), self.attributes_at + found.end(group)
        return None

    def attribute_span(self, name: bytes) -> tuple[int, int] | None:
        """Where an attribute stands, the blank in front of it included."""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1] == name:
                return self.attributes_at + found.start(), self.attributes_at + found.end()
        return None

    def others(self, *left_out: bytes) -> bytes:
        """The attributes as written, with a blank in front of each, without those of these names."""
        return b"".join(m[0] for m in _ATTRIBUTE.finditer(self.attributes) if m[1] not in left_out)


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its opening tag, the offsets of its contents' end and of its own, and its parent's opening tag."""

    tag: Tag
    content_end: int
    end: int
    parent: Tag | None

    @property
    def content_start(self) -> int:
        """Where its contents begin."""
        return self.tag.end


def tags(view: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Every tag of well-formed XML without comments (see `scan_view`), in order."""
    for found in _TAG.finditer(view, start, len(view) if end is None else end):
        yield Tag(
            found.start(), found.end(), found[2], bool(found[1]), bool(found[4]), found[3], found.start(3)
        )


def elements(view: bytes, start: int = 0, end: int | None = None) -> list[Element]:
    """Every element that begins and ends between the offsets, in the order of their opening tags.

    An element that is opened but not closed there is left out.
    """
    found: list[Element | None] = []
    open_ones: list[tuple[int, Tag]] = []
    for tag in tags(view, start, end):
        if tag.closing:
            if open_ones and open_ones[-1][1].name == tag.name:
                at, opening = open_ones.pop()
                parent = open_ones[-1][1] if open_ones else None
                found[at] = Element(opening, tag.start, tag.end, parent)
        elif tag.empty:
            found.append(Element(tag, tag.end, tag.end, open_ones[-1][1] if open_ones else None))
        else:
            open_ones.append((len(found), tag))
            found.append(None)
    return [element for element in found if element is not None]


def scan_view(part: bytes) -> bytes:
    """The part with comments, CDATA and instructions blanked out, every other byte at its place."""
    if b"<!" not in part and part.find(b"<?", 2) < 0:
        return part
    view = bytearray(part)
    for found in _INVISIBLE.finditer(part):
        # CDATA is contents: something must stay visible, so that its cell does not look empty.
        filler = b"x" if found[0].startswith(b"<![CDATA[") and len(found[0]) > 12 else b" "
        view[found.start() : found.end()] = filler * len(found[0])
    return bytes(view)


_INVISIBLE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)


def plain(value: bytes) -> str:
    """The text of an attribute or of an element's contents, entities and CDATA resolved."""
    text = value.decode("utf-8", "replace")
    if "<![CDATA[" in text or "<!--" in text:
        return "".join(part if is_cdata else plain(part.encode()) for part, is_cdata in _runs(text))
    return _ENTITY.sub(lambda found: _entity(found[1]), text) if "&" in text else text


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text outside comments, in runs: each with whether it stood in CDATA."""
    at = 0
    for found in _COMMENT_OR_CDATA.finditer(text):
        yield text[at : found.start()], False
        if found[1] is not None:
            yield found[1], True
        at = found.end()
    yield text[at:], False


def escaped(text: str) -> bytes:
    """A text as contents or as the value of an attribute in double quotes."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text.encode("utf-8")


def _entity(name: str) -> str:
    if name.startswith("#"):
        code = int("0" + name[1:], 16) if name[1] == "x" else int(name[1:])
        return chr(code) if code < 0x110000 else ""
    return _NAMED[name]


class Splice(NamedTuple):
    """Bytes to put in the place of those between two offsets."""

    start: int
    end: int
    replacement: bytes


@dataclass
class Spliced:
    """A part with replacements; without any it stays as it was.

    Replacements must not overlap; those at the same offset keep the order in which they were made.
    """

    original: bytes
    splices: list[Splice] = field(default_factory=list)

    def replace(self, start: int, end: int, replacement: bytes) -> None:
        """Put other bytes in the place of these."""
        if self.original[start:end] != replacement:
            self.splices.append(Splice(start, end, replacement))

    def set_attribute(self, tag: Tag, name: bytes, value: str) -> None:
        """Give an attribute a value, in the place of the one it has or behind the others."""
        span = tag.value_span(name)
        if span is not None:
            self.replace(*span, escaped(value))
        else:
            at = tag.attributes_at + len(tag.attributes.rstrip())
            self.replace(at, at, b" " + name + b'="' + escaped(value) + b'"')

    def between(self, first: int, last: int) -> bytes:
        """What stands now between two offsets of the original, with what was put in at either of them."""
        inside = [s for s in self.splices if first <= s.start <= last]
        return b"".join(Spliced(self.original, inside).pieces(first, last))

    def pieces(self, first: int = 0, last: int | None = None) -> Iterator[memoryview]:
        """The new contents, or those between two offsets of the original, without a second copy of them in memory."""
        view = memoryview(self.original)
        at = first
        for splice in sorted(self.splices, key=lambda s: (s.start, s.end)):
            if splice.start < at:
                raise ValueError("replacements overlap")
            yield view[at : splice.start]
            yield memoryview(splice.replacement)
            at = splice.end
        yield view[at:last]

    def contents(self) -> bytes:
        """The new contents."""
        return b"".join(self.pieces())
