"""What a run did, counted chunk by chunk so that a later run can go on counting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from stageclf.inbox import ReadReport
from stageclf.prediction import Prediction

MOST_NOTES = 1000
OTHER_NOTES = "other notes, see the column note"


@dataclass
class Tally:
    """Counts over some records: stages by language, notes, how many a person should look at."""

    stages: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    needs_review: int = 0

    def count(self, prediction: Prediction | None, note: str, needs_review: bool) -> None:
        """Count one record with its prediction, if it has one, its note, and whether a person should look at it."""
        self.needs_review += needs_review
        if prediction is not None:
            self.stages[prediction.language, prediction.stage] += 1
        if note:
            self._note(note, 1)

    def add(self, other: Tally) -> None:
        """Count what another tally has counted, too."""
        self.stages.update(other.stages)
        self.needs_review += other.needs_review
        for note, count in other.notes.items():
            self._note(note, count)

    def _note(self, note: str, count: int) -> None:
        """Different notes are counted up to a number, so that memory does not grow with the input."""
        known = note in self.notes or len(self.notes) < MOST_NOTES
        self.notes[note if known else OTHER_NOTES] += count

    def to_dict(self) -> dict[str, Any]:
        """The counts in a form that JSON knows."""
        stages = [[*key, count] for key, count in self.stages.items()]
        return {"stages": stages, "notes": dict(self.notes), "needs_review": self.needs_review}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Tally:
        """The counts that `to_dict` gave."""
        stages = Counter({(language, stage): count for language, stage, count in values["stages"]})
        return cls(stages, Counter(values["notes"]), values["needs_review"])


@dataclass
class ScoreReport(Tally):
    """What a run did: what was read, stages by language, notes on single records, seconds.

    resumed: records that an earlier run had finished.
    remarks: what there is to say about the run as a whole, such as that an input has grown.
    """

    read: ReadReport = field(default_factory=ReadReport)
    seconds: float = 0.0
    resumed: int = 0
    remarks: list[str] = field(default_factory=list)

    def merge(self, other: ScoreReport) -> None:
        """Count what another worker read and scored; the rest stays one's own."""
        self.add(other)
        for status, number in other.read.counts.items():
            self.read.counts[status] += number

    @property
    def scored(self) -> int:
        """Records that got a stage."""
        return sum(self.stages.values())
