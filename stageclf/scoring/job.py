"""Scoring files: a stream of records is labelled chunk by chunk and written with its own columns kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stageclf.classifier import StageClassifier
from stageclf.inbox import OK, InputError, ReadReport, Record, read
from stageclf.prediction import Prediction
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.sinks import open_sink
from stageclf.stages import StageModel

CHUNK_RECORDS = 1024
CHUNK_CHARACTERS = 4_000_000


@dataclass
class ScoreReport:
    """What a run did: what was read, stages by language, notes on single records, seconds."""

    read: ReadReport
    stages: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    needs_review: int = 0
    seconds: float = 0.0

    @property
    def scored(self) -> int:
        return sum(self.stages.values())


def score_files(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    classifier: StageClassifier | None = None,
    text_column: str | None = None,
    encoding: str | None = None,
    stage_model: StageModel | None = None,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
    privacy: Privacy | None = None,
    on_progress: Callable[[float, int], None] | None = None,
) -> ScoreReport:
    """Label every text of the inputs and write them with their own columns to `output`.

    inputs: files and folders, see `stageclf.inbox.read`.
    output: a path that ends in .csv, .jsonl or .parquet.
    classifier: the shipped model if None.
    stage_model: adds a column with the stages of another model of the buying process.
    own_addresses, own_domains: of one's own people; their messages get the direction "outgoing".
    privacy: what is hidden of the records' own columns; nothing by default. Labels are those of the full text.
    on_progress: called with the share read (0 to 1) and the number of records after every chunk.

    Raises InputError and OutputError before anything is scored; a record that cannot be read is passed
    through with status "unreadable" and a note, an empty one with status "empty".
    """
    started = time.monotonic()
    reading = read(
        inputs, text_column=text_column, encoding=encoding, own_addresses=own_addresses, own_domains=own_domains
    )
    _refuse_same_file(reading.paths, Path(output))
    classifier = classifier or StageClassifier.from_pretrained()
    report = ScoreReport(reading.report)
    labels = classifier.classes_.tolist()
    columns = OutputColumns(reading.schema(), labels, reading.several, stage_model, privacy or Privacy())
    with open_sink(output, columns.schema) as sink:
        for chunk in _chunks(iter(reading)):
            texts = [record.text for record in chunk if record.status == OK]
            predictions = iter(classifier.label(texts))
            rows = []
            for record in chunk:
                prediction = next(predictions) if record.status == OK else None
                row = columns.row(record, prediction)
                _count(report, prediction, row["note"])
                rows.append(row)
            sink.write(rows)
            if on_progress:
                on_progress(reading.progress, report.read.total)
    report.seconds = time.monotonic() - started
    return report


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
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


def _count(report: ScoreReport, prediction: Prediction | None, note: str) -> None:
    if prediction is not None:
        report.stages[prediction.language, prediction.stage] += 1
        report.needs_review += prediction.needs_review
    if note:
        report.notes[note] += 1


def _refuse_same_file(paths: Iterable[Path], output: Path) -> None:
    for path in paths if output.exists() else ():
        if path.samefile(output):
            raise InputError(f"{output} is an input, too: write to another file")
