"""Arguments and options that several commands share, as decorators."""

from __future__ import annotations

import click

LOCAL, RAY = "local", "ray"

sources = click.argument("inputs", nargs=-1, required=True)
output = click.option(
    "--output",
    "-o",
    required=True,
    help="Output: .csv, .jsonl, .parquet, .duckdb or .sqlite, here or at an address (s3://…); "
    "- for JSON Lines on standard output.",
)
model = click.option("--model", "-m", help="Model folder or Hugging Face Hub id; the shipped model without it.")
text_column = click.option(
    "--text-column", metavar="NAME", help="Column that holds the text; well-known names are found without it."
)
encoding = click.option("--encoding", metavar="NAME", help="Encoding of text files; guessed without.")
stage_model = click.option(
    "--stage-model",
    metavar="NAME|FILE",
    help="Add the stages of another model: aida, …, or your own YAML or JSON file; see `stageclf stages`.",
)
own_address = click.option(
    "--own-address",
    "own_addresses",
    multiple=True,
    metavar="ADDRESS",
    help="Mail address, or name in chats, of your own people; repeat for several.",
)
own_domain = click.option(
    "--own-domain",
    "own_domains",
    multiple=True,
    metavar="DOMAIN",
    help="Mail domain of your own people; repeat for several.",
)
redact = click.option(
    "--redact", is_flag=True, help="Write placeholders for addresses, numbers and the names of senders."
)
pseudonymise = click.option(
    "--pseudonymise",
    envvar="STAGECLF_PSEUDONYM_KEY",
    show_envvar=True,
    metavar="KEY",
    help="Write senders and recipients as pseudonyms made with this key.",
)
no_text = click.option("--no-text", is_flag=True, help="Write labels and ids only.")
engine = click.option(
    "--engine",
    type=click.Choice([LOCAL, RAY]),
    default=LOCAL,
    show_default=True,
    help="Where to score: this machine, or a Ray cluster.",
)
address = click.option(
    "--address", help="Ray cluster: auto, or host:port; without it Ray is started on this machine."
)
workers = click.option(
    "--workers", type=click.IntRange(min=1), help="Models that Ray runs at the same time; one a core without it."
)
threads = click.option("--threads", type=click.IntRange(min=1), help="Threads; all cores without it.")
exact = click.option(
    "--exact", is_flag=True, help="Send every text through the whole model, also those that are clear early."
)
resume = click.option(
    "--resume", is_flag=True, help="Continue a run that was stopped, with the same inputs and options."
)
strict = click.option("--strict", is_flag=True, help="Exit with code 3 where records were unreadable.")
quiet = click.option("--quiet", "-q", is_flag=True, help="No progress, no notes and no tables.")
log_json = click.option(
    "--log-json", is_flag=True, help="Progress and counts as JSON objects on standard error, one a line."
)
