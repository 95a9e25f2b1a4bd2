"""A JSON document of records: a list of objects, wherever in the document it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.inbox.exports import Layout, known_columns, layout_of
from stageclf.inbox.json_chat import cursor_over
from stageclf.inbox.json_columns import JsonColumns, first_rows
from stageclf.inbox.json_stream import JsonCursor, JsonError, skip
from stageclf.inbox.names import folded
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record

SAMPLE_ROWS = 100
DEEPEST_LIST = 6
MOST_LISTS = 500

# A list of objects or of strings, or an object with a first member.
_BEGINS = re.compile(rb'\s*(?:\[\s*(?:\{\s*["}]|"(?:[^"\\\n]|\\.)*"\s*[,\]]|\])|\{\s*(?:"[^"\n]*"\s*:|\}\s*\Z))')

Place = tuple[str, ...]
LISTS, MAPPING, SINGLE = "lists", "mapping", "single"


class JsonReader(Reader):
    """One record an object of the document's main list; a text in a list of texts is a record too.

    The main list is the one with a column that is known to hold the text, and of those the longest. A document
    without any list is an object of records by their keys, or one record.
    """

    format = "json"
    endings: tuple[str, ...] = (".json",)

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether it begins as a list or an object of JSON does."""
        return bool(_BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")[:4096]))

    def schema(self) -> dict[str, pa.DataType]:
        return self._main[2].schema()

    def records(self) -> Iterator[Record]:
        number = 0
        try:
            for row in self._rows():
                number += 1
                if isinstance(row, dict):
                    yield self._layout.record(row, number)
                else:
                    note = f"record {number} is {type(row).__name__}, not an object"
                    yield Record("", {}, str(self.path), number, UNREADABLE, note)
        except JsonError as error:
            note = f"not valid JSON after record {number}: {error}"
            yield Record("", {}, str(self.path), number + 1, UNREADABLE, note)

    def _rows(self) -> Iterator[Any]:
        mode, place, _, _ = self._main
        return (row for there, row in self._all_rows(mode) if there == place)

    @property
    def _layout(self) -> Layout:
        return self._main[3]

    @cached_property
    def _main(self) -> tuple[str, Place, JsonColumns, Layout]:
        """Where the records are, their columns and what those are for; the best of all ways to see the document."""
        problems: list[InputError] = []
        for mode, place, columns in self._likeliest_first():
            try:
                layout = layout_of(self, columns.names)
            except InputError as problem:
                problems.append(problem)
                continue
            rows = (row for there, row in self._all_rows(mode) if there == place and isinstance(row, dict))
            with suppress(JsonError):
                layout.learn(first_rows(rows, SAMPLE_ROWS))
            return mode, place, columns, layout
        nothing = InputError(f"{self.path} holds no JSON object: a list of objects is needed")
        raise problems[0] if problems else nothing

    def _likeliest_first(self) -> Iterator[tuple[str, Place, JsonColumns]]:
        """All lists in all ways to see the document: those with a column known to hold texts before the others.

        The other ways are only tried where no such list is one of objects: each takes a pass over the document.
        """
        known = known_columns()
        others = []
        for mode in (LISTS, MAPPING, SINGLE):
            for place, columns in self._survey(mode):
                if known.isdisjoint(map(folded, columns.names)):
                    others.append((mode, place, columns))
                else:
                    yield mode, place, columns
        yield from others

    def _survey(self, mode: str) -> list[tuple[Place, JsonColumns]]:
        """The columns of every list of the document, the longest list first."""
        found: dict[Place, JsonColumns] = {}
        try:
            for place, row in self._all_rows(mode):
                if isinstance(row, dict) and (place in found or len(found) < MOST_LISTS):
                    found.setdefault(place, JsonColumns()).add(row)
        except JsonError as error:
            if not found and mode == LISTS:
                raise InputError(f"{self.path} is not valid JSON: {error}") from error
        return sorted(found.items(), key=lambda entry: -entry[1].rows)

    def _all_rows(self, mode: str) -> Iterator[tuple[Place, Any]]:
        with cursor_over(self) as cursor:
            while cursor.peek():
                if mode == LISTS:
                    yield from _in_lists(cursor, ())
                elif mode == SINGLE:
                    yield (), cursor.value()
                elif cursor.peek() == "{":
                    for key in cursor.members():
                        if cursor.peek() == "{":
                            yield (), {"key": key} | cursor.value()
                else:
                    skip(cursor)


def _in_lists(cursor: JsonCursor, place: Place) -> Iterator[tuple[Place, Any]]:
    """The values of all lists in the next value, each with the names that lead to its list."""
    first = cursor.peek()
    if first == "[":
        for _ in cursor.items():
            value = cursor.value()
            # Only a whole document of texts is one of records; in objects such lists are tags and the like.
            yield place, {"text": value} if isinstance(value, str) and not place else value
    elif first == "{" and len(place) < DEEPEST_LIST:
        for name in cursor.members():
            yield from _in_lists(cursor, (*place, name))
    else:
        skip(cursor)
