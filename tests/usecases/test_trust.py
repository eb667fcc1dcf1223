"""Whose mail counts, which addresses are not reached, and what the process owner sees of it."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.show_status import show_status
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 4, 17)
LATER = NOW.replace(hour=18)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
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


def status(place: Workplace) -> Outcome:
    with place.ledger() as ledger:
        return show_status(config=place.config, ledger=ledger, now=LATER)


def reply(place: Workplace, **headers: str) -> EmailMessage:
    made = place.answer(place.sent_to("anna@example.org"), "A1 groen 70%")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        ({"Authentication_Results": "mx.example.org; dmarc=pass header.from=example.org"}, True),
        ({"Authentication_Results": "mx.example.org; dkim=pass header.d=example.org; dmarc=none"}, True),
        ({"Authentication_Results": "mx.example.org; dmarc=fail header.from=example.org"}, False),
        ({"Authentication_Results": "mx.elsewhere.example; dmarc=pass header.from=example.org"}, False),
        ({"X_MS_Exchange_Organization_AuthAs": "Internal"}, False),
        ({}, False),
    ],
)
def test_with_a_mail_server_named_a_reply_needs_its_word(
    place: Workplace, headers: dict[str, str], *, counts: bool
) -> None:
    """Without it the reply waits for a person, and its supposed sender hears nothing."""
    place.configure(mail={"authserv_ids": ("mx.example.org",)})
    place.deliver(reply(place, **headers))
    outcome = place.collect(NOW)
    assert (outcome.data["reports"], len(place.receipts()), len(place.inbox("Review"))) == (
        int(counts),
        int(counts),
        int(not counts),
    )


def test_exchanges_mark_is_enough_where_the_mailbox_is_on_exchange(place: Workplace) -> None:
    """Set in the configuration; the mark of a stranger is removed by Exchange itself."""
    place.configure(mail={"exchange_internal": True})
    place.deliver(reply(place, X_MS_Exchange_Organization_AuthAs="Internal"), reply(place))
    assert place.collect(NOW).data["reports"] == 1


def bounce(place: Workplace, to: str, *, action: str = "failed", named: str = "") -> bytes:
    """A delivery report as mail servers write them, about the mail that went to this address."""
    about = place.sent_to(to)["Message-ID"]
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\n"
        "To: ogsm@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        f"Message-ID: <{action}-{to}>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {named or to}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {about}\r\nTo: {to}\r\n--b--\r\n"
    ).encode()


def test_a_bounce_marks_its_address_for_the_process_owner(place: Workplace) -> None:
    """In the outcome of the run, and in the status until the address answers."""
    place.deliver(bounce(place, "bram@example.org"))
    outcome = place.collect(NOW)
    assert outcome.code is ExitCode.LOOK
    assert outcome.data["bounced"] == ["bram@example.org"]
    assert "bram@example.org" in outcome.look_at[0].nl
    assert status(place).data["not_reached"] == ["bram@example.org"]
    assert place.receipts() == []


def test_an_answer_from_an_address_ends_its_bounce(place: Workplace) -> None:
    """The mailbox was full for a day."""
    place.deliver(bounce(place, "bram@example.org"))
    place.collect(NOW)
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 groen"))
    place.collect(LATER)
    assert status(place).data["not_reached"] == []


def test_a_mended_address_is_reached_again(place: Workplace) -> None:
    """What came back was another address."""
    place.deliver(bounce(place, "bram@example.org"))
    place.collect(NOW)
    place.edit("Bram", mail="bram@elsewhere.example")
    assert status(place).data["not_reached"] == []


def test_a_delay_is_no_bounce(place: Workplace) -> None:
    """The mail server goes on trying."""
    place.deliver(bounce(place, "bram@example.org", action="delayed"))
    assert place.collect(NOW).data["bounced"] == []


def test_a_bounce_of_an_alias_marks_whom_our_mail_was_for(place: Workplace) -> None:
    """The server names the mailbox behind the address; the returned headers say which mail it was."""
    place.deliver(bounce(place, "bram@example.org", named="b.jansen@internal.example.org"))
    assert place.collect(NOW).data["bounced"] == ["bram@example.org"]


def test_a_bounce_of_a_mail_that_was_not_ours_marks_nobody(place: Workplace) -> None:
    """Somebody used our address as the sender of something else."""
    raw = bounce(place, "bram@example.org", named="victim@elsewhere.example")
    place.deliver(raw.replace(b"<ogsm.", b"<spam."))
    outcome = place.collect(NOW)
    assert (outcome.code, outcome.data["bounced"]) == (ExitCode.DONE, [])


def test_what_waits_for_a_person_shows_in_the_status(place: Workplace) -> None:
    """The process owner looks there before a session."""
    mail = place.sent_to("anna@example.org")
    place.deliver(place.answer(mail, "A1 groen", sender="eve@elsewhere.example"))
    place.collect(NOW)
    found = status(place)
    assert (found.code, found.data["to_review"]) == (ExitCode.LOOK, 1)
    assert "ogsm-xl review" in found.look_at[-1].nl


def test_a_contradiction_shows_in_the_status_until_the_session(place: Workplace) -> None:
    """What the mail said and what the row says."""
    place.edit("A1", light=PLAN.actions[1].light)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 rood", written=datetime(2026, 9, 4, 9)))
    place.collect(NOW)
    found = status(place)
    assert found.data["contradictions"] == ["A1"]
    assert "licht rood" in found.look_at[0].nl
