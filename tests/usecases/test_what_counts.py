"""What counts when people answer in several ways, twice, late, for a colleague, or take back what they said."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from ogsm_xl.plan.model import Action, Report
from ogsm_xl.plan.words import ReportSource, Text, TrafficLight
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.reading_replies import LONGEST_TEXT
from tests.support.forms import filled_in
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 17)
NINE, TEN, ELEVEN = (datetime(2026, 9, 4, hour) for hour in (9, 10, 11))

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org deputy=Chris
    person    Chris chris@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done" next="Test it" needed="A tester" proposal="A month later"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    action    A3 Chris S1 "Team complete" 2026-02-02..2026-11-20 in_progress 10% green
    session   SES1 doing 2026-08-13 10:00
    session   SES2 doing 2026-09-10 10:00
    session   SES3 doing 2026-10-08 10:00
    report    R1 A1 2026-08-12T09:00:00 Anna orange 60% done="Half done" next="Test it" needed="A tester" proposal="A month later"
    report    R2 A2 2026-08-12T09:00:00 Bram green 30%
""")  # fmt: skip


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
    return [report for report in place.plan().reports if report.id not in {"R1", "R2"}]


def answer(place: Workplace, top: str, owner: str = "anna", **more: datetime) -> None:
    place.deliver(place.answer(place.sent_to(f"{owner}@example.org"), top, **more))  # type: ignore[arg-type]  # only `written`


class TestOneReply:
    """What one reply says, however it says it, is one report an item."""

    def test_form_and_lines_complete_each_other(self, place: Workplace) -> None:
        """The light above, the percentage and a text in the form."""
        mail = place.sent_to("anna@example.org")
        form = filled_in(mail, A1_progress=0.8, A1_done="Getest met huurders.")
        place.deliver(place.answer(mail, "A1 groen\nDe rest staat in het formulier.", form=form))
        place.collect(NOW)
        (report,) = new_reports(place)
        assert (report.light, report.progress, report.done, report.source) == (
            TrafficLight.GREEN,
            80,
            "Getest met huurders.\nDe rest staat in het formulier.",
            ReportSource.FORM,
        )

    def test_form_and_lines_that_disagree_count_for_nothing_on_that_item(self, place: Workplace) -> None:
        """Nobody guesses which of the two was meant; the author hears so, and still owes."""
        mail = place.sent_to("anna@example.org")
        place.deliver(place.answer(mail, "A1 groen", form=filled_in(mail, A1_light="Rood")))
        outcome = place.collect(NOW)
        assert (outcome.code, new_reports(place), action(place, "A1").light) == (
            ExitCode.LOOK,
            [],
            TrafficLight.ORANGE,
        )
        assert "“Rood”" in outcome.look_at[0].nl
        assert "“Groen”" in outcome.look_at[0].nl

    def test_the_same_word_in_form_and_lines_is_no_disagreement(self, place: Workplace) -> None:
        """Somebody who says it twice says it once."""
        mail = place.sent_to("anna@example.org")
        place.deliver(place.answer(mail, "A1 rood", form=filled_in(mail, A1_light="Rood")))
        assert place.collect(NOW).code is ExitCode.DONE
        assert [report.light for report in new_reports(place)] == [TrafficLight.RED]

    def test_two_forms_in_one_mail_are_one_report(self, place: Workplace) -> None:
        """The form of the invitation and a second copy of it, each with something."""
        mail = place.sent_to("anna@example.org")
        reply = place.answer(mail, "Zie bijlagen.", form=filled_in(mail, A1_light="Rood"))
        second = filled_in(mail, A1_done="Bouwer is failliet.")
        reply.add_attachment(second, maintype="application", subtype="octet-stream", filename="kopie.xlsx")
        place.deliver(reply)
        place.collect(NOW)
        assert [(r.light, r.done) for r in new_reports(place)] == [(TrafficLight.RED, "Bouwer is failliet.")]

    def test_a_text_that_is_too_long_is_cut_off_and_its_author_hears_so(self, place: Workplace) -> None:
        """Also where a form holds what no mail could."""
        mail = place.sent_to("anna@example.org")
        form = filled_in(mail, A1_done="x" * (LONGEST_TEXT + 1))
        place.deliver(place.answer(mail, "Zie bijlage.", form=form))
        outcome = place.collect(NOW)
        assert [len(report.done) for report in new_reports(place)] == [LONGEST_TEXT]
        assert "8000" in outcome.look_at[0].nl


