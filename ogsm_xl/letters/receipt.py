"""The receipt: what somebody hears who answered. How each item stands in the plan now, and what was not understood.

It can be answered like the mail before it: it has a reference of its own on the first line. It marks itself as an
automatic answer (RFC 3834), so that no other program answers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ogsm_xl.letters.mail import Address, OutgoingMail, checked_address, one_line
from ogsm_xl.letters.passages import LetterSettings, Passages, checked_url
from ogsm_xl.letters.texts import Texts
from ogsm_xl.letters.token import mail_id_of, sentinel
from ogsm_xl.letters.view import LONGEST_NAME, Fact, ItemView, SessionView, Speaker, name_to_greet
from ogsm_xl.letters.wording import number, shortened
from ogsm_xl.plan.model import Action, Indicator, Item, Person, Plan, Session
from ogsm_xl.plan.words import Language, Text, TrafficLight

_LONGEST_SAID = 600
_MOST_PROBLEMS = 12
_MOST_EXAMPLES = 12
_AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt is about.

    Attributes:
        person: Who answered.
        session: The session whose mail was answered, or None when the plan does not have it any more.
        token: The receipt's own, so that it can be answered.
        message_id: The receipt's own.
        answers: The Message-ID of the reply, or "".
        items: The items that something was recorded on, as they stand in the plan now.
        notes: Item ID to what there is to say about it besides.
        problems: What was not understood, or not recorded, and what to write instead.
        to_answer: The items that were asked about and that nothing was recorded on.
    """

    person: Person
    session: Session | None
    token: str
    message_id: str
    answers: str
    items: tuple[Item, ...]
    notes: Mapping[str, Sequence[Text]]
    problems: tuple[Text, ...]
    to_answer: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """An item as it stands now, with the texts of its row and what there is to say about it besides."""

    item: ItemView
    said: tuple[Fact, ...]
    notes: tuple[str, ...]


def compose_receipt(
    receipt: Receipt, plan: Plan, settings: LetterSettings, *, now: datetime, language: Language
) -> OutgoingMail:
    """The receipt as a mail.

    Args:
        receipt: What it is about.
        plan: The plan that the items are from.
        settings: What is the same in every letter.
        now: When it is written, with its time zone.
        language: The language of the reader.

    Raises:
        InputProblem: The address or a text of the organisation is broken.
    """
    recipient = Address(receipt.person.name, receipt.person.mail)
    checked_address(recipient)
    url = checked_url(settings.workbook_url)
    sender = checked_address(settings.sender)
    speaker = Speaker(plan, language, now.replace(tzinfo=None), receipt.token, sender, url)
    values = _values(receipt, settings, speaker)
    passages = Passages(Texts(settings.overrides), language, values)
    values |= {
        "subject": one_line(passages.text("receipt_subject"), 200),
        "intro": passages.paragraphs("receipt_intro"),
        "closing": passages.paragraphs("receipt_closing"),
    }
    return OutgoingMail(
        message_id=receipt.message_id,
        date=now,
        sender=settings.sender,
        to=(recipient,),
        subject=values["subject"],
        text=passages.texts.render("receipt.txt.j2", values) + "\n",
        html=passages.texts.render("receipt.html.j2", values) + "\n",
        reply_to=settings.sender,
        headers={"X-OGSM-XL": mail_id_of(receipt.token), **_AUTOMATIC},
        in_reply_to=receipt.answers,
    )


def _values(receipt: Receipt, settings: LetterSettings, speaker: Speaker) -> dict[str, Any]:
    """Everything that a template can name, besides the passages themselves."""
    language = speaker.language
    problems = [shortened(text.in_(language), 400) for text in receipt.problems[:_MOST_PROBLEMS]]
    open_items = [speaker.item(item, ()) for item in receipt.to_answer] if problems else []
    return {
        "language": language.value,
        "kind_word": _WORDS["receipt"].in_(language),
        "name": name_to_greet(receipt.person),
        "session": speaker.session(receipt.session) if receipt.session else _no_session(language),
        "has_session": receipt.session is not None,
        "count": len(receipt.items),
        "counted_items": speaker.counted_items(receipt.items) if receipt.items else "",
        "items": [_item(item, receipt.notes, speaker) for item in receipt.items],
        "problems": problems,
        "more_problems": len(receipt.problems) - len(problems),
        "examples": open_items[:_MOST_EXAMPLES],
        "example": _example((*receipt.to_answer, *receipt.items), speaker),
        "words": {**speaker.words(), **{name: text.in_(language) for name, text in _WORDS.items()}},
        "organisation": one_line(settings.organisation, LONGEST_NAME),
        "sender_name": one_line(settings.sender.name, LONGEST_NAME),
        "token": speaker.token,
        "sentinel": sentinel(speaker.token),
    }


def _item(item: Item, notes: Mapping[str, Sequence[Text]], speaker: Speaker) -> ReceiptItem:
    said = tuple(
        Fact(label.in_(speaker.language), shortened(text, _LONGEST_SAID))
        for name, label in _SAID.items()
        if (text := getattr(item, name, ""))
    )
    return ReceiptItem(
        speaker.item(item, ()),
        said,
        tuple(shortened(note.in_(speaker.language), 300) for note in notes.get(item.id, ())),
    )


def _example(items: Sequence[Item], speaker: Speaker) -> str:
    """A short answer on one of these items; "" where there is none."""
    if not items:
        return ""
    item = items[0]
    head, orange = one_line(item.id, 20), TrafficLight.ORANGE.word(speaker.language).lower()
    if isinstance(item, Action):
        return f"{head} {orange} 60%"
    if isinstance(item, Indicator):
        return f"{head} {number(23.5 if item.actual is None else item.actual, speaker.language)} {orange}"
    return f"{head} {orange}"


def _no_session(language: Language) -> SessionView:
    """In the place of a session that is not in the plan any more."""
    return SessionView("", Text("Voortgang", "Progress").in_(language), "", "", "", "", "")


_SAID: Mapping[str, Text] = MappingProxyType(
    {
        "update": Text("Gedaan", "Done"),
        "note": Text("Toelichting", "Note"),
        "next": Text("Komende periode", "Next period"),
        "needed": Text("Nodig", "Needed"),
        "proposal": Text("Voorstel", "Proposal"),
    }
)
_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "receipt": Text("Ontvangstbevestiging", "Receipt"),
        "now": Text("Zo staat het nu in het plan", "How it stands in the plan now"),
        "not_recorded": Text("Dit is niet verwerkt", "This was not recorded"),
        "more": Text("en nog {count} van zulke opmerkingen", "and {count} more remarks like these"),
        "write": Text("Zo kun je het schrijven", "How you can write it"),
        "write_more": Text(
            "Kopieer de regels, vul ze aan en zet ze bovenaan in je antwoord op deze mail:",
            "Copy the lines, complete them, and put them on top of your answer to this mail:",
        ),
    }
)
