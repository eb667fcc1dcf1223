"""Changes: what is different in the plan since the last session, as the table `Changes`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Final

from ogsm_xl.excel.session.book import CHANGES, PLAN_TIP, SessionBook, look_of, shortened
from ogsm_xl.excel.session.page import Cell, Page
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.letters.wording import figure
from ogsm_xl.plan.model import Goal, Item, normalised_id
from ogsm_xl.plan.words import Status, Text, TrafficLight
from ogsm_xl.rhythm.changes import WITHOUT_VALUES, Was

_POINTS: Final = 14
_LONGEST: Final = 600
"""How many characters of a text are shown at most."""

_SINCE = Text("{count} wijzigingen in het plan sinds {day}", "{count} changes of the plan since {day}")
_ONE = Text("1 wijziging in het plan sinds {day}", "1 change of the plan since {day}")
_SAME = Text("Het plan is niet veranderd sinds {day}.", "The plan has not changed since {day}.")
_UNSEEN = Text(
    "Er is nog geen eerdere stand van het plan bekend; vanaf nu wordt die bijgehouden.",
    "No earlier state of the plan is known yet; from now on it is kept.",
)
_BLANK = Text("(leeg)", "(blank)")
_BAND = Text("{lower} tot {upper}", "{lower} to {upper}")


def write_changes(book: SessionBook) -> None:
    """Write the sheet."""
    headings = (
        Heading(Text("Nr.", "No."), 9, centred=True, bold=True),
        Heading(Text("Wat", "What"), 56, wraps=True, bold=True),
        Heading(Text("Wijziging", "Change"), 27, wraps=True),
        Heading(Text("Was", "Was"), 45, wraps=True),
        Heading(Text("Is nu", "Is now"), 45, wraps=True),
    )
    page = Page(book, book.sheet(CHANGES), (1, *(heading.width for heading in headings)))
    page.head(CHANGES, _about(book))
    page.gap(10)
    first = page.row + 1
    if write_table(page, "Changes", headings, _rows(book), points=_POINTS, least=28):
        for light in TrafficLight:
            look = dataclasses.replace(look_of(light), mark="")  # the cell has its sign already
            book.styles.mark_word(page.sheet, (first, 4, page.row - 1, 5), book.light(light), look)
    else:
        page.gap(14)
        since = book.changes.since
        said = _SAME.filled(day=book.day(since)) if since else _UNSEEN
        style = book.styles.format(font_size=18, text_wrap=True)
        page.band([Cell(1, len(headings), book.word(said), style, 18)], least=26)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(3, 0))


def _about(book: SessionBook) -> str:
    since, count = book.changes.since, len(book.changes.changes)
    if since is None or not count:
        return ""
    text = _ONE if count == 1 else _SINCE
    return book.word(text.filled(count=count, day=book.day(since)))


def _rows(book: SessionBook) -> Iterator[tuple[Value, ...]]:
    goals = {normalised_id(goal.id): goal for goal in book.plan.goals}
    for change in book.changes.changes:
        item: Item | Goal | None = book.plan.item(change.id) or goals.get(normalised_id(change.id))
        target = book.plan_link(item) if item else ""
        pair = (
            ("", "")
            if change.kind in WITHOUT_VALUES
            else (said(book, change.before), said(book, change.after))
        )
        yield (
            Link(change.id, target, book.word(PLAN_TIP)),
            shortened(change.text, _LONGEST),
            change.kind.word(book.language),
            *pair,
        )


def said(book: SessionBook, value: Was) -> str:
    """What stood there, as it is read."""
    match value:
        case None | "":
            return book.word(_BLANK)
        case TrafficLight():
            return book.light(value)
        case Status():
            return value.word(book.language)
        case date():
            return book.day(value)
        case (lower, upper):
            edges = [figure(edge, book.language) if edge is not None else "…" for edge in (lower, upper)]
            return book.word(_BAND.filled(lower=edges[0], upper=edges[1]))
        case str():
            return shortened(value, _LONGEST)
        case _:
            return figure(value, book.language)
