"""A trial with all mail going to a test address: the whole round can be played, and ends with the key."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from ogsm_xl.plan.model import Report
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.forms import filled_in
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 17)
TESTER = "tester@example.org"

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org deputy=Anna
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """Invitations went to the test address."""
    place = Workplace(tmp_path, PLAN)
    place.configure(mail={"redirect_all_to": "Tester@Example.org"})
    place.send(INVITATION_DAY)
    return place


def invitation(place: Workplace, owner: str) -> EmailMessage:
    """The one that was for an owner."""
    (mail,) = [mail for mail in place.sent() if str(mail["Subject"]).startswith(f"[{owner}@example.org]")]
    return mail


def reports(place: Workplace) -> list[tuple[str, str]]:
    return [(report.item, report.by) for report in place.plan().reports]


def test_an_answer_from_the_test_address_counts_as_the_owners(place: Workplace) -> None:
    """The owner whom the mail was for, by lines and by form; the outcome says so, and the receipt goes to the tester."""
    anna, bram = invitation(place, "anna"), invitation(place, "bram")
    place.deliver(
        place.answer(anna, "A1 groen 80%", sender=TESTER),
        place.answer(bram, "", sender=TESTER, form=filled_in(bram, A2_light="Rood")),
    )
    outcome = place.collect(NOW)
    assert reports(place) == [("A1", "Anna"), ("A2", "Bram")]
    assert (
        "2 antwoorden van het testadres (redirect_all_to), meegeteld als van Anna, Bram."
        in outcome.summary.nl
    )
    assert (outcome.code, outcome.data["on_trial"]) == (ExitCode.DONE, ["Anna", "Bram"])
    assert {str(mail["To"]) for mail in place.receipts()} == {"Tester@Example.org"}
    with place.ledger() as ledger:
        row = ledger.incoming(1)
    assert row is not None
    assert row.reason.nl == (
        "Proef: van het testadres tester@example.org (redirect_all_to); telt als het antwoord van Anna."
    )


def test_a_dry_run_says_so_too(place: Workplace) -> None:
    """Before anything is written."""
    place.deliver(place.answer(invitation(place, "anna"), "A1 groen", sender=TESTER))
    outcome = place.collect(NOW, dry_run=True)
    assert "counted as from Anna" in outcome.summary.en


def test_a_receipt_on_trial_can_be_answered(place: Workplace) -> None:
    """A correction takes the same way."""
    place.deliver(place.answer(invitation(place, "anna"), "A1 groen", sender=TESTER))
    place.collect(NOW)
    (receipt,) = place.receipts()
    place.deliver(place.answer(receipt, "A1 rood", sender=TESTER))
    place.collect(NOW.replace(hour=18))
    assert reports(place) == [("A1", "Anna"), ("A1", "Anna")]


def waits(place: Workplace) -> bool:
    """Whether what is in the inbox ends up with a person, and nothing reaches the plan."""
    outcome = place.collect(NOW)
    with place.ledger() as ledger:
        waiting = len(ledger.for_review())
    found: list[Report] = list(place.plan().reports)
    return (outcome.code, waiting, found) == (ExitCode.LOOK, 1, [])


@pytest.mark.parametrize("now_to", ["", "other@example.org"])
def test_after_the_trial_an_answer_from_the_test_address_waits_for_a_person(
    place: Workplace, now_to: str
) -> None:
    """The key is gone, or names another address."""
    place.deliver(place.answer(invitation(place, "anna"), "A1 groen", sender=TESTER))
    place.configure(mail={"redirect_all_to": now_to})
    assert waits(place)


def test_a_mail_that_went_to_its_owner_is_not_the_testers_to_answer(tmp_path: Path) -> None:
    """It was sent for real, before the trial began."""
    place = Workplace(tmp_path, PLAN)
    place.send(INVITATION_DAY)
    place.configure(mail={"redirect_all_to": TESTER})
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen", sender=TESTER))
    assert waits(place)


def test_without_the_reference_the_test_address_is_a_stranger(place: Workplace) -> None:
    """The address alone proves nothing."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = TESTER, "ogsm@example.org", "Voortgang"
    mail["Message-ID"] = "<fresh@example.org>"
    mail.set_content("A1 groen 80%")
    place.deliver(mail)
    assert waits(place)


def test_another_sender_than_the_test_address_is_a_stranger(place: Workplace) -> None:
    """A trial opens the door for one address."""
    place.deliver(place.answer(invitation(place, "anna"), "A1 groen", sender="eve@elsewhere.example"))
    assert waits(place)


def test_the_mail_system_must_vouch_for_the_test_address_as_for_any(place: Workplace) -> None:
    """Where it is set up to."""
    place.configure(mail={"authserv_ids": ("mx.example.org",)})
    place.deliver(place.answer(invitation(place, "anna"), "A1 groen", sender=TESTER))
    assert waits(place)
