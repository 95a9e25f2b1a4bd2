"""stageclf export: the model for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stageclf.cli.options import Model


class Format(StrEnum):
    """What a model can be exported to."""

    TRANSFORMERS = "transformers"


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.TRANSFORMERS,
    model: Model = None,
) -> None:
    """Write the model for another program: for transformers, ready for pipeline("text-classification")."""
    from stageclf.extras import require
    from stageclf.labeller import model_folder

    source = model_folder(model)
    target = require("stageclf.training.to_transformers", "train").export_transformers(source, folder)
    typer.echo(f'written to {target}; load it with: pipeline("text-classification", "{target}", truncation=True)')
