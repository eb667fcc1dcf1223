"""A mail that came in: from its raw bytes to a value with its headers, its text and its attachments.

`read_mail` never raises, whatever the bytes, and its time and memory are bounded by their number. The standard
library reads the headers; the multiparts are split here, because its parser recurses once a level and tries every
boundary on every line, which a hostile mail turns into minutes.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from ogsm_xl.letters.html_text import text_of_html
from ogsm_xl.letters.mail import UNSEEN, Attachment, without_unseen
from ogsm_xl.letters.winmail import NoWinmail, read_winmail
from ogsm_xl.plan.words import Text

LARGEST_MAIL = 50_000_000
"""In bytes; of a larger mail only the headers are read."""

_NEWLINE, _CARRIAGE_RETURN = 0x0A, 0x0D
_MOST_PARTS = 200
_DEEPEST = 20
_MOST_BOUNDARIES = 10_000
_LONGEST_HEAD = 128_000
_LONGEST_FIELD = 2_000
_MOST_IDS = 100
_LONGEST_SOURCE = 3_000_000  # bytes of one text part
_LONGEST_TEXT = 400_000  # characters of the whole
_LONGEST_NAME = 200

_TOO_LARGE = Text(
    "De mail is te groot om te lezen (meer dan 50 MB).", "The mail is too large to read (over 50 MB)."
)
_CUT_OFF = Text(
    "De mail is zo lang dat alleen het begin is gelezen.",
    "The mail is so long that only its beginning was read.",
)
_TOO_MANY_PARTS = Text(
    "De mail bestaat uit te veel onderdelen; niet alles is gelezen.",
    "The mail has too many parts; not all of it was read.",
)
_WINMAIL = Text(
    "De bijlagen zitten in een winmail.dat die niet te lezen is. Kies in Outlook bij Tekst opmaken ‘HTML’ en stuur ze opnieuw.",
    "The attachments are wrapped in a winmail.dat that can't be read. In Outlook choose ‘HTML’ under Format Text, and send "
    "them again.",
)
_WINMAIL_TEXT = Text(
    "De tekst zit in een winmail.dat, in een opmaak die niet te lezen is. Kies in Outlook bij Tekst opmaken ‘HTML’ en stuur de mail "
    "opnieuw.",
    "The text is wrapped in a winmail.dat, in a format that can't be read. In Outlook choose ‘HTML’ under Format Text, and send "
    "the mail again.",
)
_SEALED = Text(
    "De mail is versleuteld, of zo ondertekend dat de tekst niet te lezen is.",
    "The mail is encrypted, or signed in a way that hides its text.",
)
_TWO_SENDERS = Text("De mail noemt niet precies één afzender.", "The mail does not name exactly one sender.")

_T = TypeVar("_T")


class Delivery(NamedTuple):
    """What a delivery report says of one address; `action` is such as `failed` or `delayed`, or "" if it is silent."""

    address: str
    action: str


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """One mail as it came in. Texts are decoded; what could not be read is "" and named in `problems`.

    Attributes:
        message_id: `<…@…>`, or "".
        in_reply_to: The message ids that it says it answers.
        references: The message ids of the conversation, oldest first.
        sender: The bare address of its one author in small letters; "" when there is none or more than one.
        date: When its author sent it, with time zone; None when it does not say.
        text: What it says, as plain text: the HTML body if there is one, else the plain one. What the HTML marks as
            quoted begins with `> `.
        headers: Field name in small letters to its values, topmost first.
        media_type: Of the mail as a whole, such as `multipart/report`.
        report_type: What kind of `multipart/report` it is, such as `delivery-status`, or "".
        calendar_method: What a calendar part asks (`REPLY`, `REQUEST`, …), or "".
        deliveries: What a delivery report in it says.
        problems: What could not be read, and what its sender can do about it.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    media_type: str = "text/plain"
    report_type: str = ""
    calendar_method: str = ""
    deliveries: tuple[Delivery, ...] = ()
    problems: tuple[Text, ...] = ()


