"""Send the receipts: who answered hears, once, how the items stand in the plan now and what was not understood.

A receipt is decided on together with what the reply means (`ogsm_xl.usecases.reading_replies`): only for a reply of
somebody who was asked, never for a mail that no person wrote. It goes out once its reports are in the plan, through the
ledger's committed states: planned → drafted → sending → sent. Where nobody can tell whether it went out, it never goes
again: a receipt that is missing harms nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger, MailRow, ReceiptRow, ReceiptState
from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.receipt import Receipt, compose_receipt
from ogsm_xl.plan.model import Item, Person, Plan, Report, normalised_id
from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import MailSystem, NotSent, SendUnknown
from ogsm_xl.rhythm.days import spoken_day
from ogsm_xl.usecases.afterwards import came_afterwards
from ogsm_xl.usecases.mailing import redirected
from ogsm_xl.usecases.own_texts import letter_settings

_TRIED_FOR = timedelta(days=7)

_NEWER = Text(
    "In het plan staat al een nieuwer verslag, van {by} op {day}. Jouw antwoord staat in de rapportages.",
    "The plan holds a newer report already, by {by} on {day}. Your answer is among the reports.",
)
_ENDED = Text(
    "{label} uit het vorige verslag is vervallen, omdat je het niet opnieuw noemde: “{text}”. Geldt het nog, antwoord dan met “{item} {word}: …”.",
    "{label} of the last report has ended, as you did not name it again: “{text}”. If it still holds, answer with “{item} {word}: …”.",
)
_MAY_END = {
    "needed": (Text("Nodig", "Needed"), Text("nodig", "needed")),
    "proposal": (Text("Het voorstel", "The proposal"), Text("voorstel", "proposal")),
}
_GONE = Text(
    "{item} staat niet meer in het plan. Je antwoord staat in de rapportages.",
    "{item} is no longer in the plan. Your answer is among the reports.",
)
_FAILED = Text(
    "Ontvangstbevestigingen niet verstuurd: {count}. Ze gaan de volgende keer mee. {why}",
    "Receipts not sent: {count}. They go out with the next run. {why}",
)


@dataclass(frozen=True, slots=True)
class ReceiptsSent:
    """How many receipts went out, and what kept others from going."""

    sent: int = 0
    problems: tuple[Text, ...] = ()


def send_receipts(
    *, config: Config, ledger: Ledger, post: MailSystem, now: datetime, pause: Callable[[float], None]
) -> ReceiptsSent:
    """Send the receipts whose reports are in the plan, and those for replies without any.

    Args:
        config: The configuration.
        ledger: What was decided on, and how far each receipt is.
        post: The mail system.
        now: The moment of the run, naive and local.
        pause: Waits so many seconds; called between two mails.

    Raises:
        InputProblem: The workbook or the organisation's own texts can't be used.
    """
    _settle(ledger, post, now)
    due = [
        row
        for row in ledger.receipts(ReceiptState.PLANNED, ReceiptState.FAILED)
        if _is_due(row, config, ledger, now)
    ]
    if not due:
        return ReceiptsSent()
    plan = read_plan(config.workbook).plan
    settings = letter_settings(config, plan)
    sent, failed, why = 0, 0, Text("", "")
    for row in due:
        if ledger.receipts_on(now.date(), row.recipient) >= config.mail.receipts_per_day:
            ledger.set_receipt_state(row, ReceiptState.LEFT_OUT, now, detail="enough for one day")
            continue
        if sent or failed:
            pause(config.mail.pause_seconds)
        try:
            mail = _composed(row, plan, settings, config=config, ledger=ledger, now=now)
            _send_one(row, mail, ledger=ledger, post=post, now=now)
            sent += 1
        except Problem as problem:
            failed, why = failed + 1, problem.text
            if isinstance(problem, InputProblem):  # an address that is none
                ledger.set_receipt_state(row, ReceiptState.FAILED, now, detail=problem.text.en)
    return ReceiptsSent(sent, (_FAILED.filled(count=failed, why=why),) if failed else ())


def _settle(ledger: Ledger, post: MailSystem, now: datetime) -> None:
    """Find out what became of the receipts of a run that was cut off; what can't be found out now stays in doubt."""
    for row in ledger.receipts(ReceiptState.DRAFTED, ReceiptState.SENDING, ReceiptState.UNKNOWN):
        try:
            if row.state is ReceiptState.DRAFTED:
                post.discard(row.message_id, row.handle)
                went_out: bool | None = False
            else:
                went_out = post.was_sent(row.message_id, row.handle)
        except OutsideProblem:
            continue
        if went_out is None:
            ledger.set_receipt_state(row, ReceiptState.UNKNOWN, now, handle=row.handle)
        else:
            ledger.set_receipt_state(row, ReceiptState.SENT if went_out else ReceiptState.PLANNED, now)


