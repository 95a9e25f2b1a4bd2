"""JSON Lines: one object a row."""

from __future__ import annotations

from typing import Any

from stageclf.scoring.sinks.base import Sink
from stageclf.scoring.sinks.values import as_json, encoded


class JsonlSink(Sink):
    def encode(self, rows: list[dict[str, Any]]) -> bytes:
        return encoded("".join(as_json(row) + "\n" for row in rows))
