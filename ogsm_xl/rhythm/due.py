"""Who is due which mail now, given what was sent already; and who can't be reached.

Run it at any time, any number of times: what was missed comes late, what was sent never comes again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from ogsm_xl.plan.model import Item, Person, Plan, Session, normalised_id
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.addressees import deputy_for, is_absent, recipient_of, why_unreachable
from ogsm_xl.rhythm.lead_time import lead_day
from ogsm_xl.rhythm.mails import MailKind, Sent
from ogsm_xl.rhythm.reporting import asked_items, owed_items
from ogsm_xl.rhythm.settings import RhythmSettings


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
        absent: The person is absent today.
        deputy: Who gets the mail in the person's place; None where it goes to the person.
    """

    kind: MailKind
    session: Session
    person: Person
    items: tuple[Item, ...]
    lead_days: int
    first_notice: bool = False
    absent: bool = False
    deputy: Person | None = None

    @property
    def addressee(self) -> Person:
        """Who gets the mail."""
        return self.deputy or self.person


@dataclass(frozen=True, slots=True)
class Unreachable:
    """An owner who can't be mailed about a session: the name as the plan gives it ("" where there is none), and why."""

    session: Session
    owner: str
    items: tuple[Item, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class DueMails:
    """All that is due now, the nearest session first, and for whom that can't be sent."""

    due: tuple[Due, ...]
    unreachable: tuple[Unreachable, ...]


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
        mails = _unsent(plan, session, notice, reachable, history, now, settings)
        due += mails
        # Two rows of the calendar with the same ID are one session to the ledger: never two mails for it.
        history += [Sent(session.id, m.kind, recipient_of(m.person), m.lead_days) for m in mails]
        unreachable += _unreachable(session, without)
    return DueMails(tuple(due), tuple(unreachable))


def unreachable_owners(plan: Plan, session: Session, now: datetime) -> tuple[Unreachable, ...]:
    """The owners of something asked for at this session who can't be mailed, whether or not a mail is due now."""
    _, without = _by_owner(plan, asked_items(plan, session, now), now.date())
    return tuple(_unreachable(session, without))


def _unreachable(session: Session, without: dict[tuple[str, Text], list[Item]]) -> list[Unreachable]:
    return [Unreachable(session, owner, tuple(items), reason) for (owner, reason), items in without.items()]


def _notice_due(session: Session, now: datetime, settings: RhythmSettings) -> _Notice | None:
    """What is due for this session now: the latest reminder, else the invitation, else nothing."""
    if session.cancelled or now >= session.begins:
        return None

    def is_due(lead: int) -> bool:
        return now.date() >= lead_day(session.date, lead, settings)

    reminders = [days for days in settings.reminder_days if is_due(days)]
    if session.reminder and reminders:
        return _Notice(MailKind.REMINDER, min(reminders))
    if session.invitation and is_due(settings.invitation_days):
        return _Notice(MailKind.INVITATION, settings.invitation_days)
    return None


def counting_since(session: Session, settings: RhythmSettings) -> date:
    """The day from which mails were about the date that the session has now.

    A reminder that went out before it was for a date that the session has since been moved away from.
    """
    return lead_day(session.date, max(settings.invitation_days, *settings.reminder_days, 0), settings)


def _unsent(
    plan: Plan,
    session: Session,
    notice: _Notice,
    reachable: dict[str, tuple[Person, list[Item]]],
    history: Iterable[Sent],
    now: datetime,
    settings: RhythmSettings,
) -> list[Due]:
    wanted, since = normalised_id(session.id), counting_since(session, settings)
    about_session = [mail for mail in history if normalised_id(mail.session) == wanted]
    invited = {mail.recipient for mail in about_session if mail.kind is MailKind.INVITATION}
    # A reminder that was due later (its lead time was taken out of the settings since) makes this one stale.
    reminded = {
        mail.recipient
        for mail in about_session
        if mail.kind is MailKind.REMINDER
        and mail.lead_days <= notice.lead_days
        and (mail.sent_on is None or mail.sent_on >= since)
    }
    is_reminder = notice.kind is MailKind.REMINDER
    done = reminded if is_reminder else invited
    mails = []
    for recipient, (person, items) in reachable.items():
        if recipient not in done:
            absent = is_absent(person, now.date())
            mails.append(
                Due(
                    notice.kind,
                    session,
                    person,
                    tuple(items),
                    notice.lead_days,
                    first_notice=is_reminder and recipient not in invited,
                    absent=absent,
                    deputy=deputy_for(plan, person, now.date()) if absent else None,
                )
            )
    return mails


def _by_owner(
    plan: Plan, items: tuple[Item, ...], today: date
) -> tuple[dict[str, tuple[Person, list[Item]]], dict[tuple[str, Text], list[Item]]]:
    """The items by the owner's mail address, and those of owners who can't be reached by name and reason."""
    reachable: dict[str, tuple[Person, list[Item]]] = {}
    without: dict[tuple[str, Text], list[Item]] = {}
    for item in items:
        person = plan.owner_of(item)
        owner = person.name if person else " ".join(item.owner.split())
        reason = why_unreachable(person, owner, today)
        if person and reason is None:
            reachable.setdefault(recipient_of(person), (person, []))[1].append(item)
        elif reason is not None:
            without.setdefault((owner, reason), []).append(item)
    return reachable, without
