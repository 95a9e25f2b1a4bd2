"""Rows of a table in text, one at a time, and what to do where a quotation mark is never closed."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from stageclf.inbox.dialect import Dialect

MOST_LINES_OF_ROW = 20_000
MOST_CHARACTERS_OF_ROW = 1 << 23
MANY_LINES = 300

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_STOP = "\x00stop"
_NOT_CLOSED = "a quotation mark is not closed: the row was read up to the end of its line"


@dataclass(slots=True)
class Row:
    """A row's fields, or the error instead; `note` says what was odd about its lines."""

    fields: list[str]
    note: str = ""
    error: str = ""


class CsvRows:
    """The rows of decoded lines that are not blank.

    A row that would go on for more than 20,000 lines or 8 MB, or to the end of the file, with a quotation mark
    not closed, is taken to be its first line only, and the next row begins on the next line.
    """

    def __init__(self, lines: Iterator[tuple[str, str]], dialect: Dialect) -> None:
        self._lines = _parts(lines)
        self._dialect = dialect
        self._again: deque[tuple[str, str]] = deque()
        self._taken: list[tuple[str, str]] = []
        self._size = 0

    def __iter__(self) -> Iterator[Row]:
        rows = self._dialect.reader(self._feed())
        while True:
            self._taken, self._size = [], 0
            error = ""
            try:
                fields = next(rows)
            except StopIteration:
                return
            except csv.Error as problem:
                fields, error = [], str(problem)
            if not fields and not error:
                continue
            stopped = bool(fields) and fields[-1].endswith(_STOP)
            if stopped and not self._taken:
                return
            if stopped or self._swallowed():
                yield self._first_line_only()
                if stopped or error:
                    rows = self._dialect.reader(self._feed())
            else:
                yield Row(fields, self._note(), error)

    def _feed(self) -> Iterator[str]:
        """Lines for the csv module, and a sign that a row was still open where they end."""
        while len(self._taken) < MOST_LINES_OF_ROW and self._size < MOST_CHARACTERS_OF_ROW:
            part = self._again.popleft() if self._again else next(self._lines, None)
            if part is None:
                break
            self._taken.append(part)
            self._size += len(part[0])
            yield part[0]
        yield _STOP

    def _swallowed(self) -> bool:
        """Whether a row of several lines is rather several rows, run together by a mark that was not closed."""
        if len(self._taken) < 2 or self._dialect.width < 2:
            return False
        if self._taken[1][0].count(self._dialect.delimiter) + 1 < self._dialect.width:
            return False
        try:
            next(self._dialect.reader([text for text, _ in self._taken], strict=True))
        except csv.Error:
            return True
        return False

    def _first_line_only(self) -> Row:
        text, note = self._taken[0]
        self._again.extendleft(self._taken[:0:-1])
        return Row(
            text.rstrip("\r\n").split(self._dialect.delimiter), f"{note}; {_NOT_CLOSED}" if note else _NOT_CLOSED
        )

    def _note(self) -> str:
        if len(self._taken) == 1:
            return self._taken[0][1]
        notes = dict.fromkeys(note for _, note in self._taken if note)
        if len(self._taken) > MANY_LINES:
            notes[f"the row takes {len(self._taken):,} lines: a quotation mark may not be closed"] = None
        return "; ".join(notes)


def _parts(lines: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines cut at old line ends too, without NUL, which the csv module does not take."""
    for whole in lines:
        line, note = whole
        if "\r" not in line and "\x00" not in line:
            yield whole
            continue
        for part in _LINE.findall(line.replace("\x00", "")):
            yield part, note
