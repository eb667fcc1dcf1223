"""Collect what owners reported, by mail or in their rows, and bring it into the plan.

The order makes sure that nothing is lost: each mail is kept as it came; then it is read, and what it means is kept
together with its reports; then the reports are written into the plan; only then does the mail leave the inbox. A run
that is cut off is finished by the next one. Where the plan is open in Excel, the reports wait in the ledger.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.excel.form import FormAnswer, FormReading, read_form
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger, MailRow
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import IncomingMail, read_mail
from ogsm_xl.letters.replies import (
    Accepted,
    Asked,
    NotAReply,
    Review,
    TrustSettings,
    Understood,
    is_workbook,
    understand,
)
from ogsm_xl.letters.reply_lines import Answer
from ogsm_xl.letters.token import mail_id_of, token_is_valid
from ogsm_xl.plan.model import Plan, Report
from ogsm_xl.plan.problem import OutsideProblem, Problem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Text
from ogsm_xl.post.port import MailSystem, Tray
from ogsm_xl.usecases.bring_in import bring_in, notice_edited_rows
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed

_UNCHANGED_FORM = Text("Het formulier is niet ingevuld.", "The form was not filled in.")
_NOTHING_LEFT = Text("Er is geen antwoord in gevonden.", "No answer was found in it.")
_NOT_YOURS = Text(
    "Het formulier {name} hoort bij een mail aan iemand anders en telt niet.",
    "The form {name} belongs to a mail to somebody else and does not count.",
)
_NOT_ASKED = Text(
    "{item} staat in het formulier, maar is niet aan deze persoon gevraagd.",
    "{item} is in the form, but was not asked of this person.",
)


def collect_replies(
    *, config: Config, ledger: Ledger, post: MailSystem, secret: bytes, now: datetime, dry_run: bool = False
) -> Outcome:
    """Read the inbox and the edited rows, and bring the reports into the plan.

    Args:
        config: The configuration.
        ledger: The memory of what was sent and received.
        post: The mail system.
        secret: The secret that our tokens are made with.
        now: The moment of the run, naive and local.
        dry_run: Only tell what would be done.

    Raises:
        InputProblem: The workbook can't be used. What was in the inbox is kept, and read at the next run.
        OutsideProblem: The inbox can't be read.
    """
    if dry_run:
        return _would_do(config, ledger, post, secret, now)
    handles: dict[str, list[str]] = {}
    for received in post.received():
        handles.setdefault(ledger.store_incoming(received.raw, now), []).append(received.handle)
    plan = read_plan(config.workbook).plan
    found = Found()
    replies = _Replies(config, ledger, plan, secret, now)
    for digest in ledger.not_understood_yet():
        replies.take_in(digest, found)
    found.edited = tuple(edit.report.item for edit in notice_edited_rows(plan, ledger, now))
    before = len(ledger.waiting_reports())
    busy: OutsideProblem | None = None
    warnings: tuple[Text, ...] = ()
    try:
        written = bring_in(config=config, ledger=ledger, now=now)
        warnings = written.warnings if written else ()
    except OutsideProblem as problem:
        busy = problem
    _file_away(post, ledger, handles)
    waiting = len(ledger.waiting_reports())
    return _outcome(found, before - waiting, waiting, busy, warnings)


@dataclass(slots=True)
class Found:
    """What a run found.

    Attributes:
        outcomes: How many mails of each kind.
        reports: How many reports were in them.
        reviews: Sender and reason of what waits for a person.
        problems: Sender and what was not understood in a reply that does count.
        edited: The IDs of the items whose owners edited the row.
    """

    outcomes: Counter[MailOutcome] = field(default_factory=Counter)
    reports: int = 0
    reviews: list[tuple[str, Text]] = field(default_factory=list)
    problems: list[tuple[str, Text]] = field(default_factory=list)
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """An attached workbook: its name, and what it says or why it can't be read."""

    name: str
    reading: FormReading | Problem


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a mail comes to: the reports in it (by key), or why there are none."""

    outcome: MailOutcome
    mail_id: str = ""
    reason: Text = Text("", "")
    reports: Mapping[str, Report] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()


class _Replies:
    """Reads the stored mails of one run."""

    def __init__(self, config: Config, ledger: Ledger, plan: Plan, secret: bytes, now: datetime) -> None:
        self._config = config
        self._ledger = ledger
        self._plan = plan
        self._secret = secret
        self._now = now

    def take_in(self, digest: str, found: Found) -> None:
        """Read a stored mail, and keep what it means."""
        mail = read_mail(self._ledger.raw_mail(digest))
        meaning = self.meaning(mail)
        self._ledger.understood(
            digest,
            meaning.outcome,
            sender=mail.sender,
            subject=mail.subject,
            mail_id=meaning.mail_id,
            reason=meaning.reason,
            reports=meaning.reports,
        )
        note(found, mail, meaning)

    def meaning(self, mail: IncomingMail) -> _Meaning:
        """What a mail comes to."""
        forms = [_read(file.name, file.content) for file in mail.attachments if is_workbook(file)]
        tokens = [f.reading.token for f in forms if isinstance(f.reading, FormReading) and f.reading.token]
        understood: Understood = understand(
            mail,
            lambda mail_id: self._asked(self._ledger.mail(mail_id)),
            lambda message_id: self._asked(self._ledger.mail_by_message_id(message_id)),
            secret=self._secret,
            own_addresses=[self._config.mail.sender_address],
            trust=TrustSettings(),
            received=self._now.date(),
            form_tokens=tokens,
        )
        match understood:
            case NotAReply():
                return _Meaning(MailOutcome.NO_REPLY, reason=understood.value)
            case Review():
                mail_id = understood.asked.mail_id if understood.asked else ""
                return _Meaning(MailOutcome.REVIEW, mail_id, joined(understood.reason, *understood.problems))
            case Accepted():
                return self._accepted(mail, understood, forms)

    def _asked(self, row: MailRow | None) -> Asked | None:
        if row is None:
            return None
        person = self._plan.person(row.recipient)
        deputy = self._plan.person(person.deputy) if person and person.deputy else None
        return Asked(row.id, row.recipient, row.items, (deputy.mail,) if deputy and deputy.mail else ())

    def _accepted(self, mail: IncomingMail, reply: Accepted, forms: list[_Form]) -> _Meaning:
        made_at = self._made_at(mail)
        reports: dict[str, Report] = {}
        problems = list(reply.problems)
        for form in forms:
            items = self._items_of(form, reply)
            for answer in _form_answers(form, items, problems):
                key, report = self._report(
                    answer, items[answer.item], reply, mail, made_at, ReportSource.FORM
                )
                reports[key] = report
        for answer in reply.answers:
            kind = reply.asked.items[answer.item]
            key, report = self._report(answer, kind, reply, mail, made_at, ReportSource.MAIL)
            reports[key] = report
        if not reports:
            return _Meaning(
                MailOutcome.REVIEW, reply.asked.mail_id, joined(*problems) if problems else _NOTHING_LEFT
            )
        return _Meaning(MailOutcome.ACCEPTED, reply.asked.mail_id, reports=reports, problems=tuple(problems))

    def _items_of(self, form: _Form, reply: Accepted) -> Mapping[str, ItemKind]:
        """What the mail that a form went out with asked; nothing if that mail went to somebody else."""
        if isinstance(form.reading, Problem) or form.reading.token is None:
            return reply.asked.items
        row = self._ledger.mail(mail_id_of(form.reading.token))
        if row is None or not token_is_valid(form.reading.token, reply.asked.person, self._secret):
            return {}
        return row.items

    def _report(
        self,
        answer: Answer,
        kind: ItemKind,
        reply: Accepted,
        mail: IncomingMail,
        made_at: datetime,
        source: ReportSource,
    ) -> tuple[str, Report]:
        """The report that an answer is, under a key that is the same when the same mail is delivered again."""
        by = self._plan.person(reply.by)
        said = repr((mail.message_id, mail.sender, answer, source.key))
        report = Report(
            id="",
            made_at=made_at,
            session="",
            kind=kind,
            item=answer.item,
            by=by.name if by else reply.by,
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
        return "mail:" + hashlib.sha256(said.encode()).hexdigest(), report

    def _made_at(self, mail: IncomingMail) -> datetime:
        """When the reply was written, to the minute; now, where its own date says nothing or lies ahead."""
        written = mail.date.astimezone(self._config.zone).replace(tzinfo=None) if mail.date else self._now
        return min(written, self._now).replace(second=0, microsecond=0)


def _read(name: str, content: bytes) -> _Form:
    try:
        return _Form(name, read_form(content))
    except Problem as problem:
        return _Form(name, problem)


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
        problems.append(_UNCHANGED_FORM)
    for answer in form.reading.answers:
        problems.extend(answer.problems)
        if answer.item not in items:
            problems.append(_NOT_ASKED.filled(item=answer.item))
        elif _says_something(answer):
            yield _as_answer(answer)


def _says_something(answer: FormAnswer) -> bool:
    return answer != FormAnswer(answer.item, problems=answer.problems)


def _as_answer(answer: FormAnswer) -> Answer:
    return Answer(
        item=answer.item,
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


def note(found: Found, mail: IncomingMail, meaning: _Meaning) -> None:
    """Count a mail, and what it comes to."""
    found.outcomes[meaning.outcome] += 1
    found.reports += len(meaning.reports)
    if meaning.outcome is MailOutcome.REVIEW:
        found.reviews.append((mail.sender or "?", meaning.reason))
    found.problems.extend((mail.sender, problem) for problem in meaning.problems)


def _file_away(post: MailSystem, ledger: Ledger, handles: Mapping[str, list[str]]) -> None:
    """Move the mails of this run out of the inbox; their content is in the ledger."""
    for digest, copies in handles.items():
        tray = Tray.REVIEW if ledger.incoming_outcome(digest) is MailOutcome.REVIEW else Tray.PROCESSED
        for handle in copies:
            post.file_away(handle, tray)
        ledger.handled(digest)


def _would_do(config: Config, ledger: Ledger, post: MailSystem, secret: bytes, now: datetime) -> Outcome:
    """What a run would find now, without keeping or changing anything."""
    plan = read_plan(config.workbook).plan
    found = Found()
    replies = _Replies(config, ledger, plan, secret, now)
    for received in post.received():
        mail = read_mail(received.raw)
        note(found, mail, replies.meaning(mail))
    counted = _counted(found)
    return Outcome(
        ExitCode.DONE,
        Text(f"Proef, er is niets veranderd. {counted.nl}", f"Dry run, nothing was changed. {counted.en}"),
        _to_look_at(found),
        data={"dry_run": True, **_data(found)},
    )


def _outcome(
    found: Found, brought_in: int, waiting: int, busy: OutsideProblem | None, warnings: tuple[Text, ...]
) -> Outcome:
    look_at = _to_look_at(found)
    code = ExitCode.OUTSIDE_FAILED if busy else ExitCode.LOOK if look_at else ExitCode.DONE
    return Outcome(
        code,
        joined(_counted(found), _written(brought_in), _still_waiting(waiting, busy)),
        [*look_at, *warnings],
        data={"dry_run": False, **_data(found), "brought_in": brought_in, "waiting": waiting},
    )


def _counted(found: Found) -> Text:
    total = sum(found.outcomes.values())
    if not total and not found.edited:
        return Text("Er is geen nieuwe mail en er is geen regel bewerkt.", "No new mail, and no edited row.")
    accepted = found.outcomes[MailOutcome.ACCEPTED]
    parts = [
        count(accepted, Text("antwoord", "answer"), Text("antwoorden", "answers")),
        count(found.outcomes[MailOutcome.NO_REPLY], Text("automatisch bericht", "automatic message"), Text("automatische berichten", "automatic messages")),
        count(found.outcomes[MailOutcome.REVIEW], Text("om te beoordelen", "for review"), Text("om te beoordelen", "for review")),
    ]  # fmt: skip
    numbers = listed([part for part in parts if not part.nl.startswith("0 ")])
    mails = count(total, Text("mail", "mail"), Text("mails", "mails"))
    read = (
        Text(f"{mails.nl} gelezen: {numbers.nl}.", f"Read {mails.en}: {numbers.en}.")
        if total
        else Text("", "")
    )
    rows = ", ".join(found.edited)
    edited = Text(f"In het plan bewerkt: {rows}.", f"Edited in the plan: {rows}.") if rows else Text("", "")
    return joined(read, edited)


def _written(brought_in: int) -> Text:
    if not brought_in:
        return Text("", "")
    reports = count(brought_in, Text("verslag", "report"), Text("verslagen", "reports"))
    return Text(f"{reports.nl} in het plan gezet.", f"{reports.en} brought into the plan.")


def _still_waiting(waiting: int, busy: OutsideProblem | None) -> Text:
    if busy is None:
        return Text("", "")
    reports = count(waiting, Text("verslag wacht", "report waits"), Text("verslagen wachten", "reports wait"))
    return joined(busy.text, Text(f"{reports.nl} op de volgende keer.", f"{reports.en} for the next run."))


def _to_look_at(found: Found) -> list[Text]:
    reviews = [
        Text(f"Te beoordelen, van {sender}: {reason.nl}", f"For review, from {sender}: {reason.en}")
        for sender, reason in found.reviews
    ]
    problems = [
        Text(f"Niet begrepen, van {sender}: {what.nl}", f"Not understood, from {sender}: {what.en}")
        for sender, what in found.problems
    ]
    return [*reviews, *problems]


def _data(found: Found) -> dict[str, object]:
    return {
        "mails": {outcome.value: found.outcomes[outcome] for outcome in MailOutcome},
        "reports": found.reports,
        "edited": list(found.edited),
        "review": [{"sender": sender, "reason": reason._asdict()} for sender, reason in found.reviews],
        "problems": [{"sender": sender, "problem": what._asdict()} for sender, what in found.problems],
    }
