"""Who gets which mail when: the lead times, late runs, switches, people who can't be reached, and never twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.plan.model import Plan, Report, Session
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.due import Due, DueMails, due_mails
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent
from ogsm_xl.rhythm.reporting import asked_items, owed_items
from ogsm_xl.rhythm.settings import RhythmSettings
from tests.support.plans import plan_of

SETTINGS = RhythmSettings()
BOTH = (MailKind.INVITATION, MailKind.REMINDER)

TEAM = """
    person   Anna anna@example.org ogsm_owner
    person   Bram Bram@Example.org
    person   Carla carla@example.org
    person   Dirk dirk@example.org
    strategy S1 Anna "Shorter waits"
    action   A1 Bram S1 "Website renewed" in_progress
    action   A2 Carla S1 "Portal closed" in_progress
    action   A3 Bram S1 "Forms shortened" in_progress
    action   A4 Bram S1 "Ready" done
    session  SES1 doing 2026-06-11 10:00
"""


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def run(
    plan: Plan,
    now: str,
    sent: Collection[Sent] = (),
    settings: RhythmSettings = SETTINGS,
    kinds: Collection[MailKind] = BOTH,
) -> DueMails:
    return due_mails(plan, at(now), sent, settings, kinds)


def sent_after(found: DueMails) -> tuple[Sent, ...]:
    """What the ledger knows once these mails went out."""
    return tuple(Sent(d.session.id, d.kind, recipient_of(d.person), d.lead_days) for d in found.due)


def shown(found: DueMails) -> list[str]:
    """The mails in words: kind, lead time, session, person, items; a star for a first notice."""
    return [
        f"{d.kind.key} {d.lead_days} {d.session.id} {d.person.name}: {' '.join(i.id for i in d.items)}"
        + ("*" if d.first_notice else "")
        for d in found.due
    ]


def on(lines: str, now: str, settings: RhythmSettings = SETTINGS) -> list[str]:
    return shown(run(plan_of(lines), now, settings=settings))


def sent(kind: MailKind, recipient: str, lead_days: int, session: str = "SES1") -> Sent:
    return Sent(session, kind, recipient, lead_days)


INVITATIONS = ["invitation 7 SES1 Bram: A1 A3", "invitation 7 SES1 Carla: A2"]
FIRST_NOTICES = ["reminder 3 SES1 Bram: A1 A3*", "reminder 3 SES1 Carla: A2*"]
ALL_INVITED = (
    sent(MailKind.INVITATION, "bram@example.org", 7),
    sent(MailKind.INVITATION, "carla@example.org", 7),
)


class TestInvitation:
    """Seven days before the session, to every owner of something to report on."""

    @pytest.mark.parametrize(
        ("now", "mails"),
        [
            ("2026-06-03T23:59", []),  # eight days
            ("2026-06-04T00:00", INVITATIONS),  # exactly seven days, from midnight on
            ("2026-06-04T23:59", INVITATIONS),
            ("2026-06-07T23:59", INVITATIONS),  # the machine was off
            ("2026-06-08T00:00", FIRST_NOTICES),  # the reminder is due
        ],
    )
    def test_when(self, now: str, mails: list[str]) -> None:
        """From seven days before until the reminder is due; one mail per person, listing only that person's items."""
        assert on(TEAM, now) == mails

    def test_whoever_reported_is_invited_too(self) -> None:
        """The invitation goes to every owner and lists all that is asked, reported already or not."""
        assert on(TEAM + "report A1 2026-06-03", "2026-06-04T08:00") == INVITATIONS

    def test_the_lead_time_can_be_set(self) -> None:
        """With ten days it goes out ten days before."""
        ten = RhythmSettings(invitation_days=10)
        assert on(TEAM, "2026-05-31T08:00", ten) == []
        assert on(TEAM, "2026-06-01T08:00", ten) == [m.replace("n 7", "n 10") for m in INVITATIONS]

    def test_never_twice(self) -> None:
        """A second run sends nothing, also when the lead time was changed in between."""
        plan = plan_of(TEAM)
        assert shown(run(plan, "2026-06-04T08:05", ALL_INVITED)) == []
        assert shown(run(plan, "2026-06-04T08:05", ALL_INVITED, RhythmSettings(invitation_days=9))) == []

    def test_only_who_was_not_invited(self) -> None:
        """After a run that broke off, the next one sends the rest; IDs and addresses match however they are written."""
        broken_off = [sent(MailKind.INVITATION, "bram@example.org", 7, " ses1")]
        assert shown(run(plan_of(TEAM), "2026-06-04T08:05", broken_off)) == INVITATIONS[1:]

    def test_a_new_owner_is_invited_later(self) -> None:
        """Dirk takes over an action after the invitations went out, and gets his own."""
        plan = plan_of(TEAM.replace('A3 Bram S1 "Forms', 'A3 Dirk S1 "Forms'))
        assert shown(run(plan, "2026-06-06T08:00", ALL_INVITED)) == ["invitation 7 SES1 Dirk: A3"]

    def test_not_where_the_calendar_says_no(self) -> None:
        """A session without invitation sends none; its reminder then says what the session is."""
        lines = TEAM.replace("10:00", "10:00 invitation=no")
        assert on(lines, "2026-06-04T08:00") == []
        assert on(lines, "2026-06-08T08:00") == FIRST_NOTICES

    def test_steering_and_planning_sessions(self) -> None:
        """Strategy owners are invited to a steering session, the OGSM owner for the objective to a planning session."""
        lines = TEAM + 'objective O1 "Everybody a home"\n'
        steering = on(lines.replace("doing", "steering"), "2026-06-04T08:00")
        planning = on(lines.replace("doing", "planning"), "2026-06-04T08:00")
        assert steering == ["invitation 7 SES1 Anna: S1", *INVITATIONS]
        assert planning == ["invitation 7 SES1 Anna: O1 S1", *INVITATIONS]


