"""The phrases of phrases.yaml, folded and compiled when they are first needed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from stageclf.text.cleaning.rows import fold

_FILE = Path(__file__).with_name("phrases.yaml")


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)


@cache
def by_language(name: str) -> dict[str, tuple[str, ...]]:
    """A table's phrases, folded, under their language."""
    return {language: tuple(map(fold, phrases)) for language, phrases in _tables()[name].items()}


@cache
def phrases(name: str) -> tuple[str, ...]:
    """All phrases of a table, folded, longest first."""
    table = _tables()[name]
    groups = table.values() if isinstance(table, dict) else table
    found = {fold(item) for group in groups for item in ([group] if isinstance(group, str) else group)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def header_labels() -> dict[str, tuple[str, ...]]:
    """Under "from", "sent", "date", "to", "cc", "subject": how programs name that header, folded."""
    return {
        kind: tuple(sorted({fold(label) for labels in languages.values() for label in labels}))
        for kind, languages in _tables()["headers"].items()
    }


def alternation(items: tuple[str, ...]) -> str:
    """A pattern for any of these phrases, the longest first."""
    ordered = sorted(items, key=len, reverse=True)
    return "|".join(re.escape(item).replace(r"\ ", r"[ \t]+") for item in ordered)


def any_in(text: str, name: str) -> bool:
    """Whether any phrase of the table stands in the folded text."""
    return any(phrase in text for phrase in phrases(name))
