"""mbox: many mails in one file, split without reading it into memory; and .eml, one mail a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from stageclf.inbox.mail import read_mail
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, Record

MOST_MAIL = 256 * 2**20

# "From sender date": the date of asctime with its year, in all the variants that mail programs write.
_SEPARATOR = re.compile(
    rb"^From (?:.{0,200}?\s)?.*\d\d?:\d\d.*\b(?:19|20)\d\d\b|^From - |^From \S+@\S+\s|^From MAILER"
)
_HEADER = re.compile(rb"^[!-9;-~]+:|^>From ")
_ESCAPED = re.compile(rb"^>+From ", re.MULTILINE)


class MboxReader(Reader):
    format, channel, messages = "mbox", "email", True

    def schema(self) -> dict[str, pa.DataType]:
        return dict(MESSAGE_SCHEMA)

    def records(self) -> Iterator[Record]:
        with self.path.open("rb") as file:
            for number, data in enumerate(self._messages(file), start=1):
                if data is None:
                    note = f"mail {number} is larger than {MOST_MAIL // 2**20} MB"
                    yield Record("", {}, str(self.path), number, UNREADABLE, note)
                else:
                    yield read_mail(data, str(self.path), number)

    def _messages(self, file: BinaryIO) -> Iterator[bytes | None]:
        """The bytes of one mail after the other; None for one that is too large to be held in memory."""
        parts: list[bytes] = []
        size = done = 0
        started = False
        for line, begins in _with_separators(file):
            done += len(line)
            self.progress = done / self._size
            if begins:
                if started:
                    yield _joined(parts, size)
                parts, size, started = [], 0, True
                continue
            size += len(line)
            started = started or bool(line.strip())
            if size <= MOST_MAIL:
                parts.append(line)
        if started:
            yield _joined(parts, size)


def _joined(parts: list[bytes], size: int) -> bytes | None:
    if size > MOST_MAIL:
        return None
    return _ESCAPED.sub(lambda match: match[0][1:], b"".join(parts))


def _with_separators(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Every line and whether it begins a mail: a "From " line after a blank one, with a header below it."""
    blank_before = True
    line = file.readline()
    while line:
        following = file.readline()
        begins = (
            blank_before
            and line.startswith(b"From ")
            and bool(_SEPARATOR.match(line))
            and (not following.strip() or bool(_HEADER.match(following)))
        )
        yield line, begins
        blank_before = not line.strip()
        line = following


class EmlReader(Reader):
    format, channel, messages = "eml", "email", True

    def schema(self) -> dict[str, pa.DataType]:
        return dict(MESSAGE_SCHEMA)

    def records(self) -> Iterator[Record]:
        yield read_mail(Path(self.path).read_bytes(), str(self.path), 1)
        self.progress = 1.0
