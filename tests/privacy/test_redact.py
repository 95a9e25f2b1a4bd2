"""What is replaced, and what must stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.privacy import Pseudonyms, names_of, redact, redact_people


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
        ("de", "Frag mal @491701234567 danach", "Frag mal [PHONE] danach"),
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


@pytest.mark.parametrize(
    "name",
    [
        "Mail Delivery System",
        "Shop Support Team",
        "Info Noreply",
        "Ομάδα Υποστήριξης Πελατών",
        "Kundenservice",
        "Служба поддержки",
    ],
)
def test_names_of_offices_and_machines_are_nobodys(name):
    text = "Undelivered Mail Returned: Info, Team, System, Support, Πελατών, Kundenservice, Служба поддержки"
    assert redact(text, names=[name]).text == text


def test_beside_the_name_of_an_office_a_persons_name_goes():
    assert redact("Anna from Support, Mail", names=["Anna Weber (Support)"]).text == "[NAME] from Support, Mail"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Giorgos", "ο Γιώργος, του Γιώργου. Γιατί;", "ο [NAME], του [NAME]. Γιατί;"),
        ("Yannis Christou", "Γιάννης Χρήστου", "[NAME] [NAME]"),
        ("Dimitris", "Δημήτρη, Δήμητρα", "[NAME], [NAME]"),
        ("Anna", "Άννα, Αν και Αντί", "[NAME], Αν και Αντί"),
        ("Γιώργος Παπάς", "Giorgos Papas, o Yiorgos, Gia", "[NAME] [NAME], o [NAME], Gia"),
    ],
)
def test_greek_names_go_in_greek_letters_and_in_latin_ones(name, text, expected):
    assert redact(text, language="el", names=[name]).text == expected


def test_names_go_from_texts_without_any_capitals_where_they_are_whole():
    assert redact("danke jonas! bergab?", names=["Jonas Berger"]).text == "danke [NAME]! bergab?"
    assert redact("Danke jonas!", names=["Jonas Berger"]).text == "Danke jonas!"


@pytest.mark.parametrize("language", ["de", "da", "lv", "fr", ""])
@pytest.mark.parametrize("date", ["2025-03-03T10:12:00+01:00", "05.03.2025 09:01", "3/15/2025", "2025-03-05"])
def test_dates_are_no_phone_numbers(language, date):
    assert redact(f"am {date} geliefert", language=language).text == f"am {date} geliefert"


def test_a_number_behind_a_date_goes():
    assert redact("am 05.03.2025 0171 2345678", language="de").text == "am 05.03.2025 [PHONE]"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Jonas Berger", "[NAME] [NAME]"),
        ("jo von der Au <a@b.de>, shop@c.gr", "[NAME] von der [NAME] <[EMAIL]>, [EMAIL]"),
        ("Mail Delivery System <MAILER-DAEMON@mx.example.de>", "Mail Delivery System <[EMAIL]>"),
        ("dark_lord77", "[NAME]"),
        ("+49 170 1234567", "[PHONE]"),
    ],
)
def test_headers_keep_no_word_that_may_be_a_name(header, expected):
    assert redact_people(header) == expected


def test_names_of_headers_and_chats():
    people = ["Jonas Berger", '"Weber, Anna" <a@b.de>', "jonas.berger@web.de", "info@x.de", "", "Eva"]
    assert names_of(people) == ("Jonas Berger", "Weber, Anna", "jonas berger", "Eva")
