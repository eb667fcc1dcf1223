"""An owner who edits the row reports, too."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from ogsm_xl.letters.rows import Kept, carried_over, edited_rows, kept, row_values
from ogsm_xl.plan.model import Plan, Report
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, TrafficLight
from tests.support.plans import plan_of

NOW = datetime(2026, 9, 4, 17, 0, 30)

PEOPLE = """
    person Anna anna@example.org
    strategy S1 Anna "Shorter waits by building faster" red
    indicator I1 Anna S1 "Waiting time" actual=40 measured_on=2026-06-30 green
"""
BEFORE = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 50% green update="Half done"')


def seen(plan: Plan) -> dict[str, Kept]:
    return {item.id: kept(item) for item in plan.items}


def report(**values: object) -> Report:
    base = Report("R1", datetime(2026, 9, 4, 12), "", ItemKind.ACTION, "A1")
    return dataclasses.replace(base, **values)  # type: ignore[arg-type]  # the fields that a test names


def test_an_untouched_row_is_no_report() -> None:
    """Nothing changed, nothing reported."""
    assert edited_rows(BEFORE, seen(BEFORE), (), NOW) == ()


def test_an_edited_row_is_a_report_by_its_owner() -> None:
    """The report has the row's state, and only the texts that are new."""
    after = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 60% orange update="Half done"')
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert edit.report == Report(
        id="",
        made_at=datetime(2026, 9, 4, 17),
        session="",
        kind=ItemKind.ACTION,
        item="A1",
        by="Anna",
        status=Status.IN_PROGRESS,
        progress=60,
        light=TrafficLight.ORANGE,
        source=ReportSource.ROW,
    )


def test_a_new_text_is_in_the_report() -> None:
    """What the owner wrote in the row is what was done."""
    after = plan_of(
        PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 50% green update="Finished the shop"'
    )
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert edit.report.done == "Finished the shop"


def test_a_new_measurement_in_the_row_is_a_report() -> None:
    """An indicator's owner may type the value into the row."""
    after = plan_of(PEOPLE.replace("actual=40 measured_on=2026-06-30", "actual=36 measured_on=2026-08-31"))
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert (edit.report.kind, edit.report.value, edit.report.measured_on) == (
        ItemKind.INDICATOR,
        36,
        date(2026, 8, 31),
    )


def test_what_a_plan_writer_changes_is_no_report() -> None:
    """A new deadline or wording is the plan's business, not a report by the owner."""
    after = plan_of(
        PEOPLE
        + 'action A1 Anna S1 "Website and shop renewed" ..2026-12-31 in_progress 50% green update="Half done"'
    )
    assert edited_rows(after, seen(BEFORE), (), NOW) == ()


def test_a_row_that_was_never_seen_is_no_edit() -> None:
    """A new action is not reported on by its appearance."""
    assert edited_rows(BEFORE, {}, (), NOW) == ()


def test_what_a_waiting_report_left_in_the_row_is_no_edit() -> None:
    """A run that was cut off after writing the row does not make a second report of it."""
    after = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 60% orange update="Half done"')
    waiting = report(progress=60, light=TrafficLight.ORANGE)
    assert edited_rows(after, seen(BEFORE), [waiting], NOW) == ()


def test_a_report_sets_what_it_mentions_and_the_day() -> None:
    """What a report leaves out stays as it is in the row."""
    item = BEFORE.item("A1")
    assert item is not None
    assert row_values(report(light=TrafficLight.RED, done="Stuck"), item) == {
        "light": TrafficLight.RED,
        "update": "Stuck",
        "updated_on": date(2026, 9, 4),
    }


def test_done_gets_its_day_once() -> None:
    """The day on which an action was reported done stays, whatever is reported later."""
    item = BEFORE.item("A1")
    assert item is not None
    assert row_values(report(status=Status.DONE), item)["done_on"] == date(2026, 9, 4)
    done = dataclasses.replace(item, done_on=date(2026, 8, 1))  # type: ignore[arg-type]  # an action has it
    assert "done_on" not in row_values(report(status=Status.DONE), done)


def test_what_a_report_leaves_unsaid_it_confirms() -> None:
    """Light, status and progress in the history are those that held when it was made."""
    item = BEFORE.item("A1")
    assert item is not None
    assert carried_over(report(progress=60), item) == {
        "status": Status.IN_PROGRESS,
        "light": TrafficLight.GREEN,
    }
