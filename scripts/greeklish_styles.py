"""Ways of single people to type Greek in Latin letters, written down from habit; others than to_greeklish draws."""

from __future__ import annotations

import unicodedata

_ISO = (
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
    "ου=ou αυ=av ευ=ev γγ=ng γχ=nch γξ=nx"
)
# Each on top of the one above all, ISO 843.
_HABITS = {
    "ISO 843": "",
    "by sound": "χ=x υ=i ξ=ks ει=i οι=i αι=e αυ=af ευ=ef γγ=g γκ=g μπ=b",
    "by sound, h": "χ=h υ=i ξ=ks ει=i οι=i αι=e αυ=af ευ=ef ντ=d μπ=b",
    "by looks": "β=b η=h θ=8 ξ=3 υ=u χ=x ψ=4 ω=w αυ=au ευ=eu γγ=gg ου=ou",
    "by spelling": "η=h ξ=ks υ=y χ=x ω=w αυ=au ευ=eu γγ=gg",
    "by keyboard": "β=b η=h θ=8 ξ=j υ=y χ=x ω=w αυ=ay ευ=ey ου=oy γγ=gg",
    "mixed": "υ=u χ=x ξ=ks ω=w αυ=au ευ=eu γγ=gg θ=th",
    "relaxed": "χ=x υ=y ξ=x γγ=gg αυ=ay ευ=ey ω=o",
    "old chats": "β=b η=h θ=8 ξ=ks χ=x ω=w αυ=av ευ=ev γγ=gg υ=i",
}


def _letters(lines: str) -> dict[str, str]:
    return dict(entry.split("=") for entry in lines.split())


STYLES = {name: _letters(_ISO) | _letters(changes) for name, changes in _HABITS.items()}


def spelled(text: str, style: dict[str, str]) -> str:
    """The text with its Greek letters typed in one person's way."""
    bare = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    out, at = [], 0
    while at < len(bare):
        for length in (2, 1):
            source = bare[at : at + length]
            latin = style.get(source.lower())
            if latin:
                break
        else:
            latin = source = bare[at]
        upper = source[0].isupper() and source[0].lower() != source[0] and latin != source
        out.append(latin.capitalize() if upper else latin)
        at += len(source)
    return "".join(out)
