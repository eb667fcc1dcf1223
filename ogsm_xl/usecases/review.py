"""What waits for a person: list it, look at it, and accept, assign or discard it. And what became of every other mail.

A mail waits when it can't be tied to a mail of ours, when its sender is not who was asked, when nobody vouches for the
sender, or when nothing in it was understood. What a person accepts or assigns goes the same way into the plan as every
other report; what they discard stays in the ledger with their reason.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import IncomingRow, Ledger, ReceiptState
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import IncomingMail, read_mail
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.quoting import split_reply
from ogsm_xl.letters.rows import TEXT_FIELDS, Coming
from ogsm_xl.letters.wording import shortened
from ogsm_xl.plan.model import Person, Plan, kind_of, normalised_name
from ogsm_xl.plan.problem import InputProblem, OutsideProblem, Problem
from ogsm_xl.plan.words import ItemKind, Text, Word
from ogsm_xl.post.port import MailSystem
from ogsm_xl.usecases.bring_in import bring_in
from ogsm_xl.usecases.filing import refile_decided
from ogsm_xl.usecases.in_charge import check_charge
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed
from ogsm_xl.usecases.reading_replies import Meaning, ReplyReader, Stored, forwarded_in

_LONGEST_SHOWN = 4_000
_WIDTH = 100  # columns of a terminal
_LONGEST_SAID = 80

_BECAME: Mapping[MailOutcome | None, Text] = {
    MailOutcome.ACCEPTED: Text("verwerkt", "recorded"),
    MailOutcome.REVIEW: Text("te beoordelen", "for review"),
    MailOutcome.NO_REPLY: Text("geen antwoord", "no answer"),
    MailOutcome.DUPLICATE: Text("dubbel", "duplicate"),
    MailOutcome.DISCARDED: Text("telt niet", "discarded"),
    None: Text("nog niet gelezen", "not read yet"),
}
_WITH_ACCEPT = Text("Met --accept: {report}", "With --accept: {report}")
_RECORDED = Text("Verwerkt: {report}", "Recorded: {report}")
_CHOOSE = Text(
    'Kies: ogsm-xl review {number} --accept, --assign ONDERDEEL of --discard "waarom"',
    'Choose: ogsm-xl review {number} --accept, --assign ITEM or --discard "why"',
)
_CHOOSE_ELSE = Text(
    'Zo is er niets uit te halen. Kies: ogsm-xl review {number} --assign ONDERDEEL of --discard "waarom"',
    'Nothing can be taken from it as it is. Choose: ogsm-xl review {number} --assign ITEM or --discard "why"',
)
_NO_MORE = Text(
    "Mail {number} wacht niet op een beoordeling: {became}.",
    "Mail {number} does not wait for a person: {became}.",
)
_SENDER_KNOWS = Text(
    "Bericht: de afzender heeft te horen gekregen wat er niet is begrepen.",
    "Told: the sender has heard what was not understood.",
)
_SENDER_DOES_NOT_KNOW = Text(
    "Bericht: de afzender heeft hierover niets gehoord.", "Told: the sender has heard nothing about it."
)
_NO_SUCH_MAIL = Text(
    "Er is geen mail met nummer {number}. Bekijk wat er wacht met: ogsm-xl review",
    "There is no mail with number {number}. See what waits with: ogsm-xl review",
)
_NOTHING_IN_IT = Text(
    "In mail {number} staat niets dat zo te verwerken is. {why} Zet de tekst bij een onderdeel met --assign, zoals: ogsm-xl review {number} --assign A12",
    "Mail {number} holds nothing that can be recorded as it is. {why} Put its text with an item with --assign, such as: ogsm-xl review {number} --assign A12",
)
_NOT_TIED = Text(
    "Mail {number} hoort bij geen mail van ons, en {sender} staat niet in de lijst met personen. Zeg van wie het antwoord is met --as, of zet de tekst bij een onderdeel met --assign.",
    "Mail {number} belongs to no mail of ours, and {sender} is not in the list of people. Say whose answer it is with --as, or put its text with an item with --assign.",
)
_NO_ITEM = Text(
    "In het plan staat geen onderdeel {item!r} waarover wordt gerapporteerd.",
    "The plan holds no item {item!r} that is reported on.",
)
_NO_PERSON = Text(
    "{person!r} staat niet in de lijst met personen.", "{person!r} is not in the list of people."
)
_WHO = Text(
    '{sender} staat niet in de lijst met personen. Zeg van wie het antwoord is, zoals: ogsm-xl review {number} --assign {item} --as "{owner}"',
    '{sender} is not in the list of people. Say whose answer it is, such as: ogsm-xl review {number} --assign {item} --as "{owner}"',
)
_STAYS = Text(
    "De mail zelf staat nog bij de te beoordelen mail; de volgende keer gaat hij naar de verwerkte.",
    "The mail itself is still among the mail for review; the next run moves it to the processed mail.",
)
_NO_REASON = Text("Zeg met --discard waarom.", "Say with --discard why.")


def list_reviews(ledger: Ledger) -> Outcome:
    """The mails that wait for a person, oldest first."""
    rows = ledger.for_review()
    if not rows:
        return Outcome(
            ExitCode.DONE,
            Text("Er wacht niets op een beoordeling.", "Nothing waits for a person."),
            data={"waiting": []},
        )
    waiting = count(len(rows), Text("mail wacht", "mail waits"), Text("mails wachten", "mails wait"))
    return Outcome(
        ExitCode.LOOK,
        Text(
            f"{waiting.nl} op een beoordeling. Bekijk er een met zijn nummer, zoals: ogsm-xl review {rows[0].number}",
            f"{waiting.en} for a person. Look at one by its number, such as: ogsm-xl review {rows[0].number}",
        ),
        details=[_entry(row) for row in rows],
        data={"waiting": [_as_data(row) for row in rows]},
    )


def list_all(ledger: Ledger) -> Outcome:
    """Every mail that came in and what became of it, oldest first."""
    rows = ledger.all_incoming()
    numbers = Counter(row.outcome for row in rows)
    counted = [
        Text(f"{number} {_BECAME[outcome].nl}", f"{number} {_BECAME[outcome].en}")
        for outcome in _BECAME
        if (number := numbers[outcome])
    ]
    mails = count(len(rows), Text("mail", "mail"), Text("mails", "mails"))
    parts = listed(counted)
    return Outcome(
        ExitCode.DONE,
        Text(f"{mails.nl}: {parts.nl}.", f"{mails.en}: {parts.en}.")
        if rows
        else Text("Er kwam nog geen mail binnen.", "No mail came in yet."),
        details=[_line(row, ledger) for row in rows],
        data={"mails": [{**_as_data(row), "items": _items(row, ledger)} for row in rows]},
    )


def show_review(*, config: Config, ledger: Ledger, secret: bytes, number: int) -> Outcome:
    """One mail: who wrote it and when, what became of it and why, what it says, and what accepting it would record.

    Raises:
        InputProblem: There is no mail of this number, or the workbook can't be used.
    """
    row, stored = _stored(ledger, number)
    waits = row.outcome is MailOutcome.REVIEW
    would: list[Text] = []
    if waits:
        plan = read_plan(config.workbook).plan
        would = _would_record(ReplyReader(config, ledger, plan, secret), plan, stored)
    recorded = [_as_sentence(Coming(report)) for report in ledger.reports_of(row.digest)]
    lines = [
        *_head(row, stored.mail),
        *_told(ledger, row),
        Text("", ""),
        *(_wrapped(Text(line, line), first="  ", then="  ") for line in _shown(stored.mail).split("\n")),
        Text("", ""),
        *(_wrapped(_WITH_ACCEPT.filled(report=each)) for each in would),
        *(_wrapped(_RECORDED.filled(report=each)) for each in recorded),
    ]
    choose = _CHOOSE if would else _CHOOSE_ELSE
    return Outcome(
        ExitCode.LOOK if waits else ExitCode.DONE,
        choose.filled(number=number)
        if waits
        else _NO_MORE.filled(number=number, became=_BECAME[row.outcome]),
        details=lines,
        data={
            **_as_data(row),
            "text": _shown(stored.mail),
            "accept": [each._asdict() for each in would],
            "recorded": [each._asdict() for each in recorded],
        },
    )


def _head(row: IncomingRow, mail: IncomingMail) -> list[Text]:
    """Who wrote a mail and when, about what, and why it waits or does not count."""
    who = f"{mail.sender_name} <{mail.sender or '?'}>".strip()
    names = ", ".join(one_line(file.name or file.media_type, 80) for file in mail.attachments)
    came = Text(f"{row.received_at:%d-%m-%Y %H:%M}", f"{row.received_at:%Y-%m-%d %H:%M}")
    facts = [
        (Text("Nummer", "Number"), Text(str(row.number), str(row.number))),
        (Text("Van", "From"), Text(who, who)),
        (Text("Binnengekomen", "Came in"), came),
        (Text("Onderwerp", "Subject"), Text(mail.subject, mail.subject)),
        (Text("Bijlagen", "Attachments"), Text(names, names)),
        (Text("Waarom", "Why"), row.reason),
        (Text("Besloten", "Decided"), Text(row.decision, row.decision)),
    ]
    return [
        _wrapped(Text(f"{label.nl}: {fact.nl}", f"{label.en}: {fact.en}")) for label, fact in facts if fact.nl
    ]


def _told(ledger: Ledger, row: IncomingRow) -> list[Text]:
    """Whether its sender heard of it: then nobody needs to write to them."""
    receipt = ledger.receipt_for(row.digest)
    if row.outcome is not MailOutcome.REVIEW:
        return []
    return [_SENDER_KNOWS if receipt and receipt.state is ReceiptState.SENT else _SENDER_DOES_NOT_KNOW]


@dataclass(frozen=True, slots=True)
class Accept:
    """Count the mail as the answer of whom our mail went to, or of `person` (name or address)."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Count the mail as a report on this item, by `person` (name or address) or by its sender."""

    item: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Discard:
    """The mail is no answer, for this reason."""

    reason: str


