"""Train the model that ships, from data/ and models/base, into models/default.

    python scripts/build_base_model.py
    python scripts/train_default_model.py                       # the committed configuration
    python scripts/train_default_model.py --watch ../shared/real_dev/real_dev.jsonl
    python scripts/train_default_model.py --build-only          # quantized anew from the float model in runs/default
    python scripts/train_default_model.py --calibrate-only      # the model as it is, calibrated anew

--watch adds labelled texts whose figures are logged after every epoch; no epoch is selected by them
(recipes were: see models/EXPERIMENTS.md).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

import yaml
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from stageclf.data import LabelledText, load, load_phrases
from stageclf.data.labelled import read_jsonl
from stageclf.model.artefact import Artefact
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact, calibrate
from stageclf.training.exits import load_classifier
from stageclf.training.fine_tune import TrainingConfig, average_models, fine_tune

ROOT = Path(__file__).resolve().parents[1]
FACTS = "training.json"
CONFIG = Path(__file__).with_name("default_model.yaml")


class Texts(NamedTuple):
    """Which training texts a stage learns from, by the number of their portion and by a draw.

    below: portions from this number on are left out. share: of the others, drawn by their ids. twice_from: portions
    from this number on are taken whole and twice in an epoch, each time augmented otherwise. phrases: how often an
    epoch goes over data/phrases.
    """

    below: int | None = None
    share: float = 1.0
    twice_from: int | None = None
    phrases: int = 0

    def of(self, texts: Sequence[LabelledText], phrases: Sequence[LabelledText], seed: int) -> list[LabelledText]:
        """The texts that are taken, and again those that are taken twice, and the phrases."""
        taken, twice = [], []
        for text in texts:
            portion = int(text.author_batch.split("-")[1])
            if self.twice_from is not None and portion >= self.twice_from:
                twice.append(text)
            elif (self.below is None or portion < self.below) and _is_drawn(text, seed, self.share):
                taken.append(text)
        again = [replace(text, id=f"{text.id}/again") for text in twice]
        often = [replace(text, id=f"{text.id}/{time}") for time in range(self.phrases) for text in phrases]
        return [*taken, *twice, *again, *often]


class Stage(NamedTuple):
    """A run from where the one before it ended; the first one begins with the base model.

    What ships is the mean of what the stages ended with: better on texts of other kinds than the last one alone.
    """

    config: TrainingConfig
    texts: Texts = Texts()


def read_recipe(path: Path) -> list[Stage]:
    """The stages in a YAML file: options that all share, then those of each; ValueError for names that are none."""
    shared = yaml.safe_load(path.read_text(encoding="utf-8"))
    stages = [shared | stage for stage in shared.pop("stages", [{}])]
    known = {field.name for field in fields(TrainingConfig)} | {"texts"}
    if unknown := sorted({name for stage in stages for name in stage} - known):
        raise ValueError(f"{path}: unknown options {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    return [_stage(stage) for stage in stages]


def _stage(options: dict) -> Stage:
    texts = Texts(**options.pop("texts", {}))
    options["exits"] = tuple(options.get("exits", ()))
    options["augmentation"] = Augmentation(**options.get("augmentation", {}))
    return Stage(TrainingConfig(**options), texts)


def train(
    base: Path,
    checkpoint: Path,
    texts: Sequence[LabelledText],
    phrases: Sequence[LabelledText],
    stages: Sequence[Stage],
    watch: dict[str, list[LabelledText]],
) -> None:
    """Store the mean of the models after every stage in `checkpoint`, and the facts; the models in folders below."""
    started, folders = time.monotonic(), []
    for number, (config, choice) in enumerate(stages, start=1):
        taken = choice.of(texts, phrases, config.seed)
        _say(f"{len(taken):,} texts; {config}")
        model, tokenizer = fine_tune(base, taken, watch, config, log=_say)
        base = checkpoint / f"stage-{number}"
        _store(model, tokenizer, base)
        folders.append(base)
    _store(average_models(map(load_classifier, folders)), tokenizer, checkpoint)
    minutes = round((time.monotonic() - started) / 60)
    facts = {"texts": len(texts) + len(phrases), "seeds": [stage.config.seed for stage in stages], "minutes": minutes}
    (checkpoint / FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")


def _store(model: PreTrainedModel, tokenizer: Tokenizer, folder: Path) -> None:
    model.save_pretrained(folder)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _is_drawn(text: LabelledText, seed: int, share: float) -> bool:
    """Whether the text is among this share of all texts, drawn by its id."""
    return random.Random(f"{seed}/{text.id}").random() < share


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "default", help="the float model")
    parser.add_argument("--watch", type=Path, nargs="*", default=[])
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--calibrate-only", action="store_true")
    args = parser.parse_args()
    texts, phrases, validation = load("train"), load_phrases(), load("validation")
    if args.calibrate_only:
        spec = calibrate(Artefact.open(args.out).spec, args.out, validation)
    else:
        stages = read_recipe(args.config)
        if not args.build_only:
            watch = {"validation": validation} | {path.stem: read_jsonl(path) for path in args.watch}
            train(args.base, args.checkpoint, texts, phrases, stages, watch)
        model = load_classifier(args.checkpoint)
        facts = json.loads((args.checkpoint / FACTS).read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(args.checkpoint / "tokenizer.json"))
        learnt = [*texts, *phrases]
        spec = build_artefact(model, tokenizer, learnt, validation, args.out, stages[-1].config, facts)
    _say(f"{spec.calibration}, review below {spec.review_threshold}; written to {args.out}")


if __name__ == "__main__":
    main()