def read_mail(raw: bytes) -> IncomingMail:
    """The mail that these bytes are, as far as they can be read."""
    message, body = _head(raw, 0, len(raw), _LONGEST_HEAD)
    contents = _Contents(raw)
    if len(raw) > LARGEST_MAIL:
        contents.problem(_TOO_LARGE)
        text = ""
    else:
        text = contents.text_of(message, body, len(raw), depth=0).text
        if contents.has_rtf and not text.strip():
            contents.problem(_WINMAIL_TEXT)
    headers = _headers(message)
    sender_name, sender = _sender(headers.get("from", ()))
    if not sender:
        contents.problem(_TWO_SENDERS)
    if len(text) > _LONGEST_TEXT:
        contents.problem(_CUT_OFF)
    return IncomingMail(
        message_id=next(iter(_ids(headers.get("message-id", ()))), ""),
        in_reply_to=_ids(headers.get("in-reply-to", ())),
        references=_ids(headers.get("references", ())),
        sender=sender,
        sender_name=sender_name,
        subject=_one_line(_decoded_words(_first(headers, "subject"))),
        date=_date(_first(headers, "date")),
        text=_clean(text[:_LONGEST_TEXT]).strip("\n"),
        attachments=tuple(contents.attachments),
        headers=MappingProxyType(headers),
        media_type=_media_type(message),
        report_type=_parameter(message, "report-type").lower(),
        calendar_method=contents.calendar_method,
        deliveries=tuple(contents.deliveries),
        problems=tuple(contents.problems),
    )


class _Body(NamedTuple):
    """The text that a part contributes."""

    text: str = ""
    is_html: bool = False


class _Contents:
    """Walks the parts of one mail and collects what they hold."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = 0
        self._has_text = False
        self.attachments: list[Attachment] = []
        self.deliveries: list[Delivery] = []
        self.calendar_method = ""
        self.has_rtf = False
        self.problems: list[Text] = []

    def problem(self, text: Text) -> None:
        if text not in self.problems:
            self.problems.append(text)

    def text_of(self, message: Message, start: int, end: int, depth: int) -> _Body:
        """What this part says; its attachments are collected on the way."""
        self._parts += 1
        if self._parts > _MOST_PARTS or depth > _DEEPEST:
            self.problem(_TOO_MANY_PARTS)
            return _Body()
        boundary = _parameter(message, "boundary")
        maintype, _, subtype = _media_type(message).partition("/")
        if maintype == "multipart" and boundary:
            bodies = [
                self.text_of(*_head(self._raw, at, until, _LONGEST_HEAD // 8), until, depth + 1)
                for at, until in self._pieces(boundary.encode("utf-8", "replace"), start, end)
            ]
            return _chosen(subtype, bodies)
        return self._leaf(message, start, end)

    def _pieces(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the parts of a multipart begin and end."""
        mark = b"--" + boundary
        rest_of_line = re.compile(rb"(--)?[ \t]*(?=\r?\n|\Z)")
        begun: int | None = None
        at = start
        for _ in range(_MOST_BOUNDARIES):
            found = self._raw.find(mark, at, end)
            if found < 0:
                break
            at = found + len(mark)
            whole_line = rest_of_line.match(self._raw, at, end)
            if not whole_line or (found > start and self._raw[found - 1] != _NEWLINE):
                continue  # the boundary within a line, or the beginning of a longer one
            if begun is not None:
                yield begun, max(begun, self._end_of_line_before(found))
                if self._parts > _MOST_PARTS:
                    return
            if whole_line[1]:
                return
            newline = self._raw.find(b"\n", at, end)
            begun = end if newline < 0 else newline + 1
        else:
            self.problem(_TOO_MANY_PARTS)
        if begun is not None:
            yield begun, end  # the closing line is missing: the mail was cut off

    def _end_of_line_before(self, at: int) -> int:
        """Where the line before ends: its line break belongs to the boundary (RFC 2046)."""
        at -= 1
        return at - 1 if at > 0 and self._raw[at - 1] == _CARRIAGE_RETURN else at

    def _leaf(self, message: Message, start: int, end: int) -> _Body:
        media_type, name = _media_type(message), _file_name(message)
        if media_type in {"text/calendar", "message/delivery-status"} and not _is_attachment(message):
            self._collect_notice(media_type, message, start, end)
        elif media_type.endswith(("pkcs7-signature", "pgp-signature")):
            return _Body()
        elif media_type.startswith("text/") and media_type != "text/rfc822-headers":
            if not _is_attachment(message) and not (name and self._has_text):
                return self._text(message, start, end)
        elif media_type in {
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "application/pgp-encrypted",
        }:
            self.problem(_SEALED)
        elif (
            media_type in {"application/ms-tnef", "application/vnd.ms-tnef"} or name.lower() == "winmail.dat"
        ):
            return self._winmail(name, media_type, _content(message, self._raw, start, end))
        content = _content(message, self._raw, start, end)
        self.attachments.append(Attachment(name, media_type, content))
        return _Body()

    def _winmail(self, name: str, media_type: str, content: bytes) -> _Body:
        """The files in a winmail.dat, and its text where the mail has none beside it."""
        try:
            found = read_winmail(content)
        except NoWinmail:
            self.problem(_WINMAIL)
            self.attachments.append(Attachment(name, media_type, content))
            return _Body()
        for file in found.files:
            self.attachments.append(
                Attachment(_plain_name(file.name), _one_line(file.media_type)[:100].lower(), file.content)
            )
        self.has_rtf = found.has_rtf
        if self._has_text:
            return _Body()
        text = (
            text_of_html(found.html[:_LONGEST_SOURCE]) if found.html.strip() else found.text[:_LONGEST_SOURCE]
        )
        return _Body(text.replace("\r\n", "\n").replace("\r", "\n"), is_html=bool(found.html.strip()))

    def _collect_notice(self, media_type: str, message: Message, start: int, end: int) -> None:
        text = self._decoded(message, start, end)
        if media_type == "message/delivery-status":
            self.deliveries += _deliveries(text)
        elif method := re.search(r"^METHOD:\s*([A-Za-z]{1,20})\s*$", text, re.MULTILINE):
            self.calendar_method = method[1].upper()

    def _text(self, message: Message, start: int, end: int) -> _Body:
        text = self._decoded(message, start, end)
        self._has_text = self._has_text or bool(text.strip())
        if _media_type(message) == "text/html":
            return _Body(text_of_html(text), is_html=True)
        if _parameter(message, "format").lower() == "flowed":
            text = _unflowed(text, delete_space=_parameter(message, "delsp").lower() == "yes")
        return _Body(text)

    def _decoded(self, message: Message, start: int, end: int) -> str:
        if end - start > _LONGEST_SOURCE:
            self.problem(_CUT_OFF)
            end = start + _LONGEST_SOURCE
        content = _content(message, self._raw, start, end)
        charset = _parameter(message, "charset")
        if not charset and _media_type(message) == "text/html":
            named = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", content[:4_000], re.IGNORECASE)
            charset = named[1].decode("ascii", "replace") if named else ""
        text = _decoded(content, charset)
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _chosen(subtype: str, bodies: list[_Body]) -> _Body:
    """What a multipart says: the best of its alternatives, the signed part, else everything one after another."""
    filled = [body for body in bodies if body.text.strip()]
    if subtype == "alternative":
        return next((body for body in filled if body.is_html), filled[0] if filled else _Body())
    if subtype == "signed":
        return filled[0] if filled else _Body()
    return _Body("\n".join(body.text for body in filled), any(body.is_html for body in filled))


