"""SQLite: truth values are 0 and 1, dates ISO 8601, nested values JSON."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.scoring.sinks.base import OutputError
from stageclf.scoring.sinks.database import TABLE, DatabaseSink
from stageclf.scoring.sinks.values import as_json, plain

MOST_COLUMNS = 2000
ROWS_AT_ONCE = 4096
_KNOWN = (int, float, str, bytes, type(None))


class SqliteSink(DatabaseSink):
    """An SQLite database."""

    @classmethod
    def names(cls, path: Path) -> list[str]:
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
                return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type != 'index'")]
        except sqlite3.DatabaseError as error:
            raise OutputError(
                f"cannot write {path}: it is there and no SQLite database; write to another file"
            ) from error

    def head(self) -> bytes:
        if len(self.schema) > MOST_COLUMNS:
            raise OutputError(
                f"SQLite takes {MOST_COLUMNS:,} columns, these are {len(self.schema):,}: write .parquet"
            )
        return b""

    @contextmanager
    def created(self, path: Path) -> Iterator[sqlite3.Connection]:
        """As `DatabaseSink.created`, within one transaction."""
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as database:
                for setting in ("journal_mode=OFF", "synchronous=OFF"):
                    database.execute(f"PRAGMA {setting}")
                database.execute("BEGIN")
                yield database
                database.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def fill(self, database: sqlite3.Connection, tables: Iterator[pa.Table]) -> None:
        columns = ", ".join(f"{_quoted(name)} {_type(kind)}" for name, kind in self.schema.items())
        database.execute(f"CREATE TABLE {TABLE} ({columns})")
        insert = f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(self.schema))})"
        for table in tables:
            for batch in table.to_batches(ROWS_AT_ONCE):
                database.executemany(insert, zip(*map(_values, batch.columns), strict=True))


def _quoted(name: str) -> str:
    """A name of a column in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _values(column: pa.Array) -> list[Any]:
    return [_value(value) for value in column.to_pylist()]


def _value(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return as_json(value)
    if isinstance(value, (datetime.date, datetime.time)) or not isinstance(value, _KNOWN):
        return plain(value)
    return str(value) if isinstance(value, int) and not -(2**63) <= value < 2**63 else value
