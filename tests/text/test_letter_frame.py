"""Salutation, close and what is signed below, which the model does not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.text.letter_frame import without_frame

BODY = "the second parcel has not come yet."


@pytest.mark.parametrize(
    "salutation",
    [
        "Dear Ms Whitcomb,",
        "Hi all",
        "Sehr geehrte Damen und Herren,",
        "Grüß Gott!",
        "Καλησπέρα σας,",
        "Γεια σε όλους",
        "Madame, Monsieur,",
        "Estimados señores:",
        "Здравствуйте!",
        "Vážená paní Nováková,",
    ],
)
def test_a_salutation_on_its_own_line_goes(salutation: str) -> None:
    assert without_frame(f"{salutation}\n\n{BODY}") == BODY


@pytest.mark.parametrize(
    "close",
    [
        "Kind regards\nJohn Miller",
        "Cheers,\nGlen",
        "Danke und Gruß\nI. Costa\nLeiter Einkauf",
        "Beste Grüße aus Kassel",
        "Με εκτίμηση,\nΕλένη Πανταζοπούλου\nΔιεύθυνση Προσωπικού",
        "Cordialement\n\nC. Delmas",
        "Anna Weber\nTel. 0561 555014\nwww.example.com",
    ],
)
def test_close_and_signature_go(close: str) -> None:
    assert without_frame(f"{BODY}\n\n{close}") == BODY


@pytest.mark.parametrize(
    "text",
    [
        "Hello, where is my parcel?",
        "Hello where is my parcel\nI ordered it last week",
        "Dear me!",
        "Good phone, bad battery.\nIt lasts a day",
        "Which one?\n\niPhone 14 Pro\nGalaxy S24",
        "Thanks for the quick answer to my mail\nI take the blue one",
        "Kind regards\nPlease send the invoice to my new address in Leeds, not to the old one.",
        "Best\nWhich of these would you buy?",
        "Got your quote today\nThanks\nI'll take the blue one",
        "Super\nDanke\nIch nehme es",
        "Stok var mı\nTeşekkürler\nSipariş verdim",
        "Cancel it now please.\nThanks\n\nOrder number 12345\nMy contract ends in May",
        "HELLO I WANT A REFUND\nORDER 12345",
        "IS IT STILL FOR SALE IN RED\nTHANK YOU I WILL TAKE IT",
        "Hallo, Kündigung Vertrag\nsiehe Anhang",
        "Good Phone\nIt lasts a day",
        "Beste Kamera!\nLäuft seit Jahren",
        "Kärcher K5\nläuft nicht mehr",
        "Hier mein Anliegen.\n\nKündigung Vertrag\nKundennummer 12345678",
        "I cannot decide between these.\n\nSamsung Galaxy S24\nhttps://shop.de/s24\nhttps://shop.de/x",
        "Thinking about this:\n\n!!!\nbought it on www.amazon.de today",
        "Bitte liefern.\nViele Grüße\nAnna\nNachtrag: bitte doch stornieren",
        "I compare these tvs at the moment:\nSamsung\nLG\nSony",
        "",
        "\n\n",
        "\ud800\nwhere is it?",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert without_frame(text) == text


def test_what_is_nothing_but_a_frame_stays() -> None:
    text = "Dear Sir or Madam,\n\nKind regards\nJohn"
    assert without_frame(text) == text


@given(st.text(st.sampled_from("Hello all,.!?\n\tΓεια Grüße\ud800 Best"), max_size=120))
def test_what_is_left_is_a_part_of_the_text(text: str) -> None:
    assert without_frame(text) in text
