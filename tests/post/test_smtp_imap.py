"""What is particular to mail servers that speak SMTP and IMAP; what holds for all mail systems is in test_contract."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from ogsm_xl.letters.mail import Address
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post.port import NotSent, Tray
from ogsm_xl.post.secrets import VARIABLE, Secret
from ogsm_xl.post.settings import SmtpImapSettings
from ogsm_xl.post.smtp import SmtpSender
from ogsm_xl.post.smtp_imap import SmtpImapMail
from ogsm_xl.post.trust import trusting
from tests.support.mailboxes import SmtpImapBox, dovecot_box, outgoing, pymap_box, reply
from tests.support.servers import dovecot, pymap, smtp
from tests.support.servers.certificates import Certificates
from tests.support.servers.silence import SilentServer

PASSWORD = "geheim"

_users = itertools.count(1)


@pytest.fixture(scope="module")
def running_dovecot() -> Iterator[dovecot.Dovecot]:
    with dovecot.Dovecot() as server:
        yield server


@pytest.fixture
def box(running_dovecot: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpImapBox]:
    monkeypatch.setenv(VARIABLE, dovecot.PASSWORD)
    with dovecot_box(running_dovecot, f"post{next(_users)}@example.org") as mailbox:
        yield mailbox


@pytest.fixture
def plain_server() -> Iterator[smtp.SmtpServer]:
    with smtp.SmtpServer("geheim") as server:
        yield server


@pytest.fixture
def sender(plain_server: smtp.SmtpServer) -> Iterator[SmtpSender]:
    opened = sending_to(plain_server.port)
    yield opened
    opened.close()


def sending_to(port: int, password: str = PASSWORD, timeout: int = 20) -> SmtpSender:
    opened = SmtpSender("127.0.0.1", port, "none", context=trusting(None), timeout=timeout)
    opened.login_as("ogsm", Secret(password), oauth=False)
    return opened


def send(opened: SmtpSender, *recipients: str) -> None:
    opened.send("ogsm@example.org", recipients or ("anna@example.org",), b"Subject: x\r\n\r\nHoi\r\n")


def mail_over(settings: SmtpImapSettings) -> SmtpImapMail:
    return SmtpImapMail(settings, Language.NL)


# Sending


def test_lines_that_begin_with_a_dot_come_through(sender: SmtpSender, plain_server: smtp.SmtpServer) -> None:
    """A lone dot ends a mail on the wire, and must not end ours."""
    content = b"Subject: x\r\n\r\n.\r\n..two\r\n.one\r\nend"
    sender.send("ogsm@example.org", ["anna@example.org"], content)
    assert [taken.content for taken in plain_server.taken] == [content + b"\r\n"]


def test_one_connection_serves_a_whole_run(sender: SmtpSender, plain_server: smtp.SmtpServer) -> None:
    """Logging in once is enough."""
    for _ in range(3):
        send(sender)
    assert (len(plain_server.taken), plain_server.logins) == (3, ["PLAIN ogsm"])


def test_an_idle_connection_that_the_server_ended_is_made_anew(
    sender: SmtpSender, plain_server: smtp.SmtpServer
) -> None:
    """Nothing was begun, so the mail goes over a new connection, once."""
    send(sender)
    plain_server.lose_before_mail = True
    send(sender)
    assert (len(plain_server.taken), len(plain_server.logins)) == (2, 2)


def test_a_mail_goes_to_all_its_recipients_or_to_none(
    sender: SmtpSender, plain_server: smtp.SmtpServer
) -> None:
    """One refused address keeps the mail back, is named, and the next mail is not touched by it."""
    plain_server.refuse_recipients = {"weg@example.org": "550 5.1.1 no such user"}
    with pytest.raises(NotSent, match=r"weg@example\.org: 550 5\.1\.1 no such user") as refused:
        send(sender, "anna@example.org", "weg@example.org")
    assert "anna@example.org" not in refused.value.text.nl
    send(sender, "bram@example.org")
    assert [taken.recipients for taken in plain_server.taken] == [("bram@example.org",)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
            "mag niet versturen als",
        ),
        ("451 4.3.2 try again later", "vraagt om later terug te komen"),
        ("421 4.7.0 too many mails", "vraagt om later terug te komen"),
        ("552 5.3.4 message too big", "weigert de mail"),
    ],
)
def test_a_refusal_says_what_to_do(
    sender: SmtpSender, plain_server: smtp.SmtpServer, answer: str, told: str
) -> None:
    """No right to send as this sender, too busy, or something for the administrator; with the server's own words."""
    plain_server.refuse_sender = answer
    with pytest.raises(NotSent) as refused:
        send(sender)
    assert told in refused.value.text.nl
    assert answer in refused.value.text.nl
    plain_server.refuse_sender = ""
    send(sender)
    assert len(plain_server.taken) == 1


