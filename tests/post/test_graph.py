"""What is particular to Microsoft 365 (Graph); what holds for all mail systems is in test_contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from ogsm_xl.letters.mail import Attachment
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post.graph import GraphMail
from ogsm_xl.post.graph_client import CLOUDS, Cloud
from ogsm_xl.post.port import NotSent, SendUnknown, Tray
from ogsm_xl.post.secrets import VARIABLE
from ogsm_xl.post.settings import GraphSettings, WrongSetting
from tests.support.mailboxes import RemembersInMemory, outgoing, reply
from tests.support.servers import graph
from tests.support.servers.certificates import Certificates
from tests.support.servers.http import Answer
from tests.support.servers.silence import SilentServer


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[graph.GraphServer]:
    monkeypatch.setenv(VARIABLE, graph.SECRET)
    with graph.GraphServer(certificates.for_server()) as running:
        yield running


@pytest.fixture
def settings(certificates: Certificates) -> GraphSettings:
    return GraphSettings(
        tenant=graph.TENANT,
        client_id=graph.CLIENT_ID,
        mailbox=graph.MAILBOX,
        ca_file=certificates.ca_file,
        timeout=20,
    )


class Pauses(list[float]):
    """What was waited between tries; nothing waits."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def memory() -> RemembersInMemory:
    return RemembersInMemory()


@pytest.fixture
def open_mail(
    server: graph.GraphServer, settings: GraphSettings, memory: RemembersInMemory, pauses: Pauses
) -> Iterator[Callable[..., GraphMail]]:
    opened: list[GraphMail] = []

    def open_with(**changed: Any) -> GraphMail:
        cloud = Cloud(server.address, server.address)
        language = changed.pop("language", Language.NL)
        tell = changed.pop("tell", lambda _: None)
        given = replace(settings, **changed)
        opened.append(GraphMail(given, memory, language, cloud=cloud, pause=pauses, tell=tell))
        return opened[-1]

    yield open_with
    for one in opened:
        one.close()


@pytest.fixture
def post(open_mail: Callable[..., GraphMail]) -> GraphMail:
    return open_mail()


def send(post: GraphMail, number: int = 1) -> str:
    handle = post.prepare(outgoing(number))
    post.send(outgoing(number), handle)
    return handle


def drafted(server: graph.GraphServer) -> dict[str, Any]:
    (body,) = [
        json.loads(r.body) for r in server.requests if r.method == "POST" and r.path.endswith("/messages")
    ]
    found: dict[str, Any] = body
    return found


# Logging in


def test_a_run_logs_in_once(server: graph.GraphServer, post: GraphMail) -> None:
    """One token serves all its requests; the client secret goes to the login server alone."""
    for number in (1, 2, 3):
        send(post, number)
    tokens = [request for request in server.requests if request.path.endswith("/token")]
    assert len(tokens) == 1
    assert (
        f"scope=https%3A%2F%2Flocalhost%3A{server.address.rpartition(':')[2]}%2F.default"
        in tokens[0].body.decode()
    )
    others = [request for request in server.requests if request not in tokens]
    assert [r for r in others if graph.SECRET in str(r)] == []


def test_a_refused_secret_is_a_sentence_without_it_and_asked_once(
    server: graph.GraphServer, post: GraphMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With Microsoft's own code, which administrators know."""
    monkeypatch.setenv(VARIABLE, "verkeerd-geheim")
    for _ in range(3):
        with pytest.raises(NotSent, match="AADSTS7000215") as refused:
            send(post)
        assert "verkeerd-geheim" not in "".join(refused.value.text)
    assert len([request for request in server.requests if request.path.endswith("/token")]) == 1


def certificate_file(folder: Path, kind: trustme.KeyType) -> Path:
    """A private key and a certificate, as the portal's instructions make them."""
    made = trustme.CA().issue_cert("ogsm-xl.example.org", key_type=kind)
    file = folder / "application.pem"
    file.write_bytes(made.private_key_pem.bytes() + made.cert_chain_pems[0].bytes())
    file.chmod(0o600)
    return file


def test_a_certificate_logs_in_instead_of_a_secret(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail], tmp_path: Path
) -> None:
    """The private key signs, and stays here; its file is for this user alone."""
    both = certificate_file(tmp_path, trustme.KeyType.RSA)
    both.chmod(0o644)
    post = open_mail(login="certificate", certificate_file=both)
    with pytest.raises(InputProblem, match="chmod 600"):
        send(post)
    both.chmod(0o600)
    send(post)
    (token,) = [request for request in server.requests if request.path.endswith("/token")]
    assert b"client_assertion=" in token.body
    assert b"PRIVATE" not in token.body
    assert len(server.went_out) == 1


