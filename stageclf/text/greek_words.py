"""The Greek words that we know, and how likely letters follow each other in the others.

The table is made by scripts/build_greek_words.py.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from stageclf.text.greek_spelling import folded, ways_at

TABLE = Path(__file__).with_name("greek_words.npz")
STEP = 0.05  # log-probabilities are kept as eight bits: multiples of this below nought
ALPHABET = "<αβγδεζηθικλμνξοπρστυφχψω>"
ORDER = 4
BEAM = 8
_SIZE = len(ALPHABET)
_PLACE = {letter: place for place, letter in enumerate(ALPHABET)}
_AFTER_ALL = "\uffff"
_BEFORE_UPSILON = frozenset("αεο")  # αυ, ευ, ου are one sound and have ways of their own


def ending(word: str) -> str:
    """What of a word, in Greek letters, tells which form stands before it; nothing for the end of a sentence."""
    return folded(word)[-2:]


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is spelt, the logarithm of its frequency, and what the ending of the next word adds to it."""

    word: str
    level: float
    before: dict[str, float]

    def weight_before(self, next_ending: str) -> float:
        return self.before.get(next_ending, self.before["*"])


class GreekWords:
    """Words with the logarithms of their frequencies, and letters with those of their following three others."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.words = zlib.decompress(stored["words"].tobytes()).decode().split("\n")
            self.levels = (stored["levels"].astype(np.float32) * -STEP).tolist()
            self.foreign_words = zlib.decompress(stored["foreign"].tobytes()).decode().split("\n")
            self.foreign_levels = (stored["foreign_levels"].astype(np.float32) * -STEP).tolist()
            self._letters = stored["letters"].tobytes()
            self._contexts = stored["contexts"].tobytes()
        self.bare = folded("\n".join(self.words)).split("\n")  # sorted

    @cached_property
    def foreign(self) -> dict[str, float]:
        """Latin words within Greek texts, with the logarithms of their frequencies."""
        return dict(zip(self.foreign_words, self.foreign_levels, strict=True))

    @cached_property
    def forms(self) -> dict[str, list[Form]]:
        """Frequent words that sound like others, in all their spellings, by their letters without accents."""
        found: dict[str, list[Form]] = {}
        for line in zlib.decompress(self._contexts).decode().split("\n"):
            word, level, *parts = line.split(" ")
            weights = (part.partition("=") for part in parts)
            form = Form(word, float(level), {ending: float(weight) for ending, _, weight in weights})
            found.setdefault(folded(word), []).append(form)
        return found

    def candidates(self, latin: str) -> list[tuple[float, int]]:
        """The words that the Latin letters may stand for, by their place, and how likely each is, best first."""
        found: dict[int, float] = {}
        stack = [(0, "", 0, len(self.bare), 0.0)]
        while stack:
            at, prefix, low, high, cost = stack.pop()
            if at == len(latin):
                if self.bare[low] == prefix:
                    found[low] = max(found.get(low, -np.inf), self.levels[low] - cost)
                continue
            for length, greek, price in ways_at(latin, at):
                longer = prefix + greek
                if greek[0] == "υ" and prefix[-1:] in _BEFORE_UPSILON:
                    continue
                first = bisect_left(self.bare, longer, low, high)
                last = bisect_left(self.bare, longer + _AFTER_ALL, first, high)
                if first < last:
                    stack.append((at + length, longer, first, last, cost + price))
        return sorted(((score, word) for word, score in found.items()), reverse=True)

    def likeliest(self, latin: str) -> tuple[str, float] | None:
        """The word that the Latin letters most likely stand for, and how likely it is (a logarithm); None if none."""
        found = self.candidates(latin)
        return (self.words[found[0][1]], found[0][0]) if found else None

    def spellings(self, latin: str) -> list[tuple[Form, float]]:
        """The frequent words that sound alike among those that the Latin letters may stand for, if one is likeliest.

        Each with how likely it is by itself (a logarithm).
        """
        found = self.candidates(latin)
        if not found or self.bare[found[0][1]] not in self.forms:
            return []
        return [
            (form, score - self.levels[word] + form.level)
            for score, word in found
            for form in self.forms.get(self.bare[word], ())
        ]

    def by_letters(self, latin: str) -> tuple[str, float] | None:
        """The likeliest Greek letters by what they follow, and how likely they are (a logarithm); None if none."""
        # At each place the best of what came before: the letters, and the places of the last three in the alphabet.
        beams: list[dict[str, tuple[float, int]]] = [{} for _ in range(len(latin) + 1)]
        beams[0] = {"": (0.0, 0)}
        for at in range(len(latin)):
            kept = sorted(beams[at].items(), key=lambda item: -item[1][0])[:BEAM]
            for length, greek, price in ways_at(latin, at) if kept else ():
                longer = beams[at + length]
                for prefix, (score, state) in kept:
                    if greek[0] == "υ" and prefix[-1:] in _BEFORE_UPSILON:
                        continue
                    gain, after = self._follows(state, greek)
                    best = longer.get(prefix + greek)
                    if best is None or score + gain - price > best[0]:
                        longer[prefix + greek] = score + gain - price, after
        ends = [(score + self._follows(state, ">")[0], prefix) for prefix, (score, state) in beams[-1].items()]
        if not ends:
            return None
        score, letters = max(ends)
        return (letters[:-1] + "ς" if letters.endswith("σ") else letters), score

    def _follows(self, state: int, letters: str) -> tuple[float, int]:
        """The logarithm of the probability of the letters after three others, and the last three then.

        Three letters are a number whose digits are their places in the alphabet.
        """
        levels = 0
        for letter in letters:
            state = state * _SIZE + _PLACE[letter]
            levels += self._letters[state]
            state %= _SIZE**3
        return levels * -STEP, state


@cache
def greek_words() -> GreekWords:
    """The table, read when it is first needed."""
    return GreekWords(TABLE)