class TestReminder:
    """Three days before the session, only to owners who still owe a report, listing only what they still owe."""

    @pytest.mark.parametrize(
        ("now", "mails"),
        [
            ("2026-06-07T23:59", []),
            ("2026-06-08T00:00", ["reminder 3 SES1 Carla: A2", "reminder 3 SES1 Bram: A3"]),
            ("2026-06-11T09:59", ["reminder 3 SES1 Carla: A2", "reminder 3 SES1 Bram: A3"]),  # late
            ("2026-06-11T10:00", []),  # the session begins
            ("2026-06-12T08:00", []),
        ],
    )
    def test_when(self, now: str, mails: list[str]) -> None:
        """From three days before until the session begins, listing only what is still owed."""
        plan = plan_of(TEAM + "report A1 2026-06-05")
        assert shown(run(plan, now, ALL_INVITED)) == mails

    def test_who_reported_everything_gets_none(self) -> None:
        """Carla reported on her only action and hears nothing more."""
        plan = plan_of(TEAM + "report A2 2026-06-05")
        assert shown(run(plan, "2026-06-08T08:00", ALL_INVITED)) == ["reminder 3 SES1 Bram: A1 A3"]

    def test_never_twice(self) -> None:
        """Who was reminded is not reminded again, whatever the time until the session."""
        plan = plan_of(TEAM)
        reminded = (*ALL_INVITED, sent(MailKind.REMINDER, "bram@example.org", 3))
        assert shown(run(plan, "2026-06-11T09:00", reminded)) == ["reminder 3 SES1 Carla: A2"]

    def test_first_notice_only_to_who_was_not_invited(self) -> None:
        """The machine broke down between two invitations: only the other owner has to be told what the session is."""
        found = run(plan_of(TEAM), "2026-06-08T08:00", ALL_INVITED[:1])
        assert shown(found) == ["reminder 3 SES1 Bram: A1 A3", "reminder 3 SES1 Carla: A2*"]

    def test_not_where_the_calendar_says_no(self) -> None:
        """A session without reminder has none; a late invitation goes out until the session begins."""
        lines = TEAM.replace("10:00", "10:00 reminder=no")
        assert on(lines, "2026-06-11T09:59") == INVITATIONS
        assert on(lines, "2026-06-11T10:00") == []

    def test_no_reminders_at_all(self) -> None:
        """Without lead times for reminders there are none."""
        assert on(TEAM, "2026-06-11T09:59", RhythmSettings(reminder_days=())) == INVITATIONS

    @pytest.mark.parametrize(
        ("now", "lead_days"),
        [("2026-06-06T08:00", 5), ("2026-06-08T08:00", 5), ("2026-06-09T08:00", 2), ("2026-06-11T08:00", 2)],
    )
    def test_the_latest_of_several(self, now: str, lead_days: int) -> None:
        """With reminders five and two days before, only the latest that is due goes out."""
        for days in [(5, 2), (2, 5)]:
            mails = on(TEAM, now, RhythmSettings(reminder_days=days))
            assert mails == [m.replace("r 3", f"r {lead_days}") for m in FIRST_NOTICES]

    def test_each_of_several_once(self) -> None:
        """Every lead time has its own reminder, sent once; Carla reported in between."""
        plan = plan_of(TEAM + "report A2 2026-06-07T12:00")
        days = RhythmSettings(reminder_days=(5, 2))
        ledger = list(ALL_INVITED)
        mails = []
        for day in range(4, 12):
            for hour in (7, 9):
                found = run(plan, f"2026-06-{day:02}T{hour:02}:00", ledger, days)
                mails += [f"{day} June: {mail}" for mail in shown(found)]
                ledger += sent_after(found)
        assert mails == [
            "6 June: reminder 5 SES1 Bram: A1 A3",
            "6 June: reminder 5 SES1 Carla: A2",
            "9 June: reminder 2 SES1 Bram: A1 A3",
        ]

    def test_no_earlier_reminder_after_a_later_one(self) -> None:
        """When the settings change from two days to four after the reminder of two days, that was the reminder."""
        reminded = [sent(MailKind.REMINDER, r, 2) for r in ("bram@example.org", "carla@example.org")]
        found = run(plan_of(TEAM), "2026-06-10T08:00", reminded, RhythmSettings(reminder_days=(4,)))
        assert shown(found) == []

    def test_again_before_the_new_date_of_a_session_that_was_moved(self) -> None:
        """A reminder for the old date is none for a date weeks later; one within the new week of the invitation is."""
        reminded = [
            *ALL_INVITED,
            Sent("SES1", MailKind.REMINDER, "bram@example.org", 3, Announced(date(2026, 6, 11)), 0, date(2026, 6, 8)),
        ]  # fmt: skip
        weeks_later = plan_of(TEAM.replace("2026-06-11", "2026-06-25"))
        a_day_later = plan_of(TEAM.replace("2026-06-11", "2026-06-12"))
        bram, carla = "reminder 3 SES1 Bram: A1 A3", "reminder 3 SES1 Carla: A2"
        assert shown(run(weeks_later, "2026-06-22T08:00", reminded)) == [bram, carla]
        assert shown(run(a_day_later, "2026-06-09T08:00", reminded)) == [carla]

    def test_on_the_day_itself(self) -> None:
        """A lead time of 0 days is the morning of the session."""
        zero = RhythmSettings(reminder_days=(0,))
        assert on(TEAM, "2026-06-10T23:59", zero) == INVITATIONS
        assert on(TEAM, "2026-06-11T07:00", zero) == [m.replace("r 3", "r 0") for m in FIRST_NOTICES]


