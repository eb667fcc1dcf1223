"""What an invitation or a reminder says: a due mail becomes an `OutgoingMail`, in HTML and in plain text alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ogsm_xl.letters.attention import attention_for
from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, checked_address, one_line
from ogsm_xl.letters.passages import LetterSettings, Passages, checked_url
from ogsm_xl.letters.texts import Texts
from ogsm_xl.letters.token import mail_id_of, sentinel
from ogsm_xl.letters.view import LONGEST_NAME, GroupView, Speaker, name_to_greet
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Item, Plan, kind_of
from ogsm_xl.plan.words import ItemKind, Language
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind


def compose(
    due: Due,
    plan: Plan,
    settings: LetterSettings,
    *,
    token: str,
    message_id: str,
    now: datetime,
    form: Attachment | None,
    findings: Sequence[Finding] = (),
    language: Language,
    calendar: Attachment | None = None,
) -> OutgoingMail:
    """The mail for one person about one session.

    Args:
        due: Who gets what, and why; a deputy gets it in the person's place.
        plan: The plan that the items are from.
        settings: What is the same in every letter.
        token: Ties the answer to this mail; it stands on the first line.
        message_id: The mail's id, at most 60 characters.
        now: When it is written, with its time zone; deadlines are judged by its day.
        form: The workbook to fill in, or None.
        findings: What the validator found; what a mail tells of it is decided in `attention`.
        language: The language of the reader.
        calendar: The session for the reader's calendar, from `calendar.calendar_file`, or None.

    Raises:
        InputProblem: An address or a text of the organisation is broken, or the link is none.
    """
    recipient = Address(due.addressee.name, due.addressee.mail)
    checked_address(recipient)
    url = checked_url(settings.workbook_url)
    speaker = Speaker(plan, language, now.replace(tzinfo=None), token, checked_address(settings.sender), url)
    values = _values(due, settings, speaker, form, calendar)
    passages = Passages(Texts(settings.overrides), language, values)
    is_invitation = due.kind is MailKind.INVITATION
    attention = attention_for(due.person, due.items, findings, other_rows=is_invitation)
    values |= {
        "subject": one_line(passages.text(f"{due.kind.key}_subject"), 200),
        "intro": passages.paragraphs(f"{due.kind.key}_intro"),
        "ways": [passages.paragraphs(f"way_{way}") for way in ("reply", "form", "workbook")],
        "closing": passages.paragraphs("closing"),
        "groups": _groups(due.items, attention.on_items, speaker, passages),
        "attention": speaker.attention(attention),
    }
    return OutgoingMail(
        message_id=message_id,
        date=now,
        sender=settings.sender,
        to=(recipient,),
        subject=values["subject"],
        text=passages.texts.render("letter.txt.j2", values) + "\n",
        html=passages.texts.render("letter.html.j2", values) + "\n",
        attachments=tuple(file for file in (form, calendar) if file),
        reply_to=settings.sender,
        headers={"X-OGSM-XL": mail_id_of(token)},
    )


def _values(
    due: Due,
    settings: LetterSettings,
    speaker: Speaker,
    form: Attachment | None,
    calendar: Attachment | None,
) -> dict[str, Any]:
    """Everything that a template can name, besides the passages themselves."""
    return {
        "language": speaker.language.value,
        "kind": due.kind.key,
        "kind_word": due.kind.word(speaker.language),
        "first_notice": due.first_notice,
        "name": name_to_greet(due.addressee),
        "for_name": one_line(due.person.name, LONGEST_NAME) if due.deputy else "",
        "session": speaker.session(due.session),
        "count": len(due.items),
        "counted_items": speaker.counted_items(due.items),
        "ids": [one_line(item.id, 20) for item in due.items],
        "examples": speaker.examples(due.items),
        "legend": speaker.legend(),
        "words": speaker.words(),
        "form_name": one_line(form.name, LONGEST_NAME) if form else "",
        "calendar_name": one_line(calendar.name, LONGEST_NAME) if calendar else "",
        "workbook_path": one_line(settings.workbook_path, 400),
        "workbook_url": speaker.workbook_url,
        "organisation": one_line(settings.organisation, LONGEST_NAME),
        "sender_name": one_line(settings.sender.name, LONGEST_NAME),
        "token": speaker.token,
        "sentinel": sentinel(speaker.token),
    }


def _groups(
    items: Sequence[Item], findings: Sequence[Finding], speaker: Speaker, passages: Passages
) -> list[GroupView]:
    """The items by kind, in the plan's order, each kind with its questions."""
    return [
        speaker.group(
            kind,
            [speaker.item(item, findings) for item in items if kind_of(item) is kind],
            passages.lines(f"questions_{kind.key}"),
        )
        for kind in ItemKind
        if any(kind_of(item) is kind for item in items)
    ]
