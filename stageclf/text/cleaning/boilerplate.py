"""What machines put into a mail: a phone's line, warnings about outside senders, legal notices, list footers.

All of it is told by its wording alone, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stageclf.text.cleaning.glance import MOBILE as MOBILE_HINT
from stageclf.text.cleaning.glance import SENDER_LINK
from stageclf.text.cleaning.phone_line import BRACKETS, EDGES, WORD, is_phone_line
from stageclf.text.cleaning.phrases import any_in, by_language, phrases
from stageclf.text.cleaning.rows import Row, fold, make_row
from stageclf.text.cleaning.spans import BANNER, DISCLAIMER, FOOTER, KEPT, MOBILE, SIGNATURE, UNSUBSCRIBE

_LINK = re.compile(r"https?://|www\.|\]\(|<mailto:|\|\s")
_SPACE = re.compile(r"\s")
_WHOLE_WORD = re.compile(r"[\w']+(?![\w'])(?!\.\w)")
_TAG = re.compile(
    r"\s*[\[(*<{]{1,3}([^\W\d][\w -]{1,24})[\])*>}]{1,3}[ \t]*[:–-]?|\s*([A-ZΆ-Ώ][A-ZΆ-Ώ -]{6,24}):(?=\s)"
)
_PGP = re.compile(r"-----(begin|end) pgp [a-z ]+-----")
_LONGEST_PARAGRAPH = 6000
_SHORTEST_NOTICE, _SHORTEST_FOOTER = 45, 18
_SHORT_WARNING, _SHORT_SCAN = 9, 4  # words
_FIRST_PARAGRAPHS = 3  # in which a warning stands
_BANNER_ROWS, _LONGEST_BANNER = 12, 1500  # rows, characters
_SHORT_MAIL = 300  # characters
_NOTICES = (DISCLAIMER, FOOTER, UNSUBSCRIBE)
# Tables of phrases: the reason why what they tell of goes, and whether there must be a link, too.
_FOOTERS = (
    ("subscribed", UNSUBSCRIBE, False),
    ("unsubscribe", UNSUBSCRIBE, True),
    ("list_footer", FOOTER, True),
    ("notification", FOOTER, False),
    ("environment", FOOTER, False),
    ("before_printing", FOOTER, False),
    ("virus", FOOTER, False),
)
_SAFE_FOOTERS = ("subscribed", "list_footer", "before_printing")
_SLAVIC = ("pl", "bg", "ru", "uk", "cs", "sk", "sl", "hr", "sr")
_NORDIC, _BALTIC = ("sv", "da", "nb", "fi"), ("lt", "lv", "et")
_REST = ("fr", "es", "it", "pt", "nl", "ro", "tr", "hu", "sq")
_FOOTER_LANGUAGES = {
    "slavic": _SLAVIC,
    "nordic": _NORDIC,
    "baltic": _BALTIC,
    "others": (*_REST, *_SLAVIC, *_NORDIC, *_BALTIC),
    "west": ("nl", "ro"),
    "east": (*_SLAVIC, "hu"),
    "north": (*_NORDIC, "et"),
    "cs": ("cs", "sk"),
    "hr": ("hr", "sl"),
}
_OPENING_LANGUAGES = dict.fromkeys(_NORDIC, "nordic") | dict.fromkeys(_BALTIC, "baltic")
_OPENING_LANGUAGES |= {"sk": "cs", "sl": "hr", "sr": "hr", "ca": "es"}
_BANNERS = ("external", "external_tag")


@cache
def _paragraph_tables() -> frozenset[str]:
    """The hints of what is told by a paragraph."""
    return frozenset(
        [*_BANNERS, *(table for table, *_ in _FOOTERS), *(f"disclaimer {name}" for name in by_language("disclaimer"))]
    )


def mark_boilerplate(text: str, folded: str, rows: list[Row], hints: frozenset[str]) -> list[Row]:
    """The rows with the machines' parts marked; a row is split where a notice begins within it.

    hints: the tables of phrases that may stand in the text.
    """
    if "pgp" in folded:
        _mark_pgp(rows)
    for row in rows:
        if not row.words or row.quoted or row.reason or row.code:
            continue
        # A link is cut out before the line is compared, which may bring words together.
        if (MOBILE_HINT in hints or "http" in row.folded) and is_phone_line(row.folded):
            row.reason = MOBILE
    hints = _told(folded, hints & _paragraph_tables())
    if not hints:
        return rows
    if "external_tag" in hints:
        rows = _split_tag(text, folded, rows)
    marked: list[Row] = []
    may_warn = not hints.isdisjoint(_BANNERS)
    notice, seen = False, 0
    for paragraph in _paragraphs(rows):
        if paragraph[0].quoted or paragraph[0].reason or paragraph[0].code or not any(row.words for row in paragraph):
            marked += paragraph
            continue
        joined = _joined(folded, paragraph)
        if not (seen < _FIRST_PARAGRAPHS and may_warn and _mark_banner(paragraph, joined)):
            seen += 1
        if len(joined) < _SHORTEST_FOOTER:
            marked += paragraph
            continue
        split = _split_notice(text, folded, paragraph, joined, notice, hints)
        notice = bool(split)
        if not split:
            _mark_footer(paragraph, joined, hints)
        marked += split or paragraph
    return marked


def _told(folded: str, tables: frozenset[str]) -> frozenset[str]:
    """Those of the tables of which a whole phrase stands in the text, and not only its most telling word."""
    if not tables:
        return tables
    flat = _SPACE.sub(" ", folded)
    return frozenset(table for table in tables if any(phrase in flat for phrase in _phrases_of(table)))


@cache
def _phrases_of(table: str) -> tuple[str, ...]:
    kind, _, language = table.partition(" ")
    if language:
        return tuple(by_language(kind)[language])
    return (*phrases(table), SENDER_LINK) if table == "external" else phrases(table)


def _paragraphs(rows: list[Row]) -> Iterator[list[Row]]:
    """Runs of rows of one kind: blank, quoted, already marked, or text."""
    run: list[Row] = []
    for row in rows:
        if run and _kind(row) != _kind(run[0]):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _kind(row: Row) -> tuple[bool, bool, bool, str]:
    return row.blank, row.quoted, row.code, row.reason


def _joined(folded: str, rows: list[Row]) -> str:
    """A paragraph's folded text on one line, as long as its rows: places in it are places in them."""
    start = rows[0].start
    return _SPACE.sub(" ", folded[start : min(rows[-1].end, start + _LONGEST_PARAGRAPH)])


