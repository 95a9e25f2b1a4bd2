"""How rows become a file: every chunk is encoded on its own, the file is made of the encoded chunks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.scoring.sinks.values import fitting, without_surrogates

MOST_ROWS = 1 << 16
MOST_BYTES = 64 * 2**20


class OutputError(ValueError):
    """An output that cannot be written; the message says why and what to do."""


class Sink(ABC):
    """Writes rows in one format.

    A run appends `head` and then what `encode` gives for each chunk to one file, its log. That is the output already,
    but for an ArrowSink, which makes the output of it at the end.

    folds_case: columns whose names differ in capitals only are the same to the format.
    dated: a column `week` is added to the rows.
    """

    folds_case = False
    dated = False

    def __init__(self, schema: dict[str, pa.DataType], about: str = "{}") -> None:
        """schema: the columns in order. about: the model, the taxonomy and the options, as JSON."""
        self.schema = schema
        self.about = about

    @classmethod
    def check(cls, path: Path | None) -> None:
        """Before a run: whether the format can be written, and what there is at the path be replaced.

        path: of the output on this machine; None if it is elsewhere.
        Raises MissingExtraError and OutputError.
        """
        return None

    def head(self) -> bytes:
        """What comes before the first chunk. Raises OutputError for columns that the format cannot hold."""
        return b""

    @abstractmethod
    def encode(self, rows: list[dict[str, Any]]) -> bytes:
        """One chunk; every row has all columns of the schema."""


class ArrowSink(Sink):
    """A format that is made of Arrow tables: a chunk is encoded as an Arrow stream."""

    def __init__(self, schema: dict[str, pa.DataType], about: str = "{}") -> None:
        super().__init__(schema, about)
        self.arrow = pa.schema(list(schema.items()))

    def encode(self, rows: list[dict[str, Any]]) -> bytes:
        arrays = [_array([row[name] for row in rows], kind) for name, kind in self.schema.items()]
        stream = pa.BufferOutputStream()
        with pa.ipc.new_stream(stream, self.arrow) as writer:
            writer.write_table(pa.Table.from_arrays(arrays, schema=self.arrow))
        return stream.getvalue().to_pybytes()

    def build(self, chunks: Iterator[bytes], path: Path) -> None:
        """Make the output of all encoded chunks; raises OSError where it cannot be written."""
        self.build_from(_portions(map(_table, chunks)), path)

    @abstractmethod
    def build_from(self, tables: Iterator[pa.Table], path: Path) -> None:
        """Make the output of tables of some ten thousand rows; raises OSError where it cannot be written."""


def _table(chunk: bytes) -> pa.Table:
    return pa.ipc.open_stream(chunk).read_all()


def _portions(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Tables put together into larger ones that still fit into memory."""
    held: list[pa.Table] = []
    rows = size = 0
    for table in tables:
        if held and (rows + table.num_rows > MOST_ROWS or size + table.nbytes > MOST_BYTES):
            yield pa.concat_tables(held)
            held, rows, size = [], 0, 0
        held.append(table)
        rows, size = rows + table.num_rows, size + table.nbytes
    if held:
        yield pa.concat_tables(held)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    fitted = [fitting(value, kind) for value in values]
    try:
        return pa.array(fitted, type=kind)
    except UnicodeEncodeError:
        return pa.array([without_surrogates(value) for value in fitted], type=kind)
