"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from stageclf import StageClassifier

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def classifier() -> StageClassifier:
    """The shipped model."""
    return StageClassifier.from_pretrained()


@pytest.fixture(scope="session")
def example_inbox() -> Path:
    return ROOT / "data" / "examples" / "inbox.mbox"
