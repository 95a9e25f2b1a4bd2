"""Outlook's items, from .msg and .pst, as ordinary mails: the same reader then cleans and judges them."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import email.utils
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stageclf.inbox.charset import decode
from stageclf.inbox.codepages import codec_of, windows_codec
from stageclf.inbox.rtf import MOST_RTF, rtf_text

# Numbers of properties (MS-OXPROPS), as far as they are of use here.
SUBJECT, NORMALIZED_SUBJECT, MESSAGE_CLASS, HEADERS = 0x0037, 0x0E1D, 0x001A, 0x007D
BODY, HTML, RTF = 0x1000, 0x1013, 0x1009
SUBMIT_TIME, DELIVERY_TIME, CREATION_TIME = 0x0039, 0x0E06, 0x3007
MESSAGE_ID, REFERENCES, IN_REPLY_TO, CONVERSATION_INDEX = 0x1035, 0x1039, 0x1042, 0x0071
INTERNET_PAGE, MESSAGE_PAGE, LOCALE = 0x3FDE, 0x3FFD, 0x3FF1
DISPLAY_TO, DISPLAY_CC = 0x0E04, 0x0E03
# Name, SMTP address, type of address, address: of the person written for, then of the one who sent.
_SENDERS = ((0x0042, 0x5D02, 0x0064, 0x0065), (0x0C1A, 0x5D01, 0x0C1E, 0x0C1F))
_RECIPIENT = (0x3001, 0x39FE, 0x3002, 0x3003)
RECIPIENT_KIND = 0x0C15

STRING8, STRING, BINARY, TIME = 0x001E, 0x001F, 0x0102, 0x0040
_NUMBERS = {0x0002: "<h", 0x0003: "<i", 0x000B: "<?", 0x0014: "<q"}
MOST_BODY = 64 * 2**20
_BOUNDARY = "=-stageclf-outlook-item-="


@dataclass
class Properties:
    """The properties of an item: number to type and bytes. `page` is the codec of its 8-bit strings."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    page: str | None = None

    def text(self, number: int) -> str:
        kind, data = self.values.get(number, (0, b""))
        if kind == STRING:
            text = data[: len(data) & ~1].decode("utf-16-le", "replace")
        elif kind == STRING8:
            text = decode(data, self.page).text
        else:
            text = ""
        return text.split("\0", 1)[0] if "\0" in text[-2:] else text.replace("\0", "")

    def number(self, number: int) -> int | None:
        kind, data = self.values.get(number, (0, b""))
        try:
            return int(struct.unpack_from(_NUMBERS[kind], data)[0])
        except (KeyError, struct.error):
            return None

    def time(self, number: int) -> datetime | None:
        """A time in UTC; None for one that is missing or before 1980."""
        kind, data = self.values.get(number, (0, b""))
        if kind != TIME or len(data) < 8:
            return None
        try:
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=struct.unpack("<Q", data[:8])[0] // 10)
        except OverflowError:
            return None
        return moment if moment.year >= 1980 else None

    def find_page(self) -> None:
        """Settle the codec of the item's 8-bit strings."""
        self.page = codec_of(self.number(MESSAGE_PAGE)) or windows_codec(
            self.number(INTERNET_PAGE), self.number(LOCALE)
        )


