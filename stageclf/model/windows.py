"""Cutting token ids into windows where lines begin, so that long texts are read whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CHARACTERS_PER_TOKEN = 12
FULL = 7  # eighths of a window that are filled where a text needs several
# The power of its surest stage by which a window is weighted (1: in proportion), and the weight of one sure of none.
SURENESS, LEAST_WEIGHT = 8, 0.005

# Halves of surrogate pairs, which broken exports hold, are no characters that a tokenizer takes.
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one window of one text, special tokens and prefix included."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What windows look like: the ids before and after those of the text, and how many there are in all.

    Raises ValueError if that leaves no room for the text beside the overlap.
    """

    head: Sequence[int]
    tail: Sequence[int]
    max_tokens: int
    overlap: int

    def __post_init__(self) -> None:
        if self.room_for_lines <= self.overlap:
            raise ValueError(f"windows of {self.max_tokens} tokens leave no room for an overlap of {self.overlap}")

    @property
    def room(self) -> int:
        """The tokens of a text that fit in a window."""
        return self.max_tokens - len(self.head) - len(self.tail)

    @property
    def room_for_lines(self) -> int:
        """The tokens in a window of a text that has several; full ones drown more of what is clear."""
        return self.room * FULL // 8

    def window(self, ids: Sequence[int]) -> Window:
        return Window((*self.head, *ids, *self.tail))


def cut_into_windows(
    ids: Sequence[int], frame: Frame, most: int, lines: Sequence[int] = ()
) -> tuple[list[Window], int]:
    """Windows over the tokens `ids` of a text, and the tokens left out.

    A text that does not fit in one window is cut where its lines begin (`lines`: positions of their first tokens),
    and elsewhere, with an overlap, only in lines that are longer than a window. A text of more than `most` windows is
    read in half of them from its start and half from its end; how many tokens lie between is the second value, 0 for
    a text read whole. A text without tokens has one empty window.
    """
    if len(ids) <= frame.room:
        return [frame.window(ids)], 0
    spans = _spans(len(ids), sorted({0, *lines}), frame)
    left_out = 0
    if len(spans) > most:
        front, back = spans[: most - most // 2], spans[len(spans) - most // 2 :]
        left_out = (back[0][0] if back else len(ids)) - front[-1][1]
        spans = front + back
    return [frame.window(ids[start:end]) for start, end in spans], max(0, left_out)


def _spans(count: int, begins: list[int], frame: Frame) -> list[tuple[int, int]]:
    """Start and end of every window over `count` tokens: whole lines, as many as have room, or a part of one."""
    room = frame.room_for_lines
    spans: list[tuple[int, int]] = []
    start = 0
    for begin, end in zip(begins, [*begins[1:], count], strict=True):
        if end - start > room and begin > start:
            spans.append((start, begin))
            start = begin
        if end - start > room:
            while end - start > room:
                spans.append((start, start + room))
                start += room - frame.overlap
            spans.append((start, end))
            start = end
    return [*spans, (start, count)] if start < count else spans


def line_starts(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """The positions of the tokens with which lines of a text begin; offsets: start and end of every token in it."""
    starts = [start for start, _ in offsets]
    found = {bisect_left(starts, at + 1) for at, char in enumerate(text) if char == "\n"}
    return sorted(found - {len(starts)})


def readable_part(text: str, max_tokens: int, most: int) -> tuple[str, int]:
    """The start and end of a text that is far too long for `most` windows, and the characters left out.

    Spares the tokenizer megabytes that would not be read; ordinary texts come back as they are, but for
    lone surrogates, which become U+FFFD.
    """
    limit = max_tokens * most * CHARACTERS_PER_TOKEN
    text = text.translate(_SURROGATES)
    if len(text) <= limit:
        return text, 0
    half = limit // 2
    return f"{text[:half]}\n{text[-half:]}", len(text) - 2 * half


def combine(window_logits: np.ndarray, none_position: int | None) -> np.ndarray:
    """One row of logits for a text from those of its windows, shape (windows, labels).

    The mean of the windows' log-probabilities, each weighted by how sure the window is of a stage: pages of small
    talk around one clear sentence do not drown it.
    """
    if len(window_logits) == 1:
        return window_logits[0]
    shifted = window_logits - window_logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    if none_position is None:
        return logs.mean(axis=0)
    stages = np.delete(np.exp(logs), none_position, axis=1)
    weights = stages.max(axis=1) ** SURENESS + LEAST_WEIGHT
    return (logs * (weights / weights.sum())[:, None]).sum(axis=0)
