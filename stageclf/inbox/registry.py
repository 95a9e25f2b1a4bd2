"""Which reader is for which file: by what the file holds first, then by its ending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from stageclf.inbox.instagram import InstagramReader
from stageclf.inbox.json_file import JsonReader
from stageclf.inbox.jsonl import JsonlReader
from stageclf.inbox.mbox import EmlReader, MboxReader
from stageclf.inbox.parquet import ParquetReader
from stageclf.inbox.plain import PlainReader
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, ReadOptions
from stageclf.inbox.table import TableReader
from stageclf.inbox.telegram import TelegramReader
from stageclf.inbox.whatsapp import WhatsAppReader
from stageclf.inbox.xlsx import XlsxReader

BY_ENDING: dict[str, type[Reader]] = {
    ".mbox": MboxReader,
    ".mbx": MboxReader,
    ".eml": EmlReader,
    ".csv": TableReader,
    ".tsv": TableReader,
    ".tab": TableReader,
    ".jsonl": JsonlReader,
    ".ndjson": JsonlReader,
    ".json": JsonReader,
    ".xlsx": XlsxReader,
    ".xlsm": XlsxReader,
    ".parquet": ParquetReader,
    ".pq": ParquetReader,
    ".txt": PlainReader,
}
_BY_CONTENT = (XlsxReader, TelegramReader, InstagramReader, JsonlReader, JsonReader, WhatsAppReader)
_MBOX = re.compile(rb"\AFrom \S.*\d\d:\d\d.*\r?\n(?:[!-9;-~]+:|>From )")


def open_reader(path: str | Path, options: ReadOptions | None = None) -> Reader:
    """The reader for a file; raises InputError for one that is missing, empty or of an unknown kind."""
    path = Path(path)
    if not path.exists():
        near = sorted(p.name for p in path.parent.glob("*") if p.suffix in BY_ENDING) if path.parent.is_dir() else []
        hint = f"; {path.parent} holds: {', '.join(near[:8])}" if near else ""
        raise InputError(f"no such file: {path}{hint}")
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if not head:
        raise InputError(f"{path} is empty (0 bytes)")
    kind = ParquetReader if head.startswith(b"PAR1") else MboxReader if _MBOX.match(head) else None
    kind = kind or next((reader for reader in _BY_CONTENT if reader.sniff(head, path)), None)
    kind = kind or BY_ENDING.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            f"{path}: unknown kind of file {path.suffix!r}; stageclf reads {', '.join(sorted(BY_ENDING))}"
        )
    return kind(path, options or ReadOptions())


def expand(inputs: Sequence[str | Path]) -> Iterator[tuple[Path, bool]]:
    """Every file of the inputs and whether it was named itself (True) or found in a folder (False)."""
    for item in map(Path, inputs):
        if item.is_dir():
            for path in sorted(item.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    yield path, False
        else:
            yield item, True
