"""The short mails: a session moved or cancelled, the status for the team, the process owner's overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, checked_address, one_line
from ogsm_xl.letters.passages import LetterSettings, Passages, checked_url
from ogsm_xl.letters.texts import Texts
from ogsm_xl.letters.view import LONGEST_NAME, Speaker, name_to_greet
from ogsm_xl.letters.wording import day_in_words, shortened
from ogsm_xl.plan.model import Item, Person, Plan, Session
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda
from ogsm_xl.rhythm.due import Due, Unreachable
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.rhythm.notices import Notice
from ogsm_xl.rhythm.process_status import OwnerStatus, ProcessStatus

_LONGEST_CELL = 300
_MOST_IDS = 40  # in one cell; more are counted


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a short mail needs besides what it says.

    Attributes:
        addressee: Who gets it.
        plan: The plan.
        settings: What is the same in every letter.
        message_id: The mail's id, at most 60 characters.
        mail_id: Our own id of it; stands in a header, by which our mail is known when it comes back.
        now: When it is written, with its time zone.
        language: The language of the reader.
    """

    addressee: Person
    plan: Plan
    settings: LetterSettings
    message_id: str
    mail_id: str
    now: datetime
    language: Language


@dataclass(frozen=True, slots=True)
class Overview:
    """What the process owner hears.

    Attributes:
        statuses: The process round each session that people are reporting for, the nearest first; at least one.
        unreachable: Owners who can't be mailed, and why.
        stood_in_for: Mails for people who are absent: to their deputy, or for want of one to themselves.
        look_at: What else a person should look at, a sentence each.
    """

    statuses: tuple[ProcessStatus, ...]
    unreachable: tuple[Unreachable, ...] = ()
    stood_in_for: tuple[Due, ...] = ()
    look_at: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of a short mail: its title, its column heads (none: no heads), its rows; `alarm`: to be looked at."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alarm: bool = False


_LOOK_AT = Text("Om naar te kijken", "To look at")
_OUT_OF_REACH = Text("Niet bereikbaar", "Out of reach")
_ABSENT = Text("Afwezig", "Absent")
_OWING = Text("Nog te rapporteren", "Still to report")
_READY = Text("Alles gerapporteerd", "Reported on everything")
_HEADS: Mapping[str, tuple[Text, ...]] = {
    "unreachable": (Text("Eigenaar", "Owner"), Text("Onderdelen", "Items"), Text("Waarom", "Why")),
    "absent": (Text("Wie", "Who"), Text("Mail gaat naar", "Mail goes to")),
    "owing": (Text("Eigenaar", "Owner"), Text("Nog niet", "Not yet"), Text("Wel", "Done")),
    "ready": (Text("Eigenaar", "Owner"), Text("Onderdelen", "Items"), Text("Laatste verslag", "Last report")),
}
_NOBODY = Text("zonder eigenaar", "without an owner")
_THEMSELVES = Text("zichzelf: geen vervanger die bereikbaar is", "themselves: no deputy who can be reached")
_MORE = Text("en nog {number}", "and {number} more")
_FIGURES = Text("In het kort", "In short")
_DISCUSS = Text("Te bespreken", "To discuss")
_DONE_SINCE = Text("Afgerond sinds de vorige sessie", "Done since the previous session")
_GOING_WELL = Text("Gaat goed", "Going well")
_LIGHTS = Text("Lichten van de lopende acties", "Lights of the active actions")
_BLANK = Text("onbekend", "unknown")
_REPORTED = Text("Eigenaren die alles hebben gerapporteerd", "Owners who reported on everything")
_OF = Text("{ready} van {owners}", "{ready} of {owners}")


def compose_notice(notice: Notice, envelope: Envelope, calendar: Attachment | None = None) -> OutgoingMail:
    """The mail that tells one person that a session was moved, cancelled, or takes place after all.

    Args:
        notice: What changed, and for whom; a deputy gets it in the person's place.
        envelope: Everything round it.
        calendar: The change for the reader's calendar, from `calendar.calendar_file`, or None.

    Raises:
        InputProblem: An address or a text of the organisation is broken.
    """
    told = replace(notice.session, date=notice.told.date, time=notice.told.time)
    values = {
        "for_name": one_line(notice.person.name, LONGEST_NAME) if notice.deputy else "",
        "told": _speaker(envelope).session(told),
        "reinstated": notice.reinstated,
        "calendar_name": one_line(calendar.name, LONGEST_NAME) if calendar else "",
    }
    return _note(notice.kind, notice.session, envelope, values, attachments=(calendar,) if calendar else ())


def compose_status(
    agenda: Agenda, status: ProcessStatus, envelope: Envelope, workbook: Attachment
) -> OutgoingMail:
    """The mail that shares the status of a session with one member of the team.

    Args:
        agenda: What the session shows.
        status: The process round it.
        envelope: Everything round the mail.
        workbook: The workbook of the session.

    Raises:
        InputProblem: An address or a text of the organisation is broken.
    """
    values = {"workbook_name": one_line(workbook.name, LONGEST_NAME)}
    tables = [_figures(agenda, status, envelope.language)]
    return _note(MailKind.STATUS, agenda.session, envelope, values, tables, (workbook,), link=True)


def compose_overview(overview: Overview, envelope: Envelope) -> OutgoingMail:
    """The mail that tells the process owner who reported, who did not, and what else needs attention.

    Raises:
        InputProblem: An address or a text of the organisation is broken.
    """
    nearest = overview.statuses[0]
    values = {"ready": _ready(nearest), "owners": len(nearest.owners)}
    tables = list(_overview_tables(overview, envelope))
    return _note(MailKind.OVERVIEW, nearest.session, envelope, values, tables, link=True)


