"""Collect what owners reported, by mail or in their rows, and bring it into the plan.

The order makes sure that nothing is lost: each mail is kept as it came; then it is read, and what it means is kept
together with its reports; then the reports are written into the plan; only then does the mail leave the inbox, and only
then does its sender hear how things stand (`ogsm_xl.usecases.receipts`). A run that is cut off is finished by the next
one. Where the plan is open in Excel, the reports wait in the ledger.

What a mail means is decided in `ogsm_xl.usecases.reading_replies`, what reaches the plan in `ogsm_xl.usecases.bring_in`.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Bounce, Contradiction, Ledger, digest_of
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import IncomingMail, read_mail
from ogsm_xl.letters.rows import Coming
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import MailSystem
from ogsm_xl.usecases.afterwards import came_afterwards
from ogsm_xl.usecases.bring_in import BroughtIn, bring_in, foresee
from ogsm_xl.usecases.filing import file_away, refile_decided
from ogsm_xl.usecases.in_charge import check_charge
from ogsm_xl.usecases.mailing import no_pause
from ogsm_xl.usecases.older_copy import MissingReports, settle_older_copy
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed
from ogsm_xl.usecases.plan_now import remember_plan
from ogsm_xl.usecases.reading_replies import Meaning, ReplyReader, Stored
from ogsm_xl.usecases.receipts import send_receipts
from ogsm_xl.usecases.row_edits import notice_edited_rows, saved_at
from ogsm_xl.usecases.would_write import would_write

_COULD_NOT_BE_READ = Text(
    "De mail kon niet worden gelezen door een fout in ogsm-xl; hij is bewaard. Meld het, met het nummer van deze mail.",
    "The mail could not be read because of a defect in ogsm-xl; it is kept. Report it, with the number of this mail.",
)


_DRY_RUN = Text("Proef, er is niets veranderd.", "Dry run, nothing was changed.")


def collect_replies(
    *,
    config: Config,
    ledger: Ledger,
    post: MailSystem,
    secret: bytes,
    now: datetime,
    machine: str,
    dry_run: bool = False,
    pause: Callable[[float], None] = no_pause,
    missing: MissingReports | None = None,
) -> Outcome:
    """Read the inbox and the edited rows, and bring the reports into the plan.

    Args:
        config: The configuration.
        ledger: The memory of what was sent and received.
        post: The mail system.
        secret: The secret that our tokens are made with.
        now: The moment of the run, naive and local.
        machine: The name of this machine, as the file beside the plan gives it.
        dry_run: Only tell what would be done.
        pause: Waits so many seconds between two receipts.
        missing: What to do with reports that were written into the plan and are not in it any more, where a person decided.

    Raises:
        InputProblem: Another machine mails for this plan. Or the workbook can't be used, or seems to be an older copy: what was in the inbox is kept,
            and read at the next run.
        OutsideProblem: The inbox can't be read.
    """
    if dry_run and missing:
        would = settle_older_copy(read_plan(config.workbook), ledger, now, missing, dry_run=True)
        return Outcome(ExitCode.DONE, joined(_DRY_RUN, would))
    if dry_run:
        return _would_do(config, ledger, post, secret, now, machine)
    check_charge(config, ledger, machine)
    settled = Text("", "")
    if missing:
        settled = settle_older_copy(read_plan(config.workbook), ledger, now, missing)
    handles: dict[str, list[str]] = {}
    for received in post.received():
        handles.setdefault(ledger.store_incoming(received.raw, now), []).append(received.handle)
    read = read_plan(config.workbook)
    plan = read.plan
    remember_plan(plan, ledger, now)
    found = Found(plan)
    reader = ReplyReader(config, ledger, plan, secret)
    for digest in ledger.not_understood_yet():
        _take_in(digest, reader, ledger, found)
    edits = notice_edited_rows(read, ledger, now, saved_at(config))
    found.edited = tuple(edit.coming.report.item for edit in edits)
    written, busy = _brought_in(config, ledger, now)
    problems = [file_away(post, ledger, handles), refile_decided(post, ledger)]
    receipts = send_receipts(config=config, ledger=ledger, post=post, now=now, pause=pause)
    failed = list(dict.fromkeys(each.text for each in problems if each)) + list(receipts.problems)
    outcome = _outcome(found, written, ledger.how_many_wait(), busy, receipts.sent, failed)
    return dataclasses.replace(outcome, summary=joined(settled, outcome.summary))


@dataclass(slots=True)
class Found:
    """What a run found.

    Attributes:
        plan: The plan as it was when the run began.
        outcomes: How many mails of each kind.
        reports: How many reports were in them.
        receipts: How many of their senders are to be told what was understood.
        reviews: What waits for a person, and why.
        problems: Sender and what was not understood in a reply that does count.
        afterwards: Reports that came in after the session that they were asked for.
        bounces: The addresses that mail came back from.
        on_trial: Whose answers those count as that came from the test address.
        edited: The IDs of the items whose owners edited the row.
    """

    plan: Plan
    outcomes: Counter[MailOutcome] = field(default_factory=Counter)
    reports: int = 0
    receipts: int = 0
    reviews: list[tuple[IncomingMail, Text]] = field(default_factory=list)
    problems: list[tuple[str, Text]] = field(default_factory=list)
    afterwards: list[Text] = field(default_factory=list)
    bounces: list[Bounce] = field(default_factory=list)
    on_trial: list[str] = field(default_factory=list)
    edited: tuple[str, ...] = ()

    def note(self, mail: IncomingMail, meaning: Meaning) -> None:
        """Count a mail, and what it comes to."""
        self.outcomes[meaning.outcome] += 1
        self.reports += len(meaning.reports)
        self.receipts += meaning.receipt is not None
        if meaning.outcome is MailOutcome.REVIEW:
            self.reviews.append((mail, meaning.reason))
        self.problems.extend((mail.sender, problem) for problem in meaning.problems)
        self.afterwards.extend(
            text
            for coming in meaning.reports.values()
            if (text := came_afterwards(coming.report, coming.asked_for, self.plan))
        )
        self.bounces.extend(meaning.bounces)
        if meaning.on_trial_for:
            self.on_trial.append(meaning.on_trial_for)


def _take_in(digest: str, reader: ReplyReader, ledger: Ledger, found: Found) -> None:
    """Read a stored mail, and keep what it means."""
    mail = read_mail(ledger.raw_mail(digest))
    meaning = _meaning_of(Stored(digest, ledger.received_at(digest), mail), reader)
    try:
        _keep(digest, mail, meaning, ledger)
    except ValueError:  # something in it that no database can hold
        mail, meaning = IncomingMail(), Meaning(MailOutcome.REVIEW, reason=_COULD_NOT_BE_READ)
        _keep(digest, mail, meaning, ledger)
    found.note(mail, meaning)


def _keep(digest: str, mail: IncomingMail, meaning: Meaning, ledger: Ledger) -> None:
    ledger.understood(
        digest,
        meaning.outcome,
        sender=mail.sender,
        subject=mail.subject,
        mail_id=meaning.mail_id,
        reason=meaning.reason,
        content=meaning.content,
        reports=meaning.reports,
        receipt=meaning.receipt,
        bounces=meaning.bounces,
    )


def _meaning_of(stored: Stored, reader: ReplyReader, read_before: Collection[str] = ()) -> Meaning:
    try:
        return reader.meaning(stored, read_before)
    except Exception:  # noqa: BLE001 - whatever one mail does, it must not keep the others from being read
        return Meaning(MailOutcome.REVIEW, reason=_COULD_NOT_BE_READ)


def _brought_in(
    config: Config, ledger: Ledger, now: datetime
) -> tuple[BroughtIn | None, OutsideProblem | None]:
    """What was brought into the plan, or why that has to wait."""
    try:
        return bring_in(config=config, ledger=ledger, now=now), None
    except OutsideProblem as problem:
        return None, problem


def _would_do(
    config: Config, ledger: Ledger, post: MailSystem, secret: bytes, now: datetime, machine: str
) -> Outcome:
    """What a run would find and write now, without keeping or changing anything."""
    read = read_plan(config.workbook)
    found = Found(read.plan)
    reader = ReplyReader(config, ledger, read.plan, secret)
    reports: dict[str, Coming] = {}
    contents: set[str] = set()
    for digest, raw, received_at in _to_be_read(ledger, post, now):
        mail = read_mail(raw)
        meaning = _meaning_of(Stored(digest, received_at, mail), reader, contents)
        contents.add(meaning.content)
        reports |= meaning.reports
        found.note(mail, meaning)
    foreseen = foresee(read, ledger, reports, now, saved_at(config))
    found.edited = foreseen.edited
    counted, writes = _counted(found), would_write(read.plan, foreseen)
    look_at = [*_why_not_here(config, ledger, machine), *_to_look_at(found, foreseen.contradictions)]
    return Outcome(
        ExitCode.LOOK if look_at else ExitCode.DONE,
        joined(_DRY_RUN, counted, _on_trial(found), _would_come(len(writes))),
        look_at,
        [*(each.text for each in writes), *found.afterwards],
        {
            "dry_run": True,
            **_data(found, foreseen.contradictions),
            "receipts": found.receipts,
            "would_write": [each.data for each in writes],
        },
    )


def _to_be_read(ledger: Ledger, post: MailSystem, now: datetime) -> Iterator[tuple[str, bytes, datetime]]:
    """Digest, bytes and arrival of each mail that a run would read: kept by one that was cut off, or in the inbox."""
    known = set(ledger.not_understood_yet())
    for digest in ledger.not_understood_yet():
        yield digest, ledger.raw_mail(digest), ledger.received_at(digest)
    for received in post.received():
        digest = digest_of(received.raw)
        if digest not in known and ledger.incoming_outcome(digest) is None:
            known.add(digest)
            yield digest, received.raw, now


def _why_not_here(config: Config, ledger: Ledger, machine: str) -> list[Text]:
    """For a dry run: why the real one would collect nothing on this machine."""
    try:
        check_charge(config, ledger, machine)
    except InputProblem as problem:
        return [problem.text]
    return []


def _outcome(
    found: Found,
    written: BroughtIn | None,
    waiting: int,
    busy: OutsideProblem | None,
    receipts: int,
    failed: Sequence[Text],
) -> Outcome:
    disagreements = written.decided.contradictions if written else ()
    look_at = [*_to_look_at(found, disagreements), *failed]
    code = ExitCode.OUTSIDE_FAILED if busy or failed else ExitCode.LOOK if look_at else ExitCode.DONE
    brought_in = len(written.decided.keys) if written else 0
    older = len(written.decided.older) if written else 0
    return Outcome(
        code,
        joined(
            _counted(found),
            _on_trial(found),
            _written(brought_in, older),
            _still_waiting(waiting, busy),
            _receipts(receipts),
        ),
        [*look_at, *(written.written.warnings if written else ())],
        found.afterwards,
        {
            "dry_run": False,
            **_data(found, disagreements),
            "brought_in": brought_in,
            "older": older,
            "waiting": waiting,
            "receipts": receipts,
        },
    )


def _counted(found: Found) -> Text:
    total = sum(found.outcomes.values())
    if not total and not found.edited:
        return Text("Er is geen nieuwe mail en er is geen rij bewerkt.", "No new mail, and no edited row.")
    parts = [
        count(found.outcomes[MailOutcome.ACCEPTED], Text("antwoord", "answer"), Text("antwoorden", "answers")),
        count(found.outcomes[MailOutcome.NO_REPLY], Text("automatisch bericht", "automatic message"), Text("automatische berichten", "automatic messages")),
        count(found.outcomes[MailOutcome.DUPLICATE], Text("dubbele", "duplicate"), Text("dubbele", "duplicates")),
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


def _written(brought_in: int, older: int) -> Text:
    if not brought_in:
        return Text("", "")
    reports = count(brought_in, Text("verslag", "report"), Text("verslagen", "reports"))
    history_only = (
        Text(
            f" {older} daarvan alleen in de rapportages: in de rij staat al iets nieuwers.",
            f" {older} of them in the reports only: the row holds something newer already.",
        )
        if older
        else Text("", "")
    )
    return Text(
        f"{reports.nl} in het plan gezet.{history_only.nl}",
        f"{reports.en} brought into the plan.{history_only.en}",
    )


def _on_trial(found: Found) -> Text:
    """That answers came from the test address, and whose they count as."""
    if not found.on_trial:
        return Text("", "")
    answers = count(len(found.on_trial), Text("antwoord", "answer"), Text("antwoorden", "answers"))
    names = ", ".join(dict.fromkeys(found.on_trial))
    return Text(
        f"{answers.nl} van het testadres (redirect_all_to), meegeteld als van {names}.",
        f"{answers.en} from the test address (redirect_all_to), counted as from {names}.",
    )


def _would_come(reports: int) -> Text:
    if not reports:
        return Text("", "")
    written = count(reports, Text("verslag", "report"), Text("verslagen", "reports"))
    return Text(f"In het plan zou komen: {written.nl}.", f"Into the plan would go: {written.en}.")


def _still_waiting(waiting: int, busy: OutsideProblem | None) -> Text:
    if busy is None:
        return Text("", "")
    reports = count(waiting, Text("verslag wacht", "report waits"), Text("verslagen wachten", "reports wait"))
    return joined(busy.text, Text(f"{reports.nl} op de volgende keer.", f"{reports.en} for the next run."))


def _receipts(sent: int) -> Text:
    if not sent:
        return Text("", "")
    receipts = count(
        sent, Text("ontvangstbevestiging", "receipt"), Text("ontvangstbevestigingen", "receipts")
    )
    return Text(f"{receipts.nl} verstuurd.", f"{receipts.en} sent.")


_RETURNED = Text(
    "De mail aan {address} kwam terug: dat adres is niet bereikt. Controleer het op het blad Personen.",
    "The mail to {address} came back: that address was not reached. Check it on the sheet People.",
)


def _to_look_at(found: Found, disagreements: Sequence[Contradiction]) -> list[Text]:
    reviews = [
        Text(
            f"Te beoordelen, van {mail.sender or '?'}: {reason.nl}",
            f"For review, from {mail.sender or '?'}: {reason.en}",
        )
        for mail, reason in found.reviews
    ]
    problems = [
        Text(f"Niet begrepen, van {sender}: {what.nl}", f"Not understood, from {sender}: {what.en}")
        for sender, what in found.problems
    ]
    returned = [_RETURNED.filled(address=bounce.address) for bounce in found.bounces]
    return [*reviews, *problems, *returned, *(each.text for each in disagreements)]


def _data(found: Found, disagreements: Sequence[Contradiction]) -> dict[str, object]:
    return {
        "mails": {
            outcome.value: found.outcomes[outcome]
            for outcome in MailOutcome
            if outcome is not MailOutcome.DISCARDED
        },
        "reports": found.reports,
        "on_trial": list(found.on_trial),
        "edited": list(found.edited),
        "review": [
            {"sender": mail.sender or "?", "subject": mail.subject, "reason": reason._asdict()}
            for mail, reason in found.reviews
        ],
        "problems": [{"sender": sender, "problem": what._asdict()} for sender, what in found.problems],
        "afterwards": [text._asdict() for text in found.afterwards],
        "bounced": [bounce.address for bounce in found.bounces],
        "contradictions": [{"item": each.item, **each.text._asdict()} for each in disagreements],
    }
