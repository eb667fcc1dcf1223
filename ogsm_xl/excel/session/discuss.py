"""To discuss: a card for every action on the list, per strategy, red first, with room for what the session decides.

What the session types is read back by the defined names `Discuss_item`, `Discuss_cause`, `Discuss_decision`,
`Discuss_deadline` and `Discuss_who`. Each is one column of the sheet from its first row to its last, the same rows in
all five. A row whose cell in `Discuss_item` is not blank belongs to the action with that ID; what was typed stands in
that row's cells of the other names. The names are the same in every language, and move along when rows are inserted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from ogsm_xl.excel.house_style import ALARM, INK, NAVY, PALE_BLUE, PALE_GREY, PAPER, RULE, SOFT_INK
from ogsm_xl.excel.session.book import (
    DISCUSS,
    LIGHT_ORDER,
    NO_OWNER,
    NO_STRATEGY,
    Page,
    SessionBook,
    date_format,
    light_style,
    set_up,
    write_head,
    write_text,
)
from ogsm_xl.letters.wording import overdue
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Action, Decision, normalised_id
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.agenda import AgendaGroup, AgendaLine
from ogsm_xl.rhythm.days import spoken_day

_WIDTHS: Final = (1.5, 18, 44, 40, 40, 18, 23)
_BADGE, _FIRST, _SECOND, _THIRD, _FOURTH, _LAST = 1, 2, 3, 4, 5, 6
_INPUTS: Final = {"item": _BADGE, "cause": _FIRST, "decision": _SECOND, "deadline": _FOURTH, "who": _LAST}

_WHY = Text("Waarom hier?", "Why here?")
_DONE = Text("Wat is er gedaan", "What was done")
_NEXT = Text("Komende periode", "Coming period")
_NEEDED = Text("Nodig van het team", "Needed from the team")
_PROPOSAL = Text("Voorgestelde wijziging", "Proposed change")
_CAUSE = Text("✎ Oorzaak", "✎ Cause")
_DECISION = Text("✎ Besluit: wat doen we eraan?", "✎ Decision: what do we do about it?")
_NEW_DEADLINE = Text("✎ Nieuwe deadline", "✎ New deadline")
_BY_WHOM = Text("✎ Wie", "✎ Who")
_EARLIER = Text("Eerder", "Before")
_NOTHING = Text("–", "–")
_NO_DEADLINE = Text("Geen deadline", "No deadline")
_DECIDED = Text("Besloten op {day}", "Decided on {day}")
_REPORTED = Text("Verslag van {day}, door {by}", "Report of {day}, by {by}")
_DRIVER = Text("Aanjager: {name}", "Driver: {name}")
_NOTHING_TO_DISCUSS = Text(
    "Er is niets te bespreken: alles wat loopt staat op groen en heeft een actueel verslag.",
    "There is nothing to discuss: all that is running is green and has a current report.",
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where things stand on the sheet, for links to them: rows counted from 0, by ID ("" for no strategy)."""

    strategies: Mapping[str, int]
    actions: Mapping[str, int]


def write_discuss(book: SessionBook) -> Anchors:
    """Write the sheet, and tell where its cards are."""
    page = Page(book, book.sheet(DISCUSS), _WIDTHS)
    write_head(page, DISCUSS, _counted(book), _LAST)
    strategies, actions = {}, {}
    decisions = _latest_decisions(book)
    first = page.row
    for group in book.agenda.discuss:
        strategies[group.strategy.id if group.strategy else ""] = page.row
        _write_strategy(page, group)
        for line in group.lines:
            actions[line.action.id] = page.row
            _write_card(page, line, decisions.get(normalised_id(line.action.id)))
    if not book.agenda.discuss:
        page.need(page.row + 1, 40)
        page.text(page.row + 1, 1, _LAST, book.word(_NOTHING_TO_DISCUSS), book.styles.format(font_size=18))
        page.row += 2
    _finish(page, first)
    return Anchors(strategies, actions)


def _counted(book: SessionBook) -> str:
    lines = [line for group in book.agenda.discuss for line in group.lines]
    counts = [(light, sum(line.action.light is light for line in lines)) for light in LIGHT_ORDER]
    return "     ".join(f"{book.light(light)}: {count}" for light, count in counts if count)


