"""Make the table by which automatic mails are told from people's: stageclf/inbox/kinds.npz.

    python scripts/build_mail_kinds.py

Trains on data/mails/train.jsonl, cut of quotes as the readers cut them, and on customers' texts of data/train (those
labelled none are left out: some are automatic). One model tells machines from people, a second what goes to many from
what answers one. One counts as automatic from the probability on that MOST_WRONG of people's training mails reach in
cross-validation, in which mails that stand near each other in the file (one sitting wrote them) stay together.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import SGDClassifier

from stageclf.data import load
from stageclf.inbox.kinds_model import BUCKETS, KINDS, TABLE, features, kind_of
from stageclf.inbox.kinds_text import without_quotes
from stageclf.stages import NONE
from stageclf.text.clean import clean

FOLDER = Path(__file__).resolve().parents[1] / "data" / "mails"
CUSTOMERS, WEIGHT = 2500, 0.02  # texts of data/train, and what one counts beside a written mail
MOST_WRONG = 0.03  # of the people's mails, half of which were written to look like automatic ones
STRENGTH = 100.0  # of the fit; the higher, the less it is held back
SMOOTHING = 3.0  # mails added to each bucket's count
SITTING = 100  # neighbouring mails that stay on one side in cross-validation
FOLDS = 5


class Mail(NamedTuple):
    """A mail for training or measuring; `kind` is one of KINDS."""

    subject: str
    text: str
    kind: str
    language: str = ""


def read_mails(path: Path) -> list[Mail]:
    """The mails of a JSON Lines file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Mail(row["subject"], own_words(row["text"]), row["kind"], row["language"]) for row in rows]


def own_words(text: str) -> str:
    """What the readers show the model of a mail."""
    return without_quotes(clean(text))


def customers(subjects: list[str]) -> list[Mail]:
    """Customers' texts, each with some person's subject."""
    rng = random.Random(0)
    texts = [text for text in load("train") if text.label != NONE]
    return [Mail(rng.choice(subjects), text.text, "person", text.language) for text in rng.sample(texts, CUSTOMERS)]


def matrix(mails: list[Mail]) -> csr_matrix:
    """Shape (mails, BUCKETS)."""
    groups = [features(mail.subject, mail.text) for mail in mails]
    ends = np.cumsum([0, *(sum(len(found) for found, _ in mail) for mail in groups)])
    columns = np.concatenate([found for mail in groups for found, _ in mail]).astype(np.int64)
    values = np.concatenate([np.full(len(found), value) for mail in groups for found, value in mail])
    made = csr_matrix((values, columns, ends), shape=(len(mails), BUCKETS))
    made.sum_duplicates()
    return made


class Fit(NamedTuple):
    """A linear model of two classes."""

    weights: np.ndarray
    bias: float

    def probabilities(self, rows: csr_matrix) -> np.ndarray:
        return 1 / (1 + np.exp(-(rows @ self.weights + self.bias)))


def fitted(rows: csr_matrix, truth: np.ndarray, weight: np.ndarray) -> Fit:
    """A logistic regression in which a bucket counts by how differently it is spread over the two classes."""
    told = weight == 1
    counts = [
        np.asarray((rows[told & (truth == side)] > 0).sum(axis=0)).ravel() + SMOOTHING for side in (True, False)
    ]
    ratio = np.abs(np.log(counts[0] / counts[0].sum()) - np.log(counts[1] / counts[1].sum())) + 0.3
    ratio /= ratio.mean()
    model = SGDClassifier(
        loss="log_loss", alpha=1 / (STRENGTH * told.sum()), learning_rate="constant", eta0=2.0,
        max_iter=20, tol=None, average=True, random_state=0,
    )  # fmt: skip
    model.fit(rows @ diags(ratio), truth, sample_weight=weight)
    return Fit(model.coef_[0] * ratio, float(model.intercept_[0]))


def folds(written: int, others: int) -> np.ndarray:
    """The fold of every mail; of the written ones, neighbours stay together."""
    rng = np.random.default_rng(0)
    sittings = np.arange(written) // SITTING
    return np.concatenate([rng.permutation(np.arange(sittings[-1] + 1) % FOLDS)[sittings], np.arange(others) % FOLDS])


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
    machine, many = kinds != KINDS.index("person"), kinds == KINDS.index("bulk")
    weight = np.array([1.0] * len(written) + [WEIGHT] * CUSTOMERS)
    rows = matrix(mails)
    automatic, fold = np.zeros(len(mails)), folds(len(written), CUSTOMERS)
    for number in range(FOLDS):
        train = fold != number
        automatic[~train] = fitted(rows[train], machine[train], weight[train]).probabilities(rows[~train])
    least = least_sure(automatic[: len(written)], written)
    fits = [fitted(rows, machine, weight), fitted(rows[machine], many[machine], weight[machine])]
    weights = np.stack([fit.weights for fit in fits], axis=1)
    scale = np.abs(weights).max(axis=0) / 127
    whole = np.rint(weights / scale).astype(np.int8)
    np.savez_compressed(TABLE, weights=whole, scale=scale, bias=np.array([fit.bias for fit in fits]), least=least)
    print(f"{len(written):,} mails; automatic from {least:.2f}; {TABLE.name}: {TABLE.stat().st_size:,} bytes")
    show("cross-validation, written mails", written, automatic[: len(written)], least)
    print(f"cross-validation, customers: {(automatic[len(written) :] >= least).mean():.2%} flagged")
    found = [kind_of(mail.subject, mail.text) for mail in test]
    show("test", test, np.array([kind.auto + kind.bulk for kind in found]), least)


if __name__ == "__main__":
    main()
