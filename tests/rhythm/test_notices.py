"""A session that was moved or cancelled: everybody who was told something else hears it, once."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.plan.model import Plan
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent, announced, sequence_of
from ogsm_xl.rhythm.notices import due_notices, vanished_sessions
from tests.support.plans import plan_of

NOW = datetime(2026, 6, 5, 8)
TOLD = Announced(date(2026, 6, 11), time(10))
PEOPLE = """
    person  Anna anna@example.org
    person  Bram bram@example.org
"""


def plan_with(session: str) -> Plan:
    return plan_of(f"{PEOPLE}\nsession {session}" if session else PEOPLE)


def told(
    who: str = "anna",
    when: Announced | None = TOLD,
    kind: MailKind = MailKind.INVITATION,
    session: str = "SES1",
    sequence: int = 0,
) -> Sent:
    return Sent(session, kind, f"{who}@example.org", 7, when, sequence)


def shown(plan: Plan, *sent: Sent, now: datetime = NOW) -> list[str]:
    return [
        f"{n.kind.key} {n.session.id} {n.person.name}{' after all' if n.reinstated else ''}"
        for n in due_notices(plan, now, sent)
    ]


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ("SES1 doing 2026-06-11 10:00", []),
        ("SES1 doing 2026-06-18 10:00", ["moved SES1 Anna"]),
        ("SES1 doing 2026-06-09 10:00", ["moved SES1 Anna"]),  # earlier
        ("SES1 doing 2026-06-11 14:00", ["moved SES1 Anna"]),
        ("SES1 doing 2026-06-11", []),  # the time was taken out: nothing to tell
        ("id=ses1 steering 2026-06-11 10:00", []),
        ("SES1 doing 2026-06-11 10:00 cancelled=yes", ["cancelled SES1 Anna"]),
        ("SES1 doing 2026-06-18 10:00 cancelled=yes", ["cancelled SES1 Anna"]),
        ("SES1 doing 2026-06-04 10:00", []),  # moved into the past: a slip, or it was held
        ("SES2 doing 2026-06-18 10:00", []),  # another session
    ],
)
def test_what_changed_is_told_to_who_knew_otherwise(session: str, expected: list[str]) -> None:
    """Bram was told nothing, and hears nothing."""
    assert shown(plan_with(session), told()) == expected


def test_a_time_that_becomes_known_is_no_move() -> None:
    """The reminder says it."""
    assert shown(plan_with("SES1 doing 2026-06-11 14:00"), told(when=Announced(date(2026, 6, 11)))) == []


def test_each_change_is_told_once() -> None:
    """The last thing that a person was told counts, whatever mail told it."""
    moved = plan_with("SES1 doing 2026-06-18 10:00")
    new = Announced(date(2026, 6, 18), time(10))
    assert shown(moved, told(), told(kind=MailKind.MOVED, when=new, sequence=1)) == []
    assert shown(moved, told(), told(kind=MailKind.REMINDER, when=new)) == []
    cancelled = plan_with("SES1 doing 2026-06-11 10:00 cancelled=yes")
    assert shown(cancelled, told(), told(kind=MailKind.CANCELLED)) == []


def test_back_to_the_first_date_is_told_again() -> None:
    """Who was told the 18th has to hear that it is the 11th after all; who was not has nothing to hear."""
    back = plan_with("SES1 doing 2026-06-11 10:00")
    other = Announced(date(2026, 6, 18), time(10))
    mails = [told(), told("bram"), told(kind=MailKind.MOVED, when=other, sequence=1)]
    assert shown(back, *mails) == ["moved SES1 Anna"]


def test_a_session_that_takes_place_after_all() -> None:
    """Who heard that it was cancelled hears that it is on, on the same day or another."""
    mails = [told(), told(kind=MailKind.CANCELLED, sequence=1)]
    assert shown(plan_with("SES1 doing 2026-06-11 10:00"), *mails) == ["moved SES1 Anna after all"]
    assert shown(plan_with("SES1 doing 2026-06-18 10:00"), *mails) == ["moved SES1 Anna after all"]


def test_nothing_is_told_of_what_is_over() -> None:
    """A session that is marked cancelled after its day sends nothing, nor one that has begun at its new time."""
    cancelled = plan_with("SES1 doing 2026-06-11 10:00 cancelled=yes")
    assert shown(cancelled, told(), now=datetime(2026, 6, 11, 9, 59)) == ["cancelled SES1 Anna"]
    assert shown(cancelled, told(), now=datetime(2026, 6, 11, 10, 1)) == []
    assert shown(plan_with("SES1 doing 2026-06-09 10:00"), told(), now=datetime(2026, 6, 9, 10)) == []


def test_whoever_left_or_is_nobody_hears_nothing() -> None:
    """There is nobody to tell."""
    moved = plan_of("person Anna anna@example.org left_on=2026-06-05\nsession SES1 doing 2026-06-18 10:00")
    assert shown(moved, told(), told("gone")) == []


def test_the_deputy_hears_for_who_is_absent() -> None:
    """As with any other mail."""
    moved = plan_of("""
        person  Anna anna@example.org deputy=Bram absent_from=2026-06-01
        person  Bram bram@example.org
        session SES1 doing 2026-06-18 10:00
    """)
    (notice,) = due_notices(moved, NOW, [told()])
    assert (notice.person.name, notice.addressee.name) == ("Anna", "Bram")


def test_a_session_that_vanished_from_the_plan_is_noticed() -> None:
    """People expect it; whether it is off, nobody wrote down."""
    gone = plan_with("SES2 doing 2026-07-11 10:00")
    (vanished,) = vanished_sessions(gone, NOW, [told(), told("bram")])
    assert (vanished.session, vanished.told, vanished.people) == ("SES1", TOLD, 2)
    assert vanished_sessions(gone, datetime(2026, 6, 12), [told()]) == ()
    assert vanished_sessions(gone, NOW, [told(), told(kind=MailKind.CANCELLED)]) == ()


CHANGES = st.lists(
    st.tuples(st.sampled_from(["2026-06-11", "2026-06-18", "2026-06-25"]), st.booleans(), st.booleans()),
    max_size=8,
)


@given(CHANGES)
def test_after_every_run_everybody_knows_what_holds_and_the_calendar_counts_up(
    changes: list[tuple[str, bool, bool]],
) -> None:
    """Whatever the changes, a second run tells nothing, and no entry of a calendar has an older number than one before."""
    sent = [told(), told("bram")]
    for day, cancelled, run in changes:
        plan = plan_with(f"SES1 doing {day} 10:00 {'cancelled=yes' if cancelled else ''}")
        if run:
            session = plan.sessions[0]
            sequence = sequence_of(session, sent)
            assert sequence >= max(mail.sequence for mail in sent)
            sent += [
                Sent("SES1", n.kind, recipient_of(n.person), 0, announced(session), sequence)
                for n in due_notices(plan, NOW, sent)
            ]
            assert due_notices(plan, NOW, sent) == ()
            assert sequence_of(session, sent) == sequence


def test_the_number_of_an_entry_goes_up_with_each_change_that_was_told() -> None:
    """Nothing told yet is 0; a change is one more than what was told last, also for somebody invited only then."""
    moved = plan_with("SES1 doing 2026-06-18 10:00").sessions[0]
    assert sequence_of(moved, []) == 0
    assert sequence_of(moved, [told()]) == 1
    new = Announced(date(2026, 6, 18), time(10))
    assert sequence_of(moved, [told(), told("bram", new, sequence=1)]) == 1
    assert sequence_of(moved, [told(), told("bram", session="SES2", sequence=4)]) == 1
