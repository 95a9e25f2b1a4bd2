"""How well Greek in Latin letters is found and put back into Greek letters, on the validation texts.

python scripts/measure_greeklish.py             # a few minutes: the shipped model labels the Greek texts often
python scripts/measure_greeklish.py --no-model  # the texts alone
python scripts/measure_greeklish.py --split train --no-model
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from greeklish_styles import STYLES, spelled

from stageclf.classifier import StageClassifier
from stageclf.data import SPLITS, LabelledText, load
from stageclf.model.encoder import Encoder
from stageclf.text.greek_letters import restore
from stageclf.text.greek_spelling import folded
from stageclf.text.greeklish import to_greeklish

SEEDS = (1, 2, 3)
_GREEK = re.compile(r"[α-ωά-ώϊϋΐΰΑ-ΩΆ-Ώ]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
Spell = Callable[[LabelledText], str]


def share_of_latin(text: str) -> float:
    latin, greek = len(_LATIN.findall(text)), len(_GREEK.findall(text))
    return latin / max(1, latin + greek)


def ways() -> dict[str, Spell]:
    """Ways to spell Greek in Latin letters: persons drawn at random, and habits."""
    drawn = {
        f"drawn, seed {seed}": lambda text, seed=seed: to_greeklish(text.text, random.Random(f"{seed}/{text.id}"))
        for seed in SEEDS
    }
    return drawn | {name: lambda text, style=style: spelled(text.text, style) for name, style in STYLES.items()}


def exact_words(text: str, restored: str) -> tuple[int, int]:
    """Greek words that are as they were but for accents, and all."""
    words = [word for word in _WORD.findall(folded(text)) if _GREEK.search(word)]
    found = Counter(_WORD.findall(folded(restored)))
    return sum((Counter(words) & found).values()), len(words)


def accuracy(classifier: StageClassifier, texts: Sequence[str], labels: Sequence[str]) -> float:
    """Share of right labels, in percent."""
    return 100 * sum(a == b for a, b in zip(classifier.predict(texts), labels, strict=True)) / len(labels)


def show_false(texts: Sequence[LabelledText]) -> None:
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for text in texts:
        total[text.language] += 1
        if restore(text.text) != text.text:
            wrong[text.language] += 1
            print(f"   changed, {text.language}: {text.text[:100]!r}")
    print(f"changed wrongly: {wrong.total()} of {total.total():,} {dict(wrong)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default="validation")
    parser.add_argument("--model", default=None)
    parser.add_argument("--no-model", action="store_true")
    args = parser.parse_args()
    texts = load(args.split)
    greek = [text for text in texts if text.language == "el"]
    written = [text for text in greek if share_of_latin(text.text) < 0.5]
    typed = [text for text in greek if not _GREEK.search(text.text)]
    show_false([text for text in texts if text.language != "el"] + written)
    missed = [text.text for text in typed if restore(text.text) == text.text]
    print(f"found of the texts typed in Latin letters: {len(typed) - len(missed)} of {len(typed)}; not: {missed}")
    classifier = None
    if not args.no_model:
        classifier = StageClassifier.from_pretrained(args.model)
        plain = replace(classifier.spec_, restore_greek=False)
        classifier.encoder_ = Encoder(replace(classifier.encoder_.artefact, spec=plain))
    labels = [text.label for text in written]
    if classifier:
        right = accuracy(classifier, [text.text for text in written], labels)
        print(f"accuracy as written: {right:.1f}")
    print("| way | found % | words exact % | accuracy in Latin letters | restored |\n|---|---|---|---|---|")
    for name, spell in ways().items():
        latin = [spell(text) for text in written]
        restored = [restore(text) for text in latin]
        found = sum(a != b for a, b in zip(latin, restored, strict=True)) / len(latin)
        same = [exact_words(text.text, back) for text, back in zip(written, restored, strict=True)]
        exact = sum(a for a, _ in same) / sum(b for _, b in same)
        scores = "| |"
        if classifier:
            scores = f"{accuracy(classifier, latin, labels):.1f} | {accuracy(classifier, restored, labels):.1f} |"
        print(f"| {name} | {found:.1%} | {exact:.1%} | {scores}", flush=True)


if __name__ == "__main__":
    main()
