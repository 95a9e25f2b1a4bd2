"""Telling by its words whether a text is Greek in Latin letters: fast where it is not."""

from __future__ import annotations

import re
import zlib
from functools import cache
from itertools import pairwise, repeat

import numpy as np

from stageclf.text.greek_spelling import folded
from stageclf.text.greek_words import TABLE, greek_words
from stageclf.text.ngrams import GREEKLISH, fit

WORD = re.compile(r"[^\W_]+")
STEP = 0.05  # weights are kept as whole multiples of this
# Sums of the words' weights. A text is looked at closer if all its words, or the telling ones of a mail of which
# a part may be Greeklish, add up to this.
LEAST_A_WORD, LEAST_OF_LONG = -0.35, 3.0
# A line is Greeklish if its words add up to this, and its n-grams fit no other language so much better ...
SURE, SURE_OF_FEW, SURE_A_WORD, LEAST_FIT = 1.5, 2.5, 0.1, -0.5
# ... or if its n-grams fit and it has this many words, of which we know such a share.
FEW_WORDS, KNOWN = 3, 0.6
CLEAR_LOSS, CLEAR_MISFIT = -0.5, -1.0  # a line is certainly none below this
LONGEST_WORD = 30
READ = 600  # characters of a line that its n-grams are counted of
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]")


@cache
def clues() -> dict[str, float]:
    """Words in Latin letters by how much likelier they are in Greeklish than in any other language (logarithms)."""
    with np.load(TABLE) as stored:
        words = zlib.decompress(stored["clues"].tobytes()).decode().split("\n")
        return dict(zip(words, (stored["weights"].astype(float) * STEP).tolist(), strict=True))


def evidence(text: str) -> tuple[float, float, int]:
    """What the words of the text add up to for Greeklish, what against it, and how many words there are."""
    words = WORD.findall(text.lower())
    found = list(map(clues().get, words, repeat(0.0)))
    total, absolute = sum(found), sum(map(abs, found))
    return (absolute + total) / 2, (absolute - total) / 2, len(words)


def greeklish_lines(text: str) -> list[bool]:
    """For each line of the text whether it is Greek in Latin letters; no lines if none can be.

    A line that tells nothing, such as a name, goes with the one before it, or with the next.
    """
    gain, loss, count = evidence(text)
    if gain < LEAST_OF_LONG and gain - loss <= LEAST_A_WORD * count:
        return []
    if 2 * len(_LATIN.findall(text)) <= len(_LETTER.findall(text)):
        return []
    verdicts = [_verdict(line) for line in text.split("\n")]
    if True not in verdicts:
        return []
    for before, at in pairwise(range(len(verdicts))):
        verdicts[at] = verdicts[before] if verdicts[at] is None else verdicts[at]
    for after, at in pairwise(reversed(range(len(verdicts)))):
        verdicts[at] = verdicts[after] if verdicts[at] is None else verdicts[at]
    return [bool(verdict) for verdict in verdicts]


def _verdict(line: str) -> bool | None:
    """Whether the line is Greeklish; None if it does not tell."""
    gain, loss, count = evidence(line)
    net = gain - loss
    if not count:
        return None
    if net <= LEAST_A_WORD * count:
        return False if net < CLEAR_LOSS * count else None
    gain_by_letters = fit(line[:READ], GREEKLISH)
    sure = SURE if count >= FEW_WORDS else SURE_OF_FEW
    if net >= max(sure, SURE_A_WORD * count) and gain_by_letters > LEAST_FIT:
        return True
    if gain_by_letters > 0 and count >= FEW_WORDS and known_share(line) >= KNOWN:
        return True
    return False if gain_by_letters < CLEAR_MISFIT and count >= FEW_WORDS else None


def known_share(line: str) -> float:
    """The share of the words of three letters and more that stand for Greek words that we know."""
    words = [folded(word) for word in WORD.findall(line[:READ]) if len(word) >= 3 and word.isalpha()]
    table = greek_words()
    found = sum(table.likeliest(word) is not None for word in words if len(word) <= LONGEST_WORD)
    return found / len(words) if words else 0.0
