"""Build stageclf/text/ngrams.npz, by which the language of short texts is told.

    python scripts/build_language_table.py        # prints how often it is right on the validation texts, by length

Sources: the words of wordfreq (Apache-2.0, its data CC BY-SA 4.0 and others, of which only letter statistics remain),
weighted by their frequency, and the texts of data/train, both also without accents; Greek in both alphabets.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import wordfreq

from stageclf.data import load
from stageclf.text.greeklish import to_greeklish
from stageclf.text.language import detect_language
from stageclf.text.ngrams import BUCKETS, GREEKLISH, STEP, TABLE, buckets_of, likeliest
from stageclf.training.augment import fold_accents

WORDS = 20_000
LATIN = frozenset("ca cs da de en es et fi fr gl hr hu is it lt lv nb nl pl pt ro sk sl sq sv tr".split())
FREQUENCIES_OF = {"hr": "sh", "sr": "sh"}
# Serbian is told by its Cyrillic; in Latin letters it is no other language than Croatian to a table of n-grams.
CYRILLIC = dict(
    pair.split("=")
    for pair in "lj=љ nj=њ dž=џ a=а b=б v=в g=г d=д đ=ђ e=е ž=ж z=з i=и j=ј k=к l=л m=м n=н o=о p=п r=р s=с t=т ć=ћ "
    "u=у f=ф h=х c=ц č=ч š=ш".split()
)
FOLDED = 0.15
FLATTENED = 0.75
WORD_MASS, TEXT_MASS = 1.0, 1.5
SMOOTHING = 2e-7


def in_cyrillic(word: str) -> str:
    """A Serbian word in Latin letters in Cyrillic ones."""
    for latin, cyrillic in CYRILLIC.items():
        word = word.replace(latin, cyrillic)
    return word


def pieces(language: str, texts: list[str]) -> Iterator[tuple[str, float]]:
    """Words and texts with their weights; the weights of each source add up to its mass."""
    code = FREQUENCIES_OF.get(language, language)
    if code in wordfreq.available_languages():
        words = wordfreq.get_frequency_dict(code, wordlist="best").items()
        if language == "sr":
            words = [(in_cyrillic(word), frequency) for word, frequency in words]
        fitting = [(word, f) for word, f in words if language in LATIN or not word.isascii()]
        common = sorted(fitting, key=lambda item: -item[1])[:WORDS]
        total = sum(frequency**FLATTENED for _, frequency in common)
        yield from ((word, WORD_MASS * frequency**FLATTENED / total) for word, frequency in common)
    total = sum(map(len, texts)) or 1
    yield from ((text, TEXT_MASS * len(text) / total / max(1, len(buckets_of(text)))) for text in texts)


def counts_of(language: str, texts: list[str], greeklish: bool) -> np.ndarray:
    """Weighted counts of the buckets."""
    counts = np.zeros(BUCKETS)
    rng = random.Random(0)
    for text, weight in pieces(language, texts):
        for form, share in ((text, 1 - FOLDED), (fold_accents(text), FOLDED)):
            buckets = buckets_of(to_greeklish(form, rng) if greeklish else form)
            np.add.at(counts, buckets, weight * share)
    return counts


def main() -> None:
    texts = defaultdict(list)
    for text in load("train"):
        letters = list(filter(str.isalpha, text.text))
        latin = sum(char < "\u0250" for char in letters) > len(letters) / 2
        if text.language not in ("el", "sr") or not latin:
            texts[text.language].append(text.text)
    languages = sorted({*texts, GREEKLISH})
    sources = [language.removesuffix("-Latn") for language in languages]
    columns = [counts_of(s, texts[s], s != language) for s, language in zip(sources, languages, strict=True)]
    counts = np.stack(columns, axis=1)
    shares = counts / counts.sum(axis=0)
    logs = np.log(shares + SMOOTHING)
    table = np.rint((logs.max() - logs) / STEP).clip(0, 255).astype(np.uint8)
    np.savez_compressed(TABLE, languages=np.array(languages), table=table)
    print(f"{len(languages)} languages, {TABLE.stat().st_size / 1000:.0f} kB")
    validation = load("validation")
    fits = [likeliest(text.text).fit for text in validation]
    print(f"mean log-probability an n-gram, 10th percentile: {np.percentile(fits, 10):.2f}")
    for low, high in ((1, 4), (5, 8), (9, 15), (16, 60), (61, 10_000)):
        some = [text for text in validation if low <= len(text.text.split()) <= high]
        right = sum(detect_language(text.text) == text.language for text in some)
        print(f"{low} to {high} words: {right / len(some):.1%} of {len(some)}")


if __name__ == "__main__":
    main()
