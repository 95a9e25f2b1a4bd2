"""The way through files, folders and archives: everything that is met, and the reader for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stageclf.inbox.archive import Archive
from stageclf.inbox.aside import reason_to_leave_aside
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, NothingToReadError, ReadOptions
from stageclf.inbox.registry import open_reader
from stageclf.inbox.unpack import MOST_DEPTH, Budget


@dataclass(frozen=True)
class Found:
    """One thing that was met.

    label: where it is, as people are told it: "folder/mails.zip!inner/a.mbox".
    reader: what reads it, usable until the next thing is asked for; else `trouble` says why it cannot be read,
        or `aside` why it is left aside.
    """

    label: str
    reader: Reader | None = None
    trouble: str = ""
    aside: str = ""

    def told(self, message: str) -> str:
        """The message with the label in place of the temporary file that was read instead."""
        reader = self.reader
        if not message or reader is None or (path := str(reader.path)) == self.label:
            return message
        return message.replace(path, self.label)


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below the folder in order, and why it is left aside ("" if it is not)."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield here, f"cannot be opened: {error.strerror}"
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                continue
            aside = reason_to_leave_aside(path.relative_to(folder).as_posix())
            yield path, aside if entry.is_file() else "is no ordinary file"
        waiting += [Path(entry.path) for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]


def walk_file(path: Path, options: ReadOptions, named: bool) -> Iterator[Found]:
    """A file, or what an archive holds; raises InputError where a file that was `named` cannot be used."""
    try:
        yield from _things(path, str(path), options, None, MOST_DEPTH)
    except NothingToReadError as error:
        if named:
            raise
        yield Found(str(path), aside=str(error))
    except InputError as error:
        if named:
            raise
        yield Found(str(path), trouble=str(error))


def _things(path: Path, label: str, options: ReadOptions, budget: Budget | None, depth: int) -> Iterator[Found]:
    reader = open_reader(path, options)
    if not isinstance(reader, Archive):
        reader.label = label
        yield Found(label, reader)
    elif depth == 0:
        yield Found(label, trouble=f"{label} is an archive within {MOST_DEPTH} others: unpack it first")
    else:
        budget = budget or Budget(path.stat().st_size)
        for member in reader.members(budget):
            inner = f"{label}!{member.name}" if member.name else label
            if member.aside:
                yield Found(inner, aside=f"{inner} {member.aside}")
            if member.path is not None:
                yield from _unpacked(member.path, inner, options, budget, depth - 1)
            if member.trouble:
                read = "; what came before was read" if member.path is not None else ""
                yield Found(inner, trouble=f"{inner} {member.trouble}{read}")


def _unpacked(path: Path, label: str, options: ReadOptions, budget: Budget, depth: int) -> Iterator[Found]:
    """The things in one file out of an archive; what is wrong with it is no reason to stop."""
    try:
        yield from _things(path, label, options, budget, depth)
    except NothingToReadError as error:
        yield Found(label, aside=str(error).replace(str(path), label))
    except InputError as error:
        yield Found(label, trouble=str(error).replace(str(path), label))
