"""A ledger of an older version is brought along with everything in it; one of a newer version is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ogsm_xl.ledger import Ledger, MailState
from ogsm_xl.plan.problem import InputProblem

VERSION_1 = """
CREATE TABLE mail (
    id          TEXT PRIMARY KEY,
    session     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    lead_days   INTEGER NOT NULL,
    recipient   TEXT NOT NULL,
    person      TEXT NOT NULL,
    items       TEXT NOT NULL,
    token       TEXT NOT NULL,
    message_id  TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'sent', 'unknown', 'failed')),
    detail      TEXT NOT NULL DEFAULT '',
    planned_at  TEXT NOT NULL,
    changed_at  TEXT NOT NULL,
    UNIQUE (session, kind, lead_days, recipient)
) STRICT;
CREATE TABLE incoming (
    digest      TEXT PRIMARY KEY,
    raw         BLOB NOT NULL,
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('stored', 'understood', 'handled')),
    outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'accepted', 'no_reply', 'review')),
    sender      TEXT NOT NULL DEFAULT '',
    subject     TEXT NOT NULL DEFAULT '',
    mail        TEXT NOT NULL DEFAULT '',
    reason_nl   TEXT NOT NULL DEFAULT '',
    reason_en   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE report (
    key         TEXT PRIMARY KEY,
    incoming    TEXT NOT NULL DEFAULT '',
    content     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'applied'))
) STRICT;
CREATE TABLE row_seen (
    item        TEXT PRIMARY KEY,
    content     TEXT NOT NULL,
    seen_at     TEXT NOT NULL
) STRICT;
CREATE TABLE meta (
    key         TEXT PRIMARY KEY,
    value       TEXT NOT NULL
) STRICT;
INSERT INTO mail VALUES ('AAAA', 'SES9', 'invitation', 7, 'anna@example.org', 'Anna', '{"A1": "action"}', 'AAAA-1234',
    '<ogsm-AAAA@example.org>', 'sent', '', '2026-09-03T08:00:00', '2026-09-03T08:00:01');
INSERT INTO incoming (digest, raw, received_at, state, outcome, sender) VALUES
    ('d1', x'00', '2026-09-04T09:00:00', 'handled', 'review', 'bram@example.org'),
    ('d2', x'00', '2026-09-04T10:00:00', 'handled', 'accepted', 'anna@example.org');
INSERT INTO meta VALUES ('inbox', 'page 1');
PRAGMA user_version = 1;
"""
"""The first tables that a ledger ever had, with some rows."""


def made_by(file: Path, script: str) -> Path:
    database = sqlite3.connect(file)
    database.executescript(script)
    database.close()
    return file


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return made_by(tmp_path / "ledger.sqlite", VERSION_1)


def tables_of(file: Path) -> dict[str, str]:
    database = sqlite3.connect(file)
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    database.close()
    return dict(rows)


def test_what_an_older_ledger_holds_is_kept(older: Path) -> None:
    """Mails, replies and what a mail system remembered are there; what they did not know then has a sensible value."""
    with Ledger(older) as ledger:
        (mail,) = ledger.mails()
        replies = [(row.number, row.sender) for row in ledger.all_incoming()]
        assert ledger.meta("inbox") == "page 1"
    assert (mail.id, mail.state, mail.sent_to, mail.tells, mail.announced) == (
        "AAAA",
        MailState.SENT,
        "anna@example.org",
        (),
        None,
    )
    assert replies == [(1, "bram@example.org"), (2, "anna@example.org")]


def test_it_then_has_the_tables_of_a_new_one(older: Path, tmp_path: Path) -> None:
    """Every table, rule and index; opening it again changes nothing any more."""
    new = tmp_path / "new.sqlite"
    Ledger(new).close()
    Ledger(older).close()
    assert tables_of(older) == tables_of(new)
    before = older.read_bytes()
    Ledger(older).close()
    assert older.read_bytes() == before


@pytest.mark.parametrize(
    "table", ["said", "incoming", "report", "receipt", "contradiction", "bounce", "plan_seen"]
)
def test_a_table_that_is_missing_is_made(tmp_path: Path, table: str) -> None:
    """Whatever version the file states."""
    file = tmp_path / "ledger.sqlite"
    Ledger(file).close()
    complete = tables_of(file)
    made_by(file, f"DROP TABLE {table}")
    Ledger(file).close()
    assert tables_of(file) == complete


def test_a_dry_run_reads_an_older_ledger_and_leaves_it_as_it_is(older: Path) -> None:
    """Not a byte of it changes."""
    before = older.read_bytes()
    with Ledger(older, read_only=True) as ledger:
        assert [mail.id for mail in ledger.mails()] == ["AAAA"]
        assert ledger.how_many_wait() == 0
        with pytest.raises(sqlite3.OperationalError):
            ledger.set_meta("inbox", "page 2")
    assert older.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 99",
        "CREATE TABLE later (key TEXT)",
        "ALTER TABLE mail ADD COLUMN later TEXT",
    ],
)
def test_a_newer_ledger_is_left_alone(tmp_path: Path, change: str) -> None:
    """By its version, or by a table or column that this program does not know: nothing that it holds is lost."""
    file = tmp_path / "ledger.sqlite"
    Ledger(file).close()
    before = made_by(file, change).read_bytes()
    for read_only in (False, True):
        with pytest.raises(InputProblem, match="newer version"):
            Ledger(file, read_only=read_only)
    assert file.read_bytes() == before


def test_an_upgrade_that_fails_changes_nothing(older: Path) -> None:
    """Rows that no ledger could hold are a sentence, and the file is what it was."""
    made_by(
        older,
        "PRAGMA user_version = 1; DROP TABLE report; CREATE TABLE report (key TEXT);"
        "INSERT INTO report VALUES ('a'), ('a')",
    )
    before = older.read_bytes()
    with pytest.raises(InputProblem, match="no ledger"):
        Ledger(older)
    assert older.read_bytes() == before


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A wrong path in the configuration never changes a file."""
    file = made_by(tmp_path / "ledger.sqlite", "CREATE TABLE customers (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(InputProblem, match="no ledger"):
        Ledger(file)
    assert file.read_bytes() == before
