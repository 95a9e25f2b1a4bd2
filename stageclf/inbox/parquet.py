"""Parquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.exports import Layout, layout_of
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, Record

ROWS_AT_ONCE = 1024
SAMPLE_ROWS = 100


class ParquetReader(Reader):
    """One record a row; `position` counts the rows. Columns keep their types, nested ones too."""

    format = "parquet"
    endings: tuple[str, ...] = (".parquet", ".pq")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        return head.startswith(b"PAR1")

    def schema(self) -> dict[str, pa.DataType]:
        schema = self._open().schema_arrow
        self._layout  # noqa: B018 (a file without a text column is to be refused before it is read)
        return {field.name: field.type for field in schema}

    def records(self) -> Iterator[Record]:
        file = self._open()
        layout = self._layout
        number = 0
        for batch in file.iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                self.progress = number / max(1, file.metadata.num_rows)
                yield layout.record(row, number)

    @cached_property
    def _layout(self) -> Layout:
        file = self._open()
        schema = file.schema_arrow
        layout = layout_of(self, [*schema.names, *_nested(schema)])
        self._check_text(schema, layout.text_column)
        first = (row for batch in file.iter_batches(SAMPLE_ROWS) for row in batch.to_pylist())
        return layout.learn(islice(first, SAMPLE_ROWS))

    def _check_text(self, schema: pa.Schema, name: str) -> None:
        """Raise InputError for a text column of another type."""
        if name not in schema.names:
            return
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
        if not (text or pa.types.is_null(kind)):
            raise InputError(f"{self.path}: column {name!r} is {kind}, not text; name another with --text-column")

    def _open(self):  # noqa: ANN202 (the type would import pyarrow.parquet)
        import pyarrow.parquet as pq

        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{self.path} is not a readable Parquet file: {error}") from error


def _nested(schema: pa.Schema) -> Iterator[str]:
    """Names such as "source.body" of the texts in columns of objects."""
    for field in schema:
        if pa.types.is_struct(field.type):
            for inner in field.type:
                if pa.types.is_string(inner.type) or pa.types.is_large_string(inner.type):
                    yield f"{field.name}.{inner.name}"
