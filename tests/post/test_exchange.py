"""What is particular to Exchange Server (EWS); what holds for all mail systems is in test_contract."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
from lxml import etree

from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.letters.mail import mime
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post.exchange import ExchangeMail
from ogsm_xl.post.port import NotSent, SendUnknown, Tray
from ogsm_xl.post.secrets import VARIABLE
from ogsm_xl.post.settings import ExchangeSettings, WrongSetting
from tests.support.mailboxes import outgoing, reply
from tests.support.servers import ews
from tests.support.servers.certificates import Certificates
from tests.support.servers.http import Answer, HttpServer, Request
from tests.support.servers.silence import SilentServer

NAMES = {"m": ews.MESSAGES, "t": ews.TYPES}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ews.EwsServer]:
    monkeypatch.setenv(VARIABLE, ews.PASSWORD)
    with ews.EwsServer() as running:
        yield running


def settings(endpoint: str) -> ExchangeSettings:
    return ExchangeSettings(server=endpoint, mailbox=ews.MAILBOX, user=ews.USER, login="basic", timeout=20)


class Pauses(list[float]):
    """What was waited between tries; nothing waits."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def post(server: ews.EwsServer, pauses: Pauses) -> Iterator[ExchangeMail]:
    with closing(ExchangeMail(settings(server.endpoint), Language.NL, pauses)) as opened:
        yield opened


def send(post: ExchangeMail, number: int = 1) -> None:
    post.send(outgoing(number), post.prepare(outgoing(number)))


def requests_of(server: ews.EwsServer, operation: str) -> list[etree._Element]:
    bodies = [etree.fromstring(request.body) for request in server.requests]
    return [found for body in bodies if (found := body.find(f".//m:{operation}", NAMES)) is not None]


# Sending


def test_a_mail_is_one_request_that_holds_it_whole(server: ews.EwsServer, post: ExchangeMail) -> None:
    """As MIME, under its own Message-ID, and the server keeps the copy: no draft, no attachments one by one."""
    send(post)
    (request,) = requests_of(server, "CreateItem")
    assert request.get("MessageDisposition") == "SendAndSaveCopy"
    assert [
        kept.get("Id") for kept in request.iterfind("m:SavedItemFolderId/t:DistinguishedFolderId", NAMES)
    ] == ["sentitems"]
    (message,) = request.iterfind("m:Items/t:Message", NAMES)
    assert base64.b64decode(message.findtext("t:MimeContent", "", NAMES)) == mime(outgoing(1))
    assert message.findtext("t:InternetMessageId", "", NAMES) == outgoing(1).message_id
    assert set(server.operations) == {"FindItem", "CreateItem"}


def test_a_server_that_takes_the_message_id_from_the_mime_alone_gets_it_so(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """The refused request sent nothing; from then on the property is left out."""
    server.refuse_message_id = True
    send(post, 1)
    send(post, 2)
    assert server.went_out == [mime(outgoing(1)), mime(outgoing(2))]
    assert server.operations.count("CreateItem") == 3


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ErrorSendAsDenied", "mag niet versturen als ogsm@example.org"),
        ("ErrorMessageSizeExceeded", "weigert de mail (ErrorMessageSizeExceeded"),
        ("ErrorQuotaExceeded", "weigert de mail (ErrorQuotaExceeded"),
        ("ErrorServerBusy", "vraagt om later terug te komen"),
        ("ErrorNonExistentMailbox", "is geen mailbox ogsm@example.org"),
        ("ErrorAccessDenied", "mag niet in de mailbox ogsm@example.org"),
    ],
)
def test_what_the_server_refuses_was_not_sent(
    server: ews.EwsServer, post: ExchangeMail, code: str, told: str
) -> None:
    """With what it is and the next step; asked once."""
    server.refuse_sending = code
    with pytest.raises(NotSent) as refused:
        send(post)
    assert told in refused.value.text.nl
    assert (server.operations.count("CreateItem"), server.went_out) == (1, [])


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (403, NotSent, "laat EWS voor ogsm@example.org niet toe"),
        (404, NotSent, "geen EWS te vinden"),
        (413, NotSent, "HTTP 413"),
        (503, NotSent, "vraagt om later terug te komen"),
        (500, SendUnknown, "Onzeker of"),
        (502, SendUnknown, "Onzeker of"),
        (504, SendUnknown, "Onzeker of"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}])
