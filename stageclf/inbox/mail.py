"""One mail, as bytes, to one record: headers, the text a person wrote, and what was odd about it."""

from __future__ import annotations

import email.header
import email.message
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from datetime import datetime

from stageclf.inbox.charset import decode
from stageclf.inbox.html import html_to_text
from stageclf.inbox.record import UNREADABLE, Record
from stageclf.text.clean import clean

_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|antw|απ|απαντ|σχετ|sv|vs|odp|ynt|rv|rif|res|отг|fwd?|wg|προωθ|πρθ|tr|enc|doorst|vb|pd|i|ilt)"
    r"\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def read_mail(data: bytes, source: str, position: int) -> Record:
    """The record of one mail. A mail that cannot be parsed comes back as unreadable, never as an exception."""
    try:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
        return _record(message, source, position)
    except Exception as error:
        note = f"mail {position} cannot be read: {type(error).__name__}: {error}"
        return Record("", {}, source, position, UNREADABLE, note)


def _record(message: email.message.Message, source: str, position: int) -> Record:
    body, notes = body_text(message)
    cleaned = clean(body)
    if cleaned.note:
        notes.append(cleaned.note)
    subject = header(message, "subject")
    own = cleaned.kept
    if not own and subject:
        notes.append("no text of its own in the body, labelled by its subject")
    is_reply = bool(_REPLY.match(subject))
    title = _REPLY.sub("", subject).strip()
    text = own if own and (is_reply or not title) else f"{title}\n\n{own}".strip()
    return Record(
        text,
        {},
        source,
        position,
        note="; ".join(dict.fromkeys(notes)),
        raw_text=body,
        removed=cleaned.removed,
        sender=header(message, "from"),
        recipients=tuple(filter(None, [header(message, "to")])),
        date=_date(message),
        subject=subject,
        message_id=header(message, "message-id").strip("<> "),
    )


def header(message: email.message.Message, name: str) -> str:
    """A header as readable text: encoded words decoded, raw eight-bit bytes by evidence, folds undone."""
    raw = message.get(name)
    if raw is None:
        return ""
    text = str(raw)
    if isinstance(raw, email.header.Header) or any("\udc80" <= char <= "\udcff" for char in text):
        text = decode(text.encode("utf-8", "surrogateescape")).text if _surrogates(text) else text
        if isinstance(raw, email.header.Header):
            text = "".join(_decoded(part, charset) for part, charset in email.header.decode_header(raw))
    try:
        parts = email.header.decode_header(text)
    except email.errors.HeaderParseError:
        parts = [(text, None)]
    joined = "".join(_decoded(part, charset) for part, charset in parts)
    return re.sub(r"\s*[\r\n]+\s*", " ", joined).strip()


def _surrogates(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text)


def _decoded(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset in (None, "unknown-8bit"):
        return decode(part).text
    return decode(part, charset).text


def _date(message: email.message.Message) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def body_text(message: email.message.Message) -> tuple[str, list[str]]:
    """The text of a mail and what was odd: the plain parts, or the HTML parts where there are no plain ones."""
    plain, html, notes = [], [], []
    for part in _text_parts(message):
        data = part.get_payload(decode=True) or b""
        decoded = decode(data, part.get_content_charset())
        if decoded.note:
            notes.append(decoded.note)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        if part.get_content_type() == "text/html":
            html.append(html_to_text(text))
        else:
            plain.append(_unflow(text) if part.get_param("format") == "flowed" else text)
    chosen = plain if any(text.strip() for text in plain) else html
    return "\n".join(chosen).strip("\n"), notes


def _text_parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """Parts with readable text, attachments and attached mails left aside."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" and part is not message:
            continue
        if part.is_multipart():
            waiting[:0] = part.get_payload()
        elif part.get_content_disposition() != "attachment" and part.get_content_type() in (
            "text/plain",
            "text/html",
        ):
            yield part


def _unflow(text: str) -> str:
    """Undo format=flowed: lines that end in a space go on in the next one."""
    return re.sub(r"(?m)^(?!-- $)([^>\n].*?) \n(?![> \n]|-- $)", r"\1 ", text)
