"""Sending mails, each once: what every job that mails has in common.

A mail goes through the ledger in committed steps: planned → drafted → sending → sent. What a run that was cut off left
behind is settled first: certain cases by asking the mail system, uncertain ones by showing them to a person.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.ledger import Ledger, MailRow, MailState
from ogsm_xl.letters.mail import Address, OutgoingMail, message_id_for, mime, one_line
from ogsm_xl.letters.token import mail_id_of, new_token
from ogsm_xl.plan.model import Item, Person, Session, kind_of
from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import MailSystem, NotSent, SendUnknown
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.mails import Announced, MailKind
from ogsm_xl.usecases.in_charge import check_charge, take_charge
from ogsm_xl.usecases.own_texts import sender_of

Progress = Callable[[Sequence["Letter"]], Iterable["Letter"]]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What makes a token hard to guess: the organisation's secret, and where random bytes come from."""

    secret: bytes
    random: Callable[[int], bytes]


def no_pause(_seconds: float) -> None:
    """Goes on at once."""


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What a job that mails needs.

    Attributes:
        config: The configuration.
        ledger: The memory of what was sent.
        post: The mail system.
        secrets: For the tokens in the mails.
        now: The moment of the run, naive and local.
        machine: The name of this machine, as the file beside the plan gives it.
        pause: Waits so many seconds.
        confirmed: A large number of mails was meant.
        dry_run: Only tell what would be sent.
        out: In a dry run: the folder to write the mails into, to look at; None for not at all.
        progress: Wraps the mails, to show how far they are.
    """

    config: Config
    ledger: Ledger
    post: MailSystem
    secrets: Secrets
    now: datetime
    machine: str = ""
    pause: Callable[[float], None] = no_pause
    confirmed: bool = False
    dry_run: bool = False
    out: Path | None = None
    progress: Progress = list

    @property
    def redirected(self) -> str:
        """The test address that every mail goes to, or ""."""
        return self.config.mail.redirect_all_to.strip().casefold()

    @property
    def written_at(self) -> datetime:
        """The moment of the run with its time zone, as it stands in the mails."""
        return self.now.replace(tzinfo=self.config.zone)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail that is decided on, and not written yet: its row as far as it is known, who gets it, how to write it."""

    row: MailRow
    addressee: Person
    write: Callable[[MailRow], OutgoingMail]


@dataclass(slots=True)
class Sending:
    """What became of the letters of a run; `held_back` are those beyond the day's most, for the next day."""

    sent: list[Letter] = field(default_factory=list)
    failed: list[tuple[Letter, Problem]] = field(default_factory=list)
    held_back: list[Letter] = field(default_factory=list)


def new_row(
    kind: MailKind,
    session: Session,
    person: Person,
    addressee: Person,
    now: datetime,
    *,
    items: Sequence[Item] = (),
    lead_days: int = 0,
    occasion: str = "",
    announced: Announced | None = None,
    sequence: int = 0,
    tells: tuple[str, ...] = (),
) -> MailRow:
    """The row of a mail that was decided on; what makes it unmistakable is added when it is sent."""
    return MailRow(
        id="",
        session=session.id,
        kind=kind,
        lead_days=lead_days,
        occasion=occasion,
        recipient=recipient_of(person),
        sent_to=recipient_of(addressee),
        person=person.name,
        items={item.id: kind_of(item) for item in items},
        announced=announced,
        sequence=sequence,
        tells=tells,
        token="",
        message_id="",
        state=MailState.PLANNED,
        planned_at=now,
    )


def begin(room: Mailroom) -> None:
    """Before anything is sent: this machine is the one that mails, and what was cut off is settled.

    Raises:
        InputProblem: Another machine mails for this plan.
        OutsideProblem: The mail system can't be asked what became of a mail.
    """
    if room.dry_run:
        return
    if not room.redirected:
        take_charge(room.config, room.ledger, room.machine, room.now, room.secrets.random)
    _settle(room)


def why_not_here(room: Mailroom) -> Text | None:
    """For a dry run: why the real one would mail nobody on this machine, or None."""
    if room.dry_run and not room.redirected:
        try:
            check_charge(room.config, room.ledger, room.machine)
        except InputProblem as problem:
            return problem.text
    return None


def send(room: Mailroom, letters: Sequence[Letter]) -> Sending:
    """Send letters, with pauses, as far as the day's most allows.

    Raises:
        InputProblem: There are more than may be sent without confirming.
    """
    left = max(0, room.config.mail.most_per_day - room.ledger.mails_on(room.now.date()))
    most = room.config.mail.confirm_above
    if len(letters[:left]) > most and not room.confirmed and not room.dry_run:
        raise InputProblem(
            Text(
                f"Er zijn {len(letters)} mails te versturen, meer dan de {most} die zonder bevestiging mogen. Kijk met --dry-run of het klopt, en draai de taak dan met --yes. De grens is confirm_above onder [mail]. Er is niets verstuurd.",
                f"There are {len(letters)} mails to send, more than the {most} that may go without confirming. See with --dry-run whether that is right, and then run the job with --yes. The limit is confirm_above under [mail]. Nothing was sent.",
            )
        )
    sending = send_all(room, letters[:left])
    sending.held_back.extend(letters[left:])
    return sending


