"""Plays the year day by day: the jobs as a scheduler runs them, and all that people and machines do meanwhile."""

from __future__ import annotations

import datetime as dt
import heapq
import random
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.year import excel_user
from tests.year.account import Arrived, Assigned, Edited, Entry, NewAddress, Ran, Rescheduled
from tests.year.office import Office, OurMail, configuration
from tests.year.organisation import Organisation, first_workbook
from tests.year.owners import Deed, Letter, Owners, RowEdit
from tests.year.runner import Mishap, Runner
from tests.year.runner import Ran as Run

_DAY = dt.timedelta(days=1)
_MOST_KILLS_IN_A_ROW = 5
_MAILING = {"send_invites", "send_reminders", "share_status"}
_NOT_EXPECTED = ("niet op rekende", "Traceback", "did not expect")


@dataclass(frozen=True)
class Trouble:
    """What goes wrong in the year, and on which days.

    Attributes:
        moved: Day to the session that is moved on it, and where to.
        cancelled: Day to the session that is cancelled on it.
        open: The days (first and last) on which somebody has the plan open.
        down: The days (first and last) on which the mail system is down.
        mended: The day on which the address that is refused is corrected.
    """

    moved: dict[dt.date, tuple[str, dt.date]] = field(default_factory=dict)
    cancelled: dict[dt.date, str] = field(default_factory=dict)
    open: tuple[tuple[dt.date, dt.date], ...] = ()
    down: tuple[tuple[dt.date, dt.date], ...] = ()
    mended: dt.date | None = None


def trouble_of(organisation: Organisation) -> Trouble:
    """The trouble of an organisation's year, or of its six weeks."""
    held = [each for each in organisation.meetings if not each.cancelled]

    def days(meeting: int, first: int, last: int) -> tuple[dt.date, dt.date]:
        day = held[meeting].day
        return day + first * _DAY, day + last * _DAY

    if len(held) == 2:
        moved = {held[0].day - 5 * _DAY: (held[0].id, held[0].day + 8 * _DAY)}
        return Trouble(moved, {}, (days(1, -3, -2),), (days(1, -8, -6),))
    return Trouble(
        moved={held[4].day - 5 * _DAY: (held[4].id, held[4].day + 11 * _DAY)},
        cancelled={held[9].day - 4 * _DAY: held[9].id},
        open=(days(1, -6, -2), days(6, -2, 1), days(10, 1, 5)),
        down=(days(3, -8, -5), days(7, -4, -2)),
        mended=held[1].day + _DAY,
    )


@dataclass
class Figures:
    """What there was of everything, for the table at the end."""

    days: int = 0
    runs: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    killed_from_outside: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    saved_meanwhile: int = 0
    waiting_days: int = 0
    down_days: int = 0
    lost_connections: int = 0
    resolved: Counter[str] = field(default_factory=Counter)
    reviewed: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)


