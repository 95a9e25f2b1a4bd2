"""The columns of several inputs put together."""

from __future__ import annotations

import pyarrow as pa

Schema = dict[str, pa.DataType]
# The columns of all inputs in the order in which they were met, by whether they are messages' and by name.
Columns = dict[tuple[bool, str], pa.DataType]
# What we find out about a message; a table's column of such a name holds something else.
FOUND_OUT = frozenset({"id", "direction", "auto_submitted", "bulk"})


def add(columns: Columns, schema: Schema, messages: bool) -> None:
    """Add the columns of another input."""
    for name, kind in schema.items():
        _merge(columns, (messages, name), kind)


def joined(columns: Columns) -> tuple[Schema, dict[str, str]]:
    """One schema for tables and messages, and the new names of the tables' columns that have the name of ours."""
    taken = {name for _, name in columns}
    renamed: dict[str, str] = {}
    for name in FOUND_OUT:
        if (True, name) in columns and (False, name) in columns:
            new = f"input_{name}"
            while new in taken:
                new = f"input_{new}"
            renamed[name] = new
    schema: Schema = {}
    for (messages, name), kind in columns.items():
        _merge(schema, name if messages else renamed.get(name, name), kind)
    return schema, renamed


def _merge(schema: dict, name: object, kind: pa.DataType) -> None:
    """A column that has several types is text."""
    schema[name] = kind if schema.get(name, kind) == kind else pa.string()
