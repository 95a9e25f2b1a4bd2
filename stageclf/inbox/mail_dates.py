"""Dates of mails, as mail programs write them and as they should have."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from itertools import chain

# The English month for the first letters of its name elsewhere (German, French, Spanish, Italian, Greek, …).
_MONTHS = {
    "jän": "Jan", "ene": "Jan", "gen": "Jan", "jän.": "Jan", "ιαν": "Jan", "янв": "Jan", "oca": "Jan", "sty": "Jan",
    "fév": "Feb", "fev": "Feb", "φεβ": "Feb", "фев": "Feb", "şub": "Feb", "lut": "Feb",
    "mär": "Mar", "mrz": "Mar", "mrt": "Mar", "μαρ": "Mar", "μάρ": "Mar", "мар": "Mar",
    "avr": "Apr", "abr": "Apr", "απρ": "Apr", "апр": "Apr", "nis": "Apr", "kwi": "Apr",
    "mai": "May", "mag": "May", "mei": "May", "maj": "May", "μαϊ": "May", "μάι": "May", "μαΐ": "May", "май": "May",
    "juin": "Jun", "giu": "Jun", "ιουν": "Jun", "июн": "Jun", "haz": "Jun", "cze": "Jun",
    "juil": "Jul", "lug": "Jul", "ιουλ": "Jul", "июл": "Jul", "tem": "Jul", "lip": "Jul",
    "aoû": "Aug", "aou": "Aug", "ago": "Aug", "αυγ": "Aug", "αύγ": "Aug", "авг": "Aug", "ağu": "Aug", "sie": "Aug",
    "set": "Sep", "σεπ": "Sep", "сен": "Sep", "eyl": "Sep", "wrz": "Sep",
    "okt": "Oct", "ott": "Oct", "out": "Oct", "οκτ": "Oct", "окт": "Oct", "eki": "Oct", "paź": "Oct",
    "νοε": "Nov", "ноя": "Nov", "kas": "Nov", "lis": "Nov",
    "dez": "Dec", "déc": "Dec", "dic": "Dec", "δεκ": "Dec", "дек": "Dec", "ara": "Dec", "gru": "Dec",
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")

_ENGLISH = {name: month for month, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
# As the standard wants it, and most mails have it: "Mon, 3 Mar 2025 10:12:00 +0100 (CET)".
_STANDARD = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-3]?[0-9]) ({'|'.join(_ENGLISH)}) ((?:19|20)[0-9]{{2}})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-][0-9]{4})(?: \([A-Z]{1,5}\))?"
)


def mail_date(value: str, received: Iterable[str] = ()) -> datetime | None:
    """The date of a mail with its zone (UTC where it names none), or None.

    received: the Received headers, which tell the date where the Date header does not.
    """
    for text in chain((value,), (line.rpartition(";")[2] for line in received)):
        found = _parsed(text[:200])
        if found is not None and 1975 <= found.year <= 2100:
            return found
    return None


def _parsed(text: str) -> datetime | None:
    standard = _STANDARD.fullmatch(text)
    try:
        if standard:
            day, month, year, hour, minute, second, zone = standard.groups()
            time = int(hour), int(minute), int(second)
            return datetime(int(year), _ENGLISH[month], int(day), *time, tzinfo=_zone(zone))
        text = re.sub(r"\([^()]*\)", " ", text).strip()
        iso = _ISO.search(text)
        if iso:
            parts = [int(part or 0) for part in iso.groups()[:6]]
            return datetime(*parts, tzinfo=_zone(iso[7]))
        found = email.utils.parsedate_to_datetime(_in_english(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@lru_cache(maxsize=256)
def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _in_english(text: str) -> str:
    """A date whose month is in another language, with its weekday left out and its time separated by colons."""
    text = re.sub(r"^[^\W\d]+[.,]*\s+(?=\d)", "", text)
    text = re.sub(r"(?<=\d)\.(?=\s|[^\W\d])", " ", text)

    def english(match: re.Match[str]) -> str:
        word = match[0].lower()
        return next((_MONTHS[word[:n]] for n in (4, 3) if word[:n] in _MONTHS), match[0])

    text = re.sub(
        r"(?<=\d)\s*-?(?P<m>[^\W\d_]{3,12})\b\.?", lambda m: " " + english(re.match(r".+", m["m"])), text, count=1
    )
    return re.sub(r"\b(\d\d?)\.(\d\d)\.(\d\d)\b(?=\s|$)", r"\1:\2:\3", text)