class TestSeveralReplies:
    """The newest stands in the row, everything stays in the history."""

    def test_answers_count_in_the_order_in_which_they_were_written(self, place: Workplace) -> None:
        """However they were delivered; the second completes the first."""
        answer(place, "A1 70%\nGedaan: Getest.", written=ELEVEN)
        answer(place, "A1 rood 10%\nNodig: Een bouwer.", written=TEN)
        place.collect(NOW)
        row = action(place, "A1")
        assert (row.light, row.progress, row.update, row.needed) == (
            TrafficLight.RED,
            70,
            "Getest.",
            "Een bouwer.",
        )
        assert [(r.made_at, r.light, r.progress) for r in new_reports(place)] == [
            (TEN, TrafficLight.RED, 10),
            (ELEVEN, TrafficLight.RED, 70),
        ]

    def test_an_answer_older_than_what_the_row_shows_is_history_only(self, place: Workplace) -> None:
        """It was delayed on the way, and the row knows better already."""
        answer(place, "A1 groen 80%", written=ELEVEN)
        place.collect(NOW)
        answer(place, "A1 rood 10%", written=TEN)
        outcome = place.collect(NOW.replace(hour=18))
        assert (action(place, "A1").light, action(place, "A1").progress) == (TrafficLight.GREEN, 80)
        assert [(r.light, r.progress) for r in new_reports(place)] == [
            (TrafficLight.GREEN, 80),
            (TrafficLight.RED, 10),
        ]
        assert outcome.data["older"] == 1
        assert "alleen in de rapportages" in outcome.summary.nl

    def test_the_same_words_in_two_replies_are_two_reports(self, place: Workplace) -> None:
        """Also where a mail program gives no Message-ID."""
        mail = place.sent_to("anna@example.org")
        for written in (TEN, ELEVEN):
            reply = place.answer(mail, "A1 groen 70%", written=written)
            del reply["Message-ID"]
            place.deliver(reply)
        place.collect(NOW)
        assert [report.made_at for report in new_reports(place)] == [TEN, ELEVEN]

    def test_a_mail_that_is_delivered_again_later_is_a_duplicate(self, place: Workplace) -> None:
        """In another run, with other headers."""
        mail = place.answer(place.sent_to("anna@example.org"), "A1 groen 70%")
        place.deliver(mail)
        place.collect(NOW)
        place.deliver(b"X-Other-Route: yes\r\n" + mail.as_bytes())
        outcome = place.collect(NOW.replace(hour=18))
        assert (outcome.code, outcome.data["reports"], len(new_reports(place))) == (ExitCode.DONE, 0, 1)
        assert len(place.receipts()) == 1


class TestDeputies:
    """Who answers for a colleague."""

    def test_owner_and_deputy_both_answer(self, place: Workplace) -> None:
        """Both are in the history under their own names, and the newest is in the row."""
        mail = place.sent_to("bram@example.org")
        place.deliver(
            place.answer(mail, "A2 groen 40%", sender="chris@example.org", written=ELEVEN),
            place.answer(mail, "A2 oranje 35%", written=TEN),
        )
        place.collect(NOW)
        assert [(r.by, r.progress) for r in new_reports(place)] == [("Bram", 35), ("Chris", 40)]
        assert action(place, "A2").progress == 40

    def test_a_deputy_may_send_the_owners_form_along_with_their_own(self, place: Workplace) -> None:
        """Chris answers on his own mail, for himself and for Bram."""
        his, brams = place.sent_to("chris@example.org"), place.sent_to("bram@example.org")
        reply = place.answer(his, "Zie bijlagen.", form=filled_in(his, A3_light="Oranje"))
        form = filled_in(brams, A2_light="Rood")
        reply.add_attachment(form, maintype="application", subtype="octet-stream", filename="bram.xlsx")
        place.deliver(reply)
        assert place.collect(NOW).code is ExitCode.DONE
        assert {(r.item, r.by, r.light) for r in new_reports(place)} == {
            ("A2", "Chris", TrafficLight.RED),
            ("A3", "Chris", TrafficLight.ORANGE),
        }

    def test_an_owner_does_not_answer_for_the_deputy(self, place: Workplace) -> None:
        """It works one way only: Bram sends Chris's form."""
        brams, chris = place.sent_to("bram@example.org"), place.sent_to("chris@example.org")
        place.deliver(place.answer(brams, "A2 groen", form=filled_in(chris, A3_light="Rood")))
        outcome = place.collect(NOW)
        assert outcome.code is ExitCode.LOOK
        assert [report.item for report in new_reports(place)] == ["A2"]


