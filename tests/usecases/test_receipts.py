"""Receipts: who answers hears once how the items stand now, and what was not understood; no program ever does."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import NoReturn

import pytest

from ogsm_xl.ledger import Ledger, ReceiptState
from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.plan.words import Text, TrafficLight
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import NotSent, SendUnknown
from ogsm_xl.usecases.collect_replies import collect_replies
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

NOW = datetime(2026, 9, 4, 17)
LATER = NOW.replace(hour=18)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org language=en deputy=Chris
    person    Chris chris@example.org
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


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def states(place: Workplace) -> list[ReceiptState]:
    with place.ledger() as ledger:
        return [row.state for row in ledger.receipts(*ReceiptState)]


def test_who_answers_hears_how_it_stands_now(place: Workplace) -> None:
    """In the thread of their mail, marked as automatic, with what stood there already."""
    reply = place.answer(place.sent_to("anna@example.org"), "A1 rood\nNodig: Een bouwer.")
    place.deliver(reply)
    outcome = place.collect(NOW)
    (receipt,) = place.receipts()
    text = text_of(receipt)
    assert receipt["To"] == "Anna <anna@example.org>"
    assert receipt["Subject"] == "Ontvangen: je voortgang voor de doensessie op donderdag 10 september 2026"
    assert receipt["In-Reply-To"] == reply["Message-ID"]
    assert (receipt["Auto-Submitted"], receipt["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    for line in ("Licht | Rood", "Voortgang | 60%", "Gedaan | Half done", "Nodig | Een bouwer."):
        assert line in text
    assert "niet verwerkt" not in text.lower()
    assert outcome.data["receipts"] == 1


def test_an_unreadable_answer_is_told_why_and_what_to_write(place: Workplace) -> None:
    """In the language of the person."""
    place.deliver(place.answer(place.sent_to("bram@example.org"), "Looking good!"))
    place.collect(NOW)
    (receipt,) = place.receipts()
    assert str(receipt["Subject"]).startswith("Not understood: your answer")
    assert "No answer was found in the mail." in text_of(receipt)
    assert "A2 green 30%" in text_of(receipt)


def test_a_deputy_gets_the_receipt_of_their_own_answer(place: Workplace) -> None:
    """Not the owner, who did not write."""
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 oranje", sender="chris@example.org"))
    place.collect(NOW)
    assert [receipt["To"] for receipt in place.receipts()] == ["Chris <chris@example.org>"]


def test_no_stranger_hears_anything(place: Workplace) -> None:
    """Not even that the address exists."""
    mail = place.sent_to("anna@example.org")
    place.deliver(place.answer(mail, "A1 groen", sender="eve@elsewhere.example"))
    place.collect(NOW)
    assert place.receipts() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
        ("Return-Path", "<>"),
        ("List-Id", "<news.example.org>"),
    ],
)
def test_no_program_ever_gets_a_receipt(place: Workplace, name: str, value: str) -> None:
    """Two programs that thank one another never end."""
    reply = place.answer(place.sent_to("anna@example.org"), "A1 groen")
    reply[name] = value
    place.deliver(reply)
    place.collect(NOW)
    assert place.receipts() == []


def test_our_own_receipt_that_comes_back_is_no_answer(place: Workplace) -> None:
    """A rule that sends everything back meets silence."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    place.collect(NOW)
    (receipt,) = place.receipts()
    back = receipt.as_bytes().replace(b"From: OGSM <ogsm@example.org>", b"From: anna@example.org")
    place.deliver(back)
    outcome = place.collect(LATER)
    assert (outcome.data["reports"], len(place.receipts())) == (0, 1)


def test_one_person_gets_only_so_many_a_day(place: Workplace) -> None:
    """A loop that nobody foresaw ends here; tomorrow is another day."""
    place.configure(mail={"receipts_per_day": 2})
    mail = place.sent_to("anna@example.org")
    for progress in (61, 62, 63, 64):
        place.deliver(place.answer(mail, f"A1 {progress}%"))
    place.collect(NOW)
    assert len(place.receipts()) == 2
    place.deliver(place.answer(mail, "A1 65%"))
    place.collect(datetime(2026, 9, 5, 17))
    assert len(place.receipts()) == 3


