"""The letters to owners: invitations, reminders, and the news that a session was moved or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ogsm_xl.excel.form import build_form, form_file_name
from ogsm_xl.ledger import MailRow
from ogsm_xl.letters.calendar import calendar_file, calendar_uid
from ogsm_xl.letters.compose import compose
from ogsm_xl.letters.mail import Attachment, OutgoingMail
from ogsm_xl.letters.note import Envelope, compose_notice
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Person, Plan, Session, normalised_id
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind, Sent, announced, sequence_of
from ogsm_xl.rhythm.notices import Notice
from ogsm_xl.usecases.in_charge import ledger_id
from ogsm_xl.usecases.mailing import Letter, Mailroom, new_row

_FORM_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class OwnerLetters:
    """Makes letters to owners.

    Attributes:
        room: The mailroom.
        plan: The plan.
        settings: What is the same in every letter.
        sent: What was sent before, for the numbers of the calendar entries.
        findings: What the validator found, by the ID (normalised) of the item that it is about.
    """

    room: Mailroom
    plan: Plan
    settings: LetterSettings
    sent: Sequence[Sent]
    findings: Mapping[str, Sequence[Finding]]

    def about_items(self, due: Due) -> Letter:
        """An invitation or a reminder."""
        row = new_row(
            due.kind,
            due.session,
            due.person,
            due.addressee,
            self.room.now,
            items=due.items,
            lead_days=due.lead_days,
            occasion=due.session.date.isoformat() if due.kind is MailKind.REMINDER else "",
            announced=announced(due.session),
            sequence=sequence_of(due.session, self.sent),
        )
        return Letter(row, due.addressee, lambda completed: self._write_due(due, completed))

    def about_change(self, notice: Notice) -> Letter:
        """The news that a session was moved, cancelled, or takes place after all."""
        sequence = sequence_of(notice.session, self.sent)
        row = new_row(
            notice.kind,
            notice.session,
            notice.person,
            notice.addressee,
            self.room.now,
            occasion=str(sequence),
            announced=announced(notice.session),
            sequence=sequence,
        )
        return Letter(row, notice.addressee, lambda completed: self._write_notice(notice, completed))

    def _write_due(self, due: Due, row: MailRow) -> OutgoingMail:
        language = language_of(due.addressee, self.plan)
        form = build_form(
            due.items,
            self.plan,
            due.person,
            due.session,
            token=row.token,
            language=language,
            now=self.room.now,
        )
        introduces = due.kind is MailKind.INVITATION or due.first_notice
        return compose(
            due,
            self.plan,
            self.settings,
            token=row.token,
            message_id=row.message_id,
            now=self.room.written_at,
            form=Attachment(form_file_name(due.person, due.session, language), _FORM_TYPE, form),
            findings=[
                finding for item in due.items for finding in self.findings.get(normalised_id(item.id), ())
            ],
            language=language,
            calendar=self._calendar(due.session, row, language) if introduces else None,
        )

    def _write_notice(self, notice: Notice, row: MailRow) -> OutgoingMail:
        envelope = envelope_for(self.room, self.plan, self.settings, notice.addressee, row)
        return compose_notice(notice, envelope, self._calendar(notice.session, row, envelope.language))

    def _calendar(self, session: Session, row: MailRow, language: Language) -> Attachment | None:
        if not self.room.config.mail.calendar:
            return None
        return calendar_file(
            session,
            # The ledger's ID, not the workbook's name: next year's plan has a session of the same ID.
            uid=calendar_uid(ledger_id(self.room.ledger), session, self.settings.sender),
            sequence=row.sequence,
            organiser=self.settings.sender,
            now=self.room.written_at,
            zone=self.room.config.zone,
            language=language,
            organisation=self.settings.organisation,
        )


def envelope_for(
    room: Mailroom, plan: Plan, settings: LetterSettings, addressee: Person, row: MailRow
) -> Envelope:
    """What a short mail needs besides what it says."""
    return Envelope(
        addressee, plan, settings, row.message_id, row.id, room.written_at, language_of(addressee, plan)
    )


def language_of(person: Person, plan: Plan) -> Language:
    """The language that a person reads: their own, else the plan's."""
    return person.language or plan.language
