"""HTML to the text that a reader of the mail would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "object", "svg", "noscript"})
_BLOCKS = frozenset(
    """
    address article aside blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li
    main nav ol p pre section table tbody tfoot thead tr ul
    """.split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?<![-\w])(?:max-height|font-size)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.I,
)
_QUOTE_CLASS = re.compile(r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|OutlookMessageHeader", re.I)


class _TextExtractor(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.open: list[tuple[str, bool, bool]] = []
        self.hidden = self.quoted = self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.break_line()
        if tag == "li":
            self.line.append("- ")
        elif tag in ("td", "th") and self.line:
            self.line.append(" ")
        if tag in _VOID:
            return
        hides = tag in _SKIPPED or "hidden" in values or bool(_HIDDEN.search(values.get("style", "")))
        quotes = (tag == "blockquote") or (tag == "div" and bool(_QUOTE_CLASS.search(values.get("class", ""))))
        self.open.append((tag, hides, quotes))
        self.hidden += hides
        self.quoted += quotes
        self.preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.break_line()
        if tag in _VOID or all(name != tag for name, _, _ in self.open[-200:]):
            return
        while self.open:
            name, hides, quotes = self.open.pop()
            self.hidden -= hides
            self.quoted -= quotes
            self.preformatted -= name == "pre"
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.preformatted:
            first, *rest = data.split("\n")
            self.line.append(first)
            for line in rest:
                self.break_line()
                self.line.append(line)
        else:
            self.line.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def break_line(self) -> None:
        text = re.sub(r"[ \xa0]+", " ", "".join(self.line)).strip(" ")
        text = text.translate(_INVISIBLE)
        if text or (self.lines and self.lines[-1]):
            self.lines.append(f"> {text}" if self.quoted and text else text)
        self.line = []


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"))


def html_to_text(html: str) -> str:
    """The visible text of an HTML mail; quoted parts have "> " before every line. Never raises."""
    extractor = _TextExtractor()
    extractor.feed(html)
    extractor.close()
    extractor.break_line()
    return "\n".join(extractor.lines).strip()
