"""One mail a file: .eml, the files of a Maildir, Apple Mail's .emlx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.aside import MAILDIR_FOLDERS
from stageclf.inbox.mail import read_mail
from stageclf.inbox.mbox import MOST_MAIL
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, Record

# Headers down to a blank line or the end of what is seen, at least two of them such as only mails have.
_HEADERS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*((?:>?[A-Za-z][!-9;-~]{0,99}:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)"
)
_OF_MAIL = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|content-transfer-encoding|x-mailer|x-mozilla-status|dkim-signature|in-reply-to|references|sender)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_EMLX = re.compile(rb"\A\d{1,10}[ \t]*\r?\n(?=[A-Za-z][!-9;-~]{0,99}:)")


class EmlReader(Reader):
    """One mail. The ending .msg is here for MIME mails that bear it; Outlook's are known by what they hold."""

    format, channel, messages = "eml", "email", True
    endings = (".eml", ".msg")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        if path.parent.name in MAILDIR_FOLDERS and b"\0" not in head:
            return bool(_OF_MAIL.search(head))
        headers = _HEADERS.match(head)
        return bool(headers) and len({name.lower() for name in _OF_MAIL.findall(headers[1])}) >= 2

    def schema(self) -> dict[str, pa.DataType]:
        return dict(MESSAGE_SCHEMA)

    def records(self) -> Iterator[Record]:
        source = str(self.path)
        data = b"" if self._size > MOST_MAIL else self.mail(self.path.read_bytes())
        if self._size > MOST_MAIL:
            note = f"{source} is larger than {MOST_MAIL // 2**20} MB"
            yield Record("", {}, source, 1, UNREADABLE, note)
        elif b"\0" in data[:512] and not _OF_MAIL.search(data[:512]):
            note = f"{source} is neither a mail nor an Outlook message: it begins with {data[:12]!r}"
            yield Record("", {}, source, 1, UNREADABLE, note)
        else:
            yield read_mail(data, source, 1)
        self.progress = 1.0

    def mail(self, data: bytes) -> bytes:
        """The mail itself in what the file holds."""
        return data


class EmlxReader(EmlReader):
    """Apple Mail's own files: the length, the mail, then a property list."""

    format = "emlx"
    endings = (".emlx",)

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        start = _EMLX.match(head)
        return bool(start) and EmlReader.sniff(head[start.end() :], path)

    def mail(self, data: bytes) -> bytes:
        start = _EMLX.match(data)
        return data[start.end() : start.end() + int(start[0])] if start else data
