"""Who takes part in a chat: whose names may stand in its messages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

MOST_PEOPLE = 1024  # as many as a WhatsApp group holds


def people_of_chat(authors: Iterable[str], chat: str) -> tuple[str, ...]:
    """The authors, and while only one is known the chat's name, which is then that of the other one."""
    found = dict.fromkeys(islice(filter(None, authors), MOST_PEOPLE))
    if chat and len(found) < 2:
        found[chat] = None
    return tuple(found)


class ChatPeople:
    """The people of a chat while it is read: all that have written so far; another chat begins anew."""

    def __init__(self) -> None:
        self._chat: str | None = None
        self._known: dict[str, None] = {}
        self._people: tuple[str, ...] = ()

    def with_author(self, author: str, chat: str, participants: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The people known by now: who is named as taking part, and who has written, up to the author given."""
        if chat != self._chat:
            self._chat, self._known = chat, dict.fromkeys(participants)
            self._people = people_of_chat(self._known, chat)
        if author and author not in self._known and len(self._known) < MOST_PEOPLE:
            self._known[author] = None
            self._people = people_of_chat(self._known, chat)
        return self._people
