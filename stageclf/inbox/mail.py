"""One mail, as bytes, to one record: headers, the text a person wrote, and what was odd about it."""

from __future__ import annotations

from functools import partial

from stageclf.inbox.body import read_body
from stageclf.inbox.charset import FewWeighings
from stageclf.inbox.headers import Headers, addresses
from stageclf.inbox.kinds import is_auto_submitted, is_bulk
from stageclf.inbox.kinds_text import without_quotes
from stageclf.inbox.mail_dates import mail_date
from stageclf.inbox.mime import Part, parse_mail, walk
from stageclf.inbox.record import ONLY_SUBJECT, UNREADABLE, Envelope, Record
from stageclf.inbox.threads import is_reply, message_id, plain_subject, thread_id
from stageclf.text.clean import CleanText, clean


def read_mail(data: bytes, source: str, position: int) -> Record:
    """The record of one mail. A mail that cannot be parsed comes back as unreadable, never as an exception."""
    try:
        with FewWeighings() as weighings:
            return _record(parse_mail(data), source, position, weighings)
    except Exception as error:
        note = f"mail {position} cannot be read: {type(error).__name__}: {error}"
        return Record("", {}, source, position, UNREADABLE, note)


def body_text(data: bytes) -> str:
    """The text of a mail as a mail program shows it, quotes and signatures still in it."""
    with FewWeighings():
        return read_body(parse_mail(data)).text


def _record(mail: Part, source: str, position: int, weighings: FewWeighings) -> Record:
    body = read_body(mail)
    cleaned = clean(body.text)
    notes = [*body.notes, cleaned.note] if cleaned.note else body.notes
    subject = mail.headers.get("subject")
    own = cleaned.kept
    title = plain_subject(subject)
    if title and not own:
        notes = [*notes, ONLY_SUBJECT]
    text = own if own and (is_reply(subject) or not title) else f"{title}\n\n{own}".strip()
    record = Record(
        text,
        {},
        source,
        position,
        note="; ".join(dict.fromkeys(notes)) if notes else "",
        raw_text=body.text,
        removed=cleaned.removed,
        subject=subject,
        charsets=tuple(body.charsets),
    )
    for part in walk(mail):
        part.body = b""  # what is left for later must not hold the mail's files
    record.leave_to(partial(_envelope, mail.headers, subject, weighings), partial(_kinds, mail, subject, cleaned))
    return record


def _envelope(headers: Headers, subject: str, weighings: FewWeighings) -> Envelope:
    try:
        with weighings:
            return Envelope(
                next(iter(addresses(headers, "from") or addresses(headers, "sender", "reply-to")), ""),
                addresses(headers, "to", "cc"),
                mail_date(headers.get("date"), headers.all("received")),
                message_id(headers),
                thread_id(headers, subject),
            )
    except Exception as error:
        return Envelope("", (), None, "", "", f"its headers cannot be read: {type(error).__name__}: {error}")


def _kinds(mail: Part, subject: str, cleaned: CleanText) -> tuple[bool, bool]:
    said = without_quotes(cleaned)
    return is_auto_submitted(mail, subject, said), is_bulk(mail, subject, said)
