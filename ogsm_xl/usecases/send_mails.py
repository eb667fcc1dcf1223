"""Send the invitations and reminders that are due, and the news that a session was moved or cancelled; each once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogsm_xl.excel.layout import SESSIONS
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.ledger import MailRow
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Plan, normalised_id
from ogsm_xl.plan.problem import OutsideProblem, Problem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.due import Due, Unreachable, due_mails
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.rhythm.notices import Vanished, due_notices, vanished_sessions
from ogsm_xl.usecases.bring_in import write_proposed_ids
from ogsm_xl.usecases.mailing import Letter, Mailroom, Sending, begin, in_doubt, send, send_all, why_not_here
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined
from ogsm_xl.usecases.overview import overview_letters, returned_mail
from ogsm_xl.usecases.own_texts import letter_settings
from ogsm_xl.usecases.owner_letters import OwnerLetters
from ogsm_xl.usecases.plan_now import remember_plan, rhythm_settings, with_settled_ids, with_waiting
from ogsm_xl.usecases.row_edits import check_not_older, notice_edited_rows
from ogsm_xl.usecases.validate import findings_of

_NOUNS: Mapping[MailKind, tuple[Text, Text]] = {
    MailKind.INVITATION: (Text("uitnodiging", "invitation"), Text("uitnodigingen", "invitations")),
    MailKind.REMINDER: (Text("herinnering", "reminder"), Text("herinneringen", "reminders")),
    MailKind.MOVED: (Text("nieuwe datum", "new date"), Text("nieuwe data", "new dates")),
    MailKind.CANCELLED: (Text("afzegging", "cancellation"), Text("afzeggingen", "cancellations")),
    MailKind.STATUS: (
        Text("bericht met de stand van zaken", "pre-read"),
        Text("berichten met de stand van zaken", "pre-reads"),
    ),
    MailKind.OVERVIEW: (Text("overzicht", "overview"), Text("overzichten", "overviews")),
}


@dataclass(frozen=True, slots=True)
class Attention:
    """What a run found that a person should look at."""

    unreachable: Sequence[Unreachable] = ()
    absent: Sequence[Due] = ()
    vanished: Sequence[Vanished] = ()
    unread: Sequence[Text] = ()


def send_mails(kinds: Collection[MailKind], room: Mailroom) -> Outcome:
    """Send what is due now, then the process owner's overview.

    Args:
        kinds: Which kinds of mail: invitations, reminders. A session that moved or was cancelled is always told.
        room: What is needed to mail.

    Raises:
        InputProblem: The workbook can't be used or seems to be an older copy, a text of the organisation is broken, another machine mails for this
            plan, or there are more mails than may go without confirming.
        OutsideProblem: The mail system can't be asked what became of a mail of a run that was cut off.
    """
    read = read_plan(room.config.workbook)
    settings = letter_settings(room.config, read.plan)
    begin(room)
    check_not_older(read, room.ledger, room.now)
    if not room.dry_run:
        read = _with_ids(read, room)
        remember_plan(read.plan, room.ledger, room.now)
        notice_edited_rows(read, room.ledger, room.now)
    plan = with_waiting(read.plan, room.ledger)
    before = room.ledger.sent(room.redirected)
    asked = with_settled_ids(plan, read, proposed_too=room.dry_run)
    decided = due_mails(asked, room.now, before, rhythm_settings(room.config), kinds)
    found = Attention(
        [*decided.unreachable, *_returned(room, plan, decided.due)],
        [due for due in decided.due if due.absent],
        vanished_sessions(plan, room.now, before),
        [*_sessions_not_read(read), *_not_asked(plan, asked)],
    )
    findings = findings_of(read, room.config, room.now.date()) if decided.due else ()
    letters = OwnerLetters(room, plan, settings, before, _by_item(findings))
    notices = [letters.about_change(notice) for notice in due_notices(plan, room.now, before)]
    sending = send(room, [*notices, *(letters.about_items(due) for due in decided.due)])
    look_at = to_look_at(room, sending, found)
    overviews = send_all(
        room,
        overview_letters(
            room, plan, settings, mailed=bool(sending.sent), absent=found.absent, look_at=look_at
        ),
    )
    return mail_outcome(kinds, room, plan, sending, overviews, found)


def _with_ids(read: ReadPlan, room: Mailroom) -> ReadPlan:
    """The workbook with the IDs that rows had none of: a mail may only name an ID that stands in the plan.

    Where the plan is open in Excel the IDs come later; those rows are not asked about until then.
    """
    if not read.proposed_ids:
        return read
    try:
        write_proposed_ids(config=room.config, now=room.now)
    except Problem:
        return read
    return read_plan(room.config.workbook)


def _not_asked(plan: Plan, asked: Plan) -> list[Text]:
    """The items that nobody is asked about because it is not sure which row their ID means."""
    left_out = dict.fromkeys(item.id for item in plan.items if asked.item(item.id) is None)
    return [
        Text(
            f"Naar {item} is niet gevraagd: dat ID staat op meer dan één regel, of nog niet in het plan. Zie ogsm-xl validate.",
            f"Nobody was asked about {item}: that ID is on more than one row, or not in the plan yet. See ogsm-xl validate.",
        )
        for item in left_out
    ]


def _sessions_not_read(read: ReadPlan) -> list[Text]:
    """Rows of the calendar that could not be read: nobody is mailed about those sessions."""
    place = read.places.get(SESSIONS.name)
    rows = {
        finding.where.row
        for finding in read.findings
        if place
        and finding.where
        and finding.where.sheet == place.sheet
        and finding.severity is Severity.ERROR
    }
    if not rows or place is None:
        return []
    where = ", ".join(str(row) for row in sorted(rows)[:10])
    return [
        Text(
            f"Op het blad {place.sheet} zijn regels niet gelezen (rij {where}): over die sessies gaat geen mail uit. Zie ogsm-xl validate.",
            f"On the sheet {place.sheet} some rows were not read (row {where}): no mail goes out about those sessions. See ogsm-xl validate.",
        )
    ]


def to_look_at(room: Mailroom, sending: Sending, found: Attention) -> list[Text]:
    """What a person should look at, besides owners who can't be reached, who have a table of their own."""
    return [
        *found.unread,
        *(_vanished(session) for session in found.vanished),
        *(_failed(letter, problem.text) for letter, problem in sending.failed),
        *(_in_doubt(row) for row in in_doubt(room.ledger)),
        *([_held_back(room, len(sending.held_back))] if sending.held_back else []),
    ]


