"""Trying out a mailbox: what works, what does not, the next step; and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ogsm_xl.letters.mail import Address
from ogsm_xl.post.check import WAITS, MailFinding, Verdict, check_mail
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import MailSystem
from ogsm_xl.post.secrets import VARIABLE
from tests.support.mailboxes import Box, ExchangeBox, FolderBox, GraphBox, SmtpImapBox, dovecot_box, reply
from tests.support.servers import dovecot, ews, graph
from tests.support.servers.certificates import Certificates

US = Address("OGSM Zuid", "ogsm@example.org")
NOW = datetime(2026, 9, 3, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def smtp_imap_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpImapBox]:
    monkeypatch.setenv(VARIABLE, dovecot.PASSWORD)
    with dovecot.Dovecot() as server, dovecot_box(server, US.mail) as box:
        yield box


@pytest.fixture
def exchange_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExchangeBox]:
    monkeypatch.setenv(VARIABLE, ews.PASSWORD)
    with ews.EwsServer() as server:
        yield ExchangeBox(server)


@pytest.fixture
def graph_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GraphBox]:
    monkeypatch.setenv(VARIABLE, graph.SECRET)
    certificates = Certificates(tmp_path)
    with graph.GraphServer(certificates.for_server()) as server:
        yield GraphBox(server, certificates.ca_file)


class Delivering:
    """What happens between sending and arriving: while the check waits, what went out comes in."""

    def __init__(self, box: Box, on_the_way: Callable[[bytes], bytes] = lambda raw: raw) -> None:
        self.box, self.on_the_way = box, on_the_way
        self.delivered = 0
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        for raw in self.box.went_out()[self.delivered :]:
            self.box.deliver(self.on_the_way(raw))
            self.delivered += 1


def checked(
    post: MailSystem, pause: Callable[[float], None], *, arrives: bool = True
) -> list[tuple[Verdict, str]]:
    findings: tuple[MailFinding, ...] = check_mail(
        post, US, nonce="7Q3K", now=NOW, pause=pause, arrives=arrives
    )
    assert all(finding.text.nl and finding.text.en for finding in findings)
    return [(finding.verdict, finding.text.en) for finding in findings]


ALL_WELL = [
    (Verdict.WORKS, "A mail to ourselves was sent."),
    (Verdict.WORKS, "It was found in the sent mail."),
    (Verdict.WORKS, "It arrived and was read."),
    (Verdict.WORKS, "The Message-ID stayed."),
    (Verdict.WORKS, "The token is in the subject and the text."),
    (Verdict.WORKS, "All our headers are there."),
    (Verdict.WORKS, "The attachment is unharmed."),
    (Verdict.WORKS, "The calendar entry is there."),
    (Verdict.WORKS, "It was moved to the folder Processed (Verwerkt)."),
    (Verdict.WORKS, "The test mail was deleted again."),
]


def run_on(box: Box, on_the_way: Callable[[bytes], bytes] = lambda raw: raw) -> list[tuple[Verdict, str]]:
    with closing(box.open()) as post:
        return checked(post, Delivering(box, on_the_way))


def held(box: Box) -> int:
    return sum(len(place) for place in (box.inbox(), box.in_sent(), box.drafts()))


@pytest.mark.dovecot
def test_a_good_mailbox_on_a_mail_server(smtp_imap_box: SmtpImapBox) -> None:
    """Everything works, what was in the inbox stays, and nothing is left behind."""
    smtp_imap_box.deliver(reply(1))
    assert run_on(smtp_imap_box) == ALL_WELL
    assert (smtp_imap_box.inbox(), held(smtp_imap_box)) == ([reply(1)], 1)


def test_a_good_mailbox_on_an_exchange_server(exchange_box: ExchangeBox) -> None:
    """Everything works, what was in the inbox stays, and nothing is left behind."""
    exchange_box.deliver(reply(1))
    assert run_on(exchange_box) == ALL_WELL
    assert (exchange_box.inbox(), held(exchange_box)) == ([reply(1)], 1)


def test_a_good_mailbox_in_microsoft_365(graph_box: GraphBox) -> None:
    """Everything but one header, which Graph does not take; what was in the inbox stays."""
    graph_box.deliver(reply(1))
    found = run_on(graph_box)
    assert [text for verdict, text in found if verdict is not Verdict.WORKS] == [
        "Headers that went missing: Auto-Submitted. Out-of-office replies may then come back more often; they are recognised and do not count as answers."
    ]
    assert len(found) == len(ALL_WELL)
    assert (graph_box.inbox(), held(graph_box)) == ([reply(1)], 1)


def test_a_folder_is_tried_as_far_as_it_goes(tmp_path: Path) -> None:
    """Nothing arrives there by itself."""
    box = FolderBox(tmp_path)
    with closing(box.open()) as post:
        assert checked(post, Delivering(box), arrives=False) == [*ALL_WELL[:2], ALL_WELL[-1]]
    assert held(box) == 0


def test_what_does_not_come_through_is_told(exchange_box: ExchangeBox) -> None:
    """A server that changes the Message-ID, strips headers and takes attachments away; its copy is deleted, too."""

    def spoil(raw: bytes) -> bytes:
        mail = message_from_bytes(raw)
        mail.replace_header("Message-ID", "<other@server.example.org>")
        for name in ("Auto-Submitted", "X-OGSM-XL"):
            del mail[name]
        text = mail.get_payload()[0]  # type: ignore[index]  # the mail has parts
        mail.set_payload([text])
        return mail.as_bytes()

    found = run_on(exchange_box, spoil)
    assert [verdict for verdict, _ in found] == [
        *[Verdict.WORKS] * 3,
        Verdict.LESS,
        Verdict.WORKS,
        Verdict.LESS,
        Verdict.BROKEN,
        Verdict.LESS,
        *[Verdict.WORKS] * 2,
    ]
    assert "Auto-Submitted, X-OGSM-XL" in found[5][1]
    assert (held(exchange_box), exchange_box.server.held("Verwerkt")) == (0, [])


def test_a_token_that_is_taken_out_of_the_subject_is_told(exchange_box: ExchangeBox) -> None:
    """Answers could not be brought to their mail."""
    found = run_on(
        exchange_box, lambda raw: raw.replace(b"Subject: OGSM", b"Subject: [EXTERN]\r\nX-Was: OGSM")
    )
    assert [verdict for verdict, text in found if "token is missing" in text] == [Verdict.BROKEN]


def test_a_mail_that_does_not_arrive_is_waited_for_a_minute(exchange_box: ExchangeBox) -> None:
    """Then it is told what to look at, and what was sent is deleted."""
    waits: list[float] = []
    with closing(exchange_box.open()) as post:
        found = checked(post, waits.append)
    assert [verdict for verdict, _ in found] == [Verdict.WORKS, Verdict.WORKS, Verdict.BROKEN, Verdict.WORKS]
    assert "junk mail" in found[2][1]
    assert (tuple(waits), held(exchange_box)) == (WAITS, 0)


class KeepsNoSentMail(FolderMail):
    """A mail system that can't find what it sent."""

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        return None


