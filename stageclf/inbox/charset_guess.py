"""Which charset undeclared bytes are written in, by how likely the letters they give stand next to each other.

Works from about 100 bytes on. Every single-byte charset is tried with the languages that were written in it;
the double-byte charsets of East Asia are told by being valid and giving common characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from stageclf.inbox.letter_pairs import STEP, folded, languages, levels_of

MOST_SAMPLE = 3000  # bytes that are looked at

_WESTERN = "de en fr es it pt nl sv da nb fi sq is"
_CENTRAL = "pl cs sk hu ro hr sl sq de"
# charset: the languages that were written in it, and how much less likely it is than its rivals (in nats).
CANDIDATES = {
    "cp1252": (_WESTERN + " et", 0),
    "cp1250": (_CENTRAL, 1),
    "iso8859-2": (_CENTRAL, 1.5),
    "cp1251": ("ru bg uk", 0),
    "koi8-r": ("ru", 1),
    "koi8-u": ("uk", 1),
    "iso8859-5": ("ru bg", 2),
    "cp866": ("ru bg", 2),
    "cp1125": ("uk", 3),
    "mac-cyrillic": ("ru bg uk", 5),
    "cp1253": ("el", 0),
    "iso8859-7": ("el", 0.5),
    "cp737": ("el", 2),
    "cp869": ("el", 4),
    "mac-greek": ("el", 5),
    "cp1254": ("tr", 0),
    "cp857": ("tr", 6),
    "cp1257": ("lt lv et", 0),
    "iso8859-13": ("lt lv et", 1.5),
    "iso8859-4": ("lt lv et", 5),
    "iso8859-15": (_WESTERN + " et", 5),
    "iso8859-16": ("ro", 6),
    "cp850": (_WESTERN, 5),
    "mac-roman": (_WESTERN, 12),
    "cp852": (_CENTRAL, 5),
    "mac-latin2": (_CENTRAL, 13),
    "cp1255": ("he", 1),
    "cp1256": ("ar", 1),
    "iso8859-6": ("ar", 2),
    "cp874": ("th", 1),
}
_COMMON_SIGNS = frozenset("\xa0’‘“”„‚«»–—…€°§·•©®´\u2011\u200e\u200f\u200c")
_OTHER_SIGNS = frozenset("½¼¾²³£¥¡¿ªº¨×±¹™‹›¶΄΅")
_BEFORE_WORDS = frozenset("\xa0„‚«¿¡‹“‘»”§€£–—…’\u200e\u200f•")  # signs that a letter may follow
_AFTER_WORDS = frozenset("\xa0“”’‘»«…™®©°´–—›\u200e\u200f")  # signs that may follow a letter
_CAPITAL_INSIDE = 4
_SIGN_INSIDE = 8


class Guess(NamedTuple):
    """A reading of the bytes. score: its log-likelihood in nats; pairs: how many letter pairs it rests on."""

    charset: str
    language: str
    score: float
    pairs: int


@lru_cache(maxsize=64)
def table_of(codec: str) -> str:
    """What each of the 256 bytes means in a single-byte charset; C1 controls and U+FFFD where it says nothing."""
    chars = []
    for byte in range(256):
        try:
            chars.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            chars.append(chr(byte) if 0x80 <= byte < 0xA0 else "\ufffd")
    return "".join(chars)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is looked up to read bytes in the charsets; the first of `signs` is the blank.

    signs: [charset, byte], the sign in the table of pairs. odd: [charset, byte], how odd a byte is by itself.
    odd_pairs: [charset, byte, byte], how odd it is that one follows the other. levels: [language, sign, sign].
    """

    signs: np.ndarray
    odd: np.ndarray
    odd_pairs: np.ndarray
    levels: np.ndarray


@cache
def _tables() -> _Tables:
    read = [table_of(charset) for charset in CANDIDATES]
    alphabet = "".join(sorted({folded(char) for table in read for char in table}))  # the blank sorts first
    return _Tables(
        np.array([[alphabet.index(folded(char)) for char in table] for table in read]),
        np.array([list(map(_oddness, table)) for table in read], dtype=np.uint8),
        np.array(list(map(_pair_oddness, read))),
        levels_of(alphabet),
    )


def _pair_oddness(table: str) -> np.ndarray:
    """How odd it is that one byte follows another: a capital after a small letter, a sign in a word."""

    def which(holds: Callable[[str], bool]) -> np.ndarray:
        return np.array([holds(char) for char in table])

    small, capital = which(str.islower), which(str.isupper)
    sign = which(lambda char: char > "\x7f" and folded(char) == " ")
    not_after, not_before = (sign & ~which(near.__contains__) for near in (_AFTER_WORDS, _BEFORE_WORDS))
    sign_inside = np.outer(small, not_after) | np.outer(not_before, small)
    odd = np.where(sign_inside, _SIGN_INSIDE, 0)
    return np.where(np.outer(small, capital), _CAPITAL_INSIDE, odd).astype(np.uint8)


def _oddness(char: str) -> int:
    if char.isascii() or folded(char) != " ":
        return 0
    if char in _COMMON_SIGNS:
        return 3
    if char in _OTHER_SIGNS:
        return 5
    return 20 if char == "\ufffd" else 16 if char < "\xa0" else 9


