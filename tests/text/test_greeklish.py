import random

from stageclf.text.greeklish import is_greeklish, to_greeklish


def test_only_greek_letters_change():
    text = "Θέλω 2 iPhone, πόσο κάνουν;"
    latin = to_greeklish(text, random.Random(1))
    assert "2 iPhone, p" in latin
    assert latin.isascii()


def test_people_spell_it_in_many_ways():
    spellings = {to_greeklish("Θέλω να ξέρω πού είναι", random.Random(seed)) for seed in range(40)}
    assert len(spellings) > 10
    assert sum(is_greeklish(spelling) for spelling in spellings) > len(spellings) / 2
