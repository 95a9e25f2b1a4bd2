"""The text of a mail that a mail program would show, from the tree of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stageclf.inbox.charset import decode
from stageclf.inbox.html import html_to_text
from stageclf.inbox.mime import Part, parse_mail, walk
from stageclf.inbox.mojibake import repair
from stageclf.inbox.prose import LOOKED_AT, is_binary, is_prose
from stageclf.inbox.transfer import undo, without_files

_SHOWN = ("text/plain", "text/html")
_PAGES = ("text/html", "application/xhtml+xml")
_MAILS = ("message/rfc822", "message/global", "message/news")
# What mail programs write that do not know of which type a part is.
_UNTYPED = tuple(
    f"application/{kind}" for kind in "octet-stream octetstream unknown x-unknown text plain txt".split()
)
_MOST_ATTACHED, _MOST_WRAPPERS = 50, 8
_MOST_NAMED = 3
# Text that is for machines, or that mail programs show as an attachment.
_FILES = frozenset({
    "text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/xml",
    "text/css", "text/javascript", "text/x-amp-html", "text/rtf",
})  # fmt: skip
_PAGE = re.compile(r"\s{0,20}<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_ATTACHED_MAIL = "an attached mail left aside"
_SEEN = {
    "text/calendar": "an invitation (text/calendar) left aside",
    "message/delivery-status": "a delivery status",
    "message/disposition-notification": "a read receipt",
    "message/rfc822": _ATTACHED_MAIL,
    "message/global": _ATTACHED_MAIL,
    "message/news": _ATTACHED_MAIL,
    "application/ms-tnef": "a winmail.dat (TNEF) left aside",
    "application/pkcs7-mime": "encrypted or signed content (S/MIME) left aside",
    "multipart/encrypted": "encrypted content left aside",
}


@dataclass
class Body:
    """The text of a mail, what was odd about it, and the charsets its parts were decoded from; `done` were read."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    charsets: list[str] = field(default_factory=list)
    done: set[Part] = field(default_factory=set, repr=False, compare=False)


@dataclass
class _Level:
    """A multipart while its parts are looked at; which of the two bodies what is found still belongs to."""

    type: str
    parts: Iterator[tuple[int, Part]]
    in_alternative: bool
    plain_on: bool
    html_on: bool
    plain_before: int
    html_before: int


def shown_parts(root: Part) -> list[Part]:
    """The parts that a mail program shows as the plain text of a mail, in order (RFC 8621, section 4.1.4)."""
    plain: list[Part] = []
    html: list[Part] = []
    if not root.is_multipart:
        return [root] if _readable_alone(root) else []
    levels = [_Level(root.type, iter(enumerate(root.parts)), root.type == "multipart/alternative", True, True, 0, 0)]
    while levels:
        level = levels[-1]
        for at, part in level.parts:
            if part.is_multipart:
                inside = level.in_alternative or part.type == "multipart/alternative"
                parts = iter(enumerate(part.parts))
                levels.append(_Level(part.type, parts, inside, level.plain_on, level.html_on, len(plain), len(html)))
                break
            if _is_shown(part, at, level.type):
                _place(part, level, plain, html)
        else:
            if level.type == "multipart/alternative" and level.plain_on and len(plain) == level.plain_before:
                plain.extend(html[level.html_before :])
            levels.pop()
    return plain


def _readable_alone(part: Part) -> bool:
    return part.type.startswith("text/") and part.type not in _FILES and part.disposition[0] != "attachment"


def _is_shown(part: Part, at: int, parent: str) -> bool:
    if part.disposition[0] == "attachment" or part.type not in _SHOWN:
        return False
    return at == 0 or (parent != "multipart/related" and not part.name)


def _place(part: Part, level: _Level, plain: list[Part], html: list[Part]) -> None:
    is_html = part.type == "text/html"
    if level.type == "multipart/alternative":
        (html if is_html else plain).append(part)
        return
    if level.in_alternative:
        if is_html:
            level.plain_on = False
        else:
            level.html_on = False
    if level.plain_on:
        plain.append(part)
    if level.html_on:
        html.append(part)


def read_body(root: Part) -> Body:
    """The text of a mail as its reader sees it, before anything is cut. Never raises on damaged mails."""
    body = Body()
    parts = walk(root)
    body.notes += dict.fromkeys([_SEEN[part.type] for part in parts[1:] if part.type in _SEEN])
    body.text = _joined(shown_parts(root), body)
    if not body.text.strip():
        _look_further(parts, body)
    if body.notes:
        body.notes = list(dict.fromkeys(body.notes))
    if len(body.charsets) > 1:
        body.charsets = list(dict.fromkeys(body.charsets))
    return body


def _look_further(parts: list[Part], body: Body) -> None:
    """The text from elsewhere in a mail in which none is to be shown, or why there is none."""
    for other_texts in (_pages, _other_texts, _untyped_texts, _attached_mails, _events):
        body.text = other_texts(parts, body)
        if body.text.strip():
            return
    body.notes += _reasons(parts, body)


