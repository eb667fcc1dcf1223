"""The people of the demo: they read the mail that was sent to them, and answer it in their own way.

What they do is done with other tools than those of the jobs, as real people would: the standard library's mail, and
openpyxl for filling in the form.
"""

from __future__ import annotations

import io
import mailbox
import re
import warnings
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.example import EXAMPLE_SESSION, Answer, Said
from ogsm_xl.excel.editor import Edit, SetCell
from ogsm_xl.excel.forms.form_questions import ANSWER, KEY, KEY_COLUMN
from ogsm_xl.excel.layout import ACTIONS
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.templates.template_parts import value_to_write
from ogsm_xl.ledger import Ledger, MailRow
from ogsm_xl.plan.model import normalised_name
from ogsm_xl.plan.words import Language, ReportSource, Status, Text
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.usecases.outcome import joined

_WAYS = {
    ReportSource.FORM: Text("{name} stuurt het formulier terug.", "{name} sends the form back."),
    ReportSource.MAIL: Text("{name} antwoordt boven de mail.", "{name} answers above the mail."),
    ReportSource.ROW: Text(
        "{name} werkt de eigen regel in het plan bij.", "{name} edits the row in the plan."
    ),
    ReportSource.HAND: Text("", ""),
}


class DemoPeople:
    """Everybody whom the demo plays."""

    def __init__(self, config: Config, ledger: Ledger, post: FolderMail) -> None:
        """The people can see their mail and the plan; the ledger only serves to find which mail is whose."""
        self.config = config
        self.ledger = ledger
        self.post = post
        self.language = config.language

    def answer(self, answers: Sequence[Answer], now: datetime) -> Text:
        """Each of these people answers, once; returns who did what."""
        done = [answer for answer in answers if self._answer(answer, now)]
        if not done:
            return Text("Iedereen heeft al geantwoord.", "Everybody has answered already.")
        return joined(*(_WAYS[answer.way].filled(name=answer.person) for answer in done))

    def _answer(self, answer: Answer, now: datetime) -> bool:
        """Whether this is the first time."""
        match answer.way:
            case ReportSource.FORM:
                return self._deliver(self._with_form(answer, now))
            case ReportSource.ROW:
                return self._edit_rows(answer.said, now)
            case _:
                return self._deliver(self._with_lines(answer, now))

    def out_of_office(self, now: datetime) -> None:
        """Somebody with a day off has a machine answer."""
        mail, row = self._latest_mail("Özlem Yıldız")
        text = Text("Ik ben er maandag weer.", "I am back on Monday.").in_(self.language)
        reply = _reply(mail, row, text, now)
        del reply["Subject"]
        reply["Subject"] = (
            Text("Automatisch antwoord: ", "Automatic reply: ").in_(self.language) + mail["Subject"]
        )
        reply["Auto-Submitted"] = "auto-replied"
        self._deliver(reply)

    def stranger(self, now: datetime) -> None:
        """Somebody who was never invited writes as if an action were theirs."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = "Wim Bakker <wim@elders.example>"
        mail["To"] = self.config.mail.sender_address
        mail["Subject"] = "A15"
        mail["Date"] = format_datetime(now.replace(tzinfo=self.config.zone))
        mail["Message-ID"] = "<a15-1@elders.example>"
        mail.set_content(Text("A15 groen 100%\n", "A15 green 100%\n").in_(self.language))
        self._deliver(mail)

    def _with_lines(self, answer: Answer, now: datetime) -> EmailMessage:
        mail, row = self._latest_mail(answer.person)
        return _reply(mail, row, "\n\n".join(_lines(said, self.language) for said in answer.said), now)

    def _with_form(self, answer: Answer, now: datetime) -> EmailMessage:
        mail, row = self._latest_mail(answer.person)
        reply = _reply(mail, row, Text("Zie bijlage.", "See attached.").in_(self.language), now)
        attachment = next(iter(mail.iter_attachments()))
        content = attachment.get_payload(decode=True)
        assert isinstance(content, bytes)  # noqa: S101 - the attachment of a mail of ours is base64
        reply.add_attachment(
            _filled_in(content, answer.said, self.language),
            maintype="application",
            subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            filename=attachment.get_filename(),
        )
        return reply

    def _edit_rows(self, said: Sequence[Said], now: datetime) -> bool:
        """Somebody opens the plan, changes cells of a row, and saves; whether there was something to change."""

        def decide(copy: Path) -> list[Edit]:
            plan = read_plan(copy).plan
            edits: list[Edit] = []
            for told in said:
                item = plan.item(told.item)
                for field, value in _row_fields(told, self.language).items():
                    if item is not None and item.row is not None and getattr(item, field) != value:
                        kind = ACTIONS.column(field).kind
                        edits.append(
                            SetCell(item.row.cell(field), value_to_write(value, kind, plan.language))
                        )
            return edits

        return write_plan(self.config.workbook, decide, now=now).changed

    def _latest_mail(self, person: str) -> tuple[EmailMessage, MailRow]:
        rows = [
            row
            for row in self.ledger.mails(session=EXAMPLE_SESSION)
            if normalised_name(row.person) == normalised_name(person)
        ]
        row = rows[-1]
        file = self.post.sent_file(row.message_id)
        assert file is not None  # noqa: S101 - the ledger says that it was sent
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)  # noqa: S101 - what this policy makes
        return mail, row

    def _deliver(self, mail: EmailMessage) -> bool:
        """Put a mail in the inbox, unless it was delivered when the demo was played before; whether it was put."""
        wanted = str(mail["Message-ID"]).encode()
        delivered = (file.read_bytes() for file in self.post.inbox.rglob("*") if file.is_file())
        if any(wanted in raw for raw in delivered):
            return False
        mailbox.Maildir(self.post.inbox, create=True).add(mail.as_bytes())
        return True


def _reply(mail: EmailMessage, row: MailRow, top: str, now: datetime) -> EmailMessage:
    """An answer as a plain mail program writes it: the text, an attribution line, the quoted mail."""
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"] = mail["To"]
    reply["To"] = mail["Reply-To"] or mail["From"]
    reply["Subject"] = f"Re: {mail['Subject']}"
    reply["Date"] = format_datetime(now.astimezone())
    reply["Message-ID"] = f"<answer-{re.sub('[^a-z]', '', row.recipient)}-{now:%d%H%M}@delinde.example>"
    reply["In-Reply-To"] = mail["Message-ID"]
    reply["References"] = mail["Message-ID"]
    body = mail.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines()) if body else ""
    reply.set_content(f"{top}\n\nOn Thu, 3 Sep 2026 at 08:00, {mail['From']} wrote:\n{quoted}\n")
    return reply


def _lines(said: Said, language: Language) -> str:
    words = [said.item]
    if said.status is Status.DONE:
        words.append(said.status.word(language).lower())
    if said.light:
        words.append(said.light.word(language).lower())
    if said.progress is not None:
        words.append(f"{said.progress}%")
    labels = {
        "Status": said.status.word(language) if said.status and said.status is not Status.DONE else "",
        Text("Gedaan", "Done").in_(language): said.done.in_(language),
        Text("Komende periode", "Next").in_(language): said.next.in_(language),
        Text("Nodig", "Needed").in_(language): said.needed.in_(language),
    }
    return "\n".join([" ".join(words), *(f"{label}: {text}" for label, text in labels.items() if text)])


def _row_fields(said: Said, language: Language) -> dict[str, object]:
    fields = {
        "status": said.status,
        "progress": said.progress,
        "light": said.light,
        "update": said.done.in_(language),
        "next": said.next.in_(language),
        "needed": said.needed.in_(language),
    }
    return {field: value for field, value in fields.items() if value not in {None, ""}}


def _filled_in(form: bytes, said: Sequence[Said], language: Language) -> bytes:
    """The form with this person's answers typed in, saved as a spreadsheet program would save it."""
    import openpyxl  # noqa: PLC0415 - slow to import, and needed here only

    with warnings.catch_warnings(action="ignore"):  # of the extensions that openpyxl drops
        workbook = openpyxl.load_workbook(io.BytesIO(form))
    sheet = workbook.worksheets[0]
    answers = {
        f"{KEY}{told.item}:{name}": value for told in said for name, value in _form_fields(told, language)
    }
    for row in sheet.iter_rows():
        answer = answers.get(str(row[KEY_COLUMN].value))
        if answer is not None:
            row[ANSWER].value = answer
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _form_fields(said: Said, language: Language) -> list[tuple[str, str | float]]:
    fields: list[tuple[str, str | float | None]] = [
        ("light", said.light.word(language) if said.light else None),
        ("status", said.status.word(language) if said.status else None),
        ("progress", said.progress / 100 if said.progress is not None else None),
        ("done", said.done.in_(language)),
        ("next", said.next.in_(language)),
        ("needed", said.needed.in_(language)),
    ]
    return [(name, value) for name, value in fields if value is not None and value != ""]
