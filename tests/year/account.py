"""The independent count at the end of the year: what was due against what was sent, what was said against the history.

Nothing of the product decides anything here. The rules are those of the README and the field, in the plainest form; they
are applied to the diary of the simulated days: who said what when, what was changed in the calendar, which jobs ran, and
whether the mail system could be reached and the plan written when they did. The plan is read with openpyxl.

Simplifications, all on the side of the count:
- An overview is due on each day on which an invitation, reminder or pre-read went out and on the day of a session; on
  other days of the week before a session it may come. Never two on a day.
- A receipt is due once for each reply that counts. Where the job was killed or lost its connection while it sent them, one
  may be missing for each time: the product never sends a receipt again of which it does not know. For other mails of
  people none or one may come.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl

from tests.year.office import OurMail
from tests.year.organisation import PROCESS_OWNER, Meeting, Organisation, Somebody, Thing

INVITATION_DAYS, REMINDER_DAYS, SHARE_DAYS = 7, 3, 1
ACTION_CURRENT_DAYS, OTHER_CURRENT_DAYS = 30, 90
ASKED_AT = {
    "action": {"doing", "steering", "planning"},
    "indicator": {"steering", "planning"},
    "strategy": {"steering", "planning"},
    "objective": {"planning"},
}
DONE = "Afgerond"
OLD_TEXT = "Van voor het jaar"


# What happened: the diary


@dataclass(frozen=True)
class Said:
    """What somebody reported on one item, in a way that counts.

    Attributes:
        by: Their name.
        way: Mail, Formulier or Werkboek, as the history calls it.
        written: When, to the minute; of an edited row, when the plan was saved.
        status, light: Dutch words; "" where nothing was said.
        text: What was done, or the note.
    """

    item: str
    by: str
    way: str
    written: dt.datetime
    status: str = ""
    progress: int | None = None
    light: str = ""
    value: float | None = None
    text: str = ""


@dataclass(frozen=True)
class Arrived:
    """A mail in the mailbox of the process.

    Attributes:
        said: What counts in it.
        by_hand: A person has to say so first.
        by_a_program: No person wrote it.
        wrote: Items that are not theirs and that they name all the same: a receipt may repeat them.
    """

    at: dt.datetime
    message_id: str
    sender: str
    said: tuple[Said, ...] = ()
    by_hand: bool = False
    by_a_program: bool = False
    wrote: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edited:
    """A row was edited in the plan, and saved."""

    said: Said


@dataclass(frozen=True)
class Assigned:
    """The process owner counted a mail that waited."""

    at: dt.datetime
    message_id: str


@dataclass(frozen=True)
class Rescheduled:
    """A session got another day, or was cancelled (`day` None)."""

    at: dt.datetime
    session: str
    day: dt.date | None


@dataclass(frozen=True)
class NewAddress:
    """A mail address was corrected on the sheet of people."""

    at: dt.datetime
    name: str
    mail: str


@dataclass(frozen=True)
class Ran:
    """A job ran to its end, killed before that or not."""

    at: dt.datetime
    job: str
    mail_up: bool
    plan_free: bool


Entry = Arrived | Edited | Assigned | Rescheduled | NewAddress | Ran


# What was due


@dataclass(frozen=True)
class DueMail:
    """A mail that was due: on which day, and what it is about."""

    on: dt.date
    kind: str
    to: str
    session: tuple[str, dt.date | None]
    items: frozenset[str]

    def __str__(self) -> str:
        items = f" about {', '.join(sorted(self.items))}" if self.items else ""
        return f"{self.on} {self.kind} to {self.to} for {self.session[0]} {self.session[1]}{items}"


@dataclass(frozen=True)
class DueReport:
    """A report that belongs in the history, the session that it is for, and when it was said or saved."""

    said: Said
    session: str
    saved: dt.datetime


@dataclass
class Due:
    """All that was due in the year.

    Attributes:
        mails: Invitations, reminders, new dates, cancellations, pre-reads.
        reports: What belongs in the history.
        receipts: Message-ID of a reply to who hears of it.
        replies: Message-ID of every mail of a person to its sender.
        wrote: Message-ID of a reply to the items of others that it names.
        overview_days: The days on which the process owner is due an overview.
        near_sessions: The days on which one may come.
        theirs: Day and address to the items that may be named in a mail to it.
    """

    mails: Counter[DueMail] = field(default_factory=Counter)
    reports: list[DueReport] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    wrote: dict[str, frozenset[str]] = field(default_factory=dict)
    overview_days: set[dt.date] = field(default_factory=set)
    near_sessions: set[dt.date] = field(default_factory=set)
    theirs: dict[tuple[dt.date, str], set[str]] = field(default_factory=dict)


def count(organisation: Organisation, diary: Iterable[Entry], addresses: frozenset[str]) -> Due:
    """Go through the diary day by day.

    Args:
        organisation: As it was on the first day.
        diary: What happened, in order.
        addresses: The mail addresses that the mail server takes mail for.
    """
    year = _Year(organisation, addresses)
    for entry in diary:
        year.note(entry)
    return year.due


class _Year:
    """How things stand on a day of the diary."""

    def __init__(self, organisation: Organisation, addresses: frozenset[str]) -> None:
        self.due = Due()
        self._addresses = addresses
        self._people = {
            each.name: replace(each, mail="refused@example.org") if each.refused else each
            for each in organisation.people
        }
        self._things = {each.id: each for each in organisation.things}
        self._meetings = {each.id: each for each in organisation.meetings}
        self._reported = {item: [made] for item, made in organisation.reported.items()}
        self._newest = dict(organisation.reported)
        self._in_box: list[Arrived] = []
        self._by_hand: dict[str, Arrived] = {}
        self._to_write: list[Said] = []
        self._unseen: list[Said] = []
        self._saved = dt.datetime.min
        self._told: dict[tuple[str, str], tuple[dt.date, bool]] = {}
        self._had: set[tuple[str, str, str, dt.date | None]] = set()

    def note(self, entry: Entry) -> None:
        """One entry of the diary."""
        match entry:
            case Arrived():
                self._in_box.append(entry)
                if not entry.by_a_program:
                    self.due.replies.setdefault(entry.message_id, entry.sender)
                    self.due.wrote.setdefault(entry.message_id, entry.wrote)
            case Edited(said=said):
                self._unseen.append(said)
                self._saved = said.written
                self._set_row(said)
            case Assigned(message_id=message_id):
                self._take(self._by_hand.pop(message_id).said)
            case Rescheduled(at=at, session=session, day=None):
                self._saved = at
                self._meetings[session] = replace(self._meetings[session], cancelled=True)
            case Rescheduled(at=at, session=session, day=day) if day:
                self._saved = at
                self._meetings[session] = replace(self._meetings[session], day=day)
            case NewAddress(at=at, name=name, mail=mail):
                self._saved = at
                self._people[name] = replace(self._people[name], mail=mail)
            case Ran():
                self._ran(entry)

    def _ran(self, run: Ran) -> None:
        self._note_whose(run.at.date())
        mails = run.mail_up and run.job in {"send_invites", "send_reminders", "share_status"}
        if mails and 0 in self._until_sessions(run.at.date()):
            self.due.overview_days.add(run.at.date())
        self._see_edits(run)
        match run.job:
            case "collect_replies" if run.mail_up:
                self._collect()
            case "send_invites" | "send_reminders" if run.mail_up:
                self._tell_changes(run.at)
                for meeting in self._to_come(run.at):
                    self._ask(meeting, run)
            case "share_status" if run.mail_up:
                self._share(run.at)
        if run.plan_free and run.job == "collect_replies" and run.mail_up:
            for said in self._to_write:
                self._set_row(said)
            self._to_write.clear()

    # Reports

    def _see_edits(self, run: Ran) -> None:
        """An edited row counts from when the plan was last saved; where a job that mails sees it first, from then."""
        if run.job not in {"collect_replies", "send_invites", "send_reminders"}:
            return
        if run.job == "collect_replies" and not run.mail_up:
            return
        seen = min(self._saved, run.at) if run.job == "collect_replies" else run.at
        for said in self._unseen:
            self._report(replace(said, written=max(seen, said.written)), said.written)
        self._unseen.clear()

    def _collect(self) -> None:
        for mail in self._in_box:
            if mail.by_hand:
                self._by_hand[mail.message_id] = mail
            elif mail.said:
                self.due.receipts[mail.message_id] = mail.sender
                self._take(mail.said)
        self._in_box.clear()

    def _take(self, said: Iterable[Said]) -> None:
        for each in said:
            self._report(each)
            self._to_write.append(each)

    def _report(self, said: Said, saved: dt.datetime | None = None) -> None:
        """It is known from now on; it counts for the first session after it was made that asks for it."""
        self._reported.setdefault(said.item, []).append(said.written)
        later = [each for each in self._asking(said.item) if each.begins >= said.written]
        session = min(later, key=lambda each: each.begins).id if later else ""
        self.due.reports.append(DueReport(said, session, saved or said.written))

    def _set_row(self, said: Said) -> None:
        """The row of an action shows the newest status that was reported."""
        if self._newest.get(said.item, said.written) > said.written:
            return
        self._newest[said.item] = said.written
        if said.status == DONE:
            self._things[said.item] = replace(self._things[said.item], status="done")

    # Mails

    def _to_come(self, now: dt.datetime) -> list[Meeting]:
        return [each for each in self._meetings.values() if not each.cancelled and now < each.begins]

    def _asking(self, item: str) -> list[Meeting]:
        """The sessions that take place and ask for this item."""
        kinds = ASKED_AT[self._things[item].kind]
        return [each for each in self._meetings.values() if not each.cancelled and each.kind in kinds]

    def _ask(self, meeting: Meeting, run: Ran) -> None:
        """Seven days before: everybody. Three days before: who still owes. A day late, if need be; each once."""
        days = (meeting.day - run.at.date()).days
        if days <= REMINDER_DAYS:
            kind, about = "reminder", meeting.day
            items = [each for each in self._asked(meeting, run.at) if self._owes(each, run.at)]
        elif days <= INVITATION_DAYS:
            kind, about = "invitation", None
            items = self._asked(meeting, run.at)
        else:
            return
        if run.job != {"reminder": "send_reminders", "invitation": "send_invites"}[kind]:
            return
        for owner in {each.owner for each in items}:
            person = self._people[owner]
            theirs = frozenset(each.id for each in items if each.owner == owner)
            if self._first(kind, meeting, person, about, run.at):
                self._send(run.at, kind, person, meeting, meeting.day, theirs)

    def _asked(self, meeting: Meeting, now: dt.datetime) -> list[Thing]:
        return [
            each
            for each in self._things.values()
            if meeting.kind in ASKED_AT[each.kind] and (each.kind != "action" or _is_active(each, now.date()))
        ]

    def _owes(self, thing: Thing, now: dt.datetime) -> bool:
        """No report since the last session that asked for it; where there was none, none that is still current."""
        held = [each.begins for each in self._asking(thing.id) if each.begins < now]
        made = [each for each in self._reported.get(thing.id, []) if each <= now]
        if held:
            return not any(each > max(held) for each in made)
        days = ACTION_CURRENT_DAYS if thing.kind == "action" else OTHER_CURRENT_DAYS
        return not any((now.date() - each.date()).days < days for each in made)

    def _tell_changes(self, now: dt.datetime) -> None:
        for (session, address), (day, off) in list(self._told.items()):
            meeting = self._meetings[session]
            person = next((each for each in self._people.values() if each.mail == address), None)
            if person is None or _has_left(person, now.date()):
                continue
            if meeting.cancelled and not off and now <= dt.datetime.combine(day, meeting.at):
                self._send(now, "cancelled", person, meeting, day, frozenset())
            elif not meeting.cancelled and (off or day != meeting.day) and now < meeting.begins:
                self._send(now, "moved", person, meeting, meeting.day, frozenset())

    def _share(self, now: dt.datetime) -> None:
        for meeting in self._to_come(now):
            if (meeting.day - now.date()).days <= SHARE_DAYS:
                for person in self._people.values():
                    if self._first("pre-read", meeting, person, meeting.day, now):
                        self._send(now, "pre-read", person, meeting, meeting.day, frozenset())

    def _first(
        self, kind: str, meeting: Meeting, person: Somebody, about: dt.date | None, now: dt.datetime
    ) -> bool:
        """Whether they can be reached, and did not get this yet."""
        return (
            person.mail in self._addresses
            and not _has_left(person, now.date())
            and (kind, meeting.id, person.mail, about) not in self._had
        )

    def _send(
        self,
        now: dt.datetime,
        kind: str,
        person: Somebody,
        meeting: Meeting,
        day: dt.date,
        items: frozenset[str],
    ) -> None:
        about = None if kind == "invitation" else meeting.day
        self._had.add((kind, meeting.id, person.mail, about))
        self._told[meeting.id, person.mail] = (meeting.day, meeting.cancelled)
        to = person if kind == "pre-read" else self._stands_in(person, now.date())
        self.due.mails[DueMail(now.date(), kind, to.mail, (meeting.kind, day), items)] += 1
        if kind in {"invitation", "reminder", "pre-read"}:
            self.due.overview_days.add(now.date())

    def _stands_in(self, person: Somebody, today: dt.date) -> Somebody:
        """Who gets the mail: the deputy while the person is absent, if that is somebody who is there."""
        if not _is_absent(person, today) or not person.deputy:
            return person
        deputy = self._people[person.deputy]
        return person if _is_absent(deputy, today) or _has_left(deputy, today) else deputy

    def _note_whose(self, today: dt.date) -> None:
        """Which items a mail of this day may name, by address; and whether a session is near."""
        for person in self._people.values():
            whom = [person.name] + [
                each.name
                for each in self._people.values()
                if each.deputy == person.name and _was_absent(each, today)
            ]
            theirs = {each.id for each in self._things.values() if each.owner in whom}
            self.due.theirs[today, person.mail] = theirs
        self.due.near_sessions |= {today for days in self._until_sessions(today) if days <= INVITATION_DAYS}

    def _until_sessions(self, today: dt.date) -> list[int]:
        """How many days there are until each session to come; 0 on its day."""
        days = [(each.day - today).days for each in self._meetings.values() if not each.cancelled]
        return [number for number in days if number >= 0]


def _is_active(action: Thing, today: dt.date) -> bool:
    if action.status in {"done", "parked"}:
        return False
    return action.status == "in_progress" or (action.start is not None and action.start < today)


def _is_absent(person: Somebody, today: dt.date) -> bool:
    return person.absent is not None and person.absent[0] <= today <= person.absent[1]


def _was_absent(person: Somebody, today: dt.date) -> bool:
    """Absent now, or until so recently that a deputy may still answer, and hear of it."""
    return any(_is_absent(person, today - dt.timedelta(days=days)) for days in range(31))


def _has_left(person: Somebody, today: dt.date) -> bool:
    return person.left is not None and person.left <= today


# Compared with what there is


def wrong_mails(due: Due, sent: Iterable[OurMail]) -> list[str]:
    """The mails that were due and never sent, or sent without being due, or twice."""
    there = Counter(
        DueMail(mail.written.date(), mail.kind, mail.to, mail.session, mail.items)
        for mail in sent
        if mail.kind not in {"receipt", "overview"}
    )
    missing, surplus = due.mails - there, there - due.mails
    return sorted(
        [f"never sent ({number}×): {mail}" for mail, number in missing.items()]
        + [f"not due ({number}×): {mail}" for mail, number in surplus.items()]
    )


def wrong_overviews(due: Due, sent: Iterable[OurMail], organisation: Organisation) -> list[str]:
    """Days with two overviews, or none where one was due, or one far from any session."""
    address = organisation.person(PROCESS_OWNER).mail
    overviews = [mail for mail in sent if mail.kind == "overview"]
    days = Counter(mail.written.date() for mail in overviews)
    return (
        [f"an overview to {mail.to}" for mail in overviews if mail.to != address]
        + [f"{number} overviews on {day}" for day, number in sorted(days.items()) if number > 1]
        + [f"no overview on {day}" for day in sorted(due.overview_days - set(days))]
        + [f"an overview on {day}" for day in sorted(set(days) - due.near_sessions)]
    )


def wrong_receipts(due: Due, sent: Iterable[OurMail]) -> tuple[list[str], list[str]]:
    """Receipts that nobody was due, twice, or to somebody else; and the replies of which nobody got one."""
    had = Counter((mail.answers, mail.to) for mail in sent if mail.kind == "receipt")
    surplus = [
        f"a receipt to {to} for {answers}" for answers, to in had if due.replies.get(answers) != to
    ] + [f"{number} receipts to {to} for {answers}" for (answers, to), number in had.items() if number > 1]
    missing = [f"no receipt for {reply}" for reply, to in due.receipts.items() if not had[reply, to]]
    return sorted(surplus), missing


def not_theirs(due: Due, sent: Iterable[OurMail]) -> list[str]:
    """Mails that name an item of somebody else, or whose form does not ask for exactly what the mail asks for."""
    found = []
    for mail in sent:
        if mail.kind in {"overview", "pre-read"}:
            continue  # these are about everybody's
        theirs = due.theirs.get((mail.written.date(), mail.to), set())
        others = mail.named - theirs - due.wrote.get(mail.answers, frozenset())
        if others:
            found.append(f"{mail.kind} of {mail.written} to {mail.to} names {', '.join(sorted(others))}")
        if mail.kind in {"invitation", "reminder"} and mail.in_form != mail.items:
            found.append(f"form of {mail.written} to {mail.to} asks {', '.join(sorted(mail.in_form))}")
    return found


@dataclass(frozen=True)
class Row:
    """A row of the history, as openpyxl reads it."""

    id: str
    made: dt.datetime | None
    session: str
    item: str
    by: str
    way: str
    status: str
    progress: int | None
    light: str
    value: float | None
    text: str


def history(workbook: Path) -> list[Row]:
    """The rows of the report sheet that were not there on the first day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
    sheet = book["Rapportages"]
    sheet.reset_dimensions()
    lines = sheet.iter_rows(values_only=True)
    headings = next(line for line in lines if line[0] == "ID")
    found = []
    for line in lines:
        cells = {str(heading): cell for heading, cell in zip(headings, line, strict=False)}
        if cells["ID"] is not None and not _text(cells["Gedaan"]).startswith(OLD_TEXT):
            found.append(_row(cells))
    book.close()
    return found


