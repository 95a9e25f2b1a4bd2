"""Cutting from a mail what is not its sender's own new text: quotes, forwards, signatures, disclaimers.

`clean` works line by line and forgets nothing: its spans, kept and removed together, rebuild the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

KEPT = ""
QUOTE, FORWARD, SIGNATURE, DISCLAIMER, MOBILE = "quote", "forward", "signature", "disclaimer", "mobile"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the input, from `start` up to `end`; `reason` says why it was removed, "" if it was kept."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class CleanText:
    """The result of `clean`. `note` says what a reader should know, for example that only a forward was there."""

    original: str
    spans: tuple[Span, ...]
    note: str = ""

    @property
    def kept(self) -> str:
        """The sender's own text, without blank lines at its ends."""
        return "".join(self.original[s.start : s.end] for s in self.spans if s.reason == KEPT).strip()

    @property
    def removed(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.reason != KEPT)


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_QUOTED = re.compile(r"^[ \t]*(?:>|\|[ \t]|&gt;)")
# "On Monday, 3 March 2025, Anna <anna@…> wrote:": a verb of writing at the end, a date or address before it.
_ATTRIBUTION_END = _any_of(
    r"wrote", r"writes", r"schrieb(?:\s.{0,80})?", r"έγραψε(?:\s.{0,80})?", r"a écrit", r"escribió", r"ha scritto",
    r"schreef(?:\s.{0,80})?", r"escreveu", r"napisał\(?a?\)?", r"a scris", r"şunu yazdı", r"şöyle yazdı", r"yazdı",
    r"написал\(?а?\)?", r"пише", r"написа", r"napsal\(?a?\)?", r"skrev(?:\s.{0,80})?", r"kirjoitti",
    r"írta", r"napísal\(?a?\)?", r"je napisao", r"je napisala", r"napisal\(?a?\)?", r"rašė", r"rakstīja", r"kirjutas",
)  # fmt: skip
_ATTRIBUTION = re.compile(
    rf"^(?=.*(?:\d|@)).{{4,240}}\b(?:{_ATTRIBUTION_END.pattern})\s*(?:<[^<>]*>\s*)?:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = _any_of(
    r"^\W*-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht"
    r"|αρχικό μήνυμα|message d'origine|message original|mensaje original|messaggio originale"
    r"|oorspronkelijk bericht|wiadomość oryginalna|mensagem original|mesaj original|özgün ileti|orijinal mesaj"
    r"|исходное сообщение|оригинално съобщение|původní zpráva|ursprungligt meddelande)\s*-{2,}\W*$",
)
_FORWARD = _any_of(
    r"^\W*-{2,}\s*(?:forwarded message|weitergeleitete nachricht|προωθημένο μήνυμα|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|mesaj redirecționat|wiadomość przekazana"
    r"|пересылаемое сообщение|препратено съобщение|přeposlaná zpráva|vidarebefordrat meddelande).*$",
    r"^\W*(?:begin forwarded message|anfang der weitergeleiteten nachricht|αρχή προωθημένου μηνύματος"
    r"|début du message réexpédié|inizio messaggio inoltrato)\s*:?\s*$",
)
_HEADER = _any_of(
    r"^[>\s*_]*(?:from|von|από|de|da|van|od|от|från|fra|kimden|lähettäjä|feladó)\s*\*?:\*?\s+\S",
)
_HEADER_MORE = _any_of(
    r"^[>\s*_]*(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|στάλθηκε|εστάλη|ημερομηνία|προς|θέμα|κοιν"
    r"|envoyé|date|à|objet|enviado(?: el)?|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp"
    r"|wysłano|do|temat|assunto|trimis|către|subiect|gönderildi|kime|konu|отправлено|дата|кому|тема|изпратено"
    r"|до|относно|odesláno|komu|předmět|skickat|till|ämne)\s*\*?:\*?(?:\s|$)",
)
_SIGNATURE = re.compile(r"^--[ \t]?$|^[_—–]{2,}[ \t]*$")
_MOBILE = _any_of(
    r"^\W*(?:sent|get) (?:from|outlook for|with) (?:my |the )?(?:iphone|ipad|ios|android|samsung|huawei|mobile|phone"
    r"|blackberry|yahoo mail|proton|mail\b|galaxy).{0,60}$",
    r"^\W*(?:von meine[mr] .{2,40} gesendet|gesendet (?:von|mit) .{2,60})\W*$",
    r"^\W*(?:στάλθηκε|εστάλη|αποστολή) (?:από|με) (?:το |τη |την )?.{2,60}$",
    r"^\W*(?:envoyé (?:de|depuis) .{2,60}|enviado desde .{2,60}|inviato da .{2,60}|verzonden (?:vanaf|met) .{2,60}"
    r"|wysłane z .{2,60}|enviado d[oe] meu .{2,40}|trimis de pe .{2,40}|отправлено с .{2,40}|изпратено от .{2,40}"
    r"|odesláno z .{2,40}|skickat från .{2,40})\W*$",
)
_DISCLAIMER = _any_of(
    r"^\W*(?:confidentiality (?:notice|note)|disclaimer)\b",
    r"^.{0,40}\b(?:this (?:e-?mail|message|communication)\b.{0,80}\bconfidential|intended solely for)",
    r"^.{0,40}\bdiese (?:e-?mail|nachricht)\b.{0,80}\bvertraulich",
    r"^.{0,40}\bτο παρόν (?:μήνυμα|e-?mail|ηλεκτρονικό).{0,120}(?:εμπιστευτικ|απόρρητ|προορίζεται)",
    r"^.{0,40}\bce (?:message|courriel).{0,80}\bconfidentiel",
    r"^.{0,40}\beste (?:mensaje|correo).{0,80}\bconfidencial",
)  # fmt: skip


