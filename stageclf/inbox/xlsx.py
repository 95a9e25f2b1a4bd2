"""Excel workbooks (.xlsx, .xlsm): every sheet is a table."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.inbox.exports import Layout, known_columns, layout_of
from stageclf.inbox.names import folded
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import UNREADABLE, InputError, Record
from stageclf.inbox.table import unique_names

MOST_UNPACKED = 1 << 30
MOST_TIMES_LARGER = 200
ROWS_BEFORE_HEADER = 30
SAMPLE_ROWS = 100
MOST_COLUMNS = 1000
MOST_EMPTY_ROWS = 10_000


class XlsxReader(Reader):
    """One record a row of every sheet that has a column with texts. `source` ends in the sheet's name.

    `position` is the row as Excel counts it. Sheets without a known column are skipped if another one has it.
    """

    format = "xlsx"
    endings: tuple[str, ...] = (".xlsx", ".xlsm")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether it is a zip archive with a workbook in it."""
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(path) as archive:
                return "xl/workbook.xml" in archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False

    def schema(self) -> dict[str, pa.DataType]:
        names = ["sheet"] if self._several else []
        return dict.fromkeys([*names, *(name for sheet in self._sheets for name in sheet.columns)], pa.string())

    def records(self) -> Iterator[Record]:
        with self._book() as book:
            for done, sheet in enumerate(self._sheets):
                layout = sheet.layout
                try:
                    for number, row in _rows(book[sheet.name]):
                        if number > sheet.header:
                            yield self._record(sheet, layout, number, row)
                except Exception as error:  # openpyxl lets whatever is wrong in the XML come through
                    note = f"sheet {sheet.name!r} cannot be read further: {type(error).__name__}: {error}"
                    yield Record("", {}, layout.source, 0, UNREADABLE, note)
                self.progress = (done + 1) / len(self._sheets)

    def _record(self, sheet: _Sheet, layout: Layout, number: int, row: list[Any]) -> Record:
        values = [as_text(value) for value in row[: len(sheet.columns)]]
        columns = dict(zip(sheet.columns, [*values, *[""] * (len(sheet.columns) - len(values))], strict=True))
        kept = {"sheet": sheet.name} | columns if self._several else columns
        return layout.record(columns, number, columns=kept)

    @property
    def _several(self) -> bool:
        return len(self._sheets) > 1

    @cached_property
    def _sheets(self) -> list[_Sheet]:
        """The sheets with texts; raises InputError where there is none."""
        found, problems = [], []
        with self._book() as book:
            for name in [sheet.title for sheet in book.worksheets]:
                try:
                    sheet = self._sheet(name, book[name])
                except InputError as problem:
                    problems.append(problem)
                else:
                    found += [sheet] if sheet else []
        if not found:
            raise problems[0] if problems else InputError(f"{self.path} has no rows in any of its sheets")
        return found

    def _sheet(self, name: str, sheet: Any) -> _Sheet | None:
        wanted = self.options.text_column
        known = {folded(wanted)} if wanted is not None else known_columns()
        rows = list(islice(_rows(sheet), ROWS_BEFORE_HEADER + SAMPLE_ROWS))
        if not rows:
            return None
        head = [(number, [as_text(value) for value in row]) for number, row in rows[:ROWS_BEFORE_HEADER]]
        number, header = _header(head, known)
        columns = unique_names(header)
        layout = layout_of(self, columns)
        layout.source = f"{self.path}#{name}"
        sample = (dict(zip(columns, row, strict=False)) for row_number, row in rows if row_number > number)
        return _Sheet(name, number, columns, layout.learn(sample))

    @contextmanager
    def _book(self) -> Iterator[Any]:
        import openpyxl

        self._check_size()
        # A file object, since openpyxl refuses paths with other endings.
        with warnings.catch_warnings(), self.path.open("rb") as file:
            warnings.simplefilter("ignore")
            try:
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            except Exception as error:  # openpyxl raises what its parsers raise
                raise InputError(
                    f"{self.path} is not a readable Excel workbook: {type(error).__name__}: {error}"
                ) from error
            try:
                yield book
            finally:
                book.close()

    def _check_size(self) -> None:
        try:
            with zipfile.ZipFile(self.path) as archive:
                unpacked = sum(part.file_size for part in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise InputError(f"{self.path} is not a readable Excel workbook: {error}") from error
        if unpacked > MOST_UNPACKED and unpacked > MOST_TIMES_LARGER * self._size:
            raise InputError(
                f"{self.path} would unpack to {unpacked:,} bytes, {unpacked // self._size:,} times its size: "
                "it was not opened. Save the sheet as CSV"
            )


class _Sheet:
    """A sheet with its header's row, its columns and what they are for."""

    def __init__(self, name: str, header: int, columns: list[str], layout: Layout) -> None:
        self.name, self.header, self.columns, self.layout = name, header, columns, layout


def _header(rows: list[tuple[int, list[str]]], known: Container[str]) -> tuple[int, list[str]]:
    """The row of the columns' names: one with a known name that does not stand alone, or the fullest one."""
    filled = [sum(map(bool, row)) for _, row in rows]
    for (number, row), count in zip(rows, filled, strict=True):
        if count >= min(2, max(filled)) and any(folded(cell) in known for cell in row):
            return number, row
    return rows[filled.index(max(filled))]


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows that are not empty, with their numbers, without empty cells at the end."""
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        cells = list(row)
        while cells and cells[-1] in (None, ""):
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if cells:
            yield number, cells


def as_text(value: Any) -> str:
    """A cell as text: dates in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
