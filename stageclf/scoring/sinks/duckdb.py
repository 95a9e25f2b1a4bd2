"""DuckDB: a table `scores`, a view `stages_by_week`, and a table `about` with model, taxonomy and options."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.extras import require
from stageclf.scoring.sinks.base import ArrowSink, OutputError
from stageclf.scoring.sinks.database import ABOUT, CREATE_VIEW, TABLE, refuse_others

SETTINGS = {"memory_limit": "512MB", "threads": 1}


class DuckdbSink(ArrowSink):
    """Columns keep their types, nested ones too."""

    folds_case = True
    dated = True

    @classmethod
    def check(cls, path: Path | None) -> None:
        duckdb = require("duckdb", "duckdb")
        if path is None or not path.exists():
            return
        try:
            with closing(duckdb.connect(str(path), read_only=True)) as database:
                names = database.execute("SELECT table_name FROM information_schema.tables").fetchall()
        except duckdb.Error as error:
            raise OutputError(
                f"cannot write {path}: it is there and no DuckDB database that can be opened; write to another file"
            ) from error
        refuse_others(path, (name for (name,) in names))

    def build_from(self, tables: Iterator[pa.Table], path: Path) -> None:
        duckdb = require("duckdb", "duckdb")
        try:
            with closing(duckdb.connect(str(path), config=SETTINGS)) as database:
                self._fill(database, tables)
        except duckdb.Error as error:
            raise OSError(str(error)) from error

    def _fill(self, database: Any, tables: Iterator[pa.Table]) -> None:
        database.register("portion", self.arrow.empty_table())
        database.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM portion")
        for table in tables:
            database.register("portion", table)
            database.execute(f"INSERT INTO {TABLE} SELECT * FROM portion")
        database.unregister("portion")
        database.execute(f"CREATE TABLE {ABOUT} (name TEXT, value TEXT)")
        database.execute(f"INSERT INTO {ABOUT} VALUES ('stageclf', ?)", [self.about])
        database.execute(CREATE_VIEW)
