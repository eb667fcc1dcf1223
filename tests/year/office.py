"""The mail system of the year: a real SMTP and a real IMAP server, a record of every mail that was taken, and its outages.

What a mail of the product is, is read as its addressee reads it: from its subject, its text and the form that is attached.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.support.mailboxes import OWN_ADDRESS, SmtpImapBox, dovecot_box, pymap_box
from tests.support.servers import dovecot, pymap
from tests.support.servers.smtp import Taken
from tests.year.gate import Gate

_KINDS = {
    "Uitnodiging": "invitation",
    "Invitation": "invitation",
    "Herinnering": "reminder",
    "Reminder": "reminder",
    "Nieuwe datum": "moved",
    "New date": "moved",
    "Gaat niet door": "cancelled",
    "Cancelled": "cancelled",
    "Overzicht": "overview",
    "Overview": "overview",
    "Vooraf lezen": "pre-read",
    "Pre-read": "pre-read",
}
_SESSIONS = {
    "doensessie": "doing",
    "doing": "doing",
    "bijstuursessie": "steering",
    "steering": "steering",
    "plansessie": "planning",
    "planning": "planning",
}
_MONTHS = (
    "januari|january", "februari|february", "maart|march", "april", "mei|may", "juni|june", "juli|july",
    "augustus|august", "september", "oktober|october", "november", "december",
)  # fmt: skip
_ITEM = re.compile(r"\b(?:[OSI]|A)\d{1,3}\b")
_TITLE = re.compile(r"^([OSIA]\d{1,3}) - ", re.MULTILINE)
_IN_FORM = re.compile(r"OGSM:([OSIA]\d{1,3}):")
_TOKEN_LINE = re.compile(r"^.*(?:OGSM-REF|Kenmerk|Reference).*$", re.MULTILINE)


@dataclass(frozen=True)
class OurMail:
    """A mail of the product, as its addressee got it.

    Attributes:
        kind: invitation, reminder, moved, cancelled, overview, pre-read or receipt.
        to: The address.
        session: What kind of session it is about, and the day it names; "" and None where that is not said.
        written: The moment that its header Date gives, in the organisation's time.
        items: The items that it asks about (of a receipt: those that it shows).
        named: Every item that its text or its form mentions.
        in_form: The items of the attached form.
        answers: The Message-ID that it is an answer to, of a receipt.
        content: The whole mail, for whoever answers it; None of a pre-read, which nobody answers.
    """

    kind: str
    to: str
    session: tuple[str, dt.date | None]
    written: dt.datetime
    message_id: str
    items: frozenset[str]
    named: frozenset[str]
    in_form: frozenset[str]
    answers: str
    content: EmailMessage | None


class Office:
    """The mail system. Made by `opened_office`.

    Attributes:
        sent: Every mail that was taken, as it was received, in order.
        settings: The keys of [mail.smtp_imap].
        password: The mailbox's.
    """

    def __init__(self, box: SmtpImapBox, gates: tuple[Gate, Gate], password: str) -> None:
        self.sent: list[OurMail] = []
        self.password = password
        self._box = box
        self._gates = gates
        self.settings = replace(box.settings, smtp_port=gates[0].port, imap_port=gates[1].port)

    def know(self, addresses: frozenset[str]) -> None:
        """Take mail for these addresses only."""
        self._box.server.known = addresses

    @property
    def is_up(self) -> bool:
        """Whether it can be reached."""
        return self._gates[0].open

    def go_down(self) -> None:
        """Nobody reaches it any more."""
        for gate in self._gates:
            gate.open = False

    def come_up(self) -> None:
        """It can be reached again."""
        for gate in self._gates:
            gate.open = True

    def lose_connection(self) -> None:
        """Take the next mail, but end the connection before its sender hears so."""
        self._box.server.lose_after_taking = True

    def keep_connection(self) -> bool:
        """Answer the next mail as usual again; whether a connection was lost meanwhile."""
        lost = not self._box.server.lose_after_taking
        self._box.server.lose_after_taking = False
        return lost

    def deliver(self, raw: bytes) -> None:
        """Put a mail into the mailbox of the process."""
        self._box.deliver(raw)

    def new_mails(self) -> list[OurMail]:
        """What was taken since this was asked last."""
        taken, self._box.server.taken = self._box.server.taken, []
        new = [_read(each, to) for each in taken for to in each.recipients]
        self.sent.extend(new)
        return new

    def left_in_inbox(self) -> int:
        """How many mails still lie in the inbox."""
        return len(self._box.inbox())


@contextmanager
def opened_office(*, use_dovecot: bool) -> Iterator[Office]:
    """The servers, running: Dovecot with TLS, or pymap."""
    with ExitStack() as stack:
        if use_dovecot:
            server = stack.enter_context(dovecot.Dovecot())
            box = stack.enter_context(dovecot_box(server, "proces"))
            password = dovecot.PASSWORD
        else:
            box = stack.enter_context(pymap_box())
            password = pymap.PASSWORD
        gates = (
            stack.enter_context(Gate(box.settings.smtp_port)),
            stack.enter_context(Gate(box.settings.imap_port)),
        )
        yield Office(box, gates, password)


def configuration(office: Office, workbook: Path) -> str:
    """A config.toml for this mail system."""
    mailbox = office.settings
    return f"""
