"""CSV: nested values as JSON, probabilities with six digits."""

from __future__ import annotations

import csv
import io
from typing import Any

from stageclf.scoring.sinks.base import Sink
from stageclf.scoring.sinks.values import as_json, encoded, plain
from stageclf.stages import LABELS

_ROUNDED = frozenset({"confidence", *(f"p_{label}" for label in LABELS)})


class CsvSink(Sink):
    def head(self) -> bytes:
        return self._lines([list(self.schema)])

    def encode(self, rows: list[dict[str, Any]]) -> bytes:
        return self._lines([[_flat(name, row[name]) for name in self.schema] for row in rows])

    def _lines(self, rows: list[list[Any]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        return encoded(text.getvalue())


def _flat(name: str, value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return as_json(value)
    if isinstance(value, bytes):
        return plain(value)
    return round(value, 6) if name in _ROUNDED and isinstance(value, float) else value