def test_a_wrong_password_is_tried_once_a_run(plain_server: smtp.SmtpServer) -> None:
    """More attempts could lock the account; the sentence does not hold the password."""
    with closing(sending_to(plain_server.port, "verkeerd-wachtwoord")) as opened:
        for _ in range(3):
            with pytest.raises(NotSent, match="does not let ogsm in") as refused:
                send(opened)
            assert "verkeerd" not in "".join(refused.value.text)
    assert len(set(plain_server.logins)) == len(plain_server.logins) == 2  # PLAIN or LOGIN, each offered once


def test_a_server_that_says_nothing_costs_one_time_out() -> None:
    """The first mail waits as long as was set, the others not at all."""
    with SilentServer() as server, closing(sending_to(server.port, timeout=1)) as opened:
        for _ in range(3):
            with pytest.raises(NotSent, match="does not answer in time"):
                send(opened)
        assert server.connections == 1


def test_a_server_that_is_not_there_gets_a_sentence() -> None:
    """With what to check."""
    with SilentServer() as server:
        port = server.port
    with pytest.raises(NotSent, match="accepts no connection"):
        send(sending_to(port))


def test_a_name_that_does_not_exist_gets_a_sentence() -> None:
    """With what to check."""
    opened = SmtpSender("mail.invalid", 587, "starttls", context=trusting(None), timeout=5)
    with pytest.raises(NotSent, match="can't be found"):
        send(opened)


def test_a_token_logs_in(plain_server: smtp.SmtpServer) -> None:
    """XOAUTH2, for servers that take no passwords; a wrong token is a sentence without the token."""
    for token in (smtp.TOKEN, "verlopen-token"):
        opened = SmtpSender("127.0.0.1", plain_server.port, "none", context=trusting(None), timeout=20)
        opened.login_as("ogsm@example.org", Secret(token), oauth=True)
        with closing(opened):
            if token == smtp.TOKEN:
                send(opened)
            else:
                with pytest.raises(NotSent, match=r"does not let ogsm@example\.org in") as refused:
                    send(opened)
                assert token not in "".join(refused.value.text)
    assert len(plain_server.taken) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_is_verified(tmp_path: Path, security: str) -> None:
    """A server with an unknown certificate gets no password; with the authority's certificate it is trusted."""
    certificates = Certificates(tmp_path)
    with ExitStack() as stack:
        kind = {security: certificates.for_server()}
        server = stack.enter_context(smtp.SmtpServer("geheim", **kind))
        for ca_file in (None, certificates.ca_file):
            opened = SmtpSender("localhost", server.port, security, context=trusting(ca_file), timeout=20)  # type: ignore[arg-type]  # one of the two
            opened.login_as("ogsm", Secret("geheim"), oauth=False)
            stack.callback(opened.close)
            if ca_file is None:
                with pytest.raises(NotSent, match="is not trusted"):
                    send(opened)
                assert server.logins == []
            else:
                send(opened)
        assert len(server.taken) == 1


def test_a_server_without_the_encryption_that_was_asked_for_gets_no_password(
    plain_server: smtp.SmtpServer,
) -> None:
    """STARTTLS that is missing is not done without."""
    opened = SmtpSender("127.0.0.1", plain_server.port, "starttls", context=trusting(None), timeout=20)
    opened.login_as("ogsm", Secret("geheim"), oauth=False)
    with pytest.raises(NotSent, match="does not know this encryption"):
        send(opened)
    assert plain_server.logins == []


# The mailbox


@pytest.mark.dovecot
def test_a_missing_copy_does_not_make_a_sent_mail_look_unsent(
    box: SmtpImapBox, caplog: pytest.LogCaptureFixture
) -> None:
    """The mail is out; that the mailbox can't be reached is noted, without a secret."""
    with SilentServer() as gone:
        settings = replace(box.settings, imap_port=gone.port)
    with closing(mail_over(settings)) as post:
        post.send(outgoing(), "")
    assert len(box.went_out()) == 1
    assert "no copy was put into the sent mail" in caplog.text
    assert dovecot.PASSWORD not in caplog.text


@pytest.mark.dovecot
def test_a_server_that_keeps_sent_mail_itself_gets_no_second_copy(box: SmtpImapBox) -> None:
    """Where that is set."""
    with closing(mail_over(replace(box.settings, save_sent=False))) as post:
        post.send(outgoing(), "")
    assert (len(box.went_out()), box.in_sent()) == (1, [])


@pytest.mark.dovecot
def test_the_folder_for_sent_mail_is_the_one_that_the_server_marks(box: SmtpImapBox) -> None:
    """Whatever it is called."""
    with closing(box.open()) as post:
        post.send(outgoing(), "")
    assert (len(box.held("Verzonden")), box.held("Sent")) == (1, [])


@pytest.mark.dovecot
def test_a_tray_in_the_other_language_is_used_where_it_exists(box: SmtpImapBox) -> None:
    """Changing the language does not make a second set of folders."""
    for number, language in enumerate((Language.EN, Language.NL)):
        box.deliver(reply(number))
        with closing(SmtpImapMail(box.settings, language)) as post:
            (received,) = post.received()
            post.file_away(received.handle, Tray.REVIEW)
    assert (len(box.held("Review")), box.held("Te beoordelen")) == (2, [])


