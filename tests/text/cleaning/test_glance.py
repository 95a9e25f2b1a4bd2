import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stageclf.text import clean
from stageclf.text.cleaning.glance import SIGN_OFF, _screen, look, nothing_to_cut
from stageclf.text.cleaning.phrases import _tables
from stageclf.text.cleaning.rows import fold

module = importlib.import_module("stageclf.text.clean")
EVERYTHING = frozenset({*_screen()._all, "headers"})


def _phrases(found) -> list[str]:
    if isinstance(found, str):
        return [found]
    return [one for part in (found.values() if isinstance(found, dict) else found) for one in _phrases(part)]


BITS = ["Anna <anna@example.org>", "am 3. März 2025 um 10:12", "Was kostet das", "Πόσο κάνει;", "+49 30 1234567", "?",
        "https://x.example/y", "iPhone", "Outlook", "--", "—", "_____", ">", "|", "&gt; ", "```", ": ", "", " ", "\x85",
        "\r", "\u2028", "-----", "BEGIN PGP SIGNED MESSAGE", "Hauptstr. 5, 10115 Berlin"]  # fmt: skip
LINE = st.lists(st.sampled_from(BITS) | st.sampled_from(_phrases(_tables())), max_size=4).flatmap(
    lambda bits: st.tuples(st.sampled_from(["", "> ", "----- "]), st.sampled_from([" ", "", ", "]), st.just(bits))
)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Was kostet das?\nGrüße\nAnna", True),
        ("Wir sind 4.\nMit freundlichen Grüßen\nAnna", True),
        ("Mit freundlichen Grüßen\nAnna\nTel. 030 123456", False),
        ("Was kostet das?\n***", False),
        ("Ja.\n> Passt das?", False),
        ("Ja.\n&gt; Passt das?", False),
        ("Ja — gern.\n—\nAnna", False),
        ("Von: A\nAn: B\nx", False),
        ("", False),
    ],
)
def test_what_one_look_tells(text, nothing):
    folded = fold(text)
    assert nothing_to_cut(text, folded, look(folded)) is nothing


def test_hints_are_few():
    assert look(fold("Guten Tag,\nhaben Sie noch 12 Vasen auf Lager?\nMit freundlichen Grüßen\nAnna")) == {SIGN_OFF}


@settings(max_examples=400, deadline=None)
@given(st.lists(LINE, max_size=6), st.sampled_from(["\n", "\n\n", "\r\n", " "]))
def test_looking_closer_would_find_nothing_more(lines, end):
    text = end.join(start + blank.join(bits) for start, blank, bits in lines)
    quick = clean(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "look", lambda folded: EVERYTHING)
        assert clean(text) == quick
