"""Texts with the lengths of a real inbox, made of the labelled set."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from tokenizers import Tokenizer

from stageclf.data import LabelledText, load
from stageclf.resources import resource_path

MEDIAN, MEAN, LONGEST = 35, 60, 500
HOW = (
    f"The lengths are quantiles of a log-normal distribution (median {MEDIAN}, mean {MEAN} tokens) cut at {LONGEST}. "
    "For each comes an unused text of about that length of the validation or test split (texts that the model was "
    "trained on would leave it early), or several of one "
    "language joined by a blank line. No text is used twice."
)
CLOSE = 25  # a text may be a 25th longer or shorter than asked for
REMAINDER = 2  # tokens that a joined text may be short of its length


@dataclass(frozen=True, slots=True)
class Sized:
    """A text and its length in tokens of the shipped tokenizer, special tokens and prefix left out."""

    text: str
    tokens: int
    label: str = ""
    language: str = ""


def sized(rows: Sequence[LabelledText]) -> list[Sized]:
    """The labelled texts with their lengths."""
    tokenizer = Tokenizer.from_file(str(resource_path("models/default/tokenizer.json")))
    tokenizer.no_truncation()
    encodings = tokenizer.encode_batch([row.text for row in rows], add_special_tokens=False)
    pairs = zip(rows, encodings, strict=True)
    return [Sized(row.text, len(encoding.ids), row.label, row.language) for row, encoding in pairs]


def draw(count: int, seed: int = 0) -> list[Sized]:
    """`count` texts of the lengths described in HOW, in random order; the same for the same seed."""
    pool = _Pool(sized(load("validation") + load("test")), random.Random(seed))
    drawn = [pool.text_of(length) for length in sorted(_lengths(count), reverse=True)]
    random.Random(seed).shuffle(drawn)
    return drawn


def medium(texts: Sequence[Sized], count: int) -> list[Sized]:
    """The texts whose length is nearest to the median of an inbox."""
    return sorted(texts, key=lambda text: abs(text.tokens - MEDIAN))[:count]


def _lengths(count: int) -> list[int]:
    """Quantiles of the log-normal distribution, a little wider to make up for the cut tail."""
    normal = NormalDist(math.log(MEDIAN), 1.03 * math.sqrt(2 * math.log(MEAN / MEDIAN)))
    quantiles = (math.exp(normal.inv_cdf((row + 0.5) / count)) for row in range(count))
    return [min(LONGEST, max(1, round(length))) for length in quantiles]


class _Pool:
    """Unused texts by language and length."""

    def __init__(self, texts: Sequence[Sized], chance: random.Random) -> None:
        self.chance = chance
        self.texts: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        once = {text.text: text for text in texts if text.tokens <= LONGEST}
        for text in chance.sample(list(once.values()), len(once)):
            self.texts[text.language][text.tokens].append(text.text)
        self.languages = [text.language for text in once.values()]  # as often as they have texts

    def text_of(self, length: int) -> Sized:
        """A text of about `length` tokens, joined where there is none."""
        first = self.chance.choice(self.languages)
        for language in (first, *(other for other in sorted(self.texts) if other != first)):
            found = self._take(language, self._around(length))
            if found:
                return Sized(*found, language=language)
        return self._joined(first, length)

    def _joined(self, language: str, length: int) -> Sized:
        parts, tokens = [], 0
        while (rest := length - tokens) > REMAINDER or not parts:
            # One that fills the rest or else, since lengths have gaps, one that leaves room for a second of its kind.
            found = self._take(language, [*range(rest, rest - rest // CLOSE - 1, -1), *range(2 * rest // 3, 0, -1)])
            if not found:
                break
            parts.append(found[0])
            tokens += found[1]
        if not parts:
            return self._shortest()
        return Sized("\n\n".join(parts), tokens, language=language)

    def _around(self, length: int) -> list[int]:
        """Lengths close by, the nearest first; a wide choice would shift all lengths to those that are frequent."""
        near = length // CLOSE
        return sorted(range(length - near, length + near + 1), key=lambda other: abs(other - length))

    def _take(self, language: str, accepted: Sequence[int]) -> tuple[str, int] | None:
        lengths = self.texts[language]
        length = next((length for length in accepted if lengths.get(length)), None)
        return (lengths[length].pop(), length) if length else None

    def _shortest(self) -> Sized:
        lengths = {(length, language) for language, rows in self.texts.items() for length in rows if rows[length]}
        if not lengths:
            raise ValueError("the labelled texts are used up: ask for fewer with --texts")
        length, language = min(lengths)
        return Sized(self.texts[language][length].pop(), length, language=language)
