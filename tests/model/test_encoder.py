"""From texts to logits: what is computed, and in which order it comes back."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest

from stageclf.data import load
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
    monkeypatch.setattr(encoder.cascade, "run", lambda found, *rest: windows.append(len(found)) or run(found, *rest))
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


def test_identical_texts_are_found_across_the_groups_of_one_call(counting, monkeypatch):
    monkeypatch.setattr(encoder_module, "GROUP_TEXTS", 2)
    encoder, windows = counting
    logits, _, coverages = astuple(encoder.score(TEXTS))
    assert windows == [2, 2]
    assert (logits.shape, len(coverages)) == ((8, 6), 8)
    np.testing.assert_array_equal(logits[[0, 1, 3]], logits[[2, 5, 6]])


def test_threads_and_groups_change_neither_a_bit_nor_the_order(monkeypatch):
    artefact = Artefact.open(resource_path("models/default"))
    texts = [text.text for text in load("validation")[::60]]
    whole = Encoder(artefact, threads=1).score(texts)
    monkeypatch.setattr(encoder_module, "GROUP_CHARACTERS", 600)
    alone, several = (Encoder(artefact, threads=threads).score(texts) for threads in (1, 3))
    np.testing.assert_array_equal(alone.logits, several.logits)
    np.testing.assert_allclose(alone.logits, whole.logits, atol=1e-4)
    for other in (alone, several):
        np.testing.assert_array_equal(other.parts, whole.parts)
        assert other.coverages == whole.coverages


@pytest.mark.parametrize(("allowed", "texts", "used"), [(8, 1, 2), (2, 1, 2), (1, 1, 1), (2, 2, 1)])
def test_only_a_text_that_comes_alone_is_computed_by_two_threads(monkeypatch, allowed, texts, used):
    artefact = Artefact.open(resource_path("models/default"))
    encoder, expected = Encoder(artefact, allowed), Encoder(artefact, 1).score(TEXTS[:texts])
    run, threads = encoder.cascade.run, []
    monkeypatch.setattr(encoder.cascade, "run", lambda *given: threads.append(given[2]) or run(*given))
    np.testing.assert_allclose(encoder.score(TEXTS[:texts]).logits, expected.logits, atol=1e-4)
    assert threads == [used]


def test_of_texts_that_are_scored_at_the_same_time_only_one_is_computed_by_two_threads(monkeypatch):
    encoder = Encoder(Artefact.open(resource_path("models/default")), threads=2)
    run, threads = encoder.cascade.run, []

    def run_beside_another(windows, passes, many):
        threads.append(many)
        if len(threads) == 1:
            encoder.score(["Where is my parcel?"])
        return run(windows, passes, many)

    monkeypatch.setattr(encoder.cascade, "run", run_beside_another)
    encoder.score([TEMPLATE])
    encoder.score([TEMPLATE])
    assert threads == [2, 1, 2]


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
