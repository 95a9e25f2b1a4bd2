"""The columns of JSON objects and their types, as far as they were seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from stageclf.inbox.exports import nested_columns

MOST_NESTED = 2000
EXACT_IN_A_FLOAT = 2**53
_TYPES = ((bool, pa.bool_()), (int, pa.int64()), (float, pa.float64()), (str, pa.string()))


class JsonColumns:
    """Collects names and types of columns from rows; nested values are kept as JSON text."""

    def __init__(self) -> None:
        self._kinds: dict[str, pa.DataType | None] = {}
        self._long: set[str] = set()
        self._nested: dict[str, None] = {}
        self.rows = 0

    def add(self, row: dict[str, Any]) -> None:
        self.rows += 1
        for name, value in row.items():
            known, found = self._kinds.get(name), arrow_type(value)
            if found == pa.int64() and abs(value) > EXACT_IN_A_FLOAT:
                self._long.add(name)
            if found is None or known in (None, found):
                self._kinds[name] = found or known
            else:
                self._kinds[name] = _wider(known, found, name in self._long)
        if len(self._nested) < MOST_NESTED:
            self._nested.update(dict.fromkeys(nested_columns(row)))

    @property
    def names(self) -> list[str]:
        """The columns, then those in objects, such as "source.body"."""
        return [*self._kinds, *(name for name in self._nested if name not in self._kinds)]

    def schema(self) -> dict[str, pa.DataType]:
        return {name: kind or pa.string() for name, kind in self._kinds.items()}


def arrow_type(value: Any) -> pa.DataType | None:
    """The Arrow type of a JSON value; None for null, and for numbers beyond 64 bits the type of text."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return pa.string()
    return next((arrow for python, arrow in _TYPES if isinstance(value, python)), pa.string())


def _wider(one: pa.DataType, other: pa.DataType, long: bool) -> pa.DataType:
    """A type for values of both; whole numbers that a float would round are kept as text."""
    return pa.float64() if {one, other} == {pa.int64(), pa.float64()} and not long else pa.string()


def first_rows(rows: Iterable[dict[str, Any] | None], count: int) -> list[dict[str, Any]]:
    """The first rows that are objects."""
    found: list[dict[str, Any]] = []
    for row in rows:
        if row is not None:
            found.append(row)
        if len(found) >= count:
            break
    return found
