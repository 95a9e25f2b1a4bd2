"""A folder of Parquet files as output, each written by a worker."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any

from stageclf.scoring.resume import Finished
from stageclf.scoring.sinks import ArrowSink, OutputError
from stageclf.scoring.sinks.parquet import ParquetSink


class FolderOutput:
    """A folder on a disk that all machines share; it appears by being renamed.

    Raises OutputError where something else is there already.
    """

    sink = ParquetSink

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise OutputError(f"cannot write {path}: it is there already; give another folder, or remove it")
        self.folder = path.absolute().with_name(f".{path.name}.{os.getpid()}.partial")

    def work(self) -> PartFolder:
        return PartFolder(self.folder, self.name)

    def deliver(self, result: Path) -> None:
        try:
            result.replace(self.path)
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {error.strerror or error}") from error


class PartFolder:
    """Work of which nothing is kept unless it is whole; the chunks are written by others."""

    def __init__(self, folder: Path, output: str) -> None:
        self.folder, self.output = folder, output
        self.finished: list[Finished] = []

    def __enter__(self) -> PartFolder:
        try:
            self.folder.mkdir()
        except OSError as error:
            raise OutputError(f"cannot write {self.output}: {error.strerror or error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def plan(self) -> None:
        """No run is ever continued."""
        return None

    def begin(self, plan: dict[str, Any], head: bytes, resume: bool) -> list[str]:
        """Begin; raises OutputError if a run is to be continued."""
        if resume:
            raise OutputError(f"cannot resume {self.output}: a folder of files is begun anew")
        return []

    def check(self, path: str) -> None:
        """Raise OutputError for a file that a worker wrote elsewhere."""
        if not Path(path).is_file():
            raise OutputError(
                f"a worker wrote {path}, which is not there on this machine: give an output folder that all "
                "machines share, or a single file (.csv, .jsonl or .parquet)"
            )

    def result(self, sink: ArrowSink, start: int) -> Path:
        """The folder, with a file that has no rows if there are none."""
        if not any(self.folder.iterdir()):
            sink.build(iter(()), self.folder / "part-000000-000000.parquet")
        return self.folder
