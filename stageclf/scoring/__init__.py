"""The batch job: records in, labelled rows out, and a report."""

from stageclf.scoring.job import score_files
from stageclf.scoring.memory import score
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.progress import Event
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import SINKS, OutputError

__all__ = ["SINKS", "Event", "OutputError", "Privacy", "ScoreReport", "score", "score_files"]