def test_receipts_can_be_switched_off(place: Workplace) -> None:
    """Also those that were decided on before."""
    place.configure(mail={"receipts": False})
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    assert place.collect(NOW).data["receipts"] == 0
    assert place.receipts() == []


def test_on_trial_receipts_go_to_the_test_address(place: Workplace) -> None:
    """As every mail does then."""
    place.configure(mail={"redirect_all_to": "test@example.org"})
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    place.collect(NOW)
    (receipt,) = place.receipts()
    assert receipt["To"] == "test@example.org"
    assert str(receipt["Subject"]).startswith("[anna@example.org] Ontvangen")


def test_a_receipt_waits_until_the_plan_holds_what_it_says(place: Workplace) -> None:
    """While the plan is open in Excel nothing is confirmed; afterwards it is, once."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    owner_file = place.workbook.with_name("~$" + place.workbook.name)
    owner_file.write_bytes(b"\x0aJan Jansen".ljust(165, b" "))
    place.collect(NOW)
    assert place.receipts() == []
    owner_file.unlink()
    place.collect(LATER)
    place.collect(LATER.replace(hour=19))
    assert ["Licht | Groen" in text_of(receipt) for receipt in place.receipts()] == [True]


def test_a_receipt_can_be_answered_with_a_correction(place: Workplace) -> None:
    """It has a reference of its own; what it quotes is not taken for the answer."""
    place.deliver(
        place.answer(place.sent_to("anna@example.org"), "A1 rood\nGedaan: Niets.\nNodig: Een bouwer.")
    )
    place.collect(NOW)
    place.deliver(place.answer(place.receipts()[0], "A1 oranje"))
    outcome = place.collect(LATER)
    assert outcome.data["reports"] == 1
    assert [(r.light and r.light.key, r.done, r.needed) for r in place.plan().reports] == [
        ("red", "Niets.", "Een bouwer."),
        ("orange", "", ""),
    ]
    assert len(place.receipts()) == 2


@pytest.mark.parametrize("top", ["", "Dank je wel!", "Zie hieronder."])
def test_thanks_for_a_receipt_are_no_answer_and_get_none(place: Workplace, top: str) -> None:
    """Neither the thanks nor the quoted receipt report anything; a person may look."""
    place.deliver(
        place.answer(place.sent_to("anna@example.org"), "A1 rood\nGedaan: Niets.\nNodig: Een bouwer.")
    )
    place.collect(NOW)
    place.deliver(place.answer(place.receipts()[0], top))
    outcome = place.collect(LATER)
    assert (outcome.data["reports"], len(place.receipts())) == (0, 1)


@pytest.mark.parametrize("top", ["Ik bedoelde 70%", "Dank! Het moet rood zijn.", "Dat over A1 klopt niet."])
def test_who_may_have_meant_a_correction_hears_that_it_was_not_understood(place: Workplace, top: str) -> None:
    """A percentage, a colour or an item in reply to a receipt: it waits for a person, and its author knows."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 oranje"))
    place.collect(NOW)
    place.deliver(place.answer(place.receipts()[0], top))
    outcome = place.collect(LATER)
    assert (outcome.data["reports"], len(place.receipts())) == (0, 2)
    assert len(place.inbox("Review")) == 1


class Refusing(FolderMail):
    """Refuses to send, or loses the connection while sending."""

    problem: type[NotSent | SendUnknown] = NotSent

    def send(self, mail: OutgoingMail, handle: str) -> None:
        raise self.problem(Text("De mailserver antwoordt niet.", "The mail server does not answer."))

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        return None


def test_a_receipt_that_could_not_be_sent_goes_with_the_next_run(place: Workplace) -> None:
    """The reports are in the plan all the same."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    good, place.post = place.post, Refusing(place.folder / "mail")
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.OUTSIDE_FAILED
    assert "De mailserver antwoordt niet." in outcome.look_at[0].nl
    assert len(place.plan().reports) == 1
    place.post = good
    assert place.collect(LATER).data["receipts"] == 1
    assert len(place.receipts()) == 1


def test_a_receipt_that_may_have_gone_out_never_goes_again(place: Workplace) -> None:
    """One that is missing harms nobody; a second one would."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    good, refusing = place.post, Refusing(place.folder / "mail")
    refusing.problem = SendUnknown
    place.post = refusing
    place.collect(NOW)
    place.collect(LATER)
    assert states(place) == [ReceiptState.UNKNOWN]
    place.post = good
    assert good.was_sent("<nothing@example.org>", "") is False
    place.collect(LATER.replace(hour=19))  # this mail system can tell that it did not go out
    assert len(place.receipts()) == 1


