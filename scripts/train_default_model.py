"""Train the model that ships, from data/ and models/base, into models/default.

    python scripts/build_base_model.py
    python scripts/train_default_model.py                       # the committed configuration
    python scripts/train_default_model.py --watch ../shared/real_dev/real_dev.jsonl
    python scripts/train_default_model.py --calibrate-only      # the model as it is, calibrated anew

--watch adds labelled texts whose figures are logged after every epoch; nothing is selected by them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import fields, replace
from pathlib import Path

import yaml

from stageclf.data import load
from stageclf.data.labelled import read_jsonl
from stageclf.model.artefact import Artefact
from stageclf.training.augment import Augmentation
from stageclf.training.build import build_artefact, calibrate
from stageclf.training.fine_tune import TrainingConfig, average_models, evaluate, fine_tune

ROOT = Path(__file__).resolve().parents[1]
CONFIG = Path(__file__).with_name("default_model.yaml")


def read_config(path: Path) -> tuple[TrainingConfig, list[int]]:
    """The training configuration of a YAML file and its seeds; raises ValueError for names that are no options."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    seeds = values.pop("seeds", [TrainingConfig.seed])
    known = {field.name for field in fields(TrainingConfig)}
    if unknown := sorted(set(values) - known):
        raise ValueError(f"{path}: unknown options {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    config = TrainingConfig(**values | {"augmentation": Augmentation(**values.get("augmentation", {}))})
    return config, seeds


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "default", help="the float model")
    parser.add_argument("--watch", type=Path, nargs="*", default=[])
    parser.add_argument("--calibrate-only", action="store_true")
    args = parser.parse_args()
    if args.calibrate_only:
        spec = calibrate(Artefact.open(args.out).spec, args.out, load("validation"))
        print(f"{spec.calibration}, review below {spec.review_threshold}")
        return
    config, seeds = read_config(args.config)
    train, validation = load("train"), load("validation")
    watch = {"validation": validation} | {path.stem: read_jsonl(path) for path in args.watch}
    print(f"{len(train):,} training and {len(validation):,} validation texts; {config}", flush=True)
    started = time.monotonic()
    models = []
    for seed in seeds:
        print(f"seed {seed}", flush=True)
        model, tokenizer = fine_tune(args.base, train, watch, replace(config, seed=seed), log=_say)
        model.save_pretrained(args.checkpoint / f"seed-{seed}")
        models.append(model)
    model = average_models(models)
    for name, texts in watch.items():
        _say(f"mean of {len(models)}: {name} {evaluate(model, tokenizer, texts, config)}")
    model.save_pretrained(args.checkpoint)
    spec = build_artefact(model, tokenizer, train, validation, args.out, config)
    print(f"{spec.calibration}, review below {spec.review_threshold}")
    print(f"written to {args.out} after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