@pytest.mark.parametrize("content", ["none", "key of another kind"])
def test_a_file_without_a_usable_certificate_is_a_wrong_setting(
    open_mail: Callable[..., GraphMail], tmp_path: Path, content: str
) -> None:
    """The sentence names the file and what belongs in it, and shows nothing of what is in it."""
    file = certificate_file(tmp_path, trustme.KeyType.ECDSA)
    if content == "none":
        file.write_text("none", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"application\.pem \(certificate_file\)") as refused:
        send(open_mail(login="certificate", certificate_file=file))
    assert "PRIVATE" not in "".join(refused.value.text)


def test_a_person_can_log_in_to_try_it_out(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail]
) -> None:
    """They are told where to go and which code to enter, once a run."""
    told: list[str] = []
    post = open_mail(login="device", tell=told.append)
    send(post, 1)
    send(post, 2)
    assert told == ["Open https://login and enter ABCD\n"]
    assert len(server.went_out) == 2


def test_each_cloud_of_microsoft_is_known() -> None:
    """With its own login server and Graph; nothing of one goes to another."""
    assert {name: (cloud.login, cloud.graph) for name, cloud in CLOUDS.items()} == {
        "global": ("https://login.microsoftonline.com", "https://graph.microsoft.com"),
        "us_government": ("https://login.microsoftonline.us", "https://graph.microsoft.us"),
        "us_defense": ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
        "china": ("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"tenant": "example.org/../common"},
        {"login": "certificate"},
        {"certificate_file": Path("x.pem")},
        {"timeout": 0},
        {"secret_from": "file"},
    ],
)
def test_a_setting_that_cannot_work_is_refused(wrong: dict[str, Any]) -> None:
    """Before anything is asked."""
    with pytest.raises(WrongSetting):
        GraphSettings(**{"tenant": "example.org", "client_id": "x", **wrong})


# Sending


def test_a_mail_is_a_draft_under_its_own_message_id_first(server: graph.GraphServer, post: GraphMail) -> None:
    """Made with an ID that stays, then sent, asked once."""
    handle = post.prepare(outgoing(1))
    assert (len(server.held("Concepten")), server.went_out) == (1, [])
    post.send(outgoing(1), handle)
    assert (len(server.held("Verzonden items")), server.asked) == (1, ["POST messages", "POST send"])
    assert drafted(server)["internetMessageId"] == outgoing(1).message_id
    assert post.was_sent(outgoing(1).message_id, handle) is True


def test_only_headers_that_graph_takes_go_along(server: graph.GraphServer, post: GraphMail) -> None:
    """Their names begin with "x-", and there are five at most: ours first."""
    headers = {f"X-Own-{number}": "v" for number in range(6)}
    post.prepare(outgoing(1, headers={"Importance": "high", **headers}))
    assert [header["name"] for header in drafted(server)["internetMessageHeaders"]] == [
        f"X-Own-{number}" for number in range(5)
    ]


def test_an_answer_to_a_mail_says_which(server: graph.GraphServer, post: GraphMail) -> None:
    """Graph takes no In-Reply-To; Exchange keeps it in properties of its own."""
    post.prepare(outgoing(1, in_reply_to="<asked@example.org>"))
    assert drafted(server)["singleValueExtendedProperties"] == [
        {"id": "String 0x1042", "value": "<asked@example.org>"},
        {"id": "String 0x1039", "value": "<asked@example.org>"},
    ]


