"""Scoring files on a Ray cluster: readers, one model a worker, writers, as one stream of chunks."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stageclf.engines.folder import FolderOutput, PartFolder
from stageclf.engines.stages import CHUNKS_A_FILE, Scorer, Task, Written, packed, read_parts, unpacked, write_part
from stageclf.extras import require
from stageclf.inbox import InputError
from stageclf.labeller import Labeller, model_folder
from stageclf.model.artefact import ArtefactError
from stageclf.scoring.job import Engine, Job, run_job
from stageclf.scoring.outputs import STANDARD, ChunkWork, Output, output_of
from stageclf.scoring.plan import ScoreOptions
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.progress import Event, Watch
from stageclf.scoring.remote import is_address
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import SINKS, OutputError
from stageclf.stages import StageModel

# Chunks are passed on one by one: a block of Ray Data is full with the first chunk that is not tiny.
BLOCK_BYTES = 1 << 16
CORES_A_READER = 8
# Workers claim half of the cores that they use, so that those of a lost machine find room on the others.
CLAIM = 0.5


class EngineError(ValueError):
    """A cluster that cannot be used, or a run that broke off; the message says why and what to do."""


def score_files_on_ray(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path,
    *,
    address: str | None = None,
    workers: int | None = None,
    threads: int = 1,
    exact: bool = False,
    model: str | Path | None = None,
    text_column: str | None = None,
    encoding: str | None = None,
    stage_model: StageModel | None = None,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
    privacy: Privacy | None = None,
    on_progress: Callable[[float, int], None] | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> ScoreReport:
    """As `stageclf.scoring.score_files`, the texts labelled by the workers of a Ray cluster.

    output: what `score_files` takes is one file, written by this process; any other path is a folder of Parquet
        files written by the workers, whose names sort in the order of the input.
    address: of a running cluster ("auto", "host:6379"); without it Ray is started on this machine.
    workers: models that score at the same time; as many as the cluster has cores for, if None.
    threads: cores a worker uses.
    exact: whether every text goes through the whole model.
    model: a model folder or Hugging Face Hub id; the shipped model if None.

    Every machine needs stageclf, and the inputs, the model and an output folder on the same paths. Rows, their order
    and columns are those of the local engine; where a worker or a machine is lost, its chunks are scored again.
    A run to one file that broke off is continued by `score_files` with `resume`.
    Raises MissingExtraError, InputError, OutputError and EngineError.
    """
    for module in ("ray", "ray.data"):
        require(module, "ray")
    options = ScoreOptions(text_column, encoding, stage_model, own_addresses, own_domains, privacy or Privacy())
    place = _place_of(output)
    model = str(model_folder(model).absolute()) if model is not None else None
    classifier = Labeller.from_pretrained(model, exact=exact)
    watch = Watch(on_progress, on_event, keeps=not isinstance(place, FolderOutput))
    return run_job(inputs, place, options, watch, _engine(address, workers, threads, model), classifier=classifier)


def _place_of(output: str | Path) -> Output:
    """One file, here or elsewhere, standard output, or a folder."""
    path = Path(output)
    one = str(output) == STANDARD or is_address(output) or (path.suffix.lower() in SINKS and not path.is_dir())
    return output_of(output) if one else FolderOutput(path)


@contextmanager
def _engine(address: str | None, workers: int | None, threads: int, model: str | None) -> Iterator[Engine]:
    """What labels the chunks of a run, while there is a cluster."""
    with _cluster(address, workers, threads) as workers:

        def score(job: Job, work: ChunkWork | PartFolder, report: ScoreReport, watch: Watch) -> None:
            folder = work.folder if isinstance(work, PartFolder) else None
            dataset = _pipeline(job, Task(job.columns, job.sink, model, threads, job.labeller.exact), workers, folder)
            share = 0.0
            for row in _results(dataset):
                share += row["share"]
                done = unpacked(row["data"])
                if isinstance(done, Written):
                    work.check(done.path)
                else:
                    work.append(done.data, done.records, done.digest, done.report)
                report.merge(done.report)
                watch.advanced(min(1.0, share), report)

        yield score


def _pipeline(job: Job, task: Task, workers: int, folder: Path | None) -> Any:
    """The dataset whose rows are scored chunks, or where there is a folder, files written to it."""
    import ray.data

    readers = max(1, workers // CORES_A_READER)
    parts = [{"part": number, "reading": packed(part)} for number, part in enumerate(job.reading.parts())]
    arrow = {"batch_format": "pyarrow"}
    # Readers and writers take no core: these are all taken by the models, for which they fetch and carry.
    cut = {"here": str(Path.cwd()), "inputs": job.here, "most": job.plan["chunk"]}
    dataset = ray.data.from_items(parts).map_batches(
        read_parts, batch_size=1, fn_kwargs=cut, num_cpus=0, concurrency=readers, **arrow
    )
    dataset = dataset.map_batches(
        Scorer,
        batch_size=1,
        fn_constructor_kwargs={"task": task},
        num_cpus=task.threads * CLAIM,
        concurrency=workers,
        **arrow,
    )
    if folder is None:
        return dataset
    to = {"folder": str(folder), "sink": task.sink}
    return dataset.map_batches(
        write_part, batch_size=CHUNKS_A_FILE, fn_kwargs=to, num_cpus=0, concurrency=readers, **arrow
    )


def _results(dataset: Any) -> Iterator[dict[str, Any]]:
    """The dataset's rows in order; what went wrong in a worker is raised as the error that it was there."""
    from ray.exceptions import RayError

    try:
        yield from dataset.iter_rows()
    except RayError as error:
        cause = _cause(error)
        message = str(cause).partition("\n")[0]  # Ray adds lines of its own
        if isinstance(cause, (InputError, OutputError, ArtefactError)):
            raise type(cause)(message) from error
        raise EngineError(f"the run on Ray broke off: {type(cause).__name__}: {message}") from error


