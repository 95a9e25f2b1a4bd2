"""What of a mail tells whether a machine wrote it: all but quotes and forwarded mails.

Receipts and reports of mail servers hold what looks like the beginning of a quoted mail, and are no quotes.
"""

from __future__ import annotations

import re

from stageclf.text.clean import FORWARD, QUOTE, CleanText
from stageclf.text.cleaning.headers import label_of
from stageclf.text.cleaning.rows import fold

MOST_OF_REPORT = 600  # characters; below them comes the mail that is reported on
LONGEST_RECEIPT = 300  # characters below the headers
LONGEST_TITLE = 80  # characters above them: "Your message"
_MOST_HEADERS = 8
# "<anna@example.org>: host mx.example.org said: 550 …", ">>> RCPT TO:<anna@example.org>"
_OF_SERVER = re.compile(
    r"\s*(?:<[^<>\s@]{1,80}@[^<>\s]{1,80}>:?[^\n]{0,200}\bsaid:|>>> ?(?:RCPT|MAIL|DATA|QUIT|EHLO|HELO|RSET)\b)", re.I
)


def without_quotes(cleaned: CleanText) -> str:
    """What stands in the mail outside of quotes and forwarded mails, footers among it; "" if it is one as a whole."""
    text = cleaned.original
    if not cleaned.removed:
        return "" if cleaned.note else text
    kept: list[str] = []
    for span in cleaned.spans:
        if span.reason not in (QUOTE, FORWARD):
            kept.append("" if cleaned.note else text[span.start : span.end])
        elif _is_title(text[: span.start].strip()) and _is_receipt(text[span.start :]):
            return text
        elif _OF_SERVER.match(text, span.start):
            kept.append(text[span.start : min(span.end, span.start + MOST_OF_REPORT)])
    return "".join(kept)


def _is_title(above: str) -> bool:
    return len(above) <= LONGEST_TITLE and "\n" not in above and not above.endswith(("!", "?", ","))


def _is_receipt(text: str) -> bool:
    """Whether headers without a sender stand here, and little else: "To: … Subject: … Sent: … was read on …".

    Whoever quotes a mail says whose it is.
    """
    rows = [row.strip() for row in text[: 2 * MOST_OF_REPORT].splitlines() if row.strip()]
    kinds = [label_of(fold(row)) for row in rows[:_MOST_HEADERS]]
    count = next((at for at, kind in enumerate(kinds) if not kind), len(kinds))
    if count < 2 or rows[0].startswith(">") or any("from" in kind and "to" not in kind for kind in kinds[:count]):
        return False
    told = frozenset().union(*kinds[:count])
    below = " ".join(rows[count:])
    return {"to", "subject"} <= told and 0 < len(below) <= LONGEST_RECEIPT
