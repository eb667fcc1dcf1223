"""The sheet with the closed lists: the words that the dropdowns offer."""

from __future__ import annotations

from typing import Final

from ogsm_xl.excel.house_style import GREY, LIGHT_LOOKS, PAPER, SOFT_INK, STATUS_LOOKS, Look
from ogsm_xl.excel.layout import Kind
from ogsm_xl.excel.templates.template_parts import GUIDE, HEADER_ROW, INTRO_ROW, LISTS, TITLE_ROW, Book
from ogsm_xl.excel.templates.validations import CLOSED_LISTS, closed_list, list_name
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.words import Status, Text, TrafficLight, Word

_INTRO = Text(
    "Deze woorden staan in de keuzelijsten. De taken herkennen precies deze woorden: verander ze niet.",
    "These words are in the dropdowns. The jobs know exactly these words: do not change them.",
)
_HEADINGS: Final = {
    Kind.STATUS: Text("Status", "Status"),
    Kind.LIGHT: Text("Verkeerslicht", "Traffic light"),
    Kind.ROLES: Text("Rol", "Role"),
    Kind.DIRECTION: Text("Richting", "Direction"),
    Kind.STRATEGY_KIND: Text("Soort strategie", "Kind of strategy"),
    Kind.SESSION_KIND: Text("Soort sessie", "Kind of session"),
    Kind.YES_NO: Text("Ja of nee", "Yes or no"),
    Kind.ITEM_KIND: Text("Soort verslag", "Kind of report"),
    Kind.SOURCE: Text("Bron", "Source"),
    Kind.FACTOR_KIND: Text("Omgeving", "Environment"),
    Kind.SUBJECT: Text("Onderwerp", "Subject"),
    Kind.LANGUAGE: Text("Taal", "Language"),
}


def write_lists(book: Book) -> None:
    """Write every closed list in a column of its own, and give it its name."""
    sheet = book.sheet(LISTS)
    sheet.set_tab_color(GREY)
    sheet.hide_gridlines(2)
    sheet.write_string(TITLE_ROW, 0, book.word(LISTS), book.styles.title())
    sheet.write_string(INTRO_ROW, 0, book.word(_INTRO), book.styles.intro())
    sheet.write_url(
        TITLE_ROW,
        2,
        f"internal:{quoted_sheet(book.word(GUIDE))}!A1",
        book.styles.link(),
        f"← {book.word(GUIDE)}",
    )
    for index, kind in enumerate((*CLOSED_LISTS, Kind.LANGUAGE)):
        _write_list(book, kind, index)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _write_list(book: Book, kind: Kind, column: int) -> None:
    sheet = book.sheet(LISTS)
    words = closed_list(kind, book.language)
    heading = book.word(_HEADINGS[kind])
    sheet.set_column(column, column, max(len(word) for word in (heading, *words)) * 1.15 + 3)
    sheet.write_string(HEADER_ROW, column, heading, book.styles.header())
    looks = _looks(kind)
    for offset, word in enumerate(words, start=1):
        look = looks[offset - 1] if looks else Look("", SOFT_INK)
        sheet.write_string(
            HEADER_ROW + offset, column, word, book.styles.look(look, bottom=1, bottom_color=PAPER)
        )
    letters = column_letters(column + 1)
    first, last = HEADER_ROW + 2, HEADER_ROW + 1 + len(words)
    address = f"{quoted_sheet(book.word(LISTS))}!${letters}${first}:${letters}${last}"
    book.workbook.define_name(list_name(kind), "=" + address)


def _looks(kind: Kind) -> list[Look]:
    word: type[Word] | None = CLOSED_LISTS.get(kind)
    if word is TrafficLight:
        return [LIGHT_LOOKS[light] for light in TrafficLight]
    if word is Status:
        return [STATUS_LOOKS[status] for status in Status]
    return []
