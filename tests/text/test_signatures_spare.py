"""Signatures and closes are cut, and what a writer goes on to say below them is not."""

import unicodedata

import pytest

from stageclf.model.reading import as_read
from stageclf.text import clean
from stageclf.text.cleaning.rows import asks, is_shouted
from stageclf.text.cleaning.signatures import is_contact

# Texts with those of their words that look as if they belonged to a close or a signature.
SAID = {
    "dates prices and numbers below a close are no contacts": [
        ("I need a laptop for my studies.\nThanks!\nMy budget is 2000 euros", "My budget is 2000 euros"),
        (
            "Der Drucker ist defekt\nDanke\nBitte um Reparatur am 12.05.2024 oder 13.05.2024",
            "Bitte um Reparatur am 12.05.2024 oder 13.05.2024",
        ),
        ("Hej,\n\nJag vill köpa.\nTack\nLeverans 12.05.2024 går bra", "Leverans 12.05.2024 går bra"),
        ("Ich suche ein Sofa.\nDanke\nBudget 1500 Euro", "1500 Euro"),
        ("Θέλω ψυγείο.\nΕυχαριστώ\nΈχω μέχρι 1500 ευρώ", "1500 ευρώ"),
        ("I want to send it back.\nThanks\nmy order number is 12345678", "12345678"),
    ],
    "a greeting that is also a close does not cut the mail": [
        ("Greetings,\nI want to cancel order 12345", "I want to cancel order 12345"),
        ("O zi bună,\nVreau sa anulez comanda 12345", "anulez comanda 12345"),
        ("İyi günler,\n12.05.2024 için fiyat istiyorum", "için fiyat istiyorum"),
        (
            "Zdravím,\nchtěl bych objednat 3 kusy.\nZaplatím 1500 korun\nDodání do 12.05.2024",
            "chtěl bych objednat 3 kusy.",
            "Zaplatím 1500 korun",
            "Dodání do 12.05.2024",
        ),
        (
            "Üdv,\nszeretnék ajánlatot kérni.\nHatáridő: 2024.05.12",
            "szeretnék ajánlatot kérni.",
            "Határidő: 2024.05.12",
        ),
        ("Greetings,\nOrder 12345678", "Order 12345678"),
        ("GREETINGS\nI WANT TO CANCEL\nORDER 12345", "ORDER 12345"),
    ],
    "nouns and capitals below a close are no names": [
        ("MY ORDER IS STILL NOT HERE\nTHANKS\nREFUND ME", "REFUND ME"),
        ("MY PARCEL IS STILL NOT HERE\nTHANKS\nREFUND ME ORDER 12345", "REFUND ME ORDER 12345"),
        ("ΘΕΛΩ ΤΟ ΜΠΛΕ ΜΟΝΤΕΛΟ\nΕΥΧΑΡΙΣΤΩ\nΠΟΣΟ ΚΑΝΕΙ;", "ΠΟΣΟ ΚΑΝΕΙ;"),
        ("Vergleiche gerade.\nBest Buy, Saturn, Media Markt", "Best Buy, Saturn, Media Markt"),
    ],
    "a rule between paragraphs cuts neither": [
        ("Question one: is it in stock\n—\nQuestion two\nwhat is the price with VAT", "what is the price with VAT"),
        ("Mi serve un frigo.\n---\nModello B\nquanto costa la consegna a Roma", "quanto costa la consegna a Roma"),
        ("Two questions.\n\n___\nDelivery\nhow long does it take to Crete", "how long does it take to Crete"),
        ("Δύο απορίες.\n---\nΤιμή\nπόσο κοστίζει με ΦΠΑ;", "πόσο κοστίζει με ΦΠΑ;"),
    ],
}


@pytest.mark.parametrize(
    ("text", "said"),
    [pytest.param(text, said, id=f"{why}-{said[0]}") for why, cases in SAID.items() for text, *said in cases],
)
def test_what_a_writer_says_stays(text, said):
    assert all(row in as_read(text) for row in said)
    assert all(row in clean(text).kept for row in said)


