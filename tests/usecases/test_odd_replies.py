"""What people do with mail: forward it, reply to all, write from a new address, send it twice, say thanks."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.usecases.outcome import Outcome
from ogsm_xl.usecases.review import Accept, Assign, decide_review, show_review
from tests.support.forms import filled_in
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

NOW = datetime(2026, 9, 4, 17)
LATER = NOW.replace(hour=18)
WRITTEN = NOW.replace(hour=9)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org deputy=Chris
    person    Chris chris@example.org
    person    Dora dora@example.org process_owner
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(datetime(2026, 9, 3, 8))
    return place


def outcomes(place: Workplace) -> list[MailOutcome | None]:
    with place.ledger() as ledger:
        return [row.outcome for row in ledger.all_incoming()]


def reports(place: Workplace) -> list[tuple[str, str, str | None, int | None]]:
    return [(r.item, r.by, r.light.key if r.light else None, r.progress) for r in place.plan().reports]


def decide(place: Workplace, decision: Accept | Assign, number: int = 1) -> Outcome:
    with place.ledger() as ledger:
        return decide_review(
            decision,
            config=place.config,
            ledger=ledger,
            post=place.post,
            secret=SECRET,
            number=number,
            now=LATER,
            machine="here",
        )


class TestAnotherAddress:
    """The address in the plan was changed between the invitation and the answer."""

    def moved(self, place: Workplace, name: str = "Anna") -> None:
        people = tuple(
            dataclasses.replace(p, mail="new@example.org") if p.name == name else p for p in PLAN.people
        )
        place.put(dataclasses.replace(PLAN, people=people))

    @pytest.mark.parametrize("sender", ["new@example.org", "anna@example.org"])
    def test_the_owner_may_answer_from_either(self, place: Workplace, sender: str) -> None:
        """Under the name that the plan has for them; the plan says whose the new address is."""
        self.moved(place)
        place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 80%", sender=sender))
        place.collect(NOW)
        assert reports(place) == [("A1", "Anna", "green", 80)]

    def test_their_deputy_stays_their_deputy(self, place: Workplace) -> None:
        """The mail knew the old address; the plan names the deputy with the new one."""
        self.moved(place, "Bram")
        place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 rood", sender="chris@example.org"))
        place.collect(NOW)
        assert reports(place) == [("A2", "Chris", "red", 30)]

    def test_a_new_address_of_somebody_else_opens_nothing(self, place: Workplace) -> None:
        """It is the owner's own that counts."""
        self.moved(place, "Dora")
        answer = place.answer(place.sent_to("anna@example.org"), "A1 groen", sender="new@example.org")
        place.deliver(answer)
        place.collect(NOW)
        assert outcomes(place) == [MailOutcome.REVIEW]


class TestTwice:
    """One reply that arrives more than once."""

    def test_under_another_message_id(self, place: Workplace) -> None:
        """A gateway gave the second delivery one of its own; date and words are the same."""
        reply = place.answer(place.sent_to("anna@example.org"), "A1 groen 80%", written=WRITTEN)
        place.deliver(reply)
        del reply["Message-ID"]
        reply["Message-ID"] = "<other@gateway.example>"
        place.deliver(reply)
        place.collect(NOW)
        assert (outcomes(place), len(place.plan().reports), len(place.receipts())) == (
            [MailOutcome.ACCEPTED, MailOutcome.DUPLICATE],
            1,
            1,
        )

    def test_the_same_words_a_day_later_are_a_new_report(self, place: Workplace) -> None:
        """Nothing changed since, and that is news."""
        mail = place.sent_to("anna@example.org")
        for day in (4, 5):
            written = datetime(2026, 9, day, 9)
            place.deliver(place.answer(mail, "A1 groen 80%", written=written))
            place.collect(written.replace(hour=17))
        assert len(place.plan().reports) == 2

    def test_two_bounces_of_one_second_are_two(self, place: Workplace) -> None:
        """Their words are the same; the addresses that they report are not."""
        for name in ("anna", "bram"):
            bounce = EmailMessage()
            bounce["From"], bounce["To"] = "MAILER-DAEMON@example.org", "ogsm@example.org"
            bounce["Subject"], bounce["Date"] = "Undelivered Mail", "Fri, 04 Sep 2026 09:00:00 +0200"
            bounce["Content-Type"] = 'multipart/report; report-type="delivery-status"; boundary="b"'
            bounce.set_payload(
                "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
                "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
                f"Final-Recipient: rfc822; {name}@example.org\r\nAction: failed\r\n\r\n--b--\r\n"
            )
            place.deliver(bounce)
        place.collect(NOW)
        with place.ledger() as ledger:
            assert [each.address for each in ledger.bounces()] == ["anna@example.org", "bram@example.org"]


