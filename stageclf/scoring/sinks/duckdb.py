"""DuckDB: columns keep their types, nested ones too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.extras import require
from stageclf.scoring.sinks.base import OutputError
from stageclf.scoring.sinks.database import TABLE, DatabaseSink

SETTINGS = {"memory_limit": "512MB", "threads": 1}


class DuckdbSink(DatabaseSink):
    """A DuckDB database; needs the extra `duckdb`."""

    @classmethod
    def check(cls, path: Path | None) -> None:
        """As `DatabaseSink.check`; raises MissingExtraError without DuckDB, whatever there is at the path."""
        require("duckdb", "duckdb")
        super().check(path)

    @classmethod
    def names(cls, path: Path) -> list[str]:
        duckdb = require("duckdb", "duckdb")
        try:
            with closing(duckdb.connect(str(path), read_only=True)) as database:
                rows = database.execute("SELECT table_name FROM information_schema.tables").fetchall()
        except duckdb.Error as error:
            raise OutputError(
                f"cannot write {path}: it is there and no DuckDB database that can be opened; write to another file"
            ) from error
        return [name for (name,) in rows]

    @contextmanager
    def created(self, path: Path) -> Iterator[Any]:
        duckdb = require("duckdb", "duckdb")
        try:
            with closing(duckdb.connect(str(path), config=SETTINGS)) as database:
                yield database
        except duckdb.Error as error:
            raise OSError(str(error)) from error

    def fill(self, database: Any, tables: Iterator[pa.Table]) -> None:
        database.register("portion", self.arrow.empty_table())
        database.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM portion")
        for table in tables:
            database.register("portion", table)
            database.execute(f"INSERT INTO {TABLE} SELECT * FROM portion")
        database.unregister("portion")
