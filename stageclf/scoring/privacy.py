"""What of a record may be written: everything, a redacted form, pseudonyms, or no text at all."""

from __future__ import annotations

import email.utils
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from stageclf.inbox import Record
from stageclf.privacy import Pseudonyms, redact

_ID = re.compile(r"(?i)^id$|[_ -]id$|[a-zα-ω]I[Dd]$")
_HASHED = ("message_id", "thread_id")


@dataclass(frozen=True)
class Privacy:
    """How the columns of a record are changed before they are written; by default not at all.

    redact: mail addresses, phone and account numbers, street addresses and header names become placeholders.
    pseudonyms: senders and recipients become stable pseudonyms, and so does every mail address in other columns.
    no_text: of the columns only those that are ids are kept, together with the id of the record.
    """

    redact: bool = False
    pseudonyms: Pseudonyms | None = None
    no_text: bool = False

    def schema(self, own: dict[str, pa.DataType]) -> dict[str, pa.DataType]:
        """The columns that are left of the input's own."""
        if not self.no_text:
            return own
        return {"id": pa.string()} | {name: kind for name, kind in own.items() if self._is_id(name)}

    def columns(self, record: Record, language: str) -> dict[str, Any]:
        """The values of `schema` for one record; `language` is that of its text."""
        values = record.columns
        if self.no_text:
            values = {"id": record.id} | {name: value for name, value in values.items() if self._is_id(name)}
        if not self.redact and self.pseudonyms is None:
            return values
        return {name: self._hidden(name, value, record, language) for name, value in values.items()}

    def _is_id(self, name: str) -> bool:
        return bool(_ID.search(name)) and name not in _HASHED

    def _hidden(self, name: str, value: Any, record: Record, language: str) -> Any:
        if name == "id" or not value:
            return value
        if name in _HASHED:
            return hashlib.sha256(str(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        people = {record.sender, ", ".join(record.recipients), *record.recipients}
        if self.pseudonyms and value in people:
            return self.pseudonyms.of_header(value)
        if self.pseudonyms and not self.redact:
            return _mapped(value, self.pseudonyms.in_text)
        names = tuple(
            filter(None, (email.utils.parseaddr(person)[0] for person in (record.sender, *record.recipients)))
        )
        return _mapped(value, lambda text: redact(text, language=language, names=names).text)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed, however deep it is nested."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    return value