def _mark_pgp(rows: list[Row]) -> None:
    """The armour of signed mails; the signed text between stays."""
    inside = ""
    for number, row in enumerate(rows):
        match = _PGP.fullmatch(row.folded)
        if match:
            inside = row.folded if match.group(1) == "begin" else ""
            row.reason = SIGNATURE
            if (
                "signed message" in row.folded
                and number + 1 < len(rows)
                and rows[number + 1].folded.startswith("hash:")
            ):
                rows[number + 1].reason = SIGNATURE
        elif "signature" in inside:
            row.reason = SIGNATURE


def _split_tag(text: str, folded: str, rows: list[Row]) -> list[Row]:
    """The rows with an "[EXTERNAL]" before the first words cut off as a row of its own."""
    first = next((number for number, row in enumerate(rows) if row.words), -1)
    if first < 0 or rows[first].quoted or rows[first].code:
        return rows
    row = rows[first]
    tag = _TAG.match(text, row.start, min(row.end, row.start + 60))
    if not tag or EDGES.sub("", fold(tag.group(1) or tag.group(2))) not in by_language("external_tag")["outside"]:
        return rows
    if not folded[tag.end() : row.end].strip():
        return rows
    cut = make_row(text, folded, row.start, tag.end())
    cut.reason = BANNER
    return [*rows[:first], cut, make_row(text, folded, tag.end(), row.end), *rows[first + 1 :]]


def _mark_banner(rows: list[Row], joined: str) -> bool:
    """Mark a gateway's warning in one of the first paragraphs: from its first telling row to its last."""
    if len(rows) > _BANNER_ROWS or len(joined) > _LONGEST_BANNER:
        return False
    start = EDGES.sub("", rows[0].folded)
    if len(rows) == 1 and start in phrases("external_tag") and rows[0].folded[0] in "[*-<{(#":
        rows[0].reason = BANNER
        return True
    count = sum(phrase in joined for phrase in (*phrases("external"), SENDER_LINK))
    if not (count >= 2 or (count and start.startswith(phrases("caution")))):
        return False
    if count == 1 and len(joined.split()) > _SHORT_WARNING and not _is_telling(joined):
        return False
    hits = [number for number, row in enumerate(rows) if any_in(row.folded, "external")]
    for row in rows[: hits[-1] + 1] if hits else rows:
        row.reason = BANNER
    return True


def _is_telling(joined: str) -> bool:
    """Whether a warning says more than that something is external."""
    return any(phrase.count(" ") > 1 for phrase in phrases("external") if phrase in joined)


def _split_notice(
    text: str, folded: str, rows: list[Row], joined: str, goes_on: bool, hints: frozenset[str]
) -> list[Row]:
    """The paragraph's rows with a legal notice marked from where it begins to the end; [] if there is none."""
    at = _notice_start(joined, goes_on, hints)
    if at < 0:
        return []
    at += rows[0].start
    split: list[Row] = []
    for row in rows:
        if row.start < at < row.end and folded[row.start : at].strip():
            split += [make_row(text, folded, row.start, at), make_row(text, folded, at, row.end)]
        else:
            split.append(row)
    for row in split:
        if row.end > at and not folded[row.start : at].strip():
            row.reason = DISCLAIMER
    return split