class TestSessions:
    """Which sessions send mail at all."""

    def test_nothing_on_the_day_of_a_session_without_a_time(self) -> None:
        """It may have begun already: the last moment is the evening before."""
        lines = TEAM.replace("2026-06-11 10:00", "2026-06-11")
        assert on(lines, "2026-06-10T23:59") == FIRST_NOTICES
        assert on(lines, "2026-06-11T00:00") == []

    def test_nothing_for_a_cancelled_session(self) -> None:
        """A cancelled session sends nothing."""
        lines = TEAM.replace("10:00", "10:00 cancelled=yes")
        assert on(lines, "2026-06-04T08:00") == []
        assert on(lines, "2026-06-09T08:00") == []

    def test_two_sessions_at_once(self) -> None:
        """Each session has its own mails, the nearest session first; the one sent is no matter to the other."""
        lines = TEAM + "session SES2 steering 2026-06-09 10:00\nreport A1 2026-06-04"
        plan = plan_of(lines)
        assert shown(run(plan, "2026-06-06T08:00", ALL_INVITED)) == [
            "reminder 3 SES2 Anna: S1*",
            "reminder 3 SES2 Carla: A2*",
            "reminder 3 SES2 Bram: A3*",
        ]

    def test_a_reminder_waits_for_the_session_before(self) -> None:
        """Bram reported for Tuesday's session: only after it does he owe for Thursday's, and hears of that then."""
        lines = TEAM + "session SES0 doing 2026-06-09 10:00\nreport A1 2026-06-05\nreport A3 2026-06-05"
        invited = (*ALL_INVITED, *(dataclasses.replace(s, session="SES0") for s in ALL_INVITED))
        found = run(plan_of(lines), "2026-06-08T08:00", invited)
        assert shown(found) == ["reminder 3 SES0 Carla: A2", "reminder 3 SES1 Carla: A2"]
        later = run(plan_of(lines), "2026-06-09T12:00", (*invited, *sent_after(found)))
        assert shown(later) == ["reminder 3 SES1 Bram: A1 A3"]

    def test_two_rows_with_the_same_id_are_one_session(self) -> None:
        """A row of the calendar that was copied does not send everything twice."""
        assert on(TEAM + "session SES1 doing 2026-06-11 10:00", "2026-06-04T08:00") == INVITATIONS

    def test_only_the_kinds_that_the_job_sends(self) -> None:
        """The job that sends invitations sends no reminder, nor an invitation once the reminder is due."""
        plan = plan_of(TEAM)
        invitations, reminders = [MailKind.INVITATION], [MailKind.REMINDER]
        assert shown(run(plan, "2026-06-04T08:00", kinds=invitations)) == INVITATIONS
        assert shown(run(plan, "2026-06-04T08:00", kinds=reminders)) == []
        assert shown(run(plan, "2026-06-08T08:00", kinds=invitations)) == []
        assert shown(run(plan, "2026-06-08T08:00", kinds=reminders)) == FIRST_NOTICES


