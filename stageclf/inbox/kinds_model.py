"""Automatic mails told by their words: a linear model over hashed words, letters and shape, in one small table.

Made by scripts/build_mail_kinds.py from written mails (data/mails) and from our customers' texts.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from stageclf.inbox.plain_letters import plain_letters

TABLE = Path(__file__).with_name("kinds.npz")
KINDS = ("person", "auto", "bulk")
BUCKETS = 1 << 17
MOST_TEXT = 1100  # characters at the beginning that are looked at
MOST_END = 400  # characters at the end
FIRST_WORDS = 14  # words of the text that count as its beginning, too
GRAMS = (3, 4, 5)  # letters of the text
SUBJECT_GRAMS = (3, 4)
SHARES = (0.6, 0.4, 0.7, 0.3)  # what words, subject, letters and shape count, however many of each there are

_ADDRESS = re.compile(r"[^\s<>@:]{1,80}@[^\s<>@]{1,80}\.\w+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+|[\x01\x02?!]")
_REPLY = re.compile(r"(?:re|aw|fw|fwd|wg|απ|σχετ|πρθ|tr|rép?|απάντηση)\s*:", re.I)
_PRIME = np.uint32(0x01000193)
_PARAGRAPH = "\n\n"
_NONE = np.array([], dtype=np.uint32)
_TEXT, _SUBJECT = 0x811C9DC5, 0x12345  # where hashes of letters begin


class Kind(NamedTuple):
    """The probabilities that a machine answers, and that a mail goes to many; what is left is a person's."""

    auto: float
    bulk: float


@lru_cache(maxsize=4)  # the same mail is asked for more than once
def kind_of(subject: str, text: str) -> Kind:
    """How likely a mail without telling headers is automatic, from its subject and its own words."""
    if not subject.strip() and not text.strip():
        return Kind(0.0, 0.0)
    weights, scale, bias, _ = _table()
    scores = bias.copy()
    for found, value in features(subject, text):
        scores += weights[found].sum(axis=0, dtype=np.int64) * scale * value
    machine, many = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).tolist()
    return Kind(machine * (1 - many), machine * many)


def least_sure() -> float:
    """The probability of being automatic from which the model says so (chosen by scripts/build_mail_kinds.py)."""
    return float(_table()[3])


@cache
def _table() -> tuple[np.ndarray, ...]:
    with np.load(TABLE) as stored:
        return tuple(stored[name] for name in ("weights", "scale", "bias", "least"))


def features(subject: str, text: str) -> list[tuple[np.ndarray, float]]:
    """The buckets of a mail by words, subject, letters and shape, and what one of each counts."""
    ends = text if len(text) <= MOST_TEXT + MOST_END else f"{text[:MOST_TEXT]}\n{text[-MOST_END:]}"
    head, body = _folded(subject[:200]), _folded(ends)
    words, titles = _WORD.findall(body), _WORD.findall(head)
    groups = [
        _word_hashes(words),
        np.concatenate([_subject_hashes(titles), *_grams(f" {head} ", SUBJECT_GRAMS, _SUBJECT)]),
        np.concatenate([_NONE, *_grams(f" {body} ", GRAMS, _TEXT)]),
        _hashes(_shape(subject, ends, len(titles))),
    ]
    return [_counted(hashes, share) for hashes, share in zip(groups, SHARES, strict=True)]


def _counted(hashes: np.ndarray, share: float) -> tuple[np.ndarray, float]:
    """Each bucket once; together they have the length `share`."""
    found = np.sort(hashes & np.uint32(BUCKETS - 1))
    if len(found):
        found = found[np.concatenate(([True], found[1:] != found[:-1]))]
    return found, share / math.sqrt(max(1, len(found)))


def _hashes(names: list[str]) -> np.ndarray:
    return np.array([crc32(name.encode()) for name in names], dtype=np.uint32)


def _word_hashes(words: list[str]) -> np.ndarray:
    """Words, runs of two and three, pairs around a gap, the first words, and how many there are."""
    coded = [word.encode("utf-8", "replace") for word in words]
    single = [crc32(word) for word in coded]
    pairs = [crc32(b"2" + word, before) for before, word in zip(single, coded[1:], strict=False)]
    threes = [crc32(b"3" + word, before) for before, word in zip(pairs, coded[2:], strict=False)]
    gaps = [crc32(b"k" + word, before) for before, word in zip(single, coded[2:], strict=False)]
    first = [crc32(b"<" + word) for word in coded[:FIRST_WORDS]]
    length = crc32(f"l{min(6, len(words).bit_length())}".encode())
    return np.array([*single, *pairs, *threes, *gaps, *first, length], dtype=np.uint32)


def _subject_hashes(words: list[str]) -> np.ndarray:
    """Words and pairs of words."""
    coded = [word.encode("utf-8", "replace") for word in words]
    single = [crc32(b"s" + word) for word in coded]
    pairs = [crc32(b"t" + word, before) for before, word in zip(single, coded[1:], strict=False)]
    return np.array(single + pairs, dtype=np.uint32)


def _shape(subject: str, text: str, subject_words: int) -> list[str]:
    """What a mail looks like, whatever it says: how many lines, paragraphs, digits, questions, addresses."""
    lines = sum(bool(line.strip()) for line in text.splitlines())
    digits = sum(map(str.isdigit, text))
    return [
        f"L{min(4, subject_words.bit_length())}",
        f"Sn{min(5, lines.bit_length())}",
        f"Sb{min(4, text.count(_PARAGRAPH))}",
        f"Sd{min(5, digits.bit_length())}",
        f"Sq{min(3, text.count('?'))}",
        f"Se{min(3, text.count('!'))}",
        f"Sa{min(3, len(_ADDRESS.findall(text)))}",
        f"Sh{min(3, len(_LINK.findall(text)))}",
        f"Si{text.count('  ') > 2:d}",
        f"Su{text[:1].islower():d}",
        f"Sp{text.rstrip()[-1:] in '.!':d}",
        f"Sr{bool(_REPLY.match(subject)):d}",
        f"Ses{not subject.strip():d}",
    ]


def _folded(text: str) -> str:
    """Small plain letters, with one sign for every address, link and digit."""
    plain = _LINK.sub("\x02", _ADDRESS.sub("\x01", plain_letters(text)))
    return _BLANKS.sub(" ", _DIGIT.sub("0", plain)).strip()


def _grams(text: str, sizes: tuple[int, ...], start: int) -> list[np.ndarray]:
    """Hashes of all runs of so many letters; a longer run's goes on from that of a shorter one."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    found = []
    hashed = np.full(len(codes), start, dtype=np.uint32)
    for size in range(1, min(sizes[-1], len(codes)) + 1):
        hashed = (hashed[: len(codes) - size + 1] ^ codes[size - 1 :]) * _PRIME
        if size in sizes:
            found.append(hashed ^ (hashed >> np.uint32(15)))
    return found
