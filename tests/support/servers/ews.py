"""An Exchange Web Services endpoint for the tests: a mailbox with folders, over the operations that a mail client needs.

It answers as Microsoft's schema (messages.xsd, types.xsd) says, elements in their order, and refuses with the protocol's
own error codes what Exchange refuses. It knows nothing of the client.
"""

from __future__ import annotations

import base64
import itertools
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import TypeVar

import spnego
from lxml import etree
from spnego.exceptions import SpnegoError

from tests.support.servers.http import Answer, HttpServer, LostConnectionError, Request

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
_NAMES = {"s": SOAP, "m": MESSAGES, "t": TYPES}


class _Maker:
    """Makes elements of one namespace: `T.ItemId(Id="…")`, with text and children as arguments."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> Callable[..., etree._Element]:
        def made(*content: str | etree._Element, **attributes: str) -> etree._Element:
            element = etree.Element(f"{{{self._namespace}}}{name}", attributes, nsmap=_NAMES)
            for part in content:
                if isinstance(part, str):
                    element.text = part
                else:
                    element.append(part)
            return element

        return made


S, M, T = _Maker(SOAP), _Maker(MESSAGES), _Maker(TYPES)

USER = r"CORP\svc-ogsm"
PASSWORD = "geheim-é"
MAILBOX = "ogsm@example.org"
TOKEN = "token-of-the-application"

_DISTINGUISHED = {
    "root": "Root", "msgfolderroot": "Top of Information Store", "inbox": "Postvak IN", "drafts": "Concepten",
    "sentitems": "Verzonden items", "outbox": "Postvak UIT", "deleteditems": "Verwijderde items",
}  # fmt: skip


class EwsError(Exception):
    """What the protocol calls an error, for one item or folder of a request."""

    def __init__(self, code: str, text: str = "An error.") -> None:
        super().__init__(code)
        self.code, self.text = code, text


@dataclass(slots=True)
class Stored:
    """A mail in a folder."""

    id: str
    folder: str
    mime: bytes
    received: datetime
    unreadable: bool = False

    headers: Message = field(init=False)

    def __post_init__(self) -> None:
        self.headers = BytesHeaderParser(policy=policy.default).parsebytes(self.mime)

    @property
    def message_id(self) -> str:
        return str(self.headers["Message-ID"] or "")


@dataclass(slots=True)
class FolderEntry:
    """A folder; its parent is another one's ID."""

    id: str
    name: str
    parent: str
    folder_class: str = "IPF.Note"


