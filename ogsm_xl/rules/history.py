"""What the decisions and reports tell about an item over time, each gathered in one pass.

A plan holds today's deadlines and targets only. That one was moved is known from decisions that say so, and from
proposals in reports; what nobody wrote down cannot be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ogsm_xl.plan.model import Decision, Item, Plan, Report, normalised_id
from ogsm_xl.rules import wording


def deadline_moves(plan: Plan) -> Mapping[str, Sequence[Decision]]:
    """Item ID (normalised) to the decisions that moved its deadline."""
    return _decisions_that(plan, wording.moves_deadline)


def target_changes(plan: Plan) -> Mapping[str, Sequence[Decision]]:
    """Item ID (normalised) to the decisions that changed its target."""
    return _decisions_that(plan, wording.changes_target)


def _decisions_that(plan: Plan, say: Callable[[str], bool]) -> Mapping[str, Sequence[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        if decision.item and say(decision.text):
            found.setdefault(normalised_id(decision.item), []).append(decision)
    return found


def last_decisions(plan: Plan) -> Mapping[str, date]:
    """Item ID (normalised) to the day of the last decision about it."""
    found: dict[str, date] = {}
    for decision in plan.decisions:
        if decision.decided_on:
            item = normalised_id(decision.item)
            found[item] = max(found.get(item, date.min), decision.decided_on)
    return found


def last_per_period(plan: Plan, item: Item) -> Iterator[Report]:
    """The last report of each period, newest first: a period is a session that was reported for, else a month.

    Three reports on one day, made for the same session, say no more than one.
    """
    seen: object = None
    for report in reversed(plan.reports_on(item)):
        if report.made_at is None:
            continue
        period = normalised_id(report.session) or (report.made_at.year, report.made_at.month)
        if period != seen:
            seen = period
            yield report
