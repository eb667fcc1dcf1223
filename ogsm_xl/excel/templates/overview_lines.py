"""Which line of the one-page OGSM shows which strategy, indicator and action.

The same reckoning that the overview's formulas do, done here for the values that they begin with: viewers that
don't recalculate show the right page, too. Positions count from 1, as the rows of a table do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ogsm_xl.plan.model import Action, Indicator, Plan, normalised_id
from ogsm_xl.plan.words import Status

MOST_LINES: Final = 15
"""How many lines a strategy gets at most; the last one then says how many are left out."""
LEAST_LINES: Final = 2
"""How many lines a strategy gets at least."""

MORE: Final = "+"
"""Stands where a position would: there are more than fit."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one strategy: the strategy and its indicators on the left, its actions on the right."""

    position: int
    id: str
    indicators: tuple[int, ...]
    actions: tuple[int, ...]

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return min(MOST_LINES, max(LEAST_LINES, 1 + len(self.indicators), len(self.actions)))


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of the overview shows.

    Attributes:
        block: The number of its strategy's block, counted from 1.
        within: The number of the line within the block, counted from 1.
        strategy: The position of the strategy on the block's first line, else "".
        indicator: The position of an indicator, `MORE`, or "" for none.
        action: The position of an action, `MORE`, or "" for none.
        indicators_left_out: How many indicators there are beyond those shown, where `indicator` is `MORE`.
        actions_left_out: How many actions there are beyond those shown, where `action` is `MORE`.
    """

    block: int | str = ""
    within: int | str = ""
    strategy: int | str = ""
    indicator: int | str = ""
    action: int | str = ""
    indicators_left_out: int = 0
    actions_left_out: int = 0


def blocks(plan: Plan) -> tuple[Block, ...]:
    """One block for each strategy, in the plan's order. Parked actions are left out: they are deliberately not now."""
    indicators = _by_strategy(plan.indicators)
    actions = _by_strategy(plan.actions)
    return tuple(
        Block(
            position,
            "".join(strategy.id.split()),
            tuple(indicators.get(normalised_id(strategy.id), ())),
            tuple(actions.get(normalised_id(strategy.id), ())),
        )
        for position, strategy in enumerate(plan.strategies, start=1)
        if strategy.text or strategy.id
    )


def first_strategy(item: Indicator | Action) -> str:
    """The strategy that an indicator or action is listed under; "" for none, and for a parked action."""
    if isinstance(item, Action) and item.status is Status.PARKED:
        return ""
    return "".join(item.strategies[0].split()) if item.strategies else ""


def keys(items: Iterable[Indicator | Action]) -> tuple[str, ...]:
    """For each item its strategy and its number within that strategy, such as `S1|2`; "" where it is listed nowhere."""
    counted: dict[str, int] = {}
    found = []
    for item in items:
        strategy = first_strategy(item)
        number = counted[strategy.upper()] = counted.get(strategy.upper(), 0) + 1
        found.append(f"{strategy}|{number}" if strategy else "")
    return tuple(found)


def lines(all_blocks: Iterable[Block], count: int) -> tuple[Line, ...]:
    """The first `count` lines of the overview; blank ones at the end where the plan needs fewer."""
    found = [
        _line(number, block, within)
        for number, block in enumerate(all_blocks, start=1)
        for within in range(1, block.height + 1)
    ]
    return tuple((found + [Line()] * count)[:count])


def _line(number: int, block: Block, within: int) -> Line:
    indicator, indicators_left_out = _shown(block.indicators, within - 1, MOST_LINES - 1)
    action, actions_left_out = _shown(block.actions, within, MOST_LINES)
    strategy = block.position if within == 1 else ""
    return Line(number, within, strategy, indicator, action, indicators_left_out, actions_left_out)


def _shown(positions: tuple[int, ...], number: int, room: int) -> tuple[int | str, int]:
    """What the line with this number shows of a list, and how many it leaves out."""
    if number == room and len(positions) > room:
        return MORE, len(positions) - room + 1
    return (positions[number - 1], 0) if 1 <= number <= len(positions) else ("", 0)


def _by_strategy(items: Iterable[Indicator | Action]) -> dict[str, list[int]]:
    """The positions of the items that are listed under each strategy; the keys are normalised."""
    found: dict[str, list[int]] = {}
    for position, item in enumerate(items, start=1):
        strategy = normalised_id(first_strategy(item))
        if strategy:
            found.setdefault(strategy, []).append(position)
    return found
