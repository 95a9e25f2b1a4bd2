"""HTML to the text that a reader of the mail would see, quoted parts marked as quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stageclf.inbox.html_quotes import (
    Line,
    draws_rule,
    holds_quotes,
    marked,
    opens_quote,
    opens_rest,
    opens_signature,
)
from stageclf.inbox.html_tokens import END, START, tokens

_NEVER = frozenset("script style head title template object svg math noframes select audio video".split())
# An empty line stands above and below these; the others of _BLOCKS only begin a new line.
_PARAGRAPHS = frozenset("blockquote dl fieldset figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
_BLOCKS = _PARAGRAPHS | frozenset(
    """address article aside body caption center dd div dt figcaption footer form header legend li main nav section
    tbody tfoot thead tr""".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ENDS_ITSELF = frozenset("li p td th tr option dt dd".split())  # whose end tags people leave out
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)"
    r"|(?<![-\w])(?:max-height|max-width|font-size)\s*:\s*[01]?(?:\.0+)?(?:px|pt|em|%)?\s*(?:[;!]|$)"
    r"|(?<![-\w])(?:text-indent|left|top)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:preheader|pre-header|sr-only|visually-hidden|hidden-preview)(?:$|[\s_-])", re.I
)
_NO_MARGIN = re.compile(r"margin\s*:\s*0(?![\d.]*[1-9])", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad\u034f\u061c\u200e\u200f\u2007\u2800"))
_MOST_OPEN = 200  # how far up an end tag looks for its beginning
_WIDEST_INDENT = 6
_BULLET = re.compile(r"\s*(?:- |\d+\. )$")


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element and what ends with it."""

    tag: str
    hides: bool = False
    quotes: bool = False
    around: bool = False
    signs: bool = False
    spaced: bool = False

    @property
    def counts(self) -> bool:
        return self.hides or self.quotes or self.around or self.signs or self.tag == "pre"


# Elements that, without attributes, do no more than begin a line, if that.
_PLAIN = {
    tag: _Open(tag, spaced=tag in _PARAGRAPHS)
    for tag in (_BLOCKS | frozenset("a abbr b big code em font i s small span strong sub sup tt u".split()))
    - _ENDS_ITSELF
    - _VOID
    - frozenset("body ul ol pre blockquote".split())
}