def _row(cells: Mapping[str, object]) -> Row:
    made, progress, value = cells["Datum"], cells["Voortgang"], cells["Waarde"]
    return Row(
        _text(cells["ID"]),
        made if isinstance(made, dt.datetime) else None,
        _text(cells["Sessie"]),
        _text(cells["Over"]),
        _text(cells["Door"]),
        _text(cells["Bron"]),
        _text(cells["Status"]),
        round(100 * progress) if isinstance(progress, int | float) else None,
        _text(cells["Verkeerslicht"]),
        float(value) if isinstance(value, int | float) else None,
        _text(cells["Gedaan"]),
    )


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def wrong_history(due: Due, rows: Sequence[Row], longest_wait: dt.timedelta) -> list[str]:
    """Reports that are not in the history, or twice, or say something else than was said.

    Args:
        due: What was said.
        rows: The history.
        longest_wait: How long after an edit of a row it may have been noticed.
    """
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(_mark(row.item, row.by, row.way, row.text, row.made), []).append(row)
    wrong = [f"ID {id_} stands {n} times" for id_, n in Counter(row.id for row in rows).items() if n > 1]
    for report in due.reports:
        said = report.said
        there = found.get(_mark(said.item, said.by, said.way, said.text, said.written), [])
        if not there:
            wrong.append(f"not in the history: {said}")
            continue
        row = there.pop()
        wrong += [f"{row} is not what was said: {what}" for what in _differs(report, row, longest_wait)]
    return sorted(wrong + [f"nobody said: {row}" for rows_left in found.values() for row in rows_left])