class TestForwarded:
    """The secretary sends an owner's answer on."""

    def forwarded(self, place: Workplace) -> EmailMessage:
        answer = place.answer(place.sent_to("anna@example.org"), "A1 groen 80%\nGedaan: De site staat.")
        mail = EmailMessage()
        mail["From"], mail["To"] = "Sien <sien@example.org>", "ogsm@example.org"
        mail["Subject"], mail["Message-ID"] = f"FW: {answer['Subject']}", "<forwarded@example.org>"
        mail.set_content(
            "Hierbij het antwoord van Anna.\n\nVan: Anna <anna@example.org>\nVerzonden: vrijdag 4 september 2026 09:00\n"
            f"Aan: Sien <sien@example.org>\nOnderwerp: {answer['Subject']}\n\n{answer.get_content()}"
        )
        return mail

    @pytest.mark.parametrize("decision", [Accept(), Assign("A1", "Anna")])
    def test_it_waits_and_can_be_accepted_with_what_the_owner_wrote(
        self, place: Workplace, decision: Accept | Assign
    ) -> None:
        """A person sees both texts; what counts is the owner's."""
        place.deliver(self.forwarded(place))
        place.collect(NOW)
        assert outcomes(place) == [MailOutcome.REVIEW]
        with place.ledger() as ledger:
            shown = show_review(config=place.config, ledger=ledger, secret=SECRET, number=1)
        said = [line.nl for line in shown.details]
        assert {"  Hierbij het antwoord van Anna.", "  A1 groen 80%", "  Gedaan: De site staat."} <= set(said)
        decide(place, decision)
        assert reports(place) == [("A1", "Anna", "green", 80)]

    def test_an_answer_below_a_reply_is_never_taken_for_the_repliers(self, place: Workplace) -> None:
        """Chris says something nice below which Anna's answer stands: accepting that records nothing."""
        answer = place.answer(place.sent_to("anna@example.org"), "A1 groen 80%")
        place.deliver(place.answer(answer, "Mooi!", sender="Chris <chris@example.org>"))
        place.collect(NOW)
        with place.ledger() as ledger:
            shown = show_review(config=place.config, ledger=ledger, secret=SECRET, number=1)
        assert shown.data["accept"] == []


def test_who_replies_to_all_on_a_colleagues_answer_can_be_accepted_for_their_own(place: Workplace) -> None:
    """Bram answered below Anna's mail, with her reference: it is A2, his, that it is about."""
    answer = place.answer(place.sent_to("anna@example.org"), "A1 groen 80%")
    answer["Cc"] = "bram@example.org, chris@example.org, dora@example.org"
    place.deliver(answer, place.answer(answer, "A2 rood 10%", sender="Bram <bram@example.org>"))
    place.collect(NOW)
    assert outcomes(place) == [MailOutcome.ACCEPTED, MailOutcome.REVIEW]
    decide(place, Accept(), number=2)
    assert reports(place) == [("A1", "Anna", "green", 80), ("A2", "Bram", "red", 10)]


