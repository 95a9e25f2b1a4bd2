"""Texts that somebody decoded wrongly before they came here, put right only where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stageclf.inbox.charset_guess import guess_single_byte, readings, table_of

MOST_TEXT = 1 << 20  # longer texts are left as they are
MOST_TIMES = 2
_MISREAD_AS = ("cp1252", "cp1253", "iso8859-7", "cp1251", "cp1250", "cp1254", "mac-roman", "koi8-r")
# Signs that may well follow a capital letter in right texts: AMANHÃ», "Ä“.
_MAY_FOLLOW = frozenset("»“”’‘…–—°®™\xa0›")
_OTHER_SCRIPTS = frozenset({"cp1253", "iso8859-7", "cp1251", "koi8-r", "koi8-u", "cp1255", "cp1256", "cp874"})
_WIDE = re.compile("[^\x00-\x7f]")
_ASCII_LETTER = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class _Misreading:
    """How UTF-8 looks when read in a single-byte charset."""

    bytes_of: dict[int, int]
    sequence: re.Pattern[str]


@lru_cache(maxsize=16)
def _misreading(codec: str) -> _Misreading:
    bytes_of = {byte: byte for byte in range(0x80, 0xA0)}
    bytes_of |= {ord(char): byte for byte, char in enumerate(table_of(codec)) if byte >= 0x80 and char != "\ufffd"}

    def signs(low: int, high: int) -> str:
        return "[" + "".join(re.escape(chr(char)) for char, byte in bytes_of.items() if low <= byte <= high) + "]"

    more = signs(0x80, 0xBF)
    two, three, four = signs(0xC2, 0xDF), signs(0xE0, 0xEF), signs(0xF0, 0xF4)
    return _Misreading(bytes_of, re.compile(f"{two}{more}|{three}{more}{{2}}|{four}{more}{{3}}"))


@lru_cache(maxsize=1)
def _any_misreading() -> re.Pattern[str]:
    """The first two signs of a sequence in any of the charsets: one search in place of eight where there is none."""
    signs = [(byte, char) for codec in _MISREAD_AS for char, byte in _misreading(codec).bytes_of.items()]
    first = {re.escape(chr(char)) for byte, char in signs if 0xC2 <= byte <= 0xF4}
    second = {re.escape(chr(char)) for byte, char in signs if 0x80 <= byte <= 0xBF}
    return re.compile(f"[{''.join(sorted(first))}][{''.join(sorted(second))}]")


def repair(text: str) -> tuple[str, str]:
    """The text, put right if it surely was decoded wrongly before, and a note that says so (or "").

    Two kinds are known: UTF-8 read in a single-byte charset, once or twice, and Greek, Cyrillic, Hebrew or
    Arabic letters of eight bits read as Latin ones.
    """
    if text.isascii() or len(text) > MOST_TEXT:
        return text, ""
    for codec in _MISREAD_AS if _any_misreading().search(text) else ():
        repaired = text
        for _ in range(MOST_TIMES):
            better = _from_utf8(repaired, codec)
            if better is None:
                break
            repaired = better
        if repaired != text and not re.search("[\x80-\x9f]{2}", repaired):
            return repaired, f"UTF-8 that had been read as {codec}, repaired"
    better = _from_latin(text)
    return better or (text, "")


def _from_utf8(text: str, codec: str) -> str | None:
    """The text that was UTF-8 and was read in a single-byte charset, or None if it does not surely look so."""
    misreading = _misreading(codec)
    found = misreading.sequence.findall(text)
    if not found:
        return None
    wide = len(_WIDE.findall(text)) - text.count("\ufffd")
    if wide > sum(map(len, found)) + len(found) // 20:
        return None
    sure = sum(map(_is_sure, found)) if codec == "cp1252" else len(found) - 2
    if sure < 1 or (2 * sure < len(found) and codec == "cp1252"):
        return None

    def put_right(match: re.Match[str]) -> str:
        try:
            return bytes(misreading.bytes_of[ord(char)] for char in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]

    repaired = misreading.sequence.sub(put_right, text)
    return repaired if repaired != text else None


def _is_sure(sequence: str) -> bool:
    """Whether nobody writes these signs one after the other."""
    return len(sequence) > 2 or sequence[0] == "Â" or (sequence[0] in "ÃÄÅÎÏÐÑ" and sequence[1] not in _MAY_FOLLOW)


@lru_cache(maxsize=1)
def _unlike_latin() -> re.Pattern[str]:
    """Signs that no byte gives when it is read as Latin-1 or windows-1252."""
    known = "".join(re.escape(chr(char)) for char in _misreading("cp1252").bytes_of if char > 0xFF)
    return re.compile(f"[^\x00-\xff{known}]")


def _from_latin(text: str) -> tuple[str, str] | None:
    """Letters of another script that were read as Latin ones: words made of accented letters only."""
    if _unlike_latin().search(text) or len(_WIDE.findall(text)) < 10:
        return None
    lines = [line for line in text.splitlines() if not line.isascii()]
    joined = "".join(lines)
    if len(_WIDE.findall(joined)) < 1.5 * len(_ASCII_LETTER.findall(joined)):
        return None  # known at a tenth of the time
    letters = sum(char.isalpha() for line in lines for char in line)
    accented = sum(char > "\x7f" and char.isalpha() for line in lines for char in line)
    if accented < 10 or accented < 0.6 * letters:
        return None
    misreading = _misreading("cp1252").bytes_of
    data = bytes(misreading.get(ord(char), ord(char)) for char in text)
    guess = guess_single_byte(data)
    own = readings(data, ("cp1252",))[0]
    if guess.charset not in _OTHER_SCRIPTS or guess.score < own.score + 3 * accented:
        return None
    table = table_of(guess.charset)
    repaired = data.decode("latin-1").translate({byte: table[byte] for byte in range(0x80, 0x100)})
    return repaired, f"{guess.charset} that had been read as Latin letters, repaired"
