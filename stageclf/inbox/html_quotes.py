"""Which parts of an HTML mail are quoted: by the containers mail programs put quotes in, and by header blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Classes and ids of elements that hold the quoted mail. Outlook puts x_ before those of others, Hotmail ecx.
_CONTAINER = re.compile(
    r"(?:^|\s)(?:x_|ecx)*(?:gmail_quote(?:_container)?|yahoo_quoted\w*|\w*-?yahoo_quoted|protonmail_quote"
    r"|tutanota_quote|freshdesk_quote|zmail_extra|aolmsgpart\w*|aolreplacedbody|moz-forward-container|moz-cite-prefix"
    r"|mail-editor-reference-message-container|outlookmessageheader|hs_reply|front-blockquote|mimestream_quote"
    r"|isreplycontent|ntes-mailmaster-quote|original-content|includetail|quoted-text|messagereplysection"
    r"|divtagdefaultwrapper_quote|reply-intro|wmquote|mailbird_quote|canaryquote)(?=$|\s)",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?:^|\s)(?:x_|ecx)*(?:gmail_quote(?:_container)?)(?=$|\s)", re.IGNORECASE)
# From here on the rest of the mail is the quoted one.
_REST = re.compile(
    r"(?:x_|ecx)*(?:divrplyfwdmsg|appendonsend|stopspelling|zwchr|reply-fwd-separator)$", re.IGNORECASE
)
_BORDER = re.compile(r"border(?:-top)?\s*:\s*(?:none\s*;\s*border-top\s*:\s*)?solid\s", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:x_|ecx)*(?:gmail_signature(?:_prefix)?|moz-signature|protonmail_signature_block|applemailsignature"
    r"|ms-outlook-mobile-signature|signature|zm_signature|yahoo_signature)(?=$|\s)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\W*-{3,}[^\n]{3,60}-{3,}\W*$|^(?:begin forwarded message|anfang der weitergeleiteten|αρχή προωθημένου"
    r"|début du message (?:réexpédié|transféré)|inizio (?:del )?messaggio inoltrato|inicio del mensaje reenviado)",
    re.IGNORECASE,
)
_FROM = "from von από απο de da van od от від от кого från fra kimden gönderen lähettäjä feladó expéditeur mittente "
_FROM += "remitente nuo saatja no nga siuntėjas"
_MORE = (
    "sent date gesendet datum στάλθηκε εστάλη ημερομηνία envoyé enviado fecha inviato data verzonden wysłano trimis "
    "gönderildi tarih отправлено дата изпратено надіслано odesláno skickat sendt lähetetty päivämäärä küldve dátum "
    "poslano odoslané to an προς à para a aan do către kime komu кому до till til vastaanottaja címzett za prima "
    "subject betreff θέμα objet asunto oggetto onderwerp temat assunto subiect konu тема относно předmět ämne emne "
    "aihe tárgy zadeva predmet subjekt dalykas cc kopie κοιν koinopoiisi reply-to antwort"
)


def _labels(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


_LABEL = re.compile(rf"(?:^|(?<=\s))\*?({_labels(_FROM + ' ' + _MORE)})\s?(?: el)?\s*\*?:\*?(?=\s|$)", re.IGNORECASE)
_ATTRIBUTION = re.compile(r"(?=.*(?:\d[\d.:/-]+\d|@|\d{4})).{4,300}:\s*$")


@dataclass(slots=True)
class Line:
    """A line of the text. quoted: it stands in a quote; rule: a line was drawn above; signature: below the text."""

    text: str
    quoted: bool = False
    rule: bool = False
    rest: bool = False  # from here on the mail is a quoted one
    signature: bool = False
    answered: bool = False  # in a container of quotes, beside or above the quotes in it


def opens_quote(tag: str, values: dict[str, str]) -> bool:
    """Whether an element holds a quoted mail."""
    if tag == "blockquote":
        return True
    if not values:
        return False
    if values.get("name", "").lower() in ("quote", "messagereplysection") and tag == "div":
        return True
    if values.get("data-marker") == "__QUOTED_TEXT__":
        return True
    return any(_CONTAINER.search(values.get(name, "")) for name in ("class", "id"))


def holds_quotes(values: dict[str, str]) -> bool:
    """Whether an element holds quotes in blockquotes, with answers between them where there are any."""
    return bool(_AROUND.search(values.get("class", "")))


def opens_rest(values: dict[str, str]) -> bool:
    """Whether the rest of the mail is quoted from this element on."""
    return bool(_REST.match(values.get("id", ""))) or values.get("data-marker") in ("__DIVIDER__", "__HEADERS__")


def draws_rule(tag: str, values: dict[str, str]) -> bool:
    """Whether an element draws a line above itself, as Outlook does above the headers of a quoted mail."""
    return tag == "hr" or (tag in ("div", "p", "td") and bool(_BORDER.search(values.get("style", ""))))


def opens_signature(values: dict[str, str]) -> bool:
    """Whether an element holds the signature."""
    return values.get("data-smartmail") == "gmail_signature" or any(
        _SIGNATURE.search(values.get(name, "")) for name in ("class", "id")
    )


def marked(lines: list[Line]) -> str:
    """The lines as a text: "> " before quoted ones, "-- " above a signature.

    A forwarded mail keeps its lines without marks, as in plain text; its own words are cut by the marks of forwards.
    """
    _unmark_answers(lines)
    _mark_rest(lines)
    _mark_attributions(lines)
    _unmark_forwards(lines)
    signature = _signature_row(lines)
    out: list[str] = []
    for row, line in enumerate(lines):
        if row == signature and not re.match(r"--\s*$", line.text):
            out.append("-- ")
        if line.quoted and row and not lines[row - 1].quoted:
            out.append("")
        out.append(("> " + line.text).rstrip() if line.quoted and line.text else line.text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n")


def _unmark_answers(lines: list[Line]) -> None:
    """What Gmail's container holds below an attribution and a quote, in no quote, was typed between the quotes."""
    row = 0
    while row < len(lines):
        end = row
        while end < len(lines) and lines[end].quoted:
            end += 1
        beside = [at for at in range(row, end) if lines[at].answered and lines[at].text]
        quote = next((at for at in range(row, end) if not lines[at].answered and lines[at].text), end)
        above = [at for at in beside if at < quote]
        if quote < end and 0 < len(above) <= 2 and _ATTRIBUTION.match(" ".join(lines[at].text for at in above)):
            for at in beside[len(above) :]:
                lines[at].quoted = False
        row = max(end, row + 1)


