"""No mail gets lost quietly: each that came in ends in exactly one outcome, and a command shows it."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogsm_xl.ledger import IncomingRow, Ledger
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.replies import NotAReply
from ogsm_xl.usecases.review import list_all, list_reviews
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 4, 17)
GOLDEN = Path(__file__).parents[1] / "golden" / "mails"

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-09-10 10:00
""")


def shown_once(place: Workplace, delivered: int) -> Counter[MailOutcome | None]:
    """The outcomes of all mails that came in, once it is sure that each is accounted for and shown."""
    with place.ledger() as ledger:
        rows = ledger.all_incoming()
        for row in rows:
            accounted_for(row, ledger)
        everything, waiting = list_all(ledger), list_reviews(ledger)
    numbers = [row.number for row in rows]
    assert len(numbers) == delivered
    assert [int(line.nl.split()[0]) for line in everything.details] == numbers
    to_review = [row.number for row in rows if row.outcome is MailOutcome.REVIEW]
    assert [int(line.nl.split()[0]) for line in waiting.details] == to_review
    lie = {tray: len({file.read_bytes() for file in place.inbox(tray)}) for tray in ("", "Review")}
    assert lie == {"": 0, "Review": len(to_review)}
    return Counter(row.outcome for row in rows)


def accounted_for(row: IncomingRow, ledger: Ledger) -> None:
    """An answer has its reports in the plan; anything else says why it is none."""
    reports = ledger.reports_of(row.digest)
    match row.outcome:
        case MailOutcome.ACCEPTED:
            assert reports
            assert not ledger.waits_for_plan(row.digest)
        case MailOutcome.NO_REPLY:
            assert (row.reason in {kind.value for kind in NotAReply}, reports) == (True, ())
        case MailOutcome.REVIEW | MailOutcome.DUPLICATE:
            assert (all(row.reason), reports) == (True, ())
        case other:
            pytest.fail(f"mail {row.number} ended as {other}")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(datetime(2026, 9, 3, 8))
    return place


def test_every_golden_mail(place: Workplace) -> None:
    """Real formats of all mail programs, here without the mail that they answer."""
    mails = list(dict.fromkeys(file.read_bytes() for file in sorted(GOLDEN.glob("*.eml"))))
    place.deliver(*mails)
    place.collect(NOW)
    found = shown_once(place, len(mails))
    assert (found[MailOutcome.REVIEW] > 50, found[MailOutcome.NO_REPLY] > 5) == (True, True)


_TOPS = st.lists(
    st.sampled_from(
        [
            "A1 groen 70%",
            "A1 paars",
            "A9 rood",
            "Hoi,",
            "geen wijzigingen",
            "A1 rood, A1 groen",
            "> A1 oranje",
            "Bedankt!",
            "\x00\ufeff\u202e",
            "=HYPERLINK(1)",
            "=?utf-8?b?AAAA?=",
            "",
        ]
    ),
    max_size=5,
).map("\n".join)
_HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Auto-Submitted",
            "Precedence",
            "X-Ogsm-Xl",
            "List-Id",
            "Return-Path",
            "Message-ID",
            "Date",
            "Content-Type",
        ]
    ),
    st.sampled_from(["<>", "no", "auto-replied", "bulk", "<a@b>", "<[x]@y>", "multipart/report", "x", "+"]),
    max_size=3,
)
_SENDERS = st.sampled_from(
    ["anna@example.org", "bram@example.org", "eve@elsewhere.example", "a@b, c@d", "<>"]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_TOPS, _HEADERS, _SENDERS, st.booleans(), st.binary(max_size=20)), max_size=5))
def test_any_mails(kinds: list[tuple[str, dict[str, str], str, bool, bytes]]) -> None:
    """Whatever is in them, and though some come twice."""
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder), PLAN)
        place.send(datetime(2026, 9, 3, 8))
        invitation = place.sent_to("anna@example.org")
        raws = [_raw(invitation, place, *kind) for kind in kinds]
        place.deliver(*raws, *raws[:1])
        place.collect(NOW)
        place.collect(NOW.replace(hour=18))
        shown_once(place, len(set(raws)))


def _raw(
    invitation: EmailMessage,
    place: Workplace,
    top: str,
    headers: dict[str, str],
    sender: str,
    answers: bool,  # noqa: FBT001 - drawn by the test
    damage: bytes,
) -> bytes:
    """A mail, an answer to the invitation or not, with odd headers before its own and a piece that was damaged."""
    body = (
        place.answer(invitation, "TOP").as_bytes().replace(b"TOP", top.encode()) if answers else top.encode()
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    own = b"" if answers else f"From: {sender}\r\nSubject: Voortgang\r\n\r\n".encode()
    return head + own + body + damage


def test_a_mail_that_no_database_can_hold_waits_all_the_same(place: Workplace) -> None:
    """It must not end the run, this time and every time."""

    class Chokes(Ledger):
        def understood(self, digest: str, outcome: MailOutcome, **values: object) -> None:
            if values["sender"]:
                raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
            super().understood(digest, outcome, **values)  # type: ignore[arg-type]  # passed on as they came

    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen"))
    place.collect(NOW, ledger=Chokes)
    assert shown_once(place, 1) == {MailOutcome.REVIEW: 1}


def test_the_same_answer_with_another_footer_is_a_duplicate(place: Workplace) -> None:
    """A list or a gateway adds a line to the second delivery; the Message-ID tells."""
    reply = place.answer(place.sent_to("anna@example.org"), "A1 groen 70%")
    place.deliver(reply, reply.as_bytes() + b"\r\n> Scanned by the gateway\r\n")
    place.collect(NOW)
    assert shown_once(place, 2) == {MailOutcome.ACCEPTED: 1, MailOutcome.DUPLICATE: 1}
