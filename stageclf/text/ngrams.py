"""Which of the languages we serve a short text is in: naive Bayes over words and character n-grams, in one table.

langdetect needs some twenty words to be sure; chat lines have four. The table is made by
scripts/build_language_table.py from word frequencies and from our own training texts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

TABLE = Path(__file__).with_name("ngrams.npz")
GREEKLISH = "el-Latn"
BUCKETS = 1 << 16
# Log-probabilities are kept as eight bits: multiples of STEP nats below the largest.
STEP = 0.05
WORD_WEIGHT = 2  # how often a whole word counts beside its n-grams
# How much oftener (in nats) a text comes in a language than in one of the smaller ones.
PRIOR = {"en": 6.0} | dict.fromkeys("de es fr".split(), 3.0) | dict.fromkeys("it nl pl pt ru tr".split(), 2.0)
_BLANK = ord(" ")
_MULTIPLIER, _SCATTER = np.uint32(0x01000193), np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BUCKETS.bit_length() + 1)
_WORD_MULTIPLIER, _WORD_SCATTER, _LETTERS_TOLD_APART = 0x85EBCA6B, np.uint32(0xC2B2AE35), 31
_POWERS = np.array([pow(_WORD_MULTIPLIER, at, 1 << 32) for at in range(_LETTERS_TOLD_APART)], dtype=np.uint32)

_WORD = re.compile(r"[^\W\d_]+")


def buckets_of(text: str) -> np.ndarray:
    """The buckets of all n-grams of one to four characters and of the words, ends of words marked, shape (n-grams,).

    Every word is there WORD_WEIGHT times.
    """
    words = " ".join(_WORD.findall(text.lower()))
    codes = np.frombuffer(f" {words} ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = codes != _BLANK
    # The end of a word is a blank: none stands within an n-gram, and none is one.
    kept = [letters, letters[:-1] | letters[1:], letters[1:-1], letters[1:-2] & letters[2:-1]]
    grams, found = codes, [codes[letters]]
    for size in range(2, len(kept) + 1):
        grams = grams[:-1] * _MULTIPLIER + codes[size - 1 :]
        found.append(grams[kept[size - 1]])
    found += [_hashed_words(codes, letters)] * WORD_WEIGHT
    return (np.concatenate(found) * _SCATTER) >> _SHIFT


def _hashed_words(codes: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """A number for each of the words, which are parted by single blanks, the first one and the last one."""
    blanks = np.flatnonzero(~letters)
    lengths = np.diff(blanks)
    starts = blanks[:-1]
    place = np.arange(len(codes) - 1) - np.repeat(starts, lengths)
    powers = _POWERS[np.minimum(place, _LETTERS_TOLD_APART - 1)]
    return np.add.reduceat(codes[:-1] * powers, starts, dtype=np.uint32) * _WORD_SCATTER


class Likeliest(NamedTuple):
    """A language, the mean log-probability of an n-gram in it, and by how many nats it leads before the next."""

    language: str
    fit: float
    lead: float


@cache
def _table() -> tuple[list[str], np.ndarray]:
    """Languages, and log-probabilities of shape (buckets, languages)."""
    with np.load(TABLE) as stored:
        return stored["languages"].tolist(), stored["table"].astype(np.float32) * -STEP


def languages_served() -> frozenset[str]:
    """The languages that the table tells apart."""
    return frozenset(_table()[0])


@cache
def _prior() -> np.ndarray:
    return np.array([PRIOR.get(language, 0.0) for language in _table()[0]])


def likeliest(text: str, but: str = "") -> Likeliest:
    """The likeliest language other than `but`.

    GREEKLISH is Greek in Latin letters; a text without letters is ("und", 0.0, 0.0).
    """
    buckets = buckets_of(text)
    if not len(buckets):
        return Likeliest("und", 0.0, 0.0)
    languages, table = _table()
    sums = table[buckets].sum(axis=0, dtype=np.float64)
    chances = sums + _prior()
    if but:
        chances[languages.index(but)] = -np.inf
    next_best, best = np.argsort(chances)[-2:]
    return Likeliest(languages[best], float(sums[best] / len(buckets)), float(chances[best] - chances[next_best]))


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
