"""Greek in Latin letters put back into Greek ones, for a model that reads Greek but hardly Greeklish."""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.greek_spelling import folded
from stageclf.text.greek_words import greek_words
from stageclf.text.greeklish_words import LONGEST_WORD, greeklish_lines
from stageclf.text.ngrams import GREEKLISH, fit

# What people type instead of whole words. Those that are units, too (m, t), are read so after a number.
ABBREVIATIONS = dict(
    entry.split("=")
    for entry in """
    k=και kai=και ke=και ki=κι n=να r=ρε m=μου s=σου t=του p=που o=ο i=η h=η a=α dn=δεν dld=δηλαδή dhl=δηλαδή
    tpt=τίποτα gt=γιατί gti=γιατί 8a=θα 9a=θα tr=τώρα twr=τώρα kn=κανένα smr=σήμερα shmr=σήμερα avr=αύριο kt=κάτι
    ktl=κτλ klp=κλπ px=πχ klmr=καλημέρα klhmr=καλημέρα klspr=καλησπέρα klnxt=καληνύχτα kl=καλά klt=καλύτερα
    prkl=παρακαλώ prklw=παρακαλώ eyx=ευχαριστώ efx=ευχαριστώ eux=ευχαριστώ eyxar=ευχαριστώ efxar=ευχαριστώ
    sygn=συγγνώμη sgnm=συγγνώμη thl=τηλ til=τηλ thlf=τηλέφωνο tlf=τηλέφωνο tilef=τηλέφωνο ths=της tn=την stn=στην
    st=στο sts=στις ts=της xr=χρόνια evr=ευρώ eyr=ευρώ mlk=μαλάκα mlks=μαλάκας ntx=εντάξει ntax=εντάξει
    ntaxi=εντάξει ntaksi=εντάξει ntaxei=εντάξει ntaksei=εντάξει kpou=κάπου kpws=κάπως kpoios=κάποιος kpoia=κάποια
    kpoio=κάποιο telk=τελικά mpr=μπορώ mprw=μπορώ 8lw=θέλω thlw=θέλω xrk=χρειάζομαι akm=ακόμα
    """.split()
)
# A letter alone in upper case is a size, a model or a grade, but for the articles at the start of a sentence.
_ARTICLES = frozenset("OIH")
_CHUNK = re.compile(r"\s+|\S+")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"://|@|^www\.|\w/\w*\.|[^\W_]\.(?:com|gr|eu|net|org|cy|de|io|info|edu|uk)\b", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž0-9]+")
_LETTERS_AND_DIGITS = re.compile(r"(?=.*\d)[a-z0-9]+")
_CAMEL = re.compile(r"[a-zà-ž].*[A-Z]")
_VOWELS = frozenset("aeiouyhw")
_LEAST_BY_LETTERS = -3.4  # mean log-probability of a letter, below which a word that we do not know is no Greek one
_LEAST_FIT = -0.35  # nats an n-gram by which it may be likelier in another language


def restore(text: str) -> str:
    """The text, its Greeklish lines in Greek letters; unchanged if it has none."""
    chosen = greeklish_lines(text)
    if not any(chosen):
        return text
    lines = text.split("\n")
    return "\n".join(to_greek(line) if greek else line for line, greek in zip(lines, chosen, strict=True))


def to_greek(text: str) -> str:
    """The words of the text that can be Greek in Greek letters, with accents where the word is known.

    Addresses, numbers, units, brands and words of other languages stay, as do signs and blanks.
    """
    out: list[str] = []
    number = False
    for chunk in _CHUNK.findall(text):
        if chunk.isspace():
            out.append(chunk)
            continue
        out.append(chunk if _ADDRESS.search(chunk) else _chunk(chunk, number))
        number = chunk[-1].isdigit()
    return "".join(out)


def _chunk(chunk: str, after_number: bool) -> str:
    """What stands between two blanks, its words in Greek letters."""

    def greek(match: re.Match[str]) -> str:
        word, start, end = match[0], match.start(), match.end()
        beside = chunk[max(0, start - 1) : start] + chunk[end : end + 1]
        if not _LATIN.fullmatch(word) or len(word) > LONGEST_WORD:
            return word
        if len(word) == 1 and ("-" in beside or "&" in beside or after_number):
            return word
        if len(word) == 1 and chunk[end : end + 1] in ("'", "’", "`"):
            return _known(word.lower()) or word
        return _word(word)

    return _WORD.sub(greek, chunk)


def _word(word: str) -> str:
    """The word in Greek letters and in its own case, or as it is."""
    if word.isdigit() or (len(word) == 1 and word.isupper() and word not in _ARTICLES):
        return word
    if _CAMEL.search(word):
        return word
    bare = folded(word)
    found = ABBREVIATIONS.get(bare) or _known(bare)
    if not found:
        return word
    letters = [char for char in word if char.isalpha()]
    if len(letters) > 1 and word.isupper():
        return folded(found).upper()
    return found[0].upper() + found[1:] if word[0].isupper() else found


@lru_cache(maxsize=20_000)
def _known(latin: str) -> str | None:
    """The Greek for a word in lower-case Latin letters; None if it is none."""
    table = greek_words()
    found = table.likeliest(latin)
    foreign = table.foreign.get(latin)
    if found and (foreign is None or found[1] >= foreign):
        return found[0]
    if foreign is not None or _LETTERS_AND_DIGITS.fullmatch(latin) or not _VOWELS.intersection(latin):
        return None
    guess = table.by_letters(latin)
    if not guess or guess[1] < _LEAST_BY_LETTERS * (len(latin) + 1):
        return None
    return guess[0] if fit(latin, GREEKLISH) > _LEAST_FIT else None
