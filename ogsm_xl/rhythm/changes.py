"""What changed in the plan itself since it was last seen: so that edits that nobody reported show.

A snapshot holds of every item what a session wants to hear about when it changes. Two of them are compared; nothing is
guessed: an item that got another number is one that went and one that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, TypeAlias

from ogsm_xl.plan.model import (
    Action,
    Goal,
    Indicator,
    Objective,
    Plan,
    Strategy,
    normalised_id,
    normalised_name,
)
from ogsm_xl.plan.words import Status, Text, TrafficLight, Word


class ChangeKind(Word):
    """What can change about an item, in the order in which changes are shown."""

    ADDED = Text("Nieuw", "New")
    DROPPED = Text("Verdwenen", "Gone")
    DEADLINE = Text("Datum verschoven", "Date moved")
    TARGET = Text("Streefwaarde gewijzigd", "Target changed")
    REWORDED = Text("Anders verwoord", "Reworded")
    OWNER = Text("Andere eigenaar", "Another owner")
    STATUS = Text("Andere status", "Another status")
    LIGHT = Text("Ander licht", "Another light")


WITHOUT_VALUES: Final = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED})
"""Changes that have nothing before or after them."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item of the plan as it was seen: an action, strategy, indicator, goal or the objective.

    `deadline` is the target date of what is measured; `upper` the upper edge of a band.
    """

    id: str
    text: str
    owner: str = ""
    deadline: date | None = None
    target: float | None = None
    upper: float | None = None
    status: Status | None = None
    light: TrafficLight | None = None


Was: TypeAlias = str | float | date | Status | TrafficLight | tuple[float | None, float | None] | None
"""What stood there; a band as its two edges."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed about one item; `text` is the item's text now (of one that is gone: as it was)."""

    kind: ChangeKind
    id: str
    text: str
    before: Was = None
    after: Was = None


@dataclass(frozen=True)
class PlanChanges:
    """The changes since a day; `since` is None where the plan was not seen before."""

    since: date | None = None
    changes: tuple[Change, ...] = ()

    def moved_deadline(self, item_id: str) -> date | None:
        """What the deadline of an item was, if it was another one."""
        return self._deadlines.get(normalised_id(item_id))

    @cached_property
    def _deadlines(self) -> Mapping[str, date]:
        return {
            normalised_id(change.id): change.before
            for change in self.changes
            if change.kind is ChangeKind.DEADLINE and isinstance(change.before, date)
        }


def snapshot_of(plan: Plan) -> tuple[ItemState, ...]:
    """Every item as it is now, in the plan's order; rows without a number are left out."""
    items: tuple[Objective | Goal | Strategy | Indicator | Action, ...] = (
        *((plan.objective,) if plan.objective else ()),
        *plan.goals,
        *plan.strategies,
        *plan.indicators,
        *plan.actions,
    )
    return tuple(_state(item) for item in items if item.id)


def _state(item: Objective | Goal | Strategy | Indicator | Action) -> ItemState:
    match item:
        case Objective() | Strategy():
            return ItemState(item.id, item.text, item.owner, light=item.light)
        case Goal():
            return ItemState(item.id, item.text, "", item.target_date, item.target, light=item.light)
        case Indicator():
            return ItemState(
                item.id, item.text, item.owner, item.target_date, item.target, item.upper, light=item.light
            )
        case Action():
            return ItemState(
                item.id, item.text, item.owner, item.deadline, status=item.status, light=item.light
            )


def changes_between(before: Iterable[ItemState], after: Iterable[ItemState]) -> tuple[Change, ...]:
    """What is different: by kind of change, then in the plan's order. Of duplicate numbers the first one counts."""
    was, now = _by_id(before), _by_id(after)
    found = [Change(ChangeKind.ADDED, item.id, item.text) for key, item in now.items() if key not in was]
    found += [Change(ChangeKind.DROPPED, item.id, item.text) for key, item in was.items() if key not in now]
    for key, item in now.items():
        if key in was:
            found += _differences(was[key], item)
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _by_id(states: Iterable[ItemState]) -> dict[str, ItemState]:
    found: dict[str, ItemState] = {}
    for state in states:
        found.setdefault(normalised_id(state.id), state)
    return found


def _differences(was: ItemState, now: ItemState) -> list[Change]:
    found = []
    if " ".join(was.text.split()) != " ".join(now.text.split()):
        found.append(Change(ChangeKind.REWORDED, now.id, now.text, was.text, now.text))
    if normalised_name(was.owner) != normalised_name(now.owner):
        found.append(Change(ChangeKind.OWNER, now.id, now.text, was.owner, now.owner))
    if was.deadline != now.deadline:
        found.append(Change(ChangeKind.DEADLINE, now.id, now.text, was.deadline, now.deadline))
    if was.upper != now.upper:
        edges = ((was.target, was.upper), (now.target, now.upper))
        found.append(Change(ChangeKind.TARGET, now.id, now.text, *edges))
    elif was.target != now.target:
        found.append(Change(ChangeKind.TARGET, now.id, now.text, was.target, now.target))
    if was.status is not now.status:
        found.append(Change(ChangeKind.STATUS, now.id, now.text, was.status, now.status))
    if was.light is not now.light:
        found.append(Change(ChangeKind.LIGHT, now.id, now.text, was.light, now.light))
    return found
