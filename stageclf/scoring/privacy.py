"""What of a record may be written: everything, a redacted form, pseudonyms, or no text at all."""

from __future__ import annotations

import email.utils
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from stageclf.inbox import Record
from stageclf.inbox.exports import holds_people
from stageclf.inbox.names import folded
from stageclf.inbox.notes import without_details
from stageclf.privacy import Pseudonyms, names_of, redact, redact_people

_ID = re.compile(r"(?i)^id$|[_ -]id$|[a-zα-ω]I[Dd]$")
_HASHED = frozenset({"message id", "thread id"})
_PEOPLE = frozenset({"from", "to"})


@dataclass(frozen=True)
class Privacy:
    """How a record is changed before it is written; by default not at all.

    redact: mail addresses, phone and account numbers, street addresses and names become placeholders. Names are those
        of the record's sender and recipients, of its columns of persons, and in chats of all who take part, as far as
        the export names them before or they have written (in WhatsApp anywhere in the file, else up to this message).
    pseudonyms: senders, recipients and columns of persons become stable pseudonyms, and so does every mail address in
        other columns; names in texts stay unless they are redacted, too.
    no_text: of the columns only those that are ids are kept, together with the id of the record.

    With any of the three, `source` is a number in place of the path, and `note` holds no words of the input.
    """

    redact: bool = False
    pseudonyms: Pseudonyms | None = None
    no_text: bool = False

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return self.redact or self.no_text or self.pseudonyms is not None

    def schema(self, own: dict[str, pa.DataType]) -> dict[str, pa.DataType]:
        """The columns that are left of the input's own."""
        if not self.no_text:
            return own
        return {"id": pa.string()} | {name: kind for name, kind in own.items() if _is_id(name)}

    def columns(self, record: Record, language: str) -> dict[str, Any]:
        """The values of `schema` for one record; `language` is that of its text."""
        values = record.columns
        if not self.redact and self.pseudonyms is None:
            return self._left(record, values)
        return self._left(record, values, _Hiding(self, record, language))

    def _left(self, record: Record, values: dict[str, Any], hiding: _Hiding | None = None) -> dict[str, Any]:
        if self.no_text:
            values = {"id": record.id} | {name: value for name, value in values.items() if _is_id(name)}
        return {name: hiding.value(name, value) for name, value in values.items()} if hiding else values

    def source(self, record: Record) -> str:
        """What tells the file: its path, or where that may name persons its number, in the order of the input."""
        return f"file {record.file}" if self.hides else record.source

    def note(self, note: str) -> str:
        """A note, without what the input itself said where anything is hidden."""
        return without_details(note) if self.hides else note


class _Hiding:
    """What hides the values of one record."""

    def __init__(self, privacy: Privacy, record: Record, language: str) -> None:
        self._record = record
        self._language = language
        self._pseudonyms = privacy.pseudonyms
        self._redacts = privacy.redact
        self._people = dict(_people_of(record))
        named = (value for name, value in record.columns.items() if isinstance(value, str) and holds_people(name))
        self._names = _names(record.people, (*self._people, *named)) if privacy.redact else ()

    def value(self, name: str, value: Any) -> Any:
        """The value of a column with nothing in it that is to be hidden."""
        if not value or value == self._record.id or (_is_id(name) and str(value).isdecimal()):
            return value
        if folded(name) in _HASHED:
            return self._digest(str(value))
        if isinstance(value, str) and (value in self._people or name in _PEOPLE or holds_people(name)):
            return self._person(value)
        return _mapped(value, self._text)

    def _digest(self, value: str) -> str:
        if self._pseudonyms:
            return self._pseudonyms.of(value).removeprefix("person-")
        return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _person(self, value: str) -> str:
        if self._pseudonyms:
            return self._pseudonyms.of_header(self._people.get(value) or value)
        return redact_people(value, language=self._language)

    def _text(self, text: str) -> str:
        if self._redacts:
            return redact(text, language=self._language, names=self._names).text
        return self._pseudonyms.in_text(text) if self._pseudonyms else text


def _is_id(name: str) -> bool:
    return bool(_ID.search(name)) and folded(name) not in _HASHED


def _names(chat: tuple[str, ...], people: Iterable[str]) -> tuple[str, ...]:
    """The names of all, those of the chat first: so they are the same ones for all its messages."""
    return tuple(dict.fromkeys((*_names_in_chat(chat), *names_of(people))))


@lru_cache(maxsize=16)
def _names_in_chat(chat: tuple[str, ...]) -> tuple[str, ...]:
    return names_of(chat)


def _people_of(record: Record) -> Iterator[tuple[str, str]]:
    """How the record's people stand in its columns: whole, as a name or as an address; and who each is."""
    everybody = ", ".join(record.recipients)
    for person in dict.fromkeys(filter(None, (record.sender, *record.recipients, everybody))):
        yield person, person
        name, address = email.utils.parseaddr(person)
        if name and address and person != everybody:
            yield name, address
            yield address, address


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed, however deep it is nested; keys of objects are texts, too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return _with_keys({key: _mapped(item, change) for key, item in value.items()}, change)
    if isinstance(value, (list, tuple)):
        return type(value)(_mapped(item, change) for item in value)
    if isinstance(value, bytes):
        return _bytes(value, change)
    return value


def _with_keys(values: dict[Any, Any], change: Callable[[str], str]) -> dict[Any, Any]:
    """The object with its keys changed; keys that become the same are numbered."""
    found: dict[Any, Any] = {}
    for key, value in values.items():
        new = changed = change(key) if isinstance(key, str) else key
        number = 1
        while new in found:
            number += 1
            new = f"{changed} {number}"
        found[new] = value
    return found


def _bytes(value: bytes, change: Callable[[str], str]) -> bytes:
    """Bytes that are text are changed like it, since some outputs write them as text."""
    try:
        return change(value.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return change(value.decode("latin-1")).encode("latin-1", "replace")
