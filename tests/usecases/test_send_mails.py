"""Sending: the right mail, to the right person, once; whatever happens in between."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.ledger import Ledger, MailState
from ogsm_xl.letters.mail import OutgoingMail
from ogsm_xl.plan.words import Text
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import NotSent, SendUnknown
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

INVITATION_DAY = datetime(2026, 9, 3, 8)
REMINDER_DAY = datetime(2026, 9, 7, 8)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person   Anna anna@example.org ogsm_owner
    person   Bram bram@example.org
    person   Chris chris@example.org
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    action   A3 Bram S1 "Rota agreed" 2026-02-02..2026-11-20 done 100% green
    session  SES1 doing 2026-08-13 10:00
    session  SES2 doing 2026-09-10 10:00
    report   A2 2026-08-20T09:00:00 Bram green 30%
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


class FailingPost(FolderMail):
    """A mail folder that fails in a chosen way for one address."""

    def __init__(self, folder: Path, address: str, fail: Callable[[], None], *, after: bool = False) -> None:
        super().__init__(folder)
        self.address, self.fail, self.after = address, fail, after

    def send(self, mail: OutgoingMail, handle: str) -> None:
        fails = mail.to[0].mail == self.address
        if fails and not self.after:
            self.fail()
        super().send(mail, handle)
        if fails and self.after:
            self.fail()


class CrashError(BaseException):
    """The process is killed here."""


def crash() -> None:
    raise CrashError


def refuse() -> None:
    raise NotSent(Text("geen verbinding", "no connection"))


def lose_connection() -> None:
    raise SendUnknown(Text("verbinding verbroken", "connection lost"))


class CannotTell(FolderMail):
    """A mail folder that does not know what it sent, as some mail systems."""

    def was_sent(self, message_id: str, handle: str) -> bool | None:
        return None


def test_a_week_before_each_owner_of_an_active_action_is_invited(place: Workplace) -> None:
    """Who owns nothing active gets nothing."""
    outcome = place.send(INVITATION_DAY)
    assert place.recipients() == ["anna@example.org", "bram@example.org"]
    assert outcome.code is ExitCode.DONE


def test_a_day_too_early_nobody_gets_mail(place: Workplace) -> None:
    """Eight days before there is nothing to do."""
    outcome = place.send(datetime(2026, 9, 2, 23, 59))
    assert (outcome.code, place.recipients()) == (ExitCode.DONE, [])


def test_running_again_sends_nothing_more(place: Workplace) -> None:
    """A job can be run any number of times."""
    for hour in range(8, 12):
        place.send(INVITATION_DAY.replace(hour=hour))
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


def test_three_days_before_only_who_still_owes_is_reminded(place: Workplace) -> None:
    """Bram reported since the previous session."""
    place.send(INVITATION_DAY, [MailKind.INVITATION])
    outcome = place.send(REMINDER_DAY, [MailKind.REMINDER])
    assert place.recipients() == ["anna@example.org", "anna@example.org", "bram@example.org"]
    assert outcome.data["sent"] == [
        {"session": "SES2", "kind": "reminder", "person": "Anna", "mail": "anna@example.org", "items": ["A1"]}
    ]


def test_who_edited_the_row_is_not_reminded(place: Workplace) -> None:
    """An edit in the plan since the invitation counts as a report, also before replies are collected."""
    place.send(INVITATION_DAY, [MailKind.INVITATION])
    edited = dataclasses.replace(PLAN.actions[0], progress=70)
    Workplace(place.folder, dataclasses.replace(PLAN, actions=(edited, *PLAN.actions[1:])))
    place.send(REMINDER_DAY, [MailKind.REMINDER])
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


def test_a_dry_run_changes_nothing_nowhere(place: Workplace) -> None:
    """It tells what would go, and leaves every file as it was."""
    before = {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    outcome = place.send(INVITATION_DAY, dry_run=True)
    assert {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()} == before
    assert len(outcome.details) == 2


def test_an_owner_without_address_is_shown_and_the_others_get_their_mail(tmp_path: Path) -> None:
    """One wrong address spoils nobody else's mail."""
    people = tuple(dataclasses.replace(p, mail="" if p.name == "Anna" else p.mail) for p in PLAN.people)
    place = Workplace(tmp_path, dataclasses.replace(PLAN, people=people))
    outcome = place.send(INVITATION_DAY)
    assert outcome.code is ExitCode.LOOK
    assert place.recipients() == ["bram@example.org"]
    assert "Anna" in outcome.look_at[0].nl


def test_what_certainly_failed_goes_at_the_next_run(place: Workplace) -> None:
    """A mail system that is away costs a day, not a mail."""
    failing = FailingPost(place.folder / "mail", "anna@example.org", refuse)
    assert place.send(INVITATION_DAY, post=failing).code is ExitCode.OUTSIDE_FAILED
    assert place.recipients() == ["bram@example.org"]
    place.send(INVITATION_DAY.replace(hour=9))
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


def test_a_crash_before_the_mail_is_out_costs_no_mail(place: Workplace) -> None:
    """The next run finds that it was not sent, and sends it."""
    with pytest.raises(CrashError):
        place.send(INVITATION_DAY, post=FailingPost(place.folder / "mail", "anna@example.org", crash))
    place.send(INVITATION_DAY.replace(hour=9))
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


def test_a_crash_after_the_mail_is_out_makes_no_second_mail(place: Workplace) -> None:
    """The next run finds that it was sent."""
    with pytest.raises(CrashError):
        place.send(
            INVITATION_DAY, post=FailingPost(place.folder / "mail", "anna@example.org", crash, after=True)
        )
    place.send(INVITATION_DAY.replace(hour=9))
    assert place.recipients() == ["anna@example.org", "bram@example.org"]


def test_what_nobody_can_tell_is_shown_and_never_sent_again(place: Workplace) -> None:
    """A lost connection may have been after the mail was accepted: a person decides."""
    mail = place.folder / "mail"
    lost = FailingPost(mail, "anna@example.org", lose_connection)
    assert place.send(INVITATION_DAY, post=lost).code is ExitCode.OUTSIDE_FAILED
    outcome = place.send(INVITATION_DAY.replace(hour=9), post=CannotTell(mail))
    assert outcome.code is ExitCode.LOOK
    assert "anna@example.org" in outcome.look_at[0].nl
    assert place.recipients() == ["bram@example.org"]
    with Ledger(place.config.ledger_file) as ledger:
        assert [row.recipient for row in ledger.mails(MailState.UNKNOWN)] == ["anna@example.org"]


def test_nothing_goes_out_after_the_session_began(place: Workplace) -> None:
    """A machine that was off for two weeks does not catch up with what is over."""
    place.send(datetime(2026, 9, 10, 10, 0))
    assert place.recipients() == []


def test_the_mail_asks_for_its_own_items_only(place: Workplace) -> None:
    """Nobody sees another's action."""
    place.send(INVITATION_DAY)
    body = place.sent_to("bram@example.org").get_body(("plain",))
    assert body is not None
    assert "A2" in body.get_content()
    assert "A1" not in body.get_content()
    assert "A3" not in body.get_content()
