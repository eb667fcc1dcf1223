"""The short mails: what they say, the same in HTML and in plain text, whatever stands in the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, mime
from ogsm_xl.letters.note import Envelope, Overview, compose_notice, compose_overview, compose_status
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.plan.model import Person, Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.due import Due, Unreachable
from ogsm_xl.rhythm.mails import Announced, MailKind
from ogsm_xl.rhythm.notices import Notice
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.letters.test_compose import Page, words
from tests.support.plans import plan_of

PLAN = plan_of("""
    person   Anna anna@example.org
    person   Bram bram@example.org
    person   Carla carla@example.org process_owner
    strategy S1 Anna "Shorter waits by building faster" red
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-06-01 in_progress 60% orange
    action   A2 Bram S1 "Contract signed" 2026-03-01..2026-09-30 in_progress 80% green
    action   A3 Bram S1 "Rota agreed" 2026-03-01..2026-09-30 in_progress 10%
    session  SES1 doing 2026-06-11 10:00 minutes=60 place=Hall
    session  SES2 steering 2026-06-14 10:00
    report   A1 2026-06-03 Anna orange 60%
""")
SESSION = PLAN.sessions[0]
NOW = datetime(2026, 6, 4, 8, tzinfo=UTC)
SETTINGS = LetterSettings(
    Address("OGSM", "ogsm@example.org"), r"\\server\plan.xlsx", "https://example.org/p", "Woonstad"
)
STATUSES = tuple(
    process_status(PLAN, session, NOW.replace(tzinfo=None), RhythmSettings()) for session in PLAN.sessions
)
ICS = Attachment("Doensessie.ics", "application/ics", b"x")


def envelope(language: Language = Language.NL, to: Person = PLAN.people[1], plan: Plan = PLAN) -> Envelope:
    return Envelope(to, plan, SETTINGS, "<a@example.org>", "AAAA", NOW, language)


def notice(
    kind: MailKind = MailKind.MOVED, told: str = "2026-06-04", clock: str = "10:00", **more: object
) -> Notice:
    when = Announced(date.fromisoformat(told), time.fromisoformat(clock))
    return replace(Notice(kind, SESSION, PLAN.people[1], when), **more)  # type: ignore[arg-type]  # named by the tests


def says(mail: OutgoingMail, *said: str) -> bool:
    """Whether both texts of a mail say all this; headings stand in capitals in the plain one."""
    texts = (words(mail.text).lower(), Page(mail.html).words.lower())
    return all(each.lower() in text for each in said for text in texts)


@pytest.mark.parametrize(
    ("changed", "language", "subject", "said"),
    [
        (notice(), Language.NL, "Nieuwe datum: doensessie op donderdag 11 juni 2026, 10:00 – 11:00 uur",
         "De doensessie is verplaatst: niet op donderdag 4 juni 2026, maar op donderdag 11 juni 2026, 10:00 – 11:00 uur."),
        (notice(), Language.EN, "New date: doing session on Thursday 11 June 2026, 10:00 – 11:00",
         "The doing session was moved: not on Thursday 4 June 2026, but on Thursday 11 June 2026, 10:00 – 11:00."),
        (notice(told="2026-06-11", clock="14:00"), Language.NL,
         "Nieuwe tijd: doensessie op donderdag 11 juni 2026, 10:00 – 11:00 uur",
         "begint op een andere tijd: niet 14:00 – 15:00 uur, maar 10:00 – 11:00 uur."),
        (notice(told="2026-06-11", clock="14:00"), Language.EN,
         "New time: doing session on Thursday 11 June 2026, 10:00 – 11:00",
         "begins at another time: not 14:00 – 15:00, but 10:00 – 11:00."),
        (notice(reinstated=True), Language.NL,
         "Gaat toch door: doensessie op donderdag 11 juni 2026, 10:00 – 11:00 uur", "Er is toch een sessie: op donderdag 11 juni"),
        (notice(reinstated=True), Language.EN,
         "On after all: doing session on Thursday 11 June 2026, 10:00 – 11:00", "There is a session after all: on Thursday 11 June"),
        (notice(MailKind.CANCELLED, "2026-06-11"), Language.NL,
         "Gaat niet door: doensessie van donderdag 11 juni 2026", "gaat niet door. Je hoeft er niets meer voor te doen."),
        (notice(MailKind.CANCELLED, "2026-06-11"), Language.EN,
         "Cancelled: doing session of Thursday 11 June 2026", "is cancelled. There is nothing left for you to do for it."),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence(changed: Notice, language: Language, subject: str, said: str) -> None:
    """What was told, what holds now; the subject says it too."""
    mail = compose_notice(changed, envelope(language), ICS)
    assert mail.subject == subject
    assert says(mail, said, "Doensessie.ics", "Bram", "Woonstad")
    assert mail.attachments == (ICS,)
    assert Page(mail.html).open == []


def test_without_a_calendar_no_word_of_it() -> None:
    """It can be switched off."""
    mail = compose_notice(notice(), envelope())
    assert (mail.attachments, "agenda" in mail.text + mail.html) == ((), False)


@pytest.mark.parametrize(("language", "said"), [(Language.NL, "omdat je Anna vervangt"), (Language.EN, "because you stand in for Anna")])  # fmt: skip
@pytest.mark.parametrize("kind", [MailKind.MOVED, MailKind.CANCELLED])
def test_a_deputy_reads_for_whom(kind: MailKind, language: Language, said: str) -> None:
    """As in any other mail."""
    for_anna = notice(kind, person=PLAN.people[0], deputy=PLAN.people[1])
    assert says(compose_notice(for_anna, envelope(language)), said)


@pytest.mark.parametrize(
    ("language", "subject", "figures"),
    [
        (Language.NL, "Vooraf lezen: doensessie op donderdag 11 juni 2026",
         ("Te bespreken", "groen 1, oranje 1, rood 0, onbekend 1", "1 van 2", "Status.xlsx")),
        (Language.EN, "Pre-read: doing session on Thursday 11 June 2026",
         ("To discuss", "green 1, orange 1, red 0, unknown 1", "1 of 2", "Status.xlsx")),
    ],
)  # fmt: skip
def test_the_status_has_the_workbook_and_the_figures(
    language: Language, subject: str, figures: tuple[str, ...]
) -> None:
    """Who opens nothing still sees how it stands."""
    workbook = Attachment("Status.xlsx", "application/octet-stream", b"x")
    agenda = doing_agenda(PLAN, SESSION, NOW.replace(tzinfo=None), RhythmSettings())
    mail = compose_status(agenda, STATUSES[0], envelope(language), workbook)
    assert (mail.subject, mail.attachments) == (subject, (workbook,))
    assert says(mail, *figures, SETTINGS.workbook_path)


OVERVIEW = Overview(
    STATUSES,
    (Unreachable(SESSION, "Dora", (PLAN.actions[1],), Text("bij Dora staat geen mailadres", "Dora has no mail address")),),
    (Due(MailKind.INVITATION, SESSION, PLAN.people[0], (PLAN.actions[0],), 7, absent=True, deputy=PLAN.people[1]),),
    (Text("Onzeker of de mail aan Bram is verstuurd.", "Uncertain whether the mail to Bram went out."),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        (Language.NL, "Overzicht: doensessie op donderdag 11 juni 2026, 1 van 2 eigenaren klaar",
         ("1 van de 2 eigenaren heeft alles gerapporteerd.", "Onzeker of de mail aan Bram is verstuurd.", "bij Dora staat geen mailadres",
          "A2, A3", "3 juni 2026", "bijstuursessie 14 juni 2026")),
        (Language.EN, "Overview: doing session on Thursday 11 June 2026, 1 of 2 owners ready",
         ("1 of the 2 owners has reported on everything.", "Uncertain whether the mail to Bram went out.", "Dora has no mail address",
          "A2, A3", "3 June 2026", "steering session 14 June 2026")),
    ],
)  # fmt: skip
def test_the_overview_says_who_reported_who_did_not_and_what_needs_attention(
    language: Language, subject: str, said: tuple[str, ...]
) -> None:
    """Each session that people report for has its tables; nothing is only in one of the two texts."""
    mail = compose_overview(OVERVIEW, envelope(language, PLAN.people[2]))
    assert mail.subject == subject
    assert mail.to == (Address("Carla", "carla@example.org"),)
    assert says(mail, *said, "Anna", "Bram", "Carla")


def test_an_overview_without_anything_wrong_has_no_alarm() -> None:
    """A short mail on a good day."""
    mail = compose_overview(Overview(STATUSES[:1]), envelope())
    assert "!" not in mail.text
    assert "Niet bereikbaar" not in mail.text


def test_hundreds_of_items_of_one_owner_are_counted() -> None:
    """A cell stays readable."""
    lines = "\n".join(f'action A{n} Anna "Result" in_progress' for n in range(200))
    plan = plan_of(f"person Anna anna@example.org\n{lines}\nsession SES1 doing 2026-06-11")
    status = process_status(plan, plan.sessions[0], NOW.replace(tzinfo=None), RhythmSettings())
    mail = compose_overview(Overview((status,)), envelope(plan=plan))
    assert says(mail, "en nog 160")
    assert "A199" not in mail.text


def test_nobody_without_a_proper_address() -> None:
    """It is raised for this mail alone."""
    with pytest.raises(InputProblem, match="Bram"):
        compose_notice(notice(), envelope(to=Person("Bram", "bram@")))


@settings(max_examples=60)
@given(st.text(max_size=400), st.sampled_from(Language))
def test_hostile_names_and_texts_break_nothing(text: str, language: Language) -> None:
    """They stay text: no markup of their own, no header, no hole."""
    spoiled = text + '<b onclick="x">{{ 7*7 }}</b>\r\nBcc: eve@example.org'
    person = Person(spoiled, "bram@example.org")
    lost = replace(OVERVIEW.unreachable[0], owner=spoiled, reason=Text(spoiled, spoiled))
    overview = replace(OVERVIEW, unreachable=(lost,), look_at=(Text(spoiled, spoiled),))
    for mail in (
        compose_overview(overview, envelope(language, person)),
        compose_notice(
            notice(person=person, session=replace(SESSION, place=spoiled)), envelope(language, person)
        ),
    ):
        page = Page(mail.html)
        assert page.open == []
        assert "<b onclick" not in mail.html
        assert "49" not in mail.subject
        assert b"\nBcc:" not in mime(mail).partition(b"\r\n\r\n")[0]
