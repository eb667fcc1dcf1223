"""A ledger that an older version made, brought to the tables of this one: in one transaction, and nothing is left out.

What is compared is the tables themselves, not only the version that the file states: a table or column that is missing is
added, a table with other rules is made anew from its rows. One that this version does not know is never touched: then the
file is newer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

OLDER_ROWS: Final[Mapping[tuple[str, str], str]] = {
    ("mail", "sent_to"): "recipient",
    ("mail", "tells"): "'[]'",
    ("receipt", "answers"): "'[]'",
    ("receipt", "problems"): "'[]'",
    ("contradiction", "author_nl"): "nl",
    ("contradiction", "author_en"): "en",
}
"""What a row of an older ledger holds in a column that it did not have, as SQL; else nothing: an empty text, or 0."""


class Newer(Exception):
    """The ledger has a version, table or column that this program does not know."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: its definition, and its columns with their default (None where they have none)."""

    sql: str
    columns: Mapping[str, _Column]


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str
    fills_itself: bool


def is_up_to_date(database: sqlite3.Connection, schema: str, version: int) -> bool:
    """Whether the ledger has exactly the tables of this version.

    Raises:
        Newer: It is a newer version's.
    """
    stated = database.execute("PRAGMA user_version").fetchone()[0]
    found, wanted = _tables(database), _wanted(schema)
    unknown = {*found} - {*wanted} or any({*found[n].columns} - {*wanted[n].columns} for n in found)
    if stated > version or (stated and unknown):
        raise Newer
    if not stated and found:
        raise sqlite3.DatabaseError("it is a database of another program")
    return stated == version and all(
        name in found and _plain(found[name].sql) == _plain(table.sql) for name, table in wanted.items()
    )


def bring_up_to_date(database: sqlite3.Connection, schema: str, version: int) -> None:
    """Make the tables of this version, with all rows that are there.

    Raises:
        Newer: The ledger is a newer version's.
        sqlite3.DatabaseError: It can't be written, or its rows do not fit.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        if not is_up_to_date(database, schema, version):  # another run may have been quicker
            _remake(database, schema)
            database.execute(f"PRAGMA user_version = {version:d}")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _remake(database: sqlite3.Connection, schema: str) -> None:
    found = _tables(database)
    others = {
        name: table
        for name, table in _wanted(schema).items()
        if name not in found or _plain(found[name].sql) != _plain(table.sql)
    }
    for name, table in others.items():
        if name in found:
            database.execute(f"ALTER TABLE {name} RENAME TO older")
        database.execute(table.sql)
        if name in found:
            _take_over(database, name, table, found[name])
            database.execute("DROP TABLE older")
    present = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    for name, sql in _indexes(schema).items():
        if name not in present:
            database.execute(sql)


def _take_over(database: sqlite3.Connection, name: str, table: _Table, older: _Table) -> None:
    values = {column: column for column in older.columns}
    for column, about in table.columns.items():
        if column not in values and not about.fills_itself:
            nothing = "0" if about.kind == "INTEGER" else "''"
            values[column] = OLDER_ROWS.get((name, column), nothing)
    into, what = ", ".join(values), ", ".join(values.values())
    database.execute(f"INSERT INTO {name} ({into}) SELECT {what} FROM older ORDER BY rowid")  # noqa: S608 - names of ours


def _tables(database: sqlite3.Connection) -> dict[str, _Table]:
    rows = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ).fetchall()
    return {name: _Table(sql, _columns(database, name)) for name, sql in rows}


def _columns(database: sqlite3.Connection, table: str) -> dict[str, _Column]:
    rows = database.execute("SELECT name, type, dflt_value, pk FROM pragma_table_info(?)", (table,))
    return {
        name: _Column(kind, default is not None or (bool(key) and kind == "INTEGER"))
        for name, kind, default, key in rows
    }


@cache
def _wanted(schema: str) -> Mapping[str, _Table]:
    with sqlite3.connect(":memory:") as database:
        database.executescript(schema)
        tables = _tables(database)
    database.close()
    return tables


@cache
def _indexes(schema: str) -> Mapping[str, str]:
    with sqlite3.connect(":memory:") as database:
        database.executescript(schema)
        rows = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        found = dict(rows.fetchall())
    database.close()
    return found


def _plain(sql: str) -> str:
    return " ".join(sql.split())
