"""stageclf export: the model for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from stageclf.cli import options


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    type=click.Choice(["transformers"]),
    default="transformers",
    show_default=True,
    expose_value=False,
    help="What to write.",
)
@options.model
def command(folder: Path, model: str | None) -> None:
    """Write the model for other programs.

    FOLDER is what transformers' pipeline("text-classification") loads then."""
    from stageclf.extras import require
    from stageclf.labeller import model_folder

    source = model_folder(model)
    target = require("stageclf.training.to_transformers", "train").export_transformers(source, folder)
    click.echo(f'written to {target}; load it with: pipeline("text-classification", "{target}", truncation=True)')
