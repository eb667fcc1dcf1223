"""Running all jobs at their times: days are replayed, no second is waited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ogsm_xl.config import ScheduleSection
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.run_scheduler import JobScheduler, last_run_key, preview, run_once, run_scheduler
from ogsm_xl.usecases.timetable import timetable

MONDAY = datetime(2026, 9, 7)
HOURLY = ScheduleSection(collect_minutes=60, collect_from="08:00", collect_until="17:00", share_status=())


class Office:
    """A machine with a clock, jobs that note when they ran, and a memory that outlives the scheduler.

    Attributes:
        now: The clock.
        ran: When which job ran.
        codes: Job to the exit codes that it ends with, one after another; 0 from there on.
        sleeps: Moment to how long the machine sleeps then, whatever the scheduler asks for.
    """

    def __init__(self, now: datetime, schedule: ScheduleSection = HOURLY) -> None:
        self.now = now
        self.ran: list[tuple[str, str]] = []
        self.codes: dict[str, list[int]] = {}
        self.sleeps: dict[datetime, timedelta] = {}
        self.told: list[str] = []
        self.remembered: dict[str, str] = {}
        self.until = now
        self.schedule = schedule

    def meta(self, key: str) -> str | None:
        return self.remembered.get(key)

    def set_meta(self, key: str, value: str) -> None:
        self.remembered[key] = value

    def job(self, name: str) -> Callable[[], int]:
        def work() -> int:
            self.ran.append((name, f"{self.now:%a %H:%M}"))
            codes = self.codes.get(name, [])
            return codes.pop(0) if codes else 0

        return work

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        for moment in [moment for moment in self.sleeps if moment <= self.now]:
            self.now += self.sleeps.pop(moment)

    def stopping(self) -> bool:
        return self.now >= self.until

    def scheduler(self) -> JobScheduler:
        moments = timetable(self.schedule)
        return JobScheduler(
            moments,
            {name: self.job(name) for name in moments},
            memory=self,
            clock=lambda: self.now,
            stopping=self.stopping,
            tell=self.tell,
        )

    def tell(self, text: Text) -> None:
        self.told.append(text.en)

    def run_until(self, until: datetime) -> None:
        """Start the scheduler and let it run until this moment."""
        self.until = until
        run_scheduler(self.scheduler(), sleep=self.sleep, stopping=self.stopping, tell=self.tell)

    def times(self, name: str) -> list[str]:
        return [when for job, when in self.ran if job == name]


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    """A moment of the week."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def hours(day: str, numbers: Iterable[int]) -> list[str]:
    return [f"{day} {hour:02}:00" for hour in numbers]


def test_jobs_run_at_their_times_and_at_no_other() -> None:
    """Two working days: collecting in working hours, mails in the morning."""
    office = Office(at(6))
    office.run_until(at(6, day=2))
    assert office.times("collect-replies") == hours("Mon", range(8, 18)) + hours("Tue", range(8, 18))
    assert office.times("send-reminders") == ["Mon 08:00", "Tue 08:00"]
    assert office.times("send-invites") == ["Mon 08:00", "Tue 08:00"]


def test_at_the_weekend_nothing_runs() -> None:
    """From Friday evening to Monday morning."""
    office = Office(at(17, 30, day=4))
    office.remembered = {last_run_key(name): at(17, day=4).isoformat() for name in timetable(HOURLY)}
    office.run_until(at(8, 30, day=7))
    assert {when for _, when in office.ran} == {"Mon 08:00"}


def test_replies_are_collected_before_anybody_is_reminded() -> None:
    """At the same moment in that order."""
    office = Office(at(7, 59))
    office.run_until(at(8, 30))
    assert [name for name, _ in office.ran] == ["collect-replies", "send-invites", "send-reminders"]


def test_replies_are_collected_before_reminders_outside_working_hours_too() -> None:
    """Where reminders go out earlier than replies are collected, they are collected for it."""
    office = Office(at(5, 59), HOURLY.model_copy(update={"send_reminders": ("06:00",), "send_invites": ()}))
    office.run_until(at(7))
    assert office.ran == [("collect-replies", "Mon 06:00"), ("send-reminders", "Mon 06:00")]


def test_what_was_due_while_the_machine_slept_runs_once() -> None:
    """From Monday evening to Wednesday noon: one of each, though reminders were due twice."""
    office = Office(at(6))
    office.sleeps = {at(18): timedelta(hours=42)}
    office.run_until(at(12, 30, day=2))
    assert [pair for pair in office.ran if pair[1].startswith(("Tue", "Wed"))] == [
        ("collect-replies", "Wed 12:00"),
        ("send-invites", "Wed 12:00"),
        ("send-reminders", "Wed 12:00"),
    ]


