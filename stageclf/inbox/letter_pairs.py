"""How likely two letters stand next to each other in a language: what tells charsets apart in short texts.

The table is counted by scripts/count_letter_pairs.py from this project's own texts. All that is no letter counts
as one sign, the blank; capitals count as small letters.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("letter_pairs.json")
STEP = 0.5  # levels of the table are natural logarithms in these steps, negated
UNSEEN, FOREIGN = 24, 30  # a pair of the language's letters that was never seen; a letter it does not have


@cache
def languages() -> dict[str, dict[str, str]]:
    """For all languages of the table, by ISO 639-1 code, the pairs of letters of each level, one behind the other."""
    return json.loads(TABLE.read_text(encoding="utf-8"))


def levels_of(signs: str) -> np.ndarray:
    """The level of each pair of these signs in each language: [language, first sign, second sign]."""
    numbers = {sign: number for number, sign in enumerate(signs)}
    found = np.full((len(languages()), len(signs), len(signs)), FOREIGN, dtype=np.uint8)
    for levels, by_level in zip(found, languages().values(), strict=True):
        alphabet = [numbers[sign] for sign in set("".join(by_level.values())) if sign in numbers]
        levels[np.ix_(alphabet, alphabet)] = UNSEEN
        for level, pairs in by_level.items():
            for first, second in zip(pairs[::2], pairs[1::2], strict=True):
                if first in numbers and second in numbers:
                    levels[numbers[first], numbers[second]] = int(level)
    return found


def folded(char: str) -> str:
    """The sign of the table for a character: a small letter, or a blank for all that is no letter."""
    small = char.lower()
    return small[0] if small and (char.isalpha() or _is_mark(char)) else " "


def _is_mark(char: str) -> bool:
    return "\u0e30" <= char <= "\u0e4e"  # Thai vowels and tones, no letters in Unicode's sense
