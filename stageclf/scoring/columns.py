"""The columns of the output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pyarrow as pa

from stageclf.inbox import Record
from stageclf.inbox.notes import BETWEEN, asks_for_review
from stageclf.prediction import Prediction
from stageclf.scoring.privacy import Privacy
from stageclf.stages import LABELS, StageModel

SCORED = "scored"


class OutputColumns:
    """The columns of the output: the input's own, renamed where they clash with ours, then ours.

    own: the input's columns and their types. labels: the classifier's, a column of probabilities each.
    several: whether a column tells the file.
    model: another model of the buying process, whose stages get a column.
    privacy: what is hidden of the input's own columns, of `source` and of `note`.
    week: whether a column holds the Monday of the record's week, where its date is known.
    folds_case: whether names that differ in capitals only clash.
    """

    def __init__(
        self,
        own: dict[str, pa.DataType],
        labels: Sequence[str],
        several: bool,
        model: StageModel | None,
        privacy: Privacy,
        *,
        week: bool = False,
        folds_case: bool = False,
    ) -> None:
        own = privacy.schema(own)
        self.privacy = privacy
        self.labels = list(labels)
        self.model = model
        self.several = several
        self.week = week
        self.model_column = f"{model.name}_stage" if model else ""
        ours: dict[str, pa.DataType] = {"source": pa.string()} if several else {}
        ours |= {"week": pa.date32()} if week else {}
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
        self.ours = ours
        self.renamed = _renamed(own, ours, folds_case)
        self.schema = {self.renamed[name]: _plain_type(kind) for name, kind in own.items()} | ours

    def row(self, record: Record, prediction: Prediction | None) -> dict[str, Any]:
        """The row of one record; without a prediction, its status says why there is none."""
        row: dict[str, Any] = dict.fromkeys(self.schema)
        notes = [record.note]
        for name, value in self.privacy.columns(record, prediction.language if prediction else "").items():
            if name in self.renamed:
                row[self.renamed[name]] = value
            else:
                notes.append(f"column {name!r} is left out: it was not there when the run began")
        if self.several:
            row["source"] = self.privacy.source(record)
        if self.week and record.date and not self.privacy.no_text:
            day = record.date.date()
            row["week"] = day - timedelta(days=day.weekday())
        row["status"] = SCORED if prediction else record.status
        if prediction is not None:
            row["stage"], row["confidence"] = prediction.stage, prediction.confidence
            row |= {f"p_{label}": prediction.probabilities[label] for label in self.labels}
            row["language"] = prediction.language
            row["needs_review"] = prediction.needs_review or asks_for_review(record.note)
            if self.model:
                row[self.model_column] = self.model.map(prediction.stage) if prediction.stage in LABELS else None
            notes.append(prediction.note)
        row["note"] = self.privacy.note(BETWEEN.join(filter(None, notes)))
        return row


def _renamed(own: dict[str, pa.DataType], ours: dict[str, pa.DataType], folds_case: bool) -> dict[str, str]:
    """The names that the input's own columns have in the output: "input_…" where they were taken."""

    def key(name: str) -> str:
        return name.lower() if folds_case else name

    taken = {key(name) for name in ours}
    names: dict[str, str] = {}
    for name in own:
        if key(name) not in taken:
            names[name] = name
            taken.add(key(name))
    for name in own:
        if name not in names:
            new = f"input_{name}"
            while key(new) in taken:
                new = f"input_{new}"
            names[name] = new
            taken.add(key(new))
    return names


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
