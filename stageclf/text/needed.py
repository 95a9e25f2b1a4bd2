"""What must stand in a text for a regular expression to match, told from the parsed expression itself.

A screen of such words spares most texts a search that costs a hundred times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # no public module tells what an expression holds
from re import _parser as parser
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")


def needed(pattern: str) -> tuple[str, ...]:
    """Strings of which every match holds at least one; ("",) where nothing can be said."""
    return _of_sequence(parser.parse(pattern))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    """The most telling of what each item of a sequence needs."""
    best, literal = ("",), ""
    for op, value in [*items, (None, None)]:
        if op is ops.LITERAL:
            literal += chr(value)
            continue
        best = max(best, (literal,), _of_item(op, value), key=_telling)
        literal = ""
    return best


def _of_item(op: Any, value: Any) -> tuple[str, ...]:
    if op is ops.SUBPATTERN:
        return _of_sequence(value[-1])
    if op is ops.BRANCH:
        return tuple(dict.fromkeys(one for branch in value[1] for one in _of_sequence(branch)))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    return ("",)


def _telling(strings: tuple[str, ...]) -> int:
    """Letters of the longest word of the string that tells least."""
    return min(max(map(len, _WORD.findall(string)), default=0) for string in strings)
