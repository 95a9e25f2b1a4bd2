"""Inputs that are no files here: standard input and addresses are copied to temporary files first."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stageclf.inbox import InputError, Record
from stageclf.scoring.remote import filesystem_of, is_address, local_path

STANDARD = "-"
STANDARD_NAME = "standard input"
_WILDCARD = re.compile(r"[*?\[]")


@dataclass
class Inputs:
    """Paths to be read, and what people are to be told instead of those that are copies.

    repeated: files at addresses that were met again; they are copied once.
    """

    paths: list[Path] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    _fetched: set[tuple[str, str]] = field(default_factory=set)

    def is_new(self, place: tuple[str, str], name: str) -> bool:
        """Whether what lies at a place is met for the first time."""
        if place in self._fetched:
            self.repeated.append(name)
            return False
        self._fetched.add(place)
        return True

    def told(self, text: str) -> str:
        """The text with the names of inputs instead of the paths of their copies."""
        for path, name in self.names.items():
            text = text.replace(path, name)
        return text

    def named(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records, with the names of what they come from; InputError if an input vanishes meanwhile."""
        for record in records:
            if record.status == "unreadable":
                self._refuse_vanished()
            if self.names:
                record.source, record.note = self.told(record.source), self.told(record.note)
            yield record

    def _refuse_vanished(self) -> None:
        for path in self.paths:
            if not path.exists():
                raise InputError(
                    f"{path} is gone: it was there when the run began. Put it back and continue with --resume"
                )

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Errors of reading name the inputs as they were given."""
        try:
            yield
        except InputError as error:
            raise InputError(self.told(str(error))) from error


@contextmanager
def inputs_here(inputs: str | Path | Sequence[str | Path]) -> Iterator[Inputs]:
    """All inputs as paths on this machine; copies are deleted at the end.

    Raises InputError for an address that cannot be read, MissingExtraError with the pip line for its package.
    """
    given = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    found = Inputs()
    with tempfile.TemporaryDirectory(prefix="stageclf-", ignore_cleanup_errors=True) as folder:
        for number, name in enumerate(given):
            target = Path(folder, str(number))
            if str(name) == STANDARD:
                if STANDARD in map(str, given[:number]):
                    raise InputError("standard input (-) was given twice")
                found.paths.append(_standard_input(target, found))
            elif is_address(name) and (path := local_path(str(name))):
                found.paths.append(path)
            elif is_address(name):
                found.paths += _fetched(str(name), target, found)
            else:
                found.paths.append(Path(name))
        yield found


def _standard_input(folder: Path, found: Inputs) -> Path:
    folder.mkdir()
    path = folder / "stdin.jsonl"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    found.names[str(path)] = STANDARD_NAME
    return path


def _fetched(address: str, folder: Path, found: Inputs) -> list[Path]:
    """Copies of the file, of all files in the folder, or of those that fit the pattern at an address."""
    system, place = filesystem_of(address, InputError)
    folder.mkdir()
    try:
        wanted = _places(system, place)
        if not wanted:
            raise InputError(f"no such file: {address}")
        for path in wanted:
            name = address if path == place else system.unstrip_protocol(path)
            if not found.is_new((str(system.protocol), path), name):
                continue
            inner = Path(path).name if path == place else _below(path, place)
            target = folder / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(path, str(target))
            found.names[str(target)] = name
    except FileNotFoundError as error:
        raise InputError(f"no such file: {address}") from error
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{address} cannot be read: {type(error).__name__}: {error}") from error
    if not any(folder.iterdir()):
        return []
    return [folder / Path(place).name] if wanted == [place] else [folder]


def _places(system: Any, place: str) -> list[str]:
    """The paths of all files that a path, a folder or a pattern stands for, in their order."""
    if _WILDCARD.search(place):
        return sorted(path for path in system.glob(place) if system.isfile(path))
    return sorted(system.find(place)) if system.isdir(place) else [place]


def _below(path: str, place: str) -> str:
    """The path within the folder or pattern `place`, without steps that lead out of it."""
    wildcard = _WILDCARD.search(place)
    start = place[: wildcard.start()].rpartition("/")[0] if wildcard else place.rstrip("/")
    inner = path.removeprefix(start).lstrip("/") or Path(path).name
    return "/".join(part for part in inner.split("/") if part not in ("", ".", ".."))
