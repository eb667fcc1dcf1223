"""Process status: who has reported and who has not, lights counted, the share that is current, over time."""

from __future__ import annotations

from datetime import datetime

from ogsm_xl.plan.words import TrafficLight
from ogsm_xl.rhythm.process_status import OwnerStatus, ProcessStatus, process_status
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of

NOW = datetime(2026, 6, 10, 8)


def status(lines: str, session_id: str = "SES1", now: datetime = NOW) -> ProcessStatus:
    plan = plan_of(lines)
    session = plan.session(session_id)
    assert session is not None
    return process_status(plan, session, now, RhythmSettings())


def shown(owner: OwnerStatus) -> str:
    """An owner in words: name (? when nobody among the people), reported, and after the bar what is owed."""
    reported = " ".join(i.id for i in owner.reported)
    return f"{owner.name}{'' if owner.person else '?'}: {reported} | {' '.join(i.id for i in owner.owed)}"


TEAM = """
    person   Anna anna@example.org
    person   Bram bram@example.org
    person   Carla carla@example.org
    strategy S1 Anna "Shorter waits"
    action   A1 Bram S1 "Website renewed" in_progress green
    action   A2 Carla S1 "Portal closed" in_progress orange
    action   A3 Bram S1 "Forms shortened" in_progress
    action   A4 Bram S1 "Later" 2026-09-01.. to_do red
    action   A5 Dirk S1 "Owner unknown" in_progress red
    action   A6 S1 "Without an owner" in_progress red
    session  SES0 doing 2026-05-14 10:00
    session  SES1 doing 2026-06-11 10:00
    report   A1 2026-06-05T09:00
    report   A3 2026-05-13T12:00
"""


class TestOwners:
    """Per session: who has reported, and who has not."""

    def test_reported_and_owed(self) -> None:
        """Every owner of something asked for, with what was reported for this session and what was not."""
        assert [shown(owner) for owner in status(TEAM).owners] == [
            "Bram: A1 | A3",
            "Carla:  | A2",
            "Dirk?:  | A5",
        ]

    def test_reported_and_owed_divide_what_is_asked(self) -> None:
        """Asked is both together, in the plan's order."""
        bram = status(TEAM).owners[0]
        assert [i.id for i in bram.asked] == ["A1", "A3"]

    def test_last_reported(self) -> None:
        """The latest report on anything asked for, or None."""
        assert [owner.last_reported for owner in status(TEAM).owners] == [datetime(2026, 6, 5, 9), None, None]

    def test_strategy_owners_at_a_steering_session(self) -> None:
        """Anna is asked for her strategy at a steering session."""
        first, *_ = status(TEAM.replace("SES1 doing", "SES1 steering")).owners
        assert shown(first) == "Anna:  | S1"

    def test_without_an_owner(self) -> None:
        """Asked items that nobody known owns: no name, or a name that is not among the people."""
        assert [i.id for i in status(TEAM).unowned] == ["A5", "A6"]

    def test_an_owner_written_in_two_ways_is_one(self) -> None:
        """A name in other capitals or the mail address is the same person; so is an unknown name in other capitals."""
        lines = TEAM.replace("A3 Bram", "A3 owner=bram@example.org").replace("A6 S1", "A6 S1 owner=DIRK")
        assert [shown(owner) for owner in status(lines).owners] == [
            "Bram: A1 | A3",
            "Carla:  | A2",
            "Dirk?:  | A5 A6",
        ]

    def test_a_session_that_was_held(self) -> None:
        """Who had reported when it began: a later report is for the next session."""
        later = TEAM + "report A2 2026-06-11T09:59\nreport A3 2026-06-11T10:01"
        owners = status(later, now=datetime(2026, 6, 20, 8)).owners
        assert [shown(owner) for owner in owners][:2] == ["Bram: A1 | A3", "Carla: A2 | "]
        assert owners[0].last_reported == datetime(2026, 6, 5, 9)