def test_what_the_web_server_answers_is_told_apart(
    server: ews.EwsServer,
    post: ExchangeMail,
    status: int,
    error: type[OutsideProblem],
    told: str,
    headers: dict[str, str],
) -> None:
    """What can't have reached Exchange was not sent; what may have is unknown; a send is never tried again."""
    server.faults.append(("CreateItem", ews.answering(Answer(status, b"<html>no</html>", headers))))
    with pytest.raises(error) as refused:
        send(post)
    assert told in refused.value.text.nl
    assert server.operations.count("CreateItem") == 1


def test_a_busy_server_is_not_asked_to_send_again(
    server: ews.EwsServer, post: ExchangeMail, pauses: Pauses
) -> None:
    """Also where it says for how long: the next run sends it."""
    busy = ews.soap_fault("ErrorServerBusy", "The server cannot service this request right now.", 5000)
    server.faults.append(("CreateItem", ews.answering(busy)))
    with pytest.raises(NotSent, match="asks to come back later"):
        send(post)
    assert (server.operations.count("CreateItem"), pauses) == (1, [])


def test_a_mail_whose_answer_was_lost_is_looked_for_in_the_sent_mail(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """It is there, so it counts as sent; asked once."""
    server.faults.append(("CreateItem", ews.losing_the_connection))
    send(post)
    assert (server.operations.count("CreateItem"), server.went_out) == (1, [mime(outgoing(1))])


def test_a_lost_request_leaves_doubt(server: ews.EwsServer, post: ExchangeMail) -> None:
    """The sent mail does not hold it: that proves nothing, since it may still be on its way there."""
    server.faults.append(("CreateItem", ews.losing_the_request))
    with pytest.raises(SendUnknown, match="not sent again by itself"):
        send(post)
    assert server.operations.count("CreateItem") == 1
    assert post.was_sent(outgoing(1).message_id, "") is None


def test_a_server_that_cannot_search_for_a_message_id_is_looked_through(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """The newest mails are compared one by one."""
    server.no_search = True
    for number in (1, 2, 3):
        send(post, number)
    found = [post.was_sent(outgoing(number).message_id, "") for number in (1, 3, 4)]
    assert found == [True, True, None]


# Logging in


def test_a_wrong_password_is_tried_once_a_run(
    server: ews.EwsServer, post: ExchangeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More attempts could lock the account; the sentence does not hold the password."""
    monkeypatch.setenv(VARIABLE, "verkeerd-wachtwoord")
    for _ in range(3):
        with pytest.raises(NotSent, match="does not let") as refused:
            send(post)
        assert "verkeerd" not in "".join(refused.value.text)
    with pytest.raises(OutsideProblem, match="does not let"):
        list(post.received())
    assert len(server.requests) == 1


def test_a_server_that_says_nothing_costs_one_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of it after that in the same run."""
    monkeypatch.setenv(VARIABLE, ews.PASSWORD)
    with SilentServer() as silent:
        given = replace(settings(f"http://127.0.0.1:{silent.port}/EWS/Exchange.asmx"), timeout=1)
        with closing(ExchangeMail(given, Language.NL)) as post:
            for _ in range(3):
                with pytest.raises(NotSent, match="does not answer in time"):
                    send(post)
        assert silent.connections == 1


def test_a_server_that_is_not_there_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, pauses: Pauses) -> None:
    """With what to check, without waiting."""
    monkeypatch.setenv(VARIABLE, ews.PASSWORD)
    with SilentServer() as silent:
        port = silent.port
    given = settings(f"http://127.0.0.1:{port}/EWS/Exchange.asmx")
    with (
        closing(ExchangeMail(given, Language.NL, pauses)) as post,
        pytest.raises(NotSent, match="accepts no connection"),
    ):
        send(post)
    assert pauses == []


def test_the_organisations_own_certificate_authority_is_trusted_when_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its certificate the server gets no password."""
    monkeypatch.setenv(VARIABLE, ews.PASSWORD)
    certificates = Certificates(tmp_path)
    with ews.EwsServer(tls=certificates.for_server()) as server:
        with (
            closing(ExchangeMail(settings(server.endpoint), Language.NL)) as post,
            pytest.raises(NotSent, match="is not trusted"),
        ):
            send(post)
        assert server.requests == []
        given = replace(settings(server.endpoint), ca_file=certificates.ca_file)
        with closing(ExchangeMail(given, Language.NL)) as post:
            send(post)
        assert len(server.went_out) == 1


def test_a_file_without_a_certificate_is_a_wrong_setting(server: ews.EwsServer, tmp_path: Path) -> None:
    """The sentence names the file."""
    (tmp_path / "ca.pem").write_text("none", encoding="utf-8")
    with (
        closing(
            ExchangeMail(replace(settings(server.endpoint), ca_file=tmp_path / "ca.pem"), Language.NL)
        ) as post,
        pytest.raises(InputProblem, match=r"ca\.pem"),
    ):
        send(post)


def test_an_application_logs_in_with_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client secret goes to the token server alone; Exchange sees the token, and for whom the application acts."""
    monkeypatch.setenv(VARIABLE, "clientgeheim")
    certificates = Certificates(tmp_path)
    token = json.dumps({"access_token": ews.TOKEN, "token_type": "Bearer", "expires_in": 3600}).encode()
    with (
        HttpServer(lambda _: Answer(200, token), tls=certificates.for_server()) as tokens,
        ews.EwsServer(tls=certificates.for_server()) as server,
    ):
        given = replace(
            settings(server.endpoint),
            login="oauth",
            token_url=f"{tokens.address}/oauth2/token",
            client_id="ogsm-xl",
            scope="ews",
            ca_file=certificates.ca_file,
        )
        with closing(ExchangeMail(given, Language.NL)) as post:
            send(post)
        assert [request.body for request in tokens.requests] == [
            b"grant_type=client_credentials&client_id=ogsm-xl&client_secret=clientgeheim&scope=ews"
        ]
        assert all(request.headers["authorization"] == f"Bearer {ews.TOKEN}" for request in server.requests)
        assert b"<t:ExchangeImpersonation>" in server.requests[0].body
        assert len(server.went_out) == 1


def test_a_refused_token_is_a_sentence_without_the_client_secret(
    server: ews.EwsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the login server's own words."""
    monkeypatch.setenv(VARIABLE, "clientgeheim")
    certificates = Certificates(tmp_path)

    def refuse(_: Request) -> Answer:
        return Answer(401, b'{"error": "invalid_client", "error_description": "clientgeheim has expired"}')

    with HttpServer(refuse, tls=certificates.for_server()) as tokens:
        given = replace(
            settings(server.endpoint),
            login="oauth",
            token_url=f"{tokens.address}/token",
            client_id="ogsm-xl",
            ca_file=certificates.ca_file,
        )
        with (
            closing(ExchangeMail(given, Language.NL)) as post,
            pytest.raises(NotSent, match="has expired") as refused,
        ):
            send(post)
    assert "clientgeheim" not in "".join(refused.value.text).replace("het clientgeheim;", "")
    assert server.requests == []


@pytest.mark.parametrize("password", ["geheim", "verkeerd"])
def test_ntlm_logs_in_without_sending_the_password(
    server: ews.EwsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    """The dialogue of three steps that Windows speaks; a wrong password is a sentence."""
    users = tmp_path / "users"
    users.write_text("CORP:svc-ogsm:geheim\n", encoding="utf-8")
    monkeypatch.setenv("NTLM_USER_FILE", str(users))
    monkeypatch.setenv(VARIABLE, password)
    server.ntlm = True
    with closing(ExchangeMail(replace(settings(server.endpoint), login="ntlm"), Language.NL)) as post:
        if password == "geheim":
            send(post)
        else:
            with pytest.raises(NotSent, match="does not let"):
                send(post)
    assert len(server.went_out) == (1 if password == "geheim" else 0)
    assert [request for request in server.requests if password in str(request.headers)] == []


def test_impersonation_names_the_mailbox(server: ews.EwsServer) -> None:
    """For an account with the role ApplicationImpersonation; delegates name nobody."""
    for access, named in (("delegate", False), ("impersonation", True)):
        given = replace(settings(server.endpoint), access=access)  # type: ignore[arg-type]  # one of the two
        with closing(ExchangeMail(given, Language.NL)) as post:
            list(post.received())
        assert (b"ExchangeImpersonation" in server.requests[-1].body) is named
        assert server.requests[-1].headers["x-anchormailbox"] == ews.MAILBOX


@pytest.mark.parametrize(
    "address",
    [
        "outlook.office365.com",
        "https://outlook.office365.com/EWS/Exchange.asmx",
        "https://OUTLOOK.office365.com./EWS/Exchange.asmx",
        "https://outlook.office365.us/EWS/Exchange.asmx",
        "https://eu-north.outlook.com/EWS/Exchange.asmx",
    ],
)
def test_exchange_online_is_refused_with_the_reason_and_the_way_out(address: str) -> None:
    """EWS is closed there."""
    with pytest.raises(WrongSetting) as refused:
        ExchangeSettings(server=address)
    assert "oktober 2026" in refused.value.text.nl
    assert "system = 'graph'" in refused.value.text.en


def test_an_address_without_encryption_is_refused() -> None:
    """A password would be readable on the way."""
    with pytest.raises(WrongSetting, match="https://"):
        ExchangeSettings(server="http://mail.example.org/EWS/Exchange.asmx")


# Receiving


def test_a_full_inbox_is_read_in_order_a_page_at_a_time(server: ews.EwsServer, post: ExchangeMail) -> None:
    """The list in pages of a hundred, the mails in twenties."""
    for number in range(230):
        server.deliver(reply(number))
    assert [received.raw for received in post.received()] == [reply(number) for number in range(230)]
    assert (server.operations.count("FindItem"), server.operations.count("GetItem")) == (3, 12)


def test_large_mails_are_fetched_few_at_a_time(server: ews.EwsServer, post: ExchangeMail) -> None:
    """So that memory stays bounded, and the server's limit on answers is not reached."""
    for number in range(3):
        server.deliver(reply(number, filler=3_000_000))
    assert len(list(post.received())) == 3
    assert server.operations.count("GetItem") == 3


def test_a_mail_that_the_server_cannot_give_spoils_only_itself(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """A note stands in for it, so that a person looks at it; the others are read."""
    server.deliver(reply(1))
    server.deliver(reply(2)).unreadable = True
    server.deliver(reply(3))
    one, two, three = post.received()
    assert (one.raw, three.raw) == (reply(1), reply(3))
    note = read_mail(two.raw)
    assert (note.sender, note.subject) == ("zoe@example.org", "Re: vraag 2")
    text = message_from_bytes(two.raw).get_payload(decode=True)
    assert isinstance(text, bytes)
    assert b"could not give this mail: ErrorMimeContentConversionFailed" in text
    post.file_away(two.handle, Tray.REVIEW)
    assert server.held("Te beoordelen") == [reply(2)]


def test_a_request_that_fails_as_a_whole_is_asked_again_one_by_one(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """Some servers answer one bad mail with an error for the whole request."""
    for number in (1, 2):
        server.deliver(reply(number))
    server.faults.append(
        ("GetItem", ews.answering(ews.soap_fault("ErrorInternalServerError", "An internal error.")))
    )
    assert [received.raw for received in post.received()] == [reply(1), reply(2)]


def test_a_mail_that_somebody_moved_while_it_was_read_is_left_out(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """It is no longer in the inbox."""
    stored = [server.deliver(reply(number)) for number in (1, 2)]

    def moving_the_first(carry_out: Callable[[], Answer]) -> Answer:
        del server.items[stored[0].id]
        return carry_out()

    server.faults.append(("GetItem", moving_the_first))
    assert [received.raw for received in post.received()] == [reply(2)]


@pytest.mark.parametrize(
    ("fault", "waited"),
    [
        (ews.answering(Answer(503, headers={"Retry-After": "7"})), [7.0]),
        (ews.answering(ews.soap_fault("ErrorServerBusy", "Busy.", 12000)), [12.0]),
        (ews.answering(Answer(502)), [2.0]),
        (ews.losing_the_connection, [2.0]),
    ],
)
def test_reading_is_tried_again_after_as_long_as_the_server_asks(
    server: ews.EwsServer,
    post: ExchangeMail,
    pauses: Pauses,
    fault: Callable[[Callable[[], Answer]], Answer],
    waited: list[float],
) -> None:
    """And after two seconds where it does not say."""
    server.deliver(reply(1))
    server.faults.append(("FindItem", fault))
    assert [received.raw for received in post.received()] == [reply(1)]
    assert pauses == waited


def test_reading_gives_up_after_three_times(
    server: ews.EwsServer, post: ExchangeMail, pauses: Pauses
) -> None:
    """The next run reads what was not read."""
    server.faults += [("FindItem", ews.answering(Answer(503)))] * 9
    with pytest.raises(OutsideProblem, match="asks to come back later"):
        list(post.received())
    assert (server.operations.count("FindItem"), pauses) == (3, [2.0, 4.0])


def test_a_server_that_asks_for_an_hour_is_left_alone(
    server: ews.EwsServer, post: ExchangeMail, pauses: Pauses
) -> None:
    """A run does not wait that long; the next one reads."""
    server.faults.append(("FindItem", ews.answering(Answer(503, headers={"Retry-After": "3600"}))))
    with pytest.raises(OutsideProblem, match="asks to come back later"):
        list(post.received())
    assert (server.operations, pauses) == (["FindItem"], [])


def test_a_mail_that_can_not_be_moved_stays(server: ews.EwsServer, post: ExchangeMail) -> None:
    """The sentence says why."""
    server.deliver(reply(1))
    (received,) = post.received()
    server.faults.append(
        ("MoveItem", ews.answering(ews.soap_fault("ErrorAccessDenied", "Access is denied.")))
    )
    with pytest.raises(OutsideProblem, match="may not use the mailbox"):
        post.file_away(received.handle, Tray.PROCESSED)
    assert server.held("Postvak IN") == [reply(1)]


def test_a_tray_in_the_other_language_is_used_where_it_exists(server: ews.EwsServer) -> None:
    """Changing the language does not make a second set of folders."""
    for number, language in enumerate((Language.EN, Language.NL)):
        server.deliver(reply(number))
        with closing(ExchangeMail(settings(server.endpoint), language)) as post:
            (received,) = post.received()
            post.file_away(received.handle, Tray.REVIEW)
    assert (len(server.held("Review")), server.held("Te beoordelen")) == (2, [])


def test_a_tray_that_another_run_makes_at_the_same_moment_is_used(
    server: ews.EwsServer, post: ExchangeMail
) -> None:
    """Two runs make one folder."""
    server.deliver(reply(1))
    (received,) = post.received()

    def after_another_run(carry_out: Callable[[], Answer]) -> Answer:
        carry_out()
        return carry_out()

    server.faults.append(("CreateFolder", after_another_run))
    post.file_away(received.handle, Tray.PROCESSED)
    assert server.held("Verwerkt") == [reply(1)]


def test_no_error_shows_the_password(
    server: ews.EwsServer, post: ExchangeMail, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in a sentence, not in a log, also where the server repeats what it got."""
    caplog.set_level("DEBUG")
    repeated = Answer(500, f"you sent {ews.PASSWORD}".encode())
    shown = []
    for operation in ("CreateItem", "FindItem"):
        server.faults += [(operation, ews.answering(repeated))] * 3
        with suppress(OutsideProblem):
            send(post)
        try:
            list(post.received())
        except OutsideProblem as problem:
            shown.append("".join(problem.text))
    sent_as = base64.b64encode(f"{ews.USER}:{ews.PASSWORD}".encode("latin-1")).decode()
    assert ews.PASSWORD not in "".join(shown) + caplog.text
    assert sent_as not in caplog.text
