"""How likely two letters stand next to each other in a language: what tells charsets apart in short texts.

The table is counted by scripts/count_letter_pairs.py from this project's own texts. All that is no letter counts
as one sign, the blank; capitals count as small letters.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("letter_pairs.json")
STEP = 0.5  # levels of the table are natural logarithms in these steps, negated
UNSEEN, FOREIGN = -12.0, -15.0  # a pair of the language's letters that was never seen; a letter it does not have


class Language:
    """The letter pairs of one language."""

    def __init__(self, name: str, levels: dict[str, str]) -> None:
        self.name = name
        self._logs = {
            pairs[at : at + 2]: -STEP * int(level)
            for level, pairs in levels.items()
            for at in range(0, len(pairs), 2)
        }
        self._alphabet = set("".join(self._logs))

    def log(self, pair: str) -> float:
        """The natural logarithm of the share of this pair among all pairs of the language's texts."""
        known = self._logs.get(pair)
        if known is None:
            known = UNSEEN if pair[0] in self._alphabet and pair[1] in self._alphabet else FOREIGN
            if len(self._logs) < 1 << 17:
                self._logs[pair] = known
        return known


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """All languages of the table by ISO 639-1 code."""
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    return {name: Language(name, levels) for name, levels in table.items()}


def folded(char: str) -> str:
    """The sign of the table for a character: a small letter, or a blank for all that is no letter."""
    small = char.lower()
    return small[0] if small and (char.isalpha() or _is_mark(char)) else " "


def _is_mark(char: str) -> bool:
    return "\u0e30" <= char <= "\u0e4e"  # Thai vowels and tones, no letters in Unicode's sense
