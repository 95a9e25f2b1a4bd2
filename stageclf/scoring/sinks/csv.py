"""CSV: nested values as JSON, floats with six digits."""

from __future__ import annotations

import csv
import io
from typing import Any

from stageclf.scoring.sinks.base import Sink
from stageclf.scoring.sinks.values import as_json, encoded


class CsvSink(Sink):
    def head(self) -> bytes:
        return self._lines([list(self.schema)])

    def encode(self, rows: list[dict[str, Any]]) -> bytes:
        return self._lines([[_flat(row[name]) for name in self.schema] for row in rows])

    def _lines(self, rows: list[list[Any]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return encoded(text.getvalue())


def _flat(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return as_json(value)
    return round(value, 6) if isinstance(value, float) else value
