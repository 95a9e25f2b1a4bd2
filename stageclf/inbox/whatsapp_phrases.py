"""The phrases of whatsapp_phrases.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def phrases() -> dict:
    """All of them, by kind."""
    return yaml.safe_load((Path(__file__).parent / "whatsapp_phrases.yaml").read_text(encoding="utf-8"))


@cache
def whole(kind: str) -> frozenset[str]:
    """Those of a kind in all languages."""
    return frozenset(phrase for language in phrases()[kind].values() for phrase in language)


@cache
def words(kind: str) -> frozenset[str]:
    """Those of a kind that is not told apart by languages."""
    return frozenset(map(str, phrases()[kind]))
