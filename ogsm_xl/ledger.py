"""What happened: which mails went out, which replies came in, which reports reached the plan.

SQLite on a local disk, the only memory between runs. Every step is committed before the next one is taken, so that
after a crash at any point the next run knows what is certain, what has to be done again, and what nobody can know.

Tables: `mail` (one row a mail that was decided on), `said` (what it said), `incoming` (every mail that came in, raw, before it is read),
`report` (every report understood, waiting for the plan or applied to it), `receipt` (one row a reply whose sender is
told what was understood), `row_seen` (the rows of the plan as they last were, to notice that an owner edited one),
`plan_seen` (the plan's items on the days on which they were different),
`contradiction` (a reply and an edited row that disagree), `bounce` (addresses that mail came back from), `meta`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from ogsm_xl.ledger_upgrade import Newer, bring_up_to_date, is_up_to_date
from ogsm_xl.letters.rows import Coming
from ogsm_xl.plan.model import Report, normalised_id
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Text, TrafficLight, Word
from ogsm_xl.rhythm.changes import ItemState
from ogsm_xl.rhythm.mails import Announced, MailKind, Sent

_SCHEMA_VERSION = 2
_LEFT_OUT = "reports left out"  # up to which report (by its place in the table) nobody misses any
"""Goes up with every change of the tables; `ledger_upgrade` brings an older ledger along."""

_SCHEMA = """
CREATE TABLE mail (
    id          TEXT PRIMARY KEY,
    session     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    lead_days   INTEGER NOT NULL,
    occasion    TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    redirected  TEXT NOT NULL,
    sent_to     TEXT NOT NULL,
    person      TEXT NOT NULL,
    items       TEXT NOT NULL,
    announced   TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    tells       TEXT NOT NULL,
    token       TEXT NOT NULL,
    message_id  TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'drafted', 'sending', 'sent', 'unknown', 'failed')),
    handle      TEXT NOT NULL DEFAULT '',
    detail      TEXT NOT NULL DEFAULT '',
    planned_at  TEXT NOT NULL,
    changed_at  TEXT NOT NULL,
    UNIQUE (session, kind, lead_days, occasion, recipient, redirected)
) STRICT;
CREATE INDEX mail_state ON mail (state);
CREATE TABLE said (
    mail        TEXT PRIMARY KEY,
    content     BLOB NOT NULL
) STRICT;
CREATE INDEX mail_recipient ON mail (recipient);
CREATE TABLE incoming (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    digest      TEXT NOT NULL UNIQUE,
    raw         BLOB NOT NULL,
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('stored', 'understood', 'handled')),
    outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'accepted', 'duplicate', 'no_reply', 'review', 'discarded')),
    sender      TEXT NOT NULL DEFAULT '',
    subject     TEXT NOT NULL DEFAULT '',
    mail        TEXT NOT NULL DEFAULT '',
    reason_nl   TEXT NOT NULL DEFAULT '',
    reason_en   TEXT NOT NULL DEFAULT '',
    content     TEXT NOT NULL DEFAULT '',
    decision    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX incoming_state ON incoming (state);
CREATE INDEX incoming_outcome ON incoming (outcome);
CREATE INDEX incoming_content ON incoming (content);
CREATE TABLE report (
    key         TEXT PRIMARY KEY,
    incoming    TEXT NOT NULL DEFAULT '',
    content     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'applied')),
    cleared     TEXT NOT NULL DEFAULT '[]',
    confirms    INTEGER NOT NULL DEFAULT 0,
    asked_for   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX report_state ON report (state);
CREATE INDEX report_incoming ON report (incoming);
CREATE TABLE receipt (
    incoming    TEXT PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    token       TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    name        TEXT NOT NULL,
    mail        TEXT NOT NULL,
    answers     TEXT NOT NULL,
    problems    TEXT NOT NULL,
    message_id  TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'drafted', 'sending', 'sent', 'unknown', 'failed', 'left_out')),
    handle      TEXT NOT NULL DEFAULT '',
    detail      TEXT NOT NULL DEFAULT '',
    planned_at  TEXT NOT NULL,
    changed_at  TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_state ON receipt (state);
