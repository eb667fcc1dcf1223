"""A mail as Microsoft Graph takes it: JSON, its large files separately.

What JSON can't carry: the plain text beside the HTML (Exchange makes its own from the HTML), and headers that do not
begin with "x-", such as Auto-Submitted. In-Reply-To and References go as the properties that Exchange keeps them in.
"""

from __future__ import annotations

import base64
from typing import Any

from ogsm_xl.letters.mail import DEFAULT_HEADERS, Address, Attachment, OutgoingMail, checked_address, one_line

LARGEST_IN_ONE = 3_000_000
"""Bytes: a file from here on needs an upload session."""

UPLOAD_PART = 10 * 320 * 1024
"""Bytes of a file in one request of an upload session."""

_LARGEST_DRAFT = (
    2_500_000  # bytes of files that go along with the draft itself: a request is 4 MB at most, in base64
)
_MOST_HEADERS = 5
_IN_REPLY_TO, _REFERENCES = "String 0x1042", "String 0x1039"  # PidTagInReplyToId, PidTagInternetReferences


def draft(mail: OutgoingMail) -> tuple[dict[str, Any], tuple[Attachment, ...]]:
    """The message to create, and the files that are to be added to it afterwards.

    Raises:
        InputProblem: An address is none.
    """
    together = sum(len(file.content) for file in mail.attachments) <= _LARGEST_DRAFT
    message: dict[str, Any] = {
        "subject": one_line(mail.subject, 255),
        "body": {"contentType": "html", "content": mail.html},
        "from": _recipient(mail.sender),
        "toRecipients": [_recipient(address) for address in mail.to],
        "internetMessageId": mail.message_id,
    }
    if mail.reply_to:
        message["replyTo"] = [_recipient(mail.reply_to)]
    if headers := _headers(mail):
        message["internetMessageHeaders"] = headers
    if mail.in_reply_to:
        answered = one_line(mail.in_reply_to, 900)
        message["singleValueExtendedProperties"] = [
            {"id": _IN_REPLY_TO, "value": answered},
            {"id": _REFERENCES, "value": answered},
        ]
    if together and mail.attachments:
        message["attachments"] = [file_attachment(file) for file in mail.attachments]
    return message, () if together else mail.attachments


def file_attachment(file: Attachment) -> dict[str, str]:
    """A file that goes along whole."""
    return {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": one_line(file.name, 255),
        "contentType": file.media_type,
        "contentBytes": base64.b64encode(file.content).decode("ascii"),
    }


def upload_request(file: Attachment) -> dict[str, Any]:
    """What to ask an upload session for."""
    return {
        "AttachmentItem": {
            "attachmentType": "file",
            "name": one_line(file.name, 255),
            "size": len(file.content),
            "contentType": file.media_type,
        }
    }


def _recipient(address: Address) -> dict[str, Any]:
    mail = checked_address(address)
    return {"emailAddress": {"address": mail, "name": one_line(address.name, 80) or mail}}


def _headers(mail: OutgoingMail) -> list[dict[str, str]]:
    """The headers that Graph takes: five at most, whose names begin with "x-"."""
    wanted = {**mail.headers, **{k: v for k, v in DEFAULT_HEADERS.items() if k not in mail.headers}}
    own = [
        {"name": name, "value": one_line(value, 900)}
        for name, value in wanted.items()
        if name.lower().startswith("x-")
    ]
    return own[:_MOST_HEADERS]
