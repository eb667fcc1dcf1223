"""The ledger: each step is kept, nothing twice."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest

from ogsm_xl.ledger import Ledger, MailRow, MailState, Outcome
from ogsm_xl.letters.rows import Coming
from ogsm_xl.plan.model import Report
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Text, TrafficLight
from ogsm_xl.rhythm.changes import ItemState
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent

NOW = datetime(2026, 9, 3, 8)

MAIL = MailRow(
    id="AAAA",
    session="SES9",
    kind=MailKind.INVITATION,
    lead_days=7,
    recipient="anna@example.org",
    person="Anna",
    items={"A1": ItemKind.ACTION, "I2": ItemKind.INDICATOR},
    token="AAAA-1234",
    message_id="<ogsm-AAAA@example.org>",
    state=MailState.PLANNED,
    planned_at=NOW,
    sent_to="chris@example.org",
    announced=Announced(date(2026, 9, 10), time(10)),
    sequence=1,
    tells=("owner:SES9:A1",),
)

REPORT = Report(
    id="",
    made_at=datetime(2026, 9, 4, 12, 30),
    session="SES9",
    kind=ItemKind.ACTION,
    item="A1",
    by="Anna",
    status=Status.IN_PROGRESS,
    progress=60,
    light=TrafficLight.ORANGE,
    done="=1+1",
    value=7.5,
    measured_on=date(2026, 9, 1),
    source=ReportSource.MAIL,
)

COMING = Coming(REPORT, cleared=frozenset({"needed"}), confirms=True, asked_for="SES9")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sub folder" / "ledger.sqlite"


def test_a_mail_is_remembered_whole(file: Path) -> None:
    """The next run finds each mail as it was planned."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
    with Ledger(file) as ledger:
        assert ledger.mails() == (MAIL,)
        assert ledger.mail("AAAA") == MAIL
        assert ledger.mail_by_message_id("<ogsm-AAAA@example.org>") == MAIL
        assert ledger.mail("BBBB") is None


def test_the_same_mail_cannot_be_planned_twice(file: Path) -> None:
    """One row a session, kind, lead time and recipient, whatever its ID."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
        with pytest.raises(sqlite3.IntegrityError):
            ledger.plan_mail(dataclasses.replace(MAIL, id="BBBB", message_id="<ogsm-BBBB@example.org>"))


def test_another_occasion_is_another_mail(file: Path) -> None:
    """A second change of the calendar is told by a second mail of the same kind."""
    with Ledger(file) as ledger:
        for mail_id, occasion in (("AAAA", "1"), ("BBBB", "2")):
            ledger.plan_mail(
                dataclasses.replace(
                    MAIL, id=mail_id, message_id=f"<{mail_id}@example.org>", occasion=occasion
                )
            )
        assert [row.occasion for row in ledger.mails()] == ["1", "2"]


def test_what_went_to_a_test_address_was_not_sent_to_its_people(file: Path) -> None:
    """It counts only as long as everything goes to that address."""
    test = dataclasses.replace(MAIL, redirected="test@example.org", sent_to="test@example.org")
    with Ledger(file) as ledger:
        ledger.plan_mail(test)
        assert (ledger.sent(), ledger.told()) == ((), frozenset())
        assert [sent.recipient for sent in ledger.sent("test@example.org")] == ["anna@example.org"]
        ledger.plan_mail(dataclasses.replace(MAIL, id="BBBB", message_id="<BBBB@example.org>"))
        assert ledger.mails() == (test, dataclasses.replace(MAIL, id="BBBB", message_id="<BBBB@example.org>"))


@pytest.mark.parametrize(
    "announced", [None, Announced(date(2026, 9, 10)), Announced(date(2026, 9, 10), time(0, 0))]
)
def test_what_was_announced_is_kept_as_it_was_told(file: Path, announced: Announced | None) -> None:
    """A day without a time is another thing than midnight."""
    with Ledger(file) as ledger:
        ledger.plan_mail(dataclasses.replace(MAIL, announced=announced))
        assert ledger.mails()[0].announced == announced


@pytest.mark.parametrize("state", [state for state in MailState if state is not MailState.FAILED])
def test_what_may_have_gone_out_counts_as_sent(file: Path, state: MailState) -> None:
    """In doubt a mail is never sent again by itself."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
        ledger.set_mail_state("AAAA", state, NOW)
        assert ledger.sent() == (
            Sent("SES9", MailKind.INVITATION, "anna@example.org", 7, MAIL.announced, 1, NOW.date()),
        )
        assert ledger.told() == {"owner:SES9:A1"}
        assert ledger.mails_on(NOW.date()) == 1


