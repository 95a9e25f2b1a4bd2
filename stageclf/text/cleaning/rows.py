"""A text as rows: its lines, folded for comparison, with the reason why each goes."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from stageclf.text.cleaning.spans import KEPT, Span

LOOKED_AT = 400
"""Characters of a row that patterns see: what decides stands at a row's beginning, and time stays bounded."""

_ASKED = re.compile(r"[?\u037e\u061f\uff1f]")
_GREEK = re.compile(r"[\u0370-\u037d\u037f-\u03ff\u1f00-\u1fff]")
_ASKED_IN_GREEK = re.compile(r";(?=\s|$)")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t\xa0]{0,20}(?:>|\|(?:[ \t]|$)|&gt;)")
_LETTER = re.compile(r"[^\W_]")
_RULE = re.compile(r"[\s>*]*[-_=~#*+,ᐧ—–‐―]+[-_=~#*+,ᐧ—–‐―\s]*")  # fmt: skip
# Marks of writing direction, and the bullet that some mail trackers leave.
_INVISIBLE = "".join(map(chr, (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2060, 0xFEFF)))
_SAME = {"’": "'", "‘": "'", "´": "'", "`": "'", "\xa0": " ", "\u202f": " ", "\u2009": " ", "ς": "σ", "：": ":"}
_DASHES = dict.fromkeys("‐‑‒–—―−⸺ᐧ", "-")


_NOT_KNOWN = 0xFFFFFFFF  # which is no character
_FOLDED = np.full(sys.maxunicode + 1, _NOT_KNOWN, dtype="<u4")
"""Each character's plain form, filled in as they are met: `str.translate` takes five times as long."""


def _plain(char: str) -> str:
    """A character's plain lower-case form, always one character, so that places stay the same."""
    lower = char.lower()
    first, *marks = unicodedata.normalize("NFD", lower)
    plain = first if all(map(unicodedata.combining, marks)) else lower[0]
    plain = " " if char in _INVISIBLE else _DASHES.get(plain, plain)
    return _SAME.get(plain, plain)


def fold(text: str) -> str:
    """Lower case without accents, as long as the text itself."""
    if text.isascii():
        return text.lower().replace("`", "'")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    try:
        return str(_FOLDED.take(codes), "utf-32-le", "surrogatepass")
    except UnicodeDecodeError:  # at what is not known yet
        for char in set(text):
            _FOLDED[ord(char)] = ord(_plain(char))
        return str(_FOLDED.take(codes), "utf-32-le", "surrogatepass")


@dataclass(slots=True)
class Row:
    """A line, or a part of one where a quote begins within it."""

    start: int
    end: int
    raw: str
    folded: str
    quoted: bool
    rule: bool
    words: bool
    """Whether it holds anything but marks."""
    reason: str = KEPT
    code: bool = False

    @property
    def blank(self) -> bool:
        return not self.folded


def has_words(folded: str) -> bool:
    """Whether there is anything but marks."""
    return bool(_LETTER.search(folded))


def asks(row: str) -> bool:
    """Whether a row holds a question mark, the Greek one included; that of a link is none."""
    row = _LINK.sub(" ", row)
    return bool(_ASKED.search(row) or (_ASKED_IN_GREEK.search(row) and _GREEK.search(row)))


def is_shouted(text: str) -> bool:
    """Whether a text is upper case throughout, but for a word or two."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return capitals > 3 and capitals > 10 * small


def make_row(text: str, folded: str, start: int, end: int) -> Row:
    """The row from `start` up to `end`; what patterns see of it is stripped and of bounded length."""
    seen = min(end, start + LOOKED_AT)
    head = folded[start:seen].strip()
    if not head and not folded[seen:end].strip():
        return Row(start, end, "", "", False, False, False)
    raw = text[start:seen]
    quoted = bool(_QUOTED.match(raw))
    words = bool(_LETTER.search(head)) or bool(_LETTER.search(folded, seen, end))
    return Row(start, end, raw.strip(), head, quoted, not words and bool(_RULE.fullmatch(head)), words)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, its line end included; blank lines that follow each other are one."""
    at = blank = 0
    for line in text.splitlines(keepends=True):
        if line.isspace():
            blank += len(line)
            continue
        if blank:
            yield at, at + blank
            at, blank = at + blank, 0
        yield at, at + len(line)
        at += len(line)
    if blank:
        yield at, at + blank


def mark_code(rows: list[Row]) -> None:
    """Mark what stands between two lines of ```: nothing in it is a quote or a rule."""
    fences = [number for number, row in enumerate(rows) if row.raw.startswith("```")]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        for row in rows[first : last + 1]:
            row.code, row.quoted, row.rule = True, False, False


def next_full(rows: list[Row], at: int, limit: int = 12) -> int:
    """The first row that is not blank, from `at` on; -1 if there is none near."""
    for row in range(at, min(len(rows), at + limit)):
        if not rows[row].blank:
            return row
    return -1


def merge(rows: list[Row], length: int) -> Iterator[Span]:
    """The rows' reasons as spans that cover everything."""
    start, current = 0, None
    for row in rows:
        if current is not None and row.reason != current:
            yield Span(start, row.start, current)
            start = row.start
        current = row.reason
    if current is not None:
        yield Span(start, length, current)
