"""Action plan: a board with a card for every action, in the column of its status, per strategy.

Of what is done only the latest have a card where they are many: a printed page shows what still runs, not a long column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from ogsm_xl.excel.cell_text import text_that_fits
from ogsm_xl.excel.house_style import (
    ALARM,
    INK,
    NAVY,
    PALE_BLUE,
    PALE_GREY,
    PAPER,
    RULE,
    SOFT_INK,
    STATUS_LOOKS,
)
from ogsm_xl.excel.session.book import (
    BOARD,
    LIGHT_ORDER,
    NO_STRATEGY,
    NO_TEXT,
    SessionBook,
    light_style,
    shortened,
    strategy_of,
)
from ogsm_xl.excel.session.page import Cell, Page, write_text
from ogsm_xl.plan.model import Action, Strategy
from ogsm_xl.plan.words import Status, Text, TrafficLight

_COLUMNS: Final = (Status.TO_DO, Status.IN_PROGRESS, Status.DONE)
_WIDTHS: Final = (1, 14, 46, 2, 14, 46, 2, 14, 46)
_LAST: Final = len(_WIDTHS) - 1
_TINTS: Final = {TrafficLight.RED: "#FBE9EE", TrafficLight.ORANGE: "#FFF3DF", TrafficLight.GREEN: "#F0F9F2"}
_FEWEST_DONE: Final = 3
"""So many of what is done have a card in any case; more where another column is longer."""
_LONGEST: Final = 400
"""How many characters of an action's text a card shows at most; a plan's sentences are far shorter."""

_PARKED = Text("Geparkeerd, niet op het bord: {actions}", "Parked, not on the board: {actions}")
_EMPTY = Text("Er staan nog geen acties in het plan.", "There are no actions in the plan yet.")
_EARLIER = Text("Eerder afgerond: {actions}", "Done before: {actions}")
_FINISHED = Text("afgerond op {day}", "done on {day}")


def write_board(book: SessionBook) -> None:
    """Write the sheet."""
    page = Page(book, book.sheet(BOARD), _WIDTHS)
    page.head(BOARD, book.counted_lights(book.status.lights))
    _write_headings(page)
    by_strategy: dict[str | None, list[Action]] = {}
    for action in book.plan.actions:
        if action.status is not Status.PARKED:
            strategy = strategy_of(book.plan, action)
            by_strategy.setdefault(strategy.id if strategy else None, []).append(action)
    for strategy in (*book.plan.strategies, None):
        actions = by_strategy.pop(strategy.id if strategy else None, [])
        if actions:
            _write_strategy(page, strategy, actions)
    _write_rest(page)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(2, 0))


def _write_headings(page: Page) -> None:
    book = page.book
    style = book.styles.format(
        font_size=18, bold=True, font_color=NAVY, valign="vcenter", bottom=5, bottom_color=NAVY
    )
    cells = []
    for index, status in enumerate(_COLUMNS):
        count = sum(_column_of(action) is status for action in book.plan.actions)
        text = f"{STATUS_LOOKS[status].mark}  {status.word(book.language)} ({count})"
        cells.append(Cell(1 + 3 * index, 2 + 3 * index, text, style, 18, bold=True))
    page.band(cells, least=34)


def _column_of(action: Action) -> Status:
    """The column that an action stands in: one without a status has not been started."""
    return action.status or Status.TO_DO


def _write_strategy(page: Page, strategy: Strategy | None, actions: Sequence[Action]) -> None:
    book, top = page.book, page.row
    style = book.styles.format(
        font_size=16,
        bold=True,
        font_color=NAVY,
        bg_color=PALE_GREY,
        valign="vcenter",
        text_wrap=True,
        indent=1,
        align="left",
    )
    page.gap(10)
    name = book.title(strategy) if strategy else book.word(NO_STRATEGY)
    page.band([Cell(1, _LAST, name, style, 16, bold=True)], least=30)
    to_do, busy, done = (
        [action for action in actions if _column_of(action) is status] for status in _COLUMNS
    )
    done.sort(key=lambda action: action.done_on or date.min, reverse=True)
    most = max(len(to_do), len(busy), _FEWEST_DONE)
    rows = list(zip_longest(_in_order(to_do), _in_order(busy), done[:most]))
    for number, cards in enumerate(rows, start=1):
        page.gap(6)
        for index, action in enumerate(cards):
            if action is not None:
                _write_card(page, 1 + 3 * index, action)
        page.row += 1
        if number == len(rows):
            _write_earlier(page, done[most:])
        page.keep_together(top)
        top = page.row


def _write_earlier(page: Page, actions: Sequence[Action]) -> None:
    """Name what is done and has no card."""
    if actions:
        soft = page.book.styles.format(font_size=14, font_color=SOFT_INK, text_wrap=True)
        named = page.book.word(_EARLIER).format(actions=", ".join(action.id for action in actions))
        page.gap(6)
        page.band([Cell(_LAST - 1, _LAST, named, soft, 14)])


def _in_order(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda action: LIGHT_ORDER.index(action.light))


def _write_card(page: Page, column: int, action: Action) -> None:
    book, row = page.book, page.row
    mark, style = _badge(book, action)
    page.need(row, 50)
    write_text(page.sheet, row, column, mark, style)
    done = action.status is Status.DONE
    fill = PAPER if done or action.light is None else _TINTS[action.light]
    body = book.styles.format(
        font_size=14,
        text_wrap=True,
        valign="vcenter",
        bg_color=fill,
        border=1,
        border_color=RULE,
        indent=1,
        align="left",
    )
    text = text_that_fits(shortened(action.text, _LONGEST)) or book.word(NO_TEXT)
    line = text_that_fits(shortened(_line(book, action), _LONGEST))
    head = book.styles.format(font_size=14, bold=not done, font_color=SOFT_INK if done else INK)
    late = not done and action.deadline is not None and action.deadline < book.now.date()
    small = book.styles.format(font_size=13, font_color=ALARM if late else SOFT_INK)
    page.sheet.write_rich_string(row, column + 1, head, f"{text}\n", small, line, body)
    page.need_text(row, column + 1, f"{text}\n{line}", 14, bold=not done)


def _badge(book: SessionBook, action: Action) -> tuple[str, Any]:
    """What stands at the left of a card: the light with the number; only the number where no light is expected."""
    plain: dict[str, Any] = {
        "font_size": 14, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True,
    }  # fmt: skip
    if action.status is Status.DONE:
        look = STATUS_LOOKS[Status.DONE]
        style = book.styles.format(**plain, bg_color=look.fill, font_color=SOFT_INK)
        return f"{look.mark}\n{action.id}", style
    if action.light is None and _column_of(action) is Status.TO_DO:
        return action.id, book.styles.format(**plain, bg_color=PALE_BLUE, font_color=NAVY)
    return f"{book.light(action.light)}\n{action.id}", light_style(book, action.light, 14)


def _line(book: SessionBook, action: Action) -> str:
    """Owner, dates and progress; an overdue deadline has an exclamation mark."""
    parts = [book.owner(action)]
    if action.status is Status.DONE:
        if action.done_on:
            parts.append(book.word(_FINISHED.filled(day=book.day(action.done_on))))
        return "  ·  ".join(parts)
    late = action.deadline is not None and action.deadline < book.now.date()
    deadline = ("! " if late else "") + book.day(action.deadline) if action.deadline else ""
    waits = _column_of(action) is Status.TO_DO and action.start is not None
    start = book.day(action.start) if action.start and waits else ""
    parts.append(" → ".join(filter(None, (start, deadline))))
    if action.progress:
        parts.append(f"{action.progress}%")
    return "  ·  ".join(filter(None, parts))


def _write_rest(page: Page) -> None:
    book = page.book
    parked = [action.id for action in book.plan.actions if action.status is Status.PARKED]
    soft = book.styles.format(font_size=14, font_color=SOFT_INK, text_wrap=True)
    page.gap(12)
    if parked:
        text = book.word(_PARKED).format(actions=", ".join(parked))
        page.band([Cell(1, _LAST, text, soft, 14)])
    if not book.plan.actions:
        page.band([Cell(1, _LAST, book.word(_EMPTY), book.styles.format(font_size=18), 18)])
