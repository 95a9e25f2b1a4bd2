"""Which rows are another mail's: from the places where one begins, and the rows that bear quotation marks.

A quote without marks takes everything below it, unless nothing of the sender's own stands above: then the mail has
nothing but that text, and keeps it. Marked quotes take only their own rows, so answers between and below them stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stageclf.text.cleaning.attribution import attribution, is_attribution
from stageclf.text.cleaning.boilerplate import is_own, is_reply_mark
from stageclf.text.cleaning.headers import dashed_title, forward_marker, header_block, original_marker
from stageclf.text.cleaning.phrases import phrases
from stageclf.text.cleaning.rows import Row, make_row, next_full
from stageclf.text.cleaning.signatures import POSTSCRIPT
from stageclf.text.cleaning.spans import FOOTER, FORWARD, KEPT, MOBILE, QUOTE

ONLY_FORWARD, ONLY_QUOTE = "only a forwarded message", "only quoted text"
_LINK_ROW = re.compile(r"[(<\[]?https?://\S+[)>\]]?[\s>]*")
_COMPARISON = re.compile(r"(?:>|&gt;)=?\s?[\d.,]+\s?[^\W\d_%€$]{0,12}[%€$]?(?:\s\S+){0,8}")
_NESTED = re.compile(r"(?:>|&gt;)\s?(?:>|&gt;)")
_ARROWS = re.compile(r"[>\s<]{3,}.*<")
_FEW_ROWS = 3
_BROKEN_AT = 72  # characters after which programs break lines, at the least
_MOST_BLOCKS = 300


@dataclass(slots=True)
class _Block:
    """Rows with quotation marks, from `start` up to `end`."""

    start: int
    end: int
    attributed: bool


class QuoteMarker:
    """One walk down the rows."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.note = ""
        self._own = self._own_beyond_signature = False
        self._signing = self._attributed = self._after_phone_line = False
        self._blocks: list[_Block] = []

    def mark(self) -> str:
        """Mark the rows; the answer is the note for the reader."""
        at = 0
        while at < len(self.rows):
            at = self._step(at)
        self._decide_blocks()
        self._fall_back()
        return self.note

    def _step(self, at: int) -> int:
        """Deal with what begins at this row; the answer is the next row to look at."""
        row = self.rows[at]
        if row.reason or row.blank or row.code:
            self._after_phone_line |= row.reason == MOBILE and self._own
            self._own |= row.code
            self._own_beyond_signature |= row.code
            return at + 1
        if row.quoted and not _is_table(row):
            return self._quoted(at)
        taken = self._other_mail(at) if row.words else 0
        if taken:
            return taken
        if is_reply_mark(row.folded):
            return self._cut(at, at + 1, QUOTE) if self._own else self._take(at, at + 1, FOOTER)
        self._after_phone_line &= not POSTSCRIPT.match(row.folded)
        if self._after_phone_line:
            row.reason = QUOTE
            return at + 1
        self._note_words(row)
        return at + 1

    def _other_mail(self, at: int) -> int:
        """Where another mail begins here: the next row to look at; else 0."""
        if forward_marker(self.rows, at):
            return self._begin(at, self._below_headers(at + 1), FORWARD)
        if original_marker(self.rows, at):
            return self._begin(at, self._below_headers(at + 1), QUOTE)
        length = header_block(self.rows, at)
        if length:
            return self._begin(at, at + length, QUOTE)
        length = attribution(self.rows, at)
        if length:
            return self._begin(at, self._below_headers(at + length, only_block=True), QUOTE)
        return 0

    def _begin(self, at: int, body: int, reason: str) -> int:
        following = next_full(self.rows, body, 6)
        marked = following >= 0 and self.rows[following].quoted
        own = self._own_beyond_signature if reason == FORWARD else self._own
        self._after_phone_line = False
        if marked and reason == QUOTE:
            self._attributed = True
            return self._take(at, body, reason)
        if own:
            return self._cut(at, body, reason)
        self.note = self.note or (ONLY_FORWARD if reason == FORWARD else ONLY_QUOTE)
        if reason == FORWARD:
            self.note = ONLY_FORWARD
        return self._take(at, body, reason)

    def _below_headers(self, at: int, only_block: bool = False) -> int:
        """The row below the headers that may begin at or shortly below this row."""
        first = next_full(self.rows, at, 4)
        if first < 0:
            return at
        length = header_block(self.rows, first) if not self.rows[first].quoted else 0
        if not length and not only_block:
            length = _loose_headers(self.rows, first)
        return first + length if length else at

    def _take(self, start: int, end: int, reason: str) -> int:
        for row in self.rows[self._with_title(start) : end]:
            row.reason = reason
        return end

    def _cut(self, start: int, _body: int, reason: str) -> int:
        return self._take(start, len(self.rows), reason)

    def _with_title(self, start: int) -> int:
        """The row where rules and dashed titles begin that belong to what begins at `start`."""
        first = start
        for here in range(start - 1, max(-1, start - 8), -1):
            row = self.rows[here]
            if row.reason == KEPT and not row.quoted and (row.rule or dashed_title(row)):
                first = here
            elif not row.blank:
                break
        return first

    def _quoted(self, at: int) -> int:
        end = at
        while end < len(self.rows) and (
            self.rows[end].quoted or self.rows[end].blank or self._is_wrapped(end) or self.rows[end].reason == MOBILE
        ):
            end += 1
        while not self.rows[end - 1].quoted:
            end -= 1
        self._after_phone_line = False
        self._blocks.append(_Block(at, end, self._attributed))
        return end

    def _is_wrapped(self, at: int) -> bool:
        """Whether a row between marked ones lost its mark when a program broke the line above it, or is a link."""
        if not (at + 1 < len(self.rows) and self.rows[at + 1].quoted):
            return False
        above, row = self.rows[at - 1].folded, self.rows[at].folded
        if _LINK_ROW.fullmatch(row):
            return True
        word = row.partition(" ")[0]
        full = len(above) + len(word) >= _BROKEN_AT and len(row) < len(above)
        return full and self.rows[at - 1].quoted and above[-1].isalnum() and self.rows[at].raw[:1].islower()

    def _note_words(self, row: Row) -> None:
        if not row.words:
            self._signing |= row.folded in ("--", "-- ", "—")
            return
        self._own = True
        core = row.folded.strip(" ,.!-*_")
        self._signing |= not self._own_beyond_signature and core in phrases("sign_off")
        if not self._signing or len(core.split()) > 6:
            self._own_beyond_signature = True

    def _decide_blocks(self) -> None:
        loose = [block for block in self._blocks if not block.attributed]
        named = False
        for number, block in enumerate(loose):
            named = named or (number < _MOST_BLOCKS and self._names_its_writer(block))
            block.attributed = named
        several = sum(not block.attributed for block in loose) >= 2
        own = [number for number, row in enumerate(self.rows) if is_own(row)]
        for block in self._blocks:
            if block.attributed or self._is_quote(block, own, several):
                for row in self.rows[block.start : block.end]:
                    row.reason = QUOTE

    def _names_its_writer(self, block: _Block) -> bool:
        """Whether an attribution or headers stand within the marked rows."""
        rows = [_unquoted(row) for row in self.rows[block.start : min(block.end, block.start + 12)]]
        first = next((row for row in rows if not row.blank), None)
        if first is not None and first.folded.endswith(":") and is_attribution(first.folded, marked=True):
            return True
        return any(
            not row.blank
            and (
                attribution(rows, at)
                or header_block(rows, at)
                or forward_marker(rows, at)
                or original_marker(rows, at)
            )
            for at, row in enumerate(rows)
        )

    def _is_quote(self, block: _Block, own: list[int], several: bool) -> bool:
        """Whether marked rows that nobody is named for are quoted, and not the sender's own "> 50 kg"."""
        rows = [row for row in self.rows[block.start : block.end] if not row.blank and row.folded.strip("> ")]
        if not own or all(_COMPARISON.fullmatch(row.folded) or _ARROWS.fullmatch(row.folded) for row in rows):
            return False
        if any(row.folded[:1] == "|" for row in rows):
            return False
        nested = any(_NESTED.match(row.folded) for row in rows)
        if own[-1] >= block.end:
            return several or nested or len(rows) > _FEW_ROWS
        above = next((self.rows[n] for n in range(block.start - 1, -1, -1) if not self.rows[n].blank), None)
        listed = above is not None and above.folded.endswith((":", ":-")) and not re.search(r"[\d@]", above.folded)
        return nested or not listed or len(rows) > 8

    def _fall_back(self) -> None:
        """A forward without an own word keeps what it forwards, marked or not; other notes only if text was kept."""
        if not self.note or any(is_own(row) for row in self.rows):
            return
        if self.note == ONLY_FORWARD:
            for row in self.rows:
                if row.quoted and row.reason == QUOTE:
                    row.reason = KEPT
        elif not any(row.reason == KEPT and row.words for row in self.rows):
            self.note = ""


def _loose_headers(rows: list[Row], at: int) -> int:
    """Below a marker any lines of the kind "Name: value" are headers, down to the first blank one."""
    length = 0
    for row in rows[at : at + 16]:
        if not row.folded.strip("> |") or (not length and not re.match(r"[\s*>|]*[^\W\d_][^:]{0,30}:", row.folded)):
            break
        length += 1
    return length


def _is_table(row: Row) -> bool:
    return row.folded[:1] == "|" and row.folded.count("|") > 1


def _unquoted(row: Row) -> Row:
    """The row without its first quotation mark."""
    text = re.sub(r"^(?:&gt;|[>|\s]){1,8}", "", row.raw)
    folded = re.sub(r"^(?:&gt;|[>|\s]){1,8}", "", row.folded)
    return make_row(text, folded, 0, len(text))
