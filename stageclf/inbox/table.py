"""CSV and TSV in the dialects that programs write."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa

from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, Record

DELIMITERS = ",;\t|"
SAMPLE_LINES = 200
MOST_FIELD = 2**31 - 1


class TableReader(Reader):
    format = "csv"

    def schema(self) -> dict[str, pa.DataType]:
        header, _ = self._head()
        self.find_text_column(header)
        return dict.fromkeys(header, pa.string())

    def records(self) -> Iterator[Record]:
        header, delimiter = self._head()
        text_column = self.find_text_column(header)
        charset = file_charset(self)
        csv.field_size_limit(MOST_FIELD)
        with self.path.open("rb") as file:
            lines = _NotedLines(decoded_lines(self, file, charset))
            rows = csv.reader(lines, delimiter=delimiter)
            next(rows, None)
            for number, row in enumerate(rows, start=2):
                if not row:
                    continue
                yield self._record(header, row, text_column, number, lines.take_note())

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
            lines = [line for line, _ in islice(decoded_lines(self, file, file_charset(self)), SAMPLE_LINES)]
        csv.field_size_limit(MOST_FIELD)
        if not any(line.strip() for line in lines):
            raise InputError(f"{self.path} is empty: a header line with column names is needed")
        delimiter = sniff_delimiter(lines)
        header = [name.strip().lstrip("\ufeff") for name in next(csv.reader(lines, delimiter=delimiter))]
        return _unique(header), delimiter


class _NotedLines:
    """Decoded lines for csv.reader, collecting the notes of all lines that make up a row."""

    def __init__(self, lines: Iterator[tuple[str, str]]) -> None:
        self._lines = lines
        self._note = ""

    def __iter__(self) -> Iterator[str]:
        for line, note in self._lines:
            self._note = self._note or note
            yield line

    def take_note(self) -> str:
        note, self._note = self._note, ""
        return note


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter under which most rows have as many fields as the header, and more than one."""

    def quality(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        if widths[0] < 2:
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
