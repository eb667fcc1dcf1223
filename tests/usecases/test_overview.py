"""The process owner's overview: after a run that mailed, on the session day, when an owner can't be reached; once a day."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import NoReturn

import pytest

from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import NotSent
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.collect_replies import collect_replies
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
SESSION_DAY = datetime(2026, 9, 10, 8)

PLAN = plan_of("""
    person   Anna anna@example.org
    person   Bram bram@example.org
    person   Carla carla@example.org process_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session  SES1 doing 2026-08-13 10:00
    session  SES2 doing 2026-09-10 10:00
    report   A2 2026-08-20T09:00:00 Bram green 30%
""")


def overviews(place: Workplace) -> list[EmailMessage]:
    mails = [mail for mail in place.sent() if str(mail["Subject"]).startswith(("Overzicht", "Overview"))]
    return sorted(mails, key=lambda mail: mail["Date"].datetime)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def without_address(name: str) -> Plan:
    people = tuple(dataclasses.replace(p, mail="" if p.name == name else p.mail) for p in PLAN.people)
    return dataclasses.replace(PLAN, people=people)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def test_after_a_run_that_mailed_the_process_owner_hears_how_it_stands(place: Workplace) -> None:
    """Who has reported, who has not; one mail, and none after a run that mailed nobody."""
    outcome = place.send(INVITATION_DAY)
    (mail,) = overviews(place)
    assert [address.addr_spec for address in mail["To"].addresses] == ["carla@example.org"]
    assert "1 van de 2 eigenaren heeft alles gerapporteerd" in text_of(mail)
    assert outcome.data["overview"] == ["carla@example.org"]
    assert "Carla" in outcome.summary.nl
    place.send(datetime(2026, 9, 4, 8))
    assert len(overviews(place)) == 1


def test_at_most_one_a_day(place: Workplace) -> None:
    """The reminders of an hour later cause no second one."""
    place.configure(rhythm={"reminder_days": (7,)})
    place.send(INVITATION_DAY, [MailKind.INVITATION])
    place.send(INVITATION_DAY.replace(hour=9), [MailKind.REMINDER])
    assert len(overviews(place)) == 1


def test_on_the_day_of_the_session_it_goes_whatever_was_mailed(place: Workplace) -> None:
    """Once; the day after it does not."""
    for day in range(3, 12):
        for hour in (8, 9):
            place.send(datetime(2026, 9, day, hour))
    assert [f"{mail['Date'].datetime:%d %b}" for mail in overviews(place)] == ["03 Sep", "07 Sep", "10 Sep"]


def test_an_owner_who_cannot_be_reached_is_told_once(tmp_path: Path) -> None:
    """The first run tells; the runs of the following days do not mail about it again."""
    place = Workplace(tmp_path, without_address("Anna"))
    place.configure(mail={"most_per_day": 1})
    place.put(dataclasses.replace(without_address("Anna"), actions=PLAN.actions[:1]))
    for day in (3, 4, 5, 6):
        place.send(datetime(2026, 9, day, 8))
    (mail,) = overviews(place)
    assert "bij Anna staat geen mailadres" in text_of(mail)
    assert "A1" in text_of(mail)
    place.put(without_address("Anna"))
    place.put(dataclasses.replace(without_address("Anna"), actions=(PLAN.actions[0], dataclasses.replace(PLAN.actions[1], owner="Dora"))))  # fmt: skip
    place.send(datetime(2026, 9, 6, 10))
    place.send(datetime(2026, 9, 6, 11))
    assert len(overviews(place)) == 2, "a second item of somebody unknown is news"


def test_what_was_told_for_a_mail_that_failed_is_told_again(tmp_path: Path) -> None:
    """A mail system that was away does not swallow the news."""
    place = Workplace(tmp_path, without_address("Anna"))
    blocked = place.folder / "mail"
    blocked.write_text("no folder")
    place.send(INVITATION_DAY)
    blocked.unlink()
    place.send(datetime(2026, 9, 4, 8))
    assert ["Anna" in text_of(mail) for mail in overviews(place)] == [True]


def test_mail_that_came_back_is_told(place: Workplace) -> None:
    """The address is in the plan, and nobody reads it."""
    place.send(INVITATION_DAY)
    bounce = EmailMessage()
    bounce["From"], bounce["To"] = "MAILER-DAEMON@example.org", "ogsm@example.org"
    bounce["Subject"], bounce["Auto-Submitted"] = "Undelivered Mail Returned to Sender", "auto-replied"
    bounce["Content-Type"] = 'multipart/report; report-type="delivery-status"; boundary="b"'
    message_id = place.sent_to("anna@example.org")["Message-ID"]
    bounce.set_payload(
        "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
        "Final-Recipient: rfc822; anna@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    )
    place.deliver(bounce)
    place.collect(datetime(2026, 9, 4, 8))
    place.send(datetime(2026, 9, 5, 8))
    assert "anna@example.org kwam onbestelbaar terug" in text_of(overviews(place)[-1])


def test_it_is_in_the_language_of_its_reader(tmp_path: Path) -> None:
    """As every mail."""
    people = tuple(dataclasses.replace(p, language=Language.EN) for p in PLAN.people)
    place = Workplace(tmp_path, dataclasses.replace(PLAN, people=people))
    place.send(INVITATION_DAY)
    assert "1 of the 2 owners has reported on everything" in text_of(overviews(place)[0])


def test_absent_owners_and_their_deputies_are_in_it(tmp_path: Path) -> None:
    """The process owner knows who was asked instead."""
    people = tuple(
        dataclasses.replace(p, deputy="Bram", absent_until=INVITATION_DAY.date()) if p.name == "Anna" else p
        for p in PLAN.people
    )
    place = Workplace(tmp_path, dataclasses.replace(PLAN, people=people))
    place.send(INVITATION_DAY)
    assert "AFWEZIG (Wie | Mail gaat naar) - Anna | Bram" in text_of(overviews(place)[0])


def test_an_answer_to_the_overview_is_no_report(place: Workplace) -> None:
    """The process owner answers for nobody."""
    place.send(INVITATION_DAY)
    place.deliver(place.answer(overviews(place)[0], "A1 groen 100%"))
    place.collect(datetime(2026, 9, 4, 8))
    assert [report.id for report in place.plan().reports] == ["R1"]


ANSWER_DAY = datetime(2026, 9, 4, 17)


def disagreeing(place: Workplace) -> None:
    """Bram's mail says red; his row, edited meanwhile, says orange."""
    place.send(INVITATION_DAY)
    place.edit("A2", light=TrafficLight.ORANGE)
    written = datetime(2026, 9, 4, 9)
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 rood", written=written))
    place.collect(ANSWER_DAY)