class _Text:
    """Puts lines together from tags and text."""

    def __init__(self, show_hidden: bool = False) -> None:
        self.lines: list[Line] = []
        self.line: list[str] = []
        self.open: list[_Open] = []
        self.places: dict[str, list[int]] = {}  # where in `open` the elements of each tag are
        self.lists: list[int | None] = []  # the next number of an open list, None for bullets
        self.show_hidden = show_hidden
        self.hidden = self.quoted = self.around = self.signed = self.preformatted = 0
        self.rule = self.rest = self.saw_hidden = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        plain = None if values else _PLAIN.get(tag)
        if plain is not None:
            if tag in _BLOCKS:
                self.new_line(plain.spaced)
            self.push(plain)
            return
        if tag == "body":
            while self.hidden and self.open:
                self.pop()
        if tag in _ENDS_ITSELF and self.open and self.open[-1].tag == tag:
            self.end(tag)
        spaced = tag in _PARAGRAPHS and not (tag == "p" and _is_tight(values))
        if tag in _BLOCKS:
            self.new_line(spaced)
        if not self.hidden and (values or tag == "hr"):
            self.rule = self.rule or draws_rule(tag, values)
            self.rest = self.rest or opens_rest(values)
        if tag in _VOID:
            self.void(tag, values)
            return
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self.bullet()
        elif tag in ("td", "th") and "".join(self.line).strip():
            self.line.append(" ")
        quotes, signs = opens_quote(tag, values), bool(values) and opens_signature(values)
        around = quotes and tag == "div" and holds_quotes(values)
        item = _Open(tag, self.hides(tag, values), quotes, around, signs, spaced)
        self.push(item)

    def push(self, item: _Open) -> None:
        self.places.setdefault(item.tag, []).append(len(self.open))
        self.open.append(item)
        if item.counts:
            self.count(item, 1)

    def pop(self) -> None:
        item = self.open.pop()
        self.places[item.tag].pop()
        if item.quotes or item.signs:
            self.new_line()
        if item.tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if item.counts:
            self.count(item, -1)

    def hides(self, tag: str, values: dict[str, str]) -> bool:
        if tag in _NEVER:
            return True
        if not values:
            return False
        hidden = "hidden" in values or _HIDDEN.search(values.get("style", "")[:2000])
        hidden = bool(hidden or _HIDDEN_CLASS.search(values.get("class", "")))
        self.saw_hidden = self.saw_hidden or hidden
        return hidden and not self.show_hidden

    def count(self, item: _Open, step: int) -> None:
        self.hidden += step * item.hides
        self.quoted += step * item.quotes
        self.around += step * item.around
        self.signed += step * item.signs
        self.preformatted += step * (item.tag == "pre")

    def void(self, tag: str, values: dict[str, str]) -> None:
        if self.hidden:
            return
        if tag == "br":
            if "".join(self.line).strip():
                self.new_line()
            else:
                self.blank()
        elif tag == "img" and _is_emoji(values.get("alt", "")):
            self.line.append(values["alt"])

    def bullet(self) -> None:
        number = self.lists[-1] if self.lists else None
        indent = "  " * min(max(0, len(self.lists) - 1), _WIDEST_INDENT)
        self.line = [indent + ("- " if number is None else f"{number}. ")]
        if number is not None:
            self.lists[-1] = number + 1

    def end(self, tag: str) -> None:
        places = self.places.get(tag)
        if not places or places[-1] < len(self.open) - _MOST_OPEN or tag in _VOID:
            if tag in _BLOCKS:
                self.new_line()
            return
        if tag in _BLOCKS:
            self.new_line(self.open[places[-1]].spaced)
        end = places[-1]
        while len(self.open) > end:
            self.pop()

    def text(self, data: str) -> None:
        if self.hidden:
            return
        if self.preformatted:
            first, *rest = data.split("\n")
            self.line.append(first)
            for line in rest:
                self.new_line(keep_blank=True)
                self.line.append(line)
        else:
            self.line.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def new_line(self, spaced: bool = False, keep_blank: bool = False) -> None:
        """End the line; `spaced` asks for an empty one below it."""
        if not self.line:
            if spaced or keep_blank:
                self.blank()
            return
        raw = "".join(self.line).translate(_INVISIBLE)
        if _BULLET.match(raw):
            return
        text = raw.rstrip() if self.preformatted else re.sub(r"[ \t\xa0]+", " ", raw).strip()
        if not self.preformatted and _BULLET.match(re.match(r"\s*(?:- |\d+\. )?", raw)[0]):
            text = raw[: len(raw) - len(raw.lstrip())] + text
        self.line = []
        if text:
            beside = 0 < self.quoted == self.around
            self.lines.append(Line(text, bool(self.quoted), self.rule, self.rest, bool(self.signed), beside))
            self.rule = self.rest = False
        elif "\xa0" in raw or keep_blank:
            self.blank()
        if spaced:
            self.blank()

    def blank(self) -> None:
        self.line = []
        if self.lines and self.lines[-1].text:
            self.lines.append(Line("", bool(self.quoted), signature=bool(self.signed)))


def _is_tight(values: dict[str, str]) -> bool:
    """Whether a paragraph has no space around it, as those of Word and Outlook, where empty ones make the space."""
    return "MsoNormal" in values.get("class", "") or bool(_NO_MARGIN.search(values.get("style", "")[:500]))


def _is_emoji(alt: str) -> bool:
    return 0 < len(alt) <= 12 and not any(char.isalnum() or char.isspace() for char in alt) and not alt.isascii()


def html_to_text(html: str) -> str:
    """The visible text of an HTML mail; quoted parts have "> " before every line. Never raises."""
    text = _read(html, _Text())
    if not text.lines and text.saw_hidden:  # a mail that hides everything was broken on its way
        text = _read(html, _Text(show_hidden=True))
    return marked(text.lines)


def _read(html: str, text: _Text) -> _Text:
    start = text.start
    for kind, value, attributes in tokens(html):
        if kind == START:
            start(value, attributes)
        elif kind == END:
            text.end(value)
        else:
            text.text(value)
    text.new_line()
    return text
