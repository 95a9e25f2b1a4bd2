"""The command line: one module a command, each a thin wrapper over a library function."""

from stageclf.cli.app import app, main

__all__ = ["app", "main"]