# --- Headers


def _head(raw: bytes, start: int, end: int, longest: int) -> tuple[Message, int]:
    """The headers that begin here, and where the body begins."""
    blank = re.compile(rb"^\r?\n", re.MULTILINE).search(raw, start, min(end, start + longest))
    stop, body = (blank.start(), blank.end()) if blank else (min(end, start + longest), end)
    head = raw[start:stop]
    # Mail programs that put other characters into headers without encoding them mean UTF-8, or Windows' code page.
    written = _decoded(head, "utf-8").replace("\0", "")
    return _tried(lambda: HeaderParser().parsestr(written), Message()), body


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in message.items():
        found.setdefault(name.lower(), []).append(str(value)[: 20 * _LONGEST_FIELD])
    return {name: tuple(values) for name, values in found.items()}


def _first(headers: Mapping[str, tuple[str, ...]], name: str) -> str:
    return headers.get(name, ("",))[0]


def _sender(values: tuple[str, ...]) -> tuple[str, str]:
    """Name and address of the one author; both "" where the mail names none or several."""
    none: list[tuple[str, str]] = []
    addresses = _tried(lambda: getaddresses([value[:_LONGEST_FIELD] for value in values]), none)
    mails = {mail.strip().lower() for _, mail in addresses}
    if len(values) != 1 or len(mails) != 1:
        return "", ""
    name, mail = addresses[0]
    plain = re.fullmatch(r"[^\s<>@,;\"]{1,64}@[^\s<>@,;\"]{1,255}", mail.strip())
    if not plain or UNSEEN.search(mail):  # people read it in lists, and decide by it
        return "", ""
    return _one_line(_decoded_words(name)), mail.strip().lower()


def _ids(values: tuple[str, ...]) -> tuple[str, ...]:
    found = [id_ for value in values for id_ in re.findall(r"<[^<>\s]{1,500}>", value)]
    return tuple(id_ for id_ in found[-_MOST_IDS:] if not UNSEEN.search(id_))


def _date(value: str) -> datetime | None:
    moment = _tried(lambda: parsedate_to_datetime(value[:100]), None)
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _decoded_words(value: str) -> str:
    """A header with its encoded words (RFC 2047) decoded."""

    def decoded() -> str:
        pieces = decode_header(" ".join(value[:_LONGEST_FIELD].split()))
        return "".join(p if isinstance(p, str) else _decoded(p, charset or "ascii") for p, charset in pieces)

    return _tried(decoded, value[:_LONGEST_FIELD])


