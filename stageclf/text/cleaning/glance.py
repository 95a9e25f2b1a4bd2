"""What one look at a text tells before its rows are gone through: in most mails there is nothing to cut.

Everything here errs on the side of looking closer: a hint says that something may be there, no hint that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from stageclf.text.cleaning.attribution import verbs
from stageclf.text.cleaning.phrases import by_language, phrases
from stageclf.text.cleaning.rows import has_words
from stageclf.text.cleaning.signatures import may_sign_below
from stageclf.text.screen import Screen

ATTRIBUTION, HEADERS, MOBILE, SIGN_OFF = "wrote", "headers", "sent_from", "sign_off"
WITHIN_LINES = frozenset({ATTRIBUTION, HEADERS, "original", "forwarded"})
"""Hints of what may begin within a line."""
OTHER_MAILS = WITHIN_LINES | {"reply_above"}
# Quotation marks, rules, links: signs without which no row is cut for its form alone.
_MARKS = (">", "&gt;", "|", "--", "__", "```", "http")
_QUOTATION_MARKS = (">", "|", "&gt;")
_HARMLESS = frozenset({SIGN_OFF})
SENDER_LINK = "aka.ms/learnaboutsenderidentification"
MAIL_FOR = "for|fur|fuer|για|pour|para|per|voor|dla|til|till|pro|для|за"
"""What stands between "Mail" and the phone's name where a program is fetched, as a pattern."""
# What is put in angle brackets is cut out before the line is compared.
# Not the colon of a time.
_END_OF_ATTRIBUTION = re.compile(r"[->*_)]|(?<!\d):|:(?!\d)")
_HEADER_COLON = re.compile(r"(?<!\d):")
_MAIL_FOR = re.compile(rf"mail(?: |<[^<>]{{0,200}}>)(?:{MAIL_FOR})(?: |<)")


@lru_cache(maxsize=1)
def _screen() -> Screen:
    anywhere = ("external", "subscribed", "unsubscribe", "list_footer", "notification", "environment",
                "before_printing", "virus", "reply_above")  # fmt: skip
    first_in_row = ("external_tag", "original", "forwarded", SIGN_OFF)
    tables: dict[str, Iterable[str]] = {name: phrases(name) for name in anywhere}
    tables |= {name: [f" {phrase}" for phrase in phrases(name)] for name in first_in_row}
    tables |= {f"disclaimer {language}": told for language, told in by_language("disclaimer").items()}
    tables["external"] = [*phrases("external"), SENDER_LINK]
    tables["reply_above"] = [*phrases("reply_above"), *phrases("reply_line")]
    tables[ATTRIBUTION] = verbs()
    # The verbs that fetch Outlook are everyday words, but their lines name it, or mail for a phone (see `look`).
    tables[MOBILE] = [
        *(f" {phrase}" for phrase in phrases("sent_from")),
        *(f"{phrase} " for phrase in phrases("sent_last")),
        "outlook",
    ]
    return Screen(tables)


def look(folded: str) -> frozenset[str]:
    """Hints of what may stand in a folded text: the names of tables of phrases, ATTRIBUTION, HEADERS."""
    hints = _screen().tables(folded)
    # With an address, or above marked lines, an attribution needs no verb, but a sign at its end.
    if ("@" in folded and _END_OF_ATTRIBUTION.search(folded)) or (
        ":" in folded and any(mark in folded for mark in _QUOTATION_MARKS)
    ):
        hints |= {ATTRIBUTION}
    if MOBILE not in hints and "mail" in folded and _MAIL_FOR.search(folded):
        hints |= {MOBILE}
    # Two headers at least make a block, and no header's name ends in a digit, as the hours of a time do.
    if folded.count(":") > 1 and len(_HEADER_COLON.findall(folded)) > 1:
        hints |= {HEADERS}
    return hints


def nothing_to_cut(text: str, folded: str, hints: frozenset[str]) -> bool:
    """Whether it is sure that no row of the text is cut."""
    if not hints <= _HARMLESS or _holds_mark(folded) or "—" in text or "–" in text:
        return False
    end = folded[-200:].rstrip()
    if not end[-1:].isalnum() and not (end and has_words(end.splitlines()[-1])):
        return False  # rules at the end of a text are cut
    return SIGN_OFF not in hints or not may_sign_below(folded)


def _holds_mark(folded: str) -> bool:
    for mark in _MARKS:  # noqa: SIM110 - `any` takes twice as long
        if mark in folded:
            return True
    return False