def test_what_cannot_be_sent_for_days_is_given_up(place: Workplace) -> None:
    """An address that is broken does not fail every run from now on."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    place.post = Refusing(place.folder / "mail")
    place.collect(NOW)
    assert place.collect(datetime(2026, 9, 14, 17)).code is ExitCode.DONE
    assert states(place) == [ReceiptState.LEFT_OUT]


class CrashError(BaseException):
    """The process is killed here."""


@pytest.mark.parametrize("call", range(4))
@pytest.mark.parametrize("after_it", [False, True])
def test_a_crash_at_any_step_sends_one_receipt(place: Workplace, call: int, *, after_it: bool) -> None:
    """Killed before or after each step that the ledger takes, or while the mail goes out: never two, never none."""
    calls = 0

    class CrashingLedger(Ledger):
        def set_receipt_state(self, *values: object, **more: object) -> None:
            nonlocal calls
            calls += 1
            if calls == call and not after_it:
                raise CrashError
            super().set_receipt_state(*values, **more)  # type: ignore[arg-type]  # passed on as they came
            if calls == call:
                raise CrashError

    class WithDrafts(FolderMail):
        def prepare(self, mail: OutgoingMail) -> str:
            return f"draft of {mail.message_id}"

    class CrashingPost(WithDrafts):
        def send(self, mail: OutgoingMail, handle: str) -> NoReturn:
            if after_it:
                super().send(mail, handle)
            raise CrashError

    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    post = (WithDrafts if call else CrashingPost)(place.folder / "mail")
    with pytest.raises(CrashError), CrashingLedger(place.config.ledger_file) as ledger:
        collect_replies(config=place.config, ledger=ledger, post=post, secret=SECRET, now=NOW, machine="here")
    place.collect(LATER)
    place.collect(LATER.replace(hour=19))
    assert (len(place.receipts()), states(place)) == (1, [ReceiptState.SENT])


def test_a_person_who_left_the_plan_still_gets_their_receipt(place: Workplace) -> None:
    """And hears that the item is gone from the plan."""
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 orange"))
    place.put(
        plan_of("""
        objective O1 Anna "Everybody a home"
        person    Anna anna@example.org ogsm_owner
        action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    """)
    )
    place.collect(NOW)
    (receipt,) = place.receipts()
    assert receipt["To"] == "bram@example.org" or "bram@example.org" in str(receipt["To"])
    assert "A2 staat niet meer in het plan." in text_of(receipt)


def test_who_contradicts_their_own_row_is_told_so_themselves(place: Workplace) -> None:
    """In their own words; the process owner hears it about them."""
    place.edit("A1", light=TrafficLight.GREEN)
    written = datetime(2026, 9, 4, 9)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood", written=written))
    outcome = place.collect(NOW)
    (receipt,) = place.receipts()
    said = " ".join(text_of(receipt).split())
    assert (
        "Je rij in het plan zegt licht groen, je mail zegt rood. Het nieuwste staat nu in het plan: groen. "
        "Klopt dat niet, antwoord dan met wat het moet zijn." in said
    )
    assert ("Anna antwoordde" in said, "Anna antwoordde" in outcome.look_at[0].nl) == (False, True)


def test_a_deputy_is_told_of_the_owners_row(place: Workplace) -> None:
    """It is not theirs."""
    place.edit("A2", progress=45)
    written = datetime(2026, 9, 4, 9)
    mail = place.sent_to("bram@example.org")
    place.deliver(place.answer(mail, "A2 70%", sender="chris@example.org", written=written))
    place.collect(NOW)
    (receipt,) = place.receipts()
    assert "De rij in het plan zegt voortgang 45%, je mail zegt 70%." in " ".join(text_of(receipt).split())
