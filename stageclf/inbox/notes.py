"""What the notes of records say: which of them ask for a person, and what of them names nobody.

A note is one or more pieces joined by "; ". Every piece that the readers and the model write is listed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

BETWEEN = "; "
HIDDEN = "a note that may name persons"


@dataclass(frozen=True)
class _Kind:
    """A piece of a note. What its group "private" holds may name persons: files, words of the input."""

    pattern: re.Pattern[str]
    review: bool


def _kinds(review: bool, *patterns: str) -> tuple[_Kind, ...]:
    return tuple(_Kind(re.compile(pattern, re.DOTALL), review) for pattern in patterns)


_BOUNCE, _ATTACHED = "a delivery status", "an attached mail left aside"
_ANY = r"(?P<private>.*)"
# Something was not read, was lost or cut, or what is labelled are not the writer's own words.
_TO_BE_LOOKED_AT = _kinds(
    True,
    r"read in part: the text has [\d,]+ characters, its middle was left out",
    r"nothing to read",
    r"\d+% of the text is in letters that the model does not know",
    r"some bytes are not valid [\w-]+",
    r"no text of its own in the body, labelled by its subject",
    r"only (?:a forwarded message|quoted text|an attached mail)",
    _ATTACHED,
    r"an invitation \(text/calendar\) left aside",
    r"a winmail\.dat \(TNEF\) left aside",
    r"encrypted (?:or signed )?content (?:\(S/MIME\) )?left aside",
    rf"file {_ANY} in the text \((?:yEnc|uuencode)\) left aside",
    rf"no text in the mail, only {_ANY}",
    rf"forwarded from {_ANY}",
    r"goes on from the message of line \d+",
    r"\d+ fields instead of \d+",
    r"a quotation mark is not closed: the row was read up to the end of its line",
    r"the row takes [\d,]+ lines: a quotation mark may not be closed",
)
# Worth knowing, but the text was read as it is.
_REMARKS = _kinds(
    False,
    r"not UTF-8, read as [\w-]+",
    r"bytes do not fit the declared [\w.:-]+, read as [\w-]+",
    rf"unknown charset {_ANY}, read as [\w-]+",
    r"[\w-]+ that had been read as [\w -]+, repaired",
    r"declared as base64, but is not",
    r"declared as [\w.+/-]+, read as text",
    r"day and month could be swapped: read as (?:day|month|year)/(?:day|month|year)/(?:day|month|year)",
    rf"column {_ANY} is left out: it was not there when the run began",
    _BOUNCE,
    r"a read receipt",
    r"before the first message",
    r"media(?:: \w+)?",
    r"deleted message",
    r"call",
    rf"system line(?:: {_ANY})?",
)
# Why a record could not be read: what is told where the file and the words of the error must not be.
_TROUBLES = re.compile(
    r"cannot be (?:read|unpacked|opened|decoded)|is encrypted|is damaged|is not a readable|is not valid (?:CSV|JSON)"
    r"|not valid JSON|is larger than [\d,]+ MB|is a damaged Outlook message|neither a mail nor an Outlook message"
    r"|not an object|not text|is empty|is an archive within \d+ others|a zip bomb, or no text|unpack it first"
    r"|is not there|unknown kind of file|has no rows|no column that is known to hold the text"
)


def asks_for_review(note: str) -> bool:
    """Whether a note says that something was not read, was lost or cut, or that others' words are labelled.

    Notes that are not known here ask for it, too; that a bounce brings the mail back is to be expected.
    """
    pieces = _pieces(note)
    if _BOUNCE in pieces:
        pieces = [piece for piece in pieces if piece != _ATTACHED]
    return any(found is None or found[0].review for found in map(_found, pieces))


def without_details(note: str) -> str:
    """The note without what the input itself said: names, words, files. Unknown notes become `HIDDEN`."""
    return BETWEEN.join(dict.fromkeys(map(_shown, _pieces(note))))


def _pieces(note: str) -> list[str]:
    """The pieces; an unknown one after a detail is the rest of that detail, which had "; " in it."""
    pieces: list[str] = []
    for piece in note.split(BETWEEN) if note else ():
        if pieces and _found(piece) is None and _ends_in_detail(pieces[-1]):
            pieces[-1] += BETWEEN + piece
        else:
            pieces.append(piece)
    return pieces


def _ends_in_detail(piece: str) -> bool:
    found = _found(piece)
    detail = found[1].groupdict().get("private") if found else None
    return detail is not None and piece.endswith(detail)


@lru_cache(maxsize=4096)
def _found(piece: str) -> tuple[_Kind, re.Match[str]] | None:
    for kind in (*_TO_BE_LOOKED_AT, *_REMARKS):
        match = kind.pattern.fullmatch(piece)
        if match:
            return kind, match
    return None


def _shown(piece: str) -> str:
    found = _found(piece)
    if found is None:
        trouble = _TROUBLES.search(piece)
        return trouble[0] if trouble else HIDDEN
    if found[1].groupdict().get("private") is None:
        return piece
    start, end = found[1].span("private")
    return f"{piece[:start].rstrip(' :')} …{piece[end:]}"
