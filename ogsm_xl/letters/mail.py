"""A mail that goes out: its parts as values, and its form as RFC 5322 wants it.

Names, subjects and addresses come from a workbook that anybody may have typed in. Whatever they hold, none of it
becomes a header, a second recipient or a broken part: line breaks and control characters are removed, everything
beyond ASCII is encoded, and an address that is none is a problem that names it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.policy import Compat32
from email.utils import encode_rfc2231, format_datetime
from io import BytesIO

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

LONGEST_ID = 60
"""Longer message ids are folded or encoded by mail programs on the way, and then don't match any more."""

_LINE = 76  # RFC 2047: the longest line with an encoded word
_LONGEST_NAME = 80
_LONGEST_SUBJECT = 200
_LONGEST_VALUE = 900  # RFC 5322: no line beyond 998
_UNWANTED = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)
"""What can't be seen in a text that people read and decide by."""
_LINE_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_LONGEST_ADDRESS = 254
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 '-]+")

DEFAULT_HEADERS: Mapping[str, str] = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
}
"""Says that a program wrote this, and asks for no out-of-office answers (RFC 3834, MS-OXCMAIL)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A name and a mail address, as written; `mime` refuses an address that is none."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along. `media_type` is such as `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """Everything that a mail system needs to send one mail.

    Attributes:
        message_id: `<…@…>`, at most 60 characters; the reply comes back with it.
        date: When it was written, with its time zone.
        headers: More header fields, and other values for `DEFAULT_HEADERS`.
        in_reply_to: The message id of the mail that this one answers, or "".
    """

    message_id: str
    date: datetime
    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: Address | None = None
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    in_reply_to: str = ""


def message_id_for(mail_id: str, sender: Address) -> str:
    """A message id in the sender's domain, at most 60 characters, the same for the same mail on every run."""
    left = f"<ogsm.{mail_id.lower()}@"
    labels = checked_address(sender).rpartition("@")[2].split(".")
    while len(labels) > 1 and len(left) + len(".".join(labels)) >= LONGEST_ID:
        labels = labels[1:]
    return f"{left}{'.'.join(labels)[: LONGEST_ID - len(left) - 1]}>"


def one_line(written: str, longest: int) -> str:
    """A text on one line: blanks, line breaks, control and direction characters as one blank, cut off visibly."""
    line = _UNWANTED.sub(" ", written).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip("\u200d\ufe0f ") + "…"


def without_unseen(written: str) -> str:
    """A text without the characters that can't be seen, such as control and direction characters; each line break is one."""
    return UNSEEN.sub("", _LINE_BREAKS.sub("\n", written))


def checked_address(address: Address) -> str:
    """The mail address in ASCII as it goes into a header (`naam@xn--…` for a domain with accents).

    Raises:
        InputProblem: It is no mail address.
    """
    local, at, domain = address.mail.strip().rpartition("@")
    try:
        written = local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        written = ""
    if len(written) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(written):
        return written
    raise InputProblem(
        Text(
            "Het mailadres van {name} klopt niet: '{mail}'. Verbeter het op het blad Personen.",
            "The mail address of {name} is not valid: '{mail}'. Mend it on the sheet People.",
        ).filled(name=one_line(address.name, 60) or "?", mail=one_line(address.mail, 80))
    )


def mime(mail: OutgoingMail) -> bytes:
    """The mail as it goes over the wire: CRLF, 7-bit, the same bytes for the same mail.

    Raises:
        InputProblem: An address is none.
        ValueError: The message id is longer than 60 characters or not of the form `<…@…>`, or a header has no name.
    """
    message = _body(mail)
    for name, value in _headers(mail):
        message[name] = _folded(name, value)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_AsFolded(linesep="\r\n")).flatten(message)
    return out.getvalue()