def as_mail(item: Properties, recipients: Iterable[Properties] = ()) -> bytes:
    """The item as a MIME mail in UTF-8, with the headers it came with where it has them. Never raises."""
    lines = [f"{name}: {_folded(value)}" for name, value in _headers(item, list(recipients)) if value.strip()]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"', ""]
    for kind, text in _bodies(item):
        lines += [f"--{_BOUNDARY}", f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        lines += ["", text]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode("utf-8", "replace")


def _bodies(item: Properties) -> Iterator[tuple[str, str]]:
    """The body in the forms it is kept in, plain first; the rich text only where there is nothing else."""
    plain = item.text(BODY)
    if plain.strip():
        yield "plain", plain[:MOST_BODY]
    html = _html(item)
    if html.strip():
        yield "html", html[:MOST_BODY]
    elif not plain.strip():
        yield from _rich(item)


def _html(item: Properties) -> str:
    kind, data = item.values.get(HTML, (0, b""))
    if kind != BINARY:
        return item.text(HTML)
    data = data.rstrip(b"\0") if b"\0" not in data[:64] else data
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", data[:4096], re.IGNORECASE)
    page = codec_of(item.number(INTERNET_PAGE))
    return decode(data, page or (declared[1].decode("ascii") if declared else item.page)).text


def _rich(item: Properties) -> Iterator[tuple[str, str]]:
    kind, data = item.values.get(RTF, (0, b""))
    if kind != BINARY or len(data) < 16:
        return
    if not data.startswith(b"{\\rtf"):
        import compressed_rtf

        if int.from_bytes(data[4:8], "little") > MOST_RTF:
            return
        try:
            data = compressed_rtf.decompress(data)
        except Exception:
            return
    form, text = rtf_text(data)
    if text.strip():
        yield form, text


def _headers(item: Properties, recipients: list[Properties]) -> Iterator[tuple[str, str]]:
    """The headers it was sent with, and from its properties those that are missing."""
    there = set()
    for name, value in _transport_headers(item):
        there.add(name.lower())
        yield name, value
    for name, value in (
        ("From", _sender(item)),
        ("To", _addresses(recipients, 1) or item.text(DISPLAY_TO)),
        ("Cc", _addresses(recipients, 2) or item.text(DISPLAY_CC)),
        ("Date", _date(item)),
        ("Message-ID", item.text(MESSAGE_ID)),
        ("References", item.text(REFERENCES)),
        ("In-Reply-To", item.text(IN_REPLY_TO)),
        ("Thread-Index", _thread_index(item)),
        ("Auto-Submitted", _machine(item.text(MESSAGE_CLASS))),
    ):
        if name.lower() not in there:
            yield name, value
    yield "Subject", _subject(item)


def _transport_headers(item: Properties) -> Iterator[tuple[str, str]]:
    text = re.sub(r"\A\s*Microsoft Mail Internet Headers[^\n]*\n", "", item.text(HEADERS)).lstrip("\r\n")
    if not text.strip():
        return
    message = email.parser.HeaderParser(policy=email.policy.compat32).parsestr(text)
    for name, value in message.items():
        if not name.lower().startswith(("content-", "mime-version", "subject")):
            yield name, str(value)


def _subject(item: Properties) -> str:
    subject = item.text(SUBJECT) or item.text(NORMALIZED_SUBJECT)
    # In .pst files two signs in front say how long the "RE: " is.
    return subject[2:] if subject.startswith("\x01") else subject


def _person(item: Properties, numbers: tuple[int, int, int, int]) -> tuple[str, str]:
    """Name and SMTP address; an Exchange directory path is no address."""
    name, smtp, kind, address = (item.text(number).strip().strip("'") for number in numbers)
    if "@" not in smtp:
        smtp = address if "@" in address and kind.upper() != "EX" else ""
    if not smtp and re.fullmatch(r"[^\s@]+@[^\s@]+", name):
        smtp = name
    return ("" if name == smtp else name), smtp


def _sender(item: Properties) -> str:
    persons = [_person(item, numbers) for numbers in _SENDERS]
    address = next((address for _, address in persons if address), "")
    name = next((name for name, its in persons if name and its in ("", address)), "")
    return _formatted(name, address)


def _addresses(recipients: list[Properties], kind: int) -> str:
    people = [_person(one, _RECIPIENT) for one in recipients if (one.number(RECIPIENT_KIND) or 1) & 0xF == kind]
    return ", ".join(filter(None, (_formatted(*person) for person in people)))


def _formatted(name: str, address: str) -> str:
    if not name or not address:
        return name or address
    quoted = f'"{name}"' if name.isascii() and re.search(r"[,;:<>@()\[\]]", name) else _folded(name)
    return f"{quoted} <{address}>"


def _date(item: Properties) -> str:
    moment = next(filter(None, map(item.time, (SUBMIT_TIME, DELIVERY_TIME, CREATION_TIME))), None)
    return email.utils.format_datetime(moment) if moment else ""


def _thread_index(item: Properties) -> str:
    kind, data = item.values.get(CONVERSATION_INDEX, (0, b""))
    return base64.b64encode(data[:200]).decode("ascii") if kind == BINARY else ""


def _machine(message_class: str) -> str:
    """What the class of an item says about who wrote it: out-of-office replies, delivery reports."""
    name = message_class.lower()
    if name.startswith("ipm.note.rules.") and "template" in name:
        return "auto-replied"
    return "auto-generated" if name.startswith("report.") else ""


def _folded(value: str) -> str:
    """A header's value on one line, as encoded words where it is not plain ASCII."""
    line = re.sub(r"[\r\n\0]+\s*", " ", value).strip()
    if line.isascii():
        return line
    text = line.encode("utf-8", "replace")
    return " ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in _pieces(text))


def _pieces(text: bytes) -> Iterator[bytes]:
    """UTF-8 in pieces of up to 45 bytes, cut between letters."""
    start = 0
    while start < len(text):
        end = min(len(text), start + 45)
        while end < len(text) and text[end] & 0xC0 == 0x80:
            end -= 1
        yield text[start:end]
        start = end
