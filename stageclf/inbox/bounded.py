"""Files that grow while they are read: only what was there at first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

BUFFER = 1 << 18


class BoundedPath(type(Path())):
    """A path whose file, opened to read bytes, ends after `bound` bytes, however large it has become."""

    bound: int | None = None

    def open(self, mode: str = "r", *args: Any, **options: Any) -> BinaryIO:
        if self.bound is None or mode != "rb":
            return super().open(mode, *args, **options)
        return io.BufferedReader(_Bounded(super().open("rb", buffering=0), self.bound), BUFFER)


def bounded(path: str | Path, bound: int | None) -> Path:
    """The path, to be read up to `bound` bytes; None for all of it."""
    made = BoundedPath(path)
    made.bound = bound
    return made


class _Bounded(io.RawIOBase):
    def __init__(self, file: io.RawIOBase, bound: int) -> None:
        self._file = file
        self._bound = bound

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def readinto(self, buffer: memoryview) -> int:
        left = max(0, self._bound - self._file.tell())
        return self._file.readinto(memoryview(buffer)[:left])

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            offset, whence = min(self._bound, self._file.seek(0, io.SEEK_END)) + offset, io.SEEK_SET
        return self._file.seek(offset, whence)

    def close(self) -> None:
        self._file.close()
        super().close()
