import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stageclf.inbox import kinds, kinds_phrases
from stageclf.text.cleaning.glance import _screen
from stageclf.text.cleaning.phrases import by_language, phrases
from stageclf.text.needed import needed
from stageclf.text.screen import LONGEST, Screen

ANYWHERE = ["external", "subscribed", "unsubscribe", "list_footer", "notification", "environment", "before_printing",
            "virus", "reply_above"]  # fmt: skip
TEXTS = ("BOUNCE_TEXTS", "SAYS_AUTOMATIC", "ABSENT", "RECEIVED", "NEWSLETTER_LINES")
LISTS = [
    line for source in (*map(kinds_phrases.__dict__.get, TEXTS), *kinds.SUBJECTS) for line in kinds._listed(source)
]


def test_a_table_is_named_by_the_words_of_its_phrases():
    screen = Screen({"order": ["place an order", "bestell"], "bye": [" kind regards "], "sign": ["§§"]})
    assert screen.tables("") == {"sign"}
    assert screen.tables("vorbestellung") == {"sign", "order"}
    assert screen.tables("place an orderly house") == {"sign", "order"}  # worth looking for, if not there
    assert screen.tables("unkind regardsx") == {"sign"}
    assert screen.tables("(regards)") == screen.tables("(regards)") == {"sign", "bye"}
    assert screen.tables("x" * (LONGEST + 1)) == {"order", "bye", "sign"}


@given(st.sampled_from(ANYWHERE), st.data(), st.text(max_size=6), st.text(max_size=6))
def test_no_phrase_is_missed_whatever_stands_around_it(name, data, before, after):
    phrase = data.draw(st.sampled_from(phrases(name)))
    assert name in _screen().tables(f"guten tag {before}{phrase}{after} anna")


@given(st.data(), st.text("ab ’-9", max_size=6))
def test_no_notice_is_missed(data, around):
    language = data.draw(st.sampled_from(sorted(by_language("disclaimer"))))
    phrase = data.draw(st.sampled_from(by_language("disclaimer")[language]))
    assert f"disclaimer {language}" in _screen().tables(around + phrase + around)


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("(?:this|your) mail was generated", (" mail was generated",)),
        ("(?:ich bin )?(?:abwesend|verreist)", ("abwesend", "verreist")),
        ("(?:abc)?x*", ("",)),
        ("(?:abc|x*)de+", ("d",)),
        ("recue?s", ("recu",)),
        (r"autom\. (?=antwort)|\bmail\b", ("autom. ", "mail")),
        (r"(ab[]x|(]cd|e{,2}efg)(?:hi){2}", ("ab", "efg")),
        ("x{0,3}(?:no){1,2}?|y{z", ("no", "y{z")),
        ("un(?!subscribe)", ("un",)),
        ("(?i)external", ("",)),
        (r"(?P<word>sale) (?P=word)", ("",)),
        (r"(sale) \1 \x41", ("",)),
    ],
)
def test_needed(pattern, strings):
    assert needed(pattern) == strings


@settings(max_examples=200)
@given(st.data())
def test_every_match_holds_what_is_needed(data):
    pattern = data.draw(st.sampled_from(LISTS))
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(codec="utf-8")))
    match = re.search(pattern, text)
    assume(match)
    assert any(one in match[0] for one in needed(pattern))
    assert "list" in Screen({"list": needed(pattern)}).tables(text)
