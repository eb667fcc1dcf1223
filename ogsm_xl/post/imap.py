"""A mailbox over IMAP: what is in its inbox, moving that to folders, and copies in the sent mail.

A mail is referred to as `UIDVALIDITY/UID`: a UID alone could mean another mail after the server renumbered them.
Everything here may be tried again without harm, so a connection that was lost is made anew, once a call.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.utils import encode_folder

from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post import problems
from ogsm_xl.post.port import Received, Tray
from ogsm_xl.post.secrets import Secret
from ogsm_xl.post.settings import Security

_AT_ONCE = 50  # mails asked for in one go …
_BYTES_AT_ONCE = 4_000_000  # … unless they are large: memory stays bounded
_SENT_NAMES = (
    "Sent", "Sent Items", "Sent Messages", "Sent Mail", "Verzonden items", "Verzonden berichten", "Verzonden",
)  # fmt: skip

_T = TypeVar("_T")


class ImapMailbox:
    """A mailbox on an IMAP server. The connection is made on first use."""

    def __init__(
        self,
        host: str,
        port: int,
        security: Security,
        *,
        context: ssl.SSLContext,
        timeout: int,
        inbox: str,
        language: Language,
    ) -> None:
        """Say which server and folders; nothing happens yet."""
        self.server = f"{host}:{port}"
        self._host, self._port, self._security = host, port, security
        self._context, self._timeout = context, timeout
        self._inbox, self._language = inbox, language
        self._user, self._secret, self._oauth = "", Secret(""), False
        self._connection: BaseMailBox | None = None
        self._down: OutsideProblem | None = None
        self._folders: dict[str, str] = {}  # what we call a folder → its name in this mailbox

    def login_as(self, user: str, secret: Secret, *, oauth: bool) -> None:
        """Log in with a password, or with a token, once there is a connection."""
        self._user, self._secret, self._oauth = user, secret, oauth

    def received(self) -> Iterator[Received]:
        """The mails in the inbox, in the order in which they arrived, a bounded number of bytes at a time."""
        validity, sizes = self._do(self._listed)
        for uids in _batches(sizes):
            raws = self._do(lambda box, uids=uids: self._fetched(box, validity, uids))  # type: ignore[misc]  # mypy can't infer the lambda's default
            for uid in uids:
                if uid in raws:  # another run, or a person, may have moved it meanwhile
                    yield Received(f"{validity}/{uid}", raws[uid])

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move a mail to its tray."""
        validity, _, uid = handle.partition("/")
        self._do(lambda box: self._moved(box, validity, uid, tray))

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move the mails with this Message-ID from one tray to another."""
        if message_id.isascii():  # in another one a server can't look for, by this protocol
            self._do(lambda box: self._refiled(box, message_id, source, target))

    def keep_sent(self, content: bytes) -> None:
        """Put a copy of a mail into the sent mail."""
        self._do(lambda box: box.append(content, self._sent(box), flag_set=[MailMessageFlags.SEEN]))

    def is_in_sent(self, message_id: str) -> bool:
        """Whether the sent mail holds a mail with this Message-ID."""
        return bool(self._do(lambda box: self._found(box, self._sent(box), message_id)))

    def remove(self, message_id: str) -> None:
        """Delete the mails with this Message-ID from the sent mail, the inbox and the trays."""
        self._do(lambda box: self._removed(box, message_id))

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                self._connection.logout()
            self._drop()

    # Each of these is one call that may be tried again

    def _listed(self, box: BaseMailBox) -> tuple[str, dict[str, int]]:
        """The UIDVALIDITY of the inbox, and the size of each mail in it by UID, oldest first."""
        validity = self._select(box, self._inbox)
        if uids := box.uids("UNDELETED", charset=None):
            sizes = dict.fromkeys(sorted(uids, key=int), 0)
            for line in _command(
                box, "FETCH", f"{min(uids, key=int)}:{max(uids, key=int)}", "(UID RFC822.SIZE)"
            ):
                uid, size = _number(line, b"UID"), _number(line, b"RFC822.SIZE")
                if uid in sizes:
                    sizes[uid] = int(size or 0)
            return validity, sizes
        return validity, {}

    def _fetched(self, box: BaseMailBox, validity: str, uids: Sequence[str]) -> dict[str, bytes]:
        if self._select(box, self._inbox) != validity:
            return {}
        try:
            answers = _command(box, "FETCH", ",".join(uids), "(UID BODY.PEEK[])")
        except imaplib.IMAP4.error as error:
            if len(still_there := self._still_there(box, uids, error)) == len(uids):
                raise
            answers = (
                _command(box, "FETCH", ",".join(still_there), "(UID BODY.PEEK[])") if still_there else []
            )
        found = {}
        for item in answers:
            if isinstance(item, tuple) and (uid := _number(item[0], b"UID")):
                found[uid] = bytes(item[1])
        return found

    def _moved(self, box: BaseMailBox, validity: str, uid: str, tray: Tray) -> None:
        if self._select(box, self._inbox) != validity:
            return  # renumbered: the mail is found again, under its new number, by the next run
        self._move(box, uid, tray)

    def _refiled(self, box: BaseMailBox, message_id: str, source: Tray, target: Tray) -> None:
        names = {folder.name for folder in box.folder.list()}
        for folder in names.intersection(self._possible(box, source.names)):
            for uid in self._found(box, folder, message_id):
                self._move(box, uid, target)

    def _move(self, box: BaseMailBox, uid: str, tray: Tray) -> None:
        """Move a mail of the selected folder to a tray."""
        target = encode_folder(self._tray(box, tray))
        try:
            if "MOVE" in box.client.capabilities:
                _command(box, "MOVE", uid, target)
            elif box.uids(f"UID {uid} UNDELETED", charset=None):
                _command(box, "COPY", uid, target)
                self._delete(box, [uid])
        except imaplib.IMAP4.error as error:
            if self._still_there(box, [uid], error):
                raise

    def _still_there(self, box: BaseMailBox, uids: Sequence[str], refusal: imaplib.IMAP4.error) -> list[str]:
        """Those of these mails that another run, or a person, did not take away in the same moment.

        Raises:
            imaplib.IMAP4.abort: The connection was lost.
        """
        if isinstance(refusal, imaplib.IMAP4.abort):
            raise refusal
        box.client.noop()  # the server tells what happened meanwhile
        present = set(box.uids("UNDELETED", charset=None))
        return [uid for uid in uids if uid in present]

    def _delete(self, box: BaseMailBox, uids: Sequence[str]) -> None:
        """Delete mails of the selected folder. Without UIDPLUS they stay marked: expunging could take others along."""
        _command(box, "STORE", ",".join(uids), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in box.client.capabilities:
            _command(box, "EXPUNGE", ",".join(uids))

    def _found(self, box: BaseMailBox, folder: str, message_id: str) -> list[str]:
        self._select(box, folder)
        return box.uids(f'UNDELETED HEADER Message-ID "{_quotable(message_id)}"', charset=None)

    def _removed(self, box: BaseMailBox, message_id: str) -> None:
        names = {folder.name for folder in box.folder.list()}
        trays = {name for tray in Tray for name in self._possible(box, tray.names)}
        for folder in names & (trays | {self._inbox, self._sent(box)}):
            if uids := self._found(box, folder, message_id):
                self._delete(box, uids)

    # Folders

    def _select(self, box: BaseMailBox, folder: str) -> str:
        """Open a folder unless it is open already; its UIDVALIDITY."""
        if box.folder.get() != folder:
            try:
                box.folder.set(folder)
            except MailboxFolderSelectError as error:
                raise self._no_folder(folder, error) from None
        _, found = box.client.response("UIDVALIDITY")
        if found and found[-1]:
            self._folders[f"UIDVALIDITY {folder}"] = found[-1].decode("ascii", "replace")
        return self._folders.get(f"UIDVALIDITY {folder}", "")

    def _sent(self, box: BaseMailBox) -> str:
        """The folder for sent mail: the one that the server marks as such, else one with a usual name, else made."""
        if "sent" not in self._folders:
            listed = box.folder.list()
            marked = [folder.name for folder in listed if "\\sent" in {flag.lower() for flag in folder.flags}]
            usual = [name for name in self._possible(box, _SENT_NAMES) if name in {f.name for f in listed}]
            found = [*marked, *usual]
            self._folders["sent"] = found[0] if found else self._made(box, "Sent")
        return self._folders["sent"]

    def _tray(self, box: BaseMailBox, tray: Tray) -> str:
        """The folder of a tray: what exists under its name in either language, else made in ours."""
        if tray.value not in self._folders:
            listed = {folder.name for folder in box.folder.list()}
            found = [name for name in self._possible(box, tray.names) if name in listed]
            name = found[0] if found else self._made(box, tray.names.in_(self._language))
            self._folders[tray.value] = name
        return self._folders[tray.value]

    def _possible(self, box: BaseMailBox, names: Sequence[str]) -> list[str]:
        prefix = self._prefix(box)
        return [*names, *(prefix + name for name in names if prefix)]

    def _prefix(self, box: BaseMailBox) -> str:
        """What the server wants before the name of a folder of one's own, such as "INBOX."; mostly nothing."""
        if "prefix" not in self._folders:
            found = None
            if "NAMESPACE" in box.client.capabilities:
                _, answer = box.client.namespace()
                found = re.match(rb'\(\("([^"]*)"', answer[0] or b"") if answer else None
            self._folders["prefix"] = found[1].decode("ascii", "replace") if found else ""
        return self._folders["prefix"]

    def _made(self, box: BaseMailBox, name: str) -> str:
        full = self._prefix(box) + name
        try:
            box.folder.create(full)
        except ImapToolsError as error:
            if not box.folder.exists(full):  # another run may have made it just now
                raise self._no_folder(full, error) from None
        with contextlib.suppress(ImapToolsError):
            box.folder.subscribe(full, value=True)  # so that mail programs show it
        return full

    # The connection

    def _do(self, action: Callable[[BaseMailBox], _T]) -> _T:
        """Do something with the mailbox; once more on a new connection where an old one turns out to be lost."""
        had_one = self._connection is not None
        try:
            return action(self.connect())
        except (imaplib.IMAP4.abort, OSError) as error:
            self._drop()
            if not had_one or problems.timed_out(error):
                raise self._gone(error) from None
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise self._refused(error) from None
        try:
            return action(self.connect())
        except (imaplib.IMAP4.abort, OSError) as error:
            self._drop()
            raise self._gone(error) from None
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise self._refused(error) from None

    def connect(self) -> BaseMailBox:
        """The connection; made and logged in where there is none. What failed once is not tried again in this run.

        Raises:
            OutsideProblem: The server can't be reached or does not let us in.
        """
        if self._connection is not None:
            return self._connection
        if self._down is not None:
            raise self._down
        try:
            box = self._opened()
        except (OSError, imaplib.IMAP4.abort) as error:
            raise self._gone(error) from None
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise self._refused(error) from None
        # a copy goes out in two pieces, and the second must not wait until the server has noticed the first
        box.client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._log_in(box)
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()
            answer = problems.answer_of(_words(error), self._secret)
            self._down = OutsideProblem(problems.wrong_login(self.server, self._user, answer))
            raise self._down from None
        self._connection = box
        return box

    def _opened(self) -> BaseMailBox:
        match self._security:
            case "tls":
                return MailBox(self._host, self._port, timeout=self._timeout, ssl_context=self._context)
            case "starttls":
                return MailBoxStartTls(
                    self._host, self._port, timeout=self._timeout, ssl_context=self._context
                )
            case "none":
                return MailBoxUnencrypted(self._host, self._port, timeout=self._timeout)

    def _log_in(self, box: BaseMailBox) -> None:
        if self._oauth:
            box.xoauth2(self._user, self._secret.revealed, initial_folder=None)
        elif self._user.isascii() and self._secret.revealed.isascii():
            box.login(self._user, self._secret.revealed, initial_folder=None)
        else:
            box.login_utf8(self._user, self._secret.revealed, initial_folder=None)
        # what a server can do, it often tells only after the login
        _, found = box.client.capability()
        if found and found[-1]:
            box.client.capabilities = tuple(found[-1].decode("ascii", "replace").upper().split())

    def _gone(self, error: Exception) -> OutsideProblem:
        self._down = OutsideProblem(problems.unreachable(self.server, error))
        return self._down

    def _refused(self, error: Exception) -> OutsideProblem:
        answer = problems.answer_of(_words(error), self._secret)
        return OutsideProblem(problems.refused_request(self.server, answer))

    def _no_folder(self, folder: str, error: Exception) -> OutsideProblem:
        answer = problems.answer_of(_words(error), self._secret)
        return OutsideProblem(problems.no_folder(self.server, folder, answer))

    def _drop(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                self._connection.client.shutdown()
            self._connection = None


def _batches(sizes: dict[str, int]) -> Iterator[list[str]]:
    """The UIDs in their order, so many at a time that their mails fit into memory."""
    batch: list[str] = []
    total = 0
    for uid, size in sizes.items():
        if batch and (len(batch) == _AT_ONCE or total + size > _BYTES_AT_ONCE):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _command(box: BaseMailBox, command: str, *arguments: str | bytes) -> list[bytes | tuple[bytes, bytes]]:
    """The untagged answers to a UID command.

    Raises:
        imaplib.IMAP4.error: The server refuses it.
    """
    status, answers = box.client.uid(command, *arguments)  # type: ignore[arg-type]  # folder names go as bytes
    if status != "OK":
        raise imaplib.IMAP4.error(answers[-1] if answers else status)
    return [answer for answer in answers if answer is not None]


def _number(item: bytes | tuple[bytes, bytes], name: bytes) -> str:
    line = item[0] if isinstance(item, tuple) else item
    found = re.search(rb"\b" + re.escape(name) + rb" (\d+)", line)
    return found[1].decode("ascii") if found else ""


def _quotable(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _words(error: Exception) -> str:
    """What the server said, out of an exception of imaplib or imap-tools."""
    answer = getattr(error, "command_result", None)
    said = answer[1][-1] if answer and answer[1] else error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
