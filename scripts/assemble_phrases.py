"""Put written phrases and their blind second labels together into data/phrases/.

    python scripts/assemble_phrases.py --raw /work/raw --blind A    # files of texts to be labelled blind
    python scripts/assemble_phrases.py --raw /work/raw              # data/phrases/ made anew

The working folder holds
    written/LANG/LABEL.txt, written/LANG-b/LABEL.txt    the phrases, one a line
    blind/NAME1.txt                                     what annotators read: id, then the text
    labels/*.tsv                                        what they found: id, letter, sure (1/0)

A phrase whose author and annotator differ is left out; so is one that differs from another of its language in its
marks alone, and one that has nearly the words of a validation or test text. `counts.json` tells how many there are of
each, and how many of those taken have a second label.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

from assemble_data import read_labels
from leaks import leaks

from stageclf.data import LabelledText, load
from stageclf.stages import LABELS

DATA = Path(__file__).resolve().parents[1] / "data" / "phrases"
IN_A_FILE = 75


def read_phrases(raw: Path) -> list[LabelledText]:
    """What was written, with its authors' labels; the order of ids says nothing of the labels."""
    found = []
    for folder in sorted((raw / "written").iterdir()):
        lines = [
            (line.strip(), label)
            for label in LABELS
            for line in (folder / f"{label}.txt").read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        random.Random(folder.name).shuffle(lines)
        language = folder.name.split("-")[0]
        found += [
            LabelledText(f"{folder.name}-phrase-{number:03d}", text, label, language, author_batch=folder.name)
            for number, (text, label) in enumerate(lines, start=1)
        ]
    return found


def hand_out(raw: Path, name: str, phrases: list[LabelledText]) -> None:
    """Write what has no second label yet, and was not handed out, in files for annotators."""
    folder = raw / "blind"
    folder.mkdir(exist_ok=True)
    known = set(read_labels(raw / "labels", "*.tsv"))
    for path in folder.glob("*.txt"):
        known |= set(re.findall(r"^\[(.+)\]$", path.read_text(encoding="utf-8"), re.MULTILINE))
    rows = [phrase for phrase in phrases if phrase.id not in known]
    for number, start in enumerate(range(0, len(rows), IN_A_FILE), start=1):
        shown = "\n".join(f"[{row.id}]\n{row.text}" for row in rows[start : start + IN_A_FILE])
        (folder / f"{name}{number}.txt").write_text(shown + "\n", encoding="utf-8")
    print(f"{len(rows)} phrases in {-(-len(rows) // IN_A_FILE)} files")


def bare(text: str) -> str:
    """The letters and digits of a text, which is what makes it another than its like."""
    return " ".join(re.findall(r"\w+", text.lower()))


def choose(phrases: list[LabelledText], second: dict[str, str]) -> tuple[list[LabelledText], Counter[str]]:
    """The phrases that join the data, and how many did and did not, and why."""
    counts: Counter[str] = Counter()
    leaking = {leak.train.id for leak in leaks(phrases, [*load("validation"), *load("test")])}
    taken, met = [], set()
    for phrase in phrases:
        key = (phrase.language, bare(phrase.text))
        if second.get(phrase.id, phrase.label) != phrase.label:
            why = "two labels"
        elif key in met:
            why = "met before"
        elif phrase.id in leaking:
            why = "like a validation or test text"
        else:
            why = "taken, two labels alike" if phrase.id in second else "taken, one label"
            met.add(key)
            taken.append(phrase)
        counts[why] += 1
    return taken, counts


def write(phrases: list[LabelledText]) -> None:
    DATA.mkdir(exist_ok=True)
    for language in sorted({phrase.language for phrase in phrases}):
        rows = [
            {"id": phrase.id, "text": phrase.text, "label": phrase.label, "language": language}
            for phrase in phrases
            if phrase.language == language
        ]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (DATA / f"{language}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument(
        "--blind", metavar="NAME", help="write files for annotators, with this beginning of their names"
    )
    args = parser.parse_args()
    phrases = read_phrases(args.raw)
    if args.blind:
        hand_out(args.raw, args.blind, phrases)
        return
    taken, counts = choose(phrases, read_labels(args.raw / "labels", "*.tsv"))
    write(taken)
    text = json.dumps(dict(sorted(counts.items())), indent=1) + "\n"
    (DATA / "counts.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
