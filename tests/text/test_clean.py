import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stageclf.text import clean
from stageclf.text.cleaning.spans import REASONS

OWN = "Ja, das passt, bitte liefern."

MAILS = {
    "gmail en": f"{OWN}\n\nOn Mon, 3 Mar 2025 at 10:12, Anna Smith <anna@example.com> wrote:\n> Does it fit?\n> Anna\n",
    "gmail de": f"{OWN}\n\nAm Mo., 3. März 2025 um 10:12 Uhr schrieb Max <max@example.de>:\n\n> Passt das?\n",
    "gmail el": f"{OWN}\n\nΣτις Δευ 3 Μαρ 2025 στις 10:12 π.μ., ο χρήστης Άννα <a@example.gr> έγραψε:\n\n> Ταιριάζει;\n",
    "two lines": f"{OWN}\n\nOn Mon, 3 Mar 2025 at 10:12, Anna Smith\n<anna@example.com> wrote:\n> Does it fit?\n",
    "outlook de": f"{OWN}\n\nVon: Max <max@example.de>\nGesendet: Montag, 3. März 2025\nAn: a@b.de\nBetreff: Angebot\n\nPasst das?",
    "outlook el": f"{OWN}\n\nΑπό: Άννα\nΣτάλθηκε: Δευτέρα\nΠρος: info@example.gr\nΘέμα: Προσφορά\n\nΤαιριάζει;",
    "original": f"{OWN}\n\n-----Original Message-----\nFrom: A\nSubject: B\n\nDoes it fit?",
    "rule": f"{OWN}\n\n________________________________\nFrom: A <a@b.com>\nSent: Monday\nTo: C\nSubject: D\n\ntext",
    "signature": f"{OWN}\n\n-- \nMax Muster\nMusterweg 1\n",
    "mobile en": f"{OWN}\n\nSent from my iPhone\n",
    "mobile de": f"{OWN}\n\nVon meinem iPhone gesendet\n",
    "mobile el": f"{OWN}\n\nΣτάλθηκε από το iPhone μου\n",
    "disclaimer": f"{OWN}\n\nThis e-mail is confidential and intended solely for the addressee.\nDelete it.\n",
}


