"""The line that a phone or a mail program puts below a mail: "Sent from my iPhone", "Get Outlook for iOS"."""

from __future__ import annotations

import re
from functools import cache

from stageclf.text.cleaning.glance import MAIL_FOR
from stageclf.text.cleaning.phrases import any_in, by_language, phrases

BRACKETS = re.compile(r"<[^<>]{0,200}>|\(https?:[^()\s]{0,200}\)|\]\([^()\s]{0,200}\)|https?://\S{1,200}")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
WORD = re.compile(r"\w+")
_NAME_END = re.compile(r"^[\w'-]*")
_DEVICE_END = re.compile(r"[\w'-]*(?: ile(?!\w))?")
_MAIL_FOR = re.compile(rf"mail (?:{MAIL_FOR}) ")
_SYSTEM = re.compile(r"ios|android|iphone|mac|mobil")
_MOST_WORDS = 14
_PUNCTUATION = " -–—_*.,!:;()[]<>|\"'"


@cache
def _phone_words() -> tuple[str, ...]:
    return phrases("sent_from") + phrases("get_outlook")


@cache
def _last_words() -> tuple[str, ...]:
    return phrases("sent_last") + phrases("fetched_last")


@cache
def _device() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in phrases("device"))
    return re.compile(rf"(?<![^\W_])(?:{names})(?![a-zα-ωа-я]{{4}})")


def is_phone_line(folded: str) -> bool:
    """ "Sent from my iPhone", "Get Outlook for iOS", in any language."""
    if not folded or len(folded) > 220:
        return False
    bare = folded.strip(_PUNCTUATION)
    last = "<" in folded or "http" in folded or bare.endswith(_last_words())
    if not last and not bare.startswith(_phone_words()):
        return False
    core = EDGES.sub("", BRACKETS.sub(" ", folded)).strip()
    words = WORD.findall(core)
    if not words or len(words) > _MOST_WORDS or len(core) > 130 or "?" in core:
        return False
    if (
        core.startswith(phrases("get_outlook"))
        and ("outlook" in core or _MAIL_FOR.search(core))
        and _SYSTEM.search(core)
    ):
        return len(words) <= 8
    if core.startswith(phrases("sent_from_mine")) and not _goes_on(core):
        return True
    bare_verb = _languages(core, "sent_bare", last=False)
    if bare_verb:
        return any(_is_bare_line(core, language, phrase) for language, phrase in bare_verb)
    if core.startswith(phrases("sent_from")):
        return bool(_device().search(core.partition(", ")[0] if _goes_on(core) else core))
    if core.endswith(phrases("fetched_last")):
        return "outlook" in core and len(words) <= 6 and not any(_has_clause(core, name) for name in ("de", "nl"))
    return any(_ends_in_sent(core, language, phrase) for language, phrase in _languages(core, "sent_last", last=True))


def _languages(core: str, table: str, *, last: bool) -> list[tuple[str, str]]:
    """The languages of whose phrases one begins the line, or ends it, each with that phrase."""
    fits = core.endswith if last else core.startswith
    return [(language, phrase) for language, told in by_language(table).items() for phrase in told if fits(phrase)]


def _is_bare_line(core: str, language: str, phrase: str) -> bool:
    """ "Sent with Proton Mail", but not "Sent by Bell courier, it arrived late"."""
    head, _, rest = core.partition(", ")
    line = head if any_in(rest, "excuse") else core
    found = list(_device().finditer(line, len(phrase)))
    if not found or _has_clause(line, language):
        return False
    before, after = line[len(phrase) : found[0].start()], _NAME_END.sub("", line[found[-1].end() :], count=1)
    if len(WORD.findall(before)) > 2 or (len(WORD.findall(after)) > 2 and not any_in(after, "excuse")):
        return False
    return language not in by_language("sent_case") or "outlook" in line or bool(_cased_devices(line, language))


def _ends_in_sent(core: str, language: str, phrase: str) -> bool:
    """ "Von meinem iPhone gesendet", but not "Das Handy wurde noch nicht geschickt"."""
    line = core[: len(core) - len(phrase)].rstrip()
    if not _device().search(line):
        return False
    if language in by_language("sent_case"):
        return len(line) in _cased_devices(line, language) and not _has_clause(line, language)
    starts = by_language("sent_last_start").get(language)
    if starts is None:
        return True
    opening = next((start for start in starts if line.startswith(f"{start} ")), "")
    return bool(opening) and not _has_clause(line[len(opening) :], language)


def _cased_devices(line: str, language: str) -> list[int]:
    """Where the names of phones end that stand in the case in which such lines put them."""
    endings = by_language("sent_case")[language]
    names = (_DEVICE_END.match(line, match.end()) for match in _device().finditer(line))
    found = ((name.end(), line[: name.end()]) for name in names if name)
    return [end for end, name in found if name.endswith(endings)]


def _has_clause(line: str, language: str) -> bool:
    return not set(WORD.findall(line)).isdisjoint(by_language("clause").get(language, ()))


def _goes_on(core: str) -> bool:
    """Whether a sentence goes on after the phone's name, and asks no pardon for the thumbs."""
    rest = core.partition(", ")[2]
    return len(WORD.findall(rest)) >= 4 and not any_in(rest, "excuse")
