"""Which columns of a table hold what: known exports by their columns (exports.yaml), other tables by usual names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from stageclf.inbox.column_dates import DateColumn
from stageclf.inbox.html import html_to_text
from stageclf.inbox.names import folded
from stageclf.inbox.record import EMPTY, OK, ONLY_SUBJECT, UNREADABLE, InputError, Record
from stageclf.text.clean import clean

if TYPE_CHECKING:
    from stageclf.inbox.reader import Reader

LONGEST_TITLE = 300
MOST_COLUMNS = 2000
_FIELDS = ("subject", "sender", "sender_name", "recipients", "date", "message_id", "thread_id")
_PEOPLE = ("sender", "sender_name", "recipients")
_TAGS = re.compile(r"</(?:p|div|span|a|html|body|td|b|i|strong|li)>|<br ?/?>", re.IGNORECASE)
# An answer in words: two of them at least, and no address.
_ANSWER = re.compile(r"\A(?!\S+@\S+\Z|https?://\S+\Z).*?[^\W\d_]{2,}\W+[^\W\d_]{2,}", re.DOTALL)
_REPLY = re.compile(r"^\s*(?:[^\W\d_]{1,8}(?:\[\d+\])?\s*[:：]\s*)+")


@dataclass(frozen=True)
class Export:
    """A kind of export; see exports.yaml for its keys."""

    name: str
    when: tuple[frozenset[str], ...]
    text: tuple[tuple[str, ...], ...]
    fields: dict[str, tuple[str, ...]]
    channel: str = ""
    mail: bool = False
    rest: bool = False
    aside: frozenset[str] = frozenset()

    def fits(self, names: Iterable[str]) -> bool:
        present = set(names)
        return any(wanted <= present for wanted in self.when)


@cache
def _file() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "exports.yaml").read_text(encoding="utf-8"))


@cache
def known_exports() -> tuple[Export, ...]:
    """The exports of exports.yaml, in order."""
    return tuple(
        Export(
            name=entry["name"],
            when=tuple(frozenset(map(folded, names)) for names in entry["when"]),
            text=tuple(tuple(map(folded, names)) for names in entry.get("text", ())),
            fields={name: tuple(map(folded, entry[name])) for name in _FIELDS if name in entry},
            channel=entry.get("channel", ""),
            mail=entry.get("mail", False),
            rest=entry.get("rest", False),
            aside=frozenset(map(folded, entry.get("aside", ()))),
        )
        for entry in _file()["exports"]
    )


@cache
def _usual(name: str) -> tuple[str, ...]:
    return tuple(map(folded, _file()["fields"].get(name, ())))


@lru_cache(maxsize=4096)
def holds_people(column: str) -> bool:
    """Whether a table's column of this name tells who somebody is: senders, recipients, names of persons."""
    return folded(column) in _people_columns()


@cache
def _people_columns() -> frozenset[str]:
    usual = (name for kind in (*_PEOPLE, "person") for name in _usual(kind))
    return frozenset(usual).union(*(export.fields.get(kind, ()) for export in known_exports() for kind in _PEOPLE))


def get(row: dict[str, Any], column: str) -> Any:
    """A value by its column's name; "source.body" is also "body" in the object of "source"."""
    if column in row:
        return row[column]
    value: Any = row
    for name in column.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def nested_columns(row: dict[str, Any]) -> Iterable[str]:
    """Names such as "source.body" of texts in objects, two levels deep."""
    for name, value in row.items():
        if isinstance(value, dict):
            for inner, value_there in value.items():
                yield f"{name}.{inner}"
                if isinstance(value_there, dict):
                    yield from (f"{name}.{inner}.{last}" for last in value_there)


