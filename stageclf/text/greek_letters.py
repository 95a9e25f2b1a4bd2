"""Greek in Latin letters put back into Greek ones, for a model that reads Greek but hardly Greeklish."""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.greek_spelling import folded
from stageclf.text.greek_words import Form, ending, greek_words
from stageclf.text.greeklish_words import LONGEST_WORD, greeklish_lines
from stageclf.text.ngrams import GREEKLISH, fit

# What people type instead of whole words. Those that are units, too (m, t), are read so after a number.
ABBREVIATIONS = dict(
    entry.split("=")
    for entry in """
    k=και kai=και ke=και ki=κι n=να r=ρε m=μου s=σου t=του p=που dn=δεν dld=δηλαδή
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
_LETTERS_ALONE = frozenset("oihae")
# Before an apostrophe: s' agapo, ap' to, st' alogo.
_CUT_OFF = {"s": "σ", "m": "μ", "t": "τ", "k": "κ", "p": "π", "d": "δ", "n": "ν", "8": "θ", "th": "θ", "st": "στ",
            "ap": "απ", "par": "παρ", "kat": "κατ", "met": "μετ", "an": "αν", "gi": "γι", "yp": "υπ"}  # fmt: skip
_APOSTROPHES = frozenset("'’`´")
_JOINING = frozenset("-&/+")
_SENTENCE_END = re.compile(r"[.!?;:\n]")
_CHUNK = re.compile(r"\s+|\S+")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"://|@|^www\.|\w/\w*\.|[^\W_]\.(?:com|gr|eu|net|org|cy|de|io|info|edu|uk)\b", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž0-9]+")
_LETTERS_AND_DIGITS = re.compile(r"(?=.*\d)[a-z0-9]+")
_CAMEL = re.compile(r"[a-zà-ž].*[A-Z]")
_VOWELS = frozenset("aeiouyhw")
_SHORTEST_DRAWN_OUT = 3  # letters that remain
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
    pieces: list[str] = []
    several: dict[int, str] = {}  # Latin words that may be one of several that sound alike, by their place
    number = False
    for chunk in _CHUNK.findall(text):
        if chunk.isspace() or _ADDRESS.search(chunk):
            pieces.append(chunk)
            continue
        at = 0
        for match in _WORD.finditer(chunk):
            start, end = match.span()
            greek = _greek_word(match[0], chunk[start - 1 : start], chunk[end : end + 1], number)
            pieces += [chunk[at:start], greek]
            if greek != match[0] and _spellings(folded(match[0])):
                several[len(pieces) - 1] = match[0]
            at = end
        pieces.append(chunk[at:])
        number = chunk[-1].isdigit()
    for place, latin in several.items():
        after = _next_ending(pieces, place)
        best = max(_spellings(folded(latin)), key=lambda found: found[1] + found[0].weight_before(after))
        pieces[place] = _in_case_of(latin, best[0].word)
    return "".join(pieces)


def _next_ending(pieces: list[str], place: int) -> str:
    """The ending of the word that follows in the same sentence; nothing if none does."""
    for piece in pieces[place + 1 : place + 6]:
        if _WORD.search(piece):
            return ending(piece) if piece.isalpha() else ""
        if _SENTENCE_END.search(piece):
            return ""
    return ""


@lru_cache(maxsize=2_000)
def _spellings(latin: str) -> tuple[tuple[Form, float], ...]:
    return () if latin in ABBREVIATIONS else tuple(greek_words().spellings(latin))


def _greek_word(word: str, before: str, after: str, after_number: bool) -> str:
    """The word, between two signs, in Greek letters and in its own case, or as it is."""
    if not _LATIN.fullmatch(word) or len(word) > LONGEST_WORD or word.isdigit() or _CAMEL.search(word):
        return word
    bare, name = folded(word), word[0].isupper() and not word.isupper()
    if after and after in _APOSTROPHES and bare in _CUT_OFF:
        return _in_case_of(word, _CUT_OFF[bare])
    if len(word) == 1:
        if after_number or _JOINING.intersection(before + after) or (word.isupper() and word not in _ARTICLES):
            return word
        if bare not in ABBREVIATIONS and bare not in _LETTERS_ALONE:
            return word
    found = ABBREVIATIONS.get(bare) or _known(bare, name)
    return _in_case_of(word, found) if found else word


def _in_case_of(word: str, greek: str) -> str:
    if word.isupper() and sum(map(str.isalpha, word)) > 1:
        return folded(greek).upper()
    return greek[0].upper() + greek[1:] if word[0].isupper() else greek


@lru_cache(maxsize=5_000)
def _known(latin: str, name: bool = False) -> str | None:
    """The Greek for a word in lower-case Latin letters; None if it is none. A `name` is a word with a capital."""
    table = greek_words()
    found = table.likeliest(latin)
    foreign = table.foreign.get(latin)
    if found and (foreign is None or found[1] >= foreign + _FOR_A_NAME * name):
        return found[0]
    if foreign is not None or _LETTERS_AND_DIGITS.fullmatch(latin) or not _VOWELS.intersection(latin):
        return None
    short = _DRAWN_OUT.sub(r"\1", latin)
    if short != latin and len(short) >= _SHORTEST_DRAWN_OUT:
        return _known(short, name)
    guess = table.by_letters(latin)
    if not guess:
        return None
    greekness = guess[1] / (len(latin) + 1) + fit(latin, GREEKLISH)
    return guess[0] if greekness > (_LEAST_OF_A_NAME if name else _LEAST_OF_A_WORD) else None
