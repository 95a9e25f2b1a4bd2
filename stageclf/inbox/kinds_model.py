"""Automatic mails told by their words: a linear model over hashed words, letters and shape, in one small table.

Made by scripts/build_mail_kinds.py from written mails (data/mails) and from our customers' texts.
"""

from __future__ import annotations

import math
import re
from array import array
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
_WORD = re.compile(r"[^\W_]+|[\x01\x02?!]")
_REPLY = re.compile(r"(?:re|aw|fw|fwd|wg|απ|σχετ|πρθ|tr|rép?|απάντηση)\s*:", re.I)
_PRIME, _LOW = np.uint32(0x01000193), np.uint32(15)
_PARAGRAPH = "\n\n"
_NONE = np.array([], dtype=np.uint32)
_MASK = np.uint32(BUCKETS - 1)
_WHOLE, _HALF = 1 << 32, 1 << 31
_STARTS = np.array([0x12345, 0x811C9DC5], dtype=np.uint32)  # where hashes of letters begin, of subject and text


class Kind(NamedTuple):
    """The probabilities that a machine answers, and that a mail goes to many; what is left is a person's."""

    auto: float
    bulk: float


@lru_cache(maxsize=4)  # the same mail is asked for more than once
def kind_of(subject: str, text: str) -> Kind:
    """How likely a mail without telling headers is automatic, from its subject and its own words."""
    if not subject.strip() and not text.strip():
        return Kind(0.0, 0.0)
    table = _table()
    by_machine, to_many = table.bias
    for found, value in features(subject, text):
        both = int(table.weights.take(found).sum())
        low = (both + _HALF) % _WHOLE - _HALF
        by_machine += low * table.scale[0] * value
        to_many += (both - low) // _WHOLE * table.scale[1] * value
    machine, many = (1 / (1 + np.exp([-_bounded(by_machine), -_bounded(to_many)]))).tolist()
    return Kind(machine * (1 - many), machine * many)


def _bounded(score: float) -> float:
    return max(-30.0, min(30.0, score))


def least_sure() -> float:
    """The probability of being automatic from which the model says so (chosen by scripts/build_mail_kinds.py)."""
    return _table().least


class _Table(NamedTuple):
    """Both weights of a bucket are one number, the first plus 2**32 times the second, so that one sum gives both."""

    weights: np.ndarray
    scale: list[float]
    bias: list[float]
    least: float


@cache
def _table() -> _Table:
    with np.load(TABLE) as stored:
        weights = stored["weights"].astype(np.int64)
        both = weights[:, 0] + weights[:, 1] * _WHOLE
        return _Table(both, stored["scale"].tolist(), stored["bias"].tolist(), float(stored["least"]))


def features(subject: str, text: str) -> list[tuple[np.ndarray, float]]:
    """The buckets of a mail by words, subject, letters and shape, and what one of each counts."""
    ends = text if len(text) <= MOST_TEXT + MOST_END else f"{text[:MOST_TEXT]}\n{text[-MOST_END:]}"
    head, body = _folded(subject[:200]), _folded(ends)
    words, titles = _WORD.findall(body), _WORD.findall(head)
    of_head, of_body = _grams(f" {head} ", f" {body} ")
    groups = [
        _word_hashes(words),
        np.concatenate([_subject_hashes(titles), of_head]),
        of_body,
        _array(list(map(_hash, _shape(subject, ends, len(titles))))),
    ]
    return [_counted(hashes, share) for hashes, share in zip(groups, SHARES, strict=True)]


def _counted(hashes: np.ndarray, share: float) -> tuple[np.ndarray, float]:
    """Each bucket once; together they have the length `share`."""
    found = hashes & _MASK
    found.sort()
    if len(found):
        first = np.empty(len(found), dtype=bool)
        first[0] = True
        np.not_equal(found[1:], found[:-1], out=first[1:])
        found = found[first]
    return found, share / math.sqrt(max(1, len(found)))


def _array(hashes: list[int]) -> np.ndarray:
    return np.frombuffer(array("I", hashes), dtype=np.uint32)  # numpy takes twice as long to look at each


