"""The cover: which session it is, its agenda with minutes, how the plan stands, and the way to the other sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from ogsm_xl.excel.house_style import FONT, INK, LINK, NAVY, PALE_GREY, PAPER, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    BOARD,
    COVER,
    DISCUSS,
    DONE,
    LIGHT_ORDER,
    NO_OWNER,
    NO_STRATEGY,
    REPORTS,
    WHO,
    Page,
    SessionBook,
    light_style,
    look_of,
    set_up,
    sound,
    write_text,
)
from ogsm_xl.excel.session.discuss import Anchors
from ogsm_xl.excel.session.measure import height_of
from ogsm_xl.excel.session.minutes import CHECK, Part, parts_of
from ogsm_xl.letters.wording import day_with_weekday, session_hours
from ogsm_xl.plan.words import Text

_WIDTHS: Final = (2, 11, 9, 21, 21, 21, 3, 20, 14, 14, 14, 20)
_LEFT, _LEFT_END, _RIGHT, _RIGHT_END = 1, 5, 7, 11
_NAMED: Final = 12
"""How many actions are named in a list on the cover; the others are counted."""

_TILES_ROW_HEIGHT: Final = 56
_AGENDA = Text("Agenda", "Agenda")
_LIGHTS = Text("Verkeerslichten van de lopende acties", "Traffic lights of the active actions")
_NOW = Text("Nu", "Now")
_BEFORE = Text("Vorige sessie", "Previous session")
_CHANGE = Text("Verschil", "Change")
_GOING_WELL = Text("Dit gaat goed", "Going well")
_LINES = Text("Te bespreken", "To discuss")
_MORE = Text("… en nog {count}", "… and {count} more")
_MINUTES = Text("{count} min", "{count} min")
_NONE_WELL = Text("Nog geen groene acties met een actueel verslag.", "No green actions with a current report yet.")
_NOTHING = Text("Niets: alles loopt volgens plan.", "Nothing: all is on plan.")
_MADE = Text("Gemaakt op {day} om {time}. Lees dit blad vooraf, zodat de sessie over besluiten gaat.", "Made on {day} at {time}. Read this beforehand, so that the session is about decisions.")


def write_cover(book: SessionBook, anchors: Anchors) -> None:
    """Write the sheet."""
    page = Page(book, book.sheet(COVER), _WIDTHS)
    _write_title(page)
    _write_tiles(page)
    top = page.row
    left = _write_agenda(page, top, anchors)
    right = _write_lights(page, top)
    page.row = max(left, right) + 1
    top = page.row
    left = _write_lines(page, top, anchors)
    right = _write_going_well(page, top)
    page.row = max(left, right) + 1
    made = _MADE.filled(day=book.day(book.now.date()), time=f"{book.now:%H:%M}")
    page.text(page.row, _LEFT, _RIGHT_END, book.word(made), book.styles.format(font_size=11, font_color=SOFT_INK))
    set_up(page, zoom=100, frozen=0)


def _write_title(page: Page) -> None:
    book, session = page.book, page.book.agenda.session
    band: dict[str, Any] = {"bg_color": NAVY, "font_color": PAPER, "valign": "vcenter", "text_wrap": True, "indent": 1}
    when = [day_with_weekday(session.date, book.language), session_hours(session, book.language), session.place]
    objective = book.plan.objective
    lines = (
        (session.kind.word(book.language), 34, True),
        ("   ·   ".join(filter(None, when)), 20, False),
        (f"{objective.organisation}: {objective.text}" if objective and objective.organisation else objective.text if objective else "", 14, False),
    )
    page.need(0, 8)
    page.row = 1
    for text, points, bold in lines:
        if text:
            page.need_text(page.row, _LEFT, _RIGHT_END, text, points, bold=bold)
            page.need(page.row, points * 1.7)
            page.text(page.row, _LEFT, _RIGHT_END, text, book.styles.format(**band, font_size=points, bold=bold))
            page.row += 1
    page.need(page.row, 10)
    page.row += 1


def _write_tiles(page: Page) -> None:
    book, agenda, status = page.book, page.book.agenda, page.book.status
    lines = sum(len(group.lines) for group in agenda.discuss)
    done = len(agenda.done_since) + len(agenda.done_without_date)
    share = status.current / status.asked_for if status.asked_for else 1.0
    current = Text("actueel verslag ({current} van {asked})", "current report ({current} of {asked})")
    tiles = (
        (1, 3, lines, "0", book.word(Text("te bespreken", "to discuss")), DISCUSS),
        (4, 5, done, "0", book.word(Text("afgerond sinds vorige keer", "done since last time")), DONE),
        (7, 8, len(agenda.going_well), "0", book.word(Text("gaan goed", "going well")), BOARD),
        (9, 11, share, "0%", book.word(current.filled(current=status.current, asked=status.asked_for)), WHO),
    )
    page.need(page.row, _TILES_ROW_HEIGHT)
    page.need(page.row + 1, 30)
    edge: dict[str, Any] = {"bg_color": PALE_GREY, "align": "center", "left": 5, "left_color": PAPER, "right": 5, "right_color": PAPER}
    for first, last, number, number_format, caption, target in tiles:
        big = book.styles.format(**edge, font_size=40, bold=True, font_color=NAVY, valign="vcenter", num_format=number_format)
        page.sheet.merge_range(page.row, first, page.row, last, "", big)
        page.sheet.write_number(page.row, first, number, big)
        small = book.styles.format(**edge, font_size=16, font_color=LINK, underline=1, valign="top")
        page.sheet.merge_range(page.row + 1, first, page.row + 1, last, "", small)
        page.sheet.write_url(page.row + 1, first, book.link(target), small, caption)
    page.need(page.row + 2, 14)
    page.row += 3


def _heading(page: Page, row: int, first: int, last: int, text: Text) -> None:
    style = page.book.styles.format(font_size=18, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY)
    page.need(row, 30)
    page.text(row, first, last, page.book.word(text), style)


def _write_agenda(page: Page, row: int, anchors: Anchors) -> int:
    book, session = page.book, page.book.agenda.session
    _heading(page, row, _LEFT, _LEFT_END, _AGENDA)
    begins = datetime.combine(session.date, session.time) if session.time else None
    plain = book.styles.format(font_size=16, valign="vcenter")
    for part in parts_of(book.agenda):
        row += 1
        page.need(row, 27)
        page.text(row, 1, 1, f"{begins:%H:%M}" if begins else "", book.styles.format(font_size=16, valign="vcenter", bold=True))
        page.text(row, 2, 2, book.word(_MINUTES.filled(count=part.minutes)), book.styles.format(font_size=14, valign="vcenter", font_color=SOFT_INK))
        _write_part(page, row, part, anchors, plain)
        begins = begins + timedelta(minutes=part.minutes) if begins else None
    return row + 1


def _write_part(page: Page, row: int, part: Part, anchors: Anchors, plain: Any) -> None:
    book = page.book
    link = book.styles.format(font_size=16, valign="vcenter", font_color=LINK, underline=1)
    if part.group is not None:
        strategy = part.group.strategy
        count = len(part.group.lines)
        name = f"{strategy.id}  {strategy.text}" if strategy else book.word(NO_STRATEGY)
        text = f"({count})  {name}"
        target = book.link(DISCUSS, anchors.strategies[strategy.id if strategy else ""])
        _write_link(page, row, 3, _LEFT_END, text, target, link)
    elif part.title is CHECK:
        _write_link(page, row, 3, _LEFT_END, book.word(CHECK), book.link(DONE), link)
    elif part.title is not None:
        page.text(row, 3, _LEFT_END, book.word(part.title), plain)


def _write_link(page: Page, row: int, first: int, last: int, text: str, target: str, style: Any) -> None:
    if last > first:
        page.sheet.merge_range(row, first, row, last, "", style)
    page.sheet.write_url(row, first, target, style, sound(text))


def _write_lights(page: Page, row: int) -> int:
    book, now, before = page.book, page.book.status.lights, page.book.status.previous_lights
    _heading(page, row, _RIGHT, _RIGHT_END, _LIGHTS)
    row += 1
    caption = book.styles.format(font_size=12, font_color=SOFT_INK, align="center", valign="vcenter")
    for column, text in ((8, _NOW), (9, _BEFORE), (10, _CHANGE)):
        page.text(row, column, column, book.word(text), caption)
    big = book.styles.format(font_size=20, bold=True, align="center", valign="vcenter")
    soft = book.styles.format(font_size=16, align="center", valign="vcenter", font_color=SOFT_INK)
    change = book.styles.format(font_size=16, align="center", valign="vcenter", num_format='+0;-0;"="')
    bar = book.styles.format(font_size=16, font_color=PAPER, num_format=";;;")
    first = row + 1
    for light in LIGHT_ORDER:
        row += 1
        page.need(row, 30)
        page.text(row, _RIGHT, _RIGHT, book.light(light), light_style(book, light, 16))
        page.sheet.write_number(row, 8, now.get(light, 0), big)
        if before:
            page.sheet.write_number(row, 9, before.get(light, 0), soft)
            page.sheet.write_number(row, 10, now.get(light, 0) - before.get(light, 0), change)
        page.sheet.write_number(row, 11, now.get(light, 0), bar)
    page.sheet.conditional_format(first, 11, row, 11, {"type": "data_bar", "bar_color": "#6FA8DC", "min_type": "num", "min_value": 0, "min_length": 0})
    return row + 1


def _write_lines(page: Page, row: int, anchors: Anchors) -> int:
    book = page.book
    _heading(page, row, _LEFT, _LEFT_END, _LINES)
    lines = [line for group in book.agenda.discuss for line in group.lines]
    link = book.styles.format(font_size=14, font_color=LINK, underline=1, valign="vcenter", text_wrap=True)
    for line in lines[:_NAMED * 2]:
        row += 1
        action = line.action
        page.need(row, 24)
        page.text(row, 1, 1, book.light(action.light), light_style(book, action.light, 12))
        text = f"{action.id}  {action.text}"
        page.need_text(row, 2, _LEFT_END, text, 14)
        _write_link(page, row, 2, _LEFT_END, text, book.link(DISCUSS, anchors.actions[action.id]), link)
    row = _write_rest(page, row, 2, _LEFT_END, len(lines) - _NAMED * 2)
    if not lines:
        row += 1
        page.text(row, 1, _LEFT_END, book.word(_NOTHING), book.styles.format(font_size=14))
    return row + 1


def _write_going_well(page: Page, row: int) -> int:
    book, actions = page.book, page.book.agenda.going_well
    _heading(page, row, _RIGHT, _RIGHT_END, _GOING_WELL)
    plain = book.styles.format(font_size=14, valign="vcenter", text_wrap=True)
    for action in actions[:_NAMED]:
        row += 1
        text = f"● {action.text} ({action.owner or book.word(NO_OWNER)})"
        page.need_text(row, _RIGHT, _RIGHT_END, text, 14)
        page.text(row, _RIGHT, _RIGHT_END, text, plain)
    row = _write_rest(page, row, _RIGHT, _RIGHT_END, len(actions) - _NAMED)
    if not actions:
        row += 1
        page.text(row, _RIGHT, _RIGHT_END, book.word(_NONE_WELL), plain)
    return row + 1


def _write_rest(page: Page, row: int, first: int, last: int, count: int) -> int:
    if count <= 0:
        return row
    style = page.book.styles.format(font_size=14, font_color=SOFT_INK)
    page.text(row + 1, first, last, page.book.word(_MORE.filled(count=count)), style)
    return row + 1
