import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.text import clean

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


@given(st.text(alphabet=st.sampled_from(list("ab >-:\n\r_@1Von wrote")), max_size=200))
def test_spans_rebuild_the_input(text):
    cleaned = clean(text)
    assert "".join(text[span.start : span.end] for span in cleaned.spans) == text
    ends = [0, *(span.end for span in cleaned.spans)]
    assert [span.start for span in cleaned.spans] == ends[:-1]
