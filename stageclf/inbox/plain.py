"""Plain text, one text a line."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from stageclf.inbox.charset import guess_file_charset, python_codec
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import InputError, Record


class PlainReader(Reader):
    format = "txt"
    endings = (".txt",)

    def schema(self) -> dict[str, pa.DataType]:
        file_charset(self)  # an unknown encoding is to be said before anything is read
        return {"line": pa.int64(), "text": pa.string()}

    def records(self) -> Iterator[Record]:
        charset = file_charset(self)
        with self.path.open("rb") as file:
            for number, (line, note) in enumerate(decoded_lines(self, file, charset), start=1):
                text = line.rstrip("\r\n")
                yield Record(text, {"line": number, "text": text}, str(self.path), number, note=note)


def file_charset(reader: Reader) -> str:
    """The encoding asked for, or the one the file's bytes speak for."""
    wanted = reader.options.encoding
    if wanted is None:
        return guess_file_charset(reader.path)
    codec = python_codec(wanted)
    if codec is None:
        raise InputError(f"unknown encoding {wanted!r}; try one of utf-8, windows-1253, windows-1252, utf-16")
    return codec


def decoded_lines(reader: Reader, file, charset: str) -> Iterator[tuple[str, str]]:  # noqa: ANN001
    """Lines and what was odd about each; keeps the reader's progress. Undecodable bytes become U+FFFD."""
    if charset.startswith("utf-16"):
        for line in file.read().decode(charset, errors="replace").splitlines(keepends=True):
            yield line, ""
        reader.progress = 1.0
        return
    done = 0
    general = "" if charset.startswith("utf-8") else f"not UTF-8, read as {charset}"
    for raw in file:
        done += len(raw)
        reader.progress = done / reader._size
        try:
            yield raw.decode(charset), general
        except UnicodeDecodeError:
            yield raw.decode(charset, errors="replace"), f"some bytes are not valid {charset}"
        charset = "utf-8" if charset == "utf-8-sig" else charset
