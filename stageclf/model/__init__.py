"""Inference without torch: the artefact on disk, what is read, windows, the ONNX graphs, calibration."""

from stageclf.model.artefact import Artefact, ArtefactError, ModelSpec
from stageclf.model.calibration import Calibration
from stageclf.model.encoder import Encoder
from stageclf.model.windows import Frame, Window, cut_into_windows

__all__ = [
    "Artefact",
    "ArtefactError",
    "Calibration",
    "Encoder",
    "Frame",
    "ModelSpec",
    "Window",
    "cut_into_windows",
]
