"""The line above a quote: "On Mon, 3 Mar 2025 at 10:12, Anna <anna@example.com> wrote:", in any language.

A date and an address that end in a colon are enough; without one of them a verb of writing must stand there too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.cleaning.dates import date_pattern, time_pattern
from stageclf.text.cleaning.phrases import phrases
from stageclf.text.cleaning.rows import Row, next_full

MOST_ROWS, LONGEST = 6, 330
ADDRESS = re.compile(r"[\w.+=%'-]{1,80}@[\w-]{1,60}(?:\.[\w-]{1,40})*")
_BRACKETED = re.compile(r"(?:[<(\[]|&lt;)\s?(?:mailto:)?[\w.+=%'-]{1,80}@")
_COLON = re.compile(r":[\s*_>)\]-]{0,8}$")
_DASHED = re.compile(r"-{2,}[^-].*[^-]-{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]\.")
_YEAR_WORD = re.compile(r"\b(?:g|r|г|р)\.")
_TAIL = ("a", "la", "ла", "а", "je", "је")
_TITLE = re.compile(r"\b(?:dr|med|dent|vet|prof|dipl|ing|phil|rer|nat|mag|dott|ssa|ltd|inc|corp|gmbh)\.")
_MOST_NAME, _LONGEST_NAME = 5, 9
_OF_TIMES = frozenset("am pm um uhr at on kl klo ore alle o u v a στισ την μμ πμ μ π gmt utc cet cest".split())


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """The telling word of each phrase of writing."""
    return frozenset(
        max(_WORD.findall(phrase), key=len) for phrase in phrases("wrote") if phrase.isascii() or _spaced(phrase)
    )


def _spaced(phrase: str) -> bool:
    """Whether the script puts blanks between words."""
    return all(ord(char) < 0x1100 or 0x1E00 <= ord(char) < 0x2000 for char in phrase)


@lru_cache(maxsize=1)
def _unspaced_verbs() -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases("wrote") if not _spaced(phrase))


@lru_cache(maxsize=1)
def _openers() -> tuple[str, ...]:
    return tuple(phrase + " " for phrase in phrases("opener"))


def attribution(rows: list[Row], at: int) -> int:
    """How many rows an attribution takes that begins at this row; 0 if none does."""
    text = ""
    for count in range(1, MOST_ROWS + 1):
        if at + count > len(rows):
            return 0
        row = rows[at + count - 1]
        open_bracket = text.count("<") > text.count(">")
        if row.blank and _goes_on_below(rows, at + count, text):
            continue
        wraps = row.quoted and row.folded[:1] == ">" and open_bracket
        if not (row.words or row.folded in (":", "<")) or row.reason or (row.quoted and not wraps):
            return 0
        text = f"{text} {row.folded}".strip()
        if len(text) > LONGEST:
            return 0
        if not _closes(row.folded):
            continue
        over = row.folded.endswith(":")
        following = next_full(rows, at + count, 4)
        marked = following >= 0 and rows[following].quoted
        if _begins(text, marked) if count == 1 else _begins_wrapped(rows, at, count, text, marked):
            return count
        if over:
            return 0
    return 0


def _goes_on_below(rows: list[Row], at: int, text: str) -> bool:
    """Whether a blank row was put before the address of an attribution, as happens where HTML was made text."""
    return at < len(rows) and rows[at].folded[:1] == "<" and not _closes(text) and _dated_start(text)


def is_attribution(text: str, marked: bool = False) -> bool:
    """Whether this folded text is an attribution; `marked` says that quoted lines follow."""
    return len(text) <= LONGEST and _closes(text) and _begins(text, marked)


def _begins_wrapped(rows: list[Row], at: int, count: int, text: str, marked: bool) -> bool:
    """Whether the rows are one attribution, and not an own line with an attribution below it."""
    if not _begins(text, marked):
        return False
    date = date_pattern().search(text[:80])
    if date and date.start() < len(rows[at].folded) and _dated_start(text):
        return True
    if rows[at].folded.startswith(_openers()) and _dated_start(text):
        return True
    rest = " ".join(row.folded for row in rows[at + 1 : at + count])
    first = rows[at].folded
    broken = (
        first.count("<") > first.count(">")
        or rest.startswith(("<", "("))
        or ADDRESS.search(first)
        or _has_verb(first)
    )
    return bool(broken) and not (_begins(rest, marked) and not rest.startswith(("<", "(")) and "<" not in first)


@lru_cache(maxsize=1024)
def _closes(text: str) -> bool:
    return text[-1:] in ":->*_)" or _ends_with_verb(text)


def _begins(text: str, marked: bool) -> bool:
    colon = bool(_COLON.search(text))
    verb = _has_verb(text)
    address = ADDRESS.search(text)
    if _DASHED.fullmatch(text):
        return verb
    if not colon and not (verb and _ends_with_verb(text)):
        return bool(address) and _is_bare(text)
    if not verb and not (address and _BRACKETED.search(text)):
        return marked and colon and not address and _names_and_dates(text)
    if address:
        return _with_address(text, verb, marked)
    return verb and not _first_person(text) and _without_address(text, colon, marked)


def _is_bare(text: str) -> bool:
    """ "2013/7/20 Anna <anna@example.com>": date, name, address, and no more."""
    date = date_pattern().match(text)
    return bool(date) and text.endswith(">") and bool(_BRACKETED.search(text)) and len(_WORD.findall(text)) <= 14


def _with_address(text: str, verb: bool, marked: bool) -> bool:
    words = len(_WORD.findall(ADDRESS.sub(" ", text)))
    date = date_pattern().search(text)
    if date and (verb or _BRACKETED.search(text)):
        return words <= 26 and (_dated_start(text) or _is_name(text[: min(date.start(), _address_start(text))]))
    return verb and (words <= 8 or marked) and not _first_person(text)


def _names_and_dates(text: str) -> bool:
    """ "Tom Reed, 08.05.2023 15:20:" above marked lines: nothing but a name and the time."""
    rest, dates = date_pattern().subn(" ", text)
    rest, times = time_pattern().subn(" ", rest)
    words = _WORD.findall(rest)
    named = len(words) <= _MOST_NAME and not _OF_TIMES.issuperset(words)
    return bool(dates and times) and named and not _first_person(rest)


def _address_start(text: str) -> int:
    match = ADDRESS.search(text)
    return match.start() if match else len(text)


def _is_name(head: str) -> bool:
    """Whether what stands before date and address may be a name, and is no sentence."""
    head = _TITLE.sub(" ", head)
    return len(_WORD.findall(head)) <= _LONGEST_NAME and not re.search(r"[^\W\d_]{3}[.!?;:]\s", head)


def _without_address(text: str, colon: bool, marked: bool) -> bool:
    words = len(_WORD.findall(text))
    if not date_pattern().search(text):
        return marked and words <= 6
    if not colon:
        return marked and _dated_start(text)
    timed = bool(time_pattern().search(date_pattern().sub(" ", text)))
    return (marked or timed) and words <= (20 if _dated_start(text) else 12)


def _dated_start(text: str) -> bool:
    """Whether it begins with a date, after no more than "On Monday," or a time."""
    date = date_pattern().search(text[:80])
    if not date or date.start() > 45:
        return False
    head = _YEAR_WORD.sub(" ", text[: date.start()])
    head = time_pattern().sub(" ", head).lstrip(" -*_>\"'([«").strip() + " "
    if any(mark in head for mark in "@?!"):
        return False
    words = len(_WORD.findall(head))
    return words <= 1 or (words <= 6 and head.startswith(_openers()))


def _has_verb(text: str) -> bool:
    return not _verbs().isdisjoint(_WORD.findall(text)) or any(verb in text for verb in _unspaced_verbs())


def _ends_with_verb(text: str) -> bool:
    words = [word for word in _WORD.findall(text[-40:]) if word not in _TAIL]
    return bool(words) and (words[-1] in _verbs() or text.endswith(_unspaced_verbs()))


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(phrases("first_person"))


def _first_person(text: str) -> bool:
    words = set(_WORD.findall(_INITIAL.sub(" ", ADDRESS.sub(" ", text))))
    # "je" is French for "I", and a part of "has written" in Slavic languages.
    return not _persons().isdisjoint(words) or ("ecri" in text and ("je" in words or "m'a " in text))
