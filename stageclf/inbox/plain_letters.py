"""Text in small letters without accents, in which phrases and words are looked for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile(r"[ \t\xa0]{2,}|[\t\xa0]")
# Combining marks: those of European letters, and where in Unicode there are others.
_COMMON_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_MAY_HOLD_MARKS = re.compile("[\u0483-\u0489\u0591-\u1dff\u20d0-\u20ff\u2cef-\U0010ffff]")


@lru_cache(maxsize=4)  # the same text is asked for more than once
def plain_letters(text: str) -> str:
    """Small letters without accents, one kind of blank and apostrophe; sharp s stays."""
    small = text.lower()
    if not small.isascii():
        small = _COMMON_MARKS.sub("", unicodedata.normalize("NFD", small.replace("й", "\ue000")))
        small = small.replace("\ue000", "й")
        if _MAY_HOLD_MARKS.search(small):
            small = "".join(char for char in small if not unicodedata.combining(char))
        small = small.replace("’", "'").replace("ς", "σ").replace("ł", "l").replace("ı", "i")
    return _BLANKS.sub(" ", small)
