"""The language of a text: langdetect, made repeatable and helped by the script of the letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from stageclf.text.greeklish import is_greeklish

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

UNKNOWN = "und"
MOST_CHARACTERS = 1500

# Scripts that (nearly) one language of those we meet is written in.
_SCRIPT_LANGUAGE = {
    "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "THAI": "th", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "BENGALI": "bn", "GURMUKHI": "pa", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "SINHALA": "si", "ETHIOPIC": "am",
}  # fmt: skip
# Letters that give a language away among those in the same script.
_TELLING_LETTERS = {
    "ß": "de", "ő": "hu", "ű": "hu", "ł": "pl", "ż": "pl", "ś": "pl", "ğ": "tr", "ı": "tr", "ț": "ro", "ţ": "ro",
    "ă": "ro", "ñ": "es", "¿": "es", "ã": "pt", "õ": "pt", "ř": "cs", "ů": "cs", "ě": "cs", "ľ": "sk", "ĺ": "sk",
    "ŕ": "sk", "đ": "hr", "ė": "lt", "ų": "lt", "ļ": "lv", "ņ": "lv", "ģ": "lv", "œ": "fr",
    "ы": "ru", "э": "ru", "ё": "ru", "ї": "uk", "є": "uk", "ґ": "uk", "ѓ": "mk", "ќ": "mk", "ъ": "bg",
}  # fmt: skip
_EUROPEAN = "bg ca cs da de el en es et fi fr hr hu it lt lv mk nl no pl pt ro ru sk sl sq sv tr uk".split()
_PRIOR_OF_OTHERS = 0.02
_LEAST_LETTERS = 3
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\d+")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, or "und" if it cannot be told.

    Greek in Latin letters counts as "el", Norwegian is "nb". The same text always gives the same answer;
    nothing is ever raised.
    """
    sample = _NOISE.sub(" ", text[:MOST_CHARACTERS])
    letters = [char for char in sample if char.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return UNKNOWN
    scripts = Counter(_script(char) for char in letters)
    script = scripts.most_common(1)[0][0]
    if script in _SCRIPT_LANGUAGE:
        return _SCRIPT_LANGUAGE[script]
    if scripts["GREEK"] >= 0.3 * len(letters):
        return "el"
    if script == "CJK":
        return "ja" if scripts["HIRAGANA"] + scripts["KATAKANA"] else "zh"
    if script == "LATIN" and is_greeklish(sample):
        return "el"
    found = _by_langdetect(sample.lower() if sample.isupper() else sample)
    return _corrected(found, sample.lower(), script)


def _corrected(found: dict[str, float], sample: str, script: str) -> str:
    """The most probable language, where letters of the text do not speak for another one that is possible."""
    told = Counter(_TELLING_LETTERS[char] for char in sample if char in _TELLING_LETTERS)
    best = max(found, key=found.__getitem__, default=UNKNOWN)
    if told:
        language, hits = told.most_common(1)[0]
        if best == UNKNOWN or (best != language and hits >= 2 and found.get(best, 0) < 0.95 and not told[best]):
            best = language
    if script == "CYRILLIC" and best not in ("ru", "bg", "uk", "mk"):
        best = "ru"
    return {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}.get(best, best)


def _script(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0]


@cache
def _factory() -> DetectorFactory:
    from langdetect import detector_factory

    detector_factory.init_factory()
    factory = detector_factory._factory
    factory.seed = 0
    return factory


def _by_langdetect(sample: str) -> dict[str, float]:
    """Language -> probability, by langdetect; empty if it finds nothing to go by."""
    from langdetect.lang_detect_exception import LangDetectException

    factory = _factory()
    detector = factory.create()
    detector.seed = 0
    known = factory.get_lang_list()
    detector.set_prior_map({code: 1.0 if code in _EUROPEAN else _PRIOR_OF_OTHERS for code in known})
    detector.append(sample)
    try:
        return {guess.lang: guess.prob for guess in detector.get_probabilities()}
    except LangDetectException:
        return {}
