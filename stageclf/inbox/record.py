"""What comes out of an export file: records, and the errors of reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OK, EMPTY, UNREADABLE = "ok", "empty", "unreadable"


class InputError(ValueError):
    """An input that cannot be used at all; the message says what was found, where, and what to do."""


@dataclass(slots=True)
class Record:
    """One text of an export, or the place where one should be.

    text: what is to be labelled; "" unless `status` is "ok".
    columns: the input's own columns, to be kept in the output.
    source, position: the file, and the line, row or mail in it, counted from 1.
    status: "ok", "empty" (nothing to label) or "unreadable" (`note` says why).
    note: what was odd about it, also for readable records; empty as a rule.
    """

    text: str
    columns: dict[str, Any]
    source: str
    position: int
    status: str = OK
    note: str = ""

    def __post_init__(self) -> None:
        if self.status == OK and not self.text.strip():
            self.text, self.status = "", EMPTY


@dataclass(frozen=True)
class ReadOptions:
    """How to read: the column that holds the text, and an encoding where guessing is not wanted."""

    text_column: str | None = None
    encoding: str | None = None


@dataclass
class ReadReport:
    """What was read: records by status, and files that were left aside with the reason."""

    counts: dict[str, int] = field(default_factory=lambda: {OK: 0, EMPTY: 0, UNREADABLE: 0})
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())
