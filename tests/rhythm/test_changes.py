"""What changed in the plan since it was last seen."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.plan.words import Status, TrafficLight
from ogsm_xl.rhythm.changes import Change, ChangeKind, PlanChanges, changes_between, snapshot_of
from tests.support.plans import plan_of

ACTION = 'action A1 Bram S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress green'


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What differs between two plans."""
    return changes_between(snapshot_of(plan_of(before)), snapshot_of(plan_of(after)))


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (ACTION.replace("06-30", "09-30"), (ChangeKind.DEADLINE, date(2026, 6, 30), date(2026, 9, 30))),
        (ACTION.replace("Bram", "Anna"), (ChangeKind.OWNER, "Bram", "Anna")),
        (ACTION.replace("green", "red"), (ChangeKind.LIGHT, TrafficLight.GREEN, TrafficLight.RED)),
        (ACTION.replace("green", ""), (ChangeKind.LIGHT, TrafficLight.GREEN, None)),
        (ACTION.replace("in_progress", "done"), (ChangeKind.STATUS, Status.IN_PROGRESS, Status.DONE)),
        (
            ACTION.replace("Website vernieuwd", "Website bekeken"),
            (ChangeKind.REWORDED, "Website vernieuwd", "Website bekeken"),
        ),
    ],
)
def test_what_can_change_about_an_action(after: str, change: tuple[ChangeKind, object, object]) -> None:
    """Each with what it was and what it is."""
    (found,) = changes(ACTION, after)
    assert (found.kind, found.before, found.after) == change


def test_a_target_and_its_date() -> None:
    """Of indicators and goals; a band changes as a whole."""
    before = """
        goal      D1 "Wachttijd gehalveerd" target=20 target_date=2026-12-31
        indicator I1 S1 "De reserve" band target=5 upper=8
    """
    after = (
        before.replace("target=20 ", "target=25 ").replace("2026-12", "2027-12").replace("upper=8", "upper=9")
    )
    assert [(c.kind, c.id, c.before, c.after) for c in changes(before, after)] == [
        (ChangeKind.DEADLINE, "D1", date(2026, 12, 31), date(2027, 12, 31)),
        (ChangeKind.TARGET, "D1", 20, 25),
        (ChangeKind.TARGET, "I1", (5, 8), (5, 9)),
    ]


def test_new_and_gone_come_first() -> None:
    """An item that got another number is one that went and one that came."""
    found = changes(ACTION, ACTION.replace("A1", "A2"))
    assert [(c.kind, c.id) for c in found] == [(ChangeKind.ADDED, "A2"), (ChangeKind.DROPPED, "A1")]


def test_blanks_and_capitals_are_no_change() -> None:
    """Somebody who tidies up is not reported."""
    assert changes(ACTION, ACTION.replace("Website vernieuwd", " Website  vernieuwd ").replace("Bram", "owner=bram")) == ()  # fmt: skip


def test_the_same_plan_did_not_change() -> None:
    """Reports, progress and updates are no changes of the plan."""
    assert changes(ACTION, f'{ACTION} 40% update="Halverwege"') == ()


def test_what_a_deadline_was() -> None:
    """None where it did not move."""
    found = PlanChanges(date(2026, 6, 1), changes(ACTION, ACTION.replace("06-30", "09-30")))
    assert (found.moved_deadline("a 1"), found.moved_deadline("A2")) == (date(2026, 6, 30), None)
    none_before = PlanChanges(None, changes(ACTION.replace("2026-06-30", ""), ACTION))
    assert none_before.moved_deadline("A1") is None
