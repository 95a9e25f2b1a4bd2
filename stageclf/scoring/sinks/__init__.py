"""Where scored rows go: one module a format, chosen by the ending of the output."""

from __future__ import annotations

from stageclf.scoring.sinks.base import ArrowSink, OutputError, Sink
from stageclf.scoring.sinks.csv import CsvSink
from stageclf.scoring.sinks.duckdb import DuckdbSink
from stageclf.scoring.sinks.jsonl import JsonlSink
from stageclf.scoring.sinks.parquet import ParquetSink
from stageclf.scoring.sinks.sqlite import SqliteSink

SINKS: dict[str, type[Sink]] = {
    ".csv": CsvSink,
    ".jsonl": JsonlSink,
    ".parquet": ParquetSink,
    ".duckdb": DuckdbSink,
    ".sqlite": SqliteSink,
}

__all__ = ["SINKS", "ArrowSink", "OutputError", "Sink"]
