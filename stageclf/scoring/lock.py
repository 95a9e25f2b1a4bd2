"""One run an output: a lock that the operating system takes back when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

from stageclf.scoring.sinks import OutputError


class RunLock:
    """Holds a file locked; in it stands who does, for the message that others get."""

    def __init__(self, path: Path, output: str) -> None:
        self.path = path
        self.output = output
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises OutputError if another process holds the lock."""
        while self._file is None:
            try:
                file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            except FileNotFoundError:
                self.path.parent.mkdir(exist_ok=True)  # a run that ended just now has deleted it
                continue
            if not _locked(file):
                holder = os.read(file, 200).decode(errors="replace").strip() or "of unknown number"
                os.close(file)
                raise OutputError(
                    f"another run is writing to {self.output}: process {holder}. "
                    "Wait for it, stop it, or write to another file"
                )
            if self._is_still_there(file):
                os.ftruncate(file, 0)
                os.write(file, f"{os.getpid()} on {socket.gethostname()}\n".encode())
                self._file = file
            else:
                os.close(file)

    def _is_still_there(self, file: int) -> bool:
        """Whether the file was not deleted by a run that ended between opening and locking it."""
        try:
            return os.path.samestat(os.fstat(file), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let others have the lock; nothing happens if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _locked(file: int) -> bool:
    """Lock the open file, if nobody else has."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        def lock() -> None:
            os.lseek(file, 1 << 20, os.SEEK_SET)  # beyond what is read: Windows keeps others from locked bytes
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
    else:

        def lock() -> None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    try:
        lock()
    except OSError as error:
        # Anything else is a file system that knows no locks: there nobody can be kept out.
        return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True
