"""Which of the languages we serve a short text is in: naive Bayes over character n-grams, in one small table.

langdetect needs some twenty words to be sure; chat lines have four. The table is made by
scripts/build_language_table.py from word frequencies and from our own training texts.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("ngrams.npz")
GREEKLISH = "el-Latn"
BUCKETS = 1 << 15
LONGEST = 4
# Log-probabilities are kept as eight bits: multiples of STEP nats below the largest.
STEP = 0.05

_WORD = re.compile(r"[^\W\d_]+")


def buckets_of(text: str) -> list[int]:
    """The buckets of all n-grams of one to four characters of the words, whose ends are marked, as they occur."""
    found = []
    for word in _WORD.findall(text.lower()):
        data = f"<{word}>"
        size = len(data)
        found += [
            zlib.crc32(data[at : at + n].encode()) % BUCKETS
            for n in range(1, LONGEST + 1)
            for at in range(size - n + 1)
            if n > 1 or 0 < at < size - 1
        ]
    return found


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
    buckets = buckets_of(text)
    if not buckets:
        return "und", 0.0
    languages, table = _table()
    means = table[buckets].mean(axis=0)
    if but:
        means[languages.index(but)] = -np.inf
    best = int(means.argmax())
    return languages[best], float(means[best])


def fit(text: str, language: str) -> float:
    """How much likelier (in nats an n-gram) the text is in `language` than in the likeliest of the others."""
    buckets = buckets_of(text)
    if not buckets:
        return 0.0
    languages, table = _table()
    means = table[buckets].mean(axis=0)
    here = languages.index(language)
    own = float(means[here])
    means[here] = -np.inf
    return own - float(means.max())
