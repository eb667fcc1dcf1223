"""An HTML mail as the lines that its reader sees.

Mail programs mark in the HTML what they quote and where a signature begins; those marks become lines and `> ` here, so
that an HTML mail and a plain one are read in the same way afterwards. Nothing is keyed on ids or classes of our own
mails: mail programs rewrite those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

QUOTE_RULE = "_" * 32
"""The line that stands where an HTML mail marks the beginning of what it quotes; Outlook's own, in plain text."""


LONGEST_TEXT = 800_000
"""In characters; the rest of a longer mail is left out."""

_LINE_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    }
)  # fmt: skip
_UNREAD_TAGS = frozenset(
    {"head", "script", "style", "title", "template", "object", "svg", "s", "strike", "del"}
)
_DEEPEST_QUOTE = 20  # deeper ones are shown as this deep
_SIGNATURES = ("signature", "signature_prefix")
_OUTLOOK_SIGNATURE = "_mailautosig"  # the anchor that Outlook for Windows puts around one
_RULED = frozenset({"div", "p"})  # a cell with a line above it is part of the author's own table
_QUOTES = ("appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container")
_QUOTE_CLASSES = (
    "gmail_quote",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-forward-container",
    "protonmail_quote",
)
_OUTLOOK_RULE = re.compile(
    r"border-top:\s*solid\s*#(e1e1e1|b5c4df)|border:none;border-top:solid", re.IGNORECASE
)
_HIDDEN = re.compile(
    r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden|(?<![\w-])opacity:\s*0(?:\.0*)?\s*(?:;|$)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*\bline-through\b", re.IGNORECASE)  # as in <s>


def text_of_html(source: str) -> str:
    """What an HTML mail says, line by line: quotes marked with `> `, a row of a table on one line, cells parted by `|`."""
    reader = _HtmlText()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        parser.feed(source.replace("\0", "").encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        pass  # raised at the end of a document that is none; what was read until then stands
    return reader.text()


def _is_unread(style: str) -> bool:
    """Whether a style hides what it is on, or strikes it out."""
    return bool(_HIDDEN.search(style) or _STRUCK.search(style))


class _HtmlText:
    """Receives the tags and texts of a mail one after the other, and writes the lines that a reader would see."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line = ""
        self._length = 0
        self._quotes: list[bool] = []  # of every open blockquote: is it a quote, or an indented paragraph?
        self._mark = ""  # what stands before a line that is quoted
        self._unread = 0
        self._preformatted = 0
        self._rows: list[
            list[int]
        ] = []  # of every open table row: the line at which each of its cells begins

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        attributes = {str(name): str(value) for name, value in attrib.items()}
        style = attributes.get("style", "")
        if self._unread or tag in _UNREAD_TAGS or (style and _is_unread(style)):
            self._unread += 1
            return
        if tag == "br":
            self._end_line(even_if_empty=True)
        elif tag == "img" and not attributes.get("alt", "x").isascii():
            self._line += attributes["alt"][:4]  # an emoji that the program drew
        elif tag in _LINE_TAGS:
            self._end_line()
            self._begin_block(str(tag), style, attributes)
        if attributes:
            self._mark_beginning(str(tag), attributes, style)

    def _begin_block(self, tag: str, style: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "blockquote":
                indented = re.search(r"border:\s*none", style) and "cite" not in attributes.get("type", "")
                self._quotes.append(not indented)
                self._set_mark()
            case "pre":
                self._preformatted += 1
            case "li":
                self._line = "- "
            case "tr":
                self._rows.append([])
            case "td" | "th" if self._rows:
                self._rows[-1].append(len(self.lines))

    def _mark_beginning(self, tag: str, attributes: Mapping[str, str], style: str) -> None:
        """A line where the mail program marked the beginning of a quote or of a signature."""
        name = attributes.get("id", "").lower()
        classes = attributes.get("class", "").lower()
        if (
            name.endswith(_QUOTES)
            # A blockquote is marked line by line; Gmail gives its class to those of the author, too.
            or (tag != "blockquote" and any(quote in classes for quote in _QUOTE_CLASSES))
            or (tag in _RULED and style and _OUTLOOK_RULE.search(style))
        ):
            self._end_line()
            if not self._mark:
                self._add(QUOTE_RULE)
        elif (
            name.endswith(_SIGNATURES)
            or classes.endswith(_SIGNATURES)
            or attributes.get("name", "").lower() == _OUTLOOK_SIGNATURE
        ):
            self._end_line()
            self._add("-- ")

    def end(self, tag: str | bytes) -> None:
        if self._unread:
            self._unread -= 1
            return
        if tag not in _LINE_TAGS:
            return
        self._end_line()
        match tag:
            case "blockquote" if self._quotes:
                self._quotes.pop()
                self._set_mark()
            case "pre":
                self._preformatted -= 1
            case "tr" if self._rows:
                self._end_row(self._rows.pop())

    def data(self, data: str | bytes) -> None:
        text = str(data)
        if self._unread or self._length > LONGEST_TEXT:
            return
        self._length += len(text)
        if self._preformatted > 0:
            *whole, text = text.split("\n")
            for line in whole:
                self._line += line
                self._end_line(even_if_empty=True)
        else:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            if not self._line:
                text = text.lstrip(" ")
        self._line += text

    def comment(self, text: str | bytes) -> None:
        """Nothing that a reader would see."""

    def close(self) -> None:
        self._end_line()

    def text(self) -> str:
        self._end_line()
        return "\n".join(self.lines)

    def _end_line(self, *, even_if_empty: bool = False) -> None:
        if self._line or even_if_empty:
            self._add(self._line.strip(" "))
            self._line = ""

    def _add(self, line: str) -> None:
        if self._length > 2 * LONGEST_TEXT:
            return
        self._length += 1
        self.lines.append(self._mark + line)

    def _set_mark(self) -> None:
        depth = min(sum(self._quotes[:_DEEPEST_QUOTE]), _DEEPEST_QUOTE)
        self._mark = ">" * depth + " " if depth else ""

    def _end_row(self, starts: list[int]) -> None:
        """Put the cells of a row on one line, unless one of them holds several."""
        if len(starts) < 2:
            return
        ends = [*starts[1:], len(self.lines)]
        cells = [
            [
                text
                for text in (line.removeprefix(self._mark).strip() for line in self.lines[start:end])
                if text
            ]
            for start, end in zip(starts, ends, strict=True)
        ]
        if all(len(cell) <= 1 for cell in cells):
            self.lines[starts[0] :] = [self._mark + " | ".join("".join(cell) for cell in cells)]
