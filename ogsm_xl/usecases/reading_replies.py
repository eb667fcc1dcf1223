"""What a mail in the inbox comes to: reports, nothing, or something for a person to look at.

What holds for a reply that counts:
- One reply makes one report an item. What its lines and its forms say about an item is taken together: texts one after
  the other, values once. Where two values contradict each other nothing is recorded on that item, and its author hears so.
- A report is made when the reply was written, to the minute, in the plan's time zone. A date before our mail went out, or
  after the reply came in, is that of a wrong clock: then the moment counts at which the reply came in.
- A deputy (as the plan names them when the reply is read) answers for the owner, under their own name. A form counts for
  whoever sends it if it went out to them, or to somebody whose deputy they are.
- While all mail goes to a test address (`redirect_all_to`), an answer from there to a mail that went there counts as that of
  the owner whom the mail was for, so that a trial shows the whole round. Not once the key is taken out.
- Two replies are two reports: the later one corrects or completes the earlier one (`ogsm_xl.usecases.bring_in`).
- The same reply delivered again is no second one, whatever headers it gained on the way: written in the same second by the
  same person, it says the same. Nor is the same answer under the same Message-ID.
- What was asked of somebody who does not own it any more is not theirs to answer, however old the mail is that they found.
- Whose address changed in the plan since a mail went out may answer it from either.
- A word of thanks for a receipt is no answer, and bothers nobody.
- "None" or "geen" as next, needed or proposal takes the text out of the row; the history keeps the word.
- A text longer than `LONGEST_TEXT` is cut off, and its author hears so.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from ogsm_xl.config import Config
from ogsm_xl.excel.form import FormAnswer, FormReading, read_form
from ogsm_xl.ledger import Bounce, Ledger, MailRow, ReceiptRow
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import IncomingMail
from ogsm_xl.letters.mail import Attachment, message_id_for, one_line
from ogsm_xl.letters.quoting import begins_signature, is_banner, is_greeting, split_reply
from ogsm_xl.letters.replies import (
    Accepted,
    Asked,
    NotAReply,
    Review,
    Said,
    TrustSettings,
    is_untouched,
    is_workbook,
    undelivered,
    understand,
)
from ogsm_xl.letters.reply_lines import Answer, read_answers
from ogsm_xl.letters.rows import TEXT_FIELDS, Coming, withdraws
from ogsm_xl.letters.token import find_tokens, mail_id_of, new_token, token_is_valid
from ogsm_xl.plan.model import Plan, Report, normalised_id
from ogsm_xl.plan.problem import Problem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Text, TrafficLight, Word
from ogsm_xl.rhythm.days import spoken_day
from ogsm_xl.usecases.outcome import joined
from ogsm_xl.usecases.own_texts import sender_of

LONGEST_TEXT = 8_000
"""Characters of one text about one item; Excel holds four times as many in a cell, and nobody reads them there."""

_MOST_FORMS = 10
_VALUES = ("light", "status", "progress", "value", "measured_on")
_MAY_BE_WITHDRAWN = ("next", "needed", "proposal")
_OUR_ID = re.compile(r"<ogsm\.[^<>\s]{1,50}@[^<>\s]{1,60}>", re.IGNORECASE)
_LONGEST_LOOK = 200_000  # bytes of a returned mail in which our Message-ID is looked for

_FORWARD = re.compile(r"(?:fwd?|doorst|doorgestuurd|wg|tr)\s*:", re.IGNORECASE)
_LONGEST_THANKS, _MOST_THANKS = 400, 20
_THANKING = frozenset({
    "dank", "dankjewel", "dankuwel", "bedankt", "thanks", "thank", "thx", "merci", "top", "super", "ok", "oke", "oké", "okay", "great",
})  # fmt: skip
_WITH_THANKS = frozenset({
    "je", "u", "wel", "hartelijk", "heel", "erg", "veel", "alvast", "voor", "de", "het", "bericht", "bevestiging", "ontvangstbevestiging",
    "you", "many", "very", "much", "a", "lot", "for", "the", "receipt", "confirmation",
})  # fmt: skip
_THANKS = Text("Bedankje voor een ontvangstbevestiging", "Thanks for a receipt")
_NOTHING_ASKED = Text(
    "De mail antwoordt op een mail van ons waarin niets werd gevraagd, zoals een overzicht. Gaat het over een onderdeel, zet het daar dan bij met --assign.",
    "The mail answers a mail of ours that asked nothing, such as an overview. If it is about an item, put it there with --assign.",
)
_UNCHANGED_FORM = Text(
    "Het formulier {name} is niet ingevuld: er is niets in veranderd.",
    "The form {name} was not filled in: nothing in it was changed.",
)
_NOTHING_LEFT = Text("Er is geen antwoord in gevonden.", "No answer was found in it.")
_NOT_YOURS = Text(
    "Het formulier {name} hoort bij een mail aan iemand anders en telt niet.",
    "The form {name} belongs to a mail to somebody else and does not count.",
)
_NOT_ASKED = Text(
    "{item} staat in het formulier {name}, maar is niet aan jou gevraagd; wat daar staat, telt niet.",
    "{item} is in the form {name}, but was not asked of you; what it says there does not count.",
)
_NOT_YOURS_ANY_MORE = Text(
    "{item} is nu van {owner}, niet meer van jou; wat je daarover schreef, is niet verwerkt.",
    "{item} is {owner}'s now and no longer yours; what you wrote about it was not recorded.",
)
_TOO_MANY_FORMS = Text(
    "Er zitten meer dan {count} werkboeken bij de mail; alleen de eerste zijn gelezen.",
    "More than {count} workbooks are attached; only the first were read.",
)
_DAY_ALONE = Text(
    "{item}: je noemt een dag ({day}) zonder de waarde die toen is gemeten. De dag is niet verwerkt; stuur ze samen.",
    "{item}: you name a day ({day}) without the value that was measured then. The day was not recorded; send them together.",
)
_CONTRADICTS = Text(
    "{item}: je antwoord noemt op de ene plek “{one}” en op de andere “{other}”. Er is niets over {item} verwerkt; stuur opnieuw wat er moet staan.",
    "{item}: your answer says “{one}” in one place and “{other}” in another. Nothing was recorded for {item}; send again what it should be.",
)
_TOO_LONG = Text(
    "{item}: een tekst is langer dan {count} tekens; alleen het begin is bewaard.",
    "{item}: a text is longer than {count} characters; only its beginning was kept.",
)
_ON_TRIAL = Text(
    "Proef: van het testadres {address} (redirect_all_to); telt als het antwoord van {name}.",
    "Trial: from the test address {address} (redirect_all_to); counts as the answer of {name}.",
)
_DELIVERED_TWICE = Text("Dezelfde mail nog een keer bezorgd.", "The same mail, delivered once more.")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mail comes to.

    Attributes:
        outcome: What it is.
        mail_id: The mail of ours that it answers, or "".
        reason: Why there are no reports in it.
        reports: The reports, by a key that is the same when the same mail is read again.
        problems: What was not understood in a reply that does count.
        content: What tells it apart from every other mail.
        receipt: What its sender is to be told, if anything.
        bounces: The addresses that it says could not be reached.
        on_trial_for: The name of the owner whose answer it counts as, where it came from the test address; else "".
    """

    outcome: MailOutcome
    mail_id: str = ""
    reason: Text = Text("", "")
    reports: Mapping[str, Coming] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()
    content: str = ""
    receipt: ReceiptRow | None = None
    bounces: tuple[Bounce, ...] = ()
    on_trial_for: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """An attached workbook: its name, what it says or why it can't be read, and whether a person vouches for it."""

    name: str
    reading: FormReading | Problem
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer on an item, and whether a form gave it."""

    answer: Answer
    kind: ItemKind
    source: ReportSource


@dataclass(frozen=True)
class Stored:
    """A mail as it was stored: its digest, when it came in, and what it says."""

    digest: str
    received_at: datetime
    mail: IncomingMail

    @cached_property
    def content(self) -> str:
        """The same for two deliveries of one mail, which may have got another Message-ID; different for two mails.

        One without a date is known by its Message-ID, and without that by its bytes.
        """
        mail = self.mail
        which = repr(mail.date) if mail.date else mail.message_id or self.digest
        said = hashlib.sha256(
            repr((which, mail.sender, mail.subject, mail.text, mail.deliveries)).encode("utf-8", "replace")
        )
        for file in mail.attachments:
            said.update(file.content)
        return said.hexdigest()


class ReplyReader:
    """Reads the mails of one run."""

    def __init__(self, config: Config, ledger: Ledger, plan: Plan, secret: bytes) -> None:
        self._config = config
        self._ledger = ledger
        self._plan = plan
        self._secret = secret
        self._titles = {item.id: item.text for item in plan.items}
        self._trust = TrustSettings(config.mail.authserv_ids, config.mail.exchange_internal)

    def meaning(self, stored: Stored, read_before: Collection[str] = ()) -> Meaning:
        """What a mail comes to.

        Args:
            stored: The mail.
            read_before: The contents of mails that were read before, besides those that the ledger knows.
        """
        content = stored.content
        if content in read_before or self._ledger.is_known(content, stored.digest):
            return Meaning(MailOutcome.DUPLICATE, reason=_DELIVERED_TWICE, content=content)
        found = self._meaning(stored, self._trust)
        if found.reports and all(map(self._ledger.has_report, found.reports)):  # with another footer, say
            return Meaning(MailOutcome.DUPLICATE, reason=_DELIVERED_TWICE, content=content)
        return dataclasses.replace(found, content=content)

    def tied_to(self, mail: IncomingMail) -> Asked | None:
        """The mail of ours that a mail answers, whoever sent it; None where it has no valid reference."""
        tokens = (*find_tokens(mail.subject), *find_tokens(mail.text), *_tokens_in(mail, []))
        for token in tokens:
            asked = self._asked_in(mail_id_of(token))
            if asked and token_is_valid(token, asked.person, self._secret):
                return asked
        answered = (*mail.in_reply_to, *reversed(mail.references))
        return next((asked for id_ in answered if (asked := self._asked_in(id_))), None)

    def as_answer_of(self, stored: Stored, asked: Asked, by: str) -> Meaning:
        """What a mail comes to when a person says that it answers this mail of ours, and by whom (name or address)."""
        sent_by_them = dataclasses.replace(stored, mail=dataclasses.replace(stored.mail, sender=asked.person))
        found = self._meaning(sent_by_them, TrustSettings(), decided=True)
        if not found.reports and (inner := forwarded_in(stored.mail)):
            within = dataclasses.replace(sent_by_them.mail, text=inner)
            found = self._meaning(dataclasses.replace(stored, mail=within), TrustSettings(), decided=True)
        return dataclasses.replace(found, reports=self._made_by(found.reports, by), receipt=None)

    def as_answer_on(self, stored: Stored, items: Mapping[str, ItemKind], by: str) -> Meaning:
        """What a mail comes to when a person says that it is about these items, and by whom it is.

        With one item, a text without any value is what was done about it.
        """
        forms: list[_Form] = []
        own_tokens = tuple(_tokens_in(stored.mail, forms))
        top = split_reply(stored.mail.text).top or stored.mail.text
        lines = read_answers(top, items, stored.received_at.date(), self._titles)
        if not lines.answers and (inner := split_reply(forwarded_in(stored.mail)).top):
            lines = read_answers(inner, items, stored.received_at.date(), self._titles)
        answers = lines.answers
        if not answers and len(items) == 1 and not own_tokens and (text := own_words(top)):
            answers = (Answer(next(iter(items)), done=text),)
        asked = Asked("", by, items)
        reply = Accepted(asked, by, answers, problems=lines.problems)
        vouched = [dataclasses.replace(form, trusted=True) for form in forms]
        found = self._accepted(stored, reply, vouched, decided=True)
        return dataclasses.replace(found, receipt=None)

    def _made_by(self, reports: Mapping[str, Coming], by: str) -> Mapping[str, Coming]:
        person = self._plan.person(by)
        name = person.name if person else by
        return {
            key: dataclasses.replace(coming, report=dataclasses.replace(coming.report, by=name))
            for key, coming in reports.items()
        }

    def _meaning(self, stored: Stored, trust: TrustSettings, *, decided: bool = False) -> Meaning:
        """What a mail comes to; with `decided`, a person says that it counts, whoever owns the items now."""
        mail = stored.mail
        forms: list[_Form] = []
        understood = understand(
            mail,
            self._asked_in,
            self._asked_in,
            secret=self._secret,
            own_addresses=[self._config.mail.sender_address],
            trust=trust,
            received=stored.received_at.date(),
            form_tokens=_tokens_in(mail, forms),
        )
        match understood:
            case NotAReply():
                return Meaning(
                    MailOutcome.NO_REPLY, reason=understood.value, bounces=self._bounces(stored, understood)
                )
            case Review() if self._is_thanks(mail, understood.asked):
                return Meaning(
                    MailOutcome.NO_REPLY, understood.asked.mail_id if understood.asked else "", _THANKS
                )
            case Review():
                problems = tuple(p for p in understood.problems if p != understood.reason)
                return self._for_review(stored, understood.asked, (understood.reason, *problems))
            case Accepted() if self._is_on_trial(understood):
                return self._on_trial(stored, understood, forms)
            case Accepted():
                return self._accepted(stored, understood, forms, decided=decided)

    @property
    def _test_address(self) -> str:
        return self._config.mail.redirect_all_to.strip().casefold()

    def _is_on_trial(self, reply: Accepted) -> bool:
        row = self._ledger.mail(reply.asked.mail_id)
        return row is not None and row.redirected != "" and row.redirected == self._test_address == reply.by

    def _on_trial(self, stored: Stored, reply: Accepted, forms: Sequence[_Form]) -> Meaning:
        """An answer from the test address, as if the owner had given it."""
        found = self._accepted(stored, dataclasses.replace(reply, by=reply.asked.person), forms)
        person = self._plan.person(reply.asked.person)
        name = person.name if person else reply.asked.person
        if found.outcome is not MailOutcome.ACCEPTED:
            return found
        receipt = dataclasses.replace(found.receipt, name=name) if found.receipt else None
        reason = _ON_TRIAL.filled(address=self._test_address, name=name)
        return dataclasses.replace(found, reason=reason, receipt=receipt, on_trial_for=name)

    def _asked_in(self, id_or_message_id: str) -> Asked | None:
        """What was asked in a mail with this ID or Message-ID, or in the mail whose answer a receipt is about."""
        ledger = self._ledger
        if row := ledger.mail(id_or_message_id) or ledger.mail_by_message_id(id_or_message_id):
            return self.asked(row)
        if (receipt := ledger.receipt(id_or_message_id)) and (row := ledger.mail(receipt.mail)):
            return self.asked(row, said_by=receipt.id)
        return None

    def asked(self, row: MailRow, said_by: str = "") -> Asked:
        """What is known of a mail that went out: what it asked, of whom, and who is their deputy now.

        What it said is what its receipt said where one was answered (`said_by`, its ID).
        """
        person = self._plan.person(row.recipient) or self._plan.person(row.person)
        deputy = self._plan.person(person.deputy) if person and person.deputy else None
        may_answer = [
            mail for each in (deputy, self._plan.person(row.person)) if each and (mail := each.mail)
        ]
        if row.redirected and row.redirected == self._test_address:
            may_answer.append(row.redirected)
        return Asked(
            row.id,
            row.recipient,
            row.items,
            tuple(may_answer),
            Said(*self._ledger.said(said_by or row.id)),
            {item: self._titles[item] for item in row.items if item in self._titles},
        )

    def _for_review(self, stored: Stored, asked: Asked | None, why: Sequence[Text]) -> Meaning:
        receipt = None
        if asked and not asked.items:
            why = (_NOTHING_ASKED,)
        says_little = len(why) == 1 and not _may_be_an_answer(stored.mail, asked)
        if asked and asked.items and not (says_little and self._answers_a_receipt(stored.mail)):
            receipt = self._receipt(stored, asked, why)
        return Meaning(MailOutcome.REVIEW, asked.mail_id if asked else "", joined(*why), receipt=receipt)

    def _accepted(
        self, stored: Stored, reply: Accepted, forms: Sequence[_Form], *, decided: bool = False
    ) -> Meaning:
        problems = list(reply.problems)
        given: dict[str, list[_Given]] = {}
        row = self._ledger.mail(reply.asked.mail_id)
        for form in forms:
            items, its_row = self._items_of(form, reply, row)
            for answer in _form_answers(form, items, problems):
                if decided or self._is_theirs(answer.item, its_row, problems):
                    given.setdefault(answer.item, []).append(
                        _Given(answer, items[answer.item], ReportSource.FORM)
                    )
        for answer in reply.answers:
            kind = reply.asked.items[answer.item]
            if decided or self._is_theirs(answer.item, row, problems):
                given.setdefault(answer.item, []).append(_Given(answer, kind, ReportSource.MAIL))
        reports: dict[str, Coming] = {}
        for answers in given.values():
            one = _one_answer(answers, problems)
            if one is not None:
                by = row.person if row and row.recipient == reply.by else reply.by
                coming = self.coming(
                    one.answer, one.kind, one.source, by=by, made_at=self._made_at(stored, row)
                )
                reports[_key(stored, coming)] = dataclasses.replace(
                    coming, asked_for=row.session if row else ""
                )
        if not reports:
            return self._for_review(stored, reply.asked, problems or [_NOTHING_LEFT])
        return Meaning(
            MailOutcome.ACCEPTED,
            reply.asked.mail_id,
            reports=reports,
            problems=tuple(problems),
            receipt=self._receipt(stored, reply.asked, problems),
        )

    def _is_theirs(self, item_id: str, row: MailRow | None, problems: list[Text]) -> bool:
        """Whether nobody else owns an item now than who was asked about it in a mail; if not, a problem is added."""
        item = self._plan.item(item_id)
        owner = self._plan.owner_of(item) if item else None
        if row is None or owner is None:
            return True
        asked = self._plan.person(row.recipient) or self._plan.person(row.person)
        if asked == owner or owner.name == row.person:
            return True
        said = _NOT_YOURS_ANY_MORE.filled(item=item_id, owner=owner.name)
        if said not in problems:
            problems.append(said)
        return False

    def _items_of(
        self, form: _Form, reply: Accepted, row: MailRow | None
    ) -> tuple[Mapping[str, ItemKind], MailRow | None]:
        """What the mail that a form went out with asked, and its row; nothing if its sender can't answer for whom it went to."""
        if form.trusted or isinstance(form.reading, Problem) or form.reading.token is None:
            return reply.asked.items, row
        its_row = self._ledger.mail(mail_id_of(form.reading.token))
        asked = self.asked(its_row) if its_row else None
        if asked is None or not token_is_valid(form.reading.token, asked.person, self._secret):
            return {}, None
        allowed = {address.strip().lower() for address in (asked.person, *asked.deputies)}
        return (asked.items if asked.person == reply.asked.person or reply.by in allowed else {}), its_row

    def coming(
        self, answer: Answer, kind: ItemKind, source: ReportSource, *, by: str, made_at: datetime
    ) -> Coming:
        """The report that an answer is; `by` is a name or an address."""
        person = self._plan.person(by)
        report = Report(
            id="",
            made_at=made_at,
            session="",
            kind=kind,
            item=answer.item,
            by=person.name if person else by,
            status=answer.status,
            progress=100 if answer.status is Status.DONE and answer.progress is None else answer.progress,
            light=answer.light,
            done=answer.done,
            next=answer.next,
            needed=answer.needed,
            proposal=answer.proposal,
            value=answer.value,
            measured_on=answer.measured_on,
            source=source,
        )
        cleared = frozenset(name for name in _MAY_BE_WITHDRAWN if withdraws(getattr(answer, name)))
        return Coming(report, cleared, answer.no_change)

    def _made_at(self, stored: Stored, row: MailRow | None) -> datetime:
        """When a reply counts as made; see above."""
        return written_at(self._config, stored, row.planned_at if row else None)

    def _receipt(self, stored: Stored, asked: Asked, problems: Sequence[Text]) -> ReceiptRow | None:
        if not self._config.mail.receipts:
            return None
        mail = stored.mail
        person = self._plan.person(mail.sender)
        # The same for the same mail in every run; what makes a token hard to guess is the secret.
        token = new_token(hashlib.sha256(stored.content.encode()).digest(), asked.person, self._secret)
        mail_id = mail_id_of(token)
        return ReceiptRow(
            incoming=stored.digest,
            id=mail_id,
            token=token,
            recipient=mail.sender,
            name=person.name if person else mail.sender_name,
            mail=asked.mail_id,
            answers=mail.message_id,
            problems=tuple(dict.fromkeys(problems)),
            message_id=message_id_for(mail_id, sender_of(self._config)),
            planned_at=stored.received_at,
        )

    def _answers_a_receipt(self, mail: IncomingMail) -> bool:
        """Whether a mail without an answer in it reacts to a receipt ("Thanks!"): that is not answered again."""
        answered = (*mail.in_reply_to, *mail.references[-1:], *map(mail_id_of, find_tokens(mail.text)[:1]))
        return any(self._ledger.receipt(id_) for id_ in answered)

    def _is_thanks(self, mail: IncomingMail, asked: Asked | None) -> bool:
        """Whether a mail holds nothing but thanks for a receipt: neither above it nor between its lines."""
        parts = split_reply(mail.text)
        words = re.findall(r"\w+", parts.top[:_LONGEST_THANKS].casefold())
        own = re.findall(r"\w+", own_words(parts.top[:_LONGEST_THANKS]).casefold())
        return (
            asked is not None
            and not _THANKING.isdisjoint(words)
            and len(words) <= _MOST_THANKS
            and (_THANKING | _WITH_THANKS).issuperset(own)
            and not mail.attachments
            and self._answers_a_receipt(mail)
            and is_untouched(parts, asked.sent)
        )

    def _bounces(self, stored: Stored, kind: NotAReply) -> tuple[Bounce, ...]:
        """The addresses of mails of ours that a bounce is about; one about other mail says nothing."""
        if kind is not NotAReply.BOUNCE:
            return ()
        named = [address for address in undelivered(stored.mail) if self._plan.person(address)]
        row = next(
            (row for id_ in _our_ids(stored.mail) if (row := self._ledger.mail_by_message_id(id_))), None
        )
        found = {row.sent_to or row.recipient: row} if row and not named else {}
        for address in named:  # a mail may have gone to a deputy instead of its recipient
            if returned := row or self._ledger.last_mail_to(address):
                found[address] = returned
        return tuple(Bounce(address, mail.id, stored.received_at) for address, mail in found.items())


