"""Microsoft Graph for the tests: one mailbox in one tenant, with the login server beside it.

It refuses what Graph refuses: properties and query options that do not exist, headers that do not begin with "x-" or
are more than five, requests over 4 MB, files over 3 MB without an upload session, expired delta links. IDs change when a mail
is moved or sent, unless every request prefers immutable ones.
"""

from __future__ import annotations

import base64
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.servers.http import Answer, HttpServer, LostConnectionError, Request

TENANT = "example.org"
CLIENT_ID = "11111111-2222-3333-4444-555555555555"
SECRET = "clientgeheim"
TOKEN = "token-of-the-application"
MAILBOX = "ogsm@example.org"

_WELL_KNOWN = {
    "inbox": "Postvak IN", "drafts": "Concepten", "sentitems": "Verzonden items", "deleteditems": "Verwijderde items",
}  # fmt: skip
_MESSAGE = {
    "subject", "body", "from", "sender", "toRecipients", "ccRecipients", "bccRecipients", "replyTo",
    "internetMessageId", "internetMessageHeaders", "attachments", "singleValueExtendedProperties", "importance",
    "categories", "isRead", "id", "receivedDateTime", "isDraft", "parentFolderId", "lastModifiedDateTime",
}  # fmt: skip
_PAGE = 10
_IN_REPLY_TO = "String 0x1042"


class GraphRefusalError(Exception):
    """Graph says no: the status, its code and its words."""

    def __init__(self, status: int, code: str, words: str = "It is refused.", **headers: str) -> None:
        super().__init__(code)
        self.status, self.code, self.words, self.headers = status, code, words, headers


@dataclass(slots=True)
class Stored:
    """A mail in a folder. `immutable` stays, `changing` does not."""

    immutable: str
    changing: str
    folder: str
    received: datetime
    modified: datetime
    draft: dict[str, Any] | None = None
    mime: bytes = b""
    files: list[dict[str, Any]] = field(default_factory=list)
    message_id: str = ""


