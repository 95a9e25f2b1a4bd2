import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stageclf.text import clean
from stageclf.text.cleaning.glance import SENDER_LINK, SIGN_OFF, _screen, look, nothing_to_cut
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
        "\r", "\u2028", "-----", "BEGIN PGP SIGNED MESSAGE", "Hauptstr. 5, 10115 Berlin", "Tom Reed, 08.05.2023 15:20:",
        "[EXTERNAL]", "EXTERNAL:", "(Extern) -", "[ΕΞΩΤΕΡΙΚΟ]", "Caution:", SENDER_LINK, "Mail for iOS",
        "Mail<x>για Android", "PS", "N.B.:", "Nachtrag:", "iPhone, das ich gestern bei euch gekauft habe", "am 3.5.2023",
        "08.05.2023 15:20:", "i", "mein", "wrote the rest of this", "umwelt"]  # fmt: skip
START = ["", "> ", "&gt; ", "| ", "----- "]
LINE = st.lists(st.sampled_from(BITS) | st.sampled_from(_phrases(_tables())), max_size=4).flatmap(
    lambda bits: st.tuples(st.sampled_from(START), st.sampled_from([" ", "", ", "]), st.just(bits))
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
        ("[EXTERNAL] Wo ist mein Paket?", False),
        ("EXTERNAL: Wo ist mein Paket?", False),
        ("Bitte antworten Sie über dieser Linie.\nJa, gern.", False),
        (f"Caution: {SENDER_LINK}\n\nWo ist mein Paket?", False),
        ("Ja.\nGet Mail for iOS", False),
        ("Ja.\nThink before printing this message, it is long", False),
        ("Ja.\nPS: Wann?", True),
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
    _compare(end.join(start + blank.join(bits) for start, blank, bits in lines))


# Each is cut by one thing alone.
@pytest.mark.parametrize(
    "text",
    [
        "[EXTERNAL] Wo ist mein Paket?",
        "EXTERNAL: Wo ist mein Paket?",
        f"Caution: {SENDER_LINK}\n\nWo ist mein Paket?",
        "Ja, gern.\nReply above this line\nAlles davon ist unser Text",
        "Ja, gern.\nBitte antworten Sie über dieser Linie\nUnser Text",
        "Ja, gern.\n\nThink before printing this message, it is long",
        "Ja, gern.\nGet Mail for iOS",
        "Ja, gern.\nDownload Mail<x>für Android",
        "Ja, gern.\n\nTom Reed, 08.05.2023 15:20:\n> Passt das?\n> Ja",
        "Ja, gern.\n\nTom Reed, 08.05.2023 15:20:\n&gt; Passt das?",
        "> Tom Reed, 08.05.2023 15:20:\n> Passt das?\nJa, gern.",
        "Ja, gern.\nSent from my iPhone\nUnter dem Telefon\nPS: Wann?",
        "Ja, gern.\n\nΑπαλλαγμένο από ιούς. www.avast.com",
    ],
)
def test_what_is_cut_by_one_thing_alone_is_cut_the_short_way(text):
    assert _compare(text).removed


def _compare(text):
    quick = clean(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "look", lambda folded: EVERYTHING)
        patch.setattr(module, "nothing_to_cut", lambda *args: False)
        patch.setattr(module, "_may_quote", lambda *args: True)
        assert clean(text) == quick
    return quick