class Year:
    """One organisation's year.

    Attributes:
        diary: What happened, in order, for `account.count`.
        figures: How much of everything there was.
        surprises: Runs that ended otherwise than they should, in that situation.
        addresses: The addresses that the mail server knows.
        workbook: The plan.
        first: The plan as it was on the first day.
        doubtful_receipts: How often a run that sends receipts was cut off.
    """

    def __init__(self, organisation: Organisation, office: Office, folder: Path, seed: int) -> None:
        """Make the files of the first day."""
        self.organisation, self.office = organisation, office
        self.workbook = folder / "plan.xlsx"
        self.first = folder / "first" / "plan.xlsx"
        self.diary: list[Entry] = []
        self.figures = Figures()
        self.surprises: list[str] = []
        self.doubtful_receipts = 0
        self.addresses = frozenset(each.mail for each in organisation.people)
        self._folder, self._seed = folder, seed
        self._trouble = trouble_of(organisation)
        self._owners = Owners(organisation, seed)
        self._chance = random.Random(f"year {seed}")
        self._deeds: list[Deed] = []
        self._held_back: list[tuple[dt.datetime, Letter]] = []
        self._for_later: list[RowEdit] = []
        self._meanwhile: list[RowEdit] = []
        self._is_open = False
        self._steps: dict[tuple[str, bool], tuple[int, int]] = {}
        self._days = {each.id: each.day for each in organisation.meetings if not each.cancelled}
        self._refused = any(each.refused for each in organisation.people)
        self._assigned: set[str] = set()
        self._edited: set[str] = set()
        self._connection_lost = False

    def play(self, *, working_days: bool) -> None:
        """Play all days; with `working_days`, no job runs on Saturday and Sunday, as [schedule] has it."""
        self.first.parent.mkdir()
        first_workbook(self.organisation, self.workbook)
        excel_user.set_time(self.workbook, dt.datetime.combine(self.organisation.first_day, dt.time(7)))
        shutil.copy(self.workbook, self.first)
        self.office.know(self.addresses)
        config = self._folder / "config.toml"
        config.write_text(configuration(self.office, self.workbook), encoding="utf-8")
        scratch = self._folder / "scratch"
        scratch.mkdir()
        secret = {"OGSM_XL_MAIL_SECRET": self.office.password}
        with Runner(config, self.workbook, scratch, secret) as self._runner:
            day = self.organisation.first_day
            while day <= self.organisation.last_day:
                self._play(day, jobs=day.weekday() < 5 or not working_days)
                day += _DAY
            self._end(day)

    def _play(self, day: dt.date, *, jobs: bool) -> None:
        self.figures.days += 1
        self._morning(day)
        if jobs:
            for minute, job in enumerate(
                ("collect_replies", "send_invites", "send_reminders", "share_status")
            ):
                self._run(job, dt.datetime.combine(day, dt.time(8, 10 * minute)))  # a killed job takes longer
            if day in self._days.values():
                self._run("build_session", dt.datetime.combine(day, dt.time(9)))
            if day.weekday() == 0:
                self._run("validate_workbook", dt.datetime.combine(day, dt.time(9)))
        self._daytime(day)
        if jobs:
            self._run("collect_replies", dt.datetime.combine(day, dt.time(18)))
            if day.weekday() == 4:
                self._review(dt.datetime.combine(day, dt.time(19)))

    def _end(self, day: dt.date) -> None:
        """Nothing is left lying: what waited is brought in, and what a person has to decide is decided."""
        self._run("collect_replies", dt.datetime.combine(day, dt.time(8)))
        self._review(dt.datetime.combine(day, dt.time(9)))
        self._run("collect_replies", dt.datetime.combine(day, dt.time(18)))

    # What people and machines do

    def _morning(self, day: dt.date) -> None:
        if any(first <= day <= last for first, last in self._trouble.down):
            self.office.go_down()
            self.figures.down_days += 1
        elif not self.office.is_up:
            self.office.come_up()
            for at, letter in self._held_back:
                self._deliver(letter, at)
            self._held_back.clear()

    def _daytime(self, day: dt.date) -> None:
        noon = dt.datetime.combine(day, dt.time(12))
        if any(first <= day <= last for first, last in self._trouble.open):
            for edit in self._meanwhile:
                self._save(edit, dt.datetime.combine(day, dt.time(8, 45)))
            self._meanwhile.clear()
            self._is_open = True
            excel_user.leave_open(self.workbook, "Iris Bakker")
            self.figures.waiting_days += 1
        elif self._is_open:
            self._is_open = False
            excel_user.close(self.workbook)
        self._calendar(day, noon)
        while self._deeds and self._deeds[0].at.date() <= day:
            deed = heapq.heappop(self._deeds)
            for what in deed.make():
                self._do(what, deed.at)
        if not self._is_open:
            late = dt.datetime.combine(day, dt.time(17, 30))
            for edit in self._for_later:
                self._save(edit, max(edit.said.written, late))
            self._for_later.clear()

    def _calendar(self, day: dt.date, noon: dt.datetime) -> None:
        if move := self._trouble.moved.get(day):
            session, new = move
            excel_user.change(self.workbook, "Sessies", session, {"Datum": new}, noon)
            self._days[session] = new
            self.diary.append(Rescheduled(noon, session, new))
        if session_off := self._trouble.cancelled.get(day):
            excel_user.change(self.workbook, "Sessies", session_off, {"Vervallen": "Ja"}, noon)
            del self._days[session_off]
            self.diary.append(Rescheduled(noon, session_off, None))
        if day == self._trouble.mended:
            person = next(each for each in self.organisation.people if each.refused)
            excel_user.change(self.workbook, "Personen", person.name, {"E-mail": person.mail}, noon)
            self._refused = False
            self.diary.append(NewAddress(noon, person.name, person.mail))

    def _do(self, what: Letter | RowEdit, at: dt.datetime) -> None:
        if isinstance(what, Letter):
            if self.office.is_up:
                self._deliver(what, at)
            else:
                self._held_back.append((at, what))
        elif what.said.item in self._edited:
            pass  # the row was edited already, and no job has seen that yet: it would only see the last word
        elif self._is_open:
            self._edited.add(what.said.item)
            self._for_later.append(what)  # others can read it, and save nothing
        elif self._chance.random() < 0.6:
            self._edited.add(what.said.item)
            self._meanwhile.append(what)
        else:
            self._edited.add(what.said.item)
            self._save(what, what.said.written)

    def _deliver(self, letter: Letter, at: dt.datetime) -> None:
        self.office.deliver(letter.raw)
        self.diary.append(
            Arrived(
                at,
                letter.message_id,
                letter.sender,
                letter.said,
                letter.by_hand,
                letter.by_a_program,
                letter.wrote,
            )
        )
        ways = {each.way for each in letter.said} or {
            "automatic" if letter.by_a_program else "does not count"
        }
        self.figures.answers.update(ways)

    def _save(self, edit: RowEdit, saved: dt.datetime) -> None:
        excel_user.change(self.workbook, edit.sheet, edit.said.item, edit.values, saved)
        self._note_edit(edit, saved)

    def _note_edit(self, edit: RowEdit, saved: dt.datetime) -> None:
        self.diary.append(Edited(replace(edit.said, written=saved)))
        self.figures.answers["Werkboek"] += 1

    # The jobs

    def _run(self, job: str, at: dt.datetime) -> None:
        """Run a job until it ends by itself; then settle what it could not."""
        if (
            job in _MAILING
            and self._is_busy(job, at.date())
            and self.office.is_up
            and self._chance.random() < 0.2
        ):
            self.office.lose_connection()
            self._connection_lost = True
        run = self._until_it_ends(job, at)
        for _ in range(5):
            if not self._resolve(job, run, at):
                break
            run = self._once(job, at, Mishap())
        if self._connection_lost:
            self.figures.lost_connections += self.office.keep_connection()
            self._connection_lost = False
        if job == "collect_replies" and self.office.is_up:
            waiting = {edit.said.item for edit in (*self._meanwhile, *self._for_later)}
            self._edited &= waiting
        self.diary.append(Ran(at, job, self.office.is_up, not self._is_open))

    def _until_it_ends(self, job: str, at: dt.datetime) -> Run:
        for attempt in range(_MOST_KILLS_IN_A_ROW + 1):
            now = at + dt.timedelta(minutes=attempt)
            edit = self._somebody_saves(job)
            mishap = self._mishap(job, now, attempt, edit)
            run = self._once(job, now, mishap)
            if edit is not None and not run.saved:
                self._save(edit, now)  # the job ended, or was killed, before it came to that
            elif edit is not None:
                self._note_edit(edit, now)
                self.figures.saved_meanwhile += 1
            if not run.killed:
                return run
            self.figures.kills[job] += 1
            self.figures.killed_from_outside += bool(mishap.seconds)
            self.doubtful_receipts += job == "collect_replies"
        return self._once(job, at, Mishap())

    def _once(self, job: str, at: dt.datetime, mishap: Mishap) -> Run:
        before = self.workbook.stat().st_mtime_ns
        run = self._runner.run(job, at, mishap=mishap)
        self.figures.runs[job] += 1
        if self.workbook.stat().st_mtime_ns != before:
            excel_user.set_time(self.workbook, at)
        if not run.killed:
            self._steps[job, self._is_busy(job, at.date())] = run.steps, run.commands
            self._judge(job, at, run)
        for mail in self.office.new_mails():
            self._get(mail)
        return run

    def _get(self, mail: OurMail) -> None:
        self._owners.remember(mail)
        for deed in self._owners.get(mail):
            heapq.heappush(self._deeds, deed)

    def _judge(self, job: str, at: dt.datetime, run: Run) -> None:
        self.figures.codes[f"{job} {run.code}"] += 1
        refused = self._refused and job in _MAILING
        excused = not self.office.is_up or self._is_open or self._connection_lost or refused or run.saved
        if run.code not in {0, 1} and not (run.code == 3 and excused):
            self.surprises.append(
                f"{at} {job} ended with {run.code}: {run.error.strip()[:400]} {str(run.said)[:2000]}"
            )
        elif any(words in run.error for words in _NOT_EXPECTED):
            self.surprises.append(f"{at} {job}: {run.error.strip()[:400]}")

    def _is_busy(self, job: str, day: dt.date) -> bool:
        """Whether this job has something to do on such a day, as a rule."""
        before = {(session - day).days for session in self._days.values()}
        days = {
            "send_invites": {7, 6, 5, 4},
            "send_reminders": {3, 2},
            "share_status": {1},
            "build_session": {0},
        }
        return bool(before & days.get(job, set(range(-3, 8))))

    def _mishap(self, job: str, at: dt.datetime, attempt: int, edit: RowEdit | None) -> Mishap:
        save_at = (
            min(self._chance.randint(1, 6), self._chance.randint(1, 6)) if edit else 0
        )  # most runs have few
        save = {
            "plan": str(self.workbook),
            "sheet": edit.sheet,
            "row": edit.said.item,
            "values": edit.values,
            "saved": at.isoformat(),
        } if edit else None  # fmt: skip
        busy = self._is_busy(job, at.date())
        if attempt == _MOST_KILLS_IN_A_ROW or self._chance.random() > (0.55 if busy else 0.06):
            return Mishap(save_at=save_at, save=save)
        if self._chance.random() < 0.15:
            return Mishap(seconds=self._chance.uniform(0.02, 0.8), save_at=save_at, save=save)
        if job == "collect_replies" and self._chance.random() < 0.3:
            return Mishap(kill_after_swap=self._chance.randint(1, 8), save_at=save_at, save=save)
        steps, commands = self._steps.get((job, busy), (40, 0))
        if busy and self._chance.random() < 0.4:
            at_command = self._chance.randint(1, max(commands, 20))
            return Mishap(kill_at_command=at_command, save_at=save_at, save=save)
        return Mishap(kill_at=self._chance.randint(1, steps), save_at=save_at, save=save)

    def _somebody_saves(self, job: str) -> RowEdit | None:
        if job != "collect_replies" or not self._meanwhile:
            return None
        return self._meanwhile.pop(0)

    # What the process owner does

    def _resolve(self, job: str, run: Run, at: dt.datetime) -> bool:
        """Settle mails of which the job could not know whether they went out, by the mail server's record."""
        doubts = run.said.get("unknown", []) if job in _MAILING else []
        for doubt in doubts:
            wanted = str(doubt["id"]).lower()
            became = (
                "sent" if any(wanted in mail.message_id.lower() for mail in self.office.sent) else "not-sent"
            )
            done = self._runner.run("sent", at, "--resolve", str(doubt["id"]), became)
            if done.code != 0:
                self.surprises.append(f"{at} sent --resolve ended with {done.code}: {done.error}")
            self.figures.resolved[became] += 1
        return bool(doubts)

    def _review(self, at: dt.datetime) -> None:
        """Once a week the process owner goes through what waits for a person."""
        waiting: Sequence[dict[str, object]] = self._runner.run("review", at).said.get("waiting", [])
        for each in waiting:
            first, _, item = str(each["subject"]).partition(" ")
            person = next((p for p in self.organisation.people if p.mail == each["sender"]), None)
            if first == "Voortgang" and person:
                decision = ["--assign", item, "--as", person.name]
                mail = next(
                    entry
                    for entry in self.diary
                    if isinstance(entry, Arrived)
                    and entry.by_hand
                    and entry.said[0].item == item
                    and entry.message_id not in self._assigned
                )
                self._assigned.add(mail.message_id)
                self.diary.append(Assigned(at, mail.message_id))
            else:
                decision = ["--discard", "geen verslag"]
            run = self._runner.run("review", at, str(each["number"]), *decision)
            self.figures.reviewed[decision[0].strip("-")] += 1
            if run.code not in {0, 1} and not (run.code == 3 and self._is_open):
                self.surprises.append(f"{at} review {' '.join(decision)} ended with {run.code}: {run.error}")
