"""What stands at the end of the sender's own text: a signature below a rule, the contact lines below a greeting.

The greeting and the name stay, since they are the sender's own words; phone numbers, addresses and titles go.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.cleaning.attribution import ADDRESS
from stageclf.text.cleaning.phrases import phrases
from stageclf.text.cleaning.rows import LOOKED_AT, Row
from stageclf.text.cleaning.spans import KEPT, SIGNATURE

_DELIMITER = re.compile(r"-{2,3}|_{2,}|-{5,}")
_PHONE = re.compile(r"\(?\+?\d[\d\s()/.–-]{5,24}\d")
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|de|gr|at|ch|eu|net|org|fr|es|it|nl|pl|ro|bg|se|dk|fi|cz)\b"
)
_CONTACT_LABEL = re.compile(
    r"\b(?:tel|telefon|telephone|phone|fon|mobile?|mob|handy|cell|fax|e-?mail|mail|web|website|www|skype|internet"
    r"|τηλ|τηλεφωνο|κιν|κινητο|φαξ|тел|моб|факс|gsm|tlf|puh|telf?|t|m|f|e|w|p|d|κ|φ)\b\.?\s?:?"
)  # fmt: skip
_POSTAL = re.compile(
    r"(?:\b[a-z]{1,2}-)?\b\d{3}\s?\d{2}\b|\b\d{4,5}\s[^\W\d_]{3,}|(?:str(?:asse|aße|\.)|street|road|avenue|οδος|λεωφ)"
)
# No contact line goes without one of these.
_OF_CONTACT = re.compile(r"[\d@]|http|www|\.[a-z]|str|road|avenue|οδο|λεωφ")
POSTSCRIPT = re.compile(
    r"(?:(?:p\.?\s?){1,2}s|υ\.?\s?γ|υστερογραφο|post\s?script(?:um)?|nachtrag|posdata|п\.?\s?с)(?![^\W_])"
    r"|(?:n\.?b|p\.?d|u\.?i|нб|з\.?\s?и)\s?[.:]"
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 25


def may_sign_below(folded: str) -> bool:
    """Whether a greeting stands in the folded text with anything below it that a contact line may hold."""
    below = False
    for line in folded.splitlines():
        row = line[:LOOKED_AT].strip()
        if below and _OF_CONTACT.search(row):
            return True
        below = below or _is_sign_off(row)
    return False


def mark_signatures(rows: list[Row]) -> None:
    """Mark signatures in every stretch of the sender's own rows."""
    start = 0
    own_above = False
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].reason == KEPT:
            end += 1
        if end > start:
            _mark_in(rows, start, end, own_above)
            own_above = own_above or any(row.words and row.reason == KEPT for row in rows[start:end])
        start = end + 1
    _mark_marks_at_the_end(rows)


def _mark_in(rows: list[Row], start: int, end: int, own_above: bool) -> None:
    first_words = next((n for n in range(start, end) if rows[n].words), end)
    lower = max(start if own_above else first_words + 1, end - 40)
    for at in range(lower, end):
        if _is_delimiter(rows[at]) and _below_delimiter(rows, at, end):
            _set(rows, at, end)
            return
    for at in range(max(start, end - _LONGEST), end):
        if _is_sign_off(rows[at].folded):
            below = _below_sign_off(rows, at, end)
            if below:
                _set(rows, below, end)
                return


def _is_delimiter(row: Row) -> bool:
    return (not row.code and bool(_DELIMITER.fullmatch(row.folded))) or row.raw in ("—", "–")


def _set(rows: list[Row], start: int, end: int) -> None:
    for row in rows[start:end]:
        row.reason = SIGNATURE


def _below_delimiter(rows: list[Row], at: int, end: int) -> bool:
    """Whether what follows a delimiter is a signature and not the text going on."""
    below = [row for row in rows[at + 1 : end] if not row.blank]
    if any(row.rule and len(row.folded) > 3 for row in below[:-1]) or any(POSTSCRIPT.match(r.folded) for r in below):
        return False
    if any(row.code for row in below):
        return False
    plain = rows[at].folded == "--"
    if len(below) > (18 if plain else 10) or any(row.folded.endswith("?") for row in below):
        return False
    if plain:
        return sum(map(_is_prose, below)) <= 2
    return not any(map(_is_prose, below)) and (
        any(is_contact(row.folded) for row in below) or not below or _is_name(below[0])
    )


def _is_prose(row: Row) -> bool:
    words = _WORD.findall(row.folded)
    return len(words) > 14 or (len(words) > 7 and row.folded.endswith((".", "!")))


def _is_name(row: Row) -> bool:
    words = row.raw.split()
    return 1 <= len(words) <= 4 and row.raw[:1].isupper() and not row.folded.endswith((".", "!", "?", ":", ","))


@lru_cache(maxsize=1)
def _sign_offs() -> frozenset[str]:
    return frozenset(phrases("sign_off"))


def _is_sign_off(folded: str) -> bool:
    if not folded or len(folded) > 80:
        return False
    core = folded.strip(" ,.!-*_;:/")
    if core in _sign_offs():
        return True
    if "/" not in core and "|" not in core:
        return False
    parts = [part.strip(" ,.!-*_") for part in re.split(r"[/|]", core)]
    return len(parts) > 1 and all(part in _sign_offs() for part in parts)


def _below_sign_off(rows: list[Row], at: int, end: int) -> int:
    """The row where the contact lines below greeting and name begin; 0 if there are none."""
    below = [number for number in range(at + 1, end) if not rows[number].blank]
    if below and _is_sign_off(rows[below[0]].folded):
        return 0
    names = 0
    while names < min(2, len(below)) and _is_name(rows[below[names]]) and not is_contact(rows[below[names]].folded):
        names += 1
        if names < len(below) and below[names] != below[names - 1] + 1:
            break
    if not names and below and _names_someone(rows[below[0]].folded):
        names = 1
    rest = below[min(names, 1) :]
    if not rest or not any(is_contact(rows[number].folded) for number in rest):
        return 0
    if any(_is_prose(rows[n]) or rows[n].folded.endswith("?") or POSTSCRIPT.match(rows[n].folded) for n in rest):
        return 0
    return rest[0] if sum(len(_WORD.findall(rows[n].folded)) > 9 for n in rest) <= 1 else 0


def _names_someone(folded: str) -> bool:
    """Whether a row is a name with a number beside it: "Anna Muster (4711)"."""
    return bool(_WORD.match(folded)) and not (
        ADDRESS.search(folded) or _WEB.search(folded) or _CONTACT_LABEL.match(folded) or _POSTAL.search(folded)
    )


def is_contact(folded: str) -> bool:
    """Whether a folded row holds a phone number, an address or a link, and hardly anything else."""
    if len(folded) > 160:
        return False
    rest = ADDRESS.sub(" ", _WEB.sub(" ", folded))
    found = rest != folded
    rest, numbers = _PHONE.subn(" ", rest)
    rest = _CONTACT_LABEL.sub(" ", rest)
    left = len(_WORD.findall(rest))
    return (bool(found or numbers) and left <= 4) or (
        bool(_POSTAL.search(folded)) and left <= 6 and "," not in folded[-1:]
    )


def _mark_marks_at_the_end(rows: list[Row]) -> None:
    """Rules and dashes with nothing below them, where something else was written."""
    if not any(row.words and row.reason == KEPT for row in rows):
        return
    for row in reversed(rows):
        if row.reason == KEPT and row.words:
            return
        if row.reason == KEPT and (row.rule or (row.quoted and not row.folded.strip("> |"))):
            row.reason = SIGNATURE
