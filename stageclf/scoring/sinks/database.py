"""Outputs that are databases: a table `scores`, a view `stages_by_week`, and a table `about` of what made them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.scoring.sinks.base import ArrowSink, OutputError

TABLE, ABOUT, VIEW = "scores", "about", "stages_by_week"
CREATE_VIEW = f"""
CREATE VIEW {VIEW} AS
SELECT week, language, stage, COUNT(*) AS texts
FROM {TABLE} WHERE status = 'scored'
GROUP BY week, language, stage
ORDER BY week, language, stage
"""


class DatabaseSink(ArrowSink):
    """A database in one file; one that holds more than an earlier run wrote is not replaced."""

    folds_case = True
    dated = True

    @classmethod
    def check(cls, path: Path | None) -> None:
        """As `Sink.check`; raises OutputError for a database with tables of others, and for a file that is none."""
        if path is None or not path.exists():
            return
        others = sorted(set(cls.names(path)) - {TABLE, ABOUT, VIEW})
        if others:
            raise OutputError(
                f"cannot write {path}: it is a database that holds {', '.join(others[:8])}, too, and would be "
                "replaced; write to another file"
            )

    @classmethod
    @abstractmethod
    def names(cls, path: Path) -> Iterable[str]:
        """The tables and views of an existing database; raises OutputError for a file that is none."""

    @abstractmethod
    def created(self, path: Path) -> AbstractContextManager[Any]:
        """A connection to a new database, closed at the end; errors of the database become OSError."""

    @abstractmethod
    def fill(self, database: Any, tables: Iterator[pa.Table]) -> None:
        """Make the table TABLE of tables of some ten thousand rows."""

    def build_from(self, tables: Iterator[pa.Table], path: Path) -> None:
        with self.created(path) as database:
            self.fill(database, tables)
            database.execute(f"CREATE TABLE {ABOUT} (name TEXT, value TEXT)")
            database.execute(f"INSERT INTO {ABOUT} VALUES ('stageclf', ?)", [self.about])
            database.execute(CREATE_VIEW)
