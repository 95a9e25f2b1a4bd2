"""Cutting from a mail what is not its sender's own new text: quotes, forwards, signatures, disclaimers.

`clean` works row by row and forgets nothing: its spans, kept and removed together, rebuild the input.
"""

from __future__ import annotations

from functools import lru_cache

from stageclf.text.cleaning.boilerplate import keep_if_alone, mark_boilerplate
from stageclf.text.cleaning.glance import OTHER_MAILS, WITHIN_LINES, look, nothing_to_cut
from stageclf.text.cleaning.inline import pieces
from stageclf.text.cleaning.quotes import QuoteMarker
from stageclf.text.cleaning.rows import Row, fold, lines, make_row, mark_code, merge
from stageclf.text.cleaning.signatures import mark_signatures
from stageclf.text.cleaning.spans import (
    BANNER,
    DISCLAIMER,
    FOOTER,
    FORWARD,
    KEPT,
    MOBILE,
    QUOTE,
    REASONS,
    SIGNATURE,
    UNSUBSCRIBE,
    CleanText,
    Span,
)

__all__ = [
    "BANNER",
    "DISCLAIMER",
    "FOOTER",
    "FORWARD",
    "KEPT",
    "MOBILE",
    "QUOTE",
    "REASONS",
    "SIGNATURE",
    "UNSUBSCRIBE",
    "CleanText",
    "Span",
    "clean",
]


def clean(text: str | None = None, *, html: str | None = None) -> CleanText:
    """Split a mail's text, or the visible text of its HTML, into what its sender now says and all the rest.

    A mail that holds nothing but a forwarded message keeps that message, and `note` says so. TypeError unless
    exactly one of `text` and `html` is given.
    """
    if (text is None) == (html is None):
        raise TypeError("clean() takes either a text or html=…, and exactly one of them")
    if text is None:
        from stageclf.inbox.html import html_to_text

        text = html_to_text(html)
    folded = fold(text)
    hints = look(folded)
    if nothing_to_cut(text, folded, hints):
        return CleanText(text, _all_kept(len(text)))
    places = lines(text)
    if not hints.isdisjoint(WITHIN_LINES):
        places = (piece for start, end in places for piece in pieces(text, folded, start, end, hints))
    rows = [make_row(text, folded, start, end) for start, end in places]
    mark_code(rows)
    rows = mark_boilerplate(text, folded, rows, hints)
    note = QuoteMarker(rows, hints).mark() if _may_quote(rows, hints) else ""
    mark_signatures(rows)
    keep_if_alone(rows)
    return CleanText(text, tuple(merge(rows, len(text))), note)


@lru_cache(maxsize=4096)
def _all_kept(length: int) -> tuple[Span, ...]:
    return (Span(0, length, KEPT),)


def _may_quote(rows: list[Row], hints: frozenset[str]) -> bool:
    """Whether any row may be another mail's; what stands below a phone's line is, too."""
    return not hints.isdisjoint(OTHER_MAILS) or any(row.quoted or row.reason for row in rows)
