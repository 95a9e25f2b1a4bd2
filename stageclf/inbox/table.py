"""CSV and TSV in the dialects that programs write."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.charset import decode
from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import HEAD, TEXT_COLUMNS, Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record

DELIMITERS = ",;\t|"
SAMPLE_LINES = 200
MOST_FIELD = 2**31 - 1
MOST_LINES_OF_ROW = 300

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class TableReader(Reader):
    format = "csv"
    endings = (".csv", ".tsv", ".tab")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the first lines are rows of one width, with a column that is known to hold the text."""
        lines = decode(head).text.splitlines(keepends=True)[:SAMPLE_LINES]
        lines = lines[:-1] if len(head) >= HEAD else lines
        rows = [row for row in _rows(lines, sniff_delimiter(lines)) if not isinstance(row, csv.Error)]
        if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):
            return False
        return not {name.strip().lstrip("\ufeff").lower() for name in rows[0]}.isdisjoint(TEXT_COLUMNS)

    def schema(self) -> dict[str, pa.DataType]:
        header, _ = self._head()
        self.find_text_column(header)
        return dict.fromkeys(header, pa.string())

    def records(self) -> Iterator[Record]:
        header, delimiter = self._head()
        text_column = self.find_text_column(header)
        charset = file_charset(self)
        with self.path.open("rb") as file:
            lines = _NotedLines(decoded_lines(self, file, charset))
            rows = _rows(lines, delimiter)
            next(rows)
            lines.take_note()
            for number, row in enumerate(rows, start=2):
                note = lines.take_note()
                if isinstance(row, csv.Error):
                    why = f"row {number} is not valid CSV: {row}"
                    yield Record("", {}, str(self.path), number, UNREADABLE, why)
                else:
                    yield self._record(header, row, text_column, number, note)

    def _record(self, header: list[str], row: list[str], text_column: str, number: int, note: str) -> Record:
        if len(row) != len(header):
            odd = f"{len(row)} fields instead of {len(header)}"
            note = f"{note}; {odd}" if note else odd
            row = [*row[: len(header) - 1], " ".join(row[len(header) - 1 :])] if len(row) > len(header) else row
        columns = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True))
        return Record(columns[text_column], columns, str(self.path), number, note=note)

    def _head(self) -> tuple[list[str], str]:
        """Header and delimiter, decided on the first lines."""
        with self.path.open("rb") as file:
            decoded = decoded_lines(self, file, file_charset(self))
            lines = list(islice(_NotedLines(decoded), SAMPLE_LINES))
        if not any(line.strip() for line in lines):
            raise InputError(f"{self.path} is empty: a header line with column names is needed")
        delimiter = sniff_delimiter(lines)
        header = next(row for row in _rows(lines, delimiter) if not isinstance(row, csv.Error))
        return _unique([name.strip().lstrip("\ufeff") for name in header]), delimiter


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str] | csv.Error]:
    """The rows that are not blank; a row that cannot be parsed comes as the error."""
    csv.field_size_limit(MOST_FIELD)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
            continue
        if row:
            yield row


class _NotedLines:
    """Decoded lines for csv.reader, collecting the notes of all lines that make up a row."""

    def __init__(self, lines: Iterator[tuple[str, str]]) -> None:
        self._lines = lines
        self._note = ""
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        for line, note in self._lines:
            self._note = self._note or note
            for part in _LINE.findall(line):
                self._count += 1
                yield part

    def take_note(self) -> str:
        """What was odd about the lines since the last call."""
        note, count = self._note, self._count
        self._note, self._count = "", 0
        if count > MOST_LINES_OF_ROW:
            odd = f"the row takes {count:,} lines: a quotation mark may not be closed"
            note = f"{note}; {odd}" if note else odd
        return note


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter under which most rows have as many fields as the header, and more than one."""

    def quality(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _rows(lines, delimiter) if not isinstance(row, csv.Error)]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return Counter(widths)[widths[0]] / len(widths), widths[0]

    return max(DELIMITERS, key=quality)


def _unique(header: list[str]) -> list[str]:
    """Column names made unique: empty ones get a number, repeated ones a suffix."""
    seen: Counter[str] = Counter()
    names = []
    for position, name in enumerate(header, start=1):
        name = name or f"column_{position}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names
