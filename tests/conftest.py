"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from stageclf import StageClassifier

ROOT = Path(__file__).resolve().parents[1]


# How long an example takes says more of the machine than of the code.
settings.register_profile("stageclf", deadline=None)
settings.load_profile("stageclf")


@pytest.fixture(scope="session")
def classifier() -> StageClassifier:
    """The shipped model."""
    return StageClassifier.from_pretrained()


@pytest.fixture(scope="session")
def example_inbox() -> Path:
    return ROOT / "data" / "examples" / "inbox.mbox"
