"""Archives: .zip, .tar in all its compressions, and single compressed files, member by member."""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stageclf.inbox.aside import reason_to_leave_aside
from stageclf.inbox.record import InputError, ReadOptions
from stageclf.inbox.unpack import (
    BROKEN,
    Budget,
    CountedStream,
    TooMuchError,
    open_for_reading,
    spool,
    temporary_path,
)

MOST_NAMES = 64 * 2**20
MOST_TAR_HEADER = 1 << 20
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_USTAR = slice(257, 262)


@dataclass(frozen=True)
class Member:
    """What one place in an archive holds.

    path: the file as it was unpacked, there until the next member is asked for; None if there is nothing to read.
    trouble: why it could not be unpacked, or not to its end.
    aside: why it was left aside.
    """

    name: str
    path: Path | None = None
    trouble: str = ""
    aside: str = ""


class Archive(ABC):
    """A file that holds files. Names in it are labels only: nothing is ever written to them."""

    format = ""
    endings: tuple[str, ...] = ()

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.options = options

    @classmethod
    @abstractmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the first bytes say that the file is such an archive."""

    @abstractmethod
    def members(self, budget: Budget) -> Iterator[Member]:
        """Every member in order; raises InputError for an archive that cannot be opened."""


class ZipArchive(Archive):
    format = "zip"
    endings = (".zip",)

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Zip files but for those that are documents or programs and only packed so."""
        office = b"[Content_Types].xml" in head[:200] or b"mimetypeapplication/" in head[:80]
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not office

    def members(self, budget: Budget) -> Iterator[Member]:
        with self._open() as archive, _temporary_folder() as folder:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from self._member(archive, info, folder, budget)

    def _open(self) -> zipfile.ZipFile:
        try:
            if (size := _directory_size(self.path)) > MOST_NAMES:
                raise InputError(f"{self.path} has a list of members of {size // 2**20} MB: it is not read")
            return zipfile.ZipFile(self.path)
        except (*BROKEN, NotImplementedError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{self.path} is not a readable zip archive: {error}; it may be cut off, copy or download it again"
            ) from error

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: str, around: Budget
    ) -> Iterator[Member]:
        name = _readable_name(info)
        aside = "is a link" if (info.external_attr >> 16) & 0o170000 == 0o120000 else reason_to_leave_aside(name)
        if aside:
            yield Member(name, aside=aside)
        elif info.flag_bits & 1:
            yield Member(name, trouble="is encrypted: unpack it with its password first")
        else:
            budget = Budget(info.compress_size, around)
            try:
                budget.expect(info.file_size)
                source = archive.open(info)
            except TooMuchError as error:
                yield Member(name, trouble=str(error))
            except (*BROKEN, NotImplementedError, RuntimeError) as error:
                yield Member(name, trouble=f"cannot be unpacked: {error}")
            else:
                with source, _spooled(CountedStream(source, budget), name, folder, budget) as member:
                    yield member


def _directory_size(path: Path) -> int:
    """The size in bytes of a zip file's list of members, as its last bytes say; 0 if they do not."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    large = tail.rfind(b"PK\x06\x06", 0, max(0, end))
    if large >= 0:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def _readable_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


class TarArchive(Archive):
    format = "tar"
    endings = (".tar", ".tgz", ".tbz", ".tbz2", ".txz")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        if not head.startswith(_COMPRESSED):
            return head[_USTAR] == b"ustar"
        try:
            with open_for_reading(path) as file:
                return file.read(512)[_USTAR] == b"ustar"
        except BROKEN:
            return path.suffix.lower() in cls.endings

    def members(self, budget: Budget) -> Iterator[Member]:
        last = ""
        with open_for_reading(self.path) as file, _temporary_folder() as folder:
            try:
                stream = CountedStream(file, budget)
                with tarfile.open(fileobj=stream, mode="r|", tarinfo=_CarefulInfo, errorlevel=0) as archive:
                    for info in archive:
                        archive.members = []  # tarfile would remember them all
                        last = info.name
                        for member in self._member(archive, info, folder, budget):
                            yield member
                            if member.trouble:
                                return  # the stream is where nothing more can be found
            except (*BROKEN, TooMuchError) as error:
                if not last and isinstance(error, tarfile.TarError):
                    raise InputError(f"{self.path} is not a readable tar archive: {error}") from error
                where = f"after {last}" if last else "at its beginning"
                why = str(error) if isinstance(error, TooMuchError) else f"is damaged {where}: {error}"
                yield Member("", trouble=why)

    def _member(
        self, archive: tarfile.TarFile, info: tarfile.TarInfo, folder: str, budget: Budget
    ) -> Iterator[Member]:
        if info.isdir():
            return
        aside = "is a link or a device" if not info.isfile() else reason_to_leave_aside(info.name)
        source = None if aside else archive.extractfile(info)
        if source is None:
            yield Member(info.name, aside=aside or "has no content")
        else:
            # Sparse files can claim what is not in the archive: what is read counts twice, which does no harm.
            counted = CountedStream(source, budget) if info.issparse() else source
            with source, _spooled(counted, info.name, folder, budget) as member:
                yield member


class _CarefulInfo(tarfile.TarInfo):
    """A member's header that does not take gigabytes for a name."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> tarfile.TarInfo:
        """The next header; a broken one is an error here, where tarfile takes it for the end."""
        try:
            return super().fromtarfile(archive)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:
            raise tarfile.ReadError(str(error)) from error

    def _proc_member(self, tarfile_: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, *_PAX) and self.size > MOST_TAR_HEADER:
            raise tarfile.ReadError(f"a header of {self.size:,} bytes")
        return super()._proc_member(tarfile_)


_PAX = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)


class CompressedFile(Archive):
    """One file compressed by gzip, bzip2 or xz; what came before damage is read."""

    format = "compressed"
    endings = (".gz", ".bz2", ".xz")

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        return head.startswith(_COMPRESSED)

    def members(self, budget: Budget) -> Iterator[Member]:
        name = self.path.stem if self.path.suffix.lower() in self.endings else self.path.name
        with (
            open_for_reading(self.path) as file,
            _temporary_folder() as folder,
            _spooled(CountedStream(file, budget), name, folder, budget) as member,
        ):
            yield Member("", member.path, member.trouble)


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="stageclf-", ignore_cleanup_errors=True)


@contextmanager
def _spooled(source, name: str, folder: str, budget: Budget) -> Iterator[Member]:  # noqa: ANN001
    """The member as a temporary file in `folder`, deleted afterwards; what was unpacked before damage is kept."""
    path = temporary_path(Path(folder), name)
    try:
        trouble = spool(source, path, budget)
        usable = not trouble or (path.exists() and path.stat().st_size > 0)
        yield Member(name, path if usable else None, trouble)
    finally:
        path.unlink(missing_ok=True)
