"""The status before the session: to the team, a day before, once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ogsm_xl.plan.words import Role
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent
from ogsm_xl.rhythm.settings import RhythmSettings
from ogsm_xl.rhythm.sharing import due_shares
from tests.support.plans import plan_of

LINES = """
    person  Anna anna@example.org manager
    person  Bram bram@example.org member
    person  Carla carla@example.org process_owner
    person  Dirk
    person  Eva eva@example.org member left_on=2026-06-01
    person  Twin BRAM@example.org member
    session SES1 doing 2026-06-11 10:00
"""
EVERYBODY = ["Anna", "Bram", "Carla"]


def shown(
    now: str,
    lines: str = LINES,
    sent: tuple[Sent, ...] = (),
    settings: RhythmSettings = RhythmSettings(),  # noqa: B008 - frozen
    roles: tuple[Role, ...] = (),
) -> list[str]:
    found = due_shares(plan_of(lines), datetime.fromisoformat(now), sent, settings, roles)
    return [share.person.name for share in found]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-06-09T23:59", []),
        ("2026-06-10T00:00", EVERYBODY),
        ("2026-06-11T09:59", EVERYBODY),
        ("2026-06-11T10:00", []),
    ],
)
def test_when(now: str, expected: list[str]) -> None:
    """From a day before until the session begins: everybody with an address who is still here, each address once."""
    assert shown(now) == expected


def test_the_lead_time_can_be_set() -> None:
    """Three days, also in working days."""
    assert shown("2026-06-08T08:00", settings=RhythmSettings(share_days=3)) == EVERYBODY
    monday = LINES.replace("2026-06-11", "2026-06-15")
    assert shown("2026-06-12T08:00", monday, settings=RhythmSettings(working_days=True)) == EVERYBODY


def test_only_to_certain_roles() -> None:
    """Members and managers, without the process owner from outside the team."""
    assert shown("2026-06-10T08:00", roles=(Role.MANAGER, Role.MEMBER)) == ["Anna", "Bram"]


def test_once() -> None:
    """Who had it does not get it again; a new person does."""
    had = tuple(
        Sent(
            "SES1",
            MailKind.STATUS,
            recipient_of(person),
            1,
            Announced(date(2026, 6, 11)),
            0,
            date(2026, 6, 10),
        )
        for person in plan_of(LINES).people[:2]
    )
    assert shown("2026-06-10T09:00", sent=had) == ["Carla"]


def test_again_when_the_session_was_moved_weeks_on() -> None:
    """By then it is another status."""
    had = (
        Sent(
            "SES1", MailKind.STATUS, "anna@example.org", 1, Announced(date(2026, 6, 11)), 0, date(2026, 6, 10)
        ),
    )
    assert shown("2026-07-08T08:00", LINES.replace("2026-06-11", "2026-07-09"), had) == EVERYBODY
    assert shown("2026-06-11T08:00", LINES.replace("2026-06-11", "2026-06-12"), had) == ["Bram", "Carla"]


def test_not_for_a_cancelled_session() -> None:
    """Nor twice for a row that was copied."""
    assert shown("2026-06-10T08:00", LINES.replace("10:00", "10:00 cancelled=yes")) == []
    assert shown("2026-06-10T08:00", LINES + "session SES1 doing 2026-06-11 10:00") == EVERYBODY
