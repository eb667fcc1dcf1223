"""Who is due which mail now, given what was sent already; and who can't be reached.

Run it at any time, any number of times: what was missed comes late, what was sent never comes again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from ogsm_xl.plan.model import Item, Person, Plan, Session, normalised_id, normalised_name
from ogsm_xl.plan.words import Text, Word
from ogsm_xl.rhythm.days import spoken_day
from ogsm_xl.rhythm.reporting import asked_items, owed_items
from ogsm_xl.rhythm.settings import RhythmSettings


class MailKind(Word):
    """What a mail to an owner is."""

    INVITATION = Text("Uitnodiging", "Invitation")
    REMINDER = Text("Herinnering", "Reminder")


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail that went out, as the ledger knows it.

    Attributes:
        session: The ID of the session that it was about.
        kind: What it was.
        recipient: The owner's mail address, as `recipient_of` gives it.
        lead_days: The lead time that made it due, in days before the session.
    """

    session: str
    kind: MailKind
    recipient: str
    lead_days: int


@dataclass(frozen=True, slots=True)
class Due:
    """One mail to send now.

    Attributes:
        kind: What it is.
        session: The session that it is about.
        person: The owner that it is for.
        items: What it lists, in the plan's order: all that is asked (invitation) or still owed (reminder).
        lead_days: The lead time that makes it due, in days before the session.
        first_notice: It is a reminder to somebody who never got the invitation, so it must say what the session is.
    """

    kind: MailKind
    session: Session
    person: Person
    items: tuple[Item, ...]
    lead_days: int
    first_notice: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A mail that is due but can't be sent: `owner` is the name as the plan gives it, "" where there is none."""

    session: Session
    kind: MailKind
    owner: str
    items: tuple[Item, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class DueMails:
    """All that is due now, the nearest session first, and for whom that can't be sent."""

    due: tuple[Due, ...]
    unreachable: tuple[Unreachable, ...]


_NO_OWNER = Text("er is geen eigenaar ingevuld", "no owner is filled in")
_UNKNOWN = Text("{owner} staat niet in de lijst met personen", "{owner} is not in the list of people")
_LEFT = Text("{owner} is vertrokken op {day}", "{owner} left on {day}")
_NO_ADDRESS = Text("bij {owner} staat geen mailadres", "{owner} has no mail address")
_BAD_ADDRESS = Text(
    "het mailadres van {owner} klopt niet: {mail}", "the mail address of {owner} is not valid: {mail}"
)

_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)"
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])",
    re.ASCII | re.IGNORECASE,
)


class _Notice(NamedTuple):
    kind: MailKind
    lead_days: int


def due_mails(
    plan: Plan,
    now: datetime,
    sent: Collection[Sent],
    settings: RhythmSettings,
    kinds: Collection[MailKind],
) -> DueMails:
    """The mails of these kinds that are due now and were not sent, one for each owner (mail address) and session.

    An invitation is due from `invitation_days` before the session until a reminder is due, to every owner of something
    asked for. A reminder is due from each of `reminder_days` before the session until the next one, to every owner who
    still owes. Nothing is due once the session has begun.
    """
    due: list[Due] = []
    unreachable: list[Unreachable] = []
    history = list(sent)
    for session in sorted(plan.sessions, key=lambda s: s.begins):
        notice = _notice_due(session, now, settings)
        if notice is None or notice.kind not in kinds:
            continue
        items = (
            asked_items(plan, session, now)
            if notice.kind is MailKind.INVITATION
            else owed_items(plan, session, now, settings)
        )
        reachable, without = _by_owner(plan, items, now.date())
        mails = _unsent(session, notice, reachable, history)
        due += mails
        # Two rows of the calendar with the same ID are one session to the ledger: never two mails for it.
        history += [Sent(session.id, m.kind, recipient_of(m.person), m.lead_days) for m in mails]
        unreachable += [
            Unreachable(session, notice.kind, owner, tuple(their_items), reason)
            for (owner, reason), their_items in without.items()
        ]
    return DueMails(tuple(due), tuple(unreachable))


def recipient_of(person: Person) -> str:
    """The person's mail address as it is compared: without blanks around it, in small letters."""
    return normalised_name(person.mail)


def is_mail_address(written: str) -> bool:
    """Whether mail can be sent to this: one address, without a name, as mail systems everywhere take it."""
    return _ADDRESS.fullmatch(written.strip()) is not None


def _notice_due(session: Session, now: datetime, settings: RhythmSettings) -> _Notice | None:
    """What is due for this session now: the latest reminder, else the invitation, else nothing."""
    if session.cancelled or now >= session.begins:
        return None
    days_left = (session.date - now.date()).days
    reminders = [days for days in settings.reminder_days if days_left <= days]
    if session.reminder and reminders:
        return _Notice(MailKind.REMINDER, min(reminders))
    if session.invitation and days_left <= settings.invitation_days:
        return _Notice(MailKind.INVITATION, settings.invitation_days)
    return None


def _unsent(
    session: Session,
    notice: _Notice,
    reachable: dict[str, tuple[Person, list[Item]]],
    history: list[Sent],
) -> list[Due]:
    wanted = normalised_id(session.id)
    about_session = [mail for mail in history if normalised_id(mail.session) == wanted]
    invited = {mail.recipient for mail in about_session if mail.kind is MailKind.INVITATION}
    # A reminder that was due later (its lead time was taken out of the settings since) makes this one stale.
    reminded = {
        mail.recipient
        for mail in about_session
        if mail.kind is MailKind.REMINDER and mail.lead_days <= notice.lead_days
    }
    is_reminder = notice.kind is MailKind.REMINDER
    done = reminded if is_reminder else invited
    return [
        Due(
            notice.kind,
            session,
            person,
            tuple(items),
            notice.lead_days,
            is_reminder and recipient not in invited,
        )
        for recipient, (person, items) in reachable.items()
        if recipient not in done
    ]


def _by_owner(
    plan: Plan, items: tuple[Item, ...], today: date
) -> tuple[dict[str, tuple[Person, list[Item]]], dict[tuple[str, Text], list[Item]]]:
    """The items by the owner's mail address, and those of owners who can't be reached by name and reason."""
    reachable: dict[str, tuple[Person, list[Item]]] = {}
    without: dict[tuple[str, Text], list[Item]] = {}
    for item in items:
        person = plan.owner_of(item)
        owner = person.name if person else " ".join(item.owner.split())
        reason = _why_unreachable(person, owner, today)
        if person and reason is None:
            reachable.setdefault(recipient_of(person), (person, []))[1].append(item)
        elif reason is not None:
            without.setdefault((owner, reason), []).append(item)
    return reachable, without


def _why_unreachable(person: Person | None, owner: str, today: date) -> Text | None:
    if person is None:
        return _UNKNOWN.filled(owner=owner) if owner else _NO_OWNER
    if person.left_on is not None and person.left_on <= today:
        return _LEFT.filled(owner=owner, day=spoken_day(person.left_on, today))
    if not person.mail.strip():
        return _NO_ADDRESS.filled(owner=owner)
    if not is_mail_address(person.mail):
        return _BAD_ADDRESS.filled(owner=owner, mail=person.mail)
    return None