def decide_review(
    decision: Accept | Assign | Discard,
    *,
    config: Config,
    ledger: Ledger,
    post: MailSystem,
    secret: bytes,
    number: int,
    now: datetime,
    machine: str,
    dry_run: bool = False,
) -> Outcome:
    """Do what a person decided about a mail, bring its reports into the plan, and move it to the processed mail.

    Raises:
        InputProblem: Another machine mails for this plan; the mail does not wait; or the decision does not fit it: what
            to write instead.
    """
    check_charge(config, ledger, machine)
    row, stored = _stored(ledger, number)
    if row.outcome is not MailOutcome.REVIEW:
        raise InputProblem(_NO_MORE.filled(number=number, became=_BECAME[row.outcome]))
    if isinstance(decision, Discard):
        return _discarded(decision, row, ledger, post, now, dry_run=dry_run)
    plan = read_plan(config.workbook).plan
    reader = ReplyReader(config, ledger, plan, secret)
    if isinstance(decision, Accept):
        meaning, how = _accepted(decision, reader, plan, stored, number), "accepted"
    else:
        meaning, how = _assigned(decision, reader, plan, stored, number), f"assigned to {decision.item}"
    recorded = [_as_sentence(coming) for coming in meaning.reports.values()]
    summary = Text(f"Mail {number} verwerkt.", f"Mail {number} recorded.")
    if dry_run:
        summary = Text(
            f"Proef, er is niets veranderd. Mail {number} zou worden verwerkt.",
            f"Dry run, nothing was changed. Mail {number} would be recorded.",
        )
        return Outcome(
            ExitCode.DONE, summary, meaning.problems, recorded, {"dry_run": True, "reports": len(recorded)}
        )
    by = next(iter(meaning.reports.values())).report.by
    ledger.reviewed(
        stored.digest, MailOutcome.ACCEPTED, f"{how}, by {by}, {now:%Y-%m-%d %H:%M}", meaning.reports
    )
    busy = _bring_in(config, ledger, now)
    stays = refile_decided(post, ledger)
    look_at = [*meaning.problems, *_left_behind(stays)]
    later = Text("Het gaat de volgende keer in het plan.", "It goes into the plan with the next run.")
    return Outcome(
        _code(look_at, busy, stays),
        joined(summary, busy.text, later) if busy else summary,
        look_at,
        recorded,
        {
            "dry_run": False,
            "reports": len(recorded),
            "items": [c.report.item for c in meaning.reports.values()],
        },
    )


