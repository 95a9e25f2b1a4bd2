"""What a prediction is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """The buying stage of one text.

    stage: one of `stageclf.LABELS`.
    confidence: the calibrated probability of that stage, 0 to 1.
    probabilities: the calibrated probability of every stage; they add up to 1.
    language: ISO 639-1 code, or "und" where the language cannot be told.
    needs_review: whether a person should rather look at it (the model is not sure enough, the text has
        letters that the model cannot read, or only a part of it could be read).
    note: why a person should look, or what else is worth knowing; empty as a rule.
    """

    stage: str
    confidence: float
    probabilities: Mapping[str, float]
    language: str
    needs_review: bool
    note: str = ""

    def to_dict(self) -> dict:
        """The prediction as a plain dictionary, ready for JSON."""
        return asdict(self)
