"""What holds for every mail system, whichever it is: one suite, run against all of them."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from ogsm_xl.letters.mail import Attachment, OutgoingMail, mime
from ogsm_xl.post.port import MailSystem, NotSent, Received, SendUnknown, Tray
from ogsm_xl.post.secrets import VARIABLE
from tests.support.mailboxes import (
    Box,
    ExchangeBox,
    FolderBox,
    GraphBox,
    dovecot_box,
    outgoing,
    pymap_box,
    reply,
)
from tests.support.servers import dovecot, ews, graph, pymap
from tests.support.servers.certificates import Certificates

_users = itertools.count(1)


@pytest.fixture(scope="module")
def running_dovecot() -> Iterator[dovecot.Dovecot]:
    with dovecot.Dovecot() as server:
        yield server


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


SYSTEMS = [
    "folder",
    pytest.param("smtp_imap-dovecot", marks=pytest.mark.dovecot),
    "exchange",
    "graph",
    *([] if dovecot.find_dovecot() else ["smtp_imap-pymap"]),  # slower, and says nothing more
]


@pytest.fixture(params=SYSTEMS)
def box(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    match request.param:
        case "folder":
            yield FolderBox(tmp_path / "mail")
        case "smtp_imap-dovecot":
            monkeypatch.setenv(VARIABLE, dovecot.PASSWORD)
            server = request.getfixturevalue("running_dovecot")
            with dovecot_box(server, f"ogsm{next(_users)}@example.org") as mailbox:
                yield mailbox
        case "exchange":
            monkeypatch.setenv(VARIABLE, ews.PASSWORD)
            with ews.EwsServer() as server:
                yield ExchangeBox(server)
        case "graph":
            monkeypatch.setenv(VARIABLE, graph.SECRET)
            certificates = request.getfixturevalue("certificates")
            with graph.GraphServer(certificates.for_server()) as server:
                yield GraphBox(server, certificates.ca_file)
        case "smtp_imap-pymap":
            monkeypatch.setenv(VARIABLE, pymap.PASSWORD)
            with pymap_box() as mailbox:
                yield mailbox


@pytest.fixture
def post(box: Box) -> Iterator[MailSystem]:
    with closing(box.open()) as opened:
        yield opened


def send(post: MailSystem, mail: OutgoingMail) -> str:
    handle = post.prepare(mail)
    post.send(mail, handle)
    return handle


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def ids(raws: list[bytes]) -> list[str]:
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in raws]


def test_a_mail_that_is_sent_leaves_once_and_is_kept_as_sent(box: Box, post: MailSystem) -> None:
    """One mail goes out, one copy is kept, and the mail system says that it was sent."""
    mail = outgoing()
    handle = send(post, mail)
    assert ids(box.went_out()) == [mail.message_id]
    assert ids(box.in_sent()) == [mail.message_id]
    assert post.was_sent(mail.message_id, handle) is True
    assert box.drafts() == []


def test_a_mail_arrives_whole(box: Box, post: MailSystem) -> None:
    """Names, subject, both texts, the form, the calendar file and our headers come through as they were."""
    mail = outgoing(in_reply_to="<earlier@example.org>")
    send(post, mail)
    (found,) = map(parsed, box.went_out())
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    assert text is not None
    assert html is not None
    came = {
        "from": str(found["From"]),
        "to": str(found["To"]),
        "subject": str(found["Subject"]),
        "in reply to": str(found["In-Reply-To"]),
        "token": str(found["X-OGSM-XL"]),
        "automatic": str(found["Auto-Submitted"]),
        "text": text.get_content().replace("\r\n", "\n"),
        "html": html.get_content().strip(),
        "attachments": [
            (part.get_filename(), part.get_payload(decode=True)) for part in found.iter_attachments()
        ],
    }
    went = {
        "from": "OGSM Zuid <ogsm@example.org>",
        "to": "Zoë Ångström <zoe@example.org>",
        "subject": mail.subject,
        "in reply to": "<earlier@example.org>",
        "token": "A12-7Q3K",
        "automatic": "auto-generated",
        "text": mail.text,
        "html": mail.html,
        "attachments": [(file.name, file.content) for file in mail.attachments],
    }
    carried = went.keys() - box.lost_on_the_way
    assert {name: came[name] for name in carried} == {name: went[name] for name in carried}


def test_a_mail_that_was_never_sent_is_never_said_to_be(box: Box, post: MailSystem) -> None:
    """At most the mail system does not know."""
    mail = outgoing()
    handle = post.prepare(mail)
    assert post.was_sent(mail.message_id, handle) is not True
    assert post.was_sent("<ogsm.other@example.org>", "") is not True
    assert box.went_out() == []


def test_what_was_put_ready_can_be_thrown_away(box: Box, post: MailSystem) -> None:
    """Nothing stays behind that a person could still send, also when its handle was lost; twice is no problem."""
    one, two = outgoing(1), outgoing(2)
    handle = post.prepare(one)
    post.prepare(two)
    post.discard(one.message_id, handle)
    post.discard(one.message_id, handle)
    post.discard(two.message_id, "")
    assert (box.drafts(), box.went_out()) == ([], [])


def test_a_refused_mail_is_not_sent(box: Box, post: MailSystem) -> None:
    """It certainly did not go out, nothing of it is left, and the sentence says so in both languages."""
    box.refuse_mails()
    mail = outgoing()
    with pytest.raises(NotSent) as refused:
        send(post, mail)
    assert all(refused.value.text)
    assert (box.went_out(), box.drafts()) == ([], [])


def test_a_connection_lost_after_the_mail_was_taken_leaves_doubt_and_one_mail(box: Box) -> None:
    """It is never sent again by itself; what the next run finds is the truth or "unknown"."""
    if not box.can_lose_connections:
        return
    box.lose_connection_after_taking()
    mail = outgoing()
    with closing(box.open()) as post:
        handle = post.prepare(mail)
        with suppress(SendUnknown):  # unless the mail system finds out at once that it was sent
            post.send(mail, handle)
    with closing(box.open()) as next_run:
        assert next_run.was_sent(mail.message_id, handle) in {True, None}
        assert next_run.was_sent(mail.message_id, "") in {True, None}
    assert ids(box.went_out()) == [mail.message_id]


def test_after_a_lost_connection_the_next_mail_goes(box: Box, post: MailSystem) -> None:
    """One broken connection does not end the run."""
    if not box.can_lose_connections:
        return
    box.lose_connection_after_taking()
    with suppress(SendUnknown):
        send(post, outgoing(1))
    send(post, outgoing(2))
    assert ids(box.went_out()) == [outgoing(1).message_id, outgoing(2).message_id]


class KilledError(BaseException):
    """The process is killed here."""


def run(post: MailSystem, mail: OutgoingMail, steps: int, ledger: dict[str, str]) -> None:
    """What a run does with one mail, killed after so many steps."""
    taken = itertools.count(1)

    def step() -> None:
        if next(taken) > steps:
            raise KilledError

    step()
    handle = post.prepare(mail)
    step()
    ledger.update(state="drafted", handle=handle)
    step()
    ledger.update(state="sending")
    step()
    post.send(mail, handle)
    step()
    ledger.update(state="sent")


@pytest.mark.parametrize("steps", range(6))
def test_a_run_that_is_killed_is_settled_by_the_next(box: Box, steps: int) -> None:
    """Wherever it is cut off: the mail goes out once or, where nobody can know whether it did, is shown to a person."""
    mail, ledger = outgoing(1), {"state": "planned", "handle": ""}
    with closing(box.open()) as post, suppress(KilledError):
        run(post, mail, steps, ledger)
    with closing(box.open()) as post:
        if ledger["state"] in {"planned", "drafted"}:
            post.discard(mail.message_id, ledger["handle"])
            send(post, outgoing(2))
            assert ids(box.went_out()) == [outgoing(2).message_id]
        elif post.was_sent(mail.message_id, ledger["handle"]) is False:
            assert box.went_out() == []
        elif steps >= 4:
            assert post.was_sent(mail.message_id, ledger["handle"]) is True
            assert ids(box.went_out()) == [mail.message_id]
        assert len(box.went_out()) <= 1
    assert ledger["state"] in {"sending", "sent"} or box.drafts() == []


def test_replies_are_read_as_they_came_oldest_first(box: Box, post: MailSystem) -> None:
    """Every byte, in the order of arrival, because a later answer corrects an earlier one."""
    replies = [reply(number) for number in (3, 1, 2)]
    for raw in replies:
        box.deliver(raw)
    assert [received.raw for received in post.received()] == replies


def test_an_empty_inbox_is_read_and_nothing_is_made(box: Box, post: MailSystem) -> None:
    """Looking changes nothing."""
    assert list(post.received()) == []
    assert [box.tray(tray) for tray in Tray] == [[], []]


def test_a_handled_mail_moves_to_its_tray(box: Box, post: MailSystem) -> None:
    """The trays are made when they are missing, what is not handled stays, and nothing is lost."""
    for number in (1, 2, 3):
        box.deliver(reply(number))
    one, _, three = post.received()
    post.file_away(one.handle, Tray.PROCESSED)
    post.file_away(three.handle, Tray.REVIEW)
    assert (box.inbox(), box.tray(Tray.PROCESSED), box.tray(Tray.REVIEW)) == (
        [reply(2)],
        [reply(1)],
        [reply(3)],
    )
    assert [received.raw for received in post.received()] == [reply(2)]


def test_a_mail_that_is_gone_is_no_problem(box: Box, post: MailSystem) -> None:
    """A person, or another run, may have moved it meanwhile."""
    box.deliver(reply(1))
    (received,) = post.received()
    post.file_away(received.handle, Tray.PROCESSED)
    post.file_away(received.handle, Tray.PROCESSED)
    post.file_away(received.handle, Tray.REVIEW)
    assert (box.inbox(), box.tray(Tray.PROCESSED), box.tray(Tray.REVIEW)) == ([], [reply(1)], [])


def test_a_run_that_was_cut_off_while_reading_misses_nothing(box: Box) -> None:
    """What was read but not filed away comes again, and what arrives between the runs comes too."""
    for number in (1, 2, 3):
        box.deliver(reply(number))
    with closing(box.open()) as cut_off:
        next(iter(cut_off.received()))
    with closing(box.open()) as first:
        found = list(first.received())
        first.file_away(found[0].handle, Tray.PROCESSED)
    box.deliver(reply(4))
    with closing(box.open()) as second:
        assert [received.raw for received in second.received()] == [reply(2), reply(3), reply(4)]


def test_many_mails_in_a_row(box: Box, post: MailSystem) -> None:
    """A whole organisation is mailed in one run, and all their replies are read and filed away in another."""
    mails = [outgoing(number) for number in range(box.many)]
    for mail in mails:
        send(post, mail)
        box.deliver(reply(int(mail.message_id[10:14])))
    assert ids(box.went_out()) == [mail.message_id for mail in mails]
    received = list(post.received())
    assert [found.raw for found in received] == [reply(number) for number in range(box.many)]
    for found in received:
        post.file_away(found.handle, Tray.PROCESSED)
    assert (len(box.inbox()), len(box.tray(Tray.PROCESSED))) == (0, box.many)


def test_ten_megabytes_go_and_come(box: Box, post: MailSystem) -> None:
    """A large attachment out, a large reply in."""
    content = bytes(range(256)) * (10 * 4096)
    mail = outgoing(attachments=(Attachment("groot.bin", "application/octet-stream", content),))
    handle = send(post, mail)
    (sent,) = map(parsed, box.went_out())
    assert [part.get_content() for part in sent.iter_attachments()] == [content]
    assert post.was_sent(mail.message_id, handle) is True
    large = reply(1, filler=10_000_000)
    box.deliver(large)
    assert [received.raw == large for received in post.received()] == [True]


def test_what_a_person_decided_on_moves_to_the_other_tray(box: Box, post: MailSystem) -> None:
    """Once, found by its Message-ID among others; again, by the next run, it is no problem, nor what nobody knows."""
    for number in (1, 2):
        box.deliver(reply(number))
    for received in list(post.received()):
        post.file_away(received.handle, Tray.REVIEW)
    post.refile("<reply-1@example.org>", Tray.REVIEW, Tray.PROCESSED)
    assert (box.tray(Tray.REVIEW), box.tray(Tray.PROCESSED)) == ([reply(2)], [reply(1)])
    with closing(box.open()) as next_run:
        next_run.refile("<reply-1@example.org>", Tray.REVIEW, Tray.PROCESSED)
        next_run.refile("<unknown'\"\\@example.org>", Tray.REVIEW, Tray.PROCESSED)
        next_run.refile("<reply-é@example.org>", Tray.REVIEW, Tray.PROCESSED)
    assert (box.tray(Tray.REVIEW), box.tray(Tray.PROCESSED)) == ([reply(2)], [reply(1)])


def test_without_a_tray_there_is_nothing_to_move(box: Box, post: MailSystem) -> None:
    """A person may have deleted it, folder and all; the inbox is left alone."""
    box.deliver(reply(1))
    post.refile("<reply-1@example.org>", Tray.REVIEW, Tray.PROCESSED)
    assert (box.inbox(), box.tray(Tray.PROCESSED)) == ([reply(1)], [])


def test_two_runs_at_once_do_not_harm_each_other(box: Box) -> None:
    """Both send and both file away the same mails: each mail goes out once, and each reply ends in the tray.

    Some IMAP servers copy a mail twice that two connections move in the same moment. The ledger knows both for one.
    """
    for number in range(10):
        box.deliver(reply(number))
    failed: list[BaseException] = []

    def one_run(first: int) -> None:
        try:
            with closing(box.open()) as post:
                received: list[Received] = list(post.received())
                for number in range(5):
                    send(post, outgoing(first + number))
                for found in received:
                    post.file_away(found.handle, Tray.PROCESSED)
        except BaseException as error:  # noqa: BLE001 - shown below, in the test's own thread
            failed.append(error)

    runs = [threading.Thread(target=one_run, args=(first,)) for first in (100, 200)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert failed == []
    assert sorted(ids(box.went_out())) == sorted(
        outgoing(f + n).message_id for f in (100, 200) for n in range(5)
    )
    assert (box.inbox(), set(box.tray(Tray.PROCESSED))) == ([], {reply(number) for number in range(10)})


def test_a_mail_to_ourselves_can_be_removed(box: Box, post: MailSystem) -> None:
    """A check leaves the mailbox as it found it, and touches no other mail."""
    mail, other = outgoing(1), outgoing(2)
    send(post, mail)
    send(post, other)
    box.deliver(mime(mail))
    box.deliver(reply(1))
    box.deliver(mime(mail))
    first, *_ = post.received()
    post.file_away(first.handle, Tray.PROCESSED)
    post.remove(mail.message_id)
    post.remove(mail.message_id)
    assert (box.inbox(), box.tray(Tray.PROCESSED), ids(box.in_sent())) == ([reply(1)], [], [other.message_id])


def test_closing_twice_or_unused_is_no_problem(box: Box) -> None:
    """Who opens a mail system can always close it."""
    post = box.open()
    post.close()
    post.close()