def sample_of(data: bytes) -> bytes:
    """At most MOST_SAMPLE bytes of the lines that are not plain ASCII."""
    if len(data) <= MOST_SAMPLE:
        return data
    picked: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[^\n\x80-\xff]{0,80}[\x80-\xff][^\n]{0,200}", data[: 64 * MOST_SAMPLE]):
        picked.append(match[0])
        size += len(match[0])
        if size >= MOST_SAMPLE:
            break
    return b"\n".join(picked)[:MOST_SAMPLE] or data[:MOST_SAMPLE]


def readings(data: bytes, charsets: tuple[str, ...] | None = None, any_language: bool = False) -> list[Guess]:
    """All readings of the bytes in single-byte charsets, the likeliest first.

    charsets: only these, without regard to how common they are.
    any_language: also languages that were not written in the charset.
    """
    tried, tables = _tried(charsets, any_language), _tables()
    first, second, count = _byte_pairs(sample_of(data))
    rows = tried.used[:, None]
    one, other, odd = tables.signs[rows, first], tables.signs[rows, second], tables.odd[rows, second]
    counted = np.where((one != 0) | (other != 0) | (odd != 0), count, 0)
    penalty = (odd + tables.odd_pairs[rows, first, second]) @ count
    level = tables.levels[tried.language[:, None], one[tried.charset], other[tried.charset]]
    score = -STEP * np.einsum("rp,rp->r", level, counted[tried.charset]) - penalty[tried.charset] - tried.rarity
    size = counted.sum(axis=1)[tried.charset].tolist()
    ranked = np.argsort(-score, kind="stable").tolist()
    return [Guess(*tried.names[at], score.item(at), size[at]) for at in ranked]


@dataclass(frozen=True, slots=True)
class _Tried:
    """The charsets with the languages that bytes are read in, and their numbers in the tables.

    used: the charsets, each once. charset, language, rarity: of each reading, the charset by its place in `used`.
    """

    names: list[tuple[str, str]]
    used: np.ndarray
    charset: np.ndarray
    language: np.ndarray
    rarity: np.ndarray


@lru_cache(maxsize=128)
def _tried(charsets: tuple[str, ...] | None, any_language: bool) -> _Tried:
    used = charsets or tuple(CANDIDATES)
    names = [
        (charset, language)
        for charset in used
        for language in (languages() if any_language else CANDIDATES[charset][0].split())
    ]
    return _Tried(
        names,
        np.array([list(CANDIDATES).index(charset) for charset in used]),
        np.array([used.index(charset) for charset, _ in names]),
        np.array([list(languages()).index(language) for _, language in names]),
        np.array([0 if charsets else CANDIDATES[charset][1] for charset, _ in names]),
    )


def _byte_pairs(sample: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first and the second bytes of all pairs of bytes that follow each other, and how often each pair does."""
    plain = re.sub(rb"(?:https?://|www\.)[!-~]+|[!-;=?A-~]{1,64}@[!-=?-~]+", b" ", sample)
    plain = re.sub(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+", b" ", b" " + plain + b" ")
    codes = np.frombuffer(plain, dtype=np.uint8).astype(np.uint16)
    pairs, count = np.unique(codes[:-1] << 8 | codes[1:], return_counts=True)
    return pairs >> 8, pairs & 0xFF, count


def guess_single_byte(data: bytes) -> Guess:
    """The likeliest reading of undeclared bytes in a single-byte charset."""
    return readings(data)[0]


def guess_east_asian(data: bytes) -> str | None:
    """The double-byte charset that the bytes are surely in, or None."""
    sample = data[: 4 * MOST_SAMPLE]
    best = max(((_fits(sample, codec), codec) for codec in _EAST_ASIAN), key=lambda found: found[0])
    if best[0] < 0.8:
        return None
    single = guess_single_byte(data)
    return best[1] if single.score / max(1, single.pairs) < -7.5 else None


_EAST_ASIAN = ("cp932", "euc_jp", "cp949", "big5hkscs", "gb18030")


def _fits(sample: bytes, codec: str) -> float:
    """How much of the text is what is common in the charset's language, from 0 to 1; 0 if it is not valid."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    wide = [char for char in text if char >= "\x80"]
    if len(wide) < 4:
        return 0.0
    if codec in ("cp932", "euc_jp"):
        kana = sum("\u3041" <= char <= "\u30fe" for char in wide) / len(wide)
        common = sum("\u3000" <= char <= "\u30fe" or "\u4e00" <= char <= "\u9fff" or "\uff01" <= char <= "\uff5e"
                     for char in wide)  # fmt: skip
        return common / len(wide) if kana >= 0.2 else 0.0
    if codec == "cp949":
        return sum(_lead(char, "euc_kr", 0xB0, 0xC8) or "\u3000" <= char <= "\u3015" for char in wide) / len(wide)
    encoding, low, high = ("gb2312", 0xB0, 0xD7) if codec == "gb18030" else ("big5", 0xA4, 0xC6)
    signs = sum("\u3000" <= char <= "\u3015" or "\uff01" <= char <= "\uff5e" for char in wide)
    return (sum(_lead(char, encoding, low, high) for char in wide) + signs) / len(wide)


def _lead(char: str, encoding: str, low: int, high: int) -> bool:
    """Whether a character stands in the part of an encoding where the common ones are."""
    try:
        return low <= char.encode(encoding)[0] <= high
    except UnicodeEncodeError:
        return False
