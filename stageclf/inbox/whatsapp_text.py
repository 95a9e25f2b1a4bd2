"""What WhatsApp adds to the texts of a chat: marks of media, of deleted and edited messages, system lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stageclf.inbox.whatsapp_calls import is_call
from stageclf.inbox.whatsapp_phrases import phrases, whole
from stageclf.text.clean import Span

SYSTEM, MEDIA, DELETED, CALL, MARK = "system line", "media", "deleted message", "call", "mark"
LONGEST_MARK = 200

LRM = "\u200e"  # iPhones put it before everything that WhatsApp wrote itself
_INVISIBLE = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_FILE = r"[^\s<>:/|]{1,100}(?: [^<>:/|]{0,80})?\.\w{2,5}"
# "IMG-20240312-WA0001.jpg (file attached)": a file name, then words in brackets, in any language.
_ATTACHED = re.compile(rf"^{_FILE} \([^()\d]{{4,40}}\)$")
# "<attached: 00000012-PHOTO-2024-03-12.jpg>"
_IN_BRACKETS = re.compile(rf"[ \t]*<[^<>:@\d]{{2,40}} ?: {_FILE}>\s*$")
_ANGLES = re.compile(r"^<[^<>@/\d=]{4,60}>$")
_LAST_MARK = re.compile(r"[ \t]*<[^<>@/\d=]{4,80}>\s*$")


@dataclass(frozen=True)
class OwnText:
    """The text a person wrote; `removed` are the spans of the message cut from it, `what` says why none is left."""

    text: str
    removed: tuple[Span, ...] = ()
    what: str = ""


def plain(text: str) -> str:
    """Without the invisible signs of writing direction."""
    return text.translate(_INVISIBLE)


def own_text(message: str) -> OwnText:
    """What a person wrote in a message; its first line may stand for media, deletions and calls."""
    start, end = 0, len(message)
    first_end = message.find("\n") if "\n" in message else end
    first = message[:first_end].strip()
    what = _what(first)
    if what:
        start = min(first_end + 1, end)
    tail = message[max(start, end - LONGEST_MARK) :]
    mark = _IN_BRACKETS.search(tail) or _edit_mark(tail)
    if mark:
        end -= len(tail) - mark.start()
        what = what or MEDIA
    kept = plain(message[start:end]).strip()
    removed = tuple(Span(*ends, MARK) for ends in ((0, start), (end, len(message))) if ends[0] < ends[1])
    return OwnText(kept, removed, "" if kept else what)


def _what(first: str) -> str:
    """What the first line of a message stands for, "" where a person wrote it."""
    line = plain(first).strip()
    if len(line) > LONGEST_MARK or not line:
        return ""
    said = line.casefold().rstrip(".!。")
    if _ATTACHED.match(line) or _IN_BRACKETS.fullmatch(line):
        return MEDIA
    if _ANGLES.match(line) or said == "null":
        return MEDIA
    if said in whole("deleted"):
        return DELETED
    if is_call(said, by_whatsapp=first.startswith(LRM)):
        return CALL
    if _omitted().fullmatch(said):
        return MEDIA
    return SYSTEM if first.startswith(LRM) else ""


def _edit_mark(tail: str) -> re.Match[str] | None:
    mark = _LAST_MARK.search(tail)
    if mark is None:
        return None
    inside = plain(mark.group()).casefold()
    return mark if LRM in mark.group() or any(word in inside for word in phrases()["edited"]) else None


@cache
def _omitted() -> re.Pattern[str]:
    """One to three words for a medium, before or after the words for "left out"."""
    left_out = "|".join(sorted(map(re.escape, whole("omitted")), key=len, reverse=True))
    medium = "|".join(sorted(map(re.escape, phrases()["media"]), key=len, reverse=True))
    return re.compile(rf"(?:(?:{medium})[\w ]{{0,20}} ?(?:{left_out})|(?:{left_out}) ?(?:{medium})[\w ]{{0,20}})")