HARD = yaml.safe_load((Path(__file__).parents[1] / "fixtures/replies/hard.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [case for kind in HARD for case in HARD[kind]], ids=lambda case: case["mail"][:40])
def test_what_is_easily_cut_wrongly(case):
    assert clean(case["mail"]).kept.split() == case.get("keep", case["mail"]).split()


@pytest.mark.parametrize("name", MAILS)
def test_only_the_own_words_are_kept(name):
    assert clean(MAILS[name]).kept == OWN


def test_answers_between_quoted_lines_are_kept():
    assert clean("> Which colour?\nBlue.\n> And how many?\nThree, please.\n").kept == "Blue.\nThree, please."


def test_a_bare_forward_keeps_the_forwarded_text_and_says_so():
    cleaned = clean("---------- Forwarded message ---------\nFrom: A\nSubject: B\n\nWe take it.\n")
    assert cleaned.kept == "We take it."
    assert cleaned.note == "only a forwarded message"


def test_ordinary_colons_and_dashes_stay():
    text = "Von: hier aus\nkein Kopf\n\nIch schrieb:\nnichts\n--\n"
    assert "Ich schrieb:" in clean(text).kept
    assert "Von: hier aus" in clean(text).kept


GREEK_OWN = "Καλησπέρα,\n\nπόσο κοστίζει ο καναπές; Τον θέλουμε ως τις 20 Μαΐου."
GREEK_BLOCK = "Από: Πωλήσεις <info@example.gr>\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025 10:12 π.μ.\nΠρος: Άννα\nΘέμα: Προσφορά\n\nΚαλημέρα σας."

GREEK = {
    "gmail": "Στις Δευ 3 Μαρ 2025 στις 10:12 π.μ., ο χρήστης Πωλήσεις <\ninfo@example.gr> έγραψε:\n\n> Καλημέρα σας.",
    "gmail unmarked": "Στις Δευ, 3 Μαρ 2025 στις 10:12 μ.μ., ο χρήστης Άννα <info@example.gr>\nέγραψε:\n\nΚαλημέρα σας.",
    "outlook": GREEK_BLOCK,
    "outlook rule": "________________________________\n" + GREEK_BLOCK.replace("Στάλθηκε", "Εστάλη"),
    "outlook bold": GREEK_BLOCK.replace("Από:", "*Από:*").replace("Θέμα:", "*Θέμα:*"),
    "original": "-----Αρχικό μήνυμα-----\n" + GREEK_BLOCK,
    "apple": "Στις 3 Μαρ 2025, στις 10:12, Πωλήσεις <info@example.gr> έγραψε:\n\n> Καλημέρα σας.",
    "iphone": "Στάλθηκε από το iPhone μου\n\n> Στις 3 Μαρ 2025, στις 10:12, ο/η Άννα <a@example.gr> έγραψε:\n> \n> Καλημέρα.",
    "yahoo": "Στις Δευτέρα 3 Μαρτίου 2025 στις 10:12:00 π.μ. EET, ο χρήστης Άννα <a@example.gr> έγραψε:\n\n  Καλημέρα.",
    "thunderbird": "Στις 3/3/2025 10:12 π.μ., ο/η Πωλήσεις έγραψε:\n> Καλημέρα.",
    "forward": "---------- Προωθημένο μήνυμα ---------\n" + GREEK_BLOCK,
    "signature": "-- \nΆννα Παππά\nΛογιστήριο\nΤηλ.: 210 1234567",
    "phone": "Στάλθηκε από το κινητό μου Samsung Galaxy.",
    "notice": "Το παρόν μήνυμα είναι εμπιστευτικό και προορίζεται μόνο για τον παραλήπτη του.\nΑν το λάβατε κατά λάθος, διαγράψτε το.",
    "environment": "Παρακαλούμε σκεφτείτε το περιβάλλον πριν εκτυπώσετε.",
}


@pytest.mark.parametrize("name", GREEK)
def test_greek_replies(name):
    assert clean(f"{GREEK_OWN}\n\n{GREEK[name]}\n").kept == GREEK_OWN


@pytest.mark.parametrize(
    ("signed", "contact"),
    [
        ("Με εκτίμηση,\nΆννα Παππά", "Τηλ. 2610 123456\nΚορίνθου 12, 26221 Πάτρα\nwww.example.gr"),
        ("Mit freundlichen Grüßen\nMax Muster", "Vertrieb\nMuster GmbH\nTel. +49 30 123456\nmax@example.de"),
        ("Kind regards,\nAnna Smith", "Head of Sales | ACME Ltd\n+44 20 7946 0000\nhttps://example.com"),
        ("Cordialement,\nAnna Dupont", "06 12 34 56 78\nanna@example.fr"),
        ("Pozdrawiam\nAnna Nowak", "tel. +48 22 123 45 67"),
    ],
)
def test_greeting_and_name_stay_and_the_contact_lines_go(signed, contact):
    cleaned = clean(f"{OWN}\n\n{signed}\n\n{contact}\n")
    assert cleaned.kept == f"{OWN}\n\n{signed}"
    assert {span.reason for span in cleaned.removed} == {"signature"}


@pytest.mark.parametrize(
    "text",
    [
        "Wir brauchen\n> 50 kg\n> 3 Jahre Garantie",
        "> 3 Jahre Garantie will ich\nund > 50 kg Tragkraft",
        ">50 kg sollte er tragen.",
        "Meine Fragen:\n> Was kostet das?\n> Wie lange dauert es?",
        "> Ποιο χρώμα;\n\nΤο μπλε.",
        "From now on we order on Mondays.\nFrom: here to there",
        "Zwei Wünsche:\n- ein Tisch\n- vier Stühle\n\n---\n\nUnd dazu die Lampe, wenn sie noch da ist.",
        "Code:\n\n```\n> a\n-- \n####\nFrom: a@b.com\nTo: c@d.com\nSubject: e\n```\n\nGeht das?",
        "| Stuhl | 40 |\n|---|---|\n| Tisch | 90 |",
        "Grüße\nAnna\n\nPS: Bitte rufen Sie an, Tel. 030 123456",
        "Ruft mich an: +49 30 123456",
        "Danke!\nWas kostet die Lieferung nach 10115 Berlin?",
        "Ich nehme es -- oder doch nicht?\n--\nWie lange gilt das Angebot?",
    ],
)
def test_own_words_stay(text):
    assert clean(text).kept == text


def test_answers_between_and_below_named_quotes_stay():
    text = "Am 03.03.25 um 10:12 schrieb Max:\n> Farbe?\n\nBlau.\n\n> Wie viele?\n\nDrei.\n\nAnna"
    assert clean(text).kept.split() == ["Blau.", "Drei.", "Anna"]


def test_html_goes_through_the_visible_text():
    html = "<p>Passt.</p><div class='gmail_quote'>Am 3.3.25 um 10:12 schrieb Max:<blockquote>Passt das?</blockquote></div>"
    assert clean(html=html).kept == "Passt."


@pytest.mark.parametrize("arguments", [{}, {"text": "a", "html": "b"}])
def test_exactly_one_input_is_taken(arguments):
    with pytest.raises(TypeError) as error:
        clean(**arguments)
    assert str(error.value) == "clean() takes either a text or html=…, and exactly one of them"


@pytest.mark.parametrize(
    "hostile",
    [
        "On 3 March 2025 at 10:12, anna@example.com <anna said\n" * 4000,
        "On 3 March 2025 at 10:12 I wrote to you:\n" * 4000,
        "From: someone here\nTo: b\n\n" * 4000,
        "> On 3 Mar 2025 Anna wrote\nhm\n" * 4000,
        "a" * 600_000,
        "On Mon, 3 Mar 2025 wrote: i " * 20_000,
        " From: a@b.c " * 20_000,
        "--\nAnna\n" * 10_000,
        "best regards\n+49 30 1234567\n" * 3000,
        "this message is confidential, intended recipient delete it\n\n" * 2000,
    ],
    ids=range(10),
)
def test_hostile_input_takes_a_bounded_time(hostile):
    start = time.process_time()
    cleaned = clean(hostile)
    assert time.process_time() - start < 10
    assert sum(span.end - span.start for span in cleaned.spans) == len(hostile)


FRAGMENTS = """
> |||schrieb|έγραψε:|:|On Mon, 3 Mar 2025 at 10:12|-- |ß|İ|From: |Betreff: x|Sent from my iPhone|Anna <a@b.de>
---------- Forwarded message ---------|words of one's own|```|&gt;|Mit freundlichen Grüßen|Tel. 030 123456|[EXTERNAL]
This message is confidential, intended recipient, delete it|____|##- reply above this line -##
""".replace("\n", "|").split("|")
BREAKS = ["\n", "\r\n", "\n\n", "\r", "\u2028", "\u200e", " "]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.sampled_from(BREAKS) | st.text(max_size=5), max_size=40).map("".join))
def test_spans_of_mail_like_texts_rebuild_the_input(text):
    cleaned = clean(text)
    assert "".join(text[span.start : span.end] for span in cleaned.spans) == text
    assert all(span.reason in ("", *REASONS) for span in cleaned.spans)
    assert all(left.reason != right.reason for left, right in pairwise(cleaned.spans))


@given(st.text(alphabet=st.sampled_from(list("ab >-:\n\r_@1Von wrote")), max_size=200))
def test_spans_rebuild_the_input(text):
    cleaned = clean(text)
    assert "".join(text[span.start : span.end] for span in cleaned.spans) == text
    ends = [0, *(span.end for span in cleaned.spans)]
    assert [span.start for span in cleaned.spans] == ends[:-1]
