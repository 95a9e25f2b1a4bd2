"""Put written texts and their blind second labels together into data/.

    python scripts/assemble_data.py --raw /work/raw           # data/ made anew from all that was written
    python scripts/assemble_data.py --raw /work/raw --add     # portions written later join data/ as it stands

The working folder holds
    plan/LANG/pNNN.yaml       the briefs of scripts/plan_data.py
    written/LANG/pNNN.txt     the texts: blocks "=== NN [label]" followed by the text
    labels/*.tsv              blind labels: id, letter, sure (1/0); files third*.tsv hold those of a third annotator

A text whose author and blind annotator agree is taken. Where they differ, the third annotator decides between
the two; without one, or with a third opinion, the text is left out. Splits go by whole portions. A portion that
stands in data/ keeps its split, a new one joins the training split, so that figures stay comparable. (The splits of
the first 22,360 texts were drawn by portion, not by sitting: a helper session that wrote several portions may stand
on both sides.) The author batch is the portion. Where there are more reviews of owners than check_data.py allows,
the oldest of them are set aside from the training split. Without data/ all portions become training texts.
How often which two labels met, texts left out included, goes to data/agreement.json.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import yaml

from stageclf.data import SPLITS
from stageclf.stages import LABELS

LETTERS = dict(zip("niepox", LABELS, strict=True))
OWNERS, REVIEW = "post_purchase", "review"
MOST_OWNERS, MOST_OWNERS_OF_REVIEWS = 0.2, 0.5
DATA = Path(__file__).resolve().parents[1] / "data"
BLOCK = re.compile(r"^=== *(\d\d)[ \t]*(\w*)[ \t]*\n", re.MULTILINE)


def read_written(path: Path) -> dict[int, tuple[str, str]]:
    """Number -> (label given by the author or "", text) of one portion."""
    parts = BLOCK.split(path.read_text(encoding="utf-8"))
    return {
        int(number): (label, text.strip())
        for number, label, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
        if text.strip()
    }


def read_labels(folder: Path, pattern: str) -> dict[str, str]:
    """Text id -> label, from every tab-separated file that matches."""
    labels = {}
    for path in sorted(folder.glob(pattern)):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 2 and fields[1].strip() in LETTERS:
                labels[fields[0].strip()] = LETTERS[fields[1].strip()]
    return labels


def known_splits(folder: Path) -> dict[str, str]:
    """Author batch -> split, of the data as they stand."""
    paths = (path for split in SPLITS for path in (folder / split).glob("*.jsonl"))
    rows = (json.loads(line) for path in paths for line in path.open(encoding="utf-8"))
    return {row["author_batch"]: row["split"] for row in rows}


def portions_of(raw: Path) -> set[str]:
    """The author batches that were written in the working folder."""
    return {f"{path.parent.name}-{path.stem[1:]}" for path in (raw / "written").glob("*/p*.txt")}


def standing(folder: Path, written: set[str]) -> tuple[dict[tuple[str, str], list[dict]], dict[str, Counter[str]]]:
    """Rows of the data as they stand by (split, language), and their counts of pairs of labels by language.

    Raises ValueError where a portion written now stands there already: its labels would be counted twice.
    """
    if twice := sorted(written & set(known_splits(folder))):
        raise ValueError(f"{folder} holds portions that --raw holds, too: {', '.join(twice[:5])}")
    kept: dict[tuple[str, str], list[dict]] = {}
    for split in SPLITS:
        for path in sorted((folder / split).glob("*.jsonl")):
            kept[split, path.stem] = [json.loads(line) for line in path.open(encoding="utf-8")]
    pairs = json.loads((folder / "agreement.json").read_text(encoding="utf-8"))
    return kept, {language: Counter(counts) for language, counts in pairs.items()}


def rows_of_portion(plan: Path, written: Path, split: str) -> list[dict]:
    """The rows of one portion, labelled by their author."""
    language, portion = written.parent.name, int(written.stem[1:])
    briefs = yaml.safe_load(plan.read_text(encoding="utf-8"))
    rows = []
    for number, (label, text) in read_written(written).items():
        brief = briefs[number - 1]
        rows.append(
            {
                "id": f"{language}-{portion:03d}-{number:02d}",
                "text": text,
                "label": label or brief["label"],
                "language": language,
                "channel": brief["channel"],
                "domain": brief["domain"],
                "split": split,
                "hard": brief["hard"],
                "author_batch": f"{language}-{portion:03d}",
            }
        )
    return rows


def decide(row: dict, second: dict[str, str], third: dict[str, str]) -> str | None:
    """The final label of a row, or None if it is to be left out or not labelled yet."""
    key = row["id"]
    if key not in second:
        return None
    if second[key] == row["label"]:
        return row["label"]
    return third.get(key) if third.get(key) in (row["label"], second[key]) else None


def set_aside(kept: dict[tuple[str, str], list[dict]]) -> int:
    """Take owners' reviews out of the training split, the oldest first, until shares are allowed; how many."""
    everything = [row for rows in kept.values() for row in rows]
    by_language = Counter(row["language"] for row in everything)
    owners = Counter(row["language"] for row in everything if row["label"] == OWNERS)
    reviews = sum(row["channel"] == REVIEW for row in everything)
    of_owners = sum(row["channel"] == REVIEW and row["label"] == OWNERS for row in everything)
    waiting = {
        language: [row for row in rows if row["label"] == OWNERS and row["channel"] == REVIEW][::-1]
        for (split, language), rows in kept.items()
        if split == "train"
    }
    gone = set()
    while True:
        over = [name for name in waiting if owners[name] > MOST_OWNERS * by_language[name] and waiting[name]]
        if not over and of_owners <= MOST_OWNERS_OF_REVIEWS * reviews:
            break
        language = over[0] if over else max(waiting, key=lambda name: len(waiting[name]))
        if not waiting[language]:
            raise ValueError("more than half of all reviews are owners', and none is left in the training split")
        gone.add(waiting[language].pop()["id"])
        owners[language] -= 1
        by_language[language] -= 1
        reviews, of_owners = reviews - 1, of_owners - 1
    for rows in kept.values():
        rows[:] = [row for row in rows if row["id"] not in gone]
    return len(gone)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--unlabelled", action="store_true", help="take texts without a second label, too")
    parser.add_argument("--add", action="store_true", help="keep the texts of data/ whose portions are not in --raw")
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    second = read_labels(args.raw / "labels", "blind*.tsv")
    third = read_labels(args.raw / "labels", "third*.tsv")
    kept, pairs = standing(DATA, portions_of(args.raw)) if args.add else ({}, {})
    counts: Counter[str] = Counter()
    splits = known_splits(DATA)
    for written in sorted((args.raw / "written").glob("*/p*.txt")):
        language = written.parent.name
        plan = args.raw / "plan" / language / f"{written.stem}.yaml"
        split = splits.get(f"{language}-{int(written.stem[1:]):03d}", "train")
        for row in rows_of_portion(plan, written, split):
            author = row["label"]
            label = decide(row, second, third)
            if label is None and args.unlabelled and row["id"] not in second:
                label = author
            counts["kept" if label else "left out"] += 1
            if row["id"] in second:
                pairs.setdefault(row["language"], Counter())[f"{author} {second[row['id']]}"] += 1
            if label:
                row |= {"label": label, "second_label": second.get(row["id"], "")}
                kept.setdefault((row["split"], row["language"]), []).append(row)
    counts["set aside"] = set_aside(kept)
    for (split, language), rows in kept.items():
        folder = args.out / split
        folder.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{language}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    agreement = {language: dict(sorted(counter.items())) for language, counter in sorted(pairs.items())}
    text = json.dumps(agreement, indent=1) + "\n"
    (args.out / "agreement.json").write_text(text, encoding="utf-8")
    print(dict(counts))


if __name__ == "__main__":
    main()
