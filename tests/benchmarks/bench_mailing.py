"""What a whole run of the mailing job costs: reading, deciding, composing with forms, and the steps in the ledger.

Run with `pytest -s tests/benchmarks/bench_mailing.py`; not part of the test run. The aims: at most 20 ms of processor time
a mail, and memory that does not grow with the number of mails.
"""

from __future__ import annotations

import time
import tracemalloc
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ogsm_xl.letters.mail import OutgoingMail, mime
from ogsm_xl.plan.model import Action, Person, Plan, Session
from ogsm_xl.plan.words import SessionKind, Status, TrafficLight
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.send_mails import send_mails
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 3, 8)
ITEMS = 5


def plan_with(owners: int) -> Plan:
    people = tuple(Person(f"Owner {n}", f"owner{n}@example.org") for n in range(owners))
    actions = tuple(
        Action(
            f"A{number}",
            "A result that somebody is responsible for, worded in a sentence of the usual length",
            (),
            people[number // ITEMS].name,
            start=date(2026, 1, 5),
            deadline=date(2026, 5, 1) + timedelta(days=number % 300),
            status=Status.IN_PROGRESS,
            progress=number % 100,
            light=TrafficLight.ORANGE,
        )
        for number in range(owners * ITEMS)
    )
    return Plan(
        actions=actions, people=people, sessions=(Session("SES1", SessionKind.DOING, date(2026, 9, 10)),)
    )


class Counting(FolderMail):
    """A mail system that makes each mail ready for the wire, counts it, and keeps nothing."""

    mails = 0

    def send(self, mail: OutgoingMail, handle: str) -> None:
        assert mime(mail)
        self.mails += 1


def milliseconds_each(place: Workplace, *, dry_run: bool) -> float:
    """The processor time of a run of the job, divided by its mails."""
    with place.mailroom(NOW, post=Counting(place.folder / "mail"), dry_run=dry_run) as room:
        begun = time.process_time()
        outcome = send_mails({MailKind.INVITATION}, room)
        used = time.process_time() - begun
    mails = outcome.data["sent"]
    assert isinstance(mails, list)
    assert len(mails) == len(place.plan().people)
    return used / len(mails) * 1000


def test_the_processor_time_of_a_mail(tmp_path: Path) -> None:
    """A thousand owners with five items each: the plan read and judged, every mail composed with its form."""
    place = Workplace(tmp_path, plan_with(1000))
    place.configure(mail={"most_per_day": 10_000, "confirm_above": 10_000})
    composed = milliseconds_each(place, dry_run=True)
    sent = milliseconds_each(place, dry_run=False)
    print(  # noqa: T201
        f"\n1000 mails: {composed:.1f} ms of processor time each to compose; {sent:.1f} ms with all steps of the ledger"
    )
    assert composed <= 20


@pytest.mark.parametrize("owners", [300])
def test_memory_does_not_grow_with_the_mails(tmp_path: Path, owners: int) -> None:
    """Measured at each mail, from the tenth on: the last is written with as much as the tenth."""
    held: list[int] = []

    class Measuring(Counting):
        def send(self, mail: OutgoingMail, handle: str) -> None:
            super().send(mail, handle)
            held.append(tracemalloc.get_traced_memory()[0])

    place = Workplace(tmp_path, plan_with(owners))
    place.configure(mail={"most_per_day": 10_000, "confirm_above": 10_000})
    with place.mailroom(NOW, post=Measuring(tmp_path / "mail")) as room:
        tracemalloc.start()
        send_mails({MailKind.INVITATION}, room)
        tracemalloc.stop()
    growth = (held[-1] - held[9]) / (len(held) - 10)
    print(  # noqa: T201
        f"\nmemory: {held[9] / 1e6:.1f} MB at the tenth mail, {held[-1] / 1e6:.1f} MB at the last; {growth:.0f} bytes a mail"
    )
    assert growth < 3000