class TestLights:
    """The lights of the active actions, counted."""

    def test_now(self) -> None:
        """Every light and blank has its count; what is not active does not count."""
        assert status(TEAM).lights == {
            TrafficLight.GREEN: 1,
            TrafficLight.ORANGE: 1,
            TrafficLight.RED: 2,
            None: 1,
        }

    def test_at_the_previous_session(self) -> None:
        """As the history tells: what was active then, and the last light reported by then."""
        found = status("""
            action  A1 Bram S1 "Website renewed" 2026-01-01.. in_progress green
            action  A2 Bram S1 "Portal closed" 2026-01-01.. done done_on=2026-06-01 green
            action  A3 Bram S1 "Since then" 2026-05-20.. in_progress red
            action  A4 Bram S1 "Never reported" 2026-01-01.. in_progress red
            session SES0 doing 2026-05-14 10:00
            session SES1 doing 2026-06-11 10:00
            report  A1 2026-05-10 red
            report  A1 2026-06-05 green
            report  A2 2026-05-14T10:00 orange
        """)
        assert found.previous_lights == {
            TrafficLight.GREEN: 0,
            TrafficLight.ORANGE: 1,
            TrafficLight.RED: 1,
            None: 1,
        }

    def test_no_session_before(self) -> None:
        """Where there was no session before, or no report by then, there is nothing to compare with."""
        assert status(TEAM.replace("session  SES0 doing 2026-05-14 10:00", "")).previous_lights == {}
        assert status(TEAM.replace("2026-05-13T12:00", "2026-05-15")).previous_lights == {}

    def test_the_session_before_is_one_that_was_held(self) -> None:
        """For the session after next the comparison is with the last session held, not with the next one."""
        lines = """
            action  A1 Bram S1 "Website renewed" 2026-01-01.. in_progress green
            session SES0 doing 2026-05-14 10:00
            session SES1 doing 2026-06-11 10:00
            session SES2 doing 2026-07-09 10:00
            report  A1 2026-05-14T10:00 red
            report  A1 2026-06-05 green
        """
        assert status(lines, "SES2").previous_lights[TrafficLight.RED] == 1

    def test_of_a_session_that_was_held(self) -> None:
        """An action that started after it does not count, and the comparison is with the session before it."""
        lines = """
            action  A1 Bram S1 "Website renewed" 2026-01-01.. in_progress green
            action  A2 Bram S1 "Portal closed" 2026-06-12.. to_do red
            session SES0 doing 2026-05-14 10:00
            session SES1 doing 2026-06-11 10:00
            report  A1 2026-05-10 red
            report  A1 2026-06-05 green
        """
        found = status(lines, now=datetime(2026, 6, 20, 8))
        assert (found.lights[TrafficLight.GREEN], found.lights[TrafficLight.RED]) == (1, 0)
        assert found.previous_lights[TrafficLight.RED] == 1


class TestCurrent:
    """The share of items that are current."""

    def test_of_what_is_asked(self) -> None:
        """A3's report is 28 days old: owed, and yet current."""
        found = status(TEAM)
        assert (found.current, found.asked_for) == (2, 5)

    def test_of_a_session_that_was_held(self) -> None:
        """As it was when it began."""
        found = status(TEAM + "report A2 2026-06-11T10:01", now=datetime(2026, 12, 1, 8))
        assert (found.current, found.asked_for) == (2, 5)


class TestOverTime:
    """The share that was current at each session of the last year."""

    LINES = """
        strategy S1 Anna "Shorter waits"
        action   A1 Bram S1 "Website renewed" 2025-01-01.. in_progress
        action   A2 Bram S1 "Portal closed" 2026-04-01.. in_progress
        session  SES4 doing    2026-05-14
        session  SES2 steering 2026-03-12 10:00
        session  SES3 doing    2026-04-16 10:00 cancelled=yes
        session  SES5 doing    2026-04-23 10:00
        session  SES0 doing    2025-06-10 10:00
        session  SES9 doing    2025-07-10 10:00
        session  SES1 doing    2026-06-11 10:00
        session  SES6 doing    2026-07-09 10:00
        report   A1 2025-06-01
        report   A1 2026-03-12T10:00
        report   S1 2026-01-01
        report   A2 2026-05-14T17:00
    """

    def test_per_session(self) -> None:
        """Oldest first, without cancelled sessions and those of over a year ago, each judged as it was then."""
        assert [(share.session.id, share.current, share.asked) for share in status(self.LINES).over_time] == [
            ("SES9", 0, 1),  # the report was made before SES0 and is over 30 days old
            ("SES2", 2, 2),  # with the strategy; A1's report came at the last moment
            ("SES5", 0, 2),  # A2 has started since
            ("SES4", 1, 2),  # no time given: the report of that afternoon was for it
        ]

    def test_from_before_the_first_report(self) -> None:
        """Nothing tells how the plan stood before anybody reported."""
        lines = self.LINES.replace("report   A1 2025-06-01", "")
        assert [share.session.id for share in status(lines).over_time] == ["SES2", "SES5", "SES4"]

    def test_only_sessions_held_before(self) -> None:
        """The session itself is no part of its past, nor is any that is still to come."""
        held = status(self.LINES, "SES4", datetime(2026, 6, 10, 8))
        to_come = status(self.LINES, "SES6", datetime(2026, 5, 1, 8))
        assert [share.session.id for share in held.over_time] == ["SES0", "SES9", "SES2", "SES5"]
        timed = status(self.LINES, "SES5", datetime(2026, 6, 10, 8))
        assert [share.session.id for share in to_come.over_time] == ["SES0", "SES9", "SES2", "SES5"]
        assert [share.session.id for share in timed.over_time] == ["SES0", "SES9", "SES2"]

    def test_the_first_report_at_the_last_moment(self) -> None:
        """A first report at the very beginning of a session was made for it: the history reaches it."""
        lines = self.LINES.replace("report   A1 2025-06-01", "").replace("report   S1 2026-01-01", "")
        assert status(lines).over_time[0].session.id == "SES2"


def test_an_empty_plan() -> None:
    """A session without anything asked for has an empty status."""
    found = status("session SES1 doing 2026-06-11 10:00")
    assert (found.owners, found.unowned, found.current, found.asked_for, found.over_time) == (
        (),
        (),
        0,
        0,
        (),
    )
