"""Measuring: scores with intervals, calibration, and the baseline that every number stands beside."""

from stageclf.evaluation.baselines import tfidf_baseline
from stageclf.evaluation.metrics import Scores, expected_calibration_error, measure

__all__ = ["Scores", "expected_calibration_error", "measure", "tfidf_baseline"]
