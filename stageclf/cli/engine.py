"""The engine that scores: this process, or the workers of a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from stageclf.scoring import ScoreReport


class EngineName(StrEnum):
    """The engines by their names on the command line."""

    LOCAL = "local"
    RAY = "ray"


Engine = Annotated[EngineName, typer.Option("--engine", help="Where to score: this machine, or a Ray cluster.")]
Address = Annotated[
    str | None,
    typer.Option("--address", help="Ray cluster: auto, or host:port; without it Ray is started on this machine."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Models that Ray runs at the same time; one a core without it."),
]


def resuming(engine: EngineName) -> str:
    """The options that continue a run of the engine to one file."""
    return "--resume" if engine is EngineName.LOCAL else "--engine local --resume"


def scorer(
    engine: EngineName,
    *,
    model: str | None,
    threads: int | None,
    exact: bool,
    address: str | None,
    workers: int | None,
    resume: bool,
) -> Callable[..., ScoreReport]:
    """`score_files` of the engine, its model and its workers given; raises ValueError for options of the other."""
    if engine is EngineName.RAY:
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
