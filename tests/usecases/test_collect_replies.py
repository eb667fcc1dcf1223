"""Collecting: every answer reaches the plan once, or a person hears why not."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest

from ogsm_xl.excel.editor import SetCell
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Action, Report
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, TrafficLight
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import Tray
from ogsm_xl.usecases.collect_replies import collect_replies
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.forms import filled_in
from tests.support.plans import plan_of
from tests.support.tnef import winmail
from tests.support.workplace import SECRET, Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 17)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org deputy=Chris
    person    Chris chris@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    indicator I1 Anna S1 "Waiting time" lower unit=months baseline=40 target=20 actual=33
    session   SES1 doing 2026-08-13 10:00
    session   SES2 doing 2026-09-10 10:00
    report    R1 A2 2026-08-12T09:00:00 Bram green 30%
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(INVITATION_DAY)
    return place


def action(place: Workplace, item: str) -> Action:
    found = place.plan().item(item)
    assert isinstance(found, Action)
    return found


def new_reports(place: Workplace) -> list[Report]:
    return [report for report in place.plan().reports if report.id != "R1"]


def test_lines_in_a_reply_reach_the_row_and_the_history(place: Workplace) -> None:
    """What was said is set, what was not said stays, and the history has the state as a whole."""
    mail = place.sent_to("anna@example.org")
    place.deliver(place.answer(mail, "A1 rood\nGedaan: Bouwer is failliet.\nNodig: Een nieuwe bouwer."))
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.DONE
    row = action(place, "A1")
    assert (row.light, row.progress, row.update, row.needed, row.updated_on) == (
        TrafficLight.RED,
        60,
        "Bouwer is failliet.",
        "Een nieuwe bouwer.",
        date(2026, 9, 4),
    )
    assert new_reports(place) == [
        Report(
            id="R2",
            made_at=NOW,
            session="SES2",
            kind=ItemKind.ACTION,
            item="A1",
            by="Anna",
            status=Status.IN_PROGRESS,
            progress=60,
            light=TrafficLight.RED,
            done="Bouwer is failliet.",
            needed="Een nieuwe bouwer.",
            source=ReportSource.MAIL,
        )
    ]


def test_a_form_sent_back_reaches_the_row_and_the_history(place: Workplace) -> None:
    """The form's cells are answers like any other."""
    mail = place.sent_to("anna@example.org")
    form = filled_in(mail, A1_light="Groen", A1_progress=0.8, A1_done="=1+1")
    place.deliver(place.answer(mail, "Zie bijlage.", form=form))
    place.collect(NOW)
    row = action(place, "A1")
    assert (row.light, row.progress, row.update) == (TrafficLight.GREEN, 80, "=1+1")
    assert [(report.item, report.source) for report in new_reports(place)] == [("A1", ReportSource.FORM)]