class TestAbsence:
    """While somebody is absent, the mail goes to the deputy, and says for whom."""

    AWAY = TEAM.replace(
        "Bram@Example.org", "Bram@Example.org deputy=Dirk absent_from=2026-06-01 absent_until=2026-06-07"
    )

    def test_the_deputy_gets_the_mail_of_who_is_absent(self) -> None:
        """Nothing else changes: it is still Bram's mail, about Bram's items."""
        bram, carla = run(plan_of(self.AWAY), "2026-06-04T08:00").due
        assert (bram.person.name, bram.deputy and bram.deputy.name, bram.absent) == ("Bram", "Dirk", True)
        assert bram.addressee.name == "Dirk"
        assert (carla.deputy, carla.absent, carla.addressee.name) == (None, False, "Carla")

    def test_who_is_back_gets_the_reminder(self) -> None:
        """The invitation went to the deputy; it counts as Bram's."""
        bram, _ = run(plan_of(self.AWAY), "2026-06-08T08:00", ALL_INVITED).due
        assert (bram.addressee.name, bram.first_notice) == ("Bram", False)

    def test_the_mail_is_not_sent_again_to_who_comes_back(self) -> None:
        """The deputy had it."""
        assert shown(run(plan_of(self.AWAY.replace("06-07", "06-04")), "2026-06-05T08:00", ALL_INVITED)) == []

    def test_without_a_deputy_it_goes_to_the_absent_person(self) -> None:
        """And that is told, as nobody may read it."""
        (bram, _) = run(plan_of(self.AWAY.replace("deputy=Dirk ", "")), "2026-06-04T08:00").due
        assert (bram.addressee.name, bram.absent) == ("Bram", True)

    def test_a_deputy_who_owns_something_gets_their_own_mail_too(self) -> None:
        """Two mails, each with one person's items: an answer to one is not an answer to the other."""
        lines = self.AWAY.replace("deputy=Dirk", "deputy=Carla")
        assert on(lines, "2026-06-04T08:00") == INVITATIONS
        assert [d.addressee.name for d in run(plan_of(lines), "2026-06-04T08:00").due] == ["Carla", "Carla"]


