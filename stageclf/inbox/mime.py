"""A mail as the tree of its parts, without recursion: nesting, missing boundaries and damage do it no harm.

The standard library's parser goes into every level by a call and gives up after some hundred of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from stageclf.inbox.headers import MOST_KEPT, Headers, decode_words, parameters, parse_headers

MOST_PARTS = 20_000
_LOOKED_AT = 20_000  # bytes after a multipart's headers in which its boundary must be seen
_KINDS = frozenset("text multipart message image audio video application font model chemical example".split())
_HEADER_OF_MAILS = re.compile(
    r"(?:content|x|list|dkim|arc|resent|thread|auto|delivered|return|received|mime|message|reply|in-reply|envelope"
    r"|errors|authentication|apparently|user|disposition|ms|nntp|xref|posted)-[\w-]+$|from$|to$|cc$|bcc$|subject$|date$"
    r"|received$|sender$|references$|newsgroups$|path$|organi[sz]ation$|status$|precedence$|importance$|priority$"
    r"|comments$|keywords$|lines$|encoding$|feedback-id$"
)
_DASHES = re.compile(rb"--[^\r\n]{0,400}")
_GUESSED_BOUNDARY = re.compile(
    rb"^--([^\s-][^\r\n]{0,200}?|-*[^\s-][^\r\n]{0,200}?)[ \t]*\r?\n(?=content-)", re.I | re.M
)


_LEAST_SURE = 8  # bytes of a boundary that is known where it does not stand alone in its line
_MIDDLE_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
_TYPE = re.compile(r"[^\s/,;]*/[^\s/,;]+")
_EMPTY_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf|[ \t]*\r?\n){1,20}")
_FIRST_HEADER = re.compile(rb"(?:From|To|Subject|Date|Return-Path|Received|Message-ID|MIME-Version|Content-Type|Delivered-To):", re.I)  # fmt: skip  # noqa: E501


@dataclass(eq=False)
class Part:
    """One part of a mail (or the mail itself): headers, and a body that is bytes or other parts."""

    headers: Headers
    type: str
    params: dict[str, str]
    body: bytes = b""
    parts: list[Part] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        return self.type.startswith("multipart/")

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """Content-Disposition: its value and its parameters."""
        return parameters(self.headers.raw("content-disposition"))

    @property
    def encoding(self) -> str:
        """Its Content-Transfer-Encoding."""
        raw = self.headers.raw("content-transfer-encoding")
        if not raw:
            return ""
        return (
            _known_value(raw) if raw.isascii() and len(raw) <= MOST_KEPT else decode_words(raw, self.headers.charset)
        )

    @property
    def name(self) -> str:
        """The file name the part goes by, "" for none."""
        return self.disposition[1].get("filename") or self.params.get("name") or ""


_known_value = lru_cache(maxsize=256)(decode_words)  # nearly all mails say one of four


class _Splitter:
    """Goes through a mail once, line by line that begins with dashes; open multiparts are on a stack."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.stack: list[tuple[Part, bytes]] = []
        self.depths: dict[bytes, list[int]] = {}
        self.dashes = -1  # where the next line that begins with dashes is, once looked for
        self.count = 0
        self.leaf: Part | None = None  # the part whose body goes on at `since`
        self.since = 0

    def split(self) -> Part:
        root = self.begin(0, None)
        if not self.stack:
            root.body = self.data[self.since :]
            return root
        at = self.since
        while self.stack and self.count < MOST_PARTS:
            found = self.next_boundary(at)
            if found is None:
                break
            start, at, depth, closes = found
            self.end_leaf(start)
            self.pop_to(depth)
            after = self.data.find(b"\n", at)
            at = len(self.data) if after < 0 else after + 1
            if closes:
                self.pop_to(depth - 1)
            else:
                self.begin(at, self.stack[-1][0])
                at = self.since
        self.end_leaf(len(self.data))
        return root

    def next_boundary(self, at: int) -> tuple[int, int, int, bool] | None:
        """Where the next boundary begins and ends, the depth of its multipart, and whether it closes that."""
        while True:
            match = self.next_dashes(at)
            inside = self.inside_line(at, match.start() if match else len(self.data))
            if inside or not match:
                return inside
            at = match.end()
            found = self.boundary(match[0].rstrip())
            if found:
                return match.start(), at, *found

    def inside_line(self, at: int, end: int) -> tuple[int, int, int, bool] | None:
        """The innermost boundary where a line break before it was forgotten, between two lines with dashes."""
        boundary = self.stack[-1][1]
        if self.leaf is None or len(boundary) < _LEAST_SURE:
            return None
        while (at := self.data.find(b"--" + boundary, at, end)) >= 0:
            after = at + 2 + len(boundary)
            match = _MIDDLE_END.match(self.data, after)
            if match:
                return at, after, len(self.stack), bool(match[1])
            at = after
        return None

    def next_dashes(self, at: int) -> re.Match[bytes] | None:
        """The next line that begins with dashes; a pattern would look for it ten times as long as `find`."""
        if at > self.dashes or self.dashes < 0:
            begins = not at and self.data.startswith(b"--")
            self.dashes = 0 if begins else self.data.find(b"\n--", max(0, at - 1)) + 1 or len(self.data)
        return _DASHES.match(self.data, self.dashes)

    def boundary(self, line: bytes) -> tuple[int, bool] | None:
        """The depth of the multipart that this line is a boundary of and whether it ends it; the innermost one."""
        opens = self.depths.get(line[2:])
        closes = self.depths.get(line[2:-2]) if line.endswith(b"--") else None
        if opens and (not closes or opens[-1] >= closes[-1]):
            return opens[-1], False
        return (closes[-1], True) if closes else self.boundary_before_more(line)

    def boundary_before_more(self, line: bytes) -> tuple[int, bool] | None:
        """The same for one of the innermost boundaries with something behind it, such as the footer of a list."""
        for depth in range(len(self.stack), max(0, len(self.stack) - 3), -1):
            boundary = self.stack[depth - 1][1]
            if len(boundary) < _LEAST_SURE or not line.startswith(boundary, 2):
                continue
            more = line[2 + len(boundary) :]
            if more[:1] in (b" ", b"\t"):
                return depth, False
            if more.startswith(b"--") and not more[2:3].isalnum():
                return depth, True
        return None

    def begin(self, at: int, parent: Part | None) -> Part:
        """A new part whose headers stand at `at`."""
        fields, start = parse_headers(self.data, at, parent is not None)
        headers = Headers(fields)
        if parent is None and not any(map(_is_of_mails, headers.names())):
            headers, start = Headers(), at  # "Question: what does it cost?" is what somebody wrote
        kind, params = parameters(headers.raw("content-type"))
        kind = _type(kind, parent is not None and parent.type == "multipart/digest")
        headers.charset = params.get("charset")
        part = Part(headers, kind, params)
        self.count += 1
        if parent is not None:
            parent.parts.append(part)
        self.leaf, self.since = part, start
        boundary = self.boundary_of(part, start) if part.is_multipart else b""
        if boundary:
            self.stack.append((part, boundary))
            self.depths.setdefault(boundary, []).append(len(self.stack))
        return part

    def boundary_of(self, part: Part, start: int) -> bytes:
        """The declared boundary, or one that is seen where none is declared."""
        declared = part.params.get("boundary", "").rstrip().encode("latin-1", "replace")
        end = start + _LOOKED_AT
        if declared and (self.data.find(b"--" + declared, start, end) >= 0 or end < len(self.data)):
            return declared
        bare = declared.strip(b"'\" ")
        if bare and self.data.find(b"--" + bare, start, end) >= 0:
            return bare
        match = _GUESSED_BOUNDARY.search(self.data, start, end)
        return match[1] if match and match[1] not in self.depths else declared

    def end_leaf(self, end: int) -> None:
        """Give the current part its body, without the line end that belongs to the boundary."""
        if self.leaf is None:
            return
        body = self.data[self.since : max(self.since, end)]
        if end < len(self.data):
            body = body.removesuffix(b"\n").removesuffix(b"\r")
        elif self.stack:  # a last line may have its boundary at its end
            for _, boundary in self.stack[-3:]:
                body = body.rstrip().removesuffix(b"--" + boundary + b"--")
        if self.depths:
            at = body.rstrip().rfind(b"\n") + 1
            if body.startswith(b"--", at) and body[at:].strip()[2:].removesuffix(b"--") in self.depths:
                body = body[:at]  # of a multipart that was over before
        self.leaf.body = body
        self.leaf = None

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            _, boundary = self.stack.pop()
            self.depths[boundary].pop()


