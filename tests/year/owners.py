"""The owners: what they answer to a mail, in which way and when, by their character. All of it follows from the seed."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime

from tests.support.forms import filled_in
from tests.support.mailboxes import OWN_ADDRESS
from tests.year.account import DONE, Said
from tests.year.excel_user import ZONE, Value
from tests.year.office import OurMail
from tests.year.organisation import Organisation, Somebody

LIGHTS = ("Groen", "Oranje", "Rood")
_ENGLISH = {"Groen": "green", "Oranje": "orange", "Rood": "red", DONE: "done"}
_SHEETS = {"action": "Acties", "indicator": "Indicatoren", "strategy": "Strategieën"}
_SMALL_TALK = ("Prima hoor, komt goed!", "Ik kom er later op terug.", "Kunnen we dit ook bellen?")


@dataclass(frozen=True)
class Letter:
    """A mail that somebody writes to the process: what counts in it, and whether a person has to say so first."""

    raw: bytes
    message_id: str
    sender: str
    said: tuple[Said, ...] = ()
    by_hand: bool = False
    by_a_program: bool = False
    wrote: frozenset[str] = frozenset()  # items of others that they name


@dataclass(frozen=True)
class RowEdit:
    """A row that somebody edits in the plan."""

    said: Said
    sheet: str
    values: Mapping[str, Value]


@dataclass(frozen=True, order=True)
class Deed:
    """What somebody does at a moment; `number` keeps the order of those of one minute. It is made when it is done."""

    at: dt.datetime
    number: int
    make: Callable[[], Sequence[Letter | RowEdit]] = field(compare=False)


class Owners:
    """Everybody who gets mail."""

    def __init__(self, organisation: Organisation, seed: int) -> None:
        """Get to know them."""
        self._chance = random.Random(f"owners {seed}")
        self._by_address = {each.mail: each for each in organisation.people}
        self._organisation = organisation
        self._progress = {each.id: each.progress for each in organisation.things}
        self._numbers = itertools.count(1)
        self._lights = {each.id: ["Groen"] * (each.status == "in_progress") for each in organisation.things}
        self._values: dict[str, list[int]] = {}
        self._will_answer: set[tuple[str, tuple[str, dt.date | None]]] = set()
        self._others: dict[str, OurMail] = {}
        self._unasked = itertools.cycle(
            ("somebody else's", "a wrong ID", "small talk", "somebody else's item")
        )

    def get(self, mail: OurMail) -> list[Deed]:
        """What somebody will do because of a mail that they got."""
        person = self._by_address.get(mail.to)
        if person is None or mail.kind not in {"invitation", "reminder"}:
            return self._thanks(mail, person)
        deeds = []
        if person.character == "bounces":
            return [self._deed(mail, 0, 8, lambda at: [self._bounce(mail, person, at)])]
        if person.character == "out of office":
            deeds.append(self._deed(mail, 0, 8, lambda at: [self._absence_note(mail, person, at)]))
        key = (person.mail + ",".join(sorted(mail.items)), mail.session)
        if person.character == "never" or key in self._will_answer or not self._answers(person, mail):
            return deeds
        self._will_answer.add(key)
        return deeds + self._answers_of(person, mail)

    def _answers(self, person: Somebody, mail: OurMail) -> bool:
        """Whether they answer this one: some wait for the reminder, some who forgot half let it go."""
        if mail.kind == "invitation":
            return person.character not in {"at the reminder", "out of office"}
        return person.character in {"at the reminder", "out of office"} or self._chance.random() < 0.5

    def _answers_of(self, person: Somebody, mail: OurMail) -> list[Deed]:
        items = sorted(mail.items)
        if mail.kind == "invitation" and len(items) > 1 and self._chance.random() < 0.15:
            items = items[: len(items) // 2]
        days = self._chance.randint(0, 5 if mail.kind == "invitation" else 2)
        on = [days]
        if person.character == "late":
            on = [
                ((mail.session[1] or mail.written.date()) - mail.written.date()).days
                + self._chance.randint(1, 3)
            ]
        elif person.character == "twice":
            on.append(days + self._chance.randint(1, 2))
        elif person.character == "rows":  # one row, and then another
            return [
                self._deed(mail, days, self._hour(), lambda at, item=item: self._by_row(person, item, at))  # type: ignore[misc]  # mypy can't infer the lambda's default
                for item in items
            ]
        return [
            self._deed(mail, day, self._hour(), lambda at: self._answer(person, mail, items, at))
            for day in on
        ]

    def _answer(
        self, person: Somebody, mail: OurMail, items: Sequence[str], at: dt.datetime
    ) -> Sequence[Letter | RowEdit]:
        match person.character:
            case "form":
                return [self._by_form(person, mail, items, at)]
            case "doubled":
                return self._delivered_twice(self._by_lines(person, mail, items, at))
            case "wrong":
                return [self._wrongly(person, mail, items, at)]
            case "without reference":
                return [self._without_reference(person, items[0], at)]
            case "both":
                edits = self._by_row(person, items[0], at + dt.timedelta(minutes=7))
                return [self._by_lines(person, mail, items, at), *edits]
        return [self._by_lines(person, mail, items, at)]

    def _deed(
        self, mail: OurMail, days: int, hour: int, make: Callable[[dt.datetime], Sequence[Letter | RowEdit]]
    ) -> Deed:
        day = mail.written.date() + dt.timedelta(days=days)
        at = dt.datetime.combine(day, dt.time(hour, self._chance.randint(15, 50)))
        return Deed(at, next(self._numbers), lambda: make(at))

    def _hour(self) -> int:
        return self._chance.randint(9, 16)

    def _thanks(self, mail: OurMail, person: Somebody | None) -> list[Deed]:
        """A few say thank you for the receipt; that is no answer."""
        if mail.kind != "receipt" or person is None or self._chance.random() > 0.03:
            return []
        return [
            self._deed(mail, 1, self._hour(), lambda at: [self._letter(person, mail, "Dank je wel!", at)])
        ]

    # What they say

    def _says(self, person: Somebody, item: str, way: str, at: dt.datetime) -> Said:
        kind = self._organisation.thing(item).kind
        lights = self._lights[item]
        light = self._chance.choice([each for each in LIGHTS if each not in lights[-2:]])
        lights.append(light)  # a row in which the colour stays as it was would not report it
        said = Said(item, person.name, way, at, light=light, text=f"Gemeld onder nummer {next(self._numbers)}.")  # fmt: skip
        if kind == "indicator":
            values = self._values.setdefault(item, [])
            values.append(self._chance.choice([each for each in range(10, 90) if each not in values[-2:]]))
            return replace(said, value=float(values[-1]))
        if kind != "action":
            return said
        progress = min(100, self._progress[item] + 5 * self._chance.randint(1, 4))
        if person.character == "both":  # two words on whether it is done would be one too many
            progress = min(95, progress)
        self._progress[item] = progress
        return replace(said, progress=progress, status=DONE if progress == 100 else "")

    def _by_lines(self, person: Somebody, mail: OurMail, items: Iterable[str], at: dt.datetime) -> Letter:
        """A few lines above the quoted mail, as from a phone."""
        said = tuple(self._line_of(person, item, at) for item in items)
        top = "\n\n".join(_written(each, person.language) for each in said)
        return self._letter(person, mail, f"{top}\n\nVerstuurd vanaf mijn iPhone", at, said)

    def _line_of(self, person: Somebody, item: str, at: dt.datetime) -> Said:
        if self._organisation.thing(item).kind != "indicator" and self._chance.random() < 0.1:
            return Said(item, person.name, "Mail", at)  # no change
        return self._says(person, item, "Mail", at)

    def _by_form(self, person: Somebody, mail: OurMail, items: Iterable[str], at: dt.datetime) -> Letter:
        assert mail.content is not None
        said = tuple(self._says(person, item, "Formulier", at) for item in items)
        cells: dict[str, str | float] = {}
        for each in said:
            kind = self._organisation.thing(each.item).kind
            cells[f"{each.item}_light"] = _in(each.light, person.language).capitalize()
            cells[f"{each.item}_{'update' if kind in {'strategy', 'indicator'} else 'done'}"] = each.text
            if each.progress is not None:
                cells[f"{each.item}_progress"] = each.progress / 100
            if each.status:
                cells[f"{each.item}_status"] = _in(each.status, person.language).capitalize()
            if each.value is not None:
                cells[f"{each.item}_value"] = each.value
        return self._letter(person, mail, "Zie bijlage.", at, said, form=filled_in(mail.content, **cells))

    def _by_row(self, person: Somebody, item: str, at: dt.datetime) -> list[RowEdit]:
        kind = self._organisation.thing(item).kind
        if kind not in _SHEETS:
            return []
        said = self._says(person, item, "Werkboek", at)
        if person.character == "both":
            said = replace(said, progress=None)
        values: dict[str, Value] = {"Verkeerslicht": said.light}
        values["Toelichting" if kind == "indicator" else "Stand van zaken"] = said.text
        if said.progress is not None:
            values["Voortgang"] = said.progress / 100
        if said.status:
            values["Status"] = said.status
        if said.value is not None:
            values["Realisatie"] = said.value
        return [RowEdit(said, _SHEETS[kind], values)]

    def _wrongly(self, person: Somebody, mail: OurMail, items: Sequence[str], at: dt.datetime) -> Letter:
        """What does not count, or not all of it."""
        match next(self._unasked):
            case "somebody else's" if others := self._mail_of_another(person, mail):
                top = "\n".join(f"{item} groen 80%" for item in sorted(others.items))
                return self._letter(person, others, top, at)
            case "a wrong ID":
                said = tuple(self._says(person, item, "Mail", at) for item in items)
                top = "\n\n".join(_written(each, person.language) for each in said)
                return self._letter(person, mail, f"A999 rood 10%\n\n{top}", at, said, wrote="A999")
            case "somebody else's item":
                theirs = next(
                    each.id
                    for each in self._organisation.things
                    if each.kind == "action" and each.owner != person.name
                )
                return self._letter(person, mail, f"{theirs} rood 10%", at, wrote=theirs)
        return self._letter(person, mail, self._chance.choice(_SMALL_TALK), at)

    def remember(self, mail: OurMail) -> None:
        """A mail lies around that others might answer."""
        if mail.kind == "invitation" and mail.content is not None:
            self._others[mail.to] = mail

    def _mail_of_another(self, person: Somebody, mail: OurMail) -> OurMail | None:
        found = [
            each
            for address, each in self._others.items()
            if address != person.mail and each.session == mail.session and not self._stands_in(person, each)
        ]
        return self._chance.choice(found) if found else None

    def _stands_in(self, person: Somebody, mail: OurMail) -> bool:
        owners = {self._organisation.thing(item).owner for item in mail.items}
        return any(
            self._organisation.person(owner).deputy == person.name or owner == person.name for owner in owners
        )

    # How they write

    def _letter(
        self,
        person: Somebody,
        mail: OurMail,
        top: str,
        at: dt.datetime,
        said: tuple[Said, ...] = (),
        *,
        form: bytes | None = None,
        wrote: str = "",
    ) -> Letter:
        assert mail.content is not None
        reply = self._begun(person, f"Re: {mail.content['Subject']}", at)
        reply["In-Reply-To"] = mail.message_id
        body = mail.content.get_body(("plain",))
        assert body is not None
        quoted = body.get_content()
        if form is None:
            marked = "\n".join(f"> {line}" for line in quoted.splitlines())
            reply.set_content(
                f"{top}\n\n> Op {mail.written:%d-%m-%Y} om 08:00 heeft OGSM <{OWN_ADDRESS}> geschreven:\n>\n{marked}\n"
            )
        else:
            heads = f"Van: OGSM <{OWN_ADDRESS}>\nVerzonden: {mail.written:%d-%m-%Y %H:%M}\nAan: {person.name}\nOnderwerp: {mail.content['Subject']}"
            reply.set_content(f"{top}\n\nGroet,\n{person.name}\n\n{heads}\n\n{quoted}")
            kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            reply.add_attachment(form, maintype="application", subtype=kind, filename="OGSM-formulier.xlsx")
        named = frozenset({wrote} - {""})
        return Letter(reply.as_bytes(), str(reply["Message-ID"]), person.mail, said, wrote=named)

    def _begun(self, person: Somebody, subject: str, at: dt.datetime) -> EmailMessage:
        reply = EmailMessage(policy=SMTP)
        reply["From"] = f'"{person.name}" <{person.mail}>'
        reply["To"] = OWN_ADDRESS
        reply["Subject"] = subject
        reply["Message-ID"] = f"<answer-{next(self._numbers)}@example.org>"
        reply["Date"] = format_datetime(at.replace(tzinfo=ZONE))
        return reply

    def _without_reference(self, person: Somebody, item: str, at: dt.datetime) -> Letter:
        """A mail of their own, that a person has to assign; its subject tells to what."""
        said = self._says(person, item, "Mail", at)
        mail = self._begun(person, f"Voortgang {item}", at)
        mail.set_content(f"Hoi,\n\n{_written(said, person.language)}\n\nGroet,\n{person.name}\n")
        return Letter(mail.as_bytes(), str(mail["Message-ID"]), person.mail, (said,), by_hand=True)

    def _delivered_twice(self, letter: Letter) -> list[Letter]:
        again = replace(
            letter, raw=b"Received: from relay.example.org by mx.example.org\r\n" + letter.raw, said=()
        )
        return [letter, again]

    def _absence_note(self, mail: OurMail, person: Somebody, at: dt.datetime) -> Letter:
        assert mail.content is not None
        note = self._begun(person, f"Automatisch antwoord: {mail.content['Subject']}", at)
        note["In-Reply-To"] = mail.message_id
        note["Auto-Submitted"] = "auto-replied"
        note.set_content("Ik ben er even niet. Groen licht voor iedereen, A1 100%!\n")
        return Letter(note.as_bytes(), str(note["Message-ID"]), person.mail, by_a_program=True)

    def _bounce(self, mail: OurMail, person: Somebody, at: dt.datetime) -> Letter:
        """What a mail server says of a mail that it could not deliver."""
        assert mail.content is not None
        bounce = MIMEMultipart("report", report_type="delivery-status")
        bounce["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example.org>"
        bounce["To"] = OWN_ADDRESS
        bounce["Subject"] = "Undelivered Mail Returned to Sender"
        bounce["Message-ID"] = f"<bounce-{next(self._numbers)}@mx.example.org>"
        bounce["Date"] = format_datetime(at.replace(tzinfo=ZONE))
        bounce["Auto-Submitted"] = "auto-replied"
        bounce.attach(MIMEText("Het bericht kon niet worden bezorgd."))
        reporting = EmailMessage()
        reporting["Reporting-MTA"] = "dns; mx.example.org"
        failed = EmailMessage()
        failed["Final-Recipient"] = f"rfc822; {person.mail}"
        failed["Action"] = "failed"
        failed["Status"] = "5.1.1"
        status = MIMEText(f"{reporting.as_string()}\n{failed.as_string()}", "delivery-status", "us-ascii")
        bounce.attach(status)
        returned = EmailMessage()
        for name in ("From", "To", "Subject", "Message-ID"):
            returned[name] = str(mail.content[name])
        bounce.attach(MIMEMessage(returned))
        return Letter(bounce.as_bytes(policy=SMTP), str(bounce["Message-ID"]), "", by_a_program=True)


def _in(word: str, language: str) -> str:
    return _ENGLISH[word] if language == "en" else word.lower()


def _written(said: Said, language: str) -> str:
    """What somebody said about one item, as lines of a mail."""
    if not said.text:
        return f"{said.item} {'no change' if language == 'en' else 'geen wijzigingen'}"
    words = [said.item, _in(said.light, language)]
    if said.status:
        words.append(_in(said.status, language))
    elif said.progress is not None:
        words.append(f"{said.progress}%")
    if said.value is not None:
        words.append(f"{said.value:.0f}")
    label = {"nl": "Toelichting", "en": "Note"} if said.progress is None else {"nl": "Gedaan", "en": "Done"}
    return f"{' '.join(words)}\n{label[language]}: {said.text}"
