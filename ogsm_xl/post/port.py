"""The port: what ogsm-xl asks of a mail system, and what a mail system may answer.

A mail system never tries a send twice by itself: what is uncertain is told, and the ledger and the next run settle
it (`was_sent`). Each adapter is one module here, chosen in `ogsm_xl.post.open_mail_system`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text


class NotSent(OutsideProblem):
    """The mail certainly did not go out: trying again later can't make it a second one."""


class SendUnknown(OutsideProblem):
    """Nobody can tell whether the mail went out: it is never sent again without a person's word."""


class Tray(Enum):
    """Where a received mail goes when nothing remains to be done with it automatically."""

    PROCESSED = "Processed"
    REVIEW = "Review"

    @property
    def names(self) -> Text:
        """What its folder is called in a mailbox that people look into."""
        return Text("Verwerkt", "Processed") if self is Tray.PROCESSED else Text("Te beoordelen", "Review")


@dataclass(frozen=True, slots=True)
class Received:
    """One mail in the inbox: how the mail system refers to it, and its bytes as they came."""

    handle: str
    raw: bytes


class Memory(Protocol):
    """What a mail system may remember between runs, such as up to where an inbox was read. The ledger is one."""

    def meta(self, key: str) -> str | None:
        """What was remembered under this key."""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value, committed."""


class MailSystem(Protocol):
    """A mailbox that sends and receives.

    A mail goes out in two steps, with a committed ledger row before each: `prepare`, then `send`. Every call has an
    end: a server that hangs costs the time-out of the configuration, and is not tried again in the same run.
    """

    def prepare(self, mail: OutgoingMail) -> str:
        """Put a mail ready where the mail system keeps drafts.

        Returns:
            The mail system's own handle of it, which the ledger keeps; "" where there are no drafts.

        Raises:
            NotSent: It could not be put ready; nothing went out.
        """

    def send(self, mail: OutgoingMail, handle: str) -> None:
        """Send one mail, once.

        Args:
            mail: The mail.
            handle: What `prepare` returned for it.

        Raises:
            NotSent: It certainly did not go out.
            SendUnknown: It may have gone out.
        """

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        """Whether this mail went out; None where the mail system can't tell (yet).

        Args:
            message_id: Its Message-ID.
            handle: What `prepare` returned for it, "" if a crash kept that from being kept.

        Raises:
            OutsideProblem: The mail system can't be asked now.
        """

    def discard(self, message_id: str, handle: str) -> None:
        """Throw away what `prepare` put ready for a mail that will not be sent. None there is no problem.

        Raises:
            OutsideProblem: The mail system can't be asked now.
        """

    def received(self) -> Iterator[Received]:
        """The mails in the inbox, oldest first.

        Raises:
            OutsideProblem: The inbox can't be read.
        """

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move a mail out of the inbox. A mail that is no longer there is no problem.

        Raises:
            OutsideProblem: It can't be moved now; it stays in the inbox.
        """

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move what was filed away from one tray to another. A mail that is no longer there is no problem.

        Args:
            message_id: Its Message-ID, never ""; every mail in the tray that has it is moved.
            source: Where it was filed.
            target: Where it goes.

        Raises:
            OutsideProblem: It can't be moved now; it stays where it is.
        """

    def remove(self, message_id: str) -> None:
        """Delete a mail that we sent to ourselves from the sent mail, the inbox and the trays: how a check tidies up.

        Raises:
            OutsideProblem: It can't be deleted now.
        """

    def close(self) -> None:
        """Let go of every connection. The mail system can't be used after this."""
