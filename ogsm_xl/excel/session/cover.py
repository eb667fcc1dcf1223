"""The cover: which session it is, its agenda with minutes, how the plan stands, and the way to the other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from ogsm_xl.excel.house_style import LINK, NAVY, PALE_GREY, PAPER, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    BEHIND,
    BOARD,
    CHANGES,
    COVER,
    DASHBOARD,
    DISCUSS,
    DONE,
    LIGHT_ORDER,
    MEASUREMENTS,
    NO_STRATEGY,
    NO_TEXT,
    REPORTS,
    STRATEGIES,
    WHO,
    YEAR,
    SessionBook,
    light_style,
    look_of,
    shortened,
)
from ogsm_xl.excel.session.discuss import Anchors
from ogsm_xl.excel.session.measure import height_of
from ogsm_xl.excel.session.minutes import Part, parts_of
from ogsm_xl.excel.session.page import Cell, Page
from ogsm_xl.letters.wording import (
    day_with_weekday,
    figure,
    finished_in_year,
    of_behind,
    of_reached,
    session_hours,
)
from ogsm_xl.plan.words import Status, Text
from ogsm_xl.rhythm.agenda import AgendaGroup, AgendaLine
from ogsm_xl.rhythm.planning import PlanningReview
from ogsm_xl.rhythm.steering import SteeringReview

_WIDTHS: Final = (1, 9, 13, 9, 24, 55, 2, 44, 52)
_LEFT, _MIDDLE, _ID, _TEXT, _LEFT_END = 1, 2, 3, 4, 5
_RIGHT, _RIGHT_END = 7, 8
_QUARTERS: Final = ((_LEFT, _TEXT), (_LEFT_END, _LEFT_END), (_RIGHT, _RIGHT), (_RIGHT_END, _RIGHT_END))
"""The columns of each of the four tiles of a row."""
_NAMED: Final = 24
"""How many actions are named on the cover; where there are more, they are counted."""
_LONGEST: Final = 160
"""How many characters of a text the cover shows at most; it is shown whole where its link leads."""

_GAP: Final[dict[str, Any]] = {"left": 5, "left_color": PAPER, "right": 5, "right_color": PAPER}
"""White edges between tiles."""

_AGENDA = Text("Agenda", "Agenda")
_LIGHTS = Text("Verkeerslichten van de lopende acties", "Traffic lights of the active actions")
_SAME = Text("vorige keer ook {before}", "last time {before}, too")
_MORE_NOW = Text("vorige keer {before}, nu {change} meer", "last time {before}, now {change} more")
_FEWER_NOW = Text("vorige keer {before}, nu {change} minder", "last time {before}, now {change} fewer")
_NO_BEFORE = Text("geen vorige sessie bekend", "no earlier session known")
_TO_DISCUSS = Text("te bespreken", "to discuss")
_FINISHED = Text("afgerond sinds vorige keer", "done since last time")
_WELL = Text("gaan goed", "going well")
_GOES_WELL = Text("gaat goed", "going well")
_CURRENT = Text("actueel verslag: {current} van {asked}", "current report: {current} of {asked}")
_LIST = Text("Dit bespreken we", "What we discuss")
_NOTHING_ASKED = Text("geen verslagen gevraagd", "no reports asked for")
_GOING_WELL = Text("Dit gaat goed", "Going well")
_MORE = Text("… en nog {count}, zie {sheet}", "… and {count} more, see {sheet}")
_MINUTES = Text("{count} min", "{count} min")
_NONE_WELL = Text(
    "Nog geen groene acties met een actueel verslag.", "No green actions with a current report yet."
)
_MADE = Text(
    "Gemaakt op {day} om {time}. Lees dit vooraf: dan gaat de sessie over besluiten.",
    "Made on {day} at {time}. Read this beforehand: the session is then about decisions.",
)
_MADE_AFTER = Text(
    "Gemaakt op {day} om {time}, na de sessie: dit is het plan zoals het toen was.",
    "Made on {day} at {time}, after the session: this is the plan as it was then.",
)
_GOALS = Text("Doelstellingen", "Goals")
_OF = Text("({actual}, streefwaarde {target})", "({actual}, target {target})")
_NO_GOALS = Text("Er staan nog geen doelstellingen in het plan.", "There are no goals in the plan yet.")
_ELSEWHERE: Final[Mapping[type, tuple[Text, ...]]] = {
    type(None): (BOARD, CHANGES, REPORTS, WHO),
    SteeringReview: (DISCUSS, BOARD, CHANGES, MEASUREMENTS, REPORTS, WHO),
    PlanningReview: (BOARD, CHANGES, MEASUREMENTS, REPORTS, WHO),
}
"""The sheets that the agenda does not lead to."""
_ALSO = Text("Ook in dit werkboek:", "Also in this workbook:")


def write_cover(book: SessionBook, anchors: Anchors, pages: Mapping[str, int] | None = None) -> None:
    """Write the sheet.

    Args:
        book: The workbook.
        anchors: Where the cards of what is discussed are.
        pages: Where the page of each strategy (by ID) is, for a session that goes through them.
    """
    page = Page(book, book.sheet(COVER), _WIDTHS)
    page.gap(6)
    _write_title(page)
    _write_tiles(page)
    _write_lights(page)
    top = page.row
    _write_agenda(page, anchors, pages or {})
    bottom = page.row
    page.row = top
    if isinstance(book.review, PlanningReview):
        _write_goals(page, book.review)
    else:
        _write_going_well(page)
    page.row = max(bottom, page.row)
    if anchors.actions:
        _write_overview(page, anchors)
    _write_foot(page)
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(0, 0))


def _write_title(page: Page) -> None:
    book, session, objective = page.book, page.book.agenda.session, page.book.plan.objective
    band: dict[str, Any] = {
        "bg_color": NAVY, "font_color": PAPER, "valign": "vcenter", "text_wrap": True, "indent": 1,
    }  # fmt: skip
    when = (
        day_with_weekday(session.date, book.language),
        session_hours(session, book.language),
        shortened(session.place, _LONGEST),
    )
    ambition = ": ".join(filter(None, (objective.organisation, objective.text))) if objective else ""
    lines = (
        (session.kind.word(book.language), 36, True),
        ("   ·   ".join(filter(None, when)), 22, False),
        (shortened(ambition, 3 * _LONGEST), 14, False),
    )
    for text, points, bold in lines:
        if text:
            style = book.styles.format(**band, font_size=points, bold=bold)
            page.band([Cell(_LEFT, _RIGHT_END, text, style, points, bold=bold)], least=points * 1.5)
    page.gap(10)


def _write_tiles(page: Page) -> None:
    book = page.book
    review = book.review
    tiles = _year_tiles(book, review) if isinstance(review, PlanningReview) else _list_tiles(book)
    edge = {"bg_color": PALE_GREY, "align": "center", **_GAP}
    for (first, last), (count, number_format, caption, target) in zip(_QUARTERS, tiles, strict=True):
        big = book.styles.format(
            **edge, font_size=44, bold=True, font_color=NAVY, valign="vcenter", num_format=number_format
        )
        _write_number(page, first, last, count, big)
        small = book.styles.format(**edge, font_size=16, font_color=LINK, underline=1, valign="top")
        page.link(page.row + 1, first, last, book.word(caption), book.link(target), small)
    page.need(page.row, 58)
    page.need(page.row + 1, 30)
    page.row += 2
    page.gap(8)


_Tile: TypeAlias = tuple[float | None, str, Text, Text]
"""A number, its format, what it is, and the sheet that tells more."""


def _list_tiles(book: SessionBook) -> tuple[_Tile, ...]:
    agenda = book.agenda
    well = len(agenda.going_well)
    return (
        (sum(len(group.lines) for group in agenda.discuss), "0", _TO_DISCUSS, DISCUSS),
        (len(agenda.done_since) + len(agenda.done_without_date), "0", _FINISHED, DONE),
        (well, "0", _GOES_WELL if well == 1 else _WELL, BOARD),
        _current_tile(book),
    )


def _year_tiles(book: SessionBook, review: PlanningReview) -> tuple[_Tile, ...]:
    measures = (*review.goals, *review.indicators)
    reached = sum(trend.reached is True for trend in measures)
    done = sum(year.action.status is Status.DONE for year in review.actions)
    behind = len(review.behind)
    return (
        (reached, "0", of_reached(len(measures)), DASHBOARD),
        (behind, "0", of_behind(behind, len(book.plan.strategies)), BEHIND),
        (done, "0", finished_in_year(done), YEAR),
        _current_tile(book),
    )


def _current_tile(book: SessionBook) -> _Tile:
    asked, current = book.status.asked_for, book.status.current
    text = _CURRENT.filled(current=current, asked=asked) if asked else _NOTHING_ASKED
    return round(current / asked, 4) if asked else None, "0%", text, WHO


def _write_number(page: Page, first: int, last: int, count: float | None, style: Any) -> None:
    page.text(page.row, first, last, "" if count is not None else "–", style)
    if count is not None:
        page.sheet.write_number(page.row, first, count, style)


def _write_heading(page: Page, first: int, last: int, text: Text) -> None:
    style = page.book.styles.format(
        font_size=18, bold=True, font_color=NAVY, bottom=2, bottom_color=NAVY, valign="vcenter"
    )
    page.need(page.row, 32)
    page.text(page.row, first, last, page.book.word(text), style)
    page.row += 1


def _write_agenda(page: Page, anchors: Anchors, pages: Mapping[str, int]) -> None:
    book, session = page.book, page.book.agenda.session
    _write_heading(page, _LEFT, _LEFT_END, _AGENDA)
    begins = datetime.combine(session.date, session.time) if session.time else None
    for part in parts_of(book.agenda, book.review):
        _write_part(page, part, f"{begins:%H:%M}" if begins else "", anchors, pages)
        begins = begins + timedelta(minutes=part.minutes) if begins else None


def _write_part(page: Page, part: Part, begins: str, anchors: Anchors, pages: Mapping[str, int]) -> None:
    book, row = page.book, page.row
    line: dict[str, Any] = {"valign": "vcenter", "text_wrap": True, "top": 1, "top_color": RULE}
    bold = book.styles.format(**line, font_size=16, bold=True)
    soft = book.styles.format(**line, font_size=14, font_color=SOFT_INK, align="center")
    link = book.styles.format(**line, font_size=16, bold=True, font_color=LINK, underline=1, align="center")
    cells = [
        Cell(_LEFT, _LEFT, begins, bold, 16, bold=True),
        Cell(_MIDDLE, _MIDDLE, book.word(_MINUTES.filled(count=part.minutes)), soft, 14),
    ]
    if part.group is None:
        title = book.word(part.title) if part.title else ""
        cells.append(Cell(_TEXT, _LEFT_END, title, bold, 16, bold=True))
    else:
        cells.append(Cell(_TEXT, _LEFT_END, _strategy(book, part.group), bold, 16, bold=True))
    page.band(cells, least=28)
    if part.group is not None and part.sheet is not None:
        strategy = part.group.strategy.id if part.group.strategy else ""
        places = pages if part.sheet is STRATEGIES else anchors.strategies
        page.link(row, _ID, _ID, strategy or "→", book.link(part.sheet, places[strategy]), link)
    elif part.sheet is not None:
        page.link(row, _ID, _ID, "→", book.link(part.sheet), link)
    else:
        page.text(row, _ID, _ID, "", soft)


def _strategy(book: SessionBook, group: AgendaGroup) -> str:
    text = shortened(group.strategy.text, _LONGEST) if group.strategy else book.word(NO_STRATEGY)
    return f"{text} ({len(group.lines)})" if group.lines else text


def _write_overview(page: Page, anchors: Anchors) -> None:
    """Every line of the list, with a link to its card."""
    book = page.book
    lines = [line for group in book.agenda.discuss for line in group.lines]
    if not lines:
        return
    top = page.row
    page.gap(12)
    _write_heading(page, _LEFT, _RIGHT_END, _LIST)
    for line in lines[:_NAMED]:
        _write_line(page, line, anchors)
    if len(lines) > _NAMED:
        more = book.word(_MORE.filled(count=len(lines) - _NAMED, sheet=DISCUSS))
        page.text(page.row, _LEFT, _RIGHT_END, more, book.styles.format(font_size=14, font_color=SOFT_INK))
        page.need(page.row, 22)
        page.row += 1
    page.break_unless_fitting(top)


def _write_line(page: Page, line: AgendaLine, anchors: Anchors) -> None:
    book, action, row = page.book, line.action, page.row
    middle: dict[str, Any] = {
        "font_size": 14, "valign": "vcenter", "text_wrap": True, "bottom": 1, "bottom_color": RULE,
    }  # fmt: skip
    plain = book.styles.format(**middle)
    link = book.styles.format(**middle, font_color=LINK, underline=1, align="center", bold=True)
    badge = light_style(book, action.light, 14, bottom=1, bottom_color=PAPER)
    page.band(
        [
            Cell(_LEFT, _MIDDLE, book.light(action.light), badge, 14, bold=True),
            Cell(_TEXT, _LEFT_END, shortened(action.text, _LONGEST) or book.word(NO_TEXT), plain, 14),
            Cell(_RIGHT, _RIGHT, book.owner(action), plain, 14),
            Cell(_RIGHT_END, _RIGHT_END, " · ".join(book.word(why.text) for why in line.reasons), plain, 14),
        ],
        least=26,
    )
    page.link(row, _ID, _ID, action.id or "→", book.link(DISCUSS, anchors.actions[action.id]), link)
    page.text(row, _RIGHT - 1, _RIGHT - 1, "", plain)


def _write_lights(page: Page) -> None:
    """A tile for each light: how many now, and how many the previous time."""
    book, now, before = page.book, page.book.status.lights, page.book.status.previous_lights
    _write_heading(page, _LEFT, _RIGHT_END, _LIGHTS)
    page.gap(6)
    for (first, last), light in zip(_QUARTERS, LIGHT_ORDER, strict=True):
        look = look_of(light)
        tile: dict[str, Any] = {
            "bg_color": look.fill or PALE_GREY, "font_color": look.ink, "align": "center", "valign": "vcenter", **_GAP,
        }  # fmt: skip
        count = now.get(light, 0)
        then = _compared(book, count, before.get(light, 0)) if before else book.word(_NO_BEFORE)
        name = book.styles.format(**tile, font_size=20, bold=True, italic=look.italic)
        page.text(page.row, first, last, book.light(light), name)
        page.row += 1
        _write_number(page, first, last, count, book.styles.format(**tile, font_size=44, bold=True))
        page.row += 1
        page.text(page.row, first, last, then, book.styles.format(**tile, font_size=16))
        page.row -= 2
    for height in (32, 54, 28):
        page.gap(height)
    page.gap(8)


def _compared(book: SessionBook, now: int, before: int) -> str:
    text = _SAME if now == before else _MORE_NOW if now > before else _FEWER_NOW
    return book.word(text.filled(before=before, change=abs(now - before)))


def _write_going_well(page: Page) -> None:
    book, actions = page.book, page.book.agenda.going_well
    _write_heading(page, _RIGHT, _RIGHT_END, _GOING_WELL)
    plain = book.styles.format(font_size=14, valign="vcenter", text_wrap=True)
    soft = book.styles.format(font_size=14, font_color=SOFT_INK, valign="vcenter")
    for action in actions[: _NAMED // 2]:
        text = f"●  {shortened(action.text, _LONGEST) or book.word(NO_TEXT)} ({book.owner(action)})"
        _write_beside(page, text, plain)
    rest = len(actions) - _NAMED // 2
    if rest > 0:
        _write_beside(page, book.word(_MORE.filled(count=rest, sheet=BOARD)), soft)
    if not actions:
        _write_beside(page, book.word(_NONE_WELL), soft)


def _write_goals(page: Page, review: PlanningReview) -> None:
    """What the plan is for: each goal with its light, how it stands and what was aimed at."""
    book = page.book
    _write_heading(page, _RIGHT, _RIGHT_END, _GOALS)
    plain = book.styles.format(font_size=14, valign="vcenter", text_wrap=True)
    for trend in review.goals[: _NAMED // 2]:
        goal = trend.measure
        text = shortened(f"{goal.id}  {goal.text}", _LONGEST)
        said = ""
        if goal.actual is not None and goal.target is not None:
            now, target = figure(goal.actual, book.language), figure(goal.target, book.language)
            said = book.word(_OF.filled(actual=now, target=target))
        mark = look_of(goal.light).mark
        _write_beside(page, "  ".join(filter(None, (mark, text, said))), plain)
    if not review.goals:
        soft = book.styles.format(font_size=14, font_color=SOFT_INK, valign="vcenter")
        _write_beside(page, book.word(_NO_GOALS), soft)


def _write_beside(page: Page, text: str, style: Any) -> None:
    """A line of the right half: a row that is high enough already, or made higher."""
    page.need(page.row, height_of(text, page.room(_RIGHT, _RIGHT_END), 14))
    page.text(page.row, _RIGHT, _RIGHT_END, text, style)
    page.row += 1


def _write_foot(page: Page) -> None:
    book = page.book
    page.gap(12)
    link = book.styles.format(font_size=14, font_color=LINK, underline=1)
    soft = book.styles.format(font_size=14, font_color=SOFT_INK)
    page.need(page.row, 22)
    page.text(page.row, _LEFT, _ID, book.word(_ALSO), soft)
    columns = (_TEXT, _LEFT_END, _RIGHT, _RIGHT_END)
    for index, sheet in enumerate(_ELSEWHERE[type(book.review)]):
        column = columns[index % len(columns)]
        if index and column == columns[0]:
            page.row += 1
            page.need(page.row, 22)
        count = len(book.changes.changes)
        more = f" ({count})" if sheet is CHANGES and count else ""
        page.link(page.row, column, column, f"→ {book.word(sheet)}{more}", book.link(sheet), link)
    page.row += 1
    afterwards = book.now > book.agenda.session.reports_count_until
    made = (_MADE_AFTER if afterwards else _MADE).filled(
        day=book.day(book.now.date()), time=f"{book.now:%H:%M}"
    )
    page.need(page.row, 20)
    page.text(
        page.row, _LEFT, _RIGHT_END, book.word(made), book.styles.format(font_size=12, font_color=SOFT_INK)
    )
