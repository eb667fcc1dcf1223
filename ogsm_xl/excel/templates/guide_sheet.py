"""The guide: the first sheet, with a screen to find your way and a screen for each role."""

from __future__ import annotations

from typing import Any, Final

from ogsm_xl.excel.house_style import (
    ALARM,
    BLUE,
    GREY,
    HEADER_LOOKS,
    LIGHT_LOOKS,
    NAVY,
    PALE_BLUE,
    PAPER,
    RULE,
    SOFT_INK,
    STATUS_LOOKS,
    UNKNOWN_LOOK,
    Look,
)
from ogsm_xl.excel.row_heights import height_for
from ogsm_xl.excel.templates import guide_texts as texts
from ogsm_xl.excel.templates.guide_texts import RoleGuide
from ogsm_xl.excel.templates.template_parts import GUIDE, Book
from ogsm_xl.plan.cells import quoted_sheet
from ogsm_xl.plan.words import Text

# Columns, counted from 0: margin, number, name, explanation, gap, sign, its meaning.
_NUMBER, _NAME, _TEXT, _GAP, _SIGN, _MEANING = range(1, 7)
_WIDTHS: Final = (2.0, 6, 33, 72, 3, 19, 54)
_ROW: Final = 20.0
_ROLE_ROWS: Final = 12  # a role's screen has at least so many, so that the next role stays out of sight
_HEAD_AND_GAP: Final = 4  # a role's heading and gist, and the blank rows before the next one
_BODY: Final = {"font_size": 11, "valign": "vcenter"}


def write_guide(book: Book) -> None:
    """Write the guide sheet."""
    sheet = book.sheet(GUIDE)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, book.styles.format(**_BODY))
    top = _write_banner(book, sheet)
    end = max(_write_directions(book, sheet, top), _write_legend(book, sheet, top))
    breaks = []
    begin = end + 2
    for number, role in enumerate(texts.ROLES):
        breaks.append(begin)
        _write_role(book, sheet, begin, role)
        _link(book, sheet, (top + 1 + number, _NUMBER, top + 1 + number, _NAME), (GUIDE, begin), role.who)
        begin += max(_ROLE_ROWS, len(role.steps) + _HEAD_AND_GAP)
    _set_view_and_print(sheet, begin, breaks)


def _write_banner(book: Book, sheet: Any) -> int:
    """The title; gives the row below it."""
    sheet.set_row(0, 40)
    sheet.set_row(1, 24)
    title = book.styles.format(
        font_size=24, bold=True, font_color=PAPER, bg_color=NAVY, valign="vcenter", indent=1
    )
    subtitle = book.styles.format(
        font_size=12, font_color="#C9D6E2", bg_color=NAVY, valign="vcenter", indent=1
    )
    sheet.merge_range(0, _NUMBER, 0, _MEANING, "", title)
    sheet.write_string(0, _NUMBER, book.word(texts.TITLE), title)
    sheet.merge_range(1, _NUMBER, 1, _MEANING, "", subtitle)
    sheet.write_string(1, _NUMBER, book.word(texts.SUBTITLE), subtitle)
    sheet.set_row(2, 10)
    return 3


def _write_directions(book: Book, sheet: Any, top: int) -> int:
    """On the left: who are you, and where is what. Gives the last row."""
    _write_heading(book, sheet, top, (_NUMBER, _TEXT), texts.WHO_ARE_YOU)
    line = _line_format(book)
    for row, role in enumerate(texts.ROLES, start=top + 1):
        sheet.write_string(row, _TEXT, book.word(role.gist), line)
        sheet.set_row(row, _ROW)
    where = top + len(texts.ROLES) + 2
    _write_heading(book, sheet, where, (_NUMBER, _TEXT), texts.WHERE_IS_WHAT)
    for row, (name, text) in enumerate(texts.SHEETS, start=where + 1):
        _link(book, sheet, (row, _NUMBER, row, _NAME), (name, 0), name)
        sheet.write_string(row, _TEXT, book.word(text), line)
        sheet.set_row(row, _ROW)
    return where + len(texts.SHEETS)


