"""Dates as people's devices write them: any order, separator, script and half of the day.

A numeric date does not always say whether its day or its month comes first. `OrderSurvey` decides that from all
dates of a file; `Stamp.datetime` then gives the time in the order decided.

Where the year is first, the month follows. Where it is last, the month comes first only in the Americas, the
Philippines and a few places more, all of which write slashes ("3/22/24") and, if any, English or Spanish halves of
the day. So dots ("22.03.24") and a "nachm." or "μ.μ." mean that the day is first, and so do the hyphens of devices
("22-03-24"); in tables people and programs write "03-22-2024", too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

DMY, MDY, YMD, YDM = "dmy", "mdy", "ymd", "ydm"
YEARS = range(1990, 2100)
BUDDHIST_YEARS = range(2533, 2643)  # the Thai calendar counts 543 years more
DATES_OF_A_SPELL = 5

# What devices write for the two halves of the day, folded by `_folded`: no dots, spaces, accents, capitals.
_MORNING = """am vorm vormittags öö πμ fm ap vm fh de dop dopo dopol dopoledne sa pg пробед пробяд дп ص صباحا قظ לפנהצ
    午前 上午 早上 清晨 凌晨 오전 पूर्वाह्न পূর্বাহ্ণ ก่อนเที่ยง pd paradite eparadites damanhã manhã matin delamañana mañana
    dimineața rano priešpiet priešpietė priekšpusdienā priekšp prp hommikul""".split()
_AFTERNOON = """pm nachm nachmittags ös μμ em ip nm eh du odp odpo odpol odpoledne ch ptg слобед сл пп مساء م بظ אחהצ
    午後 下午 晚上 傍晚 오후 अपराह्न অপরাহ্ণ หลังเที่ยง md epasdites datarde delatarde tarde danoite delanoche noite noche
    soir sera popołudniu popiet pēcpusdienā pēcp pop õhtul""".split()


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in plain if char.isalnum())


_HALVES = {_folded(w): "am" for w in _MORNING} | {_folded(w): "pm" for w in _AFTERNOON} | {"中午": "noon"}
_HALVES_WITH_MONTH_FIRST = ("", "am", "pm")

_WORD = r"[^\W\d_][^\d\[\]:,/<>|]{0,14}?"
STAMP = (
    r"(?:(?P<hour1>\d{1,2})[:.](?P<minute1>\d\d)(?:[:.](?P<second1>\d\d))?,? )?"
    r"(?P<a>\d{1,4})(?P<sep> ?[./\-年–] ?)(?P<b>\d{1,2})(?: ?[./\-月–] ?)(?P<c>\d{1,4})日?"
    r"(?(hour1)"
    rf"(?: ?(?P<half1>{_WORD}))?"
    rf"|\.?(?: ?г\.)?[,،、]? ?(?:(?P<before>{_WORD}) ?)?"
    rf"(?P<hour>\d{{1,2}})(?:[:.]| ?[hч] ?)(?P<minute>\d\d)(?:(?:[:.]| ?min ?)(?P<second>\d\d))?"
    rf"(?: ?(?P<half>{_WORD}))?)"
)


@lru_cache(maxsize=256)
def half_of_day(word: str | None) -> str:
    """ "am", "pm", "noon", or "" for a word that is none of the known ones."""
    return _HALVES.get(_folded(word or ""), "")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The three numbers of a date as written, what stands between them, and the time in 24 hours.

    american: only devices that write the month first write so. half: the word for the half of the day, folded.
    """

    numbers: tuple[int, int, int]
    digits: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    american: bool = False
    separator: str = "/"
    half: str = ""

    def datetime(self, order: str) -> datetime | None:
        """The time in that order, or None where there is no such date."""
        year = self.numbers[order.index("y")]
        if self.digits[order.index("y")] == 2:
            year += 2000
        elif year in BUDDHIST_YEARS:
            year -= 543
        if year not in YEARS:
            return None
        month, day = (self.numbers[order.index(part)] for part in "md")
        try:
            return datetime(year, month, day, self.hour, self.minute, self.second)
        except ValueError:
            return None

    def orders(self) -> tuple[str, ...]:
        """The orders that are possible, the usual ones first."""
        if self.digits[0] >= 3:
            return YMD, YDM
        return (DMY, MDY) if self.digits[2] >= 3 else (DMY, MDY, YMD)

    def month_may_be_first(self, typed: bool) -> bool:
        """Whether anybody writes the month first in this way; `typed`: a person or a program, not a device."""
        between = "/-" if typed else "/"
        return self.separator in between and self.half in _HALVES_WITH_MONTH_FIRST


