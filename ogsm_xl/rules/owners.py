"""Who is meant by what stands in an owner cell: nobody, one person, several, or somebody unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Action, Item, Person, Plan
from ogsm_xl.plan.words import Status, Text
from ogsm_xl.rules.phrases import NOTHING, found_on, quoted
from ogsm_xl.rules.rule import Rule

_BETWEEN_PEOPLE = re.compile(r"\s*(?:[;,/&+\n]|\s(?:en|and|met|with)\s)\s*")
_SURELY_BETWEEN = re.compile(r";|\n|\s[/&+]\s|\s(?:en|and)\s")


def open_actions(plan: Plan) -> tuple[Action, ...]:
    """The actions that still ask for work: neither done nor parked."""
    return tuple(action for action in plan.actions if is_open(action))


def is_open(item: Item) -> bool:
    """Whether somebody still has to see to this item; strategies and indicators always are."""
    if not isinstance(item, Action):
        return True
    return item.status is not Status.DONE and item.status is not Status.PARKED


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


def suggestions(plan: Plan) -> Callable[[str], Text]:
    """What to say about an unknown name: a sentence that names the one person who shares a name with it, or nothing."""
    by_word: dict[str, list[Person]] = {}
    for person in plan.people:
        for word in set(person.name.casefold().split()):
            by_word.setdefault(word, []).append(person)

    def suggestion(written: str) -> Text:
        words = {word for word in written.casefold().split() if len(word) > 2}
        meant = {person.name for word in words for person in by_word.get(word, ())}
        if len(meant) != 1:
            return NOTHING
        (name,) = meant
        return Text(f" Bedoel je {name}?", f" Do you mean {name}?")

    return suggestion


def without_owner(rule: Rule, items: Iterable[Item]) -> Iterator[Finding]:
    """Rows whose owner cell is blank."""
    for item in items:
        if not item.owner.strip():
            yield found_on(rule, item, "owner")


def with_several(rule: Rule, plan: Plan, items: Iterable[Item]) -> Iterator[Finding]:
    """Rows whose owner cell names more than one person; the finding says `who`."""
    for item in items:
        if several(plan, item.owner):
            yield found_on(rule, item, "owner", who=quoted(item.owner))


def with_unknown(rule: Rule, plan: Plan, items: Iterable[Item]) -> Iterator[Finding]:
    """Rows whose owner is not among the people; the finding says `who`, and who is probably `meant`."""
    suggestion = suggestions(plan)
    for item in items:
        if unknown(plan, item.owner):
            yield found_on(rule, item, "owner", who=quoted(item.owner), meant=suggestion(item.owner))


def has_left(person: Person, today: date) -> bool:
    """Whether this person gets no mail any more."""
    return person.left_on is not None and person.left_on <= today
