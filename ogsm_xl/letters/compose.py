"""What an invitation or a reminder says: a due mail becomes an `OutgoingMail`, in HTML and in plain text alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, checked_address, one_line
from ogsm_xl.letters.texts import Texts, check_names
from ogsm_xl.letters.token import mail_id_of, new_token, sentinel
from ogsm_xl.letters.view import LONGEST_NAME, GroupView, Speaker, name_to_greet
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Indicator, Item, Objective, Person, Plan, Session, Strategy, kind_of
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import ItemKind, Language, SessionKind, Status, Text, TrafficLight
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind

_LINK_SCHEMES = {"http", "https", "file"}


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """What is the same in every letter.

    Attributes:
        sender: Who the mail comes from; answers go there.
        workbook_path: Where the workbook is, as people copy it: a path or an address.
        workbook_url: A link that opens it (`https:` for a SharePoint library, `file:` for a share), or "".
        organisation: On whose behalf the mail is sent, or "".
        overrides: An organisation's own texts by the name of the text that they replace (`texts.known_texts`).
    """

    sender: Address
    workbook_path: str
    workbook_url: str = ""
    organisation: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict, hash=False)


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
    calendar: bytes | None = None,
) -> OutgoingMail:
    """The mail for one person about one session.

    Args:
        due: Who gets what, and why.
        plan: The plan that the items are from.
        settings: What is the same in every letter.
        token: Ties the answer to this mail; it stands on the first line.
        message_id: The mail's id, at most 60 characters.
        now: When it is written, with its time zone; deadlines are judged by its day.
        form: The workbook to fill in, or None.
        findings: What the validator found; only those on this person's items are shown.
        language: The language of the reader.
        calendar: The session for the reader's calendar, from `letters.calendar`, or None.

    Raises:
        InputProblem: An address or a text of the organisation is broken, or the link is none.
    """
    recipient = Address(due.person.name, due.person.mail)
    checked_address(recipient)
    url = _checked_url(settings.workbook_url)
    speaker = Speaker(plan, language, now.replace(tzinfo=None), token, checked_address(settings.sender), url)
    values = _values(due, settings, speaker, form)
    passages = _Passages(Texts(settings.overrides), language, values)
    values |= {
        "subject": one_line(passages.text(f"{due.kind.key}_subject"), 200),
        "intro": passages.paragraphs(f"{due.kind.key}_intro"),
        "ways": [passages.paragraphs(f"way_{way}") for way in ("reply", "form", "workbook")],
        "closing": passages.paragraphs("closing"),
        "groups": _groups(due.items, findings, speaker, passages),
    }
    return OutgoingMail(
        message_id=message_id,
        date=now,
        sender=settings.sender,
        to=(recipient,),
        subject=values["subject"],
        text=passages.texts.render("letter.txt.j2", values) + "\n",
        html=passages.texts.render("letter.html.j2", values) + "\n",
        attachments=(form,) if form else (),
        calendar=calendar,
        reply_to=settings.sender,
        headers={"X-OGSM-XL": mail_id_of(token)},
    )


def check_texts(overrides: Mapping[str, str]) -> None:
    """Try an organisation's own texts on every kind of session, mail and language, before anything is sent.

    Raises:
        InputProblem: A text is broken, names something that does not exist, or would never be used: which file, which
            line, what to do.
    """
    check_names(overrides)
    settings = LetterSettings(
        Address("OGSM", "ogsm@example.org"),
        "plan.xlsx",
        "https://example.org/plan.xlsx",
        "Example",
        overrides,
    )
    form = Attachment("form.xlsx", "application/octet-stream", b"")
    now = datetime(2026, 6, 4, 9, tzinfo=UTC)
    token = new_token(bytes(8), _SAMPLE_PERSON.mail, bytes(16))
    for session_kind, mail_kind, first, full, language in product(
        SessionKind, MailKind, (False, True), (False, True), Language
    ):
        session = _sample_session(session_kind, full=full)
        items = _SAMPLE_ITEMS if full else _SAMPLE_ITEMS[-1:]
        due = Due(mail_kind, session, _SAMPLE_PERSON, items, 7, first and mail_kind is MailKind.REMINDER)
        compose(
            due,
            Plan(),
            settings,
            token=token,
            message_id="<sample@example.org>",
            now=now,
            form=form if full else None,
            findings=_SAMPLE_FINDINGS if full else (),
            language=language,
        )


@dataclass(frozen=True, slots=True)
class _Passages:
    """The passages of one letter: plain text, a blank line between paragraphs."""

    texts: Texts
    language: Language
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        return self.texts.render(f"{self.language.value}/{name}.j2", self.values)

    def paragraphs(self, name: str) -> list[list[str]]:
        """The paragraphs of a passage, each a list of lines."""
        blocks = re.split(r"\n[ \t]*\n\s*", self.text(name))
        return [[line.strip() for line in block.splitlines()] for block in blocks if block.strip()]

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]


def _values(due: Due, settings: LetterSettings, speaker: Speaker, form: Attachment | None) -> dict[str, Any]:
    """Everything that a template can name, besides the passages themselves."""
    return {
        "language": speaker.language.value,
        "kind": due.kind.key,
        "kind_word": due.kind.word(speaker.language),
        "first_notice": due.first_notice,
        "name": name_to_greet(due.person),
        "session": speaker.session(due.session),
        "count": len(due.items),
        "counted_items": speaker.counted_items(due.items),
        "ids": [one_line(item.id, 20) for item in due.items],
        "examples": speaker.examples(due.items),
        "legend": speaker.legend(),
        "words": speaker.words(),
        "form_name": one_line(form.name, LONGEST_NAME) if form else "",
        "workbook_path": one_line(settings.workbook_path, 400),
        "workbook_url": speaker.workbook_url,
        "organisation": one_line(settings.organisation, LONGEST_NAME),
        "sender_name": one_line(settings.sender.name, LONGEST_NAME),
        "token": speaker.token,
        "sentinel": sentinel(speaker.token),
    }


def _groups(
    items: Sequence[Item], findings: Sequence[Finding], speaker: Speaker, passages: _Passages
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


def _checked_url(url: str) -> str:
    """The link as it is given; InputProblem if it would do anything else than open a file or page."""
    plain = url.strip()
    if not plain or (urlsplit(plain).scheme in _LINK_SCHEMES and plain == one_line(plain, 2000)):
        return plain
    raise InputProblem(
        Text(
            "De link naar het werkboek klopt niet: '{url}'. Geef een adres dat begint met https: of file:, of geen.",
            "The link to the workbook is not valid: '{url}'. Give an address that begins with https: or file:, or none.",
        ).filled(url=one_line(plain, 120))
    )


def _sample_session(kind: SessionKind, *, full: bool) -> Session:
    if full:
        return Session("SES1", kind, date(2026, 6, 11), time(10), 60, "Room 2")
    return Session("SES1", kind, date(2026, 6, 11))


_SAMPLE_PERSON = Person("Anna", "anna@example.org")
_SAMPLE_ITEMS: tuple[Item, ...] = (
    Objective("O1", "Objective", light=TrafficLight.GREEN),
    Strategy("S1", "Strategy", light=TrafficLight.RED),
    Indicator("I1", "Indicator", unit="%", target=20, actual=33, measured_on=date(2026, 5, 30)),
    Action("A1", "Action", status=Status.IN_PROGRESS, progress=60, deadline=date(2026, 6, 1)),
    Action("A2", "Action"),
)
_SAMPLE_FINDINGS = tuple(
    Finding("OX000", Severity.WARNING, Text("a", "a"), Text("b", "b"), item="A1") for _ in range(5)
)