class TestWorkingDays:
    """Lead times counted in working days, with the holidays of a country."""

    def test_a_weekend_does_not_count(self) -> None:
        """Three working days before Thursday is Monday; seven is the Tuesday of the week before."""
        working = RhythmSettings(working_days=True, holiday_country="NL")
        assert on(TEAM, "2026-06-01T23:59", working) == []
        assert on(TEAM, "2026-06-02T00:00", working) == INVITATIONS
        assert on(TEAM, "2026-06-07T23:59", working) == INVITATIONS
        assert on(TEAM, "2026-06-08T00:00", working) == FIRST_NOTICES

    def test_a_holiday_does_not_count(self) -> None:
        """Ascension Day, 14 May 2026, makes the reminder for the Monday after go out a day earlier."""
        lines = TEAM.replace("2026-06-11", "2026-05-18")
        dutch = RhythmSettings(working_days=True, holiday_country="NL")
        nowhere = RhythmSettings(working_days=True)
        assert on(lines, "2026-05-12T08:00", dutch) == FIRST_NOTICES
        assert on(lines, "2026-05-12T08:00", nowhere) == INVITATIONS
        assert on(lines, "2026-05-13T08:00", nowhere) == FIRST_NOTICES


SEVERAL = Text(
    "{owner} is meer dan één naam; kies één eigenaar", "{owner} is more than one name; choose one owner"
)
UNKNOWN = Text("{owner} staat niet in de lijst met personen", "{owner} is not in the list of people")
NO_ADDRESS = Text("bij {owner} staat geen mailadres", "{owner} has no mail address")
BAD_ADDRESS = Text(
    "het mailadres van {owner} klopt niet: carla@example",
    "the mail address of {owner} is not valid: carla@example",
)
LEFT = Text("{owner} is vertrokken op 4 juni", "{owner} left on 4 June")
NO_OWNER = Text("er is geen eigenaar ingevuld", "no owner is filled in")