def mail_outcome(
    kinds: Collection[MailKind],
    room: Mailroom,
    plan: Plan,
    sending: Sending,
    overviews: Sending,
    found: Attention,
) -> Outcome:
    """How a run that mailed ended."""
    every = Sending(sending.sent, [*sending.failed, *overviews.failed], sending.held_back)
    elsewhere = why_not_here(room)
    look_at = [
        *([elsewhere] if elsewhere else []),
        *(_could_not_reach(owner) for owner in found.unreachable),
        *(_alone(due) for due in found.absent if due.deputy is None),
        *to_look_at(room, every, found),
    ]
    outside = any(isinstance(problem, OutsideProblem) for _, problem in every.failed)
    code = ExitCode.OUTSIDE_FAILED if outside else ExitCode.LOOK if look_at else ExitCode.DONE
    return Outcome(
        code,
        joined(
            _how_many(kinds, plan, sending, dry_run=room.dry_run),
            _overviews(overviews.sent, dry_run=room.dry_run),
            _and_not(every.failed, found.unreachable, in_doubt(room.ledger), sending.held_back),
            _to_test_address(room),
            _written_to(room, [*sending.sent, *overviews.sent]),
        ),
        look_at,
        [_line(letter) for letter in (*sending.sent, *overviews.sent)],
        {
            "dry_run": room.dry_run,
            "sent": [_plain(letter) for letter in sending.sent],
            "overview": [letter.addressee.mail for letter in overviews.sent],
            "held_back": len(sending.held_back),
            "failed": [
                {"person": letter.row.person, "mail": letter.addressee.mail} for letter, _ in every.failed
            ],
            "unreachable": [
                {"owner": owner.owner, "items": [item.id for item in owner.items]}
                for owner in found.unreachable
            ],
            "unknown": [{"id": row.id, "mail": row.sent_to} for row in in_doubt(room.ledger)],
            "vanished": [session.session for session in found.vanished],
            "folder": str(room.out) if room.dry_run and room.out else None,
        },
    )