def send_all(room: Mailroom, letters: Sequence[Letter]) -> Sending:
    """Send letters, with pauses; in a dry run, write them into its folder."""
    sending = Sending()
    for number, letter in enumerate(room.progress(letters)):
        try:
            if room.dry_run:
                _write_out(room, letter)
            else:
                if number:
                    room.pause(room.config.mail.pause_seconds)
                _send_one(room, letter)
            sending.sent.append(letter)
        except Problem as problem:
            sending.failed.append((letter, problem))
    return sending


def in_doubt(ledger: Ledger) -> tuple[MailRow, ...]:
    """The mails of which nobody knows whether they went out."""
    return ledger.mails(MailState.UNKNOWN)


def _settle(room: Mailroom) -> None:
    """Find out what became of the mails of a run that was cut off."""
    ledger, post, now = room.ledger, room.post, room.now
    for row in ledger.mails(MailState.PLANNED, MailState.DRAFTED):
        post.discard(row.message_id, row.handle)
        ledger.set_mail_state(row.id, MailState.FAILED, now, "cut off before sending")
    for row in ledger.mails(MailState.SENDING, MailState.UNKNOWN):
        match post.was_sent(row.message_id, row.handle):
            case True:
                ledger.set_mail_state(row.id, MailState.SENT, now)
            case False:
                post.discard(row.message_id, row.handle)
                ledger.set_mail_state(
                    row.id, MailState.FAILED, now, "cut off while sending; not found as sent"
                )
            case None if row.state is not MailState.UNKNOWN:
                ledger.set_mail_state(row.id, MailState.UNKNOWN, now, "cut off while sending")
            case None:
                pass


def _send_one(room: Mailroom, letter: Letter) -> None:
    ledger, post, now = room.ledger, room.post, room.now
    row = _completed(room, letter.row)
    mail = redirected(letter.write(row), room.config)
    ledger.forget_failed(row)
    ledger.plan_mail(row, (mail.text, mail.html) if row.items else None)
    try:
        handle = post.prepare(mail)
        if handle:
            ledger.drafted(row.id, handle, now)
        ledger.set_mail_state(row.id, MailState.SENDING, now)
        post.send(mail, handle)
    except NotSent as problem:
        ledger.set_mail_state(row.id, MailState.FAILED, now, problem.text.en)
        raise
    except SendUnknown as problem:
        ledger.set_mail_state(row.id, MailState.UNKNOWN, now, problem.text.en)
        raise
    ledger.set_mail_state(row.id, MailState.SENT, now)


def _completed(room: Mailroom, row: MailRow) -> MailRow:
    """The row with its token and all that follows from it."""
    token = new_token(room.secrets.random(10), row.recipient, room.secrets.secret)
    mail_id = mail_id_of(token)
    return dataclasses.replace(
        row,
        id=mail_id,
        token=token,
        message_id=message_id_for(mail_id, sender_of(room.config)),
        redirected=room.redirected,
        sent_to=room.redirected or row.sent_to,
    )


def redirected(mail: OutgoingMail, config: Config) -> OutgoingMail:
    """The mail as it is, or to the test address where everything goes there; the subject then says for whom it was."""
    test = config.mail.redirect_all_to.strip()
    if not test:
        return mail
    meant_for = ", ".join(address.mail.strip() for address in mail.to)
    return dataclasses.replace(
        mail, to=(Address("", test),), subject=one_line(f"[{meant_for}] {mail.subject}", 200)
    )


def _write_out(room: Mailroom, letter: Letter) -> None:
    """Write a mail into the folder of a dry run: as a mail program opens it, and its HTML for a browser.

    Raises:
        InputProblem: The letter can't be written.
        OutsideProblem: The folder can't.
    """
    row = _completed(room, letter.row)
    mail = redirected(letter.write(row), room.config)
    content = mime(mail)
    if room.out is None:
        return
    name = f"{letter.row.kind.key} {row.session} {row.recipient} {row.id[:4]}"
    file = room.out / re.sub(r"[^A-Za-z0-9@.+_ -]", "-", name)[:120]
    try:
        room.out.mkdir(parents=True, exist_ok=True)
        file.with_name(f"{file.name}.eml").write_bytes(content)
        file.with_name(f"{file.name}.html").write_text(mail.html, encoding="utf-8")
    except OSError as error:
        raise OutsideProblem(
            Text(
                f"De map {room.out} kan niet worden beschreven ({error.strerror}). Noem met --out een andere map.",
                f"The folder {room.out} can't be written ({error.strerror}). Name another folder with --out.",
            )
        ) from None