def test_a_form_in_a_winmail_dat_counts(place: Workplace) -> None:
    """Outlook wrapped it; the owner saw an ordinary attachment."""
    mail = place.sent_to("anna@example.org")
    form = filled_in(mail, A1_light="Rood", A1_done="Bouwer failliet.")
    reply = place.answer(mail, "Zie bijlage.")
    wrapped = winmail([("OGSM-formulier Anna.xlsx", form)], rtf=True)
    reply.add_attachment(wrapped, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    place.deliver(reply)
    assert place.collect(NOW).code is ExitCode.DONE
    (report,) = new_reports(place)
    assert (report.source, report.light, report.done) == (
        ReportSource.FORM,
        TrafficLight.RED,
        "Bouwer failliet.",
    )


def test_an_edited_row_reaches_the_history(place: Workplace) -> None:
    """Who works in the workbook itself has reported, too."""

    def edit(_copy: Path) -> list[SetCell]:
        row = action(place, "A2").row
        assert row is not None
        return [SetCell(row.cell("progress"), 0.5), SetCell(row.cell("update"), "Getekend")]

    write_plan(place.workbook, edit, now=NOW)
    outcome = place.collect(NOW)
    assert outcome.data["edited"] == ["A2"]
    (report,) = new_reports(place)
    assert (report.by, report.progress, report.light, report.done, report.source) == (
        "Bram",
        50,
        TrafficLight.GREEN,
        "Getekend",
        ReportSource.ROW,
    )
    assert action(place, "A2").updated_on == NOW.date()


def test_a_cell_that_can_not_be_read_says_nothing(place: Workplace) -> None:
    """It was not emptied: the row counts for what else was edited, and an answer by mail fills the cell."""
    one, two = action(place, "A1").row, action(place, "A2").row
    assert one is not None
    assert two is not None
    workbook = openpyxl.load_workbook(place.workbook)
    for row, field, pasted in (
        (one, "light", "paars"),
        (two, "progress", "zeventig"),
        (two, "update", "Getekend"),
    ):
        cell = row.cell(field)
        workbook[cell.sheet].cell(cell.row, cell.column, pasted)
    workbook.save(place.workbook)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood"))
    outcome = place.collect(NOW)
    assert (outcome.data["edited"], list(outcome.look_at)) == (["A2"], [])
    assert [(r.item, r.light, r.source) for r in new_reports(place) if r.item == "A1"] == [
        ("A1", TrafficLight.RED, ReportSource.MAIL)
    ]
    assert action(place, "A1").light is TrafficLight.RED
    assert [(r.done, r.light) for r in new_reports(place) if r.item == "A2"] == [
        ("Getekend", TrafficLight.GREEN)
    ]


def test_collecting_again_changes_nothing(place: Workplace) -> None:
    """A job can be run any number of times."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    place.collect(NOW)
    before = place.workbook.read_bytes()
    outcome = place.collect(NOW.replace(hour=18))
    assert (outcome.code, place.workbook.read_bytes()) == (ExitCode.DONE, before)


def test_the_same_mail_delivered_twice_counts_once(place: Workplace) -> None:
    """Also where the second copy went another way and looks different."""
    mail = place.answer(place.sent_to("anna@example.org"), "A1 groen 70%")
    place.deliver(mail, b"X-Other-Route: yes\r\n" + mail.as_bytes())
    place.collect(NOW)
    assert [report.item for report in new_reports(place)] == ["A1"]
    assert place.inbox() == []


def test_a_later_answer_corrects_an_earlier_one(place: Workplace) -> None:
    """The newest stands in the row, both stand in the history."""
    mail = place.sent_to("anna@example.org")
    first, second = place.answer(mail, "A1 rood 10%"), place.answer(mail, "A1 70%")
    first["Date"], second["Date"] = "Fri, 04 Sep 2026 09:00:00 +0200", "Fri, 04 Sep 2026 10:00:00 +0200"
    place.deliver(second, first)
    place.collect(NOW)
    row = action(place, "A1")
    assert (row.light, row.progress) == (TrafficLight.RED, 70)
    assert [(report.progress, report.light) for report in new_reports(place)] == [
        (10, TrafficLight.RED),
        (70, TrafficLight.RED),
    ]


def test_done_by_mail_is_done_in_the_plan(place: Workplace) -> None:
    """`A1 afgerond` sets status, progress and the day."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 afgerond"))
    place.collect(NOW)
    row = action(place, "A1")
    assert (row.status, row.progress, row.done_on) == (Status.DONE, 100, NOW.date())


def test_a_deputy_may_answer_under_their_own_name(place: Workplace) -> None:
    """Chris answers for Bram."""
    mail = place.sent_to("bram@example.org")
    place.deliver(place.answer(mail, "A2 groen 40%", sender="chris@example.org"))
    place.collect(NOW)
    assert [report.by for report in new_reports(place)] == ["Chris"]


def test_a_reply_from_a_stranger_waits_for_a_person(place: Workplace) -> None:
    """The token proves which mail is answered, not who answers."""
    mail = place.sent_to("anna@example.org")
    place.deliver(place.answer(mail, "A1 groen 100%", sender="eve@elsewhere.example"))
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.LOOK
    assert "eve@elsewhere.example" in outcome.look_at[0].nl
    assert new_reports(place) == []
    assert (len(place.inbox()), len(place.inbox("Review"))) == (0, 1)


def test_another_persons_form_does_not_count(place: Workplace) -> None:
    """Anna can't report on Bram's action with the form that he forwarded to her."""
    form = filled_in(place.sent_to("bram@example.org"), A2_light="Rood")
    place.deliver(place.answer(place.sent_to("anna@example.org"), "Zie bijlage.", form=form))
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.LOOK
    assert new_reports(place) == []


