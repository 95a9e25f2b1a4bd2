"""Automatic mails told by their words: a linear model over hashed words and letters, in one small table.

Made by scripts/build_mail_kinds.py from written mails (data/mails) and from our customers' texts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from stageclf.inbox.plain_letters import plain_letters

TABLE = Path(__file__).with_name("kinds.npz")
KINDS = ("person", "auto", "bulk")
BUCKETS = 1 << 16
MOST_TEXT = 1100  # characters at the beginning that are looked at
MOST_END = 400  # characters at the end
FIRST_WORDS = 14  # words of the text that count as its beginning, too
GRAMS = (3, 4, 5)  # letters

_ADDRESS = re.compile(r"[^\s<>@:]{1,80}@[^\s<>@]{1,80}\.\w+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+|[\x01\x02?!]")
_PRIME = np.uint32(0x01000193)


class Kind(NamedTuple):
    """The probabilities that a machine answers, and that a mail goes to many; what is left is a person's."""

    auto: float
    bulk: float


@lru_cache(maxsize=4)  # the same mail is asked for more than once
def kind_of(subject: str, text: str) -> Kind:
    """How likely a mail without telling headers is automatic, from its subject and its own words."""
    weights, scale, bias, _ = _table()
    found = buckets_of(subject, text)
    scores = weights[found].sum(axis=0, dtype=np.int64) * scale / np.sqrt(len(found)) + bias
    odds = np.exp(scores - scores.max())
    _, auto, bulk = (odds / odds.sum()).tolist()
    return Kind(auto, bulk)


def least_sure() -> float:
    """The probability of being automatic from which the model says so (chosen by scripts/build_mail_kinds.py)."""
    return float(_table()[3])


@cache
def _table() -> tuple[np.ndarray, ...]:
    with np.load(TABLE) as stored:
        return tuple(stored[name] for name in ("weights", "scale", "bias", "least"))


def buckets_of(subject: str, text: str) -> np.ndarray:
    """The buckets of a mail, each once: its words, pairs of words, first words and n-grams of letters."""
    ends = text if len(text) <= MOST_TEXT + MOST_END else f"{text[:MOST_TEXT]}\n{text[-MOST_END:]}"
    head, body = _folded(subject[:200]), _folded(ends)
    words = _WORD.findall(body)
    hashed = [crc32(word.encode()) for word in words]
    pairs = [crc32(b"2" + word.encode(), before) for before, word in zip(hashed, words[1:], strict=False)]
    parts = [
        np.array(hashed, dtype=np.uint32),
        np.array(pairs, dtype=np.uint32),
        np.array([crc32(b"<" + word.encode()) for word in words[:FIRST_WORDS]], dtype=np.uint32),
        np.array([crc32(b"s" + word.encode()) for word in _WORD.findall(head)], dtype=np.uint32),
        np.array([crc32(f"l{min(6, len(words).bit_length())}".encode())], dtype=np.uint32),
        *_grams(f" {body} "),
    ]
    found = np.sort(np.concatenate(parts) & np.uint32(BUCKETS - 1))
    return found[np.concatenate(([True], found[1:] != found[:-1]))]


def _folded(text: str) -> str:
    """Small plain letters, with one sign for every address, link and digit."""
    plain = _LINK.sub("\x02", _ADDRESS.sub("\x01", plain_letters(text)))
    return _BLANKS.sub(" ", _DIGIT.sub("0", plain)).strip()


def _grams(text: str) -> list[np.ndarray]:
    """Hashes of all runs of three to five letters; a longer run's goes on from that of a shorter one."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    found = []
    hashed = np.full(len(codes), 0x811C9DC5, dtype=np.uint32)
    for size in range(1, min(GRAMS[-1], len(codes)) + 1):
        hashed = (hashed[: len(codes) - size + 1] ^ codes[size - 1 :]) * _PRIME
        if size in GRAMS:
            found.append(hashed ^ (hashed >> np.uint32(15)))
    return found