def _write_strategy(page: Page, group: AgendaGroup) -> None:
    book, strategy = page.book, group.strategy
    points = 16
    band: dict[str, Any] = {
        "bg_color": PALE_GREY, "font_color": NAVY, "bold": True, "font_size": points,
        "valign": "vcenter", "text_wrap": True, "bottom": 2, "bottom_color": NAVY,
    }  # fmt: skip
    style = book.styles.format(**band)
    row = page.row
    text = strategy.text if strategy else book.word(NO_STRATEGY)
    page.need(row, 32)
    page.need_text(row, _FIRST, _THIRD, text, points, bold=True)
    write_text(page.sheet, row, _BADGE, strategy.id if strategy else "", book.styles.format(**band, align="center"))
    page.text(row, _FIRST, _THIRD, text, style)
    driver = book.word(_DRIVER.filled(name=strategy.owner)) if strategy and strategy.owner else ""
    page.need_text(row, _FOURTH, _LAST, driver, 14)
    page.text(row, _FOURTH, _LAST, driver, book.styles.format(**{**band, "font_size": 14, "bold": False}))
    page.row += 1
    page.need(page.row, 8)
    page.row += 1


def _write_card(page: Page, line: AgendaLine, decision: Decision | None) -> None:
    _write_headline(page, line)
    _write_why(page, line)
    if decision is not None:
        _write_earlier_decision(page, decision)
    _write_told(page, line)
    _write_inputs(page, line)
    page.need(page.row, 16)
    page.row += 1


def _write_headline(page: Page, line: AgendaLine) -> None:
    book, action, row = page.book, line.action, page.row
    top: dict[str, Any] = {"top": 2, "top_color": NAVY, "valign": "vcenter", "text_wrap": True}
    page.need(row, 34)
    badge = light_style(book, action.light, 18)
    page.sheet.merge_range(row, _BADGE, row + 1, _BADGE, "", badge)
    write_text(page.sheet, row, _BADGE, book.light(action.light), badge)
    page.need_text(row, _FIRST, _SECOND, action.text, 18, bold=True)
    page.text(row, _FIRST, _SECOND, action.text, book.styles.format(**top, font_size=18, bold=True))
    owner = action.owner or book.word(NO_OWNER)
    page.need_text(row, _THIRD, _THIRD, owner, 16)
    missing: dict[str, Any] = {} if action.owner else {"italic": True, "font_color": ALARM}
    page.text(row, _THIRD, _THIRD, owner, book.styles.format(**{**top, "font_size": 16, **missing}))
    _write_deadline(page, row, line, top)
    style = book.styles.format(**top, font_size=16, bold=True, num_format="0%", align="right")
    if action.progress is None:
        page.sheet.write_blank(row, _LAST, None, style)
    else:
        page.sheet.write_number(row, _LAST, action.progress / 100, style)
    page.row += 1


def _write_deadline(page: Page, row: int, line: AgendaLine, top: Mapping[str, Any]) -> None:
    book, deadline = page.book, line.action.deadline
    late = {"font_color": ALARM, "bold": True} if line.days_overdue else {}
    style = book.styles.format(
        **{**top, "font_size": 16, "align": "left", "num_format": date_format(book), **late}
    )
    if deadline is None or deadline.year <= 1900:
        page.need_text(row, _FOURTH, _FOURTH, book.word(_NO_DEADLINE), 16)
        text = book.day(deadline) if deadline else book.word(_NO_DEADLINE)
        page.text(row, _FOURTH, _FOURTH, text, style)
    else:
        page.sheet.write_datetime(row, _FOURTH, datetime.combine(deadline, datetime.min.time()), style)


def _write_why(page: Page, line: AgendaLine) -> None:
    book, row = page.book, page.row
    reasons = " · ".join(book.word(why.text) for why in line.reasons)
    why = f"{book.word(_WHY)} {reasons}"
    style = book.styles.format(font_size=14, bold=True, font_color=NAVY, valign="vcenter", text_wrap=True)
    page.need(row, 24)
    page.need_text(row, _FIRST, _SECOND, why, 14, bold=True)
    page.text(row, _FIRST, _SECOND, why, style)
    soft = book.styles.format(font_size=12, font_color=SOFT_INK, valign="vcenter", text_wrap=True)
    page.text(row, _THIRD, _THIRD, _reported(book, line), soft)
    page.need_text(row, _THIRD, _THIRD, _reported(book, line), 12)
    late = f"! {overdue(line.days_overdue, book.language)}" if line.days_overdue else ""
    alarm = book.styles.format(font_size=14, bold=True, font_color=ALARM, valign="vcenter", text_wrap=True)
    page.text(row, _FOURTH, _LAST, late, alarm)
    page.row += 1


def _reported(book: SessionBook, line: AgendaLine) -> str:
    report = line.report
    if report is None or report.made_at is None:
        return ""
    day = spoken_day(report.made_at.date(), book.now.date())
    return book.word(_REPORTED.filled(day=day, by=report.by or "?"))


