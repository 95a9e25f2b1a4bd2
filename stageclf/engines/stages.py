"""What runs on the machines of a cluster: reading parts of the input, scoring chunks, writing files.

What goes from one to the next are Arrow tables with a row a chunk: `part` and `chunk` number it in the order of the
input, `share` is how much of the input it is (0 to 1), `data` holds pickled Python objects.
"""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.inbox import InputError
from stageclf.labeller import Labeller
from stageclf.scoring.chunks import chunks_of, digest_of, label_chunk
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.inputs import Inputs
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import ArrowSink, Sink

CHUNKS_A_FILE = 128
packed, unpacked = pickle.dumps, pickle.loads


@dataclass(frozen=True)
class Task:
    """What a worker has to know: the output's columns and format, the model's folder or id, its threads,
    and whether exits are off."""

    columns: OutputColumns
    sink: Sink
    model: str | None
    threads: int
    exact: bool


@dataclass(frozen=True)
class Scored:
    """An encoded chunk, how many records it has, their digest, and the counts over them."""

    data: bytes
    records: int
    digest: str
    report: ScoreReport


@dataclass(frozen=True)
class Written:
    """A file of chunks, its path on the worker's machine, and the counts over its records."""

    path: str
    report: ScoreReport


def read_parts(batch: pa.Table, here: str, inputs: Inputs, most: int) -> Iterator[pa.Table]:
    """The chunks, of `most` records, of parts of the input; relative paths start from the folder `here`."""
    for row in batch.to_pylist():
        reading = unpacked(row["reading"])
        _go_where_the_files_are(list(reading.paths), here)
        share = reading.progress
        for number, chunk in enumerate(chunks_of(inputs.named(iter(reading)), most)):
            for record in chunk:
                record.raw_text, record.removed = "", ()
            yield _table(row["part"], number, reading.progress - share, chunk)
            share = reading.progress


class Scorer:
    """One worker: its model, loaded once."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.labeller = Labeller.from_pretrained(task.model, threads=task.threads, exact=task.exact)

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        for row in batch.to_pylist():
            report = ScoreReport()
            chunk = unpacked(row["data"])
            for record in chunk:
                report.read.counts[record.status] += 1
            rows, tally = label_chunk(chunk, self.labeller, self.task.columns)
            report.add(tally)
            scored = Scored(self.task.sink.encode(rows), len(chunk), digest_of(chunk), report)
            yield _table(row["part"], row["chunk"], row["share"], scored)


def write_part(batch: pa.Table, folder: str, sink: ArrowSink) -> pa.Table:
    """Write scored chunks as one file in the folder, under a name that is the same if it is done again."""
    rows = batch.to_pylist()
    first = rows[0]
    path = Path(folder, f"part-{first['part']:06}-{first['chunk']:06}.parquet")
    scored: list[Scored] = [unpacked(row["data"]) for row in rows]
    report = ScoreReport()
    for chunk in scored:
        report.merge(chunk.report)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    sink.build((chunk.data for chunk in scored), partial)
    partial.replace(path)
    return _table(first["part"], first["chunk"], sum(row["share"] for row in rows), Written(str(path), report))


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
                f"{path} is not there on the machine {platform.node()}: every machine of the cluster needs the "
                "inputs on the same path, on a shared file system"
            )
