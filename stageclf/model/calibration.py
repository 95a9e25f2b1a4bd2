"""From logits to probabilities that can be believed: temperature, one offset a label, and sharpness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_LEAST_MARGIN = 0.3  # keeps ties from being flattened altogether
_LITTLE = 1e-3  # keeps sharpness at 0 where it makes no difference
_PIVOT = 2.0  # the margin (and 0.3) at which sharpness changes nothing


@dataclass(frozen=True)
class Calibration:
    """Vector scaling, and more temperature the closer the call, fitted on validation texts only.

    temperature, offsets: scaled = logits / temperature + offsets (Guo et al. 2017).
    sharpness: above 0, close calls become less sure and clear ones surer: scaled is multiplied by
        ((margin + 0.3) / 2) ** sharpness before the softmax, where the margin is that of the two best labels.
        One temperature for all (sharpness 0) is too sure of the former or not sure enough of the latter.
    """

    temperature: float = 1.0
    offsets: tuple[float, ...] = ()
    sharpness: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "offsets", tuple(self.offsets))

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """Probabilities, shape (texts, labels), float64; rows add up to 1."""
        scaled = np.asarray(logits, dtype=np.float64) / self.temperature
        if self.offsets:
            scaled = scaled + np.asarray(self.offsets)
        if self.sharpness:
            scaled = scaled * _factors(scaled, self.sharpness)
        scaled -= scaled.max(axis=1, keepdims=True)
        exp = np.exp(scaled)
        return exp / exp.sum(axis=1, keepdims=True)


def _factors(scaled: np.ndarray, sharpness: float) -> np.ndarray:
    second, first = np.partition(scaled, -2, axis=1)[:, -2:].T
    return (((first - second + _LEAST_MARGIN) / _PIVOT) ** sharpness)[:, None]


def fit_calibration(logits: np.ndarray, targets: np.ndarray) -> Calibration:
    """The calibration with the least log loss; `logits` (texts, labels), `targets` holds label positions."""
    from scipy.optimize import minimize

    rows = np.arange(len(targets))
    labels = logits.shape[1]

    def log_loss(values: np.ndarray) -> float:
        found = _calibration(values).probabilities(logits)[rows, targets]
        return _LITTLE * values[1] ** 2 - float(np.log(found + 1e-12).mean())

    bounds = [(-4, 4), (-0.9, 0.9), *[(-8, 8)] * labels]
    fitted = _calibration(minimize(log_loss, np.zeros(2 + labels), method="L-BFGS-B", bounds=bounds).x)
    offsets = tuple(round(offset, 5) for offset in fitted.offsets)
    return Calibration(round(fitted.temperature, 5), offsets, round(fitted.sharpness, 5))


def _calibration(values: np.ndarray) -> Calibration:
    """The calibration for (log temperature, sharpness, offsets); offsets count relative to their mean."""
    temperature, sharpness, *offsets = values
    centred = np.array(offsets) - np.mean(offsets)
    return Calibration(float(np.exp(temperature)), tuple(centred.tolist()), float(sharpness))


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