def _write_earlier_decision(page: Page, decision: Decision) -> None:
    book, row = page.book, page.row
    day = spoken_day(decision.decided_on or date.min, book.now.date())
    said = ". ".join(filter(None, [decision.text.rstrip("."), decision.owner]))
    text = f"{book.word(_DECIDED.filled(day=day))}: {said}"
    style = book.styles.format(font_size=14, italic=True, valign="vcenter", text_wrap=True)
    page.need_text(row, _FIRST, _LAST, text, 14)
    page.text(row, _FIRST, _LAST, text, style)
    page.row += 1


def _write_told(page: Page, line: AgendaLine) -> None:
    book = page.book
    caption = _caption(book)
    row = page.row
    told = _told(line)
    cells = ((_FIRST, _FIRST, _DONE), (_SECOND, _SECOND, _NEXT), (_THIRD, _THIRD, _NEEDED), (_FOURTH, _LAST, _PROPOSAL))
    body = book.styles.format(font_size=14, text_wrap=True, **{"bottom": 1, "bottom_color": RULE})
    page.need(row, 19)
    if line.lights[1:]:
        earlier = "\n".join(book.light(light) for light in line.lights[1:])
        page.text(row, _BADGE, _BADGE, book.word(_EARLIER), _caption(book, align="center"))
        page.text(row + 1, _BADGE, _BADGE, earlier, book.styles.format(font_size=14, align="center", text_wrap=True))
        page.need_text(row + 1, _BADGE, _BADGE, earlier, 14)
    for (first, last, heading), text in zip(cells, told, strict=True):
        page.text(row, first, last, book.word(heading), caption)
        page.need_text(row + 1, first, last, text, 14)
        page.text(row + 1, first, last, text or book.word(_NOTHING), body)
    page.row += 2


def _told(line: AgendaLine) -> tuple[str, str, str, str]:
    """Done, next, needed, proposal: as the row tells, or as the latest report does that has not reached the row yet."""
    action, report = line.action, line.report
    row = (action.update, action.next, action.needed, action.proposal)
    if report is None or report.made_at is None:
        return row
    newer = action.updated_on is None or report.made_at.date() > action.updated_on
    return (report.done, report.next, report.needed, report.proposal) if newer or not any(row) else row


def _caption(book: SessionBook, **more: Any) -> Any:
    return book.styles.format(**{"font_size": 11, "font_color": SOFT_INK, "valign": "bottom", **more})


def _write_inputs(page: Page, line: AgendaLine) -> None:
    book, row = page.book, page.row
    page.need(row, 19)
    headings = ((_FIRST, _FIRST, _CAUSE), (_SECOND, _THIRD, _DECISION), (_FOURTH, _FOURTH, _NEW_DEADLINE), (_LAST, _LAST, _BY_WHOM))
    box: dict[str, Any] = {
        "bg_color": PALE_BLUE, "border": 1, "border_color": RULE, "font_size": 14, "text_wrap": True, "locked": False,
    }  # fmt: skip
    for first, last, heading in headings:
        page.text(row, first, last, book.word(heading), _caption(book))
        style = box | ({"num_format": date_format(book), "align": "left"} if first == _FOURTH else {})
        page.text(row + 1, first, last, "", book.styles.format(**style))
    page.need(row + 1, 44)
    write_text(
        page.sheet, row + 1, _BADGE, line.action.id,
        book.styles.format(font_size=14, bold=True, font_color=SOFT_INK, align="center", valign="vcenter"),
    )  # fmt: skip
    page.row += 2


def _latest_decisions(book: SessionBook) -> Mapping[str, Decision]:
    """Action ID (normalised) to the last decision about it before this session."""
    dated = [d for d in book.plan.decisions if d.decided_on is not None and d.decided_on <= book.now.date()]
    return {
        normalised_id(decision.item): decision
        for decision in sorted(dated, key=lambda d: d.decided_on or date.min)
        if decision.item and normalised_id(decision.session) != normalised_id(book.agenda.session.id)
    }


def _finish(page: Page, first: int) -> None:
    book = page.book
    last = max(page.row - 1, first)
    for name, column in _INPUTS.items():
        letters = column_letters(column + 1)
        where = f"={quoted_sheet(book.word(DISCUSS))}!${letters}${first + 1}:${letters}${last + 1}"
        book.workbook.define_name(f"Discuss_{name}", where)
    book.styles.progress_bars(page.sheet, (first, _LAST, last, _LAST))
    set_up(page, zoom=100)
