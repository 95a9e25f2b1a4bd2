"""Parquet: row groups of some ten thousand rows; model, taxonomy and options in the metadata of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stageclf.scoring.sinks.base import ArrowSink

METADATA_KEY = "stageclf"


class ParquetSink(ArrowSink):
    folds_case = True  # Spark and DuckDB find columns by their names in any case

    def build_from(self, tables: Iterator[pa.Table], path: Path) -> None:
        import pyarrow.parquet as pq

        schema = self.arrow.with_metadata({METADATA_KEY: self.about})
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for table in tables:
                writer.write_table(table.cast(schema), row_group_size=table.num_rows)
