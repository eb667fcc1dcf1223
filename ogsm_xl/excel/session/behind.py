"""Behind schedule: the strategies that are behind in content or in time, with what shows it.

What the session types is read back by the defined names `Behind_item` and `Behind_conclusion`, each one column: a row
whose cell in the first holds the ID of a strategy has what was concluded about it in the second.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Final

from ogsm_xl.excel.house_style import ALARM, INK, LINK, NAVY, PALE_BLUE, PALE_GREY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import BEHIND, NO_TEXT, PLAN_TIP, SessionBook, light_style, shortened
from ogsm_xl.excel.session.choices import AS_TYPED
from ogsm_xl.excel.session.measure_words import standing, target_of
from ogsm_xl.excel.session.page import Cell, Page, write_text
from ogsm_xl.letters.wording import figure, overdue
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Action
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.planning import Behind, PlanningReview
from ogsm_xl.rhythm.trends import Trend

_WIDTHS: Final = (1, 18, 14, 68, 2, 82)
_MARGIN, _BADGE, _ID, _LEFT, _GAP, _RIGHT = range(6)
_HEADLINE: Final = 500
_SHORT: Final = 140
"""How many characters of a text the sheet shows at most."""

_ABOUT = Text("{count} van de {all} strategieën", "{count} of {all} strategies")
_ABOUT_ONE = Text("{count} van 1 strategie", "{count} of 1 strategy")
_NONE = Text(
    "Geen enkele strategie loopt achter, in inhoud of in tijd.",
    "No strategy is behind, in content or in time.",
)
_CONTENT = Text("Inhoud", "Content")
_TIME = Text("Tijd", "Time")
_FINE = Text("√ niets dat achterloopt", "√ nothing behind")
_OWN_LIGHT = Text("De aanjager zet de strategie op {light}", "The driver gives the strategy {light}")
_FIGURES = Text("{actual}, streefwaarde {target}", "{actual}, target {target}")
_NOT_STARTED = Text("had moeten beginnen op {day}", "should have started on {day}")
_CONCLUSION = Text(
    "✎ Wat betekent dit voor het plan van volgend jaar?", "✎ What does this mean for next year's plan?"
)


def write_behind(book: SessionBook, review: PlanningReview) -> None:
    """Write the sheet."""
    page = Page(book, book.sheet(BEHIND), _WIDTHS)
    count, strategies = len(review.behind), len(book.plan.strategies)
    about = _ABOUT_ONE if strategies == 1 else _ABOUT
    page.head(BEHIND, book.word(about.filled(count=count, all=strategies)))
    for behind in review.behind:
        top = page.row
        _write_strategy(page, behind)
        _write_signs(page, behind)
        _write_conclusion(page, behind)
        page.keep_together(top)
    if not review.behind:
        page.nothing(_NONE, _RIGHT)
    sheet, last = quoted_sheet(book.word(BEHIND)), max(page.row, 2)
    for name, column in (("item", _MARGIN), ("conclusion", _ID)):
        letters = column_letters(column + 1)
        book.workbook.define_name(f"Behind_{name}", f"={sheet}!${letters}$2:${letters}${last}")
    page.sheet.hide_row_col_headers()
    page.finish()


def _write_strategy(page: Page, behind: Behind) -> None:
    book, strategy, row = page.book, behind.page.strategy, page.row + 1
    if strategy is None:
        return
    band: dict[str, Any] = {
        "bg_color": PALE_GREY, "font_color": NAVY, "valign": "vcenter", "text_wrap": True, "indent": 1,
        "align": "left", "font_size": 18, "bold": True,
    }  # fmt: skip
    page.gap(10)
    title = shortened(strategy.text, _HEADLINE) or book.word(NO_TEXT)
    style = book.styles.format(**band)
    badge = light_style(book, strategy.light, 16)
    page.band(
        [
            Cell(_BADGE, _BADGE, book.light(strategy.light), badge, 16, bold=True),
            Cell(_ID, _ID, strategy.id, style, 18, bold=True),
            Cell(_LEFT, _RIGHT, title, style, 18, bold=True),
        ],
        least=36,
    )
    target = book.plan_link(strategy)
    if target and strategy.id:
        link = book.styles.format(**band | {"font_color": LINK, "underline": 1})
        page.link(row, _ID, _ID, strategy.id, target, link, tip=book.word(PLAN_TIP))
    if strategy.update.strip():
        body = book.styles.format(font_size=14, text_wrap=True, valign="vcenter", indent=1, align="left")
        page.band([Cell(_ID, _RIGHT, shortened(strategy.update, 2 * _HEADLINE), body, 14)], least=26)


def _write_signs(page: Page, behind: Behind) -> None:
    book = page.book
    heading = book.styles.format(
        font_size=14, bold=True, font_color=NAVY, bottom=1, bottom_color=NAVY, valign="vcenter", indent=1
    )
    page.band(
        [
            Cell(_ID, _LEFT, book.word(_CONTENT), heading, 14, bold=True),
            Cell(_RIGHT, _RIGHT, book.word(_TIME), heading, 14, bold=True),
        ],
        least=26,
    )
    plain = book.styles.format(font_size=14, text_wrap=True, valign="vcenter", indent=1, align="left")
    content = _content(book, behind) or [book.word(_FINE)]
    in_time = _in_time(book, behind) or [book.word(_FINE)]
    for left, right in zip_longest(content, in_time, fillvalue=""):
        late = book.styles.format(
            font_size=14, text_wrap=True, valign="vcenter", indent=1, align="left",
            font_color=ALARM if right.startswith("!") else INK,
        )  # fmt: skip
        page.band([Cell(_ID, _LEFT, left, plain, 14), Cell(_RIGHT, _RIGHT, right, late, 14)], least=22)


def _content(book: SessionBook, behind: Behind) -> list[str]:
    own = [book.word(_OWN_LIGHT).format(light=book.light(behind.light).lower())] if behind.light else []
    return own + [_measure(book, trend) for trend in behind.indicators]


def _measure(book: SessionBook, trend: Trend) -> str:
    measure = trend.measure
    figures = ""
    if measure.actual is not None and measure.target is not None:
        numbers = _FIGURES.filled(
            actual=figure(measure.actual, book.language), target=target_of(trend, book.language)
        )
        figures = f": {book.word(numbers)}"
    text = f"{book.light(measure.light)}   {measure.id} {shortened(measure.text, _SHORT)}{figures}"
    return f"{text}\n{standing(book, trend)}".strip()


def _in_time(book: SessionBook, behind: Behind) -> list[str]:
    today = book.now.date()
    late = {action.id for action in behind.overdue}
    lines = [
        f"! {_action(book, action)}: {overdue((today - action.deadline).days, book.language)}"
        for action in behind.overdue
        if action.deadline
    ]
    lines += [_action(book, action) for action in behind.red if action.id not in late]
    for action in behind.not_started:
        if action.id not in late and action.start:
            since = book.word(_NOT_STARTED.filled(day=book.day(action.start)))
            lines.append(f"{_action(book, action)}: {since}")
    return lines


def _action(book: SessionBook, action: Action) -> str:
    return f"{book.light(action.light)}   {action.id} {shortened(action.text, _SHORT)} ({book.owner(action)})"


def _write_conclusion(page: Page, behind: Behind) -> None:
    book, strategy = page.book, behind.page.strategy
    caption = book.styles.format(font_size=12, font_color=SOFT_INK, valign="bottom", indent=1)
    page.band([Cell(_ID, _RIGHT, book.word(_CONCLUSION), caption, 12)], least=20)
    box = book.styles.format(
        bg_color=PALE_BLUE, border=1, border_color=RULE, font_size=14, text_wrap=True, valign="vcenter", indent=1,
        align="left", num_format=AS_TYPED,
    )  # fmt: skip
    page.text(page.row, _ID, _RIGHT, "", box)
    hidden = book.styles.format(num_format=";;;", font_size=8)
    write_text(page.sheet, page.row, _MARGIN, strategy.id if strategy else "", hidden)
    page.need(page.row, 44)
    page.row += 1
