"""An owner who edits the row reports, too."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from ogsm_xl.letters.rows import Coming, Kept, carried_over, edited_rows, ended, kept, row_values, withdraws
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
    """The report has what was changed; the rest is added when it reaches the plan."""
    after = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 60% orange update="Half done"')
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert edit.coming == Coming(
        Report(
            id="",
            made_at=datetime(2026, 9, 4, 17),
            session="",
            kind=ItemKind.ACTION,
            item="A1",
            by="Anna",
            progress=60,
            light=TrafficLight.ORANGE,
            source=ReportSource.ROW,
        )
    )


def test_what_an_owner_clears_in_the_row_is_known_as_cleared() -> None:
    """An emptied cell is a word, too: the report that nothing stands there any more."""
    after = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 50%')
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert edit.coming.cleared == {"light", "done"}
    item = BEFORE.item("A1")
    assert item is not None
    assert row_values(edit.coming.report, item, edit.coming.cleared) == {
        "light": None,
        "update": "",
        "updated_on": date(2026, 9, 4),
    }


def test_a_new_text_is_in_the_report() -> None:
    """What the owner wrote in the row is what was done."""
    after = plan_of(
        PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 50% green update="Finished the shop"'
    )
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert edit.coming.report.done == "Finished the shop"


def test_a_new_measurement_in_the_row_is_a_report() -> None:
    """An indicator's owner may type the value into the row."""
    after = plan_of(PEOPLE.replace("actual=40 measured_on=2026-06-30", "actual=36 measured_on=2026-08-31"))
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert (edit.coming.report.kind, edit.coming.report.value, edit.coming.report.measured_on) == (
        ItemKind.INDICATOR,
        36,
        date(2026, 8, 31),
    )


def test_a_new_day_at_the_same_value_is_a_measurement() -> None:
    """The owner measured again, and the value had not moved."""
    after = plan_of(PEOPLE.replace("measured_on=2026-06-30", "measured_on=2026-08-31"))
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert (edit.coming.report.value, edit.coming.report.measured_on) == (40, date(2026, 8, 31))


def test_another_light_is_no_measurement() -> None:
    """The value that stood there already is not measured again by a new light."""
    after = plan_of(PEOPLE.replace("green", "red"))
    (edit,) = edited_rows(after, seen(BEFORE), (), NOW)
    assert (edit.coming.report.value, edit.coming.report.light) == (None, TrafficLight.RED)


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
    assert edited_rows(after, seen(BEFORE), [Coming(waiting)], NOW) == ()


def test_a_report_that_was_never_begun_to_be_written_explains_no_edit() -> None:
    """While the plan is open in Excel, its owner may type the same as they mailed: that is their edit."""
    after = plan_of(PEOPLE + 'action A1 Anna S1 "Website renewed" in_progress 60% orange update="Half done"')
    waiting = report(id="", progress=60, light=TrafficLight.ORANGE)
    assert len(edited_rows(after, seen(BEFORE), [Coming(waiting)], NOW)) == 1


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
    assert carried_over(report(progress=60), item, {"light"}) == {"status": Status.IN_PROGRESS}


HELD = plan_of("""
    action A1 Anna S1 "Website renewed" in_progress 50% next="Test it" needed="A tester" proposal="A month later"
    session SES1 doing 2026-08-13 10:00
    session SES2 doing 2026-09-10 10:00
    report R1 A1 2026-08-12 Anna next="Test it" needed="A tester" proposal="A month later"
""")


def ended_by(plan: Plan, coming: Coming) -> frozenset[str]:
    item = plan.item("A1")
    assert item is not None
    return ended(coming, item, plan, plan.reports_on(item))


def test_a_report_for_a_later_session_ends_what_was_for_the_last_one() -> None:
    """What was needed a session ago, and is not asked again, is not needed any more; a proposal waits for a decision."""
    assert ended_by(HELD, Coming(report(progress=60))) == {"next", "needed"}


def test_a_report_for_the_same_session_ends_nothing() -> None:
    """A second answer completes the first one."""
    same = dataclasses.replace(HELD, sessions=HELD.sessions[1:])
    assert ended_by(same, Coming(report(progress=60))) == frozenset()


def test_what_is_named_again_does_not_end() -> None:
    """It is replaced by what is said now."""
    assert ended_by(HELD, Coming(report(needed="Two testers"))) == {"next"}


def test_nothing_changed_ends_nothing() -> None:
    """Who says so, says all of it again."""
    assert ended_by(HELD, Coming(report(), confirms=True)) == frozenset()


def test_an_edited_row_ends_nothing() -> None:
    """Its owner had the other cells before their eyes."""
    assert ended_by(HELD, Coming(report(progress=60, source=ReportSource.ROW))) == frozenset()


def test_what_the_history_does_not_have_is_never_taken_out_of_the_row() -> None:
    """A text that was typed into the plan before anybody reported would be lost."""
    assert ended_by(dataclasses.replace(HELD, reports=()), Coming(report(progress=60))) == frozenset()


def test_a_proposal_ends_with_the_decision_on_it() -> None:
    """It was decided at the session; a report after that need not repeat it."""
    decided = plan_of("""
        action A1 Anna S1 "Website renewed" in_progress 50% proposal="A month later"
        session SES1 doing 2026-08-13 10:00
        report R1 A1 2026-08-12 Anna proposal="A month later"
        decision A1 2026-08-13 SES1 "Agreed"
    """)
    assert ended_by(decided, Coming(report(progress=60))) == {"proposal"}


@pytest.mark.parametrize(
    "text",
    [
        "geen", "Geen.", "niets meer", "n.v.t.", "nvt", "None", "nothing needed", "n/a", "vervallen", "nee", "Nee, dank je", "no", "nope",
        "-", "–", "/", "niets nodig", "geen hulp nodig", "geen voorstel", "geen wijzigingen", "op dit moment niets", "nothing at the moment",
    ],
)  # fmt: skip
def test_a_text_can_be_withdrawn_in_a_word(text: str) -> None:
    """Whatever people write for "nothing"."""
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    ["", "geen idee", "Geen budget", "none of the suppliers answered", "Niets doen is geen optie", "nee, wel tijd", "no budget", "-5%"],
)  # fmt: skip
def test_a_sentence_that_only_begins_like_that_is_a_text(text: str) -> None:
    """It says something."""
    assert not withdraws(text)


@pytest.mark.parametrize("word", ["-", "geen", "n.v.t.", "None"])
def test_nothing_under_done_empties_the_update(word: str) -> None:
    """As under the other headings: the row is emptied, the history keeps the word."""
    item = plan_of('action A1 Anna S1 "Website" update="Half done"').actions[0]
    assert row_values(report(done=word), item)["update"] == ""


def test_what_an_owner_typed_into_the_row_stays_there() -> None:
    """A dash that stands in the cell is how they want it; and "niets bijzonders" is an answer to what was done."""
    item = plan_of('action A1 Anna S1 "Website"').actions[0]
    assert row_values(report(done="-", source=ReportSource.ROW), item)["update"] == "-"
    assert row_values(report(done="niets bijzonders"), item)["update"] == "niets bijzonders"
