"""Outlook's .pst and .ost, by libpff (extra `outlook`): folder by folder, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from stageclf.extras import MissingExtraError, require
from stageclf.inbox.mail import read_mail
from stageclf.inbox.outlook import BINARY, BODY, HEADERS, HTML, RTF, STRING, SUBJECT, Properties, as_mail
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, InputError, Record

MOST_FOLDERS = 100_000
MOST_RECIPIENTS = 1000
# What libpff puts together itself, where it is not among the properties.
_PREPARED = (
    (SUBJECT, STRING, "subject"),
    (HEADERS, STRING, "transport_headers"),
    (BODY, STRING, "plain_text_body"),
    (HTML, BINARY, "html_body"),
    (RTF, BINARY, "rtf_body"),
)


class PstReader(Reader):
    format, channel, messages = "pst", "email", True
    endings = (".pst", ".ost")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        return head.startswith(b"!BDN")

    def schema(self) -> dict[str, pa.DataType]:
        self._open().close()
        return dict(MESSAGE_SCHEMA)

    def _open(self) -> Any:
        try:
            pypff = require("pypff", "outlook")
        except MissingExtraError as error:
            raise InputError(f"{self.path} is an Outlook data file: {error}") from error
        file = pypff.file()
        try:
            file.open(str(self.path))
        except OSError as error:
            raise InputError(f"{self.path} is not a readable Outlook data file: {error}") from error
        return file

    def records(self) -> Iterator[Record]:
        file = self._open()
        try:
            root = file.get_root_folder()
            total = max(1, sum(_number(folder, "sub_messages") for folder, _ in _folders(root)))
            position = 0
            for folder, name in _folders(root):
                for index in range(_number(folder, "sub_messages")):
                    position += 1
                    self.progress = min(1.0, position / total)
                    yield self._record(folder, index, f"{self.path}!{name}" if name else str(self.path), position)
        finally:
            file.close()
        self.progress = 1.0

    def _record(self, folder: Any, index: int, source: str, position: int) -> Record:
        try:
            message = folder.get_sub_message(index)
            return read_mail(as_mail(_properties(message), _recipients(message)), source, position)
        except Exception as error:  # a damaged item must not hide the others
            note = f"item {position} cannot be read: {type(error).__name__}: {error}"
            return Record("", {}, source, position, UNREADABLE, note)


def _folders(root: Any) -> Iterator[tuple[Any, str]]:
    """Every folder with its path, the root's own first."""
    waiting, seen = [(root, "")], 0
    while waiting and seen < MOST_FOLDERS:
        folder, path = waiting.pop()
        seen += 1
        yield folder, path
        inner = []
        for index in range(_number(folder, "sub_folders")):
            try:
                below = folder.get_sub_folder(index)
                name = (below.name or f"folder {index + 1}").replace("/", "_")
            except OSError:
                continue
            inner.append((below, f"{path}/{name}" if path else name))
        waiting += reversed(inner)


def _number(item: Any, of: str) -> int:
    try:
        return getattr(item, f"number_of_{of}")
    except OSError:
        return 0


def _properties(item: Any) -> Properties:
    """All properties of an item; one that cannot be read counts as missing."""
    found = Properties()
    for index in range(_number(item, "record_sets")):
        _collect(item.get_record_set(index), found)
    found.find_page()
    for number, kind, name in _PREPARED:
        if number not in found.values and hasattr(type(item), name):
            value = _value(item, name)
            if value:
                found.values[number] = _stored(value, kind, found.page)
    if not found.values:
        raise ValueError("none of its properties can be read")
    return found


def _collect(record_set: Any, found: Properties) -> None:
    for index in range(_number(record_set, "entries")):
        try:
            entry = record_set.get_entry(index)
            if entry.entry_type is not None and entry.value_type is not None:
                found.values.setdefault(entry.entry_type, (entry.value_type, entry.data or b""))
        except OSError:
            continue


def _value(item: Any, name: str) -> bytes | str | None:
    try:
        return getattr(item, name)
    except (OSError, UnicodeError):
        return None


def _stored(value: bytes | str, kind: int, page: str | None) -> tuple[int, bytes]:
    """A prepared value as a property holds it."""
    if kind == BINARY:
        return kind, value if isinstance(value, bytes) else value.encode("utf-8", "replace")
    if isinstance(value, bytes):
        from stageclf.inbox.charset import decode

        value = decode(value, page).text
    return kind, value.encode("utf-16-le", "replace")


def _recipients(message: Any) -> list[Properties]:
    """The recipients of a message, each kept as a record set of its own."""
    table = _value(message, "recipients")
    people = []
    for index in range(min(MOST_RECIPIENTS, _number(table, "record_sets")) if table is not None else 0):
        person = Properties()
        _collect(table.get_record_set(index), person)
        people.append(person)
    return people
