"""The columns of the output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from stageclf.inbox import Record
from stageclf.prediction import Prediction
from stageclf.scoring.privacy import Privacy
from stageclf.stages import LABELS, StageModel

SCORED = "scored"


class OutputColumns:
    """The columns of the output: the input's own, renamed where they clash with ours, then ours."""

    def __init__(
        self,
        own: dict[str, pa.DataType],
        labels: Sequence[str],
        several: bool,
        model: StageModel | None,
        privacy: Privacy,
    ) -> None:
        own = privacy.schema(own)
        self.privacy = privacy
        self.labels = list(labels)
        self.model = model
        self.several = several
        self.model_column = f"{model.name}_stage" if model else ""
        ours: dict[str, pa.DataType] = {"source": pa.string()} if several else {}
        ours |= {"stage": pa.string(), "confidence": pa.float64()}
        ours |= {f"p_{label}": pa.float64() for label in self.labels}
        ours |= {
            "language": pa.string(),
            "needs_review": pa.bool_(),
            "status": pa.string(),
            "note": pa.string(),
        }
        if model:
            ours[self.model_column] = pa.string()
        self.renamed = {name: f"input_{name}" if name in ours else name for name in own}
        self.schema = {self.renamed[name]: kind for name, kind in own.items()} | ours

    def row(self, record: Record, prediction: Prediction | None) -> dict[str, Any]:
        """The row of one record; without a prediction, its status says why there is none."""
        row: dict[str, Any] = dict.fromkeys(self.schema)
        for name, value in self.privacy.columns(record, prediction.language if prediction else "").items():
            row[self.renamed.get(name, name)] = value
        if self.several:
            row["source"] = record.source
        row["status"] = SCORED if prediction else record.status
        notes = [record.note]
        if prediction is not None:
            row["stage"], row["confidence"] = prediction.stage, prediction.confidence
            row |= {f"p_{label}": prediction.probabilities[label] for label in self.labels}
            row["language"], row["needs_review"] = prediction.language, prediction.needs_review
            if self.model:
                row[self.model_column] = self.model.map(prediction.stage) if prediction.stage in LABELS else None
            notes.append(prediction.note)
        row["note"] = "; ".join(note for note in notes if note)
        return row
