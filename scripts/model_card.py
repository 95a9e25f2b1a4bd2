"""Measure the shipped model and write its card, models/default/README.md, in the form of the Hugging Face Hub.

    python scripts/model_card.py
    python scripts/model_card.py --extra ../shared/real_dev/real_dev.jsonl    # further figures, printed only

All figures are of the int8 graph that ships. Calibration was fitted on the validation texts, so the figures of
the test texts are flattered less (for what flatters them, too, see the card).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from stageclf import LABELS, StageClassifier
from stageclf.data import LabelledText, load
from stageclf.data.labelled import read_jsonl
from stageclf.evaluation import measure, tfidf_baseline
from stageclf.evaluation.metrics import Scores, with_interval
from stageclf.training.build import EXIT_RISK

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "models" / "default"
CONFIG = Path(__file__).with_name("default_model.yaml")
TEMPLATE = Path(__file__).with_name("model_card.md")
LEAST_TEXTS = 12
# For the estimate of carbon: two cores of a server at full load with their share of memory and cooling, and the
# average of electricity in Europe. Both are assumptions, not measurements.
WATTS, GRAMS_PER_KWH = 30, 250


def _recipe() -> dict[str, Any]:
    return yaml.safe_load(CONFIG.read_text(encoding="utf-8"))


def scores_of(classifier: StageClassifier, texts: Sequence[LabelledText]) -> tuple[Scores, np.ndarray]:
    probabilities = classifier.predict_proba([text.text for text in texts])
    predicted = classifier.classes_[probabilities.argmax(axis=1)]
    return measure([text.label for text in texts], predicted, LABELS, probabilities), probabilities


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def headline(rows: dict[str, Scores]) -> str:
    head = ("", "texts", "accuracy", "macro F1", "calibration error", "accuracy, surest 80 %")
    return markdown(
        head,
        [
            (
                name,
                scores.texts,
                with_interval(scores.accuracy, scores.accuracy_interval),
                with_interval(scores.macro_f1, scores.macro_f1_interval),
                f"{scores.calibration_error:.3f}",
                f"{scores.confident_accuracy:.3f}",
            )
            for name, scores in rows.items()
        ],
    )


def by_group(
    texts: Sequence[LabelledText], predicted: np.ndarray, key: Callable[[LabelledText], str], name: str
) -> str:
    """Accuracy and macro F1 with intervals for every group of at least LEAST_TEXTS texts."""
    groups: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        groups.setdefault(key(text), []).append(row)
    rows = []
    for group, members in sorted(groups.items()):
        if len(members) >= LEAST_TEXTS:
            scores = measure([texts[m].label for m in members], predicted[members], LABELS)
            accuracy = with_interval(scores.accuracy, scores.accuracy_interval)
            rows.append((group, len(members), accuracy, with_interval(scores.macro_f1, scores.macro_f1_interval)))
    return markdown((name, "texts", "accuracy", "macro F1"), rows)


def length_of(text: LabelledText) -> str:
    words = len(text.text.split())
    return "a: up to 15 words" if words <= 15 else "b: 16 to 60 words" if words <= 60 else "c: more than 60 words"


def confusion(scores: Scores) -> str:
    rows = [(label, *counts) for label, counts in zip(LABELS, scores.confusion.tolist(), strict=True)]
    return markdown(("true \\ predicted", *LABELS), rows)


def exits(classifier: StageClassifier, texts: Sequence[LabelledText]) -> str:
    """Where texts are decided, and what labels and accuracy the exits cost against the whole model."""
    labels = [text.label for text in texts]
    parts = classifier.labeller.encoder.score([text.text for text in texts]).parts
    whole = StageClassifier.from_pretrained(FOLDER, exact=True)
    found, exact = (c.predict([text.text for text in texts]) for c in (classifier, whole))
    rows = []
    for part in range(len(classifier.spec_.exits) + 1):
        here = parts == part
        name = f"exit {part + 1}" if part < len(classifier.spec_.exits) else "last layer"
        rows.append((name, here, found[here] == exact[here]))
    rows.append(("all", np.ones(len(texts), dtype=bool), found == exact))
    return markdown(
        ("decided at", "share of texts", "same label as the whole model", "accuracy", "accuracy of the whole model"),
        [
            (
                name,
                f"{here.mean():.0%}",
                f"{same.mean():.1%}",
                f"{np.mean(found[here] == np.array(labels)[here]):.3f}",
                f"{np.mean(exact[here] == np.array(labels)[here]):.3f}",
            )
            for name, here, same in rows
            if here.any()
        ],
    )


def unmeasured(train: Sequence[LabelledText], measured: Sequence[LabelledText]) -> str:
    """The languages that have training texts only, with their numbers."""
    counts = Counter(text.language for text in train)
    for text in measured:
        counts.pop(text.language, None)
    return ", ".join(f"{language} ({count})" for language, count in sorted(counts.items()))


def failures(texts: Sequence[LabelledText], probabilities: np.ndarray, count: int = 8) -> str:
    """Validation texts that the model is most surely wrong about."""
    true = np.array([LABELS.index(text.label) for text in texts])
    found = probabilities.argmax(axis=1)
    wrong = np.flatnonzero((found != true) & (np.array([len(t.text) for t in texts]) < 220))
    worst = wrong[np.argsort(-probabilities.max(axis=1)[wrong])][:count]
    rows = [
        (" ".join(texts[row].text.split()).replace("|", "/"), LABELS[true[row]], LABELS[found[row]]) for row in worst
    ]
    return markdown(("text (validation split)", "label", "model"), rows)


def draw_calibration(probabilities: np.ndarray, correct: np.ndarray, path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    confidence = probabilities.max(axis=1)
    bins = np.minimum((confidence * 10).astype(int), 9)
    present = [b for b in range(10) if (bins == b).sum() >= 5]
    figure, axis = pyplot.subplots(figsize=(4, 4), dpi=110)
    axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axis.plot(
        [confidence[bins == b].mean() for b in present], [correct[bins == b].mean() for b in present], marker="o"
    )
    axis.set(xlabel="confidence", ylabel="accuracy", title="Calibration on the test texts", xlim=(0, 1), ylim=(0, 1))
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    classifier = StageClassifier.from_pretrained(FOLDER, verify=True)
    train, validation, test = load("train"), load("validation"), load("test")
    baseline = tfidf_baseline([text.text for text in train], [text.label for text in train])
    columns = [list(baseline.classes_).index(label) for label in LABELS]
    tfidf = baseline.predict_proba([text.text for text in test])[:, columns]
    tfidf_scores = measure([t.label for t in test], np.array(LABELS)[tfidf.argmax(axis=1)], LABELS, tfidf)
    on_validation, validation_probabilities = scores_of(classifier, validation)
    on_test, probabilities = scores_of(classifier, test)
    predicted = np.array(LABELS)[probabilities.argmax(axis=1)]
    correct = predicted == np.array([text.label for text in test])
    kept = probabilities.max(axis=1) >= classifier.spec_.review_threshold
    draw_calibration(probabilities, correct, FOLDER / "calibration.png")
    summary = headline(
        {"test": on_test, "validation": on_validation, "test, TF-IDF + logistic regression": tfidf_scores}
    )
    trained = classifier.spec_.training
    values = {
        "texts": f"{trained['texts']:,}",
        "languages": len(trained["languages"]),
        "language_list": "\n".join(f"- {code}" for code in trained["languages"]),
        "unmeasured": unmeasured(train, [*validation, *test]),
        "headline": summary,
        "by_language": by_group(test, predicted, lambda text: text.language, "language"),
        "by_channel": by_group(test, predicted, lambda text: text.channel, "channel"),
        "by_length": by_group(test, predicted, length_of, "length"),
        "report": on_test.report,
        "confusion": confusion(on_test),
        "exit_layers": ", ".join(map(str, _recipe()["exits"])),
        "exit_risk": f"{EXIT_RISK:.1%}",
        "exits": exits(classifier, test),
        "failures": failures(validation, validation_probabilities),
        "threshold": f"{classifier.spec_.review_threshold:.2f}",
        "risk": f"{classifier.spec_.review_risk:.1%}",
        "test_risk": f"{1 - correct[kept].mean():.1%}",
        "test_kept": f"{kept.mean():.0%}",
        "temperature": f"{classifier.spec_.calibration.temperature:.2f}",
        "sharpness": f"{classifier.spec_.calibration.sharpness:.2f}",
        "config": yaml.safe_dump(_recipe()),
        "minutes": trained["minutes"],
        "seeds": ", ".join(map(str, trained["seeds"])),
        "energy": f"{trained['minutes'] / 60 * WATTS / 1000:.2f}",
        "carbon": f"{trained['minutes'] / 60 * WATTS / 1000 * GRAMS_PER_KWH:.0f}",
        "watts": WATTS,
        "grams": GRAMS_PER_KWH,
        "size": f"{sum(p.stat().st_size for p in FOLDER.iterdir()) / 1e6:.0f} MB",
    }
    card = TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        card = card.replace("{{" + name + "}}", str(value).strip("\n"))
    (FOLDER / "README.md").write_text(card, encoding="utf-8")
    print(summary)
    for path in args.extra:
        extra = read_jsonl(path)
        scores, probabilities = scores_of(classifier, extra)
        print(headline({path.stem: scores}), scores.report, confusion(scores), exits(classifier, extra), sep="\n")


if __name__ == "__main__":
    main()