def _notice_start(joined: str, goes_on: bool, hints: frozenset[str]) -> int:
    """Where a legal notice begins in a paragraph; -1 if it holds none."""
    if len(joined) < _SHORTEST_NOTICE and not goes_on:
        return -1
    for language, told in by_language("disclaimer").items():
        if f"disclaimer {language}" not in hints:
            continue
        hits = [place for phrase in told if (place := joined.find(phrase)) >= 0]
        if not hits:
            continue
        starts = _notice_openings(joined, language)
        first = min(hits)
        before = [place for place in starts if place <= first]
        if (len(hits) >= 3 and starts) or (len(hits) >= 2 and before):
            start = min((place for place in before if first - place < 160), default=first)
            if not _is_personal(joined[start:], language) and any_in(joined, "mail_or_secret"):
                return start
        if goes_on and (starts or len(hits) >= 2) and min(hits + starts) < 60:
            return 0
    return -1


def _is_personal(notice: str, language: str) -> bool:
    """Whether the sender speaks of himself, or asks, in what would be a legal notice."""
    return _speaks_of_self(notice, (language,)) or bool(re.search(r"\w\s?\?(?:\s|$)", notice))


def _speaks_of_self(text: str, languages: tuple[str, ...]) -> bool:
    told = by_language("speaks_of_self")
    words = set(_WHOLE_WORD.findall(text))
    return any(not words.isdisjoint(told.get(language, ())) for language in languages)


@cache
def _openings(language: str) -> tuple[str, ...]:
    return by_language("disclaimer_start").get(_OPENING_LANGUAGES.get(language, language), ())


def _notice_openings(joined: str, language: str) -> list[int]:
    return [place for phrase in _openings(language) if (place := joined.find(phrase)) >= 0]


def _mark_footer(rows: list[Row], joined: str, hints: frozenset[str]) -> None:
    """Mark what lists, forums, scanners and newsletters append, from its first telling row to the paragraph's end."""
    linked = bool(_LINK.search(joined))
    for table, reason, needs_link in _FOOTERS:
        if table not in hints or (needs_link and not linked) or not any_in(joined, table):
            continue
        if table == "before_printing" and not any_in(joined, "mail_or_nature"):
            continue
        first = min(joined.find(phrase) for phrase in phrases(table) if phrase in joined) + rows[0].start
        number = next((number for number, row in enumerate(rows) if row.start <= first < row.end), 0)
        if table not in _SAFE_FOOTERS and _is_own_footer(rows[number:], joined, table):
            continue
        if table == "list_footer" and not _below_rule(rows, number) and "mailman/" not in joined:
            continue
        if rows[number].end - rows[number].start > 400 or len(rows) - number > 10:
            continue
        while number and (
            rows[number - 1].rule or (table == "virus" and not BRACKETS.sub("", rows[number - 1].folded))
        ):
            number -= 1
        for row in rows[number:]:
            row.reason = row.reason or reason
        return


def _is_own_footer(rows: list[Row], joined: str, table: str) -> bool:
    """Whether it is the sender who speaks in the rows from a footer's first telling one on."""
    if table == "virus" and not _is_scanners(rows, joined):
        return True
    text = " ".join(row.folded for row in rows)
    return any(
        _speaks_of_self(text, _FOOTER_LANGUAGES.get(language, (language,)))
        for language, told in by_language(table).items()
        if any(phrase in joined for phrase in told)
    )


def _is_scanners(rows: list[Row], joined: str) -> bool:
    told = [phrase for phrase in phrases("virus") if phrase in joined]
    if any_in(joined, "scanner") or not set(told) <= set(phrases("virus_free")):
        return True
    return len(WORD.findall(BRACKETS.sub(" ", rows[0].folded))) <= _SHORT_SCAN


def _below_rule(rows: list[Row], number: int) -> bool:
    return any(row.rule for row in rows[max(0, number - 2) : number])


def is_reply_mark(folded: str) -> bool:
    """ "##- Please type your reply above this line -##": what stands below is the help desk's."""
    if len(folded) >= 160:
        return False
    marked = folded[:1] in "-#=*_~<>[(+" and any_in(folded, "reply_above")
    return marked or (len(folded) < 100 and folded.startswith(phrases("reply_line")))


def keep_if_alone(rows: list[Row]) -> None:
    """A short mail that is nothing but a notice or a footer is what its sender wrote, in words like theirs."""
    full = [row for row in rows if not row.blank]
    if full and full[-1].end - full[0].start <= _SHORT_MAIL and all(row.reason in _NOTICES for row in full):
        for row in rows:
            row.reason = KEPT


def is_own(row: Row) -> bool:
    """Whether a row holds words that are still the sender's."""
    return row.reason == KEPT and not row.quoted and row.words
