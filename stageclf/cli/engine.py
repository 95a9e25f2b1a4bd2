"""The engine that scores: this process, or the workers of a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from stageclf.cli.options import LOCAL, RAY

if TYPE_CHECKING:
    from stageclf.scoring import ScoreReport


def resuming(engine: str) -> str:
    """The options that continue a run of the engine to one file."""
    return "--resume" if engine == LOCAL else "--engine local --resume"


def scorer(
    engine: str,
    *,
    model: str | None,
    threads: int | None,
    exact: bool,
    address: str | None,
    workers: int | None,
    resume: bool,
) -> Callable[..., ScoreReport]:
    """`score_files` of the engine, its model and its workers given; raises ValueError for options of the other."""
    if engine == RAY:
        if resume:
            raise ValueError(
                "--resume belongs to --engine local, which continues a run of Ray to one file, too; "
                "leave it out to begin anew"
            )
        from stageclf.engines import score_files_on_ray

        return partial(
            score_files_on_ray, model=model, threads=threads or 1, exact=exact, address=address, workers=workers
        )
    if address or workers:
        raise ValueError("--address and --workers belong to --engine ray: add it, or leave them out")
    from stageclf.labeller import Labeller
    from stageclf.scoring import score_files

    labeller = Labeller.from_pretrained(model, threads=threads, exact=exact)
    return partial(score_files, classifier=labeller, resume=resume)
