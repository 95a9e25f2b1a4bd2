"""Changes at training time that real texts bring along and that leave the stage as it is."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stageclf.stages import NONE
from stageclf.text.greeklish import to_greeklish
from stageclf.training.signatures import CLOSINGS, signature

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_KEYBOARD = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "rz", "u": "iz", "i": "uo", "o": "ip", "a": "sq",
    "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "n": "bm", "m": "n", "c": "xv", "l": "ko",
}  # fmt: skip

GREETINGS = {
    "el": ["Καλησπέρα σας,", "Γεια σας,", "Καλημέρα,", "Αξιότιμοι κύριοι,", "Χαίρετε,"],
    "de": ["Hallo,", "Guten Tag,", "Sehr geehrte Damen und Herren,", "Servus,", "Moin,"],
    "en": ["Hi,", "Hello,", "Dear Sir or Madam,", "Hi there,", "Good morning,"],
    "fr": ["Bonjour,", "Madame, Monsieur,"], "es": ["Hola:", "Buenos días,"], "it": ["Buongiorno,", "Salve,"],
    "nl": ["Hallo,", "Beste,"], "pl": ["Dzień dobry,", "Witam,"], "pt": ["Bom dia,", "Olá,"],
    "ro": ["Bună ziua,"], "tr": ["Merhaba,"], "ru": ["Здравствуйте!"], "bg": ["Здравейте,"],
    "cs": ["Dobrý den,"], "sv": ["Hej,"],
}  # fmt: skip
DISCLAIMERS = (
    "This e-mail is confidential and intended solely for the addressee.",
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren "
    "Sie bitte den Absender und löschen Sie diese Mail.",
    "Ce message est destiné à son seul destinataire. Si vous l'avez reçu par erreur, merci de le détruire.",
    "This message may contain privileged information. Please think of the environment before printing it.",
    "Οι πληροφορίες του μηνύματος είναι απόρρητες. Αν το λάβατε κατά λάθος, διαγράψτε το και ενημερώστε μας.",
    "Το παρόν μήνυμα είναι εμπιστευτικό και προορίζεται αποκλειστικά για τον παραλήπτη του.",
)


def fold_accents(text: str) -> str:
    """Leave out accents and diacritics; German umlauts become ae, oe, ue, ss."""
    decomposed = unicodedata.normalize("NFD", text.translate(_UMLAUTS))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def drop_punctuation(text: str) -> str:
    return re.sub(r"[.,;:!]+(?=\s|$)", "", text)


def add_typos(text: str, rng: random.Random, count: int) -> str:
    """Swap, drop, double or mistype `count` letters inside words."""
    chars = list(text)
    spots = [i for i in range(1, len(chars) - 1) if chars[i - 1].isalpha() and chars[i].isalpha()]
    for spot in sorted(rng.sample(spots, min(count, len(spots))), reverse=True):
        kind = rng.randrange(4)
        if kind == 0:
            chars[spot - 1], chars[spot] = chars[spot], chars[spot - 1]
        elif kind == 1:
            del chars[spot]
        elif kind == 2:
            chars.insert(spot, chars[spot])
        else:
            chars[spot] = rng.choice(_KEYBOARD.get(chars[spot].lower(), chars[spot]))
    return "".join(chars)


@dataclass(frozen=True)
class Augmentation:
    """How often each change happens to a text in an epoch (probabilities, drawn independently).

    small_talk: one to six texts of nobody who buys, of at most `short_words` words each, around the text, which is
        more often the last than not. Texts of every label get them, so that their company tells nothing.
    """

    accents: float = 0.10
    lower: float = 0.10
    punctuation: float = 0.06
    typos: float = 0.15
    greeklish: float = 0.12
    greeting: float = 0.06
    closing: float = 0.08
    signature: float = 0.0
    disclaimer: float = 0.02
    small_talk: float = 0.07
    short_words: int = 40


class Augmenter:
    """Applies an `Augmentation` to (text, label, language), reproducibly from the seed of each call."""

    def __init__(
        self,
        rates: Augmentation,
        texts: Sequence[str],
        labels: Sequence[str],
        languages: Sequence[str],
    ) -> None:
        self.rates = rates
        self.small_talk: dict[str, list[str]] = {}
        for text, label, language in zip(texts, labels, languages, strict=True):
            if label == NONE and len(text.split()) <= rates.short_words:
                self.small_talk.setdefault(language, []).append(text)

    def __call__(self, text: str, label: str, language: str, seed: str) -> str:
        rng = random.Random(seed)
        rates = self.rates
        if rng.random() < rates.small_talk and language in self.small_talk:
            talk = rng.sample(
                self.small_talk[language], min(rng.choice((1, 1, 2, 4, 6)), len(self.small_talk[language]))
            )
            talk.insert(len(talk) if rng.random() < 0.5 else rng.randint(0, len(talk)), text)
            text = rng.choice(("\n", "\n\n")).join(talk)
        text = self._frame(text, language, rng)
        if language == "el" and rng.random() < rates.greeklish:
            text = to_greeklish(text, rng)
        changes: tuple[tuple[float, Callable[[str], str]], ...] = (
            (rates.accents, fold_accents),
            (rates.lower, str.lower),
            (rates.punctuation, drop_punctuation),
            (rates.typos, lambda t: add_typos(t, rng, 1 + len(t) // 80)),
        )
        for rate, change in changes:
            if rng.random() < rate:
                text = change(text)
        return text

    def _frame(self, text: str, language: str, rng: random.Random) -> str:
        """Greeting, closing and disclaimer around the text."""
        if rng.random() < self.rates.greeting and language in GREETINGS:
            text = f"{rng.choice(GREETINGS[language])}\n{text}"
        if rng.random() < self.rates.closing and language in CLOSINGS:
            text = f"{text}\n{rng.choice(CLOSINGS[language])}"
        if self.rates.signature and rng.random() < self.rates.signature:
            text = f"{text}{rng.choice((chr(10), chr(10) * 2))}{signature(language, rng)}"
        if rng.random() < self.rates.disclaimer:
            text = f"{text}\n\n{rng.choice(DISCLAIMERS)}"
        return text
