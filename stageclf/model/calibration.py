"""From logits to probabilities that can be believed: temperature and one offset a label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Calibration:
    """Vector scaling: softmax(logits / temperature + offsets), fitted on validation texts only."""

    temperature: float = 1.0
    offsets: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "offsets", tuple(self.offsets))

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """Probabilities, shape (texts, labels), float64; rows add up to 1."""
        scaled = np.asarray(logits, dtype=np.float64) / self.temperature
        if self.offsets:
            scaled = scaled + np.asarray(self.offsets)
        scaled -= scaled.max(axis=1, keepdims=True)
        exp = np.exp(scaled)
        return exp / exp.sum(axis=1, keepdims=True)


def fit_vector_scaling(logits: np.ndarray, targets: np.ndarray) -> Calibration:
    """Temperature and offsets with the least log loss (Guo et al. 2017); `targets` holds label positions."""
    from scipy.optimize import minimize

    rows = np.arange(len(targets))
    labels = logits.shape[1]

    def log_loss(values: np.ndarray) -> float:
        found = _scaling(values).probabilities(logits)[rows, targets]
        return -float(np.log(found + 1e-12).mean())

    fitted = _scaling(minimize(log_loss, np.zeros(1 + labels), method="L-BFGS-B").x)
    return Calibration(round(fitted.temperature, 5), tuple(round(offset, 5) for offset in fitted.offsets))


def _scaling(values: np.ndarray) -> Calibration:
    """The calibration for (log temperature, offsets); offsets count relative to their mean."""
    offsets = values[1:] - values[1:].mean()
    return Calibration(float(np.exp(values[0])), tuple(offsets.tolist()))


def review_threshold(confidences: np.ndarray, correct: np.ndarray, risk: float) -> tuple[float, float, float]:
    """The lowest confidence above which at most `risk` of the predictions are wrong.

    Returns (threshold, share of wrong predictions above it, share of predictions above it). With no such
    threshold the first is 1.0: everything is to be looked at.
    """
    order = np.argsort(-confidences, kind="stable")
    wrong = np.cumsum(~correct[order]) / np.arange(1, len(order) + 1)
    fitting = np.flatnonzero(wrong <= risk)
    if not len(fitting):
        return 1.0, 0.0, 0.0
    last = int(fitting[-1])
    return float(confidences[order[last]]), float(wrong[last]), (last + 1) / len(order)
