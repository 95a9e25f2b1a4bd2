"""Bodies out of their transfer encodings, damaged ones, too; files written into the text left aside."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_\r\n \t"
_NOT_BASE64 = bytes(byte for byte in range(256) if byte not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")  # fmt: skip  # noqa: E501


def undo(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes that a Content-Transfer-Encoding stands for, and what was odd. Never raises."""
    kind = _kind(encoding)
    if kind in ("base64", "base-64", "b64", "base"):
        if _is_no_base64(data):
            return data, "declared as base64, but is not"
        return from_base64(data), ""
    if kind in ("quoted-printable", "quotedprintable", "qp", "quoted_printable"):
        return binascii.a2b_qp(re.sub(rb"=[ \t]+(?=\r?\n)", b"=", data)), ""
    if kind in ("uuencode", "uue", "uu", "uuencoded"):
        return _from_uuencode(data), ""
    return data, ""


@lru_cache(maxsize=256)
def _kind(encoding: str) -> str:
    return re.sub(r"\([^()]*\)|[\s\"';:]+|^x-", "", encoding.strip().lower())


_PADDED = re.compile(rb"([^=]+)(=*)")


def _is_no_base64(data: bytes) -> bool:
    """Whether this is plain text under a false label: words with blanks between them, foreign signs."""
    sample = data[:4000].strip()
    foreign = len(sample.translate(None, _BASE64))
    blanks = len(re.findall(rb"[^\s=] +[^\s]", sample)) if b" " in sample else 0
    if len(sample) <= 8:
        return bool(len(sample) % 4) and not _is_plain(from_base64(sample))
    return foreign > 0.1 * len(sample) or blanks > 0.08 * len(sample)


def _is_plain(data: bytes) -> bool:
    """Whether the bytes are words in UTF-8, as encoded ones are mostly."""
    try:
        return "".join(data.decode("utf-8").split()).isprintable()
    except UnicodeDecodeError:
        return False


def from_base64(data: bytes) -> bytes:
    """Bytes from base64: signs that do not belong are passed over, missing padding is added.

    What follows the padding is read on only where it is base64 again: list footers are plain text.
    """
    out, at = [], 0
    for match in _PADDED.finditer(data):
        line = match[1].lstrip().split(b"\n", 1)[0].strip()
        if at and (len(line) + len(match[2]) < 4 or b" " in line or (len(line) + len(match[2])) % 4):
            break
        out.append(_block(match[1]))
        at = match.end()
        if not match[2]:
            break
    return b"".join(out)


def _block(data: bytes) -> bytes:
    letters = data.translate(bytes.maketrans(b"-_", b"+/"), b"\r\n \t").translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _from_uuencode(data: bytes) -> bytes:
    out = []
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3  # some encoders leave off blanks at the end of lines
            try:
                out.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                return data
    return b"".join(out)


_UU_BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} (\S.{0,200})$")
_UU_LINE = re.compile(r"[ -`]{1,62}$")
_YENC_BEGIN = re.compile(r"=ybegin .{0,200}?name=(.{1,200})$")


def without_files(text: str) -> tuple[str, list[str]]:
    """The text without uuencoded and yEnc files in it, and a note for each of them."""
    if "begin" not in text:
        return text, []
    lines = text.split("\n")
    kept: list[str] = []
    notes: list[str] = []
    row = 0
    while row < len(lines):
        end = _file_end(lines, row)
        if end:
            match = _UU_BEGIN.match(lines[row]) or _YENC_BEGIN.match(lines[row])
            kind = "yEnc" if lines[row].startswith("=y") else "uuencode"
            notes.append(f"file {match[1].strip()} in the text ({kind}) left aside" if match else "")
            row = end
        else:
            kept.append(lines[row])
            row += 1
    return "\n".join(kept), notes


def _file_end(lines: list[str], row: int) -> int:
    """The row after a file that begins in this row, or 0 if none does."""
    if _YENC_BEGIN.match(lines[row]):
        following = range(row + 1, len(lines))
        return next((at + 1 for at in following if lines[at].startswith("=yend")), len(lines))
    if not _UU_BEGIN.match(lines[row]) or row + 1 >= len(lines) or not _is_uu(lines[row + 1], lines[row]):
        return 0
    at = row + 1
    while at < len(lines) and _is_uu(lines[at], lines[row]):
        at += 1
    return at + 1 if at < len(lines) and lines[at].strip() in ("end", "====") else at


def _is_uu(line: str, begin: str) -> bool:
    """Whether a line can be one of an encoded file: its first sign says how long it is."""
    if begin.startswith("begin-base64"):
        return bool(re.fullmatch(r"[A-Za-z0-9+/]{1,76}={0,2}", line))
    if not line or not _UU_LINE.match(line) or line == "end":
        return False
    length = ((ord(line[0]) - 32) & 63) * 4 / 3
    return length - 4 <= len(line) - 1 <= length + 4
