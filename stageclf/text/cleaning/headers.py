"""Where another mail is set in with its headers: Outlook's "From: … Sent: …" block, and lines between dashes."""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.cleaning.attribution import ADDRESS
from stageclf.text.cleaning.dates import date_pattern, time_pattern
from stageclf.text.cleaning.phrases import header_labels, phrases
from stageclf.text.cleaning.rows import Row, next_full

_LABEL = re.compile(r"[^\w\s]*\s*[^\w]{0,12}([^\W\d_][^:@<>\d\n]{0,24}?)[\s*_]{0,6}:[\s*_]{0,6}")
_INNER = re.compile(r"(?:^|(?<=[\s>*_]))([^\W\d_][^\W\d_']{1,20}(?: [^\W\d_]{1,4})?)[\s*_]{0,3}:")
_DASHES = re.compile(r"[\s>*]{0,6}[-_=]{2,}")
_REPLY_MARK = re.compile(r"(?:re|aw|fw|fwd|wg|απ|πρθ|tr|rv|sv|vs|odp|r|i|ynt|ilt)\s?:")
MOST_ROWS = 24
_ENOUGH = 4


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, labels in header_labels().items():
        for label in labels:
            kinds.setdefault(label, set()).add(kind)
    return {label: frozenset(found) for label, found in kinds.items()}


@lru_cache(maxsize=4096)
def label_of(folded: str) -> frozenset[str]:
    """Which headers a row may be: "a:" is the recipient in Italian and in Portuguese nothing."""
    match = _LABEL.match(folded[:60])
    return _kinds().get(match.group(1).strip(), frozenset()) if match else frozenset()


def header_block(rows: list[Row], at: int) -> int:
    """How many rows a mail's headers take that begin at this row; 0 if none do."""
    if not label_of(rows[at].folded):
        return 0
    found: dict[str, int] = {}
    last, gap, repeated, address = at, 0, 0, False
    for here in range(at, min(len(rows), at + MOST_ROWS)):
        row = rows[here]
        parts = _parts(row.folded) if not row.blank else []
        if not parts:
            gap += 2 if row.blank else 1
            if gap > 4 or (row.blank and gap > 3) or (not row.blank and rows[here - 1].blank):
                break
            continue
        if gap and here > at and rows[here - 1].blank and len(found) >= 3 and "from" in found and "subject" in found:
            break
        if gap and here > at and rows[here - 1].blank and "from" in found and parts[0][0] == {"from"}:
            break
        for kinds, value in parts:
            kind = next((kind for kind in sorted(kinds) if kind not in found), "")
            repeated += not kind
            if kind:
                found[kind] = _weight(kind, value or _below(rows, here))
                address = address or (kind in ("from", "to") and found[kind] == 2)
        if repeated > 1:
            break
        if not repeated or not gap:
            last, gap = here, 0
    found = {kind: weight for kind, weight in found.items() if weight}
    told = address or "subject" in found or "sent" in found
    mail = "from" in found or ({"to", "subject"} <= set(found)) or (address and "date" in found)
    enough = sum(found.values()) >= _ENOUGH or (len(found) >= 3 and {"from", "subject"} <= set(found))
    return last - at + 1 if len(found) >= 2 and enough and told and mail else 0


@lru_cache(maxsize=1024)
def _parts(folded: str) -> list[tuple[frozenset[str], str]]:
    """The headers of a row with their values; more than one where a program lost the line breaks."""
    first = _LABEL.match(folded[:60])
    kinds = label_of(folded)
    if not first or not kinds:
        return []
    rest = folded[first.end() :]
    inner = [match for match in _INNER.finditer(rest[:300]) if match.group(1) in _kinds()]
    ends = [match.start() for match in inner] + [len(rest)]
    parts = [(kinds, rest[: ends[0]].strip())]
    for match, end in zip(inner, ends[1:], strict=True):
        parts.append((_kinds()[match.group(1)], rest[match.end() : end].strip()))
    return parts


def _below(rows: list[Row], here: int) -> str:
    """The value of a header whose row holds its name alone."""
    return rows[here + 1].folded if here + 1 < len(rows) and not label_of(rows[here + 1].folded) else ""


@lru_cache(maxsize=1024)
def _weight(kind: str, value: str) -> int:
    """How much a header tells that a mail is set in here, 0 to 2."""
    if kind in ("from", "to", "cc"):
        return 2 if ADDRESS.search(value) else int(bool(value))
    if kind == "sent":
        return 2 if re.search(r"\d", value) or value else 1
    if kind == "date":
        dated = bool(date_pattern().search(value))
        return dated + (dated and bool(time_pattern().search(date_pattern().sub(" ", value))))
    return 2 if _REPLY_MARK.match(value) else 1


@lru_cache(maxsize=1024)
def _core(folded: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", folded[:160])


@lru_cache(maxsize=1)
def _originals() -> frozenset[str]:
    return frozenset(phrases("original"))


def original_marker(rows: list[Row], at: int) -> bool:
    """ "-----Original Message-----", in any language."""
    row = rows[at]
    if _core(row.folded) not in _originals():
        return False
    below = next_full(rows, at + 1, 3)
    return bool(_DASHES.match(row.folded)) or (below >= 0 and bool(label_of(rows[below].folded)))


def forward_marker(rows: list[Row], at: int) -> bool:
    """ "---------- Forwarded message ---------", "Begin forwarded message:", in any language."""
    row = rows[at]
    core = _core(row.folded)
    if not core.startswith(phrases("forwarded")):
        return False
    if _DASHES.match(row.folded):
        return True
    below = next_full(rows, at + 1, 4)
    heads = below >= 0 and bool(label_of(rows[below].folded.lstrip("> ")))
    return core in phrases("forwarded") and (heads or row.folded.endswith(":"))


def dashed_title(row: Row) -> bool:
    """ "----- anything -----", as programs write it above headers."""
    return bool(re.fullmatch(r"[\s>*]*[-_=]{3,}[^-]{2,60}[-_=]{3,}[\s*]*", row.folded))