class TestWhen:
    """When a report counts as made, and for which session."""

    @pytest.mark.parametrize(
        "date_header",
        [
            "Thu, 01 Jan 1970 00:00:00 +0000",
            "Mon, 01 Jan 0001 00:00:00 +1400",
            "Fri, 31 Dec 9999 23:59:59 -1400",
            "Wed, 02 Sep 2026 10:00:00 +0200",
            "Sat, 05 Sep 2026 10:00:00 +0200",
            "yesterday",
            "",
        ],
    )
    def test_a_date_that_cannot_be_right_is_replaced_by_the_moment_of_arrival(
        self, place: Workplace, date_header: str
    ) -> None:
        """Before our mail went out, after the reply came in, or none at all."""
        reply = place.answer(place.sent_to("anna@example.org"), "A1 rood")
        place.deliver(f"Date: {date_header}\r\n".encode() + reply.as_bytes())
        place.collect(NOW)
        assert [report.made_at for report in new_reports(place)] == [NOW]

    def test_the_senders_time_zone_is_turned_into_the_plans(self, place: Workplace) -> None:
        """Somebody answers from Tokyo."""
        reply = place.answer(place.sent_to("anna@example.org"), "A1 rood")
        reply["Date"] = "Fri, 04 Sep 2026 18:15:40 +0900"
        place.deliver(reply)
        place.collect(NOW)
        assert [report.made_at for report in new_reports(place)] == [datetime(2026, 9, 4, 11, 15)]

    def test_an_answer_after_the_session_counts_for_the_next_one_and_says_so(self, place: Workplace) -> None:
        """It is kept, and nobody thinks that it was discussed."""
        answer(place, "A1 groen 80%", written=datetime(2026, 9, 10, 10, 30))
        outcome = place.collect(datetime(2026, 9, 10, 17))
        assert [report.session for report in new_reports(place)] == ["SES3"]
        assert outcome.details == [
            Text(
                "A1: het antwoord van Anna kwam na de doensessie SES2 van 10-09-2026 en telt voor de doensessie SES3 van 08-10-2026.",
                "A1: the answer of Anna came after the doing session SES2 of 2026-09-10 and counts for the doing session SES3 of 2026-10-08.",
            )
        ]
        (receipt,) = place.receipts()
        assert "SES3" in receipt.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one

    def test_an_answer_written_before_the_session_and_collected_after_it_counts_for_it(
        self, place: Workplace
    ) -> None:
        """What matters is when it was written."""
        answer(place, "A1 groen 80%", written=datetime(2026, 9, 10, 9, 30))
        place.collect(datetime(2026, 9, 10, 17))
        assert [report.session for report in new_reports(place)] == ["SES2"]

    def test_an_edited_row_counts_from_when_the_workbook_was_saved(self, place: Workplace) -> None:
        """The run comes after the session; the edit was made before it, and the mail between the two is newer."""
        place.edit("A1", light=TrafficLight.RED)
        place.edit("A2", light=TrafficLight.RED)
        saved = datetime(2026, 9, 10, 9, tzinfo=place.config.zone).timestamp()
        os.utime(place.workbook, (saved, saved))
        answer(place, "A1 groen 80%", written=datetime(2026, 9, 10, 9, 30))
        place.collect(datetime(2026, 9, 10, 17))
        assert [(r.item, r.made_at, r.session, r.light) for r in new_reports(place)] == [
            ("A1", datetime(2026, 9, 10, 9), "SES2", TrafficLight.RED),
            ("A2", datetime(2026, 9, 10, 9), "SES2", TrafficLight.RED),
            ("A1", datetime(2026, 9, 10, 9, 30), "SES2", TrafficLight.GREEN),
        ]
        assert action(place, "A1").light is TrafficLight.GREEN