@dataclass
class Layout:
    """What the columns of one table are for; `record` makes a record of a row."""

    source: str
    text: tuple[str, ...]
    export: Export | None = None
    columns: dict[str, str] = field(default_factory=dict)
    dates: DateColumn = field(default_factory=DateColumn)

    @property
    def text_column(self) -> str:
        """The column of the text itself, which is the last of those that make it up."""
        return self.text[-1]

    def learn(self, rows: Iterable[dict[str, Any]]) -> Layout:
        """Look at first rows: where no column's name speaks of dates, the only one that holds dates is the date's.

        Of dates in letters it is told in which order they are written.
        """
        rows = list(rows)
        if "date" not in self.columns and (column := _only_dates(rows)):
            self.columns["date"] = column
        if "date" in self.columns:
            for row in rows:
                self.dates.add(get(row, self.columns["date"]))
        return self

    def record(self, row: dict[str, Any], position: int, note: str = "", columns: dict | None = None) -> Record:
        """The record of a row; `columns` are what is kept of it, the row itself if not given."""
        kept = row if columns is None else columns
        text = get(row, self.text_column)
        if text is not None and not isinstance(text, str):
            odd = f"{self.text_column!r} is {type(text).__name__}, not text"
            return Record("", kept, self.source, position, UNREADABLE, odd)
        record = Record("", kept, self.source, position, note=note, **self._fields(row))
        record.text = self._text(row, text or "", record)
        record.status = OK if record.text.strip() else EMPTY
        record.channel = self.export.channel if self.export else ""
        return record

    def _text(self, row: dict[str, Any], last: str, record: Record) -> str:
        """The text that the columns make up."""
        if len(self.text) == 1 and self.export is None:
            return last
        before = [value.strip() for name in self.text[:-1] if isinstance(value := get(row, name), str)]
        if self.export and self.export.rest and before:
            return "\n\n".join(answer for answer in [*before, last.strip()] if _ANSWER.search(answer))
        if self.export and self.export.mail and last.strip():
            last = self._cleaned(record, last)
        if self.export and self.export.mail and not last.strip() and any(before):
            record.note = "; ".join(filter(None, [record.note, ONLY_SUBJECT]))
        return _titled([*filter(None, before), last]) if before and last.strip() else last or "\n\n".join(before)

    def _cleaned(self, record: Record, body: str) -> str:
        """The sender's own words in the body of a mail; what was cut is noted in the record."""
        record.raw_text = html_to_text(body) if _TAGS.search(body) else body
        found = clean(record.raw_text)
        record.removed = found.removed
        record.note = "; ".join(filter(None, [record.note, found.note]))
        return found.kept

    def _fields(self, row: dict[str, Any]) -> dict[str, Any]:
        if not self.columns:
            return {}
        found: dict[str, Any] = {}
        for name, column in self.columns.items():
            value = get(row, column)
            found[name] = self.dates.parse(value) if name == "date" else _one_line(value)
        sender, name = found.get("sender", ""), found.pop("sender_name", "")
        if name:
            found["sender"] = f"{name} <{sender}>" if "@" in sender and name != sender else sender or name
        if "recipients" in found:
            found["recipients"] = (found["recipients"],) if found["recipients"] else ()
        return found


def _only_dates(rows: list[dict[str, Any]]) -> str | None:
    """The column whose values are dates by their type, if there is one and no other."""
    kinds: dict[str, bool] = {}
    for name, value in (item for row in rows for item in row.items()):
        if value is not None and value != "":
            kinds[name] = kinds.get(name, True) and isinstance(value, date)
    dates = [name for name, is_date in kinds.items() if is_date]
    return dates[0] if len(dates) == 1 else None


def layout_of(reader: Reader, columns: list[str]) -> Layout:
    """What the columns of a table are for; raises InputError where none is known to hold the text."""
    by_name = {folded(column): column for column in reversed(columns[:MOST_COLUMNS])}
    export = None
    if reader.options.text_column is None:
        export = next((export for export in known_exports() if export.fits(by_name)), None)
    parts = (
        [next((by_name[name] for name in names if name in by_name), None) for names in export.text] if export else []
    )
    text = tuple(dict.fromkeys(filter(None, parts)))
    if not text:
        text = _answers(reader, export, columns)
    return Layout(str(reader.path), text, export, _field_columns(export, by_name, text))


def _answers(reader: Reader, export: Export | None, columns: list[str]) -> tuple[str, ...]:
    """The usual column of the text, or those of a form's questions."""
    try:
        return (reader.find_text_column(columns),)
    except InputError:
        aside = export.aside.union(*export.fields.values()) if export and export.rest else ()
        questions = tuple(column for column in columns if folded(column) not in aside)
        if export and export.rest and questions:
            return questions
        raise


def _field_columns(export: Export | None, by_name: dict[str, str], text: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for field_name in _FIELDS:
        names = [*(export.fields.get(field_name, ()) if export else ()), *_usual(field_name)]
        column = next((by_name[name] for name in names if name in by_name), None)
        if column is not None and column != text[-1]:
            found[field_name] = column
    return found


def _titled(texts: list[str]) -> str:
    """A text under its title; a title that the text begins with, or that only answers another one, is left out."""
    title, text = texts[0], texts[-1]
    repeated = text.casefold().startswith(title.casefold()[:LONGEST_TITLE].rstrip(".… "))
    if len(texts) > 1 and (repeated or _REPLY.match(title)):
        texts = texts[1:]
    return "\n\n".join(texts)


def _one_line(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None or isinstance(value, (dict, list)):
        return ""
    return " ".join((value.isoformat() if isinstance(value, datetime) else str(value)).split())


@cache
def known_columns() -> frozenset[str]:
    """Folded names that a header may hold: of texts, and of the columns by which exports are recognised."""
    from stageclf.inbox.reader import TEXT_COLUMNS

    marks = (name for export in known_exports() for names in export.when for name in names)
    return frozenset(map(folded, TEXT_COLUMNS)).union(marks)