class TestPeople:
    """One mail per person, and a word about everybody who can't be reached."""

    def test_who_owns_nothing_gets_nothing(self) -> None:
        """Dirk owns nothing, Anna nothing that a doing session asks for, and Carla only a parked action."""
        lines = TEAM.replace('"Portal closed" in_progress', '"Portal closed" parked')
        assert on(lines, "2026-06-04T08:00") == INVITATIONS[:1]

    def test_however_the_owner_is_written(self) -> None:
        """A name in other capitals, or the mail address instead of the name, is the same person: one mail."""
        lines = TEAM.replace("A1 Bram", "A1 owner=BRAM").replace("A3 Bram", "A3 owner=bram@example.org")
        assert on(lines, "2026-06-04T08:00") == INVITATIONS

    def test_two_names_with_one_address_get_one_mail(self) -> None:
        """A shared address gets one mail, which lists what both own."""
        lines = TEAM.replace("carla@example.org", "bram@example.org")
        assert on(lines, "2026-06-04T08:00") == ["invitation 7 SES1 Bram: A1 A2 A3"]

    @pytest.mark.parametrize(
        ("change", "owner", "reason"),
        [
            (("person   Carla carla@example.org", ""), "Carla", UNKNOWN),
            (("A2 Carla", "A2 owner='  Jan  / Piet '"), "Jan / Piet", SEVERAL),
            ((" carla@example.org", ""), "Carla", NO_ADDRESS),
            (("carla@example.org", "mail=' '"), "Carla", NO_ADDRESS),
            (("carla@example.org", "carla@example"), "Carla", BAD_ADDRESS),
            (("carla@example.org", "c@x.org left_on=2026-06-04"), "Carla", LEFT),
            (("A2 Carla", "A2"), "", NO_OWNER),
        ],
    )
    def test_unreachable(self, change: tuple[str, str], owner: str, reason: Text) -> None:
        """Whoever can't be reached is named with the items and the reason; the others get their mail."""
        found = run(plan_of(TEAM.replace(*change)), "2026-06-04T08:00")
        assert shown(found) == INVITATIONS[:1]
        assert [(u.owner, [i.id for i in u.items], u.reason) for u in found.unreachable] == [
            (owner, ["A2"], reason.filled(owner=owner))
        ]

    def test_unreachable_once_per_owner(self) -> None:
        """Everything of one unknown owner stands together; who has reported needs no reminder."""
        lines = TEAM.replace(" Bram@Example.org", "") + "report A1 2026-06-05"
        invitation = run(plan_of(lines), "2026-06-06T08:00")
        reminder = run(plan_of(lines), "2026-06-08T08:00")
        assert [[i.id for i in u.items] for u in invitation.unreachable] == [["A1", "A3"]]
        assert [[i.id for i in u.items] for u in reminder.unreachable] == [["A3"]]

    def test_somebody_who_leaves_tomorrow_still_gets_mail(self) -> None:
        """From the day of leaving on there is no mail; the day before there is."""
        lines = TEAM.replace("carla@example.org", "carla@example.org left_on=2026-06-05")
        assert on(lines, "2026-06-04T08:00") == INVITATIONS

    def test_nobody_is_unreachable_when_nothing_is_due(self) -> None:
        """Weeks before the session a missing address is the validator's matter."""
        lines = TEAM.replace(" carla@example.org", "")
        assert run(plan_of(lines), "2026-06-01T08:00") == DueMails((), ())

    def test_an_objective_without_any_owner(self) -> None:
        """Without an OGSM owner nobody can be asked about the objective, and that is said."""
        lines = 'objective O1 "Everybody a home"\nsession SES1 planning 2026-06-11 10:00'
        found = run(plan_of(lines), "2026-06-04T08:00")
        assert [u.reason for u in found.unreachable] == [NO_OWNER]


# --- Runs at arbitrary moments over weeks -----------------------------------------------------------------------

FIRST_DAY = datetime(2026, 5, 1)
MINUTES = st.integers(0, 60 * 24 * 7 * 7)  # seven weeks
MOMENTS = MINUTES.map(lambda minutes: FIRST_DAY + timedelta(minutes=minutes))
OWNED = plan_of("""
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    person    Carla carla@example.org
    objective O1 "Everybody a home"
    strategy  S1 Anna "Shorter waits"
    indicator I1 Bram S1 "Waiting time"
    action    A1 Bram S1 "Website renewed" in_progress
    action    A2 Carla S1 "Portal closed" 2026-05-20..
    action    A3 Dirk S1 "Owner unknown" in_progress
    action    A4 Bram S1 "Ready" done
""")


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Session, ...]:
    return plan_of("\n".join(
        f"session SES{n} {draw(st.sampled_from(['doing', 'steering', 'planning']))} {draw(MOMENTS).date()}"
        f" {draw(st.sampled_from(['', '10:00', '14:00']))}"
        f" {draw(st.sampled_from(['', '', 'invitation=no', 'reminder=no', 'cancelled=yes']))}"
        for n in range(draw(st.integers(1, 4)))
    )).sessions  # fmt: skip


REPORTS = st.lists(st.tuples(MOMENTS, st.sampled_from(["O1", "S1", "I1", "A1", "A2"])), max_size=8)
ANY_SETTINGS = st.builds(
    RhythmSettings,
    invitation_days=st.integers(0, 14),
    reminder_days=st.lists(st.integers(0, 10), max_size=3).map(tuple),
)


