"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.inbox.exports import Layout, layout_of
from stageclf.inbox.json_columns import JsonColumns, first_rows
from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record

SAMPLE_ROWS = 100
LONG_LINE = 4096


class JsonlReader(Reader):
    format = "jsonl"
    endings: tuple[str, ...] = (".jsonl", ".ndjson")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the first line is a whole object, and the next one begins another or the ending says so."""
        named = path.suffix.lower() in cls.endings
        lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
        if not lines or not lines[0].lstrip().startswith(b"{"):
            return False
        if len(lines) == 1 and len(head) >= LONG_LINE:
            return named
        try:
            first = json.loads(lines[0])
        except (ValueError, RecursionError):
            return False
        return isinstance(first, dict) and (named or (len(lines) > 1 and lines[1].lstrip().startswith(b"{")))

    def schema(self) -> dict[str, pa.DataType]:
        if not self._found.rows:
            raise InputError(f"{self.path} holds no JSON object: one object a line is needed")
        return self._found.schema() if self._layout else {}

    def records(self) -> Iterator[Record]:
        layout = self._layout
        for number, note, row in self._rows():
            if row is None:
                yield Record("", {}, str(self.path), number, UNREADABLE, note)
            else:
                yield layout.record(row, number, note)

    @cached_property
    def _found(self) -> JsonColumns:
        """A first pass over the file."""
        columns = JsonColumns()
        for _, _, row in self._rows():
            if row is not None:
                columns.add(row)
        return columns

    @cached_property
    def _layout(self) -> Layout:
        layout = layout_of(self, self._found.names)
        return layout.learn(first_rows((row for _, _, row in self._rows()), SAMPLE_ROWS))

    def _rows(self) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
        """Line number, note and object of every line that is not blank; None for what is no object."""
        with self.path.open("rb") as file:
            for number, (line, note) in enumerate(decoded_lines(self, file, file_charset(self)), start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield number, f"line {number} is not valid JSON: {error}", None
                    continue
                if isinstance(row, dict):
                    yield number, note, row
                else:
                    yield number, f"line {number} holds {type(row).__name__}, not an object", None
