"""The process owner's overview: after a run that mailed, on the day of a session, and when an owner can't be reached.

At most one a day. Who can't be reached is told once: it causes no second overview, though each that goes out lists it.
Where a reply and an edited row disagree, each process owner is told in one overview. What was told stands in the ledger
with the mail that told it, so that a run that is cut off, or a mail that fails, leaves it to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from ogsm_xl.ledger import Contradiction, Ledger
from ogsm_xl.letters.note import Overview, compose_overview
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.plan.model import Item, Person, Plan, Session, normalised_id
from ogsm_xl.plan.words import Role, Text
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.due import Due, Unreachable, counting_since, unreachable_owners
from ogsm_xl.rhythm.mails import MailKind, Sent
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.reporting import asked_items
from ogsm_xl.rhythm.sharing import once_each, team
from ogsm_xl.usecases.mailing import Letter, Mailroom, new_row
from ogsm_xl.usecases.owner_letters import envelope_for
from ogsm_xl.usecases.plan_now import rhythm_settings

_TOLD_WITHIN = timedelta(days=92)  # what disagreed longer ago than a quarter is not brought up any more
_WAITING = Text(
    "{count} mails wachten op een beoordeling. Bekijk ze met: ogsm-xl review",
    "{count} mails wait for a person. See them with: ogsm-xl review",
)
_ONE_WAITS = Text(
    "1 mail wacht op een beoordeling. Bekijk hem met: ogsm-xl review",
    "1 mail waits for a person. See it with: ogsm-xl review",
)
_RETURNED = Text("mail aan {mail} kwam onbestelbaar terug", "mail to {mail} came back undeliverable")


def overview_letters(
    room: Mailroom,
    plan: Plan,
    settings: LetterSettings,
    *,
    mailed: bool,
    absent: Sequence[Due] = (),
    look_at: Sequence[Text] = (),
) -> tuple[Letter, ...]:
    """The overviews that are due now, one for each process owner.

    Args:
        room: The mailroom.
        plan: The plan.
        settings: What is the same in every letter.
        mailed: Whether this run mailed anybody.
        absent: The mails of this run for people who are absent.
        look_at: What else a person should look at.
    """
    owners = list(team(plan, (Role.PROCESS_OWNER,), room.now))
    sessions = _open_sessions(room, plan)
    if not owners or not sessions:
        return ()
    lost = [
        each
        for session in sessions
        for each in (
            *unreachable_owners(plan, session, room.now),
            *returned_mail(room.ledger, plan, session, room.now),
        )
    ]
    tells = tuple(sorted({key for each in lost for key in _keys(each)}))
    news = (
        mailed
        or any(session.date == room.now.date() for session in sessions)
        or bool(set(tells) - room.ledger.told(room.redirected))
    )
    overview = Overview(
        tuple(process_status(plan, session, room.now, rhythm_settings(room.config)) for session in sessions),
        tuple(_merged(lost)),
        tuple(absent),
        (*look_at, *_to_review(room.ledger)),
    )
    today = room.now.date()
    sent = room.ledger.sent(room.redirected)
    letters = []
    for owner in owners:
        last = _last_overview(sent, owner)
        disagree = _not_told(room, owner)
        if last == today or not (news or disagree or _mailed_since(last, sent, sessions)):
            continue
        row = new_row(
            MailKind.OVERVIEW,
            sessions[0],
            owner,
            owner,
            room.now,
            occasion=today.isoformat(),
            tells=(*tells, *map(_key, disagree)),
        )
        theirs = replace(overview, look_at=(*(each.text for each in disagree), *overview.look_at))
        letters.append(
            Letter(
                row,
                owner,
                lambda completed, owner=owner, theirs=theirs: compose_overview(  # type: ignore[misc]  # bound in the loop
                    theirs, envelope_for(room, plan, settings, owner, completed)
                ),
            )
        )
    return tuple(letters)


def _not_told(room: Mailroom, owner: Person) -> list[Contradiction]:
    """The replies and edited rows that disagree and that this process owner has not been told of."""
    told = room.ledger.told(room.redirected, recipient_of(owner))
    return [each for each in room.ledger.contradictions(room.now - _TOLD_WITHIN) if _key(each) not in told]


def _key(disagree: Contradiction) -> str:
    return f"contradiction:{disagree.key}"


def _to_review(ledger: Ledger) -> list[Text]:
    """How many mails wait for a person."""
    waiting = len(ledger.for_review())
    return [_WAITING.filled(count=waiting) if waiting > 1 else _ONE_WAITS] if waiting else []


def _last_overview(sent: Iterable[Sent], owner: Person) -> date | None:
    recipient = recipient_of(owner)
    days = [
        mail.sent_on
        for mail in sent
        if mail.kind is MailKind.OVERVIEW and mail.recipient == recipient and mail.sent_on
    ]
    return max(days, default=None)


def _mailed_since(last: date | None, sent: Iterable[Sent], sessions: Sequence[Session]) -> bool:
    """Whether mail went out since the day of the last overview: that of a run that was cut off before its own, too."""
    ids = {normalised_id(session.id) for session in sessions}
    return any(
        mail.kind is not MailKind.OVERVIEW
        and normalised_id(mail.session) in ids
        and mail.sent_on is not None
        and (last is None or mail.sent_on > last)
        for mail in sent
    )


def returned_mail(ledger: Ledger, plan: Plan, session: Session, now: datetime) -> tuple[Unreachable, ...]:
    """The owners of something asked for at this session whose address mail came back from."""
    returned = {bounce.address.strip().casefold() for bounce in ledger.bounces()}
    items: dict[str, tuple[str, list[Item]]] = {}
    for item in asked_items(plan, session, now) if returned else ():
        person = plan.owner_of(item)
        if person is not None and recipient_of(person) in returned:
            items.setdefault(recipient_of(person), (person.name, []))[1].append(item)
    return tuple(
        Unreachable(session, name, tuple(theirs), _RETURNED.filled(mail=address))
        for address, (name, theirs) in items.items()
    )


def _open_sessions(room: Mailroom, plan: Plan) -> tuple[Session, ...]:
    """The sessions that people report for now: from the day of the invitation until the end of the day."""
    settings, today = rhythm_settings(room.config), room.now.date()
    return tuple(
        session
        for session in once_each(plan)
        if not session.cancelled and counting_since(session, settings) <= today <= session.date
    )


def _keys(lost: Unreachable) -> Iterable[str]:
    """What is told once: an item of which the owner can't be reached, for one date of one session."""
    return (
        f"unreachable:{normalised_id(lost.session.id)}:{_day(lost.session)}:{normalised_id(item.id)}"
        for item in lost.items
    )


def _day(session: Session) -> str:
    return date.isoformat(session.date)


def _merged(lost: Iterable[Unreachable]) -> Iterable[Unreachable]:
    """Each owner and item once, also where two sessions ask for it."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for each in lost:
        key = (each.owner, tuple(item.id for item in each.items))
        if key not in seen:
            seen.add(key)
            yield each
