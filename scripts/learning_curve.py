"""How much more data still brings: train on shares of the training split, measure on the validation split.

    python scripts/learning_curve.py
    python scripts/learning_curve.py --shares 0.25 0.5 --trained 15331=runs/default

Trains on 25, 50 and 100 % with the first stage of the configuration of the shipped model. Shares are of whole
portions, language by language, and each holds the smaller ones. A float model that was trained already, on so many
texts of the training split, is only measured (--trained). The result goes to data/learning_curve.json, for the card
of the data.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer
from train_default_model import CONFIG, ROOT, read_recipe
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from stageclf.data import LabelledText, load
from stageclf.training.fine_tune import TrainingConfig, evaluate, fine_tune

RESULT = ROOT / "data" / "learning_curve.json"


def share_of(texts: Sequence[LabelledText], share: float) -> list[LabelledText]:
    """The texts of about that share of every language's portions."""
    portions = defaultdict(list)
    for batch in dict.fromkeys((text.language, text.author_batch) for text in texts):
        portions[batch[0]].append(batch[1])
    chosen = set()
    for language, batches in portions.items():
        random.Random(language).shuffle(batches)
        chosen |= set(batches[: max(1, round(share * len(batches)))])
    return [text for text in texts if text.author_batch in chosen]


def measured(model: PreTrainedModel, tokenizer: Tokenizer, texts: int, config: TrainingConfig) -> dict:
    """A row of the result."""
    return {"texts": texts, **evaluate(model, tokenizer, load("validation"), config)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--shares", type=float, nargs="*", default=[0.25, 0.5, 1.0])
    parser.add_argument("--trained", nargs="*", default=[], metavar="TEXTS=FOLDER")
    args = parser.parse_args()
    config = read_recipe(CONFIG)[0].config
    train, rows = load("train"), []
    for share in args.shares:
        texts = share_of(train, share)
        model, tokenizer = fine_tune(args.base, texts, {}, config, log=lambda line: print(line, flush=True))
        rows.append(measured(model, tokenizer, len(texts), config))
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    for texts, folder in (item.split("=", 1) for item in args.trained):
        model = AutoModelForSequenceClassification.from_pretrained(folder)
        rows.append(measured(model, tokenizer, int(texts), config))
    rows.sort(key=lambda row: row["texts"])
    print(*rows, sep="\n")
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