def _is_due(row: ReceiptRow, config: Config, ledger: Ledger, now: datetime) -> bool:
    if not config.mail.receipts:
        ledger.set_receipt_state(row, ReceiptState.LEFT_OUT, now, detail="receipts are off")
        return False
    if row.state is ReceiptState.FAILED and now - row.planned_at > _TRIED_FOR:
        ledger.set_receipt_state(row, ReceiptState.LEFT_OUT, now, detail="failed too often")
        return False
    return not ledger.waits_for_plan(row.incoming)


def _send_one(
    row: ReceiptRow, mail: OutgoingMail, *, ledger: Ledger, post: MailSystem, now: datetime
) -> None:
    try:
        handle = post.prepare(mail)
        said = (mail.text, mail.html)
        if handle:
            ledger.set_receipt_state(row, ReceiptState.DRAFTED, now, handle=handle)
        ledger.set_receipt_state(row, ReceiptState.SENDING, now, handle=handle, said=said)
        post.send(mail, handle)
    except SendUnknown as problem:
        ledger.set_receipt_state(row, ReceiptState.UNKNOWN, now, detail=problem.text.en)
        raise
    except NotSent as problem:
        ledger.set_receipt_state(row, ReceiptState.FAILED, now, detail=problem.text.en)
        raise
    ledger.set_receipt_state(row, ReceiptState.SENT, now, handle=handle)


def _composed(
    row: ReceiptRow, plan: Plan, settings: LetterSettings, *, config: Config, ledger: Ledger, now: datetime
) -> OutgoingMail:
    answered = ledger.mail(row.mail)
    if answered is None:
        raise LookupError(row.mail)  # a receipt is only ever decided on for a mail of the ledger
    reports = ledger.reports_of(row.incoming)
    items = {normalised_id(report.item): plan.item(report.item) for report in reports}
    recorded = tuple(item for item in items.values() if item is not None)
    gone = (_GONE.filled(item=report.item) for report in reports if plan.item(report.item) is None)
    problems = (*row.problems, *gone)
    person = plan.person(row.recipient) or Person(row.name)
    receipt = Receipt(
        person=Person(person.name or row.recipient, row.recipient),
        session=plan.session(answered.session),
        token=row.token,
        message_id=row.message_id,
        answers=row.answers,
        items=recorded,
        notes=_notes(reports, answered, plan, row, ledger),
        problems=problems,
        to_answer=_to_answer(answered, items, problems, plan),
    )
    language = person.language or plan.language
    written_at = now.replace(tzinfo=config.zone)
    return redirected(compose_receipt(receipt, plan, settings, now=written_at, language=language), config)


def _to_answer(
    answered: MailRow, recorded: Mapping[str, object], problems: tuple[Text, ...], plan: Plan
) -> tuple[Item, ...]:
    """The items that were asked about and not recorded: those that a problem names, or all where none does."""
    missing = [
        item
        for item_id in answered.items
        if normalised_id(item_id) not in recorded and (item := plan.item(item_id)) is not None
    ]
    words = {word.strip(".,:;“”()") for problem in problems for word in problem.nl.split()}
    return tuple([item for item in missing if item.id in words] or missing)


def _notes(
    reports: tuple[Report, ...], answered: MailRow, plan: Plan, row: ReceiptRow, ledger: Ledger
) -> Mapping[str, list[Text]]:
    """What there is to say about an item besides how it stands now."""
    notes: dict[str, list[Text]] = {
        each.item: [each.to_author] for each in ledger.contradictions_of(row.incoming)
    }
    for report in reports:
        item = plan.item(report.item)
        if item is None:
            continue
        found = notes.setdefault(item.id, [])
        history = plan.reports_on(item)
        newest = history[-1] if history else report
        if report.made_at and newest.made_at and newest.made_at > report.made_at:
            day = spoken_day(newest.made_at.date(), report.made_at.date())
            found.append(_NEWER.filled(by=newest.by, day=day))
        if text := came_afterwards(report, answered.session, plan):
            found.append(text)
        before = [other for other in history if normalised_id(other.id) != normalised_id(report.id)]
        found.extend(_ended(report, before[-1] if before else None, item))
    return notes


def _ended(report: Report, before: Report | None, item: Item) -> list[Text]:
    """What stood in the row and is gone, because the report did not repeat it."""
    return [
        _ENDED.filled(label=label, text=getattr(before, name), item=item.id, word=word)
        for name, (label, word) in _MAY_END.items()
        if before is not None
        and getattr(before, name)
        and not getattr(report, name)
        and not getattr(item, name, "")
    ]