def _mark_rest(lines: list[Line]) -> None:
    """Quote all below a container or a ruled line that begins a quoted mail, if something was written above."""
    written = False
    for row, line in enumerate(lines):
        begins = line.rest or (line.rule and is_header_block(lines, row))
        if begins and written:
            for below in lines[row:]:
                below.quoted = True
            return
        written = written or (not line.quoted and any(char.isalnum() for char in line.text))


def is_header_block(lines: list[Line], row: int) -> bool:
    """Whether the headers of a mail stand here: two labels at least, at the beginning of the first lines."""
    first = [line.text for line in lines[row : row + 8] if line.text][:5]
    if not first or not _LABEL.match(first[0][:200]):
        return False
    return len({match[1].lower() for text in first for match in _LABEL.finditer(text[:200])}) >= 2


def _mark_attributions(lines: list[Line]) -> None:
    """Quote "On … Anna wrote:" above a quote: one or two lines that name a date or an address and end in a colon."""
    for row in range(1, len(lines)):
        if not lines[row].quoted or lines[row - 1].quoted:
            continue
        above = [at for at in range(max(0, row - 4), row) if lines[at].text and not lines[at].quoted][-2:]
        for count in (1, 2):
            rows = above[-count:]
            text = " ".join(lines[at].text for at in rows)
            if len(rows) == count and _ATTRIBUTION.match(text) and (count == 1 or _is_date_first(text)):
                for at in rows:
                    lines[at].quoted = True
                break


def _is_date_first(text: str) -> bool:
    """Whether an attribution of two lines begins like one: with a date, or a word and a date."""
    return bool(re.match(r"(?:\S{1,12}\s+){0,4}\d", text))


def _unmark_forwards(lines: list[Line]) -> None:
    row = 0
    while row < len(lines):
        if lines[row].quoted and (row == 0 or not lines[row - 1].quoted):
            end = next((at for at in range(row, len(lines)) if not lines[at].quoted), len(lines))
            first = next((line.text for line in lines[row:end] if line.text), "")
            if _FORWARDED.match(first[:200]):
                for line in lines[row:end]:
                    line.quoted = False
            row = end
        row += 1


def _signature_row(lines: list[Line]) -> int:
    """The row where the signature begins if nothing but quotes follows it, else -1."""
    rows = [row for row, line in enumerate(lines) if line.signature and line.text and not line.quoted]
    if not rows or any(line.text and not line.quoted and not line.signature for line in lines[rows[0] :]):
        return -1
    return rows[0] if any(line.text and not line.signature for line in lines[: rows[0]]) else -1
