"""What comes out of an export file: records, and the errors of reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from stageclf.text.clean import Span

OK, EMPTY, UNREADABLE = "ok", "empty", "unreadable"
INCOMING, OUTGOING = "incoming", "outgoing"
ONLY_SUBJECT = "no text of its own in the body, labelled by its subject"


class InputError(ValueError):
    """An input that cannot be used at all; the message says what was found, where, and what to do."""


class NothingToReadError(InputError):
    """A file of an unknown kind or without content: left aside where it was only found in a folder or archive."""


class Envelope(NamedTuple):
    """What the headers of a mail say of who wrote it to whom, when, and in which conversation.

    note: what is to be added to the record's.
    """

    sender: str
    recipients: tuple[str, ...]
    date: datetime | None
    message_id: str
    thread_id: str
    note: str = ""


@dataclass(slots=True)
class Record:
    """One text of an export, or the place where one should be.

    text: what is to be labelled; "" unless `status` is "ok".
    columns: what is kept in the output: the table's own columns, or for messages those of `MESSAGE_SCHEMA`.
    source, position: the file, and the line, row or mail in it, counted from 1.
    status: "ok", "empty" (nothing to label) or "unreadable" (`note` says why).
    note: what was odd about it, also for readable records; empty as a rule.
    id: 16 hexadecimal digits, the same in every run over the same input; given by `read`.
    raw_text, removed: a message as it was before cleaning, and the spans of it that were cut.
    sender, recipients, date, subject, thread_id: of messages, as far as they say.
    people: of chats, the names of those who take part, as far as they are known by then.
    file: the number of the file among all that are read, in their order, counted from 1; given by `read`.
    direction: "incoming" (from a customer) or "outgoing" (from one's own people), "" where it is not known.
    channel: "email", "chat", "review", …, "" where the format does not tell.
    auto_submitted, bulk: written by a machine on its own (out of office, bounce); sent to many (newsletter).
    charsets: the encodings the text was decoded from.

    What takes long and is not always wanted is found when it is first asked for: of a mail `auto_submitted` and
    `bulk`, and what its headers say but for the subject; of messages `columns`. A copy or a pickle of a record holds
    everything.
    """

    text: str
    columns: dict[str, Any]
    source: str
    position: int
    status: str = OK
    note: str = ""
    id: str = ""
    raw_text: str = ""
    removed: tuple[Span, ...] = ()
    sender: str = ""
    recipients: tuple[str, ...] = ()
    date: datetime | None = None
    subject: str = ""
    message_id: str = ""
    thread_id: str = ""
    direction: str = ""
    channel: str = ""
    auto_submitted: bool = False
    bulk: bool = False
    charsets: tuple[str, ...] = ()
    _find_envelope: Callable[[], Envelope] | None = field(default=None, init=False, repr=False, compare=False)
    people: tuple[str, ...] = ()
    file: int = 0
    _find_kinds: Callable[[], tuple[bool, bool]] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.status == OK and not self.text.strip():
            self.text, self.status = "", EMPTY

    def leave_to(self, envelope: Callable[[], Envelope], kinds: Callable[[], tuple[bool, bool]]) -> None:
        """Have the fields of the envelope, and `auto_submitted` and `bulk`, found by these when first asked for."""
        del self.sender, self.recipients, self.date, self.message_id, self.thread_id
        del self.auto_submitted, self.bulk
        self._find_envelope, self._find_kinds = envelope, kinds

    def leave_columns(self) -> None:
        """Have the columns made from the other fields, as those of a message, when they are first asked for."""
        del self.columns

    def __getattr__(self, name: str) -> Any:
        """A field that was left for later; all others are there, and never come by here."""
        if name in Envelope._fields and self._find_envelope:
            self.sender, self.recipients, self.date, self.message_id, self.thread_id, note = self._find_envelope()
            self.note = "; ".join(filter(None, (self.note, note)))
            self._find_envelope = None
        elif name in ("auto_submitted", "bulk") and self._find_kinds:
            self.auto_submitted, self.bulk = self._find_kinds()
            self._find_kinds = None
        elif name == "columns":
            self.columns = message_columns(self)
        else:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self, name)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        # What finds fields comes last: by then nothing is left for later, and it is None.
        return None, {each.name: getattr(self, each.name) for each in fields(self)}


# The output's columns for formats whose records are messages (mail, chat), in order.
MESSAGE_SCHEMA: dict[str, pa.DataType] = {
    "id": pa.string(),
    "message_id": pa.string(),
    "thread_id": pa.string(),
    "date": pa.string(),
    "from": pa.string(),
    "to": pa.string(),
    "subject": pa.string(),
    "direction": pa.string(),
    "auto_submitted": pa.bool_(),
    "bulk": pa.bool_(),
    "text": pa.string(),
}


def message_columns(record: Record) -> dict[str, Any]:
    """The values of `MESSAGE_SCHEMA` for a record; the date in ISO 8601."""
    return {
        "id": record.id,
        "message_id": record.message_id,
        "thread_id": record.thread_id,
        "date": record.date.isoformat() if record.date else "",
        "from": record.sender,
        "to": ", ".join(record.recipients),
        "subject": record.subject,
        "direction": record.direction,
        "auto_submitted": record.auto_submitted,
        "bulk": record.bulk,
        "text": record.text,
    }


@dataclass(frozen=True)
class ReadOptions:
    """How to read.

    text_column: the column that holds the text, for tables; well-known names are found without it.
    encoding: the encoding of text files, where it is not to be guessed.
    own_addresses, own_domains: of one's own people; they tell outgoing messages from customers' (lower case).
    sizes: bytes up to which single files are read, by their paths.
    """

    text_column: str | None = None
    encoding: str | None = None
    own_addresses: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass
class ReadReport:
    """What was read: records by status, files that were left aside with the reason, files that were met again."""

    counts: dict[str, int] = field(default_factory=lambda: {OK: 0, EMPTY: 0, UNREADABLE: 0})
    skipped: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())
