"""Typed placeholders for personal data: mail addresses, phone numbers, IBANs, card numbers, addresses, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stageclf.privacy.names import is_role, name_spans

EMAIL, IBAN, CARD, PHONE, ADDRESS, NAME = "EMAIL", "IBAN", "CARD", "PHONE", "ADDRESS", "NAME"

# Where numbers without a country code are looked up, by the language of the text.
_REGIONS = {
    "el": ("GR", "CY"), "de": ("DE", "AT", "CH"), "en": ("GB", "US", "IE"), "fr": ("FR", "BE"), "es": ("ES", "MX"),
    "it": ("IT",), "nl": ("NL", "BE"), "pl": ("PL",), "pt": ("PT", "BR"), "tr": ("TR",), "ro": ("RO",), "ru": ("RU",),
    "bg": ("BG",), "cs": ("CZ",), "sk": ("SK",), "sv": ("SE",), "da": ("DK",), "nb": ("NO",), "fi": ("FI",),
    "hu": ("HU",), "sl": ("SI",), "hr": ("HR",), "uk": ("UA",), "lt": ("LT",), "lv": ("LV",), "et": ("EE",),
    "sq": ("AL",), "sr": ("RS",), "mk": ("MK",), "ca": ("ES",),
}  # fmt: skip
_WITHOUT_LEADING_ZERO = frozenset("GR CY ES MX US IT PL PT BR CZ DK NO EE LV RU".split())
_ANY_REGION = ("GR", "DE", "GB")
LONGEST = 2_000

_HEADER_WORD = re.compile(rf"(\[(?:{EMAIL}|{IBAN}|{CARD}|{PHONE}|{ADDRESS}|{NAME})\])|\w+")

_EMAIL = re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_IBAN_LENGTHS = {
    "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}\b")
_DIGITS = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)")
# Dates with the year in full, with a time of day or without: their digits are no phone number.
_DAY, _TIME = r"(?:0?[1-9]|[12]\d|3[01])", r"\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[+-]\d\d:?\d\d)?"
_DATE = re.compile(
    rf"(?<![\w.+-])(?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])-{_DAY}|{_DAY}[./]{_DAY}[./](?:19|20)\d\d)"
    rf"(?:[T ,]{{1,2}}{_TIME})?(?!\d|[.-]\d)"
)
_MENTION = re.compile(r"(?<!\w)@\+?\d{7,15}(?!\w)")  # WhatsApp's way to mention who is not in one's contacts
_UPPER = r"(?-i:[^\W\d_a-zß-öø-ÿα-ωά-ώа-я])"
_NUMBER = r"\d{1,4}(?:\s?[a-zA-Zα-ωΑ-Ω])?\b"
_NUMBER_SIGN = r"(?:(?:nr\.?|no:?|№|n°|д\.|αρ\.)\s?)?"
_WORD = r"[^\W\d_][\w.'’-]{1,30}"
_NAME = rf"{_UPPER}[\w.'’-]{{1,30}}"
_POSTCODE = r"(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{3}\s\d{2}|\d{2}-\d{3})"
_PLACE = rf"(?:,?\s{{1,3}}{_POSTCODE}\s{{1,2}}{_NAME})?"
_STREET_ENDING = (
    r"(?:str(?:aße|asse|\.)|weg|gasse|allee|platz|ring|ufer|damm|straat|laan|plein"
    r"|gade|vej|gatan|vägen|gata|veien|katu|tie)"
)
_STREET_BEFORE = (
    r"(?:rue|avenue|av\.|bd|boulevard|place|impasse|chemin|via|viale|piazza|corso|calle|c/|avda\.?|avenida|plaza|paseo|rua"
    r"|travessa|praça|ul\.|ulica|al\.|os\.|strada|str\.|bd\.|bulevardul|ул\.|улица|бул\.|пр\.|проспект|вул\.|ulice|nám\."
    r"|gatve|οδός|οδού|οδο|λεωφόρος|λεωφόρου|λεωφ\.|λ\.|πλατεία|πλ\.)"
)
_ENGLISH = (
    r"(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|court|close|crescent|boulevard|blvd\.?|way)"
)
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_UPPER}[\w.-]{{1,30}}?[\s-]?{_STREET_ENDING}\s{{1,2}}{_NUMBER}{_PLACE}",
        rf"(?<!\w){_STREET_BEFORE}\s{{1,2}}(?:{_WORD}\s{{1,2}}){{1,4}}{_NUMBER_SIGN}{_NUMBER}{_PLACE}",
        rf"\b\d{{1,4}}[a-z]?,?\s{{1,2}}(?:bis\s)?{_STREET_BEFORE}\s{{1,2}}(?:{_WORD}\s{{1,2}}){{0,4}}{_WORD}{_PLACE}",
        rf"\b\d{{1,5}}[a-z]?\s{{1,2}}(?:{_NAME}\s{{1,2}}){{1,3}}{_ENGLISH}(?!\w)",
        rf"\b{_NAME}(?:\s{_NAME})?\s{_NUMBER},?\s{{1,2}}{_POSTCODE}\s{{1,2}}{_NAME}",
        rf"\b(?:{_NAME}\s){{1,3}}(?:cad\.|caddesi|sok\.|sokak|sk\.|utca|út)\s{{0,2}}(?:no:?\s?)?{_NUMBER}",
        r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b",
    )
)


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders such as "[EMAIL]", and how many there are of each kind."""

    text: str
    counts: Counter[str]


