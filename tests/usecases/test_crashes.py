"""Killed at any step, a run mails nobody twice and forgets nobody: every step there is, one after another.

A step is the moment before, inside or after each commit of the ledger, and before or after each call of the mail system.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from ogsm_xl.ledger import MailState
from ogsm_xl.letters.mail import Address, OutgoingMail
from ogsm_xl.plan.model import Person, Session
from ogsm_xl.plan.words import SessionKind
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.in_charge import marker_of
from ogsm_xl.usecases.mailing import Letter, Mailroom, Secrets, begin, new_row, send_all
from ogsm_xl.usecases.send_mails import send_mails
from tests.support.crashing import CrashingLedger, CrashingPost, KilledError, Mailbox, Steps
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

INVITED = datetime(2026, 9, 3, 8)
NOW = datetime(2026, 9, 4, 8)

# On 4 September: Anna, invited the day before for the 10th, hears that it is the 11th; Bram, who took over an action,
# is invited; Carla gets the overview, with an owner who can't be reached.
BEFORE = plan_of("""
    person   Anna anna@example.org
    person   Bram bram@example.org
    person   Carla carla@example.org process_owner
    action   A1 Anna "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Anna "Rota agreed" 2026-01-05..2026-12-18 in_progress 60% orange
    session  SES1 doing 2026-09-10 10:00
""")
AFTER = dataclasses.replace(
    BEFORE,
    actions=(BEFORE.actions[0], dataclasses.replace(BEFORE.actions[1], owner="Bram")),
    sessions=(dataclasses.replace(BEFORE.sessions[0], date=date(2026, 9, 11)),),
)
EXPECTED = {"anna@example.org": 1, "bram@example.org": 1, "carla@example.org": 1}


@pytest.fixture(scope="module")
def the_day_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation whose invitations went out yesterday, and whose calendar was changed since."""
    place = Workplace(tmp_path_factory.mktemp("place"), BEFORE)
    place.send(INVITED)
    place.put(AFTER)
    return place.folder


def run(place: Workplace, box: Mailbox, steps: Steps, now: datetime, *, tells: bool) -> bool:
    """One run of the job; whether it came to its end."""
    ledger = CrashingLedger(place.config.ledger_file, steps)
    secrets = Secrets(SECRET, os.urandom)
    post = CrashingPost(box, steps, tells=tells)
    with ledger:
        try:
            send_mails(
                {MailKind.INVITATION}, Mailroom(place.config, ledger, post, secrets, now, machine="here")
            )
        except KilledError:
            return False
    return True


def copied(folder: Path, into: Path) -> Workplace:
    shutil.copytree(folder, into)
    return Workplace(into, AFTER)


@pytest.mark.parametrize("tells", [True, False], ids=["mail system can tell", "mail system can't tell"])
def test_killed_at_any_step_of_a_run_nobody_is_mailed_twice_and_nobody_forgotten(
    the_day_before: Path, tmp_path: Path, *, tells: bool
) -> None:
    """After the next run everybody had one mail; where nobody can tell whether it went out, it is shown instead of sent."""
    steps = Steps()
    box = Mailbox()
    run(copied(the_day_before, tmp_path / "undisturbed"), box, steps, NOW, tells=tells)
    assert Counter(mail.to[0].mail for mail in box.sent) == EXPECTED
    assert steps.count >= 3 * (3 * 5 + 2 * 2), (
        "three mails: five commits and two calls of the mail system each"
    )
    for kill_at in range(1, steps.count + 1):
        place, box = copied(the_day_before, tmp_path / str(kill_at)), Mailbox()
        assert not run(place, box, Steps(kill_at), NOW, tells=tells)
        run(place, box, Steps(), NOW + timedelta(hours=1), tells=tells)
        had = Counter(mail.to[0].mail for mail in box.sent)
        with place.ledger() as ledger:
            doubt = Counter(row.sent_to for row in ledger.mails(MailState.UNKNOWN))
        assert all(number == 1 for number in had.values()), kill_at
        assert had | doubt == EXPECTED, kill_at
        assert not (tells and doubt), kill_at
        assert box.drafts == {} or doubt, kill_at
        assert marker_of(place.config).exists()


# The engine alone, so that every pair of steps can be tried: a run that is killed, and the run that mends it, too.

ANNA, BRAM = Person("Anna", "anna@example.org"), Person("Bram", "bram@example.org")
SESSION = Session("SES1", SessionKind.DOING, date(2026, 9, 10))


def letter(person: Person) -> Letter:
    """A letter that needs no plan."""
    row = new_row(MailKind.INVITATION, SESSION, person, person, NOW)

    def write(row: object) -> OutgoingMail:
        message_id = getattr(row, "message_id", "")
        return OutgoingMail(
            message_id, NOW.astimezone(), Address("OGSM", "ogsm@example.org"), (Address(person.name, person.mail),), "s", "t", "h"
        )  # fmt: skip

    return Letter(row, person, write)


def engine_run(place: Workplace, box: Mailbox, steps: Steps) -> bool:
    with CrashingLedger(place.config.ledger_file, steps) as ledger:
        room = Mailroom(
            place.config, ledger, CrashingPost(box, steps, tells=True), Secrets(SECRET, place.random), NOW, machine="here"
        )  # fmt: skip
        try:
            begin(room)
            had = {mail.recipient for mail in ledger.sent()}
            send_all(room, [letter(p) for p in (ANNA, BRAM) if p.mail not in had])
        except KilledError:
            return False
    return True


def test_killed_twice_in_a_row_nobody_is_mailed_twice_and_nobody_forgotten(tmp_path: Path) -> None:
    """Whatever the step of the first run, whatever the step of the run that mends it; the third run ends it."""
    place = Workplace(tmp_path, BEFORE)
    pairs = 0
    for first in count(1, 2):
        finished = False
        for second in count(1 + first % 3, 3):
            place.config.ledger_file.unlink(missing_ok=True)
            marker_of(place.config).unlink(missing_ok=True)
            box = Mailbox()
            finished = engine_run(place, box, Steps(first))
            if finished or engine_run(place, box, Steps(second)):
                break
            pairs += 1
            engine_run(place, box, Steps())
            assert sorted(mail.to[0].mail for mail in box.sent) == [ANNA.mail, BRAM.mail], (first, second)
            assert box.drafts == {}, (first, second)
        if finished:
            break
    assert pairs >= 200, "the pairs are counted"
