"""Accents and umlauts put back into texts that were typed without any, since the model reads them better with.

The table of words is made by scripts/build_accent_table.py.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache
from pathlib import Path

import numpy as np

from stageclf.text.language import MOST_CHARACTERS
from stageclf.text.ngrams import GREEKLISH, likeliest

TABLE = Path(__file__).with_name("accents.npz")
WORD = re.compile(r"[^\W\d_]+")
GREEK = "el"
# Letters that are no letter with an accent to Unicode, as they are typed without one.
_PLAIN = {"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ð": "d", "þ": "th"}
_PAIRS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "đ": "dj"}
_AS_PLAIN = str.maketrans(_PLAIN)
_AS_PAIRS = str.maketrans(_PAIRS)
_WITH_PAIRS = frozenset({"de", "da", "nb", "sv", "hr"})


def without_accents(word: str) -> str:
    """A word in lower case, its letters without accents, umlauts and strokes."""
    letters = unicodedata.normalize("NFD", word.translate(_AS_PLAIN))
    return "".join(char for char in letters if not unicodedata.combining(char))


def ways_without_accents(word: str, language: str) -> set[str]:
    """How a word in lower case is typed without accents: ü as u, and where that is the custom as ue."""
    plain = {without_accents(word)}
    return plain | {without_accents(word.translate(_AS_PAIRS))} if language in _WITH_PAIRS else plain


def has_accents(text: str) -> bool:
    """Whether any letter of the text has an accent, an umlaut or the like; strokes (ł, ø) do not count."""
    return not text.isascii() and any(
        unicodedata.combining(mark) for char in set(text) for mark in unicodedata.normalize("NFD", char)
    )


def restore_accents(text: str) -> str:
    """The text with the accents of the words that are known to have them; unchanged if it has some already."""
    if has_accents(text):
        return text
    language = likeliest(text[:MOST_CHARACTERS], but=GREEKLISH).language
    words = _words(language)
    if not words:
        return text

    def accented(match: re.Match[str]) -> str:
        typed = match[0]
        word = words.get(typed.lower().translate(_AS_PLAIN))
        if word is None:
            return typed
        if typed.isupper() and len(typed) > 1:
            return typed if language == GREEK else _upper(word, language)  # Greek capitals have no accents
        return _upper(word[0], language) + word[1:] if typed[0].isupper() else word

    return WORD.sub(accented, text)


def _upper(letters: str, language: str) -> str:
    return (letters.replace("i", "İ") if language == "tr" else letters).upper()


@cache
def _words(language: str) -> dict[str, str]:
    """Words of a language with their accents, by how they are typed without; none for a language without a table."""
    with np.load(TABLE) as stored:
        if language not in stored:
            return {}
        lines = zlib.decompress(stored[language].tobytes()).decode().split("\n")
    return dict(line.split(" ") for line in lines)