def _bring_in(config: Config, ledger: Ledger, now: datetime) -> OutsideProblem | None:
    try:
        bring_in(config=config, ledger=ledger, now=now)
    except OutsideProblem as problem:
        return problem
    return None


def _left_behind(stays: Problem | None) -> list[Text]:
    return [joined(_STAYS, stays.text)] if stays else []


def _code(look_at: Sequence[Text], *problems: Problem | None) -> ExitCode:
    if any(isinstance(problem, OutsideProblem) for problem in problems):
        return ExitCode.OUTSIDE_FAILED
    return ExitCode.LOOK if look_at else ExitCode.DONE


def _discarded(
    decision: Discard, row: IncomingRow, ledger: Ledger, post: MailSystem, now: datetime, *, dry_run: bool
) -> Outcome:
    reason = " ".join(decision.reason.split())
    if not reason:
        raise InputProblem(_NO_REASON)
    stays = None
    if not dry_run:
        ledger.reviewed(row.digest, MailOutcome.DISCARDED, f"discarded: {reason}, {now:%Y-%m-%d %H:%M}")
        stays = refile_decided(post, ledger)
    look_at = _left_behind(stays)
    return Outcome(
        _code(look_at, stays),
        Text(
            f"Mail {row.number} telt niet: {reason}. Hij blijft bewaard.",
            f"Mail {row.number} does not count: {reason}. It is kept.",
        ),
        look_at,
        data={"dry_run": dry_run, "reason": reason},
    )


