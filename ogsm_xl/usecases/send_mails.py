"""Send the invitations and reminders that are due, each once.

A mail goes through the ledger in committed steps: planned → drafted → sending → sent. What a run that was cut off left
behind is settled first: certain cases by asking the mail system, uncertain ones by showing them to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.excel.form import build_form, form_file_name
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger, MailRow, MailState
from ogsm_xl.letters.compose import LetterSettings, compose
from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, message_id_for
from ogsm_xl.letters.token import mail_id_of, new_token
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import Plan, kind_of
from ogsm_xl.plan.problem import OutsideProblem, Problem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.post.port import MailSystem, NotSent, SendUnknown
from ogsm_xl.rhythm.due import Due, MailKind, Unreachable, due_mails, recipient_of
from ogsm_xl.usecases.bring_in import notice_edited_rows
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined
from ogsm_xl.usecases.plan_now import rhythm_settings, with_waiting
from ogsm_xl.usecases.validate import findings_of

_FORM_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What makes a token hard to guess: the organisation's secret, and where random bytes come from."""

    secret: bytes
    random: Callable[[int], bytes]


def send_mails(
    kinds: Collection[MailKind],
    *,
    config: Config,
    ledger: Ledger,
    post: MailSystem,
    secrets: Secrets,
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[Sequence[Due]], Sequence[Due]] = lambda due: due,
) -> Outcome:
    """Send what is due now.

    Args:
        kinds: Which kinds of mail.
        config: The configuration.
        ledger: The memory of what was sent.
        post: The mail system.
        secrets: For the tokens in the mails.
        now: The moment of the run, naive and local.
        dry_run: Only tell what would be sent.
        progress: Wraps what is due, to show how far it is.

    Raises:
        InputProblem: The workbook can't be used.
    """
    read = read_plan(config.workbook)
    if not dry_run:
        _settle(ledger, post, now)
        notice_edited_rows(read.plan, ledger, now)
    plan = with_waiting(read.plan, ledger)
    decided = due_mails(plan, now, ledger.sent(), rhythm_settings(config), kinds)
    if dry_run:
        return _outcome(kinds, decided.due, (), decided.unreachable, ledger, dry_run=True)
    findings = findings_of(read, config, now.date())
    sent, failed = [], []
    for due in progress(decided.due):
        try:
            _send_one(due, plan, findings, config=config, ledger=ledger, post=post, secrets=secrets, now=now)
            sent.append(due)
        except Problem as problem:
            failed.append((due, problem))
    return _outcome(kinds, sent, failed, decided.unreachable, ledger, dry_run=False)


def _settle(ledger: Ledger, post: MailSystem, now: datetime) -> None:
    """Find out what became of the mails of a run that was cut off."""
    for row in ledger.mails(MailState.PLANNED, MailState.DRAFTED):
        post.discard(row.message_id, row.handle)
        ledger.set_mail_state(row.id, MailState.FAILED, now, "cut off before sending")
    for row in ledger.mails(MailState.SENDING, MailState.UNKNOWN):
        match post.was_sent(row.message_id, row.handle):
            case True:
                ledger.set_mail_state(row.id, MailState.SENT, now)
            case False:
                ledger.set_mail_state(
                    row.id, MailState.FAILED, now, "cut off while sending; not found as sent"
                )
            case None:
                ledger.set_mail_state(row.id, MailState.UNKNOWN, now, "cut off while sending")


def _send_one(
    due: Due,
    plan: Plan,
    findings: Sequence[Finding],
    *,
    config: Config,
    ledger: Ledger,
    post: MailSystem,
    secrets: Secrets,
    now: datetime,
) -> None:
    recipient = recipient_of(due.person)
    token = new_token(secrets.random(10), recipient, secrets.secret)
    mail_id = mail_id_of(token)
    row = MailRow(
        id=mail_id,
        session=due.session.id,
        kind=due.kind,
        lead_days=due.lead_days,
        recipient=recipient,
        person=due.person.name,
        items={item.id: kind_of(item) for item in due.items},
        token=token,
        message_id=message_id_for(mail_id, sender_of(config)),
        state=MailState.PLANNED,
        planned_at=now,
    )
    mail = _composed(due, plan, row, findings, config=config, now=now)
    ledger.forget_failed(row.session, row.kind, row.lead_days, row.recipient)
    ledger.plan_mail(row)
    try:
        handle = post.prepare(mail)
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


def _composed(
    due: Due, plan: Plan, row: MailRow, findings: Sequence[Finding], *, config: Config, now: datetime
) -> OutgoingMail:
    language = due.person.language or plan.language
    form = build_form(due.items, plan, due.person, due.session, token=row.token, language=language, now=now)
    settings = LetterSettings(
        sender=sender_of(config),
        workbook_path=str(config.workbook),
        workbook_url=config.plan.url,
        organisation=plan.objective.organisation if plan.objective else "",
    )
    return compose(
        due,
        plan,
        settings,
        token=row.token,
        message_id=row.message_id,
        now=now.replace(tzinfo=config.zone),
        form=Attachment(form_file_name(due.person, due.session, language), _FORM_TYPE, form),
        findings=findings,
        language=language,
    )


def sender_of(config: Config) -> Address:
    """Who the mails come from."""
    return Address(config.mail.sender_name, config.mail.sender_address)


