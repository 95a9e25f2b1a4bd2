"""Counts which letters stand next to each other in each language, for telling charsets apart.

    python scripts/count_letter_pairs.py

Reads data/train and, for languages that the data do not have, scripts/letter_samples; writes
stageclf/inbox/letter_pairs.json: for each language, pairs of letters by the level of their frequency.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from stageclf.inbox.letter_pairs import STEP, TABLE, folded

ROOT = Path(__file__).parent.parent
LEAST = 3e-5  # rarer pairs are left out where there is much text
MOST_TEXT = 400_000


def texts() -> dict[str, str]:
    """The text of each language, texts apart from each other by a line."""
    found = {}
    for path in sorted((ROOT / "data/train").glob("*.jsonl")):
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found[path.stem] = "\n".join(row["text"] for row in rows)[:MOST_TEXT]
    for path in sorted((ROOT / "scripts/letter_samples").glob("*.txt")):
        found[path.stem] = path.read_text(encoding="utf-8")
    return found


def levels(text: str) -> dict[str, str]:
    """Pairs of letters by level, frequent ones first. Romanian ș and ț also stand for ş and ţ of old charsets."""
    signs = re.sub(" +", " ", "".join(map(folded, text)))
    counts = Counter(a + b for a, b in pairwise(signs))
    for pair, count in list(counts.items()):
        old = pair.translate({ord("ș"): "ş", ord("ț"): "ţ"})
        if old != pair:
            counts[old] += count
    total = sum(counts.values())
    found: dict[int, list[str]] = {}
    for pair, count in counts.most_common():
        if count / total >= LEAST:
            found.setdefault(round(-math.log(count / total) / STEP), []).append(pair)
    return {str(level): "".join(sorted(pairs)) for level, pairs in sorted(found.items())}


def main() -> None:
    table = {language: levels(text) for language, text in texts().items()}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TABLE}: {len(table)} languages, {TABLE.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