def _returned(room: Mailroom, plan: Plan, due: Sequence[Due]) -> list[Unreachable]:
    """The owners of the sessions that are mailed about now whose address mail came back from."""
    sessions = {each.session.id: each.session for each in due}
    return [
        lost for session in sessions.values() for lost in returned_mail(room.ledger, plan, session, room.now)
    ]


def _by_item(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.item:
            found.setdefault(normalised_id(finding.item), []).append(finding)
    return found


def _plain(letter: Letter) -> dict[str, object]:
    row = letter.row
    return {
        "session": row.session,
        "kind": row.kind.key,
        "person": row.person,
        "mail": letter.addressee.mail,
        "items": list(row.items),
    }


def _how_many(kinds: Collection[MailKind], plan: Plan, sending: Sending, *, dry_run: bool) -> Text:
    sent = sending.sent
    if not sent and (sending.failed or sending.held_back):
        return Text("Er is niets verstuurd.", "Nothing was sent.")
    if not sent:
        due = [_NOUNS[kind][1] for kind in MailKind if kind in kinds]
        dutch, english = " of ".join(noun.nl for noun in due), " or ".join(noun.en for noun in due)
        return Text(f"Er zijn nu geen {dutch} te versturen.", f"No {english} are due now.")
    numbers = [
        count(sum(letter.row.kind is kind for letter in sent), *_NOUNS[kind])
        for kind in MailKind
        if any(letter.row.kind is kind for letter in sent)
    ]
    dutch = " en ".join(number.nl for number in numbers)
    english = " and ".join(number.en for number in numbers)
    about = _sessions(plan, sent)
    if dry_run:
        return Text(
            f"Proef, er is niets verstuurd. Nu zouden gaan: {dutch} voor {about.nl}.",
            f"Dry run, nothing was sent. Due now: {english} for {about.en}.",
        )
    return Text(f"Verstuurd: {dutch} voor {about.nl}.", f"Sent: {english} for {about.en}.")


def _sessions(plan: Plan, sent: Sequence[Letter]) -> Text:
    ids = dict.fromkeys(letter.row.session for letter in sent)
    sessions = [session for each in ids if (session := plan.session(each))]
    return Text(
        ", ".join(f"{s.kind.word(Language.NL).lower()} {s.id} van {s.date:%d-%m-%Y}" for s in sessions),
        ", ".join(f"{s.kind.word(Language.EN).lower()} {s.id} on {s.date:%Y-%m-%d}" for s in sessions),
    )


def _overviews(sent: Sequence[Letter], *, dry_run: bool) -> Text:
    if not sent:
        return Text("", "")
    to = ", ".join(letter.addressee.name for letter in sent)
    if dry_run:
        return Text(f"Een overzicht zou gaan naar {to}.", f"An overview would go to {to}.")
    return Text(f"Een overzicht ging naar {to}.", f"An overview went to {to}.")


def _and_not(
    failed: Sequence[object],
    unreachable: Sequence[object],
    unknown: Sequence[object],
    held_back: Sequence[object],
) -> Text:
    parts = []
    if failed:
        parts.append(
            Text(
                f"Niet gelukt: {len(failed)}; de volgende keer opnieuw.",
                f"Failed: {len(failed)}; tried again next time.",
            )
        )
    if held_back:
        parts.append(
            Text(f"Tot morgen bewaard: {len(held_back)}.", f"Kept until tomorrow: {len(held_back)}.")
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


def _to_test_address(room: Mailroom) -> Text:
    test = room.config.mail.redirect_all_to
    if not test:
        return Text("", "")
    return Text(
        f"Alles gaat naar het testadres {test}; niemand telt daardoor als gemaild.",
        f"Everything goes to the test address {test}; nobody counts as mailed by that.",
    )


def _written_to(room: Mailroom, letters: Sequence[Letter]) -> Text:
    if not room.dry_run or room.out is None or not letters:
        return Text("", "")
    return Text(f"Bekijk ze in {room.out}.", f"Look at them in {room.out}.")


def _line(letter: Letter) -> Text:
    row, to = letter.row, f"{letter.addressee.name} <{letter.addressee.mail.strip()}>"
    items = f": {', '.join(row.items)}" if row.items else ""
    stands_in = letter.addressee.name != row.person
    return Text(
        f"{row.kind.word(Language.NL)} aan {to}{f' voor {row.person}' if stands_in else ''}{items}",
        f"{row.kind.word(Language.EN)} to {to}{f' for {row.person}' if stands_in else ''}{items}",
    )


def _failed(letter: Letter, reason: Text) -> Text:
    return Text(f"{letter.row.person}: {reason.nl}", f"{letter.row.person}: {reason.en}")


def _could_not_reach(owner: Unreachable) -> Text:
    items = ", ".join(item.id for item in owner.items)
    return Text(
        f"{owner.owner or 'Zonder eigenaar'} ({items}) krijgt geen mail: {owner.reason.nl}",
        f"{owner.owner or 'Without owner'} ({items}) gets no mail: {owner.reason.en}",
    )


def _alone(due: Due) -> Text:
    return Text(
        f"{due.person.name} is afwezig en heeft geen vervanger die bereikbaar is; de mail gaat naar {due.person.name} zelf.",
        f"{due.person.name} is absent and has no deputy who can be reached; the mail goes to {due.person.name} all the same.",
    )


def _vanished(session: Vanished) -> Text:
    day = session.told.date
    expect = (
        Text("1 persoon verwacht", "1 person expects")
        if session.people == 1
        else Text(f"{session.people} mensen verwachten", f"{session.people} people expect")
    )
    return Text(
        f"Sessie {session.session} staat niet meer in het plan, maar {expect.nl} die op {day:%d-%m-%Y}. Gaat die niet door? Zet de regel terug met Vervallen op Ja; dan krijgen ze bericht.",
        f"Session {session.session} is no longer in the plan, but {expect.en} it on {day:%Y-%m-%d}. Is it cancelled? Put the row back with Cancelled set to Yes; then they are told.",
    )


def _in_doubt(row: MailRow) -> Text:
    return Text(
        f"Onzeker of de mail aan {row.person} <{row.sent_to}> van {row.planned_at:%d-%m-%Y %H:%M} is verstuurd; hij gaat niet vanzelf opnieuw. Kijk in de verzonden mail of vraag het na, en leg het vast met: ogsm-xl sent --resolve {row.id} sent (of not-sent: dan gaat hij opnieuw).",
        f"Uncertain whether the mail to {row.person} <{row.sent_to}> of {row.planned_at:%Y-%m-%d %H:%M} went out; it is not sent again by itself. Look in the sent mail or ask, and note it with: ogsm-xl sent --resolve {row.id} sent (or not-sent: then it goes again).",
    )


def _held_back(room: Mailroom, number: int) -> Text:
    most = room.config.mail.most_per_day
    waits = (
        Text("1 mail wacht", "1 mail waits")
        if number == 1
        else Text(f"{number} mails wachten", f"{number} mails wait")
    )
    return Text(
        f"{waits.nl} tot morgen: er gaan er hoogstens {most} per dag (most_per_day onder [mail]).",
        f"{waits.en} until tomorrow: at most {most} go out in a day (most_per_day under [mail]).",
    )
