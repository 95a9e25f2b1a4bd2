import numpy as np
import pytest

from stageclf.model.calibration import Calibration, fit_calibration, review_threshold


def test_probabilities_add_up_and_keep_the_order():
    logits = np.array([[2.0, 1.0, -1.0], [500.0, 0.0, 1.0]])
    probabilities = Calibration(1.7).probabilities(logits)
    assert probabilities.sum(axis=1) == pytest.approx([1, 1])
    assert (probabilities.argmax(axis=1) == logits.argmax(axis=1)).all()


def test_an_overconfident_model_is_cooled():
    rng = np.random.default_rng(0)
    targets = rng.integers(0, 3, 2000)
    logits = np.eye(3)[np.where(rng.random(2000) < 0.7, targets, rng.integers(0, 3, 2000))] * 10
    calibration = fit_calibration(logits, targets)
    assert calibration.temperature > 2
    assert abs(calibration.sharpness) < 0.1
    assert calibration.probabilities(logits).max(axis=1).mean() == pytest.approx(0.8, abs=0.03)


def test_a_label_that_is_found_too_often_is_offset():
    targets = np.array([0] * 50 + [1] * 50)
    logits = np.array([[2.0, 0.0]] * 50 + [[1.0, 0.0]] * 50)
    probabilities = fit_calibration(logits, targets).probabilities(logits)
    assert (probabilities.argmax(axis=1) == targets).all()


def test_close_calls_become_less_sure_and_clear_ones_surer():
    rng = np.random.default_rng(1)
    clear = rng.random(4000) < 0.5
    targets = rng.integers(0, 3, 4000)
    right = rng.random(4000) < np.where(clear, 0.97, 0.55)
    logits = np.eye(3)[np.where(right, targets, (targets + 1) % 3)] * np.where(clear, 3.0, 1.5)[:, None]
    calibration = fit_calibration(logits, targets)
    confidences = calibration.probabilities(logits).max(axis=1)
    assert calibration.sharpness > 0.2
    assert confidences[clear].mean() == pytest.approx(0.97, abs=0.02)
    assert confidences[~clear].mean() == pytest.approx(0.55, abs=0.05)
    assert (calibration.probabilities(logits).argmax(axis=1) == logits.argmax(axis=1)).mean() > 0.99


def test_the_review_threshold_keeps_its_promise():
    confidences = np.array([0.99, 0.9, 0.8, 0.7, 0.6])
    correct = np.array([True, True, True, False, False])
    threshold, risk, share = review_threshold(confidences, correct, risk=0.25)
    assert (threshold, risk, share) == (0.7, 0.25, 0.8)
    assert review_threshold(confidences, np.zeros(5, bool), 0.1) == (1.0, 0.0, 0.0)