class TestThanks:
    """A word of thanks for a receipt."""

    def thanked(self, place: Workplace, top: str, *, below: str = "") -> list[MailOutcome | None]:
        place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 80%"))
        place.collect(NOW)
        reply = place.answer(place.receipts()[0], top, sender="anna@example.org")
        reply.set_content(reply.get_content() + below)
        place.deliver(reply)
        place.collect(LATER)
        return outcomes(place)[1:]

    @pytest.mark.parametrize("top", ["Bedankt!", "Hoi,\n\nDank je wel voor de bevestiging.\n\nGroet,\nAnna", "Thanks a lot!"])  # fmt: skip
    def test_it_bothers_nobody(self, place: Workplace, top: str) -> None:
        """It is no answer, and shown as what it is among all mails."""
        assert self.thanked(place, top) == [MailOutcome.NO_REPLY]
        assert len(place.receipts()) == 1

    @pytest.mark.parametrize(
        "top", ["Bedankt, maar het klopt niet.", "Dank! A1 is bijna klaar", "Ok 70", "Hoi,"]
    )
    def test_anything_more_is_looked_at(self, place: Workplace, top: str) -> None:
        """Or recorded, where it is an answer."""
        assert self.thanked(place, top) != [MailOutcome.NO_REPLY]

    def test_so_is_a_word_between_the_lines(self, place: Workplace) -> None:
        """The thanks stand on top, the correction below."""
        found = self.thanked(
            place, "Bedankt!", below="> Zo staat het nu in het plan\nDat klopt niet helemaal.\n"
        )
        assert found == [MailOutcome.REVIEW]
        assert len(place.receipts()) == 1

    def test_thanks_for_an_invitation_are_looked_at(self, place: Workplace) -> None:
        """Whoever was asked something may have meant an answer."""
        place.deliver(place.answer(place.sent_to("anna@example.org"), "Bedankt!"))
        place.collect(NOW)
        assert outcomes(place) == [MailOutcome.REVIEW]


def test_a_reply_to_the_overview_waits_with_the_reason(place: Workplace) -> None:
    """Nothing was asked in it; its sender gets no receipt about that."""
    (overview,) = [mail for mail in place.sent() if str(mail["Subject"]).startswith("Overzicht")]
    place.deliver(place.answer(overview, "A1 groen", sender="Dora <dora@example.org>"))
    outcome = place.collect(NOW)
    assert "waarin niets werd gevraagd, zoals een overzicht" in outcome.look_at[0].nl
    assert (place.receipts(), place.plan().reports) == ([], ())


def test_an_answer_to_last_years_invitation_counts_now_and_says_so(tmp_path: Path) -> None:
    """Its owner wrote it today, below the mail that they found; it is told that its session is over."""
    before = dataclasses.replace(PLAN.sessions[0], id="SES0", date=datetime(2025, 9, 10).date())
    place = Workplace(tmp_path, dataclasses.replace(PLAN, sessions=(before, *PLAN.sessions)))
    place.send(datetime(2025, 9, 3, 8))
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 90%", written=WRITTEN))
    outcome = place.collect(NOW)
    assert [(r.item, r.session, r.made_at) for r in place.plan().reports] == [("A1", "SES1", WRITTEN)]
    assert (
        "kwam na de doensessie SES0 van 10-09-2025 en telt voor de doensessie SES1" in outcome.details[0].nl
    )


class TestNewOwner:
    """The item was handed to somebody else since the mail went out."""

    def handed_over(self, place: Workplace) -> EmailMessage:
        """Anna's invitation; A1 is Bram's now."""
        mail = place.sent_to("anna@example.org")
        place.edit("A1", owner="Bram")
        return mail

    def test_who_owned_it_does_not_answer_for_who_owns_it_now(self, place: Workplace) -> None:
        """They are told whose it is; a person may accept it all the same."""
        mail = self.handed_over(place)
        place.deliver(place.answer(mail, "A1 groen 80%"))
        place.collect(NOW)
        assert (outcomes(place), reports(place)) == ([MailOutcome.REVIEW], [])
        (receipt,) = place.receipts()
        body = receipt.get_body(("plain",))
        assert body is not None
        assert "A1 is nu van Bram, niet meer van jou" in " ".join(body.get_content().split())
        decide(place, Accept())
        assert reports(place) == [("A1", "Anna", "green", 80)]

    def test_nor_by_the_form_of_that_mail(self, place: Workplace) -> None:
        """Whatever way the answer comes."""
        mail = self.handed_over(place)
        place.deliver(place.answer(mail, "", form=filled_in(mail, A1_light="Rood")))
        place.collect(NOW)
        assert (outcomes(place), reports(place)) == ([MailOutcome.REVIEW], [])

    def test_an_item_that_nobody_owns_any_more_is_still_the_one_who_was_asked(self, place: Workplace) -> None:
        """Nobody else could answer."""
        mail = place.sent_to("anna@example.org")
        place.edit("A1", owner="Vacature")
        place.deliver(place.answer(mail, "A1 groen 80%"))
        place.collect(NOW)
        assert reports(place) == [("A1", "Anna", "green", 80)]
