"""How the minutes of a session are divided over its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from ogsm_xl.excel.session.book import (
    ACTIONS_NEXT,
    AROUND,
    BEHIND,
    CHOICES_NEXT,
    DASHBOARD,
    DISCUSS,
    DONE,
    EVALUATION,
    FACTORS,
    MEASURES_NEXT,
    NEW_ACTIONS,
    PRIORITIES,
    RESULTS,
    STRATEGIES,
    YEAR,
)
from ogsm_xl.plan.words import SessionKind, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda, AgendaGroup
from ogsm_xl.rhythm.planning import PlanningReview
from ogsm_xl.rhythm.reviews import Review
from ogsm_xl.rhythm.steering import SteeringReview, StrategyPage

_LENGTH: Final = {SessionKind.DOING: 60, SessionKind.STEERING: 120, SessionKind.PLANNING: 240}
"""How long a session takes, in minutes, where the calendar does not say."""
_WEIGHTS: Final = {TrafficLight.RED: 3, TrafficLight.ORANGE: 2}  # the others 1
_OPENING, _CLOSING, _CHECK_EACH, _CHECK_MOST = 5, 5, 2, 10

OPENING: Final = Text("Welkom: hoe staan we ervoor?", "Welcome: how do we stand?")
CHECK: Final = Text(
    "Afgerond sinds vorige keer: is al het werk gedaan?", "Done since last time: is all the work done?"
)
CLOSING: Final = Text("Besluiten doornemen en afsluiten", "Go through the decisions and close")


_BACK_AND_AHEAD: Final = (
    (Text("Resultaten: wat leverde het kwartaal op?", "Results: what did the quarter bring?"), RESULTS, 2),
    (Text("Evaluatie: hoe werken we samen?", "Evaluation: how do we work together?"), EVALUATION, 4),
    (Text("Vooruit: welke acties zijn er nodig?", "Ahead: which actions are needed?"), NEW_ACTIONS, 3),
    (Text("Prioriteiten van het komende kwartaal", "Priorities of the coming quarter"), PRIORITIES, 3),
)
_YEARLY: Final = (
    (Text("Dashboard: wat hebben we bereikt?", "Dashboard: what did we reach?"), DASHBOARD, 4),
    (
        Text("Welke strategieën lopen achter, en waardoor?", "Which strategies are behind, and why?"),
        BEHIND,
        4,
    ),
    (Text("Het jaar: wat is er gedaan?", "The year: what was done?"), YEAR, 2),
    (
        Text(
            "Sterke punten, kwetsbaarheden, kansen, risico's",
            "Strengths, vulnerabilities, opportunities, risks",
        ),
        FACTORS,
        3,
    ),
    (Text("Omgeving en scenario's", "Environment and scenarios"), AROUND, 3),
    (Text("Welke acties zijn er nodig?", "Which actions are needed?"), ACTIONS_NEXT, 4),
    (Text("Kloppen de strategische keuzes nog?", "Do the strategic choices still hold?"), CHOICES_NEXT, 4),
    (Text("Waaraan meten we het?", "What do we measure it by?"), MEASURES_NEXT, 2),
)
"""The parts after the opening: what it is, its sheet, how much it weighs."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the session.

    Attributes:
        minutes: How long it takes.
        title: What it is, for a part that is no strategy.
        group: The strategy's actions that are discussed, or None.
        sheet: The sheet that it is about, or None.
    """

    minutes: int
    title: Text | None = None
    group: AgendaGroup | None = None
    sheet: Text | None = None


def parts_of(agenda: Agenda, review: Review = None) -> tuple[Part, ...]:
    """The session from welcome to closing; the minutes add up to its length, unless there is nothing to discuss."""
    match review:
        case None:
            return _doing(agenda)
        case SteeringReview():
            return _steering(agenda, review)
        case PlanningReview():
            return _planning(agenda)
        case _:
            assert_never(review)


def _doing(agenda: Agenda) -> tuple[Part, ...]:
    """What is left after welcome, check and closing goes to the strategies.

    A red action counts for three, an orange one for two, any other for one.
    """
    check = min(_CHECK_MOST, _CHECK_EACH * len(agenda.done_since))
    length = agenda.session.minutes or _LENGTH[agenda.session.kind]
    fixed = _fitted([_OPENING, check, _CLOSING], length // 2 if agenda.discuss else length)
    shares = _divided(max(length - sum(fixed), 0), [_weight(group) for group in agenda.discuss])
    return (
        Part(fixed[0], OPENING),
        *([Part(fixed[1], CHECK, sheet=DONE)] if agenda.done_since else []),
        *(
            Part(minutes, group=group, sheet=DISCUSS)
            for minutes, group in zip(shares, agenda.discuss, strict=True)
        ),
        Part(fixed[2], CLOSING),
    )


def _steering(agenda: Agenda, review: SteeringReview) -> tuple[Part, ...]:
    """Half of it for the strategies, by their own light and that of their actions; then back, ahead, and closing."""
    lines = {group.strategy.id if group.strategy else "": group for group in agenda.discuss}
    groups = [_group(page, lines) for page in review.strategies]
    length = agenda.session.minutes or _LENGTH[agenda.session.kind]
    fixed = (*_divided(length // 2, [1, *(weight for _, _, weight in _BACK_AND_AHEAD), 1]),)
    shares = _divided(length - sum(fixed), [_strategy_weight(group) for group in groups])
    return (
        Part(fixed[0], OPENING),
        *(
            Part(minutes, group=group, sheet=STRATEGIES)
            for minutes, group in zip(shares, groups, strict=True)
        ),
        *(
            Part(minutes, title, sheet=sheet)
            for minutes, (title, sheet, _) in zip(fixed[1:-1], _BACK_AND_AHEAD, strict=True)
        ),
        Part(fixed[-1], CLOSING),
    )


def _group(page: StrategyPage, lines: Mapping[str, AgendaGroup]) -> AgendaGroup:
    found = lines.get(page.strategy.id if page.strategy else "")
    return found or AgendaGroup(page.strategy, ())


def _strategy_weight(group: AgendaGroup) -> int:
    own = _WEIGHTS.get(group.strategy.light, 1) if group.strategy and group.strategy.light else 1
    return own + _weight(group)


def _planning(agenda: Agenda) -> tuple[Part, ...]:
    """Where we stand, the world around, and the plan worked from actions up to the dashboard."""
    length = agenda.session.minutes or _LENGTH[agenda.session.kind]
    shares = _divided(length, [1, *(weight for _, _, weight in _YEARLY), 1])
    return (
        Part(shares[0], OPENING),
        *(
            Part(minutes, title, sheet=sheet)
            for minutes, (title, sheet, _) in zip(shares[1:-1], _YEARLY, strict=True)
        ),
        Part(shares[-1], CLOSING),
    )


def _weight(group: AgendaGroup) -> int:
    return sum(_WEIGHTS.get(line.action.light, 1) if line.action.light else 1 for line in group.lines)


def _fitted(wanted: Sequence[int], most: int) -> Sequence[int]:
    """What is wanted, or in a very short session as much of it as fits."""
    return wanted if sum(wanted) <= most else _divided(most, wanted)


def _divided(total: int, weights: Sequence[int]) -> list[int]:
    """A whole number of minutes for each weight that together make the total: the largest remainders are rounded up."""
    if not weights or not sum(weights):
        return [0] * len(weights)
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: shares[i] - exact[i])
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares
