"""Senders as stable pseudonyms: the same key and address give the same one; without the key nobody can tell whose."""

from __future__ import annotations

import hashlib
import hmac
import re

_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
SHORTEST_KEY = 8


class Pseudonyms:
    """Replaces persons by "person-" and 16 hexadecimal digits of a keyed hash (HMAC-SHA256).

    Raises ValueError for a key of fewer than eight characters, which could be guessed.
    """

    def __init__(self, key: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"the key for pseudonyms has {len(key)} characters; at least {SHORTEST_KEY} are needed")
        self._key = key.encode()

    def of(self, person: str) -> str:
        """The pseudonym of a mail address or name; capitals and blanks around it make no difference."""
        if not person.strip():
            return person
        name = person.strip().casefold().encode("utf-8", "surrogatepass")  # broken exports hold halves of emoji
        digest = hmac.new(self._key, name, hashlib.sha256).hexdigest()
        return f"person-{digest[:16]}"

    def of_header(self, value: str) -> str:
        """A header such as "Anna <a@b.de>, c@d.gr" as pseudonyms of its addresses; of the whole where it has none."""
        addresses = _ADDRESS.findall(value)
        return ", ".join(self.of(address) for address in addresses) if addresses else self.of(value)

    def in_text(self, text: str) -> str:
        """The text with every mail address in it replaced by its pseudonym."""
        return _ADDRESS.sub(lambda match: self.of(match[0]), text)
