"""JSON Lines: one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record

# One object on the first line, and another one or nothing below it.
_OBJECT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*\"[^\n]*\}[ \t]*(?:\r?\n\s*(?:\{|\Z)|\Z)")
_TYPES = ((bool, pa.bool_()), (int, pa.int64()), (float, pa.float64()), (str, pa.string()))


class JsonlReader(Reader):
    format = "jsonl"
    endings = (".jsonl", ".ndjson")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        return bool(_OBJECT.match(head))

    def schema(self) -> dict[str, pa.DataType]:
        columns: dict[str, pa.DataType | None] = {}
        for _, _, row in self._rows():
            for name, value in (row or {}).items():
                known = columns.get(name)
                found = _arrow_type(value)
                columns[name] = known if found is None else found if known in (None, found) else _wider(known, found)
        if not columns:
            raise InputError(f"{self.path} holds no JSON object: one object a line is needed")
        self.find_text_column(list(columns))
        return {name: kind or pa.string() for name, kind in columns.items()}

    def records(self) -> Iterator[Record]:
        text_column = self.find_text_column(list(self.schema()))
        for number, note, row in self._rows():
            if row is None:
                yield Record("", {}, str(self.path), number, UNREADABLE, note)
                continue
            value = row.get(text_column)
            if value is not None and not isinstance(value, str):
                note = f"{text_column!r} is {type(value).__name__}, not text"
                yield Record("", row, str(self.path), number, UNREADABLE, note)
            else:
                yield Record(value or "", row, str(self.path), number, note=note)

    def _rows(self) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
        """Line number, note and object of every line that is not blank; None for what is no object."""
        with self.path.open("rb") as file:
            for number, (line, note) in enumerate(decoded_lines(self, file, file_charset(self)), start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (json.JSONDecodeError, RecursionError) as error:
                    yield number, f"line {number} is not valid JSON: {error}", None
                    continue
                if isinstance(row, dict):
                    yield number, note, row
                else:
                    yield number, f"line {number} holds {type(row).__name__}, not an object", None


def _arrow_type(value: Any) -> pa.DataType | None:
    """The Arrow type of a JSON value; nested values are kept as JSON text."""
    if value is None:
        return None
    return next((arrow for python, arrow in _TYPES if isinstance(value, python)), pa.string())


def _wider(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    return pa.float64() if {one, other} == {pa.int64(), pa.float64()} else pa.string()
