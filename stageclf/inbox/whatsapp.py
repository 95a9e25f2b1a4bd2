"""Exported WhatsApp chats (iOS and Android) and other chats of one time stamp a message, such as Signal's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.charset import guess_charset
from stageclf.inbox.chat_people import people_of_chat
from stageclf.inbox.dates import STAMP, OrderSurvey, Stamp, stamp_of
from stageclf.inbox.plain import decoded_lines, file_charset
from stageclf.inbox.reader import Reader
from stageclf.inbox.record import MESSAGE_SCHEMA, Record
from stageclf.inbox.whatsapp_calls import names_a_call
from stageclf.inbox.whatsapp_text import SYSTEM, OwnText, own_text, plain

MOST_CHARACTERS = 1 << 20
LONGEST_AUTHOR = 100
LONGEST_STAMP = 60
SHORTEST_STAMP = len("1.2.34 5:06 - ")
LONGEST_NOTE = 200
AUTHORS = 10_000
MESSAGES_OF_A_NAME = 3

_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u200a\u202f\u3000\t", " "))
# The stamp with what sets it off: "[…] " on iPhones, "… - " on Android, "…: " on old iPhones.
_START = re.compile(rf"(?P<open> ?\[ ?)?{STAMP}(?P<close>(?(open) ?\] ?|(?: [-–—] |: )))")
# "WhatsApp Chat with Maria", "WhatsApp-Chat mit Maria", "Chat de WhatsApp con Maria", "Συνομιλία WhatsApp με Μαρία"
_CHAT_NAME = re.compile(
    r"^(?:[^\W\d_]+ (?:\w{2,3} )?)?WhatsApp[ -]?(?:Chat)?(?: - | [^\W\d_]{1,5} |[ -]+)", re.IGNORECASE
)
_QUOTES = re.compile('["“”„«»「」『』]')


@dataclass
class _Line:
    """The beginning of a message: its stamp, how the stamp is set off, and where it ends in the line."""

    stamp: Stamp
    shape: tuple[bool, str, bool]
    end: int


@dataclass
class _Message:
    """A message as it is collected, line by line; `line` is None for what stands before the first stamp."""

    position: int
    line: _Line | None
    lines: list[str]
    note: str = ""
    size: int = 0

    def add(self, text: str) -> None:
        self.lines.append(text)
        self.size += len(text) + 1


@dataclass
class _Survey:
    """What is only known once the whole file was seen."""

    order: str
    ambiguous: bool
    names_with_colon: frozenset[str]
    people: tuple[str, ...]


class WhatsAppReader(Reader):
    """One record a message, system lines as empty ones. `position` is the line the message begins on.

    The order of day and month is decided from the whole file; where that cannot be, every record whose date
    could be read otherwise has a note.
    """

    format = "whatsapp"
    channel = "chat"
    messages = True
    endings: tuple[str, ...] = ()

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether the text begins with a time stamp as chats have it, and one of the first lines has an author."""
        text = head.decode(guess_charset(head), errors="replace")
        lines = [line for line in text[:20_000].splitlines() if line.strip()][:40]
        starts = [(line, start) for line in lines if (start := _line(line))]
        if not starts or starts[0][0] is not lines[0]:
            return False
        return any(split_author(line[start.end :], frozenset())[0] for line, start in starts)

    def schema(self) -> dict[str, pa.DataType]:
        file_charset(self)
        return MESSAGE_SCHEMA

    def records(self) -> Iterator[Record]:
        survey = self._survey
        for message in self._messages(survey.order):
            yield self._record(message, survey)

    @cached_property
    def _survey(self) -> _Survey:
        """A first pass over the file."""
        dates, names = OrderSurvey(), _Names()
        for message in self._messages(None):
            if message.line:
                dates.add(message.line.stamp)
                names.add(message.lines[0])
        people = people_of_chat(names.authors(), self._chat_name)
        return _Survey(dates.order, dates.ambiguous, names.with_colon(), people)

    def _messages(self, order: str | None) -> Iterator[_Message]:
        """The messages; with an order, lines whose date would not exist in it belong to the message before."""
        shape, current = None, None
        with self.path.open("rb") as file:
            for number, (raw, note) in enumerate(decoded_lines(self, file, file_charset(self)), start=1):
                text = raw.rstrip("\r\n")
                line = _line(text)
                shape = shape or (line and line.shape)
                if line and line.shape == shape and (order is None or line.stamp.datetime(order)):
                    if current:
                        yield current
                    current = _Message(number, line, [text[line.end :]], note)
                elif current is None:
                    current = _Message(number, None, [text], note)
                elif current.size > MOST_CHARACTERS:
                    yield current
                    author = split_author(current.lines[0], frozenset())[0]
                    goes_on = f"goes on from the message of line {current.position}"
                    current = _Message(number, current.line, [f"{author}: ", text], goes_on)
                else:
                    current.add(text)
        if current:
            yield current

    def _record(self, message: _Message, survey: _Survey) -> Record:
        line = message.line
        author, said = split_author(message.lines[0], survey.names_with_colon) if line else ("", message.lines[0])
        raw = "\n".join([said, *message.lines[1:]]).rstrip()
        own = own_text(raw) if author else OwnText(plain(raw).strip())
        notes = [message.note, own.what]
        if line is None:
            notes.append("before the first message")
        elif not author:
            notes.append(f"{SYSTEM}: {own.text[:LONGEST_NOTE]}")
            own = OwnText("")
        date = line.stamp.datetime(survey.order) if line else None
        if survey.ambiguous and date and date.day <= 12 and date.day != date.month:
            notes.append(f"day and month could be swapped: read as {spelled(survey.order)}")
        return Record(
            own.text,
            {},
            str(self.path),
            message.position,
            note="; ".join(filter(None, notes)),
            sender=author,
            date=date,
            thread_id=self._chat_name,
            raw_text=raw,
            removed=own.removed,
            people=survey.people,
        )

    @cached_property
    def _chat_name(self) -> str:
        """The name in the file's name, as WhatsApp gives it; the folder's or archive's where that is "_chat.txt"."""
        *archives, inner = self.label.split("!")
        path = Path(inner) if archives else Path(inner).absolute()
        name = path.stem
        if name == "_chat":
            name = path.parent.name or Path(archives[-1]).stem
        return _CHAT_NAME.sub("", name).strip() or name