def _outcome(
    kinds: Collection[MailKind],
    sent: Sequence[Due],
    failed: Sequence[tuple[Due, Problem]],
    unreachable: Sequence[Unreachable],
    ledger: Ledger,
    *,
    dry_run: bool,
) -> Outcome:
    unknown = ledger.mails(MailState.UNKNOWN)
    look_at = [
        *(_could_not_reach(owner) for owner in unreachable),
        *(
            Text(f"{due.person.name}: {problem.text.nl}", f"{due.person.name}: {problem.text.en}")
            for due, problem in failed
        ),
        *(_in_doubt(row) for row in unknown),
    ]
    outside = any(isinstance(problem, OutsideProblem) for _, problem in failed)
    code = ExitCode.OUTSIDE_FAILED if outside else ExitCode.LOOK if look_at else ExitCode.DONE
    return Outcome(
        code,
        joined(_how_many(kinds, sent, dry_run=dry_run), _and_not(failed, unreachable, unknown)),
        look_at,
        [_line(due) for due in sent],
        {
            "dry_run": dry_run,
            "sent": [
                {
                    "session": due.session.id,
                    "kind": due.kind.key,
                    "person": due.person.name,
                    "mail": due.person.mail,
                    "items": [item.id for item in due.items],
                }
                for due in sent
            ],
            "failed": [{"person": due.person.name, "mail": due.person.mail} for due, _ in failed],
            "unreachable": [
                {"owner": owner.owner, "items": [item.id for item in owner.items]} for owner in unreachable
            ],
            "unknown": [{"id": row.id, "mail": row.recipient} for row in unknown],
        },
    )


def _how_many(kinds: Collection[MailKind], sent: Sequence[Due], *, dry_run: bool) -> Text:
    nouns = {
        MailKind.INVITATION: (Text("uitnodiging", "invitation"), Text("uitnodigingen", "invitations")),
        MailKind.REMINDER: (Text("herinnering", "reminder"), Text("herinneringen", "reminders")),
    }
    if not sent:
        what = Text(
            " of ".join(nouns[kind][1].nl for kind in kinds), " or ".join(nouns[kind][1].en for kind in kinds)
        )
        return Text(f"Er zijn nu geen {what.nl} te versturen.", f"No {what.en} are due now.")
    counted = [
        count(sum(due.kind is kind for due in sent), *nouns[kind])
        for kind in kinds
        if any(d.kind is kind for d in sent)
    ]
    sessions = {due.session.id: due.session for due in sent}
    dutch = " en ".join(number.nl for number in counted)
    english = " and ".join(number.en for number in counted)
    for_dutch = ", ".join(
        f"{s.kind.word(Language.NL).lower()} {s.id} van {s.date:%d-%m-%Y}" for s in sessions.values()
    )
    for_english = ", ".join(
        f"{s.kind.word(Language.EN).lower()} {s.id} on {s.date:%Y-%m-%d}" for s in sessions.values()
    )
    if dry_run:
        return Text(
            f"Proef, er is niets verstuurd. Nu zouden gaan: {dutch} voor {for_dutch}.",
            f"Dry run, nothing was sent. Due now: {english} for {for_english}.",
        )
    return Text(f"Verstuurd: {dutch} voor {for_dutch}.", f"Sent: {english} for {for_english}.")


def _and_not(failed: Sequence[object], unreachable: Sequence[object], unknown: Sequence[object]) -> Text:
    parts = []
    if failed:
        parts.append(
            Text(
                f"Niet gelukt: {len(failed)}; de volgende keer opnieuw.",
                f"Failed: {len(failed)}; tried again next time.",
            )
        )
    if unreachable:
        parts.append(Text(f"Niet bereikbaar: {len(unreachable)}.", f"Out of reach: {len(unreachable)}."))
    if unknown:
        parts.append(
            Text(
                f"Onzeker of ze zijn aangekomen: {len(unknown)}.",
                f"Uncertain whether they went out: {len(unknown)}.",
            )
        )
    return joined(*parts)


def _line(due: Due) -> Text:
    items = ", ".join(item.id for item in due.items)
    return Text(
        f"{due.kind.word(Language.NL)} aan {due.person.name} <{due.person.mail}>: {items}",
        f"{due.kind.word(Language.EN)} to {due.person.name} <{due.person.mail}>: {items}",
    )


def _could_not_reach(owner: Unreachable) -> Text:
    items = ", ".join(item.id for item in owner.items)
    return Text(
        f"{owner.owner or 'Zonder eigenaar'} ({items}) krijgt geen mail: {owner.reason.nl}",
        f"{owner.owner or 'Without owner'} ({items}) gets no mail: {owner.reason.en}",
    )


def _in_doubt(row: MailRow) -> Text:
    return Text(
        f"Onzeker of de mail aan {row.person} <{row.recipient}> van {row.planned_at:%d-%m-%Y %H:%M} is verstuurd; hij gaat niet vanzelf opnieuw. Vraag het na, of kijk in de verzonden mail.",
        f"Uncertain whether the mail to {row.person} <{row.recipient}> of {row.planned_at:%Y-%m-%d %H:%M} went out; it is not sent again by itself. Ask, or look in the sent mail.",
    )
