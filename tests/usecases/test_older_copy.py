"""An older copy of the plan is noticed before its rows count as edits; what a person took out on purpose is not."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.plan.model import Action, Report
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import ReportSource, TrafficLight
from ogsm_xl.usecases.older_copy import MissingReports
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.share_status import share_status
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 17)
LATER = NOW + timedelta(hours=1)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-08-13 10:00
    session   SES2 doing 2026-09-10 10:00
    report    R1 A2 2026-08-12T09:00:00 Bram green 30%
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """Anna and Bram answered, and their answers are in the plan; `older` is the plan before that."""
    place = Workplace(tmp_path, PLAN)
    place.send(INVITATION_DAY)
    (tmp_path / "older.xlsx").write_bytes(place.workbook.read_bytes())
    for owner, said in (("anna", "A1 rood 70%\nGedaan: Bouwer is failliet."), ("bram", "A2 oranje")):
        place.deliver(place.answer(place.sent_to(f"{owner}@example.org"), said))
    place.collect(NOW)
    return place


def put_older_back(place: Workplace) -> None:
    place.workbook.write_bytes((place.folder / "older.xlsx").read_bytes())


def reports(place: Workplace) -> list[tuple[str, str, TrafficLight | None, ReportSource | None]]:
    return [(each.id, each.item, each.light, each.source) for each in place.plan().reports]


def light(place: Workplace, item: str) -> TrafficLight | None:
    found = place.plan().item(item)
    assert isinstance(found, Action)
    return found.light


def without(place: Workplace, *ids: str, **lights: TrafficLight) -> None:
    """Somebody takes reports out of the history, and gives rows another light."""
    plan = place.plan()
    left = tuple(report for report in plan.reports if report.id not in ids)
    actions = tuple(
        dataclasses.replace(action, light=lights.get(action.id, action.light)) for action in plan.actions
    )
    place.put(dataclasses.replace(plan, reports=left, actions=actions))


R1 = ("R1", "A2", TrafficLight.GREEN, None)
WRITTEN = [
    ("R2", "A1", TrafficLight.RED, ReportSource.MAIL),
    ("R3", "A2", TrafficLight.ORANGE, ReportSource.MAIL),
]


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_older_copy_is_refused(place: Workplace, *, dry_run: bool) -> None:
    """Its rows are nobody's edit: nothing is noted or written, and a sentence says how to go on."""
    put_older_back(place)
    older = place.workbook.read_bytes()
    with pytest.raises(InputProblem) as refused:
        place.collect(LATER, dry_run=dry_run)
    assert "R2, R3" in refused.value.text.en
    assert "A1, A2" in refused.value.text.en
    assert "--missing-reports write-again" in refused.value.text.nl
    assert place.workbook.read_bytes() == older
    with place.ledger() as ledger:
        assert not ledger.how_many_wait()


@pytest.mark.parametrize("dry_run", [False, True])
def test_nobody_is_mailed_from_an_older_copy(place: Workplace, *, dry_run: bool) -> None:
    """It does not know who reported: no reminder, and no status for the team."""
    put_older_back(place)
    before = len(place.sent())
    with pytest.raises(InputProblem):
        place.send(datetime(2026, 9, 7, 8), dry_run=dry_run)
    with place.mailroom(datetime(2026, 9, 9, 8), dry_run=dry_run) as room, pytest.raises(InputProblem):
        share_status(room)
    assert len(place.sent()) == before


