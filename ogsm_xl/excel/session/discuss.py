"""To discuss: a card for every action on the list, per strategy, red first, with room for what the session decides.

What the session types is read back by the defined names `Discuss_item`, `Discuss_cause`, `Discuss_decision`,
`Discuss_deadline` and `Discuss_who`. Each is one column of the sheet from its first row to its last, the same rows in
all five. A row whose cell in `Discuss_item` is not blank belongs to the action with that ID; what was typed stands in
that row's cells of the other names. The names are the same in every language, and move along when rows are inserted.
(The IDs in `Discuss_item` stand in the margin and are not shown; what people see is the ID beneath the light.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from ogsm_xl.excel.house_style import ALARM, INK, LINK, NAVY, PALE_BLUE, PALE_GREY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    DISCUSS,
    NO_STRATEGY,
    NO_TEXT,
    PLAN_TIP,
    SessionBook,
    light_style,
    shortened,
)
from ogsm_xl.excel.session.choices import AS_TYPED, a_day, a_person
from ogsm_xl.excel.session.page import Cell, Page, bars, write_text
from ogsm_xl.letters.wording import overdue, until_day
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Decision, normalised_id, normalised_name
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.agenda import AgendaGroup, AgendaLine
from ogsm_xl.rhythm.days import spoken_day

_WIDTHS: Final = (1, 18, 43, 40, 39, 22, 22)
_MARGIN, _BADGE, _FIRST, _SECOND, _THIRD, _FOURTH, _LAST = range(7)
_INPUTS: Final = {"item": _MARGIN, "cause": _FIRST, "decision": _SECOND, "deadline": _FOURTH, "who": _LAST}
_POINTS: Final = 14
"""The smallest text on the sheet: it is read from the other end of the room."""
_TOGETHER: Final = 100
"""For how many cells one rule for typing holds; a list of cells that is too long is not for every program."""
_HEADLINE: Final = 500
"""How many characters of an action's or a strategy's text a card shows at most; what was reported is shown whole."""

_WHY = Text("Waarom hier?", "Why here?")
_EARLIER = Text("Eerder", "Before")
_TOLD: Final = (
    Text("Wat is er gedaan", "What was done"),
    Text("Komende periode", "Coming period"),
    Text("Nodig van het team", "Needed from the team"),
    Text("Voorgestelde wijziging", "Proposed change"),
)
_TO_TYPE: Final = (
    (_FIRST, _FIRST, Text("✎ Oorzaak", "✎ Cause")),
    (_SECOND, _THIRD, Text("✎ Besluit: wat doen we eraan?", "✎ Decision: what do we do about it?")),
    (_FOURTH, _FOURTH, Text("✎ Nieuwe deadline", "✎ New deadline")),
    (_LAST, _LAST, Text("✎ Wie", "✎ Who")),
)
_NO_DEADLINE = Text("Geen deadline", "No deadline")
_DEADLINE_WAS = Text("deadline was {day}", "deadline was {day}")
_DECIDED = Text("Besloten op {day}: {text}", "Decided on {day}: {text}")
_BY = Text("uiterlijk {day}", "by {day}")
_REPORTED = Text("verslag van {day}", "report of {day}")
_REPORTED_BY = Text("verslag van {day}, door {by}", "report of {day}, by {by}")
_DRIVER = Text("Aanjager: {name}", "Driver: {name}")
_ALL_WELL = Text(
    "Er is niets te bespreken: alles wat loopt staat op groen en heeft een actueel verslag.",
    "There is nothing to discuss: all that is running is green and has a current report.",
)
_NOTHING_RUNS = Text(
    "Er is niets te bespreken: er lopen geen acties.", "There is nothing to discuss: no actions are running."
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where things stand on the sheet, for links to them: rows counted from 0, by ID ("" for no strategy)."""

    strategies: Mapping[str, int] = field(default_factory=dict)
    actions: Mapping[str, int] = field(default_factory=dict)


