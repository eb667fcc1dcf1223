"""A mailbox in Microsoft 365 (Exchange Online), over Microsoft Graph.

A mail is a draft first, under an ID that does not change when it is sent: so after a crash its state can be asked.
`send` is asked once. Whatever else than "accepted" comes back, the draft itself is looked at before anything is said.

The inbox is read as a list of changes since the last time (delta). How far it was read is remembered only when all that
was read has left the inbox, so that a run that is cut off misses nothing.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

import requests

from ogsm_xl.letters.mail import Attachment, OutgoingMail
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post import problems
from ogsm_xl.post.graph_client import CLOUDS, IMMUTABLE, Cloud, GraphClient, GraphError
from ogsm_xl.post.graph_message import LARGEST_IN_ONE, UPLOAD_PART, draft, file_attachment, upload_request
from ogsm_xl.post.port import Memory, NotSent, Received, SendUnknown, Tray
from ogsm_xl.post.settings import GraphSettings

_PAGE = 100
_STILL_UNDERWAY = timedelta(minutes=15)  # an accepted mail may look like a draft for a while
_FAILED = (GraphError, requests.RequestException)
_STATE = "id,isDraft,parentFolderId,lastModifiedDateTime"


class GraphMail:
    """A mailbox in Microsoft 365. The connection is made on first use, one for a whole run."""

    def __init__(
        self,
        settings: GraphSettings,
        memory: Memory,
        language: Language,
        *,
        cloud: Cloud | None = None,
        pause: Callable[[float], None] = time.sleep,
        tell: Callable[[str], Any] = sys.stderr.write,
    ) -> None:
        """Use a mailbox.

        Args:
            settings: Which one.
            memory: Remembers up to where the inbox was read.
            language: Of the folders that are made in it.
            cloud: Where Graph is, for another cloud than those of Microsoft.
            pause: Waits so many seconds, between two tries.
            tell: Shows a person what to do, for the device login.
        """
        self._mailbox, self._memory, self._language = settings.mailbox, memory, language
        self._graph = GraphClient(settings, cloud or CLOUDS[settings.cloud], pause=pause, tell=tell)
        self._trays: dict[Tray, str] = {}
        self._folder_ids: dict[str, str] = {}
        self._waiting: set[str] = set()  # what was read and has not left the inbox
        self._read_until = ""

    # Sending

    def prepare(self, mail: OutgoingMail) -> str:
        """Make a draft, with everything in it; its ID stays the same when it is sent."""
        message, files = draft(mail)
        try:
            made = self._graph.ask("POST", "/messages", json=message).json()
            for file in files:
                self._attach(made["id"], file)
        except _FAILED as error:
            with contextlib.suppress(OutsideProblem):
                self.discard(mail.message_id, "")
            self._not_sent(error, mail)
        except OutsideProblem as problem:
            raise NotSent(problem.text) from None
        return str(made["id"])

    def send(self, mail: OutgoingMail, handle: str) -> None:
        """Have the draft sent, asked once."""
        try:
            self._graph.ask("POST", f"/messages/{_in_path(handle)}/send", again=False)
        except OutsideProblem as problem:
            raise NotSent(problem.text) from None
        except _FAILED as error:
            self._after(error, mail, handle)

    def _after(self, error: Exception, mail: OutgoingMail, handle: str) -> None:
        """Tell what became of a mail that Graph did not plainly accept.

        Raises:
            NotSent: It was refused, or Graph was never reached.
            SendUnknown: It may be on its way.
        """
        refused = isinstance(error, GraphError) and 400 <= error.status < 500
        busy = isinstance(error, GraphError) and error.status in {408, HTTPStatus.TOO_MANY_REQUESTS}
        gone = isinstance(error, GraphError) and error.status == HTTPStatus.NOT_FOUND
        if problems.never_reached(error) or (refused and not busy and not gone):
            with contextlib.suppress(OutsideProblem):
                self.discard(mail.message_id, handle)
            self._not_sent(error, mail)
        if not problems.timed_out(error):
            with contextlib.suppress(
                OutsideProblem
            ):  # Graph has sent mail after refusing to: the mail itself tells
                if self._is_out(mail.message_id, handle):
                    return
        # the mails after it would end in the same doubt
        self._graph.give_up(OutsideProblem(self._graph.why(error, mail.sender.mail)))
        raise SendUnknown(problems.maybe_sent("Microsoft Graph", self._graph.answer(error))) from None

    def _not_sent(self, error: Exception, mail: OutgoingMail) -> NoReturn:
        text = self._graph.why(error, mail.sender.mail)
        if problems.timed_out(error) or problems.never_reached(error):
            self._graph.give_up(OutsideProblem(text))
        raise NotSent(text) from None

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        """Whether it went out. A draft that did not leave in a quarter of an hour is thrown away: now it never will."""
        settled: bool | None = self._asked(lambda: self._settled(message_id, handle))
        return settled

    def _settled(self, message_id: str, handle: str) -> bool | None:
        if self._is_out(message_id, handle):
            return True
        found = self._state(handle) if handle else None
        if found is None or found[0]["parentFolderId"] != self._folder_id("drafts"):
            return None
        message, now = found
        if now - datetime.fromisoformat(message["lastModifiedDateTime"]) < _STILL_UNDERWAY:
            return None
        try:
            self._graph.ask("DELETE", f"/messages/{_in_path(handle)}", again=False)
        except GraphError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            return None
        return False

    def _is_out(self, message_id: str, handle: str) -> bool:
        """Whether the mail is no draft any more, or the sent mail holds one with its Message-ID."""
        found = self._state(handle) if handle else None
        if found is not None:
            return not found[0]["isDraft"]
        return bool(self._with_message_id("sentitems", message_id))

    def _state(self, handle: str) -> tuple[dict[str, Any], datetime] | None:
        """A mail, and what time it is at the server; None where there is no such mail."""
        try:
            response = self._graph.ask("GET", f"/messages/{_in_path(handle)}", query={"$select": _STATE})
        except GraphError as error:
            if error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}:  # 400: no ID at all
                return None
            raise
        return response.json(), parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)

    def discard(self, message_id: str, handle: str) -> None:
        """Delete the draft; a mail that was sent stays."""
        self._asked(lambda: self._discarded(message_id, handle))

    def _discarded(self, message_id: str, handle: str) -> None:
        found = self._state(handle) if handle else None
        drafts = [handle] if found and found[0]["isDraft"] else []
        if not handle:
            drafts = self._with_message_id("drafts", message_id)
        for one in drafts:
            self._delete(one)

    def _attach(self, handle: str, file: Attachment) -> None:
        path = f"/messages/{_in_path(handle)}/attachments"
        if len(file.content) < LARGEST_IN_ONE:
            self._graph.ask("POST", path, json=file_attachment(file), again=False)
            return
        session = self._graph.ask("POST", f"{path}/createUploadSession", json=upload_request(file)).json()
        for first in range(0, len(file.content), UPLOAD_PART):
            part = file.content[first : first + UPLOAD_PART]
            self._graph.upload(session["uploadUrl"], part, first, len(file.content))

    # Receiving

    def received(self) -> Iterator[Received]:
        """The mails in the inbox that came since the last run that finished, oldest first, one at a time."""
        listed, until = self._asked(self._listed)
        inbox = self._asked(lambda: self._folder_id("inbox")) if listed else ""
        self._waiting = set(listed)
        for handle in listed:
            raw = self._asked(lambda one=handle: self._raw(one, inbox))  # type: ignore[misc]  # mypy can't infer the lambda's default
            if raw is None:
                self._waiting.discard(handle)
            else:
                yield Received(handle, raw)
        self._read_until = until

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move a mail to its tray. When the last one has left, how far the inbox was read is remembered."""
        self._asked(lambda: self._moved(handle, tray))
        self._waiting.discard(handle)
        if self._read_until and not self._waiting:
            self._memory.set_meta(self._key, self._read_until)
            self._read_until = ""

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move the mails with this Message-ID from one tray to another."""
        self._asked(lambda: self._refiled(message_id, source, target))

    def remove(self, message_id: str) -> None:
        """Delete a mail that we sent to ourselves; Exchange Online keeps it in the deleted items for a while."""
        self._asked(lambda: self._removed(message_id))

    def close(self) -> None:
        """End the connections."""
        self._graph.close()

    @property
    def _key(self) -> str:
        return f"graph inbox {self._mailbox.lower()}"

    def _listed(self) -> tuple[list[str], str]:
        """The IDs of what came since the last time, oldest first, and the link for the next time."""
        try:
            return self._changes(self._memory.meta(self._key) or "")
        except GraphError as error:
            if error.status != HTTPStatus.GONE and error.code not in {
                "SyncStateNotFound",
                "SyncStateInvalid",
            }:
                raise
            return self._changes("")  # too long ago: all that is in the inbox

    def _changes(self, since: str) -> tuple[list[str], str]:
        prefer = f"{IMMUTABLE}, odata.maxpagesize={_PAGE}"
        first = {"changeType": "created", "$select": "id,receivedDateTime"}
        link, query = (since, None) if since else ("/mailFolders/inbox/messages/delta", first)
        received: dict[str, str] = {}
        while True:
            page = self._graph.ask("GET", link, query=query, prefer=prefer).json()
            for entry in page["value"]:
                if "@removed" in entry:
                    received.pop(entry["id"], None)
                else:
                    received[entry["id"]] = entry.get("receivedDateTime") or ""
            if "@odata.nextLink" not in page:
                return sorted(received, key=lambda handle: received[handle]), page["@odata.deltaLink"]
            link, query = page["@odata.nextLink"], None

    def _raw(self, handle: str, inbox: str) -> bytes | None:
        """A mail as MIME; None if it left the inbox."""
        found = self._state(handle)
        if found is None or found[0]["parentFolderId"] != inbox:
            return None
        try:
            return self._graph.ask("GET", f"/messages/{_in_path(handle)}/$value").content
        except GraphError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    def _moved(self, handle: str, tray: Tray) -> None:
        found = self._state(handle)
        if found is None or found[0]["parentFolderId"] != self._folder_id("inbox"):
            return
        self._move(handle, tray)

    def _refiled(self, message_id: str, source: Tray, target: Tray) -> None:
        folder = self._existing_trays().get(source)
        for handle in self._with_message_id(folder, message_id) if folder else ():
            self._move(handle, target)

    def _move(self, handle: str, tray: Tray) -> None:
        target = self._tray(tray)
        try:
            self._graph.ask("POST", f"/messages/{_in_path(handle)}/move", json={"destinationId": target})
        except GraphError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise

    def _removed(self, message_id: str) -> None:
        for folder in ("sentitems", "inbox", *self._existing_trays().values()):
            for handle in self._with_message_id(folder, message_id):
                self._delete(handle)

    def _delete(self, handle: str) -> None:
        try:
            self._graph.ask("DELETE", f"/messages/{_in_path(handle)}")
        except GraphError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise

    def _with_message_id(self, folder: str, message_id: str) -> list[str]:
        """The IDs of the mails in a folder that have this Message-ID."""
        wanted = message_id.replace("'", "''")
        query = {"$filter": f"internetMessageId eq '{wanted}'", "$select": "id"}
        found = self._graph.ask("GET", f"/mailFolders/{_in_path(folder)}/messages", query=query).json()
        return [entry["id"] for entry in found["value"]]

    # Folders

    def _folder_id(self, well_known: str) -> str:
        if well_known not in self._folder_ids:
            found = self._graph.ask("GET", f"/mailFolders/{well_known}", query={"$select": "id"}).json()
            self._folder_ids[well_known] = found["id"]
        return self._folder_ids[well_known]

    def _tray(self, tray: Tray) -> str:
        """The folder of a tray: what exists under its name in either language, else made in ours."""
        if tray not in self._trays:
            self._trays[tray] = self._existing_trays().get(tray) or self._made(tray)
        return self._trays[tray]

    def _made(self, tray: Tray) -> str:
        name = tray.names.in_(self._language)
        try:
            made = self._graph.ask("POST", "/mailFolders", json={"displayName": name}, again=False).json()
        except GraphError as error:
            if error.code == "ErrorFolderExists":  # another run made it just now
                return self._existing_trays()[tray]
            raise
        return str(made["id"])

    def _existing_trays(self) -> dict[Tray, str]:
        query: dict[str, str] | None = {"$select": "id,displayName", "$top": str(_PAGE)}
        link, by_name = "/mailFolders", {}
        while link:
            page = self._graph.ask("GET", link, query=query).json()
            by_name.update({folder["displayName"]: folder["id"] for folder in page["value"]})
            link, query = page.get("@odata.nextLink", ""), None
        return {tray: by_name[name] for tray in Tray for name in reversed(tray.names) if name in by_name}

    def _asked(self, action: Callable[[], Any]) -> Any:
        """Do something that may fail.

        Raises:
            OutsideProblem: It can't be done now.
        """
        try:
            return action()
        except _FAILED as error:
            problem = OutsideProblem(self._graph.why(error))
            if problems.timed_out(error) or problems.never_reached(error):
                self._graph.give_up(problem)
            raise problem from None


def _in_path(handle: str) -> str:
    return quote(handle, safe="")
