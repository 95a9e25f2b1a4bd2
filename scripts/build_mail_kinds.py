"""Make the table by which automatic mails are told from people's: stageclf/inbox/kinds.npz.

    python scripts/build_mail_kinds.py             # fits, writes the table, prints what it finds on data/mails/test.jsonl
    python scripts/build_mail_kinds.py --check     # cross-validation within the training mails, too

Trains on data/mails/train*.jsonl, on the mails of tests/fixtures/mail, and on customers' texts of data/train (those
labelled none are left out: some are automatic). test.jsonl was written by another hand and is only measured on.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from stageclf.data import load
from stageclf.inbox.kinds_model import BUCKETS, KINDS, TABLE, buckets_of
from stageclf.stages import NONE

ROOT = Path(__file__).resolve().parents[1]
CUSTOMERS = 5000  # texts of data/train
STRENGTH = 30.0  # of the fit; the higher, the less it is held back


class Mail(NamedTuple):
    """A mail for training or measuring; `kind` is one of KINDS."""

    subject: str
    text: str
    kind: str
    language: str = ""


def read_mails(path: Path) -> list[Mail]:
    """The mails of a JSON Lines file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Mail(row["subject"], row["text"], row["kind"], row["language"]) for row in rows]


def customers() -> list[Mail]:
    """Customers' texts, each with an empty subject."""
    texts = [text for text in load("train") if text.label != NONE]
    return [Mail("", text.text, "person", text.language) for text in random.Random(0).sample(texts, CUSTOMERS)]


def matrix(mails: list[Mail]) -> csr_matrix:
    """Shape (mails, BUCKETS); a row has length one."""
    rows = [buckets_of(mail.subject, mail.text) for mail in mails]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(mails), BUCKETS))


def show(name: str, mails: list[Mail], probabilities: np.ndarray) -> None:
    """Automatic mails found and people's mails flagged, for several thresholds of the sum of both kinds."""
    automatic = 1 - probabilities[:, KINDS.index("person")]
    is_automatic = np.array([mail.kind != "person" for mail in mails])
    for least in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        found, wrong = (automatic[is_automatic] >= least).mean(), (automatic[~is_automatic] >= least).mean()
        print(
            f"{name}, from {least}: {found:.1%} of {is_automatic.sum()} found, {wrong:.2%} of {(~is_automatic).sum()} flagged"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    folder = ROOT / "data" / "mails"
    written = [mail for path in sorted(folder.glob("train*.jsonl")) for mail in read_mails(path)]
    mails, test = written + customers(), read_mails(folder / "test.jsonl")
    kinds = np.array([KINDS.index(mail.kind) for mail in mails])
    features = matrix(mails)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    if args.check:
        found = cross_val_predict(model, features, kinds, cv=5, method="predict_proba")
        show("cross-validation, written mails", written, found[: len(written)])
        show("cross-validation, customers", mails[len(written) :], found[len(written) :])
    model.fit(features, kinds)
    scale = np.abs(model.coef_).max() / 127
    weights = np.rint(model.coef_.T / scale).astype(np.int8)
    np.savez_compressed(TABLE, weights=weights, scale=np.float64(scale), bias=model.intercept_)
    print(f"{len(written):,} mails, {CUSTOMERS:,} texts of customers; {TABLE.name}: {TABLE.stat().st_size:,} bytes")
    scores = matrix(test) @ (weights * scale) + model.intercept_
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    show("test", test, odds / odds.sum(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