language = "nl"
[plan]
workbook = "{workbook.name}"
backups = 5
[mail]
system = "smtp_imap"
sender_name = "OGSM"
sender_address = "{OWN_ADDRESS}"
pause_seconds = 0
[mail.smtp_imap]
smtp_host = "{mailbox.smtp_host}"
smtp_port = {mailbox.smtp_port}
smtp_security = "{mailbox.smtp_security}"
imap_host = "{mailbox.imap_host}"
imap_port = {mailbox.imap_port}
imap_security = "{mailbox.imap_security}"
user = "{mailbox.user}"
{f'ca_file = "{mailbox.ca_file.as_posix()}"' if mailbox.ca_file else ""}
timeout = 30
[ledger]
file = "ledger.sqlite"
"""


def _read(taken: Taken, to: str) -> OurMail:
    mail = message_from_bytes(taken.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    subject = str(mail["Subject"])
    is_receipt = mail["Auto-Submitted"] == "auto-replied"
    kind = "receipt" if is_receipt else _KINDS[subject.partition(":")[0]]
    text = _TOKEN_LINE.sub("", _text(mail, "plain"))
    pages = _TOKEN_LINE.sub("", re.sub(r"<[^>]*>", " ", _text(mail, "html")))
    form = _form(mail)
    in_form = frozenset(_IN_FORM.findall(form))
    written = mail["Date"].datetime.replace(tzinfo=None)
    return OurMail(
        kind,
        to,
        _session_in(subject),
        written,
        str(mail["Message-ID"]),
        frozenset(_TITLE.findall(text)),
        frozenset(_ITEM.findall(text)) | frozenset(_ITEM.findall(pages)) | in_form,
        in_form,
        str(mail["In-Reply-To"] or "").strip() if is_receipt else "",
        None if kind in {"pre-read", "overview"} else mail,
    )


def _text(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body((subtype,))
    content = body.get_content() if body else ""
    assert isinstance(content, str)
    return content


def _form(mail: EmailMessage) -> str:
    """The texts of the attached form, as its package holds them."""
    for file in mail.iter_attachments():
        if "form" in (file.get_filename() or ""):
            with zipfile.ZipFile(io.BytesIO(file.get_payload(decode=True))) as package:  # type: ignore[arg-type]  # an attachment is bytes
                return "\n".join(
                    package.read(name).decode("utf-8")
                    for name in package.namelist()
                    if name.startswith("xl/")
                )
    return ""


def _session_in(subject: str) -> tuple[str, dt.date | None]:
    kind = next((_SESSIONS[word] for word in subject.casefold().split() if word in _SESSIONS), "")
    for number, names in enumerate(_MONTHS, start=1):
        if found := re.search(rf"(\d{{1,2}}) (?:{names}) (\d{{4}})", subject, re.IGNORECASE):
            return kind, dt.date(int(found[2]), number, int(found[1]))
    return kind, None
