"""Automatic mails told by what their sentences say together, whatever the language and the wording.

Every sentence gets the senses of its words. What automatic mails say (that one is away, who stands in, that a letter
was received, that it could not be delivered) counts for one; a sentence that says something else counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from stageclf.inbox.kinds_rules import ANSWER, BOUNCE, BOUNCE_CORE, CORE, NOTICE, NOTICE_CORE, Rule
from stageclf.inbox.kinds_words import WORDS
from stageclf.inbox.plain_letters import plain_letters

MOST_LOOKED_AT = 1600  # characters
MOST_SENTENCES = 16
MOST_KEPT = 50_000  # words whose senses are remembered
ENOUGH = 4.0
OFF_TOPIC = 1.0  # that a sentence says something else
LONG = 30  # words of a sentence that only a person writes
SHORT = 3  # words of a sentence that says nothing: a name, a greeting

_TOKEN = re.compile(r"[^\s<>@:]{1,80}@[^\s<>@]{1,80}\.\w+|https?://\S+|[^\W_]+")
_WRAPPED = re.compile(r"(?<=[^\n]{45})\n(?=[^\W_])")
_ENDS = re.compile(r"(?<=[.!;?])(?<!\d\.)(?<!\b\w\.)(?<!\b[mdkh]r\.)\s+|\n")
# A Greek verb in the first person; what ends so, too, and is none.
_GREEK_I = re.compile(r"(?!(?:παρακαλω|ευχαριστω|κατω|πανω|λογω|μεσω|πισω|γυρω|παραπανω|παρακατω|απανω)$)[α-ω]{3,}ω")
_CLAUSES = re.compile(r"[,–—]\s+")
_PHONE = re.compile(r"(?<![\w#-])(?:[+0]\d|[26]\d\d)(?:[ /().-]{0,2}\d){6,10}(?!\d)")
_STATUS = re.compile(
    r"\b[45]\d\d[- #(]{1,3}[45]\.\d{1,2}\.\d{1,2}\b|\(#[45]\.\d\.\d\)"
    r"|\bstatus: [45]\.\d\.\d|\b5[05]\d [a-z<]|#[45]\.\d\.\d"
)
_REPORT = re.compile(
    r"^(?:final-recipient|diagnostic-code|reporting-mta|original-recipient|remote-mta|action: (?:failed|delayed))\b"
    r"|remote server returned|\brcpt to\b|\bsmtp; ?[45]\d\d|permanent fatal errors"
    r"|transcript of session|^<[^\s<>@]+@[^\s<>@]+>:",
    re.MULTILINE,
)


_Compiled = tuple[str, float, tuple[int, ...], int]  # name, weight, what is needed, what must lack


class _Word(NamedTuple):
    bits: int
    phrases: tuple[tuple[tuple[str, ...], int], ...]  # what else must follow, and what it says then


@cache
def _bit(name: str) -> int:
    return 1 << (list(WORDS).index(name) + 3)


_DIGITS, _ADDRESS, _PHONED = 1, 2, 4


def _mask(names: str) -> int:
    extra = {"digits": _DIGITS, "address": _ADDRESS, "phone": _PHONED}
    total = 0
    for name in names.split():
        total |= extra.get(name) or _bit(name)
    return total


class _Lexicon:
    """The senses of words, found by the whole word or by its beginning."""

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._known: dict[str, _Word] = {}
        for sense, entries in WORDS.items():
            for entry in plain_letters(entries).split():
                self._add(entry, _bit(sense))

    def _add(self, entry: str, bit: int) -> None:
        first, *rest = entry.split("_")
        if rest:
            self._phrases.setdefault(first, []).append((tuple(rest), bit))
            return
        table = self._stems if entry.endswith("*") else self._whole
        word = entry.rstrip("*")
        table[word] = table.get(word, 0) | bit

    def word(self, token: str) -> _Word:
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = self._known[token] = _Word(self._bits(token), tuple(self._phrases.get(token, ())))
        return known

    def _bits(self, token: str) -> int:
        if "@" in token or token.startswith("http"):
            return _ADDRESS
        bits = _bit("i") if _GREEK_I.fullmatch(token) else 0
        bits |= self._whole.get(token, 0) | (_DIGITS if any(map(str.isdigit, token)) else 0)
        for end in range(2, min(len(token), 20) + 1):
            bits |= self._stems.get(token[:end], 0)
        return bits

    def senses(self, sentence: str) -> tuple[int, int]:
        """What the words of a sentence say, and how many words there are."""
        tokens = _TOKEN.findall(sentence)
        bits = _PHONED if _PHONE.search(sentence) else 0
        for at, token in enumerate(tokens):
            word = self.word(token)
            bits |= word.bits
            for rest, sense in word.phrases:
                if _follows(tokens, at + 1, rest):
                    bits |= sense
        return bits, len(tokens)


def _follows(tokens: list[str], at: int, rest: tuple[str, ...]) -> bool:
    said = tokens[at : at + len(rest)]
    return len(said) == len(rest) and all(
        token.startswith(one[:-1]) if one.endswith("*") else token == one
        for token, one in zip(said, rest, strict=True)
    )


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


@cache
def _compiled(rules: tuple[Rule, ...]) -> tuple[_Compiled, ...]:
    return tuple(
        (rule.name, rule.weight, tuple(_mask(one) for one in rule.needs), _mask(rule.lacks)) for rule in rules
    )


@lru_cache(maxsize=4)  # the same text is asked for more than once
def _sentences(plain: str) -> tuple[tuple[int, int], ...]:
    return tuple(_until_signature(plain))


def _until_signature(plain: str) -> Iterator[tuple[int, int]]:
    """What each sentence says until the signature, with its number of words."""
    lexicon = _lexicon()
    ends = _mask("close")
    for count, sentence in enumerate(_ENDS.split(_WRAPPED.sub(" ", plain[:MOST_LOOKED_AT]))):
        if count >= MOST_SENTENCES:
            return
        bits, words = lexicon.senses(sentence)
        if count and words and bits & ends and words <= 8:
            return
        if words > LONG:  # clauses of a person who seldom ends a sentence
            yield from map(lexicon.senses, _CLAUSES.split(sentence))
        elif words:
            yield bits, words


def _possible(sentences: tuple[tuple[int, int], ...], rules: tuple[Rule, ...]) -> list[_Compiled]:
    """The rules of which a text holds all that they need, in whatever sentence."""
    anywhere = 0
    for bits, _ in sentences:
        anywhere |= bits
    return [rule for rule in _compiled(rules) if _holds(anywhere, rule[2])]


def _holds(bits: int, needs: tuple[int, ...]) -> bool:
    return all([bits & need for need in needs])  # noqa: C419 - a generator costs twice as much


def _scored(
    sentences: tuple[tuple[int, int], ...], rules: tuple[Rule, ...], core: frozenset[str], off_topic: float
) -> dict[str, float]:
    """The weight of each thing that is said, once; what says something else is found under ''."""
    found: dict[str, float] = {"": 0.0}
    possible = _possible(sentences, rules)
    if core.isdisjoint(rule[0] for rule in possible):
        return found
    greets = _mask("greet season thanks")
    for bits, words in sentences:
        if words > LONG:
            found[""] -= 2 * ENOUGH
            continue
        said = [rule for rule in possible if not bits & rule[3] and _holds(bits, rule[2])]
        if not said and words > SHORT and not (bits & greets and words <= 2 * SHORT):
            found[""] -= off_topic
        for name, weight, _, _ in said:
            found[name] = max(weight, found.get(name, 0.0))
    return found


def is_answer(plain: str) -> bool:
    """Whether a text in plain letters is an out-of-office note or confirms that a letter arrived."""
    found = _scored(_sentences(plain), ANSWER, CORE, OFF_TOPIC)
    return not CORE.isdisjoint(found) and sum(found.values()) >= ENOUGH


def strays(plain: str) -> bool:
    """Whether a sentence says something that no out-of-office note says."""
    return _scored(_sentences(plain), ANSWER, CORE, OFF_TOPIC)[""] < 0


def is_bounce(plain: str) -> bool:
    """Whether a text in plain letters says that a mail could not be delivered, as servers say so."""
    sentences = _sentences(plain)
    if any(bits & _mask("parcel i ours") for bits, _ in sentences):
        return False
    found = _scored(sentences, BOUNCE, BOUNCE_CORE, 0.0)
    part = plain[:MOST_LOOKED_AT]
    score = sum(found.values()) + 2 * bool(_STATUS.search(part)) + 2 * bool(_REPORT.search(part))
    return score >= ENOUGH


def is_notice(plain: str) -> bool:
    """Whether a text in plain letters is what shops, services and calendars write on their own."""
    sentences = _sentences(plain)
    if any(bits & _mask("i") and not (bits & _mask("portal") and words <= LONG // 2) for bits, words in sentences):
        return False
    found = _scored(sentences, NOTICE, NOTICE_CORE, 0.0)
    return not NOTICE_CORE.isdisjoint(found) and sum(found.values()) >= ENOUGH
