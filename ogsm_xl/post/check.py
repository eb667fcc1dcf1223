"""Try out a mailbox: send one mail to ourselves, find it, read it back, move it, delete it. Nothing else is touched.

What works and what does not is told in plain words, each with the next step; the words for what a server refuses are
those of the mail systems themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from enum import Enum
from typing import TypeVar

from ogsm_xl.letters.mail import DEFAULT_HEADERS, Address, Attachment, OutgoingMail, message_id_for
from ogsm_xl.plan.problem import Problem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import MailSystem, Received, Tray

WAITS = (1.0, 2.0, 3.0, 5.0, 5.0, 10.0, 10.0, 10.0, 15.0)
"""How long to wait between the looks for a mail, in seconds: about a minute in all."""

_HEADER = "X-OGSM-XL"
_FORM = Attachment("proef-test.bin", "application/octet-stream", bytes(range(256)) * 16)
_CALENDAR = Attachment(
    "proef-test.ics",
    "text/calendar",
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ogsm-xl//check//EN\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n",
)

_Found = TypeVar("_Found")


class Verdict(Enum):
    """How well something works. `LESS` is worth knowing; the jobs do their work all the same."""

    WORKS = "works"
    LESS = "less"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class MailFinding:
    """One thing that was tried."""

    verdict: Verdict
    text: Text


def check_mail(
    post: MailSystem,
    sender: Address,
    *,
    nonce: str,
    now: datetime,
    pause: Callable[[float], None],
    arrives: bool = True,
) -> tuple[MailFinding, ...]:
    """Try out a mailbox.

    Args:
        post: The mail system.
        sender: The mailbox's own name and address; the mail goes to it, too.
        nonce: Some letters and digits that no other mail holds.
        now: The moment, with its time zone.
        pause: Waits so many seconds, between two looks for the mail (`WAITS`).
        arrives: Whether a mail to ourselves comes in; that of a folder does not.

    Returns:
        What was tried, in order. A `BROKEN` one ends the check, or is one of the parts that did not come through.
    """
    return tuple(_Check(post, sender, nonce, now, pause).findings(arrives=arrives))


class _Check:
    """One check, with the mail that it sends."""

    def __init__(
        self, post: MailSystem, sender: Address, nonce: str, now: datetime, pause: Callable[[float], None]
    ) -> None:
        self._post, self._pause = post, pause
        self._token = f"OGSM-CHECK-{nonce}"
        self._mail = _test_mail(sender, self._token, nonce, now)
        self._ids = {self._mail.message_id}  # and the one that the server gave it, where that is another

    def findings(self, *, arrives: bool) -> Iterator[MailFinding]:
        """What was tried, in order; what was sent is deleted whatever comes of it."""
        try:
            handle = self._post.prepare(self._mail)
            self._post.send(self._mail, handle)
            yield _works("Een mail aan onszelf is verstuurd.", "A mail to ourselves was sent.")
            yield self._found_as_sent(handle)
            if arrives:
                yield from self._read_back()
        except Problem as problem:
            yield MailFinding(Verdict.BROKEN, problem.text)
        yield from self._tidied_up()

    def _found_as_sent(self, handle: str) -> MailFinding:
        if self._looked_for(lambda: self._post.was_sent(self._mail.message_id, handle) or None):
            return _works("Hij is teruggevonden in de verzonden mail.", "It was found in the sent mail.")
        return _less(
            "Hij is niet teruggevonden in de verzonden mail. Wordt een taak tijdens het versturen afgebroken, dan weet niemand of die ene mail weg is; hij wordt dan getoond en niet opnieuw verstuurd. Bewaart de mailserver verzonden mail, en onder hetzelfde Message-ID?",
            "It was not found in the sent mail. If a job is cut off while sending, nobody knows whether that one mail went out; it is then shown, and not sent again. Does the mail server keep sent mail, and under the same Message-ID?",
        )

    def _read_back(self) -> Iterator[MailFinding]:
        received = self._looked_for(self._arrived)
        if received is None:
            yield _broken(
                "Hij is niet binnengekomen. Wordt mail aan dit adres in deze mailbox bezorgd, en in deze map? Kijk ook bij ongewenste mail, en bij regels die mail verplaatsen.",
                "It did not arrive. Is mail to this address delivered into this mailbox, and into this folder? Look into the junk mail, too, and at rules that move mail.",
            )
            return
        yield _works("Hij is binnengekomen en gelezen.", "It arrived and was read.")
        yield from self._compared(message_from_bytes(received.raw))
        self._post.file_away(received.handle, Tray.PROCESSED)
        if self._arrived() is None:
            name = Tray.PROCESSED.names
            yield _works(
                f"Hij is naar de map {name.nl} ({name.en}) verplaatst.",
                f"It was moved to the folder {name.en} ({name.nl}).",
            )
        else:
            yield _broken(
                "Hij is niet uit het postvak verdwenen bij het verplaatsen. Mag deze gebruiker mail in deze mailbox verwijderen?",
                "It did not leave the inbox when it was moved. May this user delete mail in this mailbox?",
            )

    def _arrived(self) -> Received | None:
        """Our mail in the inbox: whatever became of its headers, our token is somewhere in it."""
        token = self._token.encode()
        return next((mail for mail in self._post.received() if token in mail.raw), None)

    def _compared(self, came: Message) -> Iterator[MailFinding]:
        """What of the mail came through."""
        message_id = str(came["Message-ID"] or "").strip()
        if message_id:
            self._ids.add(message_id)
        parts = [part for part in came.walk() if not part.is_multipart()]
        contents = [_content(part) for part in parts]
        yield _judged(
            message_id == self._mail.message_id,
            Text("Het Message-ID is gebleven.", "The Message-ID stayed."),
            Verdict.LESS,
            Text(
                "De mailserver heeft het Message-ID veranderd. Antwoorden worden dan herkend aan het kenmerk in de mail, en niet meer aan waar ze op antwoorden.",
                "The mail server changed the Message-ID. Answers are then recognised by the token in the mail, and no longer by what they answer.",
            ),
        )
        in_text = any(self._token.encode() in content for content in contents)
        yield _judged(
            in_text and self._token in _decoded(came["Subject"]),
            Text("Het kenmerk staat in onderwerp en tekst.", "The token is in the subject and the text."),
            Verdict.BROKEN,
            Text(
                "Het kenmerk ontbreekt in onderwerp of tekst. Antwoorden kunnen dan niet bij hun mail worden gebracht. Laat de beheerder nagaan wat mail onderweg verandert.",
                "The token is missing from the subject or the text. Answers can't be brought to their mail then. Let the administrator find out what changes mail on its way.",
            ),
        )
        missing = [name for name in (*DEFAULT_HEADERS, _HEADER) if not came[name]]
        yield _judged(
            not missing,
            Text("Onze kopregels zijn er allemaal.", "All our headers are there."),
            Verdict.LESS,
            Text(
                f"Onderweg verdwenen kopregels: {', '.join(missing)}. Afwezigheidsberichten kunnen dan vaker terugkomen; ze worden herkend en tellen niet als antwoord.",
                f"Headers that went missing: {', '.join(missing)}. Out-of-office replies may then come back more often; they are recognised and do not count as answers.",
            ),
        )
        yield _judged(
            _FORM.content in contents,
            Text("De bijlage is ongeschonden.", "The attachment is unharmed."),
            Verdict.BROKEN,
            Text(
                "De bijlage is onderweg veranderd of verdwenen. Formulieren komen dan niet goed aan. Laat de beheerder de filters voor bijlagen nagaan.",
                "The attachment was changed or lost on its way. Forms do not arrive well then. Let the administrator look at the filters for attachments.",
            ),
        )
        yield _judged(
            any(b"BEGIN:VCALENDAR" in content for content in contents),
            Text("De agenda-afspraak is er.", "The calendar entry is there."),
            Verdict.LESS,
            Text(
                "De agenda-afspraak is onderweg verdwenen. Eigenaren zien de sessie dan niet in hun agenda; datum en tijd staan ook in de mail.",
                "The calendar entry was lost on its way. Owners then do not see the session in their calendar; date and time are in the mail, too.",
            ),
        )

    def _tidied_up(self) -> Iterator[MailFinding]:
        try:
            for message_id in sorted(self._ids):
                self._post.remove(message_id)
        except Problem as problem:
            yield _less(
                f"De proefmail kon niet worden verwijderd; verwijder hem zelf ({self._token} in het onderwerp). {problem.text.nl}",
                f"The test mail could not be deleted; delete it yourself ({self._token} in the subject). {problem.text.en}",
            )
            return
        yield _works("De proefmail is weer verwijderd.", "The test mail was deleted again.")

    def _looked_for(self, look: Callable[[], _Found | None]) -> _Found | None:
        """Look until it is there, for about a minute."""
        for wait in (*WAITS, None):
            if (found := look()) is not None:
                return found
            if wait is not None:
                self._pause(wait)
        return None


def _test_mail(sender: Address, token: str, nonce: str, now: datetime) -> OutgoingMail:
    text = (
        f"Deze mail is een proef van ogsm-xl en wordt vanzelf weer verwijderd.\n"
        f"This mail is a test of ogsm-xl and is deleted again by itself.\n\n{token}\n"
    )
    return OutgoingMail(
        message_id=message_id_for(f"check-{nonce}", sender),
        date=now,
        sender=sender,
        to=(sender,),
        subject=f"OGSM: proef van de mailbox / mailbox test {token}",
        text=text,
        html=f"<html><body><p>{text.strip().replace(chr(10), '<br>')}</p></body></html>",
        attachments=(_FORM, _CALENDAR),
        headers={_HEADER: token},
    )


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(header: object) -> str:
    try:
        return str(make_header(decode_header(str(header or ""))))
    except (ValueError, LookupError):
        return str(header)


def _judged(holds: bool, good: Text, otherwise: Verdict, bad: Text) -> MailFinding:  # noqa: FBT001 - reads as a sentence where it is called
    return MailFinding(Verdict.WORKS, good) if holds else MailFinding(otherwise, bad)


def _works(nl: str, en: str) -> MailFinding:
    return MailFinding(Verdict.WORKS, Text(nl, en))


def _less(nl: str, en: str) -> MailFinding:
    return MailFinding(Verdict.LESS, Text(nl, en))


def _broken(nl: str, en: str) -> MailFinding:
    return MailFinding(Verdict.BROKEN, Text(nl, en))