def test_what_was_due_while_the_machine_was_off_runs_once_when_it_starts() -> None:
    """When each job last ran is remembered by the ledger, not by the process."""
    office = Office(at(6))
    office.run_until(at(10, 30))
    office.now = at(9, 30, day=1)
    office.run_until(at(9, 45, day=1))
    assert office.ran[-3:] == [
        ("collect-replies", "Tue 09:30"),
        ("send-invites", "Tue 09:30"),
        ("send-reminders", "Tue 09:30"),
    ]


def test_a_restart_runs_nothing_that_ran_already() -> None:
    """However often the service is started."""
    office = Office(at(6))
    office.run_until(at(8, 30))
    before = list(office.ran)
    for _ in range(3):
        office.run_until(office.now + timedelta(seconds=30))
    assert office.ran == before


def test_the_first_start_takes_up_what_was_due_today() -> None:
    """Yesterday's is of no concern."""
    office = Office(at(10, 10))
    office.run_until(at(10, 20))
    assert [name for name, _ in office.ran] == ["collect-replies", "send-invites", "send-reminders"]
    early = Office(at(6))
    early.run_until(at(7))
    assert early.ran == []


def test_a_job_that_fails_keeps_no_other_from_running() -> None:
    """The mail system is down: the plan is checked all the same."""
    office = Office(at(7, 50), HOURLY.model_copy(update={"validate_plan": ("08:00",)}))
    office.codes = {"collect-replies": [3], "send-reminders": [2], "send-invites": [3]}
    office.run_until(at(8, 10))
    assert office.times("validate") == ["Mon 08:00"]


def test_what_fails_because_of_something_outside_is_tried_again_until_it_works() -> None:
    """Every quarter of an hour; then not before tomorrow."""
    office = Office(at(7, 50))
    office.codes = {"send-invites": [3, 3]}
    office.run_until(at(18))
    assert office.times("send-invites") == ["Mon 08:00", "Mon 08:15", "Mon 08:30"]


def test_wrong_input_is_tried_again_three_times() -> None:
    """A plan that is renamed for a moment is back by then; who has to mend something needs longer."""
    office = Office(at(7, 50))
    office.codes = {"send-invites": [2] * 9}
    office.run_until(at(18))
    assert office.times("send-invites") == ["Mon 08:00", "Mon 08:15", "Mon 08:30", "Mon 08:45"]


def test_a_failed_job_is_still_due_after_a_restart() -> None:
    """Only what worked is remembered."""
    office = Office(at(7, 50))
    office.codes = {"send-invites": [3]}
    office.run_until(at(8, 5))
    office.run_until(at(8, 10))
    assert office.times("send-invites") == ["Mon 08:00", "Mon 08:05"]


def test_a_job_that_breaks_keeps_no_other_from_running() -> None:
    """Whatever it raises; it is tried again."""
    office = Office(at(8), HOURLY.model_copy(update={"send_reminders": ()}))

    def breaks() -> int:
        raise ZeroDivisionError

    scheduler = JobScheduler(
        timetable(office.schedule),
        {"collect-replies": breaks, "send-invites": office.job("send-invites")},
        memory=office,
        clock=lambda: office.now,
    )
    ran = scheduler.turn()
    assert [(each.job, each.code) for each in ran] == [("collect-replies", 3), ("send-invites", 0)]


def test_nothing_begins_any_more_once_somebody_asked_to_stop() -> None:
    """The job that runs is finished; the others are taken up by the next start, after collecting once more."""
    office = Office(at(8))
    office.until = at(9)
    moments = timetable(HOURLY)

    def stops() -> int:
        office.until = office.now
        return 0

    scheduler = JobScheduler(
        moments,
        {**{name: office.job(name) for name in moments}, "collect-replies": stops},
        memory=office,
        clock=lambda: office.now,
        stopping=office.stopping,
    )
    outcome = run_scheduler(scheduler, sleep=office.sleep, stopping=office.stopping, tell=office.tell)
    assert (outcome.code, len(scheduler.ran), office.ran) == (ExitCode.DONE, 1, [])
    office.run_until(at(8, 10))
    assert [name for name, _ in office.ran] == ["collect-replies", "send-invites", "send-reminders"]


