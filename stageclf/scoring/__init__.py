"""The batch job: records in, labelled rows out, and a report."""

from stageclf.scoring.job import score_files
from stageclf.scoring.privacy import Privacy
from stageclf.scoring.report import ScoreReport
from stageclf.scoring.sinks import SINKS, OutputError

__all__ = ["SINKS", "OutputError", "Privacy", "ScoreReport", "score_files"]