def write_discuss(book: SessionBook) -> Anchors:
    """Write the sheet, and tell where its cards are."""
    page = Page(book, book.sheet(DISCUSS), _WIDTHS)
    lines = [line for group in book.agenda.discuss for line in group.lines]
    page.head(DISCUSS, book.counted_lights(Counter(line.action.light for line in lines)))
    strategies, actions = {}, {}
    typed: list[int] = []
    decisions = _latest_decisions(book)
    for group in book.agenda.discuss:
        top = page.row
        strategies[group.strategy.id if group.strategy else ""] = top
        _write_strategy(page, group)
        for line in group.lines:
            actions[line.action.id] = page.row
            typed.append(_write_card(page, line, decisions.get(normalised_id(line.action.id))))
            page.keep_together(top)
            top = page.row
    if not lines:
        page.gap(20)
        style = book.styles.format(font_size=18, text_wrap=True)
        nothing = _ALL_WELL if book.agenda.going_well else _NOTHING_RUNS
        page.band([Cell(_BADGE, _LAST, book.word(nothing), style, 18)])
    _name_inputs(page)
    _help_typing(page, typed)
    bars(page.sheet, 1, page.row - 1, _LAST)
    page.sheet.hide_row_col_headers()
    page.finish()
    return Anchors(strategies, actions)


def _write_strategy(page: Page, group: AgendaGroup) -> None:
    book, strategy = page.book, group.strategy
    band: dict[str, Any] = {
        "bg_color": PALE_GREY, "font_color": NAVY, "valign": "vcenter", "text_wrap": True, "font_size": 16,
    }  # fmt: skip
    name = shortened(strategy.text, _HEADLINE) if strategy else book.word(NO_STRATEGY)
    driver = book.word(_DRIVER.filled(name=strategy.owner)) if strategy and strategy.owner else ""
    code = book.styles.format(**band, bold=True, align="center")
    small = book.styles.format(**{**band, "font_size": 14, "indent": 1, "align": "left"})
    page.band(
        [
            Cell(_BADGE, _BADGE, strategy.id if strategy else "", code, 16, bold=True),
            Cell(
                _FIRST,
                _THIRD,
                name,
                book.styles.format(**band, bold=True, indent=1, align="left"),
                16,
                bold=True,
            ),
            Cell(_FOURTH, _LAST, driver, small, 14),
        ],
        least=32,
    )
    page.gap(8)


def _write_card(page: Page, line: AgendaLine, decision: Decision | None) -> int:
    """Write a card, and tell in which row the session types."""
    top = page.row
    _write_headline(page, line)
    _write_why(page, line)
    badge = light_style(page.book, line.action.light, 18)
    page.sheet.merge_range(top, _BADGE, page.row - 1, _BADGE, "", badge)
    write_text(page.sheet, top, _BADGE, page.book.light(line.action.light), badge)
    if decision is not None:
        _write_decision(page, decision)
    _write_told(page, line)
    _write_inputs(page, line)
    typed = page.row - 1
    page.gap(16)
    return typed


def _write_headline(page: Page, line: AgendaLine) -> None:
    book, action, row = page.book, line.action, page.row
    top: dict[str, Any] = {
        "top": 2, "top_color": NAVY, "valign": "vcenter", "text_wrap": True, "font_size": 16, "indent": 1, "align": "left",
    }  # fmt: skip
    missing = {} if action.owner else {"italic": True, "font_color": ALARM}
    text = shortened(action.text, _HEADLINE) or book.word(NO_TEXT)
    used = page.band(
        [
            Cell(
                _FIRST,
                _SECOND,
                text,
                book.styles.format(**{**top, "font_size": 18}, bold=True),
                18,
                bold=True,
            ),
            Cell(_THIRD, _THIRD, book.owner(action), book.styles.format(**top, **missing), 16),
        ],
        least=34,
    )
    late = {"font_color": ALARM, "bold": True} if line.days_overdue else {}
    for column in (_FOURTH, _LAST):
        for below in range(row + 1, row + used):
            page.sheet.write_blank(below, column, None, book.styles.format())
    _write_deadline(page, row, action.deadline, {**top, **late})
    progress = book.styles.format(
        **{**top, "indent": 0, "align": "right", "bg_color": PALE_GREY}, bold=True, num_format="0%"
    )
    if action.progress is None:
        page.sheet.write_blank(row, _LAST, None, progress)
    else:
        page.sheet.write_number(row, _LAST, action.progress / 100, progress)


