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
Exact = Annotated[
    bool, typer.Option("--exact", help="Send every text through the whole model, also those that are clear early.")
]
Inputs = Annotated[list[Path], typer.Argument(help="Export files, archives or folders of them; see the README.")]
Sources = Annotated[
    list[str],
    typer.Argument(help="Export files, archives, folders of them, addresses (s3://…), or - for standard input."),
]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        help="Output: .csv, .jsonl, .parquet, .duckdb or .sqlite, here or at an address (s3://…); "
        "- for JSON Lines on standard output.",
    ),
]
Redact = Annotated[
    bool, typer.Option("--redact", help="Write placeholders for addresses, numbers and the names of senders.")
]
Pseudonymise = Annotated[
    str | None,
    typer.Option(
        "--pseudonymise",
        envvar="STAGECLF_PSEUDONYM_KEY",
        metavar="KEY",
        help="Write senders and recipients as pseudonyms made with this key.",
    ),
]
NoText = Annotated[bool, typer.Option("--no-text", help="Write labels and ids only.")]
Resume = Annotated[
    bool, typer.Option("--resume", help="Continue a run that was stopped, with the same inputs and options.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with code 3 where records were unreadable.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes and no tables.")]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Progress and counts as JSON objects on standard error, one a line.")
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of text files; guessed without.")]
OwnAddress = Annotated[
    list[str] | None,
    typer.Option("--own-address", help="Mail address, or name in chats, of your own people; repeat for several."),
]
OwnDomain = Annotated[
    list[str] | None,
    typer.Option("--own-domain", help="Mail domain of your own people; repeat for several."),
]
