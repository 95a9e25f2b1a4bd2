"""What is replaced, and what must stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.privacy import Pseudonyms, redact


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Schreiben Sie an anna.weber+shop@mail.example.de, danke", "Schreiben Sie an [EMAIL], danke"),
        ("de", "Ruf an: 0171 2345678 oder +30 210 1234567", "Ruf an: [PHONE] oder [PHONE]"),
        ("el", "το κινητό μου είναι 6971234567, σταθερό 2101234567", "το κινητό μου είναι [PHONE], σταθερό [PHONE]"),
        ("fr", "appelez le 06 12 34 56 78 svp", "appelez le [PHONE] svp"),
        ("de", "IBAN DE89 3704 0044 0532 0130 00 stimmt", "IBAN [IBAN] stimmt"),
        ("el", "στο GR1601101250000000012300695 παρακαλώ", "στο [IBAN] παρακαλώ"),
        ("en", "my card 4111 1111 1111 1111 was declined", "my card [CARD] was declined"),
        ("de", "Bitte an Hauptstraße 12, 80331 München liefern", "Bitte an [ADDRESS] liefern"),
        ("de", "wohne Berliner Straße 5a im Hof", "wohne [ADDRESS] im Hof"),
        ("el", "στείλτε το Ερμού 12, 10563 Αθήνα", "στείλτε το [ADDRESS]"),
        ("en", "deliver to 12 High Street by noon", "deliver to [ADDRESS] by noon"),
        ("fr", "12 rue de la Paix, 75002 Paris", "[ADDRESS]"),
        ("pl", "mieszkam przy ul. Długa 5, proszę dzwonić", "mieszkam przy [ADDRESS], proszę dzwonić"),
    ],
)
def test_personal_data_is_replaced_by_its_kind(language, text, expected):
    assert redact(text, language=language).text == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Bestellung 4711-123456 vom 12.03.2025 um 14:05, 3 Stück zu 19,90 €"),
        ("en", "card number 4111111111111112 does not pass the check"),
        ("en", "I want 200 shoes in 12 weeks, the easy way"),
        ("de", "auf dem Weg 5 mal gehalten, IBAN DE89 steht da"),
        ("el", "θέλω 2 πίτσες στις 8 και 1 λίτρο κρασί"),
    ],
)
def test_other_numbers_stay(language, text):
    assert redact(text, language=language).text == text


def test_names_of_the_headers_go_in_inflected_forms_but_not_as_common_words():
    text = "Γεια σας, η Μαρία Παπαδοπούλου, φίλη της Μαρίας. Rose is a rose, says Rose."
    done = redact(text, language="el", names=["Μαρία Παπαδοπούλου", "Rose Hill"])
    assert done.text == "Γεια σας, η [NAME] [NAME], φίλη της [NAME]. [NAME] is a rose, says [NAME]."
    assert done.counts == {"NAME": 5}


@given(st.text(max_size=300), st.sampled_from(["el", "de", "en", ""]))
def test_no_address_of_a_mail_remains_and_nothing_is_raised(text, language):
    done = redact(f"{text} write to a.b@example.com", language=language, names=[text])
    assert "a.b@example.com" not in done.text
    assert len(re.findall(r"\[EMAIL\]", done.text)) >= done.counts["EMAIL"] >= 1


def test_pseudonyms_depend_on_key_and_address_only():
    one, other = Pseudonyms("first key"), Pseudonyms("second key")
    assert one.of("A@b.de ") == one.of("a@B.de") != other.of("a@b.de")
    assert one.of_header('"Weber, Anna" <a@b.de>, c@d.gr') == f"{one.of('a@b.de')}, {one.of('c@d.gr')}"
    assert one.of_header("Anna") == one.of("anna")
    assert one.in_text("ask a@b.de!") == f"ask {one.of('a@b.de')}!"
    assert one.of("") == ""


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="the key for pseudonyms has 3 characters; at least 8 are needed"):
        Pseudonyms("abc")
