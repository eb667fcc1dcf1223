"""Action plan: a board with a card for every action, in the column of its status, per strategy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from ogsm_xl.excel.house_style import INK, NAVY, PALE_BLUE, PALE_GREY, PAPER, RULE, STATUS_LOOKS, SOFT_INK
from ogsm_xl.excel.session.book import (
    BOARD,
    LIGHT_ORDER,
    NO_OWNER,
    NO_STRATEGY,
    Page,
    SessionBook,
    light_style,
    set_up,
    strategies_in_order,
    strategy_of,
    write_head,
    write_text,
)
from ogsm_xl.plan.model import Action, Strategy
from ogsm_xl.plan.words import Status, Text, TrafficLight

_COLUMNS: Final = (Status.TO_DO, Status.IN_PROGRESS, Status.DONE)
_WIDTHS: Final = (1.5, 14, 46, 2, 14, 46, 2, 14, 46)
_LAST: Final = len(_WIDTHS) - 1
_TINTS: Final = {TrafficLight.RED: "#FBE9EE", TrafficLight.ORANGE: "#FFF3DF", TrafficLight.GREEN: "#F0F9F2"}

_NO_STATUS = Text("Zonder status", "Without a status")
_PARKED = Text("Geparkeerd: {count}", "Parked: {count}")
_EMPTY = Text("Er staan nog geen acties in het plan.", "There are no actions in the plan yet.")


def write_board(book: SessionBook) -> None:
    """Write the sheet."""
    page = Page(book, book.sheet(BOARD), _WIDTHS)
    write_head(page, BOARD, _about(book), _LAST)
    _write_headings(page)
    by_strategy: dict[str | None, list[Action]] = {}
    for action in book.plan.actions:
        if action.status is not Status.PARKED:
            strategy = strategy_of(book.plan, action)
            by_strategy.setdefault(strategy.id if strategy else None, []).append(action)
    for strategy in strategies_in_order(book.plan):
        actions = by_strategy.pop(strategy.id if strategy else None, [])
        if actions:
            _write_strategy(page, strategy, actions)
    if not book.plan.actions:
        page.text(page.row + 1, 1, _LAST, book.word(_EMPTY), book.styles.format(font_size=16))
    set_up(page, zoom=100, frozen=2, repeat=(0, 1))


def _about(book: SessionBook) -> str:
    parked = book.agenda.parked
    return book.word(_PARKED.filled(count=parked)) if parked else ""


def _write_headings(page: Page) -> None:
    book = page.book
    page.need(page.row, 32)
    for index, status in enumerate(_COLUMNS):
        count = sum(_column_of(action) is status for action in book.plan.actions)
        text = f"{STATUS_LOOKS[status].mark}  {status.word(book.language)} ({count})"
        style = book.styles.format(
            font_size=18, bold=True, font_color=NAVY, valign="vcenter", bottom=5, bottom_color=NAVY
        )
        page.text(page.row, 1 + 3 * index, 2 + 3 * index, text, style)
    page.row += 1


def _column_of(action: Action) -> Status | None:
    """The column that an action stands in: one without a status has not been started."""
    return action.status or Status.TO_DO


def _write_strategy(page: Page, strategy: Strategy | None, actions: Sequence[Action]) -> None:
    book = page.book
    text = f"{strategy.id}   {strategy.text}" if strategy else book.word(NO_STRATEGY)
    style = book.styles.format(
        font_size=16, bold=True, font_color=NAVY, bg_color=PALE_GREY, valign="vcenter", text_wrap=True
    )
    page.need(page.row, 10)
    page.row += 1
    page.need(page.row, 30)
    page.need_text(page.row, 1, _LAST, text, 16, bold=True)
    page.text(page.row, 1, _LAST, text, style)
    page.row += 1
    columns = [_sorted(action for action in actions if _column_of(action) is status) for status in _COLUMNS]
    for cards in zip_longest(*columns):
        page.need(page.row, 5)
        for index, action in enumerate(cards):
            if action is not None:
                _write_card(page, page.row + 1, 1 + 3 * index, action)
        page.row += 2


def _sorted(actions: Any) -> list[Action]:
    return sorted(actions, key=lambda action: LIGHT_ORDER.index(action.light))


def _write_card(page: Page, row: int, column: int, action: Action) -> None:
    book = page.book
    done = action.status is Status.DONE
    text = f"{action.text}\n{_line(book, action)}"
    fill = _TINTS.get(action.light, PAPER) if action.light and not done else PAPER
    body = book.styles.format(
        font_size=14, text_wrap=True, valign="vcenter", bg_color=fill, border=1, border_color=RULE,
        font_color=SOFT_INK if done else INK,
    )  # fmt: skip
    page.need_text(row, column + 1, column + 1, text, 14)
    write_text(page.sheet, row, column + 1, text, body)
    page.need(row, 48)
    if done:
        mark, style = f"{STATUS_LOOKS[Status.DONE].mark} {action.id}", book.styles.format(
            font_size=14, bold=True, align="center", valign="vcenter", bg_color=STATUS_LOOKS[Status.DONE].fill,
            font_color=SOFT_INK, text_wrap=True,
        )  # fmt: skip
    elif action.light is None and _column_of(action) is Status.TO_DO:
        mark, style = action.id, book.styles.format(
            font_size=14, bold=True, align="center", valign="vcenter", bg_color=PALE_BLUE, font_color=NAVY,
            text_wrap=True,
        )  # fmt: skip
    else:
        mark, style = f"{book.light(action.light)}\n{action.id}", light_style(book, action.light, 14)
    page.need_text(row, column, column, mark, 14, bold=True)
    write_text(page.sheet, row, column, mark, style)


def _line(book: SessionBook, action: Action) -> str:
    owner = action.owner or book.word(NO_OWNER)
    deadline = book.day(action.deadline) if action.deadline else ""
    progress = f"{action.progress}%" if action.progress is not None and action.status is not Status.DONE else ""
    return "  ·  ".join(filter(None, (owner, deadline, progress)))
