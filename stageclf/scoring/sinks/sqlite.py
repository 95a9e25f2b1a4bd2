"""SQLite: a table `scores`, a view `stages_by_week`, and a table `about` with model, taxonomy and options."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.scoring.sinks.base import ArrowSink, OutputError
from stageclf.scoring.sinks.database import ABOUT, CREATE_VIEW, TABLE, quoted, refuse_others
from stageclf.scoring.sinks.values import as_json, plain

MOST_COLUMNS = 2000
ROWS_AT_ONCE = 4096
_KNOWN = (int, float, str, bytes, type(None))


class SqliteSink(ArrowSink):
    """Truth values are 0 and 1, dates ISO 8601, nested values JSON."""

    folds_case = True
    dated = True

    @classmethod
    def check(cls, path: Path | None) -> None:
        if path is None or not path.exists():
            return
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
                names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type != 'index'")]
        except sqlite3.DatabaseError as error:
            raise OutputError(
                f"cannot write {path}: it is there and no SQLite database; write to another file"
            ) from error
        refuse_others(path, names)

    def head(self) -> bytes:
        if len(self.schema) > MOST_COLUMNS:
            raise OutputError(
                f"SQLite takes {MOST_COLUMNS:,} columns, these are {len(self.schema):,}: write .parquet"
            )
        return b""

    def build_from(self, tables: Iterator[pa.Table], path: Path) -> None:
        try:
            self._fill(tables, path)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def _fill(self, tables: Iterator[pa.Table], path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for setting in ("journal_mode=OFF", "synchronous=OFF"):
                database.execute(f"PRAGMA {setting}")
            columns = ", ".join(f"{quoted(name)} {_type(kind)}" for name, kind in self.schema.items())
            insert = f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(self.schema))})"
            database.execute("BEGIN")
            database.execute(f"CREATE TABLE {TABLE} ({columns})")
            for table in tables:
                for batch in table.to_batches(ROWS_AT_ONCE):
                    database.executemany(insert, zip(*map(_values, batch.columns), strict=True))
            database.execute(f"CREATE TABLE {ABOUT} (name TEXT, value TEXT)")
            database.execute(f"INSERT INTO {ABOUT} VALUES ('stageclf', ?)", (self.about,))
            database.execute(CREATE_VIEW)
            database.execute("COMMIT")


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
