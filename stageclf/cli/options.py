"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str | None,
    typer.Option("--model", "-m", help="Model folder or Hugging Face Hub id; the shipped model without it."),
]
TextColumn = Annotated[
    str | None,
    typer.Option("--text-column", help="Column that holds the text; well-known names are found without it."),
]
StageModelName = Annotated[
    str | None,
    typer.Option(
        "--stage-model",
        help="Add the stages of another model: aida, …, or your own YAML or JSON file; see `stages`.",
    ),
]
Threads = Annotated[int | None, typer.Option("--threads", min=1, help="Threads; all cores without it.")]
Inputs = Annotated[list[Path], typer.Argument(help="Export files, archives or folders of them; see the README.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of text files; guessed without.")]
OwnAddress = Annotated[
    list[str] | None,
    typer.Option("--own-address", help="Mail address of your own people; repeat for several."),
]
OwnDomain = Annotated[
    list[str] | None,
    typer.Option("--own-domain", help="Mail domain of your own people; repeat for several."),
]