def test_a_clock_that_is_set_back_stops_nothing() -> None:
    """A machine that thought it was 2030 goes on when it knows better."""
    office = Office(datetime(2030, 1, 1, 8, 30))
    office.sleeps = {datetime(2030, 1, 1, 8, 35): at(7) - datetime(2030, 1, 1, 8, 35)}
    office.until = datetime(2031, 1, 1)
    scheduler = office.scheduler()
    scheduler.turn()
    office.ran.clear()
    office.sleep(300)
    office.until = at(8, 30)
    run_scheduler(scheduler, sleep=office.sleep, stopping=office.stopping, tell=office.tell)
    assert office.times("send-reminders") == ["Mon 08:00"]


@pytest.mark.parametrize("remembered", ["2030-01-01T08:00:00", "yesterday", ""])
def test_a_memory_that_makes_no_sense_is_not_believed(remembered: str) -> None:
    """It was written while the clock was wrong, or by something else."""
    office = Office(at(8, 30))
    office.remembered = {last_run_key("send-invites"): remembered}
    assert office.scheduler().due() == ["collect-replies", "send-invites", "send-reminders"]


def test_a_memory_that_fails_stops_nothing() -> None:
    """A full disk is told; the jobs go on."""

    class Full(Office):
        def set_meta(self, key: str, value: str) -> None:
            raise OutsideProblem(Text("vol", "full"))

        def meta(self, key: str) -> str | None:
            raise OutsideProblem(Text("vol", "full"))

    office = Full(at(7, 50))
    office.run_until(at(9, 30))
    assert office.times("collect-replies") == ["Mon 08:00", "Mon 09:00"]
    assert "full" in office.told


def test_it_says_what_ran_and_what_comes() -> None:
    """On the terminal, or in the journal of a service."""
    office = Office(at(7, 50))
    office.codes = {"send-reminders": [1], "send-invites": [3]}
    office.run_until(at(8, 5))
    assert office.told == [
        "Next, 2026-09-07 08:00: collect-replies, send-invites, send-reminders.",
        "2026-09-07 08:00  collect-replies: done (exit code 0)",
        "2026-09-07 08:00  send-invites: failed (exit code 3); tried again in 15 minutes",
        "2026-09-07 08:00  send-reminders: done, with something to look at (exit code 1)",
        "Next, 2026-09-07 08:15: send-invites.",
    ]


def test_once_runs_what_is_due_and_ends() -> None:
    """With the most serious exit code; a second time there is nothing to do."""
    office = Office(at(8, 3))
    office.until = at(23)
    office.codes = {"send-reminders": [1]}
    assert run_once(office.scheduler()).code is ExitCode.LOOK
    again = run_once(office.scheduler())
    assert (again.code, again.data["ran"]) == (ExitCode.DONE, [])


def test_a_preview_runs_nothing() -> None:
    """It names what is due and what comes."""
    office = Office(at(8, 3))
    outcome = preview(office.scheduler())
    assert outcome.data["due"] == ["collect-replies", "send-invites", "send-reminders"]
    assert (office.ran, office.remembered) == ([], {})


def test_without_any_job_there_is_nothing_to_wait_for() -> None:
    """It says that [schedule] names none."""
    office = Office(at(8), ScheduleSection(days=()))
    office.run_until(at(9))
    assert (office.ran, "[schedule]" in office.told[0]) == ([], True)


def test_a_year_is_replayed() -> None:
    """On a machine that dozes, and restarts every month: each working day its reminders, none twice."""

    class Dozing(Office):
        def sleep(self, seconds: float) -> None:
            super().sleep(60 * seconds)

    office = Dozing(datetime(2026, 1, 1), HOURLY.model_copy(update={"collect_minutes": 720}))
    for month in range(2, 13):
        office.run_until(datetime(2026, month, 1, 8, 0, 1))
    office.run_until(datetime(2027, 1, 1))
    working_days = sum((datetime(2026, 1, 1) + timedelta(days=n)).weekday() < 5 for n in range(365))
    assert len(office.times("send-reminders")) == working_days


def test_the_ledger_remembers(tmp_path: Path) -> None:
    """Between two processes."""
    office = Office(at(8, 3))
    office.until = at(9)
    file = tmp_path / "ledger.sqlite"
    moments = timetable(HOURLY)
    for expected in (3, 0):
        with Ledger(file) as ledger:
            jobs = {name: office.job(name) for name in moments}
            ran = JobScheduler(moments, jobs, memory=ledger, clock=lambda: office.now).turn()
        assert len(ran) == expected