def test_an_unchanged_form_is_no_report(place: Workplace) -> None:
    """What was filled in beforehand is not the owner's word."""
    mail = place.sent_to("anna@example.org")
    place.deliver(place.answer(mail, "Zie bijlage.", form=filled_in(mail)))
    assert place.collect(NOW).code is ExitCode.LOOK
    assert new_reports(place) == []


def test_an_out_of_office_message_is_no_answer(place: Workplace) -> None:
    """It is filed away without bothering anybody."""
    reply = place.answer(place.sent_to("anna@example.org"), "Ik ben er niet.")
    reply["Auto-Submitted"] = "auto-replied"
    place.deliver(reply)
    assert place.collect(NOW).code is ExitCode.DONE
    assert new_reports(place) == []
    assert len(place.inbox("Processed")) == 1


def test_a_dry_run_tells_and_changes_nothing(place: Workplace) -> None:
    """Every file stays as it was."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    outcome = place.collect(NOW, dry_run=True)
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before
    assert outcome.data["reports"] == 1


def test_reports_wait_while_the_plan_is_open_in_excel(place: Workplace) -> None:
    """They count as received meanwhile, and go in at the next run, once."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    owner_file = place.workbook.with_name("~$" + place.workbook.name)
    name = "Jan Jansen".encode("utf-16-le")
    owner_file.write_bytes(b"\x0aJan Jansen".ljust(55, b" ") + b"\x0a\x00" + name.ljust(108, b"\x00"))
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.OUTSIDE_FAILED
    assert "Jan Jansen" in outcome.summary.nl
    assert new_reports(place) == []
    owner_file.unlink()
    reminders = place.send(datetime(2026, 9, 7, 8))
    assert [mail["person"] for mail in reminders.data["sent"]] == ["Bram"]  # type: ignore[attr-defined]  # a list
    place.collect(datetime(2026, 9, 7, 9))
    place.collect(datetime(2026, 9, 7, 10))
    assert [report.made_at for report in new_reports(place)] == [NOW]


class CrashError(BaseException):
    """The process is killed here."""


@pytest.mark.parametrize("step", ["understood", "number_reports", "applied", "handled"])
def test_a_crash_at_any_step_loses_nothing_and_counts_nothing_twice(place: Workplace, step: str) -> None:
    """The next run ends with every report once, and sees no edit where there was none."""

    class CrashingLedger(Ledger):
        def __getattribute__(self, name: str) -> object:
            if name == step:

                def crash(*_args: object, **_values: object) -> NoReturn:
                    raise CrashError

                return crash
            return super().__getattribute__(name)

    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    with pytest.raises(CrashError), CrashingLedger(place.config.ledger_file) as ledger:
        collect_replies(
            config=place.config, ledger=ledger, post=place.post, secret=SECRET, now=NOW, machine="here"
        )
    place.collect(NOW.replace(hour=18))
    place.collect(NOW.replace(hour=19))
    assert [(report.item, report.progress) for report in new_reports(place)] == [("A1", 70)]
    assert action(place, "A1").progress == 70
    assert place.inbox() == []


def test_a_crash_before_the_mail_left_the_inbox_files_it_away_later(place: Workplace) -> None:
    """Its reports are not counted again."""

    class CrashingPost(FolderMail):
        def file_away(self, handle: str, tray: Tray) -> None:
            raise CrashError

    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    good = place.post
    place.post = CrashingPost(place.folder / "mail")
    with pytest.raises(CrashError):
        place.collect(NOW)
    place.post = good
    place.collect(NOW.replace(hour=18))
    assert len(new_reports(place)) == 1
    assert (len(place.inbox()), len(place.inbox("Processed"))) == (0, 1)


def test_a_plan_that_cannot_be_read_costs_no_reply(place: Workplace) -> None:
    """The mail is kept before anything else, and read at the next run."""
    whole = place.workbook.read_bytes()
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 70%"))
    place.workbook.write_bytes(b"not a workbook")
    with pytest.raises(InputProblem):
        place.collect(NOW)
    place.workbook.write_bytes(whole)
    place.collect(NOW.replace(hour=18))
    assert [report.item for report in new_reports(place)] == ["A1"]