def _write_deadline(page: Page, row: int, deadline: date | None, look: Mapping[str, Any]) -> None:
    book = page.book
    style = book.styles.format(**look, num_format=book.date_format)
    if deadline is None:
        page.text(row, _FOURTH, _FOURTH, book.word(_NO_DEADLINE), style)
    elif deadline.year <= 1900:  # Excel can't count with it
        page.text(row, _FOURTH, _FOURTH, book.day(deadline), style)
    else:
        page.sheet.write_datetime(row, _FOURTH, datetime.combine(deadline, time.min), style)


def _write_why(page: Page, line: AgendaLine) -> None:
    book = page.book
    reasons = "  ·  ".join(book.word(why.text) for why in line.reasons)
    middle: dict[str, Any] = {"valign": "vcenter", "text_wrap": True, "indent": 1, "align": "left"}
    bold = book.styles.format(**middle, font_size=14, bold=True, font_color=NAVY)
    soft = book.styles.format(**middle, font_size=_POINTS, font_color=SOFT_INK)
    page.band(
        [
            Cell(_FIRST, _SECOND, f"{book.word(_WHY)}  {reasons}", bold, 14, bold=True),
            Cell(_THIRD, _THIRD, _reported(book, line), soft, _POINTS),
            _how_late(book, line, middle),
        ],
        least=24,
    )


def _how_late(book: SessionBook, line: AgendaLine, middle: Mapping[str, Any]) -> Cell:
    deadline, before = line.action.deadline, book.changes.moved_deadline(line.action.id)
    was = book.word(_DEADLINE_WAS.filled(day=book.day(before))) if before else ""
    if line.days_overdue:
        late = book.styles.format(**middle, font_size=14, bold=True, font_color=ALARM)
        text = "\n".join(filter(None, (f"! {overdue(line.days_overdue, book.language)}", was)))
        return Cell(_FOURTH, _LAST, text, late, 14, bold=True)
    soft = book.styles.format(**middle, font_size=14, font_color=SOFT_INK)
    text = "\n".join(
        filter(None, (until_day(deadline, book.now.date(), book.language) if deadline else "", was))
    )
    return Cell(_FOURTH, _LAST, text, soft, 14)


def _reported(book: SessionBook, line: AgendaLine) -> str:
    report = line.report
    if report is None or report.made_at is None:
        return ""
    day = spoken_day(report.made_at.date(), book.now.date())
    if not report.by or normalised_name(report.by) == normalised_name(line.action.owner):
        return book.word(_REPORTED.filled(day=day))
    return book.word(_REPORTED_BY).format(day=book.word(day), by=report.by)


def _write_decision(page: Page, decision: Decision) -> None:
    book = page.book
    day = spoken_day(decision.decided_on or date.min, book.now.date())
    by = _BY.filled(day=spoken_day(decision.deadline, book.now.date())) if decision.deadline else None
    who = ", ".join(filter(None, (decision.owner, book.word(by) if by else "")))
    said = book.word(_DECIDED).format(day=book.word(day), text=decision.text)
    text = f"{said} ({who})" if who else said
    style = book.styles.format(
        font_size=14, italic=True, valign="vcenter", text_wrap=True, indent=1, align="left"
    )
    page.band([Cell(_FIRST, _LAST, text, style, 14)], least=22)


