"""Run all jobs at their times, for people without a scheduler of their own.

The schedule package keeps the jobs and runs what is due; the clock it goes by is passed in, so that tests replay days.
When each job last ran is remembered: what was due while the machine was off or asleep runs once, as soon as it is on
again. A job that fails never keeps another from running; what failed because of something outside is tried again soon.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import schedule

from ogsm_xl.plan.problem import Problem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import Memory
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined
from ogsm_xl.usecases.timetable import AFTER_COLLECTING, COLLECT, Moments

_RETRY = timedelta(minutes=15)
_RETRIES_OF_WRONG_INPUT = 3  # a plan that is renamed for a moment; who has to mend something needs longer
_LONGEST_PAUSE = 30.0  # seconds: the clock may be set, and the machine may sleep


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that ran."""

    job: str
    began: datetime
    code: int


class JobScheduler(schedule.Scheduler):
    """All jobs, and when each of them runs next."""

    def __init__(
        self,
        moments: Mapping[str, Moments],
        jobs: Mapping[str, Callable[[], int]],
        *,
        memory: Memory,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool] = lambda: False,
        tell: Callable[[Text], None] = lambda _: None,
    ) -> None:
        """Take up the jobs where they were left.

        Args:
            moments: When each job runs, in the order in which they run when due together.
            jobs: What runs it, and gives its exit code.
            memory: Where it is kept when each ran last.
            clock: The moment, naive and local.
            stopping: Whether no other job is to begin any more.
            tell: Called with what ran.
        """
        super().__init__()
        self.clock = clock
        self.ran: list[Ran] = []
        self._memory = memory
        self._stopping = stopping
        self._tell = tell
        self._timed: dict[str, _TimedJob] = {}
        for rank, (name, when) in enumerate(moments.items()):
            job = _TimedJob(name, when, rank, self)
            job.do(self._run_one, job, jobs[name])
            job.next_run = self._missed(job) or job.next_run
            self._timed[name] = job

    def due(self) -> list[str]:
        """The jobs that are due now, in the order in which they run."""
        due = [job.name for job in sorted(self._timed.values()) if job.should_run]
        collect = COLLECT in self._timed and COLLECT not in due and AFTER_COLLECTING.intersection(due)
        return [COLLECT, *due] if collect else due

    def turn(self) -> Sequence[Ran]:
        """Run what is due now, replies first; gives what ran."""
        before = len(self.ran)
        for job in self._timed.values():
            job.notice_clock()
        if COLLECT in (due := self.due()):
            self._timed[COLLECT].next_run = self.clock()
        if due:
            self.run_pending()
        return self.ran[before:]

    def coming(self) -> list[tuple[str, datetime]]:
        """Each job with the moment at which it runs next, the first one first."""
        return sorted(
            ((job.name, job.next_run) for job in self._timed.values()), key=lambda pair: (pair[1], pair[0])
        )

    def _run_one(self, job: _TimedJob, work: Callable[[], int]) -> None:
        if self._stopping():
            return  # it stays due: the next start takes it up
        began = self.clock()
        try:
            code = work()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in one job, the others go on
            code = int(ExitCode.OUTSIDE_FAILED)
            self._tell(Text(f"{job.name}: {type(error).__name__}", f"{job.name}: {type(error).__name__}"))
        self.ran.append(Ran(job.name, began, code))
        job.ended(code)
        self._tell(_what_ran(job.name, began, code, again=job.is_tried_again))
        if not job.is_tried_again:
            self._remember(job, began)

    def _missed(self, job: _TimedJob) -> datetime | None:
        """The moment at which a job should have run since it last did; on the very first start, since midnight."""
        now = self.clock()
        midnight = datetime.combine(now.date(), time.min) - timedelta(microseconds=1)
        kept = self._kept(job)
        last = kept if kept and kept <= now else midnight
        moment = job.moments.last(now)
        return moment if moment and moment > last else None

    def _kept(self, job: _TimedJob) -> datetime | None:
        try:
            written = self._memory.meta(job.memory_key)
        except Problem as problem:
            self._tell(problem.text)
            return None
        try:
            return datetime.fromisoformat(written) if written else None
        except ValueError:
            return None

    def _remember(self, job: _TimedJob, began: datetime) -> None:
        try:
            self._memory.set_meta(job.memory_key, began.isoformat())
        except Problem as problem:  # at worst a job runs once more than needed
            self._tell(problem.text)


def last_run_key(job: str) -> str:
    """Under which key it is remembered when a job ran last."""
    return f"scheduler {job}"


