"""Sending when the calendar or the people change: moved, cancelled, absent, out of reach, several sessions."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, datetime, time
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
NEXT_DAY = datetime(2026, 9, 4, 8)
REMINDER_DAY = datetime(2026, 9, 7, 8)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home" organisation=Woonstad
    person   Anna anna@example.org ogsm_owner
    person   Bram bram@example.org language=en
    person   Chris chris@example.org
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session  SES1 doing 2026-08-13 10:00
    session  SES2 doing 2026-09-10 10:00 minutes=60 place=Hall
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def with_session(change: Callable[[Session], Session | None], plan: Plan = PLAN) -> Plan:
    """The plan with its last session changed, or taken out."""
    last = change(plan.sessions[-1])
    return dataclasses.replace(plan, sessions=(*plan.sessions[:-1], *([last] if last else [])))


def moved(day: str, clock: str = "10:00") -> Plan:
    return with_session(
        lambda s: dataclasses.replace(s, date=date.fromisoformat(day), time=time.fromisoformat(clock))
    )


def with_person(name: str, **fields: Any) -> Plan:
    people = tuple(dataclasses.replace(p, **fields) if p.name == name else p for p in PLAN.people)
    return dataclasses.replace(PLAN, people=people)


def entry(mail: EmailMessage) -> dict[str, str]:
    """The lines of the calendar file of a mail, by name."""
    (file,) = [part for part in mail.iter_attachments() if part.get_content_type() == "application/ics"]
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith(("BEGIN", "END")))


def subjects(place: Workplace) -> list[str]:
    """Whom each mail went to, and its subject up to the day."""
    return sorted(
        f"{mail['To'].addresses[0].username}: {re.split(' o[pn] ', str(mail['Subject']))[0]}"
        for mail in place.sent()
    )


INVITED = ["anna: Uitnodiging: doensessie", "bram: Invitation: doing session"]


def test_a_session_that_moved_is_told_once_in_each_ones_language(place: Workplace) -> None:
    """Owners who were invited hear the new date; they are not invited again, and are reminded before the new date."""
    place.send(INVITATION_DAY)
    place.put(moved("2026-09-17"))
    outcome = place.send(NEXT_DAY)
    assert outcome.summary.nl == "Verstuurd: 2 nieuwe data voor doensessie SES2 van 17-09-2026."
    for day in range(5, 14):
        place.send(datetime(2026, 9, day, 8))
    assert subjects(place) == sorted(
        [*INVITED, "anna: Nieuwe datum: doensessie", "bram: New date: doing session"]
    )
    reminders = place.send(datetime(2026, 9, 14, 8))
    assert [mail["kind"] for mail in reminders.data["sent"]] == ["reminder", "reminder"]  # type: ignore[attr-defined]  # a list


def test_nobody_hears_of_a_move_who_was_told_nothing(place: Workplace) -> None:
    """A calendar that is still being made causes no mail."""
    place.put(moved("2026-10-17"))
    assert place.send(INVITATION_DAY).data["sent"] == []


def test_a_reminder_goes_out_again_before_a_date_weeks_later(place: Workplace) -> None:
    """The reminder of the old date is no reminder for the new one; the ledger takes both."""
    place.send(INVITATION_DAY)
    place.send(REMINDER_DAY)
    place.put(moved("2026-09-24"))
    place.send(datetime(2026, 9, 8, 8))
    again = place.send(datetime(2026, 9, 21, 8))
    assert [(mail["kind"], mail["person"]) for mail in again.data["sent"]] == [  # type: ignore[attr-defined]  # a list
        ("reminder", "Anna"),
        ("reminder", "Bram"),
    ]


def test_a_session_that_was_cancelled_is_told_once(place: Workplace) -> None:
    """And nothing more is asked for it."""
    place.send(INVITATION_DAY)
    place.put(with_session(lambda s: dataclasses.replace(s, cancelled=True)))
    for day in (4, 5, 7, 9):
        place.send(datetime(2026, 9, day, 8))
    assert subjects(place) == sorted(
        [*INVITED, "anna: Gaat niet door: doensessie van donderdag 10 september 2026", "bram: Cancelled: doing session of Thursday 10 September 2026"]
    )  # fmt: skip


def test_a_session_that_is_on_after_all_is_told(place: Workplace) -> None:
    """Cancelled by mistake, or for a day."""
    place.send(INVITATION_DAY)
    place.put(with_session(lambda s: dataclasses.replace(s, cancelled=True)))
    place.send(NEXT_DAY)
    place.put(PLAN)
    place.send(datetime(2026, 9, 5, 8))
    assert "anna: Gaat toch door: doensessie" in subjects(place)
    assert "bram: On after all: doing session" in subjects(place)


def test_a_session_that_vanished_from_the_plan_is_shown(place: Workplace) -> None:
    """Nobody wrote down that it is off, so nobody is told; the process owner is asked to."""
    place.send(INVITATION_DAY)
    place.put(with_session(lambda _: None))
    outcome = place.send(NEXT_DAY)
    assert (outcome.code, outcome.data["vanished"]) == (ExitCode.LOOK, ["SES2"])
    assert "2 mensen" in outcome.look_at[0].nl
    assert "2 people" in outcome.look_at[0].en


def test_the_calendar_follows_the_session(place: Workplace) -> None:
    """One entry: the same UID, a higher number with each change, out again when cancelled; the right time in UTC."""
    place.send(INVITATION_DAY)
    first = entry(place.sent_to("anna@example.org"))
    place.put(moved("2026-10-29", "09:30"))
    place.send(NEXT_DAY)
    place.put(with_session(lambda s: dataclasses.replace(s, cancelled=True), moved("2026-10-29", "09:30")))
    place.send(datetime(2026, 9, 5, 8))
    to_anna = [mail for mail in place.sent() if mail["To"].addresses[0].username == "anna"]
    entries = sorted((entry(mail) for mail in to_anna), key=lambda each: each["SEQUENCE"])
    assert [(each["SEQUENCE"], each["METHOD"], each["DTSTART"]) for each in entries] == [
        ("0", "PUBLISH", "20260910T080000Z"),
        ("1", "PUBLISH", "20261029T083000Z"),
        ("2", "CANCEL", "20261029T083000Z"),
    ]
    assert {each["UID"] for each in entries} == {first["UID"]}
    assert (first["SUMMARY"], first["LOCATION"]) == ("Doensessie - Woonstad", "Hall")


def test_the_calendar_can_be_switched_off(place: Workplace) -> None:
    """Then the form is the only attachment."""
    place.configure(mail={"calendar": False})
    place.send(INVITATION_DAY)
    names = [part.get_filename() for part in place.sent_to("anna@example.org").iter_attachments()]
    assert [Path(str(name)).suffix for name in names] == [".xlsx"]


def test_a_reminder_has_no_calendar_file_unless_it_is_the_first_notice(place: Workplace) -> None:
    """Who was invited has the entry already."""
    place.send(INVITATION_DAY)
    before = {mail["Message-ID"] for mail in place.sent()}
    place.send(REMINDER_DAY)
    reminders = [mail for mail in place.sent() if mail["Message-ID"] not in before]
    assert [len(list(mail.iter_attachments())) for mail in reminders] == [1, 1]


def test_two_sessions_close_together_have_their_own_mails_and_entries(tmp_path: Path) -> None:
    """An answer for the nearer one counts for it alone; the entries of the calendar are two."""
    plan = dataclasses.replace(
        PLAN, sessions=(*PLAN.sessions, dataclasses.replace(PLAN.sessions[1], id="SES3", date=date(2026, 9, 12)))
    )  # fmt: skip
    place = Workplace(tmp_path, plan)
    place.send(INVITATION_DAY)
    place.send(datetime(2026, 9, 5, 8))
    to_anna = [mail for mail in place.sent() if mail["To"].addresses[0].username == "anna"]
    assert len(to_anna) == 2
    assert len({entry(mail)["UID"] for mail in to_anna}) == 2


def test_the_deputy_gets_the_mail_of_who_is_absent(tmp_path: Path) -> None:
    """In the deputy's language, saying for whom; an answer by the deputy counts; the ledger knows both."""
    plan = with_person("Anna", deputy="Bram", absent_from=date(2026, 9, 1), absent_until=date(2026, 9, 5))
    place = Workplace(tmp_path, plan)
    outcome = place.send(INVITATION_DAY)
    assert outcome.code is ExitCode.DONE
    assert place.recipients() == ["bram@example.org", "bram@example.org"]
    (for_anna,) = [
        mail for mail in place.sent() if "stand in for Anna" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # our mails have one
    ]  # fmt: skip
    with place.ledger() as ledger:
        (row,) = [row for row in ledger.mails() if row.person == "Anna"]
        assert (row.recipient, row.sent_to) == ("anna@example.org", "bram@example.org")
    place.deliver(place.answer(for_anna, "A1 green 80%"))
    place.collect(datetime(2026, 9, 3, 17))
    assert [(report.item, report.by) for report in place.plan().reports] == [("A1", "Bram")]


