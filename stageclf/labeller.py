"""Labeller: a loaded model that labels texts, without scikit-learn, whose import takes longer than all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stageclf.model.artefact import Artefact, ArtefactError, ModelSpec
from stageclf.model.encoder import Coverage, Encoder, Scores
from stageclf.prediction import Prediction
from stageclf.resources import resource_path
from stageclf.text.language import detect_language

if TYPE_CHECKING:
    from stageclf.classifier import StageClassifier

MOST_UNKNOWN = 0.3
GOLDEN_TOLERANCE = 0.05


class GoldenError(ValueError):
    """The model does not give the probabilities on this machine that it gave when it was made."""


class Labeller:
    """What the command line and StageClassifier label texts with.

    Take the shipped model with `Labeller.from_pretrained()`; `threads` is None for all available cores. With `exact`
    every text goes through the whole model; without it a text leaves at the first exit that is sure of it.
    """

    def __init__(self, artefact: Artefact, threads: int | None = None, exact: bool = False) -> None:
        self.artefact = artefact
        self.threads = threads
        self.exact = exact

    @classmethod
    def from_pretrained(
        cls, model: str | Path | None = None, *, threads: int | None = None, exact: bool = False
    ) -> Labeller:
        """Load a model: the shipped one, a folder, or a Hugging Face Hub id.

        Raises ArtefactError for a folder that is missing or is no stageclf model.
        """
        return cls(Artefact.open(model_folder(model)), threads, exact)

    @property
    def spec(self) -> ModelSpec:
        return self.artefact.spec

    @cached_property
    def encoder(self) -> Encoder:
        return Encoder(self.artefact, self.threads)

    def __getstate__(self) -> dict:
        """Without the encoder, whose sessions cannot be copied; it is loaded again where it is needed."""
        return {name: value for name, value in self.__dict__.items() if name != "encoder"}

    def probabilities(self, texts: Sequence[str], exact: bool | None = None) -> tuple[np.ndarray, list[Coverage]]:
        """Calibrated probabilities, float64, shape (texts, labels), and how each text was read.

        `exact` replaces that of the labeller.
        """
        scores = self.encoder.score(_checked_texts(texts), self.exact if exact is None else exact)
        return self._calibrated(scores), scores.coverages

    def _calibrated(self, scores: Scores) -> np.ndarray:
        """Probabilities by the calibration of that part of the model which decided each text."""
        probabilities = np.zeros(scores.logits.shape)
        calibrations = [*(rule.calibration for rule in self.spec.exits), self.spec.calibration]
        for part, calibration in enumerate(calibrations):
            here = scores.parts == part
            probabilities[here] = calibration.probabilities(scores.logits[here])
        return probabilities

    def label(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> list[Prediction]:
        """A Prediction for each text; `languages` spares the detection where they are known.

        Raises ValueError unless there are as many languages as texts.
        """
        texts = _checked_texts(texts)
        if languages is not None and len(languages) != len(texts):
            raise ValueError(f"{len(texts)} texts but {len(languages)} languages: give one for each text, or none")
        detected: dict[str, str] = {}

        def detect(some: list[str]) -> None:
            detected.update((text, detect_language(text)) for text in some)

        scores = self.encoder.score(texts, self.exact, detect if languages is None else None)
        languages = languages or [detected[text] for text in texts]
        rows = zip(texts, self._calibrated(scores), scores.coverages, languages, strict=True)
        return [self._prediction(*row) for row in rows]

    def _prediction(self, text: str, row: np.ndarray, coverage: Coverage, language: str) -> Prediction:
        best = int(row.argmax())
        confidence = float(row[best])
        note = ""
        if coverage.left_out:
            note = f"read in part: the text has {len(text):,} characters, its middle was left out"
        elif not coverage.tokens or not text.strip():
            note = "nothing to read"
        elif coverage.unknown_share > MOST_UNKNOWN:
            note = f"{coverage.unknown_share:.0%} of the text is in letters that the model does not know"
        return Prediction(
            stage=self.spec.labels[best],
            confidence=confidence,
            probabilities=dict(zip(self.spec.labels, row.tolist(), strict=True)),
            language=language,
            needs_review=bool(note) or confidence < self.spec.review_threshold,
            note=note,
        )

    def check_golden(self) -> None:
        """Compute the golden predictions of the model again; raises GoldenError if they differ."""
        golden = self.artefact.golden()
        if not golden:
            raise GoldenError(f"{self.artefact.folder} has no golden.json to check the model with")
        expected = np.array([[row["probabilities"][label] for label in self.spec.labels] for row in golden])
        found, _ = self.probabilities([row["text"] for row in golden], exact=False)
        worst = float(np.abs(expected - found).max())
        if (expected.argmax(axis=1) != found.argmax(axis=1)).any() or worst > GOLDEN_TOLERANCE:
            raise GoldenError(
                f"golden predictions differ by up to {worst:.3f} (at most {GOLDEN_TOLERANCE} expected): "
                "the model folder is damaged, or this CPU computes otherwise"
            )


def as_labeller(given: Labeller | StageClassifier | None) -> Labeller:
    """What labels texts in `given`; the shipped model for None."""
    if given is None:
        return Labeller.from_pretrained()
    return given if isinstance(given, Labeller) else given.labeller


def _checked_texts(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, str):
        raise TypeError("a list of texts is needed, found a single str; put it in a list: [text]")
    checked = list(texts)
    for row, text in enumerate(checked):
        if not isinstance(text, str):
            raise TypeError(f"texts must be str; row {row} is {type(text).__name__}")
    return checked


def model_folder(model: str | Path | None = None) -> Path:
    """The folder of a model: the shipped one for None, a folder itself, a Hugging Face Hub id downloaded."""
    if model is None:
        return resource_path("models/default")
    return _download(str(model)) if _looks_like_hub_id(model) else Path(model)


def _looks_like_hub_id(model: str | Path) -> bool:
    name = str(model)
    return (
        isinstance(model, str)
        and name.count("/") == 1
        and not name.startswith((".", "/", "~"))
        and not (Path(name).exists() or Path(name).parent.exists())
    )


def _download(hub_id: str) -> Path:
    """Fetch a model folder from the Hugging Face Hub."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(hub_id))
    except (OSError, ValueError) as error:
        raise ArtefactError(
            f"cannot fetch {hub_id!r} from the Hugging Face Hub ({type(error).__name__}): check the id and the "
            "network, or give a model folder"
        ) from error
