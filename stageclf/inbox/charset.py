"""Bytes to text: declared charsets with their odd names, and evidence where the declaration fails."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

_ODD_NAMES = {
    "iso-8859-7-e": "iso8859-7", "iso-8859-7-i": "iso8859-7", "elot_928": "iso8859-7", "elot-928": "iso8859-7",
    "greek": "iso8859-7", "greek8": "iso8859-7", "win-1253": "cp1253", "mswin1253": "cp1253",
    "windows1253": "cp1253", "x-cp1253": "cp1253", "win-1252": "cp1252", "x-cp1252": "cp1252",
    "x-mac-roman": "mac-roman", "x-sjis": "shift_jis", "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8",
    "utf-8-mac": "utf-8", "ansi": "cp1252", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
}  # fmt: skip
_NO_NAMES = {
    "",
    "8bit",
    "7bit",
    "unknown",
    "unknown-8bit",
    "x-unknown",
    "default",
    "binary",
    "none",
    "user-defined",
}
# Declared as the left, such texts are nearly always the right, which has letters where the left has none.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso8859-9": "cp1254"}
SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text from bytes; `note` is not empty where the bytes did not fit what was declared or expected."""

    text: str
    charset: str
    note: str = ""


def python_codec(label: str | None) -> str | None:
    """The Python codec for a charset label of a mail, or None for a label that says nothing."""
    name = re.sub(r"[\s\"']+", "", label or "").lower()
    if name in _NO_NAMES:
        return None
    for candidate in (_ODD_NAMES.get(name, name), re.sub(r"^x-|^cs", "", name), name.replace("_", "-")):
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        if found._is_text_encoding:  # base64, zlib and the like are no charsets
            return found.name
    return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by the declared charset if the bytes fit it, otherwise by evidence. Never raises."""
    codec = python_codec(declared)
    if codec and codec not in ("ascii",):
        try:
            text = data.decode(_WIDER.get(codec, codec))
            if codec == "utf-8" or not _valid_utf8(data):
                return Decoded(text, codec)
        except UnicodeError:
            pass
    guess = guess_charset(data)
    if codec is None and declared and declared.strip().lower() not in _NO_NAMES:
        note = f"unknown charset {declared!r}, read as {guess}"
    elif codec and codec != guess and guess != "ascii":
        note = f"bytes do not fit the declared {declared}, read as {guess}"
    else:
        note = ""
    try:
        return Decoded(data.decode(guess), guess, note)
    except UnicodeDecodeError:
        return Decoded(data.decode(guess, errors="replace"), guess, f"some bytes are not valid {guess}")


def guess_charset(data: bytes) -> str:
    """The charset that the bytes speak for: byte order marks, UTF-8, then the density of high bytes.

    Greek and Cyrillic texts are mostly high bytes, Latin ones hold few; the letters that the eight-bit
    charsets of each script put in different places decide between those.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name
    sample = data[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    if not high:
        return "ascii" if data.isascii() else guess_charset(data.translate(None, bytes(range(0x80)))[:SAMPLE])
    if _valid_utf8(data):
        return "utf-8"
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80) + high
    if high > 0.4 * letters:
        return _greek_or_cyrillic(sample)
    return "cp1252"


def _valid_utf8(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_COMMON = {
    "cp1253": "αοιετσνηυρπκμλςάέίόή",
    "iso8859-7": "αοιετσνηυρπκμλςάέίόή",
    "cp1251": "оаеинтсрвлкмдпу",
    "koi8-r": "оаеинтсрвлкмдпу",
}


def _greek_or_cyrillic(sample: bytes) -> str:
    """The charset under which the sample has most of the common letters of its language."""

    def score(charset: str) -> int:
        text = sample.decode(charset, errors="replace")
        return sum(char in _COMMON[charset] for char in text) - 3 * sum(char in "\ufffd\x81\x8d" for char in text)

    # ISO 8859-7 and windows-1253 differ in a few signs only; capital Ά is the one that matters.
    return max(_COMMON, key=score)


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
