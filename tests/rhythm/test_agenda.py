"""What a doing session shows, and why each action is on it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.plan.words import Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda, AgendaLine, Reason, Why, doing_agenda
from ogsm_xl.rhythm.reporting import is_active
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of

SETTINGS = RhythmSettings()
NOW = datetime(2026, 6, 10, 8)


def agenda(lines: str, now: datetime = NOW) -> Agenda:
    """The agenda of SES1, which is on 11 June at 10:00 unless the lines say otherwise."""
    calendar = "" if "session SES1" in lines else "session SES1 doing 2026-06-11 10:00\n"
    plan = plan_of(calendar + lines)
    session = plan.session("SES1")
    assert session is not None
    return doing_agenda(plan, session, now, SETTINGS)


def discussed(found: Agenda) -> list[str]:
    """Each group in words: the strategy, and the actions in order."""
    return [
        f"{group.strategy.id if group.strategy else None}: {' '.join(line.action.id for line in group.lines)}"
        for group in found.discuss
    ]


def only_line(found: Agenda) -> AgendaLine:
    (group,) = found.discuss
    (line,) = group.lines
    return line


def reasons(line: AgendaLine) -> list[Reason]:
    return [why.reason for why in line.reasons]


class TestDiscuss:
    """Active and orange, red, blank, or without a current report."""

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("in_progress red", [Reason.RED]),
            ("in_progress orange", [Reason.ORANGE]),
            ("in_progress", [Reason.NO_LIGHT]),
            ("2026-01-05.. to_do red", [Reason.RED]),  # active because its start has passed
            ("2026-01-05.. red", [Reason.RED]),
        ],
    )
    def test_by_light(self, words: str, why: list[Reason]) -> None:
        """A red, orange or blank light is enough to be discussed, and says why."""
        found = agenda(f'action A1 Bram S1 "Website renewed" {words}\nreport A1 2026-06-08')
        assert reasons(only_line(found)) == why

    @pytest.mark.parametrize("light", ["red", "orange", "green", ""])
    def test_without_a_current_report(self, light: str) -> None:
        """Whatever its light, an action without a current report is discussed, and that is one more reason."""
        found = agenda(f'action A1 Bram S1 "Website renewed" in_progress {light}\nreport A1 2026-05-11')
        assert reasons(only_line(found))[-1] is Reason.NO_CURRENT_REPORT
        assert len(reasons(only_line(found))) == (1 if light == "green" else 2)

    def test_never_reported(self) -> None:
        """Without any report the reason says so."""
        found = agenda('action A1 Bram S1 "Website renewed" in_progress green')
        assert only_line(found).reasons == (
            Why(Reason.NEVER_REPORTED, Text("Nog geen verslag", "No report yet")),
        )

    def test_the_texts(self) -> None:
        """The reasons are worded for the screen, with the day of the latest report, and its year if not this one."""
        lines = 'action A1 Bram S1 "Website renewed" in_progress red\nreport A1 '
        assert only_line(agenda(lines + "2026-05-03")).reasons == (
            Why(Reason.RED, Text("Rood: keuze nodig", "Red: a choice is needed")),
            Why(
                Reason.NO_CURRENT_REPORT,
                Text("Geen actueel verslag (laatste 3 mei)", "No current report (latest 3 May)"),
            ),
        )
        assert only_line(agenda(lines + "2025-12-03")).reasons[1].text == Text(
            "Geen actueel verslag (laatste 3 december 2025)", "No current report (latest 3 December 2025)"
        )

    def test_green_and_current_stays_off_the_list(self) -> None:
        """It is counted, and named as going well."""
        found = agenda('action A1 Bram S1 "Website renewed" in_progress green\nreport A1 2026-05-12')
        assert found.discuss == ()
        assert [action.id for action in found.going_well] == ["A1"]

    def test_a_report_since_the_last_session_keeps_it_off(self) -> None:
        """Six weeks old, but made after the last doing session: current."""
        found = agenda("""
            action  A1 Bram S1 "Website renewed" in_progress green
            session SES0 doing 2026-04-16 10:00
            report  A1 2026-04-17
        """)
        assert [action.id for action in found.going_well] == ["A1"]

    @pytest.mark.parametrize("words", ["2026-01-05.. parked red", "2026-06-10.. to_do red", "to_do red"])
    def test_what_is_not_active_is_not_discussed(self, words: str) -> None:
        """Parked and not started actions are counted only, whatever their light."""
        found = agenda(f'action A1 Bram S1 "Website renewed" {words}')
        assert (found.discuss, found.going_well, found.not_asked) == ((), (), 1)


GROUPS = """
    strategy S1 Anna "Shorter waits by building faster"
    strategy S2 Carla "Less debt by helping early"
    action   A1 Bram S2 "Green, never reported" in_progress green
    action   A2 Bram S2 "Blank" in_progress
    action   A3 Bram S2,S1 "Orange" in_progress orange
    action   A4 Bram S2 "Red" in_progress red
    action   A5 Bram S2 "Orange too" in_progress orange
    action   A6 Bram S1 "Orange in the first" in_progress orange
    action   A7 Bram S9 "Strategy unknown" in_progress red
    action   A8 Bram "Without a strategy" in_progress
    action   A9 Bram strategies=s1 "Written otherwise" in_progress red
