import pytest

from stageclf.text.greeklish_words import evidence, greeklish_lines, known_share


def test_words_speak_for_and_against_greeklish():
    gain, loss, words = evidence("thelo na rotiso")
    assert (gain > 3, loss, words) == (True, 0, 3)
    gain, loss, words = evidence("I want to ask you")
    assert (gain < 1, loss > 3, words) == (True, True, 5)


def test_the_lines_of_a_mixed_mail():
    assert greeklish_lines("Kalispera sas,\nMaria\nThank you for your order, we will be in touch") == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["", "Πόσο κάνει;", "How much is it?", "42", "Колко струва?"])
def test_no_lines_where_none_can_be(text):
    assert greeklish_lines(text) == []


def test_the_share_of_known_words():
    assert known_share("thelo na rotiso") == 1
    assert known_share("wants something bought") == 0
    assert known_share("") == 0
