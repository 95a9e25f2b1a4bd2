"""The Greek words that we know, and how likely letters follow each other in the others.

The table is made by scripts/build_greek_words.py.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy as np

from stageclf.text.greek_spelling import folded, ways_at

TABLE = Path(__file__).with_name("greek_words.npz")
STEP = 0.05  # log-probabilities are kept as eight bits: multiples of this below nought
ALPHABET = "<αβγδεζηθικλμνξοπρστυφχψω>"
ORDER = 4
BEAM = 16
_AFTER_ALL = "\uffff"
_BEFORE_UPSILON = frozenset("αεο")  # αυ, ευ, ου are one sound and have ways of their own


class GreekWords:
    """Words with the logarithms of their frequencies, and letters with those of their following three others."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.words = zlib.decompress(stored["words"].tobytes()).decode().split("\n")
            self.levels = (stored["levels"].astype(np.float32) * -STEP).tolist()
            self.foreign_words = zlib.decompress(stored["foreign"].tobytes()).decode().split("\n")
            self.foreign_levels = (stored["foreign_levels"].astype(np.float32) * -STEP).tolist()
            self._letters = stored["letters"]
        self.bare = folded("\n".join(self.words)).split("\n")  # sorted

    @cached_property
    def foreign(self) -> dict[str, float]:
        """Latin words within Greek texts, with the logarithms of their frequencies."""
        return dict(zip(self.foreign_words, self.foreign_levels, strict=True))

    def likeliest(self, latin: str) -> tuple[str, float] | None:
        """The word that the Latin letters most likely stand for, and how likely it is (a logarithm); None if none."""
        best, word = -np.inf, -1
        stack = [(0, "", 0, len(self.bare), 0.0)]
        while stack:
            at, prefix, low, high, cost = stack.pop()
            if at == len(latin):
                if self.bare[low] == prefix and self.levels[low] - cost > best:
                    best, word = self.levels[low] - cost, low
                continue
            for length, greek, price in ways_at(latin, at):
                longer = prefix + greek
                if greek[0] == "υ" and prefix[-1:] in _BEFORE_UPSILON:
                    continue
                first = bisect_left(self.bare, longer, low, high)
                last = bisect_left(self.bare, longer + _AFTER_ALL, first, high)
                if first < last:
                    stack.append((at + length, longer, first, last, cost + price))
        return (self.words[word], float(best)) if word >= 0 else None

    def by_letters(self, latin: str) -> tuple[str, float] | None:
        """The likeliest Greek letters by what they follow, and how likely they are (a logarithm); None if none."""
        beams: list[dict[str, float]] = [{} for _ in range(len(latin) + 1)]
        beams[0] = {"": 0.0}
        for at in range(len(latin)):
            kept = sorted(beams[at].items(), key=lambda item: -item[1])[:BEAM]
            ways = ways_at(latin, at)
            for prefix, score in kept:
                for length, greek, price in ways:
                    if greek[0] == "υ" and prefix[-1:] in _BEFORE_UPSILON:
                        continue
                    longer = prefix + greek
                    value = score - price + self.follows(prefix, greek)
                    if value > beams[at + length].get(longer, -np.inf):
                        beams[at + length][longer] = value
        ends = [(score + self.follows(prefix, ">"), prefix) for prefix, score in beams[-1].items()]
        if not ends:
            return None
        score, letters = max(ends)
        return (letters[:-1] + "ς" if letters.endswith("σ") else letters), score

    def follows(self, prefix: str, letters: str) -> float:
        """The logarithm of the probability of the letters after the others."""
        total, text = 0.0, "<<<" + prefix
        for letter in letters:
            context = text[-3:]
            a, b, c, d = (ALPHABET.index(char) for char in (*context, letter))
            total -= float(self._letters[a, b, c, d]) * STEP
            text += letter
        return total


@cache
def greek_words() -> GreekWords:
    """The table, read when it is first needed."""
    return GreekWords(TABLE)
