from hypothesis import given, settings
from hypothesis import strategies as st

from stageclf.inbox.rtf import rtf_text


def test_letters_of_two_bytes_and_of_two_units():
    data = (
        rb"{\rtf1\ansi{\fonttbl{\f1\fcharset128 MS Gothic;}}\f1\'83R\'81\'5b\'83q\'81\'5b\f0  \uc1\u-10179?\u-8704?!}"
    )
    assert rtf_text(data) == ("plain", "コーヒー 😀!")


def test_fallbacks_of_any_width_are_skipped():
    assert rtf_text(rb"{\rtf1\uc2\u8364 EUR}")[1] == "€R"
    assert rtf_text(rb"{\rtf1\uc1{\uc0\u8364}5\u8364\'80}")[1] == "€5€"


def test_binary_data_is_no_text():
    assert rtf_text(rb"{\rtf1 a{\pict\bin6 }}{x}}}b}")[1] == "ab"


def test_hidden_text_is_hidden_in_plain_rich_text():
    assert rtf_text(rb"{\rtf1 a{\v secret}b}")[1] == "ab"


def test_deep_groups_are_survived():
    assert rtf_text(b"{\\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}")[1] == "x"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="{}\\*'abfuc0189 ~_-\n").map(lambda t: "{\\rtf1\\fromhtml1 " + t))
def test_nothing_raises(text):
    rtf_text(text.encode())
