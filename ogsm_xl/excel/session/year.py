"""The year: how the lights of the actions went from session to session, all together and action by action."""

from __future__ import annotations

from typing import Any, Final

from ogsm_xl.excel.house_style import FONT, INK, NAVY, PAPER, RULE, SOFT_INK, STATUS_LOOKS
from ogsm_xl.excel.session.book import (
    LIGHT_ORDER,
    NO_TEXT,
    PLAN_TIP,
    YEAR,
    SessionBook,
    light_style,
    look_of,
    shortened,
)
from ogsm_xl.excel.session.page import Cell, Page, pixels_of_rows, write_text
from ogsm_xl.plan.words import Status, Text, TrafficLight
from ogsm_xl.rhythm.planning import ActionYear, PlanningReview, Then

_ID, _TEXT, _OWNER, _FIRST = 1, 2, 3, 4
_MOST: Final = 14
"""How many sessions are shown: the last ones of the year."""
_FEWEST: Final = 4
_CHART_ROWS: Final = 11
_ROW: Final = 22
_LONGEST: Final = 140  # characters of an action's text

_ABOUT = Text("{actions} in {sessions}, sinds {day}", "{actions} in {sessions}, since {day}")
_TOGETHER = Text(
    "Verkeerslichten van de lopende acties, per sessie", "Traffic lights of the active actions, per session"
)
_EACH = Text("Elke actie, van sessie tot sessie", "Every action, from session to session")
_LEGEND = Text(
    "■ R rood     ▲ O oranje     ● G groen     ? onbekend     √ afgerond     leeg: liep toen niet",
    "■ R red     ▲ O orange     ● G green     ? unknown     √ done     blank: was not running then",
)
_NOW = Text("Nu", "Now")
_NO_SESSIONS = Text("Er zijn nog geen sessies geweest.", "No sessions have been held yet.")
_NO_ACTIONS = Text("Er liepen geen acties.", "No actions were running.")


def write_year(book: SessionBook, review: PlanningReview) -> None:
    """Write the sheet."""
    shown = min(len(review.sessions), _MOST)
    widths = (1, 8, 62, 24, *([8] * max(shown, _FEWEST)), 10)
    page = Page(book, book.sheet(YEAR), widths)
    actions, sessions = len(review.actions), len(review.sessions)
    about = _ABOUT.filled(
        actions=Text("1 actie", "1 action")
        if actions == 1
        else Text(f"{actions} acties", f"{actions} actions"),
        sessions=Text("1 sessie", "1 session")
        if sessions == 1
        else Text(f"{sessions} sessies", f"{sessions} sessions"),
        day=book.day(review.since),
    )
    page.head(YEAR, book.word(about))
    _write_heading(page, _TOGETHER)
    if shown:
        _write_days(page, review)
        _write_counts(page, review)
    else:
        page.band(
            [
                Cell(
                    _ID,
                    _OWNER,
                    book.word(_NO_SESSIONS),
                    book.styles.format(font_size=14, valign="vcenter"),
                    14,
                )
            ],
            least=24,
        )
    _write_heading(page, _EACH)
    soft = book.styles.format(font_size=14, font_color=SOFT_INK, valign="vcenter")
    page.band([Cell(_ID, len(widths) - 1, book.word(_LEGEND), soft, 14)], least=28)
    _write_days(page, review)
    for year in review.actions:
        _write_action(page, year)
    if not review.actions:
        page.band(
            [
                Cell(
                    _ID,
                    _OWNER,
                    book.word(_NO_ACTIONS),
                    book.styles.format(font_size=14, valign="vcenter"),
                    14,
                )
            ],
            least=24,
        )
    page.sheet.hide_row_col_headers()
    page.finish()


def _write_heading(page: Page, text: Text) -> None:
    style = page.book.styles.format(
        font_size=16, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY, valign="vcenter"
    )
    page.gap(8)
    page.band([Cell(_ID, len(page.widths) - 1, page.book.word(text), style, 16, bold=True)], least=28)


def _write_days(page: Page, review: PlanningReview) -> None:
    book = page.book
    style = book.styles.format(font_size=12, bold=True, font_color=NAVY, align="center", valign="vcenter")
    for index, session in enumerate(review.sessions[-_MOST:]):
        day = (
            f"{session.date.day}-{session.date.month}"
            if book.language.value == "nl"
            else book.day(session.date).rpartition(" ")[0]
        )
        write_text(page.sheet, page.row, _FIRST + index, day, style)
    write_text(page.sheet, page.row, len(page.widths) - 1, book.word(_NOW), style)
    page.gap(_ROW)


