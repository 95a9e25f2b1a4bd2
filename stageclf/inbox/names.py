"""Names of columns, compared as people read them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without capitals, accents and punctuation; a name of nothing but signs stays."""
    plain = unicodedata.normalize("NFD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters.replace("ς", "σ").replace("ı", "i"))) or name.strip()
