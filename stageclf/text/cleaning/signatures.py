"""What stands at the end of the sender's own text: a signature below a rule, the contact lines below a greeting.

The greeting and the name stay, since they are the sender's own words; phone numbers, addresses and titles go.
"""

from __future__ import annotations

import re
from functools import cache

from stageclf.text.cleaning.attribution import ADDRESS
from stageclf.text.cleaning.phrases import phrases
from stageclf.text.cleaning.rows import LOOKED_AT, Row, asks, fold, is_shouted
from stageclf.text.cleaning.spans import KEPT, SIGNATURE
from stageclf.text.letter_words import BETWEEN_NAMES

_DELIMITER = re.compile(r"-{2,3}|_{2,}|-{5,}")
_PHONE = re.compile(r"\(?\+?\d(?:[\s()/.–-]{0,4}\d){6,20}")
# Their digits are neither a phone's nor a town's; a day without its year is told from a phone's groups by its dots.
_DATE = re.compile(
    r"(?<![\d./-])(?:[0-3]?\d([./-])\s?[01]?\d\1\s?(?:\d\d){1,2}|(?:19|20)\d\d([./-])\s?[01]?\d\2\s?[0-3]?\d)"
    r"(?![./-]?\d)|(?<![\d./-])(?<!\d\s)[0-3]?\d\.\s?[01]?\d\.?(?![\d./]|\s\d)"
)
_AMOUNT = re.compile(
    r"(?<![\d.,])\d[\d.,]{0,12}(?:\s\d{3})*\s?(?:€|£|\$|¥|₺|₽|₴|%|(?:euro?s?|eur|ευρω|евро|usd|gbp|pounds?|dollars?|kr|kroner"
    r"|kronor|korun|kc|lei|ron|ft|huf|tl|lira|zł|złotych|pln|chf|лв|лева|руб|рублеи|грн|pcs|pieces|units|stk|stuck|kus|ks"
    r"|szt|τεμ|τεμαχια|шт|бр|adet|db)\b)|(?:€|£|\$)\s?\d[\d.,]{0,12}(?:\s\d{3})*"
)  # fmt: skip
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
# What stands in small letters in an address, between names and beside a phone's number.
_SMALL = frozenset(
    fold(BETWEEN_NAMES).split()
    + """rue via calle de la le du des del della der den dem am an im zum zur ul av avda carrer rua str ext nr no
    office number direct direkt home work""".split()
)
_LABEL_END = re.compile(r"\s?:")
_SHORT = 5  # letters of a word that is cut short with a full stop
_LONGEST = 25


def may_sign_below(folded: str) -> bool:
    """Whether a greeting stands in the folded text with anything below it that a contact line may hold."""
    rows = folded.splitlines()
    for at, row in enumerate(rows):
        if row and _is_sign_off(row[:LOOKED_AT].strip()):
            return any(_OF_CONTACT.search(below[:LOOKED_AT]) for below in rows[at + 1 :] if below)
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
            greets = at == first_words and not own_above
            if below and not (_goes_on_from_greeting(rows, at, end) if greets else _shouts(rows, start, at)):
                _set(rows, below, end)
                return


def _goes_on_from_greeting(rows: list[Row], at: int, end: int) -> bool:
    """Whether a mail's first row greets, as "Greetings" may, and its text follows: no name and contacts only."""
    name, *below = [row for row in rows[at + 1 : end] if not row.blank]
    if not _is_name(name) or _shouts(rows, at, end):
        return True
    said = [row.raw for row in below if not is_contact(row.raw)]
    return any(_is_said(raw, word) for raw in said for word in _WORD.finditer(raw))


def _shouts(rows: list[Row], start: int, at: int) -> bool:
    return is_shouted("\n".join(row.raw for row in rows[start:at]))


def _is_delimiter(row: Row) -> bool:
    return (not row.code and bool(_DELIMITER.fullmatch(row.folded))) or row.raw in ("—", "–")


def _set(rows: list[Row], start: int, end: int) -> None:
    for row in rows[start:end]:
        row.reason = SIGNATURE


