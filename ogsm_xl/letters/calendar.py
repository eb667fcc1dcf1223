"""The session as an iCalendar file (RFC 5545) that goes along with a mail: opened, it is an appointment.

One entry a session: the same UID on every mail, a higher sequence number when the session moved, and `METHOD:CANCEL`
when it is cancelled. The time goes out in UTC, which every calendar shows in its own time zone; a session without a
time is an entry for the whole day.

It is an attachment with `METHOD:PUBLISH`, and no part of the mail itself with `METHOD:REQUEST`. That would be in the
calendar by itself, but it turns the mail into a meeting request: Outlook then shows the appointment in place of the
mail's own text, and moves the mail, with the form and the lines to answer in it, to the deleted items as soon as
somebody accepts. A second mail for the appointment alone would double what everybody gets. The type is
application/ics, as Exchange takes text/calendar apart and leaves a "not supported calendar message.ics" of what is no
meeting. What it costs: the reader opens the attachment once, and once more when the session moves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from ogsm_xl.letters.mail import Address, Attachment, checked_address, one_line
from ogsm_xl.letters.wording import shortened
from ogsm_xl.plan.model import Session, normalised_id
from ogsm_xl.plan.words import Language

_USUAL_MINUTES = 60
_LONGEST_LINE = 75  # octets; longer lines are folded
_LONGEST_TEXT = 500


def calendar_uid(plan_key: str, session: Session, sender: Address) -> str:
    """What tells a calendar that two mails are about the same session, also after it moved.

    Args:
        plan_key: Which plan it is; next year's plan has a session SES1 again.
        session: The session; only its ID counts.
        sender: Whose domain makes it unique in the world.
    """
    named = f"{plan_key}\0{normalised_id(session.id)}".encode("utf-8", "surrogatepass")
    return f"ogsm-{hashlib.sha256(named).hexdigest()[:20]}@{checked_address(sender).rpartition('@')[2]}"


def calendar_file(
    session: Session,
    *,
    uid: str,
    sequence: int,
    organiser: Address,
    now: datetime,
    zone: tzinfo,
    language: Language,
    organisation: str = "",
) -> Attachment:
    """The entry as a file to attach, named after the session.

    Args:
        session: The session; a cancelled one takes its entry out of the calendar.
        uid: From `calendar_uid`.
        sequence: 0 for the first mail about the session, one more each time that it moved or was cancelled.
        organiser: Who the mail comes from.
        now: When it is written, with its time zone.
        zone: The organisation's time zone, in which the plan's times are.
        language: The language of the reader.
        organisation: Stands behind the session's name, or "".

    Raises:
        InputProblem: The organiser's address is none.
    """
    lines = "\r\n".join(
        folded
        for line in _lines(session, uid, sequence, organiser, now, zone, language, organisation)
        for folded in _folded(line)
    )
    name = f"{session.kind.word(language)} {session.date:%Y-%m-%d}.ics"
    return Attachment(name, "application/ics", f"{lines}\r\n".encode())


def _lines(
    session: Session,
    uid: str,
    sequence: int,
    organiser: Address,
    now: datetime,
    zone: tzinfo,
    language: Language,
    organisation: str,
) -> Iterator[str]:
    summary = " - ".join(filter(None, (session.kind.word(language), shortened(organisation, 60))))
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//ogsm-xl//NL"
    yield f"METHOD:{'CANCEL' if session.cancelled else 'PUBLISH'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"SEQUENCE:{sequence}"
    yield f"DTSTAMP:{_utc(now)}"
    yield from _times(session, zone)
    yield f"SUMMARY:{_escaped(summary)}"
    if session.place.strip():
        yield f"LOCATION:{_escaped(shortened(session.place, 200))}"
    if session.remarks.strip():
        yield f"DESCRIPTION:{_escaped(shortened(session.remarks, _LONGEST_TEXT))}"
    yield f"STATUS:{'CANCELLED' if session.cancelled else 'CONFIRMED'}"
    # No ATTENDEE: a published entry has none, and nobody has to accept.
    yield f"ORGANIZER{_named(organiser)}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _times(session: Session, zone: tzinfo) -> Iterator[str]:
    if session.time is None:
        yield f"DTSTART;VALUE=DATE:{session.date:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{session.date + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    start = session.begins.replace(tzinfo=zone).astimezone(UTC)
    yield f"DTSTART:{_utc(start)}"
    yield f"DTEND:{_utc(start + timedelta(minutes=session.minutes or _USUAL_MINUTES))}"
    yield "TRANSP:OPAQUE"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _named(address: Address) -> str:
    """The name as a parameter (it can't hold quotes) and the address."""
    name = one_line(address.name, 80).replace('"', "'")
    return f"{f';CN={chr(34)}{name}{chr(34)}' if name else ''}:mailto:{checked_address(address)}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, the next ones indented by a blank; no character is split."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