def _pages(parts: list[Part], body: Body) -> str:
    return _joined([part for part in parts if part.type in _PAGES and part.disposition[0] != "attachment"], body)


def _other_texts(parts: list[Part], body: Body) -> str:
    """What stands in types of text that mail programs do not know: text/markdown, text/enriched, misspelt ones."""
    others = [part for part in parts if part.type not in _SHOWN and _readable_alone(part) and not part.name]
    return _joined(others, body)


def _untyped_texts(parts: list[Part], body: Body) -> str:
    """What is text by all that can be seen, in parts that say nothing of their type and are no files."""
    texts = []
    for part in parts:
        if part.type in _UNTYPED and part.disposition[0] != "attachment" and not part.name and not _is_binary(part):
            found = Body()
            text = _part_text(part, found)
            if is_prose(text):
                texts.append(text)
                body.notes += [*found.notes, f"declared as {part.type}, read as text"]
                body.charsets += found.charsets
    return "\n".join(texts).strip("\n")


def _is_binary(part: Part) -> bool:
    return is_binary(undo(part.body[: 2 * LOOKED_AT], part.headers.get("content-transfer-encoding"))[0])


def _events(parts: list[Part], body: Body) -> str:
    return next(filter(None, (_event(part) for part in parts if part.type == "text/calendar")), "")


def _reasons(parts: list[Part], body: Body) -> list[str]:
    """Why there is no text in a mail that holds something."""
    if any(body.notes):
        return []
    root = parts[0]
    if root.type in _SEEN:
        return [_SEEN[root.type]]
    held = dict.fromkeys(part.name or part.type for part in parts if not part.is_multipart and part.body.strip())
    if not held:
        return []
    more = "" if len(held) <= _MOST_NAMED else f" and {len(held) - _MOST_NAMED} more"
    return [f"no text in the mail, only {', '.join(list(held)[:_MOST_NAMED])}{more}"]


def _attached_mails(parts: list[Part], body: Body) -> str:
    """The text of mails that were forwarded as attachments without a word beside them; of attached ones in those."""
    texts: list[str] = []
    for _ in range(_MOST_WRAPPERS):
        mails = [part for part in parts if part.type in _MAILS][:_MOST_ATTACHED]
        inner = [parse_mail(undo(part.body, part.encoding)[0]) for part in mails]
        texts = [text for mail in inner if (text := _joined(shown_parts(mail), body)).strip()]
        if texts or not inner:
            break
        parts = [part for mail in inner for part in walk(mail)]
    if texts:
        body.notes = [note for note in body.notes if note != _ATTACHED_MAIL] + ["only an attached mail"]
    return "\n\n".join(texts)


def _joined(parts: list[Part], body: Body) -> str:
    """The text of the parts; those that were read before had none."""
    new = [part for part in parts if part not in body.done] if body.done else parts
    body.done.update(new)
    return "\n".join([_part_text(part, body) for part in new]).strip("\n")


def _part_text(part: Part, body: Body) -> str:
    data, note = undo(part.body, part.encoding)
    params = part.params
    declared = params.get("charset")
    if part.type == "text/html" and not declared:
        meta = _META_CHARSET.search(data[:4000])
        declared = meta[1].decode("ascii", "replace") if meta else None
    decoded = decode(data, declared)
    text, repaired = repair(decoded.text.removeprefix("\ufeff"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "")
    body.charsets.append(decoded.charset)
    body.notes += filter(None, (note, decoded.note, repaired))
    if part.type in _PAGES or ("<" in text and _PAGE.match(text)):
        return html_to_text(text)
    text, files = without_files(text)
    body.notes += filter(None, files)
    if params.get("format", "").lower() == "flowed":
        text = unflow(text, params.get("delsp", "").lower() == "yes")
    return text


def unflow(text: str, delsp: bool = False) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a blank goes on in the next one.

    Quoted lines stay as they are, they are cut anyway. delsp: the blanks at the line ends are not part of the text.
    """
    out: list[str] = []
    open_line: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">"):
            out += ["".join(open_line)] if open_line else []
            open_line = []
            out.append(line)
            continue
        line = line.removeprefix(" ")
        if line == "-- " or not line.endswith(" "):
            if line == "-- " and open_line:
                out.append("".join(open_line))
                open_line = []
            out.append("".join([*open_line, line]))
            open_line = []
        else:
            open_line.append(line[:-1] if delsp else line)
    return "\n".join([*out, "".join(open_line)] if open_line else out)


def _event(part: Part) -> str:
    """What an invitation is about, where a mail holds nothing else."""
    data, _ = undo(part.body, part.encoding)
    text = re.sub(r"\r?\n[ \t]", "", decode(data, part.params.get("charset")).text[:100_000])
    found = [re.search(rf"(?m)^{name}(?:;[^:\n]*)?:(.*)$", text) for name in ("SUMMARY", "DESCRIPTION")]
    lines = [re.sub(r"\\([,;\\])", r"\1", match[1].strip().replace("\\n", "\n")) for match in found if match]
    return "\n\n".join(filter(None, lines))
