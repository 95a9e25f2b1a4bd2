"""Automatic mails told by what their sentences say together, whatever the language and the wording.

Every sentence gets the senses of its words. What automatic mails say (that one is away, who stands in, that a letter
was received, that it could not be delivered) counts for one; a sentence that says something else counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from stageclf.inbox.kinds_rules import ABSENCE, ANSWER, BOUNCE, BOUNCE_CORE, CORE, NOTICE, NOTICE_CORE, TOGETHER, Rule
from stageclf.inbox.kinds_words import WORDS
from stageclf.inbox.plain_letters import plain_letters

MOST_LOOKED_AT = 1600  # characters
MOST_SENTENCES = 16
MOST_KEPT = 50_000  # words whose senses are remembered
ENOUGH = 4.0
ENOUGH_ALONE = 3.5  # where no sentence says anything else
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
# One of these stands wherever the pattern above matches.
_MARKS_OF_REPORTS = (
    "recipient:", "diagnostic-code", "-mta", "action:", "remote server", "rcpt to", "smtp;", "fatal errors",
    "transcript of", ">:",
)  # fmt: skip

_Compiled = tuple[str, float, tuple[int, ...], int]  # name, weight, what is needed, what must lack


class _Word(NamedTuple):
    bits: int
    phrases: tuple[tuple[tuple[str, ...], int], ...]  # what else must follow, and what it says then
    going_on: frozenset[str]  # the first letters of the words that follow in them


@cache
def _bit(name: str) -> int:
    return 1 << (list(WORDS).index(name) + 3)


_DIGITS, _ADDRESS, _PHONED = 1, 2, 4


@cache
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
        self._silent: set[str] = set()  # what stands between two blanks and says nothing
        self._telling: dict[str, int] = {}
        for sense, entries in WORDS.items():
            for entry in plain_letters(entries).split():
                self._add(entry, _bit(sense))

    def _add(self, entry: str, bit: int) -> None:
        first, *rest = filter(None, entry.split("_"))
        if rest:
            self._phrases.setdefault(first, []).append((tuple(rest), bit))
            return
        table = self._stems if entry.endswith("*") else self._whole
        word = first.rstrip("*")
        table[word] = table.get(word, 0) | bit

    def word(self, token: str) -> _Word:
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            phrases = tuple(self._phrases.get(token, ()))
            known = self._known[token] = _Word(
                self._bits(token), phrases, frozenset(rest[0][0] for rest, _ in phrases)
            )
        return known

    def _bits(self, token: str) -> int:
        if "@" in token or token.startswith("http"):
            return _ADDRESS
        bits = _bit("i") if _GREEK_I.fullmatch(token) else 0
        bits |= self._whole.get(token, 0) | (_DIGITS if any(map(str.isdigit, token)) else 0)
        for end in range(2, min(len(token), 20) + 1):
            bits |= self._stems.get(token[:end], 0)
        return bits

    def of_chunks(self, plain: str) -> int:
        """At least all that the words say, wherever they stand; a phrase is taken to follow its first word."""
        bits = 0
        for chunk in set(plain.split()).difference(self._silent):
            tells = self._telling.get(chunk)
            bits |= self._of_chunk(chunk) if tells is None else tells
        return bits

    def _of_chunk(self, chunk: str) -> int:
        bits = _DIGITS | _PHONED if any(map(str.isdigit, chunk)) else 0
        for token in _TOKEN.findall(chunk):
            word = self.word(token)
            bits |= word.bits
            for _, sense in word.phrases:
                bits |= sense
        if len(self._silent) + len(self._telling) >= MOST_KEPT:
            self._silent.clear()
            self._telling.clear()
        if bits:
            self._telling[chunk] = bits
        else:
            self._silent.add(chunk)
        return bits

    def senses(self, sentence: str) -> tuple[int, int]:
        """What the words of a sentence say, and how many words there are."""
        tokens = _TOKEN.findall(sentence)
        bits = _PHONED if _PHONE.search(sentence) else 0
        known = self._known
        for at, token in enumerate(tokens, 1):
            word = known.get(token) or self.word(token)
            bits |= word[0]
            if word[1] and at < len(tokens) and tokens[at][0] in word[2]:
                for rest, sense in word[1]:
                    if _follows(tokens, at, rest):
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


@lru_cache(maxsize=4)
def _anywhere(plain: str) -> int:
    """All senses that the words of a text may have, before it is known how they stand together."""
    return _lexicon().of_chunks(plain[:MOST_LOOKED_AT])


@lru_cache(maxsize=4096)
def _possible(anywhere: int, rules: tuple[Rule, ...], core: frozenset[str]) -> tuple[_Compiled, ...]:
    """The rules of which a text with these senses holds all that they need; none if there is none of the core."""
    found = tuple(rule for rule in _compiled(rules) if _holds(anywhere, rule[2]))
    return found if _says_enough({rule[0] for rule in found}, core) else ()


def _says_enough(names: Collection[str], core: frozenset[str]) -> bool:
    return not core.isdisjoint(names) or all(name in names for name in TOGETHER)


def _may_say(plain: str, rules: tuple[Rule, ...], core: frozenset[str]) -> bool:
    return bool(_possible(_anywhere(plain), rules, core))


def may_say_anything(plain: str) -> bool:
    """Whether it is worth asking `is_answer` or `is_bounce`: without the words they go by, neither holds."""
    return _may_say(plain, ANSWER, CORE) or _may_bounce(plain)


def _may_bounce(plain: str) -> bool:
    reports = any(mark in plain for mark in _MARKS_OF_REPORTS)  # server's jargon alone may do
    return reports or _may_say(plain, BOUNCE, BOUNCE_CORE)


def _holds(bits: int, needs: tuple[int, ...]) -> bool:
    for need in needs:  # noqa: SIM110 - all() with a generator costs twice as much
        if not bits & need:
            return False
    return True


def _scored(
    sentences: Iterable[tuple[int, int]], possible: tuple[_Compiled, ...], off_topic: float, least: float = -inf
) -> dict[str, float]:
    """The weight of each thing that is said, once; what says something else is found under ''.

    possible: the rules that may hold. The sentences are read no further once `least` cannot be reached.
    """
    found: dict[str, float] = {"": 0.0}
    best = sum({rule[0]: rule[1] for rule in sorted(possible, key=_weight)}.values())
    greets = _mask("greet season thanks")
    for bits, words in sentences:
        if found[""] + best < least:
            break
        if words > LONG:
            found[""] -= 2 * ENOUGH
            continue
        said = [rule for rule in possible if not bits & rule[3] and _holds(bits, rule[2])]
        if not said and words > SHORT and not (bits & greets and words <= 2 * SHORT):
            found[""] -= off_topic
        for name, weight, _, _ in said:
            found[name] = max(weight, found.get(name, 0.0))
    return found


def _weight(rule: _Compiled) -> float:
    return rule[1]


def _possible_in(
    sentences: tuple[tuple[int, int], ...], rules: tuple[Rule, ...], core: frozenset[str]
) -> tuple[_Compiled, ...]:
    anywhere = 0
    for bits, _ in sentences:
        anywhere |= bits
    return _possible(anywhere, rules, core)


def is_answer(plain: str) -> bool:
    """Whether a text in plain letters is an out-of-office note or confirms that a letter arrived."""
    possible = _possible(_anywhere(plain), ANSWER, CORE)
    if not possible:
        return False
    found = _scored(_until_signature(plain), possible, OFF_TOPIC, ENOUGH_ALONE)
    enough = ENOUGH if found[""] or ABSENCE.issuperset(found) else ENOUGH_ALONE
    return _says_enough(found, CORE) and sum(found.values()) >= enough


def strays(plain: str) -> bool:
    """Whether a sentence says something that no out-of-office note says."""
    sentences = _sentences(plain)
    possible = _possible_in(sentences, ANSWER, CORE)
    return bool(possible) and _scored(sentences, possible, OFF_TOPIC)[""] < 0


def is_bounce(plain: str) -> bool:
    """Whether a text in plain letters says that a mail could not be delivered, as servers say so."""
    if not _may_bounce(plain):
        return False
    sentences = _sentences(plain)
    if any(bits & _mask("parcel i") for bits, _ in sentences):
        return False
    found = _scored(sentences, _possible_in(sentences, BOUNCE, BOUNCE_CORE), 0.0)
    if any(bits & _mask("ours") for bits, _ in sentences) and sum(found.values()) < 2 * ENOUGH:
        return False  # what a firm says of its own post
    part = plain[:MOST_LOOKED_AT]
    score = sum(found.values()) + 2 * bool(_STATUS.search(part)) + 2 * bool(_REPORT.search(part))
    return score >= ENOUGH


def is_notice(plain: str) -> bool:
    """Whether a text in plain letters is what shops, services and calendars write on their own."""
    if not _may_say(plain, NOTICE, NOTICE_CORE):
        return False
    sentences = _sentences(plain)
    if any(bits & _mask("i") and not _is_label(bits, words) for bits, words in sentences):
        return False
    found = _scored(sentences, _possible_in(sentences, NOTICE, NOTICE_CORE), 0.0)
    return not NOTICE_CORE.isdisjoint(found) and sum(found.values()) >= ENOUGH


def _is_label(bits: int, words: int) -> bool:
    """Whether "my account" or "I want it" is what a button says."""
    return bool((bits & _mask("portal") and words <= LONG // 2) or (bits & _mask("shop") and words <= SHORT + 1))


def names_a_mail(plain: str) -> bool:
    """Whether a text is no more than "your message"."""
    bits, words = _lexicon().senses(plain[:MOST_LOOKED_AT])
    return words <= SHORT + 1 and bool(bits & _mask("mail") and bits & _mask("yours"))


def is_rhetorical(question: str, following: str) -> bool:
    """Whether a question in plain letters is one that automatic mails answer at once: "Urgent? Call 12"."""
    bits, words = _lexicon().senses(question)
    if words <= 2 * SHORT and bits & _mask("urgent"):
        return True
    return words <= SHORT and bool(_lexicon().senses(following)[0] & (_PHONED | _ADDRESS))


def redirects(request: str) -> bool:
    """Whether a request in plain letters is to write to another address, and nothing of the writer's own."""
    bits, _ = _lexicon().senses(request)
    return bool(bits & _ADDRESS) and not bits & _mask("i")
