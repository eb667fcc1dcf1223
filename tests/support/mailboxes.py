"""The mailbox of the tests in each mail system, seen from behind: what went out, what lies where.

`tests/post/test_contract.py` holds all mail systems to the same behaviour through these.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from imap_tools import MailBoxUnencrypted

from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail
from ogsm_xl.plan.words import Language
from ogsm_xl.post import open_mail_system
from ogsm_xl.post.graph import GraphMail
from ogsm_xl.post.graph_client import Cloud
from ogsm_xl.post.port import MailSystem, Tray
from ogsm_xl.post.settings import ExchangeSettings, FolderSettings, GraphSettings, SmtpImapSettings
from tests.support.servers import dovecot, ews, graph, pymap, smtp

OWN_ADDRESS = "ogsm@example.org"
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"


class RemembersInMemory:
    """A memory for a mail system that ends with the test."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def meta(self, key: str) -> str | None:
        return self.values.get(key)

    def set_meta(self, key: str, value: str) -> None:
        self.values[key] = value


class Box(Protocol):
    """A mailbox in one mail system.

    Attributes:
        many: How many mails in a row are many for it.
        can_lose_connections: Whether there is a connection that can be lost.
        lost_on_the_way: What of a mail it can't carry.
    """

    many: int
    can_lose_connections: bool
    lost_on_the_way: frozenset[str]

    def open(self) -> MailSystem:
        """The mail system, as a new run opens it."""

    def deliver(self, raw: bytes) -> None:
        """A mail arrives in the inbox."""

    def went_out(self) -> list[bytes]:
        """The mails that left, in order."""

    def in_sent(self) -> list[bytes]:
        """What the sent mail holds."""

    def inbox(self) -> list[bytes]:
        """What the inbox holds."""

    def tray(self, tray: Tray) -> list[bytes]:
        """What a tray holds; nothing where it was never made."""

    def drafts(self) -> list[bytes]:
        """What lies ready and was not sent."""

    def refuse_mails(self) -> None:
        """From now on, mails are refused."""

    def lose_connection_after_taking(self) -> None:
        """The next mail is taken, but its sender never hears so."""


def outgoing(number: int = 1, **changed: object) -> OutgoingMail:
    """A mail to an owner, with everything that our mails have."""
    values: dict[str, object] = {
        "message_id": f"<ogsm.mail{number:04}@example.org>",
        "date": datetime(2026, 9, 3, 8, tzinfo=ZoneInfo("Europe/Amsterdam")),
        "sender": Address("OGSM Zuid", OWN_ADDRESS),
        "to": (Address("Zoë Ångström", "zoe@example.org"),),
        "subject": f"Doensessie: één vraag – nummer {number} 🚦",
        "text": "Hoi Zoë,\n\n.een regel met een punt vooraan\nVoortgang: \n",
        "html": "<p>Hoi Zoë – één vraag 🚦</p>",
        "attachments": (
            Attachment("Formulier Zoë.xlsx", "application/vnd.ms-excel", b"PK\x03\x04 form \x00\xff"),
            Attachment("doensessie.ics", "text/calendar", CALENDAR),
        ),
        "headers": {"X-OGSM-XL": "A12-7Q3K"},
        **changed,
    }
    return OutgoingMail(**values)  # type: ignore[arg-type]  # the values are those above