def _write_counts(page: Page, review: PlanningReview) -> None:
    book, top = page.book, page.row
    lights = review.lights[-_MOST:]
    now = page.book.status.lights
    for light in LIGHT_ORDER:
        write_text(page.sheet, page.row, _OWNER, book.light(light), light_style(book, light, 14))
        number = book.styles.format(
            font_size=14, align="center", valign="vcenter", bottom=1, bottom_color=RULE
        )
        for index, counts in enumerate(lights):
            page.sheet.write_number(page.row, _FIRST + index, counts.get(light, 0), number)
        page.sheet.write_number(page.row, len(page.widths) - 1, now.get(light, 0), number)
        page.gap(_ROW)
    chart_top = page.row
    for _ in range(_CHART_ROWS):
        page.gap(_ROW)
    _draw(page, top, chart_top, len(lights))


def _draw(page: Page, top: int, at: int, sessions: int) -> None:
    book, name = page.book, page.sheet.get_name()
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    font: dict[str, Any] = {"name": FONT, "size": 12, "color": INK}
    last = _FIRST + sessions - 1
    for index, light in enumerate(LIGHT_ORDER):
        ink = PAPER if light is TrafficLight.RED else INK
        chart.add_series(
            {
                "name": [name, top + index, _OWNER],
                "categories": [name, top - 1, _FIRST, top - 1, last],
                "values": [name, top + index, _FIRST, top + index, last],
                "fill": {"color": look_of(light).fill or PAPER},
                "border": {"color": SOFT_INK, "width": 0.75},
                "gap": 50,
                "data_labels": {
                    "value": True,
                    "num_format": f'"{look_of(light).mark} "0;;',  # in grey print the sign tells the lights apart
                    "font": {**font, "bold": True, "color": ink},
                },
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": "right", "font": font})
    grid = {"major_gridlines": {"visible": True, "line": {"color": RULE}}}
    chart.set_y_axis({"num_font": font, "line": {"none": True}, "min": 0, **grid})
    chart.set_x_axis({"num_font": font, "line": {"color": SOFT_INK}})
    chart.set_chartarea({"border": {"none": True}})
    size = {
        "width": page.room(_ID, len(page.widths) - 1) - 40,
        "height": pixels_of_rows(_CHART_ROWS, _ROW) - 12,
    }
    chart.set_size(size)
    place = {"x_offset": 10, "y_offset": 6, "description": book.word(_TOGETHER), "object_position": 2}
    page.sheet.insert_chart(at, _ID, chart, place)


def _write_action(page: Page, year: ActionYear) -> None:
    book, action, row = page.book, year.action, page.row
    line: dict[str, Any] = {
        "font_size": 14, "valign": "vcenter", "text_wrap": True, "bottom": 1, "bottom_color": RULE,
    }  # fmt: skip
    plain = book.styles.format(**line)
    text = shortened(action.text, _LONGEST) or book.word(NO_TEXT)
    page.band(
        [
            Cell(_ID, _ID, action.id, book.styles.format(**line, bold=True), 14, bold=True),
            Cell(_TEXT, _TEXT, text, plain, 14),
            Cell(_OWNER, _OWNER, book.owner(action), book.styles.format(**line, indent=1, align="left"), 14),
        ],
        least=24,
    )
    if (target := book.plan_link(action)) and action.id:
        page.linked(row, _ID, action.id, target, line, tip=book.word(PLAN_TIP))
    for index, then in enumerate(year.then[-_MOST:]):
        _write_then(page, row, _FIRST + index, then)
    now = Then(active=action.status is not Status.DONE, done=action.status is Status.DONE, light=action.light)
    _write_then(page, row, len(page.widths) - 1, now)


def _write_then(page: Page, row: int, column: int, then: Then) -> None:
    book = page.book
    if then.done:
        look = STATUS_LOOKS[Status.DONE]
        style = book.styles.format(
            font_size=14, bg_color=look.fill, font_color=SOFT_INK, align="center", valign="vcenter"
        )
        write_text(page.sheet, row, column, look.mark, style)
    elif then.active:
        word = then.light.word(book.language)[0] if then.light else ""
        mark = f"{look_of(then.light).mark} {word}".strip()
        write_text(page.sheet, row, column, mark, light_style(book, then.light, 13, text_wrap=False))
