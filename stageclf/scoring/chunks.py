"""The unit of scoring, the same in all engines: a chunk of records becomes rows.

What a text gets depends, in the last digits or (int8) a little more, on the texts that share its batch. So chunks are
cut at the same places wherever they are scored: within a part of the reading, by number and length of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stageclf.classifier import StageClassifier
from stageclf.inbox import OK, Record
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.report import ScoreReport

CHUNK_RECORDS = 1024
CHUNK_CHARACTERS = 4_000_000


def chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in portions small enough to be held in memory, however long the texts are."""
    chunk: list[Record] = []
    characters = 0
    for record in records:
        chunk.append(record)
        characters += len(record.text)
        if len(chunk) == CHUNK_RECORDS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def score_chunk(
    chunk: list[Record], classifier: StageClassifier, columns: OutputColumns, report: ScoreReport
) -> list[dict[str, Any]]:
    """The output's rows for a chunk, counted in the report."""
    predictions = iter(classifier.label([record.text for record in chunk if record.status == OK]))
    rows = []
    for record in chunk:
        prediction = next(predictions) if record.status == OK else None
        row = columns.row(record, prediction)
        report.count(prediction, row["note"])
        rows.append(row)
    return rows
