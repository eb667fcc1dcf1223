"""Texts as a cell of a new workbook can hold them: XlsxWriter writes, and cuts, what it is given."""

from __future__ import annotations

from ogsm_xl.excel.ooxml.values import LONGEST_TEXT


def sound_text(text: str) -> str:
    """The text with line ends as Excel writes them, and without the halves of characters that no file can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def length_in_excel(text: str) -> int:
    """How long a sound text is as Excel counts it: in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def text_that_fits(text: str) -> str:
    """The sound text, cut where a cell can't hold all of it."""
    if text.isascii() and len(text) <= LONGEST_TEXT and "\r" not in text:  # nearly all texts
        return text
    whole = sound_text(text)
    if 2 * len(whole) <= LONGEST_TEXT or length_in_excel(whole) <= LONGEST_TEXT:
        return whole
    return whole.encode("utf-16-le")[: 2 * LONGEST_TEXT - 2].decode("utf-16-le", "ignore") + "…"
