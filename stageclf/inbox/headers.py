"""The headers of a mail as readable text, however they were written: encoded words, raw bytes, broken ones."""

from __future__ import annotations

import email.utils
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from stageclf.inbox.charset import decode
from stageclf.inbox.mojibake import repair
from stageclf.inbox.transfer import from_base64

MOST_VALUE = 1 << 16  # bytes of one header that are looked at
MOST_HEADERS = 2000
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(
    r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.{0,4000}?)\?=(?![0-9A-F]{2}[^\s?]{0,200}\?=)", re.DOTALL
)


@dataclass(frozen=True)
class Headers:
    """The header fields of a mail or a part, in order, names in small letters, values as unfolded bytes."""

    fields: tuple[tuple[str, bytes], ...] = ()
    charset: str | None = None  # what the mail says of its body: a hint for raw bytes in headers

    def raw(self, name: str) -> bytes | None:
        """The first field of that name, as bytes."""
        return next((value for field, value in self.fields if field == name), None)

    def all(self, name: str) -> list[str]:
        """All fields of that name, readable."""
        return [decode_words(value, self.charset) for field, value in self.fields if field == name]

    def get(self, name: str) -> str:
        """The first field of that name, readable; "" if there is none."""
        value = self.raw(name)
        return "" if value is None else decode_words(value, self.charset)


def parse_headers(data: bytes, start: int = 0) -> tuple[tuple[tuple[str, bytes], ...], int]:
    """The header fields from `start` on, and where the body begins.

    A line that is no header ends them, like a blank one, unless headers go on right after it.
    """
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
            fields.append((match[1].decode("ascii").lower(), [line[match.end() :]]))
        elif not _may_be_skipped(data, line, end, bool(fields)):
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


def _joined(fields: list[tuple[str, list[bytes]]]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, b"".join(lines)[:MOST_VALUE].strip()) for name, lines in fields)


def decode_words(raw: bytes, hint: str | None = None) -> str:
    """A header value as readable text: encoded words (RFC 2047, broken ones, too), raw bytes by evidence.

    hint: the charset that raw bytes are probably in.
    """
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
    text = "".join(_piece(charset, data, hint) for charset, data in pieces)
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", repair(text)[0]).strip()


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
    """A header like Content-Type as its value in small letters and its parameters (RFC 2231, too)."""
    value = (raw or b"")[:MOST_VALUE].decode("latin-1")
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
            for person, address in _pairs(raw.decode("latin-1")):
                found[_person(decode_words(person.encode("latin-1", "replace"), headers.charset), address)] = None
    return tuple(filter(None, found))


def _pairs(value: str) -> list[tuple[str, str]]:
    if value.count("(") > 50 or value.count("<") > 2000:  # the standard library goes into every bracket by recursion
        return [("", address) for address in re.findall(r"[^\s<>,;()\"]{1,80}@[^\s<>,;()\"]{1,200}", value)[:2000]]
    pairs = email.utils.getaddresses([value])
    if not any(address for _, address in pairs) and value.strip():
        return [(value, "")]
    return pairs


def _person(name: str, address: str) -> str:
    name, address = name.strip().strip("\"'").strip(), decode_words(address.encode("latin-1", "replace"))
    if not name or not address:
        return name or address
    if re.search(r'[,;<>@()"\\]', name):
        name = '"' + email.utils.quote(name) + '"'
    return f"{name} <{address}>"
