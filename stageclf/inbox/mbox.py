"""mbox: many mails in one file, split without reading it into memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from stageclf.inbox.mail import read_mail
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, InputError, Record

MOST_MAIL = 256 * 2**20
BLOCK = 1 << 20
# A "From " line and the beginning of the header below it lie within so many bytes.
REACH = 1024

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = rb"\d\d?:\d\d(?::\d\d(?:\.\d+)?)?"
_ZONE = rb"(?: +(?:[+-]\d{4}|[A-Z]{2,5}))"
_ASCTIME = rb"%b,? +%b +\d\d? +%b%b{0,2} +\d{4}%b?" % (_DAY, _MONTH, _CLOCK, _ZONE, _ZONE)
# What some exporters write instead of asctime: the date of a mail header, or ISO 8601.
_OTHER_DATE = rb"(?:%b, +)?\d\d? +%b +\d{4} +%b|\d{4}-\d\d-\d\d[T ]%b" % (_DAY, _MONTH, _CLOCK, _CLOCK)
_ADDRESS = rb"(?:-|MAILER-DAEMON|[^\s@]{1,200}@\S{1,300}|\"[^\"\r\n]{1,200}\"@\S{1,300})"
_LINE_END = rb"[^\r\n]{0,40}\r?\n"
_ANY_HEADER = rb"(?:[A-Za-z][!-9;-~]{0,99}:|>From )"
_FIRST_HEADER = rb"(?i:Received|Return-Path|Delivered-To|X-[\w-]{1,60}|From|Date|Message-ID|MIME-Version):"

# Below a blank line: any sender (old mailboxes hold login names, lists write "anna at example.org").
_SEPARATOR = re.compile(
    rb"From (?:(?:[^\r\n]{1,300}? )?%b|%b +(?:%b))%b%b" % (_ASCTIME, _ADDRESS, _OTHER_DATE, _LINE_END, _ANY_HEADER)
)
# Where a program left the blank line out: an address, and a header that mails begin with.
_SURE_SEPARATOR = re.compile(rb"From %b +%b%b%b" % (_ADDRESS, _ASCTIME, _LINE_END, _FIRST_HEADER))
# Newer Thunderbirds write nothing behind "From "; believed only where the file begins so.
_BARE_SEPARATOR = re.compile(rb"From ?\r?\n" + _ANY_HEADER)
_START = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


class MboxReader(Reader):
    format, channel, messages = "mbox", "email", True
    endings = (".mbox", ".mbx")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        start = _START.match(head).end()
        return bool(_SEPARATOR.match(head, start) or _BARE_SEPARATOR.match(head, start))

    def schema(self) -> dict[str, pa.DataType]:
        with self.path.open("rb") as file:
            head = file.read(REACH)
        if not self.sniff(head, self.path):
            raise InputError(
                f"{self.path} is no mbox: it begins with {head[:40]!r}, "
                'not with a line "From sender date" and headers below'
            )
        return dict(MESSAGE_SCHEMA)

    def records(self) -> Iterator[Record]:
        source, done = str(self.path), 0
        with self.path.open("rb") as file:
            for number, data in enumerate(split(file), start=1):
                done += len(data or b"")
                self.progress = min(1.0, done / self._size)
                if data is None:
                    note = f"mail {number} is larger than {MOST_MAIL // 2**20} MB"
                    yield Record("", {}, source, number, UNREADABLE, note)
                else:
                    yield read_mail(data, source, number)
        self.progress = 1.0


def split(file: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of one mail after the other, without the "From " lines; None for one larger than `MOST_MAIL`.

    A line begins a mail if it holds a sender and a date and is followed by a header; Content-Length headers
    are wrong too often to be asked.
    """
    mail = _Mail()
    for piece, begins in _pieces(file):
        if begins and mail.size:
            yield mail.take()
        mail.add(piece)
    if mail.size:
        yield mail.take()


class _Mail:
    """The pieces of the mail that is being read, dropped once they are too many."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= MOST_MAIL:
            self.parts.append(piece)
        else:
            self.parts.clear()

    def take(self) -> bytes | None:
        data = b"".join(self.parts) if self.size <= MOST_MAIL else None
        self.parts, self.size = [], 0
        return _ESCAPED.sub(b"", data) if data and b">From " in data else data


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces, and whether each begins a mail; a piece ends before the next mail or with its block.

    The "From " lines are in none of them.
    """
    window = _beginning(file)
    bare = bool(_BARE_SEPARATOR.match(window))
    start = window.find(b"\n") + 1 if bare or _SEPARATOR.match(window) else 0
    begins = True
    while window:
        following = file.read(BLOCK)
        # What lies at the end of a block is looked at together with the next one.
        limit = max(0, len(window) - REACH) if following else len(window)
        for place in _separators(window, limit, bare):
            yield window[start:place], begins
            start, begins = window.find(b"\n", place) + 1, True
        rest = max(start, limit)
        if rest > start:
            yield window[start:rest], begins
            begins = False
        window, start = window[rest:] + following, 0


def _beginning(file: BinaryIO) -> bytes:
    """The first block, without a byte order mark and blank lines."""
    window = b""
    while not window and (block := file.read(BLOCK)):
        window = block[_START.match(block).end() :]
    return window


def _separators(window: bytes, limit: int, bare: bool) -> Iterator[int]:
    """Where mails begin in the window, from its third byte up to the second after `limit`.

    So the line above is always in sight, and no place is looked at in two windows.
    """
    found = window.find(b"\nFrom ", 2, limit + 7)
    while found >= 0:
        place = found + 1
        blank_above = window.endswith((b"\n", b"\n\r"), found - 2, found)
        if (blank_above and (_SEPARATOR.match(window, place) or (bare and _BARE_SEPARATOR.match(window, place)))) or (
            not blank_above and _SURE_SEPARATOR.match(window, place)
        ):
            yield place
        found = window.find(b"\nFrom ", place, limit + 7)
