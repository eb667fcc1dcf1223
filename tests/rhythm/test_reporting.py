"""Active, current, asked and owed: each sentence of the rhythm, with its boundary days."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ogsm_xl.plan.model import Item, Plan, Session, kind_of
from ogsm_xl.plan.words import SessionKind
from ogsm_xl.rhythm.reporting import (
    asked_items,
    current_windows,
    is_active,
    latest_report,
    next_session,
    owed_items,
    previous_session,
)
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of

SETTINGS = RhythmSettings()
TODAY = date(2026, 6, 10)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def item(plan: Plan, item_id: str) -> Item:
    found = plan.item(item_id)
    assert found is not None
    return found


def session(plan: Plan, session_id: str) -> Session:
    found = plan.session(session_id)
    assert found is not None
    return found


def ids(items: tuple[Item, ...]) -> str:
    return " ".join(i.id for i in items)


def current(lines: str, item_id: str, now: str, settings: RhythmSettings = SETTINGS) -> bool:
    plan = plan_of(lines)
    about = item(plan, item_id)
    return current_windows(plan, at(now), settings)[kind_of(about)].holds_report_on(plan, about)


@pytest.mark.parametrize(
    ("words", "active"),
    [
        ("in_progress", True),
        ("2026-06-11.. in_progress", True),  # whatever its start
        ("2026-06-09.. to_do", True),  # started yesterday
        ("2026-06-10.. to_do", False),  # starts today: not in the past
        ("2026-06-11.. to_do", False),
        ("to_do", False),
        ("2026-06-09..", True),  # no status, started
        ("2026-06-10..", False),
        ("", False),
        ("2026-01-01.. done", False),
        ("2026-01-01.. parked", False),
    ],
)
def test_an_action_is_active_when_in_progress_or_started_and_not_finished(
    words: str, *, active: bool
) -> None:
    """Active: Mee bezig, or a start date in the past and not Afgerond or Geparkeerd."""
    plan = plan_of(f'action A1 Bram S1 "Website renewed" {words}')
    assert is_active(plan.actions[0], TODAY) is active


class TestCurrentAction:
    """Current: after the last doing or steering session before now, or less than 30 days old."""

    def test_never_reported(self) -> None:
        """Without a report nothing is current."""
        assert current('action A1 Bram "Website" in_progress', "A1", "2026-06-10T08:00") is False

    @pytest.mark.parametrize(
        ("made", "is_it"), [("2026-05-12", True), ("2026-05-12T00:00", True), ("2026-05-11T23:59", False)]
    )
    def test_thirty_days(self, made: str, *, is_it: bool) -> None:
        """29 days old is less than 30 days old; exactly 30 days is not, whatever the time of the day."""
        lines = f'action A1 Bram "Website" in_progress\nreport A1 {made}'
        assert current(lines, "A1", "2026-06-10T08:00") is is_it
        assert current(lines, "A1", "2026-06-10T23:59") is is_it

    @pytest.mark.parametrize("kind", ["doing", "steering"])
    def test_older_but_after_the_last_session(self, kind: str) -> None:
        """In a summer without sessions a report of six weeks ago still is current."""
        lines = f"""
            action  A1 Bram "Website" in_progress
            session SES1 {kind} 2026-06-11 10:00
            report  A1 2026-06-11T10:01
        """
        assert current(lines, "A1", "2026-08-20T08:00") is True

    def test_older_and_before_the_last_session(self) -> None:
        """Once a session was held, an older report is current for its 30 days only."""
        lines = """
            action  A1 Bram "Website" in_progress
            session SES1 doing 2026-06-11 10:00
            report  A1 2026-06-11T10:00
        """
        assert current(lines, "A1", "2026-07-10T08:00") is True
        assert current(lines, "A1", "2026-07-11T08:00") is False

    def test_less_than_thirty_days_old_but_before_the_last_session(self) -> None:
        """Either is enough: a report of last week is current although a session was held since."""
        lines = """
            action  A1 Bram "Website" in_progress
            session SES1 doing 2026-06-11 10:00
            report  A1 2026-06-08
        """
        assert current(lines, "A1", "2026-06-15T08:00") is True

    @pytest.mark.parametrize("other", ["planning 2026-06-20", "doing 2026-06-20 cancelled=yes"])
    def test_sessions_that_make_no_report_old(self, other: str) -> None:
        """A planning session or a cancelled session is not the last doing or steering session."""
        lines = f"""
            action  A1 Bram "Website" in_progress
            session SES1 doing 2026-05-07 10:00
            session SES2 {other}
            report  A1 2026-05-08
        """
        assert current(lines, "A1", "2026-06-30T08:00") is True

    def test_no_session_before(self) -> None:
        """Where no session was held, only the 30 days count."""
        lines = """
            action  A1 Bram "Website" in_progress
            session SES1 doing 2026-06-11 10:00
            report  A1 2026-05-01
        """
        assert current(lines, "A1", "2026-06-10T08:00") is False

    def test_a_report_dated_in_the_future_is_not_there_yet(self) -> None:
        """A report dated after now says nothing about now."""
        lines = 'action A1 Bram "Website" in_progress\nreport A1 2026-06-11'
        assert current(lines, "A1", "2026-06-10T08:00") is False

    def test_a_report_without_a_date_makes_nothing_current(self) -> None:
        """When nothing tells when it was made, it can't be called current."""
        lines = 'action A1 Bram "Website" in_progress\nreport A1'
        assert current(lines, "A1", "2026-06-10T08:00") is False

    def test_the_number_can_be_set(self) -> None:
        """With 14 days, 13 days old is current and 14 days old is not."""
        lines = 'action A1 Bram "Website" in_progress\nreport A1 2026-06-01'
        settings = RhythmSettings(action_current_days=14)
        assert current(lines, "A1", "2026-06-14T08:00", settings) is True
        assert current(lines, "A1", "2026-06-15T08:00", settings) is False


