"""Windows code page numbers, as Outlook and RTF write them, to Python's codecs."""

from __future__ import annotations

import codecs

_ODD = {
    65001: "utf-8", 65000: "utf-7", 1200: "utf-16-le", 1201: "utf-16-be", 20127: "ascii", 20866: "koi8-r",
    21866: "koi8-u", 50220: "iso2022_jp", 50221: "iso2022_jp_ext", 50222: "iso2022_jp_ext", 50225: "iso2022_kr",
    51932: "euc_jp", 51949: "euc_kr", 51936: "gb2312", 52936: "hz", 54936: "gb18030", 936: "gb18030",
    20932: "euc_jp", 20936: "gb2312", 20949: "euc_kr", 38598: "iso8859-8", 10000: "mac_roman", 10006: "mac_greek",
    10007: "mac_cyrillic", 10029: "mac_latin2", 10079: "mac_iceland", 10081: "mac_turkish", 1361: "johab",
    708: "iso8859-6", 720: "cp720",
}  # fmt: skip

# RTF's \fcharset numbers.
FONT_CHARSETS = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip

# The Windows page of the machines whose mails are sent in a page of the internet.
_WINDOWS_PAGE = {
    28591: 1252, 28592: 1250, 28593: 1254, 28594: 1257, 28595: 1251, 28596: 1256, 28597: 1253, 28598: 1255,
    38598: 1255, 28599: 1254, 28603: 1257, 28605: 1252, 20866: 1251, 21866: 1251, 50220: 932, 50221: 932, 50222: 932,
    51932: 932, 20932: 932, 50225: 949, 51949: 949, 20949: 949, 51936: 936, 52936: 936, 54936: 936, 20936: 936,
}  # fmt: skip
_NO_SCRIPT = (0, 20127, 28591, 28605, 1252, 65000, 65001, 1200, 1201)

# The Windows page of a locale, by the language in its lower ten bits; all others use 1252.
_LANGUAGE_PAGE = {
    0x01: 1256, 0x02: 1251, 0x04: 936, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932, 0x12: 949,
    0x15: 1250, 0x18: 1250, 0x19: 1251, 0x1A: 1250, 0x1B: 1250, 0x1C: 1250, 0x1E: 874, 0x1F: 1254, 0x20: 1256,
    0x22: 1251, 0x23: 1251, 0x24: 1250, 0x25: 1257, 0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2A: 1258, 0x2C: 1254,
    0x2F: 1251,
}  # fmt: skip


def windows_codec(internet: int | None, locale: int | None) -> str | None:
    """The codec of 8-bit strings of an item that names only the page it is sent in and its locale."""
    if internet and internet not in _NO_SCRIPT:
        return codec_of(_WINDOWS_PAGE.get(internet, internet))
    page = 950 if locale in (0x404, 0xC04, 0x1404) else _LANGUAGE_PAGE.get((locale or 0) & 0x3FF)
    return codec_of(page or internet)


def codec_of(number: int | None) -> str | None:
    """The codec of a code page, None for a number that says nothing or is not known."""
    if not number:
        return None
    name = _ODD.get(number) or (f"iso8859-{number - 28590}" if 28591 <= number <= 28606 else f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
