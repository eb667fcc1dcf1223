"""The kinds of mail that go out, and what is remembered of each that did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from ogsm_xl.plan.model import Session, normalised_id
from ogsm_xl.plan.words import Text, Word


class MailKind(Word):
    """What a mail is. The first four go to owners, the status to the team, the overview to the process owner."""

    INVITATION = Text("Uitnodiging", "Invitation")
    REMINDER = Text("Herinnering", "Reminder")
    MOVED = Text("Nieuwe datum", "New date")
    CANCELLED = Text("Gaat niet door", "Cancelled")
    STATUS = Text("Vooraf lezen", "Pre-read")
    OVERVIEW = Text("Overzicht", "Overview")


class Announced(NamedTuple):
    """When a session is, as a mail told it."""

    date: date
    time: time | None = None

    @property
    def is_over_after(self) -> datetime:
        """Until when somebody who was told this may still come: the beginning, or the end of the day without a time."""
        return datetime.combine(self.date, self.time or time.max)

    def differs_from(self, other: Announced) -> bool:
        """Whether the session was moved in between. A time that was not known yet and now is, is no move."""
        return self.date != other.date or (
            self.time is not None and other.time is not None and self.time != other.time
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail that went out, as the ledger knows it.

    Attributes:
        session: The ID of the session that it was about.
        kind: What it was.
        recipient: The mail address of the person that it was for (not of a deputy), as `recipient_of` gives it.
        lead_days: The lead time that made it due, in days before the session.
        announced: When the session was, as the mail told it; None where it did not tell.
        sequence: How often the session had changed by then, as calendars count it.
        sent_on: The day on which it was decided on.
    """

    session: str
    kind: MailKind
    recipient: str
    lead_days: int
    announced: Announced | None = None
    sequence: int = 0
    sent_on: date | None = None


def announced(session: Session) -> Announced:
    """When this session is, as a mail tells it now."""
    return Announced(session.date, session.time)


def sequence_of(session: Session, sent: Iterable[Sent]) -> int:
    """How often this session changed (another date or time, cancelled, on again) since it was first announced.

    It is counted in the mails that told of it: a change back and forth between two runs was never told, so it is none.
    """
    wanted = normalised_id(session.id)
    told = [mail for mail in sent if mail.announced and normalised_id(mail.session) == wanted]
    if not told:
        return 0
    last = max(told, key=lambda mail: mail.sequence)
    same = (last.announced, last.kind is MailKind.CANCELLED) == (announced(session), session.cancelled)
    return last.sequence if same else last.sequence + 1
