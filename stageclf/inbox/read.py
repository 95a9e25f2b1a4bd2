"""Several inputs, files and folders, as one stream of records."""

from __future__ import annotations

import email.utils
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.reader import Reader
from stageclf.inbox.record import (
    INCOMING,
    OUTGOING,
    UNREADABLE,
    InputError,
    ReadOptions,
    ReadReport,
    Record,
    message_columns,
)
from stageclf.inbox.registry import expand, open_reader


class Reading:
    """An iterator over the records of all inputs; `report` counts what has come by so far.

    Files named one by one must be usable, or InputError is raised before the first record. In a folder, a
    file of an unknown kind is left aside and a broken one gives a single unreadable record.
    """

    def __init__(self, inputs: Sequence[str | Path], options: ReadOptions) -> None:
        self.report = ReadReport()
        self.readers: list[Reader | Record] = []
        self._schemas: list[dict[str, pa.DataType]] = []
        self._options = options
        for path, named in expand(inputs):
            self._add(path, named)
        if not self.readers:
            places = ", ".join(map(str, inputs))
            raise InputError(f"nothing to read in {places or 'an empty list of inputs'}")
        self._current = 0

    def _add(self, path: Path, named: bool) -> None:
        try:
            reader = open_reader(path, self._options)
            schema = reader.schema()
        except InputError as error:
            if named:
                raise
            if "unknown kind of file" in str(error):
                self.report.skipped[str(path)] = str(error)
            else:
                self.readers.append(Record("", {}, str(path), 0, UNREADABLE, str(error)))
            return
        self.readers.append(reader)
        self._schemas.append(schema)

    @property
    def several(self) -> bool:
        """Whether there is more than one file."""
        return len(self.readers) > 1

    def schema(self) -> dict[str, pa.DataType]:
        """All columns of all inputs; one that has several types is text."""
        merged: dict[str, pa.DataType] = {}
        for schema in self._schemas:
            for name, kind in schema.items():
                merged[name] = kind if merged.get(name, kind) == kind else pa.string()
        return merged

    @property
    def progress(self) -> float:
        """How much has been read, from 0 to 1, each file counted by its size."""
        readers = [reader for reader in self.readers if isinstance(reader, Reader)]
        total = sum(reader._size for reader in readers) or 1
        return sum(reader._size * reader.progress for reader in readers) / total

    def __iter__(self) -> Iterator[Record]:
        for reader in self.readers:
            for record in [reader] if isinstance(reader, Record) else self._records(reader):
                self.report.counts[record.status] += 1
                yield record

    def _records(self, reader: Reader) -> Iterator[Record]:
        """The records of one file; where reading it breaks off, a last one says so."""
        position = 0
        try:
            for record in reader.records():
                position = record.position
                yield self._completed(record, reader)
        except (OSError, ValueError, pa.ArrowException) as error:
            note = f"{reader.path} cannot be read after position {position}: {error}"
            yield Record("", {}, str(reader.path), position + 1, UNREADABLE, note)

    def _completed(self, record: Record, reader: Reader) -> Record:
        """The record with what does not depend on its format: id, channel, direction, columns of messages."""
        name = reader.path.name
        record.id = hashlib.sha256(f"{name}\0{record.position}\0{record.text}".encode()).hexdigest()[:16]
        record.channel = record.channel or reader.channel
        record.direction = record.direction or self._direction(record.sender)
        if reader.messages:
            record.columns = message_columns(record)
        return record

    def _direction(self, sender: str) -> str:
        options = self._options
        if not sender or not (options.own_addresses or options.own_domains):
            return ""
        address = (email.utils.parseaddr(sender)[1] or sender).lower()
        domain = address.rpartition("@")[2]
        own = address in options.own_addresses or any(
            domain == mine or domain.endswith(f".{mine}") for mine in options.own_domains
        )
        return OUTGOING if own else INCOMING


def read(
    inputs: str | Path | Sequence[str | Path],
    *,
    text_column: str | None = None,
    encoding: str | None = None,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
) -> Reading:
    """Read files and folders as one stream of records; see `Reading`.

    text_column: the column that holds the text, for tables; well-known names are found without it.
    encoding: the encoding of text files, where it is not to be guessed.
    own_addresses, own_domains: mail addresses and domains of one's own people, which make messages "outgoing".
    """
    paths = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    own = tuple(address.lower() for address in own_addresses)
    domains = tuple(domain.lower().lstrip("@.") for domain in own_domains)
    return Reading(paths, ReadOptions(text_column, encoding, own, domains))
