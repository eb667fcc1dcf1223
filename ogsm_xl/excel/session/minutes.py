"""How the minutes of a session are divided over its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ogsm_xl.plan.words import SessionKind, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda, AgendaGroup

_LENGTH: Final = {SessionKind.DOING: 60, SessionKind.STEERING: 120, SessionKind.PLANNING: 240}
"""How long a session takes, in minutes, where the calendar does not say."""
_WEIGHTS: Final = {TrafficLight.RED: 3, TrafficLight.ORANGE: 2}  # the others 1
_OPENING, _CLOSING, _CHECK_EACH, _CHECK_MOST = 5, 5, 2, 10

OPENING: Final = Text("Welkom: hoe staan we ervoor?", "Welcome: how do we stand?")
CHECK: Final = Text(
    "Afgerond sinds vorige keer: is al het werk gedaan?", "Done since last time: is all the work done?"
)
CLOSING: Final = Text("Besluiten doornemen en afsluiten", "Go through the decisions and close")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the session.

    Attributes:
        minutes: How long it takes.
        title: What it is, for a part that is no strategy.
        group: The strategy's actions that are discussed, or None.
    """

    minutes: int
    title: Text | None = None
    group: AgendaGroup | None = None


def parts_of(agenda: Agenda) -> tuple[Part, ...]:
    """The session from welcome to closing; the minutes add up to its length, unless there is nothing to discuss.

    What is left after welcome, check and closing goes to the strategies: a red action counts for three, an orange
    one for two, any other for one.
    """
    check = min(_CHECK_MOST, _CHECK_EACH * len(agenda.done_since))
    length = agenda.session.minutes or _LENGTH[agenda.session.kind]
    fixed = _fitted([_OPENING, check, _CLOSING], length // 2 if agenda.discuss else length)
    shares = _divided(max(length - sum(fixed), 0), [_weight(group) for group in agenda.discuss])
    return (
        Part(fixed[0], OPENING),
        *([Part(fixed[1], CHECK)] if agenda.done_since else []),
        *(Part(minutes, group=group) for minutes, group in zip(shares, agenda.discuss, strict=True)),
        Part(fixed[2], CLOSING),
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