def _accepted(decision: Accept, reader: ReplyReader, plan: Plan, stored: Stored, number: int) -> Meaning:
    by = _person(decision.person, plan) or plan.person(stored.mail.sender)
    meaning = _as_answer(reader, plan, stored, by)
    if meaning is None:
        raise InputProblem(_NOT_TIED.filled(number=number, sender=stored.mail.sender or "?"))
    if not meaning.reports:
        raise InputProblem(_NOTHING_IN_IT.filled(number=number, why=meaning.reason))
    return meaning


def _as_answer(reader: ReplyReader, plan: Plan, stored: Stored, by: Person | None) -> Meaning | None:
    """The mail as the answer of whom our mail went to; where that comes to nothing, on all that its sender owns."""
    asked = reader.tied_to(stored.mail)
    found = reader.as_answer_of(stored, asked, by.name if by else asked.person) if asked else None
    if by is None or (found and found.reports):
        return found
    theirs = {item.id: kind_of(item) for item in plan.items if plan.owner_of(item) == by}
    return _with_reports(reader.as_answer_on(stored, theirs, by.name)) or found


def _with_reports(meaning: Meaning) -> Meaning | None:
    return meaning if meaning.reports else None


def _assigned(decision: Assign, reader: ReplyReader, plan: Plan, stored: Stored, number: int) -> Meaning:
    item = plan.item(decision.item)
    if item is None:
        raise InputProblem(_NO_ITEM.filled(item=decision.item))
    by = _person(decision.person, plan) or plan.person(stored.mail.sender)
    if by is None:
        owner = plan.owner_of(item)
        who = owner.name if owner else item.owner
        raise InputProblem(
            _WHO.filled(sender=stored.mail.sender or "?", number=number, item=item.id, owner=who)
        )
    items: Mapping[str, ItemKind] = {item.id: kind_of(item)}
    meaning = reader.as_answer_on(stored, items, by.name)
    if not meaning.reports:
        raise InputProblem(_NOTHING_IN_IT.filled(number=number, why=meaning.reason))
    return meaning


def _person(written: str | None, plan: Plan) -> Person | None:
    if written is None:
        return None
    if person := plan.person(written):
        return person
    near = [p for p in plan.people if normalised_name(written) in normalised_name(p.name)]
    if len(near) == 1:
        return near[0]
    raise InputProblem(_NO_PERSON.filled(person=written))


