"""What an inbox holds, before anything is labelled: counts, encodings, languages, dates, what would be cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stageclf.inbox.record import OK, Record
from stageclf.text.language import detect_language


@dataclass
class Survey:
    """Counts over all records so far; `removed` counts characters by the reason for which they were cut.

    first, last: the earliest and the latest date; dates without a zone are taken as UTC.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    directions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    charsets: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    auto_submitted: int = 0
    bulk: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def over(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, each counted as it passes by."""
        for record in records:
            self._count(record)
            yield record

    def _count(self, record: Record) -> None:
        self.statuses[record.status] += 1
        self.channels[record.channel or "-"] += 1
        self.directions[record.direction or "-"] += 1
        self.charsets.update(record.charsets)
        self.auto_submitted += record.auto_submitted
        self.bulk += record.bulk
        if record.status == OK:
            self.languages[detect_language(record.text)] += 1
            self.characters += len(record.text)
        for span in record.removed:
            self.removed[span.reason] += span.end - span.start
        if record.note:
            self.notes[record.note] += 1
        if record.date:
            date = record.date if record.date.tzinfo else record.date.replace(tzinfo=UTC)
            self.first = min(filter(None, (self.first, date)))
            self.last = max(filter(None, (self.last, date)))
