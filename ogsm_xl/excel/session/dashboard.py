"""The dashboard: a tile for every goal and indicator, with how it stands and its year against the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ogsm_xl.excel.house_style import LINK, NAVY, PALE_GREY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    DASHBOARD,
    NO_STRATEGY,
    NO_TEXT,
    PLAN_TIP,
    SessionBook,
    light_style,
    shortened,
)
from ogsm_xl.excel.session.measure_words import format_of, standing, target_of
from ogsm_xl.excel.session.measured import Lines, draw
from ogsm_xl.excel.session.page import Cell, Page, write_text
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.planning import PlanningReview
from ogsm_xl.rhythm.trends import Trend

_TILE: Final = (15, 10, 15, 15)
_WIDTHS: Final = (1, *_TILE, 2, *_TILE, 2, *_TILE)
_FIRSTS: Final = (1, 6, 11)
_LAST: Final = len(_WIDTHS) - 1
_TITLE_HEIGHT, _CAPTION_HEIGHT, _FIGURE_HEIGHT, _STANDING_HEIGHT, _CHART_HEIGHT = 42, 19, 34, 36, 102
_NO_CHART_HEIGHT: Final = 26  # of a row of tiles of which none was measured this year
_LONGEST: Final = 150
"""How many characters of a text a tile shows; the sheet with measurements shows it whole."""
_LONGEST_UNIT: Final = 30

_ABOUT = Text("Wat hebben we bereikt, sinds {day}?", "What did we reach, since {day}?")
_GOALS = Text("Doelstellingen", "Goals")
_NOW, _TARGET, _BASELINE = Text("Nu", "Now"), Text("Streefwaarde", "Target"), Text("Nulmeting", "Baseline")
_NO_CHART = Text("Dit jaar niet gemeten.", "Not measured this year.")
_NONE = Text(
    "Er staan nog geen doelstellingen of indicatoren in het plan.",
    "There are no goals or indicators in the plan yet.",
)


def write_dashboard(book: SessionBook, review: PlanningReview, measured: Mapping[str, Lines]) -> None:
    """Write the sheet: the goals, then the indicators of each strategy."""
    page = Page(book, book.sheet(DASHBOARD), _WIDTHS)
    page.head(DASHBOARD, book.word(_ABOUT.filled(day=book.day(review.since))))
    if review.goals:
        _write_group(page, book.word(_GOALS), review.goals, measured)
    this_year = {trend.measure.id: trend for trend in review.indicators}
    for each in review.strategies:
        trends = [this_year[trend.measure.id] for trend in each.indicators]
        if trends:
            name = book.title(each.strategy) if each.strategy else book.word(NO_STRATEGY)
            _write_group(page, shortened(name, 3 * _LONGEST), trends, measured)
    if not review.goals and not review.indicators:
        page.nothing(_NONE, _LAST)
    page.sheet.hide_row_col_headers()
    page.finish()


def _write_group(page: Page, name: str, trends: Sequence[Trend], measured: Mapping[str, Lines]) -> None:
    top = page.row
    style = page.book.styles.format(
        font_size=16,
        bold=True,
        font_color=NAVY,
        bg_color=PALE_GREY,
        valign="vcenter",
        text_wrap=True,
        indent=1,
    )
    page.gap(8)
    page.band([Cell(1, _LAST, name, style, 16, bold=True)], least=28)
    for start in range(0, len(trends), len(_FIRSTS)):
        _write_tiles(page, trends[start : start + len(_FIRSTS)], measured)
        page.keep_together(top)
        top = page.row


def _write_tiles(page: Page, trends: Sequence[Trend], measured: Mapping[str, Lines]) -> None:
    page.gap(6)
    top = page.row
    for first, trend in zip(_FIRSTS, trends, strict=False):
        _write_tile(page, top, first, trend, measured.get(trend.measure.id))
    drawn = any(trend.measure.id in measured for trend in trends)
    chart = _CHART_HEIGHT if drawn else _NO_CHART_HEIGHT
    for offset, height in enumerate(
        (_TITLE_HEIGHT, _CAPTION_HEIGHT, _FIGURE_HEIGHT, _STANDING_HEIGHT, chart, 8)
    ):
        page.need(top + offset, height)
    page.row = top + 6


def _write_tile(page: Page, top: int, first: int, trend: Trend, lines: Lines | None) -> None:
    book, measure, last = page.book, trend.measure, first + 3
    badge = light_style(book, measure.light, 14)
    write_text(page.sheet, top, first, book.light(measure.light), badge)
    title = shortened(measure.text, _LONGEST) or book.word(NO_TEXT)
    bold: dict[str, Any] = {
        "font_size": 14, "bold": True, "text_wrap": True, "valign": "vcenter", "align": "left",
        "indent": 1, "top": 2, "top_color": NAVY,
    }  # fmt: skip
    page.text(top, first + 1, last, title, book.styles.format(**bold))
    page.need_merged(top, first + 1, last, title, 14, bold=True)
    caption = book.styles.format(font_size=12, font_color=SOFT_INK, align="center", valign="bottom")
    number: dict[str, Any] = {"font_size": 12, "align": "center", "valign": "bottom"}
    if target := book.plan_link(measure):
        link = book.styles.format(**number, font_color=LINK, underline=1)
        page.link(top + 1, first, first, measure.id, target, link, tip=book.word(PLAN_TIP))
    else:
        write_text(page.sheet, top + 1, first, measure.id, book.styles.format(**number, font_color=SOFT_INK))
    for column, name in ((first + 1, _NOW), (first + 2, _TARGET), (first + 3, _BASELINE)):
        write_text(page.sheet, top + 1, column, book.word(name), caption)
    _write_figures(page, top + 2, first, trend)
    soft = book.styles.format(font_size=13, text_wrap=True, align="center", valign="top")
    page.text(top + 3, first, last, standing(book, trend), soft)
    if lines is None:
        none = book.styles.format(
            font_size=13, font_color=SOFT_INK, italic=True, align="center", top=1, top_color=RULE
        )
        page.text(top + 4, first, last, book.word(_NO_CHART), none)
    else:
        size = (page.room(first, last) - 10, round(_CHART_HEIGHT * 96 / 72) - 4)
        draw(page, top + 4, first, trend, lines, size, points=9)


def _write_figures(page: Page, row: int, first: int, trend: Trend) -> None:
    book, measure = page.book, trend.measure
    unit = "" if measure.unit.strip() == "%" else shortened(measure.unit, _LONGEST_UNIT)
    small = book.styles.format(
        font_size=11, font_color=SOFT_INK, align="center", valign="vcenter", text_wrap=True
    )
    write_text(page.sheet, row, first, unit, small)
    page.need_text(row, first, unit, 11)
    figures = (
        (first + 1, measure.actual, 22),
        (first + 2, measure.target, 16),
        (first + 3, measure.baseline, 16),
    )
    for column, value, points in figures:
        look: dict[str, Any] = {
            "font_size": points, "bold": points > 20, "align": "center", "valign": "vcenter", "font_color": NAVY,
            "shrink": True,
        }  # fmt: skip
        if column == first + 2 and trend.upper is not None and value is not None:
            band = target_of(trend, book.language)
            wrapped = {**look, "font_size": 14, "shrink": False, "text_wrap": True}
            page.text(row, column, column, band, book.styles.format(**wrapped))
            page.need_text(row, column, band, 14)
        else:
            look["num_format"] = format_of(value or 0, measure.unit)
            page.figure(row, column, value, book.styles.format(**look))
