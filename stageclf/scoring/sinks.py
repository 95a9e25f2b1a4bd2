"""Where scored rows go: CSV, JSON Lines or Parquet, by the ending; a file appears only when it is whole."""

from __future__ import annotations

import csv
import json
import os
from abc import ABC, abstractmethod
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa


class OutputError(ValueError):
    """An output that cannot be written; the message says why and what to do."""


class Sink(ABC):
    """A context manager that collects rows in a temporary file beside `path` and renames it at the end."""

    def __init__(self, path: Path, schema: dict[str, pa.DataType]) -> None:
        self.path = path
        self.schema = schema
        self.partial = path.with_name(f".{path.name}.{os.getpid()}.partial")

    @abstractmethod
    def _open(self) -> None: ...

    @abstractmethod
    def write(self, rows: list[dict[str, Any]]) -> None:
        """Append rows; every row has all columns of the schema."""

    @abstractmethod
    def _close(self) -> None: ...

    def __enter__(self) -> Sink:
        try:
            self._open()
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {error.strerror or error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink(missing_ok=True)


class CsvSink(Sink):
    def _open(self) -> None:
        self._file = self.partial.open("w", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._file, list(self.schema))
        self._writer.writeheader()

    def write(self, rows: list[dict[str, Any]]) -> None:
        self._writer.writerows({name: _flat(value) for name, value in row.items()} for row in rows)

    def _close(self) -> None:
        self._file.close()


class JsonlSink(Sink):
    def _open(self) -> None:
        self._file = self.partial.open("w", encoding="utf-8")

    def write(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self._file.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")

    def _close(self) -> None:
        self._file.close()


class ParquetSink(Sink):
    def _open(self) -> None:
        import pyarrow.parquet as pq

        self._schema = pa.schema(list(self.schema.items()))
        self._writer = pq.ParquetWriter(self.partial, self._schema)

    def write(self, rows: list[dict[str, Any]]) -> None:
        columns = [
            pa.array([_fitting(row[name], kind) for row in rows], type=kind) for name, kind in self.schema.items()
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def _close(self) -> None:
        self._writer.close()


SINKS: dict[str, type[Sink]] = {".csv": CsvSink, ".jsonl": JsonlSink, ".parquet": ParquetSink}


def open_sink(path: str | Path, schema: dict[str, pa.DataType]) -> Sink:
    """The sink for an output path; raises OutputError for an ending that is none of ours."""
    path = Path(path)
    kind = SINKS.get(path.suffix.lower())
    if kind is None:
        raise OutputError(f"cannot write {path}: the ending must be one of {', '.join(SINKS)}")
    if not path.parent.is_dir():
        raise OutputError(f"cannot write {path}: there is no folder {path.parent}")
    return kind(path, schema)


def _plain(value: Any) -> Any:
    """A value that JSON does not know, as text."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)


def _flat(value: Any) -> Any:
    """A value for one CSV field: nested values as JSON, floats short."""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return round(value, 6) if isinstance(value, float) else value


def _fitting(value: Any, kind: pa.DataType) -> Any:
    """A value for a Parquet column: anything becomes text where the column is text."""
    if value is None or not pa.types.is_string(kind) or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=_plain) if isinstance(value, (dict, list)) else _plain(value)
