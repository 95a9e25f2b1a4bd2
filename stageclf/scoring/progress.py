"""What a run says while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from stageclf.scoring.report import ScoreReport


@dataclass(frozen=True)
class Event:
    """Something that happened: "started", "note", "progress" or "finished", with its values."""

    name: str
    values: dict[str, Any]


@dataclass
class Watch:
    """Tells those who asked how far a run is; rate and remaining time count what this run itself has done.

    keeps: whether what is finished outlives an interruption.
    """

    on_progress: Callable[[float, int], None] | None = None
    on_event: Callable[[Event], None] | None = None
    keeps: bool = True
    _began: float = field(default_factory=time.monotonic, init=False)
    _share_before: float = field(default=0.0, init=False)
    _read_before: int = field(default=0, init=False)

    def tell(self, name: str, **values: Any) -> None:
        """Something happened; see `Event`."""
        if self.on_event:
            self.on_event(Event(name, values))

    def skipped(self, share: float, report: ScoreReport) -> None:
        """An earlier run had finished what is read so far."""
        self._share_before, self._read_before, self._began = share, report.read.total, time.monotonic()

    def advanced(self, share: float, report: ScoreReport) -> None:
        """A chunk is finished; `share` of the input is read, 0 to 1."""
        read = report.read.total
        if self.on_progress:
            self.on_progress(share, read)
        seconds = max(time.monotonic() - self._began, 1e-9)
        done = share - self._share_before
        self.tell(
            "progress",
            share=round(share, 4),
            read=read,
            finished=read if self.keeps else 0,
            scored=report.scored,
            unreadable=report.read.counts["unreadable"],
            rate=round((read - self._read_before) / seconds, 1),
            remaining=round(seconds * (1 - share) / done, 1) if done > 0 else None,
        )

    def finished(self, report: ScoreReport, output: str) -> None:
        """The output is where it belongs."""
        self.tell(
            "finished",
            output=output,
            read=report.read.total,
            scored=report.scored,
            empty=report.read.counts["empty"],
            unreadable=report.read.counts["unreadable"],
            needs_review=report.needs_review,
            resumed=report.resumed,
            seconds=round(report.seconds, 3),
        )
