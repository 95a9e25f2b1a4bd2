"""Bytes to text: by the declared charset where the bytes fit it, by evidence where they do not."""

from __future__ import annotations

import codecs
import re
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple, Self

from stageclf.inbox.charset_guess import (
    CANDIDATES,
    guess_east_asian,
    guess_single_byte,
    readings,
    sample_of,
    table_of,
)
from stageclf.inbox.charset_labels import python_codec, says_nothing

__all__ = ["Decoded", "FewWeighings", "decode", "guess_charset", "guess_file_charset", "python_codec"]

SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST_OF_MARKS = (b"\xef", b"\xff", b"\xfe", b"\0")
# Charsets that are mistaken for each other because they differ in few letters only.
_SIBLINGS = (
    ("iso8859-7", "cp1253"),
    ("iso8859-2", "cp1250"),
    ("koi8-r", "koi8-u"),
    ("iso8859-13", "cp1257"),
    ("cp737", "cp869"),
)  # fmt: skip
_SEVEN_BIT = ("utf-7", "hz", "iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr")
_DOUBLE_BYTE = ("cp932", "euc_jp", "cp949", "big5hkscs", "gb18030", "shift_jis", "gbk", "euc_kr", "big5", "cp950")
# How much likelier (in nats) another reading must be than the declared one: a sibling, anything in place of the
# label that programs write without thinking, anything in place of another label.
_FOR_SIBLING, _FOR_DEFAULT, _FOR_OTHER = 2.0, 10.0, 30.0
MOST_WEIGHINGS = 30  # of pieces of one mail: weighing charsets takes milliseconds, however short the piece


class FewWeighings:
    """Within it, the charsets of the first pieces only are weighed; later ones are read as these were.

    left: how many pieces may still be weighed; it goes on counting where it is entered again.
    last: what the last piece of each declared charset was read as.
    """

    def __init__(self) -> None:
        self.left = MOST_WEIGHINGS
        self.last: dict[str | None, str] = {}

    def __enter__(self) -> Self:
        self._around = _allowance.get()
        _allowance.set(self)
        return self

    def __exit__(self, *error: object) -> None:
        _allowance.set(self._around)


_allowance: ContextVar[FewWeighings | None] = ContextVar("allowance", default=None)


class Decoded(NamedTuple):
    """Text from bytes; `note` is not empty where the bytes did not fit what was declared or expected."""

    text: str
    charset: str
    note: str = ""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by the declared charset if the bytes fit it, otherwise by evidence. Never raises."""
    codec = python_codec(declared)
    if declared is None or codec in ("utf-8", "cp1252"):
        plain = _plainly(data, codec != "cp1252")
        if plain is not None:
            return plain
    charset = _evident(data, codec)
    if charset is None:
        charset = _likeliest(data, codec)
    text, damaged = _text(data, charset)
    note = ""
    if codec is None and not says_nothing(declared):
        note = f"unknown charset {declared!r}, read as {charset}"
    elif codec and not _same(codec, charset):
        note = f"bytes do not fit the declared {declared}, read as {charset}"
    elif damaged:
        note = f"some bytes are not valid {charset}"
    return Decoded(text, charset, note)


def _likeliest(data: bytes, codec: str | None) -> str:
    """The charset by what is declared and by what letters the bytes would be, as long as that is allowed."""
    allowance = _allowance.get()
    if allowance is None:
        return _weighed(data, codec) if codec and _possible(data, codec) else guess_charset(data)
    if not allowance.left:
        return allowance.last.get(codec) or (codec if codec and codec != "utf-8" else "cp1252")
    allowance.left -= 1
    charset = _weighed(data, codec) if codec and _possible(data, codec) else guess_charset(data)
    allowance.last[codec] = charset
    return charset


def _plainly(data: bytes, wide: bool) -> Decoded | None:
    """ASCII and, if `wide`, UTF-8 without anything odd: what nearly all mails are, known at once."""
    # No noughts of UTF-16 and no escapes of ISO-2022.
    if data.startswith(_FIRST_OF_MARKS) or b"\0" in data or b"\x1b" in data:
        return None
    if data.isascii():
        return Decoded(data.decode("ascii"), "ascii")
    try:
        return Decoded(data.decode("utf-8"), "utf-8") if wide else None
    except UnicodeDecodeError:
        return None


def _same(codec: str, charset: str) -> bool:
    return (
        charset == "ascii" or charset.replace("-sig", "") == codec or charset[:6] == codec[:6] in ("utf-16", "utf-32")
    )


def _evident(data: bytes, codec: str | None) -> str | None:
    """The charset where the bytes leave no doubt about it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if (codec or "").startswith(("utf-16", "utf-32")):
        return codec if b"\0" in data or not data.isascii() else "ascii"
    wide = _without_mark(data)
    if wide:
        return wide
    if data.isascii():
        if codec in _SEVEN_BIT:
            return codec
        return _escaped(data) or "ascii"
    return "utf-8" if _valid_utf8(data, codec in _DOUBLE_BYTE) or (codec == "utf-8" and _damaged_utf8(data)) else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is nought."""
    sample = data[:2000]
    if b"\0" not in sample or len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.15 * len(sample) or min(even, odd) > 0.05 * len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _escaped(data: bytes) -> str | None:
    """ISO-2022 in plain bytes, by its escape sequences."""
    if re.search(rb"\x1b\$(?:[@B]|\(D)", data[:SAMPLE]):
        return "iso2022_jp_ext"
    return "iso2022_kr" if b"\x1b$)C" in data[:SAMPLE] else None


def _valid_utf8(data: bytes, sure: bool = False) -> bool:
    """Whether the bytes are UTF-8 and not plain ASCII; `sure` asks for more than could be chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data)
    return len(text) + (5 if sure else 0) < len(data)


