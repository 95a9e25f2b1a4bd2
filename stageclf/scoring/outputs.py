"""Where the output goes: a file, an address such as s3://…, or standard output."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from stageclf.scoring.remote import filesystem_of, is_address, local_path
from stageclf.scoring.report import Tally
from stageclf.scoring.resume import Finished, WorkFolder
from stageclf.scoring.sinks import SINKS, OutputError, Sink

STANDARD = "-"
# File systems on which a file appears when it is whole.
_ATOMIC = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "hf", "memory")


class Work(AbstractContextManager, Protocol):
    """What a run has done so far; see `WorkFolder`."""

    finished: list[Finished]

    def plan(self) -> dict[str, Any] | None: ...
    def begin(self, plan: dict[str, Any], head: bytes, resume: bool) -> list[str]: ...
    def result(self, sink: Sink, start: int) -> Path: ...


class ChunkWork(Work, Protocol):
    """Work that takes the encoded chunks one by one; `tally` counts over those that an earlier run finished."""

    tally: Tally

    def append(self, data: bytes, records: int, digest: str, tally: Tally) -> None: ...


class Output(Protocol):
    """Where a run writes to.

    name: what people are told. sink: the class that makes its format.
    path: where it is on this machine, folder: where the work for it is kept; None if nowhere.
    """

    name: str
    sink: type[Sink]
    path: Path | None
    folder: Path | None

    def work(self) -> Work:
        """A context manager around one run."""

    def deliver(self, result: Path) -> None:
        """Put what `Work.result` gave where it belongs. Raises OutputError where that fails."""


class FileOutput:
    """A file on this machine; it appears by being renamed."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.name = str(path)
        self.sink = _sink_for(self.name, self.path.suffix)
        if not self.path.parent.is_dir():
            raise OutputError(f"cannot write {path}: there is no folder {self.path.parent}")
        if self.path.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder; name a file in it")
        self.sink.check(self.path)
        self.folder = self.path.with_name(f".{self.path.name}.stageclf")

    def work(self) -> WorkFolder:
        return WorkFolder(self.folder, self.name)

    def deliver(self, result: Path) -> None:
        try:
            result.replace(self.path)
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {error.strerror}; continue with --resume") from error


class RemoteOutput:
    """A file elsewhere, made in a folder of the user's cache and sent when it is whole."""

    path = None

    def __init__(self, address: str) -> None:
        self.name = address
        self.sink = _sink_for(address, Path(address.partition("?")[0]).suffix)
        self.sink.check(None)
        protocol = address.partition("://")[0]
        if protocol in ("http", "https"):
            raise OutputError(f"cannot write {address}: web addresses can only be read; write to a file")
        self._system, self._path = filesystem_of(address, OutputError)
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        digest = hashlib.sha256(address.encode()).hexdigest()[:16]
        self.folder = cache / "stageclf" / f".{Path(self._path).name}.{digest}.stageclf"
        self._atomic = protocol in _ATOMIC

    def work(self) -> WorkFolder:
        return WorkFolder(self.folder, self.name)

    def deliver(self, result: Path) -> None:
        target = self._path if self._atomic else f"{self._path}.partial"
        try:
            self._system.put_file(str(result), target)
            if not self._atomic:
                self._system.mv(target, self._path)
        except Exception as error:
            raise OutputError(
                f"cannot write {self.name}: {type(error).__name__}: {error}. All is scored and kept in "
                f"{self.folder}: send it with --resume"
            ) from error


class StandardOutput:
    """JSON Lines on standard output, chunk by chunk."""

    name = "standard output"
    sink = SINKS[".jsonl"]
    path = folder = None

    def work(self) -> _Stream:
        return _Stream()

    def deliver(self, result: Path) -> None:
        """Nothing is left to be done."""


class _Stream:
    """Work that is not kept: every chunk goes out at once."""

    def __init__(self) -> None:
        self.finished: list[Finished] = []
        self.tally = Tally()

    def __enter__(self) -> _Stream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def plan(self) -> None:
        return None

    def begin(self, plan: dict[str, Any], head: bytes, resume: bool) -> list[str]:
        if resume:
            raise OutputError("standard output cannot be resumed: write to a file")
        return []

    def append(self, data: bytes, records: int, digest: str, tally: Tally) -> None:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise OutputError("standard output was closed before all was written") from error

    def result(self, sink: Sink, start: int) -> Path:
        return Path(os.devnull)


def output_of(output: str | Path) -> Output:
    """The place to write to; raises OutputError for one that cannot be written, before anything is read."""
    if str(output) == STANDARD:
        return StandardOutput()
    if is_address(output):
        path = local_path(output)
        return FileOutput(path) if path else RemoteOutput(str(output))
    return FileOutput(output)


def _sink_for(name: str, ending: str) -> type[Sink]:
    sink = SINKS.get(ending.lower())
    if sink is None:
        raise OutputError(f"cannot write {name}: the ending must be one of {', '.join(SINKS)}")
    return sink
