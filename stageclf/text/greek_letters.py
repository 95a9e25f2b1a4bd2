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
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
# What a word that we do not know must be to count as Greek: the mean log-probability of its letters in Greek, and by
# how much its n-grams are likelier in Greeklish than in another language, together. A name must be more so.
_LEAST_OF_A_WORD, _LEAST_OF_A_NAME = -3.45, -2.95
_FOR_A_NAME = 1.5  # by how much likelier a word with a capital is a brand, if brands or English have it


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
    bare, name = folded(word), word[0].isupper() and not word.isupper()
    found = ABBREVIATIONS.get(bare) or _known(bare, name)
    if not found and _DRAWN_OUT.search(bare):
        found = _known(_DRAWN_OUT.sub(r"\1", bare), name)
    return _in_case_of(word, found) if found else word


def _in_case_of(word: str, greek: str) -> str:
    if word.isupper() and sum(map(str.isalpha, word)) > 1:
        return folded(greek).upper()
    return greek[0].upper() + greek[1:] if word[0].isupper() else greek


@lru_cache(maxsize=20_000)
def _known(latin: str, name: bool = False) -> str | None:
    """The Greek for a word in lower-case Latin letters; None if it is none. A `name` is a word with a capital."""
    table = greek_words()
    found = table.likeliest(latin)
    foreign = table.foreign.get(latin)
    if found and (foreign is None or found[1] >= foreign + _FOR_A_NAME * name):
        return found[0]
    if foreign is not None or _LETTERS_AND_DIGITS.fullmatch(latin) or not _VOWELS.intersection(latin):
        return None
    guess = table.by_letters(latin)
    if not guess:
        return None
    greekness = guess[1] / (len(latin) + 1) + fit(latin, GREEKLISH)
    return guess[0] if greekness > (_LEAST_OF_A_NAME if name else _LEAST_OF_A_WORD) else None
