"""People's names in texts: the words of known names, in their inflected forms, in Greek letters and in Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from stageclf.text import greek_spelling

SHORTEST_NAME = 3
LONGEST_ENDING = 3  # letters that inflection adds to a stem
MOST_ACROSS = 64  # names that are looked for in the other alphabet, too
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiouyαεηιουω"
_ADDRESS = re.compile(r"([\w.+%'-]{1,64})@[\w.-]{1,250}")
_NAMED_ADDRESS = re.compile(r"[^\W\d_]{2,}(?:[._-][^\W\d_]{2,}){1,3}")


@dataclass(frozen=True)
class _Words:
    """The words of names: folded, without what inflection changes, and those of either alphabet."""

    whole: frozenset[str]
    stems: frozenset[str]
    latin: tuple[str, ...]
    greek: tuple[str, ...]


def name_spans(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where words of the names stand in the text: with a capital, or anyhow in a text without any capitals."""
    words = _words_of(names)
    if not words.stems:
        return
    small = text == text.lower()
    folded = fold(text)
    for match in _WORD.finditer(folded):
        word = match[0]
        if small:
            found = word in words.whole
        else:
            found = text[match.start()].isupper() and (_inflected(word, words) or _in_other_letters(word, words))
        if found:
            yield match.span()


def is_role(word: str) -> bool:
    """Whether a word of a sender's name names an office, a machine or a kind of mail, see role_names.yaml."""
    return fold(word) in _roles()


def name_in(person: str) -> str:
    """The name in a sender such as "Anna <a@b.de>", "Anna" or "anna.weber@b.de"; "" for an address without one."""
    name = _ADDRESS.sub(" ", person).strip(" <>\"'()")
    if name:
        return name
    address = _ADDRESS.search(person)
    return re.sub(r"[._-]", " ", address[1]) if address and _NAMED_ADDRESS.fullmatch(address[1]) else ""


def names_of(people: Iterable[str]) -> tuple[str, ...]:
    """The names of people as headers and chats have them, each once."""
    return tuple(dict.fromkeys(filter(None, map(name_in, people))))


def fold(text: str) -> str:
    """Lower case without accents, letter for letter, so that positions stay as they are."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] or char for char in text)


@cache
def _roles() -> frozenset[str]:
    table = yaml.safe_load((Path(__file__).parent / "role_names.yaml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for words in table.values() for word in words.split())


@lru_cache(maxsize=256)
def _words_of(names: tuple[str, ...]) -> _Words:
    """Every word of the names that has at least three letters and is somebody's."""
    found = dict.fromkeys(word for name in names for word in _WORD.findall(fold(name)) if len(word) >= SHORTEST_NAME)
    words = [word for word in found if word not in _roles()]
    stems = dict.fromkeys(map(_stem, words))
    latin = [stem for stem in stems if stem.isascii()][:MOST_ACROSS]
    greek = [greek_spelling.folded(stem) for stem in stems if _is_greek(stem)][:MOST_ACROSS]
    return _Words(frozenset(words), frozenset(stems), tuple(latin), tuple(greek))


def _stem(word: str) -> str:
    """The word without the last letter where languages change it (a vowel, or s after a vowel)."""
    if len(word) > 4 and word[-1] in "sσς" and word[-2] in _VOWELS:
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] in _VOWELS + "ая" else word


def _inflected(word: str, words: _Words) -> bool:
    shortest = max(1, len(word) - LONGEST_ENDING)
    return any(word[:end] in words.stems for end in range(shortest, len(word) + 1))


def _in_other_letters(word: str, words: _Words) -> bool:
    """Whether a Greek word spells a name in Latin letters, or the other way round."""
    if _is_greek(word):
        greek = greek_spelling.folded(word)
        return any(_spells(stem, greek, inflected="greek") for stem in words.latin)
    return word.isascii() and any(_spells(word, stem, inflected="latin") for stem in words.greek)


def _is_greek(word: str) -> bool:
    return "α" <= word[0] <= "ω"


@lru_cache(maxsize=50_000)
def _spells(latin: str, greek: str, inflected: str) -> bool:
    """Whether the Latin letters may stand for the Greek ones; the `inflected` word may have an ending more."""
    waiting, seen = [(0, 0)], set()
    while waiting:
        at, reached = place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        left = len(greek) - reached if inflected == "greek" else len(latin) - at
        whole = at == len(latin) if inflected == "greek" else reached == len(greek)
        if whole and left <= LONGEST_ENDING and reached >= SHORTEST_NAME:
            return True
        for length, letters, _ in greek_spelling.ways_at(latin, at):
            if greek.startswith(letters, reached):
                waiting.append((at + length, reached + len(letters)))
    return False