def _note(
    kind: MailKind,
    session: Session,
    envelope: Envelope,
    values: Mapping[str, Any],
    tables: Sequence[TableView] = (),
    attachments: tuple[Attachment, ...] = (),
    *,
    link: bool = False,
) -> OutgoingMail:
    settings, speaker = envelope.settings, _speaker(envelope)
    recipient = Address(envelope.addressee.name, envelope.addressee.mail)
    checked_address(recipient)
    known = {
        "language": envelope.language.value,
        "kind": kind.key,
        "kind_word": kind.word(envelope.language),
        "name": name_to_greet(envelope.addressee),
        "session": speaker.session(session),
        "organisation": one_line(settings.organisation, LONGEST_NAME),
        "sender_name": one_line(settings.sender.name, LONGEST_NAME),
        "sentinel": "",
        "words": speaker.words(),
        "tables": tables,
        "workbook_path": one_line(settings.workbook_path, 400) if link else "",
        "workbook_url": speaker.workbook_url if link else "",
        **values,
    }
    passages = Passages(Texts(settings.overrides), envelope.language, known)
    known |= {
        "subject": one_line(passages.text(f"{kind.key}_subject"), 200),
        "intro": passages.paragraphs(f"{kind.key}_intro"),
        "closing": passages.paragraphs("note_closing"),
    }
    return OutgoingMail(
        message_id=envelope.message_id,
        date=envelope.now,
        sender=settings.sender,
        to=(recipient,),
        subject=known["subject"],
        text=passages.texts.render("note.txt.j2", known) + "\n",
        html=passages.texts.render("note.html.j2", known) + "\n",
        attachments=attachments,
        reply_to=settings.sender,
        headers={"X-OGSM-XL": envelope.mail_id},
    )


def _speaker(envelope: Envelope) -> Speaker:
    return Speaker(
        envelope.plan,
        envelope.language,
        envelope.now.replace(tzinfo=None),
        token="",
        reply_to="",
        workbook_url=checked_url(envelope.settings.workbook_url),
    )


def _figures(agenda: Agenda, status: ProcessStatus, language: Language) -> TableView:
    order: tuple[TrafficLight | None, ...] = (*TrafficLight, None)
    lights = ", ".join(
        f"{light.word(language).lower() if light else _BLANK.in_(language)} {status.lights.get(light, 0)}"
        for light in order
    )
    counted = _OF.filled(ready=_ready(status), owners=len(status.owners))
    rows = (
        (_DISCUSS, str(sum(len(group.lines) for group in agenda.discuss))),
        (_DONE_SINCE, str(len(agenda.done_since))),
        (_GOING_WELL, str(len(agenda.going_well))),
        (_LIGHTS, lights),
        (_REPORTED, counted.in_(language)),
    )
    return TableView(_FIGURES.in_(language), (), tuple((label.in_(language), said) for label, said in rows))


def _overview_tables(overview: Overview, envelope: Envelope) -> Iterable[TableView]:
    language = envelope.language

    def table(title: str, heads: str, rows: Sequence[tuple[str, ...]], *, alarm: bool = False) -> TableView:
        words = tuple(head.in_(language) for head in _HEADS.get(heads, ()))
        return TableView(title, words, tuple(tuple(map(_cell, row)) for row in rows), alarm)

    if overview.look_at:
        sentences = [(text.in_(language),) for text in overview.look_at]
        yield table(_LOOK_AT.in_(language), "", sentences, alarm=True)
    if overview.unreachable:
        lost = [
            (each.owner or _NOBODY.in_(language), _ids(each.items, language), each.reason.in_(language))
            for each in overview.unreachable
        ]
        yield table(_OUT_OF_REACH.in_(language), "unreachable", lost, alarm=True)
    if overview.stood_in_for:
        away = [
            (due.person.name, due.deputy.name if due.deputy else _THEMSELVES.in_(language))
            for due in overview.stood_in_for
        ]
        yield table(_ABSENT.in_(language), "absent", list(dict.fromkeys(away)))
    for status in overview.statuses:
        of = f", {_named(status.session, language)}" if len(overview.statuses) > 1 else ""
        owing = [owner for owner in status.owners if owner.owed]
        if owing:
            rows = [
                (owner.name, _ids(owner.owed, language), _ids(owner.reported, language)) for owner in owing
            ]
            yield table(f"{_OWING.in_(language)} ({len(owing)}){of}", "owing", rows)
        ready = [owner for owner in status.owners if not owner.owed]
        if ready:
            done = [
                (owner.name, _ids(owner.reported, language), _last_report(owner, language)) for owner in ready
            ]
            yield table(f"{_READY.in_(language)} ({len(ready)}){of}", "ready", done)


def _named(session: Session, language: Language) -> str:
    return f"{session.kind.word(language).lower()} {day_in_words(session.date, language)}"


def _last_report(owner: OwnerStatus, language: Language) -> str:
    return day_in_words(owner.last_reported.date(), language) if owner.last_reported else ""


def _ready(status: ProcessStatus) -> int:
    return sum(not owner.owed for owner in status.owners)


def _ids(items: Sequence[Item], language: Language) -> str:
    shown = [one_line(item.id, 20) for item in items[:_MOST_IDS]]
    if len(items) > _MOST_IDS:
        shown.append(_MORE.filled(number=len(items) - _MOST_IDS).in_(language))
    return ", ".join(shown)


def _cell(written: str) -> str:
    return shortened(written, _LONGEST_CELL) or "–"