def _write_legend(book: Book, sheet: Any, top: int) -> int:
    """On the right: what lights, statuses, marks and colours mean. Gives the last row."""
    _write_heading(book, sheet, top, (_SIGN, _MEANING), texts.LEGEND)
    entries: list[tuple[str, Look, Text] | None] = [
        (light.word(book.language), LIGHT_LOOKS[light], text) for light, text in texts.LIGHTS.items()
    ]
    entries.append((book.word(texts.UNKNOWN[0]), UNKNOWN_LOOK, texts.UNKNOWN[1]))
    entries.append(None)
    entries += [
        (status.word(book.language), STATUS_LOOKS[status], text) for status, text in texts.STATUSES.items()
    ]
    overdue = Look("", ALARM, "!", bold=True)
    entries.append((book.word(texts.OVERDUE[0]), overdue, texts.OVERDUE[1]))
    entries.append(None)
    entries += [
        (book.word(sign), HEADER_LOOKS[filled_by], text) for filled_by, (sign, text) in texts.COLUMNS.items()
    ]
    line = _line_format(book, indent=1)
    row = top
    for row, entry in enumerate(entries, start=top + 1):
        if entry is None:
            continue
        sign, look, text = entry
        style = book.styles.look(
            look, align="center", valign="vcenter", font_size=11, bottom=1, bottom_color=PAPER
        )
        sheet.write_string(row, _SIGN, sign, style)
        sheet.write_string(row, _MEANING, book.word(text), line)
    return row


def _write_role(book: Book, sheet: Any, top: int, role: RoleGuide) -> None:
    banner = book.styles.format(
        font_size=16, bold=True, font_color=PAPER, bg_color=BLUE, valign="vcenter", indent=1
    )
    sheet.set_row(top, 30)
    sheet.merge_range(top, _NUMBER, top, _MEANING, "", banner)
    sheet.write_string(top, _NUMBER, book.word(role.who), banner)
    gist = book.styles.format(font_size=12, italic=True, font_color=SOFT_INK, valign="vcenter", indent=1)
    sheet.set_row(top + 1, 26)
    sheet.write_string(top + 1, _NUMBER, book.word(role.gist), gist)
    _write_heading(book, sheet, top + 2, (_SIGN, _MEANING), texts.YOUR_SHEETS)
    for row, name in enumerate(role.sheets, start=top + 3):
        purpose = dict(texts.SHEETS)[name]
        _link(book, sheet, (row, _SIGN, row, _SIGN), (name, 0), name)
        sheet.write_string(row, _MEANING, book.word(purpose), _line_format(book, indent=1))
    _link(
        book, sheet, (top + 1, _MEANING, top + 1, _MEANING), (GUIDE, 0), texts.TO_TOP, align="right", bottom=0
    )
    number = book.styles.format(
        font_size=16,
        bold=True,
        font_color=BLUE,
        bg_color=PALE_BLUE,
        align="center",
        valign="vcenter",
        bottom=1,
        bottom_color=PAPER,
    )
    title = _line_format(book, bold=True, indent=1)
    for index, step in enumerate(role.steps):
        row = top + 2 + index
        text = book.word(step.text)
        sheet.set_row(row, max(30.0, height_for([(text, _WIDTHS[_TEXT] * 0.88)]) + 8))
        sheet.write_number(row, _NUMBER, index + 1, number)
        sheet.write_string(row, _NAME, book.word(step.title), title)
        sheet.write_string(row, _TEXT, text, _line_format(book))


def _write_heading(book: Book, sheet: Any, row: int, columns: tuple[int, int], text: Text) -> None:
    style = book.styles.format(
        font_size=13, bold=True, font_color=NAVY, valign="vcenter", bottom=2, bottom_color=NAVY
    )
    for column in range(columns[0], columns[1] + 1):
        sheet.write_blank(row, column, None, style)
    sheet.write_string(row, columns[0], book.word(text), style)
    sheet.set_row(row, 24)


def _line_format(book: Book, **more: Any) -> Any:
    return book.styles.format(**{**_BODY, "text_wrap": True, "bottom": 1, "bottom_color": RULE, **more})


def _link(
    book: Book,
    sheet: Any,
    cells: tuple[int, int, int, int],
    target: tuple[Text, int],
    text: Text,
    **more: Any,
) -> None:
    """A link to a row of a sheet, in one cell or in several that are merged."""
    style = book.styles.link(**{"font_size": 11, "bottom": 1, "bottom_color": RULE, "indent": 1, **more})
    if cells[:2] != cells[2:]:
        sheet.merge_range(*cells, "", style)
    name, row = target
    place = f"internal:{quoted_sheet(book.word(name))}!A{row + 1}"
    sheet.write_url(cells[0], cells[1], place, style, book.word(text))


def _set_view_and_print(sheet: Any, last_row: int, breaks: list[int]) -> None:
    sheet.hide_gridlines(2)
    sheet.hide_row_col_headers()
    sheet.set_tab_color(GREY)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, last_row, _MEANING)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.set_footer("&L&9&F&R&9&A")
    sheet.activate()
