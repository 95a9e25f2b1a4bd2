"""Train the model that ships, from data/ and models/base, into models/default.

    python scripts/build_base_model.py
    python scripts/train_default_model.py                       # the committed configuration
    python scripts/train_default_model.py --watch ../shared/real_dev/real_dev.jsonl
    python scripts/train_default_model.py --update              # the model that is there learns from later portions
    python scripts/train_default_model.py --build-only          # quantized anew from the float model in runs/default
    python scripts/train_default_model.py --calibrate-only      # the model as it is, calibrated anew

--watch adds labelled texts whose figures are logged after every epoch; no epoch is selected by them
(recipes were: see models/EXPERIMENTS.md).
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

import yaml
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from stageclf.data import LabelledText, load
from stageclf.data.labelled import read_jsonl
from stageclf.model.artefact import Artefact
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact, calibrate
from stageclf.training.exits import load_classifier
from stageclf.training.fine_tune import TrainingConfig, average_models, evaluate, fine_tune
from stageclf.training.read_back import write_checkpoint

ROOT = Path(__file__).resolve().parents[1]
FACTS = "training.json"
CONFIG = Path(__file__).with_name("default_model.yaml")


class Runs(NamedTuple):
    """A pair of runs: on texts of portions below a number (None: on all); whether the first model counts, too."""

    below: int | None = None
    keep_first: bool = False


class Update(NamedTuple):
    """A run from the model that ships, on all texts of portions from a number on and a share of the older ones."""

    config: TrainingConfig
    from_portion: int = 0
    share: float = 1.0


class Recipe(NamedTuple):
    """How the first run of a pair is done, how the second one from its result, and on which share of the texts."""

    first: TrainingConfig
    second: TrainingConfig
    share: float
    pairs: list[Runs]
    update: Update


def read_recipe(path: Path) -> Recipe:
    """The recipe in a YAML file; raises ValueError for names that are no options."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs, finish = [Runs(**pair) for pair in values.pop("runs", [{}])], values.pop("finish", {})
    update, share = values.pop("update", {}), finish.pop("share", 1.0)
    texts = {name: update.pop(name) for name in ("from_portion", "share") if name in update}
    known = {field.name for field in fields(TrainingConfig)}
    if unknown := sorted((set(values) | set(finish) | set(update)) - known):
        raise ValueError(f"{path}: unknown options {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    values["exits"] = tuple(values.get("exits", ()))
    for options in (values, finish, update):
        options["augmentation"] = Augmentation(**options.get("augmentation", {}))
    first = TrainingConfig(**values)
    return Recipe(first, replace(first, **finish), share, pairs, Update(replace(first, **update), **texts))


def _say(line: str) -> None:
    print(line, flush=True)


def _portion(text: LabelledText) -> int:
    """The number of the portion ("el-042")."""
    return int(text.author_batch.split("-")[1])


def _of_portions(texts: Sequence[LabelledText], below: int | None) -> list[LabelledText]:
    """The texts whose portion has a number below this; all for None."""
    return [text for text in texts if below is None or _portion(text) < below]


def train_all(
    base: Path,
    checkpoint: Path,
    train: Sequence[LabelledText],
    recipe: Recipe,
    watch: dict[str, list[LabelledText]],
) -> None:
    """Store in `checkpoint` the mean of the weights of the runs that count, and the facts."""
    started, most = time.monotonic(), 0
    models: list[PreTrainedModel] = []
    for runs in recipe.pairs:
        texts = _of_portions(train, runs.below)
        most = max(most, len(texts))
        first, second, tokenizer = _train_pair(base, texts, recipe, watch)
        models += [first, second] if runs.keep_first else [second]
    _save_mean(models, tokenizer, checkpoint, watch, recipe.first)
    minutes = round((time.monotonic() - started) / 60)
    _save_facts(checkpoint, {"texts": most, "seeds": [recipe.first.seed], "minutes": minutes})


def update(
    shipped: Artefact,
    checkpoint: Path,
    train: Sequence[LabelledText],
    recipe: Recipe,
    watch: dict[str, list[LabelledText]],
) -> None:
    """Store in `checkpoint` the mean of the model that ships and of what later portions make of it, and the facts."""
    started, (config, first_new, share) = time.monotonic(), recipe.update
    taken = [text for text in train if _portion(text) >= first_new or _is_taken(text, config.seed, share)]
    _say(f"{len(taken):,} texts; {config}")
    with tempfile.TemporaryDirectory() as folder:
        write_checkpoint(shipped, Path(folder))
        new, tokenizer = fine_tune(Path(folder), taken, watch, config, log=_say)
        old = load_classifier(folder)
    old.get_input_embeddings().weight.requires_grad_(False)  # frozen, as in the new one: no part of a mean
    _save_mean([new, old], tokenizer, checkpoint, watch, config)
    before = shipped.spec.training
    minutes = before.get("minutes", 0) + round((time.monotonic() - started) / 60)
    _save_facts(checkpoint, {"texts": len(train), "seeds": before.get("seeds", []), "minutes": minutes})


def _train_pair(
    base: Path, texts: Sequence[LabelledText], recipe: Recipe, watch: dict[str, list[LabelledText]]
) -> tuple[PreTrainedModel, PreTrainedModel, Tokenizer]:
    """The models of a first run and of the second one from its result, and their tokenizer."""
    _say(f"{len(texts):,} texts; {recipe.first}")
    first, tokenizer = fine_tune(base, texts, watch, recipe.first, log=_say)
    taken = [text for text in texts if _is_taken(text, recipe.first.seed, recipe.share)]
    _say(f"second run: {len(taken):,} texts")
    with tempfile.TemporaryDirectory() as folder:
        _save(first, tokenizer, Path(folder))
        second, tokenizer = fine_tune(Path(folder), taken, watch, recipe.second, log=_say)
    return first, second, tokenizer


def _save(model: PreTrainedModel, tokenizer: Tokenizer, folder: Path) -> None:
    model.save_pretrained(folder)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _save_mean(
    models: list[PreTrainedModel],
    tokenizer: Tokenizer,
    checkpoint: Path,
    watch: dict[str, list[LabelledText]],
    config: TrainingConfig,
) -> None:
    model = average_models(models)
    for name, texts in watch.items():
        _say(f"mean of {len(models)}: {name} {evaluate(model, tokenizer, texts, config)}")
    _save(model, tokenizer, checkpoint)


def _save_facts(checkpoint: Path, facts: dict[str, int | list[int]]) -> None:
    (checkpoint / FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")


def _is_taken(text: LabelledText, seed: int, share: float) -> bool:
    """Whether the text is among this share of all texts, drawn by its id."""
    return random.Random(f"{seed}/{text.id}").random() < share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "default", help="the float model")
    parser.add_argument("--watch", type=Path, nargs="*", default=[])
    parser.add_argument("--update", action="store_true", help="train on from the model in --out")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--calibrate-only", action="store_true")
    args = parser.parse_args()
    train, validation = load("train"), load("validation")
    if args.calibrate_only:
        spec = calibrate(Artefact.open(args.out).spec, args.out, validation)
    else:
        recipe = read_recipe(args.config)
        watch = {"validation": validation} | {path.stem: read_jsonl(path) for path in args.watch}
        if args.update:
            update(Artefact.open(args.out), args.checkpoint, train, recipe, watch)
        elif not args.build_only:
            train_all(args.base, args.checkpoint, train, recipe, watch)
        model = load_classifier(args.checkpoint)
        facts = json.loads((args.checkpoint / FACTS).read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(args.checkpoint / "tokenizer.json"))
        spec = build_artefact(model, tokenizer, train, validation, args.out, recipe.first, facts)
    _say(f"{spec.calibration}, review below {spec.review_threshold}; written to {args.out}")


if __name__ == "__main__":
    main()
