"""Calls as WhatsApp notes them in a chat: "Missed voice call", "Sprachanruf, 5 Min.", "Anruf: verpasst"."""

from __future__ import annotations

import re
from functools import cache

from stageclf.inbox.whatsapp_phrases import whole, words

LONGEST = 60
_SEPARATORS = (",", ".", ":", ";", "·")
_BETWEEN = ",.:;·–- "


def is_call(said: str, by_whatsapp: bool = False) -> bool:
    """Whether a text in small letters is a call: "missed voice call", "voice call, 5 min", not "video call, please".

    by_whatsapp: no person wrote it, so that it needs to begin like one only.
    """
    if said in whole("call"):
        return True
    if len(said) >= LONGEST or not said.startswith(_kinds()):
        return False
    return by_whatsapp or _tells_how(said[len(_kind(said)) :])


def names_a_call(author: str, said: str) -> bool:
    """Whether what stands before a colon is a call and nobody's name: "Anruf: verpasst"; both in small letters."""
    if author.startswith(_kinds()):
        behind = author[len(_kind(author)) :]
        return not behind or _tells_how(behind)
    return author in words("call_word") and (is_call(said) or _tells_how(f": {said}"))


def _tells_how(rest: str) -> bool:
    """Whether what stands behind a kind of call, and a separator, says how long it took or how it went."""
    how = rest.lstrip(_BETWEEN).rstrip(". ")
    return rest.startswith(_SEPARATORS) and (how in words("call_status") or bool(how and _duration().fullmatch(how)))


@cache
def _kinds() -> tuple[str, ...]:
    """All kinds of calls, the longest first."""
    return tuple(sorted(whole("call") | whole("call_kind"), key=len, reverse=True))


def _kind(text: str) -> str:
    return next(kind for kind in _kinds() if text.startswith(kind))


@cache
def _duration() -> re.Pattern[str]:
    """ "45 sec", "1 std. 5 min.", "1:05"; of hours alone only a few: "video call, 10 h" is what people write."""
    hours, minutes = ("|".join(map(re.escape, words(kind))) for kind in ("hours", "minutes"))
    part = rf"(?: ?\d{{1,3}} ?(?:{minutes})\.?)"
    return re.compile(
        rf"[1-9] ?(?:{hours})\.?{part}{{0,2}}|{part}{{1,2}}|\d{{1,2}}(?::\d\d){{1,2}}(?: ?(?:{hours}|{minutes})\.?)?"
    )
