"""What a run did, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from stageclf.inbox import ReadReport
from stageclf.prediction import Prediction


@dataclass
class ScoreReport:
    """What a run did: what was read, stages by language, notes on single records, seconds."""

    read: ReadReport = field(default_factory=ReadReport)
    stages: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    needs_review: int = 0
    seconds: float = 0.0

    @property
    def scored(self) -> int:
        return sum(self.stages.values())

    def count(self, prediction: Prediction | None, note: str) -> None:
        """Count one row: its prediction, if it has one, and its note."""
        if prediction is not None:
            self.stages[prediction.language, prediction.stage] += 1
            self.needs_review += prediction.needs_review
        if note:
            self.notes[note] += 1

    def add(self, other: ScoreReport) -> None:
        """Count what another worker did; the seconds stay one's own."""
        for status, number in other.read.counts.items():
            self.read.counts[status] += number
        self.stages.update(other.stages)
        self.notes.update(other.notes)
        self.needs_review += other.needs_review
