"""Scoring files: a stream of records is labelled chunk by chunk and written with its own columns kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from stageclf.classifier import StageClassifier
from stageclf.inbox import InputError, read
from stageclf.scoring.chunks import chunks, score_chunk
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import open_sink
from stageclf.stages import StageModel


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
    refuse_same_file(reading.paths, Path(output))
    classifier = classifier or StageClassifier.from_pretrained()
    report = ScoreReport(reading.report)
    labels = classifier.classes_.tolist()
    columns = OutputColumns(reading.schema(), labels, reading.several, stage_model, privacy or Privacy())
    with open_sink(output, columns.schema) as sink:
        for part in reading.parts():
            for chunk in chunks(part):
                sink.write(score_chunk(chunk, classifier, columns, report))
                if on_progress:
                    on_progress(part.progress, report.read.total)
    report.seconds = time.monotonic() - started
    return report


def refuse_same_file(paths: Iterable[Path], output: Path) -> None:
    """Raise InputError where the output is one of the inputs."""
    for path in paths if output.exists() else ():
        if path.samefile(output):
            raise InputError(f"{output} is an input, too: write to another file")