CREATE INDEX receipt_recipient ON receipt (recipient, changed_at);
CREATE TABLE contradiction (
    key         TEXT PRIMARY KEY,
    item        TEXT NOT NULL,
    nl          TEXT NOT NULL,
    en          TEXT NOT NULL,
    found_at    TEXT NOT NULL,
    author_nl   TEXT NOT NULL,
    author_en   TEXT NOT NULL
) STRICT;
CREATE TABLE bounce (
    address     TEXT PRIMARY KEY,
    mail        TEXT NOT NULL,
    bounced_at  TEXT NOT NULL
) STRICT;
CREATE TABLE row_seen (
    item        TEXT PRIMARY KEY,
    content     TEXT NOT NULL,
    seen_at     TEXT NOT NULL
) STRICT;
CREATE TABLE plan_seen (
    seen_at     TEXT PRIMARY KEY,
    content     BLOB NOT NULL
) STRICT;
CREATE TABLE meta (
    key         TEXT PRIMARY KEY,
    value       TEXT NOT NULL
) STRICT;
"""


class MailState(Enum):
    """How far a mail is. `UNKNOWN` is shown to a person, never guessed; `FAILED` is tried again by the next run."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail that was decided on, whatever became of it.

    Attributes:
        id: The mail's own ID, the first part of its token.
        recipient: The address of the person that it is for, as `ogsm_xl.rhythm.addressees.recipient_of` gives it.
        person: That person's name.
        items: Item ID to kind: what it asks about.
        handle: The mail system's own handle of the draft, or "".
        sent_to: The address that it went to: another than `recipient` where a deputy got it, or it was redirected.
        occasion: What makes it another mail than the one before of the same kind: a session's date, a day, a change.
        redirected: The test address that it went to in the person's place, or "": such a mail was never sent to them.
        announced: When the session is, as it told; None where it did not tell.
        sequence: How often the session had changed by then, as calendars count it.
        tells: Keys of what it tells that is told only once.
    """

    id: str
    session: str
    kind: MailKind
    lead_days: int
    recipient: str
    person: str
    items: Mapping[str, ItemKind]
    token: str
    message_id: str
    state: MailState
    planned_at: datetime
    handle: str = ""
    detail: str = ""
    sent_to: str = ""
    occasion: str = ""
    redirected: str = ""
    announced: Announced | None = None
    sequence: int = 0
    tells: tuple[str, ...] = ()


class Outcome(Enum):
    """What an incoming mail turned out to be. `DISCARDED` is a person's word, after `REVIEW`."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    NO_REPLY = "no_reply"
    REVIEW = "review"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One mail that came in.

    Attributes:
        number: By which people call it.
        digest: The SHA-256 of its raw bytes.
        mail: The ID of the mail that it answers, or "".
        reason: Why it is no answer, or waits for a person.
        decision: What a person decided about it, or "".
    """

    number: int
    digest: str
    received_at: datetime
    outcome: Outcome | None
    sender: str
    subject: str
    mail: str
    reason: Text
    decision: str = ""


class ReceiptState(Enum):
    """How far a receipt is. `LEFT_OUT` was not sent on purpose; `UNKNOWN` may have gone out, and never goes again."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """The receipt for one reply.

    Attributes:
        incoming: The digest of the reply.
        id: The receipt's own ID, the first part of its token.
        recipient: Who sent the reply; `name` is what to call them.
        mail: The ID of our mail that was answered.
        answers: The Message-ID of the reply, or "".
        problems: What was not understood.
        message_id: The receipt's own.
    """

    incoming: str
    id: str
    token: str
    recipient: str
    name: str
    mail: str
    answers: str
    problems: tuple[Text, ...]
    message_id: str
    planned_at: datetime
    state: ReceiptState = ReceiptState.PLANNED
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A reply and an edited row that disagree about an item; `key` is the reply's report.

    Attributes:
        text: The sentence for the process owner.
        to_author: The sentence for who replied.
    """

    key: str
    item: str
    text: Text
    to_author: Text


@dataclass(frozen=True, slots=True)
class Bounce:
    """An address that a mail came back from; `mail` is the ID of that mail."""

    address: str
    mail: str
    bounced_at: datetime


def _opened_for_reading(file: Path) -> sqlite3.Connection:
    """The database, to be read only.

    Where a run was killed in the middle of a step, half of that may stand in the file. SQLite takes it back before
    anything is read, which it can do only where it may write: so that is done first.
    """
    only_read = f"{file.absolute().as_uri()}?mode=ro"
    database = sqlite3.connect(only_read, uri=True, isolation_level=None, timeout=30)
    try:
        database.execute("PRAGMA user_version")
    except sqlite3.DatabaseError as error:
        database.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as writable:
            writable.execute("PRAGMA user_version")
        database = sqlite3.connect(only_read, uri=True, isolation_level=None, timeout=30)
    return database