def test_a_large_file_goes_in_parts_without_the_token(server: graph.GraphServer, post: GraphMail) -> None:
    """Beside it, a small one goes whole; what arrives is what was sent."""
    large = Attachment("groot.bin", "application/octet-stream", bytes(range(256)) * 30_000)
    small = Attachment("klein.bin", "application/octet-stream", b"klein")
    mail = outgoing(1, attachments=(large, small))
    post.send(mail, post.prepare(mail))
    assert server.asked == ["POST messages", "POST createUploadSession", "POST attachments", "POST send"]
    parts = [request for request in server.requests if request.method == "PUT"]
    assert [len(part.body) for part in parts] == [3_276_800, 3_276_800, 1_126_400]
    assert server.mails[0].files == [
        {"name": file.name, "contentType": file.media_type, "content": file.content}
        for file in (large, small)
    ]


def test_a_file_that_cannot_be_attached_leaves_no_draft(server: graph.GraphServer, post: GraphMail) -> None:
    """The mail did not go out, and nobody can send half of it by accident."""
    large = Attachment("groot.bin", "application/octet-stream", bytes(4_000_000))
    server.faults.append(("POST createUploadSession", graph.answering(403, "ErrorAccessDenied")))
    with pytest.raises(NotSent, match="may not use the mailbox"):
        post.prepare(outgoing(1, attachments=(large,)))
    assert server.held("Concepten") == []


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (403, "ErrorSendAsDenied", "mag niet versturen als ogsm@example.org"),
        (403, "ErrorAccessDenied", "mag niet in de mailbox ogsm@example.org"),
        (400, "ErrorInvalidRecipients", "weigert de mail"),
        (401, "InvalidAuthenticationToken", "geeft geen token"),
    ],
)
def test_what_is_refused_was_not_sent_and_leaves_no_draft(
    server: graph.GraphServer, post: GraphMail, status: int, code: str, told: str
) -> None:
    """With what it is and the next step; asked once."""
    server.refuse_sending = (status, code)
    with pytest.raises(NotSent) as refused:
        send(post)
    assert told in refused.value.text.nl
    assert (server.asked.count("POST send"), server.went_out, server.held("Concepten")) == (1, [], [])


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_send_that_was_not_plainly_accepted_is_never_asked_again(
    server: graph.GraphServer, post: GraphMail, pauses: Pauses, status: int
) -> None:
    """Graph has sent mail after such answers. The draft is looked at: still one, so nobody can tell yet."""
    server.faults.append(("POST send", graph.answering(status, "ApplicationThrottled", Retry_After="5")))
    handle = post.prepare(outgoing(1))
    with pytest.raises(SendUnknown, match="not sent again by itself"):
        post.send(outgoing(1), handle)
    assert (server.asked.count("POST send"), pauses) == (1, [])
    with pytest.raises(NotSent):
        post.prepare(outgoing(2))  # the mails after it would end in the same doubt


@pytest.mark.parametrize("status", [429, 500, 503, 504])
def test_a_mail_that_was_sent_all_the_same_counts_as_sent(
    server: graph.GraphServer, post: GraphMail, status: int
) -> None:
    """The draft is no draft any more."""
    server.faults.append(("POST send", graph.doing_it_and_answering(status)))
    send(post)
    assert (server.asked.count("POST send"), len(server.went_out)) == (1, 1)


def test_a_draft_that_never_left_is_thrown_away_after_a_quarter_of_an_hour(
    server: graph.GraphServer, post: GraphMail
) -> None:
    """By the server's clock: until then it may be on its way; after that it certainly was not sent, and never will be."""
    handle = post.prepare(outgoing(1))
    server.now += timedelta(minutes=14)
    assert post.was_sent(outgoing(1).message_id, handle) is None
    assert len(server.held("Concepten")) == 1
    server.now += timedelta(minutes=2)
    assert post.was_sent(outgoing(1).message_id, handle) is False
    assert (server.held("Concepten"), server.went_out) == ([], [])


def test_a_draft_that_is_gone_leaves_doubt(server: graph.GraphServer, post: GraphMail) -> None:
    """Somebody may have sent and deleted it."""
    handle = post.prepare(outgoing(1))
    server.mails.clear()
    assert post.was_sent(outgoing(1).message_id, handle) is None


def test_a_sent_mail_is_never_thrown_away(server: graph.GraphServer, post: GraphMail) -> None:
    """Also when its draft is to be."""
    handle = send(post)
    post.discard(outgoing(1).message_id, handle)
    post.discard(outgoing(1).message_id, "")
    assert len(server.held("Verzonden items")) == 1


