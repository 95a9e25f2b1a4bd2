"""Draw the briefs from which the labelled texts are written.

    python scripts/plan_data.py --language el --portions 18 --first 1 --out /tmp/plan

A portion is one file of 24 briefs: two decks of twelve, each with two briefs a label (in the round
"street" in the shares in which the web holds them). The menus stand in data/plan.yaml; domains, channels,
lengths, people, manners and regions are drawn independently of the label, so that none of them gives it away.
In every round but the first situations bring their own channel; texts of the round "short" are very short, those of
"turns" (the situations of "public") short, those of "fuller" rather long; those of
"feelings" tell of thanks, farewells, joy and anger, in every stage; those of "plain" say it in the usual words. The
same arguments give the same briefs.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import yaml

from stageclf.stages import LABELS

MENUS = Path(__file__).resolve().parents[1] / "data" / "plan.yaml"
LENGTHS = {
    "short": "very_short",
    "fuller": "fuller",
    "street": "street_lengths",
    "public": "street_lengths",
    "turns": "turn_lengths",
    "feelings": "street_lengths",
    "plain": "plain_lengths",
}
MENU = {"street": "street", "public": "public", "turns": "public", "feelings": "feelings", "plain": "plain"}
NOISE_SHARE = 0.36
WORD_SHARE = 0.22
GREEKLISH_SHARE = 0.14


class Deck:
    """Cards dealt without repetition until the deck is through, then shuffled again."""

    def __init__(self, cards: list, rng: random.Random) -> None:
        self.cards, self.rng, self.left = list(cards), rng, []

    def deal(self) -> Any:
        if not self.left:
            self.left = self.cards.copy()
            self.rng.shuffle(self.left)
        return self.left.pop()


def weighted_deck(shares: dict | list, rng: random.Random) -> Deck:
    """A deck of 100 cards with each value as often as its share says."""
    pairs = shares.items() if isinstance(shares, dict) else [(text, share) for share, text in shares]
    return Deck([value for value, share in pairs for _ in range(round(share * 100))], rng)


def situations_of(menus: dict, label: str, kind: str) -> list[tuple[str, str, bool]]:
    """The situations of one label as (text, channel or "", hard)."""
    if kind != "first":
        menu = menus[MENU.get(kind, "everyday")]
        return [(e["text"], e["channel"], e["hard"]) for e in menu[label]]
    menu = menus["situations"][label]
    return [(text, "", key == "hard") for key in ("plain", "hard") for text in menu[key]]


def draw_portions(
    language: str, portions: int, seed: int, kind: str, greeklish: float = GREEKLISH_SHARE
) -> list[list[dict]]:
    """Return `portions` lists of 24 briefs; `greeklish` is the share of Greek ones in Latin letters."""
    menus = yaml.safe_load(MENUS.read_text(encoding="utf-8"))
    rng = random.Random(f"{language}/{seed}")
    mix = menus["street_batch"] if kind == "street" else dict.fromkeys(LABELS, 2)
    situations = {label: Deck(situations_of(menus, label, kind), rng) for label in LABELS}
    domains, people = Deck(menus["domains"], rng), Deck(menus["people"], rng)
    lengths = {label: weighted_deck(menus[LENGTHS.get(kind, "lengths")], rng) for label in LABELS}
    channels = {label: weighted_deck(menus["channels"], rng) for label in LABELS}
    clean, noisy = Deck(menus["manners"]["clean"], rng), Deck(menus["manners"]["noisy"], rng)
    words, regions = Deck(menus["words"], rng), Deck(menus["regions"].get(language, [""]), rng)

    def brief(label: str) -> dict:
        situation, channel, hard = situations[label].deal()
        manner = noisy.deal() if rng.random() < NOISE_SHARE else clean.deal()
        if language == "el" and rng.random() < greeklish:
            manner = "Greeklish: Greek typed in Latin letters, this person's own spelling"
        return {
            "label": label,
            "situation": situation,
            "hard": hard,
            "domain": domains.deal(),
            "channel": channel or channels[label].deal(),
            "length": lengths[label].deal(),
            "person": people.deal(),
            "manner": manner,
            "region": regions.deal(),
            "word": words.deal() if rng.random() < WORD_SHARE else "",
        }

    result = []
    for _ in range(portions):
        portion = []
        for _ in range(2):
            batch = [brief(label) for label in LABELS for _ in range(mix[label])]
            rng.shuffle(batch)
            portion += batch
        result.append(portion)
    return result


def render(brief: dict, number: int) -> str:
    """One brief as the writer reads it."""
    parts = [
        f"{number:02d}. LABEL {brief['label']} | {brief['channel']} | {brief['length']}",
        f"    situation: {brief['situation']}",
        f"    domain: {brief['domain']} | person: {brief['person']}",
        f"    manner: {brief['manner']}",
    ]
    if brief["region"]:
        parts[-1] += f" | region: {brief['region']}"
    if brief["word"]:
        parts[-1] += f" | works in naturally the word for: {brief['word']}"
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--language", required=True)
    parser.add_argument("--portions", type=int, required=True)
    parser.add_argument("--first", type=int, default=1, help="number of the first portion")
    rounds = ("first", "everyday", "short", "fuller", "street", "public", "turns", "feelings", "plain")
    parser.add_argument("--round", choices=rounds, default=rounds[0])
    parser.add_argument("--greeklish", type=float, default=GREEKLISH_SHARE, help="share of Greek in Latin letters")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    folder = args.out / args.language
    folder.mkdir(parents=True, exist_ok=True)
    portions = draw_portions(args.language, args.portions, args.first, args.round, args.greeklish)
    for offset, portion in enumerate(portions):
        name = f"p{args.first + offset:03d}"
        text = "\n".join(render(brief, i + 1) for i, brief in enumerate(portion))
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(portion, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main()
