"""stageclf: tells from what customers write where they are in buying."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from stageclf.stages import LABELS, STAGES, Stage, StageModel, get_stage, load_stage_model

if TYPE_CHECKING:
    from stageclf.classifier import StageClassifier
    from stageclf.prediction import Prediction
    from stageclf.scoring.memory import score

# ONNX Runtime reports its use to its maker from version 1.31 on; this must stand before it is first imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
__all__ = [
    "LABELS",
    "STAGES",
    "Prediction",
    "Stage",
    "StageClassifier",
    "StageModel",
    "get_stage",
    "load_stage_model",
    "score",
]

_LAZY = {
    "Prediction": "stageclf.prediction",
    "StageClassifier": "stageclf.classifier",
    "score": "stageclf.scoring.memory",
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'stageclf' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