def test_who_is_back_is_reminded_themselves(tmp_path: Path) -> None:
    """The invitation went to the deputy; the reminder finds Anna at her desk."""
    plan = with_person("Anna", deputy="Chris", absent_from=date(2026, 9, 1), absent_until=date(2026, 9, 6))
    place = Workplace(tmp_path, plan)
    place.send(INVITATION_DAY)
    assert place.recipients() == ["bram@example.org", "chris@example.org"]
    place.send(REMINDER_DAY)
    assert place.recipients().count("anna@example.org") == 1


def test_absent_without_a_deputy_is_shown(tmp_path: Path) -> None:
    """The mail goes to the person all the same."""
    place = Workplace(tmp_path, with_person("Anna", absent_from=date(2026, 9, 1)))
    outcome = place.send(INVITATION_DAY)
    assert place.recipients() == ["anna@example.org", "bram@example.org"]
    assert outcome.code is ExitCode.LOOK
    assert "Anna is afwezig" in outcome.look_at[0].nl
    assert "Anna is absent" in outcome.look_at[0].en


def test_days_can_be_counted_as_working_days(place: Workplace) -> None:
    """Seven working days before Thursday 10 September is Tuesday 1 September."""
    place.configure(rhythm={"count": "working days"})
    place.send(datetime(2026, 8, 31, 8))
    assert place.recipients() == []
    place.send(datetime(2026, 9, 1, 8))
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


