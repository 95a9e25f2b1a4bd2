"""Build stageclf/text/accents.npz, by which texts typed without accents get them back.

    python scripts/build_accent_table.py      # prints how many words of the validation texts are put back exactly

The words are those of our own training texts (data/train), each as it is mostly written there. A word that often
has no accents is left out, and so are languages with hardly any.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict

import numpy as np

from stageclf.data import LabelledText, load
from stageclf.text.accents import TABLE, WORD, has_accents, restore_accents, ways_without_accents, without_accents

LEAST_WORDS = 100  # of a language, else it has no accents to speak of
MOSTLY = 0.5  # of the times that it stands in texts with accents, in any spelling
MOST_WITHOUT = 0.1  # else what is typed may be another word, such as wurde beside würde


def is_clear(typed: str, count: int, forms: Counter[str]) -> bool:
    """Whether a word that occurs `count` times must be meant, of all the forms that are typed in this way."""
    return count > MOSTLY * forms.total() and forms[typed] <= MOST_WITHOUT * forms.total()


def words_of(texts: list[LabelledText]) -> dict[str, dict[str, str]]:
    """Language -> how a word is typed without accents -> the word, where it is clear."""
    forms: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for text in texts:
        if has_accents(text.text):
            for word in WORD.findall(text.text.lower()):
                for typed in ways_without_accents(word, text.language):
                    forms[text.language][typed][word] += 1
    chosen = {}
    for language, typed_words in forms.items():
        mostly = {
            typed: max(found.items(), key=lambda item: (item[1], item[0])) for typed, found in typed_words.items()
        }
        chosen[language] = {
            typed: word
            for typed, (word, count) in sorted(mostly.items())
            if word != typed and is_clear(typed, count, typed_words[typed])
        }
    return {language: words for language, words in sorted(chosen.items()) if len(words) >= LEAST_WORDS}


def show(texts: list[LabelledText]) -> None:
    """Of the words of texts with accents, how many are right without any, and how many once they are put back."""
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for text in texts:
        if not has_accents(text.text):
            continue
        words = WORD.findall(text.text.lower())
        folded = WORD.sub(lambda match: without_accents(match[0]), text.text.lower())
        restored = WORD.findall(restore_accents(folded))
        if len(words) == len(restored):
            pairs = [
                (without_accents(word) == word, word == found) for word, found in zip(words, restored, strict=True)
            ]
            rows[text.language] += pairs
            rows["all"] += pairs
    print("| language | words | right without accents | right when restored |\n|---|---|---|---|")
    for language, pairs in sorted(rows.items()):
        before, after = 100 * np.mean(pairs, axis=0)
        print(f"| {language} | {len(pairs):,} | {before:.1f} | {after:.1f} |")


def main() -> None:
    words = words_of(load("train"))
    tables = {
        language: np.frombuffer(
            zlib.compress("\n".join(f"{typed} {word}" for typed, word in table.items()).encode(), 9), dtype=np.uint8
        )
        for language, table in words.items()
    }
    np.savez(TABLE, **tables)
    print(f"{sum(map(len, words.values())):,} words, {TABLE.stat().st_size / 1000:.0f} kB")
    validation = load("validation")
    show(validation)
    plain = [text for text in validation if not has_accents(text.text)]
    changed = sum(restore_accents(text.text) != text.text for text in plain)
    print(f"{changed} of {len(plain)} texts without any accent were changed")


if __name__ == "__main__":
    main()
