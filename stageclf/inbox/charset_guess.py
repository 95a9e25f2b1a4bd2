"""Which charset undeclared bytes are written in, by how likely the letters they give stand next to each other.

Works from about 100 bytes on. Every single-byte charset is tried with the languages that were written in it;
the double-byte charsets of East Asia are told by being valid and giving common characters.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from stageclf.inbox.letter_pairs import folded, languages

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
_CAPITAL_INSIDE = 4.0
_SIGN_INSIDE = 8.0


@dataclass(frozen=True, slots=True)
class Guess:
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


@lru_cache(maxsize=64)
def _signs(codec: str) -> tuple[list[str], list[float]]:
    """For each byte of a charset: its sign in the table of pairs, and how odd it is by itself."""
    table = table_of(codec)
    return [folded(char) for char in table], list(map(_oddness, table))


@lru_cache(maxsize=1 << 16)
def _pair_oddness(codec: str, first: int, second: int) -> float:
    """How odd it is that one follows the other: a capital after a small letter, a sign in a word."""
    one, other = table_of(codec)[first], table_of(codec)[second]
    if one.islower() and other.isupper():
        return _CAPITAL_INSIDE
    after = one.islower() and other > "\x7f" and folded(other) == " " and other not in _AFTER_WORDS
    before = other.islower() and one > "\x7f" and folded(one) == " " and one not in _BEFORE_WORDS
    return _SIGN_INSIDE if after or before else 0.0


def _oddness(char: str) -> float:
    if char.isascii() or folded(char) != " ":
        return 0.0
    if char in _COMMON_SIGNS:
        return 3.0
    if char in _OTHER_SIGNS:
        return 5.0
    return 20.0 if char == "\ufffd" else 16.0 if char < "\xa0" else 9.0


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
    pairs = _byte_pairs(sample_of(data))
    found = []
    for charset in charsets or CANDIDATES:
        spoken, rarity = CANDIDATES.get(charset, ("", 0))
        names = languages() if any_language or not spoken else spoken.split()
        signs, penalty = _read(pairs, charset)
        size = sum(signs.values())
        for name in names:
            log = languages()[name].log
            score = sum(count * log(pair) for pair, count in signs.items())
            found.append(Guess(charset, name, score - penalty - (0 if charsets else rarity), size))
    return sorted(found, key=lambda guess: -guess.score)


def _byte_pairs(sample: bytes) -> Counter[tuple[int, int]]:
    plain = re.sub(rb"(?:https?://|www\.)[!-~]+|[!-;=?A-~]{1,64}@[!-=?-~]+", b" ", sample)
    plain = re.sub(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+", b" ", b" " + plain + b" ")
    return Counter(pairwise(plain))


def _read(pairs: Counter[tuple[int, int]], charset: str) -> tuple[Counter[str], float]:
    signs, odd = _signs(charset)
    read: Counter[str] = Counter()
    penalty = 0.0
    for (first, second), count in pairs.items():
        pair = signs[first] + signs[second]
        if pair != "  " or odd[second]:
            read[pair] += count
        penalty += count * (odd[second] + _pair_oddness(charset, first, second))
    return read, penalty


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
