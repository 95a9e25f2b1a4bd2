"""Optional dependencies: importing them in leaves only, with the exact pip line when one is missing."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingExtraError(ImportError):
    """A package of an extra is not installed; the message holds the pip line that installs it."""


def require(module: str, extra: str) -> ModuleType:
    """Import `module`; raises MissingExtraError with the pip line for `extra` if it is not there."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f'{error.name} is not installed; it comes with: pip install "stageclf[{extra}]"'
        ) from error
