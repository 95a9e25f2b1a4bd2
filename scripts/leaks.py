"""Training texts that are equal, or nearly, to texts that a model is measured on, in whatever language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from stageclf.data import LabelledText

LEAST_SHARED = 0.6
LEAST_WORDS = 4  # shorter texts share most of their words by chance; they are leaks only if they are equal
_WORD = re.compile(r"\w+")
_BLOCK = 500


class Leak(NamedTuple):
    """A training text, a measured text, and the share of all their words that stands in both; 1 if they are equal."""

    train: LabelledText
    measured: LabelledText
    shared: float


def leaks(train: Sequence[LabelledText], measured: Sequence[LabelledText]) -> list[Leak]:
    """Pairs of a training and a measured text that are too similar, in the order of the training texts."""
    of_train, of_measured = ([words_of(text.text) for text in texts] for texts in (train, measured))
    places: dict[str, list[int]] = {}
    for row, words in enumerate(of_train):
        places.setdefault("".join(words), []).append(row)
    found = {(row, column): 1.0 for column, words in enumerate(of_measured) for row in places.get("".join(words), ())}
    for row, column, shared in _similar(of_train, of_measured):
        found.setdefault((row, column), shared)
    return [Leak(train[row], measured[column], shared) for (row, column), shared in sorted(found.items())]


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation; of a text without words, its signs."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in bare if not unicodedata.combining(char))) or text.split()


def _similar(train: list[list[str]], measured: list[list[str]]) -> Iterator[tuple[int, int, float]]:
    """Places of texts whose sets of words have a Jaccard similarity of at least LEAST_SHARED, and that similarity."""
    counter = CountVectorizer(analyzer=list, binary=True, dtype=np.int32)
    counts = csr_matrix(counter.fit_transform(train + measured))
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    long = np.array([len(words) >= LEAST_WORDS for words in train + measured])
    by_word = counts[: len(train)].T.tocsr()
    for start in range(len(train), counts.shape[0], _BLOCK):
        both = csr_matrix(counts[start : start + _BLOCK] @ by_word).tocoo()
        places, rows = both.row + start, both.col
        shared = both.data / (sizes[places] + sizes[rows] - both.data)
        for at in np.flatnonzero((shared >= LEAST_SHARED) & long[places] & long[rows]):
            yield int(rows[at]), int(places[at]) - len(train), float(shared[at])
