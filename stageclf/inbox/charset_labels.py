"""Charset labels as mails write them, and the codec each of them means.

The labels of the WHATWG Encoding Standard are all here. Where the standard reads a label as the wider Windows
charset (ISO-8859-1 as windows-1252, GB2312 as GB18030), so does this.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

# Python's codec: the labels of the standard that mean it.
STANDARD = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": """arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
        iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987""",
    "iso8859-7": """csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597
        iso_8859-7 iso_8859-7:1987 sun_eu_greek""",
    "iso8859-8": """csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598
        iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical""",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": """ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
        iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252""",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": """cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
        windows-1254 x-cp1254""",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp_2": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": """cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
        windows-949""",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16": "csunicode iso-10646-ucs-2 ucs-2 unicode utf-16",
    "utf-16-le": "unicodefeff utf-16le",
    # What the standard refuses as unsafe for web pages: mails are not run, so these may be read.
    "iso2022_kr": "csiso2022kr iso-2022-kr",
    "hz": "hz-gb-2312",
}
# Labels of the standard that Python has no codec for: what they hold is decided by evidence.
BY_EVIDENCE = frozenset({"iso-2022-cn", "iso-2022-cn-ext", "replacement", "x-user-defined"})

# Names outside the standard, with signs other than letters and digits left out.
ODD = {
    "utf-8": "utf8mb4 utf8mac utf8n utf8bom utf8sig utf8unicode ut8 tf8 uft8 ufs8 utfb cp65001 65001 unicode8 u8",
    "utf-7": "utf7 unicode11utf7 unicode20utf7 csunicode11utf7 cp65000",
    "utf-32": "utf32 ucs4 iso10646ucs4",
    "iso8859-7": "elot928 iso88597e iso88597i isogreek greekiso latingreek elot hellenic cp928 928 ibm928",
    "cp1253": "greekwindows windowsgreek greekansi ansigreek greekwin wingreek",
    "cp737": "dosgreek greekdos 437g cp437g ibm437g oem737",
    "mac-greek": "macgreek xmacgreek",
    "cp1252": "ansi winlatin1 windowslatin1 westerneuropean western latin iso8859 isolatin1 acp cp1252ansi us en",
    "cp1250": "winlatin2 centraleuropean easteurope",
    "mac-latin2": "macce xmacce xmaccentraleurroman maccentraleurope",
    "mac-turkish": "macturkish xmacturkish",
    "cp1251": "wincyrillic cp1251ru ansicyrillic rus",
    "iso8859-15": "latin9 latin0",
    "iso8859-16": "latin10 l10 iso885916",
    "iso8859-14": "latin8 l8",
    "iso8859-13": "latin7 l7",
    "cp932": "mskanji ms932 windows932 shiftjisx0213 shiftjis2004 xmssjis sjiswin",
    "euc_jp": "eucjp eucjpms ujis cp51932 eucjpwin",
    "iso2022_jp_ext": "iso2022jp1 iso2022jp2 iso2022jp3 iso2022jpms cp50220 cp50221 cp50222 jis jis7",
    "gb18030": "gb2312gbk euccn eucgb2312cn xeuccn cngb ms936 gbk2312 zhcn hzgb",
    "big5hkscs": "eten big5eten big5tw euctw ms950 zhtw",
    "cp949": "uhc ksc56011992 ms949 windows949 johab eucKR kr",
    "cp874": "tis6202533 thai windowsthai tis620",
}
SAYING_NOTHING = frozenset(
    """8bit 7bit 8bits unknown unknown8bit xunknown default binary none null nil undefined userdefined charset
    unspecified autodetect auto autodetection string text plain text/plain base64 quotedprintable iso""".split()
)


def _squeeze(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", label.lower())


_EXACT = {label: codec for codec, labels in STANDARD.items() for label in labels.split()}
_SQUEEZED = {_squeeze(label): codec for label, codec in _EXACT.items()} | {
    _squeeze(label): codec for codec, labels in ODD.items() for label in labels.split()
}
_DOS_OR_WINDOWS = re.compile(
    r"(?:x|cs)?(?:ms|microsoft)?(?:windows?|win|wcp|cp|codepage|ibm|dos|oem|ansi|pc|ms)+(?:cp)?0?(\d{3,4})(?!\d)"
)
_ISO = re.compile(r"(?:x|cs)?-?(?:iso|is0|1so|lso|isp|ios)?-?(?:iec)?-?8859-?(1[0-6]|[1-9])(?!\d)")
_UTF8 = re.compile(r"(?:x|cs|unicode)*u?(?:tf|ft|tff|ttf|tfs|ff|tg|rf)u?8")


@lru_cache(maxsize=4096)
def python_codec(label: str | None) -> str | None:
    """Python's codec for a charset label of a mail, or None for a label that is unknown or says nothing."""
    name = re.sub(r"[\s\"'`;,<>()\[\]]+", "", (label or "")[:80]).lower()
    name = re.sub(r"^charset=|^[a-z]{2}_[a-z]{2}\.|\*.*$", "", name)
    squeezed = _squeeze(name)
    if squeezed in SAYING_NOTHING or not squeezed or name in BY_EVIDENCE:
        return None
    return _EXACT.get(name) or _SQUEEZED.get(squeezed) or _by_pattern(name, squeezed) or _known_to_python(name)


@lru_cache(maxsize=4096)
def says_nothing(label: str | None) -> bool:
    """Whether a charset label, "unknown-8bit" for example, was only put there for want of a better one."""
    squeezed = _squeeze(label or "")
    return not squeezed or squeezed in SAYING_NOTHING or (label or "").strip().lower() in BY_EVIDENCE


def _by_pattern(name: str, squeezed: str) -> str | None:
    match = _ISO.match(re.sub(r"[^a-z0-9]+", "-", name)) or re.match(r"(?:windows|win|cp)?28(?:59|60)(\d)$", squeezed)
    if match:
        return _EXACT.get(f"iso-8859-{match[1]}")
    match = _DOS_OR_WINDOWS.match(squeezed)
    if match:
        number = match[1]
        return _EXACT.get(f"windows-{number}") or _known_to_python(f"cp{number}")
    if _UTF8.match(squeezed):
        return "utf-8"
    for prefix in ("x", "cs"):
        if squeezed.startswith(prefix) and squeezed[len(prefix) :] in _SQUEEZED:
            return _SQUEEZED[squeezed[len(prefix) :]]
    return None


def _known_to_python(name: str) -> str | None:
    for candidate in (name, name.replace("_", "-"), name.removeprefix("x-"), name.removeprefix("cs")):
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        # base64, zlib and the like are no charsets; escapes and domain names are not how mails are written.
        if found._is_text_encoding and not re.search(r"escape|idna|punycode|undefined|mbcs|^oem$", found.name):
            return _EXACT.get(found.name, found.name)
    return None
