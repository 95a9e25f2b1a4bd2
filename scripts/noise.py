"""The noise that a program can see in a text. Typos, abbreviations and dictation are there, too, but not counted."""

from __future__ import annotations

import re
from collections.abc import Callable

from stageclf.text.greeklish import is_greeklish

# Letters of which a text of twelve words has at least one, written with care.
_OWN_LETTERS = {
    "el": "άέήίόύώΆΈΉΊΌΎΏ", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíľňóôšťúýž", "pl": "ąćęłńóśźż",
    "ro": "ăâîșțşţ", "tr": "çğıöşü", "hu": "áéíóöőúüű", "lt": "ąčęėįšųūž", "fr": "àâçéèêëîïôùûœ",
    "es": "áéíóúñ¿¡", "pt": "áâãàçéêíóôõú", "sv": "åäö", "fi": "äö", "da": "æøå", "nb": "æøå", "sq": "ëç",
    "hr": "čćđšž", "sl": "čšž", "de": "äöüß",
}  # fmt: skip
_EMOJI = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u27bf]|(?<!\\w)[:;]-?[)(DPp](?!\\w)|(?<!\\w)(?:xD|XD|\\^\\^|<3)(?!\\w)"
)
_HEADER = re.compile(r"(?im)^(?:subject|betreff|θέμα|objet|asunto|oggetto|onderwerp|temat|assunto|subiect|konu|тема|"
                     r"относно|předmět|ämne|emne|aihe|tárgy|predmet|zadeva|naslov|tema|subjekti)\s*:")  # fmt: skip


def _no_diacritics(text: str, language: str) -> bool:
    letters = _OWN_LETTERS.get(language, "")
    return bool(letters) and len(text.split()) >= 12 and not set(letters) & set(text.lower())


def _lower_case(text: str, language: str) -> bool:
    return len(text.split()) >= 3 and text == text.lower() and any(char.isalpha() for char in text)


def _no_punctuation(text: str, language: str) -> bool:
    return len(text.split()) >= 10 and not re.search(r"[.,;!?;:]", text)


def _shouting(text: str, language: str) -> bool:
    return (
        bool(re.search(r"[!?;]{2,}|([^\W\d_])\1{3,}", text))
        or len(re.findall(r"\b[^\W\d_a-zα-ωа-я]{5,}\b", text)) > 1
    )


def _form_fields(text: str, language: str) -> bool:
    return len(re.findall(r"(?m)^[^\n:]{2,30}: ?\S", text)) >= 2


NOISE: dict[str, Callable[[str, str], bool]] = {
    "all lower case": _lower_case,
    "no accents or umlauts": _no_diacritics,
    "no punctuation": _no_punctuation,
    "emoji": lambda text, language: bool(_EMOJI.search(text)),
    "capitals, repeated signs": _shouting,
    "quote remnant": lambda text, language: bool(re.search(r"(?m)^>", text)),
    "mention, hashtag": lambda text, language: bool(re.search(r"(?<!\w)[@#]\w{2,}", text)),
    "subject line": lambda text, language: bool(_HEADER.search(text)),
    "form fields": _form_fields,
    "Greeklish": lambda text, language: language == "el" and is_greeklish(text),
}


def kinds_of_noise(text: str, language: str) -> list[str]:
    """Names of the kinds of visible noise in a text."""
    return [name for name, sees in NOISE.items() if sees(text, language)]
