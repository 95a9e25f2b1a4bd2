"""Portions of the stream of records: the same ones in every run over the same input, whatever the engine.

Chunks are cut at the same places wherever they are scored: within a part of the reading, by number and length of the
texts. So a run can be resumed chunk by chunk, and nothing depends on what shares a batch, whatever model is used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from stageclf.inbox import OK, Record
from stageclf.labeller import Labeller
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.report import Tally

CHUNK_RECORDS = 1024
CHUNK_CHARACTERS = 4_000_000


def chunk_records() -> int:
    """Records of a chunk at most; tests set smaller ones."""
    return int(os.environ.get("STAGECLF_CHUNK_RECORDS", CHUNK_RECORDS))


def chunks_of(records: Iterable[Record], most: int) -> Iterator[list[Record]]:
    """Records in portions small enough to be held in memory, however long the texts are."""
    chunk: list[Record] = []
    characters = 0
    for record in records:
        chunk.append(record)
        characters += len(record.text)
        if len(chunk) == most or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def digest_of(chunk: list[Record]) -> str:
    """Tells whether two chunks hold the same records; ids depend on file name, position and text."""
    return hashlib.sha256("".join(record.id for record in chunk).encode()).hexdigest()[:16]


def label_chunk(
    chunk: list[Record], labeller: Labeller, columns: OutputColumns
) -> tuple[list[dict[str, Any]], Tally]:
    """The rows of a chunk, in its order, and the counts over them."""
    predictions = iter(labeller.label([record.text for record in chunk if record.status == OK]))
    rows, tally = [], Tally()
    for record in chunk:
        prediction = next(predictions) if record.status == OK else None
        row = columns.row(record, prediction)
        tally.count(prediction, row["note"], bool(row["needs_review"]))
        rows.append(row)
    return rows, tally
