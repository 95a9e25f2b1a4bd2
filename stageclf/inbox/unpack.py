"""Taking files out of archives without trusting them: into one temporary file, within limits."""

from __future__ import annotations

import lzma
import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from stageclf.inbox.aside import MAILDIR_FOLDERS

BLOCK = 1 << 20
# Texts and mails shrink to a tenth, mails made by a template to a hundredth: what grows more is no export.
MOST_GROWTH = 120
# Up to so many bytes growth is not asked for.
FREE_GROWTH = 16 * 2**20
KEEP_FREE_ON_DISK = 256 * 2**20
MOST_DEPTH = 3

# What decompressors raise on damaged or cut off input.
BROKEN = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, zipfile.BadZipFile, tarfile.TarError)


class TooMuchError(Exception):
    """More comes out of an archive than an export holds, or than there is room for."""


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass
class Budget:
    """How many bytes may come out of one archive or member and all that is in it; `packed` is its size.

    What is taken counts against the budget of the archive around it, too.
    """

    packed: int
    around: Budget | None = None
    taken: int = 0
    _checked: int = field(default=0, repr=False)

    def take(self, size: int) -> None:
        """Count bytes that were unpacked; raises TooMuchError where they are too many."""
        self.taken += size
        if self.around:
            self.around.take(size)
        self.expect(self.taken)

    def expect(self, size: int) -> None:
        """Raises TooMuchError if `size` bytes were too many."""
        if size > max(FREE_GROWTH, MOST_GROWTH * self.packed):
            raise TooMuchError(
                f"grows from {self.packed:,} bytes to {size // 2**20} MB or more: a zip bomb, or no text; not read"
            )

    def room(self, folder: Path) -> None:
        """Raises TooMuchError where the disk of the temporary files gets full; looks every 64 MB."""
        if self.taken - self._checked > 64 * 2**20:
            self._checked = self.taken
            if shutil.disk_usage(folder).free < KEEP_FREE_ON_DISK:
                raise TooMuchError(f"does not fit in {folder}: set TMPDIR to a folder with more room")


class CountedStream:
    """A stream of unpacked bytes that keeps to a budget."""

    def __init__(self, source: _Readable, budget: Budget) -> None:
        self._read = _piecewise(source)
        self._budget = budget

    def read(self, size: int = -1, /) -> bytes:
        data = self._read(size)
        self._budget.take(len(data))
        return data


def _piecewise(source: _Readable) -> Callable[[int], bytes]:
    """A read that gives what is there, so that damage further on does not take it along."""
    return getattr(source, "read1", source.read)


def spool(source: _Readable, target: Path, budget: Budget) -> str:
    """Write a stream to the file `target`; returns what went wrong on the way, "" if nothing did.

    What came before damage is kept; what is too much is deleted again.
    """
    read, written = _piecewise(source), 0
    with target.open("wb") as file:
        while True:
            try:
                block = read(BLOCK)
                budget.room(target.parent)
            except TooMuchError as error:
                target.unlink()
                return str(error)
            except BROKEN as error:
                return f"is damaged after {written:,} bytes: {str(error) or type(error).__name__}"
            if not block:
                return ""
            file.write(block)
            written += len(block)


def temporary_path(folder: Path, name: str) -> Path:
    """Where in `folder` a member lies for a while: its own name, and a Maildir's folder, by which mails are known."""
    *parents, own = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")] or ["member"]
    place = folder / (parents[-1] if parents and parents[-1] in MAILDIR_FOLDERS else "member")
    place.mkdir(exist_ok=True)
    return place / (re.sub(r"[^\w.,:+=@ ()\[\]-]", "_", own)[-60:].lstrip(".") or "_")


def open_for_reading(path: Path) -> BinaryIO:
    """The decompressed bytes of a .gz, .bz2 or .xz file, as a stream; of another file the bytes themselves."""
    import bz2
    import gzip

    with path.open("rb") as file:
        magic = file.read(6)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.open(path, "rb")
    if magic.startswith(b"BZh"):
        return bz2.open(path, "rb")
    if magic == b"\xfd7zXZ\0":
        return lzma.open(path, "rb")
    return path.open("rb")