@pytest.mark.parametrize(
    ("words", "item_id"),
    [('strategy S1 Anna "Shorter waits"', "S1"), ('indicator I1 Anna S1 "Waiting time"', "I1")],
)
class TestCurrentStrategyAndIndicator:
    """Current: after the last steering session, or less than 90 days old."""

    def test_ninety_days(self, words: str, item_id: str) -> None:
        """89 days old is less than 90 days old; exactly 90 days is not."""
        lines = f"{words}\nreport {item_id} 2026-03-12"
        assert current(lines, item_id, "2026-06-09T08:00") is True
        assert current(lines, item_id, "2026-06-10T08:00") is False
        assert current(lines, item_id, "2026-03-22T08:00", RhythmSettings(strategy_current_days=10)) is False

    @pytest.mark.parametrize(("kind", "is_it"), [("steering", True), ("doing", False), ("planning", False)])
    def test_after_the_last_steering_session(
        self, words: str, item_id: str, kind: str, *, is_it: bool
    ) -> None:
        """A report of 100 days ago is current if it was made after the last steering session, and no other."""
        lines = f"{words}\nsession SES1 {kind} 2026-03-01 10:00\nreport {item_id} 2026-03-02"
        assert current(lines, item_id, "2026-06-10T08:00") is is_it

    def test_a_doing_session_does_not_make_it_old(self, words: str, item_id: str) -> None:
        """A doing session asks nothing about it, so the report after the steering session stays current."""
        lines = f"""
            {words}
            session SES1 steering 2026-03-01 10:00
            session SES2 doing 2026-06-01 10:00
            report  {item_id} 2026-03-02
        """
        assert current(lines, item_id, "2026-06-10T08:00") is True


def test_the_objective_is_current_after_the_last_planning_session_or_for_ninety_days() -> None:
    """The objective is asked for at planning sessions alone, so no other session makes its report old."""
    lines = """
        objective O1 Anna "Everybody a home"
        session SES1 planning 2025-11-20 09:00
        session SES2 steering 2026-03-01 10:00
        report  O1 2025-11-21
    """
    assert current(lines, "O1", "2026-06-10T08:00") is True
    assert current(lines.replace("2025-11-21", "2025-11-19"), "O1", "2026-06-10T08:00") is False
    assert current(lines.replace("2025-11-21", "2026-03-13"), "O1", "2026-06-10T08:00") is True