def _mark(item: str, by: str, way: str, text: str, made: dt.datetime | None) -> tuple[str, ...]:
    """What tells a report apart: its text; where it has none, its minute."""
    return (item, by, way, text or str(made))


def _differs(report: DueReport, row: Row, longest_wait: dt.timedelta) -> Iterator[str]:
    said = report.said
    for name in ("status", "progress", "light", "value"):
        expected = getattr(said, name)
        if expected not in {"", None} and getattr(row, name) != expected:
            yield f"{name} {expected}"
    if row.made is None:
        yield "no moment"
    elif said.way == "Werkboek":
        if not report.saved <= row.made <= report.saved + longest_wait:
            yield f"saved {report.saved}"
    else:
        if row.made != said.written:
            yield f"written {said.written}"
        if row.session != report.session:
            yield f"for {report.session}"


MAY_CHANGE = {
    "Ambitie": "the objective's report",
    "Strategieën": "reports on strategies",
    "Indicatoren": "measurements",
    "Metingen": "measurements",
    "Acties": "reports on actions",
    "Personen": "an address that was corrected",
    "Sessies": "sessions that were moved or cancelled",
    "Rapportages": "the history",
}
"""The sheets that may differ from the first day's, and why."""
_ALSO = {
    "xl/workbook.xml": "asks Excel to calculate anew when it opens the plan",
    "xl/styles.xml": "a format for dates with time, where a sheet has none",
}