@given(calendars(), REPORTS, st.lists(MOMENTS, max_size=30).map(sorted), ANY_SETTINGS)
def test_runs_at_arbitrary_moments(
    sessions: tuple[Session, ...],
    reports: list[tuple[datetime, str]],
    runs: list[datetime],
    settings: RhythmSettings,
) -> None:
    """Whenever it runs: never twice, never too late, no invitation after a reminder, nobody forgotten."""
    plan = dataclasses.replace(OWNED, sessions=sessions, reports=tuple(
        Report(f"R{n}", made_at, "", None, item) for n, (made_at, item) in enumerate(reports)
    ))  # fmt: skip
    ledger: list[Sent] = []
    for now in runs:
        found = due_mails(plan, now, ledger, settings, BOTH)
        for due in found.due:
            check_one(plan, due, now, ledger, settings)
        ledger += sent_after(found)
        assert len(set(ledger)) == len(ledger)
        assert due_mails(plan, now, ledger, settings, BOTH).due == ()
        for session in sessions:
            check_nobody_forgotten(plan, session, now, ledger, settings)


def check_one(plan: Plan, due: Due, now: datetime, ledger: list[Sent], settings: RhythmSettings) -> None:
    """What holds for every mail at the moment that it goes out."""
    session, recipient = due.session, recipient_of(due.person)
    days_left = (session.date - now.date()).days
    earlier = [s for s in ledger if s.session == session.id and s.recipient == recipient]
    assert not session.cancelled
    assert now < session.begins
    assert days_left <= due.lead_days
    assert due.items
    assert {plan.owner_of(item) for item in due.items} == {due.person}
    if due.kind is MailKind.INVITATION:
        assert session.invitation
        assert not (session.reminder and any(days_left <= days for days in settings.reminder_days))
        assert earlier == []
        assert set(due.items) <= set(asked_items(plan, session, now))
    else:
        assert session.reminder
        assert due.lead_days == min(days for days in settings.reminder_days if days_left <= days)
        assert due.first_notice is all(s.kind is MailKind.REMINDER for s in earlier)
        assert set(due.items) <= set(owed_items(plan, session, now, settings))


def check_nobody_forgotten(
    plan: Plan, session: Session, now: datetime, ledger: list[Sent], settings: RhythmSettings
) -> None:
    """After any run in the time of the reminder, everybody who owes has had the reminder of that time."""
    days_left = (session.date - now.date()).days
    due_leads = [days for days in settings.reminder_days if days_left <= days]
    if session.cancelled or now >= session.begins or not session.reminder or not due_leads:
        return
    owners = {plan.owner_of(item) for item in owed_items(plan, session, now, settings)} - {None}
    wanted = {
        Sent(session.id, MailKind.REMINDER, recipient_of(owner), min(due_leads)) for owner in owners if owner
    }
    assert wanted <= set(ledger)


@given(calendars(), ANY_SETTINGS)
def test_a_run_every_morning_invites_everybody(
    sessions: tuple[Session, ...], settings: RhythmSettings
) -> None:
    """With a run every morning nobody hears of a session by reminder, unless the reminder is as early."""
    plan = dataclasses.replace(OWNED, sessions=sessions, actions=OWNED.actions[:1])
    ledger: list[Sent] = []
    for day in range(-20, 50):
        found = due_mails(plan, FIRST_DAY + timedelta(days=day, hours=7), ledger, settings, BOTH)
        ledger += sent_after(found)
        for due in found.due:
            early = max(settings.reminder_days, default=0) >= settings.invitation_days
            assert not due.first_notice or early or not due.session.invitation


def test_deterministic_order() -> None:
    """Mails come in the order of the sessions, then of the plan's items, whatever the order of the people."""
    plan = plan_of(TEAM)
    turned = dataclasses.replace(plan, people=tuple(reversed(plan.people)))
    assert shown(run(turned, "2026-06-04T08:00")) == INVITATIONS
