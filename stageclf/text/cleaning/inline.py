"""Quotes that begin within a line, where a program lost the line breaks or an answer was typed before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from stageclf.text.cleaning.attribution import is_attribution
from stageclf.text.cleaning.dates import date_pattern
from stageclf.text.cleaning.glance import ATTRIBUTION, HEADERS
from stageclf.text.cleaning.headers import header_block
from stageclf.text.cleaning.phrases import alternation, header_labels, phrases
from stageclf.text.cleaning.rows import make_row

_MOST_TRIES = 40
_REACH = 260
_COLON = re.compile(r"(?<![\d]):(?!//)|:(?=\s*>|\s*$)")


@lru_cache(maxsize=1)
def _opener() -> re.Pattern[str]:
    """ "On Monday, 3" and its like."""
    words = r"(?:[^\W\d_]{1,14}[.,]{0,2}[ ]){0,2}"
    return re.compile(rf"(?<![^\s.!?,;)])(?:{alternation(phrases('opener'))})[ ]{words}\d{{1,4}}[\s,./-]")


@lru_cache(maxsize=1)
def _from() -> re.Pattern[str]:
    labels = tuple(label for label in header_labels()["from"] if len(label) > 2)
    return re.compile(rf"(?<=[\s>*_])\*?(?:{alternation(labels)})\s?:\*?\s")


@lru_cache(maxsize=1)
def _marker() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)-{{3,}}\s?(?:{alternation(phrases('original') + phrases('forwarded'))})\s?-{{2,}}")


def pieces(text: str, folded: str, start: int, end: int, hints: frozenset[str]) -> Iterator[tuple[int, int]]:
    """A line from `start` up to `end` in pieces: what is above a quote, its attribution or marker, the rest."""
    found = (
        (ATTRIBUTION in hints and _attribution(folded, start, end))
        or _marked(folded, start, end)
        or (HEADERS in hints and _headers(text, folded, start, end))
    )
    if not found:
        yield start, end
        return
    bounds = sorted({start, *found, end})
    yield from pairwise(bounds)


def _attribution(folded: str, start: int, end: int) -> tuple[int, ...]:
    if folded.find(":", start, end) < 0 or folded[start : start + 4].lstrip()[:1] == ">":
        return ()
    for tries, opener in enumerate(_opener().finditer(folded, start, end)):
        if tries >= _MOST_TRIES:
            break
        begin = start + len(folded[start : opener.start()].rstrip("- "))
        if begin + 1 >= opener.start():
            begin = opener.start()
        if not date_pattern().search(folded, begin, min(end, begin + 60)):
            continue
        for colon in _COLON.finditer(folded, begin, min(end, begin + _REACH)):
            if is_attribution(folded[begin : colon.end()].strip()):
                rest = folded[colon.end() : end].strip()
                above = folded[start:begin].strip()
                return (begin, colon.end()) if rest else (begin,) if above else ()
    return ()


def _marked(folded: str, start: int, end: int) -> tuple[int, ...]:
    if folded.find("---", start, end) < 0:
        return ()
    match = _marker().search(folded, start, end)
    return (match.start(), match.end()) if match and folded[start : match.start()].strip("> \t") else ()


def _headers(text: str, folded: str, start: int, end: int) -> tuple[int, ...]:
    if end - start < 40 or folded.count(":", start, end) < 2:
        return ()
    for tries, match in enumerate(_from().finditer(folded, start + 1, end)):
        if tries >= _MOST_TRIES:
            break
        row = make_row(text, folded, match.start(), min(end, match.start() + 400))
        if header_block([row], 0):
            return (match.start(),)
    return ()
