"""Which of the languages we serve a short text is in: naive Bayes over character n-grams, in one small table.

langdetect needs some twenty words to be sure; chat lines have four. The table is made by
scripts/build_language_table.py from word frequencies and from our own training texts.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("ngrams.npz")
GREEKLISH = "el-Latn"
BUCKETS = 1 << 15
LONGEST = 4
# Log-probabilities are kept as eight bits: multiples of STEP nats below the largest.
STEP = 0.05
MOST_WORDS = 5_000  # whose sums are remembered

_WORD = re.compile(r"[^\W\d_]+")


def buckets_of(text: str) -> list[int]:
    """The buckets of all n-grams of one to four characters of the words, whose ends are marked, as they occur."""
    return [bucket for word in _WORD.findall(text.lower()) for bucket in _buckets_of_word(word)]


def _buckets_of_word(word: str) -> list[int]:
    data = f"<{word}>"
    size = len(data)
    return [
        zlib.crc32(data[at : at + n].encode()) % BUCKETS
        for n in range(1, LONGEST + 1)
        for at in range(size - n + 1)
        if n > 1 or 0 < at < size - 1
    ]


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
    words = [_sum_of_word(word) for word in _WORD.findall(text.lower())]
    if not words:
        return None
    return np.sum([total for total, _ in words], axis=0) / sum(count for _, count in words)


@lru_cache(maxsize=MOST_WORDS)
def _sum_of_word(word: str) -> tuple[np.ndarray, int]:
    """The sum of the log-probabilities of a word's n-grams in every language, float64, and their number."""
    buckets = _buckets_of_word(word)
    return _table()[1][buckets].sum(axis=0, dtype=np.float64), len(buckets)