"""


def test_per_strategy_red_first() -> None:
    """Strategies in the plan's order; red, orange, blank, then green without a current report; each action once."""
    assert discussed(agenda(GROUPS)) == ["S1: A9 A6", "S2: A4 A3 A5 A2 A1", "None: A7 A8"]


def test_a_strategy_with_nothing_to_discuss_is_left_out() -> None:
    """No empty groups."""
    lines = 'strategy S1 Anna "Waits"\nstrategy S2 Anna "Debt"\naction A1 Bram S2 "Red" in_progress red'
    assert discussed(agenda(lines)) == ["S2: A1"]


def test_two_rows_with_the_same_strategy_id_are_one_group() -> None:
    """A strategy's row that was copied does not tear its actions apart; the first row names the group."""
    found = agenda("""
        strategy S1 Anna "Shorter waits"
        strategy S1 Anna "Copied"
        action   A1 Bram S1 "Website renewed" in_progress red
        action   A2 Bram S1 "Portal closed" in_progress orange
    """)
    (group,) = found.discuss
    assert group.strategy is not None
    assert (group.strategy.text, len(group.lines)) == ("Shorter waits", 2)


class TestLine:
    """What the line itself shows besides the action."""

    def test_the_latest_report_and_the_lights_before(self) -> None:
        """The light now, then those of the two reports before the one that gave it."""
        found = agenda("""
            action A1 Bram S1 "Website renewed" in_progress orange
            report A1 2026-02-01 red
            report A1 2026-03-01 red
            report A1 2026-04-01 green
            report A1 2026-06-08 orange done="Half"
        """)
        line = only_line(found)
        assert line.report is not None
        assert line.report.id == "R4"
        assert line.lights == (TrafficLight.ORANGE, TrafficLight.GREEN, TrafficLight.RED)

    def test_the_lights_when_the_row_was_changed_since(self) -> None:
        """Somebody turned it red in the workbook after the last report: that report's light is the one before."""
        found = agenda("""
            action A1 Bram S1 "Website renewed" in_progress red
            report A1 2026-04-01
            report A1 2026-06-08 orange
        """)
        assert only_line(found).lights == (TrafficLight.RED, TrafficLight.ORANGE, None)

    def test_the_lights_without_reports(self) -> None:
        """Without a report there is the light now, and nothing before."""
        assert only_line(agenda('action A1 Bram S1 "Website" in_progress red')).lights == (TrafficLight.RED,)

    def test_reports_from_after_now_are_not_shown(self) -> None:
        """An agenda as of an earlier day knows only what was known then."""
        found = agenda("""
            action A1 Bram S1 "Website renewed" in_progress red
            report A1 2026-06-08
            report A1 2026-06-11
        """)
        report = only_line(found).report
        assert report is not None
        assert report.id == "R1"

    @pytest.mark.parametrize(
        ("deadline", "days"),
        [("", 0), ("2026-06-11", 0), ("2026-06-10", 0), ("2026-06-09", 1), ("2026-05-10", 31)],
    )
    def test_days_overdue(self, deadline: str, days: int) -> None:
        """Counted from the day after the deadline."""
        found = agenda(f'action A1 Bram S1 "Website renewed" 2026-01-05..{deadline} in_progress red')
        assert only_line(found).days_overdue == days


