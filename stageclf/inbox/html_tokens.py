"""HTML as a stream of tags and text in one pass, however broken: the standard library's parser can take very long."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

TEXT, START, END = "text", "start", "end"
_RAW = frozenset({"script", "style", "xmp", "noembed"})  # what is in them is no markup
_LONGEST_TAG = 20_000  # characters; pictures are written into attributes
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?|([^\s\"'>]+)))?")
_BEGIN = re.compile("<(?=[a-zA-Z/!?])")
_QUOTE = re.compile("[\"']")
_RAW_END = re.compile("</(?:script|style|xmp|noembed)", re.IGNORECASE)
_BARE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})>")  # as most are
_NAME = re.compile(r"[a-zA-Z][^\s/>\"'=]{0,40}")


class Token(NamedTuple):
    """Text, or the name of a tag that starts or ends and its attributes."""

    kind: str
    value: str
    attributes: dict[str, str] = {}  # noqa: RUF012


class _Ends:
    """Where the next occurrence of a sign is; looks for one that is not there only once."""

    def __init__(self, text: str) -> None:
        self._text, self._missing = text, set[str]()

    def find(self, sign: str, at: int) -> int:
        if sign in self._missing:
            return -1
        found = self._text.find(sign, at)
        if found < 0:
            self._missing.add(sign)
        return found


def tokens(text: str) -> Iterator[Token]:
    """Tags and text of an HTML document; comments, declarations and what is in scripts are left out."""
    ends = _Ends(text)
    raw_ends = True
    at = 0
    while at < len(text):
        match = _BEGIN.search(text, at)
        begin = match.start() if match else len(text)
        if begin > at:
            yield Token(TEXT, html.unescape(text[at:begin]))
        if begin == len(text):
            return
        after = _after_declaration(text, begin, ends)
        if after:
            at = after
            continue
        tag = _tag(text, begin, ends)
        if tag is None:
            yield Token(TEXT, "<")
            at = begin + 1
            continue
        token, at = tag
        yield token
        if token.kind == START and token.value in _RAW and raw_ends:
            close = _RAW_END.search(text, at)
            raw_ends = close is not None
            at = close.start() if close else at


def _after_declaration(text: str, at: int, ends: _Ends) -> int:
    """Where a comment, declaration or processing instruction that begins here ends; 0 if none does."""
    if text.startswith("<!--", at):
        end = ends.find("-->", at + 2)
        return end + 3 if end >= 0 else at + 4
    if text[at + 1 : at + 2] in ("!", "?"):
        end = ends.find(">", at)
        return end + 1 if end >= 0 else at + 2
    return 0


def _tag(text: str, at: int, ends: _Ends) -> tuple[Token, int] | None:
    """The tag that begins here and where it ends, or None if there is none."""
    bare = _BARE_TAG.match(text, at)
    if bare:
        return Token(END if bare[1] else START, bare[2].lower()), bare.end()
    closes = text.startswith("/", at + 1)
    name = _NAME.match(text, at + 1 + closes)
    if name is None:
        return None
    end = _tag_end(text, name.end(), ends)
    if end < 0:
        return None
    value = name[0].lower()
    if closes:
        return Token(END, value), end + 1
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, name.end(), end):
        found = next((group for group in match.groups()[1:] if group is not None), "")
        attributes.setdefault(match[1].lower(), html.unescape(found) if "&" in found else found)
    return Token(START, value, attributes), end + 1


def _tag_end(text: str, at: int, ends: _Ends) -> int:
    """The ">" that ends a tag, not one inside of quotation marks; -1 if there is none near."""
    first = end = ends.find(">", at)
    if end < 0:
        return -1
    start = at
    while True:
        quote = _QUOTE.search(text, start, min(end, at + _LONGEST_TAG))
        if quote is None:
            return end
        close = text.find(quote[0], quote.end(), at + _LONGEST_TAG)
        if close < 0:
            return first
        start = close + 1
        if close > end:
            end = text.find(">", close, at + _LONGEST_TAG)
            if end < 0:
                return first