def test_a_server_that_keeps_no_sent_mail_is_told(tmp_path: Path) -> None:
    """The jobs work, but after a crash nobody knows about one mail."""
    found = checked(KeepsNoSentMail(tmp_path), lambda _: None, arrives=False)
    assert [verdict for verdict, _ in found] == [Verdict.WORKS, Verdict.LESS, Verdict.WORKS]
    assert "Does the mail server keep sent mail" in found[1][1]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda box: setattr(box.server, "refuse_login", True), "does not let"),
        (lambda box: setattr(box.server, "refuse_sending", "ErrorSendAsDenied"), "may not send as"),
        (lambda box: setattr(box.server, "refuse_sending", "ErrorNonExistentMailbox"), "no mailbox"),
    ],
)
def test_what_the_server_refuses_ends_the_check_with_its_sentence(
    exchange_box: ExchangeBox, spoil: Callable[[ExchangeBox], None], told: str
) -> None:
    """A wrong password, no right to send, no such mailbox: one broken finding with the next step."""
    spoil(exchange_box)
    found = run_on(exchange_box)
    assert found[0][0] is Verdict.BROKEN
    assert told in found[0][1]


def test_a_missing_secret_is_a_finding_too(
    exchange_box: ExchangeBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check never ends in an exception."""
    monkeypatch.delenv(VARIABLE)
    found = run_on(exchange_box)
    assert found[0][0] is Verdict.BROKEN
    assert VARIABLE in found[0][1]


def test_a_mail_that_cannot_be_deleted_is_named(graph_box: GraphBox) -> None:
    """So that a person can delete it."""
    graph_box.server.faults += [("DELETE messages", graph.answering(403, "ErrorAccessDenied"))] * 3
    found = run_on(graph_box)
    assert found[-1][0] is Verdict.LESS
    assert "delete it yourself (OGSM-CHECK-7Q3K in the subject)" in found[-1][1]
