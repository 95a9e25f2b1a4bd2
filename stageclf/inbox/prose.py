"""Whether what its sender does not call a text is one all the same, written for people."""

from __future__ import annotations

import codecs
import re

LOOKED_AT = 4000  # characters
LEAST_LETTERS = 0.7  # of all characters but blanks
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # but for those of ISO-2022
_MARKUP = re.compile(r"\s*(?:%PDF|%!|\{\\rtf|\{\s*\"|\[\s*[{\"\[]|-----BEGIN|<\?xml|<!?[a-zA-Z]+[\s>]|BEGIN:V|PK|#!)")
_WORD = re.compile(r"(?<!\S)[^\W\d_][^\W\d_'’-]*(?=[\s.,;:!?)]|$)")
_OF_NO_SPACES = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def is_binary(data: bytes) -> bool:
    """Whether the first bytes hold signs of control, as all but text does."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return bool(_CONTROL_BYTES.search(data[:LOOKED_AT]))


def is_prose(text: str) -> bool:
    """Whether this holds words with blanks between them, no signs of control, and is no code for machines."""
    sample = text[:LOOKED_AT]
    if _CONTROL.search(sample) or _MARKUP.match(sample):
        return False
    signs = "".join(sample.split())
    letters = sum(map(str.isalpha, signs))
    if not signs or letters < LEAST_LETTERS * len(signs):
        return False
    return len(_WORD.findall(sample)) >= 2 or bool(_OF_NO_SPACES.search(sample))
