"""Greek in Latin letters: telling it from other languages, and writing it in the ways people type it."""

from __future__ import annotations

import random
import re
import unicodedata

# Words that are frequent in Greeklish and rare as words of other languages written in Latin letters.
# Those that other languages share (to, me, na, se, o, i, ta, tis …) are left out on purpose.
FREQUENT_WORDS = frozenset(
    """
    ke einai eine eimai ime dn tha 8a gia gt giati yparxei iparxei exei exete exoume exw echo exo eixa thelw
    thelo theloume 8elw 8elo mou sou tou mas sas thn twn stin sthn ston stis stous apo ap pou pws pos poso posa
    poia poio poioi oti otan opws opos alla kala kalispera kalhspera kalimera kalhmera geia xerete xairete
    efxaristo euxaristw eyxaristw efharisto parakalw parakalo mporw mporo mporei mporeite boreite enas ayto afto
    auth ayth aytos edw edo ekei twra prin poly polu poli ligo kati kapoios kapoio kanei kanw kano kanete pote
    panta akoma akomh xwris xoris oute mexri molis rofos paidia spiti douleia hmera mera meres xronia xrono lefta
    paraggelia timi timh agora agorasa agorasw pare parw paro steilte steile hthela ithela esteila eipe eipa lew
    leo leei oxi nai kathe prepei thelei tipota dyo duo opote tote simera shmera avrio ayrio xthes loipon kapoiou
    kseroume ksero xerw kserw eida pame pao paw egw ego emeis esis eseis autos auta autoi ayta opou oses osa
    episis pali palio palia neo parte vale valte erxomai irthe hrthe hrthan eixe eixan itan htan oloi olo olous
    exeis exoun grafw steila tetragonika lepta evro mines mhnes vdomada evdomada prosfora magazi timologio kinito
    kinhto eisitiria symvolaio rantevou logariasmo provlima problima kyria kyrie doulevei leitourgei aksizei
    axizei diladi dhladh genika peripou mallon isos isws sxetika ligotero perissotero kalitero kaliteri xrisi
    meros mporeis ginetai kanoume pairnei perimenw thelete kserete sth
    """.split()
)
# Small words that Greeklish shares with other languages: they count only beside one of the above.
SHARED_WORDS = frozenset(
    "to ta na me se o i h an ti mia tis ton tin sta sto sti den k ki ena ola meta re tora mono kai auto".split()
)
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")

_DIGRAPHS = (("ου", ("ou", "u")), ("αυ", ("au", "av", "ay")), ("ευ", ("eu", "ev", "ey")), ("μπ", ("mp", "b")),
             ("ντ", ("nt", "d")), ("γκ", ("gk", "g")), ("γγ", ("gg", "ng")), ("ει", ("ei", "i")),
             ("οι", ("oi", "i")), ("αι", ("ai", "e")))  # fmt: skip
_LETTERS = {
    "α": ("a",), "β": ("v", "b"), "γ": ("g",), "δ": ("d",), "ε": ("e",), "ζ": ("z",), "η": ("i", "h"),
    "θ": ("th", "8"), "ι": ("i",), "κ": ("k",), "λ": ("l",), "μ": ("m",), "ν": ("n",), "ξ": ("ks", "x", "3"),
    "ο": ("o",), "π": ("p",), "ρ": ("r",), "σ": ("s",), "ς": ("s",), "τ": ("t",), "υ": ("y", "u", "i"),
    "φ": ("f", "ph"), "χ": ("x", "h", "ch"), "ψ": ("ps",), "ω": ("o", "w"),
}  # fmt: skip


def is_greeklish(text: str) -> bool:
    """Whether `text`, in Latin letters, is Greek by its frequent words.

    Two different words of its own that make up a seventh of the text are enough, or one among so many shared
    small words that they are two fifths together.
    """
    words = [word for word in _WORD.findall(text[:2000].lower()) if not word.isdigit()]
    own = [word for word in words if word in FREQUENT_WORDS]
    shared = [word for word in words if word in SHARED_WORDS]
    if len(set(own)) >= 2 and len(own) >= len(words) / 7:
        return True
    both, different = len(own) + len(shared), len({*own, *shared})
    return bool(own) and (
        (different >= 3 and both >= 0.4 * len(words)) or (different == 2 and both >= len(words) / 2)
    )


def to_greeklish(text: str, rng: random.Random) -> str:
    """Spell the Greek letters of `text` in Latin ones, consistently in one randomly drawn person's way."""
    letters = {letter: rng.choice(ways) for letter, ways in _LETTERS.items()}
    digraphs = {pair: rng.choice(ways) for pair, ways in _DIGRAPHS}
    bare = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    out, at = [], 0
    while at < len(bare):
        pair = bare[at : at + 2].lower()
        step = 2 if pair in digraphs else 1
        source = bare[at : at + step]
        latin = digraphs.get(pair) or letters.get(source.lower(), source)
        out.append(latin.capitalize() if source[0].isupper() and source.lower() != latin else latin)
        at += step
    return "".join(out)
