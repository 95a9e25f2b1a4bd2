"""How many points of accuracy are lost when texts come otherwise than they were written.

    python scripts/measure_robustness.py                        # on the validation split
    python scripts/measure_robustness.py --split test
    python scripts/measure_robustness.py --float runs/default   # and what int8 loses against the float model

Signatures, greetings and disclaimers are others than those of the training, but the words that are cut before the
model reads (stageclf/text/letter_words.py) were listed with these in view. Long mails are made of several texts.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from stageclf.classifier import StageClassifier
from stageclf.data import SPLITS, LabelledText, load
from stageclf.stages import LABELS, NONE
from stageclf.text.greeklish import to_greeklish
from stageclf.training.augment import add_typos, fold_accents

GREETINGS = {
    "el": "Γεια και χαρά σε όλους,", "de": "Grüß Gott zusammen,", "en": "Hey there folks,", "fr": "Salut à tous,",
    "es": "Buenas tardes a todos,", "it": "Ciao a tutti,", "nl": "Goedemiddag allemaal,", "pl": "Cześć wszystkim,",
    "pt": "Boa tarde a todos,", "ro": "Salutare tuturor,", "ru": "Всем доброго дня,", "tr": "Herkese selamlar,",
    "bg": "Добър ден на всички,", "cs": "Zdravím všechny,", "sv": "God morgon allihop,",
}  # fmt: skip
SIGNATURES = {
    "el": "Με φιλικούς χαιρετισμούς\nΝίκος Αθανασίου\nΤηλ. 210 5550142",
    "de": "Beste Grüße aus Kassel\nI. Brandner\nTel. 0561 555014",
    "en": "All the best\nR. Holloway\n14 Mill Lane, Ludlow", "fr": "Bien à vous\nC. Delmas\n06 55 50 14 22",
    "es": "Atentamente\nP. Ibarra\nTel. 600 555 014", "it": "Distinti saluti\nG. Ferri\ncell. 333 5550142",
    "nl": "Hartelijke groeten\nJ. de Wit\n06 55501422", "pl": "Z wyrazami szacunku\nK. Maj\ntel. 600 555 014",
    "pt": "Atenciosamente\nR. Lopes\n91 555 01 42", "ro": "Cu respect\nI. Munteanu\n0722 555 014",
    "ru": "Всего доброго\nП. Громов\nтел. 8 900 555 01 42", "tr": "İyi çalışmalar\nE. Kaya\n0532 555 01 42",
    "bg": "Хубав ден\nС. Колева\nтел. 088 555 0142", "cs": "Hezký den\nM. Vrba\ntel. 601 555 014",
    "sv": "Hälsningar\nL. Ek\n070-555 01 42",
}  # fmt: skip
DISCLAIMER = (
    "The information in this message may be privileged. If it reached you by mistake, please delete it and tell us. "
    "Opinions expressed are those of the author and do not bind the company."
)
LONG_MAIL_WORDS = 350


def changes(seed: int) -> dict[str, tuple[Callable[[LabelledText], str], Callable[[LabelledText], bool]]]:
    """Name -> (the changed text, whether the change applies to it)."""

    def rng(text: LabelledText) -> random.Random:
        return random.Random(f"{seed}/{text.id}")

    def any_text(text: LabelledText) -> bool:
        return True

    return {
        "without accents and umlauts": (lambda t: fold_accents(t.text), lambda t: fold_accents(t.text) != t.text),
        "in lower case": (lambda t: t.text.lower(), any_text),
        "two typos": (lambda t: add_typos(t.text, rng(t), 2), any_text),
        "Greek in Latin letters": (lambda t: to_greeklish(t.text, rng(t)), lambda t: t.language == "el"),
        "a greeting before": (lambda t: f"{GREETINGS[t.language]}\n\n{t.text}", lambda t: t.language in GREETINGS),
        "a signature below": (lambda t: f"{t.text}\n\n{SIGNATURES[t.language]}", lambda t: t.language in SIGNATURES),
        "a disclaimer below": (lambda t: f"{t.text}\n\n{DISCLAIMER}", any_text),
    }


def accuracy(predict: Callable[[Sequence[str]], Sequence[str]], texts: Sequence[str], labels: Sequence[str]) -> float:
    """Share of right labels, in percent."""
    return 100 * float(np.mean([a == b for a, b in zip(predict(texts), labels, strict=True)]))


def long_mails(texts: Sequence[LabelledText], seed: int) -> list[tuple[str, str]]:
    """(mail, label): a text of somebody who buys at a random place in small talk of the same language."""
    talk = defaultdict(list)
    for text in texts:
        if text.label == NONE:
            talk[text.language].append(text.text)
    mails = []
    for text in texts:
        rng = random.Random(f"{seed}/{text.id}")
        if text.label == NONE or len(talk[text.language]) < 3:
            continue
        parts, words = [], len(text.text.split())
        while words < LONG_MAIL_WORDS:
            parts.append(rng.choice(talk[text.language]))
            words += len(parts[-1].split())
        parts.insert(rng.randint(0, len(parts)), text.text)
        mails.append(("\n\n".join(parts), text.label))
    return mails


def float_predictions(folder: Path, texts: Sequence[str], classifier: StageClassifier) -> list[str]:
    """Labels of the float checkpoint, with the calibration of the int8 model; cut to one window."""
    from tokenizers import Tokenizer
    from transformers import AutoModelForSequenceClassification

    from stageclf.training.fine_tune import TrainingConfig, encode, predict_logits

    model = AutoModelForSequenceClassification.from_pretrained(folder)
    tokenizer = Tokenizer.from_file(str(classifier.labeller.artefact.tokenizer))
    config = TrainingConfig(prefix=classifier.spec_.prefix, max_tokens=classifier.spec_.max_tokens)
    logits = predict_logits(model, encode(tokenizer, texts, config), autocast=False)
    return [LABELS[i] for i in classifier.spec_.calibration.probabilities(logits).argmax(axis=1)]


def show_int8(folder: Path, texts: Sequence[LabelledText], classifier: StageClassifier) -> None:
    """Accuracy of the float checkpoint and of the int8 model, by language."""
    floats = float_predictions(folder, [text.text for text in texts], classifier)
    whole = StageClassifier.from_pretrained(classifier.labeller.artefact.folder, exact=True)
    ints = whole.predict([text.text for text in texts])
    by_language = defaultdict(list)
    for text, one, other in zip(texts, floats, ints, strict=True):
        for key in (text.language, "all"):
            by_language[key].append((one == text.label, other == text.label, one == other))
    print("\n| language | texts | float | int8 | points lost | same label |\n|---|---|---|---|---|---|")
    for language, rows in sorted(by_language.items()):
        one, other, same = 100 * np.mean(rows, axis=0)
        print(f"| {language} | {len(rows)} | {one:.1f} | {other:.1f} | {one - other:+.1f} | {same:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default="validation")
    parser.add_argument("--model", default=None)
    parser.add_argument("--float", type=Path, help="folder of the float checkpoint")
    args = parser.parse_args()
    classifier = StageClassifier.from_pretrained(args.model)
    texts = load(args.split)
    print(f"| {args.split} | texts | as written | changed | points lost |\n|---|---|---|---|---|")
    for name, (change, applies) in changes(seed=1).items():
        chosen = [text for text in texts if applies(text)]
        labels = [text.label for text in chosen]
        before = accuracy(classifier.predict, [text.text for text in chosen], labels)
        after = accuracy(classifier.predict, [change(text) for text in chosen], labels)
        print(f"| {name} | {len(chosen):,} | {before:.1f} | {after:.1f} | {before - after:+.1f} |", flush=True)
    mails = long_mails(texts, seed=1)
    short = [text for text in texts if text.label != NONE]
    before = accuracy(classifier.predict, [text.text for text in short], [text.label for text in short])
    after = accuracy(classifier.predict, [mail for mail, _ in mails], [label for _, label in mails])
    lost = f"{before:.1f} | {after:.1f} | {before - after:+.1f}"
    print(f"| inside {LONG_MAIL_WORDS} words of small talk | {len(mails):,} | {lost} |")
    if args.float:
        show_int8(args.float, texts, classifier)


if __name__ == "__main__":
    main()