def test_a_draft_is_found_by_its_handle(file: Path) -> None:
    """What the mail system calls the draft is kept before it is sent."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
        ledger.drafted("AAAA", "AAMkAGI2", NOW)
        assert ledger.mails() == (dataclasses.replace(MAIL, state=MailState.DRAFTED, handle="AAMkAGI2"),)


def test_what_certainly_failed_may_be_planned_again(file: Path) -> None:
    """A failed mail makes room for another try."""
    again = dataclasses.replace(MAIL, id="BBBB", message_id="<ogsm-BBBB@example.org>")
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
        ledger.set_mail_state("AAAA", MailState.FAILED, NOW, "no connection")
        assert ledger.sent() == ()
        assert (ledger.told(), ledger.mails_on(NOW.date())) == (frozenset(), 0)
        ledger.forget_failed(again)
        ledger.plan_mail(again)
        assert ledger.mails() == (again,)


def test_a_duplicate_delivery_is_stored_once(file: Path) -> None:
    """The same bytes are the same mail."""
    with Ledger(file) as ledger:
        assert ledger.store_incoming(b"mail", NOW) == ledger.store_incoming(b"mail", NOW)
        assert [ledger.raw_mail(digest) for digest in ledger.not_understood_yet()] == [b"mail"]


def test_a_mail_is_understood_together_with_its_reports(file: Path) -> None:
    """What a mail means and the reports in it are one step; each report is found again as it was."""
    with Ledger(file) as ledger:
        digest = ledger.store_incoming(b"mail", NOW)
        ledger.understood(
            digest, Outcome.ACCEPTED, sender="anna@example.org", subject="Re", reports={"k1": COMING}
        )
        ledger.understood(
            digest, Outcome.ACCEPTED, sender="anna@example.org", subject="Re", reports={"k1": COMING}
        )
    with Ledger(file) as ledger:
        assert ledger.not_understood_yet() == ()
        assert ledger.incoming_outcome(digest) is Outcome.ACCEPTED
        assert ledger.waiting_reports() == {"k1": REPORT}
        assert ledger.coming() == {"k1": COMING}
        assert ledger.reports_of(digest) == (REPORT,)


def test_a_report_waits_until_it_is_applied(file: Path) -> None:
    """A report keeps its number from the first try to write it."""
    with Ledger(file) as ledger:
        ledger.rows_edited({"k1": COMING}, {}, NOW)
        ledger.number_reports({"k1": "R12"})
        assert ledger.waiting_reports() == {"k1": dataclasses.replace(REPORT, id="R12")}
        ledger.applied(["k1"], {"A1": {"progress": 60}}, NOW)
        assert ledger.waiting_reports() == {}
        assert ledger.rows_seen() == {"A1": {"progress": 60}}


def test_reports_are_given_in_the_order_in_which_they_were_made(file: Path) -> None:
    """The newest comes last, whatever the order in which the mails came in."""
    earlier = dataclasses.replace(REPORT, made_at=datetime(2026, 9, 4, 9), done="earlier")
    with Ledger(file) as ledger:
        ledger.rows_edited({"k1": COMING, "k2": Coming(earlier)}, {}, NOW)
        assert list(ledger.waiting_reports()) == ["k2", "k1"]


def test_a_mail_for_review_keeps_its_reason(file: Path) -> None:
    """A person sees who wrote, and why it could not be read."""
    with Ledger(file) as ledger:
        digest = ledger.store_incoming(b"mail", NOW)
        ledger.understood(
            digest, Outcome.REVIEW, sender="x@example.org", subject="Hi", reason=Text("Onbekend", "Unknown")
        )
        (row,) = ledger.for_review()
        assert (row.sender, row.subject, row.reason) == ("x@example.org", "Hi", Text("Onbekend", "Unknown"))


def test_rows_are_seen_as_they_last_were(file: Path) -> None:
    """The last look at a row counts, whatever the case of its ID."""
    with Ledger(file) as ledger:
        ledger.rows_edited({}, {"A1": {"progress": 50}, "A2": {"light": "red"}}, NOW)
        ledger.rows_edited({}, {"a1": {"progress": 60}}, NOW)
        assert ledger.rows_seen() == {"A1": {"progress": 60}, "A2": {"light": "red"}}


def test_reading_only_changes_nothing_nowhere(file: Path) -> None:
    """A dry run on a machine where no job ever ran makes no file."""
    with Ledger(file, read_only=True) as ledger:
        assert ledger.sent() == ()
    assert not file.parent.exists()


def test_reading_only_after_a_run_that_was_killed_in_the_middle_of_a_step(file: Path) -> None:
    """Half of its step may stand in the file already: it is taken back, and what was there before is read."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
    killed = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 2")  # so that it writes to the file before the step ends
