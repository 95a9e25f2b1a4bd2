"""Label an export through the library: read, label, compare with labels where there are some, write; to be copied.

python scripts/batch_score.py inbox.mbox -o scores.csv
python scripts/batch_score.py data/test/en.jsonl -o scores.csv --label-column label
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sklearn.metrics import classification_report

from stageclf import LABELS, Prediction, StageClassifier
from stageclf.inbox import OK, Reading, Record, read

CHUNK = 1024
OURS = ["predicted_stage", "confidence", "language", "needs_review", "status", "note"]


def labelled(reading: Reading, classifier: StageClassifier) -> Iterator[tuple[Record, Prediction | None]]:
    """Every record with its prediction; those that are empty or unreadable have none."""
    records = iter(reading)
    while chunk := list(islice(records, CHUNK)):
        found = iter(classifier.label([record.text for record in chunk if record.status == OK]))
        for record in chunk:
            yield record, next(found) if record.status == OK else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("-o", "--output", required=True, type=Path)
    parser.add_argument("--label-column", help="column with the true stages, to evaluate with")
    arguments = parser.parse_args()
    classifier = StageClassifier.from_pretrained()
    reading = read(arguments.inputs)
    true, predicted = [], []
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys([*reading.schema(), *OURS])))
        writer.writeheader()
        for record, label in labelled(reading, classifier):
            values = (label.stage, label.confidence, label.language, label.needs_review) if label else [None] * 4
            note = "; ".join(filter(None, [record.note, label.note if label else ""]))
            writer.writerow(record.columns | dict(zip(OURS, [*values, record.status, note], strict=True)))
            if label and record.columns.get(arguments.label_column) in LABELS:
                true.append(record.columns[arguments.label_column])
                predicted.append(label.stage)
    if true:
        print(classification_report(true, predicted, labels=LABELS, zero_division=0))
    print(", ".join(f"{count} {status}" for status, count in reading.report.counts.items()))


if __name__ == "__main__":
    main()
