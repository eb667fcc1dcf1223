"""A process that is killed at a chosen step: before, inside and after each commit of the ledger and each call of the port."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import Received, Tray


class KilledError(BaseException):
    """The process is killed here."""


class Steps:
    """Counts the steps of a run, and kills it at one of them.

    Attributes:
        count: How many steps there were.
        kill_at: At which of them, counted from 1, the run is killed; None for never.
    """

    def __init__(self, kill_at: int | None = None) -> None:
        self.count = 0
        self.kill_at = kill_at

    def passed(self) -> None:
        """The run comes by here."""
        self.count += 1
        if self.count == self.kill_at:
            raise KilledError


class CrashingLedger(Ledger):
    """A ledger whose process is killed before a step, inside it (nothing is committed), or after it."""

    def __init__(self, file: Path, steps: Steps) -> None:
        super().__init__(file)
        self.steps = steps
        # A killed process loses nothing that was committed; only a machine without power would.
        self._db.execute("PRAGMA synchronous = OFF")

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        self.steps.passed()
        with super()._step() as db:
            yield db
            self.steps.passed()
        self.steps.passed()


class Mailbox:
    """What a mail system keeps between two runs: drafts by handle, and what went out."""

    def __init__(self) -> None:
        self.drafts: dict[str, OutgoingMail] = {}
        self.sent: list[OutgoingMail] = []


class CrashingPost:
    """A mail system in memory whose caller is killed before or after a call.

    With `tells`, it knows what it sent, as Exchange does; without, it can't tell, as an SMTP server.
    """

    def __init__(self, box: Mailbox, steps: Steps, *, tells: bool) -> None:
        self.box, self.steps, self.tells = box, steps, tells

    def prepare(self, mail: OutgoingMail) -> str:
        """A draft."""
        self.steps.passed()
        handle = f"draft of {mail.message_id}"
        self.box.drafts[handle] = mail
        self.steps.passed()
        return handle

    def send(self, mail: OutgoingMail, handle: str) -> None:
        """Out."""
        self.steps.passed()
        del self.box.drafts[handle]
        self.box.sent.append(mail)
        self.steps.passed()

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        """Whether it went out, for who can tell."""
        self.steps.passed()
        return any(mail.message_id == message_id for mail in self.box.sent) if self.tells else None

    def discard(self, message_id: str, handle: str) -> None:
        """A draft that is not wanted any more."""
        self.steps.passed()
        self.box.drafts.pop(handle or f"draft of {message_id}", None)
        self.steps.passed()

    def received(self) -> Iterator[Received]:
        """Nothing comes in."""
        return iter(())

    def file_away(self, handle: str, tray: Tray) -> None:
        """Nothing came in."""
        raise OutsideProblem(Text("niets", "nothing"))

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Nothing is received."""

    def remove(self, message_id: str) -> None:
        """Nobody asks for it."""

    def close(self) -> None:
        """There is nothing to let go of."""
