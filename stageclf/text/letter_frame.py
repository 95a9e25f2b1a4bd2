"""The frame of a letter: the salutation above, the close and what is signed below it.

It tells nothing of its writer's stage. It is the writer's own, so `clean` keeps most of it, but the model need not
read it.
"""

from __future__ import annotations

import re
from functools import cache

from stageclf.text.cleaning.phrases import phrases
from stageclf.text.cleaning.rows import asks, fold, has_words, is_shouted
from stageclf.text.cleaning.signatures import POSTSCRIPT, has_amount, is_contact
from stageclf.text.letter_words import BETWEEN_NAMES, CLOSES, GREETED, GREETS, TITLES

_GREETS = fold(GREETS).split()
_GREETED = frozenset(fold(GREETED).split())
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_AND = re.compile(r"\b(?:and|und|και|et|y|e|en|i|si|и|ve|och|a|og|ja)\b")
_DIGIT = re.compile(r"\d")
_SURE_CONTACT = re.compile(r"@|^(?:tel|phone|mob|cell|handy|fax|gsm|τηλ|κιν|тел|моб|☎|\+)")
_TITLES = frozenset(fold(TITLES).split())
_MOST_GREETING, _MOST_CLOSING, _MOST_NAMES = 6, 7, 4  # words
_ROWS_BELOW, _WORDS_BELOW, _LONGEST_ROW = 7, 6, 60
_BETWEEN_NAMES = frozenset(fold(BETWEEN_NAMES).split())


def without_frame(text: str) -> str:
    """The text without salutation, close and what is signed below it, each on lines of their own.

    A last paragraph that is a card of name and contacts goes, too. Unchanged if nothing else is written.
    """
    rows = text.split("\n")
    filled = [number for number, row in enumerate(rows) if row.strip()]
    if len(filled) < 2:
        return text
    start = filled[1] if _is_salutation(rows[filled[0]].strip()) else filled[0]
    end = len(rows)
    for place in range(len(filled) - 1, max(0, len(filled) - 2 - _ROWS_BELOW), -1):
        row = rows[filled[place]].strip()
        if _is_close(row):
            end = filled[place]
        elif not _may_be_signed(row):
            break
    if end < len(rows) and is_shouted("\n".join(rows[start:end])):
        end = len(rows)  # names are not told from nouns
    elif end == len(rows):
        end = _start_of_card(rows, filled) or end
    kept = "\n".join(rows[start:end]).strip()
    return kept if has_words(fold(kept)) and (start, end) != (filled[0], len(rows)) else text


@cache
def _greets() -> tuple[frozenset[str], tuple[str, ...]]:
    whole = frozenset(word for word in _GREETS if not word.endswith("*"))
    return whole, tuple(word[:-1] for word in _GREETS if word.endswith("*"))


def _is_salutation(row: str) -> bool:
    """Whether a row does nothing but greet: "Dear Ms Miller,", "Γεια σε όλους!"."""
    words = _WORD.findall(row)
    if not 1 <= len(words) <= _MOST_GREETING or len(row) > _LONGEST_ROW or asks(row):
        return False
    whole, starts = _greets()
    first, *rest = map(fold, words)
    if first not in whole and not first.startswith(starts):
        return False
    named = False
    for word, written in zip(rest, words[1:], strict=True):
        if word in _GREETED or word in whole or word.startswith(starts):
            continue
        if not written[0].isupper() or row.isupper():
            return False
        named = True
    if first in _TITLES and not (rest and rest[0] in _GREETED):
        return row.endswith((",", ":"))
    return not named or len(words) == 2 or row.endswith((",", ":", "!"))


@cache
def _closes() -> tuple[frozenset[str], tuple[str, ...]]:
    """Closes as a whole, and as the beginning of a row."""
    found = [*phrases("sign_off"), *(" ".join(phrase.split()) for phrase in fold(CLOSES).split(","))]
    found = [phrase for phrase in found if len(phrase) > 2]  # LG is a brand, too
    return frozenset(found), tuple(f"{phrase} " for phrase in found if " " in phrase or len(phrase) > 6)


def _is_close(row: str) -> bool:
    """Whether a row does nothing but close a letter: "Mit freundlichen Grüßen aus Kassel", "Best, Ann"."""
    words = _WORD.findall(row)
    if not words or len(words) > _MOST_CLOSING or len(row) > _LONGEST_ROW or asks(row):
        return False
    whole, starts = _closes()
    bare = " ".join(map(fold, words))
    if bare in whole or all(part.strip() in whole for part in _AND.split(bare)):
        return True
    if row.isupper():
        return False
    begun = [phrase for phrase in starts if f"{bare} ".startswith(phrase)]
    begun += [f"{fold(words[0])} "] if fold(words[0]) in whole and row.partition(words[0])[2][:1] == "," else []
    if not begun:
        return False
    rest = words[len(max(begun, key=len).split()) :]
    return all(word[0].isupper() or fold(word) in _BETWEEN_NAMES for word in rest)


def _start_of_card(rows: list[str], filled: list[int]) -> int:
    """Where a last paragraph begins that is a name with contacts below it; 0 if there is none."""
    start = filled[-1]
    while start and rows[start - 1].strip():
        start -= 1
    name, *below = [row.strip() for row in rows[start : filled[-1] + 1]]
    if not 1 < len(_WORD.findall(name)) <= _MOST_NAMES or _DIGIT.search(name) or len(below) >= _ROWS_BELOW:
        return 0
    contacts = [row for row in below if is_contact(row)]
    if not any(map(_SURE_CONTACT.search, map(fold, contacts))) or len(contacts) < len(below) - 1:
        return 0
    return start if all(map(_may_be_signed, (name, *below))) else 0


def _may_be_signed(row: str) -> bool:
    """Whether a row may stand below a close: a name, a title, a number, an address."""
    words = _WORD.findall(row)
    if len(words) > _WORDS_BELOW or len(row) > _LONGEST_ROW or asks(row):
        return False
    if POSTSCRIPT.match(fold(row).lstrip(" *-_(")) or (row.isupper() and len(words) > 2):
        return False
    return is_contact(row) or not (has_amount(fold(row)) or any(map(_is_plain_word, words)))


def _is_plain_word(word: str) -> bool:
    """Whether a word is neither a name nor what stands between names."""
    return word[0].islower() and fold(word) not in _BETWEEN_NAMES
