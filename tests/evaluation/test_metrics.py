import numpy as np
import pytest

from stageclf.evaluation import expected_calibration_error, measure, tfidf_baseline


def test_figures_by_hand():
    true = ["a", "a", "b", "b"]
    scores = measure(true, ["a", "b", "b", "b"], ["a", "b", "c"], np.array([[0.9, 0.1, 0]] * 4))
    assert scores.accuracy == 0.75
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)
    assert scores.confusion.tolist() == [[1, 1, 0], [0, 2, 0], [0, 0, 0]]
    assert scores.calibration_error == pytest.approx(0.15)
    low, high = scores.accuracy_interval
    assert low <= 0.75 <= high


def test_calibration_error_is_nought_for_honest_confidence():
    confidence = np.array([0.5] * 10 + [1.0] * 10)
    correct = np.array([True, False] * 5 + [True] * 10)
    assert expected_calibration_error(confidence, correct) == pytest.approx(0)
    assert expected_calibration_error(confidence, ~correct) == pytest.approx(0.5)


def test_the_baseline_learns():
    texts = ["please send the contract", "we accept the contract", "where is the parcel", "parcel is broken"] * 5
    labels = ["buy", "buy", "after", "after"] * 5
    assert list(tfidf_baseline(texts, labels).predict(["the contract", "my parcel"])) == ["buy", "after"]