def reply(number: int, text: str = "Voortgang: 60%", filler: int = 0) -> bytes:
    """A mail that comes in, with so many bytes of attachment."""
    lines = [
        "From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>",
        f"To: {OWN_ADDRESS}",
        f"Subject: Re: vraag {number}",
        f"Message-ID: <reply-{number}@example.org>",
        "Date: Fri, 04 Sep 2026 09:00:00 +0200",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        f"{text} – nr {number} 🚦",
        ".",
        *(["x" * 70] * (filler // 72)),
        "",
    ]
    return "\r\n".join(lines).encode()


class FolderBox:
    """A mailbox that is a folder."""

    many = 200
    can_lose_connections = False
    lost_on_the_way: frozenset[str] = frozenset()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._delivered = 0

    def open(self) -> MailSystem:
        return open_mail_system(FolderSettings(self.folder), RemembersInMemory(), Language.NL)

    def deliver(self, raw: bytes) -> None:
        self._delivered += 1
        file = self.folder / "inbox" / "new" / f"{self._delivered}.arrived"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        os.utime(file, (self._delivered, self._delivered))

    def went_out(self) -> list[bytes]:
        return self._files(self.folder / "sent")

    def in_sent(self) -> list[bytes]:
        return self.went_out()

    def inbox(self) -> list[bytes]:
        return self._files(self.folder / "inbox" / "new")

    def tray(self, tray: Tray) -> list[bytes]:
        return self._files(self.folder / "inbox" / f".{tray.value}" / "cur")

    def drafts(self) -> list[bytes]:
        return []

    def refuse_mails(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / "sent").write_bytes(b"a file where the folder should be")

    def lose_connection_after_taking(self) -> None:
        raise NotImplementedError

    @staticmethod
    def _files(folder: Path) -> list[bytes]:
        if not folder.is_dir():
            return []
        return [
            file.read_bytes() for file in sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        ]


class SmtpImapBox:
    """A mailbox on an SMTP and an IMAP server."""

    can_lose_connections = True
    lost_on_the_way: frozenset[str] = frozenset()

    def __init__(
        self, server: smtp.SmtpServer, settings: SmtpImapSettings, imap_port: int, password: str, many: int
    ) -> None:
        self.server, self.settings, self.many = server, settings, many
        self.imap_port = imap_port  # without encryption
        self._imap = MailBoxUnencrypted("127.0.0.1", imap_port, timeout=30)
        self._imap.login_utf8(settings.user, password)

    def close(self) -> None:
        self._imap.logout()

    def open(self) -> MailSystem:
        return open_mail_system(self.settings, RemembersInMemory(), Language.NL)

    def deliver(self, raw: bytes) -> None:
        self._imap.append(raw, "INBOX")

    def went_out(self) -> list[bytes]:
        return [taken.content for taken in self.server.taken]

    def in_sent(self) -> list[bytes]:
        return [*self.held("Verzonden"), *self.held("Sent")]

    def inbox(self) -> list[bytes]:
        return self.held("INBOX")

    def tray(self, tray: Tray) -> list[bytes]:
        return self.held(tray.names.nl)

    def drafts(self) -> list[bytes]:
        return []

    def refuse_mails(self) -> None:
        self.server.answer_data = "554 5.7.1 refused by policy"

    def lose_connection_after_taking(self) -> None:
        self.server.lose_after_taking = True

    def mark_deleted(self, number: int) -> None:
        """A person deletes the mail with this number in the inbox, without expunging it."""
        self._imap.folder.set("INBOX")
        self._imap.client.store(str(number), "+FLAGS", r"(\Deleted)")

    def count_with_deleted(self) -> int:
        """How many mails the inbox holds, those marked as deleted too."""
        self._imap.folder.set("INBOX")
        return len(self._imap.uids())

    def unseen(self) -> int:
        """How many mails of the inbox nobody has read."""
        self._imap.folder.set("INBOX")
        return len(self._imap.uids("UNSEEN"))

    def held(self, folder: str) -> list[bytes]:
        """What a folder holds."""
        if folder not in {found.name for found in self._imap.folder.list()}:
            return []
        self._imap.folder.set(folder)
        found = []
        for uid in self._imap.uids("UNDELETED", charset=None):
            _, answer = self._imap.client.uid("FETCH", uid, "(BODY.PEEK[])")
            found.append(answer[0][1])
        return found


@contextmanager
def dovecot_box(server: dovecot.Dovecot, user: str) -> Iterator[SmtpImapBox]:
    """A new mailbox on Dovecot, with an SMTP server beside it; TLS on both."""
    certificates = server.certificates
    with ExitStack() as stack:
        mail_server = stack.enter_context(
            smtp.SmtpServer(dovecot.PASSWORD, starttls=certificates.for_server())
        )
        settings = SmtpImapSettings(
            smtp_host="localhost",
            smtp_port=mail_server.port,
            imap_host="localhost",
            imap_port=server.tls_port,
            user=user,
            ca_file=certificates.ca_file,
            timeout=30,
        )
        yield _with_imap(stack, mail_server, settings, server.port, dovecot.PASSWORD, many=200)


@contextmanager
def pymap_box() -> Iterator[SmtpImapBox]:
    """A mailbox on pymap, with an SMTP server beside it; no encryption."""
    with ExitStack() as stack:
        mail_server = stack.enter_context(smtp.SmtpServer(pymap.PASSWORD))
        server = stack.enter_context(pymap.Pymap())
        settings = SmtpImapSettings(
            smtp_host="127.0.0.1",
            smtp_port=mail_server.port,
            smtp_security="none",
            imap_host="127.0.0.1",
            imap_port=server.port,
            imap_security="none",
            user=pymap.USER,
            timeout=30,
        )
        yield _with_imap(stack, mail_server, settings, server.port, pymap.PASSWORD, many=10)


def _with_imap(
    stack: ExitStack, server: smtp.SmtpServer, settings: SmtpImapSettings, port: int, password: str, many: int
) -> SmtpImapBox:
    box = SmtpImapBox(server, settings, port, password, many)
    stack.callback(box.close)
    return box


class MicrosoftBox:
    """What a mailbox on Exchange and one in Microsoft 365 have in common: a server of ours stands in for both."""

    many = 200
    can_lose_connections = True
    server: ews.EwsServer | graph.GraphServer

    def deliver(self, raw: bytes) -> None:
        self.server.deliver(raw)

    def went_out(self) -> list[bytes]:
        return self.server.went_out

    def in_sent(self) -> list[bytes]:
        return self.server.held("Verzonden items")

    def inbox(self) -> list[bytes]:
        return self.server.held("Postvak IN")

    def tray(self, tray: Tray) -> list[bytes]:
        return self.server.held(tray.names.nl)

    def drafts(self) -> list[bytes]:
        return self.server.held("Concepten")


class ExchangeBox(MicrosoftBox):
    """A mailbox on an Exchange Server."""

    lost_on_the_way: frozenset[str] = frozenset()

    server: ews.EwsServer

    def __init__(self, server: ews.EwsServer) -> None:
        self.server = server
        self.settings = ExchangeSettings(
            server=server.endpoint, mailbox=ews.MAILBOX, user=ews.USER, login="basic", timeout=30
        )

    def open(self) -> MailSystem:
        return open_mail_system(self.settings, RemembersInMemory(), Language.NL)

    def refuse_mails(self) -> None:
        self.server.refuse_sending = "ErrorSendAsDenied"

    def lose_connection_after_taking(self) -> None:
        self.server.faults.append(("CreateItem", ews.losing_the_connection))


class GraphBox(MicrosoftBox):
    """A mailbox in Microsoft 365."""

    lost_on_the_way = frozenset({"text", "automatic"})

    server: graph.GraphServer

    def __init__(self, server: graph.GraphServer, ca_file: Path) -> None:
        self.server = server
        self.memory = RemembersInMemory()
        self.settings = GraphSettings(
            tenant=graph.TENANT, client_id=graph.CLIENT_ID, mailbox=graph.MAILBOX, ca_file=ca_file, timeout=30
        )

    def open(self) -> MailSystem:
        cloud = Cloud(self.server.address, self.server.address)
        return GraphMail(self.settings, self.memory, Language.NL, cloud=cloud)

    def refuse_mails(self) -> None:
        self.server.refuse_sending = (403, "ErrorSendAsDenied")

    def lose_connection_after_taking(self) -> None:
        self.server.faults.append(("POST send", graph.losing_the_connection))
