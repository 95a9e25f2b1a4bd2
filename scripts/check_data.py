"""Check the labelled texts in data/ against the promises of their card; exit code 1 if one is broken.

    python scripts/check_data.py

Checked: the schema of every row, unique ids, shares of labels and channels, lengths, languages as stated,
no exact and no near-duplicates (Jaccard similarity of character 5-grams) within or across splits, no training text
with nearly the words of a validation or test text (scripts/leaks.py), no author batch in two splits, openings that
repeat, texts that are equal once numbers and names are masked, enough Greeklish, enough noise, that words such as
"order" and "thanks" occur under every label, and that no mail for testing is a near-duplicate of one for training.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from leaks import leaks
from noise import NOISE, kinds_of_noise
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from stageclf.data import SPLITS, LabelledText, load, load_phrases
from stageclf.stages import LABELS
from stageclf.text.language import detect_language

MAILS = Path(__file__).resolve().parents[1] / "data" / "mails"
CHANNELS = ("email", "chat", "post", "review", "form")
LEAST_TEXTS = {"el": 1200, "de": 1200, "en": 900} | dict.fromkeys("fr es it nl pl pt tr ro ru bg cs sv".split(), 350)
LEAST_OF_ANY_LANGUAGE = 150
LEAST_TOTAL, LEAST_LANGUAGES = 10_000, 24
LEAST_GREEKLISH = 150
# Words that must not give a label away: each occurs under every label of the English texts.
COMMON_WORDS = ("order", "price", "thanks", "buy", "problem", "recommend")
LABEL_SHARE = (0.14, 0.20)
SMALL_LANGUAGE_SLACK = 0.03
LABEL_SHARE_OF_CHANNEL = (0.05, 0.50)
LEAST_HARD = 0.30
LEAST_NOISY = 0.30
# Share of texts up to so many words; the last bound is the longest. Short texts are hardest: so many are wanted.
LENGTHS = {15: 0.42, 60: 0.36, 180: 0.18, 10**6: 0.04}
LENGTH_SLACK = 0.06
LEAST_DOMAINS = 60
LABEL_SHARE_OF_PHRASES = (0.12, 0.22)
LEAST_PHRASES_FOR_SHARES = 60
MOST_PHRASE = 20
MOST_SIMILAR = 0.6
MOST_SAME_OPENING = 6
LEAST_DETECTED = 0.90
WORDS = re.compile(r"\w+")


def openings(texts: list[LabelledText]) -> Counter[str]:
    """How often texts of at least four words begin with the same three words."""
    heads = (WORDS.findall(text.text.lower())[:4] for text in texts)
    return Counter(" ".join(head[:3]) for head in heads if len(head) > 3)


def similar(left: list[str], right: list[str]) -> list[tuple[float, int, int]]:
    """Jaccard similarities of character 5-grams of at least MOST_SIMILAR, with the places in both lists."""
    shown = [re.sub(r"\s+", " ", text.lower()) for text in left + right]
    counts = CountVectorizer(analyzer="char", ngram_range=(5, 5), binary=True).fit_transform(shown)
    shared = csr_matrix(counts[: len(left)] @ counts[len(left) :].T).tocoo()
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    found = shared.data / (sizes[shared.row] + sizes[len(left) + shared.col] - shared.data)
    close = np.flatnonzero(found >= MOST_SIMILAR)
    return [(float(found[at]), int(shared.row[at]), int(shared.col[at])) for at in close]


def near_duplicates(texts: list[LabelledText]) -> list[tuple[float, str, str]]:
    """How similar two texts are that are too similar, and their ids."""
    shown = [text.text for text in texts]
    return [(value, texts[a].id, texts[b].id) for value, a, b in similar(shown, shown) if a < b]


def check_mails() -> list[str]:
    """Mails for testing that are too similar to mails that the model of automatic mails learns from."""
    train, test = (
        [json.loads(line)["text"] for line in (MAILS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
        for split in ("train", "test")
    )
    return [
        f"mails: line {a + 1} of the test and line {b + 1} of the training mails are similar ({value:.2f})"
        for value, a, b in similar(test, train)
    ]


def check_splits(texts: list[LabelledText]) -> list[str]:
    """Training texts with nearly the words of a validation or test text."""
    train, measured = ([text for text in texts if (text.split == "train") is learnt] for learnt in (True, False))
    return [
        f"the training text {leak.train.id} has nearly the words of {leak.measured.id} ({leak.shared:.2f})"
        for leak in leaks(train, measured)
    ]


def check_phrases(phrases: list[LabelledText], measured: list[LabelledText]) -> list[str]:
    """Phrases that are wrong, met twice, too long, or like a validation or test text; labels with too few or many."""
    problems = [
        f"{row.id}: empty text, or label {row.label!r}"
        for row in phrases
        if not row.text.strip() or row.label not in LABELS
    ]
    problems += [
        f"{row.id} has more than {MOST_PHRASE} words" for row in phrases if len(row.text.split()) > MOST_PHRASE
    ]
    met = Counter((row.language, row.text.strip().lower()) for row in phrases)
    problems += [
        f"{language}: the phrase {text!r} {count} times" for (language, text), count in met.items() if count > 1
    ]
    problems += [f"the phrase {leak.train.id} is like {leak.measured.id}" for leak in leaks(phrases, measured)]
    low, high = LABEL_SHARE_OF_PHRASES
    for language, many in Counter(row.language for row in phrases).items():
        if many < LEAST_PHRASES_FOR_SHARES:
            continue
        labels = Counter(row.label for row in phrases if row.language == language)
        shares = [(label, labels[label] / many) for label in LABELS]
        problems += [
            f"{language}: {share:.0%} of the phrases are {label}"
            for label, share in shares
            if not low <= share <= high
        ]
    return problems


def is_latin(text: str) -> bool:
    """Whether nearly all letters of the text are Latin."""
    letters = [char for char in text if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) > 0.9 * len(letters)


def skeleton(text: str) -> str:
    """The text with numbers and capitalised words masked."""
    return re.sub(r"\b[^\W\d_]*[A-ZΑ-ΩА-ЯÄÖÜ][^\W\d_]*\b", "N", re.sub(r"\d+", "0", text))


def check_rows(texts: list[LabelledText]) -> list[str]:
    """What is wrong with single rows."""
    problems = [
        f"id {name} occurs {count} times" for name, count in Counter(t.id for t in texts).items() if count > 1
    ]
    for text in texts:
        wrong = []
        if not text.text.strip():
            wrong.append("empty text")
        if text.label not in LABELS:
            wrong.append(f"label {text.label!r}")
        if text.second_label not in (*LABELS, ""):
            wrong.append(f"second label {text.second_label!r}")
        if text.channel not in CHANNELS:
            wrong.append(f"channel {text.channel!r}")
        if text.split not in SPLITS:
            wrong.append(f"split {text.split!r}")
        if not text.domain or not text.author_batch or not isinstance(text.hard, bool):
            wrong.append("domain, author_batch or hard missing")
        problems += [f"{text.id}: {what}" for what in wrong]
    return problems


def check_leaks(texts: list[LabelledText]) -> list[str]:
    """Texts or author batches that stand where they must not."""
    problems = []
    splits_of = defaultdict(set)
    for text in texts:
        splits_of[text.author_batch].add(text.split)
    problems += [f"author batch {b} stands in {', '.join(sorted(s))}" for b, s in splits_of.items() if len(s) > 1]
    same = Counter(text.text.strip().lower() for text in texts)
    problems += [f"the same text {count} times: {text[:60]!r}" for text, count in same.items() if count > 1]
    masked = Counter(skeleton(text.text) for text in texts if len(text.text.split()) > 3)
    problems += [f"{count} texts of one pattern: {text[:60]!r}" for text, count in masked.items() if count > 1]
    return problems


def check_language(language: str, texts: list[LabelledText]) -> list[str]:
    """Shares, openings, near-duplicates and the language itself, for the texts of one language."""
    problems = []
    low, high = LABEL_SHARE
    slack = SMALL_LANGUAGE_SLACK if len(texts) < 300 else 0.0
    for label in LABELS:
        share = sum(text.label == label for text in texts) / len(texts)
        if not low - slack <= share <= high + slack:
            problems.append(f"{language}: {share:.1%} of the texts are {label}")
    least = LEAST_TEXTS.get(language, LEAST_OF_ANY_LANGUAGE)
    if len(texts) < least:
        problems.append(f"{language}: {len(texts)} texts, at least {least} expected")
    problems += [
        f"{language}: {count} texts begin with {words!r}"
        for words, count in openings(texts).items()
        if count > MOST_SAME_OPENING
    ]
    problems += [f"{language}: {a} and {b} are similar ({value:.2f})" for value, a, b in near_duplicates(texts)]
    long = [text for text in texts if len(text.text.split()) >= 12]
    detected = sum(detect_language(text.text) in SAME.get(language, {language}) for text in long) / max(1, len(long))
    if detected < LEAST_DETECTED:
        problems.append(f"{language}: only {detected:.0%} of the longer texts are recognised as such")
    return problems


# Neighbours that language detection cannot tell apart reliably.
SAME = {
    "hr": {"hr", "sl", "bs", "sr"},
    "sr": {"sr", "hr", "bs"},
    "nb": {"nb", "da", "sv"},
    "da": {"da", "nb"},
    "sk": {"sk", "cs"},
    "cs": {"cs", "sk"},
    "bg": {"bg", "mk"},
    "pt": {"pt", "es"},
    "uk": {"uk", "ru"},
    "sl": {"sl", "hr"},
}


def check_whole(texts: list[LabelledText]) -> list[str]:
    """Promises about the whole set."""
    problems = []
    languages = {text.language for text in texts}
    if len(texts) < LEAST_TOTAL or len(languages) < LEAST_LANGUAGES:
        problems.append(f"{len(texts)} texts in {len(languages)} languages")
    greeklish = sum(is_latin(text.text) for text in texts if text.language == "el")
    if greeklish < LEAST_GREEKLISH:
        problems.append(f"{greeklish} texts in Greeklish, at least {LEAST_GREEKLISH} expected")
    for label in LABELS:
        words = " ".join(t.text.lower() for t in texts if t.label == label and t.language == "en")
        missing = [word for word in COMMON_WORDS if word not in words]
        if missing:
            problems.append(f"the English texts of {label} never say: {', '.join(missing)}")
    hard = sum(text.hard for text in texts) / len(texts)
    if hard < LEAST_HARD:
        problems.append(f"only {hard:.0%} of the texts are hard cases")
    noisy = sum(bool(kinds_of_noise(text.text, text.language)) for text in texts) / len(texts)
    if noisy < LEAST_NOISY:
        problems.append(f"only {noisy:.0%} of the texts are noisy")
    for bound, share in length_shares(texts).items():
        if abs(share - LENGTHS[bound]) > LENGTH_SLACK:
            problems.append(f"{share:.0%} of the texts have up to {bound} words, {LENGTHS[bound]:.0%} expected")
    domains = len({text.domain for text in texts})
    if domains < LEAST_DOMAINS:
        problems.append(f"{domains} domains, at least {LEAST_DOMAINS} expected")
    low, high = LABEL_SHARE_OF_CHANNEL
    for channel in CHANNELS:
        labels = Counter(text.label for text in texts if text.channel == channel)
        shares = {label: labels[label] / labels.total() for label in LABELS}
        if min(shares.values()) < low or max(shares.values()) > high:
            shown = ", ".join(f"{label} {share:.0%}" for label, share in shares.items())
            problems.append(f"the channel {channel} gives the label away: {shown}")
    return problems


def length_shares(texts: list[LabelledText]) -> dict[int, float]:
    """Share of the texts by their number of words: for each bound of LENGTHS, those over the bound before."""
    words = np.array([len(text.text.split()) for text in texts])
    lower = (0, *LENGTHS)
    return {
        bound: float(((words > low) & (words <= bound)).mean()) for low, bound in zip(lower, LENGTHS, strict=False)
    }


def table(texts: list[LabelledText]) -> str:
    """Counts by language: texts by split, share of each label, lengths."""
    head = f"{'language':<9}{'texts':>6}{'train':>7}{'valid.':>7}{'test':>6}"
    head += "".join(f"{label.split('_')[0][:8]:>9}" for label in LABELS) + f"{'hard':>6}{'words':>7}"
    lines = [head]
    for language in [*sorted({text.language for text in texts}), "all"]:
        rows = [text for text in texts if language in (text.language, "all")]
        splits = Counter(text.split for text in rows)
        labels = Counter(text.label for text in rows)
        line = f"{language:<9}{len(rows):>6}{splits['train']:>7}{splits['validation']:>7}{splits['test']:>6}"
        line += "".join(f"{labels[label] / len(rows):>9.1%}" for label in LABELS)
        hard = sum(text.hard for text in rows) / len(rows)
        lines.append(f"{line}{hard:>6.0%}{np.mean([len(t.text.split()) for t in rows]):>7.0f}")
    shares = ", ".join(f"{share:.0%}" for share in length_shares(texts).values())
    channels = Counter(text.channel for text in texts)
    shown = ", ".join(f"{name} {channels[name] / len(texts):.0%}" for name in CHANNELS)
    lines.append(f"words up to 15, 60, 180, more: {shares}; channels: {shown}")
    noise = Counter(kind for text in texts for kind in kinds_of_noise(text.text, text.language) or ["none"])
    lines.append(f"noisy: {1 - noise['none'] / len(texts):.0%}; " + ", ".join(f"{k} {noise[k]}" for k in NOISE))
    lines.append(f"domains: {len({text.domain for text in texts})}")
    return "\n".join(lines)


def main() -> None:
    texts = [text for split in SPLITS for text in load(split)]
    leaking, phrases = check_splits(texts), load_phrases()
    problems = check_rows(texts) + check_leaks(texts) + leaking + check_whole(texts) + check_mails()
    problems += check_phrases(phrases, [text for text in texts if text.split != "train"])
    for language in sorted({text.language for text in texts}):
        problems += check_language(language, [text for text in texts if text.language == language])
    print(table(texts))
    print(f"training texts with nearly the words of a validation or test text: {len(leaking)} pairs")
    print(f"phrases: {len(phrases)} in {len({row.language for row in phrases})} languages")
    for problem in problems:
        print("out of bounds:", problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