def _may_be_an_answer(mail: IncomingMail, asked: Asked | None) -> bool:
    """Whether a mail in which no answer was found names an item that was asked, a percentage or a colour all the same."""
    words = own_words(split_reply(mail.text).top)
    colours = (word for light in TrafficLight for word in (light.value.nl, light.value.en))
    named = "|".join(map(re.escape, (*(asked.items if asked else ()), *colours)))
    return bool(re.search(rf"\d\s?%|\b(?:{named})\b", words, re.IGNORECASE))


def forwarded_in(mail: IncomingMail) -> str:
    """The text of the mail that a mail forwards, without its headers; "" where it forwards none."""
    parts = split_reply(mail.text)
    if not parts.forwarded and not _FORWARD.match(mail.subject):
        return ""
    return parts.quoted.lstrip("\n").partition("\n\n")[2].lstrip("\n")


def own_words(text: str) -> str:
    """What somebody says in a text, without greeting, banner and signature."""
    lines: list[str] = []
    for line in text.split("\n"):
        if begins_signature(line):
            break
        if not is_greeting(line) and not is_banner(line):
            lines.append(line.rstrip())
    return "\n".join(lines).strip()


def written_at(config: Config, stored: Stored, not_before: datetime | None) -> datetime:
    """When a reply was written, to the minute; when it came in, where its own date can't be right."""
    received = stored.received_at
    try:
        date = stored.mail.date
        written = date.astimezone(config.zone).replace(tzinfo=None) if date else received
    except (OverflowError, ValueError):  # at the ends of the calendar
        written = received
    if written > received or (not_before and written < not_before):
        written = received
    return written.replace(second=0, microsecond=0)


