"""The base of all readers: one file in, records out, one at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.record import InputError, ReadOptions, Record

HEAD = 4096  # bytes that `sniff` is given
TEXT_COLUMNS = (
    "text", "body", "message", "content", "comment", "comments",
    "review", "review_text", "review text", "description",
    "feedback", "question", "post", "mail", "email_body", "nachricht", "nachrichtentext", "inhalt", "bewertung",
    "kommentar", "anfrage", "κείμενο", "μήνυμα", "σχόλιο", "σχόλια", "αξιολόγηση", "texte", "texto", "mensaje",
    "testo", "messaggio", "bericht", "tekst", "mensagem", "mesaj", "текст", "сообщение",
)  # fmt: skip


class Reader(ABC):
    """Reads one file as a stream of records.

    `progress` runs from 0 to 1 while `records` is consumed. Where `messages` is true, the records are mails or
    chat messages: their `columns` are filled in by `read` from their other fields. `endings` (".csv", …) are those
    of files that `sniff` does not recognise by what they hold.
    """

    format = ""
    channel = ""
    messages = False
    endings: tuple[str, ...] = ()

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the first bytes say that the file is surely for this reader, whatever its ending."""
        return False

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.options = options
        self.progress = 0.0
        self._size = max(1, path.stat().st_size)

    @abstractmethod
    def schema(self) -> dict[str, pa.DataType]:
        """The columns of the records and their types; raises InputError for a file that cannot be used."""

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """Every record of the file in order, unreadable ones included."""

    def find_text_column(self, columns: list[str]) -> str:
        """The column to label: the one asked for, a well-known name, or the only one there is."""
        wanted = self.options.text_column
        if wanted is not None:
            if wanted in columns:
                return wanted
            raise InputError(f"{self.path}: no column {wanted!r}; its columns are: {', '.join(columns)}")
        by_name = {column.strip().lower(): column for column in reversed(columns)}
        for name in TEXT_COLUMNS:
            if name in by_name:
                return by_name[name]
        if len(columns) == 1:
            return columns[0]
        raise InputError(
            f"{self.path}: no column that is known to hold the text; its columns are: {', '.join(columns)}. "
            "Name one with --text-column (text_column=… in Python)"
        )
