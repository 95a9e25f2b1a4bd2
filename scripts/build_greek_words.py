"""Build stageclf/text/greek_words.npz, by which Greek in Latin letters is put back into Greek ones.

    python scripts/build_greek_words.py

Words and their frequencies are those of our own training texts (data/train), no others. Of wordfreq (Apache-2.0, its
data CC BY-SA 4.0 and others) only letter statistics remain: which letter follows which three others.
"""

from __future__ import annotations

import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import wordfreq
from greeklish_styles import STYLES, spelled

from stageclf.data import load
from stageclf.text.greek_spelling import folded
from stageclf.text.greek_words import ALPHABET, ORDER, STEP, TABLE, ending
from stageclf.text.greeklish import to_greeklish
from stageclf.text.greeklish_words import STEP as CLUE_STEP
from stageclf.text.greeklish_words import WORD

GREEK = re.compile(r"[α-ωά-ώϊϋΐΰς]+")
ACCENTED = re.compile(r"[άέήίόύώ]")
WORD_OR_END = re.compile(r"[^\W\d_]+|[.!;:?\n]|\d+")
LATIN = re.compile(r"[a-z]+")
WEIGHT_OF_LATIN_IN_GREEK = 12  # a Latin word within a Greek text against one in an English text
SHARE_OF_FOREIGN = 0.04  # of the words of Greeklish texts
BACKING_OFF = 3.0
LEAST_OF_FORMS, SMOOTHED = 12, 8.0
CLUES, LEAST_WEIGHT, MOST_WEIGHT, UNSEEN = 6000, 0.7, 5.0, 2e-5
SPELLINGS = 3  # by to_greeklish and by each style


def eight_bits(logs: Iterable[float]) -> np.ndarray:
    return np.rint(np.array(list(logs)) / -STEP).clip(0, 255).astype(np.uint8)


def packed(words: Iterable[str]) -> np.ndarray:
    return np.frombuffer(zlib.compress("\n".join(words).encode(), 9), dtype=np.uint8)


def known_words(texts: list[str]) -> tuple[list[str], list[float]]:
    """The words, each in its most frequent spelling, in the order of their letters; and log-frequencies."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        shouted = text.isupper()
        for word in GREEK.findall(text.lower()):
            forms[folded(word)][word] += 0.01 if shouted else 1
    total = sum(map(Counter.total, forms.values()))
    words = sorted(forms)
    best = [max(forms[word].items(), key=lambda item: (item[1], item[0]))[0] for word in words]
    return best, [math.log(max(1, forms[word].total()) / total) for word in words]


def sound(word: str) -> str:
    return spelled(word, STYLES["by sound"])


def contexts(texts: list[str]) -> list[str]:
    """Frequent words that sound like others: each with its log-frequency and what the next word's ending adds."""
    alone: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if text.isupper() or not ACCENTED.search(text):
            continue
        words = WORD_OR_END.findall(text.lower())
        for word, after in pairwise([*words, "."]):
            if GREEK.fullmatch(word):
                alone[word] += 1
                pairs[word][ending(after) if GREEK.fullmatch(after) else ""] += 1
    endings = Counter()
    for counts in pairs.values():
        endings.update(counts)
    frequent = [word for word, count in alone.items() if count >= LEAST_OF_FORMS]
    sounds = Counter(map(sound, frequent))
    lines = []
    for word in sorted(word for word in frequent if sounds[sound(word)] > 1):
        count = alone[word]
        weights = {"*": math.log(SMOOTHED / (count + SMOOTHED))}
        for after, together in sorted(pairs[word].items()):
            share = endings[after] / endings.total()
            weights[after] = math.log((together + SMOOTHED * share) / (count + SMOOTHED) / share)
        level = math.log(count / alone.total())
        lines.append(
            " ".join([word, f"{level:.2f}", *(f"{after}={weight:.1f}" for after, weight in weights.items())])
        )
    return lines


