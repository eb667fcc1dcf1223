"""Who is meant by what stands in an owner cell: nobody, one person, several, or somebody unknown."""

from __future__ import annotations

import re
from datetime import date

from ogsm_xl.plan.model import Action, Item, Person, Plan
from ogsm_xl.plan.words import Status, Text
from ogsm_xl.rules.phrases import NOTHING

_BETWEEN_PEOPLE = re.compile(r"\s*(?:[;,/&+\n]|\s(?:en|and|met|with)\s)\s*")
_SURELY_BETWEEN = re.compile(r";|\n|\s[/&+]\s|\s(?:en|and)\s")


def open_actions(plan: Plan) -> tuple[Action, ...]:
    """The actions that still ask for work: neither done nor parked."""
    return tuple(action for action in plan.actions if is_open(action))


def is_open(item: Item) -> bool:
    """Whether somebody still has to see to this item; strategies and indicators always are."""
    return not (isinstance(item, Action) and item.status in {Status.DONE, Status.PARKED})


def several(plan: Plan, written: str) -> bool:
    """Whether an owner cell names more than one person ("Jan / Piet", "Jan & MT").

    "Vries, J. de" and "P&O" are one: a comma, or a sign without blanks round it, parts two owners only where
    at least one of them is among the people.
    """
    if plan.person(written):
        return False
    parts = [part for part in _BETWEEN_PEOPLE.split(written) if part]
    if len(parts) < 2:
        return False
    return bool(_SURELY_BETWEEN.search(written)) or any(plan.person(part) for part in parts)


def unknown(plan: Plan, written: str) -> bool:
    """Whether an owner cell names exactly one, but nobody of the people.

    Never where the plan has no people at all: that is one finding, not one per row.
    """
    return bool(plan.people and written.strip()) and not plan.person(written) and not several(plan, written)


def suggestion(plan: Plan, written: str) -> Text:
    """A sentence that says who may be meant, where exactly one of the people shares a name with what is written."""
    words = {word for word in written.casefold().split() if len(word) > 2}
    meant = [person for person in plan.people if words & set(person.name.casefold().split())]
    if len(meant) != 1:
        return NOTHING
    return Text(f" Bedoel je {meant[0].name}?", f" Do you mean {meant[0].name}?")


def has_left(person: Person, today: date) -> bool:
    """Whether this person gets no mail any more."""
    return person.left_on is not None and person.left_on <= today