def changed_parts(first: Path, last: Path) -> list[str]:
    """The parts that differ from the first day's, or were lost or added, and may not."""
    old, new = _parts(first), _parts(last)
    allowed = set(_ALSO)
    for name, part in _sheets(old).items():
        if name in MAY_CHANGE:
            allowed |= {part, *_tables_of(old, part)}
    lost = [f"lost: {name}" for name in old if name not in new]
    added = [f"added: {name}" for name in new if name not in old]
    changed = [
        f"changed: {name}" for name in old if name in new and old[name] != new[name] and name not in allowed
    ]
    moved = [] if lost or added or list(old) == list(new) else ["the parts stand in another order"]
    return lost + added + changed + moved


def _parts(workbook: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(workbook) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet to its part: the template numbers them in their order, the sheet of their own is the last."""
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode("utf-8"))
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names[:-1], start=1)}


def _tables_of(parts: Mapping[str, bytes], sheet: str) -> list[str]:
    folder, _, name = sheet.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{name}.rels", b"")
    return [
        part
        for part in parts
        if part.startswith("xl/tables/") and part.rpartition("/")[2].encode() in relations
    ]


REPORTED_COLUMNS = {
    "Verkeerslicht", "Status", "Voortgang", "Stand van zaken", "Komende periode", "Nodig", "Voorstel", "Bijgewerkt op",
    "Afgerond op", "Realisatie", "Gemeten op", "Toelichting",
}  # fmt: skip


def changed_cells(first: Path, last: Path) -> list[str]:
    """Cells of actions, indicators and strategies that differ from the first day's, in columns that nobody reports in."""
    old, new = dict(_cells(first)), dict(_cells(last))
    return [
        f"{where}: {old.get(where)!r} → {new.get(where)!r}"
        for where in sorted(old.keys() | new.keys())
        if old.get(where) != new.get(where)
    ]


def _cells(workbook: Path) -> Iterator[tuple[str, object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook, read_only=True)
    for sheet in ("Strategieën", "Indicatoren", "Acties"):
        headings: list[object] = []
        for number, line in enumerate(book[sheet].iter_rows(values_only=True), start=1):
            if not headings and line[0] == "ID":
                headings = list(line)
            for heading, value in zip(headings, line, strict=False):
                if value is not None and heading not in REPORTED_COLUMNS:
                    yield f"{sheet}, row {number}, {heading}", value
    book.close()