@pytest.mark.dovecot
def test_a_handle_from_before_the_server_renumbered_moves_nothing(box: SmtpImapBox) -> None:
    """The same number may then be another mail."""
    box.deliver(reply(1))
    with closing(box.open()) as post:
        (received,) = post.received()
        validity, _, uid = received.handle.partition("/")
        post.file_away(f"{int(validity) - 1}/{uid}", Tray.PROCESSED)
    assert box.inbox() == [reply(1)]


@pytest.mark.dovecot
def test_mail_that_somebody_deleted_is_not_read_and_not_expunged(box: SmtpImapBox) -> None:
    """What a person marked as deleted is theirs to expunge."""
    box.deliver(reply(1))
    box.deliver(reply(2))
    box.mark_deleted(1)
    with closing(box.open()) as post:
        (received,) = post.received()
        post.file_away(received.handle, Tray.PROCESSED)
        assert list(post.received()) == []
    assert (received.raw, box.count_with_deleted()) == (reply(2), 1)


@pytest.mark.dovecot
def test_reading_marks_nothing_as_read(box: SmtpImapBox) -> None:
    """A dry run leaves no trace, and people see what is new to them."""
    box.deliver(reply(1))
    with closing(box.open()) as post:
        assert len(list(post.received())) == 1
    assert box.unseen() == 1


@pytest.mark.dovecot
def test_a_wrong_password_is_a_sentence_without_it(box: SmtpImapBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in the mailbox, and tried once."""
    monkeypatch.setenv(VARIABLE, "verkeerd-wachtwoord-é")
    with closing(box.open()) as post:
        for _ in range(2):
            with pytest.raises(OutsideProblem, match="does not let post") as refused:
                list(post.received())
            assert "verkeerd" not in "".join(refused.value.text)


@pytest.mark.dovecot
def test_an_unknown_certificate_of_the_mailbox_is_refused(box: SmtpImapBox) -> None:
    """The same check as when sending."""
    with (
        closing(mail_over(replace(box.settings, ca_file=None))) as post,
        pytest.raises(OutsideProblem, match="is not trusted"),
    ):
        list(post.received())


@pytest.mark.dovecot
def test_starttls_works_for_the_mailbox_too(box: SmtpImapBox, running_dovecot: dovecot.Dovecot) -> None:
    """Port 143 with STARTTLS."""
    box.deliver(reply(1))
    settings = replace(box.settings, imap_port=running_dovecot.port, imap_security="starttls")
    with closing(mail_over(settings)) as post:
        assert [received.raw for received in post.received()] == [reply(1)]


def test_a_mailbox_that_hangs_costs_one_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is not asked again in the same run."""
    monkeypatch.setenv(VARIABLE, "geheim")
    with SilentServer(b"* OK here\r\n") as server:
        settings = SmtpImapSettings(
            smtp_host="127.0.0.1",
            imap_host="127.0.0.1",
            imap_port=server.port,
            imap_security="none",
            smtp_security="none",
            user="ogsm",
            timeout=1,
        )
        with closing(mail_over(settings)) as post:
            for _ in range(3):
                with pytest.raises(OutsideProblem, match="does not answer in time"):
                    list(post.received())
        assert server.connections == 1


def test_a_missing_secret_is_said_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the configuration that is wrong, not the server."""
    monkeypatch.delenv(VARIABLE, raising=False)
    post = mail_over(SmtpImapSettings(smtp_host="localhost", imap_host="localhost", user="ogsm"))
    with pytest.raises(InputProblem, match=VARIABLE):
        post.prepare(outgoing())


def test_a_server_that_can_do_less_serves_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pymap marks no folders, has no namespaces and takes no encryption here; a mail goes, comes and is filed away."""
    monkeypatch.setenv(VARIABLE, pymap.PASSWORD)
    with pymap_box() as box, closing(box.open()) as post:
        post.send(outgoing(), "")
        box.deliver(reply(1))
        (received,) = post.received()
        post.file_away(received.handle, Tray.REVIEW)
        assert (len(box.held("Sent")), box.inbox(), box.tray(Tray.REVIEW)) == (1, [], [reply(1)])
        assert post.was_sent(outgoing().message_id, "") is True


def test_an_address_that_is_none_goes_nowhere(
    plain_server: smtp.SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed into the plan never becomes a command."""
    monkeypatch.setenv(VARIABLE, "geheim")
    settings = SmtpImapSettings(
        smtp_host="127.0.0.1",
        smtp_port=plain_server.port,
        smtp_security="none",
        imap_host="127.0.0.1",
        user="u",
    )
    with closing(mail_over(settings)) as post, pytest.raises(InputProblem):
        post.send(outgoing(to=(Address("A", "a@example.org>\r\nRCPT TO:<b@example.org"),)), "")
    assert plain_server.taken == []
