"""Figures from true labels and probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import classification_report, confusion_matrix, f1_score


@dataclass(frozen=True)
class Scores:
    """The figures of one classifier on one set of texts.

    accuracy, macro_f1: with their 95 % bootstrap intervals (low, high).
    calibration_error: expected calibration error over 15 bins, or None without probabilities.
    confident_accuracy: accuracy on the 80 % most confident texts, or None without probabilities.
    report: scikit-learn's classification report. confusion: rows true, columns predicted, as in `labels`.
    """

    labels: tuple[str, ...]
    texts: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    calibration_error: float | None
    confident_accuracy: float | None
    report: str
    confusion: np.ndarray


def measure(
    true: Sequence[str],
    predicted: Sequence[str],
    labels: Sequence[str],
    probabilities: np.ndarray | None = None,
) -> Scores:
    """All figures for predictions against true labels; `probabilities`: shape (texts, labels), in their order.

    Macro F1 is the mean over the labels that occur in `true`.
    """
    true, predicted = np.asarray(true), np.asarray(predicted)
    present = [label for label in labels if label in set(true.tolist())]
    confidence = None if probabilities is None else np.asarray(probabilities).max(axis=1)
    correct = true == predicted

    def macro_f1(rows: np.ndarray) -> float:
        return f1_score(true[rows], predicted[rows], labels=present, average="macro", zero_division=0)

    every = np.arange(len(true))
    return Scores(
        labels=tuple(labels),
        texts=len(true),
        accuracy=float(correct.mean()),
        accuracy_interval=_interval(lambda rows: correct[rows].mean(), len(true)),
        macro_f1=float(macro_f1(every)),
        macro_f1_interval=_interval(macro_f1, len(true), draws=200),
        calibration_error=None if confidence is None else expected_calibration_error(confidence, correct),
        confident_accuracy=None if confidence is None else _most_confident(confidence, correct, 0.8),
        report=classification_report(true, predicted, labels=list(labels), digits=3, zero_division=0),
        confusion=confusion_matrix(true, predicted, labels=list(labels)),
    )


def with_interval(value: float, interval: tuple[float, float]) -> str:
    """A figure and its interval as they are shown, such as "0.891 (0.877–0.904)"."""
    return f"{value:.3f} ({interval[0]:.3f}–{interval[1]:.3f})"


def expected_calibration_error(confidence: np.ndarray, correct: np.ndarray, bins: int = 15) -> float:
    """Mean distance between confidence and accuracy over equally wide bins, weighted by their texts, 0 to 1.

    confidence: probabilities of the predicted labels, shape (texts,). correct: whether they are right, same shape.
    """
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for row in range(bins):
        inside = which == row
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - correct[inside].mean())
    return float(error)


def _most_confident(confidence: np.ndarray, correct: np.ndarray, share: float) -> float:
    """Accuracy on that share of the texts on which the confidence is highest."""
    kept = np.argsort(-confidence, kind="stable")[: max(1, round(share * len(confidence)))]
    return float(correct[kept].mean())


def _interval(statistic: Callable[[np.ndarray], float], texts: int, draws: int = 1000) -> tuple[float, float]:
    """95 % percentile bootstrap interval, seeded, of a statistic of rows drawn from `texts` ones."""
    rng = np.random.default_rng(0)
    values = [statistic(rng.integers(0, texts, texts)) for _ in range(draws)]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
