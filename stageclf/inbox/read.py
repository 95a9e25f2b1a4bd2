"""Several inputs, files, folders and archives, as one stream of records."""

from __future__ import annotations

import copy
import email.utils
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.bounded import bounded
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import (
    INCOMING,
    OUTGOING,
    UNREADABLE,
    InputError,
    ReadOptions,
    ReadReport,
    Record,
)
from stageclf.inbox.schema import Columns, add, joined
from stageclf.inbox.walk import Found, files_in, walk_file

PART_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read: its path, where in that its name begins, whether it was named itself, its size at first.

    before: how many files come before it, those in archives counted one by one. unpacked: bytes of what is in it.
    """

    path: str
    start: int
    named: bool
    size: int | None
    before: int = 0
    unpacked: int = 0

    def bounded(self) -> Path:
        return bounded(self.path, self.size)


class Reading:
    """An iterator over the records of all inputs; `report` counts what has come by so far.

    Files named one by one must be usable, or InputError is raised before the first record. In a folder or an
    archive, a file of an unknown kind is left aside and a broken one gives a single unreadable record. All is
    gone through once for the columns and once for the records; archives are unpacked member by member. A file that
    is met again, under whatever path, is read once, where it was met first.
    """

    def __init__(self, inputs: Sequence[str | Path], options: ReadOptions) -> None:
        self.report = ReadReport()
        self._options = options
        self._files: list[_File] = []
        self._schema: dict[str, pa.DataType] = {}
        self._trouble: dict[str, dict[str, str]] = {}
        self._found = self._total = self._before = self._done = self._labels = 0
        self._reader: Reader | None = None
        self._renamed: dict[str, str] = {}
        self._add_all(list(map(Path, inputs)))
        if not self._found:
            places = ", ".join(map(str, inputs))
            raise InputError(f"nothing to read in {places or 'an empty list of inputs'}{self._what_there_is()}")

    def _add_all(self, items: list[Path]) -> None:
        """Survey all files, each once; one that is named by itself must be usable wherever it is met first."""
        columns: Columns = {}
        named = {os.path.realpath(item) for item in items if not item.is_dir()}
        met: set[str] = set()
        for path, name in (file for item in items for file in self._files_of(item)):
            place = os.path.realpath(path)
            if place in met:
                self.report.repeated.append(str(path))
                continue
            met.add(place)
            self._survey(self._file(path, name, place in named), columns)
        self._schema, self._renamed = joined(columns)

    def _files_of(self, item: Path) -> Iterator[tuple[Path, str]]:
        """The files of an input, each with the name that its ids depend on."""
        if not item.is_dir():
            yield item, item.name
            return
        for path, aside in files_in(item):
            if aside:
                self.report.skipped[str(path)] = f"{path} {aside}"
            else:
                yield path, str(path.relative_to(item))

    def _file(self, path: Path, name: str, named: bool) -> _File:
        try:
            size = self._options.sizes.get(str(path), path.stat().st_size)
        except OSError:
            size = None  # what is wrong with it is said where it is opened
        return _File(str(path), len(str(path)) - len(name), named, size)

    def _survey(self, file: _File, columns: Columns) -> None:
        """Look at what a file holds: its columns, its size, what is to be left aside or cannot be read."""
        before, total, labels, label = self._found, self._total, self._labels, ""
        for found in walk_file(file.bounded(), self._options, file.named):
            if found.aside:
                self.report.skipped[found.label] = found.aside
                continue
            self._found += 1
            self._labels += found.label != label
            label = found.label
            if found.reader is None:
                continue
            try:
                add(columns, found.reader.schema(), found.reader.messages)
                self._total += found.reader._size
            except InputError as error:
                if found.label == file.path and file.named and found.reader.path == Path(file.path):
                    raise
                self._trouble.setdefault(file.path, {})[found.label] = found.told(str(error))
        if self._found > before:
            self._files.append(replace(file, before=labels, unpacked=self._total - total))

    def _what_there_is(self) -> str:
        names = [label.rpartition("!")[2] for label in self.report.skipped if "!" in label]
        return f": it holds {', '.join(names[:8])}{', …' if len(names) > 8 else ''}" if names else ""

    @property
    def paths(self) -> Iterator[Path]:
        """The files on the disk that are read."""
        return (Path(file.path) for file in self._files)

    def sizes(self) -> Iterator[tuple[Path, int]]:
        """The files on the disk, and the size up to which each is read: that at first."""
        return ((Path(file.path), file.size or 0) for file in self._files)

    def grown(self) -> Iterator[tuple[str, int]]:
        """Files that have become larger since, and the size up to which they were read."""
        for path, size in self.sizes():
            if path.exists() and path.stat().st_size > size:
                yield str(path), size

    @property
    def several(self) -> bool:
        """Whether there is more than one file."""
        return self._found > 1

    def schema(self) -> dict[str, pa.DataType]:
        """All columns of all inputs; one that has several types is text.

        Where there are messages, too, a table's column that has the name of what we find out about them ("id",
        "direction", "auto_submitted", "bulk") is "input_…"; dates, senders, subjects and texts share a column.
        """
        return dict(self._schema)

    @property
    def progress(self) -> float:
        """How much has been read, from 0 to 1, each file counted by its size."""
        reader = self._reader
        current = reader._size * reader.progress if reader else 0
        return min(1.0, (self._done + current) / (self._total or 1))

    def parts(self) -> Iterator[Reading]:
        """The same in parts that can be read one by one, here or, pickled, on other machines.

        A part is a run of files that have 16 MB together, or a single larger file. Parts count into the `report`
        of the whole, and their `progress` is that of the whole.
        """
        group: list[_File] = []
        before = size = 0
        for file in self._files:
            group.append(file)
            size += file.unpacked
            if size >= PART_BYTES:
                yield self._part(group, before)
                group, before, size = [], before + size, 0
        if group:
            yield self._part(group, before)

    def _part(self, files: list[_File], before: int) -> Reading:
        part = copy.copy(self)
        part._files, part._before, part._done, part._reader = files, before, before, None
        part._trouble = {file.path: self._trouble[file.path] for file in files if file.path in self._trouble}
        return part

    def __iter__(self) -> Iterator[Record]:
        self._done = self._before
        for file in self._files:
            troubles = self._trouble.get(file.path, {})
            number, label = file.before, ""
            for found in walk_file(file.bounded(), self._options, named=False):
                if found.aside:
                    continue
                number, label = number + (found.label != label), found.label
                trouble = found.trouble or troubles.get(found.label, "")
                for record in self._records(found, found.label[file.start :], trouble):
                    record.file = number
                    self.report.counts[record.status] += 1
                    yield record

    def _records(self, found: Found, name: str, trouble: str) -> Iterator[Record]:
        """The records of one file; where reading it breaks off, a last one says so."""
        if trouble:
            yield _unreadable(found.label, 0, trouble, name)
        elif found.reader is not None:
            self._reader = found.reader
            position = 0
            try:
                for record in found.reader.records():
                    position = record.position
                    yield self._completed(record, found, name)
            except (OSError, ValueError, pa.ArrowException) as error:
                note = found.told(f"{found.label} cannot be read after position {position}: {error}")
                yield _unreadable(found.label, position + 1, note, name)
            self._done += found.reader._size
            self._reader = None

    def _completed(self, record: Record, found: Found, name: str) -> Record:
        """The record with what does not depend on its format: id, channel, direction, columns of messages."""
        reader = found.reader
        record.source, record.note = found.told(record.source), found.told(record.note)
        record.id = _id(name, record.position, record.text)
        record.channel = record.channel or reader.channel
        record.direction = record.direction or self._direction(record)
        if reader.messages:
            record.leave_columns()
        elif self._renamed:
            record.columns = {self._renamed.get(name, name): value for name, value in record.columns.items()}
        return record

    def _direction(self, record: Record) -> str:
        options = self._options
        if not (options.own_addresses or options.own_domains):
            return ""
        sender = record.sender
        if not sender:
            return ""
        address = (email.utils.parseaddr(sender)[1] or sender).lower()
        if {address, sender.lower()} & set(options.own_addresses):
            return OUTGOING
        _, at, domain = address.rpartition("@")
        if not at:  # a mere name: who it is can be told only where one's own people are given by name
            return INCOMING if any("@" not in own for own in options.own_addresses) else ""
        own = any(domain == mine or domain.endswith(f".{mine}") for mine in options.own_domains)
        return OUTGOING if own else INCOMING


def _id(name: str, position: int, text: str) -> str:
    return hashlib.sha256(f"{name}\0{position}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _unreadable(label: str, position: int, why: str, name: str) -> Record:
    return Record("", {}, label, position, UNREADABLE, why, id=_id(name, position, why))


def read(
    inputs: str | Path | Sequence[str | Path],
    *,
    text_column: str | None = None,
    encoding: str | None = None,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
    sizes: Mapping[str, int] | None = None,
) -> Reading:
    """Read files and folders as one stream of records; see `Reading`.

    text_column: the column that holds the text, for tables; well-known names are found without it.
    encoding: the encoding of text files, where it is not to be guessed.
    own_addresses, own_domains: mail addresses and domains of one's own people, which make messages "outgoing".
    sizes: bytes up to which single files are read; others are read up to the size that they have now.
    """
    paths = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    own = tuple(address.lower() for address in own_addresses)
    domains = tuple(domain.lower().lstrip("@.") for domain in own_domains)
    return Reading(paths, ReadOptions(text_column, encoding, own, domains, sizes or {}))
