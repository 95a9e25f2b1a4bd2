"""The `stageclf` command: its sub-commands, and errors as one clear line."""

from __future__ import annotations

import sys

import click

from stageclf import __version__
from stageclf.cli import evaluate, export, inspect, predict, score, stages

COMMANDS = [module.command for module in (score, predict, evaluate, export, inspect, stages)]


INTERRUPTED = 130


class _Commands(click.Group):
    """Lists the commands as they are given above, the most used first; Ctrl-C has an exit code of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Stopped", err=True)
            raise SystemExit(INTERRUPTED) from None


@click.group(cls=_Commands, commands=COMMANDS, context_settings={"max_content_width": 110})
@click.version_option(__version__, message="%(prog)s %(version)s", help="Show the version.")
def app() -> None:
    """Tells from what customers write where they are in buying."""


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit code 1."""
    try:
        app(prog_name="stageclf")
    except (ValueError, ImportError, OSError) as error:
        click.secho(f"Error: {error}", fg="red", err=True)
        sys.exit(1)