def _write_told(page: Page, line: AgendaLine) -> None:
    book = page.book
    caption, body = _caption(book), book.styles.format(font_size=14, text_wrap=True, indent=1, align="left")
    lights = "\n".join(book.light(light) for light in line.lights[1:])
    columns = ((_FIRST, _FIRST), (_SECOND, _SECOND), (_THIRD, _THIRD), (_FOURTH, _LAST))
    centred = book.styles.format(font_size=14, align="center", text_wrap=True)
    above = [
        Cell(*c, book.word(heading), caption, _POINTS) for c, heading in zip(columns, _TOLD, strict=True)
    ]
    if lights:
        above.append(
            Cell(_BADGE, _BADGE, book.word(_EARLIER), _caption(book, align="center", indent=0), _POINTS)
        )
    page.band(above, least=19)
    texts = zip(columns, _told(line), strict=True)
    page.band(
        [
            Cell(_BADGE, _BADGE, lights, centred, 14),
            *(Cell(*column, text or "–", body, 14) for column, text in texts),
        ]
    )


def _told(line: AgendaLine) -> tuple[str, str, str, str]:
    """Done, next, needed, proposal: as the row tells, or a later report that has not reached the row yet."""
    action, report = line.action, line.report
    row = (action.update, action.next, action.needed, action.proposal)
    if report is None or report.made_at is None:
        return row
    later = action.updated_on is None or report.made_at.date() > action.updated_on
    return (report.done, report.next, report.needed, report.proposal) if later or not any(row) else row


def _caption(book: SessionBook, **more: Any) -> Any:
    return book.styles.format(
        **{
            "font_size": _POINTS,
            "font_color": SOFT_INK,
            "valign": "bottom",
            "indent": 1,
            "align": "left",
            **more,
        }
    )


def _write_inputs(page: Page, line: AgendaLine) -> None:
    book = page.book
    page.band(
        [Cell(first, last, book.word(text), _caption(book), _POINTS) for first, last, text in _TO_TYPE],
        least=19,
    )
    row = page.row
    box: dict[str, Any] = {
        "bg_color": PALE_BLUE, "border": 1, "border_color": RULE, "font_size": 14, "font_color": INK,
        "text_wrap": True, "valign": "vcenter", "indent": 1, "align": "left",
    }  # fmt: skip
    for first, last, _ in _TO_TYPE:
        typed_as = book.date_format if first == _FOURTH else AS_TYPED
        page.text(row, first, last, "", book.styles.format(**box, num_format=typed_as))
    number: dict[str, Any] = {"font_size": 14, "bold": True, "align": "center", "valign": "vcenter"}
    if target := book.plan_link(line.action):
        style = book.styles.format(**number, font_color=LINK, underline=1)
        page.link(row, _BADGE, _BADGE, line.action.id, target, style, tip=book.word(PLAN_TIP))
    else:
        style = book.styles.format(**number, font_color=SOFT_INK)
        write_text(page.sheet, row, _BADGE, line.action.id, style)
    write_text(page.sheet, row, _MARGIN, line.action.id, book.styles.format(num_format=";;;", font_size=8))
    page.need(row, 42)
    page.row += 1


def _help_typing(page: Page, rows: Sequence[int]) -> None:
    """Ask for a date and offer the names in the cells where these are typed."""
    book = page.book
    for column, rule in ((_FOURTH, a_day(book)), (_LAST, a_person(book))):
        for start in range(0, len(rows), _TOGETHER):
            cells = [[row, column, row, column] for row in rows[start : start + _TOGETHER]]
            page.sheet.data_validation(*cells[0], {**rule, "other_cells": cells[1:]})


def _latest_decisions(book: SessionBook) -> Mapping[str, Decision]:
    """Action ID (normalised) to the last decision about it that an earlier session took."""
    session = normalised_id(book.agenda.session.id)
    earlier = [
        decision
        for decision in book.plan.decisions
        if decision.item
        and decision.decided_on is not None
        and decision.decided_on <= book.now.date()
        and normalised_id(decision.session) != session
    ]
    by_day = sorted(earlier, key=lambda decision: decision.decided_on or date.min)
    return {normalised_id(decision.item): decision for decision in by_day}


def _name_inputs(page: Page) -> None:
    book, last = page.book, max(page.row, 2)
    sheet = quoted_sheet(book.word(DISCUSS))
    for name, column in _INPUTS.items():
        letters = column_letters(column + 1)
        book.workbook.define_name(f"Discuss_{name}", f"={sheet}!${letters}$2:${letters}${last}")
