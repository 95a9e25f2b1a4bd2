"""Write the card of the data set, data/README.md, from the data and scripts/data_card.md.

python scripts/data_card.py
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import check_data
from model_card import markdown

from stageclf.data import SPLITS, load
from stageclf.stages import LABELS

DATA = Path(__file__).resolve().parents[1] / "data"
TEMPLATE = Path(__file__).with_name("data_card.md")


def agreement(pairs: Counter[tuple[str, str]]) -> tuple[float, float]:
    """Raw agreement and Cohen's kappa of counted label pairs."""
    total = pairs.total()
    raw = sum(count for (one, other), count in pairs.items() if one == other) / total
    by_chance = sum(
        sum(c for (one, _), c in pairs.items() if one == label)
        * sum(c for (_, other), c in pairs.items() if other == label)
        for label in LABELS
    ) / (total * total)
    return raw, (raw - by_chance) / (1 - by_chance)


def agreement_tables(counts: dict[str, dict[str, int]]) -> tuple[str, str]:
    """Agreement by language, and by the author's label."""
    every: Counter[tuple[str, str]] = Counter()
    rows = []
    for language, found in counts.items():
        pairs = Counter({tuple(key.split(" ")): count for key, count in found.items()})
        every += pairs
        raw, kappa = agreement(pairs)
        rows.append((language, pairs.total(), f"{raw:.1%}", f"{kappa:.3f}"))
    raw, kappa = agreement(every)
    rows.append(("all", every.total(), f"{raw:.1%}", f"{kappa:.3f}"))
    by_label = []
    for label in LABELS:
        own = {other: count for (one, other), count in every.items() if one == label}
        others = ", ".join(f"{o} {c}" for o, c in sorted(own.items(), key=lambda item: -item[1]) if o != label)
        by_label.append((label, sum(own.values()), f"{own.get(label, 0) / sum(own.values()):.1%}", others or "–"))
    return (
        markdown(("language", "texts", "agreement", "Cohen's kappa"), rows),
        markdown(("author's label", "texts", "agreement", "blind label otherwise"), by_label),
    )


def learning_curve() -> str:
    """Texts, accuracy and macro F1 on the validation split, as scripts/learning_curve.py measured them."""
    path = DATA / "learning_curve.json"
    if not path.is_file():
        return "It has not been measured yet."
    rows, train = json.loads(path.read_text(encoding="utf-8")), len(load("train"))
    return markdown(
        ("share of today's training split", "texts", "accuracy", "macro F1"),
        [
            (f"{row['texts'] / train:.0%}", f"{row['texts']:,}", f"{row['accuracy']:.3f}", f"{row['macro_f1']:.3f}")
            for row in rows
        ],
    )


def main() -> None:
    texts = [text for split in SPLITS for text in load(split)]
    languages = sorted({text.language for text in texts})
    counts = json.loads((DATA / "agreement.json").read_text(encoding="utf-8"))
    by_language, by_label = agreement_tables(counts)
    phrases = json.loads((DATA / "phrases" / "counts.json").read_text(encoding="utf-8"))
    values = {
        "language_list": "\n".join(f"- {language}" for language in languages),
        "size": "1K<n<10K" if len(texts) < 10_000 else "10K<n<100K",
        "texts": f"{len(texts):,}",
        "languages": len(languages),
        "composition": check_data.table(texts),
        "agreement_by_language": by_language,
        "agreement_by_label": by_label,
        "learning_curve": learning_curve(),
        "phrases": f"{phrases['taken, one label'] + phrases['taken, two labels alike']:,}",
        "phrases_twice": f"{phrases['taken, two labels alike']:,}",
    }
    card = TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        card = card.replace("{{" + name + "}}", str(value))
    (DATA / "README.md").write_text(card, encoding="utf-8")
    print(values["composition"])


if __name__ == "__main__":
    main()
