"""Parquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, Record

ROWS_AT_ONCE = 1024


class ParquetReader(Reader):
    format = "parquet"
    endings = (".parquet", ".pq")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        return head.startswith(b"PAR1")

    def schema(self) -> dict[str, pa.DataType]:
        schema = self._open().schema_arrow
        self._text_column(schema)
        return {field.name: field.type for field in schema}

    def records(self) -> Iterator[Record]:
        file = self._open()
        text_column = self._text_column(file.schema_arrow)
        number = 0
        for batch in file.iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                self.progress = number / max(1, file.metadata.num_rows)
                yield Record(row[text_column] or "", row, str(self.path), number)

    def _text_column(self, schema: pa.Schema) -> str:
        name = self.find_text_column(schema.names)
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
            raise InputError(f"{self.path}: column {name!r} is {kind}, not text; name another with --text-column")
        return name

    def _open(self):  # noqa: ANN202 (the type would import pyarrow.parquet)
        import pyarrow.parquet as pq

        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{self.path} is not a readable Parquet file: {error}") from error
