"""A model on disk: one folder with the ONNX graphs, tokenizer.json, stageclf.json, golden.json and a card."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

from stageclf.model.calibration import Calibration
from stageclf.stages import LABELS

FORMAT = 1
GRAPH, TOKENIZER, SPEC, GOLDEN, CARD = (
    "model.onnx",
    "tokenizer.json",
    "stageclf.json",
    "golden.json",
    "README.md",
)


class ArtefactError(ValueError):
    """A model folder that cannot be used; the message says which file is at fault and what to do."""


@dataclass(frozen=True)
class Exit:
    """An exit of the model: how its logits become probabilities, and the confidence from which it decides a text."""

    calibration: Calibration = field(default_factory=Calibration)
    threshold: float = 2.0  # never reached


@dataclass(frozen=True)
class ModelSpec:
    """What stageclf.json holds.

    labels: the labels in the order of the logits.
    prefix: text put before every input, as the encoder was trained with.
    max_tokens: tokens of a window, prefix and special tokens included.
    overlap: tokens that two neighbouring windows share where a line is longer than a window.
    max_windows: windows read of one text at most: half of them from its start, half from its end.
    exits: the exits, from below; the model has one more graph than exits, run one after the other.
    prepare_text: whether a text is read as stageclf.model.reading prepares it, or as it is.
    review_threshold: predictions with a lower confidence are marked for review.
    review_risk: the share of wrong labels among the rest, as measured on the validation texts.
    versions: what the model was made with, for the record.
    training: what it was trained on: number of texts, languages, seeds, minutes.
    """

    labels: tuple[str, ...] = LABELS
    prefix: str = "query: "
    max_tokens: int = 256
    overlap: int = 64
    max_windows: int = 64
    prepare_text: bool = False
    calibration: Calibration = field(default_factory=Calibration)
    exits: tuple[Exit, ...] = ()
    review_threshold: float = 0.0
    review_risk: float = 1.0
    versions: dict[str, str] = field(default_factory=dict)
    training: dict[str, int | list[str]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, source: str) -> ModelSpec:
        """Parse stageclf.json; raises ArtefactError naming `source` if it is not one of ours."""
        try:
            values = json.loads(text)
            found = values.pop("format")
        except (json.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
            raise ArtefactError(f"{source} is not the description of a stageclf model: {error!r}") from error
        if found != FORMAT:
            raise ArtefactError(
                f"{source} has format {found}; this version of stageclf reads format {FORMAT}. "
                "Install the version of stageclf that wrote it."
            )
        try:
            values["calibration"] = Calibration(**values.get("calibration", {}))
            exits = tuple(Exit(Calibration(**e["calibration"]), e["threshold"]) for e in values.get("exits", ()))
            spec = cls(**values | {"labels": tuple(values["labels"]), "exits": exits})
        except (TypeError, KeyError) as error:
            raise ArtefactError(f"{source} does not fit this version of stageclf: {error}") from error
        return spec


def graph_files(folder: Path, exits: int) -> list[Path]:
    """Where the graphs of a model with so many exits are: model.onnx, model-2.onnx …"""
    later = [folder / f"{Path(GRAPH).stem}-{part}.onnx" for part in range(2, exits + 2)]
    return [folder / GRAPH, *later]


@dataclass(frozen=True)
class Artefact:
    """An opened model folder."""

    folder: Path
    spec: ModelSpec

    @classmethod
    def open(cls, folder: str | Path) -> Artefact:
        """Open a model folder; raises ArtefactError if it is missing or incomplete."""
        folder = Path(folder)
        if not folder.is_dir():
            raise ArtefactError(f"no model folder {folder}: give the folder that save_pretrained() wrote")
        missing = [name for name in (GRAPH, TOKENIZER, SPEC) if not (folder / name).is_file()]
        if missing:
            found = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
            raise ArtefactError(f"{folder} is not a stageclf model: {', '.join(missing)} missing (found {found})")
        source = folder / SPEC
        artefact = cls(folder, ModelSpec.from_json(source.read_text(encoding="utf-8"), str(source)))
        if missing := [path.name for path in artefact.graphs if not path.is_file()]:
            raise ArtefactError(f"{folder} is not complete: {', '.join(missing)} missing, which {SPEC} speaks of")
        return artefact

    @property
    def graphs(self) -> list[Path]:
        """The parts of the model, in the order in which they run."""
        return graph_files(self.folder, len(self.spec.exits))

    @property
    def tokenizer(self) -> Path:
        return self.folder / TOKENIZER

    def golden(self) -> list[dict]:
        """Texts with the probabilities that the model gave them when it was made; empty if none are stored."""
        path = self.folder / GOLDEN
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []

    def copy_to(self, folder: str | Path) -> None:
        """Copy all files of the model into `folder`, which is made if need be."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("model-*.onnx"):
            if not (self.folder / old.name).exists():
                old.unlink()
        for path in self.folder.iterdir():
            if path.is_file() and path.resolve() != (target / path.name).resolve():
                shutil.copyfile(path, target / path.name)
