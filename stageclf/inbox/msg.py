"""Outlook's .msg: an OLE file that holds one item (MS-OXMSG)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from stageclf.inbox.mail import read_mail
from stageclf.inbox.outlook import Properties, as_mail
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, UNREADABLE, Record

if TYPE_CHECKING:
    import olefile

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_STREAM = 128 * 2**20
MOST_RECIPIENTS = 1000
_STREAM = "__substg1.0_"
_FIXED = "__properties_version1.0"
_PERSON = "__recip_version1.0_#"
_VARIABLE = (0x001E, 0x001F, 0x0102)


class MsgReader(Reader):
    format, channel, messages = "msg", "email", True
    endings = (".oft",)

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """An OLE file that is called so or holds an item's properties; others are documents of Word and Excel."""
        if not head.startswith(OLE_MAGIC):
            return False
        return path.suffix.lower() in (".msg", ".oft") or _holds_an_item(path)

    def schema(self) -> dict[str, pa.DataType]:
        return dict(MESSAGE_SCHEMA)

    def records(self) -> Iterator[Record]:
        source = str(self.path)
        try:
            mail = msg_as_mail(self.path)
        except Exception as error:  # a damaged OLE file fails in any way there is
            note = f"{source} is a damaged Outlook message: {type(error).__name__}: {error}"
            yield Record("", {}, source, 1, UNREADABLE, note)
        else:
            record = read_mail(mail, source, 1)
            yield replace(record, charsets=()) if record.charsets == ("utf-8",) else record
        self.progress = 1.0


def msg_as_mail(path: Path) -> bytes:
    """The item of a .msg file as a MIME mail; raises what olefile raises for damaged files."""
    import olefile

    with olefile.OleFileIO(path) as file:
        if not file.exists(_FIXED) and not any(entry[0].startswith(_STREAM) for entry in file.listdir()):
            raise ValueError("it holds no Outlook item")
        item = _properties(file, [], header=32)
        item.find_page()
        people = []
        for folder in sorted({entry[0] for entry in file.listdir() if entry[0].startswith(_PERSON)})[
            :MOST_RECIPIENTS
        ]:
            person = _properties(file, [folder], header=8)
            person.page = item.page
            people.append(person)
        return as_mail(item, people)


def _properties(file: olefile.OleFileIO, folder: list[str], header: int) -> Properties:
    """The properties of the item or recipient kept in a folder of the file; attachments are not looked at."""
    found = Properties()
    if file.exists([*folder, _FIXED]):
        data = _stream(file, [*folder, _FIXED])
        for start in range(header, len(data) - 15, 16):
            kind, number = (int.from_bytes(data[at : at + 2], "little") for at in (start, start + 2))
            if kind not in _VARIABLE:
                found.values[number] = (kind, data[start + 8 : start + 16])
    for entry in file.listdir():
        name = entry[-1]
        if entry[:-1] == folder and name.startswith(_STREAM) and len(name) == len(_STREAM) + 8:
            number, kind = int(name[-8:-4], 16), int(name[-4:], 16)
            if kind in _VARIABLE:
                found.values[number] = (kind, _stream(file, entry))
    return found


def _stream(file: olefile.OleFileIO, name: list[str]) -> bytes:
    """The bytes of a stream; none where it is damaged, so that the others count."""
    try:
        if file.get_size(name) > MOST_STREAM:
            return b""
        return file.openstream(name).read()
    except (OSError, ValueError, IndexError):
        return b""


def _holds_an_item(path: Path) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(path) as file:
            return bool(file.exists(_FIXED))
    except Exception:
        return False