DONE = """
    action  A1 Bram S1 "Website renewed" 2026-01-05..2026-03-31 done {}
    session SES0 doing 2026-05-14 10:00
    session SES1 doing 2026-06-11 10:00
"""


def where_done(words: str, reports: str = "", calendar: str = DONE) -> str:
    """In which part of the agenda a done action ends up."""
    found = agenda(calendar.format(words) + reports)
    assert found.discuss == ()
    assert len(found.done_since) + len(found.done_without_date) + found.done_before == 1
    return "since" if found.done_since else "before" if found.done_before else "no date"


class TestDoneSince:
    """The actions done since the previous session: is all the work done, is "Afgerond" right?"""

    def test_the_line(self) -> None:
        """It says when it was done, and what to check; it is not overdue any more."""
        (line,) = agenda(DONE.format("done_on=2026-06-02")).done_since
        assert line.action.id == "A1"
        assert line.days_overdue == 0
        assert line.reasons == (
            Why(
                Reason.DONE_SINCE,
                Text("Afgerond op 2 juni: is al het werk gedaan?", "Done on 2 June: is all the work done?"),
            ),
        )

    @pytest.mark.parametrize(
        ("day", "part"), [("2026-05-13", "before"), ("2026-05-14", "since"), ("2026-05-15", "since")]
    )
    def test_by_the_day_in_the_row(self, day: str, part: str) -> None:
        """Done on the day of the previous session means: in the course of that day, so it still is to be checked."""
        assert where_done(f"done_on={day}") == part

    def test_on_the_day_of_a_previous_session_without_a_time(self) -> None:
        """What was done on that day was done for that session."""
        calendar = DONE.replace("2026-05-14 10:00", "2026-05-14")
        assert where_done("done_on=2026-05-14", calendar=calendar) == "before"
        assert where_done("done_on=2026-05-15", calendar=calendar) == "since"

    @pytest.mark.parametrize(("made", "part"), [("09:30", "before"), ("10:00", "before"), ("10:30", "since")])
    def test_a_report_tells_the_time(self, made: str, part: str) -> None:
        """On the day of the previous session, the time of the report decides."""
        assert where_done("done_on=2026-05-14", f"report A1 2026-05-14T{made} done") == part

    @pytest.mark.parametrize(
        ("reports", "part"),
        [
            ("report A1 2026-05-20 done", "since"),
            ("report A1 2026-05-10 done", "before"),
            ("report A1 2026-05-20 100%", "since"),
            ("report A1 2026-05-10 done\nreport A1 2026-05-20 done", "before"),  # the first that says so
            (
                "report A1 2026-05-10 done\nreport A1 2026-05-20",
                "before",
            ),  # the later one does not contradict
            (
                "report A1 2026-05-01 done\nreport A1 2026-05-05 in_progress\nreport A1 2026-05-20 done",
                "since",
            ),
            ("report A1 2026-05-01 done\nreport A1 2026-05-05 80%\nreport A1 2026-05-20 100%", "since"),
            ("report A1 2026-05-20 in_progress 100%", "no date"),  # the status leads
            ("report A1 2026-05-20 80%", "no date"),
            ("report A1 2026-05-20", "no date"),
            ("report A1 done", "no date"),  # a report without a date
            ("", "no date"),
        ],
    )
    def test_by_the_reports_where_the_row_gives_no_day(self, reports: str, part: str) -> None:
        """The first report that says done or 100 %, after which it stayed done; never silently dropped."""
        assert where_done("", reports) == part

    def test_the_day_in_the_row_leads(self) -> None:
        """Where the row gives a day, an older report that says done does not count."""
        assert where_done("done_on=2026-05-20", "report A1 2026-05-10 done") == "since"

    def test_the_first_session_ever(self) -> None:
        """Where no session was held, everything done with a date is still to be checked."""
        assert where_done("done_on=2025-12-01", calendar=DONE.replace("2026-05-14", "2026-06-12")) == "since"

    def test_a_planning_session_checks_no_actions(self) -> None:
        """It shows no action list, so what was done before it still is to be checked at the next doing session."""
        assert (
            where_done("done_on=2026-05-10", calendar=DONE.replace("SES0 doing", "SES0 planning")) == "since"
        )
        assert (
            where_done("done_on=2026-05-10", calendar=DONE.replace("SES0 doing", "SES0 steering")) == "before"
        )

    def test_a_session_still_to_be_held_checked_nothing_yet(self) -> None:
        """On 12 May the session of the 14th has not checked what was done on the 10th."""
        found = agenda(DONE.format("done_on=2026-05-10"), datetime(2026, 5, 12, 8))
        assert [line.action.id for line in found.done_since] == ["A1"]