def test_a_steering_session_brings_measurements_in(tmp_path: Path) -> None:
    """A reported value stands in the indicator's row and among the measurements."""
    sessions = tuple(dataclasses.replace(s, kind=s.kind.STEERING) for s in PLAN.sessions)
    place = Workplace(tmp_path, dataclasses.replace(PLAN, sessions=sessions))
    place.send(INVITATION_DAY)
    place.deliver(
        place.answer(place.sent_to("anna@example.org"), "I1 23,5 groen\nS1 oranje\nDe bouw loopt vast.")
    )
    place.collect(NOW)
    plan = place.plan()
    assert [(i.actual, i.light, i.measured_on) for i in plan.indicators] == [
        (23.5, TrafficLight.GREEN, date(2026, 9, 4))
    ]
    assert [(m.item, m.value, m.measured_on) for m in plan.measurements] == [("I1", 23.5, date(2026, 9, 4))]
    assert [(s.light, s.update) for s in plan.strategies] == [(TrafficLight.ORANGE, "De bouw loopt vast.")]


@pytest.mark.parametrize("light", [{"I1_light": "Groen"}, {}], ids=["with a light", "alone"])
def test_a_day_without_a_value_gives_no_other_value_that_day(tmp_path: Path, light: dict[str, str]) -> None:
    """What was measured in the winter was not measured in the summer; the sender hears it."""
    sessions = tuple(dataclasses.replace(s, kind=s.kind.STEERING) for s in PLAN.sessions)
    indicators = tuple(dataclasses.replace(i, measured_on=date(2026, 1, 31)) for i in PLAN.indicators)
    place = Workplace(tmp_path, dataclasses.replace(PLAN, sessions=sessions, indicators=indicators))
    place.send(INVITATION_DAY)
    form = filled_in(place.sent_to("anna@example.org"), I1_measured_on=datetime(2026, 8, 31), **light)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "", form=form))
    outcome = place.collect(NOW)
    told = " ".join(text.nl for text in (outcome.summary, *outcome.look_at))
    assert "I1: je noemt een dag (31 augustus) zonder de waarde" in told
    assert [(i.actual, i.measured_on) for i in place.plan().indicators] == [(33, date(2026, 1, 31))]
    assert place.plan().measurements == ()
    assert len(new_reports(place)) == len(light)


def files(place: Workplace) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}