db.execute("BEGIN IMMEDIATE")
db.execute("DELETE FROM mail")
for number in range(2000):
    db.execute("INSERT INTO incoming (digest, raw, received_at, state) VALUES (?, ?, '', 'stored')", (str(number), bytes(500)))
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", killed, str(file)], check=False)
    with Ledger(file, read_only=True) as ledger:
        assert (ledger.mail(MAIL.id), ledger.not_understood_yet()) == (MAIL, ())


def test_reading_only_sees_what_was_kept(file: Path) -> None:
    """A dry run knows what was sent."""
    with Ledger(file) as ledger:
        ledger.plan_mail(MAIL)
    with Ledger(file, read_only=True) as ledger:
        assert ledger.mails() == (MAIL,)
        with pytest.raises(sqlite3.OperationalError):
            ledger.plan_mail(MAIL)


@pytest.mark.skipif(os.name == "nt", reason="Windows gives a new file the rights of its folder")
def test_nobody_else_may_read_a_new_ledger(file: Path) -> None:
    """It holds mails, word for word."""
    with Ledger(file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_full_disk_is_said_to_be_full(file: Path) -> None:
    """The step is undone by SQLite itself; what went wrong is not hidden by that. With room again, all goes on."""
    with Ledger(file) as ledger:
        pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
        ledger._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            ledger.store_incoming(b"x" * 1_000_000, NOW)
        ledger._db.execute("PRAGMA max_page_count = 100000")
        ledger.plan_mail(MAIL)
        assert ledger.mails() == (MAIL,)


def test_a_file_that_is_no_ledger_gets_a_sentence(file: Path) -> None:
    """A wrong path in the configuration never overwrites a file."""
    file.parent.mkdir()
    file.write_bytes(b"a letter to grandmother " * 100)
    with pytest.raises(InputProblem):
        Ledger(file)
    assert file.read_bytes() == b"a letter to grandmother " * 100


def test_a_ledger_of_a_newer_version_is_left_alone(file: Path) -> None:
    """An older program must not write what it does not understand."""
    Ledger(file).close()
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(InputProblem):
        Ledger(file)


def test_a_mail_system_can_remember_something(tmp_path: Path) -> None:
    """The last value under a key is there in the next run, and nothing under another."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.set_meta("inbox", "page 1")
        ledger.set_meta("inbox", "page 2")
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert (ledger.meta("inbox"), ledger.meta("sent")) == ("page 2", None)


# The plan as it was

STATES = (
    ItemState(
        "A1",
        "Website vernieuwd",
        "Bram",
        date(2026, 6, 30),
        status=Status.IN_PROGRESS,
        light=TrafficLight.RED,
    ),
    ItemState("I1", "De reserve", target=5, upper=8),
)
LATER = (*STATES, ItemState("A2", "Grond gekocht"))


def test_the_plan_is_remembered_as_it_was(file: Path) -> None:
    """At any moment: as it was last seen by then; before that, as it was first seen."""
    with Ledger(file) as ledger:
        assert ledger.plan_at(NOW) is None
        ledger.remember_plan(STATES, datetime(2026, 6, 1, 8))
        ledger.remember_plan(LATER, datetime(2026, 7, 1, 8))
        assert ledger.plan_at(datetime(2026, 6, 15)) == (datetime(2026, 6, 1, 8), STATES)
        assert ledger.plan_at(datetime(2026, 7, 1, 8)) == (datetime(2026, 7, 1, 8), LATER)
        assert ledger.plan_at(datetime(2026, 5, 1)) == (datetime(2026, 6, 1, 8), STATES)


def test_a_plan_that_did_not_change_takes_no_room(file: Path) -> None:
    """It is kept when it differs, once a day, or again when a session workbook shows it."""
    with Ledger(file) as ledger:
        ledger.remember_plan(STATES, datetime(2026, 6, 1, 8))
        ledger.remember_plan(LATER, datetime(2026, 6, 1, 9))
        assert ledger.plan_at(NOW) == (datetime(2026, 6, 1, 8), STATES)
        ledger.remember_plan(STATES, datetime(2026, 6, 2, 8))
        assert ledger.plan_at(NOW) == (datetime(2026, 6, 1, 8), STATES)
        ledger.remember_plan(LATER, datetime(2026, 6, 1, 10), again=True)
        assert ledger.plan_at(NOW) == (datetime(2026, 6, 1, 10), LATER)
