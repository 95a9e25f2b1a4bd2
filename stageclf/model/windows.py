"""Cutting token ids into overlapping windows, so that long texts are read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CHARACTERS_PER_TOKEN = 12
# The power of its surest stage by which a window is weighted (1: in proportion), and the weight of one sure of none.
SURENESS, LEAST_WEIGHT = 4, 0.005

# Halves of surrogate pairs, which broken exports hold, are no characters that a tokenizer takes.
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one window of one text, special tokens and prefix included."""

    ids: tuple[int, ...]


def cut_into_windows(
    ids: Sequence[int], head: Sequence[int], tail: Sequence[int], max_tokens: int, overlap: int, most: int
) -> tuple[list[Window], int]:
    """Windows over the tokens `ids` of a text, each framed by `head` and `tail`; and the tokens left out.

    A text of more than `most` windows is read in half of them from its start and half from its end; how
    many tokens lie between is the second value, 0 for a text read whole. A text without tokens has one
    empty window.
    """
    room = max_tokens - len(head) - len(tail)
    if room <= overlap:
        raise ValueError(f"windows of {max_tokens} tokens leave no room for an overlap of {overlap}")
    step = room - overlap
    starts = list(range(0, max(1, len(ids) - overlap), step))
    left_out = 0
    if len(starts) > most:
        front, back = starts[: most - most // 2], starts[len(starts) - most // 2 :]
        left_out = back[0] - (front[-1] + room) if back else len(ids) - (front[-1] + room)
        starts = front + back
    return [Window((*head, *ids[start : start + room], *tail)) for start in starts], max(0, left_out)


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