def test_the_check_up_says_so(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks the doctor first hears the same."""
    command = ["doctor", "--config", str(place.config.file)]
    run(command)
    assert "oudere kopie" not in capsys.readouterr().out
    put_older_back(place)
    assert run(command) == 2
    assert "oudere kopie" in capsys.readouterr().out


def test_who_only_looks_at_an_older_copy_hears_so(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status and a session's workbook show what it holds, and say that it seems to be older."""
    commands = (["show-status"], ["build-session", "--session", "SES2"])
    configured = ["--config", str(place.config.file), "--as-of", f"{LATER:%Y-%m-%dT%H:%M}"]
    for command in commands:
        run([*command, *configured])
        assert "oudere kopie" not in capsys.readouterr().out
    put_older_back(place)
    for command in commands:
        assert run([*command, *configured]) == 1
        assert "oudere kopie" in capsys.readouterr().out


def test_with_the_right_one_back_all_goes_on(place: Workplace) -> None:
    """Nothing needs to be settled."""
    right = place.workbook.read_bytes()
    put_older_back(place)
    with pytest.raises(InputProblem):
        place.collect(LATER)
    place.workbook.write_bytes(right)
    assert place.collect(LATER).code is ExitCode.DONE
    assert reports(place) == [reports(place)[0], *WRITTEN]


def test_what_is_missing_is_written_again(place: Workplace) -> None:
    """Into the history under the same numbers, and into the rows; once."""
    expected = place.plan()
    put_older_back(place)
    outcome = place.collect(LATER, missing=MissingReports.WRITE_AGAIN)
    assert "2 verslagen" in outcome.summary.nl
    assert reports(place)[1:] == WRITTEN
    assert (light(place, "A1"), light(place, "A2")) == (TrafficLight.RED, TrafficLight.ORANGE)
    assert _plain(place.plan().reports) == _plain(expected.reports)
    assert place.collect(LATER).data["brought_in"] == 0


def test_what_is_missing_is_left_out(place: Workplace) -> None:
    """The rows count as they stand, and nobody asks again."""
    put_older_back(place)
    place.collect(LATER, missing=MissingReports.LEAVE_OUT)
    assert len(reports(place)) == 1
    assert light(place, "A1") is TrafficLight.ORANGE
    without(place, A1=TrafficLight.GREEN)
    assert place.collect(LATER).data["edited"] == ["A1"]


def test_an_answer_that_came_meanwhile_is_kept(place: Workplace) -> None:
    """It waits until a person decided, and is then the newest."""
    put_older_back(place)
    reply = place.answer(place.sent_to("anna@example.org"), "A1 groen 90%", written=LATER)
    place.deliver(reply)
    with pytest.raises(InputProblem):
        place.collect(LATER)
    place.collect(LATER, missing=MissingReports.WRITE_AGAIN)
    assert reports(place)[1:] == [*WRITTEN, ("R4", "A1", TrafficLight.GREEN, ReportSource.MAIL)]
    assert light(place, "A1") is TrafficLight.GREEN


def test_a_dry_run_of_the_decision_changes_nothing(place: Workplace) -> None:
    """It says how many reports it is about."""
    put_older_back(place)
    outcome = place.collect(LATER, dry_run=True, missing=MissingReports.WRITE_AGAIN)
    assert "2 reports" in outcome.summary.en
    assert len(reports(place)) == 1


def test_a_decision_where_nothing_is_missing_does_nothing(place: Workplace) -> None:
    """The plan is as it was."""
    before = place.workbook.read_bytes()
    assert "geen verslag" in place.collect(LATER, missing=MissingReports.WRITE_AGAIN).summary.nl
    assert place.workbook.read_bytes() == before


@pytest.mark.parametrize("taken_out", [("R1",), ("R1", "R2"), ("R1", "R2", "R3"), ("R3",)])
def test_reports_that_somebody_took_out_stop_nothing(place: Workplace, taken_out: tuple[str, ...]) -> None:
    """The rows are as they were left; whoever clears the history may."""
    without(place, *taken_out)
    assert place.collect(LATER).code is ExitCode.DONE
    assert len(reports(place)) == 3 - len(taken_out)


def test_an_edit_after_old_reports_were_taken_out_counts(place: Workplace) -> None:
    """The newest report is there: this is no older copy."""
    without(place, "R1", "R2", A1=TrafficLight.GREEN)
    assert place.collect(LATER).data["edited"] == ["A1"]


def test_an_edit_of_a_row_without_a_missing_report_counts(place: Workplace) -> None:
    """The newest report was taken out; it is about another row."""
    without(place, "R3", A1=TrafficLight.GREEN)
    assert place.collect(LATER).data["edited"] == ["A1"]


def _plain(found: tuple[Report, ...]) -> list[Report]:
    return [dataclasses.replace(report, row=None) for report in found]
