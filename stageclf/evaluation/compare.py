"""A classifier and the baseline on the same labelled texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stageclf.classifier import StageClassifier
from stageclf.data import SPLITS, LabelledText, load
from stageclf.evaluation.baselines import tfidf_baseline
from stageclf.evaluation.metrics import Scores, measure
from stageclf.inbox import OK, InputError, read

LEAST_TEXTS = 20


@dataclass(frozen=True)
class Comparison:
    """Scores of the model and of the baseline on the same texts.

    by_language: macro F1 and number of texts for each language with at least LEAST_TEXTS texts.
    left_out: texts of the data that were empty, unreadable or without a usable label.
    seen: texts that stand in our training split, too; their labels are no evidence.
    errors: the texts that the model labels otherwise, the surest first.
    """

    model: Scores
    baseline: Scores
    by_language: dict[str, tuple[float, int]]
    left_out: int
    seen: int
    errors: list[dict[str, str | float]]


def read_labelled(data: str, text_column: str | None, label_column: str) -> tuple[list[LabelledText], int]:
    """Labelled texts from a shipped split ("test") or from a file or folder; and how many rows were unusable.

    text_column: the column with the texts; found by its name if None. label_column: the one with the true labels.

    Raises InputError if there is no such column, or no usable row.
    """
    if data in SPLITS and not Path(data).exists():
        return load(data), 0
    reading = read(data, text_column=text_column)
    columns = list(reading.schema())
    if label_column not in columns:
        raise InputError(
            f"{data}: no column {label_column!r} with the true labels; its columns are: {', '.join(columns)}. "
            "Name it with --label-column"
        )
    texts, left_out = [], 0
    for record in reading:
        label = record.columns.get(label_column)
        if record.status == OK and label:
            row = str(record.position)
            texts.append(LabelledText(row, record.text, str(label), str(record.columns.get("language") or "und")))
        else:
            left_out += 1
    if not texts:
        raise InputError(f"{data}: no row with both a text and a label in {label_column!r}")
    return texts, left_out


def compare(classifier: StageClassifier, texts: Sequence[LabelledText], left_out: int = 0) -> Comparison:
    """Measure the classifier and a TF-IDF baseline that is trained on our own training split.

    Raises InputError for labels that the classifier does not know.
    """
    labels = classifier.classes_.tolist()
    unknown = sorted({text.label for text in texts} - set(labels))
    if unknown:
        raise InputError(f"unknown labels in the data: {', '.join(unknown)}; known: {', '.join(labels)}")
    train = load("train")
    inputs, true = [text.text for text in texts], [text.label for text in texts]
    probabilities = classifier.predict_proba(inputs)
    predicted = classifier.classes_[probabilities.argmax(axis=1)].tolist()
    baseline = tfidf_baseline([text.text for text in train], [text.label for text in train])
    columns = [baseline.classes_.tolist().index(label) for label in labels]
    baseline_probabilities = baseline.predict_proba(inputs)[:, columns]
    trained_on = {text.text for text in train}
    return Comparison(
        model=measure(true, predicted, labels, probabilities),
        baseline=measure(true, baseline.predict(inputs), labels, baseline_probabilities),
        by_language=_by_language(texts, predicted, labels),
        left_out=left_out,
        seen=sum(text in trained_on for text in inputs),
        errors=_errors(texts, predicted, probabilities.max(axis=1)),
    )


def _errors(
    texts: Sequence[LabelledText], predicted: Sequence[str], confidence: Sequence[float]
) -> list[dict[str, str | float]]:
    rows = sorted(zip(texts, predicted, confidence, strict=True), key=lambda row: -row[2])
    return [
        {
            "id": text.id,
            "language": text.language,
            "label": text.label,
            "predicted": found,
            "confidence": round(float(sure), 4),
            "text": text.text,
        }
        for text, found, sure in rows
        if found != text.label
    ]


def _by_language(
    texts: Sequence[LabelledText], predicted: Sequence[str], labels: Sequence[str]
) -> dict[str, tuple[float, int]]:
    result = {}
    for language in sorted({text.language for text in texts}):
        rows = [row for row, text in enumerate(texts) if text.language == language]
        if len(rows) >= LEAST_TEXTS:
            scores = measure([texts[r].label for r in rows], [predicted[r] for r in rows], labels)
            result[language] = (scores.macro_f1, len(rows))
    return result