def _key(stored: Stored, coming: Coming) -> str:
    """The same when the same mail is delivered again."""
    mail, report = stored.mail, coming.report
    said = repr((mail.message_id or stored.digest, mail.sender, dataclasses.replace(report, made_at=None)))
    return "mail:" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _tokens_in(mail: IncomingMail, forms: list[_Form]) -> Iterator[str]:
    """The tokens in the attached forms, which are read on the way; none before the mail is known to be a person's."""
    attached = [file for file in mail.attachments if is_workbook(file)]
    for file in attached[:_MOST_FORMS]:
        form = _read(file)
        forms.append(form)
        if isinstance(form.reading, FormReading) and form.reading.token:
            yield form.reading.token
    if len(attached) > _MOST_FORMS:
        forms.append(_Form("", Problem(_TOO_MANY_FORMS.filled(count=_MOST_FORMS))))


def _read(file: Attachment) -> _Form:
    try:
        return _Form(file.name, read_form(file.content, one_line(file.name, 80) or "form.xlsx"))
    except Problem as problem:
        return _Form(file.name, problem)


def _form_answers(form: _Form, items: Mapping[str, ItemKind], problems: list[Text]) -> Iterator[Answer]:
    """The answers in a form; what stands in the way of others is added to the problems."""
    if isinstance(form.reading, Problem):
        problems.append(form.reading.text)
        return
    problems.extend(form.reading.problems)
    if not items:
        problems.append(_NOT_YOURS.filled(name=form.name))
        return
    if form.reading.unchanged:
        problems.append(_UNCHANGED_FORM.filled(name=form.name))
    known = {normalised_id(item): item for item in items}
    for answer in form.reading.answers:
        item = known.get(normalised_id(answer.item))
        if item is None:
            problems.append(_NOT_ASKED.filled(item=answer.item, name=form.name))
            continue
        problems.extend(answer.problems)
        if answer != FormAnswer(answer.item, problems=answer.problems):
            yield _as_answer(answer, item)


