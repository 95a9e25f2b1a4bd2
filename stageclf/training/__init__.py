"""Fine-tuning and exporting; needs the extra: pip install "stageclf[train]"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stageclf.extras import require
from stageclf.resources import resource_path
from stageclf.stages import LABELS


def fit_artefact(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    base: str | Path | None,
    epochs: int,
    learning_rate: float,
    seed: int,
) -> Path:
    """Fine-tune `base` (None: the shipped model) and write a model folder to a temporary place.

    See `StageClassifier.fit`.
    """
    base = resource_path("models/default") if base is None else Path(base)
    _check(texts, labels, base)
    for module in ("torch", "transformers", "onnx"):
        require(module, "train")
    from stageclf.training.build import fit_folder

    return fit_folder(list(texts), list(labels), base, epochs, learning_rate, seed)


def _check(texts: Sequence[str], labels: Sequence[str], base: Path) -> None:
    """Collect everything that is wrong with the input and answer once."""
    problems = []
    if not (base / "tokenizer.json").is_file():
        problems.append(f"base_model {base} is no encoder folder: it has no tokenizer.json")
    if len(texts) != len(labels):
        problems.append(f"{len(texts)} texts but {len(labels)} labels")
    unknown = sorted(set(map(str, labels)) - set(LABELS))
    if unknown:
        problems.append(f"unknown labels {', '.join(unknown)}; known: {', '.join(LABELS)}")
    if len(texts) < 20:
        problems.append(f"{len(texts)} texts are too few; at least 20 are needed")
    if problems:
        raise ValueError("; ".join(problems))
