"""SetFit on the base encoder, for the row of scripts/compare_baselines.py, in an environment of its own:

    python -m venv /tmp/setfit && /tmp/setfit/bin/pip install -e ".[train]" setfit
    /tmp/setfit/bin/python scripts/baseline_setfit.py --extra ../shared/real_dev/real_dev.jsonl

Bounded, so that it takes about ten minutes on two cores: the encoder learns from pairs of `--shots` training texts a
label for `--minutes` at most; the head is then fitted on the whole training split. The predictions go to
runs/setfit.json, where compare_baselines.py looks for them; give both scripts the same --extra (and --limit).
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from compare_baselines import ROOT, SETFIT, evaluation_sets, limited
from datasets import Dataset
from sentence_encoder import PREFIX, save_sentence_encoder
from sentence_transformers import SentenceTransformer
from setfit import SetFitModel, Trainer, TrainingArguments
from sklearn.linear_model import LogisticRegression
from transformers import TrainerCallback

from stageclf.data import LabelledText, load
from stageclf.stages import LABELS

BATCH = 16
MAX_TOKENS = 128


class TimeLimit(TrainerCallback):
    """Ends the training after so many minutes, and counts its steps."""

    def __init__(self, minutes: float) -> None:
        self.end = time.monotonic() + 60 * minutes
        self.steps = 0

    def on_step_end(self, args, state, control, **more):  # noqa: ANN001, ANN003, ANN201 (as transformers has it)
        self.steps = state.global_step
        control.should_training_stop |= time.monotonic() > self.end
        return control


def few(rows: Sequence[LabelledText], shots: int) -> list[LabelledText]:
    """`shots` texts of each label, drawn over all languages."""
    shuffled = random.Random(0).sample(list(rows), len(rows))
    return [row for label in LABELS for row in [r for r in shuffled if r.label == label][:shots]]


def train(rows: Sequence[LabelledText], base: Path, shots: int, minutes: float) -> tuple[SetFitModel, int]:
    """The encoder trained on pairs, with a head fitted on all rows; and the steps of 16 pairs it took."""
    with tempfile.TemporaryDirectory() as folder:
        save_sentence_encoder(base, Path(folder), MAX_TOKENS)
        body = SentenceTransformer(folder, device="cpu")
        model = SetFitModel(model_body=body, model_head=LogisticRegression(max_iter=500), labels=list(LABELS))
        chosen = few(rows, shots)
        pairs = Dataset.from_dict(
            {"text": [PREFIX + row.text for row in chosen], "label": [LABELS.index(row.label) for row in chosen]}
        )
        options = TrainingArguments(
            folder,
            batch_size=BATCH,
            num_epochs=1,
            seed=0,
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
        )
        limit = TimeLimit(minutes)
        Trainer(model, args=options, train_dataset=pairs, callbacks=[limit]).train()
    vectors = model.encode([PREFIX + row.text for row in rows])
    model.model_head.fit(vectors, [LABELS.index(row.label) for row in rows])
    return model, limit.steps


def predict(model: SetFitModel, rows: Sequence[LabelledText]) -> list[str]:
    """The labels of the rows."""
    vectors = model.encode([PREFIX + row.text for row in rows])
    return [LABELS[int(row)] for row in model.model_head.predict(vectors)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, help="use so many texts of each set only (for a quick try)")
    parser.add_argument("--shots", type=int, default=64, help="texts of each label that pairs are made of")
    parser.add_argument("--minutes", type=float, default=6, help="for the training on pairs")
    parser.add_argument("-o", "--output", type=Path, default=SETFIT)
    args = parser.parse_args()
    started = time.monotonic()
    model, steps = train(limited(load("train"), args.limit), args.base, args.shots, args.minutes)
    seconds = time.monotonic() - started
    sets = evaluation_sets(args.extra, args.limit)
    result = {
        "note": f"{args.shots} texts a label, {steps} steps of {BATCH} pairs, head on all",
        "seconds": seconds,
        "predictions": {name: predict(model, rows) for name, rows in sets.items()},
    }
    args.output.parent.mkdir(parents=True, exist_ok=True)
    args.output.write_text(json.dumps(result), encoding="utf-8")
    print(f"written to {args.output}: {result['note']}, {seconds:.0f} s")


if __name__ == "__main__":
    main()