class TestDryRun:
    """What would be written where, and what would go to review; nothing is changed, nowhere."""

    def three_ways(self, place: Workplace) -> None:
        """Anna answers on A1 by mail, Chris for Bram by form, and somebody edits I1's row; Eve is a stranger."""
        anna, bram = place.sent_to("anna@example.org"), place.sent_to("bram@example.org")
        place.collect(INVITATION_DAY.replace(hour=9))
        place.edit("I1", light=TrafficLight.RED)
        place.deliver(
            place.answer(anna, "A1 groen 70%\nGedaan: Bijna klaar.", written=NOW.replace(hour=9)),
            place.answer(
                bram, "", sender="chris@example.org", form=filled_in(bram, A2_light="Oranje"), written=NOW
            ),
            place.answer(anna, "A1 rood", sender="eve@elsewhere.example"),
        )

    def test_it_says_what_would_be_written_where(self, place: Workplace) -> None:
        """Per item: ID, owner, by what way, and from what to what."""
        self.three_ways(place)
        before = files(place)
        outcome = place.collect(NOW, dry_run=True)
        assert [line.nl for line in outcome.details] == [
            "A1, Anna, per mail: voortgang 60% → 70%; verkeerslicht oranje → groen; stand van zaken “Half done” → “Bijna klaar.”",
            "A2, Bram, per formulier van Chris: verkeerslicht groen → oranje",
            "I1, Anna, in de rij zelf: verkeerslicht leeg → rood",
        ]
        assert outcome.details[1].en == "A2, Bram, by form from Chris: traffic light green → orange"
        assert [line.nl for line in outcome.look_at] == [
            (
                "Te beoordelen, van eve@elsewhere.example: De mail komt van eve@elsewhere.example, maar de vraag ging naar "
                "anna@example.org, en eve@elsewhere.example vervangt anna@example.org niet."
            )
        ]
        assert outcome.summary.nl == (
            "Proef, er is niets veranderd. 3 mails gelezen: 2 antwoorden, 1 om te beoordelen. "
            "In het plan bewerkt: I1. In het plan zou komen: 3 verslagen."
        )
        assert files(place) == before

    def test_the_same_for_programs(self, place: Workplace) -> None:
        """With plain values: words by their key, dates as ISO text."""
        self.three_ways(place)
        data = place.collect(NOW, dry_run=True).data
        assert data["would_write"] == [
            {
                "item": "A1",
                "owner": "Anna",
                "by": "Anna",
                "way": "mail",
                "made_at": "2026-09-04T09:00:00",
                "in_row": True,
                "changes": {
                    "progress": {"old": 60, "new": 70},
                    "light": {"old": "orange", "new": "green"},
                    "update": {"old": "Half done", "new": "Bijna klaar."},
                },
            },
            {
                "item": "A2",
                "owner": "Bram",
                "by": "Chris",
                "way": "form",
                "made_at": "2026-09-04T17:00:00",
                "in_row": True,
                "changes": {"light": {"old": "green", "new": "orange"}},
            },
            {
                "item": "I1",
                "owner": "Anna",
                "by": "Anna",
                "way": "row",
                "made_at": "2026-09-04T17:00:00",
                "in_row": True,
                "changes": {"light": {"old": None, "new": "red"}},
            },
        ]
        assert [each["sender"] for each in data["review"]] == ["eve@elsewhere.example"]  # type: ignore[attr-defined]  # a list
        json.dumps(data)

    def test_the_real_run_does_what_it_said(self, place: Workplace) -> None:
        """Value for value, also where two replies are about one item."""
        self.three_ways(place)
        place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood", written=NOW))
        foretold = place.collect(NOW, dry_run=True)
        lights = [line.nl for line in foretold.details if "A1" in line.nl]
        assert lights[-1] == "A1, Anna, per mail: verkeerslicht groen → rood"
        done = place.collect(NOW)
        assert len(foretold.details) == done.data["brought_in"]
        assert (action(place, "A1").light, action(place, "A1").progress) == (TrafficLight.RED, 70)
        assert action(place, "A2").light is TrafficLight.ORANGE

    def test_what_reaches_the_history_only_is_said_to(self, place: Workplace) -> None:
        """Something newer stands in the row, or the row is gone."""
        mail = place.sent_to("anna@example.org")
        place.deliver(place.answer(mail, "A1 rood", written=NOW))
        place.collect(NOW)
        place.deliver(place.answer(mail, "A1 groen", written=NOW.replace(hour=9)))
        place.put(dataclasses.replace(place.plan(), indicators=()))
        place.deliver(place.answer(mail, "A1 oranje", written=NOW.replace(hour=8)))
        outcome = place.collect(NOW.replace(hour=18), dry_run=True)
        assert [line.en for line in outcome.details] == [
            "A1, Anna, by mail: in the reports only, as the row holds something newer already",
            "A1, Anna, by mail: in the reports only, as the row holds something newer already",
        ]

    def test_a_mail_that_was_read_before_and_stayed_in_the_inbox_is_not_told_again(
        self, place: Workplace
    ) -> None:
        """The run was cut off before the mail left; and one that it kept without reading it is told."""
        place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood"))
        (file,) = place.inbox()
        raw = file.read_bytes()
        place.collect(NOW)
        place.deliver(raw)
        assert place.collect(NOW.replace(hour=18), dry_run=True).details == []
        kept = place.answer(place.sent_to("bram@example.org"), "A2 rood").as_bytes()
        with place.ledger() as ledger:
            ledger.store_incoming(kept, NOW)
        outcome = place.collect(NOW.replace(hour=18), dry_run=True)
        assert [line.nl for line in outcome.details] == ["A2, Bram, per mail: verkeerslicht groen → rood"]

    def test_the_same_mail_twice_in_the_inbox_is_told_once(self, place: Workplace) -> None:
        """As the real run counts it."""
        reply = place.answer(place.sent_to("anna@example.org"), "A1 rood")
        place.deliver(reply)
        reply["Received"] = "once more"
        place.deliver(reply)
        outcome = place.collect(NOW, dry_run=True)
        assert (len(outcome.details), outcome.data["mails"]["duplicate"]) == (1, 1)  # type: ignore[index]  # a dict

    def test_a_contradiction_is_told(self, place: Workplace) -> None:
        """The mail of the morning says red, the row was edited since."""
        place.edit("A1", light=TrafficLight.GREEN)
        answer = place.answer(place.sent_to("anna@example.org"), "A1 rood", written=NOW.replace(hour=9))
        place.deliver(answer)
        outcome = place.collect(NOW, dry_run=True)
        assert (outcome.code, "A1: Anna antwoordde licht rood" in outcome.look_at[0].nl) == (
            ExitCode.LOOK,
            True,
        )
