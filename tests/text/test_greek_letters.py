import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.text.greek_letters import restore, to_greek
from stageclf.text.greek_words import TABLE, greek_words

PEOPLE = {
    "thelo na rotiso an exete": "θέλω να ρωτήσω αν έχετε",
    "kalispera, poso kanei?": "καλησπέρα, πόσο κάνει?",
    "8elw na ma8w an to exete akoma": "θέλω να μάθω αν το έχετε ακόμα",
    "den 3erw ti na kanw": "δεν ξέρω τι να κάνω",
    "Kalhmera sas, pote 8a er8ei h paraggelia mou?": "Καλημέρα σας, πότε θα έρθει η παραγγελία μου?",
    "Kalimera sas, pote tha erthi i paragelia mou?": "Καλημέρα σας, πότε θα έρθει η παραγγελία μου?",
    "eyxaristw poly gia thn e3yphrethsh": "ευχαριστώ πολύ για την εξυπηρέτηση",
    "efharisto poli gia tin eksipiretisi": "ευχαριστώ πολύ για την εξυπηρέτηση",
    "Echete to idio chroma? Psachno kati se mavro.": "Έχετε το ίδιο χρώμα? Ψάχνω κάτι σε μαύρο.",
    "dn exw parei tpt akoma k perimenw": "δεν έχω πάρει τίποτα ακόμα και περιμένω",
    "mpori kapios na mou pi pou ine to dema mou": "μπορεί κάποιος να μου πει που είναι το δέμα μου",
    "Den éxo pári apántisi sto email mou": "Δεν έχω πάρει απάντηση στο email μου",
    "THELO NA TO EPISTREPSO": "ΘΕΛΩ ΝΑ ΤΟ ΕΠΙΣΤΡΕΨΩ",
    "xreiazomai boh8eia me to psygeio": "χρειάζομαι βοήθεια με το ψυγείο",
}


@pytest.mark.parametrize(("typed", "greek"), PEOPLE.items())
def test_people_s_own_spellings(typed, greek):
    assert restore(typed) == greek


@pytest.mark.parametrize("spelling", ["thelw", "thelo", "8elw", "8elo", "9elw", "THELO", "thélo"])
def test_many_spellings_are_one_word(spelling):
    assert to_greek(spelling).lower() in ("θέλω", "θελω")


def test_brands_addresses_numbers_and_english_words_stay():
    typed = (
        "Kalispera, thelo to update RTX3080 me i7 kai 16GB, steilte mou sto nikos@example.gr h sto www.example.gr/to"
    )
    assert restore(typed) == (
        "Καλησπέρα, θέλω το update RTX3080 με i7 και 16GB, στείλτε μου στο nikos@example.gr ή στο www.example.gr/to"
    )


def test_units_and_sizes_are_no_abbreviations():
    assert to_greek("thelo 3 m kalodio kai ena T se M") == "θέλω 3 m καλώδιο και ένα T σε M"


def test_words_that_sound_alike_are_told_by_the_next_one():
    assert to_greek("ti kanete, tis times tis kseroume") == "τι κάνετε, τις τιμές τις ξέρουμε"
    assert to_greek("Oi times einai kales, i timi tis einai kali") == "Οι τιμές είναι καλές, η τιμή της είναι καλή"


def test_unknown_words_are_spelt_by_their_letters():
    assert to_greek("o xartografos") == "ο χαρτογραφος"


def test_drawn_out_words():
    assert to_greek("geiaaaa sas") == "γεια σας"


def test_signs_blanks_emoji_and_case_stay():
    typed = "Geia  sas!!\n\n\tPoso kanei ???  😀\r\n«Kala»..."
    assert restore(typed) == "Γεια  σας!!\n\n\tΠόσο κάνει ???  😀\r\n«Καλά»..."


@pytest.mark.parametrize(
    "text",
    [
        "Where is my parcel? I ordered two weeks ago and want to know.",
        "Mi piacerebbe sapere se avete ancora il modello, a me interessa molto.",
        "Quiero saber si tienen este modelo, mi telefono no para de apagarse",
        "Onko tämä vielä varastossa? Haluan tilata kaksi.",
        "Bu telefonun fiyati ne kadar? Yarin almak istiyorum.",
        "Buna ziua, as vrea sa stiu daca mai aveti pe stoc modelul acesta.",
        "Zanima me imate li jos ovaj model, kad bi mogao doci po njega?",
        "Me thuaj te lutem sa kushton ky model dhe a e keni ende?",
        "Skolko stoit etot telefon? Hochu kupit zavtra.",
        "Za kolik to je? Mne se to libi, ale ja na to nemam.",
        "SAS A320neo: tyst, hård sits.",
        "me to na ti se o i",
        "Θέλω το laptop με service και delivery, πόσο κάνει;",
        "Πότε έρχεται ο courier; Το tracking λέει on hold.",
        "",
        "   \n",
        "12345",
        "👍",
    ],
)
def test_all_others_stay_as_they_are(text):
    assert restore(text) == text


def test_a_mail_is_restored_line_by_line():
    mail = (
        "Geia sas,\nthelo na akyroso tin paraggelia mou giati argei poly.\n\nBest regards,\nEleni\n"
        "The information in this e-mail is confidential and intended solely for the addressee."
    )
    assert restore(mail) == (
        "Γεια σας,\nθέλω να ακυρώσω την παραγγελία μου γιατί αργεί πολύ.\n\nBest regards,\nΕλένη\n"
        "The information in this e-mail is confidential and intended solely for the addressee."
    )


def test_what_is_restored_stays_so():
    once = [restore(typed) for typed in PEOPLE]
    assert [restore(text) for text in once] == once


@given(st.text(st.characters(exclude_categories=()), max_size=200))  # halves of surrogate pairs, too
def test_nothing_raises_and_lines_stay(text):
    assert restore(text).count("\n") == to_greek(text).count("\n") == text.count("\n")


@given(st.text(alphabet="aehiouw83xkspthnm '\n€.,!?-/(&😀", max_size=80))
def test_digits_and_signs_outside_of_words_stay(text):
    found = to_greek("8elw " + text)
    assert re.sub(r"\w", "", found) == re.sub(r"\w", "", "8elw " + text)


def test_long_texts_take_little_time():
    start = time.process_time()
    restore("kalispera thelo " + "aei" * 20_000)
    restore("kalispera thelo na rotiso\n" * 1_000)
    assert time.process_time() - start < 2


def test_the_table_is_small_and_in_order():
    assert TABLE.stat().st_size < 600_000
    assert greek_words().bare == sorted(greek_words().bare)
    assert len(greek_words().bare) == len(greek_words().levels) > 10_000