class GraphServer:
    """One mailbox. Use as a context manager; it speaks TLS, since msal logs in over nothing else.

    Attributes:
        went_out: The mails that were sent, in order.
        faults: What happens to the next request of a kind, such as "POST send": kind → function.
        now: What time it is there.
        accepts: Whether the client secret is accepted.
        refuse_sending: Status and code of every send, or None.
        expired: Delta links up to this number have expired.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        """Make an empty mailbox."""
        self.went_out: list[bytes] = []
        self.faults: list[tuple[str, Callable[[Callable[[], Answer]], Answer]]] = []
        self.now = datetime(2026, 9, 4, 9, tzinfo=UTC)
        self.accepts = True
        self.refuse_sending: tuple[int, str] | None = None
        self.expired = -1
        self.asked: list[str] = []
        self._number = 0
        # ID → name; the well-known names are IDs here, in capitals
        self.folders = {name.upper(): title for name, title in _WELL_KNOWN.items()}
        self.mails: list[Stored] = []
        self._log: list[
            tuple[int, str, Stored]
        ] = []  # (change number, "created in folder X" or "removed from X", mail)
        self._uploads: dict[str, tuple[Stored, dict[str, Any], bytearray]] = {}
        self._http = HttpServer(self._answer, tls=tls)

    def __enter__(self) -> GraphServer:  # noqa: PYI034 - nobody derives from it
        """Start."""
        self._http.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._http.__exit__()

    @property
    def address(self) -> str:
        """Where both Graph and the login server are."""
        return self._http.address

    @property
    def requests(self) -> list[Request]:
        """Every request, in order."""
        return self._http.requests

    def deliver(self, mime: bytes, folder: str = "INBOX") -> Stored:
        """A mail arrives."""
        self.now += timedelta(seconds=1)
        mail = Stored(self._new_id("I"), self._new_id("C"), folder, self.now, self.now, mime=mime)
        mail.message_id = str(BytesHeaderParser().parsebytes(mime)["Message-ID"] or "")
        self.mails.append(mail)
        self._log.append((len(self._log), folder, mail))
        return mail

    def held(self, title: str) -> list[bytes]:
        """What the folder with this name holds, oldest first."""
        ids = {folder for folder, name in self.folders.items() if name == title}
        found = sorted((m for m in self.mails if m.folder in ids), key=lambda mail: mail.received)
        return [self._mime(mail) for mail in found]

    def move(self, mail: Stored, folder: str) -> None:
        """A mail moves: its changing ID is another one then."""
        mail.folder, mail.changing, mail.modified = folder, self._new_id("C"), self.now
        self._log.append((len(self._log), folder, mail))

    def _new_id(self, kind: str) -> str:
        self._number += 1
        return f"AAMk{kind}{self._number:06}-_="

    # HTTP

    def _answer(self, request: Request) -> Answer:
        address = urlsplit(request.path)
        path = [unquote(part) for part in address.path.split("/")[1:]]
        if path[0] == TENANT:
            return self._login(path[1:], request)
        if path[0] == "upload":
            return self._uploaded(path[1], request)
        kind = f"{request.method} {path[-1] if path[-1] in _ACTIONS else path[3] if len(path) > 3 else ''}"
        self.asked.append(kind)
        query = dict(parse_qsl(address.query, keep_blank_values=True))

        def carried_out() -> Answer:
            return self._guarded(request, path, query)

        for number, (wanted, fault) in enumerate(self.faults):
            if wanted == kind:
                del self.faults[number]
                return fault(carried_out)
        return carried_out()

    def _guarded(self, request: Request, path: list[str], query: Mapping[str, str]) -> Answer:
        try:
            _let_in(request, path)
            return self._carried_out(request, path[3:], query)
        except GraphRefusalError as refusal:
            error = {"error": {"code": refusal.code, "message": refusal.words}}
            return self._json(refusal.status, error, refusal.headers)

    def _json(self, status: int, content: Any, headers: Mapping[str, str] | None = None) -> Answer:
        body = json.dumps(content).encode() if content is not None else b""
        return Answer(status, body, {"Content-Type": "application/json", **self._date, **(headers or {})})

    @property
    def _date(self) -> dict[str, str]:
        return {"Date": format_datetime(self.now, usegmt=True)}

    def _login(self, path: list[str], request: Request) -> Answer:
        base = f"{self.address}/{TENANT}/oauth2/v2.0"
        if path[-1] == "openid-configuration":
            known = {"token_endpoint": f"{base}/token", "authorization_endpoint": f"{base}/authorize"}
            return self._json(
                200,
                {
                    **known,
                    "issuer": f"{self.address}/{TENANT}/v2.0",
                    "device_authorization_endpoint": f"{base}/devicecode",
                },
            )
        form = dict(parse_qsl(request.body.decode()))
        if path[-1] == "devicecode":
            code = {
                "device_code": "D",
                "user_code": "ABCD",
                "verification_uri": "https://login",
                "expires_in": 900,
                "interval": 1,
            }
            return self._json(200, {**code, "message": "Open https://login and enter ABCD"})
        right = form.get("client_secret") == SECRET or "client_assertion" in form or "device_code" in form
        if not (self.accepts and right and form.get("client_id") == CLIENT_ID):
            words = "AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2"
            return self._json(401, {"error": "invalid_client", "error_description": words})
        return self._json(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN})

    def _carried_out(  # noqa: PLR0912 - one branch an operation
        self, request: Request, path: list[str], query: Mapping[str, str]
    ) -> Answer:
        immutable = 'IdType="ImmutableId"' in request.headers.get("prefer", "")
        body: dict[str, Any] = json.loads(request.body or b"{}")
        match request.method, path:
            case "POST", ["messages"]:
                return self._json(201, {"id": _id(self._drafted(body), immutable), "isDraft": True})
            case "GET", ["messages", mail]:
                return self._json(200, _selected(self._state(self._mail(mail), immutable), query))
            case "GET", ["messages", mail, "$value"]:
                return Answer(200, self._mime(self._mail(mail)), {"Content-Type": "text/plain", **self._date})
            case "DELETE", ["messages", mail]:
                self.move(self._mail(mail), "DELETEDITEMS")
                return Answer(204, headers=self._date)
            case "POST", ["messages", mail, "send"]:
                self._sent(self._mail(mail))
                return Answer(202, headers=self._date)
            case "POST", ["messages", mail, "move"]:
                found, target = self._mail(mail), self._folder(body["destinationId"])
                self.move(found, target)
                return self._json(201, self._state(found, immutable))
            case "POST", ["messages", mail, "attachments"]:
                self._mail(mail).files.append(_file(body))
                return self._json(201, {"id": "A"})
            case "POST", ["messages", mail, "attachments", "createUploadSession"]:
                return self._upload_session(self._mail(mail), body["AttachmentItem"])
            case "GET", ["mailFolders"]:
                folders = [{"id": folder, "displayName": name} for folder, name in self.folders.items()]
                return self._paged(folders, request.path, query, int(query.get("$top", _PAGE)))
            case "POST", ["mailFolders"]:
                return self._new_folder(body["displayName"])
            case "GET", ["mailFolders", folder]:
                return self._json(200, {"id": self._folder(folder)})
            case "GET", ["mailFolders", folder, "messages"]:
                return self._listed(self._folder(folder), request, query, immutable)
            case "GET", ["mailFolders", folder, "messages", "delta"]:
                return self._changes(self._folder(folder), request, query, immutable)
            case _:
                raise GraphRefusalError(
                    400, "BadRequest", f"Resource not found for the segment '{path[-1]}'."
                )

    # Mails

    def _drafted(self, body: dict[str, Any]) -> Stored:
        _known(body, _MESSAGE, "message")
        headers = body.get("internetMessageHeaders")
        if headers is not None:
            if not 1 <= len(headers) <= 5:
                raise GraphRefusalError(400, "InvalidInternetMessageHeaderCollection")
            if any(not header["name"].lower().startswith("x-") for header in headers):
                raise GraphRefusalError(400, "InvalidInternetMessageHeader")
        if body["body"]["contentType"].lower() not in {"html", "text"}:
            raise GraphRefusalError(400, "RequestBodyRead")
        self.now += timedelta(seconds=1)
        mail = Stored(self._new_id("I"), self._new_id("C"), "DRAFTS", self.now, self.now, draft=body)
        mail.files = [_file(file) for file in body.get("attachments", [])]
        mail.message_id = body.get("internetMessageId") or f"<{mail.immutable}@prod.outlook.com>"
        self.mails.append(mail)
        return mail

    def _sent(self, mail: Stored) -> None:
        if self.refuse_sending:
            raise GraphRefusalError(*self.refuse_sending)
        if mail.draft is None:
            raise GraphRefusalError(400, "ErrorInvalidRequest", "Only drafts can be sent.")
        if not mail.draft.get("toRecipients"):
            raise GraphRefusalError(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
        mail.mime = self._mime(mail)
        mail.draft = None
        self.went_out.append(mail.mime)
        self.move(mail, "SENTITEMS")

    def _mime(self, mail: Stored) -> bytes:
        if mail.draft is None:
            return mail.mime
        message = EmailMessage(policy=SMTP.clone(cte_type="7bit", max_line_length=200))
        message["From"] = _written(mail.draft["from"])
        message["To"] = ", ".join(map(_written, mail.draft["toRecipients"]))
        message["Subject"] = mail.draft["subject"]
        message["Message-ID"] = mail.message_id
        for header in mail.draft.get("internetMessageHeaders", []):
            message[header["name"]] = header["value"]
        for own in mail.draft.get("singleValueExtendedProperties", []):
            if own["id"] == _IN_REPLY_TO:
                message["In-Reply-To"] = own["value"]
        html = mail.draft["body"]["content"]
        message.set_content(re.sub(r"<[^>]+>", "", html), cte="base64")
        message.add_alternative(html, subtype="html", cte="base64")
        for file in mail.files:
            main, _, sub = file["contentType"].partition("/")
            message.add_attachment(file["content"], maintype=main, subtype=sub, filename=file["name"])
        return message.as_bytes()

    def _mail(self, wanted: str) -> Stored:
        for mail in self.mails:
            if wanted in {mail.immutable, mail.changing}:
                return mail
        raise GraphRefusalError(404, "ErrorItemNotFound", "The specified object was not found in the store.")

    def _state(self, mail: Stored, immutable: bool) -> dict[str, Any]:  # noqa: FBT001 - as the header has it
        return {
            "id": _id(mail, immutable),
            "isDraft": mail.draft is not None,
            "parentFolderId": mail.folder,
            "lastModifiedDateTime": f"{mail.modified:%Y-%m-%dT%H:%M:%SZ}",
            "receivedDateTime": f"{mail.received:%Y-%m-%dT%H:%M:%SZ}",
            "internetMessageId": mail.message_id,
        }

    def _upload_session(self, mail: Stored, item: dict[str, Any]) -> Answer:
        _known(
            item, {"attachmentType", "name", "size", "contentType", "isInline", "contentId"}, "attachmentItem"
        )
        if item["size"] < 3 * 1000 * 1000:
            raise GraphRefusalError(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
        key = self._new_id("U")
        self._uploads[key] = (mail, item, bytearray())
        return self._json(201, {"uploadUrl": f"{self.address}/upload/{key}", "nextExpectedRanges": ["0-"]})

    def _uploaded(self, key: str, request: Request) -> Answer:
        mail, item, content = self._uploads[unquote(key)]
        first, last, total = map(int, re.findall(r"\d+", request.headers["content-range"]))
        fits = first == len(content) and last - first + 1 == len(request.body) and total == item["size"]
        if "authorization" in request.headers or not fits or len(request.body) > 4 * 1024 * 1024:
            return Answer(400)
        content += request.body
        if len(content) < total:
            return self._json(200, {"nextExpectedRanges": [str(len(content))]})
        mail.files.append(
            {"name": item["name"], "contentType": item["contentType"], "content": bytes(content)}
        )
        return Answer(201, headers={"Location": "https://outlook.office.com/attachment"})

    # Folders

    def _folder(self, wanted: str) -> str:
        for folder in (wanted, wanted.upper()):
            if folder in self.folders:
                return folder
        raise GraphRefusalError(404, "ErrorItemNotFound")

    def _new_folder(self, name: str) -> Answer:
        if name in self.folders.values():
            raise GraphRefusalError(
                409, "ErrorFolderExists", "A folder with the specified name already exists."
            )
        folder = self._new_id("F")
        self.folders[folder] = name
        return self._json(201, {"id": folder, "displayName": name})

    def _listed(self, folder: str, request: Request, query: Mapping[str, str], immutable: bool) -> Answer:  # noqa: FBT001 - see above
        _allowed(query, {"$filter", "$select", "$top", "$skip", "$orderby"})
        wanted = re.fullmatch(r"internetMessageId eq '((?:[^']|'')*)'", query.get("$filter", ""))
        if not wanted:
            raise GraphRefusalError(400, "BadRequest", "Invalid filter clause.")
        found = [m for m in self.mails if m.folder == folder and m.message_id == wanted[1].replace("''", "'")]
        rows = [_selected(self._state(mail, immutable), query) for mail in found]
        return self._paged(rows, request.path, query, int(query.get("$top", _PAGE)))

    def _changes(self, folder: str, request: Request, query: Mapping[str, str], immutable: bool) -> Answer:  # noqa: FBT001 - see above
        _allowed(
            query, {"changeType", "$select", "$top", "$expand", "$filter", "$orderby", "$deltatoken", "$skip"}
        )
        since = int(query.get("$deltatoken", 0))
        if "$deltatoken" in query and since <= self.expired:
            raise GraphRefusalError(410, "SyncStateNotFound", "The sync state generation is not found.")
        touched = {id(mail): mail for _, _, mail in self._log[since:]}
        was_here = {id(mail) for _, where, mail in self._log[:since] if where == folder}
        rows: list[dict[str, Any]] = []
        for mail in sorted(
            touched.values(), key=lambda mail: mail.immutable[::-1]
        ):  # in no order that means anything
            if mail.folder == folder:
                rows.append({"@odata.etag": "W", **_selected(self._state(mail, immutable), query)})
            elif id(mail) in was_here:
                rows.append({"@removed": {"reason": "deleted"}, "id": _id(mail, immutable)})
        size = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("prefer", ""))
        last = f"{self.address}{urlsplit(request.path).path}?$deltatoken={len(self._log)}"
        return self._paged(rows, request.path, query, int(size[1]) if size else _PAGE, last)

    def _paged(
        self, rows: list[dict[str, Any]], path: str, query: Mapping[str, str], size: int, last: str = ""
    ) -> Answer:
        skip = int(query.get("$skip", 0))
        page: dict[str, Any] = {"value": rows[skip : skip + size]}
        if skip + size < len(rows):
            rest = re.sub(r"[?&](\$|%24)skip=\d+", "", path)
            page["@odata.nextLink"] = f"{self.address}{rest}{'&' if '?' in rest else '?'}$skip={skip + size}"
        elif last:
            page["@odata.deltaLink"] = last
        return self._json(200, page)


# Faults


def answering(status: int, code: str = "", **headers: str) -> Callable[[Callable[[], Answer]], Answer]:
    """The request is not carried out; this is the answer."""
    body = json.dumps({"error": {"code": code, "message": "It is refused."}}).encode() if code else b""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Answer(status, body, given)


def doing_it_and_answering(status: int, code: str = "") -> Callable[[Callable[[], Answer]], Answer]:
    """The request is carried out, and answered as if it were not."""

    def fault(carry_out: Callable[[], Answer]) -> Answer:
        carry_out()
        return answering(status, code)(carry_out)

    return fault


def losing_the_connection(carry_out: Callable[[], Answer]) -> Answer:
    """The request is carried out, and then the connection drops."""
    carry_out()
    raise LostConnectionError


def losing_the_request(_: Callable[[], Answer]) -> Answer:
    """The connection drops before the request is carried out."""
    raise LostConnectionError


_ACTIONS = {"send", "move", "attachments", "createUploadSession", "$value", "delta"}


def _let_in(request: Request, path: list[str]) -> None:
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        raise GraphRefusalError(401, "InvalidAuthenticationToken", "Access token is empty.")
    if len(request.body) > 4 * 1024 * 1024:
        raise GraphRefusalError(413, "RequestEntityTooLarge")
    if path[:2] != ["v1.0", "users"]:
        raise GraphRefusalError(404, "ResourceNotFound")
    if path[2].lower() != MAILBOX:
        raise GraphRefusalError(404, "ErrorInvalidUser", f"The requested user '{path[2]}' is invalid.")


def _id(mail: Stored, immutable: bool) -> str:  # noqa: FBT001 - see above
    return mail.immutable if immutable else mail.changing


def _known(body: Mapping[str, Any], known: set[str], kind: str) -> None:
    for name in body:
        if name.partition("@")[0] not in known and name != "@odata.type":
            words = f"The property '{name}' does not exist on type 'microsoft.graph.{kind}'."
            raise GraphRefusalError(400, "RequestBodyRead", words)


def _allowed(query: Mapping[str, str], known: set[str]) -> None:
    for name in query:
        if name not in known:
            raise GraphRefusalError(400, "BadRequest", f"The query parameter '{name}' is not supported.")


def _selected(state: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    wanted = query.get("$select", "").split(",") if query.get("$select") else list(state)
    for name in wanted:
        if name not in state:
            raise GraphRefusalError(400, "BadRequest", f"Could not find a property named '{name}'.")
    return {name: state[name] for name in {"id", *wanted}}


def _file(body: dict[str, Any]) -> dict[str, Any]:
    _known(body, {"name", "contentType", "contentBytes", "isInline", "contentId"}, "fileAttachment")
    if body.get("@odata.type") != "#microsoft.graph.fileAttachment":
        raise GraphRefusalError(400, "RequestBodyRead", "The type of the attachment is missing.")
    content = base64.b64decode(body["contentBytes"], validate=True)
    if len(content) >= 3 * 1024 * 1024:
        raise GraphRefusalError(413, "ErrorMessageSizeExceeded")
    return {"name": body["name"], "contentType": body["contentType"], "content": content}


def _written(recipient: dict[str, Any]) -> str:
    return f"{recipient['emailAddress']['name']} <{recipient['emailAddress']['address']}>"
