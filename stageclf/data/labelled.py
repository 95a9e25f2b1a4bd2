"""Labelled texts: what one is, and loading the shipped set."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

from stageclf.resources import resource_path

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One labelled text; data/README.md explains the fields."""

    id: str
    text: str
    label: str
    language: str
    channel: str = ""
    domain: str = ""
    split: str = ""
    hard: bool = False
    author_batch: str = ""
    second_label: str = ""

    @classmethod
    def from_dict(cls, row: dict) -> LabelledText:
        """Build from a JSON object; fields that are not ours are left out."""
        return cls(**{field.name: row[field.name] for field in fields(cls) if field.name in row})


def read_jsonl(path: Path) -> list[LabelledText]:
    """All labelled texts of one JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [LabelledText.from_dict(json.loads(line)) for line in lines if line.strip()]


def load(split: str = "train", language: str | None = None) -> list[LabelledText]:
    """The shipped labelled texts of one split ("train", "validation" or "test"), of all or one language.

    Raises ValueError for a split or language that does not exist, naming those that do.
    """
    if split not in SPLITS:
        raise ValueError(f"unknown split {split!r}; there are: {', '.join(SPLITS)}")
    files = {path.stem: path for path in sorted(resource_path(f"data/{split}").glob("*.jsonl"))}
    if language is not None:
        if language not in files:
            raise ValueError(f"no texts in language {language!r}; there are: {', '.join(files)}")
        files = {language: files[language]}
    return [text for path in files.values() for text in read_jsonl(path)]


def load_phrases() -> list[LabelledText]:
    """What customers usually write, in the usual words: in short, of all languages; for training only."""
    return [text for path in sorted(resource_path("data/phrases").glob("*.jsonl")) for text in read_jsonl(path)]
