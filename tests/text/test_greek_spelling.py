from stageclf.text.greek_spelling import LATIN_WAYS, folded, ways_at


def test_folding_drops_accents_case_and_the_final_sigma():
    assert folded("Ταΐστε ΤΟΥΣ ίδιους") == "ταιστε τουσ ιδιουσ"


def test_digraphs_come_beside_single_letters():
    assert {(length, greek) for length, greek, _ in ways_at("thelo", 0)} >= {(2, "θ"), (1, "τ")}
    assert ways_at("mp", 1) == [(1, "π", 0.0), (1, "ππ", 0.8)]


def test_every_letter_of_the_alphabet_can_be_typed():
    greek = {way for ways in LATIN_WAYS.values() for way, _ in ways}
    assert set("αβγδεζηθικλμνξοπρστυφχψω") <= greek
