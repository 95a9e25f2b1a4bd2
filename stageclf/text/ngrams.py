"""Which of the languages we serve a short text is in: naive Bayes over character n-grams, in one small table.

langdetect needs some twenty words to be sure; chat lines have four. The table is made by
scripts/build_language_table.py from word frequencies and from our own training texts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("ngrams.npz")
GREEKLISH = "el-Latn"
BUCKETS = 1 << 15
# Log-probabilities are kept as eight bits: multiples of STEP nats below the largest.
STEP = 0.05
_BLANK = ord(" ")
_MULTIPLIER, _SCATTER = np.uint32(0x01000193), np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BUCKETS.bit_length() + 1)

_WORD = re.compile(r"[^\W\d_]+")


def buckets_of(text: str) -> np.ndarray:
    """The buckets of all n-grams of one to four characters of the words, ends of words marked, shape (n-grams,)."""
    words = " ".join(_WORD.findall(text.lower()))
    codes = np.frombuffer(f" {words} ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = codes != _BLANK
    # The end of a word is a blank: none stands within an n-gram, and none is one.
    kept = [letters, letters[:-1] | letters[1:], letters[1:-1], letters[1:-2] & letters[2:-1]]
    grams, found = codes, [codes[letters]]
    for size in range(2, len(kept) + 1):
        grams = grams[:-1] * _MULTIPLIER + codes[size - 1 :]
        found.append(grams[kept[size - 1]])
    return (np.concatenate(found) * _SCATTER) >> _SHIFT


@cache
def _table() -> tuple[list[str], np.ndarray]:
    """Languages, and log-probabilities of shape (buckets, languages)."""
    with np.load(TABLE) as stored:
        return stored["languages"].tolist(), stored["table"].astype(np.float32) * -STEP


def languages_served() -> frozenset[str]:
    """The languages that the table tells apart."""
    return frozenset(_table()[0])


def likeliest(text: str, but: str = "") -> tuple[str, float]:
    """The likeliest language other than `but`, and the mean log-probability of the text's n-grams in it.

    GREEKLISH is Greek in Latin letters; a text without letters is ("und", 0.0).
    """
    means = _means(text)
    if means is None:
        return "und", 0.0
    languages, _ = _table()
    if but:
        means[languages.index(but)] = -np.inf
    best = int(means.argmax())
    return languages[best], float(means[best])


def fit(text: str, language: str) -> float:
    """How much likelier (in nats an n-gram) the text is in `language` than in the likeliest of the others."""
    means = _means(text)
    if means is None:
        return 0.0
    here = _table()[0].index(language)
    own = float(means[here])
    means[here] = -np.inf
    return own - float(means.max())


def _means(text: str) -> np.ndarray | None:
    """The mean log-probability of the text's n-grams in every language; None for a text without letters."""
    buckets = buckets_of(text)
    return _table()[1][buckets].mean(axis=0, dtype=np.float64) if len(buckets) else None
