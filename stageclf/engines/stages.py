"""What runs on the machines of a cluster: reading parts of the input, scoring chunks, writing files.

What goes from one to the next are Arrow tables with a row a chunk: `part` and `chunk` number it in the order of the
input, `share` is how much of the input it is (0 to 1), `data` holds pickled Python objects.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.classifier import StageClassifier
from stageclf.inbox import InputError
from stageclf.scoring.chunks import chunks, score_chunk
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import open_sink

CHUNKS_A_FILE = 128
packed, unpacked = pickle.dumps, pickle.loads


@dataclass(frozen=True)
class Task:
    """What a worker has to know: the output's columns, the model's folder or id, its threads."""

    columns: OutputColumns
    model: str | None
    threads: int


def read_parts(batch: pa.Table, here: str) -> Iterator[pa.Table]:
    """The chunks of parts of the input; `here` is the folder that relative paths start from."""
    for row in batch.to_pylist():
        reading = unpacked(row["reading"])
        _go_where_the_files_are(list(reading.paths), here)
        share = reading.progress
        for number, chunk in enumerate(chunks(reading)):
            for record in chunk:
                record.raw_text, record.removed = "", ()
            yield _table(row["part"], number, reading.progress - share, chunk)
            share = reading.progress


class Scorer:
    """One worker: its model, loaded once."""

    def __init__(self, task: Task) -> None:
        self.columns = task.columns
        self.classifier = StageClassifier.from_pretrained(task.model, threads=task.threads)

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        for row in batch.to_pylist():
            report = ScoreReport()
            chunk = unpacked(row["data"])
            for record in chunk:
                report.read.counts[record.status] += 1
            rows = score_chunk(chunk, self.classifier, self.columns, report)
            yield _table(row["part"], row["chunk"], row["share"], (rows, report))


def write_part(batch: pa.Table, folder: str, schema: dict[str, pa.DataType]) -> pa.Table:
    """Write scored chunks as one Parquet file, under a name that is the same if it is done again."""
    rows = batch.to_pylist()
    first = rows[0]
    path = Path(folder, f"part-{first['part']:06}-{first['chunk']:06}.parquet")
    report = ScoreReport()
    with open_sink(path, schema) as sink:
        for row in rows:
            scored, counted = unpacked(row["data"])
            sink.write(scored)
            report.add(counted)
    return _table(first["part"], first["chunk"], sum(row["share"] for row in rows), (str(path), report))


def _table(part: int, chunk: int, share: float, data: Any) -> pa.Table:
    return pa.table(
        {
            "part": pa.array([part], pa.int64()),
            "chunk": pa.array([chunk], pa.int64()),
            "share": pa.array([share], pa.float64()),
            "data": pa.array([packed(data)], pa.large_binary()),
        }
    )


def _go_where_the_files_are(paths: list[Path], here: str) -> None:
    """Make relative paths mean what they mean where the run was started; InputError for a file that is not there."""
    if not all(path.is_absolute() for path in paths) and Path.cwd() != Path(here) and Path(here).is_dir():
        os.chdir(here)
    for path in paths:
        if not path.exists():
            raise InputError(
                f"{path} is not there on the machine {os.uname().nodename}: every machine of the cluster needs the "
                "inputs on the same path, on a shared file system"
            )
