"""One line of the table of targets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, what was reached, and what must be reached, as they are to be printed."""

    what: str
    reached: str
    must: str
    met: bool
