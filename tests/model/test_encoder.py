"""From texts to logits: what is computed, and in which order it comes back."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest

from stageclf.model import encoder as encoder_module
from stageclf.model.artefact import Artefact
from stageclf.model.encoder import Encoder
from stageclf.resources import resource_path

TEMPLATE = "Ihre Bestellung ist unterwegs und kommt morgen an."
TEXTS = [TEMPLATE, "Πόσο κοστίζει;", TEMPLATE, "", "Where is my parcel?", "Πόσο κοστίζει;", "", TEMPLATE]


@pytest.fixture
def counting(monkeypatch):
    """The shipped model's encoder, and the number of windows of each run of its graph."""
    encoder = Encoder(Artefact.open(resource_path("models/default")), threads=1)
    windows = []
    run = encoder.cascade.run
    monkeypatch.setattr(encoder.cascade, "run", lambda found, stays: windows.append(len(found)) or run(found, stays))
    return encoder, windows


def test_identical_texts_are_scored_once_and_answered_in_their_order(counting):
    encoder, windows = counting
    logits, _, coverages = astuple(encoder.score(TEXTS))
    assert windows == [4]
    once = list(dict.fromkeys(TEXTS))
    expected, _, read = astuple(encoder.score(once))
    rows = [once.index(text) for text in TEXTS]
    np.testing.assert_array_equal(logits, expected[rows])
    assert coverages == [read[row] for row in rows]
    assert len({tuple(row) for row in logits.round(3).tolist()}) == 4


def test_identical_texts_are_found_across_the_chunks_of_one_call(counting, monkeypatch):
    monkeypatch.setattr(encoder_module, "TEXTS_AT_ONCE", 2)
    encoder, windows = counting
    logits, _, coverages = astuple(encoder.score(TEXTS))
    assert windows == [2, 2]
    assert (logits.shape, len(coverages)) == ((8, 6), 8)
    np.testing.assert_array_equal(logits[[0, 1, 3]], logits[[2, 5, 6]])


def test_no_texts_give_no_logits(counting):
    encoder, windows = counting
    logits, _, coverages = astuple(encoder.score([]))
    assert (logits.shape, coverages, windows) == ((0, 6), [], [])


def test_greeklish_is_read_in_greek_letters_where_the_description_says_so():
    artefact = Artefact.open(resource_path("models/default"))
    typed, greek = "Pote tha erthei to dema mou?", "Πότε θα έρθει το δέμα μου?"

    def read(prepared, text):
        spec = replace(artefact.spec, prepare_text=prepared)
        return Encoder(replace(artefact, spec=spec), threads=1).score([text])

    found, expected = read(True, typed), read(True, greek)
    np.testing.assert_allclose(found.logits, expected.logits, atol=1e-5)
    assert found.coverages == expected.coverages
    assert np.abs(read(False, typed).logits - expected.logits).max() > 0.1
    np.testing.assert_array_equal(read(False, greek).logits, expected.logits)


def test_what_mail_programs_add_is_not_read():
    encoder = Encoder(Artefact.open(resource_path("models/default")), threads=1)
    own = "Wann kommt endlich mein Paket?"
    mail = f"{own}\n\nAm Mo., 3. Nov. 2025 um 10:12 schrieb Shop <info@shop.de>:\n> Danke für Ihre Bestellung!\n"
    both = encoder.score([mail, own])
    np.testing.assert_array_equal(both.logits[0], both.logits[1])
    only_quote = encoder.score(["> Danke für Ihre Bestellung!"])
    assert only_quote.coverages[0].tokens > 3
