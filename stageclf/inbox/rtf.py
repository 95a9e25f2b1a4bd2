"""Rich text as Outlook keeps it: back to the HTML it was made from, or to plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stageclf.inbox.codepages import FONT_CHARSETS, codec_of

MOST_RTF = 32 * 2**20

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|."
)
# Groups whose content is not part of the text.
_SILENT = frozenset(
    """
    fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf
    footnote annotation fldinst themedata colorschememapping datastore latentstyles listtable listoverridetable
    rsidtbl generator xmlnstbl mhtmltag pntext pntxta pntxtb objdata shpinst nonshppict filetbl revtbl bkmkstart
    bkmkend upr
    """.split()
)
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t"}
_SIGNS = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—",
    "enspace": "\u2002", "emspace": "\u2003",
}  # fmt: skip


@dataclass(frozen=True)
class _State:
    """What holds within a group."""

    silent: bool = False
    fonts: bool = False
    tag: bool = False
    hidden: bool = False
    codec: str = "cp1252"
    fallback: int = 1


def rtf_text(data: bytes) -> tuple[str, str]:
    """What rich text holds: ("html", …) where it was made from HTML, else ("plain", …). Never raises.

    Text beyond 32 MB is not read.
    """
    return _Rtf(data[:MOST_RTF]).result()


class _Rtf:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.html = b"\\fromhtml" in data[:1024]
        self.state = _State()
        self.stack: list[_State] = []
        self.default = "cp1252"
        self.font = 0
        self.font_codecs: dict[int, str | None] = {}
        self.out: list[str] = []
        self.waiting = bytearray()
        self.waiting_codec = "cp1252"
        self.to_skip = 0
        self.starred = False

    def result(self) -> tuple[str, str]:
        position = 0
        while match := _TOKEN.match(self.data, position):
            position = match.end() + self._take(match)
        self._flush()
        text = "".join(self.out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return ("html", text) if self.html else ("plain", text.strip("\n\0"))

    def _take(self, match: re.Match[bytes]) -> int:
        """Deal with one token; returns how many bytes after it are raw data."""
        kind = match.lastgroup
        if kind in ("word", "number"):
            number = match["number"]
            return self._word(match["word"].decode("ascii"), None if number is None else int(number))
        if kind == "open":
            self.stack.append(self.state)
            self.to_skip = 0
        elif kind == "close":
            self.state = self.stack.pop() if self.stack else self.state
            self.to_skip = 0
        elif kind == "hex":
            self._bytes(bytes([int(match["hex"], 16)]))
        elif kind == "text":
            self._bytes(match["text"])
        elif kind == "sign":
            self._sign(match["sign"])
        if kind != "sign":
            self.starred = False
        return 0

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in b"\\{}":
            self._bytes(sign)
        elif sign in (b"\n", b"\r"):
            self._write("\n")
        elif sign == b"~":
            self._write("&nbsp;" if self.html and not self.state.tag else "\xa0")
        elif sign == b"_":
            self._write("\u2011")

    def _word(self, word: str, number: int | None) -> int:
        starred, self.starred = self.starred, False
        if word == "bin":
            return max(0, number or 0)
        if word == "u" and number is not None:
            self._write(chr(number & 0xFFFF))
            self.to_skip = self.state.fallback
        elif starred and word != "htmltag":
            self.state = replace(self.state, silent=True)
        elif word == "htmltag" and self.html:
            self.state = replace(self.state, tag=True)
        elif word == "fonttbl":
            self.state = replace(self.state, silent=True, fonts=True)
        elif word in _SILENT:
            self.state = replace(self.state, silent=True)
        elif word in _BREAKS:
            self._write(_BREAKS[word])
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        else:
            self._setting(word, number)
        return 0

    def _setting(self, word: str, number: int | None) -> None:
        """Words that change how what follows is read."""
        if word == "ansicpg":
            self.default = codec_of(number) or self.default
            self.state = replace(self.state, codec=self.default)
        elif word == "f" and number is not None:
            self.font = number
            if not self.state.fonts:
                self.state = replace(self.state, codec=self.font_codecs.get(number) or self.default)
        elif word in ("fcharset", "cpg") and self.state.fonts:
            page = FONT_CHARSETS.get(number or 0) if word == "fcharset" else number
            if page != 1252 or word == "cpg":
                self.font_codecs[self.font] = codec_of(page) or self.font_codecs.get(self.font)
            else:
                self.font_codecs.setdefault(self.font, "cp1252")
        elif word == "htmlrtf" or word == "v":
            if word == "htmlrtf" or not self.html:
                self.state = replace(self.state, hidden=number != 0)
        elif word == "uc":
            self.state = replace(self.state, fallback=min(8, max(0, number or 0)))
        elif word == "plain":
            self.state = replace(self.state, codec=self.default)

    def _shown(self) -> bool:
        return not self.state.silent and (self.state.tag or not self.state.hidden)

    def _bytes(self, data: bytes) -> None:
        if self.to_skip:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if not data or not self._shown():
            return
        if self.state.codec != self.waiting_codec:
            self._flush()
            self.waiting_codec = self.state.codec
        self.waiting += data

    def _write(self, text: str) -> None:
        self.to_skip = 0
        if self._shown():
            self._flush()
            self.out.append(text)

    def _flush(self) -> None:
        if self.waiting:
            self.out.append(self.waiting.decode(self.waiting_codec, "replace"))
            self.waiting.clear()