@cache
def _hash(name: str) -> int:
    return crc32(name.encode())


def _word_hashes(words: list[str]) -> np.ndarray:
    """Words, runs of two and three, pairs around a gap, the first words, and how many there are."""
    coded = _coded(words)
    single = list(map(crc32, coded))
    pairs = list(map(crc32, _marked(b"2", coded[1:]), single))
    threes = map(crc32, _marked(b"3", coded[2:]), pairs)
    gaps = map(crc32, _marked(b"k", coded[2:]), single)
    first = map(crc32, _marked(b"<", coded[:FIRST_WORDS]))
    return _array([*single, *pairs, *threes, *gaps, *first, _hash(f"l{min(6, len(words).bit_length())}")])


def _coded(words: list[str]) -> list[bytes]:
    """The words in UTF-8; no blank is in any of them."""
    return " ".join(words).encode("utf-8", "replace").split()


def _marked(mark: bytes, words: list[bytes]) -> list[bytes]:
    """Each word with the mark before it."""
    return (mark + (b" " + mark).join(words)).split(b" ") if words else []


def _subject_hashes(words: list[str]) -> np.ndarray:
    """Words and pairs of words."""
    coded = _coded(words)
    single = list(map(crc32, _marked(b"s", coded)))
    return _array([*single, *map(crc32, _marked(b"t", coded[1:]), single)])


def _shape(subject: str, text: str, subject_words: int) -> list[str]:
    """What a mail looks like, whatever it says: how many lines, paragraphs, digits, questions, addresses."""
    lines = sum(map(bool, map(str.strip, text.splitlines())))
    digits = sum([text.count(char) for char in set(text) if char.isdigit()])
    return [
        f"L{min(4, subject_words.bit_length())}",
        f"Sn{min(5, lines.bit_length())}",
        f"Sb{min(4, text.count(_PARAGRAPH))}",
        f"Sd{min(5, digits.bit_length())}",
        f"Sq{min(3, text.count('?'))}",
        f"Se{min(3, text.count('!'))}",
        f"Sa{min(3, len(_ADDRESS.findall(text)) if '@' in text else 0)}",
        f"Sh{min(3, len(_LINK.findall(text)) if _may_link(text) else 0)}",
        f"Si{text.count('  ') > 2:d}",
        f"Su{text[:1].islower():d}",
        f"Sp{text.rstrip()[-1:] in '.!':d}",
        f"Sr{bool(_REPLY.match(subject)):d}",
        f"Ses{not subject.strip():d}",
    ]


def _folded(text: str) -> str:
    """Small plain letters, with one sign for every address, link and digit."""
    plain = plain_letters(text)
    if "@" in plain:
        plain = _ADDRESS.sub("\x01", plain)
    if _may_link(plain):
        plain = _LINK.sub("\x02", plain)
    return " ".join(_DIGIT.sub("0", plain).split())


def _may_link(text: str) -> bool:
    """Whether a look for links is worth its time."""
    return "://" in text or "www." in text


def _grams(head: str, body: str) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of all runs of so many letters of subject and text; a longer one goes on from a shorter one."""
    codes = np.frombuffer(f"{head}{body}".encode("utf-32-le", "replace"), dtype=np.uint32)
    end = len(head)
    hashed = codes ^ _STARTS.repeat((end, len(codes) - end))
    hashed *= _PRIME
    of_head, of_body = [], []
    for size in range(2, min(GRAMS[-1], len(codes)) + 1):
        hashed = hashed[:-1] ^ codes[size - 1 :]
        hashed *= _PRIME
        if size in SUBJECT_GRAMS:
            of_head.append(hashed[: max(0, end - size + 1)])
        if size in GRAMS:
            of_body.append(hashed[end:])
    return _mixed(of_head), _mixed(of_body)


def _mixed(hashes: list[np.ndarray]) -> np.ndarray:
    found = np.concatenate([_NONE, *hashes])
    return found ^ (found >> _LOW)
