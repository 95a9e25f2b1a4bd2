"""Accents put back into texts that were typed without."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.text.accents import has_accents, restore_accents, without_accents


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("καλησπερα, ποτε θα ερθει το δεμα μου;", "καλησπέρα, πότε θα έρθει το δέμα μου;"),
        (
            "welche Waschmaschine koennt ihr fuer Familien empfehlen",
            "welche Waschmaschine könnt ihr für Familien empfehlen",
        ),
        ("Ich moechte bitte naechste Woche kuendigen", "Ich möchte bitte nächste Woche kündigen"),
        ("proszę", "proszę"),
        ("paczka przyszla uszkodzona, dziekuje bardzo", "paczka przyszła uszkodzona, dziękuję bardzo"),
    ],
)
def test_frequent_words_get_their_accents(typed: str, restored: str) -> None:
    assert restore_accents(typed) == restored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345 :-)",
        "Where is my parcel? I ordered it two weeks ago.",
        "η αποστολή ειναι καλη",  # has an accent: its writer uses them
        "ΠΟΤΕ ΘΑ ΕΡΘΕΙ ΤΟ ΔΕΜΑ ΜΟΥ",  # Greek capitals have none
        "Schon gesehen, ich komme dann vorbei",  # schon is a word of its own
        "\ud800 \udfff",  # halves of surrogate pairs, as bad exports hold them
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert restore_accents(text) == text


def test_case_stays() -> None:
    assert restore_accents("Καλησπερα σας, θελω ενα τηλεφωνο").startswith("Καλησπέρα σας, θέλω")
    assert restore_accents("das ist mir NICHT moeglich, FUER MICH gibt es keinen Weg") == (
        "das ist mir NICHT möglich, FÜR MICH gibt es keinen Weg"
    )


def test_only_marks_count_as_accents() -> None:
    assert has_accents("für")
    assert has_accents("fu\u0308r")
    assert not has_accents("łosoś"[:3])
    assert not has_accents("fur 🙂")


def test_letters_without_their_accents() -> None:
    assert without_accents("straße łódź für ώρα çığ smørrebrød") == "strasse lodz fur ωρα cig smorrebrod"


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_nothing_raises_and_signs_stay(text: str) -> None:
    assert [char for char in restore_accents(text) if not char.isalpha()] == [c for c in text if not c.isalpha()]


def test_many_marks_take_little_time() -> None:
    start = time.process_time()
    assert has_accents("a" + "\u0315" * 50_000 + "\u0316" * 50_000)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["Das Paket wurde geliefert", "Ich konnte es nicht bezahlen", "Con esta compra"])
def test_words_that_mean_something_else_with_accents_stay(text: str) -> None:
    assert restore_accents(text) == text