def _would_record(reader: ReplyReader, plan: Plan, stored: Stored) -> list[Text]:
    """What accepting a mail would record, a line each; nothing where it can't be accepted."""
    meaning = _as_answer(reader, plan, stored, plan.person(stored.mail.sender))
    return [_as_sentence(coming) for coming in meaning.reports.values()] if meaning else []


def _stored(ledger: Ledger, number: int) -> tuple[IncomingRow, Stored]:
    row = ledger.incoming(number)
    if row is None:
        raise InputProblem(_NO_SUCH_MAIL.filled(number=number))
    return row, Stored(row.digest, row.received_at, read_mail(ledger.raw_mail(row.digest)))


def _shown(mail: IncomingMail) -> str:
    """What its author wrote, and what they forwarded; where that is nothing, what it quotes."""
    own, within = split_reply(mail.text).top.strip(), split_reply(forwarded_in(mail)).top.strip()
    text = "\n\n".join(filter(None, (own, within))) or mail.text.strip()
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _entry(row: IncomingRow) -> Text:
    """A mail that waits: its number, day and sender, what it is about, and why it waits."""
    who, about = row.sender or "?", shortened(row.subject, _WIDTH - 7)
    first = Text(
        f"{row.number:>5}  {row.received_at:%d-%m-%Y}  {who}",
        f"{row.number:>5}  {row.received_at:%Y-%m-%d}  {who}",
    )
    reason = _wrapped(row.reason, first=" " * 7, then=" " * 7)
    return Text(
        "\n".join(filter(None, (first.nl, about and f"       {about}", reason.nl))),
        "\n".join(filter(None, (first.en, about and f"       {about}", reason.en))),
    )


def _line(row: IncomingRow, ledger: Ledger) -> Text:
    """A mail in one line, with what became of it."""
    became, items = _BECAME[row.outcome], ", ".join(_items(row, ledger))
    what = Text(items, items) if items else row.reason
    start = Text(
        f"{row.number:>5}  {row.received_at:%d-%m-%Y}  {became.nl:<16}  ",
        f"{row.number:>5}  {row.received_at:%Y-%m-%d}  {became.en:<12}  ",
    )
    rest = [": ".join(filter(None, (row.sender or "?", said))) for said in what]
    return Text(
        start.nl + shortened(rest[0], _WIDTH - len(start.nl)),
        start.en + shortened(rest[1], _WIDTH - len(start.en)),
    )


def _items(row: IncomingRow, ledger: Ledger) -> list[str]:
    return [report.item for report in ledger.reports_of(row.digest)]


def _wrapped(text: Text, first: str = "", then: str = "    ") -> Text:
    """A text in lines that fit on a terminal."""

    def lines(written: str) -> str:
        return textwrap.fill(
            written,
            _WIDTH,
            initial_indent=first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )

    return Text(lines(text.nl), lines(text.en))


def _as_data(row: IncomingRow) -> dict[str, object]:
    return {
        "number": row.number,
        "received_at": row.received_at.isoformat(),
        "sender": row.sender,
        "subject": row.subject,
        "outcome": row.outcome.value if row.outcome else "",
        "reason": row.reason._asdict(),
    }


def _as_sentence(coming: Coming) -> Text:
    """A report in a line: `A12, by Anna: orange, 60%, “…”`."""
    report = coming.report
    values: list[Text] = []
    for value in (report.status, report.light, report.progress, report.value):
        if isinstance(value, Word):
            values.append(Text(value.value.nl.lower(), value.value.en.lower()))
        elif value is not None:
            written = f"{value}%" if isinstance(value, int) else f"{value:g}"
            values.append(Text(written, written))
    for name in TEXT_FIELDS:
        if text := " ".join(getattr(report, name).split()):
            quoted = f"“{text if len(text) <= _LONGEST_SAID else text[: _LONGEST_SAID - 1] + '…'}”"
            values.append(Text(quoted, quoted))
    if not values:
        values.append(Text("geen wijzigingen", "no change"))
    return Text(
        f"{report.item}, van {report.by}: {', '.join(v.nl for v in values)}",
        f"{report.item}, by {report.by}: {', '.join(v.en for v in values)}",
    )
