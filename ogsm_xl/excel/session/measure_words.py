"""How an indicator's figures are said: with the right number format, and whether they move the right way."""

from __future__ import annotations

from ogsm_xl.excel.session.book import SessionBook, shortened
from ogsm_xl.letters.wording import figure
from ogsm_xl.plan.measures import direction_of
from ogsm_xl.plan.words import Direction, Language, Text
from ogsm_xl.rhythm.trends import Trend

_LONGEST_UNIT = 30  # characters
_BAND = Text("{lower} tot {upper}", "{lower} to {upper}")
_REACHED = Text("√ gehaald", "√ reached")
_NOT_REACHED = Text("nog niet gehaald", "not reached yet")
_INSIDE = Text("√ binnen de bandbreedte", "√ within the band")
_OUTSIDE = Text("! buiten de bandbreedte", "! outside the band")
_UNMEASURED = Text("nog niet gemeten", "not measured yet")
_BETTER = Text("↑ beter: {change} sinds {day}", "↑ better: {change} since {day}")
_WORSE = Text("↓ slechter: {change} sinds {day}", "↓ worse: {change} since {day}")
_SAME = Text("= gelijk aan {day}", "= the same as on {day}")
_CHANGED = Text("{change} sinds {day}", "{change} since {day}")


def format_of(value: float, unit: str) -> str:
    """The number format for a value in this unit: thousands apart from 10,000 on, and the sign % where that is the unit."""
    plain = "#,##0" if abs(value) >= 10_000 else "General"
    return f'{plain}"%"' if unit.strip() == "%" else plain


def target_of(trend: Trend, language: Language) -> str:
    """What is aimed at, within a text: the target, or a band with both its edges; "" where there is none."""
    target = trend.measure.target
    if target is None:
        return ""
    if trend.upper is None:
        return figure(target, language)
    edges = _BAND.filled(lower=figure(target, language), upper=figure(trend.upper, language))
    return edges.in_(language)


def standing(book: SessionBook, trend: Trend) -> str:
    """Whether the target is reached, and how the last measurement compares with the one before."""
    return "   ".join(filter(None, (_reached(book, trend), moved(book, trend))))


def moved(book: SessionBook, trend: Trend) -> str:
    """How the last measurement compares with the one before; "" where there is no earlier one."""
    if trend.change is None:
        return ""
    text = _SAME if not trend.change else {True: _BETTER, False: _WORSE, None: _CHANGED}[trend.improved]
    sign = "+" if trend.change > 0 else "−"
    change = sign + figure(round(abs(trend.change), 4), book.language)
    return book.word(text.filled(change=change, day=book.day(trend.points[-2].day)))


def _reached(book: SessionBook, trend: Trend) -> str:
    if trend.measure.actual is None:
        return book.word(_UNMEASURED)
    if trend.reached is None:
        return ""
    if direction_of(trend.measure) is Direction.BAND:
        return book.word(_INSIDE if trend.reached else _OUTSIDE)
    return book.word(_REACHED if trend.reached else _NOT_REACHED)


def about(book: SessionBook, trend: Trend) -> str:
    """Unit, and which way is better."""
    direction = direction_of(trend.measure)
    way = direction.word(book.language).lower() if direction else ""
    return "  ·  ".join(filter(None, (shortened(trend.measure.unit, _LONGEST_UNIT), way)))
