"""Who gets the status of a session beforehand, so that the session is about decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from ogsm_xl.plan.model import Person, Plan, Session, normalised_id
from ogsm_xl.plan.words import Role
from ogsm_xl.rhythm.addressees import recipient_of, why_unreachable
from ogsm_xl.rhythm.due import counting_since
from ogsm_xl.rhythm.lead_time import lead_day
from ogsm_xl.rhythm.mails import MailKind, Sent
from ogsm_xl.rhythm.settings import RhythmSettings


@dataclass(frozen=True, slots=True)
class Share:
    """One person who is to get the status of one session now."""

    session: Session
    person: Person


def team(plan: Plan, roles: Collection[Role], now: datetime) -> tuple[Person, ...]:
    """Everybody with one of these roles (everybody at all where none is named) who can be reached, each address once."""
    found: dict[str, Person] = {}
    for person in plan.people:
        if (not roles or person.roles & set(roles)) and not why_unreachable(person, person.name, now.date()):
            found.setdefault(recipient_of(person), person)
    return tuple(found.values())


def due_shares(
    plan: Plan, now: datetime, sent: Iterable[Sent], settings: RhythmSettings, roles: Collection[Role] = ()
) -> tuple[Share, ...]:
    """Who gets the status of which session now: from `share_days` before it until it begins, once."""
    sent = tuple(sent)
    shares = []
    for session in once_each(plan):
        due_from = lead_day(session.date, settings.share_days, settings)
        if session.cancelled or not due_from <= now.date() or now >= session.begins:
            continue
        since = min(due_from, counting_since(session, settings))
        had = {
            mail.recipient
            for mail in sent
            if mail.kind is MailKind.STATUS
            and normalised_id(mail.session) == normalised_id(session.id)
            and (mail.sent_on is None or mail.sent_on >= since)
        }
        shares += [
            Share(session, person) for person in team(plan, roles, now) if recipient_of(person) not in had
        ]
    return tuple(shares)


def once_each(plan: Plan) -> list[Session]:
    """The sessions, the nearest first; of rows with the same ID the first in the workbook."""
    by_id: dict[str, Session] = {}
    for session in plan.sessions:
        by_id.setdefault(normalised_id(session.id), session)
    return sorted(by_id.values(), key=lambda session: session.begins)