class TestReplyAndRow:
    """A reply and an edit of the same row."""

    def test_the_newest_stands_in_the_row_and_the_contradiction_is_shown(self, place: Workplace) -> None:
        """The mail said red at nine, the row was saved green since: both are in the history."""
        place.edit("A1", light=TrafficLight.GREEN)
        answer(place, "A1 rood 50%", written=NINE)
        outcome = place.collect(NOW)
        assert (action(place, "A1").light, action(place, "A1").progress) == (TrafficLight.GREEN, 50)
        assert [(r.source, r.light) for r in new_reports(place)] == [
            (ReportSource.MAIL, TrafficLight.RED),
            (ReportSource.ROW, TrafficLight.GREEN),
        ]
        assert outcome.code is ExitCode.LOOK
        assert outcome.look_at == [
            Text(
                "A1: Anna antwoordde licht rood (geschreven op 04-09-2026 09:00), maar in het plan is die rij zelf bewerkt: groen. "
                "In de rij staat het nieuwste, groen; in de rapportages staan ze allebei. Klopt het niet, verbeter dan de rij.",
                "A1: Anna answered light red (written on 2026-09-04 09:00), but that row was edited in the plan itself: green. "
                "The row holds the newest, green; the reports hold both. If it is not right, mend the row.",
            )
        ]
        with place.ledger() as ledger:
            assert [each.item for each in ledger.contradictions(INVITATION_DAY)] == ["A1"]

    def test_reply_and_row_that_speak_of_different_things_complete_each_other(self, place: Workplace) -> None:
        """The light by mail, the progress in the row: no contradiction."""
        place.edit("A1", progress=75)
        answer(place, "A1 rood", written=NINE)
        outcome = place.collect(NOW)
        assert outcome.code is ExitCode.DONE
        assert (action(place, "A1").light, action(place, "A1").progress) == (TrafficLight.RED, 75)

    def test_a_row_that_is_edited_after_the_reply_reached_it_is_a_later_word(self, place: Workplace) -> None:
        """Its owner saw what the mail had set, and changed it."""
        answer(place, "A1 rood", written=NINE)
        place.collect(NOW)
        place.edit("A1", light=TrafficLight.GREEN)
        outcome = place.collect(NOW.replace(hour=18))
        assert outcome.code is ExitCode.DONE
        assert action(place, "A1").light is TrafficLight.GREEN

    def test_a_reply_older_than_an_edit_that_is_in_the_history_is_a_contradiction(
        self, place: Workplace
    ) -> None:
        """It was delayed on the way; the row was edited and brought in meanwhile."""
        place.edit("A1", light=TrafficLight.GREEN)
        place.collect(NOW)
        answer(place, "A1 rood", written=NINE)
        outcome = place.collect(NOW.replace(hour=18))
        assert outcome.code is ExitCode.LOOK
        assert action(place, "A1").light is TrafficLight.GREEN

    def test_a_cell_that_its_owner_cleared_stays_clear(self, place: Workplace) -> None:
        """An older mail does not write it back."""
        place.edit("A1", needed="")
        answer(place, "A1 rood\nNodig: Twee testers.", written=NINE)
        outcome = place.collect(NOW)
        assert (action(place, "A1").needed, action(place, "A1").light) == ("", TrafficLight.RED)
        assert [report.needed for report in new_reports(place)] == ["Twee testers.", ""]
        assert "leeg" in outcome.look_at[0].nl


class TestTexts:
    """What a report does to texts of the row that it does not name."""

    def test_next_and_needed_of_the_last_session_end_with_a_new_report(self, place: Workplace) -> None:
        """They were for that period; the update stays as the last explanation, the proposal waits for a decision."""
        answer(place, "A1 rood 65%")
        place.collect(NOW)
        row = action(place, "A1")
        assert (row.update, row.next, row.needed, row.proposal) == ("Half done", "", "", "A month later")

    def test_the_receipt_says_what_ended(self, place: Workplace) -> None:
        """Somebody who still needs it can say so."""
        answer(place, "A1 rood 65%")
        place.collect(NOW)
        (receipt,) = place.receipts()
        text = receipt.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
        assert "“A tester”" in text
        assert "“A1 nodig: …”" in text

    def test_a_second_answer_for_the_same_session_ends_nothing(self, place: Workplace) -> None:
        """It completes the first one."""
        answer(place, "A1 rood\nNodig: Twee testers.", written=TEN)
        place.collect(NOW)
        answer(place, "A1 oranje", written=ELEVEN)
        place.collect(NOW.replace(hour=18))
        assert action(place, "A1").needed == "Twee testers."

    def test_nothing_changed_keeps_everything(self, place: Workplace) -> None:
        """It is said again, and the history has the state."""
        answer(place, "A1 geen wijzigingen")
        place.collect(NOW)
        row = action(place, "A1")
        assert (row.next, row.needed, row.proposal, row.updated_on) == (
            "Test it",
            "A tester",
            "A month later",
            date(2026, 9, 4),
        )
        assert [(r.light, r.progress, r.needed) for r in new_reports(place)] == [
            (TrafficLight.ORANGE, 60, "")
        ]

    def test_none_takes_a_text_out_of_the_row(self, place: Workplace) -> None:
        """By mail as in the form; the history keeps the word."""
        mail = place.sent_to("anna@example.org")
        form = filled_in(mail, A1_needed="geen")
        place.deliver(place.answer(mail, "A1 oranje\nVoorstel: vervallen", form=form))
        place.collect(NOW)
        row = action(place, "A1")
        assert (row.needed, row.proposal) == ("", "")
        assert [(r.needed, r.proposal) for r in new_reports(place)] == [("geen", "vervallen")]
