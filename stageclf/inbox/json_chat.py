"""What the readers of chats in JSON have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from stageclf.inbox.chat_people import ChatPeople
from stageclf.inbox.json_stream import JsonCursor, skip
from stageclf.inbox.plain import file_charset
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, Record


@contextmanager
def cursor_over(reader: Reader) -> Iterator[JsonCursor]:
    """The beginning of a reader's file as a JSON document; keeps the reader's progress."""

    def progress(done: int) -> None:
        reader.progress = min(1.0, done / reader._size)

    charset = file_charset(reader)
    with reader.path.open("rb") as file:
        yield JsonCursor(file, "utf-8-sig" if charset == "utf-8" else charset, progress)


class JsonChatReader(Reader):
    """A JSON document with lists of messages in chats. `position` counts the messages."""

    channel = "chat"
    messages = True
    participants: tuple[str, ...] = ()  # as far as the document names them before the messages

    def schema(self) -> dict[str, pa.DataType]:
        file_charset(self)
        return MESSAGE_SCHEMA

    def records(self) -> Iterator[Record]:
        people = ChatPeople()
        with cursor_over(self) as cursor:
            for number, (message, chat) in enumerate(self._messages(cursor), start=1):
                if isinstance(message, dict):
                    record = self._record(message, chat, number)
                    record.people = people.with_author(record.sender, chat, self.participants)
                    yield record
                else:
                    note = f"message {number} is {type(message).__name__}, not an object"
                    yield Record("", {}, str(self.path), number, UNREADABLE, note)

    @abstractmethod
    def _messages(self, cursor: JsonCursor) -> Iterator[tuple[Any, str]]:
        """Every message with the name of its chat."""

    @abstractmethod
    def _record(self, message: dict[str, Any], chat: str, number: int) -> Record:
        """The record of one message."""

    def name_of(self, *names: str) -> str:
        """The first text among these members of the document; it may stand behind the messages."""
        found: dict[str, str] = {}
        with cursor_over(self) as cursor:
            for name in cursor.members() if cursor.peek() == "{" else ():
                if name in names and cursor.peek() == '"':
                    found[name] = cursor.value()
                else:
                    skip(cursor)
        return next((found[name] for name in names if found.get(name)), "")
