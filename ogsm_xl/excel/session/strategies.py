"""Strategies: a page for each, with its light and update, its indicators against their targets, and its actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ogsm_xl.excel.house_style import ALARM, LINK, NAVY, PALE_GREY, PAPER, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    DISCUSS,
    NO_STRATEGY,
    NO_TEXT,
    PLAN_TIP,
    STRATEGIES,
    SessionBook,
    light_style,
    shortened,
)
from ogsm_xl.excel.session.measure_words import about, format_of, standing, target_of
from ogsm_xl.excel.session.measured import Lines, draw
from ogsm_xl.excel.session.page import Cell, Page, write_text
from ogsm_xl.letters.wording import overdue
from ogsm_xl.plan.model import Action, Goal, Indicator, Item
from ogsm_xl.plan.words import Status, Text
from ogsm_xl.rhythm.reporting import is_active
from ogsm_xl.rhythm.steering import StrategyPage
from ogsm_xl.rhythm.trends import Trend

_WIDTHS: Final = (1, 16, 9, 47, 17, 17, 17, 67)
_BADGE, _ID, _TEXT, _BASELINE, _TARGET, _NOW, _CHART = range(1, 8)
_LAST: Final = _CHART
_BLOCK: Final = 116  # points: the height of an indicator with its chart
_HEADLINE: Final = 500
_NOTE: Final = 600
"""How many characters of a text the sheet shows at most."""

_ABOUT = Text("Doen we de goede dingen?", "Are we doing the right things?")
_DRIVER = Text("Aanjager: {name}", "Driver: {name}")
_WAS = Text("eerder {light}", "before {light}")
_UPDATED = Text("bijgewerkt op {day}", "updated on {day}")
_NO_UPDATE = Text("Nog geen toelichting van de aanjager.", "No update from the driver yet.")
_INDICATORS = Text("Indicatoren", "Indicators")
_NO_INDICATORS = Text("Deze strategie heeft nog geen indicatoren.", "This strategy has no indicators yet.")
_ACTIONS = Text("Acties", "Actions")
_NO_ACTIONS = Text("Deze strategie heeft geen lopende acties.", "This strategy has no running actions.")
_REST = Text("Eerder afgerond of geparkeerd: {actions}", "Done before, or parked: {actions}")
_CAPTIONS: Final = (
    Text("Nulmeting", "Baseline"),
    Text("Streefwaarde", "Target"),
    Text("Nu", "Now"),
)
_BY = Text("uiterlijk {day}", "by {day}")
_ON = Text("op {day}", "on {day}")
_NO_CHART = Text("Nog geen metingen om te tekenen.", "No measurements to draw yet.")
_NO_PLAN = Text("Er staan nog geen strategieën in het plan.", "There are no strategies in the plan yet.")
_FINISHED = Text("afgerond op {day}", "done on {day}")


def write_strategies(
    book: SessionBook,
    pages: Sequence[StrategyPage],
    measured: Mapping[str, Lines],
    cards: Mapping[str, int],
) -> Mapping[str, int]:
    """Write the sheet, and tell in which row each strategy (by ID; "" for none) begins.

    Args:
        book: The workbook.
        pages: The strategies.
        measured: Where the measurements of each indicator are.
        cards: In which row of the sheet To discuss the card of an action (by ID) is.
    """
    page = Page(book, book.sheet(STRATEGIES), _WIDTHS)
    page.head(STRATEGIES, book.word(_ABOUT))
    found = {}
    for number, each in enumerate(pages):
        if number:
            page.break_here()
        found[each.strategy.id if each.strategy else ""] = page.row
        _write_strategy(page, each)
        _write_indicators(page, each, measured)
        _write_actions(page, each, cards)
        page.gap(24)
    if not pages:
        page.nothing(_NO_PLAN, _LAST)
    page.sheet.hide_row_col_headers()
    page.finish()
    return found


def _write_strategy(page: Page, each: StrategyPage) -> None:
    book, strategy, top = page.book, each.strategy, page.row
    band: dict[str, Any] = {
        "bg_color": PALE_GREY, "font_color": NAVY, "valign": "vcenter", "text_wrap": True, "indent": 1, "align": "left",
    }  # fmt: skip
    bold = book.styles.format(**band, font_size=20, bold=True)
    if strategy is None:
        page.band([Cell(_BADGE, _LAST, book.word(NO_STRATEGY), bold, 20, bold=True)], least=36)
        return
    soft = book.styles.format(**band, font_size=14)
    driver = book.word(_DRIVER.filled(name=strategy.owner)) if strategy.owner else ""
    earlier = book.word(_WAS).format(light=book.light(each.earlier_light)) if each.earlier_light else ""
    updated = book.word(_UPDATED.filled(day=book.day(strategy.updated_on))) if strategy.updated_on else ""
    title = shortened(strategy.text, _HEADLINE) or book.word(NO_TEXT)
    beside = "\n".join(filter(None, (driver, earlier, updated)))
    page.band(
        [
            Cell(_ID, _ID, strategy.id, bold, 20, bold=True),
            Cell(_TEXT, _NOW, title, bold, 20, bold=True),
            Cell(_CHART, _CHART, beside, soft, 14),
        ],
        least=58,
    )
    _link_to_plan(page, top, _ID, strategy, dict(band, font_size=20, bold=True))
    update = shortened(strategy.update, 3 * _NOTE) or book.word(_NO_UPDATE)
    body = book.styles.format(
        font_size=16, text_wrap=True, valign="vcenter", indent=1, align="left", bottom=1, bottom_color=RULE
    )
    page.band([Cell(_ID, _LAST, update, body, 16)], least=30)
    badge = light_style(book, strategy.light, 18)
    page.sheet.merge_range(top, _BADGE, page.row - 1, _BADGE, "", badge)
    write_text(page.sheet, top, _BADGE, book.light(strategy.light), badge)


def _write_heading(page: Page, text: Text) -> None:
    style = page.book.styles.format(
        font_size=16, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY, valign="vcenter"
    )
    page.gap(8)
    page.band([Cell(_BADGE, _LAST, page.book.word(text), style, 16, bold=True)], least=28)


def _write_indicators(page: Page, each: StrategyPage, measured: Mapping[str, Lines]) -> None:
    book = page.book
    top = page.row
    _write_heading(page, _INDICATORS)
    if not each.indicators:
        soft = book.styles.format(font_size=14, font_color=SOFT_INK, valign="vcenter")
        page.band([Cell(_BADGE, _LAST, book.word(_NO_INDICATORS), soft, 14)], least=24)
    for trend in each.indicators:
        write_measure(page, trend, measured.get(trend.measure.id))
        page.keep_together(top)
        top = page.row


def write_measure(page: Page, trend: Trend, lines: Lines | None) -> None:
    """Write an indicator or goal with its figures and its chart, on the columns of this sheet."""
    book, measure = page.book, trend.measure
    middle: dict[str, Any] = {"valign": "vcenter", "text_wrap": True, "indent": 1, "align": "left"}
    title = shortened(measure.text, _HEADLINE) or book.word(NO_TEXT)
    bold = book.styles.format(**middle, font_size=16, bold=True)
    page.gap(6)
    top = page.row
    page.band(
        [
            Cell(_ID, _ID, measure.id, bold, 16, bold=True),
            Cell(_TEXT, _NOW, title, bold, 16, bold=True),
        ],
        least=24,
    )
    _link_to_plan(page, top, _ID, measure, dict(middle, font_size=16, bold=True))
    _write_captions(page, trend)
    _write_figures(page, trend, book.styles.format(**middle, font_size=14))
    note = measure.note.strip()
    body = book.styles.format(**middle, font_size=14, font_color=SOFT_INK)
    page.band([Cell(_ID, _NOW, shortened(note, _NOTE), body, 14)])
    used = page.height(top, page.row)
    if used < _BLOCK:
        page.gap(_BLOCK - used)
    badge = light_style(book, measure.light, 16)
    page.sheet.merge_range(top, _BADGE, top + 2, _BADGE, "", badge)
    write_text(page.sheet, top, _BADGE, book.light(measure.light), badge)
    if lines is None:
        soft = book.styles.format(font_size=14, font_color=SOFT_INK, italic=True)
        page.text(top + 1, _CHART, _CHART, book.word(_NO_CHART), soft)
    else:
        height = round(page.height(top, page.row) * 96 / 72) - 8
        draw(page, top, _CHART, trend, lines, (page.room(_CHART, _CHART) - 16, height), legend="right")


def _link_to_plan(page: Page, row: int, column: int, item: Item | Goal, look: dict[str, Any]) -> None:
    target = page.book.plan_link(item)
    if target and item.id:
        link = page.book.styles.format(**look | {"font_color": LINK, "underline": 1})
        page.link(row, column, column, item.id, target, link, tip=page.book.word(PLAN_TIP))


def _write_captions(page: Page, trend: Trend) -> None:
    book, measure = page.book, trend.measure
    caption = book.styles.format(
        font_size=12, font_color=SOFT_INK, text_wrap=True, align="center", valign="bottom"
    )
    soft = book.styles.format(font_size=12, font_color=SOFT_INK, text_wrap=True, indent=1, align="left")
    by = book.word(_BY.filled(day=book.day(measure.target_date))) if measure.target_date else ""
    day = measure.measured_on if isinstance(measure, Indicator) else None
    on = book.word(_ON.filled(day=book.day(day))) if day else ""
    below = ("", by, on)
    owner = measure.owner if isinstance(measure, Indicator) else measure.indicator
    text = "  ·  ".join(filter(None, (about(book, trend), owner)))
    cells = [Cell(_ID, _TEXT, shortened(text, _NOTE), soft, 12)]
    for column, name, more in zip((_BASELINE, _TARGET, _NOW), _CAPTIONS, below, strict=True):
        cells.append(Cell(column, column, "\n".join(filter(None, (book.word(name), more))), caption, 12))
    page.band(cells)


def _write_figures(page: Page, trend: Trend, style: Any) -> None:
    book, measure, row = page.book, trend.measure, page.row
    page.band([Cell(_ID, _TEXT, standing(book, trend), style, 14)], least=32)
    figures = ((_BASELINE, measure.baseline), (_TARGET, measure.target), (_NOW, measure.actual))
    for column, value in figures:
        look: dict[str, Any] = {
            "font_size": 22, "bold": column != _BASELINE, "align": "center", "valign": "vcenter", "font_color": NAVY, "shrink": True,
        }  # fmt: skip
        if column == _TARGET and trend.upper is not None and value is not None:
            band = target_of(trend, book.language)
            small = book.styles.format(**look | {"font_size": 14, "text_wrap": True, "shrink": False})
            page.text(row, column, column, band, small)
            page.need_text(row, column, band, 14, bold=True)
        else:
            page.figure(
                row, column, value, book.styles.format(**look, num_format=format_of(value or 0, measure.unit))
            )


def _write_actions(page: Page, each: StrategyPage, cards: Mapping[str, int]) -> None:
    book = page.book
    top = page.row
    _write_heading(page, _ACTIONS)
    for action in each.actions:
        _write_action(page, action, cards)
        page.keep_together(top)
        top = page.row
    soft = book.styles.format(font_size=14, font_color=SOFT_INK, text_wrap=True, valign="vcenter")
    if not each.actions:
        page.band([Cell(_BADGE, _LAST, book.word(_NO_ACTIONS), soft, 14)], least=24)
    if each.rest:
        rest = book.word(_REST).format(actions=", ".join(action.id for action in each.rest))
        page.band([Cell(_BADGE, _LAST, rest, soft, 14)], least=24)


def _write_action(page: Page, action: Action, cards: Mapping[str, int]) -> None:
    book, row = page.book, page.row
    middle: dict[str, Any] = {
        "font_size": 14, "valign": "vcenter", "text_wrap": True, "bottom": 1, "bottom_color": RULE, "indent": 1, "align": "left",
    }  # fmt: skip
    plain = book.styles.format(**middle)
    quiet = action.light is None and not is_active(action, book.now.date())
    badge = plain if quiet else light_style(book, action.light, 14, bottom=1, bottom_color=PAPER)
    status = action.status.word(book.language) if action.status else book.word(Status.TO_DO.value)
    late = _late(book, action)
    when = book.styles.format(**middle, bold=True, font_color=ALARM) if late else plain
    text = shortened(action.text, _HEADLINE) or book.word(NO_TEXT)
    page.band(
        [
            Cell(_BADGE, _BADGE, status if quiet else book.light(action.light), badge, 14, bold=True),
            Cell(_ID, _ID, action.id, plain, 14),
            Cell(_TEXT, _BASELINE, text, plain, 14),
            Cell(_TARGET, _NOW, book.owner(action), plain, 14),
            Cell(_CHART, _CHART, _dates(book, action, late), when, 14),
        ],
        least=28,
    )
    card = cards.get(action.id)
    target = book.link(DISCUSS, card) if card is not None else book.plan_link(action)
    if target and action.id:
        link = book.styles.format(**middle | {"font_color": LINK, "underline": 1})
        page.link(row, _ID, _ID, action.id, target, link)


def _late(book: SessionBook, action: Action) -> str:
    if action.status is Status.DONE or action.deadline is None:
        return ""
    return overdue((book.now.date() - action.deadline).days, book.language)


def _dates(book: SessionBook, action: Action, late: str) -> str:
    if action.status is Status.DONE:
        done = book.word(_FINISHED.filled(day=book.day(action.done_on))) if action.done_on else ""
        return done or Status.DONE.word(book.language)
    parts = (
        ("! " if late else "") + book.day(action.deadline) if action.deadline else "",
        late,
        f"{action.progress}%" if action.progress is not None else "",
    )
    return "  ·  ".join(filter(None, parts))