def test_a_reply_and_an_edited_row_that_disagree_are_told_once(place: Workplace) -> None:
    """By a mail of its own day, though nobody else is mailed then; the next overview is silent about it."""
    disagreeing(place)
    for day in (5, 6, 10):
        place.send(datetime(2026, 9, day, 8))
    told = ["A2: Bram antwoordde licht rood" in text_of(mail) for mail in overviews(place)]
    days = [f"{mail['Date'].datetime:%d}" for mail in overviews(place)]
    assert list(zip(days, told, strict=True)) == [("03", False), ("05", True), ("10", False)]


def test_each_process_owner_is_told_of_a_disagreement(tmp_path: Path) -> None:
    """Also one whose overview failed while that of the other went out."""
    dora = dataclasses.replace(PLAN.people[2], name="Dora", mail="dora@example.org")
    place = Workplace(tmp_path, dataclasses.replace(PLAN, people=(*PLAN.people, dora)))
    disagreeing(place)

    class RefusesDora(FolderMail):
        def send(self, mail: OutgoingMail, handle: str) -> None:
            if mail.to[0].mail == "dora@example.org":
                raise NotSent(Text("Nee.", "No."))
            super().send(mail, handle)

    place.send(datetime(2026, 9, 5, 8), post=RefusesDora(place.post.folder))
    place.send(datetime(2026, 9, 5, 9))
    place.send(datetime(2026, 9, 6, 8))
    told = [str(m["To"]) for m in overviews(place) if "antwoordde licht rood" in text_of(m)]
    assert sorted(told) == ["Carla <carla@example.org>", "Dora <dora@example.org>"]


def test_a_run_that_is_killed_leaves_a_disagreement_to_be_told(place: Workplace) -> None:
    """Killed before the mail went out: the next run settles it, and tells."""

    class Killed(FolderMail):
        def send(self, mail: OutgoingMail, handle: str) -> NoReturn:
            raise KeyboardInterrupt

    disagreeing(place)
    with pytest.raises(KeyboardInterrupt):
        place.send(datetime(2026, 9, 5, 8), post=Killed(place.post.folder))
    place.send(datetime(2026, 9, 5, 9))
    assert ["A2: Bram antwoordde" in text_of(mail) for mail in overviews(place)] == [False, True]


def test_a_disagreement_of_a_run_that_is_killed_is_still_found(place: Workplace) -> None:
    """Killed after the plan was written and before the ledger knew: the next run finds it again."""

    class CrashingLedger(Ledger):
        def applied(self, *_values: object, **_more: object) -> NoReturn:
            raise KeyboardInterrupt

    place.send(INVITATION_DAY)
    place.edit("A2", light=TrafficLight.ORANGE)
    written = datetime(2026, 9, 4, 9)
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 rood", written=written))
    with pytest.raises(KeyboardInterrupt), CrashingLedger(place.config.ledger_file) as ledger:
        collect_replies(
            config=place.config,
            ledger=ledger,
            post=place.post,
            secret=SECRET,
            now=ANSWER_DAY,
            machine="here",
        )
    place.collect(ANSWER_DAY.replace(hour=18))
    place.send(datetime(2026, 9, 5, 8))
    assert ["A2: Bram antwoordde" in text_of(mail) for mail in overviews(place)] == [False, True]


def test_mails_that_wait_for_a_person_are_in_it(place: Workplace) -> None:
    """With the command that shows them."""
    place.send(INVITATION_DAY)
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 rood", sender="eve@elsewhere.example"))
    place.collect(ANSWER_DAY)
    place.send(SESSION_DAY)
    assert "1 mail wacht op een beoordeling. Bekijk hem met: ogsm-xl review" in text_of(overviews(place)[-1])
