"""The dates of a table's column, whatever their form."""

from __future__ import annotations

import email.utils
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from stageclf.inbox.dates import DMY, MDY, STAMP, YMD, OrderSurvey, Stamp, stamp_of

LONGEST_DATE = 60
_STAMP = re.compile(STAMP)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
FIRST_MILLISECONDS = 10**11
# Days as spreadsheets count them, where a cell that holds a date is not formatted as one: 1954 to 2119.
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
SERIAL_ZERO = datetime(1899, 12, 30)


@dataclass
class DateColumn:
    """Tells from some dates in which order the column has them; a date that could be read twice is left out."""

    survey: OrderSurvey = field(default_factory=lambda: OrderSurvey(either_way=True))

    def add(self, value: Any) -> None:
        stamp = _stamp(value)
        if stamp:
            self.survey.add(stamp)

    def parse(self, value: Any) -> datetime | None:
        """The time, with its zone where it has one; None for what is no date, or could be two."""
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        text = "" if value is None or isinstance(value, (bool, dict, list)) else str(value).strip()
        if not text or len(text) > LONGEST_DATE:
            return None
        if _EPOCH.fullmatch(text):
            return _epoch(text)
        if _SERIAL.fullmatch(text):
            return SERIAL_ZERO + timedelta(seconds=round(float(text) * 86400))
        return _written_out(text) or self._numeric(text)

    def _numeric(self, text: str) -> datetime | None:
        stamp = _stamp(text)
        if stamp is None:
            return None
        if stamp.orders()[0] == YMD:
            return stamp.datetime(YMD)
        sure = not self.survey.ambiguous or max(stamp.numbers[:2]) > 12 or stamp.numbers[0] == stamp.numbers[1]
        order = self.survey.order
        if max(stamp.numbers[:2]) > 12 and order in (DMY, MDY):
            order = DMY if stamp.numbers[0] > 12 else MDY
        return stamp.datetime(order) if sure else None


def _stamp(value: Any) -> Stamp | None:
    """A numeric date, with or without a time of day."""
    text = value.strip() if isinstance(value, str) and len(value) <= LONGEST_DATE else ""
    match = _STAMP.fullmatch(text) or (_STAMP.fullmatch(f"{text} 00:00") if text else None)
    return stamp_of(match) if match else None


def _epoch(text: str) -> datetime | None:
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if number >= FIRST_MILLISECONDS else number, UTC)


def _written_out(text: str) -> datetime | None:
    """ISO 8601, or the form of mail headers."""
    iso = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text)
    for parse, form in (
        (datetime.fromisoformat, iso),
        (email.utils.parsedate_to_datetime, text),
    ):
        try:
            return parse(form)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