@lru_cache(maxsize=1024)
def _is_of_mails(name: str) -> bool:
    return bool(_HEADER_OF_MAILS.match(name))


@lru_cache(maxsize=256)
def _type(declared: str, in_digest: bool) -> str:
    """The type of a part; for what cannot be one, the type that its sender may have meant."""
    whole = _TYPE.match(re.sub(r"\s*/\s*", "/", declared))
    if not whole:
        return "message/rfc822" if in_digest else _kind(declared.partition("/")[0].strip())
    main = whole[0].partition("/")[0]
    return whole[0] if main in _KINDS or whole[0].startswith("x-") else _kind(main)


def _kind(kind: str) -> str:
    return {"html": "text/html", "multipart": "multipart/mixed"}.get(kind, "text/plain")


def parse_mail(data: bytes) -> Part:
    """The tree of a mail's parts. Never raises; whatever cannot be split stays text."""
    if data.count(b"\r") > 4 * data.count(b"\n"):  # lines end as on old Macs, but for one or the other
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    begin = _EMPTY_BEGINNING.match(data)
    if begin and _FIRST_HEADER.match(data, begin.end()):
        data = data[begin.end() :]
    root = _Splitter(data).split()
    for part in walk(root) if root.is_multipart else ():
        if part.is_multipart and not part.parts:
            part.type = "text/plain"  # no boundary was found: what is there is shown as it is
    return root


def walk(root: Part) -> list[Part]:
    """The part and all below it, in the order of the mail."""
    if not root.parts:
        return [root]
    found, waiting = [], [root]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting.extend(reversed(part.parts))
    return found
