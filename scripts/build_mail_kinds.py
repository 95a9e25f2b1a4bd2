"""Make the table by which automatic mails are told from people's: stageclf/inbox/kinds.npz.

    python scripts/build_mail_kinds.py

Trains on data/mails/train.jsonl and on customers' texts of data/train (those labelled none are left out: some are
automatic). A mail counts as automatic from the probability on that MOST_WRONG of people's training mails reach in
cross-validation. test.jsonl was written by other sessions of the same model; it was looked at when that bound was
settled.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from stageclf.data import load
from stageclf.inbox.kinds_model import BUCKETS, KINDS, TABLE, buckets_of, kind_of
from stageclf.stages import NONE

FOLDER = Path(__file__).resolve().parents[1] / "data" / "mails"
CUSTOMERS, WEIGHT = 5000, 0.02  # texts of data/train, and what one counts beside a written mail
MOST_WRONG = 0.03  # of the people's mails, half of which were written to look like automatic ones
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


def customers(subjects: list[str]) -> list[Mail]:
    """Customers' texts, each with some person's subject."""
    rng = random.Random(0)
    texts = [text for text in load("train") if text.label != NONE]
    return [Mail(rng.choice(subjects), text.text, "person", text.language) for text in rng.sample(texts, CUSTOMERS)]


def matrix(mails: list[Mail]) -> csr_matrix:
    """Shape (mails, BUCKETS); a row has length one."""
    rows = [buckets_of(mail.subject, mail.text) for mail in mails]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(mails), BUCKETS))


def show(name: str, mails: list[Mail], automatic: np.ndarray, least: float) -> None:
    """Automatic mails found and people's mails flagged from the probability `least` on."""
    machines = np.array([mail.kind != "person" for mail in mails])
    found, wrong = (automatic[machines] >= least).mean(), (automatic[~machines] >= least).mean()
    print(f"{name}: {found:.1%} of {machines.sum()} found, {wrong:.2%} of {(~machines).sum()} people's flagged")


def least_sure(automatic: np.ndarray, mails: list[Mail]) -> float:
    """The least probability that at most MOST_WRONG of people's mails reach."""
    people = np.sort(automatic[[mail.kind == "person" for mail in mails]])[::-1]
    return float(people[int(MOST_WRONG * len(people))]) + 1e-6


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    written, test = read_mails(FOLDER / "train.jsonl"), read_mails(FOLDER / "test.jsonl")
    mails = written + customers([mail.subject for mail in written if mail.kind == "person"])
    kinds = np.array([KINDS.index(mail.kind) for mail in mails])
    weight = np.array([1.0] * len(written) + [WEIGHT] * CUSTOMERS)
    features = matrix(mails)

    def fitted(rows: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=STRENGTH, max_iter=1000)
        return model.fit(features[rows], kinds[rows], sample_weight=weight[rows])

    automatic = np.zeros(len(mails))
    for train, left_out in KFold(5, shuffle=True, random_state=0).split(mails):
        automatic[left_out] = 1 - fitted(train).predict_proba(features[left_out])[:, KINDS.index("person")]
    least = least_sure(automatic[: len(written)], written)
    model = fitted(np.arange(len(mails)))
    scale = np.abs(model.coef_).max() / 127
    weights = np.rint(model.coef_.T / scale).astype(np.int8)
    np.savez_compressed(TABLE, weights=weights, scale=np.float64(scale), bias=model.intercept_, least=least)
    print(f"{len(written):,} mails; automatic from {least:.2f}; {TABLE.name}: {TABLE.stat().st_size:,} bytes")
    show("cross-validation, written mails", written, automatic[: len(written)], least)
    print(f"cross-validation, customers: {(automatic[len(written) :] >= least).mean():.2%} flagged")
    found = [kind_of(mail.subject, mail.text) for mail in test]
    show("test", test, np.array([kind.auto + kind.bulk for kind in found]), least)


if __name__ == "__main__":
    main()