class TestSessions:
    """Which session was the previous one, and which is the next."""

    PLAN = plan_of("""
        session SES3 steering 2026-06-25 14:00
        session SES1 doing    2026-05-07 10:00
        session SES2 doing    2026-06-11
        session SES4 doing    2026-06-12 10:00 cancelled=yes
    """)

    @pytest.mark.parametrize(
        ("now", "previous", "following"),
        [
            ("2026-05-01T08:00", None, "SES1"),
            ("2026-05-07T10:00", None, "SES1"),  # it begins now
            ("2026-05-07T10:01", "SES1", "SES2"),
            ("2026-06-11T18:00", "SES1", "SES2"),  # no time given: all day
            ("2026-06-12T00:00", "SES2", "SES3"),  # SES4 was cancelled
            ("2026-06-25T14:01", "SES3", None),
        ],
    )
    def test_the_previous_and_the_next(self, now: str, previous: str | None, following: str | None) -> None:
        """Every session is either held or still to come, whatever the order of the calendar."""
        before = previous_session(self.PLAN, at(now))
        after = next_session(self.PLAN, at(now))
        assert (before and before.id, after and after.id) == (previous, following)

    def test_of_a_kind(self) -> None:
        """Only sessions of the kinds asked about are looked at."""
        before = previous_session(self.PLAN, at("2026-06-30T08:00"), {SessionKind.DOING})
        after = next_session(self.PLAN, at("2026-05-01T08:00"), {SessionKind.STEERING})
        assert before is not None
        assert after is not None
        assert (before.id, after.id) == ("SES2", "SES3")
        assert previous_session(self.PLAN, at("2026-06-30T08:00"), {SessionKind.PLANNING}) is None


class TestLatestReport:
    """The last report on an item up to a moment."""

    PLAN = plan_of("""
        action A1 Bram "Website" in_progress
        action A2 Bram "Portal" in_progress
        report A1 2026-06-03T09:00
        report A1 2026-05-01
        report 2026-04-01 item=a1
        report A1
    """)

    @pytest.mark.parametrize(
        ("until", "report"),
        [(None, "R1"), ("2026-06-03T09:00", "R1"), ("2026-06-03T08:59", "R2"), ("2026-04-30T08:00", "R3")],
    )
    def test_up_to_a_moment(self, until: str | None, report: str) -> None:
        """The one with the latest date that is not after the moment, whatever the order of the rows."""
        found = latest_report(self.PLAN, self.PLAN.actions[0], at(until) if until else None)
        assert found is not None
        assert found.id == report

    def test_none(self) -> None:
        """None before the first report, and on an item that nobody reported on."""
        assert latest_report(self.PLAN, self.PLAN.actions[0], at("2026-03-31T08:00")) is None
        assert latest_report(self.PLAN, self.PLAN.actions[1]) is None


ASKED = """
    action    A1 Bram S1 "Website renewed" 2026-01-05..2026-06-30 in_progress
    action    A2 Carla S1 "Portal closed" 2026-06-09.. to_do
    action    A3 Carla S1 "Later" 2026-09-01.. to_do
    action    A4 Bram S1 "Ready" 2026-01-05.. done
    action    A5 Bram S1 "Not now" 2026-01-05.. parked
    indicator I1 Bram S1 "Waiting time"
    strategy  S1 Anna "Shorter waits by building faster"
    goal      D1 "Waiting time halved"
    objective O1 Anna "Everybody a home"
    session   SES1 doing    2026-06-11 10:00
    session   SES2 steering 2026-06-18 10:00
    session   SES3 planning 2026-06-25 09:00
"""


@pytest.mark.parametrize(
    ("session_id", "asked"), [("SES1", "A1 A2"), ("SES2", "S1 I1 A1 A2"), ("SES3", "O1 S1 I1 A1 A2")]
)
def test_what_a_session_asks_for(session_id: str, asked: str) -> None:
    """Doing: active actions; steering: strategies and indicators too; planning: the objective as well."""
    plan = plan_of(ASKED)
    assert ids(asked_items(plan, session(plan, session_id), at("2026-06-10T08:00"))) == asked