HOSTILE = [
    "Anna\r\nBcc: eve@example.org",
    '<script>alert("x")</script>',
    '=HYPERLINK("http://evil";"x")',
    "{{ 7*7 }}{% for x in y %}",
    "\u202egnp.exe \U0001f469\u200d\U0001f4bb 姓名 أحمد",
    "A" * 5000,
    "../../etc/passwd\x00\x07",
    "'; DROP TABLE mail; --",
]


@pytest.mark.parametrize(("text", "language"), list(zip(HOSTILE, cycle(Language))), ids=range(len(HOSTILE)))
def test_hostile_names_and_texts_go_through_a_whole_run(
    tmp_path: Path, text: str, language: Language
) -> None:
    """Everybody gets one mail with one recipient; nothing becomes a header, markup, a formula or a path."""
    name = " ".join(text.replace("\x00", "").replace("\x07", "").split())
    plan = plan_of("""
        person   Anna anna@example.org process_owner
        strategy S1 Anna "Shorter waits" green
        action   A1 Anna S1 "x" 2026-01-05..2026-12-18 in_progress 60% orange
        session  SES1 doing 2026-09-10 10:00
    """)
    clean = text.replace("\x00", "").replace("\x07", "").replace("\r", "")
    person = dataclasses.replace(plan.people[0], name=name, language=language)
    plan = dataclasses.replace(
        plan,
        people=(person,),
        strategies=(dataclasses.replace(plan.strategies[0], owner=name, text=clean),),
        actions=(dataclasses.replace(plan.actions[0], owner=name, text=clean, update=clean),),
        sessions=(dataclasses.replace(plan.sessions[0], place=clean, remarks=clean),),
    )
    place = Workplace(tmp_path, plan, language)
    outcome = place.send(INVITATION_DAY)
    assert (outcome.data["failed"], len(place.sent())) == ([], 2)
    for mail in place.sent():
        assert [address.addr_spec for address in mail["To"].addresses] == ["anna@example.org"]
        assert mail["Bcc"] is None
        html = mail.get_body(("html",))
        assert html is not None
        assert "<script" not in html.get_content()
        assert "49" not in str(mail["Subject"])
    assert all(file.resolve().is_relative_to(tmp_path) for file in tmp_path.rglob("*"))
