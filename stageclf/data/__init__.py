"""The labelled set that comes with the package, and reading labelled texts in general."""

from stageclf.data.labelled import SPLITS, LabelledText, load, load_phrases

__all__ = ["SPLITS", "LabelledText", "load", "load_phrases"]
