"""What a planning session updates: the world in and around the organisation, then the plan from actions up to dashboard.

Every list is a native table with blank rows below it for what is new. Its first column holds the number of the row in
the plan, blank for what is new; headings with a pencil are for typing, and its last two columns hold what is decided
(one of a few words) and a remark. The tables: `Factors_strength`, `Factors_vulnerability`, `Factors_opportunity`,
`Factors_risk`, `Factors_change`, `Factors_scenario`, `Update_actions`, `Update_choices`, `Update_measures`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ogsm_xl.excel.house_style import NAVY
from ogsm_xl.excel.session.book import (
    ACTIONS_NEXT,
    AROUND,
    CHOICES_NEXT,
    FACTORS,
    MEASURES_NEXT,
    PLAN_TIP,
    SessionBook,
    strategy_of,
)
from ogsm_xl.excel.session.choices import a_day, a_person, a_strategy, as_chosen, one_of
from ogsm_xl.excel.session.page import Cell, Page
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.letters.wording import FACTOR_NAMES
from ogsm_xl.plan.measures import direction_of
from ogsm_xl.plan.model import Factor, Goal, Indicator, Item
from ogsm_xl.plan.words import Direction, FactorKind, Status, Text
from ogsm_xl.rhythm.planning import PlanningReview

_POINTS: Final = 14
_NEW_FACTORS, _NEW_ITEMS = 3, 8
"""How many blank rows there are for what is new; a table grows when more is typed below it."""

_KEEP: Final = (
    Text("Blijft", "Stays"),
    Text("Wijzigt", "Changes"),
    Text("Vervalt", "Goes"),
    Text("Nieuw", "New"),
)
_LIKELY: Final = (Text("klein", "small"), Text("middel", "medium"), Text("groot", "large"))
_INSIDE = Text(
    "Wat is er in een jaar veranderd? Werk de lijsten bij", "What changed in a year? Update the lists"
)
_OUTSIDE = Text(
    "Wat verandert er om ons heen, en hoe waarschijnlijk is elk scenario?",
    "What is changing around us, and how likely is each scenario?",
)
_FROM_BELOW = Text(
    "Van onderaf: welke acties blijven, veranderen of komen erbij?",
    "From below: which actions stay, change or are added?",
)
_THEN_CHOICES = Text(
    "Volgen de keuzes uit die acties? Doel door hoe, hoogstens zeven",
    "Do the choices follow from those actions? Goal by how, seven at most",
)
_THEN_MEASURES = Text(
    "Waaraan zien we dat het lukt? Liefst cijfers die er al zijn",
    "What tells us that it works? Preferably figures that exist already",
)
_FACTOR_SHEETS: Final = (
    (
        FACTORS,
        _INSIDE,
        (FactorKind.STRENGTH, FactorKind.VULNERABILITY, FactorKind.OPPORTUNITY, FactorKind.RISK),
    ),
    (AROUND, _OUTSIDE, (FactorKind.CHANGE, FactorKind.SCENARIO)),
)
_DECIDE: Final = (
    Heading(Text("✎ Besluit", "✎ Decision"), 14, centred=True, to_fill=True),
    Heading(Text("✎ Opmerking", "✎ Remark"), 34, wraps=True, to_fill=True),
)
_NUMBER: Final = Heading(Text("Nr.", "No."), 9, centred=True, bold=True)
_LIGHT: Final = Heading(Text("Licht", "Light"), 14, centred=True)


def write_updates(book: SessionBook, review: PlanningReview) -> None:
    """Write the five sheets."""
    for sheet, about, kinds in _FACTOR_SHEETS:
        _write_factors(book, sheet, about, [(kind, review.factors[kind]) for kind in kinds])
    _write_actions(book)
    _write_choices(book)
    _write_measures(book)


def _write_factors(
    book: SessionBook, sheet: Text, about: Text, lists: Sequence[tuple[FactorKind, Sequence[Factor]]]
) -> None:
    headings = (
        _NUMBER,
        Heading(Text("✎ Wat zien we?", "✎ What do we see?"), 56, wraps=True, to_fill=True),
        Heading(Text("✎ Wat betekent het voor het plan?", "✎ What does it mean for the plan?"), 52, wraps=True, to_fill=True),
        Heading(Text("✎ Waarschijnlijk", "✎ Likelihood"), 21, centred=True, to_fill=True),
        Heading(Text("Genoteerd", "Noted"), 14, book.date_format, centred=True),
        *_DECIDE,
    )  # fmt: skip
    page = _begin(book, sheet, about, headings)
    bold = book.styles.format(font_size=18, bold=True, font_color=NAVY, valign="vcenter")
    for kind, factors in lists:
        top = page.row
        page.gap(8)
        page.band([Cell(1, 3, book.word(FACTOR_NAMES[kind]), bold, 18, bold=True)], least=30)
        rows = [
            (factor.id, factor.text, factor.meaning, factor.likelihood, factor.noted_on, None, None)
            for factor in factors
        ]
        first = _fill(page, f"Factors_{kind.key}", headings, rows, _NEW_FACTORS)
        _choose(page, first, {4: one_of(book, _LIKELY), 6: one_of(book, _KEEP)})
        page.keep_together(top)
    _end(page, frozen=1)


def _write_actions(book: SessionBook) -> None:
    headings = (
        _NUMBER,
        Heading(Text("✎ Actie", "✎ Action"), 54, wraps=True, to_fill=True),
        Heading(Text("✎ Strategie", "✎ Strategy"), 40, wraps=True, to_fill=True),
        Heading(Text("✎ Eigenaar", "✎ Owner"), 20, wraps=True, to_fill=True),
        Heading(Text("✎ Deadline", "✎ Deadline"), 15, book.date_format, centred=True, to_fill=True),
        Heading(Text("Status", "Status"), 14, centred=True),
        _LIGHT,
        *_DECIDE,
    )
    page = _begin(book, ACTIONS_NEXT, _FROM_BELOW, headings)
    page.gap(8)
    first = _fill(page, "Update_actions", headings, _actions(book), _NEW_ITEMS)
    _choose(page, first, {3: a_strategy(book), 4: a_person(book), 5: a_day(book), 8: one_of(book, _KEEP)})
    book.styles.colour_lights(page.sheet, (first, 7, page.row - 1, 7))
    _end(page)


def _actions(book: SessionBook) -> Iterator[Sequence[Value]]:
    for action in book.plan.actions:
        if action.status is not Status.DONE:
            strategy = strategy_of(book.plan, action)
            yield (
                _number(book, action),
                action.text,
                as_chosen(strategy) if strategy else "",
                action.owner,
                action.deadline,
                (action.status or Status.TO_DO).word(book.language),
                action.light.word(book.language) if action.light else "",
                None,
                None,
            )


def _write_choices(book: SessionBook) -> None:
    headings = (
        _NUMBER,
        Heading(Text("✎ Strategie: doel door hoe", "✎ Strategy: goal by how"), 66, wraps=True, to_fill=True),
        Heading(Text("✎ Aanjager", "✎ Driver"), 24, wraps=True, to_fill=True),
        Heading(Text("Soort", "Kind"), 26, centred=True),
        Heading(Text("✎ Voor welke doelen", "✎ For which goals"), 18, centred=True, to_fill=True),
        _LIGHT,
        *_DECIDE,
    )
    page = _begin(book, CHOICES_NEXT, _THEN_CHOICES, headings)
    page.gap(8)
    rows = [
        (
            _number(book, strategy),
            strategy.text,
            strategy.owner,
            strategy.kind.word(book.language) if strategy.kind else "",
            ", ".join(strategy.goals),
            strategy.light.word(book.language) if strategy.light else "",
            None,
            None,
        )
        for strategy in book.plan.strategies
    ]
    first = _fill(page, "Update_choices", headings, rows, _NEW_ITEMS // 2)
    _choose(page, first, {3: a_person(book), 7: one_of(book, _KEEP)})
    book.styles.colour_lights(page.sheet, (first, 6, page.row - 1, 6))
    _end(page)


def _write_measures(book: SessionBook) -> None:
    headings = (
        _NUMBER,
        Heading(Text("✎ Doel of indicator", "✎ Goal or indicator"), 50, wraps=True, to_fill=True),
        Heading(Text("Strategie", "Strategy"), 11, centred=True),
        Heading(Text("✎ Eenheid", "✎ Unit"), 18, wraps=True, to_fill=True),
        Heading(Text("Nulmeting", "Baseline"), 13, "General", centred=True),
        Heading(Text("Nu", "Now"), 11, "General", centred=True),
        Heading(Text("✎ Streefwaarde", "✎ Target"), 19, "General", centred=True, to_fill=True),
        Heading(Text("✎ Bovengrens", "✎ Upper edge"), 18, "General", centred=True, to_fill=True),
        Heading(Text("✎ Streefdatum", "✎ Target date"), 19, book.date_format, centred=True, to_fill=True),
        Heading(Text("✎ Eigenaar", "✎ Owner"), 20, wraps=True, to_fill=True),
        *_DECIDE,
    )
    page = _begin(book, MEASURES_NEXT, _THEN_MEASURES, headings)
    page.gap(8)
    measures: Sequence[Goal | Indicator] = (*book.plan.goals, *book.plan.indicators)
    rows = [_measure(book, each) for each in measures]
    first = _fill(page, "Update_measures", headings, rows, _NEW_ITEMS)
    book.styles.group_thousands(page.sheet, (first, 5, page.row - 1, 8), f"$F{first + 1}")
    _choose(page, first, {9: a_day(book), 10: a_person(book), 11: one_of(book, _KEEP)})
    _end(page)


def _measure(book: SessionBook, measure: Goal | Indicator) -> Sequence[Value]:
    serves = ", ".join(measure.strategies) if isinstance(measure, Indicator) else ""
    owner = measure.owner if isinstance(measure, Indicator) else ""
    upper = (
        measure.upper if isinstance(measure, Indicator) and direction_of(measure) is Direction.BAND else None
    )
    figures = (measure.baseline, measure.actual, measure.target, upper, measure.target_date)
    return (_number(book, measure), measure.text, serves, measure.unit, *figures, owner, None, None)


def _number(book: SessionBook, item: Item | Goal) -> Link:
    return Link(item.id, book.plan_link(item), book.word(PLAN_TIP))


def _begin(book: SessionBook, sheet: Text, about: Text, headings: Sequence[Heading]) -> Page:
    page = Page(book, book.sheet(sheet), (1, *(heading.width for heading in headings)))
    page.head(sheet, book.word(about))
    return page


def _fill(
    page: Page,
    name: str,
    headings: Sequence[Heading],
    rows: Iterator[Sequence[Value]] | Sequence[Sequence[Value]],
    new: int,
) -> int:
    """Write a table with blank rows at its end; returns its first row."""
    first = page.row + 1
    blank: Sequence[Value] = [None] * len(headings)
    write_table(page, name, headings, [*rows, *[blank] * new], points=_POINTS, least=34)
    return first


def _choose(page: Page, first: int, rules: Mapping[int, dict[str, Any]]) -> None:
    for column, rule in rules.items():
        page.sheet.data_validation(first, column, page.row - 1, column, rule)


def _end(page: Page, *, frozen: int = 3) -> None:
    page.sheet.hide_row_col_headers()
    page.finish(frozen=(frozen, 0))
