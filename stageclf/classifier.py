"""StageClassifier: buying stages from texts, as a scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from stageclf.labeller import Labeller
from stageclf.model.artefact import Artefact
from stageclf.prediction import Prediction


class StageClassifier(ClassifierMixin, BaseEstimator):
    """Labels texts with the buying stage of their writer.

    Take the shipped model with `StageClassifier.from_pretrained()`, or fine-tune one of your own with
    `fit` (needs the extra: pip install "stageclf[train]").

    Parameters
    ----------
    base_model: for `fit` only: None to train the shipped model further, or the folder of another model of ours, or of
        a transformers encoder with a tokenizer.json.
    epochs, learning_rate, random_state: for `fit` only.
    threads: threads used for scoring; None for all available cores. 1 is best where several programs or requests
        compete for the cores.
    exact: whether every text goes through the whole model; without it, clear texts leave early (the model card says
        how many, and what that costs).

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
        exact: bool = False,
    ) -> None:
        self.base_model = base_model
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.random_state = random_state
        self.threads = threads
        self.exact = exact

    @classmethod
    def from_pretrained(
        cls,
        model: str | Path | None = None,
        *,
        threads: int | None = None,
        exact: bool = False,
        verify: bool = False,
    ) -> StageClassifier:
        """Load a model: the shipped one, a folder written by `save_pretrained`, or a Hugging Face Hub id.

        With `verify` its golden predictions are computed again; GoldenError is raised if they differ.
        Raises ArtefactError for a folder that is missing or is no stageclf model.
        """
        classifier = cls(threads=threads, exact=exact)
        classifier._take(Labeller.from_pretrained(model, threads=threads, exact=exact))
        if verify:
            classifier.labeller.check_golden()
        return classifier

    def save_pretrained(self, folder: str | Path) -> None:
        """Write the model folder, so that `from_pretrained(folder)` gives the same classifier again."""
        self.labeller.artefact.copy_to(folder)

    def fit(self, X: Sequence[str], y: Sequence[str]) -> StageClassifier:
        """Fine-tune `base_model` on texts `X` with labels `y`; a tenth of them is set aside to calibrate.

        The model lies in the system's temporary folder until `save_pretrained` copies it elsewhere.

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
        self._take(Labeller(Artefact.open(folder), self.threads, self.exact))
        return self

    def predict_proba(self, X: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, float64, shape (texts, stages), columns as in `classes_`."""
        return self.labeller.probabilities(X)[0]

    def predict(self, X: Sequence[str]) -> np.ndarray:
        """The most probable stage of each text, shape (texts,)."""
        best = self.predict_proba(X).argmax(axis=1)
        return self.classes_[best]

    def label(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> list[Prediction]:
        """A Prediction for each text; `languages` spares the detection where they are known."""
        return self.labeller.label(texts, languages)

    @property
    def labeller(self) -> Labeller:
        """The model without scikit-learn around it; raises NotFittedError where there is none yet."""
        if not hasattr(self, "labeller_"):
            raise NotFittedError(
                "this StageClassifier has no model yet: use StageClassifier.from_pretrained() or call fit()"
            )
        loaded = self.labeller_
        if (loaded.threads, loaded.exact) != (self.threads, self.exact):  # set_params
            self.labeller_ = Labeller(loaded.artefact, self.threads, self.exact)
        return self.labeller_

    def _take(self, labeller: Labeller) -> None:
        self.labeller_ = labeller
        self.spec_ = labeller.spec
        self.classes_ = np.array(labeller.spec.labels)

    def __sklearn_tags__(self):  # noqa: ANN204
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