def letters(texts: list[str]) -> np.ndarray:
    """Log-probabilities of each letter after three others, backing off to two, one and none, in eight bits."""
    index = {char: at for at, char in enumerate(ALPHABET)}
    counts = np.zeros((len(ALPHABET),) * ORDER)
    words = Counter(folded(word) for text in texts for word in GREEK.findall(text.lower()))
    total = words.total()
    mixed = Counter({word: (count / total) ** 0.5 for word, count in words.items()})
    for word, frequency in wordfreq.get_frequency_dict("el").items():
        if GREEK.fullmatch(word):
            mixed[folded(word)] += frequency**0.5
    for word, weight in mixed.items():
        signs = [index[char] for char in f"<<<{word}>"]
        for at in range(3, len(signs)):
            counts[tuple(signs[at - 3 : at + 1])] += weight
    counts *= 1e5 / counts.sum()
    lower = np.full(len(ALPHABET), 1 / len(ALPHABET))
    for order in range(1, ORDER + 1):
        some = counts.sum(axis=tuple(range(ORDER - order)))
        lower = (some + BACKING_OFF * lower) / (some.sum(axis=-1, keepdims=True) + BACKING_OFF)
    return eight_bits(np.log(lower).ravel()).reshape(lower.shape)


def foreign_words(greek: list[str], english: list[str]) -> dict[str, float]:
    """Latin words of the Greek texts and frequent ones of the English texts, with log-frequencies in Greeklish."""
    counts: Counter[str] = Counter()
    for text in english:
        counts.update(LATIN.findall(text.lower()))
    counts = Counter({word: count for word, count in counts.items() if count > 1 and len(word) > 1})
    for text in greek:
        for word in LATIN.findall(text.lower()):
            if len(word) > 1:
                counts[word] += WEIGHT_OF_LATIN_IN_GREEK
    total = counts.total()
    return {word: math.log(SHARE_OF_FOREIGN * count / total) for word, count in sorted(counts.items())}


def clues(greek: list[str], others: Mapping[str, list[str]]) -> dict[str, float]:
    """Words of Latin letters by how much likelier they are in Greeklish than in any other language."""
    rng = random.Random(0)
    here: Counter[str] = Counter()
    for text in greek:
        for _ in range(SPELLINGS):
            here.update(WORD.findall(to_greeklish(text, rng).lower()))
            here.update(WORD.findall(spelled(text, rng.choice(list(STYLES.values()))).lower()))
    most: dict[str, float] = defaultdict(float)
    for texts in others.values():
        there = Counter(word for text in texts for word in WORD.findall(text.lower()))
        for word, count in there.items():
            most[word] = max(most[word], count / there.total())
    total = here.total()
    gains = {}
    for word in sorted({*here, *most}):
        weight = math.log((here[word] / total + UNSEEN) / (most.get(word, 0.0) + UNSEEN))
        if abs(weight) >= LEAST_WEIGHT:
            gains[word] = max(-MOST_WEIGHT, min(MOST_WEIGHT, weight)), abs(weight) * (here[word] / total + most[word])
    chosen = sorted(gains, key=lambda word: -gains[word][1])[:CLUES]
    return {word: gains[word][0] for word in sorted(chosen)}


def main() -> None:
    texts = defaultdict(list)
    for text in load("train"):
        texts[text.language].append(text.text)
    greek = [text for text in texts.pop("el") if len(GREEK.findall(folded(text))) > len(LATIN.findall(text.lower()))]
    words, levels = known_words(greek)
    foreign = foreign_words(greek, texts["en"])
    found = clues(greek, texts)
    np.savez_compressed(
        TABLE,
        words=packed(words),
        levels=eight_bits(levels),
        foreign=packed(foreign),
        foreign_levels=eight_bits(foreign.values()),
        letters=letters(greek),
        contexts=packed(contexts(greek)),
        clues=packed(found),
        weights=np.rint(np.array(list(found.values())) / CLUE_STEP).astype(np.int8),
    )
    print(
        f"{len(words):,} words, {len(foreign):,} foreign ones, {len(found):,} clues: {TABLE.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