class _AsFolded(Compat32):
    """Header fields as they are: in ASCII, and folded already."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


def _headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    """Name and value of every field besides those of MIME, in ASCII."""
    if not re.fullmatch(rf"(?=.{{5,{LONGEST_ID}}}$)<[^\s<>@]+@[^\s<>@]+>", mail.message_id, re.ASCII):
        raise ValueError(f"not a message id of at most {LONGEST_ID} characters: {mail.message_id!r}")
    fields = [
        ("From", _mailbox(mail.sender)),
        ("To", ", ".join(_mailbox(address) for address in mail.to)),
        ("Subject", _encoded(one_line(mail.subject, _LONGEST_SUBJECT))),
        ("Date", format_datetime(mail.date)),
        ("Message-ID", mail.message_id),
    ]
    if mail.reply_to:
        fields.append(("Reply-To", _mailbox(mail.reply_to)))
    answered = re.fullmatch(r"<[!-;=?-~]{3,900}>", mail.in_reply_to.strip())
    if answered:
        fields += [("In-Reply-To", answered[0]), ("References", answered[0])]
    for name, value in {**DEFAULT_HEADERS, **mail.headers}.items():
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,59}", name):
            raise ValueError(f"not the name of a header: {name!r}")
        fields.append((name, _encoded(one_line(value, _LONGEST_VALUE))))
    return fields


def _mailbox(address: Address) -> str:
    mail = checked_address(address)
    name = one_line(address.name, _LONGEST_NAME)
    if not name:
        return mail
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} <{mail}>"
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{mail}>'
    return f"{_encoded(name, always=True)} <{mail}>"


def _encoded(line: str, *, always: bool = False) -> str:
    """The line in ASCII: as it is, or as RFC 2047 encoded words, a blank between them."""
    if line.isascii() and "=?" not in line and not always:
        return line
    words = Header(line, charset="utf-8", maxlinelen=_LINE - 1, header_name="X-Auto-Response-Suppress")
    return " ".join(words.encode(linesep="\n").split())


def _folded(name: str, value: str) -> str:
    """The value over several lines, broken at blanks only: an id or an encoded word stays whole."""
    lines = textwrap.wrap(
        value,
        width=_LINE,
        initial_indent=f"{name}: ",
        subsequent_indent=" ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\r\n".join(lines).removeprefix(f"{name}: ")


def _body(mail: OutgoingMail) -> Message:
    """Mixed(alternative(text, html), attachments), or the alternative alone where nothing is attached."""
    alternative = _multipart("alternative", mail.message_id)
    alternative.attach(_text_part(mail.text, "plain"))
    alternative.attach(_text_part(mail.html, "html"))
    if not mail.attachments:
        return alternative
    mixed = _multipart("mixed", mail.message_id)
    mixed.attach(alternative)
    for attachment in mail.attachments:
        mixed.attach(_attachment_part(attachment))
    return mixed


def _multipart(subtype: str, message_id: str) -> MIMEMultipart:
    # "=_" occurs neither in quoted-printable nor at the beginning of a base64 line: no content holds the boundary.
    return MIMEMultipart(
        subtype, boundary=f"=_{subtype}_{hashlib.sha256(message_id.encode()).hexdigest()[:24]}"
    )


def _text_part(text: str, subtype: str) -> Message:
    lines = "\r\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return _readable_part("text", subtype, lines.encode("utf-8", "replace"), charset="utf-8")


def _readable_part(maintype: str, subtype: str, content: bytes, **parameters: str) -> Message:
    part = Message()
    part.add_header("Content-Type", f"{maintype}/{subtype}", **parameters)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(binascii.b2a_qp(content, istext=True).decode("ascii"))
    return part


def _attachment_part(attachment: Attachment) -> Message:
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", attachment.media_type):
        raise ValueError(f"not a media type: {attachment.media_type!r}")
    part = Message()
    part["Content-Type"] = attachment.media_type
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = "attachment; " + _file_name(attachment.name)
    part.set_payload(base64.encodebytes(attachment.content).decode("ascii"))
    return part


def _file_name(name: str) -> str:
    """The file's name as a parameter: plain, or as RFC 2231 has it when it holds more than ASCII letters."""
    safe = re.sub(r'[\\/:*?"<>|]', "_", one_line(name, _LONGEST_NAME)).strip(". ") or "bijlage"
    if re.fullmatch(r"[A-Za-z0-9 ._()-]+", safe):
        return f'filename="{safe}"'
    return f"filename*={encode_rfc2231(safe, 'utf-8')}"
