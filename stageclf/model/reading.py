"""What the model reads of a text: what its writer says, Greek in Greek letters, with its accents."""

from __future__ import annotations

import unicodedata

from stageclf.text.accents import restore_accents
from stageclf.text.clean import clean
from stageclf.text.greek_letters import restore
from stageclf.text.letter_frame import without_frame


def as_read(text: str) -> str:
    """The text without quotes, disclaimers, signatures, salutation and close, and spelt as the model knows it.

    Greeklish comes back in Greek letters, and accents that are missing throughout are put back. Of a text that
    holds nothing else, nothing is cut.
    """
    text = unicodedata.normalize("NFC", text)
    own = clean(text).kept
    return restore_accents(restore(without_frame(own if own.strip() else text)))
