"""Scoring files: a stream of records is labelled chunk by chunk and written with its own columns kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stageclf.inbox import InputError, Reading, Record, read
from stageclf.labeller import Labeller, as_labeller
from stageclf.scoring.chunks import chunk_records, chunks_of, digest_of, label_chunk
from stageclf.scoring.columns import OutputColumns
from stageclf.scoring.inputs import Inputs, inputs_here
from stageclf.scoring.outputs import ChunkWork, Output, Work, output_of
from stageclf.scoring.plan import ScoreOptions, about, inputs_of, model_identity, plan_of, sizes_of_grown
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.progress import Event, Watch
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import Sink
from stageclf.stages import StageModel

if TYPE_CHECKING:
    from stageclf.classifier import StageClassifier


def score_files(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    classifier: Labeller | StageClassifier | None = None,
    text_column: str | None = None,
    encoding: str | None = None,
    stage_model: StageModel | None = None,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
    privacy: Privacy | None = None,
    resume: bool = False,
    on_progress: Callable[[float, int], None] | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> ScoreReport:
    """Label every text of the inputs and write them with their own columns to `output`.

    inputs: files and folders, see `stageclf.inbox.read`; addresses such as s3://…; "-" for standard input.
    output: a path or address that ends in .csv, .jsonl, .parquet, .duckdb or .sqlite; "-" for standard output.
    classifier: the shipped model if None.
    stage_model: adds a column with the stages of another model of the buying process.
    own_addresses, own_domains: of one's own people; their messages get the direction "outgoing".
    privacy: what is hidden of the records; nothing by default. Labels are those of the full text.
    resume: continue a run that was interrupted; the output is what it would have been without.
    on_progress: called with the share read (0 to 1) and the number of records after every chunk.
    on_event: called with every Event.

    Raises InputError and OutputError before anything is scored, and later where an input vanishes or the output
    cannot be written; what is finished by then is kept for `resume`. A record that cannot be read is passed
    through with status "unreadable" and a note, an empty one with status "empty".
    """
    options = ScoreOptions(text_column, encoding, stage_model, own_addresses, own_domains, privacy or Privacy())
    watch = Watch(on_progress, on_event)
    engine = nullcontext(_score_here)
    return run_job(inputs, output_of(output), options, watch, engine, classifier=classifier, resume=resume)


@dataclass
class Job:
    """What a run has when it begins.

    here: the inputs as paths on this machine. head: what the output begins with, as `sink.head` gave it.
    plan: what the output depends on, see `plan_of`; its "chunk" is the number of records of a chunk at most.
    """

    here: Inputs
    reading: Reading
    labeller: Labeller
    columns: OutputColumns
    sink: Sink
    plan: dict[str, Any]
    head: bytes


# Labels what `work` has not finished, hands it over to `work`, and counts it in `report`.
Engine = Callable[[Job, Any, ScoreReport, Watch], None]


def run_job(
    inputs: str | Path | Sequence[str | Path],
    place: Output,
    options: ScoreOptions,
    watch: Watch,
    engine: AbstractContextManager[Engine],
    *,
    classifier: Labeller | StageClassifier | None = None,
    resume: bool = False,
) -> ScoreReport:
    """A run from its preparation to the output; what `engine` gives labels the chunks in between.

    engine: entered when the inputs are known to be readable; it takes the work that `place.work` gives.
    Raises InputError and OutputError.
    """
    with place.work() as work, inputs_here(inputs) as here, here.explained():
        job = _prepared(here, place, work, options, classifier)
        with engine as score:
            remarks = work.begin(job.plan, job.head, resume) + _repeated(job, options.privacy)
            report = ScoreReport(read=job.reading.report, remarks=remarks)
            finished = sum(chunk.records for chunk in work.finished)
            watch.tell("started", inputs=len(here.paths), output=place.name, finished=finished)
            for remark in remarks:
                watch.tell("note", text=remark)
            started = time.monotonic()
            score(job, work, report, watch)
        for name, size in job.reading.grown():
            what = "an input" if options.privacy.hides else here.told(name)
            text = f"{what} has grown: it was read up to the {size:,} bytes that it had at first"
            report.remarks.append(text)
            watch.tell("note", text=text)
        place.deliver(work.result(job.sink, len(job.head)))
    report.seconds = time.monotonic() - started
    watch.finished(report, place.name)
    return report


def _repeated(job: Job, privacy: Privacy) -> list[str]:
    """What there is to say about files that were given more than once."""
    repeated = [*job.here.repeated, *map(job.here.told, job.reading.report.repeated)]
    if not repeated:
        return []
    which = "" if privacy.hides else f" ({repeated[0]}{', …' if len(repeated) > 1 else ''})"
    files = "1 file was" if len(repeated) == 1 else f"{len(repeated):,} files were"
    return [f"{files} met again among the inputs{which}: each file is scored once"]


def _score_here(job: Job, work: ChunkWork, report: ScoreReport, watch: Watch) -> None:
    """Label all chunks that are not finished yet."""
    done = list(work.finished)
    report.add(work.tally)
    number = 0
    for part, chunk in _chunks(job):
        number += 1
        digest = digest_of(chunk)
        if number <= len(done):
            _refuse_unless(digest == done[number - 1].digest)
            report.resumed += len(chunk)
            watch.skipped(part.progress, report)
            continue
        rows, tally = label_chunk(chunk, job.labeller, job.columns)
        work.append(job.sink.encode(rows), len(chunk), digest, tally)
        report.add(tally)
        watch.advanced(part.progress, report)
    _refuse_unless(number >= len(done))


def _chunks(job: Job) -> Iterator[tuple[Reading, list[Record]]]:
    for part in job.reading.parts():
        for chunk in chunks_of(job.here.named(iter(part)), job.plan["chunk"]):
            yield part, chunk


def _refuse_unless(same: bool) -> None:
    """Raise InputError where a run that is continued meets other records than the first one."""
    if not same:
        raise InputError("cannot resume: the inputs hold other records than before; leave out --resume")


def _prepared(
    here: Inputs, place: Output, work: Work, options: ScoreOptions, classifier: Labeller | StageClassifier | None
) -> Job:
    """Look at the inputs, load the model, and write down what is going to be done."""
    earlier = work.plan()
    reading = read(
        here.paths,
        text_column=options.text_column,
        encoding=options.encoding,
        own_addresses=options.own_addresses,
        own_domains=options.own_domains,
        sizes=sizes_of_grown(earlier),
    )
    _refuse_same_file(reading.paths, place)
    _forget_own_folder(reading, place)
    labeller = as_labeller(classifier)
    model = model_identity(labeller)
    columns = OutputColumns(
        reading.schema(),
        labeller.spec.labels,
        reading.several,
        options.stage_model,
        options.privacy,
        week=place.sink.dated,
        folds_case=place.sink.folds_case,
    )
    sink = place.sink(columns.schema, json.dumps(about(model, options), ensure_ascii=False))
    inputs = inputs_of(reading.sizes(), here.names, earlier)
    plan = plan_of(model, options, inputs, columns.schema, chunk_records())
    return Job(here, reading, labeller, columns, sink, plan, sink.head())


def _refuse_same_file(paths: Iterable[Path], place: Output) -> None:
    if place.path is None or not place.path.exists():
        return
    for path in paths:
        if path.samefile(place.path):
            raise InputError(f"{place.path} is an input, too: write to another file")


def _forget_own_folder(reading: Reading, place: Output) -> None:
    """The working folder beside the output is no file that was left aside."""
    if place.folder is None:
        return
    skipped = reading.report.skipped
    for label in [label for label in skipped if place.folder.name in Path(label).parts]:
        del skipped[label]
