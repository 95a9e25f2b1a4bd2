"""The `stageclf` command: its sub-commands, and errors as one clear line."""

from __future__ import annotations

import sys

import typer

from stageclf import __version__
from stageclf.cli import evaluate, export, inspect, predict, score, stages

app = typer.Typer(
    name="stageclf",
    help="Tells from what customers write where they are in buying.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("score")(score.command)
app.command("predict")(predict.command)
app.command("evaluate")(evaluate.command)
app.command("export")(export.command)
app.command("inspect")(inspect.command)
app.command("stages")(stages.command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stageclf {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    pass


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit code 1."""
    try:
        app()
    except (ValueError, ImportError, OSError) as error:
        typer.secho(f"Error: {error}", fg=typer.colors.RED, err=True)
        sys.exit(1)
