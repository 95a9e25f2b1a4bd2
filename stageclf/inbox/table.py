"""CSV and TSV in the dialects that programs write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.charset import decode
from stageclf.inbox.csv_rows import CsvRows
from stageclf.inbox.dialect import DELIMITERS, Dialect, sniff
from stageclf.inbox.exports import Layout, known_columns, layout_of
from stageclf.inbox.names import folded
from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import TEXT_COLUMNS, Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record

SAMPLE_LINES = 200
SNIFFED, SNIFFED_LINES = 8192, 4
SAMPLE_ROWS = 100
SAMPLE_CHARACTERS = 1 << 20


class TableReader(Reader):
    """One record a row. `position` counts the rows that are not blank, the header and what is before it included."""

    format = "csv"
    endings: tuple[str, ...] = (".csv", ".tsv", ".tab")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the first two lines are rows of one width, one of whose columns is known to hold the text."""
        lines = decode(head[:SNIFFED]).text.splitlines(keepends=True)[:SNIFFED_LINES]
        if len(lines) < 2:
            return False
        dialect = sniff(lines, known_columns())
        if dialect.header is None or dialect.first or len(dialect.header) < 2 or dialect.delimiter not in DELIMITERS:
            return False
        return not {folded(name) for name in dialect.header}.isdisjoint(map(folded, TEXT_COLUMNS))

    def schema(self) -> dict[str, pa.DataType]:
        return dict.fromkeys(self._columns, pa.string()) if self._layout else {}

    def records(self) -> Iterator[Record]:
        first = self._dialect.first + (self._dialect.header is not None)
        with self.path.open("rb") as file:
            for number, row in enumerate(self._rows(file), start=1):
                if number <= first:
                    continue
                if row.error:
                    why = f"row {number} is not valid CSV: {row.error}"
                    yield Record("", {}, str(self.path), number, UNREADABLE, why)
                else:
                    columns, note = self._fitted(row.fields, row.note)
                    yield self._layout.record(columns, number, note)

    def _fitted(self, row: list[str], note: str) -> tuple[dict[str, str], str]:
        """The fields by their columns; too many are joined in the last one."""
        columns = self._columns
        width = len(columns)
        if len(row) == width:
            return dict(zip(columns, row, strict=True)), note
        if len(row) > width and not any(field.strip() for field in row[width:]):
            row = row[:width]
        if len(row) != width:
            odd = f"{len(row)} fields instead of {width}"
            note = f"{note}; {odd}" if note else odd
            row = [*row[: width - 1], " ".join(row[width - 1 :])] if len(row) > width else row
        return dict(zip(columns, [*row, *[""] * (width - len(row))], strict=True)), note

    def _rows(self, file) -> CsvRows:  # noqa: ANN001
        lines = decoded_lines(self, file, file_charset(self))
        return CsvRows(islice(lines, 1, None) if self._dialect.sep_line else lines, self._dialect)

    @cached_property
    def _dialect(self) -> Dialect:
        """Decided on the first lines."""
        lines = self._first_lines()
        if not any(line.strip() for line in lines):
            raise InputError(f"{self.path} is empty: a header line with column names is needed")
        wanted = self.options.text_column
        return sniff(lines, {folded(wanted)} if wanted is not None else known_columns())

    def _first_lines(self) -> list[str]:
        with self.path.open("rb") as file:
            lines, size = [], 0
            for line, _ in decoded_lines(self, file, file_charset(self)):
                lines += line.replace("\x00", "").splitlines(keepends=True)
                size += len(line)
                if len(lines) >= SAMPLE_LINES or size > SAMPLE_CHARACTERS:
                    break
        while lines and not lines[0].strip("\ufeff \t\r\n"):
            lines.pop(0)
        return lines[:SAMPLE_LINES]

    @cached_property
    def _columns(self) -> list[str]:
        if self._dialect.header is None:
            return [f"column_{position}" for position in range(1, self._dialect.width + 1)]
        return unique_names(self._dialect.header)

    @cached_property
    def _layout(self) -> Layout:
        columns = self._columns
        if self._dialect.header is None and len(columns) > 1 and self.options.text_column is None:
            raise InputError(
                f"{self.path} has no line with the names of its columns. "
                f"Add one, or name the column of the text by its number: --text-column column_{len(columns)}"
            )
        layout = layout_of(self, columns)
        with self.path.open("rb") as file:
            rows = islice(self._rows(file), self._dialect.first + 1, self._dialect.first + SAMPLE_ROWS)
            layout.learn(self._fitted(row.fields, "")[0] for row in rows)
        self.progress = 0.0
        return layout


def unique_names(header: tuple[str, ...] | list[str]) -> list[str]:
    """Column names made unique: empty ones get a number, repeated ones a suffix."""
    clean = [name.strip().lstrip("\ufeff").strip() or f"column_{at}" for at, name in enumerate(header, start=1)]
    taken, seen, names = set(clean), Counter[str](), []
    for name in clean:
        seen[name] += 1
        unique = name
        while seen[name] > 1 and unique in taken:
            unique = f"{name}_{seen[name]}"
            seen[name] += unique in taken
        taken.add(unique)
        names.append(unique)
    return names
