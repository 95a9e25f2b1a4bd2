"""What else one could use, on the same texts: a table of accuracy and macro F1.

    python scripts/compare_baselines.py --extra ../shared/real_dev/real_dev.jsonl

Every baseline is trained on data/train and measured on the validation and the test split and on the extra files.
The frozen encoder needs models/base (scripts/build_base_model.py). The row of SetFit is read from runs/setfit.json,
which scripts/baseline_setfit.py writes: it needs packages that nothing else here does.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from transformers import AutoModel

from stageclf.classifier import StageClassifier
from stageclf.data import LabelledText, load
from stageclf.data.labelled import read_jsonl
from stageclf.evaluation.baselines import tfidf_baseline
from stageclf.model.batching import by_token_budget
from stageclf.stages import LABELS

ROOT = Path(__file__).resolve().parents[1]
SETFIT = ROOT / "runs" / "setfit.json"
Predict = Callable[[Sequence[str]], Sequence[str]]

# What somebody would write down who decides by words, in the three languages we know best; others get "none".
KEYWORDS = {
    "post_purchase": "where is my|my order|broken|refund|return|arrived|warranty"
    "|bestellt|reklam|kaputt|geliefert|defekt|παραγγελία μου|χάλασε|παρέλαβα|επιστροφή|αγόρασα",
    "purchase_decision": "i'll take|i want to order|please book|i would like to order"
    "|ich nehme|hiermit bestelle|buche|bestellen|θα το πάρω|παραγγέλνω|κλείστε μου|θέλω να παραγγείλω",
    "evaluation": r"\bvs\b|compared|is it worth|quote|discount|difference between"
    "|vergleich|angebot|lohnt|rabatt|προσφορά|αξίζει|σύγκριση|έκπτωση",
    "information_search": "recommend|looking for|how much|which|what should"
    "|empfehl|suche|welche|kosten|ψάχνω|προτείνετε|πόσο κοστίζει|ποιο",
    "need_recognition": "tired of|problem|annoy|fed up|nervt|stört|brauche|βαρέθηκα|πρόβλημα|χρειάζομαι|κουράστηκα",
}


def by_keywords(texts: Sequence[str]) -> list[str]:
    """The first stage, from the last to the first, one of whose words occurs."""
    patterns = {label: re.compile(words) for label, words in KEYWORDS.items()}
    return [next((label for label, p in patterns.items() if p.search(text.lower())), "none") for text in texts]


class Subwords(torch.nn.Module):
    """Like fastText: the mean of hashed vectors of words and character n-grams, and one linear layer."""

    BUCKETS = 1 << 18

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.bag = torch.nn.EmbeddingBag(self.BUCKETS, width, mode="mean", sparse=True)
        self.head = torch.nn.Linear(width, len(LABELS))

    def features(self, text: str) -> list[int]:
        """Buckets of the words and of their n-grams of three to five characters."""
        found = []
        for word in re.findall(r"\w+|[!?]", text.lower()):
            padded = f"<{word}>"
            found += [padded, *(padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1))]
        return [crc32(piece.encode()) % self.BUCKETS for piece in found] or [0]

    def forward(self, rows: list[list[int]]) -> torch.Tensor:
        offsets = torch.tensor(np.cumsum([0, *map(len, rows[:-1])]))
        return self.head(self.bag(torch.tensor([bucket for row in rows for bucket in row]), offsets))


def subwords(train: Sequence[LabelledText], epochs: int = 25) -> Predict:
    """Train the subword model and return its prediction."""
    torch.manual_seed(0)
    model = Subwords()
    rows = [model.features(text.text) for text in train]
    labels = torch.tensor([LABELS.index(text.label) for text in train])
    bag = torch.optim.SparseAdam(model.bag.parameters(), 0.01)
    head = torch.optim.Adam(model.head.parameters(), 0.01)
    for _ in range(epochs):
        for batch in torch.randperm(len(rows)).split(64):
            loss = torch.nn.functional.cross_entropy(model([rows[i] for i in batch]), labels[batch])
            loss.backward()
            for optimizer in (bag, head):
                optimizer.step()
                optimizer.zero_grad()

    def predict(texts: Sequence[str]) -> list[str]:
        with torch.inference_mode():
            found = model([model.features(text) for text in texts]).argmax(dim=1)
        return [LABELS[i] for i in found]

    return predict


def frozen_encoder(train: Sequence[LabelledText], base: Path) -> Predict:
    """Logistic regression on the mean-pooled vectors of the base encoder, which is not trained."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    encoder = AutoModel.from_pretrained(base).eval()

    @torch.inference_mode()
    def vectors(texts: Sequence[str]) -> np.ndarray:
        rows = [encoded.ids for encoded in tokenizer.encode_batch([f"query: {text}" for text in texts])]
        result = np.zeros((len(rows), encoder.config.hidden_size), dtype=np.float32)
        for batch in by_token_budget([len(row) for row in rows], 4096):
            width = max(len(rows[i]) for i in batch)
            ids = torch.tensor([rows[i] + [1] * (width - len(rows[i])) for i in batch])
            mask = torch.tensor([[1] * len(rows[i]) + [0] * (width - len(rows[i])) for i in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            result[batch] = ((hidden * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)).numpy()
        return result

    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    model.fit(vectors([text.text for text in train]), [text.label for text in train])
    return lambda texts: model.predict(vectors(texts))


def baselines(train: Sequence[LabelledText], base: Path, model: str | None) -> dict[str, Callable[[], Predict]]:
    """Name -> a function that trains the baseline and returns its prediction."""
    texts, labels = [text.text for text in train], [text.label for text in train]
    return {
        "majority": lambda: DummyClassifier().fit(texts, labels).predict,
        "keywords (Greek, German, English)": lambda: by_keywords,
        "TF-IDF + logistic regression": lambda: tfidf_baseline(texts, labels).predict,
        "subword vectors, as fastText": lambda: subwords(train),
        "frozen encoder + logistic regression": lambda: frozen_encoder(train, base),
        "stageclf": lambda: StageClassifier.from_pretrained(model).predict,
    }


def limited(rows: list[LabelledText], limit: int | None) -> list[LabelledText]:
    """`limit` rows drawn at random, the same for the same rows; all without a limit."""
    return random.Random(0).sample(rows, limit) if limit and limit < len(rows) else rows


def evaluation_sets(extra: Sequence[Path], limit: int | None = None) -> dict[str, list[LabelledText]]:
    """What is measured on, by name: the validation and the test split, and labelled files."""
    sets = {name: load(name) for name in ("validation", "test")} | {path.stem: read_jsonl(path) for path in extra}
    return {name: limited(rows, limit) for name, rows in sets.items()}


def score(rows: Sequence[LabelledText], found: Sequence[str]) -> str:
    """Accuracy and macro F1, as a cell of the table."""
    true = [row.label for row in rows]
    f1 = f1_score(true, list(found), labels=sorted(set(true)), average="macro", zero_division=0)
    return f"{100 * accuracy_score(true, list(found)):.1f} / {100 * f1:.1f}"


def setfit_row(path: Path, sets: dict[str, list[LabelledText]]) -> list[str]:
    """The row of predictions that scripts/baseline_setfit.py has written; "not run" for sets that are not in it."""
    saved = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"predictions": {}}
    found = {name: saved["predictions"].get(name, []) for name in sets}
    cells = [score(rows, found[name]) if len(found[name]) == len(rows) else "not run" for name, rows in sets.items()]
    name = f"SetFit ({saved['note']})" if "note" in saved else "SetFit"
    return [name, *cells, f"{saved['seconds']:.0f}" if "seconds" in saved else ""]


def print_row(cells: Sequence[str]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--base", type=Path, default=ROOT / "models" / "base")
    parser.add_argument("--model", default=None)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--setfit", type=Path, default=SETFIT, help="what scripts/baseline_setfit.py has written")
    parser.add_argument("--limit", type=int, help="use so many texts of each set only (for a quick try)")
    args = parser.parse_args()
    sets = evaluation_sets(args.extra, args.limit)
    print("accuracy / macro F1 over the labels that occur, in percent; seconds to train")
    print_row(["", *(f"{name} ({len(rows):,})" for name, rows in sets.items()), "s"])
    print("|---" * (len(sets) + 2) + "|")
    print_row(setfit_row(args.setfit, sets))
    for name, make in baselines(limited(load("train"), args.limit), args.base, args.model).items():
        started = time.monotonic()
        predict = make()
        seconds = time.monotonic() - started
        cells = [score(rows, predict([row.text for row in rows])) for rows in sets.values()]
        print_row([name, *cells, f"{seconds:.0f}"])


if __name__ == "__main__":
    main()