def clean(text: str) -> CleanText:
    """Split a mail's text into what its sender now says and what is quoted, forwarded or boilerplate.

    A mail that holds nothing but a forwarded message keeps that message, and `note` says so.
    """
    lines = [line for _, line in _lines(text)]
    reasons = _reasons(lines)
    note = ""
    if not _own_words(text, reasons) and FORWARD in reasons:
        body = _forwarded_body(lines, reasons.index(FORWARD))
        reasons[body:] = [KEPT] * (len(lines) - body)
        note = "only a forwarded message"
    return CleanText(text, tuple(_merge(text, reasons)), note)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)


def _reasons(lines: list[str]) -> list[str]:
    """For every line, why it goes, or KEPT."""
    reasons = [KEPT] * len(lines)
    row = 0
    while row < len(lines):
        line = lines[row].rstrip("\r\n")
        rest = _reason_for_rest(lines, row)
        if rest:
            reasons[row:] = [rest] * (len(lines) - row)
            break
        attribution = _attribution_length(lines, row)
        if attribution:
            reasons[row : row + attribution] = [QUOTE] * attribution
            row += attribution
            continue
        if _QUOTED.match(line):
            reasons[row] = QUOTE
        elif _MOBILE.match(line):
            reasons[row] = MOBILE
        row += 1
    return reasons


def _reason_for_rest(lines: list[str], row: int) -> str:
    """Why everything from `row` on goes, if it does."""
    line = lines[row].rstrip("\r\n")[:400]
    if _FORWARD.match(line):
        return FORWARD
    if _ORIGINAL.match(line) or _is_header_block(lines, row):
        return QUOTE
    if _SIGNATURE.match(line):
        follows = [other.strip() for other in lines[row + 1 :] if other.strip()]
        if line.startswith("_") and follows and _HEADER.match(follows[0]):
            return QUOTE
        quoted = any(_QUOTED.match(other) for other in follows)
        return SIGNATURE if line.startswith("--") and not quoted and len(follows) <= 15 else KEPT
    return DISCLAIMER if _DISCLAIMER.match(line) else KEPT


def _is_header_block(lines: list[str], row: int) -> bool:
    """Whether an Outlook-like block "From: … Sent: … Subject: …" begins here."""
    if not _HEADER.match(lines[row][:400]):
        return False
    return sum(bool(_HEADER_MORE.match(line[:400])) for line in lines[row + 1 : row + 7]) >= 2


def _attribution_length(lines: list[str], row: int) -> int:
    """How many lines (1 or 2) an attribution takes that begins here and is followed by a quote; else 0."""
    for count in (1, 2):
        if row + count > len(lines):
            break
        head = "".join(lines[row : row + count]).strip()
        if len(head) > 300 or _QUOTED.match(head):
            break
        follows = next((line for line in lines[row + count : row + count + 3] if line.strip()), "")
        if _QUOTED.match(follows) and _ATTRIBUTION.match(head):
            return count
    return 0


def _forwarded_body(lines: list[str], row: int) -> int:
    """The first line of a forwarded message below its marker and headers."""
    row += 1
    while row < len(lines) and (
        not lines[row].strip() or _HEADER.match(lines[row][:400]) or _HEADER_MORE.match(lines[row][:400])
    ):
        row += 1
    return row


def _own_words(text: str, reasons: list[str]) -> bool:
    return any(
        reason == KEPT and any(char.isalnum() for char in line)
        for (_, line), reason in zip(_lines(text), reasons, strict=True)
    )


def _merge(text: str, reasons: list[str]) -> Iterator[Span]:
    start, current = 0, None
    for (at, _), reason in zip(_lines(text), reasons, strict=True):
        if current is not None and reason != current:
            yield Span(start, at, current)
            start = at
        current = reason
    if current is not None:
        yield Span(start, len(text), current)
