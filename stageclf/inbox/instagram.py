"""Messages as Meta exports them in JSON, from Instagram and Messenger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stageclf.inbox.json_chat import JsonChatReader
from stageclf.inbox.json_stream import JsonCursor, skip
from stageclf.inbox.record import Record

_MEDIA = ("photos", "videos", "audio_files", "sticker", "gifs", "files", "share", "call_duration", "media")


class InstagramReader(JsonChatReader):
    """One record a message; messages without words are empty ones."""

    format = "instagram"

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether it is an object with messages that have a sender's name and a time in milliseconds."""
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'"messages"' not in head:
            return False
        return bool(re.search(rb'"sender_name"\s*:', head) and re.search(rb'"timestamp_ms"\s*:', head)) or bool(
            re.search(rb'"senderName"\s*:', head) and re.search(rb'"threadName"\s*:', head)
        )

    def _messages(self, cursor: JsonCursor) -> Iterator[tuple[Any, str]]:
        chat = repaired(self.name_of("title", "threadName", "thread_path"))
        if cursor.peek() != "{":
            return
        for member in cursor.members():
            if member == "messages" and cursor.peek() == "[":
                for _ in cursor.items():
                    yield cursor.value(), chat
            elif member == "participants" and cursor.peek() == "[":
                self.participants = tuple(_names(cursor.value()))
            else:
                skip(cursor)

    def _record(self, message: dict[str, Any], chat: str, number: int) -> Record:
        text = message.get("content") or message.get("text") or ""
        text = repaired(text) if isinstance(text, str) else ""
        unsent = message.get("is_unsent") or message.get("isUnsent")
        notes = ["deleted message"] if unsent else []
        if not text.strip():
            notes += [f"media: {name}" for name in _MEDIA if message.get(name)][:1]
        return Record(
            "" if unsent else text,
            {},
            str(self.path),
            number,
            note="; ".join(notes),
            raw_text=text,
            sender=repaired(str(message.get("sender_name") or message.get("senderName") or "")),
            date=_moment(message.get("timestamp_ms") or message.get("timestamp")),
            thread_id=chat,
        )


def _names(participants: list[Any]) -> Iterator[str]:
    """The names of participants: objects with a name, or names."""
    for one in participants:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield repaired(name)


def repaired(text: str) -> str:
    """Meta writes the bytes of UTF-8 as if each were a letter; where the text is all such bytes, it is put right."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _moment(milliseconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
