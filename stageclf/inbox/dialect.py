"""How a table in text is written: its delimiter, its way of escaping, its header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from stageclf.inbox.names import folded

DELIMITERS = ",;\t|^~\x01\x1f"
OTHER_DELIMITERS = ":#§¦!*/&"
MOST_FIELD = 2**31 - 1
ROWS_BEFORE_HEADER = 30
LONGEST_NAME = 120

_SEPARATOR_LINE = re.compile(r'^\ufeff?"?sep=(.)"?[\r\n]*$', re.IGNORECASE)
_DATA = re.compile(r"[-+]?[\d.,]*\d%?|[\d./:\- T]{6,30}(?:Z|[+-]\d\d:?\d\d)?|\S+@\S+\.\w+|https?://\S+")


@dataclass(frozen=True)
class Dialect:
    """How a table is written; `first` rows stand before the header, which is not there if `header` is None."""

    delimiter: str
    escapes: bool = False
    sep_line: bool = False
    first: int = 0
    header: tuple[str, ...] | None = None
    width: int = 1

    def reader(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        """The rows of lines by the csv module; `strict` raises csv.Error where quotation marks stand oddly."""
        if csv.field_size_limit() != MOST_FIELD:
            csv.field_size_limit(MOST_FIELD)
        escape = "\\" if self.escapes else None
        return csv.reader(lines, delimiter=self.delimiter, escapechar=escape, strict=strict)


def sniff(lines: list[str], known: Container[str]) -> Dialect:
    """The dialect of a table by its first lines; `known` are folded names that a header may hold."""
    named = _SEPARATOR_LINE.match(lines[0]) if lines else None
    lines = lines[1:] if named else lines
    candidates = named[1] if named else DELIMITERS
    samples = [_Sample(lines, delimiter, False) for delimiter in candidates]
    best = max(samples, key=lambda sample: (sample.begins_with_names(known), *sample.quality))
    if not named and best.width < 2:
        others = [_Sample(lines, sign, False) for sign in OTHER_DELIMITERS if sign in lines[0]]
        best = max([best, *others], key=lambda sample: sample.quality if sample.share > 0.9 else (0.0, 0))
    if any('\\"' in line for line in lines):
        escaped = _Sample(lines, best.delimiter, True)
        best = escaped if escaped.wrong < best.wrong else best
    first, header = best.header(known)
    return Dialect(best.delimiter, best.escapes, bool(named), first, header, best.width)


class _Sample:
    """The first rows of a table under one delimiter."""

    def __init__(self, lines: list[str], delimiter: str, escapes: bool) -> None:
        self.delimiter, self.escapes = delimiter, escapes
        rows = list(safe_rows(Dialect(delimiter, escapes).reader(lines)))
        self.rows = [row for row in rows if isinstance(row, list)]
        widths = Counter(len(row) for row in self.rows)
        self.width = max(widths, key=lambda width: (widths[width] if width > 1 else 0, width), default=1)
        self.share = widths[self.width] / max(1, len(rows))

    @property
    def quality(self) -> tuple[float, int]:
        return (self.share, self.width) if self.width > 1 else (0.0, 0)

    def begins_with_names(self, known: Container[str]) -> bool:
        """Whether the first row has several fields, one of which is a known name."""
        first = self.rows[0] if self.rows else []
        return len(first) > 1 and any(folded(field) in known for field in first if len(field) <= LONGEST_NAME)

    @property
    def wrong(self) -> int:
        """How many fields still hold a quotation mark with a backslash before it, or rows of another width."""
        marks = sum(field.count("\\") and field.count('"') > 0 for row in self.rows for field in row)
        return marks * (not self.escapes) + sum(len(row) != self.width for row in self.rows)

    def header(self, known: Container[str]) -> tuple[int, tuple[str, ...] | None]:
        """How many rows stand before the header, and the header; None for a table without one."""
        rows = self.rows[:ROWS_BEFORE_HEADER]
        filled = [sum(bool(field.strip()) for field in row) for row in rows]
        for index, row in enumerate(rows):
            names = [folded(field) for field in row if len(field) <= LONGEST_NAME]
            # A title above the table may be such a name too, but stands alone.
            enough = filled[index] >= min(2, self.width) and filled[index] > max(filled[:index], default=0)
            if enough and any(name in known for name in names):
                return index, tuple(row)
        index = next((index for index, count in enumerate(filled) if count >= max(1, self.width - 1)), 0)
        row = rows[index] if rows else []
        return (index, tuple(row)) if self._names(row) else (index, None)

    def _names(self, row: list[str]) -> bool:
        """Whether a row may hold the names of columns: no numbers, dates, addresses or long texts."""
        if len(row) == 1 and len(self.rows) > 1:
            return len(row[0].split()) <= 3 and not re.search(r"[.!?;:;…]\s*$", row[0])
        return not any(_DATA.fullmatch(field.strip()) or len(field) > LONGEST_NAME for field in row)


def safe_rows(rows: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """The rows that are not blank; a row that cannot be parsed comes as the error."""
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
