"""A JSON document of any size, piece by piece: objects and lists are walked, their values parsed one by one."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

CHUNK = 1 << 16
MOST_OF_VALUE = 1 << 28
NEAR_THE_END = 64
DEPTH_OF_WALKS = 20
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder(strict=False)


class JsonError(ValueError):
    """The document is not valid JSON from here on; the message says where."""


class JsonCursor:
    """A place in a JSON document. Whoever walks a list or an object takes each of its values before the next.

    `value` parses what comes next, `items` and `members` walk a list or an object without holding it, `peek`
    is its first character ("" at the end of the document).
    """

    def __init__(self, file: BinaryIO, charset: str = "utf-8", progress: Callable[[int], None] | None = None) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(charset)(errors="replace")
        self._progress = progress
        self._text = ""
        self._at = 0
        self._before = 0
        self._ended = False

    @property
    def offset(self) -> int:
        """The characters read so far."""
        return self._before + self._at

    def peek(self) -> str:
        if self._at < len(self._text) and (char := self._text[self._at]) not in _SPACE:
            return char
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """Parse the next value whole; raises JsonError."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                # A number at the end of what was read may go on.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value
            except RecursionError as error:
                raise JsonError(f"too deeply nested at character {self.offset}") from error
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - NEAR_THE_END
                where = self._before + error.pos
                if not cut_off or len(self._text) > MOST_OF_VALUE or not self._more():
                    raise JsonError(f"{error.msg} at character {where}") from error

    def items(self) -> Iterator[None]:
        """Stop at every value of the list that comes next."""
        yield from self._walk("[", "]")

    def members(self) -> Iterator[str]:
        """Stop at every value of the object that comes next, with its name."""
        yield from self._walk("{", "}")

    def _walk(self, begin: str, end: str) -> Iterator[Any]:
        self._take(begin)
        while True:
            if self.peek() == end:
                self._at += 1
                return
            name = None
            if begin == "{":
                name = self.value() if self.peek() == '"' else self._take('"')
                self._take(":")
            start = self.offset
            yield name
            if self.offset == start:
                self.value()
            if self.peek() == ",":
                self._at += 1
                continue
            if self.peek() != end:
                self._take(end)

    def _take(self, wanted: str) -> None:
        found = self.peek()
        if found != wanted:
            what = repr(found) if found else "the end of the file"
            raise JsonError(f"{wanted!r} expected at character {self.offset}, found {what}")
        self._at += 1

    def _more(self) -> bool:
        """Read on, as much again as is still needed of what was read: doubling keeps the time linear."""
        if self._ended:
            return False
        kept = self._text[self._at :]
        data = self._file.read(max(CHUNK, len(kept)))
        self._ended = not data
        self._before += self._at
        self._text, self._at = kept + self._decoder.decode(data, final=self._ended), 0
        if self._progress:
            self._progress(self._file.tell())
        return True


def skip(cursor: JsonCursor, depth: int = 0) -> None:
    """Pass over the next value without holding it, however large it is."""
    first = cursor.peek()
    if first not in ("[", "{") or depth > DEPTH_OF_WALKS:
        cursor.value()
        return
    for _ in cursor.items() if first == "[" else cursor.members():
        skip(cursor, depth + 1)
