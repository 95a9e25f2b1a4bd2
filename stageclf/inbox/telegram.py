"""Telegram Desktop's JSON: one chat, or all chats of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

from stageclf.inbox.json_chat import JsonChatReader
from stageclf.inbox.json_stream import JsonCursor, skip
from stageclf.inbox.record import Record

MOST_HOURS_FROM_UTC = 15
# Telegram finds these by itself, between spaces; only then did the exporter lose the space between two parts.
_FOUND = {"link", "mention", "mention_name", "hashtag", "cashtag", "email", "phone", "bot_command", "bank_card"}
_MEDIA = ("media_type", "photo", "file", "location_information", "contact_information", "poll", "sticker_emoji")


class TelegramReader(JsonChatReader):
    """One record a message; service messages ("joined", calls) and media without words are empty ones."""

    format = "telegram"

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether it is an object with messages that have a type, or with a list of chats."""
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return False
        typed = re.search(rb'"type"\s*:\s*"(?:message|service)"', head)
        dated = re.search(rb'"(?:date_unixtime|text_entities|from_id|actor_id)"\s*:', head)
        chats = re.search(
            rb'"(?:left_)?chats"\s*:\s*\{(?:\s*"about"\s*:\s*"[^"]{0,2000}"\s*,)?\s*"list"\s*:\s*\[', head
        )
        return bool((typed and dated and b'"messages"' in head) or chats)

    def _messages(self, cursor: JsonCursor) -> Iterator[tuple[Any, str]]:
        if cursor.peek() == "{":
            yield from self._chat(cursor, whole_document=True)

    def _chat(self, cursor: JsonCursor, whole_document: bool = False) -> Iterator[tuple[Any, str]]:
        """The messages of one chat; in the document itself there may be lists of further chats."""
        name: str | None = None
        for member in cursor.members():
            first = cursor.peek()
            if member == "name":
                value = cursor.value()
                name = value if isinstance(value, str) else None
            elif member == "messages" and first == "[":
                if name is None and whole_document:
                    name = self.name_of("name")
                for _ in cursor.items():
                    yield cursor.value(), name or ""
            elif whole_document and member in ("chats", "left_chats") and first == "{":
                yield from self._chats(cursor)
            else:
                skip(cursor)

    def _chats(self, cursor: JsonCursor) -> Iterator[tuple[Any, str]]:
        for member in cursor.members():
            if member != "list" or cursor.peek() != "[":
                skip(cursor)
                continue
            for _ in cursor.items():
                if cursor.peek() == "{":
                    yield from self._chat(cursor)
                else:
                    skip(cursor)

    def _record(self, message: dict[str, Any], chat: str, number: int) -> Record:
        service = message.get("type") not in (None, "message")
        text = "" if service else joined(message.get("text") or message.get("text_entities"))
        notes = []
        if service:
            notes.append(f"system line: {message.get('action') or message.get('type')}")
        elif not text.strip():
            notes.append(next((f"media: {name}" for name in _MEDIA if message.get(name)), ""))
        if message.get("forwarded_from"):
            notes.append(f"forwarded from {message['forwarded_from']}")
        sender = message.get("from") or message.get("actor") or message.get("from_id") or ""
        return Record(
            text,
            {},
            str(self.path),
            number,
            note="; ".join(filter(None, notes)),
            raw_text=text,
            sender=str(sender),
            date=moment(message.get("date_unixtime"), message.get("date")),
            message_id=str(message.get("id", "")),
            thread_id=chat,
        )


def joined(text: Any) -> str:
    """The text of a message: a string, or a list of strings and of objects with a "text"."""
    if not isinstance(text, list):
        return text if isinstance(text, str) else ""
    pieces = []
    for before, part in pairwise([None, *text]):
        piece = part.get("text", "") if isinstance(part, dict) else part
        if not isinstance(piece, str):
            continue
        if pieces and isinstance(before, dict) and isinstance(part, dict) and _lost_space(pieces[-1], piece, part):
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)


def _lost_space(before: str, piece: str, part: dict[str, Any]) -> bool:
    """Whether a link or the like follows on a word without the space that it must have had."""
    return part.get("type") in _FOUND and bool(re.search(r"[\w:;,.!?]\Z", before)) and not piece[:1].isspace()


def moment(unix: Any, local: Any) -> datetime | None:
    """The time of a message from seconds since 1970; its local time tells how far its zone is from UTC."""
    try:
        there = datetime.fromisoformat(local) if isinstance(local, str) else None
    except ValueError:
        there = None
    try:
        exact = datetime.fromtimestamp(int(unix), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return there
    if there is None or there.tzinfo:
        return there or exact
    ahead = there - exact.replace(tzinfo=None)
    whole = ahead.total_seconds() % 900 == 0 and abs(ahead) <= timedelta(hours=MOST_HOURS_FROM_UTC)
    return exact.astimezone(timezone(ahead)) if whole else exact