class _TimedJob(schedule.Job):
    """A job of the schedule package that goes by the scheduler's clock, and by the moments of the timetable."""

    next_run: datetime

    def __init__(self, name: str, moments: Moments, rank: int, scheduler: JobScheduler) -> None:
        super().__init__(1, scheduler)
        self.name = name
        self.moments = moments
        self.is_tried_again = False
        self._rank = rank
        self._clock = scheduler.clock
        self._failures = 0

    @property
    def memory_key(self) -> str:
        return last_run_key(self.name)

    @property
    def should_run(self) -> bool:
        """Whether it is due."""
        return self._clock() >= self.next_run

    def __lt__(self, other: object) -> bool:
        """Jobs that are due together run in the order of the timetable, however long each has been due."""
        return isinstance(other, _TimedJob) and self._rank < other._rank

    def ended(self, code: int) -> None:
        """Note how a run ended; what was broken off, or failed because of something outside, is tried again."""
        self._failures = self._failures + 1 if code >= ExitCode.WRONG_INPUT else 0
        wrong_input = code == ExitCode.WRONG_INPUT and self._failures <= _RETRIES_OF_WRONG_INPUT
        self.is_tried_again = code >= ExitCode.OUTSIDE_FAILED or wrong_input

    def notice_clock(self) -> None:
        """Where the clock was set back, a moment that was far away may be near again."""
        soon = self.moments.next(self._clock())
        if soon and soon < self.next_run:
            self.next_run = soon

    def _schedule_next_run(self) -> None:
        now = self._clock()
        self.next_run = self.moments.next(now) or datetime.max
        if self.is_tried_again:
            self.next_run = min(self.next_run, now + _RETRY)


def run_scheduler(
    scheduler: JobScheduler,
    *,
    sleep: Callable[[float], None],
    stopping: Callable[[], bool],
    tell: Callable[[Text], None],
) -> Outcome:
    """Run the jobs at their times until somebody asks to stop.

    Args:
        scheduler: The jobs.
        sleep: Waits so many seconds, or until somebody asks to stop.
        stopping: Whether somebody asked to stop; a job that is running is finished first.
        tell: Called with what comes next.
    """
    tell(_what_comes(scheduler.coming()))
    while not stopping():
        if scheduler.turn() and not stopping():
            tell(_what_comes(scheduler.coming()))
        if not stopping():
            first = scheduler.coming()[0][1] if scheduler.coming() else datetime.max
            seconds = max((first - scheduler.clock()).total_seconds(), 1.0)
            sleep(min(seconds, _LONGEST_PAUSE))
    runs = count(len(scheduler.ran), Text("taak", "job"), Text("taken", "jobs"))
    return Outcome(
        ExitCode.DONE,
        Text(f"Gestopt. Gedraaid: {runs.nl}.", f"Stopped. {runs.en} ran."),
        data=_data(scheduler.ran, scheduler),
    )


def run_once(scheduler: JobScheduler) -> Outcome:
    """Run what is due now; the exit code is the most serious one of the jobs."""
    ran = scheduler.turn()
    code = max((each.code for each in ran), default=0)
    nothing = Text("Er is nu niets te doen.", "Nothing is due now.") if not ran else Text("", "")
    return Outcome(
        ExitCode(code) if code in set(ExitCode) else ExitCode.OUTSIDE_FAILED,
        joined(nothing, _what_comes(scheduler.coming())),
        data=_data(ran, scheduler),
    )


def preview(scheduler: JobScheduler) -> Outcome:
    """What would run now, and what comes next; nothing runs."""
    due = scheduler.due()
    names = ", ".join(due)
    now = (
        Text(f"Nu zouden draaien: {names}.", f"Due now: {names}.")
        if due
        else Text("Er is nu niets te doen.", "Nothing is due now.")
    )
    dry = Text("Proef, er is niets gedaan.", "Dry run, nothing was done.")
    later = [pair for pair in scheduler.coming() if pair[0] not in due]
    return Outcome(
        ExitCode.DONE,
        joined(dry, now, _what_comes(later) if later or not due else Text("", "")),
        data={"dry_run": True, "due": due, **_data((), scheduler)},
    )


def _data(ran: Sequence[Ran], scheduler: JobScheduler) -> dict[str, object]:
    return {
        "ran": [
            {"job": each.job, "began": each.began.isoformat(), "exit_code": each.code} for each in ran[-100:]
        ],
        "next": {name: moment.isoformat(timespec="minutes") for name, moment in scheduler.coming()},
    }


def _what_ran(job: str, began: datetime, code: int, *, again: bool) -> Text:
    words = {
        ExitCode.DONE: Text("gedaan", "done"),
        ExitCode.LOOK: Text("gedaan, met iets om naar te kijken", "done, with something to look at"),
        ExitCode.WRONG_INPUT: Text(
            "niet gelukt: er moet iets hersteld", "failed: something has to be mended"
        ),
        ExitCode.OUTSIDE_FAILED: Text("niet gelukt", "failed"),
    }
    what = next((text for known, text in words.items() if known == code), Text("afgebroken", "broken off"))
    minutes = int(_RETRY.total_seconds() // 60)
    retry = (
        Text(f"; over {minutes} minuten opnieuw", f"; tried again in {minutes} minutes")
        if again
        else Text("", "")
    )
    return Text(
        f"{began:%d-%m-%Y %H:%M}  {job}: {what.nl} (code {code}){retry.nl}",
        f"{began:%Y-%m-%d %H:%M}  {job}: {what.en} (exit code {code}){retry.en}",
    )


def _what_comes(coming: Sequence[tuple[str, datetime]]) -> Text:
    """The next job; with the others that run at the same moment."""
    if not coming or coming[0][1] == datetime.max:
        return Text("Er staat geen taak in [schedule].", "There is no job in [schedule].")
    first = coming[0][1]
    names = ", ".join(name for name, moment in coming if moment == first)
    return Text(f"Hierna, {first:%d-%m-%Y %H:%M}: {names}.", f"Next, {first:%Y-%m-%d %H:%M}: {names}.")