@pytest.mark.parametrize(
    ("status", "retry_after", "waited"), [(429, "7", [7.0]), (503, "3", [3.0]), (504, "", [2.0])]
)
def test_a_draft_is_asked_for_again_when_graph_is_busy(
    server: graph.GraphServer,
    post: GraphMail,
    pauses: Pauses,
    status: int,
    retry_after: str,
    waited: list[float],
) -> None:
    """As long after as Graph asks: a draft does no harm."""
    server.faults.append(("POST messages", graph.answering(status, Retry_After=retry_after)))
    send(post)
    assert (pauses, len(server.went_out)) == (waited, 1)


def test_a_mailbox_that_does_not_exist_gets_a_sentence(open_mail: Callable[..., GraphMail]) -> None:
    """With the way out for a mailbox on a server of one's own."""
    with pytest.raises(NotSent, match="system = 'exchange'"):
        send(open_mail(mailbox="niemand@example.org"))


def test_a_server_that_says_nothing_costs_one_time_out(
    settings: GraphSettings, memory: RemembersInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked of it after that in the same run."""
    monkeypatch.setenv(VARIABLE, graph.SECRET)
    with SilentServer() as silent:
        cloud = Cloud(f"https://localhost:{silent.port}", f"https://localhost:{silent.port}")
        with closing(GraphMail(replace(settings, timeout=1), memory, Language.NL, cloud=cloud)) as post:
            for _ in range(3):
                with pytest.raises(NotSent, match="does not answer in time"):
                    send(post)
            with pytest.raises(OutsideProblem):
                list(post.received())
        assert silent.connections == 1


def test_an_unknown_certificate_is_refused(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail]
) -> None:
    """Nothing is sent to whoever that is."""
    with pytest.raises(NotSent, match="is not trusted"):
        send(open_mail(ca_file=None))
    assert server.requests == []


# Receiving


def file_away(post: GraphMail, tray: Tray = Tray.PROCESSED) -> list[bytes]:
    received = list(post.received())
    for mail in received:
        post.file_away(mail.handle, tray)
    return [mail.raw for mail in received]


def test_a_full_inbox_is_read_in_order_a_page_at_a_time(server: graph.GraphServer, post: GraphMail) -> None:
    """The list in pages of a hundred, then mail by mail."""
    for number in range(230):
        server.deliver(reply(number))
    assert [received.raw for received in post.received()] == [reply(number) for number in range(230)]
    assert server.asked.count("GET delta") == 3


def test_the_next_run_asks_only_for_what_came_since(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail], memory: RemembersInMemory
) -> None:
    """How far the inbox was read is remembered when all of it was filed away."""
    server.deliver(reply(1))
    server.deliver(reply(2))
    assert file_away(open_mail()) == [reply(1), reply(2)]
    assert "$deltatoken=" in memory.values["graph inbox ogsm@example.org"]
    server.deliver(reply(3))
    assert file_away(open_mail()) == [reply(3)]
    assert file_away(open_mail()) == []


def test_a_run_that_leaves_a_mail_does_not_move_on(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail], memory: RemembersInMemory
) -> None:
    """Nor does a dry run, which files nothing away."""
    server.deliver(reply(1))
    server.deliver(reply(2))
    one, _ = open_mail().received()
    assert memory.values == {}
    post = open_mail()
    list(post.received())
    post.file_away(one.handle, Tray.PROCESSED)
    assert memory.values == {}
    assert file_away(open_mail()) == [reply(2)]


def test_a_mail_that_was_filed_away_is_not_read_again_from_an_old_link(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail], memory: RemembersInMemory
) -> None:
    """Its ID is still good, but it is no longer in the inbox."""
    server.deliver(reply(1))
    file_away(open_mail())
    server.deliver(reply(2))
    remembered = dict(memory.values)
    file_away(open_mail())
    memory.values.update(remembered)
    assert file_away(open_mail()) == []


def test_a_mail_that_a_person_puts_back_is_read_again(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail]
) -> None:
    """It is new in the inbox."""
    mail = server.deliver(reply(1))
    file_away(open_mail(), Tray.REVIEW)
    server.move(mail, "INBOX")
    assert file_away(open_mail()) == [reply(1)]


def test_a_link_that_expired_means_reading_all_that_is_there(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail]
) -> None:
    """After weeks without a run nothing is missed."""
    server.deliver(reply(1))
    file_away(open_mail())
    server.deliver(reply(2))
    server.expired = 1_000
    assert file_away(open_mail()) == [reply(2)]


def test_a_link_to_elsewhere_is_not_followed(
    post: GraphMail, memory: RemembersInMemory, server: graph.GraphServer
) -> None:
    """The token would go along."""
    memory.values["graph inbox ogsm@example.org"] = "https://elsewhere.example.org/v1.0/delta?$deltatoken=1"
    with pytest.raises(OutsideProblem, match="another address"):
        list(post.received())
    assert server.requests == []


def test_a_mail_that_somebody_moved_while_it_was_read_is_left_out(
    server: graph.GraphServer, post: GraphMail
) -> None:
    """It is no longer there, and does not keep the others waiting."""
    first, _ = server.deliver(reply(1)), server.deliver(reply(2))

    def removing_it(carry_out: Callable[[], Answer]) -> Answer:
        server.mails.remove(first)
        return carry_out()

    server.faults.append(("GET $value", removing_it))
    assert [received.raw for received in post.received()] == [reply(2)]


@pytest.mark.parametrize(
    ("fault", "waited"),
    [
        (graph.answering(429, "ApplicationThrottled", Retry_After="9"), [9.0]),
        (graph.answering(503), [2.0]),
        (graph.losing_the_request, [2.0]),
        (graph.losing_the_connection, [2.0]),
    ],
)
def test_reading_is_tried_again_after_as_long_as_graph_asks(
    server: graph.GraphServer,
    post: GraphMail,
    pauses: Pauses,
    fault: Callable[[Callable[[], Answer]], Answer],
    waited: list[float],
) -> None:
    """And after two seconds where it does not say."""
    server.deliver(reply(1))
    server.faults.append(("GET delta", fault))
    assert [received.raw for received in post.received()] == [reply(1)]
    assert pauses == waited


def test_reading_gives_up_after_three_times_or_when_asked_for_an_hour(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail], pauses: Pauses
) -> None:
    """The next run reads what was not read."""
    server.faults += [("GET delta", graph.answering(503))] * 3
    with pytest.raises(OutsideProblem, match="asks to come back later"):
        list(open_mail().received())
    assert (server.asked.count("GET delta"), pauses) == (3, [2.0, 4.0])
    server.faults.append(("GET delta", graph.answering(429, Retry_After="3600")))
    with pytest.raises(OutsideProblem, match="asks to come back later"):
        list(open_mail().received())
    assert (server.asked.count("GET delta"), pauses) == (4, [2.0, 4.0])


def test_a_tray_in_the_other_language_is_used_where_it_exists(
    server: graph.GraphServer, open_mail: Callable[..., GraphMail]
) -> None:
    """Also where it is not among the first ten folders; changing the language does not make a second set."""
    for number in range(12):
        server.folders[f"F{number}"] = f"Map {number}"
    for number, language in enumerate((Language.EN, Language.NL)):
        server.deliver(reply(number))
        file_away(open_mail(language=language), Tray.REVIEW)
    assert (len(server.held("Review")), server.held("Te beoordelen")) == (2, [])


def test_a_tray_that_another_run_makes_at_the_same_moment_is_used(
    server: graph.GraphServer, post: GraphMail
) -> None:
    """Two runs make one folder."""
    server.deliver(reply(1))

    def after_another_run(carry_out: Callable[[], Answer]) -> Answer:
        carry_out()
        return carry_out()

    server.faults.append(("POST mailFolders", after_another_run))
    file_away(post)
    assert server.held("Verwerkt") == [reply(1)]


def test_no_error_and_no_log_shows_a_secret_or_token(
    server: graph.GraphServer, post: GraphMail, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where Graph repeats what it got, and at the level DEBUG."""
    caplog.set_level("DEBUG")
    server.faults += [("GET delta", graph.answering(500, f"you sent {graph.SECRET}"))]
    shown = []
    try:
        list(post.received())
    except OutsideProblem as problem:
        shown.append("".join(problem.text))
    with suppress(OutsideProblem):
        send(post)
    assert len(shown) == 1
    assert [secret for secret in (graph.SECRET, graph.TOKEN) if secret in caplog.text + "".join(shown)] == []
