"""The working folder of a run: finished chunks in one growing file, and a journal of them.

    .NAME.stageclf/
        lock       held by the run that is writing
        plan.json  what the run does, see `plan`
        log        the encoded chunks, one after the other
        journal    one line of JSON a finished chunk: records, their digest, where it ends in the log, counts
        result     the whole output, for formats that are built of the log at the end

A chunk is finished when its line in the journal is whole; the log is cut there by a run that continues. So
whatever moment a process is killed at, nothing is half finished for the next one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from stageclf.scoring.lock import RunLock
from stageclf.scoring.plan import FORMAT, differences
from stageclf.scoring.report import Tally
from stageclf.scoring.sinks import ArrowSink, OutputError, Sink


@dataclass(frozen=True)
class Finished:
    """A finished chunk: how many records, their digest, where it ends in the log."""

    records: int
    digest: str
    end: int


class WorkFolder:
    """A context manager around a run to one output; see the module for what it holds.

    Left by an error, the folder stays if a chunk is finished, and goes if none is.
    """

    def __init__(self, folder: Path, output: str) -> None:
        self.folder = folder
        self.output = output
        self.finished: list[Finished] = []
        self.tally = Tally()
        self._lock = RunLock(folder / "lock", output)
        self._journal: BinaryIO | None = None
        self._log: BinaryIO | None = None
        self._begun = self._made = False
        self._end = 0

    def __enter__(self) -> WorkFolder:
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True)
                self._made = True
            self._lock.acquire()
        except OSError as error:
            raise OutputError(
                f"cannot write {self.output}: the folder {self.folder.parent} takes no new files ({error.strerror})"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (self._log, self._journal):
            if file:
                file.close()
        if kind is None:
            (self.folder / "plan.json").unlink(missing_ok=True)
        if kind is None or (not self.finished and (self._begun or self._made)):
            shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()

    def plan(self) -> dict[str, Any] | None:
        """What the run that left the folder was doing; None if none did, or none that can be continued."""
        try:
            plan = json.loads((self.folder / "plan.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return plan if plan.get("format") == FORMAT else None

    def begin(self, plan: dict[str, Any], head: bytes, resume: bool) -> list[str]:
        """Continue the run that left the folder, or begin anew; returns what there is to say about it.

        Raises OutputError if the run to be continued differs from this one.
        """
        old = self.plan()
        if resume and old is not None:
            self._refuse_other(old, plan)
            if self._restored(len(head)):
                return [f"continuing after {sum(chunk.records for chunk in self.finished):,} records"]
        self._begin_anew(plan, head)
        if resume:
            return [f"there is no unfinished run to {self.output}: beginning at the first record"]
        if old is not None:
            return [f"replacing an unfinished run to {self.output}; --resume would have continued it"]
        return []

    def _begin_anew(self, plan: dict[str, Any], head: bytes) -> None:
        self._begun = True
        for name in ("plan.json", "journal", "result"):
            (self.folder / name).unlink(missing_ok=True)
        self._open("wb")
        with self._explained():
            _write(self._log, head)
            self._end = len(head)
            partial = self.folder / "plan.json.partial"
            partial.write_text(json.dumps(plan), encoding="utf-8")
            partial.replace(self.folder / "plan.json")

    def _refuse_other(self, old: dict[str, Any], plan: dict[str, Any]) -> None:
        found = differences(old, plan)
        if found:
            raise OutputError(
                f"cannot resume {self.output}: {'; '.join(found)}. "
                "Give what the first run was given, or leave out --resume to begin anew"
            )

    def _take_back(self) -> None:
        """The log of a run that was killed when it had just become the output."""
        log = self.folder / "log"
        if not log.exists() and (entries := self._entries()) and entries[-1]["end"] == _size(self.output):
            try:
                os.link(self.output, log)
            except OSError:
                Path(self.output).replace(log)

    def _entries(self) -> list[dict[str, Any]]:
        """The whole lines of the journal."""
        entries: list[dict[str, Any]] = []
        if not (self.folder / "journal").exists():
            return entries
        with (self.folder / "journal").open("rb") as journal:
            for line in journal:
                if not line.endswith(b"\n"):
                    break
                entries.append(json.loads(line) | {"line": len(line)})
        return entries

    def _restored(self, start: int) -> bool:
        """Take over what is finished, and cut journal and log behind it; False if there is nothing whole."""
        self._take_back()
        size = _size(self.folder / "log")
        if size < start or not (self.folder / "journal").exists():
            return False
        self._begun = True
        kept, self._end = 0, start
        for entry in self._entries():
            if entry["end"] > size:
                break
            kept, self._end = kept + entry["line"], entry["end"]
            self.finished.append(Finished(entry["records"], entry["digest"], self._end))
            self.tally.add(Tally.from_dict(entry["tally"]))
        self._open("ab")
        os.truncate(self._journal.fileno(), kept)
        os.truncate(self._log.fileno(), self._end)
        return True

    def _open(self, mode: str) -> None:
        self._log = (self.folder / "log").open(mode, buffering=0)
        self._journal = (self.folder / "journal").open(mode, buffering=0)

    def append(self, data: bytes, records: int, digest: str, tally: Tally) -> None:
        """A chunk is finished. Raises OutputError where it cannot be written, as on a full disk."""
        chunk = Finished(records, digest, self._end + len(data))
        entry = {"records": records, "digest": digest, "end": chunk.end, "tally": tally.to_dict()}
        with self._explained():
            _write(self._log, data)
            os.fsync(self._log.fileno())
            _write(self._journal, json.dumps(entry).encode() + b"\n")
        self._end = chunk.end
        self.finished.append(chunk)

    def result(self, sink: Sink, start: int) -> Path:
        """The whole output as one file in the folder; `start` is where the first chunk begins in the log."""
        log, path = self.folder / "log", self.folder / "result"
        if not isinstance(sink, ArrowSink):
            return log
        path.unlink(missing_ok=True)
        with self._explained():
            sink.build(self._chunks(start), path)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        return path

    def _chunks(self, start: int) -> Iterator[bytes]:
        with (self.folder / "log").open("rb") as file:
            file.seek(start)
            for chunk in self.finished:
                yield file.read(chunk.end - start)
                start = chunk.end

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            done = sum(chunk.records for chunk in self.finished)
            kept = f". {done:,} records are finished and kept: make room and continue with --resume" if done else ""
            raise OutputError(
                f"cannot write {self.output}: {error.strerror or error} (in {self.folder}){kept}"
            ) from error


def _write(file: BinaryIO, data: bytes) -> None:
    """All of the data; a file without a buffer may take it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _size(path: str | Path) -> int:
    """The size of a file, -1 if there is none."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return -1
