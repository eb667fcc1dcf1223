"""Trying an organisation's own texts on every mail that there is, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product

from ogsm_xl.letters.compose import compose
from ogsm_xl.letters.mail import Address, Attachment
from ogsm_xl.letters.note import Envelope, Overview, compose_notice, compose_overview, compose_status
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.receipt import Receipt, compose_receipt
from ogsm_xl.letters.texts import check_names
from ogsm_xl.letters.token import new_token
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Indicator, Item, Objective, Person, Plan, Session, Strategy
from ogsm_xl.plan.words import Language, SessionKind, Status, Text, TrafficLight
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.due import Due, Unreachable
from ogsm_xl.rhythm.mails import Announced, MailKind
from ogsm_xl.rhythm.notices import Notice
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings

_NOW = datetime(2026, 6, 4, 9, tzinfo=UTC)
_PERSON = Person("Anna", "anna@example.org")
_DEPUTY = Person("Bram", "bram@example.org")
_FILE = Attachment("file.xlsx", "application/octet-stream", b"")
_TOKEN = new_token(bytes(8), _PERSON.mail, bytes(16))
_ITEMS: tuple[Item, ...] = (
    Objective("O1", "Objective", light=TrafficLight.GREEN),
    Strategy("S1", "Strategy", light=TrafficLight.RED),
    Indicator("I1", "Indicator", unit="%", target=20, actual=33, measured_on=date(2026, 5, 30)),
    Action("A1", "Action", status=Status.IN_PROGRESS, progress=60, deadline=date(2026, 6, 1)),
    Action("A2", "Action"),
)
_FINDINGS = tuple(
    Finding("OX000", Severity.WARNING, Text("a", "a"), Text("b", "b"), item="A1") for _ in range(5)
)


def check_texts(overrides: Mapping[str, str]) -> None:
    """Try the texts on every kind of session, mail and language.

    Raises:
        InputProblem: A text is broken, names something that does not exist, or would never be used: which file, which
            line, what to do.
    """
    check_names(overrides)
    settings = LetterSettings(
        Address("OGSM", "ogsm@example.org"),
        "plan.xlsx",
        "https://example.org/plan.xlsx",
        "Example",
        overrides,
    )
    for kind, full, language in product(SessionKind, (False, True), Language):
        session = _session(kind, full=full)
        for deputy in (None, _DEPUTY):
            _try_letters(settings, session, deputy, language, full=full)
            _try_notices(settings, session, deputy, language, full=full)
        _try_reports(settings, session, language, full=full)
        _try_receipts(settings, session, language, full=full)


def _try_letters(
    settings: LetterSettings, session: Session, deputy: Person | None, language: Language, *, full: bool
) -> None:
    for kind, first in ((MailKind.INVITATION, False), (MailKind.REMINDER, False), (MailKind.REMINDER, True)):
        due = Due(kind, session, _PERSON, _ITEMS if full else _ITEMS[-1:], 7, first, deputy=deputy)
        compose(
            due,
            Plan(),
            settings,
            token=_TOKEN,
            message_id="<sample@example.org>",
            now=_NOW,
            form=_FILE if full else None,
            findings=_FINDINGS if full else (),
            language=language,
            calendar=_FILE if full else None,
        )


def _try_notices(
    settings: LetterSettings, session: Session, deputy: Person | None, language: Language, *, full: bool
) -> None:
    for kind, reinstated, day in (
        (MailKind.MOVED, False, 4),
        (MailKind.MOVED, False, 11),
        (MailKind.MOVED, True, 4),
        (MailKind.CANCELLED, False, 11),
    ):
        notice = Notice(
            kind,
            session,
            _PERSON,
            Announced(date(2026, 6, day), time(9)),
            reinstated=reinstated,
            deputy=deputy,
        )
        compose_notice(notice, _envelope(settings, language), _FILE if full else None)


def _try_reports(settings: LetterSettings, session: Session, language: Language, *, full: bool) -> None:
    actions = tuple(item for item in _ITEMS if isinstance(item, Action))
    owned = tuple(replace(action, owner="Anna" if full else "") for action in actions)
    plan = Plan(actions=owned, people=(_PERSON,), sessions=(session,))
    now = _NOW.replace(tzinfo=None)
    status = process_status(plan, session, now, RhythmSettings())
    agenda = doing_agenda(plan, session, now, RhythmSettings())
    compose_status(agenda, status, _envelope(settings, language), _FILE)
    lost = Unreachable(session, "", actions, Text("a", "a"))
    overview = Overview((status,), (lost,) if full else (), (), (Text("a", "a"),) if full else ())
    compose_overview(overview, _envelope(settings, language))


def _try_receipts(settings: LetterSettings, session: Session, language: Language, *, full: bool) -> None:
    problems = (Text("a", "a"),)
    for items, said in ((_ITEMS, ()), (_ITEMS[:1], problems), ((), problems)):
        receipt = Receipt(
            person=_PERSON,
            session=session if full else None,
            token=_TOKEN,
            message_id="<sample@example.org>",
            answers="",
            items=items,
            notes={"O1": problems} if full else {},
            problems=said,
            to_answer=_ITEMS[1:] if full else (),
        )
        compose_receipt(receipt, Plan(), settings, now=_NOW, language=language)


def _envelope(settings: LetterSettings, language: Language) -> Envelope:
    return Envelope(_PERSON, Plan(), settings, "<sample@example.org>", "SAMPLE", _NOW, language)


def _session(kind: SessionKind, *, full: bool) -> Session:
    if full:
        return Session("SES1", kind, date(2026, 6, 11), time(10), 60, "Room 2")
    return Session("SES1", kind, date(2026, 6, 11))
