"""HTML as a stream of tags and text in one pass, however broken: the standard library's parser can take very long."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

TEXT, START, END = "text", "start", "end"
_RAW = frozenset({"script", "style", "xmp", "noembed"})  # what is in them is no markup
_LONGEST_TAG = 20_000  # characters; pictures are written into attributes
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?|([^\s\"'>]+)))?")
# Where markup begins, and at once the tag if it has no attributes, as most have not.
_BEGIN = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]{0,20})>|(?=[a-zA-Z/!?]))")
_QUOTE = re.compile("[\"']")
_RAW_END = re.compile("</(?:script|style|xmp|noembed)", re.IGNORECASE)
_NAME = re.compile(r"[a-zA-Z][^\s/>\"'=]{0,40}")


# TEXT and the text, START or END and the name of the tag, with its attributes.
Token = tuple[str, str, dict[str, str]]
_NO_ATTRIBUTES: dict[str, str] = {}


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
            piece = text[at:begin]
            yield TEXT, html.unescape(piece) if "&" in piece else piece, _NO_ATTRIBUTES
        if match is None:
            return
        name = match[2]
        if name is not None:
            kind, name, at = END if match[1] else START, name.lower(), match.end()
            yield kind, name, _NO_ATTRIBUTES
            if kind == START and name in _RAW and raw_ends:
                at, raw_ends = _after_raw(text, at)
            continue
        after = _after_declaration(text, begin, ends)
        if after:
            at = after
            continue
        tag = _tag(text, begin, ends)
        if tag is None:
            yield TEXT, "<", _NO_ATTRIBUTES
            at = begin + 1
            continue
        token, at = tag
        yield token
        if token[0] == START and token[1] in _RAW and raw_ends:
            at, raw_ends = _after_raw(text, at)


def _after_raw(text: str, at: int) -> tuple[int, bool]:
    """Where the content ends that is no markup; the same place, and no, where it never ends."""
    close = _RAW_END.search(text, at)
    return (close.start(), True) if close else (at, False)


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
    closes = text.startswith("/", at + 1)
    name = _NAME.match(text, at + 1 + closes)
    if name is None:
        return None
    end = _tag_end(text, name.end(), ends)
    if end < 0:
        return None
    value = name[0].lower()
    if closes:
        return (END, value, _NO_ATTRIBUTES), end + 1
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, name.end(), end):
        found = next((group for group in match.groups()[1:] if group is not None), "")
        attributes.setdefault(match[1].lower(), html.unescape(found) if "&" in found else found)
    return (START, value, attributes), end + 1


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
