"""Who has to hear that a session was moved or cancelled.

The session's ID is its identity. What a person was told last is compared with what holds now, so that each change is
told once, to everybody who was told something else; whoever was told nothing hears nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ogsm_xl.plan.model import Person, Plan, Session, normalised_id
from ogsm_xl.rhythm.addressees import deputy_for, is_absent, why_unreachable
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent, announced


@dataclass(frozen=True, slots=True)
class Notice:
    """One person to tell that a session is at another time than they know, or cancelled.

    Attributes:
        kind: `MOVED` or `CANCELLED`.
        session: The session as it is now.
        person: Who was told something else.
        told: What they were told last.
        reinstated: They were told that it was cancelled, and it takes place after all.
        deputy: Who gets the mail in the person's place; None where it goes to the person.
    """

    kind: MailKind
    session: Session
    person: Person
    told: Announced
    reinstated: bool = False
    deputy: Person | None = None

    @property
    def addressee(self) -> Person:
        """Who gets the mail."""
        return self.deputy or self.person


@dataclass(frozen=True, slots=True)
class Vanished:
    """A session that people expect and that is no longer in the plan: its ID, when it was to be, how many expect it."""

    session: str
    told: Announced
    people: int


def due_notices(plan: Plan, now: datetime, sent: Iterable[Sent]) -> tuple[Notice, ...]:
    """Who has to hear now that a session was moved, cancelled, or takes place after all; the nearest session first."""
    notices = []
    for (session_id, recipient), last in _last_told(sent).items():
        session, person = plan.session(session_id), plan.person(recipient)
        if session is None or person is None or why_unreachable(person, person.name, now.date()):
            continue
        kind = _change(session, last, now)
        if kind and last.announced:
            absent = is_absent(person, now.date())
            notices.append(
                Notice(
                    kind,
                    session,
                    person,
                    last.announced,
                    reinstated=last.kind is MailKind.CANCELLED,
                    deputy=deputy_for(plan, person, now.date()) if absent else None,
                )
            )
    return tuple(sorted(notices, key=lambda notice: notice.session.begins))


def vanished_sessions(plan: Plan, now: datetime, sent: Iterable[Sent]) -> tuple[Vanished, ...]:
    """The sessions still to come that people were told of and that are no longer in the plan, whatever the reason."""
    expected: dict[str, list[Announced]] = {}
    for (session_id, _), last in _last_told(sent).items():
        if plan.session(session_id) is None and last.kind is not MailKind.CANCELLED and last.announced:
            expected.setdefault(session_id, []).append(last.announced)
    return tuple(
        Vanished(session_id, max(told), len(told))
        for session_id, told in expected.items()
        if now <= max(each.is_over_after for each in told)
    )


def _last_told(sent: Iterable[Sent]) -> dict[tuple[str, str], Sent]:
    """The last mail that told each person when each session is."""
    last: dict[tuple[str, str], Sent] = {}
    for mail in sent:
        if mail.announced:
            last[normalised_id(mail.session), mail.recipient] = mail
    return last


def _change(session: Session, last: Sent, now: datetime) -> MailKind | None:
    if last.announced is None:
        return None
    was_cancelled = last.kind is MailKind.CANCELLED
    if session.cancelled:
        return None if was_cancelled or now > last.announced.is_over_after else MailKind.CANCELLED
    changed = was_cancelled or last.announced.differs_from(announced(session))
    return MailKind.MOVED if changed and now < session.begins else None
