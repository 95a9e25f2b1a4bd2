"""What the outputs that are databases have in common: tables, the view, and what must not be replaced."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stageclf.scoring.sinks.base import OutputError

TABLE, ABOUT, VIEW = "scores", "about", "stages_by_week"
CREATE_VIEW = f"""
CREATE VIEW {VIEW} AS
SELECT week, language, stage, COUNT(*) AS texts
FROM {TABLE} WHERE status = 'scored'
GROUP BY week, language, stage
ORDER BY week, language, stage
"""


def quoted(name: str) -> str:
    """A name of a column in SQL."""
    return '"' + name.replace('"', '""') + '"'


def refuse_others(path: Path, names: Iterable[str]) -> None:
    """Raise OutputError for a database that holds more than an earlier run wrote."""
    others = sorted(set(names) - {TABLE, ABOUT, VIEW})
    if others:
        raise OutputError(
            f"cannot write {path}: it is a database that holds {', '.join(others[:8])}, too, and would be replaced; "
            "write to another file"
        )