def _cause(error: BaseException) -> BaseException:
    """The innermost error; Ray wraps those of workers in its own."""
    while inner := getattr(error, "cause", None) or error.__cause__:
        error = inner
    return error


@contextmanager
def _cluster(address: str | None, workers: int | None, threads: int) -> Iterator[int]:
    """A connection to Ray with settings for this run; gives the number of workers."""
    import ray
    from ray.data import DataContext

    own = not ray.is_initialized()
    if own:
        _connect(address, (workers * threads) if workers and address is None else None)
    context = DataContext.get_current()
    before = context.target_max_block_size, context.execution_options.preserve_order, context.enable_progress_bars
    context.target_max_block_size, context.enable_progress_bars = BLOCK_BYTES, False
    context.execution_options.preserve_order = True
    try:
        yield _checked_workers(workers, threads)
    finally:
        context.target_max_block_size, context.execution_options.preserve_order, context.enable_progress_bars = before
        if own:
            ray.shutdown()


def _connect(address: str | None, cores: int | None) -> None:
    """Connect to a cluster, or start one here; Ray's reports of its use are not sent."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    import ray

    here = {} if address else {"num_cpus": cores, "include_dashboard": False}
    try:
        ray.init(address or "local", logging_level=logging.ERROR, log_to_driver=False, **here)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        raise EngineError(
            f"no Ray cluster at {address or 'this machine'} ({str(error).splitlines()[0]}): start one with "
            "`ray start --head` and give its address, or leave the address out to use this machine"
        ) from error
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


def _checked_workers(workers: int | None, threads: int) -> int:
    """How many workers there are to be; raises EngineError where the cluster has too few cores for them."""
    import ray

    cores = int(ray.cluster_resources().get("CPU", 0))
    most = cores // threads
    if (workers or 1) > most:
        raise EngineError(
            f"{workers or 1} workers with {threads} threads each need {(workers or 1) * threads} cores, and the Ray "
            f"cluster has {cores}: ask for at most {most} workers, or add machines"
        )
    return workers or most