class TestMadeDuringOrAfterTheSession:
    """The list of a session that has begun is about that session, not about the next."""

    LINES = """
        action  A1 Bram S1 "Website renewed" in_progress green
        action  A2 Bram S1 "Portal closed" done done_on=2026-05-10
        session SES0 doing 2026-04-16 10:00
        session SES1 doing 2026-05-28 10:00
        report  A1 2026-04-20
    """

    def test_a_report_made_for_it_stays_current(self) -> None:
        """At a quarter past ten the report of last month is as current as it was at nine."""
        found = agenda(self.LINES, datetime(2026, 5, 28, 10, 15))
        assert [action.id for action in found.going_well] == ["A1"]
        assert [line.action.id for line in found.done_since] == ["A2"]

    def test_a_report_that_came_in_during_the_session_counts(self) -> None:
        """Somebody who reports while the others take their seats is no longer without a report."""
        lines = self.LINES.replace("2026-04-20", "2026-05-28T10:05")
        assert [a.id for a in agenda(lines, datetime(2026, 5, 28, 10, 15)).going_well] == ["A1"]
        assert discussed(agenda(lines, datetime(2026, 5, 28, 10, 0))) == ["None: A1"]

    def test_an_action_that_started_since_is_not_on_it(self) -> None:
        """An action that starts after the session was not active then."""
        found = agenda(
            self.LINES + 'action A3 Bram S1 "Started since" 2026-05-29..', datetime(2026, 6, 20, 8)
        )
        assert (discussed(found), found.not_started) == ([], 1)


def test_counts() -> None:
    """What is on no list is counted."""
    found = agenda("""
        action  A1 Bram S1 "Not now" parked
        action  A2 Bram S1 "Not now either" 2026-01-01.. parked
        action  A3 Bram S1 "Later" 2026-09-01.. to_do
        action  A4 Bram S1 "Done long ago" done done_on=2026-01-15
        action  A5 Bram S1 "Busy" in_progress
        session SES0 doing 2026-05-14 10:00
    """)
    assert (found.parked, found.not_started, found.not_asked, found.done_before) == (2, 1, 3, 1)


STATUS = st.sampled_from(["", "to_do", "in_progress", "done", "parked"])
LIGHT = st.sampled_from(["", "green", "orange", "red"])
DAY = st.dates(date(2026, 4, 1), date(2026, 7, 1))


@given(st.lists(st.tuples(STATUS, LIGHT, DAY, st.none() | DAY, st.none() | DAY), max_size=12))
def test_every_action_is_in_exactly_one_place(
    rows: list[tuple[str, str, date, date | None, date | None]],
) -> None:
    """Nothing is dropped and nothing stands twice; every active action is either discussed or going well."""
    lines = (
        'session SES0 doing 2026-05-14 10:00\nsession SES1 doing 2026-06-11 10:00\nstrategy S1 Anna "Waits"\n'
    )
    for n, (status, light, start, done_on, reported) in enumerate(rows, 1):
        lines += f'action A{n} Bram S{n % 2 + 1} "Some" {start}.. {status} {light} done_on={done_on or ""}\n'
        lines += f"report A{n} {reported}\n" if reported else ""
    plan = plan_of(lines)
    found = doing_agenda(plan, plan.sessions[1], NOW, SETTINGS)
    on_the_list = [line.action.id for group in found.discuss for line in group.lines]
    going_well = [action.id for action in found.going_well]
    checked = [line.action.id for line in found.done_since] + [a.id for a in found.done_without_date]
    named = on_the_list + going_well + checked
    assert len(named) == len(set(named))
    assert len(named) + found.not_asked + found.done_before == len(plan.actions)
    assert {*on_the_list, *going_well} == {a.id for a in plan.actions if is_active(a, NOW.date())}
    assert all(line.reasons for group in found.discuss for line in group.lines)