def redact(text: str, *, language: str = "", names: Iterable[str] = ()) -> Redacted:
    """Replace what points to a person by typed placeholders.

    language: decides in which countries a number without country code is looked up (by phonenumbers).
    names: names to be replaced, for a mail those of its headers: each word of three letters or more that begins with
        a capital, also in inflected forms, and in Greek letters for Latin ones and the other way round. In a text
        without any capitals they are replaced as they are. Words such as "Support" or "System" are nobody's.

    Addresses of streets are found where they have a usual form; there is no recognition of free names or places,
    so that a redacted text is not an anonymous one.
    """
    counts: Counter[str] = Counter()
    for kind, spans in (
        (EMAIL, _matches(_EMAIL)),
        (IBAN, _ibans),
        (CARD, _cards),
        (PHONE, _matches(_MENTION)),
        (PHONE, lambda t: _phones(t, language)),
        (ADDRESS, _addresses),
        (NAME, lambda t: name_spans(t, tuple(names))),
    ):
        text = _replaced(text, kind, list(spans(text)), counts)
    return Redacted(text, counts)


def redact_people(header: str, *, language: str = "") -> str:
    """A header such as "Anna Weber <a@b.de>, c@d.gr" with a placeholder for every word that may be a name."""
    text = redact(header, language=language).text
    return _HEADER_WORD.sub(lambda word: word[0] if word[1] or is_role(word[0]) else f"[{NAME}]", text)


def _replaced(text: str, kind: str, spans: list[tuple[int, int]], counts: Counter[str]) -> str:
    parts, at = [], 0
    for start, end in sorted(spans):
        if start < at:
            continue
        parts += [text[at:start], f"[{kind}]"]
        at = end
        counts[kind] += 1
    return "".join([*parts, text[at:]])


def _matches(pattern: re.Pattern[str]):  # noqa: ANN202
    return lambda text: (match.span() for match in pattern.finditer(text))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """IBANs of the length their country has, with valid check digits."""
    for match in _IBAN.finditer(text):
        places = [at for at in range(match.start(), match.end()) if text[at].isalnum()]
        length = _IBAN_LENGTHS.get(match[0][:2], 0)
        if 0 < length <= len(places):
            end = places[length - 1] + 1
            if _valid_iban("".join(char for char in text[match.start() : end] if char.isalnum())):
                yield match.start(), end


def _valid_iban(iban: str) -> bool:
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of 13 to 19 digits that pass the Luhn check and begin as cards do."""
    for match in _DIGITS.finditer(text):
        digits = [int(char) for char in match[0] if char.isdigit()]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
        if digits[0] in (2, 3, 4, 5, 6) and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0:
            yield match.span()


def _phones(text: str, language: str) -> Iterator[tuple[int, int]]:
    if not re.search(r"\d(?:[^\w\n]{0,3}\d){5}", text):
        return
    import phonenumbers

    text = _DATE.sub(lambda date: "|" * len(date[0]), text)
    found: list[tuple[int, int]] = []
    for region in _REGIONS.get(language, _ANY_REGION):
        for start in range(0, len(text), LONGEST):  # the matcher is made for short texts
            part = text[start : start + LONGEST + 40]
            matcher = phonenumbers.PhoneNumberMatcher(part, region, phonenumbers.Leniency.POSSIBLE, 1000)
            for match in matcher:
                span = (start + match.start, start + match.end)
                if not _is_phone(match.raw_string, phonenumbers.is_valid_number(match.number), region):
                    continue
                if all(span[1] <= a or span[0] >= b for a, b in found):
                    found.append(span)
    yield from found


def _is_phone(written: str, valid: bool, region: str) -> bool:
    """Whether digits are a phone number: an international one, or a valid one written as at home."""
    if written.startswith(("+", "00")):
        return True
    return valid and (region in _WITHOUT_LEADING_ZERO or written.lstrip("( ").startswith("0"))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield match.span()
