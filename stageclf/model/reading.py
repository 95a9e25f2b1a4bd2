"""What the model reads of a text: its writer's own words, Greek in Greek letters."""

from __future__ import annotations

from stageclf.text.clean import clean
from stageclf.text.greek_letters import restore


def as_read(text: str) -> str:
    """The text without quotes, disclaimers, signatures and the like, and with Greeklish put back into Greek letters.

    A text that holds nothing else is read as it is.
    """
    own = clean(text).kept
    return restore(own if own.strip() else text)