def _as_answer(answer: FormAnswer, item: str) -> Answer:
    return Answer(
        item=item,
        light=answer.light,
        status=answer.status,
        progress=answer.progress,
        value=answer.value,
        measured_on=answer.measured_on,
        done=answer.done or answer.update,
        next=answer.next,
        needed=answer.needed,
        proposal=answer.proposal,
        no_change=answer.no_change,
    )


def _one_answer(given: Sequence[_Given], problems: list[Text]) -> _Given | None:
    """All that a reply says about one item, as one answer; None where it contradicts itself."""
    answers = [each.answer for each in given]
    item = answers[0].item
    values: dict[str, object] = {}
    for name in _VALUES:
        said = list(dict.fromkeys(v for answer in answers if (v := getattr(answer, name)) is not None))
        if len(said) > 1:
            problems.append(_CONTRADICTS.filled(item=item, one=_shown(said[0]), other=_shown(said[1])))
            return None
        values[name] = said[0] if said else None
    day = values["measured_on"]
    if isinstance(day, date) and values["value"] is None and not any(answer.no_change for answer in answers):
        values["measured_on"] = None  # it would give the value of another day this date
        problems.append(_DAY_ALONE.filled(item=item, day=spoken_day(day, day)))
        if not any(v is not None for v in values.values()) and not any(
            getattr(answer, name) for answer in answers for name in TEXT_FIELDS
        ):
            return None
    texts: dict[str, str] = {}
    for name in TEXT_FIELDS:
        text = "\n".join(dict.fromkeys(t for answer in answers if (t := getattr(answer, name))))
        if len(text) > LONGEST_TEXT:
            problems.append(_TOO_LONG.filled(item=item, count=LONGEST_TEXT))
        texts[name] = text[:LONGEST_TEXT]
    unchanged = any(answer.no_change for answer in answers) and not any(
        v is not None for v in values.values()
    )
    merged = Answer(item, **values, **texts, no_change=unchanged)  # type: ignore[arg-type]  # named after their fields
    by_form = any(each.source is ReportSource.FORM for each in given)
    return _Given(merged, given[0].kind, ReportSource.FORM if by_form else ReportSource.MAIL)


def _shown(value: object) -> Text:
    if isinstance(value, Word):
        return value.value
    written = (
        f"{value}%" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)
    )
    return Text(written.replace(".", ",") if isinstance(value, float) else written, written)


def _our_ids(mail: IncomingMail) -> Iterator[str]:
    """The Message-IDs of ours that a bounce names: in its headers, its text, or the mail that it returns."""
    yield from mail.in_reply_to
    yield from mail.references
    yield from _OUR_ID.findall(mail.text)
    for file in mail.attachments:
        if file.media_type in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            yield from _OUR_ID.findall(file.content[:_LONGEST_LOOK].decode("ascii", "replace"))
