"""What must stand in a text for a regular expression to match, told from the expression itself.

A screen of such words spares most texts a search that costs a hundred times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(
    r"""
      (?P<repeat> (?: [*+?] | \{ (?: [0-9]+ ,? [0-9]* | , [0-9]* ) \} ) [?+]? )
    | (?P<look> \( \? <? [=!] )
    | (?P<open> \( (?: \?: | (?!\?) ) )
    | (?P<close> \) )
    | (?P<bar> \| )
    | (?P<any> [.^$] | \\[AbBdDsSwWZfnrtv] | \[ \^? \]? (?: \\. | [^]\\] )* \] )
    | (?P<literal> \\[^A-Za-z0-9] | [^\\(\[] )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_MAY_BE_NONE = re.compile(r"[*?]|\{0*[,}]")
_NOTHING = ("",)
# Part of a sequence: a letter, which goes together with those beside it, or the strings of which one must be there.
_Item = str | tuple[str, ...]


def needed(pattern: str) -> tuple[str, ...]:
    """Strings of which every match holds at least one; ("",) where nothing can be said.

    pattern: a valid regular expression that is matched without re.IGNORECASE and re.VERBOSE. Nothing is said of one
        that holds flags, named or atomic groups, comments or back references.
    """
    tokens = list(_TOKEN.finditer(pattern))
    if any(token.lastgroup == "other" for token in tokens):
        return _NOTHING
    return _of_branches(iter(tokens))


def _of_branches(tokens: Iterator[re.Match[str]]) -> tuple[str, ...]:
    """What the branches up to the end of a group need, all of them together."""
    branches: list[list[_Item]] = [[]]
    for token in tokens:
        kind, items = token.lastgroup, branches[-1]
        if kind == "close":
            break
        if kind == "bar":
            branches.append([])
        elif kind == "literal":
            items.append(token[0][-1])
        elif kind == "open":
            items.append(_of_branches(tokens))
        elif kind == "repeat":
            items[-1] = _repeated(items[-1], token[0])
        else:
            if kind == "look":
                _of_branches(tokens)  # what stands around a match is no part of it
            items.append(_NOTHING)
    return tuple(dict.fromkeys(one for items in branches for one in _of_sequence(items)))


def _repeated(item: _Item, times: str) -> tuple[str, ...]:
    """What an item needs that stands so many times, as in "+" or "{2,5}"."""
    if _MAY_BE_NONE.match(times):
        return _NOTHING
    return (item,) if isinstance(item, str) else item


def _of_sequence(items: Iterable[_Item]) -> tuple[str, ...]:
    """The most telling of what each item of a sequence needs."""
    best, literal = _NOTHING, ""
    for item in [*items, _NOTHING]:
        if isinstance(item, str):
            literal += item
            continue
        best = max(best, (literal,), item, key=_telling)
        literal = ""
    return best


def _telling(strings: tuple[str, ...]) -> int:
    """Letters of the longest word of the string that tells least."""
    return min(max(map(len, _WORD.findall(string)), default=0) for string in strings)
