"""Dates and times as mail programs write them, in folded text."""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.text.cleaning.rows import fold

# The first letters of month names, without accents, as `fold` leaves them.
_MONTHS = """
jan feb mar apr may jun jul aug sep oct nov dec mai maj mei mrt okt dez des out ott avr abr aou ago ag fev mag giu lug
gen gener set dic juin juil ian iun iul noi maio mayo juni sept gus shk shku pri qer kor sht tet nen dhj dhje
sty lut kwi cze lip sie wrz paz paź lis gru led uno bre dub kve cer srp zar rij pro unor brez kvet cerv rijn
sij vel ozu tra svi kol ruj stu tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu
marc szept oca sub nis haz tem eyl eki kas ara saus vas kov bal geg bir lie rug spal lapk gruod
jaan veebr marts juun juul dets thg thang
янв фев мар апр май мая мае июн июл авг сен окт ноя дек яну юни юли сеп ное
сiч сич лют бер квi кви трав тра чер лип сер вер жов лис гру јан феб јун јул ауг окт нов дец
ιαν φεβ μαρ μαρτ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ژانويه فوريه آوريل مه ژوئن ژوئيه اوت سپتامبر اکتبر نوامبر دسامبر
בינו בפבר במרץ באפר במאי ביונ ביול באוג בספט באוק בנוב בדצמ
मई जून मार्च अप्रैल जन फ़र जुल अग सित अक्ट नव दिस พ.ค ม.ค ก.พ มี.ค เม.ย มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค
""".split()

TIME = r"(?:\d{1,2}\s?[:.h]\s?\d{2}(?:[:.]\d{2})?|\b\d{1,2}\s?(?:am|pm|uhr)\b)"


@lru_cache(maxsize=1)
def date_pattern() -> re.Pattern[str]:
    """A day: "3/3/25", "2025-03-03", "3. März 2025", "Mar 3", "2025年3月3日"."""
    alternatives = "|".join(map(re.escape, sorted(set(map(fold, _MONTHS)), key=len, reverse=True)))
    month = rf"(?:{alternatives})[^\W\d_]{{0,9}}"
    return re.compile(
        rf"\d{{1,4}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{2,4}}|\d{{4}}[./-]\d{{1,2}}[./-]\d|\d{{1,2}}-{month}\.?-\d{{2,4}}"
        rf"|(?<!\d)\d{{1,2}}(?:\.|st|nd|rd|th|er|º|ª|-?го)?(?:\s?(?:de|of|di|d')\s?|[\s.,-]{{0,3}}){month}(?![^\W\d_])"
        rf"|(?<![^\W\d_]){month}[.,]?\s?(?:\d{{1,2}}(?:st|nd|rd|th)?(?!\d)|\d{{4}})"
        rf"|\d{{2,4}}\s?[年년]|\d{{1,2}}\s?thang\s?\d{{1,2}}"
    )


@lru_cache(maxsize=1)
def time_pattern() -> re.Pattern[str]:
    """A time of day: "10:12", "10.12", "7h30", "3 pm"."""
    return re.compile(TIME)