@pytest.mark.parametrize("title", ["", "Head of Sales\n", "Nordwind Bau und Boden GmbH & Co. KG\n"])
def test_a_first_row_that_closes_still_has_its_signature(title):
    assert clean(f"Thanks!\n\nAnna Smith\n{title}+44 20 7946 0958").kept.split() == ["Thanks!", "Anna", "Smith"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ψάχνω φορητό.\nΕυχαριστώ! Διαθεσιμότητα;", "Διαθεσιμότητα;"),
        ("Θέλω το μπλε.\nΕυχαριστώ\nΤιμή;", "Τιμή;"),
        ("Θέλω το μπλε.\nΕυχαριστώ\nΤιμή\u037e", "Τιμή;"),
        ("我想要蓝色的。\nThanks\n多少钱？", "多少钱？"),
        ("Γεια Τιμή;\nγια το ψυγείο που έχετε στο site", "Τιμή;"),
    ],
)
def test_the_marks_of_greek_and_chinese_questions_are_seen(text, said):
    assert said in as_read(text)


@pytest.mark.parametrize(
    ("row", "question"),
    [
        ("Τιμή; Ευχαριστώ", True),
        ("Price; thanks;", False),
        ("Τιμή;τώρα", False),
        ("https://shop.example/?id=4", False),
        ("how much?", True),
        ("كم السعر؟", True),
    ],
)
def test_asks(row, question):
    assert asks(row) is question


@pytest.mark.parametrize("close", ["Best, Ann", "*Best*\nAnn", "Regards\nAnn\n12.05.2024"])
def test_a_close_and_its_name_go(close):
    assert as_read(f"Where is my parcel?\n{close}") == "Where is my parcel?"


@pytest.mark.parametrize(
    ("text", "shouted"), [("WHERE IS IT", True), ("Where is it", False), ("OK", False), ("", False)]
)
def test_is_shouted(text, shouted):
    assert is_shouted(text) is shouted


SIGNED = {
    "de": "Mit freundlichen Grüßen\nMax Muster\nLindenweg 12\n70173 Stuttgart\nTel. 0711 5550142",
    "el": "Με εκτίμηση\nΆννα Παππά\nΚορίνθου 12, 26221 Πάτρα\nΤηλ. 2610 123456",
    "en": "Kind regards\nAnna Smith\n12 High Street\nLeeds\nPhone number: +44 113 496 0123",
    "fr": "Cordialement\nMarie Dupont\n14 rue de la Paix\n75002 Paris\nTél. 06.12.34.56.78",
    "es": "Un saludo\nLucía Vega\ncalle Mayor 5, 28013 Madrid\nmóvil: 600 123 456",
    "pl": "Pozdrawiam\nJan Nowak\nul. Długa 5, 00-950 Warszawa\ntel. kom. 600 123 456",
    "it": "Cordiali saluti\nMarco Rossi\nVia Roma 3, 70121 Bari\ncell. 333 1234567",
    "nl": "Met vriendelijke groet\nJan de Vries\nKerkstraat 7a\n06-12345678",
}


@pytest.mark.parametrize("language", SIGNED)
def test_signatures_of_name_address_and_phone_still_go(language):
    own = "The printer that you sent is broken."
    assert as_read(f"{own}\n\n{SIGNED[language]}") == own
    close, name, *_ = SIGNED[language].splitlines()
    assert clean(f"{own}\n\n{SIGNED[language]}").kept.split() == f"{own} {close} {name}".split()


@pytest.mark.parametrize("rule", ["--", "---", "___", "—"])
def test_a_card_below_a_rule_still_goes(rule):
    text = f"The printer is broken.\n\n{rule}\nAnna Smith\nHead of Sales\nNordwind Ltd"
    assert as_read(text).strip() == "The printer is broken."


@pytest.mark.parametrize(
    ("row", "contact"),
    [
        ("Tel. 210 1234567", True),
        ("+49 (0) 711 555-0142", True),
        ("210.12.34.567", True),
        ("ул. Шипка 5, 1504 София", True),
        ("12345 Berlin", True),
        ("anna@example.com", True),
        ("12.05.2024 - 13.05.2024", False),
        ("12.05. - 13.05.", False),
        ("2024-05-12", False),
        ("1500 Euro", False),
        ("€ 1 500 000", False),
        ("200 000 Kč", False),
        ("Zimmer 12", False),
        ("12.345", False),
        ("order 12345678", False),
    ],
)
def test_is_contact(row, contact):
    assert is_contact(row) is contact


def test_decomposed_text_is_framed_like_composed():
    text = "Πού είναι το δέμα μου;\n\nΜε εκτίμηση\nΆννα Παππά"
    assert as_read(unicodedata.normalize("NFD", text)) == as_read(text) == "Πού είναι το δέμα μου;"