class Ledger:
    """The memory between runs. Use as a context manager."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        """Open the ledger, making it on first use.

        Args:
            file: Where it is; ":memory:" is never needed, a dry run opens read-only.
            read_only: Change nothing; a ledger that does not exist yet then reads as an empty one.

        Raises:
            InputProblem: The file is no ledger, or of a newer version.
            OutsideProblem: It can't be opened or made.
        """
        self.file = file
        self.read_only = read_only
        try:
            self._db = self._connect(file, read_only=read_only)
        except Newer:
            raise InputProblem(
                Text(
                    f"Het logboek {file} is gemaakt door een nieuwere versie van ogsm-xl. Werk ogsm-xl op deze machine bij.",
                    f"The ledger {file} was made by a newer version of ogsm-xl. Update ogsm-xl on this machine.",
                )
            ) from None
        except sqlite3.DatabaseError as error:
            self._refuse(error)
        except OSError as error:
            raise OutsideProblem(
                Text(
                    f"Het logboek {file} kan niet worden gemaakt ({error.strerror}). Kies met [ledger] file een map waar deze gebruiker mag schrijven.",
                    f"The ledger {file} can't be made ({error.strerror}). Choose with [ledger] file a folder where this user may write.",
                )
            ) from None

    @staticmethod
    def _connect(file: Path, *, read_only: bool) -> sqlite3.Connection:
        if read_only and not file.exists():
            database = sqlite3.connect(":memory:", isolation_level=None)
        elif read_only:
            database = _opened_for_reading(file)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                file.touch(
                    mode=0o600
                )  # what people mailed is for the user of the jobs alone, as their mailbox is
            database = sqlite3.connect(file, isolation_level=None, timeout=30)
            database.execute("PRAGMA synchronous = FULL")
            # The journal stays beside it, emptied: to make and remove a file at each step takes longer than the step.
            database.execute("PRAGMA journal_mode = PERSIST")
        try:
            if is_up_to_date(database, _SCHEMA, _SCHEMA_VERSION):
                return database
            if read_only:  # the file stays as it is; what is read is a copy that is brought up to date
                older, database = database, sqlite3.connect(":memory:", isolation_level=None)
                older.backup(database)
                older.close()
            bring_up_to_date(database, _SCHEMA, _SCHEMA_VERSION)
            if read_only:
                database.execute("PRAGMA query_only = ON")
        except BaseException:
            database.close()
            raise
        return database

    def _refuse(self, error: sqlite3.DatabaseError) -> NoReturn:
        if isinstance(error, sqlite3.OperationalError):
            raise OutsideProblem(
                Text(
                    f"Het logboek {self.file} kan niet worden geopend ({error}). Staat het op een lokale schijf, en loopt er niet nog een taak?",
                    f"The ledger {self.file} can't be opened ({error}). Is it on a local disk, and is no other job running?",
                )
            ) from None
        raise InputProblem(
            Text(
                f"Het bestand {self.file} is geen logboek van ogsm-xl ({error}). Noem met [ledger] file een ander bestand, of zet een reservekopie terug.",
                f"The file {self.file} is no ledger of ogsm-xl ({error}). Name another file with [ledger] file, or put a backup back.",
            )
        ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def damage(self) -> str:
        """What is wrong with the file, in the words of the database; "" when nothing is."""
        try:
            found = str(self._db.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)
        return "" if found == "ok" else found

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """One step: all of it is committed, or none of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # where the disk is full, it was ended already
                self._db.execute("ROLLBACK")
            raise

    # Mail that goes out

    def plan_mail(self, row: MailRow, said: tuple[str, str] | None = None) -> None:
        """Note a mail that is going to be sent, before anything else happens with it.

        Args:
            row: The mail.
            said: Its plain text and its HTML: with them, an answer that was written between its lines is told apart
                from them.

        Raises:
            sqlite3.IntegrityError: There is a row already for this session, kind, lead time and recipient.
        """
        items = json.dumps({item: kind.key for item, kind in row.items.items()})
        moment = row.planned_at.isoformat()
        with self._step() as db:
            db.execute(
                "INSERT INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.id, row.session, row.kind.key, row.lead_days, row.occasion, row.recipient, row.redirected,
                    row.sent_to, row.person, items, _written(row.announced), row.sequence, json.dumps(row.tells),
                    row.token, row.message_id, row.state.value, row.handle, row.detail, moment, moment,
                ),
            )  # fmt: skip
            if said:
                _keep_said(db, row.id, said)

    def set_mail_state(self, mail_id: str, state: MailState, now: datetime, detail: str = "") -> None:
        """Note what became of a mail."""
        with self._step() as db:
            db.execute(
                "UPDATE mail SET state = ?, detail = ?, changed_at = ? WHERE id = ?",
                (state.value, detail, now.isoformat(), mail_id),
            )

    def drafted(self, mail_id: str, handle: str, now: datetime) -> None:
        """Note that a mail lies ready at the mail system, under its handle."""
        with self._step() as db:
            db.execute(
                "UPDATE mail SET state = 'drafted', handle = ?, changed_at = ? WHERE id = ?",
                (handle, now.isoformat(), mail_id),
            )

    def mails(self, *states: MailState, session: str | None = None) -> tuple[MailRow, ...]:
        """The mails in these states (all where none is named), oldest first, of one session or of all."""
        wanted = [state.value for state in states or MailState]
        marks = ", ".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT * FROM mail WHERE state IN ({marks}) AND session = coalesce(?, session) ORDER BY planned_at, rowid",  # noqa: S608 - marks are question marks only
            (*wanted, session),
        )
        return tuple(map(_mail_row, rows))

    def mail(self, mail_id: str) -> MailRow | None:
        """The mail with this ID."""
        return next(map(_mail_row, self._db.execute("SELECT * FROM mail WHERE id = ?", (mail_id,))), None)

    def mail_by_message_id(self, message_id: str) -> MailRow | None:
        """The mail that went out with this Message-ID."""
        rows = self._db.execute("SELECT * FROM mail WHERE message_id = ?", (message_id,))
        return next(map(_mail_row, rows), None)

    def last_mail_to(self, recipient: str) -> MailRow | None:
        """The last mail that was decided on for this address and asked something."""
        rows = self._db.execute(
            "SELECT * FROM mail WHERE recipient = ? AND items <> '{}' ORDER BY planned_at DESC, rowid DESC LIMIT 1",
            (recipient,),
        )
        return next(map(_mail_row, rows), None)

    def said(self, id_: str) -> tuple[str, str]:
        """The plain text and the HTML of a mail or a receipt; both "" where that was not kept."""
        found = self._db.execute("SELECT content FROM said WHERE mail = ?", (id_,)).fetchone()
        text, _, html = (
            zlib.decompress(found[0]).decode().partition(_BETWEEN_TEXT_AND_HTML) if found else ("",) * 3
        )
        return text, html

    def sent(self, redirected: str = "") -> tuple[Sent, ...]:
        """What counts as sent when deciding what is due, oldest first: all but what certainly failed.

        Args:
            redirected: Count the mails that went to this test address instead of those that went to their people.
        """
        return tuple(
            Sent(
                row.session,
                row.kind,
                row.recipient,
                row.lead_days,
                row.announced,
                row.sequence,
                row.planned_at.date(),
            )
            for row in self.mails(*(state for state in MailState if state is not MailState.FAILED))
            if row.redirected == redirected
        )

    def told(self, redirected: str = "", recipient: str | None = None) -> frozenset[str]:
        """The keys of what was told that is told only once: to one recipient, or to anybody."""
        rows = self._db.execute(
            "SELECT tells FROM mail WHERE state <> 'failed' AND tells <> '[]' AND redirected = ?"
            " AND recipient = coalesce(?, recipient)",
            (redirected, recipient),
        )
        return frozenset(key for (tells,) in rows for key in json.loads(tells))

    def mails_on(self, day: date) -> int:
        """How many mails were sent, or may have been, on a day."""
        found = self._db.execute(
            "SELECT count(*) FROM mail WHERE state <> 'failed' AND planned_at >= ? AND planned_at < ?",
            (day.isoformat(), (day + timedelta(days=1)).isoformat()),
        )
        return int(found.fetchone()[0])

    def forget_failed(self, row: MailRow) -> None:
        """Make room for another try at a mail that certainly was not sent."""
        with self._step() as db:
            db.execute(
                "DELETE FROM mail WHERE state = 'failed' AND session = ? AND kind = ? AND lead_days = ?"
                " AND occasion = ? AND recipient = ? AND redirected = ?",
                (row.session, row.kind.key, row.lead_days, row.occasion, row.recipient, row.redirected),
            )

    # Mail that comes in

    def store_incoming(self, raw: bytes, now: datetime) -> str:
        """Keep a mail as it came, before anything is done with it; returns its digest. A duplicate changes nothing."""
        digest = digest_of(raw)
        with self._step() as db:
            db.execute(
                "INSERT INTO incoming (digest, raw, received_at, state) VALUES (?, ?, ?, 'stored') ON CONFLICT DO NOTHING",
                (digest, raw, now.isoformat()),
            )
        return digest

    def incoming_outcome(self, digest: str) -> Outcome | None:
        """What an incoming mail turned out to be; None before it was read."""
        found = self._db.execute("SELECT outcome FROM incoming WHERE digest = ?", (digest,)).fetchone()
        return Outcome(found[0]) if found and found[0] else None

    def not_understood_yet(self) -> tuple[str, ...]:
        """The digests of the mails that were stored but not read: those of a run that was cut off, too."""
        rows = self._db.execute(
            "SELECT digest FROM incoming WHERE state = 'stored' ORDER BY received_at, number"
        )
        return tuple(digest for (digest,) in rows)

    def received_at(self, digest: str) -> datetime:
        """When a stored mail came in."""
        found = self._db.execute("SELECT received_at FROM incoming WHERE digest = ?", (digest,)).fetchone()
        return datetime.fromisoformat(found[0])

    def raw_mail(self, digest: str) -> bytes:
        """A stored mail, as it came."""
        return bytes(self._db.execute("SELECT raw FROM incoming WHERE digest = ?", (digest,)).fetchone()[0])

    def understood(
        self,
        digest: str,
        outcome: Outcome,
        *,
        sender: str,
        subject: str,
        mail_id: str = "",
        reason: Text = Text("", ""),
        content: str = "",
        reports: Mapping[str, Coming] | None = None,
        receipt: ReceiptRow | None = None,
        bounces: Iterable[Bounce] = (),
    ) -> None:
        """Note what a mail means, in one step.

        Args:
            digest: The mail.
            outcome: What it turned out to be.
            sender: Its sender.
            subject: Its subject.
            mail_id: The mail of ours that it answers.
            reason: Why it is no answer, or waits for a person.
            content: What tells it apart from every other mail, however it was delivered (`is_known`).
            reports: The reports in it, by key.
            receipt: The receipt that its sender is to get.
            bounces: The addresses that it says could not be reached. An answer from an address ends its bounce.
        """
        with self._step() as db:
            db.execute(
                "UPDATE incoming SET state = 'understood', outcome = ?, sender = ?, subject = ?, mail = ?,"
                " reason_nl = ?, reason_en = ?, content = ? WHERE digest = ?",
                (outcome.value, sender, subject, mail_id, reason.nl, reason.en, content, digest),
            )
            for key, coming in (reports or {}).items():
                _insert_report(db, key, coming, digest)
            if receipt:
                _insert_receipt(db, receipt)
            if outcome is Outcome.ACCEPTED:
                db.execute("DELETE FROM bounce WHERE address = ?", (sender,))
            for bounce in bounces:
                db.execute(
                    "INSERT INTO bounce VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET mail = excluded.mail,"
                    " bounced_at = excluded.bounced_at",
                    (bounce.address, bounce.mail, bounce.bounced_at.isoformat()),
                )

    def is_known(self, content: str, digest: str) -> bool:
        """Whether another mail with this content was read before: the same mail, delivered once more."""
        rows = self._db.execute("SELECT 1 FROM incoming WHERE content = ? AND digest <> ?", (content, digest))
        return rows.fetchone() is not None

    def handled(self, digests: Iterable[str]) -> None:
        """Note that nothing remains to be done with these mails."""
        with self._step() as db:
            db.executemany(
                "UPDATE incoming SET state = 'handled' WHERE digest = ?", [(digest,) for digest in digests]
            )

    def for_review(self) -> tuple[IncomingRow, ...]:
        """The mails that wait for a person."""
        rows = self._db.execute(
            f"SELECT {_INCOMING} FROM incoming WHERE outcome = 'review' ORDER BY received_at, number"  # noqa: S608 - names of columns
        )
        return tuple(map(_incoming_row, rows))

    def all_incoming(self) -> tuple[IncomingRow, ...]:
        """Every mail that came in, oldest first."""
        rows = self._db.execute(f"SELECT {_INCOMING} FROM incoming ORDER BY received_at, number")  # noqa: S608 - names of columns
        return tuple(map(_incoming_row, rows))

    def incoming(self, number: int) -> IncomingRow | None:
        """The mail that people call by this number."""
        rows = self._db.execute(
            f"SELECT {_INCOMING} FROM incoming WHERE number = ?",  # noqa: S608 - names of columns
            (number,),
        )
        return next(map(_incoming_row, rows), None)

    def reviewed(
        self, digest: str, outcome: Outcome, decision: str, reports: Mapping[str, Coming] | None = None
    ) -> None:
        """Note what a person decided about a mail, and the reports in it, in one step. It remains to be filed."""
        with self._step() as db:
            db.execute(
                "UPDATE incoming SET outcome = ?, decision = ?, state = 'understood' WHERE digest = ?",
                (outcome.value, decision, digest),
            )
            for key, coming in (reports or {}).items():
                _insert_report(db, key, coming, digest)

    def decided_not_filed(self) -> tuple[str, ...]:
        """The digests of the mails that a person decided on and that still lie where they waited."""
        rows = self._db.execute(
            "SELECT digest FROM incoming WHERE state = 'understood' AND decision <> '' ORDER BY number"
        )
        return tuple(digest for (digest,) in rows)

    def bounces(self) -> tuple[Bounce, ...]:
        """The addresses that mail came back from, and that have not answered since."""
        rows = self._db.execute("SELECT address, mail, bounced_at FROM bounce ORDER BY address")
        return tuple(Bounce(address, mail, datetime.fromisoformat(at)) for address, mail, at in rows)

    # Receipts

    def receipts(self, *states: ReceiptState) -> tuple[ReceiptRow, ...]:
        """The receipts in these states, in the order in which the replies were read."""
        marks = ", ".join("?" * len(states))
        rows = self._db.execute(
            f"SELECT * FROM receipt WHERE state IN ({marks}) ORDER BY planned_at, rowid",  # noqa: S608 - marks are question marks only
            [state.value for state in states],
        )
        return tuple(map(_receipt_row, rows))

    def receipt(self, id_or_message_id: str) -> ReceiptRow | None:
        """The receipt with this ID or Message-ID."""
        rows = self._db.execute(
            "SELECT * FROM receipt WHERE id = ?1 UNION SELECT * FROM receipt WHERE message_id = ?1",
            (id_or_message_id,),
        )
        return next(map(_receipt_row, rows), None)

    def receipt_for(self, incoming: str) -> ReceiptRow | None:
        """The receipt for a reply (by its digest)."""
        rows = self._db.execute("SELECT * FROM receipt WHERE incoming = ?", (incoming,))
        return next(map(_receipt_row, rows), None)

    def set_receipt_state(
        self,
        row: ReceiptRow,
        state: ReceiptState,
        now: datetime,
        *,
        handle: str = "",
        detail: str = "",
        said: tuple[str, str] | None = None,
    ) -> None:
        """Note how far a receipt is; with `said`, also its plain text and its HTML."""
        with self._step() as db:
            db.execute(
                "UPDATE receipt SET state = ?, handle = ?, detail = ?, changed_at = ? WHERE incoming = ?",
                (state.value, handle, detail, now.isoformat(), row.incoming),
            )
            if said:
                _keep_said(db, row.id, said)

    def receipts_on(self, day: date, recipient: str) -> int:
        """How many receipts went (or may have gone) to an address on a day."""
        found = self._db.execute(
            "SELECT count(*) FROM receipt WHERE recipient = ? AND substr(changed_at, 1, 10) = ?"
            " AND state IN ('sending', 'sent', 'unknown')",
            (recipient, day.isoformat()),
        )
        return int(found.fetchone()[0])

    def waits_for_plan(self, incoming: str) -> bool:
        """Whether a report of this mail has not reached the plan yet."""
        rows = self._db.execute(
            "SELECT 1 FROM report WHERE incoming = ? AND state = 'waiting' LIMIT 1", (incoming,)
        )
        return rows.fetchone() is not None

    def reports_of(self, incoming: str) -> tuple[Report, ...]:
        """The reports in a mail, as they were made, whether they have reached the plan or not."""
        rows = self._db.execute("SELECT content FROM report WHERE incoming = ? ORDER BY rowid", (incoming,))
        return tuple(_report(content) for (content,) in rows)

    # Reports

    def has_report(self, key: str) -> bool:
        """Whether there is a report with this key."""
        return self._db.execute("SELECT 1 FROM report WHERE key = ?", (key,)).fetchone() is not None

    def rows_edited(
        self, reports: Mapping[str, Coming], rows: Mapping[str, Mapping[str, Any]], now: datetime
    ) -> None:
        """Note the reports (by key) that owners made by editing rows, and the rows as they are now, in one step."""
        with self._step() as db:
            for key, coming in reports.items():
                _insert_report(db, key, coming, "")
            _see_rows(db, rows, now)

    def waiting_reports(self) -> Mapping[str, Report]:
        """Key to report of all that has not reached the plan yet, in the order in which they were made."""
        return {key: coming.report for key, coming in self.coming().items()}

    def coming(self) -> Mapping[str, Coming]:
        """The same, with all that bringing them into the plan needs."""
        rows = self._db.execute(
            "SELECT key, content, cleared, confirms, asked_for FROM report WHERE state = 'waiting' ORDER BY rowid"
        )
        found = {
            key: Coming(_report(content), frozenset(json.loads(cleared)), bool(confirms), asked_for)
            for key, content, cleared, confirms, asked_for in rows
        }
        return dict(sorted(found.items(), key=lambda pair: pair[1].report.made_at or datetime.min))

    def how_many_wait(self) -> int:
        """How many reports have not reached the plan yet."""
        return int(self._db.execute("SELECT count(*) FROM report WHERE state = 'waiting'").fetchone()[0])

    def number_reports(self, ids: Mapping[str, str]) -> None:
        """Note which ID (R123) each waiting report gets, before it is written."""
        with self._step() as db:
            for key, report_id in ids.items():
                content = db.execute("SELECT content FROM report WHERE key = ?", (key,)).fetchone()[0]
                report = dataclasses.replace(_report(content), id=report_id)
                db.execute("UPDATE report SET content = ? WHERE key = ?", (_content(report), key))

    def applied(
        self,
        keys: Iterable[str],
        rows: Mapping[str, Mapping[str, Any]],
        now: datetime,
        contradictions: Iterable[Contradiction] = (),
    ) -> None:
        """Note that these reports are in the plan, the rows (by item ID) as they are since, and what disagreed."""
        with self._step() as db:
            db.executemany("UPDATE report SET state = 'applied' WHERE key = ?", [(key,) for key in keys])
            _see_rows(db, rows, now)
            db.executemany(
                "INSERT INTO contradiction VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(c.key, c.item, *c.text, now.isoformat(), *c.to_author) for c in contradictions],
            )

    def written_reports(self) -> Iterator[tuple[str, Report]]:
        """Key and report of what was written into the plan, the newest first; without what was left out since."""
        rows = self._db.execute(
            "SELECT key, content FROM report WHERE state = 'applied' AND rowid > ? ORDER BY rowid DESC",
            (int(self.meta(_LEFT_OUT) or 0),),
        )
        return ((key, _report(content)) for key, content in rows)

    def settle_missing(
        self, keys: Iterable[str], rows: Mapping[str, Mapping[str, Any]], now: datetime, *, again: bool
    ) -> None:
        """Note what a person decided about reports that are not in the plan any more, and the rows as they are now.

        Args:
            keys: Those reports.
            rows: Item ID to row.
            now: The moment.
            again: They wait for the plan again; else they, and all that were written before, are missed no more.
        """
        with self._step() as db:
            if again:
                db.executemany("UPDATE report SET state = 'waiting' WHERE key = ?", [(key,) for key in keys])
            else:
                db.execute(
                    "INSERT INTO meta SELECT ?, CAST(max(rowid) AS TEXT) FROM report WHERE state = 'applied'"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (_LEFT_OUT,),
                )
            _see_rows(db, rows, now)

    def contradictions_of(self, incoming: str) -> tuple[Contradiction, ...]:
        """Where the reports in a mail were found to disagree with an edited row."""
        rows = self._db.execute(
            "SELECT c.key, c.item, c.nl, c.en, c.author_nl, c.author_en FROM contradiction c"
            " JOIN report r ON r.key = c.key WHERE r.incoming = ?",
            (incoming,),
        )
        return tuple(map(_contradiction, rows))

    def contradictions(self, since: datetime) -> tuple[Contradiction, ...]:
        """The replies and edited rows that were found to disagree since a moment."""
        rows = self._db.execute(
            "SELECT key, item, nl, en, author_nl, author_en FROM contradiction WHERE found_at > ? ORDER BY found_at, item",
            (since.isoformat(),),
        )
        return tuple(map(_contradiction, rows))

    # The plan as it was

    def remember_plan(self, items: Sequence[ItemState], now: datetime, *, again: bool = False) -> None:
        """Keep the plan's items as they are now, unless they are as they were when last kept.

        Args:
            items: The items.
            now: When they were seen.
            again: Keep them also where they were kept on this day already.
        """
        last = self._db.execute(
            "SELECT seen_at, content FROM plan_seen ORDER BY seen_at DESC LIMIT 1"
        ).fetchone()
        if last and not again and datetime.fromisoformat(last[0]).date() == now.date():
            return
        content = json.dumps([_state_row(item) for item in items])
        if last and zlib.decompress(last[1]).decode() == content:
            return
        with self._step() as db:
            db.execute(
                "INSERT INTO plan_seen VALUES (?, ?) ON CONFLICT (seen_at) DO UPDATE SET content = excluded.content",
                (now.isoformat(), zlib.compress(content.encode())),
            )

    def plan_at(self, moment: datetime) -> tuple[datetime, tuple[ItemState, ...]] | None:
        """The plan's items as they were at a moment, and when they were seen to be so.

        Where the plan was first seen later than that, as they were then; None where it was never seen.
        """
        found = self._db.execute(
            "SELECT seen_at, content FROM plan_seen ORDER BY seen_at > ?1, CASE WHEN seen_at > ?1 THEN seen_at END,"
            " seen_at DESC LIMIT 1",
            (moment.isoformat(),),
        ).fetchone()
        if found is None:
            return None
        rows = json.loads(zlib.decompress(found[1]))
        return datetime.fromisoformat(found[0]), tuple(map(_item_state, rows))

    # Rows of the plan as they last were

    def rows_seen(self) -> Mapping[str, Mapping[str, Any]]:
        """Item ID (normalised) to its reporting fields as they last were."""
        return {
            item: json.loads(content)
            for item, content in self._db.execute("SELECT item, content FROM row_seen")
        }

    def last_change_seen(self) -> datetime | None:
        """When a row was last seen to be new or changed."""
        found = self._db.execute("SELECT max(seen_at) FROM row_seen").fetchone()[0]
        return datetime.fromisoformat(found) if found else None

    # What a mail system remembers

    def meta(self, key: str) -> str | None:
        """What was remembered under this key, such as up to where an inbox was read."""
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value under a key."""
        with self._step() as db:
            db.execute(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )


def digest_of(raw: bytes) -> str:
    """What a mail that came in is known by."""
    return hashlib.sha256(raw).hexdigest()


def _mail_row(row: tuple[Any, ...]) -> MailRow:
    return MailRow(
        id=row[0],
        session=row[1],
        kind=_member(MailKind, row[2]),
        lead_days=row[3],
        occasion=row[4],
        recipient=row[5],
        redirected=row[6],
        sent_to=row[7],
        person=row[8],
        items={item: _member(ItemKind, kind) for item, kind in json.loads(row[9]).items()},
        announced=_read_announced(row[10]),
        sequence=row[11],
        tells=tuple(json.loads(row[12])),
        token=row[13],
        message_id=row[14],
        state=MailState(row[15]),
        handle=row[16],
        detail=row[17],
        planned_at=datetime.fromisoformat(row[18]),
    )


def _written(announced: Announced | None) -> str:
    """A day alone, or a moment, as ISO text; "" for none."""
    if announced is None:
        return ""
    day, clock = announced
    return day.isoformat() if clock is None else datetime.combine(day, clock).isoformat()


def _read_announced(written: str) -> Announced | None:
    if not written:
        return None
    moment = datetime.fromisoformat(written)
    return Announced(moment.date(), moment.time() if "T" in written else None)


_BETWEEN_TEXT_AND_HTML = "\f"
_INCOMING = "number, digest, received_at, outcome, sender, subject, mail, reason_nl, reason_en, decision"


def _incoming_row(row: tuple[Any, ...]) -> IncomingRow:
    return IncomingRow(
        number=row[0],
        digest=row[1],
        received_at=datetime.fromisoformat(row[2]),
        outcome=Outcome(row[3]) if row[3] else None,
        sender=row[4],
        subject=row[5],
        mail=row[6],
        reason=Text(row[7], row[8]),
        decision=row[9],
    )


def _receipt_row(row: tuple[Any, ...]) -> ReceiptRow:
    return ReceiptRow(
        incoming=row[0],
        id=row[1],
        token=row[2],
        recipient=row[3],
        name=row[4],
        mail=row[5],
        answers=row[6],
        problems=tuple(Text(nl, en) for nl, en in json.loads(row[7])),
        message_id=row[8],
        state=ReceiptState(row[9]),
        handle=row[10],
        planned_at=datetime.fromisoformat(row[12]),
    )


def _contradiction(row: tuple[Any, ...]) -> Contradiction:
    key, item, nl, en, author_nl, author_en = row
    return Contradiction(key, item, Text(nl, en), Text(author_nl, author_en))


def _keep_said(db: sqlite3.Connection, id_: str, said: tuple[str, str]) -> None:
    content = zlib.compress(_BETWEEN_TEXT_AND_HTML.join(said).encode("utf-8", "replace"))
    db.execute(
        "INSERT INTO said VALUES (?, ?) ON CONFLICT (mail) DO UPDATE SET content = excluded.content",
        (id_, content),
    )


def _insert_receipt(db: sqlite3.Connection, row: ReceiptRow) -> None:
    moment = row.planned_at.isoformat()
    db.execute(
        "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?) ON CONFLICT DO NOTHING",
        (
            row.incoming, row.id, row.token, row.recipient, row.name, row.mail, row.answers, json.dumps(row.problems), row.message_id,
            row.state.value, row.handle, moment, moment,
        ),
    )  # fmt: skip


def _insert_report(db: sqlite3.Connection, key: str, coming: Coming, digest: str) -> None:
    db.execute(
        "INSERT INTO report VALUES (?, ?, ?, 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            key,
            digest,
            _content(coming.report),
            json.dumps(sorted(coming.cleared)),
            int(coming.confirms),
            coming.asked_for,
        ),
    )


def _see_rows(db: sqlite3.Connection, rows: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
    db.executemany(
        "INSERT INTO row_seen VALUES (?, ?, ?) ON CONFLICT (item) DO UPDATE SET content = excluded.content,"
        " seen_at = excluded.seen_at",
        [
            (normalised_id(item), json.dumps(row, sort_keys=True), now.isoformat())
            for item, row in rows.items()
        ],
    )


def _state_row(item: ItemState) -> list[Any]:
    return [
        item.id,
        item.text,
        item.owner,
        item.deadline.isoformat() if item.deadline else None,
        item.target,
        item.upper,
        item.status.key if item.status else None,
        item.light.key if item.light else None,
    ]


def _item_state(row: list[Any]) -> ItemState:
    return ItemState(
        id=row[0],
        text=row[1],
        owner=row[2],
        deadline=date.fromisoformat(row[3]) if row[3] else None,
        target=row[4],
        upper=row[5],
        status=_member(Status, row[6]) if row[6] else None,
        light=_member(TrafficLight, row[7]) if row[7] else None,
    )


_REPORT_WORDS: Mapping[str, type[Word]] = {
    "kind": ItemKind,
    "status": Status,
    "light": TrafficLight,
    "source": ReportSource,
}


def _content(report: Report) -> str:
    values = {
        field.name: getattr(report, field.name) for field in dataclasses.fields(report) if field.name != "row"
    }
    return json.dumps(
        {
            name: value.key
            if isinstance(value, Word)
            else value.isoformat()
            if isinstance(value, date)
            else value
            for name, value in values.items()
        }
    )


def _report(content: str) -> Report:
    values = json.loads(content)
    for name, words in _REPORT_WORDS.items():
        values[name] = _member(words, values[name]) if values[name] else None
    values["made_at"] = datetime.fromisoformat(values["made_at"]) if values["made_at"] else None
    values["measured_on"] = date.fromisoformat(values["measured_on"]) if values["measured_on"] else None
    return Report(**values)


def _member(words: type[Any], key: str) -> Any:
    return words[key.upper()]