def _media_type(message: Message) -> str:
    found = _tried(message.get_content_type, "")
    return found if re.fullmatch(r"[\w.+/-]{1,200}", found) else "application/octet-stream"


def _parameter(message: Message, name: str) -> str:
    """A parameter of the content type, or ""."""

    def read() -> str:
        value = message.get_param(name, "")
        return collapse_rfc2231_value(value) if isinstance(value, tuple) else str(value)

    if len(str(message.get("content-type", ""))) > _LONGEST_FIELD:
        return ""
    return _tried(read, "").strip()


def _file_name(message: Message) -> str:
    """The name of an attached file without any folder, or ""."""
    if any(len(str(value)) > 2 * _LONGEST_FIELD for _, value in message.items()):
        return ""
    return _plain_name(_decoded_words(_tried(lambda: message.get_filename(""), "")))


def _plain_name(name: str) -> str:
    """The name of a file without any folder, on one line."""
    return re.split(r"[/\\]", _one_line(name[:_LONGEST_FIELD]))[-1][-_LONGEST_NAME:]


def _is_attachment(message: Message) -> bool:
    return _tried(lambda: message.get_content_disposition() == "attachment", otherwise=False)


def _tried(read: Callable[[], _T], otherwise: _T) -> _T:
    """What `read` gives, or `otherwise`: the standard library raises nearly anything on malformed mail."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - see above; seen: IndexError, LookupError, TypeError, HeaderParseError, RecursionError
        return otherwise


# --- Contents


def _content(message: Message, raw: bytes, start: int, end: int) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    content = raw[start:end]
    match str(message.get("content-transfer-encoding", "")).strip().lower():
        case "base64":
            return _from_base64(content)
        case "quoted-printable":
            return binascii.a2b_qp(content)
    return content


def _from_base64(content: bytes) -> bytes:
    for padding in (b"", b"=", b"=="):
        try:
            return binascii.a2b_base64(content + padding)
        except binascii.Error:
            continue
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


_NO_CHARSETS = frozenset(
    {"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape"}
)  # fmt: skip
"""Python's codecs that are no charset of a mail; some take a time that grows with the square of the length."""


def _decoded(content: bytes, charset: str) -> str:
    """Bytes as text: in the charset that they claim, else UTF-8 if they are that, else Windows' code page."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            codec = codecs.lookup(name)
            if codec.name in {"ascii", "iso8859-1", *_NO_CHARSETS}:
                continue  # who writes these means UTF-8 or cp1252, which hold both
            return content.decode(codec.name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _deliveries(text: str) -> Iterator[Delivery]:
    for block in re.split(r"\n\s*\n", text[:_LONGEST_TEXT])[:_MOST_PARTS]:
        recipient = re.search(
            r"^(?:Original|Final)-Recipient:[^;\n]{0,40};[ \t]*<?([^\s<>]{1,320})",
            block,
            re.IGNORECASE | re.MULTILINE,
        )
        action = re.search(r"^Action:[ \t]*([A-Za-z]{1,20})", block, re.IGNORECASE | re.MULTILINE)
        if recipient:
            yield Delivery(recipient[1].lower(), action[1].lower() if action else "")


_SAFE_LINK = re.compile(
    r"https://[\w.-]{1,60}\.safelinks\.protection\.outlook\.com/[^\s?<>]{0,40}\?url=([^\s&<>]{1,2000})[^\s<>)\]]{0,2000}",
    re.IGNORECASE,
)
_BLANKS = re.compile("[\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def _clean(text: str) -> str:
    """The text without what can't be seen, its blanks plain ones, and its links as they were before Safe Links."""
    text = _SAFE_LINK.sub(lambda link: unquote(link[1]), without_unseen(text))
    text = re.sub(r"\[cid:[^\[\]\s]{1,200}\]", "", text)  # where its plain text shows a picture
    text = re.sub(r"<mailto:[^<>\s]{1,320}>", "", text)  # Outlook's plain text repeats each address so
    return "\n".join(_BLANKS.sub(" ", line).rstrip() if line != "-- " else line for line in text.split("\n"))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Lines that the sender's program broke (RFC 3676) put together again."""
    lines: list[list[str]] = []  # each in the pieces that it was broken into
    open_depth = -1  # how deep the line is quoted that the next one continues; -1 when it continues none
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        piece = content[:-1] if flows and delete_space else content
        if depth == open_depth:
            lines[-1].append(piece)
        else:
            lines.append([f"{'>' * depth} " if depth else "", piece])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in lines)