class EwsServer:
    """One mailbox. Use as a context manager.

    Attributes:
        went_out: The mails that were submitted, in order.
        faults: What happens to the next requests of an operation instead of or after it: operation → functions.
        no_search: Whether it can't search for a Message-ID.
        refuse_sending: The error code of every submission, or "".
        refuse_login: Whether every login is refused.
        ntlm: Whether it wants NTLM; NTLM_USER_FILE in the environment names the users.
        refuse_message_id: Whether the property InternetMessageId can't be set.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        """Make an empty mailbox."""
        self.went_out: list[bytes] = []
        self.faults: list[tuple[str, Callable[[Callable[[], Answer]], Answer]]] = []
        self.no_search = False
        self.refuse_sending = ""
        self.refuse_message_id = False
        self.refuse_login = False
        self.ntlm = False
        self._ntlm_dialogue: spnego.ContextProxy | None = None
        self._numbers = itertools.count(1)
        self.folders = {
            name: FolderEntry(self._new_id(), title, "") for name, title in _DISTINGUISHED.items()
        }
        for name, folder in self.folders.items():
            folder.parent = self.folders["root" if name == "msgfolderroot" else "msgfolderroot"].id
        self.items: dict[str, Stored] = {}
        self._http = HttpServer(self._answer, tls=tls)

    def __enter__(self) -> EwsServer:  # noqa: PYI034 - nobody derives from it
        """Start."""
        self._http.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._http.__exit__()

    @property
    def endpoint(self) -> str:
        """The address of EWS."""
        return f"{self._http.address}/EWS/Exchange.asmx"

    @property
    def operations(self) -> list[str]:
        """The operations that were asked for, in order."""
        return [_operation(request.body).tag.rpartition("}")[2] for request in self._http.requests]

    @property
    def requests(self) -> list[Request]:
        """Every request, in order."""
        return self._http.requests

    def deliver(self, mime: bytes, folder: str = "inbox") -> Stored:
        """A mail arrives."""
        number = next(self._numbers)
        moment = datetime(2026, 9, 4, 9, tzinfo=UTC) + timedelta(seconds=number)
        stored = Stored(self._new_id(), self.folders[folder].id, mime, moment)
        self.items[stored.id] = stored
        return stored

    def held(self, title: str) -> list[bytes]:
        """What the folder with this name holds, oldest first."""
        ids = {folder.id for folder in self.folders.values() if folder.name == title}
        found = sorted((i for i in self.items.values() if i.folder in ids), key=lambda item: item.received)
        return [item.mime for item in found]

    def _new_id(self) -> str:
        return base64.b64encode(f"AAMk{next(self._numbers):020}".encode()).decode()

    # The protocol

    def _answer(self, request: Request) -> Answer:
        if self.ntlm:
            if (challenge := self._challenged(request)) is not None:
                return challenge
        elif self.refuse_login or not _may_enter(request.headers.get("authorization", "")):
            return Answer(401, headers={"WWW-Authenticate": 'Basic realm="mail.example.org"'})
        operation = _operation(request.body)
        name = operation.tag.rpartition("}")[2]

        def carried_out() -> Answer:
            return self._carried_out(name, operation)

        for number, (wanted, fault) in enumerate(self.faults):
            if wanted == name:
                del self.faults[number]
                return fault(carried_out)
        return carried_out()

    def _challenged(self, request: Request) -> Answer | None:
        """The next step of the NTLM dialogue; None when it is over. One client, one connection."""
        if self._ntlm_dialogue is not None and self._ntlm_dialogue.complete:
            return None
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind != "NTLM":
            return Answer(401, headers={"WWW-Authenticate": "NTLM"})
        if self._ntlm_dialogue is None:
            self._ntlm_dialogue = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
        try:
            answer = self._ntlm_dialogue.step(base64.b64decode(token))
        except SpnegoError:
            self._ntlm_dialogue = None
            return Answer(401, headers={"WWW-Authenticate": "NTLM"})
        if self._ntlm_dialogue.complete:
            return None
        return Answer(401, headers={"WWW-Authenticate": f"NTLM {base64.b64encode(answer or b'').decode()}"})

    def _carried_out(self, name: str, operation: etree._Element) -> Answer:
        known = {
            "GetFolder": self._get_folder, "FindFolder": self._find_folder, "CreateFolder": self._create_folder,
            "CreateItem": self._create_item, "FindItem": self._find_item, "GetItem": self._get_item,
            "MoveItem": self._move_item, "DeleteItem": self._delete_item,
        }  # fmt: skip
        if name not in known:
            return soap_fault("ErrorInvalidRequest", f"The request {name} is invalid.")
        try:
            messages = known[name](operation)
        except EwsError as error:
            messages = [_failed(name, error)]
        return _enveloped(getattr(M, f"{name}Response")(M.ResponseMessages(*messages)))

    def _get_folder(self, operation: etree._Element) -> list[etree._Element]:
        def one(folder: FolderEntry) -> etree._Element:
            return M.Folders(_folder_element(folder))

        return self._each(
            "GetFolder", _ids(operation, "m:FolderIds"), lambda wanted: one(self._folder(wanted))
        )

    def _find_folder(self, operation: etree._Element) -> list[etree._Element]:
        if operation.get("Traversal") != "Shallow":
            raise EwsError("ErrorInvalidOperation", "Only shallow traversal.")
        (wanted,) = _ids(operation, "m:ParentFolderIds")
        parent = self._folder(wanted)
        found = [f for f in self.folders.values() if f.parent == parent.id and f is not parent]
        page, attributes = _page(operation, "m:IndexedPageFolderView", found)
        folders = T.Folders(*[_folder_element(folder) for folder in page])
        return [_done("FindFolder", M.RootFolder(folders, **attributes))]

    def _create_folder(self, operation: etree._Element) -> list[etree._Element]:
        (wanted,) = _ids(operation, "m:ParentFolderId")
        parent = self._folder(wanted)
        title = operation.findtext("m:Folders/t:Folder/t:DisplayName", namespaces=_NAMES) or ""
        if any(f.name == title and f.parent == parent.id for f in self.folders.values()):
            raise EwsError("ErrorFolderExists", "A folder with the specified name already exists.")
        folder = FolderEntry(self._new_id(), title, parent.id)
        self.folders[folder.id] = folder
        return [_done("CreateFolder", M.Folders(T.Folder(_folder_id(folder))))]

    def _create_item(self, operation: etree._Element) -> list[etree._Element]:
        if operation.get("MessageDisposition") != "SendAndSaveCopy":
            raise EwsError("ErrorInvalidRequest", "This mailbox has only mails that are sent.")
        (wanted,) = _ids(operation, "m:SavedItemFolderId")
        folder = self._folder(wanted)
        (message,) = operation.findall("m:Items/t:Message", _NAMES)
        if self.refuse_sending:
            raise EwsError(self.refuse_sending, "It is refused.")
        given_id = message.findtext("t:InternetMessageId", namespaces=_NAMES)
        if given_id and self.refuse_message_id:
            raise EwsError("ErrorInvalidPropertySet", "Set action is invalid for property.")
        try:
            mime = base64.b64decode(message.findtext("t:MimeContent", "", _NAMES), validate=True)
        except ValueError:
            raise EwsError("ErrorMimeContentInvalidBase64String") from None
        parsed = BytesHeaderParser().parsebytes(mime)
        if not parsed["To"]:
            raise EwsError("ErrorMissingRecipients", "At least one recipient is required.")
        if given_id and given_id != parsed["Message-ID"]:
            raise EwsError("ErrorInvalidPropertySet", "Two message ids.")
        self.went_out.append(mime)
        stored = self.deliver(mime)
        stored.folder = folder.id
        return [_done("CreateItem", M.Items())]  # the schema's answer to a mail that was sent: no ID

    def _find_item(self, operation: etree._Element) -> list[etree._Element]:
        (wanted,) = _ids(operation, "m:ParentFolderIds")
        folder = self._folder(wanted)
        found = [item for item in self.items.values() if item.folder == folder.id]
        if (restriction := operation.find("m:Restriction", _NAMES)) is not None:
            found = self._searched(restriction, found)
        orders = operation.findall("m:SortOrder/t:FieldOrder", _NAMES)
        for order in orders:
            found.sort(key=lambda item: item.received, reverse=order.get("Order") == "Descending")
        if not orders:
            found.sort(key=lambda item: item.id[::-1])  # in no order that means anything
        page, attributes = _page(operation, "m:IndexedPageItemView", found)
        fields = _fields(operation)
        items = T.Items(*[_item_element(item, fields - {"item:MimeContent"}) for item in page])
        return [_done("FindItem", M.RootFolder(items, **attributes))]

    def _searched(self, restriction: etree._Element, items: list[Stored]) -> list[Stored]:
        equal = restriction.find("t:IsEqualTo", _NAMES)
        field = equal.find("t:FieldURI", _NAMES) if equal is not None else None
        if equal is None or field is None or field.get("FieldURI") != "message:InternetMessageId":
            raise EwsError("ErrorInvalidRestriction")
        if self.no_search:
            raise EwsError("ErrorUnsupportedPathForQuery", "The property is not supported for querying.")
        constant = equal.find("t:FieldURIOrConstant/t:Constant", _NAMES)
        return [item for item in items if constant is not None and item.message_id == constant.get("Value")]

    def _get_item(self, operation: etree._Element) -> list[etree._Element]:
        fields = _fields(operation)

        def one(wanted: str) -> etree._Element:
            item = self._item(wanted)
            if item.unreadable and "item:MimeContent" in fields:
                raise EwsError("ErrorMimeContentConversionFailed", "Content conversion failed.")
            return M.Items(_item_element(item, fields))

        return self._each("GetItem", _ids(operation, "m:ItemIds"), one)

    def _move_item(self, operation: etree._Element) -> list[etree._Element]:
        (wanted,) = _ids(operation, "m:ToFolderId")
        target = self._folder(wanted)

        def one(wanted: str) -> etree._Element:
            item = self._item(wanted)
            del self.items[item.id]
            item.id, item.folder = self._new_id(), target.id
            self.items[item.id] = item
            return M.Items(T.Message(_item_id(item)))

        return self._each("MoveItem", _ids(operation, "m:ItemIds"), one)

    def _delete_item(self, operation: etree._Element) -> list[etree._Element]:
        def one(wanted: str) -> None:
            del self.items[self._item(wanted).id]

        return self._each("DeleteItem", _ids(operation, "m:ItemIds"), one)

    def _each(
        self, name: str, ids: list[str], one: Callable[[str], etree._Element | None]
    ) -> list[etree._Element]:
        """One message for each ID; what is wrong with one spoils only that one."""
        messages = []
        for wanted in ids:
            try:
                content = one(wanted)
                messages.append(_done(name) if content is None else _done(name, content))
            except EwsError as error:
                messages.append(_failed(name, error))
        return messages

    def _folder(self, wanted: str) -> FolderEntry:
        """A folder by its ID or its distinguished name (`#inbox`)."""
        found = (f for name, f in self.folders.items() if wanted in {f.id, f"#{name}"})
        folder = next(found, None)
        if folder is None:
            raise EwsError("ErrorFolderNotFound", "The specified folder could not be found in the store.")
        return folder

    def _item(self, wanted: str) -> Stored:
        if wanted not in self.items:
            raise EwsError("ErrorItemNotFound", "The specified object was not found in the store.")
        return self.items[wanted]


# Faults


def answering(answer: Answer) -> Callable[[Callable[[], Answer]], Answer]:
    """The request is not carried out; this is the answer."""
    return lambda _: answer


def losing_the_connection(carry_out: Callable[[], Answer]) -> Answer:
    """The request is carried out, and then the connection drops."""
    carry_out()
    raise LostConnectionError


def losing_the_request(_: Callable[[], Answer]) -> Answer:
    """The connection drops before the request is carried out."""
    raise LostConnectionError


def soap_fault(code: str, text: str, back_off: int = 0) -> Answer:
    """A fault, as EWS says it: in SOAP, with status 500."""
    detail = etree.Element("detail", nsmap={"e": ERRORS, "t": TYPES})
    etree.SubElement(detail, f"{{{ERRORS}}}ResponseCode").text = code
    etree.SubElement(detail, f"{{{ERRORS}}}Message").text = text
    if back_off:
        detail.append(T.MessageXml(T.Value(str(back_off), Name="BackOffMilliseconds")))
    fault = S.Fault()
    etree.SubElement(fault, "faultcode").text = f"a:{code}"
    etree.SubElement(fault, "faultstring").text = text
    fault.append(detail)
    return Answer(500, etree.tostring(S.Envelope(S.Body(fault))), {"Content-Type": "text/xml; charset=utf-8"})


# XML


def _may_enter(authorization: str) -> bool:
    kind, _, value = authorization.partition(" ")
    if kind == "Bearer":
        return value == TOKEN
    return kind == "Basic" and base64.b64decode(value) in {
        f"{USER}:{PASSWORD}".encode(encoding) for encoding in ("utf-8", "latin-1")
    }


def _operation(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    (operation,) = etree.fromstring(body, parser).find("s:Body", _NAMES)  # type: ignore[misc]  # a request has one
    return operation


def _ids(operation: etree._Element, container: str) -> list[str]:
    """The IDs in a container; `#inbox` for a distinguished folder."""
    found = operation.find(container, _NAMES)
    if found is None:
        raise EwsError("ErrorSchemaValidation", f"{container} is missing.")
    distinguished = f"{{{TYPES}}}DistinguishedFolderId"
    return [("#" if child.tag == distinguished else "") + str(child.get("Id")) for child in found]


def _fields(operation: etree._Element) -> set[str]:
    return {str(field.get("FieldURI")) for field in operation.iterfind("m:ItemShape//t:FieldURI", _NAMES)}


_Entry = TypeVar("_Entry")


def _page(operation: etree._Element, view: str, found: list[_Entry]) -> tuple[list[_Entry], dict[str, str]]:
    asked = operation.find(view, _NAMES)
    offset = int(asked.get("Offset", "0")) if asked is not None else 0
    most = int(asked.get("MaxEntriesReturned", "1000")) if asked is not None else 1000
    page = found[offset : offset + most]
    last = offset + len(page) >= len(found)
    attributes = {
        "IndexedPagingOffset": str(offset + len(page)),
        "TotalItemsInView": str(len(found)),
        "IncludesLastItemInRange": str(last).lower(),
    }
    return page, attributes


def _enveloped(response: etree._Element) -> Answer:
    version = T.ServerVersionInfo(
        MajorVersion="15",
        MinorVersion="1",
        MajorBuildNumber="2507",
        MinorBuildNumber="6",
        Version="V2017_07_11",
    )
    envelope = S.Envelope(S.Header(version), S.Body(response))
    content = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
    return Answer(200, content, {"Content-Type": "text/xml; charset=utf-8"})


def _message(name: str, *content: etree._Element, **attributes: str) -> etree._Element:
    maker: Callable[..., etree._Element] = getattr(M, f"{name}ResponseMessage")
    return maker(*content, **attributes)


def _done(name: str, *content: etree._Element) -> etree._Element:
    return _message(name, M.ResponseCode("NoError"), *content, ResponseClass="Success")


def _failed(name: str, error: EwsError) -> etree._Element:
    return _message(
        name,
        M.MessageText(error.text),
        M.ResponseCode(error.code),
        M.DescriptiveLinkKey("0"),
        ResponseClass="Error",
    )


def _folder_id(folder: FolderEntry) -> etree._Element:
    return T.FolderId(Id=folder.id, ChangeKey="AQAAAA==")


def _folder_element(folder: FolderEntry) -> etree._Element:
    return T.Folder(
        _folder_id(folder),
        T.ParentFolderId(Id=folder.parent, ChangeKey="AQAAAA=="),
        T.FolderClass(folder.folder_class),
        T.DisplayName(folder.name),
        T.TotalCount("0"),
        T.ChildFolderCount("0"),
        T.UnreadCount("0"),
    )


def _item_id(item: Stored) -> etree._Element:
    return T.ItemId(Id=item.id, ChangeKey="CQAAAA==")


def _item_element(item: Stored, fields: set[str]) -> etree._Element:
    """A mail with the fields that were asked for, in the schema's order."""
    parsed = item.headers
    sender = getaddresses([str(parsed["From"])])[0] if parsed["From"] else None
    parts: list[etree._Element] = []
    if "item:MimeContent" in fields:
        parts.append(T.MimeContent(base64.b64encode(item.mime).decode(), CharacterSet="UTF-8"))
    parts.append(_item_id(item))
    if "item:Subject" in fields:
        parts.append(T.Subject(str(parsed["Subject"])))
    if "item:DateTimeReceived" in fields:
        parts.append(T.DateTimeReceived(f"{item.received:%Y-%m-%dT%H:%M:%SZ}"))
    if "item:Size" in fields:
        parts.append(T.Size(str(len(item.mime))))
    if "message:From" in fields and sender:
        parts.append(T.From(T.Mailbox(T.Name(sender[0]), T.EmailAddress(sender[1]))))
    if "message:InternetMessageId" in fields and item.message_id:
        parts.append(T.InternetMessageId(item.message_id))
    return T.Message(*parts)
