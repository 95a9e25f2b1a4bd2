"""Engines that score on many machines, with the rows that `stageclf.scoring.score_files` writes."""

from stageclf.engines.ray import EngineError, score_files_on_ray

__all__ = ["EngineError", "score_files_on_ray"]