def test_an_action_is_asked_for_from_the_day_after_its_start() -> None:
    """A2 starts on 9 June: not asked for on that day, asked for the next; after the session that stays as it was."""
    plan = plan_of(ASKED)
    doing = session(plan, "SES1")
    assert ids(asked_items(plan, doing, at("2026-06-09T23:00"))) == "A1"
    assert ids(asked_items(plan, doing, at("2026-06-10T00:00"))) == "A1 A2"
    assert ids(asked_items(plan, doing, at("2026-12-01T08:00"))) == "A1 A2"


def owed(lines: str, session_id: str, now: str) -> str:
    plan = plan_of(lines)
    wanted = session(plan, session_id)
    return ids(owed_items(plan, wanted, at(now), SETTINGS))


MONTHLY = """
    action  A1 Bram S1 "Website renewed" in_progress
    session SES0 doing 2026-05-14 10:00
    session SES1 doing 2026-06-11 10:00
"""


class TestOwes:
    """Owes: no report on an asked item since the previous session that asked for it."""

    def test_reported_since_the_previous_session(self) -> None:
        """A report made after the previous session is a report for this one."""
        assert owed(MONTHLY + "report A1 2026-05-15", "SES1", "2026-06-08T08:00") == ""

    def test_the_days_do_not_excuse_the_owner(self) -> None:
        """A report of three weeks ago is current, but made before the previous session, so it is owed."""
        lines = MONTHLY + "report A1 2026-05-13"
        assert current(lines, "A1", "2026-06-04T08:00") is True
        assert owed(lines, "SES1", "2026-06-04T08:00") == "A1"

    @pytest.mark.parametrize(
        ("made", "still_owed"),
        [
            ("2026-05-14T09:59", "A1"),
            ("2026-05-14T10:00", "A1"),  # up to its beginning it was for that session
            ("2026-05-14T10:01", ""),
            ("2026-05-14", "A1"),  # a day without a time: the session's
        ],
    )
    def test_on_the_day_of_the_previous_session(self, made: str, still_owed: str) -> None:
        """Up to the session's beginning a report is for that session; later ones are for the next."""
        assert owed(MONTHLY + f"report A1 {made}", "SES1", "2026-06-08T08:00") == still_owed

    @pytest.mark.parametrize(("made", "still_owed"), [("2026-05-14T23:30", "A1"), ("2026-05-15T00:00", "")])
    def test_on_the_day_of_a_previous_session_without_a_time(self, made: str, still_owed: str) -> None:
        """Where the session has no time, all reports of its day were for that session."""
        lines = MONTHLY.replace("2026-05-14 10:00", "2026-05-14")
        assert owed(lines + f"report A1 {made}", "SES1", "2026-06-08T08:00") == still_owed

    @pytest.mark.parametrize(("made", "still_owed"), [("2026-05-12", "A1"), ("2026-05-13", "")])
    def test_the_first_session_ever(self, made: str, still_owed: str) -> None:
        """Where there was no such session before, a current report is enough: 29 days is, 30 days is not."""
        lines = f"""
            action  A1 Bram S1 "Website renewed" in_progress
            session SES1 doing 2026-06-11 10:00
            report  A1 {made}
        """
        assert owed(lines, "SES1", "2026-06-11T08:00") == still_owed

    def test_a_cancelled_session_asked_for_nothing(self) -> None:
        """A report made before a cancelled session counts for the next one."""
        lines = MONTHLY + "session SES9 doing 2026-06-04 10:00 cancelled=yes\nreport A1 2026-05-20"
        assert owed(lines, "SES1", "2026-06-08T08:00") == ""

    def test_only_sessions_that_asked_for_it_count(self) -> None:
        """A strategy is not asked for at doing sessions: the report since the last steering session stands."""
        lines = """
            strategy S1 Anna "Shorter waits"
            action   A1 Bram S1 "Website renewed" in_progress
            session  SES1 steering 2026-03-12 10:00
            session  SES2 doing    2026-05-14 10:00
            session  SES3 steering 2026-06-11 10:00
            report   S1 2026-03-20
            report   A1 2026-03-20
        """
        assert owed(lines, "SES3", "2026-06-08T08:00") == "A1"

    def test_a_planning_session_asked_for_actions_and_strategies_too(self) -> None:
        """After a planning session a new report is owed on actions, strategies and indicators alike."""
        lines = """
            strategy  S1 Anna "Shorter waits"
            indicator I1 Anna S1 "Waiting time"
            action    A1 Bram S1 "Website renewed" in_progress
            session   SES1 planning 2026-05-14 10:00
            session   SES2 steering 2026-06-11 10:00
            report    S1 2026-05-10
            report    I1 2026-05-15
            report    A1 2026-05-10
        """
        assert owed(lines, "SES2", "2026-06-08T08:00") == "S1 A1"

    def test_the_objective_is_owed_at_the_planning_session(self) -> None:
        """The objective is owed once a year, since the planning session before."""
        lines = """
            objective O1 Anna "Everybody a home"
            session   SES1 planning 2025-11-20 09:00
            session   SES2 planning 2026-11-19 09:00
            report    O1 2025-11-19
        """
        assert owed(lines, "SES2", "2026-11-16T08:00") == "O1"
        assert owed(lines + "report O1 2026-11-01", "SES2", "2026-11-16T08:00") == ""

    def test_two_sessions_close_together(self) -> None:
        """A report for the doing session of Tuesday is no report for the steering session of Thursday."""
        lines = """
            action  A1 Bram S1 "Website renewed" in_progress
            session SES0 doing    2026-05-12 10:00
            session SES1 doing    2026-06-09 10:00
            session SES2 steering 2026-06-11 10:00
            report  A1 2026-06-08
        """
        assert owed(lines, "SES1", "2026-06-09T08:00") == ""
        assert owed(lines, "SES2", "2026-06-09T10:01") == "A1"
        assert owed(lines + "report A1 2026-06-09T13:00", "SES2", "2026-06-10T08:00") == ""

    def test_a_session_that_was_not_held_yet_asked_for_nothing_yet(self) -> None:
        """On Monday nobody owes a second report for Thursday because of Tuesday's session."""
        lines = """
            action  A1 Bram S1 "Website renewed" in_progress
            action  A2 Carla S1 "Portal closed" in_progress
            session SES0 doing    2026-05-12 10:00
            session SES1 doing    2026-06-09 10:00
            session SES2 steering 2026-06-11 10:00
            report  A1 2026-06-05
        """
        assert owed(lines, "SES2", "2026-06-08T08:00") == "A2"

    def test_sessions_at_the_same_moment_look_at_the_same_reports(self) -> None:
        """Of two sessions on one day without a time, neither is the previous one of the other."""
        lines = """
            action  A1 Bram S1 "Website renewed" in_progress
            session SES1 doing    2026-06-11
            session SES2 steering 2026-06-11
            report  A1 2026-06-08
        """
        assert owed(lines, "SES1", "2026-06-10T08:00") == ""
        assert owed(lines, "SES2", "2026-06-10T08:00") == ""

    def test_a_session_that_was_held_is_judged_as_it_was_then(self) -> None:
        """A report after its beginning came too late for the session, and is for the next."""
        lines = MONTHLY + "report A1 2026-06-11T10:01"
        assert owed(lines, "SES1", "2026-06-20T08:00") == "A1"
        assert owed(MONTHLY + "report A1 2026-06-11T10:00", "SES1", "2026-06-20T08:00") == ""

    def test_a_report_on_a_parked_or_done_action_is_not_owed(self) -> None:
        """Nobody owes a report on what is not asked for."""
        lines = """
            action  A1 Bram S1 "Ready" done
            action  A2 Bram S1 "Not now" 2026-01-01.. parked
            action  A3 Bram S1 "Later" 2026-09-01.. to_do
            session SES1 doing 2026-06-11 10:00
        """
        assert owed(lines, "SES1", "2026-06-08T08:00") == ""
