"""What happened: which mails went out, which replies came in, which reports reached the plan.

SQLite on a local disk, the only memory between runs. Every step is committed before the next one is taken, so that
after a crash at any point the next run knows what is certain, what has to be done again, and what nobody can know.

Tables: `mail` (one row a mail that was decided on), `incoming` (every mail that came in, raw, before it is read),
`report` (every report understood, waiting for the plan or applied to it), `row_seen` (the rows of the plan as they
last were, to notice that an owner edited one), `meta`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from ogsm_xl.plan.model import Report, normalised_id
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import ItemKind, ReportSource, Status, Text, TrafficLight, Word
from ogsm_xl.rhythm.due import MailKind, Sent

_SCHEMA_VERSION = 1

_SCHEMA = """
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
    state       TEXT NOT NULL CHECK (state IN ('planned', 'drafted', 'sending', 'sent', 'unknown', 'failed')),
    handle      TEXT NOT NULL DEFAULT '',
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
        recipient: The owner's address, as `ogsm_xl.rhythm.due.recipient_of` gives it.
        items: Item ID to kind: what it asks about.
        handle: The mail system's own handle of the draft, or "".
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


class Outcome(Enum):
    """What an incoming mail turned out to be."""

    ACCEPTED = "accepted"
    NO_REPLY = "no_reply"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One mail that came in; `digest` is the SHA-256 of its raw bytes."""

    digest: str
    received_at: datetime
    state: str
    outcome: Outcome | None
    sender: str
    subject: str
    reason: Text


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
        try:
            self._db = self._connect(file, read_only=read_only)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            self._refuse(error)
        except OSError as error:
            raise OutsideProblem(
                Text(
                    f"Het logboek {file} kan niet worden gemaakt ({error.strerror}). Kies met [ledger] file een map waar deze gebruiker mag schrijven.",
                    f"The ledger {file} can't be made ({error.strerror}). Choose with [ledger] file a folder where this user may write.",
                )
            ) from None
        if version > _SCHEMA_VERSION:
            raise InputProblem(
                Text(
                    f"Het logboek {file} is gemaakt door een nieuwere versie van ogsm-xl. Werk ogsm-xl op deze machine bij.",
                    f"The ledger {file} was made by a newer version of ogsm-xl. Update ogsm-xl on this machine.",
                )
            )

    @staticmethod
    def _connect(file: Path, *, read_only: bool) -> sqlite3.Connection:
        if read_only and not file.exists():
            database = sqlite3.connect(":memory:", isolation_level=None)
        elif read_only:
            database = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=30
            )
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(file, isolation_level=None, timeout=30)
            database.execute("PRAGMA synchronous = FULL")
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("it is a database of another program")
            database.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;"
            )
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

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """One step: all of it is committed, or none of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # Mail that goes out

    def plan_mail(self, row: MailRow) -> None:
        """Note a mail that is going to be sent, before anything else happens with it.

        Raises:
            sqlite3.IntegrityError: There is a row already for this session, kind, lead time and recipient.
        """
        items = json.dumps({item: kind.key for item, kind in row.items.items()})
        moment = row.planned_at.isoformat()
        with self._step() as db:
            db.execute(
                "INSERT INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.id, row.session, row.kind.key, row.lead_days, row.recipient, row.person, items, row.token,
                    row.message_id, row.state.value, row.handle, row.detail, moment, moment,
                ),
            )  # fmt: skip

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

    def sent(self) -> tuple[Sent, ...]:
        """What counts as sent when deciding what is due: all but what certainly failed."""
        return tuple(
            Sent(row.session, row.kind, row.recipient, row.lead_days)
            for row in self.mails(*(state for state in MailState if state is not MailState.FAILED))
        )

    def forget_failed(self, session: str, kind: MailKind, lead_days: int, recipient: str) -> None:
        """Make room for another try at a mail that certainly was not sent."""
        with self._step() as db:
            db.execute(
                "DELETE FROM mail WHERE state = 'failed' AND session = ? AND kind = ? AND lead_days = ? AND recipient = ?",
                (session, kind.key, lead_days, recipient),
            )

    # Mail that comes in

    def store_incoming(self, raw: bytes, now: datetime) -> str:
        """Keep a mail as it came, before anything is done with it; returns its digest. A duplicate changes nothing."""
        digest = hashlib.sha256(raw).hexdigest()
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
            "SELECT digest FROM incoming WHERE state = 'stored' ORDER BY received_at, rowid"
        )
        return tuple(digest for (digest,) in rows)

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
        reports: Mapping[str, Report] | None = None,
    ) -> None:
        """Note what a mail means, and the reports in it (by key), in one step."""
        with self._step() as db:
            db.execute(
                "UPDATE incoming SET state = 'understood', outcome = ?, sender = ?, subject = ?, mail = ?,"
                " reason_nl = ?, reason_en = ? WHERE digest = ?",
                (outcome.value, sender, subject, mail_id, reason.nl, reason.en, digest),
            )
            for key, report in (reports or {}).items():
                _insert_report(db, key, report, digest)

    def handled(self, digest: str) -> None:
        """Note that nothing remains to be done with a mail."""
        with self._step() as db:
            db.execute("UPDATE incoming SET state = 'handled' WHERE digest = ?", (digest,))

    def for_review(self) -> tuple[IncomingRow, ...]:
        """The mails that wait for a person."""
        rows = self._db.execute(
            "SELECT digest, received_at, state, outcome, sender, subject, reason_nl, reason_en FROM incoming"
            " WHERE outcome = 'review' ORDER BY received_at, rowid"
        )
        return tuple(
            IncomingRow(
                row[0],
                datetime.fromisoformat(row[1]),
                row[2],
                Outcome(row[3]),
                row[4],
                row[5],
                Text(*row[6:8]),
            )
            for row in rows
        )

    # Reports

    def rows_edited(
        self, reports: Mapping[str, Report], rows: Mapping[str, Mapping[str, Any]], now: datetime
    ) -> None:
        """Note the reports (by key) that owners made by editing rows, and the rows as they are now, in one step."""
        with self._step() as db:
            for key, report in reports.items():
                _insert_report(db, key, report, "")
            _see_rows(db, rows, now)

    def waiting_reports(self) -> Mapping[str, Report]:
        """Key to report of all that has not reached the plan yet, in the order in which they were made."""
        rows = self._db.execute("SELECT key, content FROM report WHERE state = 'waiting' ORDER BY rowid")
        found = {key: _report(content) for key, content in rows}
        return dict(sorted(found.items(), key=lambda pair: pair[1].made_at or datetime.min))

    def number_reports(self, ids: Mapping[str, str]) -> None:
        """Note which ID (R123) each waiting report gets, before it is written."""
        with self._step() as db:
            for key, report_id in ids.items():
                content = db.execute("SELECT content FROM report WHERE key = ?", (key,)).fetchone()[0]
                report = dataclasses.replace(_report(content), id=report_id)
                db.execute("UPDATE report SET content = ? WHERE key = ?", (_content(report), key))

    def applied(self, keys: Iterable[str], rows: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
        """Note that these reports are in the plan, and the rows (by item ID) as they are since, in one step."""
        with self._step() as db:
            db.executemany("UPDATE report SET state = 'applied' WHERE key = ?", [(key,) for key in keys])
            _see_rows(db, rows, now)

    # Rows of the plan as they last were

    def rows_seen(self) -> Mapping[str, Mapping[str, Any]]:
        """Item ID (normalised) to its reporting fields as they last were."""
        return {
            item: json.loads(content)
            for item, content in self._db.execute("SELECT item, content FROM row_seen")
        }

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


def _mail_row(row: tuple[Any, ...]) -> MailRow:
    return MailRow(
        id=row[0],
        session=row[1],
        kind=_member(MailKind, row[2]),
        lead_days=row[3],
        recipient=row[4],
        person=row[5],
        items={item: _member(ItemKind, kind) for item, kind in json.loads(row[6]).items()},
        token=row[7],
        message_id=row[8],
        state=MailState(row[9]),
        handle=row[10],
        detail=row[11],
        planned_at=datetime.fromisoformat(row[12]),
    )


def _insert_report(db: sqlite3.Connection, key: str, report: Report, digest: str) -> None:
    db.execute(
        "INSERT INTO report (key, incoming, content, state) VALUES (?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
        (key, digest, _content(report)),
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
