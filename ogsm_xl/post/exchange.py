"""A mailbox on an Exchange Server of the organisation's own, over Exchange Web Services (EWS).

A mail goes out in one request that holds it whole, as MIME, and has the server keep the copy: servers differ in how
they treat drafts with attachments, and a draft would be one more thing to lose. What remains of a request whose answer
never came is asked of the sent mail; where that does not hold it, nobody can tell.

The inbox itself is the list of what is to be done: what was handled leaves it. exchangelib never tries anything twice
here (`Plainly`); reading is tried again here, sending never.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from typing import TypeVar

import requests
from exchangelib import (
    BASIC,
    DELEGATE,
    GSSAPI,
    IMPERSONATION,
    NTLM,
    OAUTH2,
    SSPI,
    Account,
    Build,
    Configuration,
    Credentials,
    Folder,
    FolderCollection,
    Identity,
    Mailbox,
    Message,
    OAuth2AuthorizationCodeCredentials,
    Version,
)
from exchangelib import UTC as EWS_UTC
from exchangelib import errors as ews
from exchangelib.folders import BaseFolder, Inbox, MsgFolderRoot, Root, SentItems
from exchangelib.folders.queryset import SHALLOW
from exchangelib.items import HARD_DELETE, Item
from exchangelib.properties import DistinguishedFolderId
from exchangelib.protocol import BaseProtocol, Protocol
from exchangelib.services import CreateFolder
from exchangelib.transport import AUTH_TYPE_MAP
from oauthlib.oauth2 import OAuth2Error, OAuth2Token

from ogsm_xl.letters.mail import OutgoingMail, mime, one_line
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.post import problems
from ogsm_xl.post.exchange_answers import (
    InLargePieces,
    Plainly,
    answer_in,
    asked_to_wait,
    certainly_not_sent,
    holds_for_the_whole_run,
    may_pass,
    why,
)
from ogsm_xl.post.port import NotSent, Received, SendUnknown, Tray
from ogsm_xl.post.secrets import Secret, find_secret
from ogsm_xl.post.settings import EWS_IS_CLOSED, ExchangeSettings, is_exchange_online
from ogsm_xl.post.tokens import access_token
from ogsm_xl.post.trust import adapter_for

_PAGE = 100  # mails listed in one request
_AT_ONCE = 20  # mails fetched in one request …
_BYTES_AT_ONCE = 4_000_000  # … unless they are large: memory, and the server's limits
_TRIES = 3  # of a request that only reads, or that does no harm when done twice
_LONGEST_PAUSE = 60.0  # seconds between them; who asks for more is left alone until the next run
_SENT_LOOKED_AT = 500  # newest mails, where the server can't search for a Message-ID

_BUILDS = {"SE": (15, 2), "2019": (15, 2), "2016": (15, 1), "2013": (15, 0)}
_NO_SEARCH = (ews.ErrorUnsupportedPathForQuery, ews.ErrorInvalidRestriction, ews.ErrorUnsupportedQueryFilter)

# its records hold whole requests: mails, and at the level DEBUG what logs us in
logging.getLogger("exchangelib").setLevel(logging.CRITICAL)

_ONE_AT_A_TIME = threading.Lock()
_T = TypeVar("_T")


class ExchangeMail:
    """A mailbox on an Exchange Server. The connection is made on first use, one for a whole run."""

    def __init__(
        self, settings: ExchangeSettings, language: Language, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Use a mailbox.

        Args:
            settings: Which one.
            language: Of the folders that are made in it.
            pause: Waits so many seconds, between two tries at reading.
        """
        self._settings = settings
        self._language = language
        self._pause = pause
        self._secret = Secret("")
        self._down: OutsideProblem | None = None
        self._looked_in = False
        self._names_mails = True
        self._trays: dict[Tray, Folder] = {}

    # Sending

    def prepare(self, mail: OutgoingMail) -> str:
        """Look into the sent mail, once a run: a wrong password is known before anything counts as being sent."""
        if not self._looked_in:
            try:
                self.was_sent(mail.message_id, "")
            except OutsideProblem as problem:
                raise NotSent(problem.text) from None
            self._looked_in = True
        if self._down is not None:
            raise NotSent(self._down.text)
        return ""

    def send(self, mail: OutgoingMail, handle: str) -> None:  # noqa: ARG002 - the port's arguments
        """Hand the mail over in one request, with its copy."""
        content = mime(mail)
        self.prepare(mail)
        try:
            try:
                self._hand_over(content, mail.message_id if self._names_mails else "")
            except (
                ews.ErrorInvalidPropertySet
            ):  # refused: this server takes the Message-ID from the MIME alone
                self._names_mails = False
                self._hand_over(content, "")
        except Exception as error:  # noqa: BLE001 - whatever goes wrong here, it has to be known whether the mail is out
            self._after(error, mail)

    def _hand_over(self, content: bytes, message_id: str) -> None:
        Message(
            account=self._account,
            folder=self._known(SentItems),
            mime_content=content,
            message_id=message_id or None,
        ).send_and_save()

    def _after(self, error: Exception, mail: OutgoingMail) -> None:
        """Tell what became of a mail that something went wrong with.

        Raises:
            NotSent: The server refused it, or was never reached.
            SendUnknown: It was handed over, there was no answer, and the sent mail does not hold it.
        """
        text = self._why(error, mail.sender.mail)
        if holds_for_the_whole_run(error):
            self._down = OutsideProblem(text)
        if certainly_not_sent(error):
            raise NotSent(text) from None
        if self._down is None:
            with contextlib.suppress(OutsideProblem):
                if self.was_sent(mail.message_id, ""):
                    return
        raise SendUnknown(problems.maybe_sent(self._settings.host, answer_in(error, self._secret))) from None

    def was_sent(self, message_id: str, handle: str) -> bool | None:  # noqa: ARG002 - see above
        """True if the sent mail holds it. Else nobody can tell: a server may have given it another Message-ID."""
        return True if self._read(lambda: self._found(self._known(SentItems), message_id)) else None

    def discard(self, message_id: str, handle: str) -> None:
        """There are no drafts."""

    # Receiving

    def received(self) -> Iterator[Received]:
        """The mails in the inbox, oldest first, a bounded number of bytes at a time."""
        listed = self._read(self._listed)
        for batch in _batches(listed):
            yield from self._fetched(batch)

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move a mail to its tray."""
        self._move([(handle, None)], tray)

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move the mails with this Message-ID from one tray to another."""
        folder = self._read(self._existing_trays).get(source)
        if folder is not None and (found := self._read(lambda: self._found(folder, message_id))):
            self._move(found, target)

    def _move(self, ids: list[tuple[str, None]], tray: Tray) -> None:
        target = self._read(lambda: self._tray(tray))
        for moved in self._read(lambda: self._account.bulk_move(ids, to_folder=target)):
            if isinstance(moved, Exception) and not isinstance(moved, ews.ErrorItemNotFound):
                raise OutsideProblem(self._why(moved))

    def remove(self, message_id: str) -> None:
        """Delete a mail that we sent to ourselves, for good."""
        known = [self._known(SentItems), self._known(Inbox)]
        for folder in [*known, *self._read(self._existing_trays).values()]:
            if found := self._read(lambda folder=folder: self._found(folder, message_id)):  # type: ignore[misc]  # mypy can't infer the lambda's default
                self._read(lambda ids=found: self._account.bulk_delete(ids, delete_type=HARD_DELETE))  # type: ignore[misc]  # see above

    def close(self) -> None:
        """End the connection."""
        if "_account" in self.__dict__:
            self._account.protocol.close()
            del self.__dict__["_account"]

    def _listed(self) -> list[tuple[str, int]]:
        """The ID and size of each mail in the inbox, oldest first."""
        listing = self._known(Inbox).all().only("datetime_received", "size")
        listing.page_size = _PAGE
        found = [item for item in listing if isinstance(item, Item)]
        found.sort(key=lambda item: item.datetime_received or datetime.min.replace(tzinfo=UTC))
        return [(item.id, item.size or 0) for item in found]

    def _fetched(self, ids: Sequence[str]) -> Iterator[Received]:
        """The mails with these IDs. One that the server can't give spoils only itself: a note stands in for it."""
        try:
            items = self._read(lambda: self._fetch(ids, "mime_content"))
        except OutsideProblem:
            if len(ids) == 1 or self._down is not None:
                raise
            for one in ids:
                yield from self._fetched([one])
            return
        for item_id, item in zip(ids, items, strict=True):
            if isinstance(item, ews.ErrorItemNotFound):
                continue  # another run, or a person, moved it meanwhile
            if isinstance(item, Exception) or not item.mime_content:
                yield Received(item_id, self._stand_in(item_id, item))
            else:
                yield Received(item_id, item.mime_content)

    def _fetch(self, ids: Sequence[str], *fields: str) -> list[Item | Exception]:
        wanted = [(item_id, None) for item_id in ids]
        return list(self._account.fetch(wanted, folder=self._known(Inbox), only_fields=fields))

    def _stand_in(self, item_id: str, unreadable: Item | Exception) -> bytes:
        """A mail that says what is known of one that can't be read, so that a person looks at it."""
        note = EmailMessage(policy=SMTP)
        with contextlib.suppress(OutsideProblem):
            (known,) = self._read(lambda: self._fetch([item_id], "subject", "author", "message_id"))
            if isinstance(known, Message):
                note["From"] = one_line(known.author.email_address or "", 200) if known.author else ""
                note["Subject"] = one_line(known.subject or "", 200)
                if known.message_id:
                    note["X-Message-ID"] = one_line(known.message_id, 200)
        reason = answer_in(unreadable, self._secret) if isinstance(unreadable, Exception) else "MimeContent"
        note.set_content(f"Exchange kon deze mail niet geven / could not give this mail: {reason}\n")
        return note.as_bytes()

    def _found(self, folder: BaseFolder, message_id: str) -> list[tuple[str, None]]:
        """The mails of a folder that have this Message-ID."""
        try:
            found = list(folder.filter(message_id=message_id).only("message_id"))
        except _NO_SEARCH:
            found = list(folder.all().only("message_id").order_by("-datetime_received")[:_SENT_LOOKED_AT])
        return [(item.id, None) for item in found if getattr(item, "message_id", None) == message_id]

    # Folders

    def _tray(self, tray: Tray) -> Folder:
        """The folder of a tray: what exists under its name in either language, else made in ours."""
        if tray not in self._trays:
            existing = self._existing_trays()
            name = tray.names.in_(self._language)
            self._trays[tray] = existing.get(tray) or self._made(tray, name)
        return self._trays[tray]

    def _made(self, tray: Tray, name: str) -> Folder:
        top = self._known(MsgFolderRoot)
        folder = Folder(root=top.root, name=name, folder_class="IPF.Note")
        try:  # Folder.save() would first list every folder of the mailbox
            return CreateFolder(account=self._account).get(parent_folder=top, folders=[folder])
        except ews.ErrorFolderExists:  # another run made it just now
            return self._existing_trays()[tray]

    def _existing_trays(self) -> dict[Tray, Folder]:
        top = FolderCollection(account=self._account, folders=[self._known(MsgFolderRoot)])
        by_name = {folder.name: folder for folder in top.find_folders(depth=SHALLOW, additional_fields=set())}
        return {tray: by_name[name] for tray in Tray for name in reversed(tray.names) if name in by_name}

    def _known(self, kind: type[BaseFolder]) -> BaseFolder:
        """A folder that every mailbox has, by the name that the protocol gives it; nothing is asked for this."""
        mailbox = Mailbox(email_address=self._settings.mailbox)
        known_as = DistinguishedFolderId(id=kind.DISTINGUISHED_FOLDER_ID, mailbox=mailbox)
        return kind(root=self._account.root, _distinguished_id=known_as)

    # The connection

    @cached_property
    def _account(self) -> Account:
        given = self._settings
        BaseProtocol.HTTP_ADAPTER_CLS = type("Adapter", (InLargePieces, adapter_for(given.ca_file)), {})
        major, minor = _BUILDS[given.version]
        configuration = Configuration(
            service_endpoint=given.endpoint or None,
            credentials=self._credentials(),
            auth_type=self._auth_type(),
            version=Version(build=Build(major, minor)),
            retry_policy=Plainly(),
            max_connections=1,
        )
        with _ONE_AT_A_TIME:
            account = Account(
                given.mailbox,
                config=configuration,
                autodiscover=not given.endpoint,
                access_type=IMPERSONATION if given.access == "impersonation" else DELEGATE,
                default_timezone=EWS_UTC,
                locale="en_US",
            )
            # exchangelib would share the connection with whoever opens the same mailbox, and wait for it without end
            with contextlib.suppress(KeyError):
                del Protocol[account.protocol.config]
        if is_exchange_online(account.protocol.service_endpoint):
            raise InputProblem(
                Text(f"{given.mailbox}: {EWS_IS_CLOSED.nl}.", f"{given.mailbox}: {EWS_IS_CLOSED.en}.")
            )
        account.protocol.TIMEOUT = given.timeout
        account.root = Root(
            account=account
        )  # else it would be asked for, with rights that nothing here needs
        return account

    def _auth_type(self) -> str:
        match self._settings.login:
            case "ntlm":
                return str(NTLM)
            case "basic":
                return str(BASIC)
            case "oauth":
                return str(OAUTH2)
            case "kerberos":
                for kind in (GSSAPI, SSPI):
                    if kind in AUTH_TYPE_MAP:
                        return str(kind)
        raise InputProblem(
            Text(
                "Voor login = 'kerberos' is een extra onderdeel nodig: pip install 'ogsm-xl[kerberos]'",
                "login = 'kerberos' needs another part: pip install 'ogsm-xl[kerberos]'",
            )
        )

    def _credentials(self) -> Credentials | OAuth2AuthorizationCodeCredentials | None:
        given = self._settings
        if given.login == "kerberos":
            return None
        self._secret = find_secret(given.secret_from, given.user, given.secret_file)
        if given.login != "oauth":
            return Credentials(given.user, self._secret.revealed)
        token = access_token(given, self._secret)
        return OAuth2AuthorizationCodeCredentials(
            access_token=OAuth2Token({"access_token": token.revealed, "token_type": "Bearer"}),
            identity=Identity(primary_smtp_address=given.mailbox),
        )

    def _read(self, action: Callable[[], _T]) -> _T:
        """Do something that may be done twice: a few times where the server is busy, once where it hangs.

        Raises:
            OutsideProblem: It can't be done now.
        """
        if self._down is not None:
            raise self._down
        for again in reversed(range(_TRIES)):
            try:
                return action()
            except (ews.EWSError, requests.RequestException, OAuth2Error) as error:
                problem = OutsideProblem(self._why(error))
                if holds_for_the_whole_run(error):
                    self._down = problem
                wait = asked_to_wait(error) or 2.0 ** (_TRIES - again)
                if not again or self._down or not may_pass(error) or wait > _LONGEST_PAUSE:
                    raise problem from None
                self._pause(wait)
        raise AssertionError("unreachable")

    def _why(self, error: Exception, sender: str = "") -> Text:
        return why(error, self._settings, self._secret, sender)


def _batches(sizes: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    """The IDs in their order, so many at a time that their mails fit into memory."""
    batch: list[str] = []
    total = 0
    for item_id, size in sizes:
        if batch and (len(batch) == _AT_ONCE or total + size > _BYTES_AT_ONCE):
            yield batch
            batch, total = [], 0
        batch.append(item_id)
        total += size
    if batch:
        yield batch