def _nearly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for damage: a letter cut in two, a few bytes of something else."""
    sample = data[: 16 * SAMPLE]
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    return (good >= 4 and bad <= 0.05 * good) or (good >= 2 and bad == 1 and text.endswith("\ufffd"))


def _damaged_utf8(data: bytes) -> bool:
    """Whether at least as much of what is declared as UTF-8 is it, as is not."""
    text = data[: 16 * SAMPLE].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return 0 < bad <= sum(char > "\x7f" for char in text) - bad


def _possible(data: bytes, codec: str) -> bool:
    """Whether nearly all of the bytes mean something in the declared charset."""
    if codec == "utf-8":
        return False
    text, _ = _text(data[: 16 * SAMPLE], codec)
    wide = sum(char > "\x7f" for char in text)
    odd = sum(char == "\ufffd" or "\x80" <= char < "\xa0" for char in text)
    return odd <= 0.03 * wide or codec in CANDIDATES


def _weighed(data: bytes, codec: str) -> str:
    """The declared charset, or the one that is much likelier than it."""
    if codec not in CANDIDATES:
        return codec
    for siblings in _SIBLINGS:
        if codec in siblings:
            rivals = readings(data, siblings)
            own = max(guess.score for guess in rivals if guess.charset == codec)
            if rivals[0].score > own + _FOR_SIBLING:
                codec = rivals[0].charset
    own = readings(data, (codec,), any_language=True)[0].score
    rival = guess_single_byte(data)
    least = _FOR_DEFAULT if codec == "cp1252" else _FOR_OTHER
    if rival.score <= own + least or _reads_same(data, codec, rival.charset):
        return codec
    return guess_east_asian(data) or rival.charset


def _reads_same(data: bytes, one: str, other: str) -> bool:
    sample = sample_of(data)
    return _text(sample, one) == _text(sample, other)


def _text(data: bytes, charset: str) -> tuple[str, bool]:
    """The text and whether some bytes meant nothing."""
    if charset in CANDIDATES:
        text = codecs.charmap_decode(data, "replace", table_of(charset))[0]
        return text, "\ufffd" in text
    try:
        return data.decode(charset), False
    except (UnicodeError, LookupError):
        pass
    try:
        return data.decode(charset, errors="replace"), True
    except (UnicodeError, LookupError):
        return data.decode("cp1252", errors="replace"), True


def guess_charset(data: bytes) -> str:
    """The charset that the bytes speak for: marks, UTF-8, East Asian charsets, then the likeliest letters."""
    charset = _evident(data, None)
    return charset or guess_east_asian(data) or guess_single_byte(data).charset


def guess_file_charset(path: Path) -> str:
    """The charset of a whole text file, from its first 64 kB (and all of it if those are plain ASCII)."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        if sample.isascii():
            for block in iter(lambda: file.read(SAMPLE), b""):
                if not block.isascii():
                    sample = block
                    break
    # A multi-byte letter cut in two at the end of the sample must not speak against UTF-8.
    for end in (len(sample), len(sample) - 1, len(sample) - 2, len(sample) - 3):
        charset = guess_charset(sample[: max(0, end)])
        if charset in ("utf-8", "utf-8-sig", "utf-16", "ascii"):
            break
    else:
        charset = guess_charset(sample)
    return "utf-8" if charset == "ascii" else charset
