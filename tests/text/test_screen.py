from hypothesis import given
from hypothesis import strategies as st

from stageclf.text.cleaning.glance import _screen, look
from stageclf.text.cleaning.phrases import by_language, phrases
from stageclf.text.screen import LONGEST, Screen

ANYWHERE = ["external", "subscribed", "unsubscribe", "list_footer", "notification", "environment", "before_printing",
            "virus", "reply_above"]  # fmt: skip


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


def test_hours_are_no_headers_and_an_address_alone_is_no_attribution():
    text = "guten tag, um 10:12 oder 11:30 bitte an anna@example.org, danke"
    assert look(text) & {"headers", "wrote"} == set()
    assert "headers" in look("von: anna betreff: vasen 10:12")
    assert "wrote" in look("anna@example.org 10:12:") & look("(anna@example.org) 3.3.2025 10:12")
