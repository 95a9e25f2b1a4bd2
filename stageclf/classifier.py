"""StageClassifier: buying stages from texts, as a scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from stageclf.model.artefact import Artefact, ArtefactError
from stageclf.model.encoder import Coverage, Encoder
from stageclf.prediction import Prediction
from stageclf.resources import resource_path
from stageclf.text.language import detect_language

MOST_UNKNOWN = 0.3


class GoldenError(ValueError):
    """The model does not give the probabilities on this machine that it gave when it was made."""


class StageClassifier(ClassifierMixin, BaseEstimator):
    """Labels texts with the buying stage of their writer.

    Take the shipped model with `StageClassifier.from_pretrained()`, or fine-tune one of your own with
    `fit` (needs the extra: pip install "stageclf[train]").

    Parameters
    ----------
    base_model: folder of a transformers encoder with a tokenizer.json, for `fit` only.
    epochs, learning_rate, random_state: for `fit` only.
    threads: threads used for scoring; None for all available cores.

    Attributes
    ----------
    classes_: array of the labels, in the column order of `predict_proba`.
    spec_: the description stored with the model (limits, calibration, review threshold).

    Examples
    --------
    >>> from stageclf import StageClassifier
    >>> clf = StageClassifier.from_pretrained()
    >>> str(clf.predict(["Where is my parcel? I ordered two weeks ago."])[0])
    'post_purchase'
    """

    def __init__(
        self,
        base_model: str | Path | None = None,
        *,
        epochs: int = 5,
        learning_rate: float = 1.2e-4,
        random_state: int = 7,
        threads: int | None = None,
    ) -> None:
        self.base_model = base_model
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.random_state = random_state
        self.threads = threads

    @classmethod
    def from_pretrained(
        cls, model: str | Path | None = None, *, threads: int | None = None, verify: bool = False
    ) -> StageClassifier:
        """Load a model: the shipped one, a folder written by `save_pretrained`, or a Hugging Face Hub id.

        With `verify` its golden predictions are computed again; GoldenError is raised if they differ.
        Raises ArtefactError for a folder that is missing or is no stageclf model.
        """
        classifier = cls(threads=threads)
        classifier._open(Artefact.open(model_folder(model)))
        if verify:
            classifier._check_golden()
        return classifier

    def save_pretrained(self, folder: str | Path) -> None:
        """Write the model folder, so that `from_pretrained(folder)` gives the same classifier again."""
        self._encoder.artefact.copy_to(folder)

    def fit(self, X: Sequence[str], y: Sequence[str]) -> StageClassifier:
        """Fine-tune `base_model` on texts `X` with labels `y`; a tenth of them is set aside to calibrate.

        Raises MissingExtraError without the extra `train`, ValueError for labels that are no buying stage.
        """
        from stageclf.training import fit_artefact

        folder = fit_artefact(
            X,
            y,
            base=self.base_model,
            epochs=self.epochs,
            learning_rate=self.learning_rate,
            seed=self.random_state,
        )
        self._open(Artefact.open(folder))
        return self

    def predict_proba(self, X: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, float64, shape (texts, stages), columns as in `classes_`."""
        return self._probabilities(X)[0]

    def predict(self, X: Sequence[str]) -> np.ndarray:
        """The most probable stage of each text, shape (texts,)."""
        best = self.predict_proba(X).argmax(axis=1)
        return self.classes_[best]

    def label(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> list[Prediction]:
        """A Prediction for each text; `languages` spares the detection where they are known."""
        probabilities, coverages = self._probabilities(texts)
        if languages is None:
            languages = [detect_language(text) for text in texts]
        rows = zip(texts, probabilities, coverages, languages, strict=True)
        return [self._prediction(*row) for row in rows]

    def _prediction(self, text: str, row: np.ndarray, coverage: Coverage, language: str) -> Prediction:
        best = int(row.argmax())
        confidence = float(row[best])
        note = ""
        if coverage.left_out:
            note = f"read in part: the text has {len(text):,} characters, its middle was left out"
        elif not coverage.tokens:
            note = "nothing to read"
        elif coverage.unknown_share > MOST_UNKNOWN:
            note = f"{coverage.unknown_share:.0%} of the text is in letters that the model does not know"
        return Prediction(
            stage=str(self.classes_[best]),
            confidence=confidence,
            probabilities=dict(zip(self.classes_.tolist(), row.tolist(), strict=True)),
            language=language,
            needs_review=bool(note) or confidence < self.spec_.review_threshold,
            note=note,
        )

    def _probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Coverage]]:
        encoder = self._encoder
        logits, coverages = encoder.logits(_checked_texts(texts))
        return encoder.spec.calibration.probabilities(logits), coverages

    def _open(self, artefact: Artefact) -> None:
        self.encoder_ = Encoder(artefact, self.threads)
        self.spec_ = artefact.spec
        self.classes_ = np.array(artefact.spec.labels)

    @property
    def _encoder(self) -> Encoder:
        if not hasattr(self, "encoder_"):
            raise NotFittedError(
                "this StageClassifier has no model yet: use StageClassifier.from_pretrained() or call fit()"
            )
        return self.encoder_

    def _check_golden(self) -> None:
        golden = self._encoder.artefact.golden()
        if not golden:
            raise GoldenError(f"{self._encoder.artefact.folder} has no golden.json to check the model with")
        expected = np.array([[row["probabilities"][c] for c in self.classes_] for row in golden])
        found = self.predict_proba([row["text"] for row in golden])
        worst = float(np.abs(expected - found).max())
        if (expected.argmax(axis=1) != found.argmax(axis=1)).any() or worst > GOLDEN_TOLERANCE:
            raise GoldenError(
                f"golden predictions differ by up to {worst:.3f} (at most {GOLDEN_TOLERANCE} expected): "
                "the model folder is damaged, or this CPU computes otherwise"
            )

    def __sklearn_tags__(self):  # noqa: ANN204
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


GOLDEN_TOLERANCE = 0.05


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