def stamp_of(match: re.Match[str]) -> Stamp | None:
    """The stamp of a match of `STAMP`; None where the time of day is impossible."""
    found = match.groupdict()
    first = found["hour1"] is not None
    hour, minute, second = (int(found[name + "1" * first] or 0) for name in ("hour", "minute", "second"))
    word = found["half1"] if first else next(filter(half_of_day, (found["half"], found["before"])), "")
    half = half_of_day(word)
    if (half == "pm" and hour < 12) or (half == "noon" and hour < 3):
        hour += 12
    elif hour == 24 or (half == "am" and hour == 12):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    parts = found["a"], found["b"], found["c"]
    numbers, digits = tuple(map(int, parts)), tuple(map(len, parts))
    # Only American devices write "3/12/24, 2:05 PM"; Indian, Australian and other ones write "pm" or "03".
    american = found["half"] in ("AM", "PM") and found["sep"] == "/" and min(digits[:2]) == 1
    return Stamp(
        numbers, digits, hour, minute, second, american, found["sep"].strip(), _folded(word or "") if half else ""
    )


@dataclass
class _Trial:
    """How well one order fits the dates so far."""

    impossible: int = 0
    backwards: int = 0
    forwards: int = 0
    last: datetime | None = None
    months: set[tuple[int, int]] = field(default_factory=set)

    def add(self, moment: datetime | None) -> None:
        if moment is None:
            self.impossible += 1
            return
        self.backwards += self.last is not None and moment < self.last
        self.forwards += self.last is not None and moment > self.last
        self.last = moment
        if len(self.months) <= DATES_OF_A_SPELL:
            self.months.add((moment.year, moment.month))


class OrderSurvey:
    """Decides the order of day, month and year from all dates of a file, in constant memory.

    A date that is impossible in an order speaks against it; then the way dates are written, if nobody writes the
    month first so; then dates that run backwards, since chats are written in order. Where both orders fit, days
    change more often than months: five dates or more that would lie in as many months on one day each lie in one
    month. Otherwise the order stays `ambiguous`.
    """

    def __init__(self, either_way: bool = False) -> None:
        """either_way: the newest may stand first, and a person may have typed the dates, as in tables."""
        self._either_way = either_way
        self._month_may_be_first = False
        self._trials: dict[str, _Trial] = {}
        self._possible: tuple[str, ...] = ()
        self._american = False
        self._swappable = False

    def add(self, stamp: Stamp) -> None:
        orders = stamp.orders()
        # One export writes all its dates alike: the first says where a year of four digits stands.
        self._possible = self._possible or orders
        for order in self._possible:
            self._trials.setdefault(order, _Trial()).add(stamp.datetime(order))
        self._american |= stamp.american
        self._month_may_be_first |= stamp.month_may_be_first(typed=self._either_way)
        first, second = (stamp.numbers[index] for index in ((1, 2) if self._possible[0] == YMD else (0, 1)))
        self._swappable |= first != second

    def _rank(self, order: str) -> tuple[int, int]:
        trial = self._trials[order]
        return trial.impossible, min(trial.backwards, trial.forwards) if self._either_way else trial.backwards

    @property
    def order(self) -> str:
        """The order that fits best; where none does, the day first, or the month first on American devices."""
        if not self._trials:
            return DMY
        fitting = self._fitting()
        if self._undecided(fitting):
            return self._by_spell() or (MDY if self._american and MDY in fitting else fitting[0])
        return fitting[0]

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be swapped in the whole file, and that would matter."""
        if not self._trials or not self._swappable:
            return False
        return self._undecided(self._fitting()) and self._by_spell() is None

    def _fitting(self) -> list[str]:
        """The orders that fit best."""
        possible = self._possible
        if DMY in possible and not self._month_may_be_first:
            day_first, month_first = (self._trials[order].impossible for order in (DMY, MDY))
            possible = tuple(order for order in possible if order != MDY or month_first < day_first)
        best = min(map(self._rank, possible))
        return [order for order in possible if self._rank(order) == best]

    @staticmethod
    def _undecided(fitting: list[str]) -> bool:
        return fitting[:2] == [DMY, MDY]

    def _by_spell(self) -> str | None:
        day_first, month_first = (len(self._trials[order].months) for order in (DMY, MDY))
        if min(day_first, month_first) == 1 and max(day_first, month_first) >= DATES_OF_A_SPELL:
            return DMY if day_first == 1 else MDY
        return None
