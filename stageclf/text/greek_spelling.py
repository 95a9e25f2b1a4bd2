"""How Greek letters are typed in Latin ones: by sound, by looks, by ISO 843, by the keys of the Greek keyboard.

Accents and the final sigma are left out on both sides.
"""

from __future__ import annotations

import unicodedata

# Latin letters = the Greek ones that they may stand for; the number is what a way costs: the rarer, the more
# (negative natural logarithms, roughly).
_WAYS = """
a=α  e=ε,αι:0.8  i=ι,η:0.3,υ:0.8,ει:0.7,οι:0.8,υι:3  o=ο,ω:0.4  w=ω  u=υ:0.3,ου:0.4,ι:2.5
y=υ,ι:1.2,η:1.2,γ:2.5,ει:2,οι:2  h=η:0.2,χ:0.4,ι:3,ει:3
ai=αι  ei=ει  oi=οι  ui=υι:0.3  yi=υι:0.3  ou=ου  oy=ου:0.2
au=αυ  av=αυ:0.1  af=αυ:0.1  ay=αυ:0.2  eu=ευ  ev=ευ:0.1  ef=ευ:0.1  ey=ευ:0.2  iv=ηυ:2  if=ηυ:2
v=β,ν:3,ββ:1.2  b=β:0.7,μπ:0.7  mp=μπ  mb=μπ:0.2  d=δ,ντ:1  nt=ντ  nd=ντ:0.2
g=γ,γκ:0.8,γγ:1.2  gk=γκ,γγ:0.8  gg=γγ,γκ:0.8  ng=γγ:0.3,γκ:0.6  nk=γκ:0.8  gh=γ:1
nx=γχ:0.4,γξ:0.5  nks=γξ:0.4  nch=γχ:0.3  nh=γχ:0.6
z=ζ,σ:2  th=θ  8=θ  9=θ:0.8  q=θ:1.5,κ:1.5  t=τ,θ:3,ττ:0.8  tt=τ:1.5  tz=τζ  dz=τζ:0.8
k=κ,κκ:0.9  kk=κ:1.5  c=κ:1.2,σ:4.5  l=λ,λλ:0.7  ll=λ:1.5  m=μ,μμ:0.8  mm=μ:1.5  n=ν,νν:0.8  nn=ν:1.5
ks=ξ  x=χ:0.2,ξ:0.4  3=ξ  j=ξ:1.2,τζ:1,ζ:2  p=π,ππ:0.8  pp=π:1.5  r=ρ,ρρ:0.8  rr=ρ:1.5
s=σ,σσ:0.8  ss=σ:1.2  sh=σ:2.5,σχ:1.5  f=φ  ph=φ  ch=χ,τσ:2  kh=χ:0.7  ps=ψ  4=ψ
ya=για:1.2,γεια:1.2  yia=για:0.8,γεια:0.8
"""

Ways = dict[str, tuple[tuple[str, float], ...]]


def _table(lines: str) -> Ways:
    table = {}
    for entry in lines.split():
        latin, _, greek = entry.partition("=")
        parts = (way.partition(":") for way in greek.split(","))
        table[latin] = tuple((letters, float(cost or 0)) for letters, _, cost in parts)
    return table


LATIN_WAYS = _table(_WAYS)
LONGEST = max(map(len, LATIN_WAYS))
_PLAIN = {ord(char): None for char in map(chr, range(0x300, 0x370))}


def folded(text: str) -> str:
    """Lower case, without accents, and σ for the final sigma."""
    return unicodedata.normalize("NFD", text.lower()).translate(_PLAIN).replace("ς", "σ")


def ways_at(latin: str, at: int, ways: Ways = LATIN_WAYS) -> list[tuple[int, str, float]]:
    """What the letters from `at` on may stand for: how many of them, the Greek letters, what it costs."""
    found = []
    for length in range(1, LONGEST + 1):
        if at + length <= len(latin):
            found += [(length, greek, cost) for greek, cost in ways.get(latin[at : at + length], ())]
    return found
