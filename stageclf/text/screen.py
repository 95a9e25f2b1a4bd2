"""Which of many phrases a text can hold at all, told from its words in one look.

A phrase stands in a text only where its words do. Of each phrase the most telling word is known here: a whole one if
the phrase has something at both sides of it, otherwise the beginning, the end or the middle of one. So no phrase is
ever missed; that a table is named says only that its phrases are worth looking for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W\d_]+")
LONGEST = 40  # letters of a word that is looked up; a longer one may hold anything
MOST_KEPT = 20_000  # words whose answer is remembered
_NONE: frozenset[str] = frozenset()
_Index = dict[str, set[str]]


class Screen:
    """Tables of phrases by name. A blank at an end of a phrase says that a word begins or ends there."""

    def __init__(self, tables: Mapping[str, Iterable[str]]) -> None:
        self._all = frozenset(tables)
        self._whole: _Index = {}
        self._starts: _Index = {}
        self._ends: _Index = {}
        self._within: _Index = {}
        wordless = {name for name, phrases in tables.items() for phrase in phrases if not self._add(name, phrase)}
        self._always = frozenset(wordless)
        self._head = min(map(len, self._within), default=0)
        self._by_head: dict[str, list[str]] = {}
        for middle in self._within:
            self._by_head.setdefault(middle[: self._head], []).append(middle)
        self._harmless: set[str] = set()
        self._telling: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}

    def tables(self, text: str) -> frozenset[str]:
        """The tables of which a phrase may stand in the text."""
        # Nearly every word of a mail was met before and tells nothing: one comparison of sets leaves the others.
        found = self._always
        for chunk in set(text.split()).difference(self._harmless):
            tells = self._telling.get(chunk)
            found |= self._of_chunk(chunk) if tells is None else tells
        return found

    def _add(self, table: str, phrase: str) -> bool:
        """Index the phrase by its most telling word; False if it has none."""
        words = list(_WORD.finditer(phrase))
        if not words:
            return False
        word = max(words, key=lambda word: len(word[0]) + (word.start() > 0) + (word.end() < len(phrase)))
        before, after = word.start() > 0, word.end() < len(phrase)
        index = (self._whole if after else self._starts) if before else (self._ends if after else self._within)
        index.setdefault(word[0], set()).add(table)
        return True

    def _of_chunk(self, chunk: str) -> frozenset[str]:
        """The tables that what stands between two blanks tells of."""
        words = _WORD.findall(chunk)
        found = _NONE.union(*map(self._of_word, words))
        if len(chunk) <= LONGEST:
            self._remember(chunk, found)
        return found

    def _remember(self, chunk: str, found: frozenset[str]) -> None:
        if len(self._harmless) + len(self._telling) >= MOST_KEPT:
            self._harmless.clear()
            self._telling.clear()
        if found:
            self._telling[chunk] = found
        else:
            self._harmless.add(chunk)

    def _of_word(self, word: str) -> frozenset[str]:
        if len(word) > LONGEST:
            return self._all
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[word] = _NONE.union(*self._looked_up(word))
        return found

    def _looked_up(self, word: str) -> Iterator[set[str]]:
        if word in self._whole:
            yield self._whole[word]
        for at in range(len(word)):
            if word[: at + 1] in self._starts:
                yield self._starts[word[: at + 1]]
            if word[at:] in self._ends:
                yield self._ends[word[at:]]
            for middle in self._by_head.get(word[at : at + self._head], ()):
                if word.startswith(middle, at):
                    yield self._within[middle]
