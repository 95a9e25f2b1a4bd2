"""Which reader is for which file: by what the file holds first, then by its ending."""

from __future__ import annotations

import re
from pathlib import Path

from stageclf.inbox.archive import Archive, CompressedFile, TarArchive, ZipArchive
from stageclf.inbox.eml import EmlReader, EmlxReader
from stageclf.inbox.instagram import InstagramReader
from stageclf.inbox.json_file import JsonReader
from stageclf.inbox.jsonl import JsonlReader
from stageclf.inbox.mbox import MboxReader
from stageclf.inbox.msg import MsgReader
from stageclf.inbox.parquet import ParquetReader
from stageclf.inbox.plain import PlainReader
from stageclf.inbox.pst import PstReader
from stageclf.inbox.reader import HEAD, Reader
from stageclf.inbox.record import InputError, NothingToReadError, ReadOptions
from stageclf.inbox.table import TableReader
from stageclf.inbox.telegram import TelegramReader
from stageclf.inbox.whatsapp import WhatsAppReader
from stageclf.inbox.xlsx import XlsxReader

# The first whose `sniff` says yes reads the file; formats with an unmistakable beginning come first.
READERS: tuple[type[Reader] | type[Archive], ...] = (
    ParquetReader,
    PstReader,
    MsgReader,
    XlsxReader,
    ZipArchive,
    TarArchive,
    CompressedFile,
    MboxReader,
    EmlxReader,
    EmlReader,
    TelegramReader,
    InstagramReader,
    JsonlReader,
    JsonReader,
    WhatsAppReader,
    TableReader,
    PlainReader,
)
BY_ENDING: dict[str, type[Reader] | type[Archive]] = {
    ending: reader for reader in READERS for ending in reader.endings
}

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/")

# What is no export but may hold one, by its first bytes, and what to do about it.
_TO_UNPACK = {
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "compressed by zstd",
}


def open_reader(path: str | Path, options: ReadOptions | None = None) -> Reader | Archive:
    """The reader for a file; raises InputError for one that is missing, empty or of an unknown kind."""
    path = path if isinstance(path, Path) else Path(path)
    if not path.exists():
        if _ADDRESS.match(str(path)):
            raise InputError(f"{path} is an address: only files and folders of this machine are read here")
        like = path.suffix if path.suffix in BY_ENDING else ""
        near = sorted(p.name for p in path.parent.glob(f"*{like}") if p.suffix in BY_ENDING)
        hint = f"; {path.parent} holds: {', '.join(near[:8])}" if near else ""
        raise InputError(f"no such file: {path}{hint}")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror or error}") from error
    if not head:
        raise NothingToReadError(f"{path} is empty (0 bytes)")
    kind = kind_of(head, path)
    if kind is None:
        raise NothingToReadError(
            f"{path}: unknown kind of file {path.suffix!r}; stageclf reads {', '.join(sorted(BY_ENDING))}"
        )
    return kind(path, options or ReadOptions())


def kind_of(head: bytes, path: Path) -> type[Reader] | type[Archive] | None:
    """The reader for a file that begins with `head`, None for an unknown kind."""
    for magic, what in _TO_UNPACK.items():
        if head.startswith(magic):
            raise InputError(f"{path} is {what}: unpack it first")
    return next((reader for reader in READERS if reader.sniff(head, path)), BY_ENDING.get(path.suffix.lower()))