def _below_delimiter(rows: list[Row], at: int, end: int) -> bool:
    """Whether what follows a delimiter is a signature and not the text going on."""
    below = [row for row in rows[at + 1 : end] if not row.blank]
    if any(row.rule and len(row.folded) > 3 for row in below[:-1]):
        return False
    if any(row.code or POSTSCRIPT.match(row.folded) for row in below):
        return False
    plain = rows[at].folded == "--"
    if len(below) > (18 if plain else 10) or any(asks(row.folded) for row in below):
        return False
    if plain:
        return sum(map(_is_prose, below)) <= 2
    if not below:
        return True
    if any(map(_is_prose, below)):
        return False
    return any(is_contact(row.raw) for row in below) or (
        _is_name(below[0]) and not any(map(_goes_on_small, below[1:]))
    )


def _goes_on_small(row: Row) -> bool:
    return row.raw[0].islower() and len(_WORD.findall(row.raw)) > 3


def _is_prose(row: Row) -> bool:
    words = _WORD.findall(row.folded)
    return len(words) > 14 or (len(words) > 7 and row.folded.endswith((".", "!")))


def _is_name(row: Row) -> bool:
    words = row.raw.split()
    return 1 <= len(words) <= 4 and row.raw[:1].isupper() and not row.folded.endswith((".", "!", "?", ":", ","))


@cache
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
    return len(parts) > 1 and _sign_offs().issuperset(parts)


def _below_sign_off(rows: list[Row], at: int, end: int) -> int:
    """The row where the contact lines below greeting and name begin; 0 if there are none."""
    below = [number for number in range(at + 1, end) if not rows[number].blank]
    if not below or _is_sign_off(rows[below[0]].folded):
        return 0
    first = rows[below[0]]
    named = (_is_name(first) and not is_contact(first.raw)) or _names_someone(first.folded)
    rest = below[1:] if named else below
    if not any(is_contact(rows[number].raw) for number in rest):
        return 0
    if any(_is_prose(rows[n]) or asks(rows[n].folded) or POSTSCRIPT.match(rows[n].folded) for n in rest):
        return 0
    return rest[0] if sum(len(_WORD.findall(rows[n].folded)) > 9 for n in rest) <= 1 else 0


def _names_someone(folded: str) -> bool:
    """Whether a row begins with a word and holds no contact, as a name with a number does: "Anna Muster (4711)"."""
    return bool(_WORD.match(folded)) and not (
        ADDRESS.search(folded) or _WEB.search(folded) or _CONTACT_LABEL.match(folded) or _POSTAL.search(folded)
    )


def is_contact(row: str) -> bool:
    """Whether a row holds a phone number, an address or a link, and hardly anything else."""
    folded = fold(row)
    if len(folded) > 160 or not _OF_CONTACT.search(folded):
        return False
    rest = _blanked(ADDRESS, _blanked(_WEB, folded))
    found = rest != folded
    rest = _blanked(_AMOUNT, _blanked(_DATE, rest))
    postal = bool(_POSTAL.search(rest)) and not folded.endswith(",")
    unnumbered = _blanked(_PHONE, rest)
    phone = unnumbered != rest
    left = list(_WORD.finditer(_blanked(_CONTACT_LABEL, unnumbered)))
    if found and len(left) <= 4:
        return True
    most = 6 if postal else 4
    return (phone or postal) and len(left) <= most and not any(_is_said(row, word) for word in left)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces for what the pattern finds, as long as before."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _is_said(row: str, word: re.Match[str]) -> bool:
    """Whether a word in small letters stands in a sentence, not in a name, an address or before a number."""
    start, end = word.span()
    if not row[start].islower() or word[0] in _SMALL or _LABEL_END.match(row, end):
        return False
    short = end - start < _SHORT and row[end : end + 2] == ". "
    return not short and not row[max(0, start - 1) : start].isdigit()


def has_amount(folded: str) -> bool:
    """Whether a folded row holds a price, a number of pieces or, with words beside it, a date."""
    return bool(_AMOUNT.search(folded) or (_WORD.search(folded) and _DATE.search(folded)))


def _mark_marks_at_the_end(rows: list[Row]) -> None:
    """Rules and dashes with nothing below them, where something else was written."""
    if not any(row.words and row.reason == KEPT for row in rows):
        return
    for row in reversed(rows):
        if row.reason == KEPT and row.words:
            return
        if row.reason == KEPT and (row.rule or (row.quoted and not row.folded.strip("> |"))):
            row.reason = SIGNATURE
