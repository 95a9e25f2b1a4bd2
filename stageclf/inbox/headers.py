"""The headers of a mail as readable text, however they were written: encoded words, raw bytes, broken ones."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from stageclf.inbox.charset import decode
from stageclf.inbox.mojibake import repair
from stageclf.inbox.transfer import from_base64

MOST_VALUE = 1 << 16  # bytes of one header that are looked at
MOST_HEADERS = 2000
MOST_KEPT = 400  # bytes of a value whose meaning is remembered for the next mail that has the same
MOST_BLOCK = 1 << 14  # bytes in which the blank line below well-formed headers is looked for
MOST_OF_PART = 1 << 10  # bytes of the headers below a damaged one
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FIELD_LINE = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:(.*)", re.MULTILINE)
_FOLD = re.compile(rb"\r*\n(?=[ \t])")
# A fold with nothing in it, or before the colon of a name.
_ODD_FOLD = re.compile(rb"\n[ \t][ \t\r\x0b\x0c]*(?:\n|:|\Z)")
_OF_WIDE_CHARSETS = re.compile(rb"[\x00\x1b]")  # UTF-16, escapes of ISO-2022; without them, ASCII is what it seems
_REST_OF_HEADER = re.compile(rb"content-\S{0,60}\s*$|[ \t]+[a-z]{1,20}=\"[^\"]{0,200}\";?\s*$", re.IGNORECASE)
_OF_PARTS = ("content-type", "content-transfer-encoding", "content-disposition")
_BLANKS = re.compile(r"[\x00-\x1f\x7f\s]+")
_WORD = re.compile(
    r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.{0,4000}?)\?=(?![0-9A-F]{2}[^\s?]{0,200}\?=)", re.DOTALL
)


class Headers:
    """The header fields of a mail or a part, in order, names in small letters, values as unfolded bytes.

    charset: what the mail says of its body: a hint for raw bytes in headers.
    """

    __slots__ = ("_first", "_read", "charset", "fields")

    def __init__(self, fields: tuple[tuple[str, bytes], ...] = (), charset: str | None = None) -> None:
        self.fields, self.charset = fields, charset
        self._first = dict(reversed(fields))
        self._read: dict[str, str] = {}  # what was asked for before: the subject and the sender are, several times

    def raw(self, name: str) -> bytes | None:
        """The first field of that name, as bytes."""
        return self._first.get(name)

    def all(self, name: str) -> Iterator[str]:
        """All fields of that name, readable."""
        return (decode_words(value, self.charset) for field, value in self.fields if field == name)

    def get(self, name: str) -> str:
        """The first field of that name, readable; "" if there is none."""
        value = self._first.get(name)
        if not value:
            return ""
        text = self._read.get(name)
        if text is None:
            text = self._read[name] = decode_words(value, self.charset)
        return text

    def names(self) -> Iterable[str]:
        """The names of its fields, each once."""
        return self._first.keys()

    def holds_any(self, names: frozenset[str]) -> bool:
        """Whether there is a field with one of these names."""
        return not names.isdisjoint(self._first)


def parse_headers(data: bytes, start: int = 0, part: bool = False) -> tuple[tuple[tuple[str, bytes], ...], int]:
    """The header fields from `start` on, and where the body begins.

    A line that is no header ends them, like a blank one, unless headers go on right after it. `part`: they are those
    of a part of a mail, whose first lines may be headers that were damaged.
    """
    return _well_formed(data, start) or _line_by_line(data, start, part)


def _well_formed(data: bytes, start: int, most: int = MOST_BLOCK) -> tuple[tuple[tuple[str, bytes], ...], int] | None:
    """The same for a block of nothing but fields above a blank line, as nearly all are, at a third of the time."""
    if not _FIELD.match(data, start):
        return None
    end = data.find(b"\n\n", start, start + most)
    last = end + 1 if end >= 0 else start + most
    wide = data.find(b"\n\r\n", start, last) if data.find(b"\r", start, last) >= 0 else -1
    body = wide + 3 if wide >= 0 else end + 2
    if body == 1:
        return None
    block = data[start : body - 2]
    if b"\r" in block and b"\n\r" in block:
        return None
    if b"\n " in block or b"\n\t" in block:
        if _ODD_FOLD.search(block):
            return None
        block = _unfolded(block)
    found = _FIELD_LINE.findall(block)
    # As many fields as lines: no line is something else.
    if len(found) != block.count(b"\n") + (block[-1:] != b"\n") or len(found) > MOST_HEADERS:
        return None
    return tuple([(_name(name), value.strip()) for name, value in found]), body


def _unfolded(block: bytes) -> bytes:
    if b"\r" in block:
        if b"\r\r" in block:
            return _FOLD.sub(b"", block)
        block = block.replace(b"\r\n ", b" ").replace(b"\r\n\t", b"\t")
    return block.replace(b"\n ", b" ").replace(b"\n\t", b"\t")  # a pattern takes five times as long


@lru_cache(maxsize=2048)
def _name(raw: bytes) -> str:
    return raw.decode("ascii").lower()


def _line_by_line(data: bytes, start: int, part: bool) -> tuple[tuple[tuple[str, bytes], ...], int]:
    fields: list[tuple[str, list[bytes]]] = []
    at, size = start, len(data)
    while at < size:
        end = _line_end(data, at)
        line = data[at:end].rstrip(b"\r\n")
        if not line.strip():
            return _joined(fields), end
        match = _FIELD.match(line)
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif match and len(fields) < MOST_HEADERS:
            fields.append((_name(match[1]), [line[match.end() :]]))
        elif not _may_be_skipped(data, line, end, bool(fields)) and not (
            part and not fields and _damaged(data, line, end)
        ):
            return _joined(fields), at
        at = end
    return _joined(fields), at


def _line_end(data: bytes, at: int) -> int:
    """Where the next line begins; mails of old Macs end lines by a carriage return alone."""
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end + 1


def _may_be_skipped(data: bytes, line: bytes, end: int, headers_before: bool) -> bool:
    """Whether a line that is no header was put between headers by accident: "From " lines, broken folds."""
    if line.startswith((b"From ", b">From ")):
        return True
    following = data[end : end + 300]
    return headers_before and not line.startswith(b"--") and bool(re.match(rb"[A-Z][\w-]{1,40}:[ \t]", following))


def _damaged(data: bytes, line: bytes, end: int) -> bool:
    """Whether the first line of a part is what is left of a header, and no text.

    It begins like one, or is a parameter of one that is lost, or headers that only parts have follow at once.
    """
    if _REST_OF_HEADER.match(line):
        return True
    below = _well_formed(data, end, MOST_OF_PART)
    return not line.startswith(b"--") and below is not None and any(name in _OF_PARTS for name, _ in below[0])


def _joined(fields: list[tuple[str, list[bytes]]]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, b"".join(lines)[:MOST_VALUE].strip()) for name, lines in fields)


def decode_words(raw: bytes, hint: str | None = None) -> str:
    """A header value as readable text: encoded words (RFC 2047, broken ones, too), raw bytes by evidence.

    hint: the charset that raw bytes are probably in.
    """
    if raw.isascii() and b"=?" not in raw and len(raw) <= MOST_VALUE:
        text = raw.decode("ascii")
        if text.isprintable():
            return " ".join(text.split())
        if not _OF_WIDE_CHARSETS.search(raw):
            return _BLANKS.sub(" ", text).strip()
    value = raw[:MOST_VALUE].decode("latin-1")
    pieces: list[tuple[str | None, bytes]] = []
    at = 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        if between.strip() or not pieces or pieces[-1][0] is None:
            pieces.append((None, between.encode("latin-1")))
        charset = match[1].lower()
        data = _word_bytes(match[2], match[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
        at = match.end()
    pieces.append((None, value[at:].encode("latin-1")))
    text = "".join([_piece(charset, data, hint) for charset, data in pieces if data])
    return _BLANKS.sub(" ", repair(text)[0]).strip()


def _piece(charset: str | None, data: bytes, hint: str | None) -> str:
    return decode(data, charset or (hint if not data.isascii() else None)).text


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("latin-1")
    if encoding in "bB":
        return from_base64(data)
    spaced = data.replace(b"_", b" ")
    return re.sub(rb"=([0-9A-Fa-f]{2})|=\r?\n[ \t]*", lambda m: bytes([int(m[1], 16)]) if m[1] else b"", spaced)


_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.){0,4000}\"|[^;]*)", re.DOTALL)


def parameters(raw: bytes | None) -> tuple[str, dict[str, str]]:
    """A header like Content-Type as its value in small letters and its parameters (RFC 2231, too).

    Most mails say the same here, so what was found is kept, and must not be changed by who gets it.
    """
    if not raw:
        return "", {}
    return _known_parameters(raw) if len(raw) <= MOST_KEPT else _parameters(raw)


@lru_cache(maxsize=1024)
def _known_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    return _parameters(raw)


def _parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    value = raw[:MOST_VALUE].decode("latin-1")
    main = re.sub(r"\([^()]*\)", "", value.split(";", 1)[0]).strip().strip("\"'").lower()
    found: dict[str, str] = {}
    split: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        name, text = match[1].lower(), match[2].strip()
        text = re.sub(r"\\(.)", r"\1", text[1:-1]) if len(text) > 1 and text[0] == text[-1] == '"' else _bare(text)
        numbered = re.fullmatch(r"([^*]+)\*(\d{1,3})?(\*?)", name)
        if numbered:
            piece = (bool(numbered[3]) or not numbered[2], text)
            split.setdefault(numbered[1], {})[int(numbered[2] or 0)] = piece
        else:
            found.setdefault(name, text if name == "boundary" else decode_words(text.encode("latin-1")))
    for name, pieces in split.items():
        found[name] = _assembled(pieces)
    return main, found


def _bare(text: str) -> str:
    return re.sub(r"\s+\([^()]*\)\s*$", "", text).strip().strip('"')


def _assembled(pieces: dict[int, tuple[bool, str]]) -> str:
    """A parameter that was cut into numbered pieces, percent-encoded or not; the first one says the charset."""
    charset, data = None, b""
    for number, (encoded, text) in sorted(pieces.items()):
        if encoded and number == min(pieces) and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw = text.encode("latin-1", "replace")
        data += unquote_to_bytes(raw) if encoded else raw
    return decode(data, charset or None).text


def addresses(headers: Headers, *names: str) -> tuple[str, ...]:
    """The people in these fields, each once, as "name <address>" or the address alone."""
    found: dict[str, None] = {}
    for name, raw in headers.fields:
        if name in names:
            read = _known_people if len(raw) <= MOST_KEPT else _people
            found |= dict.fromkeys(read(raw, headers.charset))
    return tuple(filter(None, found))


@lru_cache(maxsize=4096)
def _known_people(raw: bytes, hint: str | None) -> list[str]:
    return _people(raw, hint)


def _people(raw: bytes, hint: str | None) -> list[str]:
    pairs = _pairs(raw.decode("latin-1"))
    return [_person(decode_words(name.encode("latin-1", "replace"), hint), address) for name, address in pairs]


_ATOM = r"[A-Za-z0-9_+=-]+"
_SIMPLE_ADDRESS = re.compile(
    r"(?:([A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*) |\"([A-Za-z0-9_., -]+)\" )?<(ADDRESS)>|(ADDRESS)".replace(
        "ADDRESS", rf"{_ATOM}(?:\.{_ATOM})*@{_ATOM}(?:\.{_ATOM})*"
    )
)


def _pairs(value: str) -> list[tuple[str, str]]:
    if value.count("(") > 50 or value.count("<") > 2000:  # the standard library goes into every bracket by recursion
        return [("", address) for address in re.findall(r"[^\s<>,;()\"]{1,80}@[^\s<>,;()\"]{1,200}", value)[:2000]]
    simple = _SIMPLE_ADDRESS.fullmatch(value)
    if simple:  # for which the standard library takes ten times as long
        return [(simple[1] or simple[2] or "", simple[3] or simple[4])]
    if value.strip() and not _SIGN_OF_ADDRESS.search(value):
        return [(value, "")]  # a mere name, of which the standard library takes the first word for an address
    pairs = email.utils.getaddresses([value])
    if not any(address for _, address in pairs) and value.strip():
        return [(value, "")]
    return pairs


_SIGN_OF_ADDRESS = re.compile(r'[@<("]')
_TO_BE_QUOTED = re.compile(r'[,;<>@()"\\]')


def _person(name: str, address: str) -> str:
    name, address = name.strip().strip("\"'").strip(), decode_words(address.encode("latin-1", "replace"))
    if not name or not address:
        return name or address
    if _TO_BE_QUOTED.search(name):
        name = '"' + email.utils.quote(name) + '"'
    return f"{name} <{address}>"
