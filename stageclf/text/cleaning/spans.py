"""What cleaning returns: pieces of the input, each kept or removed for a reason."""

from __future__ import annotations

from dataclasses import dataclass

KEPT = ""
QUOTE, FORWARD, SIGNATURE, DISCLAIMER = "quote", "forward", "signature", "disclaimer"
MOBILE, BANNER, FOOTER, UNSUBSCRIBE = "mobile", "banner", "footer", "unsubscribe"
REASONS = (QUOTE, FORWARD, SIGNATURE, DISCLAIMER, MOBILE, BANNER, FOOTER, UNSUBSCRIBE)


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
        if len(self.spans) == 1 and self.spans[0].reason == KEPT:
            return self.original.strip()
        return "".join([self.original[s.start : s.end] for s in self.spans if s.reason == KEPT]).strip()

    @property
    def removed(self) -> tuple[Span, ...]:
        return tuple([span for span in self.spans if span.reason != KEPT])
