"""Batches of similar length, filled up to a number of tokens, padding included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def by_token_budget(
    lengths: Sequence[int],
    budget: int,
    most: int | None = None,
    order_by: Sequence[float] | None = None,
) -> Iterator[list[int]]:
    """Yield lists of positions in `lengths`, shortest rows first.

    A batch holds at most `budget` tokens once padded to its longest row (at least one row, whatever its
    length) and at most `most` rows. `order_by` replaces the lengths as the sorting key.
    """
    key = lengths if order_by is None else order_by
    batch: list[int] = []
    widest = 0
    for position in sorted(range(len(lengths)), key=key.__getitem__):
        width = max(widest, lengths[position])
        if batch and (width * (len(batch) + 1) > budget or len(batch) == most):
            yield batch
            batch, width = [], lengths[position]
        batch.append(position)
        widest = width
    if batch:
        yield batch
