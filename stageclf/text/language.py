"""The language of a text: by its script, by n-grams among the languages served, by langdetect among others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from stageclf.text.greeklish import is_greeklish
from stageclf.text.ngrams import GREEKLISH, languages_served, likeliest

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

UNKNOWN = "und"
MOST_CHARACTERS = 800

# Scripts that (nearly) one language of those we meet is written in.
_SCRIPT_LANGUAGE = {
    "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "THAI": "th", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "BENGALI": "bn", "GURMUKHI": "pa", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "SINHALA": "si", "ETHIOPIC": "am",
}  # fmt: skip
_EUROPEAN = "bg ca cs da de el en es et fi fr hr hu it lt lv mk nl no pl pt ro ru sk sl sq sv tr uk".split()
_PRIOR_OF_OTHERS = 0.02
_CODES = {"no": "nb", GREEKLISH: "el"}
# Texts of the languages served have a mean log-probability an n-gram above this in more than nine of ten cases
# (scripts/build_language_table.py prints it); below it langdetect is asked whether it is another language altogether.
POOR_FIT, SURE, LETTERS_FOR_OTHERS = -4.89, 0.9, 20
LETTERS_OF_GREEKLISH = 40
# Where the lead is less, the likeliest language is right in less than half of the cases, however long the text is.
LEAST_LEAD = 4.0
TRIALS = 7  # of langdetect, which looks at n-grams drawn at random
# The profiles of langdetect that are loaded: those of the script at hand, since all take three times the memory.
_LATIN_OR_CYRILLIC = tuple(
    "af bg ca cs cy da de en es et fi fr hr hu id it lt lv mk nl no pl pt ro ru sk sl so sq sv sw tl tr uk vi".split()
)
_OTHER_SCRIPTS = ("ar", "fa", "hi", "mr", "ne", "ur")
_LEAST_LETTERS = 3
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\d+")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, or "und" if it cannot be told.

    Greek in Latin letters counts as "el", Norwegian is "nb", Serbian in Latin letters "hr". The same text always
    gives the same answer; nothing is ever raised.
    """
    sample = _NOISE.sub(" ", text[:MOST_CHARACTERS])
    letters = [char for char in sample if char.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return UNKNOWN
    scripts: Counter[str] = Counter()
    for char, count in Counter(letters).items():
        scripts[_script(char)] += count
    script = scripts.most_common(1)[0][0]
    if script in _SCRIPT_LANGUAGE:
        return _SCRIPT_LANGUAGE[script]
    if scripts["GREEK"] >= 0.3 * len(letters):
        return "el"
    if script == "CJK":
        return "ja" if scripts["HIRAGANA"] + scripts["KATAKANA"] else "zh"
    if script not in ("LATIN", "CYRILLIC"):
        return _surest(sample, _OTHER_SCRIPTS)[0]
    language, fit, lead = likeliest(sample)
    if language == GREEKLISH and len(letters) < LETTERS_OF_GREEKLISH and not is_greeklish(sample):
        # a few short words such as "to" and "me" are many languages'
        language, fit, lead = likeliest(sample, but=GREEKLISH)
    other = ""
    if fit < POOR_FIT and len(letters) >= LETTERS_FOR_OTHERS:
        other = _surely_another(sample.lower() if sample.isupper() else sample)
    if not other and lead < LEAST_LEAD:
        return UNKNOWN
    return _CODES.get(other or language, other or language)


@lru_cache(maxsize=5_000)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0]


@cache
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_json_profile([Path(PROFILES_DIRECTORY, name).read_text(encoding="utf-8") for name in languages])
    factory.seed = 0
    return factory


def _surely_another(sample: str) -> str:
    """The language that is none of those served, if langdetect is sure of it; "" otherwise."""
    for trials in (1, TRIALS):  # one, which is quick, leaves few texts to ask all for
        other, probability = _surest(sample, _LATIN_OR_CYRILLIC, trials)
        if probability < SURE or _CODES.get(other, other) in languages_served():
            return ""
    return other


def _surest(sample: str, languages: tuple[str, ...], trials: int = TRIALS) -> tuple[str, float]:
    """The most probable of some languages by langdetect and its probability; ("und", 0.0) if there is none."""
    from langdetect.lang_detect_exception import LangDetectException

    factory = _factory(languages)
    detector = factory.create()
    detector.seed = 0
    detector.n_trial = trials
    detector.set_prior_map({code: 1.0 if code in _EUROPEAN else _PRIOR_OF_OTHERS for code in languages})
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return UNKNOWN, 0.0
    return best.lang, best.prob