def _line(text: str) -> _Line | None:
    """The beginning of a message, or None for a line that goes on with the one before."""
    if len(text) < SHORTEST_STAMP or not any(map(str.isdigit, text[:8])):
        return None
    head = text[: 2 * LONGEST_STAMP]
    visible: Sequence[int] = range(len(head))
    if not head.isascii():
        visible = [index for index, char in enumerate(head) if char not in _MARKS]
        head = "".join(head[index] for index in visible).translate(_SPACES)
    match = _START.match(head)
    stamp = match and stamp_of(match)
    if not match or not stamp:
        return None
    has_seconds = bool(match["second"] or match["second1"])
    shape = (bool(match["open"]), match["close"].strip(), has_seconds)
    return _Line(stamp, shape, visible[match.end() - 1] + 1)


def split_author(rest: str, names_with_colon: frozenset[str]) -> tuple[str, str]:
    """Author and text of a message; the author is "" for lines that WhatsApp wrote itself."""
    shown = plain(rest[: 2 * LONGEST_AUTHOR])
    colons = next((name.count(": ") for name in names_with_colon if shown.startswith(f"{name}: ")), 0)
    end = -1
    for _ in range(colons + 1):
        end = rest.find(": ", end + 1)
    if end < 0 and rest.rstrip().endswith(":"):
        end = len(rest.rstrip()) - 1
    author = plain(rest[: max(0, end)]).strip().removeprefix("~").strip()
    # 'Anna changed the subject to "Orders: spring"': an author has no open quotation mark.
    if not author or len(author) > LONGEST_AUTHOR or len(_QUOTES.findall(author)) % 2:
        return "", rest
    text = rest[end + 1 :].removeprefix(" ")
    said = plain(text[: 2 * LONGEST_AUTHOR]).strip().casefold().rstrip(".!。")
    return ("", rest) if names_a_call(author.casefold(), said) else (author, text)


def spelled(order: str) -> str:
    """An order of dates in words: "day/month/year"."""
    return "/".join({"d": "day", "m": "month", "y": "year"}[part] for part in order)


class _Names:
    """Finds authors whose names hold a colon: whoever begins every message with the same words and a colon."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, rest: str) -> None:
        author, text = split_author(plain(rest), frozenset())
        if not author or (author not in self._seen and len(self._seen) >= AUTHORS):
            return
        begins = text[:LONGEST_AUTHOR].partition(": ")
        count, word = self._seen.get(author, (0, begins[0]))
        self._seen[author] = count + 1, word if begins[1] and begins[0] == word else ""

    def authors(self) -> Iterator[str]:
        """Who wrote; of a name that holds a colon, what stands before it and what behind."""
        for author, (count, word) in self._seen.items():
            yield f"{author} {word}" if word and count >= MESSAGES_OF_A_NAME else author

    def with_colon(self) -> frozenset[str]:
        return frozenset(
            f"{author}: {word}"
            for author, (count, word) in self._seen.items()
            if word and count >= MESSAGES_OF_A_NAME
        )
