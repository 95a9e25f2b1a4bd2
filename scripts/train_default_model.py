"""Train the model that ships, from data/ and models/base, into models/default.

    python scripts/build_base_model.py
    python scripts/train_default_model.py                       # the committed configuration
    python scripts/train_default_model.py --watch ../shared/real_dev/real_dev.jsonl
    python scripts/train_default_model.py --finish-only         # the second run anew, from the first one's model
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
from dataclasses import fields, replace
from pathlib import Path

import yaml
from tokenizers import Tokenizer

from stageclf.data import LabelledText, load
from stageclf.data.labelled import read_jsonl
from stageclf.model.artefact import Artefact
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact, calibrate
from stageclf.training.exits import load_classifier
from stageclf.training.fine_tune import TrainingConfig, average_models, evaluate, fine_tune

ROOT = Path(__file__).resolve().parents[1]
FACTS = "training.json"
CONFIG = Path(__file__).with_name("default_model.yaml")


def read_config(path: Path) -> tuple[TrainingConfig, list[int]]:
    """The training configuration of a YAML file and its seeds; raises ValueError for names that are no options."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    values.pop("finish", None)
    seeds = values.pop("seeds", [TrainingConfig.seed])
    known = {field.name for field in fields(TrainingConfig)}
    if unknown := sorted(set(values) - known):
        raise ValueError(f"{path}: unknown options {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    values["exits"] = tuple(values.get("exits", ()))
    config = TrainingConfig(**values | {"augmentation": Augmentation(**values.get("augmentation", {}))})
    return config, seeds


def _say(line: str) -> None:
    print(line, flush=True)


def read_finish(path: Path, config: TrainingConfig) -> tuple[TrainingConfig, float] | None:
    """The configuration of the second run, and the share of the texts it takes; None if there is none."""
    values = yaml.safe_load(path.read_text(encoding="utf-8")).get("finish")
    if not values:
        return None
    share = values.pop("share", 1.0)
    augmentation = Augmentation(**values.pop("augmentation", {}))
    return replace(config, **values, augmentation=augmentation), share


def finish(checkpoint: Path, config: TrainingConfig, share: float, watch: dict[str, list[LabelledText]]) -> None:
    """Go on from the model in `checkpoint` on a share of the texts, and store the result."""
    started = time.monotonic()

    def is_taken(text: LabelledText) -> bool:
        return random.Random(f"{config.seed}/{text.id}").random() < share

    texts = list(filter(is_taken, load("train")))
    _say(f"finish: {len(texts):,} texts")
    model, _ = fine_tune(checkpoint, texts, watch, config, log=_say)
    model.save_pretrained(checkpoint)
    facts = json.loads((checkpoint / FACTS).read_text(encoding="utf-8"))
    facts["minutes"] += round((time.monotonic() - started) / 60)
    (checkpoint / FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")


def train_all(
    base: Path, checkpoint: Path, config: TrainingConfig, seeds: list[int], watch: dict[str, list[LabelledText]]
) -> None:
    """Fine-tune once for each seed and store the mean of the weights, and the facts of the run, in `checkpoint`."""
    train = load("train")
    started = time.monotonic()
    models = []
    for seed in seeds:
        _say(f"seed {seed}")
        model, tokenizer = fine_tune(base, train, watch, replace(config, seed=seed), log=_say)
        models.append(model)
    model = average_models(models)
    for name, texts in watch.items():
        _say(f"mean of {len(models)}: {name} {evaluate(model, tokenizer, texts, config)}")
    model.save_pretrained(checkpoint)
    tokenizer.no_truncation()
    tokenizer.save(str(checkpoint / "tokenizer.json"), pretty=False)
    facts = {"seeds": seeds, "minutes": round((time.monotonic() - started) / 60)}
    (checkpoint / FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "default", help="the float model")
    parser.add_argument("--watch", type=Path, nargs="*", default=[])
    parser.add_argument("--finish-only", action="store_true")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--calibrate-only", action="store_true")
    args = parser.parse_args()
    train, validation = load("train"), load("validation")
    if args.calibrate_only:
        spec = calibrate(Artefact.open(args.out).spec, args.out, validation)
    else:
        config, seeds = read_config(args.config)
        _say(f"{len(train):,} training and {len(validation):,} validation texts; {config}")
        if not args.build_only:
            watch = {"validation": validation} | {path.stem: read_jsonl(path) for path in args.watch}
            if not args.finish_only:
                train_all(args.base, args.checkpoint, config, seeds, watch)
            if second := read_finish(args.config, config):
                finish(args.checkpoint, *second, watch)
        model = load_classifier(args.checkpoint)
        facts = json.loads((args.checkpoint / FACTS).read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
        spec = build_artefact(model, tokenizer, train, validation, args.out, config, facts)
    _say(f"{spec.calibration}, review below {spec.review_threshold}; written to {args.out}")


if __name__ == "__main__":
    main()
